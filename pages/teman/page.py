"""From comments to an answer, for officials: gather in themes, answer each, publish it all."""

from __future__ import annotations

import streamlit as st

from data import clock, rights
from data.comments import progress
from data.decisions import decisions
from data.models import Decision, Staff, Status
from pages.shared import frame
from pages.shared.session import for_staff, state
from pages.shared.widgets import decision_choice
from pages.shared.words.texts import _, say_day
from pages.teman import acts, answering, gathering, log, publishing, quotes

PARTS = (acts.GATHER, acts.ANSWER, acts.PUBLISH)


def main() -> None:
    """Draw the page, or say how to sign in."""
    frame.title(_("Teman och svar"))
    actor = for_staff.enter(rights.check_reviewer)
    if actor is None:
        return
    decision = _ask_decision()
    if decision is None:
        st.markdown(_("Det finns inget förslag än."))
        return
    frame.example_banner(decision)
    _say_overdue(decision)
    part = _ask_part(actor)
    acts.tell()
    if part == acts.ANSWER:
        answering.show(actor, decision)
    elif part == acts.PUBLISH:
        publishing.show(actor, decision)
    else:
        gathering.show(actor, decision)
    quotes.show(actor, decision)
    log.show(actor, decision.id)


def _say_overdue(decision: Decision) -> None:
    today = clock.today()
    stands = progress.of(decision, today)
    if stands.promised_on is None or not stands.is_overdue:
        return
    day = say_day(stands.promised_on, today=today)
    st.warning(_("Svaret skulle ha kommit {day}.").format(day=day))


def _ask_part(actor: Staff) -> str:
    if not actor.roles & rights.PLANNERS:
        # to write answers and publish them takes a planner
        return acts.GATHER
    names = {
        acts.GATHER: _("1. Samla"),
        acts.ANSWER: _("2. Svara"),
        acts.PUBLISH: _("3. Publicera"),
    }
    before = state.asked("del", PARTS[0])
    if acts.PART not in st.session_state:
        state.put(acts.PART, before if before in PARTS else PARTS[0])
    chosen = st.segmented_control(
        _("Vad vill du göra?"),
        list(PARTS),
        format_func=names.__getitem__,
        required=True,
        key=acts.PART,
    )
    part = str(chosen or PARTS[0])
    state.ask(**{"del": None if part == PARTS[0] else part})
    return part


def _ask_decision() -> Decision | None:
    found = [one for _number, one in decisions.list_all()]
    first = _most_urgent(found) if found else ""
    return decision_choice.ask(found, key="teman.forslag", first=first, on_change=_forget)


def _most_urgent(known: list[Decision]) -> str:
    """Return the decision whose comments are to be answered next."""
    today = clock.today()
    waiting = [one for one in known if progress.status(one, today) is Status.SUMMARISING]
    return (waiting or known)[0].id


def _forget() -> None:
    state.drop(acts.THEME, acts.SHOWN, acts.DONE)
    state.drop_starting("teman.urval")


main()
