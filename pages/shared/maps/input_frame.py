"""The frame of the map that takes a place: streamlit-folium's, under a name that people hear."""

from __future__ import annotations

from contextvars import ContextVar
from functools import cache
from typing import Any

import streamlit_folium
from streamlit.components.v1.custom_component import CustomComponent
from streamlit.runtime import exists, get_instance

from data.wording import N_, in_language
from pages.shared.words.language import LANGUAGES

NAME = N_("Karta över {municipality}")
_language: ContextVar[str] = ContextVar("input_frame_language", default="sv")


def name(language: str) -> str:
    """Return what a map is called in a language, for those who hear the page."""
    return in_language(NAME, language)


def speak(language: str) -> None:
    """Name the frame that this run shows in `language`; in Swedish if there is no such name."""
    _language.set(language if language in LANGUAGES else "sv")


@cache
def _frames() -> dict[str, CustomComponent]:
    return {
        language: CustomComponent(
            name=name(language), path=streamlit_folium.build_dir, module_name="streamlit_folium"
        )
        for language in LANGUAGES
    }


def _show_frame(**arguments: Any) -> object:  # noqa: ANN401 - passed on as they come
    return _frames()[_language.get()](**arguments)


# st_folium takes no name for its frame; without this everybody hears "st_folium"
streamlit_folium._component_func = _show_frame


def install() -> None:
    """Make the frames known to the running server; safe to call again."""
    if not exists():
        return
    registry = get_instance().component_registry
    for frame in _frames().values():
        registry.register_component(frame)
