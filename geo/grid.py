"""Squares on the national grid: one layer among others, and the ground for population cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo import crs
from geo._prepared import prepared_copy

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

# A bound on mistakes: 100 m squares over a whole county are still fewer.
SQUARES_MAX = 2_000_000


def square_grid(area: BaseGeometry, cell_m: float) -> gpd.GeoDataFrame:
    """Return the squares of the national grid that share ground with `area`.

    Corners lie on whole multiples of `cell_m`, so two grids of the same size always fit together
    and a square keeps its code when the area changes.

    Parameters
    ----------
    area
        Polygon or multipolygon in EPSG:3006 (metres).
    cell_m
        Side of a square in metres.

    Returns
    -------
    squares
        Index `code` (such as ``ruta500-N6576500E0467000``, the lower left corner), columns
        `geometry` and `name`; EPSG:3006; ordered from south to north, then from west to east.

    Raises
    ------
    ValueError
        If the area is empty, the side is not positive, or the squares would be too many.
    """
    if area.is_empty:
        msg = "the area is empty"
        raise ValueError(msg)
    west, south = corners_between(area.bounds, cell_m)
    east, north = west + cell_m, south + cell_m
    squares = shapely.box(west, south, east, north)
    area = prepared_copy(area)
    meets = shapely.intersects(area, squares) & ~shapely.touches(area, squares)
    west, south = west[meets], south[meets]
    codes = [f"ruta{cell_m:g}-N{y:07.0f}E{x:07.0f}" for x, y in zip(west, south, strict=True)]
    names = [f"Ruta N {y:.0f} E {x:.0f}" for x, y in zip(west, south, strict=True)]
    return gpd.GeoDataFrame(
        {"name": names},
        geometry=squares[meets],
        index=pd.Index(codes, name="code"),
        crs=crs.SWEREF99TM,
    )


def corners_between(
    bounds: tuple[float, float, float, float], cell_m: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the lower left corners of all squares of side `cell_m` that meet `bounds`.

    Parameters
    ----------
    bounds
        West, south, east, north in metres.
    cell_m
        Side of a square in metres.

    Returns
    -------
    west, south
        Eastings and northings in metres, row by row from the south.

    Raises
    ------
    ValueError
        If the side is not positive or the squares would be too many.
    """
    if not (np.isfinite(cell_m) and cell_m > 0):
        msg = "the side of a square must be more than 0 m"
        raise ValueError(msg)
    first = np.floor(np.array(bounds[:2]) / cell_m)
    last = np.ceil(np.array(bounds[2:]) / cell_m)
    columns, rows = np.maximum(last - first, 1)
    if not columns * rows <= SQUARES_MAX:
        msg = f"{columns:.0f} x {rows:.0f} squares are too many"
        raise ValueError(msg)
    x = (first[0] + np.arange(int(columns))) * cell_m
    y = (first[1] + np.arange(int(rows))) * cell_m
    north, east = np.meshgrid(y, x, indexing="ij")
    return east.ravel(), north.ravel()
