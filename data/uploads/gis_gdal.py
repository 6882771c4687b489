"""Read a file with the one driver of GDAL that is there, and compare with what the file says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pyproj
import shapely

from data.uploads import gis_structure
from data.uploads.gis_faults import GisFileError
from data.uploads.gis_reading import UNKNOWN_SYSTEM, check_count, check_read, packed, plain

LAYERS_MAX = 50
# what two ways to write one system may differ by, such as the word for how WGS 84 is reached
_SAME_METRES, _SAME_DEGREES = 10.0, 0.0001


def read(path: Path, driver: str, layer: str, here: tuple[float, float]) -> dict[str, object]:
    """Read one layer, the first that holds something if none is named; tell which hold something.

    `here` is the longitude and latitude of a place where two ways to write a system must agree.

    Raises
    ------
    GisFileError
        With the code of what is wrong; see the class.
    """
    if set(pyogrio.list_drivers()) != {driver}:
        raise GisFileError("not_supported")
    in_all = _checked(path, driver)
    # a table without a place, such as the styles that a GIS program keeps, is no layer here
    layers = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
    if not layers or (layer and layer not in layers):
        raise GisFileError("no_features")
    infos = {name: pyogrio.read_info(path, layer=name) for name in layers[:LAYERS_MAX]}
    if in_all is not None and len(layers) <= LAYERS_MAX:
        # what has no place, such as a picture on the ground, is a row to GDAL too
        check_read(min(sum(int(one["features"]) for one in infos.values()), in_all), in_all)
    # those after the limit are not looked at, and may hold something
    filled = [name for name in layers if name not in infos or infos[name]["features"] != 0]
    wanted = layer or (filled or layers)[0]
    info = infos.get(wanted) or pyogrio.read_info(path, layer=wanted)
    check_count(int(info["features"]), len(info["fields"]))
    told = _told(path, driver, wanted)
    meta, _fids, wkb, fields = pyogrio.raw.read(path, layer=wanted, force_2d=True)
    if wkb is None:
        raise GisFileError("no_features")
    check_count(len(wkb), len(fields))
    if told is not None:
        check_read(len(wkb), told[0])
        check_read(sum(one is not None for one in wkb), told[1])
    columns = {
        str(name): [plain(value) for value in values]
        for name, values in zip(meta["fields"], fields, strict=True)
    }
    shapes, closed = _shapes_of(wkb)
    return {
        "layer": wanted,
        "layers": layers,
        "filled": filled,
        "epsg": _epsg(meta["crs"], here),
        "columns": columns,
        "wkb": packed(shapes),
        "closed": closed,
    }


def _checked(path: Path, driver: str) -> int | None:
    """Check a file before GDAL opens it; give how many objects it has in all, where it tells."""
    if driver == "GPKG":
        gis_structure.check_geopackage(path)
    return gis_structure.count_kml(path) if driver == "KML" else None


def _told(path: Path, driver: str, layer: str) -> tuple[int, int] | None:
    """Return how many rows and places there are to read, where the file tells it."""
    if driver == "GPKG":
        return gis_structure.count_geopackage(path, layer)
    return gis_structure.count_shapefile(path) if driver == "ESRI Shapefile" else None


def _shapes_of(wkb: Any) -> tuple[Any, list[int]]:  # noqa: ANN401 - arrays of bytes and shapes
    """Return the shapes, and which of them had a ring that was open and has been closed."""
    shapes = shapely.from_wkb(list(wkb), on_invalid="ignore")
    closed = [n for n, one in enumerate(shapes) if one is None and wkb[n] is not None]
    for n in closed:
        # "fix" closes a ring and does nothing else
        shapes[n] = shapely.from_wkb(wkb[n], on_invalid="fix")
        if shapes[n] is None:
            raise GisFileError("not_readable")
    return shapes, closed


def _epsg(system: str | None, here: tuple[float, float]) -> int | None:
    """Return the number of a system, `UNKNOWN_SYSTEM` if it has none, None if none is told."""
    if not system:
        return None
    try:
        told = pyproj.CRS.from_user_input(system)
        number = told.to_epsg(min_confidence=25)
    except pyproj.exceptions.CRSError:
        return UNKNOWN_SYSTEM
    is_known = number and _is_same(told, pyproj.CRS.from_epsg(number), here)
    return number if is_known else UNKNOWN_SYSTEM


def _is_same(told: pyproj.CRS, known: pyproj.CRS, here: tuple[float, float]) -> bool:
    """Tell whether two systems give a place here the same numbers: one of a kind is not enough."""
    wgs84 = pyproj.CRS.from_epsg(4326)
    first, second = (
        pyproj.Transformer.from_crs(wgs84, one, always_xy=True).transform(*here)
        for one in (told, known)
    )
    most = _SAME_DEGREES if known.is_geographic else _SAME_METRES
    return bool(np.allclose(first, second, rtol=0, atol=most))
