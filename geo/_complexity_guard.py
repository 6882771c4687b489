"""Tell whether checking or joining polygons would take time without bound.

Whether a ring crosses itself is found by comparing its edges where their boxes overlap. In a
drawn or surveyed ring, few do. In a comb of long slanted teeth nearly all do, and the time grows
with the square of the corners: 16 000 took 4.5 seconds, 200 000 would take ten minutes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Pairs of edges whose boxes meet: an honest ring has about three for each edge.
_PAIRS_FREE = 200_000
_PAIRS_PER_EDGE = 6
# Edges asked for at a time times all edges: bounds the memory if all boxes overlap.
_BATCH_PAIRS = 4_000_000


def is_tangled(geometry: BaseGeometry) -> bool:
    """Tell whether the boxes of the edges of `geometry` overlap far more than in a map.

    The time is bounded by the number of edges, whatever their shape. Parts of a multipolygon are
    compared with each other too.
    """
    if int(shapely.get_num_coordinates(geometry)) ** 2 <= _PAIRS_FREE:
        return False
    return are_tangled(shapely.get_rings(shapely.get_parts(geometry)))


def are_tangled(paths: NDArray[np.object_]) -> bool:
    """Tell the same of lines and rings together."""
    if int(shapely.get_num_coordinates(paths).sum()) ** 2 <= _PAIRS_FREE:
        return False
    edges = edges_of(paths)
    allowed = _PAIRS_FREE + _PAIRS_PER_EDGE * len(edges)
    tree = shapely.STRtree(edges)
    pairs = 0
    batch = max(1, _BATCH_PAIRS // max(1, len(edges)))
    for start in range(0, len(edges), batch):
        pairs += tree.query(edges[start : start + batch]).shape[1]
        if pairs > allowed:
            return True
    return False


def edges_of(paths: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return every straight piece of lines and rings as a line of its own."""
    corners, path_of = shapely.get_coordinates(paths, return_index=True)
    same = path_of[1:] == path_of[:-1]
    ends = np.stack([corners[:-1][same], corners[1:][same]], axis=1)
    edges: NDArray[np.object_] = shapely.linestrings(ends)
    return edges
