"""The planners' page: all proposals, how far each reaches, and what the figures rest on."""

from __future__ import annotations

import streamlit as st

from data import rights
from data.decisions import decisions
from data.models import Decision, Staff
from pages.planera import (
    away,
    bands,
    divisions,
    listing,
    log,
    population,
    staff_sessions,
    writing,
    zones,
)
from pages.shared import frame
from pages.shared.session import for_staff, state
from pages.shared.widgets import decision_choice
from pages.shared.words.texts import _

LIST, REACH = "lista", "forslag"
FOR_ADMINS = "personal"


def main() -> None:
    """Draw the page, or say how to sign in."""
    frame.title(_("Planera dialogen"))
    actor = for_staff.enter(rights.check_planner)
    if actor is None:
        return
    written = state.asked("utkast")
    if written:
        writing.show(actor, written)
        return
    show = {
        LIST: listing.show,
        REACH: _show_reach,
        "befolkning": population.show,
        "omraden": divisions.show,
        FOR_ADMINS: staff_sessions.show,
    }[_ask_part(actor)]
    show(actor)


def _show_reach(actor: Staff) -> None:
    decision = _ask_decision()
    if decision is None:
        st.markdown(_("Det finns inget förslag än."))
        return
    frame.example_banner(decision)
    frame.link("berorda", _("Så ser det ut för alla"), id=decision.id)
    # a saved change gives the forms new names, so that they start from what is stored
    prefix = f"planera.{decision.id}.{decision.version}"
    bands.show(decision, prefix)
    zones.show(decision, prefix)
    away.show(decision, prefix)
    log.show(actor, decision.id)


def _ask_part(actor: Staff) -> str:
    names = {
        LIST: _("Alla förslag"),
        REACH: _("Vem ett förslag berör"),
        "befolkning": _("Var människor bor"),
        "omraden": _("Områden på kartan"),
    }
    if actor.roles & rights.ADMINS:
        names[FOR_ADMINS] = _("Inloggade")
    usual = REACH if state.asked("id") else LIST
    before = state.asked("del", usual)
    chosen = st.segmented_control(
        _("Vad vill du göra?"),
        list(names),
        default=before if before in names else usual,
        format_func=names.__getitem__,
        required=True,
        key="planera.del",
    )
    part = str(chosen or usual)
    state.ask(**{"del": None if part == LIST else part})
    if part != REACH:
        state.ask(id=None)
    return part


def _ask_decision() -> Decision | None:
    found = [one for _number, one in decisions.list_all()]
    return decision_choice.ask(found, key="planera.forslag")


main()
