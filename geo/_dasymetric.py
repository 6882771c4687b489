"""How heavily each square of each piece of ground is lived on, before anyone is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from geo._pieces import Pieces, areas_in_squares, single_polygons

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

# Weight of ground where nothing says that people live; used only where there is no other.
_LAST_RESORT = 1e-3


class Ground(NamedTuple):
    """Pieces of ground, each the share of one neighbourhood (row) in one district (column)."""

    pieces: NDArray[np.object_]
    row: NDArray[np.intp]
    column: NDArray[np.intp]


class Land(NamedTuple):
    """What is known about the land: water, built-up land, and the reach of stops and schools."""

    wet: BaseGeometry
    built: BaseGeometry
    near: BaseGeometry
    near_weight: float


class Shares(NamedTuple):
    """Weights: one entry for each piece in each square, by the square's lower left corner."""

    piece: NDArray[np.intp]
    west: NDArray[np.float64]
    south: NDArray[np.float64]
    weight: NDArray[np.float64]


def weigh_squares(ground: Ground, land: Land, cell_m: float) -> Shares:
    """Return every square its weight in every piece.

    Built-up dry land counts its square metres, other dry land in reach of an anchor a fraction.
    A neighbourhood or district where that gives nothing gets its dry land instead, and one
    without dry land all of its ground.

    Returns
    -------
    shares
        Weights above 0; every neighbourhood has some.
    """
    built = shapely.difference(land.built, land.wet)
    near = shapely.difference(shapely.difference(land.near, land.built), land.wet)
    everywhere = np.arange(len(ground.pieces))
    found = [
        _measure(ground, everywhere, built, 1.0, cell_m),
        _measure(ground, everywhere, near, land.near_weight, cell_m),
    ]
    bare = _bare(ground, found)
    if bare.size:
        dry = shapely.difference(ground.pieces[bare], land.wet)
        found.append(_in_squares(dry, bare, _LAST_RESORT, cell_m))
        bare = _bare(ground, found)
        found.append(_in_squares(ground.pieces[bare], bare, _LAST_RESORT, cell_m))
    return Shares(*(np.concatenate(parts) for parts in zip(*found, strict=True)))


def _measure(
    ground: Ground, which: NDArray[np.intp], where: BaseGeometry, weight: float, cell_m: float
) -> Shares:
    return _in_squares(shapely.intersection(ground.pieces[which], where), which, weight, cell_m)


def _in_squares(
    polygons: NDArray[np.object_], owners: NDArray[np.intp], weight: float, cell_m: float
) -> Shares:
    singles: Pieces = single_polygons(polygons, owners)
    piece, west, south, area = areas_in_squares(singles, cell_m)
    return Shares(piece, west, south, area * weight)


def _bare(ground: Ground, found: list[Shares]) -> NDArray[np.intp]:
    """Return the pieces of neighbourhoods and districts that have no weight at all."""
    weights = np.zeros(len(ground.pieces))
    for shares in found:
        np.add.at(weights, shares.piece, shares.weight)
    rows = np.bincount(ground.row, weights)
    # district -1 is the ground outside all districts, where nobody is expected
    columns = np.append(np.bincount(ground.column + 1, weights)[1:], np.inf)
    return ((rows[ground.row] <= 0) | (columns[ground.column] <= 0)).nonzero()[0]
