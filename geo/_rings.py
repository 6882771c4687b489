"""Find the polygons in parsed GeoJSON, whatever else it holds."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any, Literal, NoReturn

import numpy as np
from numpy.typing import NDArray

Ring = NDArray[np.float64]
RingCode = Literal["no_polygons", "bad_coordinates", "not_finite", "too_many_vertices"]
Refuse = Callable[[RingCode], NoReturn]

# A collection of collections of collections has no use; the bound keeps the walk short.
_NESTING_MAX = 20


def polygons_in(parsed: Any, refuse: Refuse, vertices_max: int) -> list[list[Ring]]:  # noqa: ANN401
    """Return each polygon as its rings, the outer one first, as (lon, lat) rows in degrees.

    Parameters
    ----------
    parsed
        What `json.loads` gave.
    refuse
        Called with a code when the content cannot be used; must raise.
    vertices_max
        How many positions all rings may hold together.
    """
    left = vertices_max
    polygons: list[list[Ring]] = []
    for coordinates in _coordinates_in(parsed, refuse):
        if not coordinates:
            continue
        if not isinstance(coordinates, list) or not all(isinstance(r, list) for r in coordinates):
            refuse("bad_coordinates")
        left -= sum(len(ring) for ring in coordinates)
        if left < 0:
            refuse("too_many_vertices")
        rings = [_ring(ring, refuse) for ring in coordinates if ring]
        if not coordinates[0] and rings:
            refuse("bad_coordinates")  # holes in nothing
        if rings:
            polygons.append(rings)
    return polygons


def _coordinates_in(parsed: Any, refuse: Refuse) -> Iterator[Any]:  # noqa: ANN401
    if not isinstance(parsed, dict) or not isinstance(parsed.get("type"), str):
        refuse("no_polygons")
    waiting: list[tuple[Any, int]] = [(parsed, 0)]
    while waiting:
        thing, depth = waiting.pop()
        if not isinstance(thing, dict) or depth > _NESTING_MAX:
            continue
        kind = thing.get("type")
        if kind == "Polygon":
            yield thing.get("coordinates")
        elif kind == "MultiPolygon":
            yield from _members(thing, "coordinates", refuse)
        elif kind == "Feature":
            waiting.append((thing.get("geometry"), depth + 1))
        elif kind in ("FeatureCollection", "GeometryCollection"):
            key = "features" if kind == "FeatureCollection" else "geometries"
            waiting += [(part, depth + 1) for part in reversed(_members(thing, key, refuse))]


def _members(thing: dict[str, Any], key: str, refuse: Refuse) -> list[Any]:
    members = thing.get(key)
    if members is None:
        return []
    if not isinstance(members, list):
        refuse("bad_coordinates")
    return members


def _ring(positions: list[Any], refuse: Refuse) -> Ring:
    return np.array([_position(position, refuse) for position in positions], dtype=np.float64)


def _position(position: Any, refuse: Refuse) -> tuple[float, float]:  # noqa: ANN401
    if not isinstance(position, list) or len(position) < 2:
        refuse("bad_coordinates")
    lon, lat = position[0], position[1]
    # bool is an int in Python, and true is no coordinate
    if type(lon) not in (int, float) or type(lat) not in (int, float):
        refuse("bad_coordinates")
    try:
        lon, lat = float(lon), float(lat)
    except OverflowError:
        refuse("not_finite")
    if not (math.isfinite(lon) and math.isfinite(lat)):
        refuse("not_finite")
    return lon, lat
