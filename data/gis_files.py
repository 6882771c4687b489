"""Read a GIS file that somebody uploads. Its content is hostile until proven.

GeoJSON and CSV are read here, by `json` and `csv`. Other formats are opened by GDAL in a process of
its own (`data.gis_worker`) with one driver, limits and no network, because GDAL's drivers can read
other files and call addresses that a document names.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pyogrio
import shapely
from shapely.errors import ShapelyError

from data import gis_archive, gis_tables
from data.gis_faults import GisFileError
from geo import crs
from geo.areas import KARLSKOGA_BOX

__all__ = ["GisFileError", "VectorFile", "read_vector"]

SIZE_MAX_BYTES = 20_000_000
VERTICES_MAX = 200_000
FEATURES_MAX = 200_000
ANSWER_MAX_BYTES = 200_000_000
SECONDS_MAX = 10.0
# SWEREF 99 TM, SWEREF 99 15 00 and WGS 84: what a municipality here uses
SYSTEMS = (3006, 3010, 4326)
WORKER = Path(__file__).with_name("gis_worker.py")
# the ending of a file -> GDAL's one driver for it, and what the file then begins with
DRIVERS = {
    "gpkg": ("GPKG", b"SQLite format 3\x00"),
    "zip": ("ESRI Shapefile", b"PK\x03\x04"),
    "kml": ("KML", b"<"),
    "dxf": ("DXF", b""),
}
# what makes a KML document reach for others
_REACHING = (b"<!doctype", b"<!entity", b"networklink", b"xi:include")


@dataclass(frozen=True)
class VectorFile:
    """What a file holds.

    Attributes
    ----------
    frame
        EPSG:3006, geometry in the plane as it was read (also invalid), and the columns.
    layer, layers
        The layer that was read, and all there are.
    epsg
        The system that the file was read in.
    """

    frame: gpd.GeoDataFrame
    layer: str
    layers: tuple[str, ...]
    epsg: int


def read_vector(
    content: bytes, filename: str, *, epsg: int | None = None, layer: str | None = None
) -> VectorFile:
    """Read GeoJSON, GeoPackage, zipped Shapefile, KML, DXF or CSV with coordinates.

    Parameters
    ----------
    content
        The bytes of the file.
    filename
        Its name; only the ending is used.
    epsg
        The reference system, one of `SYSTEMS`; None to take what the file says.
    layer
        The layer to read; the first one if left out.

    Raises
    ------
    GisFileError
        With the code of what is wrong; see the class.
    """
    ending = filename.rpartition(".")[2].lower() if "." in filename else ""
    if len(content) > SIZE_MAX_BYTES:
        raise GisFileError("too_large")
    if not content.strip():
        raise GisFileError("empty")
    if epsg is not None and epsg not in SYSTEMS:
        raise GisFileError("crs_missing")
    if ending in {"geojson", "json"}:
        return _read_geojson(content, epsg)
    if ending == "csv":
        frame, said = gis_tables.read_csv(content)
        return _finished(frame, "csv", ("csv",), epsg or said)
    if ending not in DRIVERS:
        raise GisFileError("not_supported")
    return _read_by_gdal(content, ending, epsg, layer)


def _read_geojson(content: bytes, epsg: int | None) -> VectorFile:
    document = _parse(content)
    features = document.get("features", [document]) if isinstance(document, dict) else None
    if not isinstance(features, list) or not features:
        raise GisFileError("no_features")
    if len(features) > FEATURES_MAX:
        raise GisFileError("too_many_features")
    shapes, rows = [], []
    for feature in features:
        is_feature = isinstance(feature, dict) and feature.get("type") == "Feature"
        geometry = feature.get("geometry") if is_feature else feature
        properties = feature.get("properties") if is_feature else {}
        shapes.append(_shape(geometry))
        rows.append(properties if isinstance(properties, dict) else {})
    frame = gpd.GeoDataFrame(rows, geometry=np.array(shapes, dtype=object))
    return _finished(frame, "geojson", ("geojson",), epsg or 4326)


def _parse(content: bytes) -> Any:  # noqa: ANN401 - json may hold anything
    def refuse(_word: str) -> float:
        raise GisFileError("not_finite")

    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=refuse)
    except GisFileError:
        raise
    except (ValueError, RecursionError) as error:
        raise GisFileError("not_readable") from error


def _shape(geometry: object) -> shapely.Geometry | None:
    if geometry is None:
        return None
    try:
        text = json.dumps(geometry, allow_nan=False)
    except (ValueError, RecursionError) as error:
        raise GisFileError("not_finite") from error
    try:
        return shapely.from_geojson(text)
    except (ShapelyError, ValueError, TypeError, RecursionError) as error:
        raise GisFileError("not_readable") from error


def _read_by_gdal(content: bytes, ending: str, epsg: int | None, layer: str | None) -> VectorFile:
    driver, magic = DRIVERS[ending]
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n") if ending == "kml" else content
    if not start.startswith(magic) or (ending == "dxf" and b"SECTION" not in content[:4096]):
        raise GisFileError("not_supported")
    if ending == "kml" and any(word in content.lower() for word in _REACHING):
        raise GisFileError("refers_out")
    with tempfile.TemporaryDirectory(prefix="dialogkartan-") as name:
        folder = Path(name)
        if ending == "zip":
            path = gis_archive.unpack(content, folder)
        else:
            path = folder / f"fil.{ending}"
            path.write_bytes(content)
        found = _ask_worker(path, driver, layer, folder / "svar.json")
    shapes = shapely.from_wkb([bytes.fromhex(wkb) if wkb else None for wkb in found["wkb"]])
    frame = gpd.GeoDataFrame(found["columns"], geometry=shapes)
    return _finished(frame, found["layer"], tuple(found["layers"]), epsg or found["epsg"])


def _ask_worker(path: Path, driver: str, layer: str | None, answer: Path) -> dict[str, Any]:
    """Let the other process read the file; it writes its answer as JSON."""
    command = [sys.executable, "-I", str(WORKER), str(path), driver, layer or "", str(answer)]
    try:
        done = subprocess.run(
            command,
            env=worker_environment(path.parent, driver),
            cwd=path.parent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS_MAX,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise GisFileError("too_slow") from error
    if not answer.is_file() or answer.stat().st_size > ANSWER_MAX_BYTES:
        raise GisFileError("too_slow" if done.returncode == -24 else "not_readable")
    try:
        found = json.loads(answer.read_bytes())
    except ValueError as error:
        raise GisFileError("not_readable") from error
    if "fault" in found:
        raise GisFileError(str(found["fault"]))
    return dict(found)


def worker_environment(folder: Path, driver: str) -> dict[str, str]:
    """Give all that the other process gets to know: no setting or secret of ours is among it.

    GDAL has `driver` and no other, looks at no file beside the one it opens, and calls nobody.
    """
    known = {
        "PATH": os.defpath,
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        "GDAL_SKIP": ",".join(name for name in _drivers() if name != driver),
        "GDAL_DRIVER_PATH": "disable",
        "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR" if driver != "ESRI Shapefile" else "FALSE",
        "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "{none}",
        "OGR_SQLITE_LIST_ALL_TABLES": "NO",
        "SHAPE_RESTORE_SHX": "NO",
    }
    return known | {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}


@cache
def _drivers() -> tuple[str, ...]:
    return tuple(pyogrio.list_drivers())


def _finished(
    frame: gpd.GeoDataFrame, layer: str, layers: tuple[str, ...], epsg: int | None
) -> VectorFile:
    """Check what was read, and give it in EPSG:3006."""
    if epsg not in SYSTEMS:
        raise GisFileError("crs_missing")
    shapes = frame.geometry.to_numpy()
    frame = frame[~(shapely.is_missing(shapes) | shapely.is_empty(shapes))].reset_index(drop=True)
    if frame.empty:
        raise GisFileError("no_features")
    if len(frame) > FEATURES_MAX:
        raise GisFileError("too_many_features")
    plane = shapely.force_2d(frame.geometry.to_numpy())
    corners = shapely.get_coordinates(plane)
    if len(corners) > VERTICES_MAX:
        raise GisFileError("too_many_vertices")
    if not np.isfinite(corners).all():
        raise GisFileError("not_finite")
    if epsg == 4326:
        _check_degrees(corners)
    placed = frame.set_geometry(gpd.GeoSeries(plane), crs=None).set_crs(epsg)
    metric = placed.to_crs(crs.SWEREF99TM)
    if not np.isfinite(shapely.bounds(metric.geometry.to_numpy())).all():
        raise GisFileError("looks_projected")
    if epsg != 4326:
        _check_metres(metric)
    return VectorFile(metric, layer, layers, epsg)


def _check_degrees(corners: npt.NDArray[np.float64]) -> None:
    if (np.abs(corners) > (180.0, 90.0)).any():
        raise GisFileError("looks_projected")
    if not _in_box(corners) and _in_box(corners[:, ::-1]):
        raise GisFileError("looks_swapped")


def _check_metres(metric: gpd.GeoDataFrame) -> None:
    """Refuse what would lie somewhere near if north and east changed places, or the system did."""
    corners = shapely.get_coordinates(metric.geometry.to_numpy())
    degrees = crs.coordinates_to_degrees(corners)
    if _in_box(degrees):
        return
    swapped = crs.coordinates_to_degrees(corners[:, ::-1])
    if np.isfinite(swapped).all() and _in_box(swapped):
        raise GisFileError("looks_swapped")
    if (np.abs(corners) < 1000).all():
        raise GisFileError("looks_projected")


def _in_box(corners: npt.NDArray[np.float64]) -> bool:
    west, south, east, north = KARLSKOGA_BOX
    low, high = corners.min(axis=0), corners.max(axis=0)
    return bool(low[0] <= east and high[0] >= west and low[1] <= north and high[1] >= south)
