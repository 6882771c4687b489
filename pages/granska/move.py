"""Moving a comment to the decision or the place that it is about."""

from __future__ import annotations

import streamlit as st

from data.decisions import decisions
from data.models import PlaceHow, StaffComment
from pages.granska import acts, queue
from pages.shared.widgets import place_choice
from pages.shared.widgets.place_choice import Where
from pages.shared.words.texts import _


def show(comment: StaffComment) -> None:
    """Ask where the comment belongs."""
    with st.expander(_("Flytta synpunkten")):
        st.markdown(
            _(
                "Texten ändras inte. Loggen visar var synpunkten låg förut, och den som skrev ser "
                "på sitt kvitto vart den har flyttats."
            )
        )
        _ask_decision(comment)
        _ask_place(comment)


def _ask_decision(comment: StaffComment) -> None:
    others = [one.id for _n, one in decisions.list_all() if one.id != comment.decision_id]
    if not others:
        return
    chosen = st.selectbox(
        _("Rätt förslag"),
        others,
        index=None,
        format_func=queue.title_of,
        placeholder=_("Välj förslag"),
        key=f"granska.ratt_forslag.{comment.id}",
    )
    is_pressed = st.button(
        _("Flytta till förslaget"), disabled=chosen is None, key=f"granska.flytta.{comment.id}"
    )
    if is_pressed and chosen is not None:
        # asked here, so that it goes to the one that is chosen now
        acts.move_decision(comment.id, chosen)
        st.rerun()


def _ask_place(comment: StaffComment) -> None:
    decision = decisions.get(comment.decision_id)
    if decision is None:
        return
    where = place_choice.ask(decision, f"granska.ratt_plats.{comment.id}")
    if where is not None:
        _button(comment, _("Flytta till platsen"), "plats", where)
    if comment.place_how is not PlaceHow.NONE:
        _button(comment, _("Den gäller ingen särskild plats"), "ingen", place_choice.NOWHERE)


def _button(comment: StaffComment, label: str, name: str, where: Where) -> None:
    if st.button(label, key=f"granska.flytta_{name}.{comment.id}"):
        acts.move_place(comment.id, where._asdict())
        st.rerun()
