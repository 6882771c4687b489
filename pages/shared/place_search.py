"""Finding a place by its name: for a comment, for corners, for the ground round a place."""

from __future__ import annotations

import streamlit as st

from data import places
from data.models import Place
from pages.shared.place_words import say_hit
from pages.shared.texts import _

HITS = 6


def ask_place(name: str) -> Place | None:
    """Ask for a place by name and give the hit that is meant."""
    written = st.text_input(
        _("Sök adress, hållplats eller plats"),
        placeholder=_("Till exempel Skranta torg"),
        max_chars=places.QUERY_MAX,
        key=f"{name}.sok",
        icon=":material/search:",
    ).strip()
    if not written:
        return None
    hits = places.search(written, HITS)
    if not hits:
        st.info(
            _("Vi hittar ingen plats som heter så. Pröva en hållplats, en skola eller ett område.")
        )
        return None
    names = [say_hit(hit) for hit in hits]
    at = st.radio(
        _("Vilken plats menar du?"),
        range(len(hits)),
        format_func=names.__getitem__,
        key=f"{name}.traff.{written.casefold()}",
    )
    return hits[at or 0]
