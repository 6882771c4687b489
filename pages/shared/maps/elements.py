"""Our maps in folium: a map, what surrounds it, and what lies on it, each with its own template.

branca compiles every text that its own elements are given a second time as a Jinja2 template, on
the server. Ours put the finished text in as it is, so that ``{{…}}`` stays four characters, and
hold nothing but each other. Each hands constants to `map.js` and holds no logic.
"""

from __future__ import annotations

from collections.abc import Mapping

import folium
from branca.element import CssLink, Element, Figure, JavascriptLink
from folium.elements import JSCSSMixin
from folium.template import Template

from pages.shared import addresses
from pages.shared.maps.layer_specs import LayerSpec

_PARTS = ("header", "html", "script")


def fix_ids(element: Element, name: str = "karta") -> None:
    """Replace random ids, so that every process serves the same bytes."""
    element._id = name
    for number, child in enumerate(element._children.values()):
        fix_ids(child, f"{name}{number}")


class RawText(Element):
    """Finished text on its way into a document: never a template."""

    _template = Template("{{ this.raw }}")

    def __init__(self, raw: str) -> None:
        super().__init__()
        self._name = "RawText"
        self.raw = raw


class OwnElement(JSCSSMixin):
    """An element of ours: its text is rendered once, and what it holds are elements of ours."""

    def add_child(
        self, child: Element, name: str | None = None, index: int | None = None
    ) -> Element:
        """Take in another of our elements, and refuse folium's own: those run their texts."""
        if not isinstance(child, OwnElement):
            msg = f"{type(child).__name__} is not an element of ours"
            raise TypeError(msg)
        return super().add_child(child, name=name, index=index)

    def render(self, **kwargs: object) -> None:  # type: ignore[override]
        """Put links, markup and script into the document."""
        figure = self.get_root()
        if not isinstance(figure, Figure):
            msg = "a map element is rendered inside a figure"
            raise TypeError(msg)
        for name, url in self.default_js:
            figure.header.add_child(JavascriptLink(url), name=name)
        for name, url in self.default_css:
            figure.header.add_child(CssLink(url), name=name)
        for part in _PARTS:
            macro = self._template.module.__dict__.get(part)
            if macro is not None:
                text = RawText(macro(self, kwargs))
                getattr(figure, part).add_child(text, name=self.get_name())
        for child in self._children.values():
            child.render(**kwargs)


class TownMap(OwnElement, folium.Map):
    """An empty map that readers may enlarge, with Leaflet from this server and nothing else."""

    _template = Template("""{% macro header(this, kwargs) %}
<style>
html, body { width: 100%; height: 100%; margin: 0; padding: 0; }
#{{ this.get_name() }} { position: relative; width: 100%; height: 100%; }
.leaflet-container { font-size: 14px; }
</style>
{% endmacro %}
{# streamlit-folium looks for this very div, and takes it out: its frame has one #}
{% macro html(this, kwargs) %}
<div class="folium-map" id="{{ this.get_name() }}" ></div>
{% endmacro %}
{% macro script(this, kwargs) %}
var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {{ this.leaflet|tojson }});
{% endmacro %}""")

    def __init__(self, lon: float, lat: float, options: Mapping[str, object]) -> None:
        super().__init__(location=[lat, lon], tiles=None)
        self.default_js = [("leaflet", addresses.LEAFLET_JS)]
        self.default_css = [("leaflet_css", addresses.LEAFLET_CSS)]
        self.leaflet = {"center": [lat, lon], "zoomControl": False, **options}


class Group(OwnElement, folium.FeatureGroup):
    """Layers that streamlit-folium replaces together, on a map that stays."""

    _template = Template("""{% macro script(this, kwargs) %}
var {{ this.get_name() }} = L.featureGroup();
{% endmacro %}""")


class RemoteGeoJson(OwnElement):
    """A layer that the browser fetches when it is shown."""

    _template = Template("""{% macro script(this, kwargs) %}
var {{ this.get_name() }} = dialogMap.layer({{ this.spec|tojson }})
    .addTo({{ this._parent.get_name() }});
{% endmacro %}""")

    def __init__(self, spec: LayerSpec) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "RemoteGeoJson"
        self.spec = spec.as_json()


class Pin(OwnElement):
    """The pin of the one who is writing, at `lon`, `lat` (WGS 84 degrees)."""

    _template = Template("""{% macro script(this, kwargs) %}
var {{ this.get_name() }} = dialogMap.pin({{ this.at|tojson }}, {{ this.title|tojson }})
    .addTo({{ this._parent.get_name() }});
{% endmacro %}""")

    def __init__(self, lon: float, lat: float, title: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Pin"
        self.at = [round(lat, 6), round(lon, 6)]
        self.title = title


class Frame(OwnElement):
    """What surrounds the layers: names of buttons, scale, north, credit, base map, touch."""

    _template = Template("""{% macro script(this, kwargs) %}
dialogMap.{{ this.start }}({{ this._parent.get_name() }}, {{ this.opts|tojson }});
{% endmacro %}""")

    def __init__(self, start: str, opts: Mapping[str, object]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Frame"
        self.start = start
        self.opts = dict(opts)
        self.default_js = [("map", addresses.asset("map.js"))]
        self.default_css = [("karta_css", addresses.asset("karta.css"))]
