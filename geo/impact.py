"""How many people a decision's area affects, where they live, and how sure that is.

People in cells are weighted by how far they live from the area. In a straight line, lakes, rivers
and roads in between are not regarded, so the result is rough and must be called so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo import _counting, _order, _validate, crs
from geo.areas import AreaError
from geo.bands import Bands, Contours, check_zone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geo._counting import Measure, NearCells

__all__ = [
    "SPAN",
    "Bands",
    "Contours",
    "affected_groups",
    "affected_neighbourhoods",
    "band_polygons",
    "everyone_affected",
    "everyone_in_groups",
]

# How much the bands are shortened and lengthened to see whether the result depends on them.
SPAN = 0.25
_NAMES = ("inside", "near", "middle", "far")


def affected_neighbourhoods(
    area: BaseGeometry,
    neighbourhoods: gpd.GeoDataFrame,
    cells: gpd.GeoDataFrame,
    *,
    bands: Bands | Contours,
    catchment: BaseGeometry | None = None,
    measure: Measure | None = None,
) -> pd.DataFrame:
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
        The distances and weights, or the contours that stand in their place.
    catchment
        Ground in EPSG:3006 whose people count as far however far away they live, such as the
        area that a school takes its pupils from; not used with contours.
    measure
        How metres from points to the area are found; a straight line if left out. See
        `geo.barriers.land_distances_m` for the way over land. The calculation by areal weighting
        always goes by the straight line.

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
            shorter and longer. Contours have no length, so they have areal weighting only.
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
        If a frame is in another system, lacks a column, holds a wrong number, a zone is no valid
        polygon, or a cell near the area has a code that the neighbourhoods lack (another layer or
        edition).
    """
    population, near = _find(area, neighbourhoods, cells, bands, catchment, measure)
    people = near.take(cells, "people")
    main = bands if isinstance(bands, Bands) else _levels(bands)
    counts = near.count(people, main, len(population))
    affected = near.weigh(people, main, len(population))
    if isinstance(bands, Contours):
        others = [_areal_contours(area, neighbourhoods, bands)]
    else:
        others = []
        for scaled in (bands.scaled(1 - SPAN), bands.scaled(1 + SPAN)):
            others.append(near.weigh(people, scaled, len(population)))
            zones, weights = _counting.zones_of(area, scaled, catchment)
            others.append(_counting.areal_people(neighbourhoods, zones, weights))
    return _frame(counts, affected, others, population, neighbourhoods.index)


def affected_groups(
    area: BaseGeometry,
    neighbourhoods: gpd.GeoDataFrame,
    cells: gpd.GeoDataFrame,
    *,
    groups: Mapping[str, str],
    bands: Bands | Contours,
    catchment: BaseGeometry | None = None,
    measure: Measure | None = None,
) -> pd.DataFrame:
    """Count each group in each band and neighbourhood, beside the score and never inside it.

    Parameters
    ----------
    area, neighbourhoods, bands, catchment, measure
        As for `affected_neighbourhoods`.
    cells
        As there, with a column of expected counts for each group and each whole.
    groups
        The column of each group, and of the whole that it is a part of: ``{"80+": "people"}``.

    Returns
    -------
    groups
        Index `code`, `group`; `inside`, `near`, `middle`, `far`, `within` and `affected` as for
        `affected_neighbourhoods`; `whole`, all within that the group is a part of; `share`, the
        group's part of them (0-1), and `ratio`, that share / the same share of all cells; not
        numbers where nobody is within, nor is `ratio` where no cell has any of the group.

    Raises
    ------
    AreaError, ValueError
        As for `affected_neighbourhoods`.
    """
    _population, near = _find(area, neighbourhoods, cells, bands, catchment, measure)
    main = bands if isinstance(bands, Bands) else _levels(bands)
    return _group_frame(near, main, neighbourhoods.index, cells, groups)


def everyone_in_groups(
    neighbourhoods: gpd.GeoDataFrame, cells: gpd.GeoDataFrame, *, groups: Mapping[str, str]
) -> pd.DataFrame:
    """Return the columns of `affected_groups` for a decision for the whole municipality.

    Raises
    ------
    ValueError
        As for `affected_neighbourhoods`.
    """
    _validate.check_neighbourhoods(neighbourhoods)
    _validate.check_cells(cells)
    everyone = _counting.all_cells(cells, neighbourhoods.index)
    return _group_frame(everyone, Bands(0, 0, 0), neighbourhoods.index, cells, groups)


def _group_frame(
    near: NearCells,
    bands: Bands,
    codes: pd.Index,
    cells: gpd.GeoDataFrame,
    groups: Mapping[str, str],
) -> pd.DataFrame:
    frames = []
    for group, whole in groups.items():
        people = near.take(cells, group)
        counts = near.count(people, bands, len(codes))
        all_within = near.count(near.take(cells, whole), bands, len(codes)).sum(axis=0)
        frame = pd.DataFrame(dict(zip(_NAMES, counts, strict=True)), index=codes)
        frame["within"] = counts.sum(axis=0)
        frame["affected"] = near.weigh(people, bands, len(codes))
        frame["whole"] = all_within
        some = all_within > 0
        frame["share"] = np.where(some, frame["within"] / np.where(some, all_within, 1), np.nan)
        in_all, of_all = float(cells[group].sum()), float(cells[whole].sum())
        # in a series 0 / 0 is not a number, so a group of nobody gets no ratio
        frame["ratio"] = frame["share"] / (in_all / of_all if of_all > 0 else np.nan)
        frames.append(frame)
    found = pd.concat(frames, keys=list(groups), names=["group", "code"]).swaplevel()
    names = ["code", "group"]
    return found.reindex(pd.MultiIndex.from_product([codes, list(groups)], names=names))


def _find(
    area: BaseGeometry,
    neighbourhoods: gpd.GeoDataFrame,
    cells: gpd.GeoDataFrame,
    bands: Bands | Contours,
    catchment: BaseGeometry | None,
    measure: Measure | None,
) -> tuple[NDArray[np.float64], NearCells]:
    """Check the frames, and give everyone's population and the cells that can count."""
    _check_area(area)
    _validate.check_neighbourhoods(neighbourhoods)
    _validate.check_cells(cells)
    population = _validate.numbers(neighbourhoods, "population", "neighbourhoods")
    if isinstance(bands, Contours):
        return population, _counting.cells_in_contours(area, cells, neighbourhoods.index, bands)
    if catchment is not None:
        check_zone(catchment)
    near = _counting.cells_within(
        area,
        cells,
        neighbourhoods.index,
        bands.far_m * (1 + SPAN),
        catchment=catchment,
        measure=measure,
    )
    return population, near


def _levels(contours: Contours) -> Bands:
    return Bands(*_counting.LEVELS, contours.weights)


def _areal_contours(
    area: BaseGeometry, neighbourhoods: gpd.GeoDataFrame, contours: Contours
) -> NDArray[np.float64]:
    zones = _counting.contour_zones(area, contours)
    weights = [contours.weights[0], *contours.weights]
    return _counting.areal_people(neighbourhoods, zones, weights)


def everyone_affected(neighbourhoods: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the columns of `affected_neighbourhoods` for a decision for the whole municipality.

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


def band_polygons(area: BaseGeometry, bands: Bands | Contours) -> gpd.GeoDataFrame:
    """Return the bands as rings around the area, or the contours, to draw them.

    Returns
    -------
    rings
        Index `band` (``near``, ``middle``, ``far``), columns `from_m`, `to_m` (not a number for
        contours), `geometry`; EPSG:3006. The area itself is in no ring, rings do not overlap, a
        band without ground is left out.

    Raises
    ------
    AreaError
        With code ``empty`` or ``invalid_ring``.
    """
    _check_area(area)
    if isinstance(bands, Contours):
        zones, limits = _counting.contour_zones(area, bands), [np.nan] * (len(_NAMES) - 1)
    else:
        zones = [_counting.reach_of(area, limit) for limit in (0.0, *bands.limits)]
        limits = list(bands.limits)
    starts = [np.nan if np.isnan(limits[0]) else 0.0, *limits[:-1]]
    rows = []
    for name, from_m, to_m, inner, outer in zip(
        _NAMES[1:], starts, limits, zones, zones[1:], strict=False
    ):
        ring = shapely.difference(outer, inner)
        if from_m != to_m and not ring.is_empty:
            rows.append({"band": name, "from_m": from_m, "to_m": to_m, "geometry": ring})
    columns = ["band", "from_m", "to_m", "geometry"]
    return gpd.GeoDataFrame(rows, columns=columns, crs=crs.SWEREF99TM).set_index("band")


def _check_area(area: BaseGeometry) -> None:
    if area.is_empty:
        raise AreaError("empty")
    if not area.is_valid:
        raise AreaError("invalid_ring")


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
