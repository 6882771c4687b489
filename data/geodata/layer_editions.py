"""Layers that the municipality has loaded, as the store keeps them: editions that never change.

A loaded layer is named by its key, ``stadsdelar@2027``: another edition is another key, so two of
them are never taken for each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import geopandas as gpd
import pandas as pd
import shapely

from data import store
from data.decision_cache import remembered
from geo import crs

# the name under which the store counts changes of the loaded layers
LAYERS = "layers"
SEPARATOR = "@"
# stands for the edition that came with the service
SHIPPED = ""


@dataclass(frozen=True)
class Edition:
    """One edition of a loaded layer; `counted` tells that its file says how many live there."""

    layer: str
    edition: str
    source: str
    licence: str
    counted: bool

    @property
    def key(self) -> str:
        """The name that every function takes for a layer."""
        return f"{self.layer}{SEPARATOR}{self.edition}"


_EDITIONS = """
SELECT e.layer, e.edition, e.source, e.licence,
    (SELECT count(*) FROM layer_areas a
     WHERE a.layer = e.layer AND a.edition = e.edition AND a.population IS NULL) = 0 AS counted
FROM layer_editions e ORDER BY e.layer, e.imported_at, e.edition
"""
_AREAS = """
SELECT code, name, population, area FROM layer_areas WHERE layer = $1 AND edition = $2
ORDER BY code
"""
_PINNED = "SELECT decision_id, layer, edition FROM decision_editions"
_CODES = "SELECT layer, edition, code FROM decision_codes WHERE decision_id = $1 ORDER BY code"


def parts(key: str) -> tuple[str, str]:
    """Return the layer and the edition that a key names; of a shipped one the edition is empty.

    >>> parts("stadsdelar@2027"), parts("deso")
    (('stadsdelar', '2027'), ('deso', ''))
    """
    layer, _separator, edition = key.partition(SEPARATOR)
    return layer, edition


def editions() -> tuple[Edition, ...]:
    """Return all that is loaded, the oldest of each layer first; nothing when no store is open."""
    if not store.is_open():
        return ()
    return remembered(LAYERS, ("editions",), _editions)


def _editions() -> tuple[Edition, ...]:
    with store.cursor() as cursor:
        return tuple(cursor.execute(_EDITIONS).rows(Edition))


def find(key: str) -> Edition | None:
    """Return the edition that a key names, or None."""
    return next((one for one in editions() if one.key == key), None)


def newest() -> dict[str, Edition]:
    """Return the newest edition of each loaded layer, by the layer's name."""
    return {one.layer: one for one in editions()}


def of_decision(decision_id: str) -> list[str]:
    """Return the keys that a decision uses: the newest, or the one it had when a newer one came.

    Nothing for a layer of which it has the edition that came with the service.
    """
    kept: dict[tuple[str, str], str] = remembered(LAYERS, ("pinned",), _pinned)
    used = {layer: kept.get((decision_id, layer), one.edition) for layer, one in newest().items()}
    return [f"{layer}{SEPARATOR}{edition}" for layer, edition in used.items() if edition != SHIPPED]


def _pinned() -> dict[tuple[str, str], str]:
    with store.cursor() as cursor:
        rows = cursor.execute(_PINNED).fetchall()
    return {(decision_id, layer): edition for decision_id, layer, edition in rows}


def codes_of_decision(decision_id: str) -> dict[str, list[str]]:
    """Return the codes of the areas that a decision's area touches, by key."""
    with store.cursor() as cursor:
        rows = cursor.execute(_CODES, [decision_id]).fetchall()
    found: dict[str, list[str]] = {}
    for layer, edition, code in rows:
        found.setdefault(f"{layer}{SEPARATOR}{edition}", []).append(code)
    return found


def read(key: str) -> gpd.GeoDataFrame | None:
    """Return the areas of a loaded layer (EPSG:3006) on `code`: `name`, maybe `population`.

    None when no loaded layer has that key. The frame is shared: do not write to it.
    """
    one = find(key)
    if one is None:
        return None
    return remembered(LAYERS, ("areas", key), lambda: _read(one))


class _Area(NamedTuple):
    code: str
    name: str
    population: float | None
    area: bytes


def _read(one: Edition) -> gpd.GeoDataFrame:
    with store.cursor() as cursor:
        rows = cursor.execute(_AREAS, [one.layer, one.edition]).rows(_Area)
    shapes = shapely.from_wkb([bytes(row.area) for row in rows])
    codes = pd.Index([row.code for row in rows], name="code")
    frame = gpd.GeoDataFrame(
        {"name": [row.name for row in rows]}, geometry=shapes, index=codes, crs=crs.SWEREF99TM
    )
    if one.counted:
        frame["population"] = [row.population for row in rows]
    return frame


def code_at(point: shapely.Point, key: str) -> str | None:
    """Return the code of the area that holds a point (EPSG:3006), None outside them all.

    On a border the first code in alphabetical order.
    """
    frame = read(key)
    if frame is None:
        return None
    held = frame.index[shapely.intersects(frame.geometry.to_numpy(), point)]
    return str(held[0]) if len(held) else None
