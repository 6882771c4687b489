"""Opens one GIS file with one GDAL driver, in a process of its own, and writes what it holds.

``python -I gis_worker.py FILE DRIVER LAYER ANSWER``. Knows nothing of the service: no setting, no
store, no network where the kernel allows a process to give it up. The wall everywhere is that all
other drivers of GDAL are taken out (by the environment it is given) before the file is opened.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import resource
import sqlite3
import sys
from pathlib import Path

MEMORY_BYTES = 3_000_000_000
FILE_BYTES = 250_000_000
CPU_SECONDS = 10
ROWS_MAX = 200_000
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_GPKG = (b"GPKG", b"GP10", b"GP11")


def _limit() -> None:
    limits = {
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_FSIZE: FILE_BYTES,
        resource.RLIMIT_AS: MEMORY_BYTES,
        resource.RLIMIT_CORE: 0,
    }
    for what, most in limits.items():
        # macOS refuses some of them
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(what, (most, most))
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NET)


def _check_geopackage(path: Path) -> str | None:
    """Give a fault, or None: a real GeoPackage without views and tables that reach out."""
    if path.read_bytes()[68:72] not in _GPKG:
        return "not_supported"
    connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    try:
        rows = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    except sqlite3.Error:
        return "not_readable"
    finally:
        connection.close()
    if "gpkg_contents" not in {name for _type, name, _sql in rows}:
        return "not_supported"
    for kind, _name, sql in rows:
        words = (sql or "").lower()
        is_virtual = "virtual table" in words and "using rtree" not in words
        if kind == "view" or is_virtual or "load_extension" in words:
            return "refers_out"
    return None


def _read(path: Path, driver: str, layer: str) -> dict[str, object]:
    import pyogrio
    import shapely

    if set(pyogrio.list_drivers()) != {driver}:
        return {"fault": "not_supported"}
    layers = [str(name) for name, _kind in pyogrio.list_layers(path)]
    if not layers or (layer and layer not in layers):
        return {"fault": "no_features"}
    wanted = layer or layers[0]
    info = pyogrio.read_info(path, layer=wanted)
    if int(info["features"]) > ROWS_MAX:
        return {"fault": "too_many_features"}
    meta, _fids, wkb, fields = pyogrio.raw.read(path, layer=wanted, force_2d=True)
    columns = {
        str(name): [_plain(value) for value in values]
        for name, values in zip(meta["fields"], fields, strict=True)
    }
    # what cannot be read here is not handed on
    shapely.from_wkb(list(wkb))
    return {
        "layer": wanted,
        "layers": layers,
        "epsg": _epsg(meta["crs"]),
        "columns": columns,
        "wkb": [None if one is None else bytes(one).hex() for one in wkb],
    }


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return None
    item = getattr(value, "item", None)
    plain = item() if callable(item) else value
    return plain if isinstance(plain, str | int | float | bool | None) else str(plain)


def _epsg(system: str | None) -> int | None:
    if not system:
        return None
    import pyproj

    try:
        return pyproj.CRS.from_user_input(system).to_epsg(min_confidence=25)
    except pyproj.exceptions.CRSError:
        return None


def main() -> None:
    """Read, and write the answer; a crash leaves none."""
    path, driver, layer, answer = Path(sys.argv[1]), sys.argv[2], sys.argv[3], Path(sys.argv[4])
    _limit()
    fault = _check_geopackage(path) if driver == "GPKG" else None
    try:
        found = {"fault": fault} if fault else _read(path, driver, layer)
    except Exception:
        found = {"fault": "not_readable"}
    answer.write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
