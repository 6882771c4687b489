"""Where the border of a polygon is wrong: found from its edges, not from what a library says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo._complexity_guard import edges_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

CROSSING = "Self-intersection"
_POINT = 0
Place = tuple[float, float]


def crossing_of(polygon: BaseGeometry) -> Place | None:
    """Return the first place where the border of an invalid polygon crosses or touches itself.

    None when no edges meet where they should not: then a hole lies outside, or in another.
    The number of pairs of edges must be bounded, see `geo._complexity_guard`.
    """
    rings = shapely.get_rings(polygon)
    edges = edges_of(rings)
    ring_of = np.repeat(np.arange(len(rings)), shapely.get_num_coordinates(rings) - 1)
    # a corner that stands twice is an edge of no length
    there = shapely.length(edges) > 0
    edges, ring_of = edges[there], ring_of[there]
    one, other = _meeting(edges)
    shared = shapely.intersection(edges[one], edges[other])
    is_point = shapely.get_type_id(shared) == _POINT
    same = ring_of[one] == ring_of[other]
    # two rings may touch in a point, and neighbours in a ring do
    wrong = ~is_point | np.where(
        same,
        ~_are_neighbours(one, other, ring_of),
        shapely.crosses(edges[one], edges[other]),
    )
    if not wrong.any():
        return None
    x, y = shapely.get_coordinates(shared[wrong][0])[0]
    return float(x), float(y)


def _meeting(edges: NDArray[np.object_]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    pairs = shapely.STRtree(edges).query(edges, predicate="intersects")
    one, other = pairs[:, pairs[0] < pairs[1]]
    order = np.lexsort((other, one))
    return one[order], other[order]


def _are_neighbours(
    one: NDArray[np.intp], other: NDArray[np.intp], ring_of: NDArray[np.intp]
) -> NDArray[np.bool_]:
    """Tell of edges in the same ring whether one follows the other, also past its beginning."""
    first = np.searchsorted(ring_of, ring_of[one], side="left")
    last = np.searchsorted(ring_of, ring_of[one], side="right") - 1
    found: NDArray[np.bool_] = (other - one == 1) | ((one == first) & (other == last))
    return found
