"""What a file is that is no map, or another than its name says: told in one word."""

from __future__ import annotations

import codecs
import json
import re

from data.uploads.gis_faults import GisFileError

# the ending of a file -> GDAL's one driver for it, and what the file then begins with
DRIVERS = {
    "gpkg": ("GPKG", b"SQLite format 3\x00"),
    "zip": ("ESRI Shapefile", b"PK\x03\x04"),
    "kml": ("KML", b"<"),
    "dxf": ("DXF", b""),
    "geojson": ("GeoJSON", b"{"),
    "json": ("GeoJSON", b"{"),
}
_TEXTS = frozenset({"kml", "geojson", "json"})
_SPACES = b"\xef\xbb\xbf \t\r\n"
# a remark in a DXF drawing, and how it begins and ends
_REMARK, _DXF_START, _DXF_END = b"999", (b"0", b"SECTION"), [b"0", b"EOF"]
_GEOMETRIES = (
    "Point",
    "MultiPoint",
    "LineString",
    "MultiLineString",
    "Polygon",
    "MultiPolygon",
    "GeometryCollection",
)
GEOJSON_TYPES = frozenset({"FeatureCollection", "Feature", *_GEOMETRIES})
_FOLDED = {name.lower() for name in GEOJSON_TYPES}
_ESRI = frozenset({"rings", "paths", "curveRings", "geometryType", "spatialReference"})
_MAGIC = (
    (b"%PDF", "pdf"),
    (b"SQLite format 3\x00", "gpkg"),
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "packed"),
    (b"7z\xbc\xaf\x27\x1c", "packed"),
    (b"fgb\x03", "flatgeobuf"),
    (b"PAR1", "parquet"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"AutoCAD Binary DXF", "binary_dxf"),
    (b"version https://git-lfs.github.com/spec/", "pointer"),
    (b"\x1e", "json_lines"),
)
_DWG = re.compile(rb"AC10\d\d")
_SHAPE_HEAD = (9994).to_bytes(4, "big")
# what may stand before the first element of an XML document: nothing in it is ever tried twice
_XML_WORD = re.compile(rb"(\xef\xbb\xbf)?+\s*+(<\?xml\s(?>.*?\?>))?+", re.S)
_REMARKS = re.compile(rb"(?>\s+|<\?(?!xml\s)(?>.*?\?>)|<!--(?>.*?-->))*+", re.S)
_FIRST_ELEMENT = re.compile(
    rb"(?>\s+|<\?(?>.*?\?>)|<!--(?>.*?-->)|<!doctype(?>[^>]*>))*+<([\w:.-]+)", re.S | re.I
)
# what comes first in a zip that an office program has written
_OFFICE_FIRST = (
    b"[Content_Types].xml",
    b"_rels/",
    b"docProps/",
    b"xl/",
    b"word/",
    b"ppt/",
    b"mimetype",
)
_ZIP_NAME_AT = 30
_NO_TABLES = {kind for _magic, kind in _MAGIC} | {"html", "kml", "xml", "dwg", "dxf", "json"}
# what a file holds does not tell these apart from others
_OTHER_ENDINGS = frozenset({"kmz", "shp", "dbf", "shx", "prj"})


def kind_of(content: bytes) -> str:
    """Return what a file is by how it begins; empty if that tells nothing."""
    start = content[:4096]
    for magic, kind in _MAGIC:
        if start.startswith(magic):
            is_office = kind == "zip" and start.startswith(_OFFICE_FIRST, _ZIP_NAME_AT)
            return "office" if is_office else kind
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "encoding"
    if _DWG.match(start):
        return "dwg"
    if start.startswith(_SHAPE_HEAD):
        return "shapefile_part"
    if _begins_drawing(start):
        return "dxf"
    text = start.lstrip(_SPACES)
    if text[:1] == b"[":
        return "json_list"
    if text[:1] == b"{":
        return "json"
    found = _FIRST_ELEMENT.match(text)
    return _kind_of_element(found[1].decode().lower()) if found else ""


def kind_of_other(content: bytes, ending: str) -> str:
    """Return what a file is whose ending is none that is read: by its content, or by its ending."""
    return ending if ending in _OTHER_ENDINGS else kind_of(content)


def check_table(content: bytes) -> None:
    """Refuse what is no table of text, whatever its ending.

    Raises
    ------
    GisFileError
        ``not_supported`` with what it is instead.
    """
    kind = kind_of(content)
    if kind in _NO_TABLES:
        raise GisFileError("not_supported", kind)


def _kind_of_element(name: str) -> str:
    name = name.rpartition(":")[2]
    return name if name in {"html", "kml"} else "xml"


def kind_of_json(document: dict[str, object]) -> str | None:
    """Return what a JSON object is that is not GeoJSON; None if it is GeoJSON."""
    kind = document.get("type")
    if isinstance(kind, str) and kind in GEOJSON_TYPES:
        return _kind_of_members(document) if kind == "FeatureCollection" else None
    checks = (
        (kind == "Topology", "topojson"),
        (bool(_ESRI & document.keys()) or _holds(document, "attributes"), "esri"),
        ("stac_version" in document, "stac"),
        (_is_misspelt(document), "letters"),
        ("layers" in document and "sources" in document, "style"),
        ("links" in document, "service"),
        ("error" in document or "errors" in document, "fault"),
    )
    return next((name for is_so, name in checks if is_so), "other")


def _kind_of_members(document: dict[str, object]) -> str | None:
    if "features" not in document:
        return "letters" if "features" in {str(name).lower() for name in document} else "other"
    return "esri" if _holds(document, "attributes") else None


def _holds(document: dict[str, object], name: str) -> bool:
    features = document.get("features")
    first = features[0] if isinstance(features, list) and features else None
    return isinstance(first, dict) and "type" not in first and name in first


def _is_misspelt(document: dict[str, object]) -> bool:
    """Tell whether it would be GeoJSON if capital and small letters were the same."""
    folded = {str(name).lower(): value for name, value in document.items()}
    return str(folded.get("type", "")).lower() in _FOLDED


def are_json_lines(text: str) -> bool:
    """Tell whether a text that is no JSON is one JSON object after another."""
    decoder = json.JSONDecoder()
    try:
        first, end = decoder.raw_decode(text.lstrip())
        decoder.raw_decode(text.lstrip()[end:].lstrip(" \t\r\n\x1e,"))
    except (ValueError, RecursionError):
        return False
    return isinstance(first, dict)


def check_beginning(content: bytes, ending: str) -> None:
    """Refuse what is not what its name says, before a process is started for it.

    Raises
    ------
    GisFileError
        ``not_supported`` with what it is instead, or ``not_readable``.
    """
    _driver, magic = DRIVERS[ending]
    start = content[:4096].lstrip(_SPACES) if ending in _TEXTS else content[:4096]
    kind = kind_of(content)
    if not start.startswith(magic) or (ending == "zip" and kind == "office"):
        raise GisFileError("not_supported", kind)
    if ending == "dxf":
        _check_drawing(content)
    # GDAL knows a KML document by letters of one byte
    if ending == "kml" and (b"\x00" in start or kind not in {"kml", ""}):
        raise GisFileError("not_supported", kind)


def without_remarks(document: bytes) -> bytes:
    """Return an XML document with its first element near its start, and nothing else changed.

    GDAL looks for ``<kml`` among the first thousand letters only. What stands before it says
    nothing of the map; the word on how the letters are written stays, and comes first.
    """
    word = _XML_WORD.match(document)
    start = word.end() if word else 0
    found = _REMARKS.match(document, start)
    stays = b"".join(word.groups(b"")) if word else b""
    return stays + document[found.end() if found else start :]


def _begins_drawing(content: bytes) -> bool:
    lines = content.splitlines()
    at = 0
    while at + 1 < len(lines) and lines[at].strip() == _REMARK:
        at += 2
    return tuple(line.strip() for line in lines[at : at + 2]) == _DXF_START


def _check_drawing(content: bytes) -> None:
    """Pass a DXF drawing that begins as one, after remarks, and goes on to its end."""
    if not _begins_drawing(content):
        raise GisFileError("not_supported", kind_of(content))
    if [line.strip() for line in content.rstrip(b"\x1a \t\r\n").splitlines()[-2:]] != _DXF_END:
        raise GisFileError("not_readable", "end")
