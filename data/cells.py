"""The squares that every figure about people rests on, and what they give each layer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import geopandas as gpd
import pandas as pd

from data import cell_sets, layers, people, store
from data.remembered import remembered
from geo import population

# the column of each group in the cells, and of the whole that it is a part of
WHOLE_OF = dict.fromkeys(people.GROUPS, "people") | {people.RENTED_HOMES: people.HOMES}
_COUNTED = [*people.GROUPS, people.HOMES]
_Made = TypeVar("_Made")


def frame() -> gpd.GeoDataFrame:
    """Give the squares with `people`, DeSO `code` and the expected count of each group.

    EPSG:3006. The frame is shared: do not write to it.
    """
    return _kept("frame", _frame)


def _frame() -> gpd.GeoDataFrame:
    found = cell_sets.read(cell_sets.in_use().edition)
    return population.with_groups(found, people.indicators()[_COUNTED])


def public_table() -> pd.DataFrame:
    """Give every square as everyone may have it, so that others can count again.

    Columns `west`, `south`, `side_m` (metres, EPSG:3006), `deso`, and for the estimate `part`: the
    part of the DeSO's published population that is put there, which is our guess and nobody's
    secret. For a grid that was counted `people` instead, to the nearest ten and missing under
    five.
    """
    squares = cell_sets.read(cell_sets.in_use().edition)
    bounds = squares.geometry.bounds
    table = pd.DataFrame(
        {
            "west": bounds["minx"].round(1),
            "south": bounds["miny"].round(1),
            "side_m": (bounds["maxx"] - bounds["minx"]).round(1),
            "deso": squares["code"],
        }
    )
    if not cell_sets.in_use().is_estimate:
        return table.assign(people=people.rounded(squares["people"]))
    whole = squares["people"].groupby(squares["code"]).transform("sum")
    return table.assign(part=(squares["people"] / whole).round(9))


def of_layer(layer: str) -> gpd.GeoDataFrame:
    """Give the cells with the `code` of `layer`. The frame is shared: do not write to it."""
    return _kept(f"of_{layer}", lambda: _of_layer(layer))


def _of_layer(layer: str) -> gpd.GeoDataFrame:
    if layer == layers.DESO:
        return frame()
    if layer == layers.REGSO:  # made of whole DeSO, so nobody changes area
        return frame().assign(code=frame()["code"].map(people.statistics()["regsokod"]))
    return population.recode(frame(), layers.frame(layer))


def population_of(layer: str) -> pd.Series[float]:
    """Give people per code of `layer`, unrounded; an estimate where `is_estimated` says so."""
    return _kept(f"population_{layer}", lambda: _population_of(layer)).copy()


def _population_of(layer: str) -> pd.Series[float]:
    areas = layers.frame(layer)
    if not is_estimated(layer):
        return pd.Series(areas["population"], dtype="float64")
    cells = of_layer(layer)
    summed = pd.Series(cells["people"].groupby(cells["code"]).sum(), dtype="float64")
    return summed.reindex(areas.index, fill_value=0.0).rename("population")


def is_estimated(layer: str) -> bool:
    """Tell whether the population of `layer` is worked out from the cells, not published."""
    return layer not in {layers.DESO, layers.REGSO}


def is_too_fine(layer: str) -> bool:
    """Tell whether `layer` has smaller areas than the squares that people were counted in."""
    return layer == layers.RUTA and cell_sets.in_use().side_m > layers.SQUARE_M


def neighbourhoods(layer: str) -> gpd.GeoDataFrame:
    """Give the areas of `layer` with `geometry`, `name` and `population` (whole persons).

    `attrs["estimated"]` tells that the population is worked out from the population cells and
    should be shown rounded; `deso` and `regso` carry SCB's figures.
    """
    areas = layers.frame(layer)
    areas["population"] = _whole(population_of(layer))
    areas.attrs["estimated"] = is_estimated(layer)
    return areas


def _whole(people_in: pd.Series[float]) -> pd.Series[int]:
    """Round to whole persons so that nobody is lost: the largest remainders round up."""
    down = people_in // 1
    missing = round(float(people_in.sum() - down.sum()))
    up = (people_in - down).rank(method="first", ascending=False) <= missing
    return (down + up).astype("int64")


def _kept(name: str, make: Callable[[], _Made]) -> _Made:
    """Give what was made last time, unless another set of cells is used since."""
    made: _Made = remembered(cell_sets.CELLS, (name, store.is_open()), make)
    return made
