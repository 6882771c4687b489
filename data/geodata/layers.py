"""The shipped layers: areas, people and water, each file checked when it is first read.

Every function gives EPSG:3006 (metres) and reads its files once per process. A frame that is
handed out is a shallow copy: what a caller writes to it stays with the caller.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache, reduce
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from data import municipality as chosen
from data.geodata import credit_lines, demography, gazetteer, grid_names, layer_editions, shipped
from data.geodata.credit_lines import Credit
from data.geodata.shipped import LayerError
from data.text_normalization import capital
from geo import grid, locate

__all__ = [
    "LAYERS",
    "Credit",
    "LayerError",
    "built_up",
    "credits",
    "edition",
    "frame",
    "indicators",
    "locator",
    "municipality",
    "water",
]

DESO = "deso"
REGSO = "regso"
VALDISTRIKT = "valdistrikt"
RUTA = "ruta"
LAYERS = (DESO, REGSO, VALDISTRIKT, RUTA)

SQUARE_M = 500
SQUARES_EDITION = "500 m, SWEREF 99 TM"


@cache
def municipality() -> BaseGeometry:
    """Return the municipality's outline."""
    return shipped.read_areas(chosen.in_use().needed("boundary")).geometry.union_all()


@cache
def water() -> MultiPolygon:
    """Return the water surface at the calculated 100-year flow, which is wider than the lake."""
    return _as_multi(gazetteer.waters().geometry.union_all())


@cache
def built_up() -> MultiPolygon:
    """Return the built-up areas."""
    return _as_multi(gazetteer.towns().geometry.union_all())


def _as_multi(shape: BaseGeometry) -> MultiPolygon:
    return shape if isinstance(shape, MultiPolygon) else MultiPolygon([shape])


def frame(layer: str) -> gpd.GeoDataFrame:
    """Return the areas of `layer` as they were published, on the index `code`.

    Columns are `geometry` and `name`, and what the source itself counts: `population` and
    `adults` (deso, regso), `voters` (valdistrikt), nothing (ruta).

    Raises
    ------
    LayerError
        When a file is wrong, or ``unknown_layer``.
    """
    loaded = layer_editions.read(layer)
    if loaded is None:
        return _frame(layer).copy(deep=False)
    found = loaded.copy(deep=False)
    found.attrs.update(layer=layer, edition=layer)
    return found


@cache
def _frame(layer: str) -> gpd.GeoDataFrame:
    if layer not in _READERS:
        raise LayerError(layer[:40], "unknown_layer", "there is no such layer")
    found = _READERS[layer]()
    found.attrs["layer"] = layer
    found.attrs["edition"] = _edition(layer)
    return found


def _edition(layer: str) -> str:
    told: str = getattr(chosen.in_use().editions, layer, SQUARES_EDITION)
    return told


def _read_layer(path: Path, columns: dict[str, str]) -> gpd.GeoDataFrame:
    """Read a layer whose `columns` (in the file: here) must hold `code` and `name`."""
    areas = shipped.read_areas(path)
    shipped.check_columns(areas, columns, path.name)
    areas = areas[[*columns, "geometry"]].rename(columns=columns)
    areas["code"] = areas["code"].astype(str)
    areas = areas.set_index("code").sort_index()
    shipped.check_codes(areas, path.name)
    shipped.check_cover(areas, municipality(), path.name)
    return areas


def _read_deso() -> gpd.GeoDataFrame:
    file = chosen.in_use().needed(DESO)
    areas = _read_layer(file, {"desokod": "code"})
    table = demography.statistics()
    if not areas.index.equals(table.index):
        raise LayerError(file.name, "other_codes", "the codes differ from the statistics file")
    # SCB gives DeSO no names; these list the districts that the area is made of
    areas["name"] = table["beskrivande_namn"].map(capital)
    areas["population"] = table["population"].astype("int64")
    areas["adults"] = demography.adults()
    return areas


def _read_regso() -> gpd.GeoDataFrame:
    town = chosen.in_use()
    file = town.needed(REGSO)
    columns = {"regsokod": "code", "namn": "name", town.columns.population: "population"}
    areas = _read_layer(file, columns)
    shipped.check_population(areas["population"], file.name, town.totals.population)
    areas["population"] = areas["population"].astype("int64")
    above = demography.statistics()["regsokod"]
    areas["adults"] = demography.adults().groupby(above).sum().reindex(areas.index)
    return areas


def _read_districts() -> gpd.GeoDataFrame:
    columns = {
        "valdistriktskod": "code",
        "namn": "name",
        chosen.in_use().columns.voters: "voters",
    }
    areas = _read_layer(chosen.in_use().needed(VALDISTRIKT), columns)
    areas["voters"] = areas["voters"].astype("int64")
    return areas


def _make_squares() -> gpd.GeoDataFrame:
    areas = grid.square_grid(municipality(), SQUARE_M)
    named = [*gazetteer.stops(), *gazetteer.villages(_frame(VALDISTRIKT))]
    areas["name"] = grid_names.names(areas, named)
    return areas[["geometry", "name"]]


_READERS = {
    DESO: _read_deso,
    REGSO: _read_regso,
    VALDISTRIKT: _read_districts,
    RUTA: _make_squares,
}


@cache
def locator() -> locate.Locator:
    """Return the locator that finds the code of every layer for a point."""
    return locate.Locator({layer: _frame(layer) for layer in LAYERS})


def part(codes: Mapping[str, str]) -> BaseGeometry:
    """Return all places (EPSG:3006) that have these codes, one of each layer."""
    return _part(tuple(codes.items()))


@lru_cache(maxsize=1_000)
def _part(codes: tuple[tuple[str, str], ...]) -> BaseGeometry:
    areas = [_frame(layer).geometry[code] for layer, code in codes]
    # the smallest first: what is left is compared with fewer corners
    return reduce(shapely.intersection, sorted(areas, key=lambda one: one.area))


def edition(layer: str) -> str:
    """Say which edition of `layer` is used, in Swedish."""
    return str(frame(layer).attrs["edition"])


def names() -> list[str]:
    """Return the name of every layer: the shipped ones, and the keys of those that were loaded."""
    return [*LAYERS, *(one.key for one in layer_editions.editions())]


def is_layer(name: str) -> bool:
    """Tell whether there is such a layer, shipped or loaded."""
    return name in names()


class EditionError(ValueError):
    """Figures of two editions of a layer were about to be put together."""


def check_same_edition(one: pd.DataFrame, other: pd.DataFrame) -> None:
    """Pass if two frames are about the same edition of the same layer.

    The same codes are no proof: two divisions of DeSO may have the same ones in a municipality.

    Raises
    ------
    EditionError
        If they are not, or one does not say.
    """
    first, second = one.attrs.get("edition"), other.attrs.get("edition")
    if first is None or first != second:
        msg = f"cannot join {first or 'no edition'} with {second or 'no edition'}"
        raise EditionError(msg)


def indicators() -> pd.DataFrame:
    """Return counts and shares of groups per DeSO; see `data.geodata.demography.indicators`."""
    return demography.indicators().copy(deep=False)


def credits() -> tuple[Credit, ...]:  # noqa: A001 - the word that the page uses
    """Return name, source, licence, edition and note of everything that is shipped."""
    return credit_lines.credits()
