"""The squares that every figure about people rests on, and what they give each layer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import geopandas as gpd
import pandas as pd

from data.decision_cache import remembered
from data.geodata import cell_sets, demography, layer_editions, layers
from geo import population

# the column of each group in the cells, and of the whole that it is a part of
WHOLE_OF = dict.fromkeys(demography.GROUPS, "people") | {demography.RENTED_HOMES: demography.HOMES}
_COUNTED = [*demography.GROUPS, demography.HOMES]
_Made = TypeVar("_Made")


def frame() -> gpd.GeoDataFrame:
    """Return the squares with `people`, DeSO `code` and the expected count of each group.

    EPSG:3006. The frame is shared: do not write to it.
    """
    return _kept("frame", _frame)


def _frame() -> gpd.GeoDataFrame:
    found = cell_sets.read(cell_sets.in_use().edition)
    found.attrs["edition"] = layers.edition(layers.DESO)
    return population.with_groups(found, demography.indicators()[_COUNTED])


def public_table() -> pd.DataFrame:
    """Return every square as everyone may have it, so that others can count again.

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
        return table.assign(people=demography.rounded(squares["people"]))
    whole = squares["people"].groupby(squares["code"]).transform("sum")
    return table.assign(part=(squares["people"] / whole).round(9))


def of_layer(layer: str) -> gpd.GeoDataFrame:
    """Return the cells with the `code` of `layer`. The frame is shared: do not write to it."""
    return _kept(f"of_{layer}", lambda: _of_layer(layer))


def _of_layer(layer: str) -> gpd.GeoDataFrame:
    if layer == layers.DESO:
        return frame()
    if layer_editions.find(layer):
        return _of_loaded(layer)
    if layer == layers.REGSO:  # made of whole DeSO, so nobody changes area
        found = frame().assign(code=frame()["code"].map(demography.statistics()["regsokod"]))
    else:
        found = population.recode(frame(), layers.frame(layer))
    found.attrs["edition"] = layers.edition(layer)
    return found


def _of_loaded(layer: str) -> gpd.GeoDataFrame:
    """Return the cells of a loaded layer: without people outside its areas, with its own counts."""
    areas = layers.frame(layer)
    found = population.recode(frame(), areas, nearest=False)
    if "population" in areas.columns:
        found = population.scaled_to(found, areas["population"])
    found.attrs["edition"] = areas.attrs["edition"]
    return found


def population_of(layer: str) -> pd.Series[float]:
    """Return people per code of `layer`, unrounded; an estimate where `is_estimated` says so."""
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
    loaded = layer_editions.find(layer)
    if loaded is not None:
        return not loaded.counted
    return layer not in {layers.DESO, layers.REGSO}


def too_fine(layer: str) -> pd.Series[bool]:
    """Tell for each area of `layer` whether it is smaller than the squares people were counted in.

    Such an area gets no figure. Published figures of an area have no squares.
    """
    # half a square metre is the rounding of a border, not a finer source
    least = cell_sets.in_use().side_m ** 2 - 0.5 if is_estimated(layer) else 0.0
    found: pd.Series[bool] = layers.frame(layer).area < least
    return found


def neighbourhoods(layer: str) -> gpd.GeoDataFrame:
    """Return the areas of `layer` with `geometry`, `name` and `population` (whole persons).

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
    """Return what was made last time, unless another set of cells is used since."""
    return remembered(cell_sets.CELLS, (name,), make)
