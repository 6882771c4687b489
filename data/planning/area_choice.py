"""The area of a decision as a planner may give it: one rule for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from data.geodata import layers
from geo import area_rule, crs
from geo.areas import AreaError

# the layers whose areas can be put together
LAYERS = (layers.VALDISTRIKT, layers.DESO)
Point = tuple[float, float]


def accept(area: BaseGeometry) -> MultiPolygon:
    """Return an area (EPSG:3006) back if a decision in this municipality may have it.

    Raises
    ------
    AreaError
        See `geo.area_rule.check_area`.
    """
    return area_rule.check_area(area, layers.municipality())


def from_corners(corners: Sequence[Point]) -> MultiPolygon:
    """Return the area inside corners, each (longitude, latitude).

    Raises
    ------
    AreaError
        See `geo.area_rule`.
    """
    return accept(area_rule.from_corners(corners))


def from_neighbourhoods(layer: str, codes: Iterable[str]) -> MultiPolygon:
    """Return the areas of a layer put together.

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
    """Return the ground within a distance of a place (longitude, latitude).

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
    """Return the names of what an area (EPSG:3006) lies in, the largest part first.

    What holds less than a hundredth of the area is left out.
    """
    frame = layers.frame(layer)
    shared = frame.geometry.intersection(area).area
    held = shared[shared > 0.01 * area.area].sort_values(ascending=False)
    return tuple(str(name) for name in frame["name"].loc[held.index])


def share_in_water(area: BaseGeometry) -> float:
    """Return the share (0-1) of an area (EPSG:3006) that lies in water, the lake at its highest."""
    return area_rule.share_within(area, layers.water())


def is_away(shapes: Sequence[BaseGeometry]) -> bool:
    """Tell whether no shape (EPSG:3006) meets the municipality, by boxes only."""
    boxes = shapely.box(*shapely.bounds(list(shapes)).T)
    return not bool(shapely.intersects(boxes, layers.municipality()).any())


class Away(NamedTuple):
    """How far a place lies from the municipality, and in which of eight directions from north."""

    metres: float
    direction: int


_EARTH = Geod(ellps="WGS84")
# the border for measuring hundreds of kilometres
_ROUGHLY_M = 200.0


def away_from(place: Point) -> Away:
    """Tell how far a place (longitude, latitude) anywhere on earth lies from the municipality."""
    border, middle = _border()
    lon, lat = np.broadcast_to(place[0], len(border)), np.broadcast_to(place[1], len(border))
    _there, _back, metres = _EARTH.inv(border[:, 0], border[:, 1], lon, lat)
    bearing, _back, _metres = _EARTH.inv(*middle, *place)
    return Away(float(np.min(metres)), round(bearing / 45) % 8)


@cache
def _border() -> tuple[np.ndarray, Point]:
    """Return the corners of the municipality's border, and its middle, in degrees."""
    municipality = layers.municipality()
    west, south, east, north = municipality.bounds
    middle = crs.point_to_degrees((west + east) / 2, (south + north) / 2)
    rough = shapely.segmentize(shapely.simplify(municipality, _ROUGHLY_M), 1_000.0)
    return crs.coordinates_to_degrees(shapely.get_coordinates(rough)), middle


def middle_of(shapes: Sequence[BaseGeometry]) -> Point:
    """Return the middle of the box round shapes (EPSG:3006) as longitude and latitude."""
    west, south, east, north = shapely.total_bounds(list(shapes))
    return crs.point_to_degrees((west + east) / 2, (south + north) / 2)
