"""Load a layer of the municipality's own: official stadsdelar, a newer division, finer borders.

``python -m data import layer FILE --layer NAME --code FIELD --name FIELD --edition YEAR
--source TEXT --licence TEXT [--population FIELD] [--epsg CODE]``, with the service stopped.
Comments and decisions get their codes in the same transaction: all of it, or nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data import store
from data.comments import area_codes
from data.decisions import decisions
from data.geodata import layer_editions, layers, shipped
from data.models import CREDIT_MAX, Staff, clean_text
from data.rights import check_planner
from data.staff import staff_log
from data.written import over
from geo import crs
from geo.areas import AreaCode, AreaError, join_polygons

AREAS_MAX = 2_000
NAME_MAX = 100
_LAYER = re.compile(r"[a-z][a-z0-9-]{1,29}")
_EDITION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,19}")


LayerImportCode = Literal[
    "bad_name",
    "bad_edition",
    "source_missing",
    "too_long",
    "edition_taken",
    "no_column",
    "too_many",
    "duplicate_code",
    "bad_numbers",
    "invalid_ring",
    "no_polygons",
    "too_many_vertices",
    "overlap",
    "outside",
]


class LayerImportError(ValueError):
    """The layer cannot be loaded; nothing was stored. `detail` says which column or code."""

    code: LayerImportCode

    def __init__(self, code: LayerImportCode, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code, self.detail = code, detail


@dataclass(frozen=True)
class NewLayer:
    """An edition of a layer to load.

    `code`, `name` and `population` are columns of its areas; without `population` people are
    counted from the cells.
    """

    layer: str
    code: str
    name: str
    edition: str
    source: str
    licence: str
    population: str | None = None


_ADD_EDITION = "INSERT INTO layer_editions VALUES ($1, $2, $3, $4, $5)"
_ADD_AREA = "INSERT INTO layer_areas VALUES ($1, $2, $3, $4, $5, $6)"
_PINS = "SELECT id, lon, lat FROM comments WHERE lon IS NOT NULL"
_ADD_DECISION = "INSERT INTO decision_codes VALUES ($1, $2, $3, $4)"
_PIN_DECISIONS = """
INSERT INTO decision_editions
SELECT id, $1, $2 FROM decisions
WHERE id NOT IN (SELECT decision_id FROM decision_editions WHERE layer = $1)
"""


@store.again
def add(
    actor: Staff | None,
    areas: gpd.GeoDataFrame,
    new: NewLayer,
    *,
    at: datetime,
) -> layer_editions.Edition:
    """Load an edition of a layer and give every comment and decision its codes in it.

    Parameters
    ----------
    areas
        EPSG:3006, a polygon or several for each row. They may leave parts of the municipality
        out, but not lie on each other.

    Raises
    ------
    data.rights.NotAllowedError
    LayerImportError
    """
    staff = check_planner(actor)
    _check_names(new)
    layer, edition, counted = new.layer, new.edition, new.population is not None
    if layer_editions.find(f"{layer}{layer_editions.SEPARATOR}{edition}"):
        raise LayerImportError("edition_taken", edition)
    frame = _checked(areas, new)
    before = layer_editions.newest().get(layer)
    source, licence = new.source.strip(), new.licence.strip()
    made = layer_editions.Edition(layer, edition, source, licence, counted)
    with store.transaction() as cursor:
        if before is not None or layer in layers.LAYERS:
            kept = before.edition if before else layer_editions.SHIPPED
            cursor.execute(_PIN_DECISIONS, [layer, kept])
        row = [layer, edition, made.source, made.licence, at.astimezone(UTC)]
        cursor.execute(_ADD_EDITION, row)
        for one, found in frame.iterrows():
            wkb = shapely.to_wkb(found["geometry"])
            people = float(found["population"]) if counted else None
            cursor.execute(_ADD_AREA, [layer, edition, str(one), found["name"], people, wkb])
        pins = cursor.execute(_PINS).fetchall()
        found_in = _codes_of_comments(frame, pins)
        area_codes.add(cursor, ((number, made.key, area) for number, area in found_in))
        for decision_id, touched in _codes_of_decisions(frame):
            cursor.execute(_ADD_DECISION, [decision_id, layer, edition, touched])
        was = before.key if before else ""
        about = layer_editions.LAYERS
        staff_log.add(cursor, staff, "add_layer", about, was=was, became=made.key, at=at)
        cursor.changed(about, *(decision.id for _number, decision in decisions.list_all()))
    return made


def _check_names(new: NewLayer) -> None:
    known = {layers.REGSO, layers.VALDISTRIKT, layers.RUTA}
    if not _LAYER.fullmatch(new.layer) or new.layer in known:
        raise LayerImportError("bad_name", new.layer[:40])
    if not _EDITION.fullmatch(new.edition):
        raise LayerImportError("bad_edition", new.edition[:40])
    if not clean_text(new.source) or not clean_text(new.licence):
        raise LayerImportError("source_missing")
    if max(over(new.source, CREDIT_MAX), over(new.licence, CREDIT_MAX)) > 0:
        raise LayerImportError("too_long")


def _checked(areas: gpd.GeoDataFrame, new: NewLayer) -> gpd.GeoDataFrame:
    code, name, population = new.code, new.name, new.population
    for column in (code, name, *([population] if population else [])):
        if column not in areas.columns:
            raise LayerImportError("no_column", column[:40])
    if len(areas) > AREAS_MAX:
        raise LayerImportError("too_many", str(len(areas)))
    codes = pd.Index([clean_text(str(value))[:40] for value in areas[code]], name="code")
    frame = gpd.GeoDataFrame(
        {"name": [clean_text(str(value))[:NAME_MAX] for value in areas[name]]},
        geometry=[_area_of(shape, one) for shape, one in zip(areas.geometry, codes, strict=True)],
        index=codes,
        crs=crs.SWEREF99TM,
    )
    try:
        shipped.check_codes(frame, code)
    except shipped.LayerError as error:
        raise LayerImportError("duplicate_code", error.fault) from error
    if population:
        counts = pd.to_numeric(areas[population], errors="coerce").to_numpy(dtype=np.float64)
        if not np.isfinite(counts).all() or (counts < 0).any():
            raise LayerImportError("bad_numbers", population)
        frame["population"] = counts
    frame = frame[shapely.intersects(layers.municipality(), frame.geometry.to_numpy())]
    if frame.empty:
        raise LayerImportError("outside")
    union = frame.geometry.union_all()
    if float(frame.geometry.area.sum() - union.area) > shipped.COVER_TOLERANCE_M2:
        raise LayerImportError("overlap")
    return frame.sort_index()


# what joining the polygons of one shape can be refused for
_OF_SHAPE: dict[AreaCode, LayerImportCode] = {
    "no_polygons": "no_polygons",
    "too_many_vertices": "too_many_vertices",
}


def _area_of(shape: shapely.Geometry, code: str) -> shapely.MultiPolygon:
    try:
        return join_polygons(np.array([shape], dtype=object))
    except AreaError as error:
        raise LayerImportError(_OF_SHAPE.get(error.code, "invalid_ring"), code) from error


def _codes_of_comments(
    frame: gpd.GeoDataFrame, pins: list[tuple[int, float, float]]
) -> list[tuple[int, str]]:
    if not pins:
        return []
    degrees = np.array([[lon, lat] for _id, lon, lat in pins], dtype=np.float64)
    points = shapely.points(crs.coordinates_to_metric(degrees))
    tree = shapely.STRtree(frame.geometry.to_numpy())
    pin, area = tree.query(points, predicate="intersects")
    # on a border the first code wins; the frame is in that order
    first = pd.Series(area).groupby(pin).min()
    return [
        (pins[at][0], str(frame.index[which])) for at, which in zip(first.index, first, strict=True)
    ]


def _codes_of_decisions(frame: gpd.GeoDataFrame) -> list[tuple[str, str]]:
    found = []
    for _number, decision in decisions.list_all():
        touched = frame.index[shapely.intersects(decision.area, frame.geometry.to_numpy())]
        found += [(decision.id, str(code)) for code in touched]
    return found
