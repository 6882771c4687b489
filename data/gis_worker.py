"""Opens one GIS file with one GDAL driver, in a process of its own, and writes what it holds.

``python -I gis_worker.py FILE DRIVER LAYER ANSWER``. Knows nothing of the service: no setting, no
store, no network where the kernel allows a process to give it up. The wall everywhere is that all
other drivers of GDAL are taken out (by the environment it is given) before the file is opened.
GeoJSON is read by `json` and not by GDAL at all; it is here for the limits.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import re
import resource
import sqlite3
import sys
from pathlib import Path
from typing import Any

MEMORY_BYTES = 3_000_000_000
FILE_BYTES = 250_000_000
CPU_SECONDS = 10
ROWS_MAX = 200_000
LAYERS_MAX = 50
CELLS_MAX = 4_000_000
VERTICES_MAX = 200_000
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_GPKG = (b"GPKG", b"GP10", b"GP11")
# SQLite keeps the words of a table as they were written: the whole of them must be as expected
_SPATIAL_INDEX = re.compile(
    r"create\s+virtual\s+table\s+(\"[^\"]*\"|`[^`]*`|\[[^\]]*\]|\w+)\s+"
    r"using\s+rtree\s*\([\w\s,\"]*\)\s*",
    re.IGNORECASE,
)
# the triggers of the standard and of GDAL; none runs when a file is only read
_KNOWN_TRIGGER = re.compile(
    r"(rtree|gpkg|fgti|trigger_(insert|delete)_feature_count)_.*", re.DOTALL
)
_EPSG_NAME = re.compile(r"(?:urn:ogc:def:crs:)?EPSG:(?:[\d.]*:)?(\d{4,5})", re.IGNORECASE)
_DEGREES_NAMES = ("urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "CRS84")
UNKNOWN_SYSTEM = 0


class _FaultError(Exception):
    """The file cannot be used, for this reason."""


def _limit() -> None:
    limits = {
        # the first number stops the process with a signal of its own, the second kills it
        resource.RLIMIT_CPU: (CPU_SECONDS, CPU_SECONDS + 1),
        resource.RLIMIT_FSIZE: (FILE_BYTES, FILE_BYTES),
        resource.RLIMIT_AS: (MEMORY_BYTES, MEMORY_BYTES),
        resource.RLIMIT_CORE: (0, 0),
        # neither a process nor a thread more
        resource.RLIMIT_NPROC: (0, 0),
    }
    for what, most in limits.items():
        # macOS refuses some of them
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(what, most)
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NET)


def _check_geopackage(path: Path) -> None:
    """Pass a real GeoPackage without views, own triggers and tables that reach out."""
    with path.open("rb") as file:
        head = file.read(100)
    if head[68:72] not in _GPKG:
        raise _FaultError("not_supported")
    connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    try:
        rows = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    except sqlite3.Error as error:
        raise _FaultError("not_readable") from error
    finally:
        connection.close()
    if "gpkg_contents" not in {name for _type, name, _sql in rows}:
        raise _FaultError("not_supported")
    for kind, name, sql in rows:
        if _reaches_out(kind, str(name).lower(), str(sql or "").strip()):
            raise _FaultError("refers_out")


def _reaches_out(kind: str, name: str, sql: str) -> bool:
    if kind == "trigger":
        return _KNOWN_TRIGGER.fullmatch(name) is None
    if kind not in {"table", "index"}:
        return True
    is_virtual = re.match(r"create\s+virtual", sql, re.IGNORECASE) is not None
    is_index = _SPATIAL_INDEX.fullmatch(sql) is not None
    return (is_virtual and not is_index) or "load_extension" in sql.lower()


def _read_by_gdal(path: Path, driver: str, layer: str) -> dict[str, object]:
    import pyogrio
    import shapely

    if set(pyogrio.list_drivers()) != {driver}:
        raise _FaultError("not_supported")
    if driver == "GPKG":
        _check_geopackage(path)
    # a table without a place, such as the styles that a GIS program keeps, is no layer here
    layers = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
    if not layers or (layer and layer not in layers):
        raise _FaultError("no_features")
    infos = {name: pyogrio.read_info(path, layer=name) for name in layers[:LAYERS_MAX]}
    filled = [name for name, about in infos.items() if about["features"] != 0]
    wanted = layer or (filled or layers)[0]
    info = infos.get(wanted) or pyogrio.read_info(path, layer=wanted)
    _check_count(int(info["features"]), len(info["fields"]))
    meta, _fids, wkb, fields = pyogrio.raw.read(path, layer=wanted, force_2d=True)
    if wkb is None:
        raise _FaultError("no_features")
    _check_count(len(wkb), len(fields))
    columns = {
        str(name): [_plain(value) for value in values]
        for name, values in zip(meta["fields"], fields, strict=True)
    }
    shapes = shapely.from_wkb(list(wkb), on_invalid="ignore")
    closed = [n for n, one in enumerate(shapes) if one is None and wkb[n] is not None]
    for n in closed:
        # "fix" closes a ring and does nothing else
        shapes[n] = shapely.from_wkb(wkb[n], on_invalid="fix")
        if shapes[n] is None:
            raise _FaultError("not_readable")
    return {
        "layer": wanted,
        "layers": layers,
        "epsg": _epsg(meta["crs"]),
        "columns": columns,
        "wkb": _packed(shapes),
        "closed": closed,
    }


def _check_count(rows: int, columns: int) -> None:
    if rows > ROWS_MAX:
        raise _FaultError("too_many_features")
    if rows * columns > CELLS_MAX:
        raise _FaultError("too_large")


def _packed(shapes: Any) -> list[str | None]:  # noqa: ANN401 - an array of geometries
    """Give each geometry as text, all of them in the plane."""
    import shapely

    if int(shapely.get_num_coordinates(shapes).sum()) > VERTICES_MAX:
        raise _FaultError("too_many_vertices")
    return [None if one is None else str(one) for one in shapely.to_wkb(shapes, hex=True)]


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return None
    item = getattr(value, "item", None)
    plain = item() if callable(item) else value
    if isinstance(plain, dict | list):
        plain = json.dumps(plain, ensure_ascii=False)
    if isinstance(plain, int) and abs(plain) >= 2**63:
        plain = float(plain)
    if not isinstance(plain, str | int | float | bool | None):
        plain = str(plain)
    # half a character cannot be stored
    return plain.encode("utf-8", "replace").decode() if isinstance(plain, str) else plain


def _epsg(system: str | None) -> int | None:
    """Give the number of a system, `UNKNOWN_SYSTEM` if it has none, None if none is told."""
    if not system:
        return None
    import pyproj

    try:
        return pyproj.CRS.from_user_input(system).to_epsg(min_confidence=25) or UNKNOWN_SYSTEM
    except pyproj.exceptions.CRSError:
        return UNKNOWN_SYSTEM


def _read_geojson(path: Path) -> dict[str, object]:
    import numpy as np
    import shapely

    document = json.loads(path.read_bytes().decode("utf-8-sig"), parse_constant=_refuse_constant)
    features = document.get("features", [document])
    if not isinstance(features, list) or not features:
        raise _FaultError("no_features")
    _check_count(len(features), 1)
    pairs = [_geometry_and_properties(feature) for feature in features]
    names = list(dict.fromkeys(name for _geometry, row in pairs for name in row))
    _check_count(len(features), len(names))
    closed = [n for n, (geometry, _row) in enumerate(pairs) if _close_rings(geometry)]
    try:
        texts = [None if g is None else json.dumps(g, allow_nan=False) for g, _row in pairs]
    except ValueError as error:  # 1e999 becomes infinite
        raise _FaultError("not_finite") from error
    shapes = shapely.force_2d(shapely.from_geojson(np.array(texts, dtype=object)))
    return {
        "layer": "geojson",
        "layers": ["geojson"],
        "epsg": _epsg_of_geojson(document),
        "columns": {str(_plain(n)): [_plain(row.get(n)) for _g, row in pairs] for n in names},
        "wkb": _packed(shapes),
        "closed": closed,
    }


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
    raise _FaultError("not_finite")


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


def _answer(path: Path, driver: str, layer: str) -> dict[str, object]:
    try:
        if driver == "GeoJSON":
            return _read_geojson(path)
        return _read_by_gdal(path, driver, layer)
    except _FaultError as fault:
        return {"fault": str(fault)}
    except Exception:
        return {"fault": "not_readable"}


def main() -> None:
    """Read, and write the answer; a crash leaves none."""
    path, driver, layer, answer = Path(sys.argv[1]), sys.argv[2], sys.argv[3], Path(sys.argv[4])
    _limit()
    answer.write_text(json.dumps(_answer(path, driver, layer)), encoding="utf-8")


if __name__ == "__main__":
    main()
