"""Shapes of the maps of a meeting: laid flat in metres round the middle of the municipality."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import shapely
from shapely.geometry.base import BaseGeometry

from data.geodata import layers
from data.output import map_shapes
from geo import drawing
from geo.drawing import Bounds, Sheet

TOLERANCE_M = 15.0
LEAST_SIDE_M = 3_000.0
MARGIN = 0.08
WIDE, HIGH = 720, 360


def flat(found: BaseGeometry) -> BaseGeometry:
    """Lay a shape in EPSG:3006 flat, downwards as in a drawing, with a dot for each metre."""
    return drawing.on_sheet(found, _sheet())


@cache
def _sheet() -> Sheet:
    west, south, east, north = layers.municipality().bounds
    return Sheet((west + east) / 2, (south + north) / 2)


@cache
def ground() -> dict[str, str]:
    """Return land, built-up land and water as path data in drawing order, by what they are."""
    return {
        name: drawing.path(flat(shapely.simplify(one, TOLERANCE_M)))
        for name, one in map_shapes.ground().items()
    }


@cache
def areas(layer: str) -> dict[str, BaseGeometry]:
    """Return the areas of a layer, flat, by their code."""
    return {str(code): flat(one) for code, one in map_shapes.areas(layer).items()}


@cache
def paths(layer: str) -> dict[str, str]:
    """Return the areas of a layer as path data, by their code."""
    return {code: drawing.path(one) for code, one in areas(layer).items()}


def view_of(shapes: Iterable[BaseGeometry], margin: float = MARGIN) -> Bounds:
    """Return the bounds of a view of shapes that lie flat, in the form of the picture."""
    left, low, right, high = (float(one) for one in shapely.total_bounds(list(shapes)))
    bounds = (left, low, right, high)
    return drawing.fitted(bounds, WIDE / HIGH, least=LEAST_SIDE_M, margin=margin)


def free_part(area: BaseGeometry, outline: BaseGeometry) -> BaseGeometry:
    """Return the largest piece of an area that the decision leaves free; a number must not hide it.

    The whole area when there is no room beside the decision.
    """
    pieces = shapely.get_parts(area.difference(shapely.box(*outline.bounds)))
    largest = max(pieces, key=shapely.area, default=area)
    if largest.area * 5 > area.area:
        return largest
    return max(shapely.get_parts(area), key=shapely.area)
