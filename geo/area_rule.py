"""What every area of a decision must be, however it was made; and the simple ways to make one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from geo import crs
from geo._complexity_guard import are_tangled, edges_of
from geo.areas import AreaError, join_polygons

if TYPE_CHECKING:
    from numpy.typing import NDArray

AREA_MIN_M2 = 100.0
# an area may reach a little beyond the municipality, but is not larger than it
SIZE_MAX = 1.2
BUFFER_MIN_M, BUFFER_MAX_M = 1.0, 2_000.0
CORNERS_MAX = 500
# straight pieces that a distance is laid round: each costs time
PIECES_MAX = 5_000
CORNERS_READ_MAX = 20_000
# a line is simplified by this part of the distance first, which nobody can see
_SIMPLER = 0.02
_POINT, _LINE, _POLYGON = 0, 1, 3
Point = tuple[float, float]


def check_area(shape: BaseGeometry, municipality: BaseGeometry) -> MultiPolygon:
    """Return `shape` back as the area of a decision if it may be one.

    Both are in EPSG:3006 (metres). An area is valid, at least `AREA_MIN_M2`, at most `SIZE_MAX`
    times the municipality, and lies in it at least in part.

    Raises
    ------
    AreaError
        ``bad_coordinates``, ``no_polygons``, ``too_many_vertices``, ``invalid_ring``, ``outside``,
        ``too_small`` or ``too_big``.
    """
    if not np.isfinite(shapely.get_coordinates(shape)).all():
        raise AreaError("bad_coordinates")
    area = join_polygons(np.array([shape], dtype=object))
    if area.area > SIZE_MAX * municipality.area:
        raise AreaError("too_big")
    if not area.intersects(municipality):
        raise AreaError("outside", place=_middle(area))
    if area.area < AREA_MIN_M2:
        raise AreaError("too_small", place=_middle(area))
    return area


def share_within(area: BaseGeometry, ground: BaseGeometry) -> float:
    """Return the share (0-1) of an area that lies within some ground, both in EPSG:3006.

    Also for an area that grazes the ground only; 0 for an area without a surface.
    """
    if area.area <= 0 or not area.intersects(ground):
        return 0.0
    return min(1.0, float(area.intersection(ground).area / area.area))


def _middle(area: MultiPolygon) -> Point:
    return crs.point_to_degrees(area.centroid.x, area.centroid.y)


def from_corners(corners: Sequence[Point]) -> MultiPolygon:
    """Return the area inside corners in order, each as (longitude, latitude).

    Raises
    ------
    AreaError
        ``too_few_corners``, ``too_many_vertices`` or ``invalid_ring`` with its place.
    """
    if len(set(corners)) < 3:
        raise AreaError("too_few_corners")
    if len(corners) > CORNERS_MAX:
        raise AreaError("too_many_vertices")
    metric = crs.coordinates_to_metric(np.array(corners, dtype=np.float64))
    return join_polygons(np.array([shapely.polygons(metric)], dtype=object))


def around(shapes: Sequence[BaseGeometry], distance_m: float) -> MultiPolygon:
    """Return the ground within a distance of points, lines and polygons in EPSG:3006.

    Each straight piece is widened by itself and all are joined: to widen a whole line that winds
    takes minutes.

    Raises
    ------
    AreaError
        ``bad_distance``, ``no_polygons`` when there is nothing, ``too_many_vertices``, or
        ``invalid_ring`` for a polygon that crosses itself.
    """
    if not BUFFER_MIN_M <= distance_m <= BUFFER_MAX_M:
        raise AreaError("bad_distance")
    parts = shapely.get_parts(shapely.get_parts(np.array(list(shapes), dtype=object)))
    parts = parts[~shapely.is_empty(parts)]
    if not len(parts):
        raise AreaError("no_polygons")
    kinds = shapely.get_type_id(parts)
    surfaces = parts[kinds == _POLYGON]
    inside = list(join_polygons(surfaces).geoms) if len(surfaces) else []
    pieces = np.concatenate(
        [
            parts[kinds == _POINT],
            _straight_pieces(parts[kinds == _LINE], distance_m),
            _straight_pieces(shapely.get_rings(inside), distance_m),
        ]
    )
    if len(pieces) > PIECES_MAX:
        raise AreaError("too_many_vertices", "too much to widen")
    wide = shapely.buffer(pieces, distance_m, quad_segs=8)
    return join_polygons(np.array([shapely.union_all([*wide, *inside])], dtype=object))


def _straight_pieces(paths: NDArray[np.object_], distance_m: float) -> NDArray[np.object_]:
    """Cut lines and rings into straight pieces; refuse those that cross themselves everywhere."""
    if not len(paths):
        return paths
    corners, path_of = shapely.get_coordinates(paths, return_index=True)
    if len(corners) > CORNERS_READ_MAX:
        raise AreaError("too_many_vertices", "too much to widen")
    simple = shapely.simplify(
        shapely.linestrings(corners, indices=path_of),
        distance_m * _SIMPLER,
        preserve_topology=False,
    )
    if are_tangled(simple):
        raise AreaError("too_many_vertices", "too tangled to widen")
    return edges_of(simple)
