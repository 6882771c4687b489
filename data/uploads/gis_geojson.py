"""Read GeoJSON by `json`; what else a JSON file may be is told."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from data.uploads import gis_kinds
from data.uploads.gis_faults import GisFileError
from data.uploads.gis_reading import UNKNOWN_SYSTEM, check_count, packed, plain

_EPSG_NAME = re.compile(r"(?:urn:ogc:def:crs:)?EPSG:(?:[\d.]*:)?(\d{4,5})", re.IGNORECASE)
_DEGREES_NAMES = ("urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "CRS84")


def read(path: Path, _driver: str, _layer: str, _here: tuple[float, float]) -> dict[str, object]:
    """Read the one layer of a file.

    Raises
    ------
    GisFileError
        With the code of what is wrong; see the class.
    """
    document = _document(path)
    features = document.get("features", [document])
    if not isinstance(features, list) or not features:
        raise GisFileError("no_features")
    _check_told(document, len(features))
    check_count(len(features), 1)
    pairs = [_geometry_and_properties(feature) for feature in features]
    names = list(dict.fromkeys(name for _geometry, row in pairs for name in row))
    check_count(len(features), len(names))
    closed = [n for n, (geometry, _row) in enumerate(pairs) if _close_rings(geometry)]
    try:
        texts = [None if g is None else json.dumps(g, allow_nan=False) for g, _row in pairs]
    except ValueError as error:  # 1e999 becomes infinite
        raise GisFileError("not_finite") from error
    shapes = shapely.force_2d(shapely.from_geojson(np.array(texts, dtype=object)))
    return {
        "layer": "geojson",
        "layers": ["geojson"],
        "epsg": _epsg_of_geojson(document),
        "columns": {str(plain(n)): [plain(row.get(n)) for _g, row in pairs] for n in names},
        "wkb": packed(shapes),
        "closed": closed,
    }


def _document(path: Path) -> dict[str, Any]:
    """Read the JSON object in a file, if it is GeoJSON."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise GisFileError("not_geojson", "encoding") from error
    try:
        document = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        if gis_kinds.are_json_lines(text):
            raise GisFileError("not_geojson", "lines") from error
        raise
    kind = gis_kinds.kind_of_json(document)
    if kind is not None:
        raise GisFileError("not_geojson", kind)
    return dict(document)


def _check_told(document: dict[str, Any], read: int) -> None:
    """Pass a collection that is whole: a map service gives page after page."""
    told = [document.get(n) for n in ("numberMatched", "numberReturned", "totalFeatures")]
    counts = [n for n in told if isinstance(n, int) and not isinstance(n, bool)]
    if counts and max(counts) != read:
        raise GisFileError("incomplete", f"{min(read, max(counts))}/{max(read, *counts)}")
    inner = document.get("properties")
    holders = [document, inner if isinstance(inner, dict) else {}]
    if any(one.get("exceededTransferLimit") is True for one in holders):
        raise GisFileError("incomplete", f"{read}/")


def _close_rings(geometry: object) -> bool:
    """Close each ring that is left open, in place; tell whether there was one."""
    if not isinstance(geometry, dict):
        return False
    kind, parts = geometry.get("type"), geometry.get("coordinates")
    if kind == "GeometryCollection":
        inner = geometry.get("geometries")
        done = [_close_rings(one) for one in inner] if isinstance(inner, list) else []
        return any(done)
    if kind not in {"Polygon", "MultiPolygon"} or not isinstance(parts, list):
        return False
    polygons = parts if kind == "MultiPolygon" else [parts]
    rings = [ring for one in polygons if isinstance(one, list) for ring in one]
    is_open = [ring for ring in rings if isinstance(ring, list) and _is_open(ring)]
    for ring in is_open:
        ring.append(ring[0])
    return bool(is_open)


def _is_open(ring: list[Any]) -> bool:
    if len(ring) < 3 or not all(isinstance(end, list) for end in (ring[0], ring[-1])):
        return False
    return bool(ring[0][:2] != ring[-1][:2])


def _refuse_constant(_word: str) -> float:
    raise GisFileError("not_finite")


def _geometry_and_properties(feature: object) -> tuple[object, dict[str, object]]:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        return feature, {}
    properties = feature.get("properties")
    return feature.get("geometry"), properties if isinstance(properties, dict) else {}


def _epsg_of_geojson(document: dict[str, Any]) -> int | None:
    """Read the member ``crs``, which is older than the standard but what GIS programs write."""
    system = document.get("crs")
    if system is None:
        return None
    properties = system.get("properties") if isinstance(system, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    if name in _DEGREES_NAMES:
        return 4326
    found = _EPSG_NAME.fullmatch(name)
    return int(found[1]) if found else UNKNOWN_SYSTEM
