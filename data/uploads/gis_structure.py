"""What a file says that it holds, told by its structure: how many objects, and whether it is whole.

Runs in the process that reads the file (`data.uploads.gis_worker`): its content is hostile. GDAL
reads half a file without a word; here the two are compared. Nothing is looked for among the bytes:
a word in a description is no element.
"""

from __future__ import annotations

import re
import sqlite3
import struct
from contextlib import closing
from pathlib import Path
from xml.etree.ElementTree import ParseError

import numpy as np
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from data.uploads.gis_faults import GisFileError

# elements that make a KML document reach for others, and those that place an object on the map
_REACHING = frozenset({"networklink", "networklinkcontrol"})
_INCLUSIONS = frozenset({"http://www.w3.org/2001/XInclude", "http://www.w3.org/2003/XInclude"})
_PLACED = frozenset(
    {
        "point",
        "linestring",
        "linearring",
        "polygon",
        "multigeometry",
        "model",
        "track",
        "multitrack",
    }
)
_CHUNK = 1 << 16
_SHP_CODE, _HEAD, _RECORD_HEAD, _INDEX_BYTES = 9994, 100, 8, 8
_NULL_SHAPE = 0
_DELETED = ord("*")
_WHOLE = "ok"
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
# names, texts and remarks in SQL, which call nothing
_SAID = re.compile(
    r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`|\[[^\]]*\]|--[^\n]*|/\*.*?\*/", re.DOTALL
)
_CALL = re.compile(r"\bload_extension\s*\(", re.IGNORECASE)


class _Elements:
    """Counts the objects of a KML document while it is parsed; nothing of it is kept."""

    def __init__(self) -> None:
        self.depth, self.placed = 0, 0
        self.is_placed: list[bool] = []

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        space, _brace, name = tag.rpartition("}")
        name = name.lower()
        if self.depth == 0 and name != "kml":
            raise GisFileError("not_supported", "html" if name == "html" else "xml")
        if name in _REACHING or space.lstrip("{") in _INCLUSIONS:
            raise GisFileError("refers_out")
        if name == "placemark":
            self.is_placed.append(False)
        elif name in _PLACED and self.is_placed:
            self.is_placed[-1] = True
        self.depth += 1

    def end(self, tag: str) -> None:
        self.depth -= 1
        if tag.rpartition("}")[2].lower() == "placemark":
            self.placed += self.is_placed.pop()

    def close(self) -> None:
        """End; the number is read from `placed`."""


def count_kml(path: Path) -> int:
    """Count the objects with a place in a KML document, and refuse one that reaches for others.

    Raises
    ------
    GisFileError
        ``not_supported``, ``refers_out`` or ``not_readable``.
    """
    elements = _Elements()
    parser = DefusedXMLParser(target=elements, forbid_dtd=True)
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                parser.feed(chunk)
        parser.close()
    except DefusedXmlException as error:
        raise GisFileError("refers_out") from error
    except (ParseError, ValueError, LookupError) as error:
        if isinstance(error, GisFileError):
            raise
        raise GisFileError("not_readable") from error
    return elements.placed


def count_shapefile(path: Path) -> tuple[int, int]:
    """Count the rows of a Shapefile, and those that have a place, if its three parts agree.

    Raises
    ------
    GisFileError
        ``not_readable`` or ``incomplete`` with how many can be read and how many there should be.
    """
    shapes = path.read_bytes()
    index = path.with_suffix(".shx").read_bytes()
    table = path.with_suffix(".dbf").read_bytes()
    for content in (shapes, index):
        _check_length(content)
    known = np.frombuffer(index, dtype=">i4", offset=_HEAD).reshape(-1, 2).astype(np.int64) * 2
    kinds = _kinds_of(shapes, len(known))
    _check_index(shapes, known)
    deleted = _deleted_rows(table, len(known))
    return int((~deleted).sum()), int((~deleted & (kinds != _NULL_SHAPE)).sum())


def _check_length(content: bytes) -> None:
    """Pass a .shp or .shx that is as long as it says."""
    if len(content) < _HEAD or (len(content) - _HEAD) % 4:
        raise GisFileError("not_readable", "length")
    code, said = struct.unpack(">i20xi", content[:28])
    if code != _SHP_CODE or said * 2 != len(content):
        raise GisFileError("not_readable", "length")


def _kinds_of(shapes: bytes, indexed: int) -> np.ndarray:
    """Return the kind of shape in each record, walking from one to the next."""
    at = _HEAD
    kinds: list[int] = []
    while at < len(shapes):
        if at + _RECORD_HEAD + 4 > len(shapes):
            raise GisFileError("incomplete", f"{len(kinds)}/{indexed}")
        length = struct.unpack_from(">i", shapes, at + 4)[0] * 2
        if length < 4 or at + _RECORD_HEAD + length > len(shapes):
            raise GisFileError("incomplete", f"{len(kinds)}/{indexed}")
        kinds.append(struct.unpack_from("<i", shapes, at + _RECORD_HEAD)[0])
        at += _RECORD_HEAD + length
    if len(kinds) != indexed:
        raise GisFileError("incomplete", f"{min(len(kinds), indexed)}/{max(len(kinds), indexed)}")
    return np.array(kinds, dtype=np.int64)


def _check_index(shapes: bytes, known: np.ndarray) -> None:
    """Pass an index that names each record once, where it begins and how long it is."""
    starts, lengths = known[:, 0], known[:, 1]
    if not len(known):
        return
    if starts.min() < _HEAD or (starts + _RECORD_HEAD + lengths).max() > len(shapes):
        raise GisFileError("not_readable", "index")
    order = np.argsort(starts)
    ends = (starts + _RECORD_HEAD + lengths)[order]
    if starts[order][0] != _HEAD or (ends[:-1] != starts[order][1:]).any():
        raise GisFileError("not_readable", "index")


def _deleted_rows(table: bytes, shapes: int) -> np.ndarray:
    """Tell which rows of a .dbf are struck out; it must have one for each shape."""
    if len(table) < 32:
        raise GisFileError("not_readable", "table")
    rows, head, width = struct.unpack_from("<IHH", table, 4)
    there = max(0, (len(table) - head) // width) if width else 0
    if rows != shapes or there < rows:
        told = max(rows, shapes)
        raise GisFileError("incomplete", f"{min(rows, shapes, there)}/{told}")
    flags = np.frombuffer(table, dtype=np.uint8, offset=head, count=rows * width)
    return np.asarray(flags.reshape(rows, width)[:, 0] == _DELETED) if rows else flags == _DELETED


def check_geopackage(path: Path) -> None:
    """Pass a real, whole GeoPackage without views, own triggers and tables that reach out.

    Raises
    ------
    GisFileError
        ``not_supported``, ``refers_out`` or ``not_readable``.
    """
    with path.open("rb") as file:
        head = file.read(100)
    if head[68:72] not in _GPKG:
        raise GisFileError("not_supported")
    try:
        with closing(_opened(path)) as connection:
            rows = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
            if "gpkg_contents" not in {name for _type, name, _sql in rows}:
                raise GisFileError("not_supported")
            for kind, name, sql in rows:
                if _reaches_out(kind, str(name).lower(), str(sql or "").strip()):
                    raise GisFileError("refers_out")
            if connection.execute("PRAGMA integrity_check(1)").fetchall() != [(_WHOLE,)]:
                raise GisFileError("not_readable", "damaged")
    except sqlite3.Error as error:
        raise GisFileError("not_readable") from error


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)


def _reaches_out(kind: str, name: str, sql: str) -> bool:
    if kind == "trigger":
        return _KNOWN_TRIGGER.fullmatch(name) is None
    if kind not in {"table", "index"}:
        return True
    is_virtual = re.match(r"create\s+virtual", sql, re.IGNORECASE) is not None
    is_index = _SPATIAL_INDEX.fullmatch(sql) is not None
    return (is_virtual and not is_index) or _CALL.search(_SAID.sub(" ", sql)) is not None


def count_geopackage(path: Path, layer: str) -> tuple[int, int]:
    """Count the rows of a layer, and those that have a place; refuse one that has lost some.

    Raises
    ------
    GisFileError
        ``not_readable``, or ``incomplete`` when the package says that there are more or fewer.
    """
    try:
        with closing(_opened(path)) as connection:
            column = connection.execute(
                "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?", [layer]
            ).fetchone()
            if column is None:
                raise GisFileError("no_features", "layer")
            names = [f'"{name.replace(chr(34), 2 * chr(34))}"' for name in (column[0], layer)]
            rows, placed = connection.execute(
                "SELECT count(*), count({}) FROM {}".format(*names)
            ).fetchone()
            told = _told_count(connection, layer)
    except sqlite3.Error as error:
        raise GisFileError("not_readable") from error
    if told is not None and told != rows:
        raise GisFileError("incomplete", f"{min(rows, told)}/{max(rows, told)}")
    return int(rows), int(placed)


def _told_count(connection: sqlite3.Connection, layer: str) -> int | None:
    """Return how many rows the package says that a layer has, if it says so."""
    known = "SELECT count(*) FROM sqlite_master WHERE name = 'gpkg_ogr_contents'"
    if not connection.execute(known).fetchone()[0]:
        return None
    row = connection.execute(
        "SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = ?", [layer]
    ).fetchone()
    return None if row is None or row[0] is None else int(row[0])
