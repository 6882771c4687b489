"""Makes folium safe to use here: our own Leaflet files, raw text, and frames with a name.

branca compiles every string that it is given a second time as a Jinja2 template, on the server.
`_render` puts the finished text in as it is instead, so that ``{{…}}`` stays four characters.
"""

from __future__ import annotations

import re
from contextvars import ContextVar
from functools import cache
from typing import Any

import folium
import folium.map
import jinja2
import streamlit_folium
from branca.element import Element, Figure, MacroElement
from streamlit.components.v1.custom_component import CustomComponent
from streamlit.runtime import exists, get_instance

from data.wording import N_, in_language
from pages.shared import addresses
from pages.shared.words.language import LANGUAGES

# folium forbids readers to enlarge the page
_NO_ZOOM = re.compile(r'<meta name="viewport"[^>]*>')
NAME = N_("Karta över {municipality}")

pick_language: ContextVar[str] = ContextVar("pick_language", default="sv")


class RawText(Element):
    """Finished text on its way into a document: never a template."""

    _template = jinja2.Template("{{ this.raw }}")

    def __init__(self, raw: str) -> None:
        super().__init__()
        self._name = "RawText"
        self.raw = raw


def _figure(element: Element) -> Figure:
    figure = element.get_root()
    if not isinstance(figure, Figure):
        msg = "a map element is rendered inside a figure"
        raise TypeError(msg)
    return figure


def _render(self: MacroElement, **kwargs: object) -> None:
    figure = _figure(self)
    for part in ("header", "html", "script"):
        macro = self._template.module.__dict__.get(part)
        if macro is not None:
            text = _NO_ZOOM.sub("", macro(self, kwargs))
            getattr(figure, part).add_child(RawText(text), name=self.get_name())
    for child in self._children.values():
        child.render(**kwargs)


def _render_popup(self: folium.map.Popup, **kwargs: object) -> None:
    for child in self._children.values():
        child.render(**kwargs)
    text = self._template.render(this=self, kwargs=kwargs)
    _figure(self).script.add_child(RawText(text), name=self.get_name())


MacroElement.render = _render  # type: ignore[method-assign]
folium.map.Popup.render = _render_popup  # type: ignore[method-assign]
folium.Map.default_js = [("leaflet", addresses.LEAFLET_JS)]
folium.Map.default_css = [("leaflet_css", addresses.LEAFLET_CSS)]


def name(language: str) -> str:
    """Return what a map is called in a language, for those who hear the page."""
    return in_language(NAME, language)


@cache
def _pickers() -> dict[str, CustomComponent]:
    return {
        language: CustomComponent(
            name=name(language), path=streamlit_folium.build_dir, module_name="streamlit_folium"
        )
        for language in LANGUAGES
    }


def _show_picker(**arguments: Any) -> object:  # noqa: ANN401 - passed on as they come
    return _pickers()[pick_language.get()](**arguments)


streamlit_folium._component_func = _show_picker


def install() -> None:
    """Make the frames of the input map known to the running server; safe to call again."""
    if not exists():
        return
    registry = get_instance().component_registry
    for picker in _pickers().values():
        registry.register_component(picker)
