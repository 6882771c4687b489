"""Contours in place of distance, and catchment areas beside it, from files of the municipality."""

from __future__ import annotations

import streamlit as st

from data import clock
from data.models import Decision, Staff, ZoneKind
from data.planning import reach_edit
from pages.planera import acts, files
from pages.shared import frame
from pages.shared.session import state
from pages.shared.widgets import character_count
from pages.shared.words.texts import N_, _, number, plain

PART = "zoner"
ADDED, REMOVED = N_("Zonen är sparad."), N_("Zonen är borttagen.")
KINDS = {
    ZoneKind.NEAR: N_("Zon 1, räknas helt"),
    ZoneKind.MIDDLE: N_("Zon 2, räknas som 0,6"),
    ZoneKind.FAR: N_("Zon 3, räknas som 0,3"),
    ZoneKind.CATCHMENT: N_("Upptagningsområde, räknas som längst bort"),
}


def show(decision: Decision, prefix: str) -> None:
    """Show the zones that are there, and a form for one more."""
    frame.heading(_("Zoner"))
    st.caption(
        _(
            "Zon 1–3 ersätter avstånden, till exempel när det finns en bullerutredning. Ett "
            "upptagningsområde för en skola läggs till utöver avstånden."
        )
    )
    for position, zone in enumerate(decision.zones):
        with st.container(horizontal=True, vertical_alignment="center"):
            hectares = number(zone.area.area / 10_000)
            st.markdown(
                _("{kind}: {name}, {n} hektar").format(
                    kind=_(KINDS[zone.kind]), name=plain(zone.name), n=hectares
                )
            )
            st.button(
                _("Ta bort {name}").format(name=plain(zone.name)),
                key=f"{prefix}.zon.{position}",
                on_click=_remove,
                args=(decision, position),
            )
    with st.expander(_("Lägg till en zon från en fil")):
        _ask_new(decision, prefix)
    # last, so that it moves nothing above it: an opened part would close
    acts.tell(PART)


def _ask_new(decision: Decision, prefix: str) -> None:
    with st.form(f"{prefix}.{PART}", border=False):
        st.selectbox(
            _("Vad är det?"),
            list(KINDS),
            format_func=lambda one: _(KINDS[one]),
            key=f"{prefix}.zonslag",
        )
        character_count.ask_line(
            _("Namn, så att alla förstår"),
            reach_edit.NAME_MAX,
            placeholder=_("Till exempel: 55 dBA, eller {example_school} område"),
            key=f"{prefix}.zonnamn",
        )
        files.ask(f"{prefix}.zonfil")
        st.form_submit_button(
            _("Lägg till zonen"), type="primary", on_click=_add, args=(decision, prefix)
        )


def _add(decision: Decision, prefix: str) -> None:
    kind, name = state.get(f"{prefix}.zonslag"), str(state.get(f"{prefix}.zonnamn") or "")
    chosen = files.chosen(f"{prefix}.zonfil")

    def add(actor: Staff | None) -> None:
        shapes = list(files.read(chosen).geometry)
        reach_edit.add_zone(actor, decision, ZoneKind(kind), name, shapes, at=clock.now())

    written = {_("Namn"): name, _("Fil"): chosen.name}
    acts.attempt(PART, add, ADDED, written=written)


def _remove(decision: Decision, position: int) -> None:
    acts.attempt(
        PART,
        lambda actor: reach_edit.remove_zone(actor, decision, position, at=clock.now()),
        REMOVED,
    )
