"""A map that only shows: layers change without a reload, a click comes back once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import streamlit as st
from streamlit.components.v1.custom_component import CustomComponent

from pages.shared import addresses
from pages.shared.maps import ground, input_frame
from pages.shared.maps.ground import (
    Bounds,
    bounds_of,
    bounds_of_all,
    municipality_bounds,
    town_bounds,
)
from pages.shared.maps.layer_specs import LayerSpec

__all__ = [
    "Bounds",
    "LayerSpec",
    "Mark",
    "bounds_of",
    "bounds_of_all",
    "municipality_bounds",
    "show_map",
    "town_bounds",
]

HEIGHT = 460


class Mark(NamedTuple):
    """A place to mark: longitude and latitude (WGS 84) and what it is called."""

    lon: float
    lat: float
    name: str

    def as_json(self) -> dict[str, object]:
        """Return the plain values that the browser reads; the name never meets folium."""
        return self._asdict()


@lru_cache(maxsize=64)
def _component(name: str, language: str) -> CustomComponent:
    return CustomComponent(name=name, url=addresses.map_frame(language), module_name="karta")


def show_map(
    specs: Sequence[LayerSpec],
    *,
    key: str,
    bounds: Bounds | None = None,
    height: int = HEIGHT,
    alt: str | None = None,
    language: str = "sv",
    mark: Mark | None = None,
) -> dict[str, Any] | None:
    """Show the map with exactly these layers, first at the bottom.

    Parameters
    ----------
    bounds
        West, south, east, north in degrees. The view moves only when they change.
    height
        Pixels; on a narrow screen the map is never higher than a little over half the window.
    alt
        The name of the frame, for those who hear the page; a map of the municipality if left out.
    mark
        A place that the person has searched, marked by a pin with its name.

    Returns
    -------
    dict or None
        ``{"layer": name, "id": …}`` (or ``code``) of a click, given once; else None.
    """
    alt = alt or input_frame.name(language)
    clicked = _component(alt, language)(
        layers=[spec.as_json() for spec in specs],
        bounds=list(bounds or ground.town_bounds()),
        height=height,
        lang=language,
        name=alt,
        mark=mark.as_json() if mark else None,
        key=key,
    )
    return _once(clicked, f"{key}-handled")


def _once(clicked: Any, handled: str) -> dict[str, Any] | None:  # noqa: ANN401 - from the browser
    """Let a click through the first time it is seen: the frame's value stays until the next one."""
    if not isinstance(clicked, dict) or not isinstance(clicked.get("n"), int | float):
        return None
    if st.session_state.get(handled) == clicked["n"]:
        return None
    st.session_state[handled] = clicked["n"]
    kept = {name: clicked.get(name) for name in ("layer", "id", "code")}
    plain = {name: value for name, value in kept.items() if isinstance(value, str | int)}
    return plain if "id" in plain or "code" in plain else None
