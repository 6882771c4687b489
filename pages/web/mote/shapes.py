"""Shapes of the maps of a meeting, laid flat in metres and written as SVG paths."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from data import municipality_box
from data.geodata import basemap
from pages.shared.maps import palette

TOLERANCE_M = 15.0
LEAST_SIDE_M = 3_000.0
MARGIN = 0.08
WIDE, HIGH = 720, 360
Box = tuple[float, float, float, float]


def flat(found: BaseGeometry) -> BaseGeometry:
    """Lay degrees flat, in metres from the municipality's middle, downwards as in a drawing."""
    east, north = municipality_box.metres_per_degree()
    lon, lat = municipality_box.centre()

    def lay(xy: Any) -> Any:  # noqa: ANN401 - numpy arrays
        xy = xy.copy()
        xy[:, 0] = (xy[:, 0] - lon) * east
        xy[:, 1] = (lat - xy[:, 1]) * north
        return xy

    return shapely.transform(found, lay)


def path(found: BaseGeometry) -> str:
    """Write a shape as the `d` of a path."""
    said = []
    for piece in shapely.get_parts(found):
        if piece.geom_type != "Polygon":
            continue
        for ring in (piece.exterior, *piece.interiors):
            corners = " ".join(f"{x:.0f},{y:.0f}" for x, y in ring.coords[:-1])
            said.append(f"M{corners}z")
    return "".join(said)


@cache
def ground() -> str:
    """Draw land, built-up land and water once for all."""
    drawn = []
    for feature in json.loads(basemap.base_geojson())["features"]:
        simple = flat(shape(feature["geometry"])).simplify(TOLERANCE_M)
        color = palette.BASE[feature["properties"]["skikt"]]
        drawn.append(f'<path d="{path(simple)}" fill="{color}"/>')
    return "".join(drawn)


@cache
def areas(layer: str) -> dict[str, BaseGeometry]:
    """Return the areas of a layer, flat, by their code."""
    return {str(code): flat(one) for code, one in basemap.shapes(layer).items()}


@cache
def paths(layer: str) -> dict[str, str]:
    """Return the areas of a layer as paths, by their code."""
    return {code: path(one) for code, one in areas(layer).items()}


def box_of(shapes: Iterable[BaseGeometry], margin: float = MARGIN) -> Box:
    """Return x, y, width and height round shapes, in the form of the picture."""
    west, north, east, south = shapely.total_bounds(list(shapes))
    wide, high = max(east - west, LEAST_SIDE_M), max(south - north, LEAST_SIDE_M)
    wide = max(wide, high * WIDE / HIGH) * (1 + 2 * margin)
    high = wide * HIGH / WIDE
    return (west + east - wide) / 2, (north + south - high) / 2, wide, high


def free_part(area: BaseGeometry, outline: BaseGeometry) -> BaseGeometry:
    """Return the largest piece of an area that the decision leaves free; a number must not hide it.

    The whole area when there is no room beside the decision.
    """
    pieces = shapely.get_parts(area.difference(shapely.box(*outline.bounds)))
    largest = max(pieces, key=shapely.area, default=area)
    if largest.area * 5 > area.area:
        return largest
    return max(shapely.get_parts(area), key=shapely.area)
