"""Finding a place by its name: for a comment, for corners, for the ground round a place."""

from __future__ import annotations

import streamlit as st

from data.geodata import places
from data.models import Place
from data.written import over
from pages.shared.session import state
from pages.shared.widgets import character_count
from pages.shared.words.place_words import say_hit
from pages.shared.words.texts import _, plain

HITS = 6


def ask_place(name: str) -> Place | None:
    """Ask for a place by name and give the hit that is meant."""
    written = character_count.ask_line(
        _("Sök adress, hållplats eller plats"),
        places.QUERY_MAX,
        placeholder=_("Till exempel {example_search}"),
        key=f"{name}.sok",
        icon=":material/search:",
    ).strip()
    if not written or over(written, places.QUERY_MAX) > 0:
        return None
    hits = places.search(written, HITS)
    if not hits:
        st.info(
            _("Vi hittar ingen plats som heter så. Pröva en hållplats, en skola eller ett område.")
        )
        return None
    names = [plain(say_hit(hit)) for hit in hits]
    at = st.radio(
        _("Vilken plats menar du?"),
        range(len(hits)),
        format_func=names.__getitem__,
        key=_hit_key(name, written),
    )
    return hits[at or 0]


def chosen_place(name: str) -> Place | None:
    """Return the hit that the fields mean at this moment; one that nobody has seen is not meant."""
    hits = _hits_now(name)
    if not hits or is_list_unseen(name):
        return None
    return hits[state.get(_hit_key(name, _written(name))) or 0]


def is_list_unseen(name: str) -> bool:
    """Tell whether several places fit what is written, and the list of them is not shown yet."""
    return len(_hits_now(name)) > 1 and not state.has(_hit_key(name, _written(name)))


def _hits_now(name: str) -> list[Place]:
    written = _written(name)
    return places.search(written, HITS) if written else []


def _written(name: str) -> str:
    return str(state.get(f"{name}.sok") or "").strip()


def _hit_key(name: str, written: str) -> str:
    return f"{name}.traff.{written.casefold()}"
