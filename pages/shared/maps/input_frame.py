"""The frame of the map that takes a place: streamlit-folium's, under a name that people hear."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

import streamlit_folium
from streamlit.components.v1.custom_component import CustomComponent
from streamlit.runtime import exists, get_instance

NAMES = {"sv": "Karta över Karlskoga", "en": "Map of Karlskoga"}
_FRAMES = {
    language: CustomComponent(
        name=name, path=streamlit_folium.build_dir, module_name="streamlit_folium"
    )
    for language, name in NAMES.items()
}
_language: ContextVar[str] = ContextVar("input_frame_language", default="sv")


def speak(language: str) -> None:
    """Name the frame that this run shows in `language`; in Swedish if there is no such name."""
    _language.set(language if language in NAMES else "sv")


def _show_frame(**arguments: Any) -> object:  # noqa: ANN401 - passed on as they come
    return _FRAMES[_language.get()](**arguments)


# st_folium takes no name for its frame; without this everybody hears "st_folium"
streamlit_folium._component_func = _show_frame


def install() -> None:
    """Make the frames known to the running server; safe to call again."""
    if not exists():
        return
    registry = get_instance().component_registry
    for frame in _FRAMES.values():
        registry.register_component(frame)
