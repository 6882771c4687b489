"""Load a population grid of the municipality's own in place of the estimate.

From the command line, with the service stopped: ``python -m data import grid FILE
--people FIELD --side METRES --year YEAR --source TEXT --licence TEXT``.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data import store
from data.geodata import cell_sets, layers
from data.models import CREDIT_MAX, Staff
from data.rights import check_planner
from data.staff import staff_log
from data.written import over
from geo import own_grid

GridCode = Literal[
    "no_column",
    "bad_numbers",
    "bad_place",
    "nobody",
    "outside",
    "bad_side",
    "source_missing",
    "too_long",
    "edition_taken",
]


class GridError(ValueError):
    """A population grid cannot be used; nothing was changed."""

    code: GridCode

    def __init__(self, code: GridCode) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class NewGrid:
    """A population grid to load.

    `column` holds the number of people; `side_m` is the side of the squares in metres, one of
    `geo.own_grid.SIDES_M`, 100 for address points.
    """

    column: str
    side_m: float
    source: str
    licence: str
    year: int


@store.again
def import_grid(
    actor: Staff | None, counted: gpd.GeoDataFrame, new: NewGrid, *, at: datetime
) -> own_grid.Fit:
    """Let a population grid take the place of the estimate.

    Parameters
    ----------
    counted
        Points or squares in EPSG:3006. Address points are summed over squares of 100 m and not
        kept.

    Raises
    ------
    data.rights.NotAllowedError
    GridError
    """
    staff = check_planner(actor)
    source, licence = new.source.strip(), new.licence.strip()
    if not source or not licence:
        raise GridError("source_missing")
    if max(over(source, CREDIT_MAX), over(licence, CREDIT_MAX)) > 0:
        raise GridError("too_long")
    squares = _squares(counted, new.column, new.side_m)
    edition = cell_sets.grid_edition(new.year, new.side_m, _digest(squares))
    if any(known.edition == edition for known in cell_sets.sets()):
        raise GridError("edition_taken")
    cells, fit = own_grid.cells_from_squares(cell_sets.estimate()[0], squares, new.side_m)
    report = asdict(fit) | {"year": new.year}
    made = cell_sets.CellSet(edition, new.side_m, source, licence, report)
    was = cell_sets.in_use().edition
    with store.transaction() as cursor:
        cell_sets.keep(cursor, made, cells, used_at=cell_sets.after_all(cursor, at))
        about = cell_sets.CELLS
        staff_log.add(cursor, staff, "use_cells", about, was=was, became=edition, at=at)
    return fit


def _squares(counted: gpd.GeoDataFrame, column: str, side_m: float) -> pd.DataFrame:
    if side_m not in own_grid.SIDES_M:
        raise GridError("bad_side")
    if column not in counted.columns:
        raise GridError("no_column")
    numbers = pd.to_numeric(counted[column], errors="coerce")
    if not np.isfinite(numbers).all() or (numbers < 0).any():
        raise GridError("bad_numbers")
    try:
        squares = own_grid.squares_of(counted.assign(**{column: numbers}), column, side_m)
    except ValueError as error:
        raise GridError("bad_place") from error
    if squares["people"].sum() <= 0:
        raise GridError("nobody")
    corners = shapely.box(
        squares["west"], squares["south"], squares["west"] + side_m, squares["south"] + side_m
    )
    inside = shapely.intersects(layers.municipality(), corners)
    if squares["people"][inside].sum() < squares["people"].sum() / 2:
        raise GridError("outside")
    found: pd.DataFrame = squares[inside].reset_index(drop=True)
    return found


def _digest(squares: pd.DataFrame) -> str:
    return hashlib.sha256(squares.to_csv(index=False).encode()).hexdigest()[:8]
