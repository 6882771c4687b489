"""Moving a comment to the decision or the place that it is about."""

from __future__ import annotations

import streamlit as st

from data import decisions, places
from data.models import PlaceHow, StaffComment
from pages.granska import acts, queue
from pages.shared import state
from pages.shared.place_words import say_hit
from pages.shared.texts import _

HITS = 6


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
    st.button(
        _("Flytta till förslaget"),
        disabled=chosen is None,
        key=f"granska.flytta.{comment.id}",
        on_click=acts.move_decision,
        args=(comment.id, chosen),
    )


def _ask_place(comment: StaffComment) -> None:
    key = f"granska.ratt_plats.{comment.id}"
    st.text_input(
        _("Sök rätt plats eller område"),
        max_chars=places.QUERY_MAX,
        placeholder=_("Till exempel Skranta torg"),
        key=key,
        icon=":material/search:",
    )
    written = str(state.get(key) or "").strip()
    hits = places.search(written, HITS) if written else []
    if written and not hits:
        st.info(_("Vi hittar ingen plats som heter så."))
    if hits:
        names = [say_hit(hit) for hit in hits]
        at = st.radio(
            _("Vilken plats menas?"),
            range(len(hits)),
            format_func=names.__getitem__,
            key=f"{key}.traff.{written.casefold()}",
        )
        hit = hits[at or 0]
        where: dict[str, object] = (
            {"how": PlaceHow.NEIGHBOURHOOD, "deso": hit.deso}
            if hit.deso
            else {"how": PlaceHow.PIN, "lon": hit.lon, "lat": hit.lat}
        )
        _button(comment, _("Flytta till platsen"), "plats", where)
    if comment.place_how is not PlaceHow.NONE:
        _button(comment, _("Den gäller ingen särskild plats"), "ingen", {"how": PlaceHow.NONE})


def _button(comment: StaffComment, label: str, name: str, where: dict[str, object]) -> None:
    st.button(
        label,
        key=f"granska.flytta_{name}.{comment.id}",
        on_click=acts.move_place,
        args=(comment.id, where),
    )
