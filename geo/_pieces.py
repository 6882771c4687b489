"""Cut polygons by each other and by squares, keeping track of whose ground each piece is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from geo import _validate
from geo.grid import corners_between

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Large polygons are cut in coarse squares first: comparing a small square with a border of a
# thousand corners is the expensive part.
_COARSE = 8
_POLYGON = 3


class Pieces(NamedTuple):
    """Single polygons in EPSG:3006 and, for each, the number of its owner."""

    polygons: NDArray[np.object_]
    owners: NDArray[np.intp]


def as_geometry(layer: gpd.GeoDataFrame | BaseGeometry | None, name: str) -> BaseGeometry:
    """Return a layer as one geometry in EPSG:3006; None is nothing.

    Raises
    ------
    FrameError
        If a frame is in another system or holds an invalid geometry.
    """
    if layer is None:
        return MultiPolygon()
    if isinstance(layer, BaseGeometry):
        return layer
    _validate.check_metric(layer, name)
    geometry = layer.geometry.to_numpy()
    if not shapely.is_valid(geometry).all():
        msg = f"{name} holds an invalid geometry"
        raise _validate.FrameError(msg)
    return shapely.union_all(geometry)


def single_polygons(geometry: NDArray[np.object_], owners: NDArray[np.intp]) -> Pieces:
    """Take geometries apart; what is only a line or a point after cutting is dropped."""
    for _ in range(2):  # a collection may hold multipolygons
        geometry, whose = shapely.get_parts(geometry, return_index=True)
        owners = owners[whose]
    keep = (shapely.get_type_id(geometry) == _POLYGON) & (shapely.area(geometry) > 0)
    return Pieces(geometry[keep], owners[keep])


def overlay(
    first: NDArray[np.object_], second: NDArray[np.object_]
) -> tuple[NDArray[np.object_], NDArray[np.intp], NDArray[np.intp]]:
    """Cut the polygons of one layer by those of another.

    Returns
    -------
    pieces, of_first, of_second
        The shared ground of each pair, and the positions of the pair. What `second` does not
        cover comes last with position -1.
    """
    one, two = shapely.STRtree(second).query(first, predicate="intersects")
    shared = shapely.intersection(first[one], second[two])
    rest = shapely.difference(first, shapely.union_all(second))
    pieces = np.concatenate([shared, rest])
    of_first = np.concatenate([one, np.arange(len(first))])
    of_second = np.concatenate([two, np.full(len(first), -1)])
    has_ground = shapely.area(pieces) > 0
    return pieces[has_ground], of_first[has_ground], of_second[has_ground]


def areas_in_squares(
    pieces: Pieces, cell_m: float
) -> tuple[NDArray[np.intp], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Measure how much ground of each owner lies in each square of the grid.

    Returns
    -------
    owners, west, south, area_m2
        One entry for each piece in each square that it shares ground with: the owner, the
        square's lower left corner in metres, and the shared ground in square metres.
    """
    coarse = _cut(pieces, cell_m * _COARSE)
    fine = _cut(Pieces(coarse[0], coarse[1]), cell_m)
    return fine[1], fine[2], fine[3], shapely.area(fine[0])


def _cut(
    pieces: Pieces, cell_m: float
) -> tuple[NDArray[np.object_], NDArray[np.intp], NDArray[np.float64], NDArray[np.float64]]:
    corners = [corners_between(tuple(b), cell_m) for b in shapely.bounds(pieces.polygons)]
    counts = [len(west) for west, _ in corners]
    west = np.concatenate([np.empty(0), *(west for west, _ in corners)])
    south = np.concatenate([np.empty(0), *(south for _, south in corners)])
    whose = np.repeat(np.arange(len(counts)), counts)
    squares = shapely.box(west, south, west + cell_m, south + cell_m)
    polygons = pieces.polygons.copy()
    shapely.prepare(polygons)
    shared = squares.copy()
    whole = shapely.contains(polygons[whose], squares)
    meets = ~whole & shapely.intersects(polygons[whose], squares)
    shared[meets] = shapely.intersection(polygons[whose[meets]], squares[meets])
    keep = (whole | meets).nonzero()[0]
    singles = single_polygons(shared[keep], keep)
    at = singles.owners
    return singles.polygons, pieces.owners[whose[at]], west[at], south[at]
