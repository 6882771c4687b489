"""Move a resident's point a little before others may see it."""

from __future__ import annotations

import hashlib
import math
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo import crs

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

NEAREST_M = 30.0
FARTHEST_M = 50.0
# four decimals are 11 m from north to south, and in Sweden 4 to 6 m from west to east
DECIMALS = 4
# seven centimetres: for the middle of an area that is thinner than four decimals are apart
DECIMALS_MOST = 6
# an area with less room than the ring hides a point better than the ring does
RING_M2 = math.pi * (FARTHEST_M**2 - NEAREST_M**2)
TRIES = 20


Place = tuple[float, float]


def displaced(
    lon: float, lat: float, *, seed: str, within: BaseGeometry | None = None
) -> tuple[float, float]:
    """Return a point 30 to 50 m away, always the same one for the same point and seed.

    All positions with four decimals at the right distance are listed and one of them, about 80,
    is picked by a hash of the seed. The result is therefore rounded and at the right distance at
    the same time.

    The seed must be something that others cannot know, such as a stored random key: whoever has
    it can follow the hash back and find the point again. Points of the same person at the same
    place should share a seed, or their average gives the place away.

    Parameters
    ----------
    lon, lat
        The point in degrees.
    seed
        What decides the direction and the distance.
    within
        Polygon in EPSG:3006 (metres) that the result should stay inside. If no position inside
        it is at the right distance, the distance is kept and the polygon is not: hiding the
        point matters more.

    Returns
    -------
    lon, lat
        In degrees, four decimals.

    Raises
    ------
    ValueError
        If the point is not finite or too near a pole.
    """
    if not (math.isfinite(lon) and math.isfinite(lat) and abs(lat) < 85):
        msg = "only a point on the map can be moved"
        raise ValueError(msg)
    around, xy = _positions_around(lon, lat)
    inside = np.ones(len(around), dtype=bool)
    if within is not None:
        inside = shapely.intersects_xy(within, xy[:, 0], xy[:, 1])
    allowed = around[inside] if inside.any() else around
    number = int.from_bytes(hashlib.sha256(seed.encode("utf-8", "surrogatepass")).digest())
    new_lon, new_lat = allowed[number % len(allowed)]
    return round(float(new_lon), DECIMALS), round(float(new_lat), DECIMALS)


def displaced_inside(
    lon: float, lat: float, *, seed: str, part: BaseGeometry, is_inside: Callable[[Place], bool]
) -> Place | None:
    """Return a point as `displaced` does, that never leaves the part of the map its codes name.

    In a part with less room than the ring, or so thin that nothing at the right distance lies in
    it, the middle of the part is given: always the same one, whatever the point was, so that it
    tells no more than that the point lies in the part.

    Parameters
    ----------
    part
        EPSG:3006: all places with the same codes.
    is_inside
        Tells whether a place has the codes of the point; it knows best, since areas may overlap.

    Returns
    -------
    place
        None where the part has no room for any place at all, not even with six decimals.
    """
    if part.area >= RING_M2:
        for n in range(TRIES):
            place = displaced(lon, lat, seed=f"{seed}{n or ''}")
            if is_inside(place):
                return place
        place = displaced(lon, lat, seed=seed, within=part)
        if is_inside(place):
            return place
    return _middle(part, is_inside)


def _middle(part: BaseGeometry, is_inside: Callable[[Place], bool]) -> Place | None:
    """Return the place that lies deepest inside, with no more decimals than it takes."""
    polygons = [one for one in shapely.get_parts(part) if isinstance(one, shapely.Polygon)]
    if not polygons:
        return None
    deepest = shapely.maximum_inscribed_circle(max(polygons, key=lambda one: one.area))
    lon, lat = crs.point_to_degrees(*deepest.coords[0])
    places = ((round(lon, n), round(lat, n)) for n in range(DECIMALS, DECIMALS_MOST + 1))
    return next((place for place in places if is_inside(place)), None)


def _positions_around(lon: float, lat: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    scale = 10**DECIMALS
    metres_north = 111_000 / scale
    metres_east = metres_north * math.cos(math.radians(lat))
    rows = math.ceil(FARTHEST_M / metres_north) + 1
    columns = math.ceil(FARTHEST_M / metres_east) + 1
    row, column = np.meshgrid(np.arange(-rows, rows + 1), np.arange(-columns, columns + 1))
    lonlat = np.column_stack(
        [round(lon * scale) + column.ravel(), round(lat * scale) + row.ravel()]
    ) / float(scale)
    xy = crs.coordinates_to_metric(lonlat)
    away = np.hypot(*(xy - np.array(crs.point_to_metric(lon, lat))).T)
    right = (away >= NEAREST_M) & (away <= FARTHEST_M)
    return lonlat[right], xy[right]
