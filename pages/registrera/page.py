"""Entering what came in other ways than the web, for officials: row by row or as a table."""

from __future__ import annotations

import streamlit as st

from data import clock, rights
from data.comments import published_answers
from data.decisions import decisions
from data.models import Decision, Staff
from pages.registrera import acts, listed, many, one
from pages.shared import frame
from pages.shared.session import for_staff, state
from pages.shared.widgets import decision_choice
from pages.shared.words import channel_words
from pages.shared.words.texts import N_, _, say_day

ONE, PASTE, FILE = "rad", "klistra", "fil"
PARTS = {ONE: N_("En i taget"), PASTE: N_("Klistra in flera"), FILE: N_("Läs in en fil")}


def main() -> None:
    """Draw the page, or say how to sign in."""
    frame.title(_("Registrera åt andra"))
    actor = for_staff.enter(rights.check_reviewer)
    if actor is None:
        acts.tell()
        return
    st.markdown(
        _(
            "Här för du in det som har kommit med brev, i telefon, på möten och från skolor. Det "
            "räknas och granskas som allt annat."
        )
    )
    decision = _ask_decision()
    if decision is None:
        st.markdown(_("Inget förslag har öppnat för synpunkter än."))
        return
    frame.example_banner(decision)
    _say_days(decision)
    _show_part(actor, decision)
    listed.show(actor, decision)
    _show_channels(decision)


def _show_channels(decision: Decision) -> None:
    said = channel_words.say_channels(decision.id)
    if said:
        frame.heading(_("Hörda hittills"))
        frame.points(said)


def _show_part(actor: Staff, decision: Decision) -> None:
    part = _ask_part()
    if part == ONE:
        one.show(decision)
    else:
        many.show(actor, decision, is_file=part == FILE)


def _say_days(decision: Decision) -> None:
    today = clock.today()
    st.caption(
        _("Synpunkter som kom in från {first} till och med {last} räknas.").format(
            first=say_day(decision.opens, today=today), last=say_day(decision.closes, today=today)
        )
    )
    if published_answers.published(decision.id) is not None:
        st.warning(
            _(
                "Svaret är redan publicerat. Det du för in nu räknas, men svaret tar inte upp det "
                "förrän ni publicerar det på nytt."
            )
        )


def _ask_part() -> str:
    before = state.asked("del", ONE)
    chosen = st.segmented_control(
        _("Hur vill du föra in?"),
        list(PARTS),
        default=before if before in PARTS else ONE,
        format_func=lambda part: _(PARTS[part]),
        required=True,
        key="registrera.del",
    )
    part = str(chosen or ONE)
    state.ask(**{"del": None if part == ONE else part})
    return part


def _ask_decision() -> Decision | None:
    today = clock.today()
    found = [one for _number, one in decisions.list_all() if one.opens <= today]
    return decision_choice.ask(found, key="registrera.forslag")


main()
