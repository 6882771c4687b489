"""How many people a decision's area affects, where they live, and how sure that is.

People in cells are weighted by how far they live from the area, in a straight line. Lakes, rivers
and roads in between are not regarded, so the result is rough and must be called so.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo import _bands, _order, _validate, crs
from geo.areas import AreaError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

# How much the bands are shortened and lengthened to see whether the result depends on them.
SPAN = 0.25
_NAMES = ("inside", "near", "middle", "far")


@dataclass(frozen=True)
class Bands:
    """Distances from the area's nearest edge in metres, and the weight of each band.

    A person inside the area counts as one who lives near. The bands may be equal, but not in the
    wrong order.

    Raises
    ------
    ValueError
        If a distance or weight is negative or not finite, or the distances fall.
    """

    near_m: float
    middle_m: float
    far_m: float
    weights: tuple[float, float, float] = (1.0, 0.6, 0.3)

    def __post_init__(self) -> None:
        numbers = (*self.limits, *self.weights)
        if len(self.weights) != 3 or not all(math.isfinite(n) and n >= 0 for n in numbers):
            msg = "bands and weights must be three finite numbers each, 0 or more"
            raise ValueError(msg)
        if not self.near_m <= self.middle_m <= self.far_m:
            msg = f"the bands are not in order: {self.limits}"
            raise ValueError(msg)

    @property
    def limits(self) -> tuple[float, float, float]:
        """The three distances in metres."""
        return (self.near_m, self.middle_m, self.far_m)

    def scaled(self, factor: float) -> Bands:
        """Give bands of the same weights, all `factor` times as far."""
        near, middle, far = (limit * factor for limit in self.limits)
        return Bands(near, middle, far, self.weights)


def affected_neighbourhoods(
    area: BaseGeometry,
    neighbourhoods: gpd.GeoDataFrame,
    cells: gpd.GeoDataFrame,
    *,
    bands: Bands,
) -> gpd.GeoDataFrame:
    """Rank neighbourhoods by how many of their people a decision's area affects, and how much.

    A cell's distance is the metres from its centre to the area's nearest edge, 0 inside. Only
    what lies in reach of the area is measured, so the time does not grow with the layer.

    Parameters
    ----------
    area
        Valid polygon or multipolygon in EPSG:3006.
    neighbourhoods
        EPSG:3006, index `code`, columns `geometry`, `population`.
    cells
        EPSG:3006, columns `geometry` (squares), `people`, `code` (of the same layer).
    bands
        The distances and weights.

    Returns
    -------
    affected
        On the caller's index, numbers of people not rounded:

        inside, near, middle, far
            people in each band, each person once
        within
            people in any of them
        affected
            people times the weight of their band
        share
            affected / population, 0 where nobody lives
        ratio
            share / the same share of the whole layer; not a number if nobody is affected
        low, high
            smallest and largest `affected` of this and four other calculations: by cells and by
            areal weighting (people spread evenly over the neighbourhood), each with bands 25 %
            shorter and longer
        rank_share, rank_people
            1 is highest; what is the same when printed (tenths of a percentage point, tens of
            people) shares a rank, and the next one is left out
        order_uncertain
            whether one of the ranks is another in any of the other calculations; never where no
            calculation finds anybody, as such a place is not in the order

    Raises
    ------
    AreaError
        With code ``empty`` or ``invalid_ring``; a ValueError.
    ValueError
        If a frame is in another system, lacks a column, holds a wrong number, or a cell near the
        area has a code that the neighbourhoods lack (another layer or edition).
    """
    _check_area(area)
    _validate.check_neighbourhoods(neighbourhoods)
    _validate.check_cells(cells)
    population = _validate.numbers(neighbourhoods, "population", "neighbourhoods")
    reach = bands.far_m * (1 + SPAN)
    near_cells = _bands.cells_within(area, cells, neighbourhoods.index, reach)
    counts = near_cells.count(bands.limits, len(population))
    weights = np.array([bands.weights[0], *bands.weights])
    others = [
        calculation
        for factor in (1 - SPAN, 1 + SPAN)
        for calculation in (
            weights @ near_cells.count(bands.scaled(factor).limits, len(population)),
            weights @ _bands.areal_counts(area, neighbourhoods, bands.scaled(factor).limits),
        )
    ]
    return _frame(counts, weights @ counts, others, population, neighbourhoods.index)


def everyone_affected(neighbourhoods: gpd.GeoDataFrame) -> pd.DataFrame:
    """Give the columns of `affected_neighbourhoods` for a decision for the whole municipality.

    Everybody counts as inside with weight 1; there are no bands and nothing is uncertain.

    Raises
    ------
    ValueError
        If the frame is in another system, lacks the population, or a code stands twice.
    """
    _validate.check_neighbourhoods(neighbourhoods)
    population = _validate.numbers(neighbourhoods, "population", "neighbourhoods")
    counts = np.zeros((len(_NAMES), len(population)))
    counts[0] = population
    return _frame(counts, population, [], population, neighbourhoods.index)


def band_polygons(area: BaseGeometry, bands: Bands) -> gpd.GeoDataFrame:
    """Give the bands as rings around the area, to draw them.

    Returns
    -------
    rings
        Index `band` (``near``, ``middle``, ``far``), columns `from_m`, `to_m`, `geometry`;
        EPSG:3006. The area itself is in no ring, rings do not overlap, a band without width is
        left out.

    Raises
    ------
    AreaError
        With code ``empty`` or ``invalid_ring``.
    """
    _check_area(area)
    rows = []
    inner, from_m = area, 0.0
    for name, to_m in zip(_NAMES[1:], bands.limits, strict=True):
        outer = _bands.reach_of(area, to_m)
        ring = shapely.difference(outer, inner)
        if to_m > from_m and not ring.is_empty:
            rows.append({"band": name, "from_m": from_m, "to_m": to_m, "geometry": ring})
        inner, from_m = outer, to_m
    columns = ["band", "from_m", "to_m", "geometry"]
    return gpd.GeoDataFrame(rows, columns=columns, crs=crs.SWEREF99TM).set_index("band")


def _check_area(area: BaseGeometry) -> None:
    if area.is_empty:
        raise AreaError("empty")
    if not area.is_valid:
        raise AreaError("invalid_ring", str(shapely.is_valid_reason(area)))


def _frame(
    counts: NDArray[np.float64],
    affected: NDArray[np.float64],
    others: list[NDArray[np.float64]],
    population: NDArray[np.float64],
    index: pd.Index,
) -> pd.DataFrame:
    share = _order.share_of(affected, population)
    total_share = affected.sum() / population.sum() if population.sum() > 0 else 0.0
    ratio = share / total_share if total_share > 0 else np.full(len(share), np.nan)
    spread = np.stack([affected, *others])
    ranks = _order.ranks(affected, population)
    return pd.DataFrame(
        {
            **dict(zip(_NAMES, counts, strict=True)),
            "within": counts.sum(axis=0),
            "affected": affected,
            "share": share,
            "ratio": ratio,
            "low": spread.min(axis=0),
            "high": spread.max(axis=0),
            "rank_share": ranks.share,
            "rank_people": ranks.people,
            "order_uncertain": _order.is_uncertain(ranks, spread, population),
        },
        index=index,
    )
