"""How far people have to walk over land, where water can be passed at crossings only.

The way is searched from square to square. It is good to 8 % and a few squares: enough to tell on
which side of a river a house is. Roads, fences, hills and private ground do not count.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.lib.stride_tricks import sliding_window_view
from skimage.graph import MCP_Geometric

from geo._counting import distances_m
from geo._prepared import prepared_copy
from geo.areas import AreaError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Flags = NDArray[np.bool_]
    Metres = NDArray[np.float64]
    Shapes = NDArray[np.object_]
    Squares = NDArray[np.intp]

# A crossing given as a point opens the water at most so far from it: half of a long bridge.
CROSSING_REACH_M = 50.0
# A bound on time: a window of 25 x 25 km in squares of 25 m takes some seconds.
SQUARES_MAX = 1_000_000
# How much longer a way of straight and diagonal steps is than the straight line, on average over
# all directions; along the axes it is as long, at worst 8 % longer.
_STEPS_OVER_LINE = 8 * (math.sqrt(2) - 1) / math.pi
# The last centimetre to the area is not tested for water: an area may end at the shore.
_TOUCH_M = 0.01
# Sides of the blocks, in squares, in which a raster is drawn: what a block lacks, its parts lack.
_BLOCKS = (64, 16, 4, 1)


def land_distances_m(
    points: NDArray[np.object_],
    area: BaseGeometry,
    *,
    water: BaseGeometry | None,
    crossings: Sequence[BaseGeometry] | NDArray[np.object_],
    reach_m: float,
    step_m: float = 25.0,
) -> NDArray[np.float64]:
    """Return the metres from each point to the nearest edge of `area` over land.

    Where the shortest line to the area meets no water, its length is the distance. For the other
    points, least-cost paths (Dijkstra 1959; `skimage.graph.MCP_Geometric`) are searched in squares
    of `step_m`. A square that water meets at all is closed, so no river is too narrow to count,
    but a strip of land narrower than two squares may be lost. Squares at a crossing are open.

    Who stands in a closed square (a house by the shore) is taken to stand in the nearest dry one,
    where possible one that can be seen without looking over water; the area is entered in the same
    way. An area that no dry square comes near is entered from the nearest shore.

    Parameters
    ----------
    points
        Shapely points in EPSG:3006 (metres), shape (n,).
    area
        Valid polygon or multipolygon in EPSG:3006.
    water
        Valid polygon or multipolygon in EPSG:3006, or None.
    crossings
        Bridges in EPSG:3006: lines from shore to shore, which open the squares at most one step
        away, or points, which open those at most `CROSSING_REACH_M` away.
    reach_m
        The longest way in metres that is of interest.
    step_m
        Side of a square in metres. It is doubled until the area's bounds, widened by `reach_m`,
        hold at most `SQUARES_MAX` squares.

    Returns
    -------
    metres
        Shape (n,): 0 inside the area, never less than the straight line, ``inf`` where no way of
        at most `reach_m` was found. Another crossing never makes a way longer.

    Raises
    ------
    AreaError
        With code ``empty`` or ``invalid_ring``; a ValueError.
    ValueError
        If `step_m` is 0, or it or `reach_m` is negative or not finite.
    """
    _check(area, reach_m, step_m)
    straight = distances_m(points, area)
    found = np.where(straight <= reach_m, straight, np.inf)
    water = prepared_copy(water or shapely.Polygon())
    between = np.flatnonzero((straight > 0) & (straight <= reach_m))
    between = between[shapely.intersects(water, _shortest_lines(points[between], area))]
    if not len(between):
        return found
    grid = _grid_around(area.bounds, reach_m, step_m)
    opened = grid.meets(_openings(crossings, grid.step_m))
    over_land = straight[between] + _detours_m(grid, points[between], area, water, opened)
    found[between] = np.where(over_land <= reach_m, over_land, np.inf)
    return found


@dataclass(frozen=True)
class _Grid:
    """Squares in rows from the south, columns from the west; the edges between them in metres."""

    x: Metres
    y: Metres
    step_m: float

    def meets(self, geometry: BaseGeometry) -> Flags:
        """Tell which squares have a point in common with `geometry`, their edges too."""
        geometry = prepared_copy(geometry)
        size = np.array([len(self.y) - 1, len(self.x) - 1])
        across = -(-size // _BLOCKS[0])
        found = np.zeros(across * _BLOCKS[0], dtype=bool)
        blocks = np.argwhere(np.ones(across)) * _BLOCKS[0]
        for side, part in zip(_BLOCKS, (*_BLOCKS[1:], 1), strict=True):
            blocks = blocks[(blocks < size).all(axis=1)]
            south, west = blocks.T
            north, east = np.minimum(blocks + side, size).T
            boxes = shapely.box(self.x[west], self.y[south], self.x[east], self.y[north])
            met = shapely.intersects(geometry, boxes)
            whole = met & ((side == 1) | shapely.contains_properly(geometry, boxes))
            found[tuple(_parts(blocks[whole], side, 1).T)] = True
            blocks = _parts(blocks[met & ~whole], side, part)
        return found[: size[0], : size[1]]

    def middles(self, squares: Squares) -> Shapes:
        """Return the middle of each square, rows and columns in the last axis."""
        corners = np.stack([self.x[squares[..., 1]], self.y[squares[..., 0]]], axis=-1)
        return np.asarray(shapely.points(corners + self.step_m / 2))

    def lengths_m(self, passable: Flags, goals: Flags) -> Metres:
        """Return each square's way to the nearest goal in straight and diagonal steps."""
        # goals in the midst of goals start no way that is shorter, and every start costs time
        starts = np.argwhere(goals & _around(~goals, 1))
        if not len(starts):
            return np.where(goals, 0.0, np.inf)
        paths = MCP_Geometric(np.where(passable, 1.0, -1.0), sampling=(self.step_m, self.step_m))
        lengths = np.asarray(paths.find_costs(starts)[0])
        lengths[goals] = 0
        return lengths


def _parts(blocks: Squares, side: int, part: int) -> Squares:
    inside = np.argwhere(np.ones((side // part, side // part))) * part
    return (blocks[:, None] + inside).reshape(-1, 2)


def _check(area: BaseGeometry, reach_m: float, step_m: float) -> None:
    if area.is_empty or not area.is_valid:
        raise AreaError("empty" if area.is_empty else "invalid_ring")
    if not (0 < step_m < math.inf and 0 <= reach_m < math.inf):
        msg = f"a step of {step_m} m and a reach of {reach_m} m make no sense"
        raise ValueError(msg)


def _grid_around(bounds: tuple[float, float, float, float], reach_m: float, step_m: float) -> _Grid:
    low, high = np.array(bounds[:2]) - reach_m, np.array(bounds[2:]) + reach_m
    while True:
        # two squares more, so that every point has neighbours
        first, last = np.floor(low / step_m) - 2, np.floor(high / step_m) + 3
        if math.prod(last - first) <= SQUARES_MAX:
            x, y = (np.arange(a, b + 1) * step_m for a, b in zip(first, last, strict=True))
            return _Grid(x, y, step_m)
        step_m *= 2


def _openings(crossings: Sequence[BaseGeometry] | Shapes, step_m: float) -> BaseGeometry:
    shapes = np.array([*crossings], dtype=object)
    # the square where a bridge ends is often wet all around, so a line opens one step more
    reach = np.where(shapely.get_type_id(shapes) == 0, CROSSING_REACH_M, step_m)
    return shapely.union_all(shapely.buffer(shapes, reach))


def _shortest_lines(points: Shapes, area: BaseGeometry) -> Shapes:
    """Return the line from each point, which is outside, to just before the area's edge."""
    rings = shapely.get_rings(shapely.get_parts(area))
    corners, ring_of = shapely.get_coordinates(rings, return_index=True)
    same = ring_of[1:] == ring_of[:-1]
    edges = shapely.linestrings(np.stack([corners[:-1][same], corners[1:][same]], axis=1))
    nearest = shapely.shortest_line(points, edges[shapely.STRtree(edges).nearest(points)])
    ends = np.maximum(shapely.length(nearest) - _TOUCH_M, 0)
    return np.asarray(shapely.shortest_line(points, shapely.line_interpolate_point(nearest, ends)))


def _around(squares: Flags, reach: int) -> Flags:
    """Tell which squares are at most so many squares from one of `squares`."""
    side = 2 * reach + 1
    return np.asarray(sliding_window_view(np.pad(squares, reach), (side, side)).any(axis=(2, 3)))


def _detours_m(
    grid: _Grid, points: Shapes, area: BaseGeometry, water: BaseGeometry, opened: Flags
) -> Metres:
    """Return how much longer the way over land is than the straight line, for each point."""
    wet, own = grid.meets(water), grid.meets(area)
    if wet.all():
        return np.full(len(points), np.inf)
    # where one stands and enters must not depend on crossings: another one never makes a way longer
    gates = _gates(grid, area, water, wet, own)
    with_water = grid.lengths_m(~wet | opened, gates | (own & opened))
    without = grid.lengths_m(np.ones_like(wet), gates | own)
    # Ways in eight directions are up to 8 % too long, but the way without water is so too: the
    # difference is 0 where water is not in the way. The rest is divided by the mean error.
    detours: Metres = np.maximum(with_water - without, 0) / _STEPS_OVER_LINE
    standing = _standing(grid, points, water, wet)
    return detours[standing[:, 0], standing[:, 1]]


def _gates(grid: _Grid, area: BaseGeometry, water: BaseGeometry, wet: Flags, own: Flags) -> Flags:
    """Tell from which dry squares one enters the area."""
    # a wet square of the area may hold both banks of a river, so it is no gate itself
    gates = own & ~wet
    near = np.argwhere(_around(own & wet, 2) & ~wet & ~own)
    seen = ~shapely.intersects(water, _shortest_lines(grid.middles(near), area))
    gates[tuple(near[seen].T)] = True
    if not gates.any():
        shore = np.argwhere(_around(wet, 1) & ~wet)
        distance = distances_m(grid.middles(shore), area)
        gates[tuple(shore[distance <= distance.min() + grid.step_m].T)] = True
    return gates


def _standing(grid: _Grid, points: Shapes, water: BaseGeometry, wet: Flags) -> Squares:
    """Return the dry square, row and column, where each point stands."""
    from_corner = shapely.get_coordinates(points) - (grid.x[0], grid.y[0])
    squares: Squares = np.floor(from_corner[:, ::-1] / grid.step_m).astype(np.intp)
    wet_at = np.flatnonzero(wet[tuple(squares.T)])
    shore = np.argwhere(_around(wet, 1) & ~wet)
    near = squares[wet_at][:, None] + (np.argwhere(np.ones((5, 5))) - 2)
    squares[wet_at] = shore[shapely.STRtree(grid.middles(shore)).nearest(points[wet_at])]
    dry = ~wet[near[..., 0], near[..., 1]]
    at, near = wet_at[np.nonzero(dry)[0]], near[dry]
    lines = shapely.shortest_line(points[at], grid.middles(near))
    seen = np.flatnonzero(~shapely.intersects(water, lines))
    # the nearest one comes last, and the last one stays
    seen = seen[np.argsort(-shapely.length(lines[seen]), kind="stable")]
    squares[at[seen]] = near[seen]
    return squares
