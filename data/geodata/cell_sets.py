"""Where people live, in squares, as the store keeps it: our estimate, and grids that were loaded.

The estimate is built once for an edition of the layers. A grid of the municipality's own takes its
place when it is loaded.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import shapely

from data import store
from data.decision_cache import remembered
from data.geodata import gazetteer, layers
from data.models import Staff
from data.rights import check_planner
from data.staff import staff_log
from geo import crs, ipf, population

# raised when the estimate is made in another way, so that kept ones are made again
METHOD = 1
SIDE_M = 100.0
# the name under which the store counts changes of the cells
CELLS = "cells"
ESTIMATE = "uppskattning"
GRID = "rutor"


@dataclass(frozen=True)
class CellSet:
    """Where people live, according to one source.

    Attributes
    ----------
    edition
        A name that changes with the source and with the layers that it was fitted to.
    side_m
        How fine the source is; nothing is shown finer.
    report
        For the estimate `rounds`, `adults`, `voters` and `misses` (by district, in voters); for a
        grid `counted`, `population`, `squares`, `rounds` and `off`.
    """

    edition: str
    side_m: float
    source: str
    licence: str
    report: dict[str, Any]

    @property
    def is_estimate(self) -> bool:
        """Whether people were spread by us, and not counted in squares."""
        return self.edition.startswith(ESTIMATE)


_ADD_SET = "INSERT INTO cell_sets VALUES ($1, $2, $3, $4, $5, $6)"
_ADD_CELLS = """
INSERT INTO cells
SELECT $1, unnest($2::DOUBLE[]), unnest($3::DOUBLE[]), unnest($4::DOUBLE[]),
    unnest($5::VARCHAR[]), unnest($6::DOUBLE[])
"""
_SETS = """
SELECT edition, side_m, source, licence, report FROM cell_sets ORDER BY used_at DESC, edition
"""
_USE = "UPDATE cell_sets SET used_at = $2 WHERE edition = $1 RETURNING edition"
_LATEST = "SELECT max(used_at) FROM cell_sets"
_CELLS = """
SELECT west, south, side_m, code, people FROM cells WHERE edition = $1
ORDER BY code, south, west, side_m
"""


@cache
def estimate_edition() -> str:
    """Name the estimate that the shipped layers give; it changes with any of their files."""
    digest = hashlib.sha256(str(METHOD).encode())
    for name in layers.LAYERS:
        frame = layers.frame(name).drop(columns="name")
        digest.update(layers.edition(name).encode())
        digest.update(shapely.to_wkb(frame.geometry.union_all()))
        digest.update(frame.drop(columns="geometry").to_json().encode())
    for ground in (layers.water(), layers.built_up()):
        digest.update(shapely.to_wkb(ground))
    return f"{ESTIMATE}-{digest.hexdigest()[:12]}"


@store.again
def ensure() -> None:
    """Build the estimate and keep it, unless the store has it already."""
    if not any(known.edition == estimate_edition() for known in sets()):
        built, report = estimate()
        made = CellSet(estimate_edition(), SIDE_M, "SCB", "CC0", asdict(report))
        # an estimate never takes the place of a grid that was loaded before
        with store.transaction() as cursor:
            keep(cursor, made, built, used_at=datetime(1970, 1, 1, tzinfo=UTC))


@cache
def estimate() -> tuple[gpd.GeoDataFrame, ipf.Balance]:
    """Return the cells that the shipped layers give, and how well the voters came out."""
    return population.balanced_cells(
        layers.frame(layers.DESO),
        water=layers.water(),
        built_up=layers.built_up(),
        second_layer=layers.frame(layers.VALDISTRIKT),
        cell_m=SIDE_M,
        anchors=_anchors(),
    )


def _anchors() -> gpd.GeoDataFrame:
    """Return the points that people are likely to live near, where no built-up area is drawn."""
    named = [
        *gazetteer.stops(),
        *(p for p in gazetteer.services() if p.sort in {gazetteer.SCHOOL, gazetteer.PRESCHOOL}),
        *gazetteer.villages(layers.frame(layers.VALDISTRIKT)),
    ]
    spots = shapely.points([(p.x, p.y) for p in named])
    return gpd.GeoDataFrame(geometry=spots, crs=crs.SWEREF99TM)


class _Kept(NamedTuple):
    edition: str
    side_m: float
    source: str
    licence: str
    report: str


def sets() -> list[CellSet]:
    """Return all that is kept, the one in use first; nothing when the store is closed."""
    if not store.is_open():
        return []
    with store.cursor() as cursor:
        rows = cursor.execute(_SETS).rows(_Kept)
    return [CellSet(**row._asdict() | {"report": json.loads(row.report)}) for row in rows]


def in_use() -> CellSet:
    """Return the source of the cells that every figure rests on now."""
    return remembered(CELLS, ("cells_in_use",), _in_use)


def _in_use() -> CellSet:
    # an estimate of older layers is never used; it stays so that old figures can be traced
    current = [
        known for known in sets() if known.edition == estimate_edition() or fits(known.edition)
    ]
    if current:
        return current[0]
    return CellSet(estimate_edition(), SIDE_M, "SCB", "CC0", asdict(estimate()[1]))


def grid_edition(year: int, side_m: float, digest: str) -> str:
    """Name a grid: its year, how fine it is, its content and the layers it was fitted to."""
    return f"{GRID}-{year}-{side_m:.0f}-{digest}{estimate_edition().removeprefix(ESTIMATE)}"


def fits(edition: str) -> bool:
    """Tell whether a grid was fitted to the layers as they are now."""
    return edition.startswith(GRID) and edition.endswith(estimate_edition().removeprefix(ESTIMATE))


def keep(
    cursor: store.Cursor,
    made: CellSet,
    cells: gpd.GeoDataFrame,
    *,
    used_at: datetime,
) -> None:
    """Store a set of cells in the caller's transaction; the latest `used_at` is in use."""
    report = json.dumps(made.report, ensure_ascii=False)
    row = [made.edition, made.side_m, made.source, made.licence, report, used_at.astimezone(UTC)]
    cursor.execute(_ADD_SET, row)
    cursor.execute(_ADD_CELLS, _cell_columns(made.edition, cells))
    cursor.changed(CELLS)


def after_all(cursor: store.Cursor, at: datetime) -> datetime:
    """Return `at`, or the moment after the set that was used last, whatever the clock says."""
    row = cursor.execute(_LATEST).fetchone()
    if row is None or row[0] is None:
        return at.astimezone(UTC)
    latest: datetime = row[0].astimezone(UTC)
    return max(at.astimezone(UTC), latest + timedelta(microseconds=1))


def _cell_columns(edition: str, cells: gpd.GeoDataFrame) -> list[Any]:
    bounds = shapely.bounds(cells.geometry.to_numpy())
    west, south, side = bounds[:, 0], bounds[:, 1], bounds[:, 2] - bounds[:, 0]
    codes = [str(code) for code in cells["code"]]
    return [edition, list(west), list(south), list(side), codes, list(cells["people"])]


def read(edition: str) -> gpd.GeoDataFrame:
    """Return `geometry`, `people`, `code` (DeSO) of a set; the estimate if the store lacks it."""
    if not store.is_open():
        return estimate()[0]
    with store.cursor() as cursor:
        kept = cursor.execute(_CELLS, [edition]).frame()
    if not len(kept["people"]):
        return estimate()[0]
    west, south, side = (np.asarray(kept[name]) for name in ("west", "south", "side_m"))
    return gpd.GeoDataFrame(
        {"people": np.asarray(kept["people"]), "code": np.asarray(kept["code"], dtype=object)},
        geometry=shapely.box(west, south, west + side, south + side),
        crs=crs.SWEREF99TM,
    )[["geometry", "people", "code"]]


@store.again
def use(actor: Staff | None, edition: str, *, at: datetime) -> None:
    """Let a kept set of cells be the one that every figure rests on.

    Raises
    ------
    data.rights.NotAllowedError
    LookupError
        When there is no such edition, or it was made for other layers.
    """
    staff = check_planner(actor)
    if edition != estimate_edition() and not fits(edition):
        raise LookupError(edition)
    was = in_use().edition
    with store.transaction() as cursor:
        if cursor.execute(_USE, [edition, after_all(cursor, at)]).fetchone() is None:
            raise LookupError(edition)
        staff_log.add(cursor, staff, "use_cells", CELLS, was=was, became=edition, at=at)
        cursor.changed(CELLS)
