"""The area of a decision as a planner may give it: one rule for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from data import layers
from geo import area_rule, crs
from geo.areas import AreaError

# the layers whose areas can be put together
LAYERS = (layers.VALDISTRIKT, layers.DESO)
Point = tuple[float, float]


def accept(area: BaseGeometry) -> MultiPolygon:
    """Give an area (EPSG:3006) back if a decision in this municipality may have it.

    Raises
    ------
    AreaError
        See `geo.area_rule.check_area`.
    """
    return area_rule.check_area(area, layers.municipality())


def from_corners(corners: Sequence[Point]) -> MultiPolygon:
    """Give the area inside corners, each (longitude, latitude).

    Raises
    ------
    AreaError
        See `geo.area_rule`.
    """
    return accept(area_rule.from_corners(corners))


def from_neighbourhoods(layer: str, codes: Iterable[str]) -> MultiPolygon:
    """Give the areas of a layer put together.

    Raises
    ------
    AreaError
        ``no_polygons`` when none of the codes is known.
    """
    areas = layers.frame(layer)
    chosen = areas.loc[areas.index.isin(list(codes))]
    if chosen.empty:
        raise AreaError("no_polygons")
    return accept(chosen.geometry.union_all())


def around(place: Point, distance_m: float) -> MultiPolygon:
    """Give the ground within a distance of a place (longitude, latitude).

    Raises
    ------
    AreaError
        See `geo.area_rule`.
    """
    x, y = crs.point_to_metric(*place)
    return accept(area_rule.around([shapely.Point(x, y)], distance_m))


# asked for in every run of a page, and an area can have very many corners
@lru_cache(maxsize=64)
def neighbourhoods_of(area: BaseGeometry, layer: str = layers.VALDISTRIKT) -> tuple[str, ...]:
    """Give the names of what an area (EPSG:3006) lies in, the largest part first.

    What holds less than a hundredth of the area is left out.
    """
    frame = layers.frame(layer)
    shared = frame.geometry.intersection(area).area
    held = shared[shared > 0.01 * area.area].sort_values(ascending=False)
    return tuple(str(name) for name in frame["name"].loc[held.index])


def is_away(shapes: Sequence[BaseGeometry]) -> bool:
    """Tell whether no shape (EPSG:3006) meets the municipality, by boxes only."""
    boxes = shapely.box(*shapely.bounds(list(shapes)).T)
    return not bool(shapely.intersects(boxes, layers.municipality()).any())


def distance_away_m(shapes: Sequence[BaseGeometry]) -> float:
    """Give the metres from the municipality to the nearest shape's box."""
    boxes = shapely.box(*shapely.bounds(list(shapes)).T)
    return float(shapely.distance(boxes, layers.municipality()).min())


def middle_of_municipality() -> tuple[float, float]:
    """Give the middle of the municipality's box in EPSG:3006."""
    west, south, east, north = layers.municipality().bounds
    return (west + east) / 2, (south + north) / 2
