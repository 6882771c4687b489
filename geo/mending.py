"""Mend the small faults of drawn areas, and tell each one.

Only what can be mended in one way is: a ring that was left open, a point that stands twice, a
ring that runs the wrong way round. None of it moves a border. A ring that crosses itself is left
as it is, for `geo.areas` to refuse with its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely
from shapely.errors import GEOSException
from shapely.geometry.base import BaseGeometry

from geo import crs
from geo.areas import AreaError

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNCLOSED = "unclosed"
REPEATED = "repeated"
DIRECTION = "direction"
_LINE, _POLYGON = 1, 3
# ends of a drawn line that lie nearer than this were meant to meet
CLOSING_M = 1.0


class Mending(NamedTuple):
    """One sort of fault that was mended in one shape.

    Attributes
    ----------
    kind
        ``unclosed``, ``repeated`` or ``direction``.
    feature
        Which shape, counted from 0.
    place
        Longitude and latitude of the first such fault in it.
    """

    kind: str
    feature: int
    place: tuple[float, float]


def mend(
    shapes: Sequence[BaseGeometry] | NDArray[np.object_],
    unclosed: Iterable[int] = (),
    *,
    right_hand: bool = False,
) -> tuple[NDArray[np.object_], list[Mending]]:
    """Return the shapes without repeated points and with every ring the right way round.

    Parameters
    ----------
    shapes
        In EPSG:3006 (metres), of any kind; not missing. Invalid ones are welcome.
    unclosed
        Which of them had a ring that was closed when the file was read.
    right_hand
        Whether the format says that an outer ring runs against the clock (GeoJSON). Otherwise
        a direction is wrong only where a hole runs the same way as the ring round it.

    Returns
    -------
    shapes, mendings
        New shapes, outer rings against the clock and holes with it; and what was mended.

    Raises
    ------
    AreaError
        ``invalid_ring`` when too few points are left of a ring.
    """
    mended = _array(shapes)
    opened = frozenset(unclosed)
    told: list[Mending] = []
    for number, shape in enumerate(mended):
        rings = _rings_by_polygon(shape)
        if number in opened and rings:
            told.append(Mending(UNCLOSED, number, _place(shapely.get_coordinates(rings[0][0])[0])))
        repeated = _first_repeated(shape)
        if repeated is not None:
            told.append(Mending(REPEATED, number, _place(repeated)))
        wrong = _first_wrong_way(rings, right_hand=right_hand)
        if wrong is not None:
            told.append(Mending(DIRECTION, number, _place(wrong)))
        mended[number] = _tidied(shape)
    return mended, told


def close_lines(
    shapes: Sequence[BaseGeometry] | NDArray[np.object_],
) -> tuple[NDArray[np.object_], list[Mending]]:
    """Return a polygon for every line that comes back to where it began; all else as it is.

    Ends nearer to each other than `CLOSING_M` are joined, and that is told.
    """
    closed = _array(shapes)
    told: list[Mending] = []
    for number, shape in enumerate(closed):
        lines = shapely.get_parts(shape)
        if not len(lines) or not all(is_closed_line(line) for line in lines):
            continue
        for line in lines:
            corners = shapely.get_coordinates(line)
            if (corners[0] != corners[-1]).any():
                told.append(Mending(UNCLOSED, number, _place(corners[-1])))
                break
        polygons = [_as_polygon(line) for line in lines]
        closed[number] = polygons[0] if len(polygons) == 1 else shapely.multipolygons(polygons)
    return closed, told


def is_closed_line(shape: BaseGeometry) -> bool:
    """Tell whether a shape is one line that ends where it began, with an inside."""
    corners = shapely.get_coordinates(shape)
    if shapely.get_type_id(shape) != _LINE or len(np.unique(corners, axis=0)) < 3:
        return False
    gap = float(np.hypot(*(corners[0] - corners[-1])))
    # a tiny line must not be closed over half its length
    return gap == 0.0 or (gap < CLOSING_M and gap < 0.1 * float(shapely.length(shape)))


def _as_polygon(line: BaseGeometry) -> BaseGeometry:
    corners = shapely.get_coordinates(line)
    if (corners[0] != corners[-1]).any():
        corners = np.vstack([corners, corners[:1]])
    polygon: BaseGeometry = shapely.polygons(corners)
    return polygon


def _array(shapes: Sequence[BaseGeometry] | NDArray[np.object_]) -> NDArray[np.object_]:
    copied = np.empty(len(shapes), dtype=object)
    copied[:] = list(shapes)
    return copied


def _rings_by_polygon(shape: BaseGeometry) -> list[NDArray[np.object_]]:
    """Return the rings of each polygon in a shape, the outer one first."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    polygons = parts[(shapely.get_type_id(parts) == _POLYGON) & ~shapely.is_empty(parts)]
    return [shapely.get_rings(polygon) for polygon in polygons]


def _first_repeated(shape: BaseGeometry) -> NDArray[np.float64] | None:
    """Return the first point that stands twice in a row in a ring or a line of a shape."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    kinds = shapely.get_type_id(parts)
    paths = [*parts[kinds == _LINE], *shapely.get_rings(parts[kinds == _POLYGON])]
    if not paths:
        return None
    corners, path_of = shapely.get_coordinates(paths, return_index=True)
    twice = (path_of[1:] == path_of[:-1]) & (corners[1:] == corners[:-1]).all(axis=1)
    found: NDArray[np.float64] | None = corners[1:][twice][0] if twice.any() else None
    return found


def _first_wrong_way(
    polygons: list[NDArray[np.object_]], *, right_hand: bool
) -> NDArray[np.float64] | None:
    for rings in polygons:
        around = [_signed_area(ring) for ring in rings]
        wrong = [hole * around[0] > 0 for hole in around[1:]]
        if (right_hand and around[0] < 0) or any(wrong):
            at = wrong.index(True) + 1 if any(wrong) else 0
            first: NDArray[np.float64] = shapely.get_coordinates(rings[at])[0]
            return first
    return None


def _signed_area(ring: BaseGeometry) -> float:
    """Return the area of a ring, less than 0 if it runs with the clock."""
    corners = shapely.get_coordinates(ring)
    x, y = (corners - corners[0]).T
    return float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) / 2


def _tidied(shape: BaseGeometry) -> BaseGeometry:
    try:
        plain: BaseGeometry = shapely.remove_repeated_points(shape)
        turned: BaseGeometry = shapely.orient_polygons(plain, exterior_cw=False)
    except GEOSException as error:
        corners = shapely.get_coordinates(shape)
        place = _place(corners[0]) if len(corners) else None
        raise AreaError("invalid_ring", "too few points", place) from error
    return turned


def _place(corner: NDArray[np.float64]) -> tuple[float, float]:
    lon, lat = crs.point_to_degrees(float(corner[0]), float(corner[1]))
    return round(lon, 6), round(lat, 6)
