"""A map that takes a place: by click, by tap, or by a button under a crosshair."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from data.models import Decision
from pages.shared import addresses
from pages.shared.maps import ground, input_frame, palette
from pages.shared.maps.elements import Group, Pin, RemoteGeoJson
from pages.shared.maps.layer_specs import LayerSpec

HEIGHT = 420
CLOSE_ZOOM = 15
Point = tuple[float, float]


@dataclass(frozen=True)
class PickWords:
    """The words on the button that places the pin in the middle, and the name of the pin."""

    button: str
    pin: str
    language: str = "sv"


def pick_place(
    pin: Point | None,
    words: PickWords,
    *,
    key: str,
    of: Decision | None = None,
    focus: Point | None = None,
    drawn: Sequence[LayerSpec] = (),
) -> Point | None:
    """Show the map with the pin, and give a newly chosen place (lon, lat) once.

    Call it above what tells of the pin: a new place is drawn in the same run that returns it.

    Parameters
    ----------
    pin
        Longitude and latitude (WGS 84) of the pin so far.
    of
        The decision whose area is drawn, and to which the first view goes.
    focus
        A found place to move the view to, without a new frame.
    drawn
        What else is drawn, below the pin.
    """
    chosen = new_place(key)
    pin = chosen or pin
    bounds = ground.town_bounds() if of is None else ground.bounds_of(of.area, margin=0.6)
    told: dict[str, object] = {"button": words.button, "lang": words.language}
    town = ground.ground_map("pick", told, bounds=bounds)
    input_frame.speak(words.language)
    st_folium(
        town,
        key=key,
        height=HEIGHT,
        use_container_width=True,
        returned_objects=["last_clicked"],
        feature_group_to_add=_groups(of, pin, words, drawn),
        center=None if focus is None else (focus[1], focus[0]),
        zoom=None if focus is None else CLOSE_ZOOM,
        wrap_longitude=True,
    )
    return chosen


def new_place(key: str) -> Point | None:
    """Return the place (lon, lat) that was chosen since the last run, once.

    For a page that draws by what was chosen: ask before `pick_place`, which then gives None.
    """
    return _chosen(st.session_state.get(key), f"{key}-handled")


def _groups(
    of: Decision | None, pin: Point | None, words: PickWords, drawn: Sequence[LayerSpec]
) -> list[Group]:
    areas, pins = Group(), Group()
    if of is not None:
        spec = LayerSpec(
            addresses.decision(of.id, language=words.language),
            fill=palette.MARK,
            color=palette.MARK,
            weight=3,
            fill_opacity=0.2,
            interactive=False,
        )
        RemoteGeoJson(spec).add_to(areas)
    for sketch in drawn:
        RemoteGeoJson(sketch).add_to(areas)
    if pin is not None:
        Pin(*pin, words.pin).add_to(pins)
    return [areas, pins]


def _chosen(value: Any, handled: str) -> Point | None:  # noqa: ANN401 - from the browser
    click = value.get("last_clicked") if isinstance(value, dict) else None
    if not isinstance(click, dict):
        return None
    lon, lat = _degrees(click.get("lng"), 180), _degrees(click.get("lat"), 90)
    if lon is None or lat is None:
        return None
    mark = f"{lon!r} {lat!r}"
    if st.session_state.get(handled) == mark:
        return None
    st.session_state[handled] = mark
    return round(lon, 6), round(lat, 6)


def _degrees(value: object, most: float) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) and abs(value) <= most else None
