"""How QGIS draws the layers of an exported GeoPackage: read from its own table `layer_styles`."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import geopandas as gpd
import pandas as pd

# light to dark, told apart also by those who do not see colours
RAMP = ("#e5f1ed", "#b2d8cd", "#7ab8ae", "#3f868c", "#0b4f6c")
STANCES = {"for": "#1f6b3a", "against": "#9a3b00", "both": "#5b3a8c", "none": "#4a5568"}
COUNTED = {"resultat": "comments", "berorda": "share"}
_QML = (
    "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
    '<qgis version="3.28" styleCategories="Symbology">{renderer}</qgis>'
)
_FILL = (
    '<symbol type="fill" name="{name}" alpha="1"><layer class="SimpleFill" enabled="1">'
    '<Option type="Map"><Option name="color" type="QString" value="{color}"/>'
    '<Option name="outline_color" type="QString" value="74,85,104,255"/>'
    '<Option name="outline_width" type="QString" value="0.26"/>'
    '<Option name="style" type="QString" value="solid"/></Option></layer></symbol>'
)
_MARK = (
    '<symbol type="marker" name="{name}" alpha="1"><layer class="SimpleMarker" enabled="1">'
    '<Option type="Map"><Option name="color" type="QString" value="{color}"/>'
    '<Option name="name" type="QString" value="{shape}"/>'
    '<Option name="outline_color" type="QString" value="255,255,255,255"/>'
    '<Option name="size" type="QString" value="3"/></Option></layer></symbol>'
)
_SHAPES = {"for": "circle", "against": "square", "both": "diamond", "none": "triangle"}


def styles(drawn: Mapping[str, gpd.GeoDataFrame]) -> pd.DataFrame:
    """Return the rows of `layer_styles` for the layers in `drawn`."""
    rows = [
        {
            "f_table_catalog": "",
            "f_table_schema": "",
            "f_table_name": name,
            "f_geometry_column": "geom",
            "styleName": name,
            "styleQML": _QML.format(renderer=_renderer(name, frame)),
            "styleSLD": "",
            "useAsDefault": 1,
            "description": "Dialogkartan",
            "owner": "",
        }
        for name, frame in drawn.items()
    ]
    return pd.DataFrame(rows)


def _renderer(name: str, frame: gpd.GeoDataFrame) -> str:
    column = COUNTED.get(name.partition("_")[0])
    if column is not None:
        return _graduated(column, frame[column])
    return _by_stance() if name == "synpunkter" else _single()


def _single() -> str:
    symbol = _FILL.format(name="0", color="11,79,108,80")
    return f'<renderer-v2 type="singleSymbol"><symbols>{symbol}</symbols></renderer-v2>'


def _by_stance() -> str:
    categories, symbols = "", ""
    for place, (stance, color) in enumerate(STANCES.items()):
        categories += (
            f'<category value="{stance}" label="{stance}" symbol="{place}" render="true"/>'
        )
        symbols += _MARK.format(name=place, color=_rgb(color), shape=_SHAPES[stance])
    return (
        '<renderer-v2 type="categorizedSymbol" attr="stance">'
        f"<categories>{categories}</categories><symbols>{symbols}</symbols></renderer-v2>"
    )


def _graduated(column: str, values: pd.Series[float]) -> str:
    known = pd.to_numeric(values, errors="coerce").dropna()
    most = float(known.max()) if len(known) else 0.0
    step = (most or 1.0) / len(RAMP)
    ranges, symbols = "", ""
    for place, color in enumerate(RAMP):
        low, high = place * step, (place + 1) * step
        label = escape(f"{low:.2f} – {high:.2f}")
        ranges += (
            f'<range lower="{low:.6f}" upper="{high:.6f}" label="{label}" symbol="{place}" '
            'render="true"/>'
        )
        symbols += _FILL.format(name=place, color=_rgb(color))
    return (
        f'<renderer-v2 type="graduatedSymbol" attr="{column}" graduatedMethod="GraduatedColor">'
        f"<ranges>{ranges}</ranges><symbols>{symbols}</symbols></renderer-v2>"
    )


def _rgb(color: str) -> str:
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},255"
