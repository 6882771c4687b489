"""Read a GIS file that somebody uploads. Its content is hostile until proven.

CSV is read here, row by row within limits. Everything else is opened in a process of its own
(`data.uploads.gis_worker`) with limits and no network: by GDAL with one driver, because GDAL's
drivers can read other files and call addresses that a document names, and GeoJSON by `json`,
because a small document can fill the memory. What that process answers is not believed either.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pyogrio
import shapely
from shapely.errors import ShapelyError

from data import municipality_box
from data.uploads import gis_archive, gis_kinds, gis_process, gis_tables
from data.uploads.gis_faults import CODES, GisFileError, of_machine
from data.uploads.gis_position import (
    check_in_sweden,
    check_other_system,
    check_position,
    is_here,
    systems,
)
from data.uploads.gis_reading import ROWS_MAX as FEATURES_MAX
from data.uploads.gis_reading import VERTICES_MAX
from geo import crs

__all__ = [
    "GisFileError",
    "Unplaced",
    "VectorFile",
    "open_vector",
    "place_vector",
    "read_vector",
    "read_whole_here",
]

SIZE_MAX_BYTES = 20_000_000
ANSWER_MAX_BYTES = 60_000_000
WORKER = Path(__file__).with_name("gis_worker.py")
DRIVERS = gis_kinds.DRIVERS
# a word of ours, a number, or two of them
_DETAIL = re.compile(r"[a-z_]{0,20}|[0-9]{0,12}(/[0-9]{0,12})?", re.ASCII)


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
    closed
        The rows with a ring that was open and has been closed.
    placeless
        How many rows have no place, and are not in `frame`.
    """

    frame: gpd.GeoDataFrame
    layer: str
    layers: tuple[str, ...]
    epsg: int
    closed: tuple[int, ...] = ()
    placeless: int = 0


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
        The reference system, one of `gis_position.systems`, of a file that does not tell it. What
        a file tells is taken; GeoJSON that tells nothing is in degrees if `epsg` is None.
    layer
        The layer to read; the first one if left out.

    Raises
    ------
    GisFileError
        With the code of what is wrong; see the class.
    """
    return place_vector(open_vector(content, filename, layer=layer), epsg=epsg)


def read_whole_here(content: bytes, filename: str, *, epsg: int | None = None) -> gpd.GeoDataFrame:
    """Read a file for loading all of it: one layer, each row with its place, and some lie here.

    Raises
    ------
    GisFileError
        ``several_layers``, ``elsewhere`` or ``no_place``, and as `read_vector`.
    """
    opened = open_vector(content, filename)
    if len(opened.filled) > 1:
        raise GisFileError("several_layers", str(len(opened.filled)))
    found = place_vector(opened, epsg=epsg)
    corners = shapely.get_coordinates(found.frame.geometry.to_numpy())
    if not is_here(corners.min(axis=0), corners.max(axis=0), 3006):
        detail = "" if _is_meant(opened, epsg) else "given"
        x, y = (corners.min(axis=0) + corners.max(axis=0)) / 2
        raise GisFileError("elsewhere", detail, crs.point_to_degrees(x, y))
    if found.placeless:
        raise GisFileError("no_place", str(found.placeless))
    return found.frame


class Unplaced(NamedTuple):
    """What a file holds before it is known where it lies.

    Attributes
    ----------
    frame
        The numbers as they stand in the file.
    epsg
        The system that the file tells; None if it tells none, 0 if it tells one without a number.
    usual
        The system of the format when the file tells none.
    closed
        The rows with a ring that was open and has been closed.
    placeless
        How many rows have no place, and are not in `frame`.
    filled
        The layers that hold anything, of a file that may have several.
    """

    frame: gpd.GeoDataFrame
    layer: str
    layers: tuple[str, ...]
    epsg: int | None
    usual: int | None = None
    closed: tuple[int, ...] = ()
    placeless: int = 0
    filled: tuple[str, ...] = ()


def open_vector(content: bytes, filename: str, *, layer: str | None = None) -> Unplaced:
    """Read a file without placing it; what `read_vector` does first.

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
    if ending == "csv":
        gis_kinds.check_table(content)
        frame, said = gis_tables.read_csv(content)
        return _without_nothing(Unplaced(frame, "csv", ("csv",), said))
    if ending not in DRIVERS:
        raise GisFileError("not_supported", gis_kinds.kind_of_other(content, ending))
    gis_kinds.check_beginning(content, ending)
    found = _read_apart(content, ending, layer)
    if DRIVERS[ending][0] == "GeoJSON" and found.epsg is None:
        found = found._replace(usual=4326)
    return _without_nothing(found)


def _read_apart(content: bytes, ending: str, layer: str | None) -> Unplaced:
    driver, _magic = DRIVERS[ending]
    try:
        with tempfile.TemporaryDirectory(prefix="dialogkartan-") as name:
            folder = Path(name)
            if ending == "zip":
                path = gis_archive.unpack(content, folder)
            else:
                path = folder / f"fil.{ending}"
                path.write_bytes(gis_kinds.without_remarks(content) if ending == "kml" else content)
            return _ask_worker(path, driver, layer or "", folder / "svar.json")
    except OSError as error:
        raise of_machine(error) from error


def _ask_worker(path: Path, driver: str, layer: str, answer: Path) -> Unplaced:
    """Let the other process read the file; it writes its answer as JSON."""
    if "\x00" in layer:
        raise GisFileError("no_features", "layer")
    here = [str(one) for one in municipality_box.centre()]
    gis_process.run(
        [sys.executable, "-I", str(WORKER), str(path), driver, layer, str(answer), *here],
        worker_environment(path.parent, driver),
        path.parent,
    )
    if answer.is_symlink() or not answer.is_file():
        raise GisFileError("not_readable", "answer")
    if answer.stat().st_size > ANSWER_MAX_BYTES:
        raise GisFileError("too_heavy", "answer")
    return _understood(answer.read_bytes())


def _understood(answer: bytes) -> Unplaced:
    """Take the answer apart; it may be anything, for the process read a hostile file."""
    try:
        found = json.loads(answer)
        fault = found.get("fault")
        if fault is not None:
            detail = str(found.get("detail", ""))
            detail = detail if _DETAIL.fullmatch(detail) else ""
            raise GisFileError(*((fault, detail) if fault in CODES else ("not_readable",)))
        shapes = shapely.from_wkb([bytes.fromhex(wkb) if wkb else None for wkb in found["wkb"]])
        columns = found["columns"]
        if any(len(values) != len(shapes) for values in columns.values()):
            raise GisFileError("not_readable", "answer")
        frame = gpd.GeoDataFrame(columns, geometry=shapes)
        layers = tuple(str(name) for name in found["layers"])
        filled = tuple(str(name) for name in found.get("filled", []))
        epsg = found["epsg"]
        told = None if epsg is None else int(epsg)
        closed = tuple(sorted({int(row) for row in found.get("closed", [])} & set(frame.index)))
        return Unplaced(frame, str(found["layer"]), layers, told, closed=closed, filled=filled)
    except GisFileError:
        raise
    except (ShapelyError, ValueError, TypeError, LookupError, AttributeError, RecursionError) as e:
        raise GisFileError("not_readable", "answer") from e


def worker_environment(folder: Path, driver: str) -> dict[str, str]:
    """Return all that the other process gets to know: no setting or secret of ours is among it.

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
        "OGR_SQLITE_ALLOW_EXTERNAL_ACCESS": "NO",
        "OGR_SQLITE_LOAD_EXTENSIONS": "",
        # the process may not start a thread
        "OPENBLAS_NUM_THREADS": "1",
        "GDAL_NUM_THREADS": "1",
        "SHAPE_RESTORE_SHX": "NO",
    }
    return known | {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}


@cache
def _drivers() -> tuple[str, ...]:
    return tuple(pyogrio.list_drivers())


def _without_nothing(found: Unplaced) -> Unplaced:
    """Leave out the rows without a place, and check what is left."""
    shapes = found.frame.geometry.to_numpy()
    there = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    frame = found.frame[there].reset_index(drop=True)
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
    row_now = np.cumsum(there) - 1
    closed = tuple(int(row_now[row]) for row in found.closed if there[row])
    frame = frame.set_geometry(gpd.GeoSeries(plane), crs=None)
    return found._replace(frame=frame, closed=closed, placeless=int((~there).sum()))


def place_vector(found: Unplaced, *, epsg: int | None = None, swapped: bool = False) -> VectorFile:
    """Return what was read, in EPSG:3006.

    Parameters
    ----------
    epsg
        The system, one of `gis_position.systems`, if the file does not tell it.
    swapped
        Read north as east and east as north; only when a person has said so.

    Raises
    ------
    GisFileError
        ``crs_missing``, ``looks_swapped``, ``looks_projected``, ``told_projected``, ``elsewhere``
        or ``partly_elsewhere``.
    """
    if epsg is not None and epsg not in systems():
        raise GisFileError("crs_missing")
    system = _system(found, epsg)
    plane = found.frame.geometry.to_numpy()
    if swapped:
        plane = shapely.transform(plane, lambda corners: corners[:, ::-1])
    check_position(shapely.get_coordinates(plane), system, is_told=bool(found.epsg))
    placed = found.frame.set_geometry(gpd.GeoSeries(plane), crs=None).set_crs(system)
    metric = placed.to_crs(crs.SWEREF99TM)
    check_in_sweden(metric.geometry, placed.geometry, is_meant=_is_meant(found, epsg))
    return VectorFile(metric, found.layer, found.layers, system, found.closed, found.placeless)


def _is_meant(found: Unplaced, given: int | None) -> bool:
    """Tell whether the file or its format says the system, and not a person who may guess."""
    return bool(found.epsg) or given in {None, found.usual}


def _system(found: Unplaced, given: int | None) -> int:
    """Return the system that the file tells, or else the one given."""
    # a system that has no number of its own cannot be told from those of `gis_position.systems`
    epsg = found.epsg or given or found.usual
    if found.epsg and found.epsg not in systems():
        check_other_system(shapely.get_coordinates(found.frame.geometry.to_numpy()), found.epsg)
    if epsg not in systems():
        raise GisFileError("crs_missing", str(epsg or ""))
    return epsg
