"""Use a population grid of the municipality's own in place of the estimate.

A counted square tells how many people live in it; the published figure of each neighbourhood
tells how many live there. Both are kept as nearly as they can: the neighbourhoods exactly, the
squares by iterative proportional fitting. Inside a square people stay where the estimate has them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo import _validate, crs, ipf

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Address points are summed over squares of this side and then forgotten.
POINTS_SIDE_M = 100.0
SIDES_M = (100.0, 250.0, 500.0, 1000.0)


@dataclass(frozen=True)
class Fit:
    """How well the counted squares and the neighbourhoods' published figures go together.

    Attributes
    ----------
    counted
        People in the grid.
    population
        People in the neighbourhoods; the grid is scaled to this sum.
    squares
        How many squares have people.
    rounds
        Of the fitting.
    off
        The part of all people (0-1) that live in another square than was counted.
    """

    counted: float
    population: float
    squares: int
    rounds: int
    off: float


def squares_of(points: gpd.GeoDataFrame, people: str, side_m: float) -> pd.DataFrame:
    """Sum counts at points over squares of the national grid.

    Parameters
    ----------
    points
        EPSG:3006; points anywhere in their square (also its lower left corner), or the squares
        themselves. Those that overlap a border of the grid count where their lower left corner is.
    people
        The column that counts people.
    side_m
        Side of the squares in metres.

    Returns
    -------
    squares
        Columns `west`, `south` (lower left corner, metres) and `people`; each square once.

    Raises
    ------
    ValueError
        If the frame is in another system, a point is missing, or a count is missing or negative.
    """
    _validate.check_metric(points, "points")
    geometry = points.geometry.to_numpy()
    if shapely.is_missing(geometry).any() or shapely.is_empty(geometry).any():
        msg = "a point is missing"
        raise _validate.FrameError(msg)
    counts = _validate.numbers(points, people, "points")
    west, south = shapely.bounds(geometry)[:, :2].T
    # a corner written with decimals may lie a hair's breadth below its line
    corners = {
        "west": np.floor(west / side_m + 1e-6) * side_m,
        "south": np.floor(south / side_m + 1e-6) * side_m,
    }
    entries = pd.DataFrame({**corners, "people": counts})
    return entries.groupby(["west", "south"]).sum().reset_index()


def cells_from_squares(
    estimate: gpd.GeoDataFrame, squares: pd.DataFrame, side_m: float
) -> tuple[gpd.GeoDataFrame, Fit]:
    """Move the people of the estimate to the squares where they were counted.

    Parameters
    ----------
    estimate
        Cells of `geo.population.population_cells`: `geometry`, `people`, `code`.
    squares
        What `squares_of` gave.
    side_m
        Side of the squares in metres.

    Returns
    -------
    cells, fit
        `geometry`, `people`, `code` as in the estimate: sums per code are unchanged. People whom
        the estimate has nobody near are put evenly over their square, in the code of the nearest
        cell.

    Raises
    ------
    ValueError
        If a frame lacks a column, nobody was counted, or the estimate has nobody to move.
    """
    _validate.check_cells(estimate)
    if not (estimate["people"] > 0).any():
        msg = "the estimate has nobody"
        raise _validate.FrameError(msg)
    _validate.check_columns(squares, {"west", "south"}, "squares")
    counts = _validate.numbers(squares, "people", "squares")
    if counts.sum() <= 0:
        msg = "the grid counts nobody"
        raise _validate.FrameError(msg)
    squares = squares[counts > 0].reset_index(drop=True)
    seed = _seed(estimate, squares, side_m)
    codes, row = np.unique(seed["code"].to_numpy(dtype=str), return_inverse=True)
    column = _square_of(seed, squares, side_m)
    weight = seed["people"].to_numpy(dtype=np.float64)
    # ground outside all counted squares is the last column, drawn towards nobody
    table = np.zeros((len(codes), len(squares) + 1))
    np.add.at(table, (row, column), weight)
    living = estimate["people"].groupby(estimate["code"].astype(str)).sum()
    population = living.reindex(codes).to_numpy(dtype=np.float64)
    scale = population.sum() / counts.sum()
    targets = np.append(squares["people"].to_numpy(dtype=np.float64) * scale, 0.0)
    fitted, rounds = ipf.fit(table, population, targets)
    cells = seed.assign(people=fitted[row, column] * weight / table[row, column])
    cells = cells[cells["people"] > 0].reset_index(drop=True)
    off = np.abs(fitted.sum(axis=0) - targets).sum() / 2 / population.sum()
    return cells, Fit(
        counted=float(counts.sum()),
        population=float(population.sum()),
        squares=len(squares),
        rounds=rounds,
        off=float(off),
    )


def _seed(estimate: gpd.GeoDataFrame, squares: pd.DataFrame, side_m: float) -> gpd.GeoDataFrame:
    """Return the estimate's cells, and cells for the counted squares that it has nobody in."""
    lived_in = estimate.loc[estimate["people"] > 0, ["geometry", "people", "code"]]
    filled = np.unique(_square_of(lived_in, squares, side_m))
    bare = squares[~np.isin(np.arange(len(squares)), filled)]
    if bare.empty:
        return lived_in
    # a whole number of cells, so that none reaches into the next square
    count = max(1, int(side_m // POINTS_SIDE_M))
    side = side_m / count
    steps = np.arange(count) * side
    across, up = (grid.ravel() for grid in np.meshgrid(steps, steps))
    west = (bare["west"].to_numpy()[:, None] + across).ravel()
    south = (bare["south"].to_numpy()[:, None] + up).ravel()
    added = shapely.box(west, south, west + side, south + side)
    tree = shapely.STRtree(lived_in.geometry.to_numpy())
    nearest = tree.nearest(shapely.centroid(added))
    new = gpd.GeoDataFrame(
        {"people": 1.0, "code": lived_in["code"].to_numpy()[nearest]},
        geometry=added,
        crs=crs.SWEREF99TM,
    )
    return pd.concat([lived_in, new], ignore_index=True)


def _square_of(cells: gpd.GeoDataFrame, squares: pd.DataFrame, side_m: float) -> NDArray[np.intp]:
    """Return the row in `squares` that each cell's centre lies in, or the number of squares."""
    bounds = shapely.bounds(cells.geometry.to_numpy())
    middle = (bounds[:, :2] + bounds[:, 2:]) / 2
    corners = pd.MultiIndex.from_arrays(list(np.floor(middle / side_m).T.astype(np.int64)))
    known = squares[["west", "south"]].to_numpy(dtype=np.float64)
    at = pd.MultiIndex.from_arrays(list(np.rint(known / side_m).T.astype(np.int64)))
    found = at.get_indexer(corners)
    return np.where(found < 0, len(squares), found)
