"""Estimate where people live inside a neighbourhood, in squares of the national grid.

People are spread over built-up land without water (binary dasymetric mapping: better than an
even spread in every comparison, see Mennis and Hultgren 2006), then moved between the parts of
each neighbourhood so that the electoral districts' voters come out as counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo import _validate, crs, ipf
from geo._dasymetric import Ground, Land, Shares, weigh_squares
from geo._pieces import as_geometry, overlay

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Layer: TypeAlias = gpd.GeoDataFrame | BaseGeometry | None

# Outside built-up land people live near stops, schools and named places: within a five minutes'
# walk, and far more thinly than in town.
ANCHOR_REACH_M = 400.0
ANCHOR_WEIGHT = 0.05


def population_cells(
    neighbourhoods: gpd.GeoDataFrame,
    *,
    water: Layer,
    built_up: Layer,
    second_layer: gpd.GeoDataFrame | None = None,
    cell_m: float = 100,
    anchors: gpd.GeoDataFrame | None = None,
) -> gpd.GeoDataFrame:
    """Spread each neighbourhood's population over squares.

    The weight of a square is its built-up land without water inside the neighbourhood, and a
    little for other land near `anchors`. A neighbourhood without either is filled over its land,
    and one without land over all of it, so every neighbourhood keeps its population.

    Parameters
    ----------
    neighbourhoods
        EPSG:3006, index `code`, columns `population` and, with a second layer, `adults` (18+).
    water, built_up
        Polygons in EPSG:3006, as a frame or one geometry; None for nothing.
    second_layer
        Electoral districts in EPSG:3006 with `voters`; people are moved inside their
        neighbourhood so that the districts' voters come out as nearly as they can.
    cell_m
        Side of a square in metres.
    anchors
        Points in EPSG:3006 where people live outside built-up land.

    Returns
    -------
    cells
        `geometry` (the whole square), `people` (expected number, not whole), `code`; a square
        that two neighbourhoods share stands once for each; EPSG:3006.

    Raises
    ------
    ValueError
        If a frame lacks a column, holds a wrong number, is in another system or has an invalid
        polygon.
    """
    return balanced_cells(
        neighbourhoods,
        water=water,
        built_up=built_up,
        second_layer=second_layer,
        cell_m=cell_m,
        anchors=anchors,
    )[0]


def balanced_cells(
    neighbourhoods: gpd.GeoDataFrame,
    *,
    water: Layer,
    built_up: Layer,
    second_layer: gpd.GeoDataFrame | None = None,
    cell_m: float = 100,
    anchors: gpd.GeoDataFrame | None = None,
) -> tuple[gpd.GeoDataFrame, ipf.Balance]:
    """Return what `population_cells` gives, and how well the voters came out.

    Returns
    -------
    cells, balance
        See `population_cells` and `geo.ipf.Balance`.
    """
    _validate.check_neighbourhoods(neighbourhoods)
    _validate.check_polygons(neighbourhoods, "neighbourhoods")
    districts = np.empty(0, dtype=object)
    if second_layer is not None:
        _check_districts(neighbourhoods, second_layer)
        districts = second_layer.geometry.to_numpy()
    ground = Ground(*overlay(neighbourhoods.geometry.to_numpy(), districts))
    land = Land(
        wet=as_geometry(water, "water"),
        built=as_geometry(built_up, "built_up"),
        near=_near(anchors),
        near_weight=ANCHOR_WEIGHT,
    )
    shares = weigh_squares(ground, land, cell_m)
    people, report = _people_in_pieces(neighbourhoods, second_layer, ground, shares)
    return _as_cells(neighbourhoods, ground, shares, people, cell_m), report


def _check_districts(neighbourhoods: gpd.GeoDataFrame, districts: gpd.GeoDataFrame) -> None:
    _validate.check_metric(districts, "second_layer")
    _validate.check_codes(districts.index, "second_layer")
    _validate.check_polygons(districts, "second_layer")
    _validate.numbers(districts, "voters", "second_layer")
    _validate.numbers(neighbourhoods, "adults", "neighbourhoods")


def _near(anchors: gpd.GeoDataFrame | None) -> BaseGeometry:
    if anchors is None or anchors.empty:
        return shapely.MultiPolygon()
    _validate.check_metric(anchors, "anchors")
    return shapely.union_all(shapely.buffer(anchors.geometry.to_numpy(), ANCHOR_REACH_M))


def _people_in_pieces(
    neighbourhoods: gpd.GeoDataFrame,
    districts: gpd.GeoDataFrame | None,
    ground: Ground,
    shares: Shares,
) -> tuple[NDArray[np.float64], ipf.Balance]:
    """Return the people of each piece: the neighbourhood's population times the piece's part."""
    codes = [] if districts is None else [str(code) for code in districts.index]
    weights = np.bincount(shares.piece, shares.weight, len(ground.pieces))
    # ground outside all districts is column -1, which is the last one
    table = np.zeros((len(neighbourhoods), len(codes) + 1))
    np.add.at(table, (ground.row, ground.column), weights)
    report = ipf.Balance(rounds=0, adults=0.0, voters=0.0, misses={})
    if districts is not None:
        adults = neighbourhoods["adults"].to_numpy(dtype=np.float64)
        voters = districts["voters"].to_numpy(dtype=np.float64)
        table, report = ipf.fit_voters(table, adults, dict(zip(codes, voters, strict=True)))
    parts = table / table.sum(axis=1, keepdims=True)
    population = neighbourhoods["population"].to_numpy(dtype=np.float64)
    of_pair = parts[ground.row, ground.column] * population[ground.row]
    return of_pair, report


def _as_cells(
    neighbourhoods: gpd.GeoDataFrame,
    ground: Ground,
    shares: Shares,
    people: NDArray[np.float64],
    cell_m: float,
) -> gpd.GeoDataFrame:
    of_piece = np.bincount(shares.piece, shares.weight, len(ground.pieces))
    entries = pd.DataFrame(
        {
            "row": ground.row[shares.piece],
            "south": shares.south,
            "west": shares.west,
            "people": people[shares.piece] * shares.weight / of_piece[shares.piece],
        }
    )
    squares = entries.groupby(["row", "south", "west"], as_index=False)["people"].sum()
    squares = squares[squares["people"] > 0].reset_index(drop=True)
    population = neighbourhoods["population"].to_numpy(dtype=np.float64)
    row = squares["row"].to_numpy()
    sums = np.bincount(row, squares["people"], len(population))
    return gpd.GeoDataFrame(
        {
            "people": squares["people"].to_numpy()
            * (population / np.where(sums > 0, sums, 1))[row],
            "code": neighbourhoods.index[row],
        },
        geometry=shapely.box(
            squares["west"], squares["south"], squares["west"] + cell_m, squares["south"] + cell_m
        ),
        crs=crs.SWEREF99TM,
    )[["geometry", "people", "code"]]


def recode(
    cells: gpd.GeoDataFrame, layer: gpd.GeoDataFrame, *, nearest: bool = True
) -> gpd.GeoDataFrame:
    """Return the cells with the codes of another layer, so that it gets a population too.

    A cell goes whole to the neighbourhood that its centre lies in, or to the nearest one where
    the centre lies in none; on a border the first code in alphabetical order. Nobody is lost.

    Parameters
    ----------
    cells
        What `population_cells` gave, with or without the columns of `with_groups`.
    layer
        EPSG:3006, index `code`.
    nearest
        Whether a cell outside all neighbourhoods goes to the nearest one; else it is left out,
        for a layer that covers a part of the municipality only.

    Returns
    -------
    cells
        The same columns, all but `geometry` and `code` summed; a square stands once for each
        code; EPSG:3006.

    Raises
    ------
    ValueError
        If a frame is in another system or lacks a column, or the layer has no polygons, an
        invalid one, or a code twice.
    """
    _validate.check_cells(cells)
    _validate.check_layer(layer, "layer")
    in_order = layer.sort_index()
    centres = shapely.centroid(cells.geometry.to_numpy())
    tree = shapely.STRtree(in_order.geometry.to_numpy())
    # all at the same distance come, 0 inside; the first code wins
    cell, polygon = tree.query_nearest(centres, all_matches=True)
    first = np.full(len(cells), len(in_order))
    np.minimum.at(first, cell, polygon)
    if not nearest:
        inside = shapely.intersects(in_order.geometry.to_numpy()[first], centres)
        cells, first = cells[inside].reset_index(drop=True), first[inside]
    bounds = pd.DataFrame(shapely.bounds(cells.geometry.to_numpy()), columns=["w", "s", "e", "n"])
    counts = cells.drop(columns=["geometry", "code"]).reset_index(drop=True)
    entries = pd.concat([bounds.assign(code=first), counts], axis=1)
    merged = entries.groupby(["code", "s", "w", "e", "n"], as_index=False).sum()
    squares = shapely.box(merged["w"], merged["s"], merged["e"], merged["n"])
    columns = {name: merged[name].to_numpy() for name in counts.columns}
    columns["code"] = in_order.index[merged["code"]].to_numpy()
    recoded = gpd.GeoDataFrame(columns, geometry=squares, crs=crs.SWEREF99TM)
    return recoded[[name for name in cells.columns if name in recoded.columns]]


def scaled_to(cells: gpd.GeoDataFrame, population: pd.Series) -> gpd.GeoDataFrame:
    """Return the cells scaled so that each neighbourhood's people come out as counted.

    Parameters
    ----------
    cells
        `people`, `code`, and columns of groups.
    population
        On the index `code`; a neighbourhood without cells stays without people.

    Raises
    ------
    ValueError
        If a code of the cells is missing in `population` or a code stands twice there, or a
        number is missing or negative.
    """
    _validate.check_cells(cells)
    _validate.check_codes(population.index, "population")
    counted = _validate.numbers(population.to_frame("population"), "population", "population")
    row = population.index.get_indexer(cells["code"])
    if (row < 0).any():
        msg = f"population lacks the code {cells['code'][row < 0].iloc[0]}"
        raise _validate.FrameError(msg)
    living = cells["people"].groupby(cells["code"]).transform("sum").to_numpy()
    factor = counted[row] / np.where(living > 0, living, 1)
    columns = [name for name in cells.columns if name not in {"geometry", "code"}]
    return cells.assign(**{name: cells[name].to_numpy() * factor for name in columns})


def with_groups(cells: gpd.GeoDataFrame, counts: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the cells with the expected count of each group in them.

    Takes each group to live like everyone else inside its neighbourhood, which is all that
    statistics per neighbourhood allow; so sums per neighbourhood come out as counted.

    Parameters
    ----------
    cells
        `people` and `code`.
    counts
        On the index `code`, a column for each group, of people or of homes.

    Returns
    -------
    cells
        With the columns of `counts` added.

    Raises
    ------
    ValueError
        If a code of the cells is missing in `counts`, or a count is no number.
    """
    _validate.check_cells(cells)
    _validate.check_codes(counts.index, "counts")
    unknown = set(cells["code"]) - set(counts.index)
    if unknown:
        msg = f"counts lack the codes {sorted(unknown)[:3]}"
        raise _validate.FrameError(msg)
    living = cells["people"].groupby(cells["code"]).transform("sum").to_numpy()
    part = cells["people"].to_numpy() / np.where(living > 0, living, 1)
    row = counts.index.get_indexer(cells["code"])
    added = {
        str(group): _validate.numbers(counts, group, "counts")[row] * part
        for group in counts.columns
    }
    return cells.assign(**added)


def count_adults(counts: pd.DataFrame) -> pd.Series:
    """Estimate the people aged 18 or more from five-year age bands.

    The band 15-19 is taken to be even, so two fifths of it are 18 or 19.

    Parameters
    ----------
    counts
        A row for each neighbourhood, a column for each band (``0-4`` ... ``75-79``, ``80+``).

    Returns
    -------
    adults
        On the caller's index.

    Raises
    ------
    ValueError
        If the band ``15-19`` is missing, or another reaches over the age of 18.
    """
    lowest = {str(band): int(str(band).rstrip("+").split("-")[0]) for band in counts.columns}
    if "15-19" not in lowest or any(15 < age < 20 for age in lowest.values()):
        msg = "the age bands must be five-year bands with 15-19"
        raise ValueError(msg)
    grown = [band for band, age in lowest.items() if age >= 20]
    return (counts[grown].sum(axis=1) + counts["15-19"] * 0.4).rename("adults")
