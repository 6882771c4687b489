"""The folium elements of our maps. Each hands constants to `map.js` and holds no logic."""

from __future__ import annotations

from collections.abc import Mapping

from branca.element import MacroElement
from folium.elements import JSCSSMixin
from folium.map import Layer
from folium.template import Template

from pages.shared import addresses
from pages.shared.maps.layer_specs import LayerSpec


def _scripts() -> list[tuple[str, str]]:
    return [("map", addresses.asset("map.js"))]


def _styles() -> list[tuple[str, str]]:
    return [("karta_css", addresses.asset("karta.css"))]


class RemoteGeoJson(JSCSSMixin, Layer):
    """A layer that the browser fetches when it is shown."""

    _template = Template("""{% macro script(this, kwargs) %}
var {{ this.get_name() }} = dialogMap.layer({{ this.spec|tojson }});
{% endmacro %}""")

    def __init__(self, spec: LayerSpec) -> None:
        super().__init__(name=None, overlay=True, control=False, show=True)
        self._name = "RemoteGeoJson"
        self.spec = spec.as_json()
        self.default_js = _scripts()
        self.default_css = _styles()


class Pin(JSCSSMixin, Layer):
    """The pin of the one who is writing, at `lon`, `lat` (WGS 84 degrees)."""

    _template = Template("""{% macro script(this, kwargs) %}
var {{ this.get_name() }} = dialogMap.pin({{ this.at|tojson }}, {{ this.title|tojson }});
{% endmacro %}""")

    def __init__(self, lon: float, lat: float, title: str) -> None:
        super().__init__(name=None, overlay=True, control=False, show=True)
        self._name = "Pin"
        self.at = [round(lat, 6), round(lon, 6)]
        self.title = title


class Frame(JSCSSMixin, MacroElement):
    """What surrounds the layers: names of buttons, scale, north, credit, base map, touch."""

    _template = Template("""{% macro script(this, kwargs) %}
dialogMap.{{ this.start }}({{ this._parent.get_name() }}, {{ this.opts|tojson }});
{% endmacro %}""")

    def __init__(self, start: str, opts: Mapping[str, object]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Frame"
        self.start = start
        self.opts = dict(opts)
        self.default_js = _scripts()
        self.default_css = _styles()
