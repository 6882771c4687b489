"""Choosing a place for somebody else's words: by search, on the map, from a list, or none."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from data import clock
from data.geodata import layers, places
from data.models import Decision, Place, PlaceHow
from pages.shared.maps import drawn
from pages.shared.maps.legend import legend
from pages.shared.maps.pick import PickWords, new_place, pick_place
from pages.shared.session import state
from pages.shared.widgets.place_search import ask_place, chosen_place, is_list_unseen
from pages.shared.words.place_words import say_neighbourhood, say_point
from pages.shared.words.texts import N_, _, error_sentence, language, plain

SEARCH, MAP, LIST = "sok", "karta", "lista"
WAYS = {SEARCH: N_("Sök"), MAP: N_("Visa på kartan"), LIST: N_("Välj område")}


class Where(NamedTuple):
    """A place: a point (WGS 84), a neighbourhood as a whole, or none."""

    how: PlaceHow
    lon: float | None = None
    lat: float | None = None
    deso: str | None = None


NOWHERE = Where(PlaceHow.NONE)


def ask(decision: Decision, prefix: str) -> Where | None:
    """Ask for a place in one of three ways, tell it in words, and give it; None until chosen."""
    way = st.segmented_control(
        _("Hur vill du ange platsen?"),
        list(WAYS),
        default=SEARCH,
        format_func=lambda one: _(WAYS[one]),
        required=True,
        key=f"{prefix}.satt",
    )
    ask_way = {SEARCH: _ask_search, MAP: _ask_map, LIST: _ask_list}[str(way or SEARCH)]
    found = ask_way(decision, prefix)
    if found is not None:
        st.success(
            plain(_("Vald plats: {place}.").format(place=say(found))), icon=":material/location_on:"
        )
    return found


def chosen(prefix: str) -> Where | None:
    """Return the place as its fields say at this moment, for an act that is pressed."""
    way = state.get(f"{prefix}.satt", SEARCH)
    if way == LIST:
        code = state.get(f"{prefix}.omrade")
        return Where(PlaceHow.NEIGHBOURHOOD, deso=str(code)) if code else None
    if way == MAP:
        pin = new_place(f"{prefix}.karta") or state.get(f"{prefix}.nal")
        return Where(PlaceHow.PIN, *pin) if pin else None
    hit = chosen_place(prefix)
    return None if hit is None else _of(hit)


def is_unseen(prefix: str) -> bool:
    """Tell whether a place is searched for, and which one is meant has not been asked yet."""
    return state.get(f"{prefix}.satt", SEARCH) == SEARCH and is_list_unseen(prefix)


def say(where: Where) -> str:
    """Say a place as a neighbour would."""
    if where.lon is not None and where.lat is not None:
        return say_point(where.lon, where.lat)
    return say_neighbourhood(where.deso) if where.deso else _("ingen särskild plats")


def _of(hit: Place) -> Where:
    if hit.deso:
        return Where(PlaceHow.NEIGHBOURHOOD, deso=hit.deso)
    return Where(PlaceHow.PIN, hit.lon, hit.lat)


def _ask_search(_decision: Decision, prefix: str) -> Where | None:
    hit = ask_place(prefix)
    return None if hit is None else _of(hit)


def _ask_map(decision: Decision, prefix: str) -> Where | None:
    kept = f"{prefix}.nal"
    pin = tuple(state.get(kept)) if state.get(kept) else None
    chosen = pick_place(
        pin,
        PickWords(_("Sätt nålen mitt på kartan"), _("Vald plats"), language()),
        key=f"{prefix}.karta",
        of=decision,
    )
    legend([drawn.area_item(decision, clock.today())])
    if chosen is not None and layers.locator().codes(*chosen) is None:
        st.error(error_sentence("outside"))
        chosen = None
    if chosen is not None:
        state.put(kept, list(chosen))
    pin = chosen or pin
    return Where(PlaceHow.PIN, *pin) if pin else None


def _ask_list(_decision: Decision, prefix: str) -> Where | None:
    named = {place.deso: place.name for place in places.neighbourhood_list()}
    chosen = st.selectbox(
        _("Område"),
        list(named),
        index=None,
        format_func=named.__getitem__,
        placeholder=_("Välj område"),
        key=f"{prefix}.omrade",
    )
    return Where(PlaceHow.NEIGHBOURHOOD, deso=str(chosen)) if chosen else None
