"""What a file says that it holds: half a file, a word that is no element, JSON that is no map."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import struct
import zipfile
from pathlib import Path

import geopandas as gpd
import openpyxl
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from data.planning import area_files, file_words
from data.uploads import gis_files, gis_kinds, gis_structure
from data.uploads.gis_faults import CODES, GisFileError
from data.uploads.gis_files import read_vector, read_whole_here

SIX = gpd.GeoDataFrame(
    {"namn": list("abcdef")},
    geometry=[shapely.box(x, 6_576_000, x + 90, 6_576_090) for x in range(473_000, 473_600, 100)],
    crs=3006,
)
POINT = "<Point><coordinates>14.5,59.3</coordinates></Point>"
KML = (
    '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>{}</Document></kml>'
)


def _fault(content: bytes, name: str, **options: object) -> GisFileError:
    with pytest.raises(GisFileError) as caught:
        read_vector(content, name, **options)  # type: ignore[arg-type]
    return caught.value


def _said(content: bytes, name: str) -> str:
    error = _fault(content, name)
    return file_words.say(error.code, error.detail, error.place)


# ---- words that are no elements, and elements however they are written


@pytest.mark.parametrize(
    "inner",
    [
        f"<Placemark><description>Se NetworkLink och xi:include</description>{POINT}</Placemark>",
        "<Placemark><description><![CDATA[<NetworkLink> <!DOCTYPE a>]]></description>"
        f"{POINT}</Placemark>",
        f"<!-- <NetworkLink/> <!ENTITY --><Placemark>{POINT}</Placemark>",
        f"<Placemark><name>&lt;NetworkLink&gt;</name>{POINT}</Placemark>",
        f'<Placemark id="NetworkLink">{POINT}</Placemark>',
        f'<Schema name="NetworkLink" id="a"/><Placemark>{POINT}</Placemark>',
    ],
)
def test_a_word_in_a_kml_document_is_no_element(inner):
    assert len(read_vector(KML.format(inner).encode(), "a.kml").frame) == 1


@pytest.mark.parametrize(
    "before",
    [
        f"<!-- {'NetworkLink ' * 60} -->",
        f"<!-- {'om filen ' * 1_000} -->",
        "<!-- <html> ?> -->" * 400,
        f"<?xml-stylesheet {'> ' * 3_000}?>\n",
        " \r\n\t" * 2_000,
    ],
    ids=["short", "long", "many", "instruction", "spaces"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1"])
def test_what_stands_before_the_first_element_is_passed_over(before: str, encoding: str):
    inner = f"<Placemark><name>Rävåsen</name>{POINT}</Placemark>"
    document = KML.format(inner).replace("<kml", f"{before}<kml")
    if encoding == "iso-8859-1":
        document = document.replace('"1.0"', '"1.0" encoding="iso-8859-1"')
    found = read_vector(document.encode(encoding), "a.kml").frame
    assert list(found["Name"]) == ["Rävåsen"]


@pytest.mark.parametrize(
    "document",
    [
        f"<!-- {'x' * 5_000} --><html></html>",
        f"<!-- {'x' * 5_000} <kml></kml>",
        f"<!-- {'x' * 5_000} --><!DOCTYPE kml><kml/>",
        f"<!-- {'x' * 5_000} -->" + "<kml><NetworkLink/></kml>",
    ],
)
def test_nothing_hides_behind_what_stands_before_the_first_element(document: str):
    assert _fault(document.encode(), "a.kml").code in {
        "not_supported",
        "not_readable",
        "refers_out",
    }


@example([b" ", b"<?xml ", b"?>", b"<?", b"?>"])
@given(st.lists(st.sampled_from([b"<!--", b"-->", b"<?", b"?>", b" ", b"<kml>", b"<?xml ", b"-"])))
def test_only_remarks_are_taken_away(pieces: list[bytes]):
    document = b"".join(pieces)
    left = gis_kinds.without_remarks(document)
    assert document.endswith(left[-1:])
    # once is enough
    assert gis_kinds.without_remarks(left) == left


LINK = "<{0}><Link><href>http://127.0.0.1/</href></Link></{0}>"


@pytest.mark.parametrize(
    "document",
    [
        KML.format(LINK.format("NetworkLink")),
        KML.format(LINK.format("networklink")),
        KML.format(f"<Folder><Folder>{LINK.format('NETWORKLINK')}</Folder></Folder>"),
        '<kml xmlns:k="http://www.opengis.net/kml/2.2">' + LINK.format("k:NetworkLink") + "</kml>",
        '<kml xmlns:x="urn:other">' + LINK.format("x:networkLink") + "</kml>",
        "<kml><NetworkLinkControl/></kml>",
        '<kml xmlns:a="http://www.w3.org/2001/XInclude"><a:include href="/etc/passwd"/></kml>',
        '<!DOCTYPE kml SYSTEM "http://127.0.0.1/a.dtd"><kml/>',
        '<!DOCTYPE kml [<!ENTITY a "b">]><kml>&a;</kml>',
        KML.format("").replace("<kml", "<!DOCTYPE kml><kml", 1),
    ],
)
def test_an_element_that_reaches_for_others_is_refused_however_it_is_written(document):
    assert _fault(document.encode(), "a.kml").code == "refers_out"


def test_a_column_named_as_a_function_of_sqlite_is_only_a_name(tmp_path):
    frame = SIX.rename(columns={"namn": "load_extension"})
    frame.to_file(tmp_path / "a.gpkg")
    assert len(read_vector((tmp_path / "a.gpkg").read_bytes(), "a.gpkg").frame) == 6


def test_a_drawing_may_begin_with_remarks_longer_than_any_header():
    remark = b"999\n" + b"x" * 200 + b"\n"
    body = b"0\nSECTION\n2\nENTITIES\n0\nPOINT\n8\n0\n10\n473000\n20\n6576000\n0\nENDSEC\n0\nEOF\n"
    assert len(read_vector(remark * 40 + body, "a.dxf", epsg=3006).frame) == 1


# ---- half a file


def _parts(folder: Path, frame: gpd.GeoDataFrame = SIX) -> dict[str, bytearray]:
    frame.to_file(folder / "a.shp")
    return {e: bytearray((folder / f"a.{e}").read_bytes()) for e in ("shp", "shx", "dbf", "prj")}


def _packed(parts: dict[str, bytearray]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for ending, content in parts.items():
            archive.writestr(f"a.{ending}", bytes(content))
    return packed.getvalue()


def _cut(part: str, *, by: int):
    def change(parts: dict[str, bytearray]) -> None:
        del parts[part][-by:]

    return change


def _cut_and_told(part: str, *, by: int):
    """Shorten a part, and let its header say the shorter length."""

    def change(parts: dict[str, bytearray]) -> None:
        del parts[part][-by:]
        struct.pack_into(">i", parts[part], 24, len(parts[part]) // 2)

    return change


def _put(part: str, form: str, at: int, value: int):
    def change(parts: dict[str, bytearray]) -> None:
        struct.pack_into(form, parts[part], at, value)

    return change


HALVES = {
    "shapes cut": _cut("shp", by=300),
    "shapes cut in the header": _cut("shp", by=860),
    "index cut": _cut("shx", by=16),
    "index cut in an entry": _cut("shx", by=3),
    "table cut": _cut("dbf", by=200),
    "table with less than its header": _cut("dbf", by=540),
    "index with fewer, and says so": _cut_and_told("shx", by=16),
    "shapes with fewer, and says so": _cut_and_told("shp", by=136),
    "shapes end within one, and says so": _cut_and_told("shp", by=60),
    "a wrong length of the shapes": _put("shp", ">i", 24, 700),
    "a wrong length of the index": _put("shx", ">i", 24, 60),
    "a table that says fewer rows": _put("dbf", "<I", 4, 4),
    "a table that says more rows": _put("dbf", "<I", 4, 9),
    "a table with rows of no width": _put("dbf", "<H", 10, 0),
    "an index that points beyond": _put("shx", ">i", 100 + 8, 2**30),
    "an index that points to one twice": _put("shx", ">i", 100 + 8, 50),
    "a record of a length it has not": _put("shp", ">i", 104, 6),
    "a shape of a kind there is none": _put("shp", "<i", 108, 99),
    "a shape with more parts than corners": _put("shp", "<i", 108 + 36, 9_999_999),
}


@pytest.mark.parametrize("which", HALVES)
def test_half_a_shapefile_is_never_read_without_a_word(tmp_path, which):
    parts = _parts(tmp_path)
    HALVES[which](parts)
    assert _fault(_packed(parts), "a.zip").code in {"incomplete", "not_readable"}


def test_how_many_objects_are_lost_is_told(tmp_path):
    parts = _parts(tmp_path)
    HALVES["a table that says fewer rows"](parts)
    assert "6 objekt, men 4 går att läsa" in _said(_packed(parts), "a.zip")


def test_a_row_that_is_struck_out_is_no_loss(tmp_path):
    parts = _parts(tmp_path)
    head, _width = struct.unpack_from("<HH", parts["dbf"], 8)
    parts["dbf"][head] = ord("*")
    assert read_vector(_packed(parts), "a.zip").frame["namn"].tolist() == list("bcdef")


@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_whatever_is_cut_from_a_shapefile_it_is_all_read_or_refused(tmp_path_factory, data):
    parts = _parts(tmp_path_factory.mktemp("form"))
    part = data.draw(st.sampled_from(["shp", "shx", "dbf"]))
    del parts[part][data.draw(st.integers(0, len(parts[part]) - 2)) :]
    try:
        found = read_vector(_packed(parts), "a.zip")
    except GisFileError:
        return
    assert len(found.frame) == 6


def test_rows_without_a_place_are_told_for_an_area_and_hinder_a_layer(tmp_path):
    frame = SIX.copy()
    frame.loc[[1, 4], "geometry"] = None
    for name in ("a.gpkg", "a.geojson"):
        placed = frame if name == "a.gpkg" else frame.to_crs(4326)
        placed.to_file(tmp_path / name)
        content = (tmp_path / name).read_bytes()
        assert area_files.open_file(content, name).placeless == 2
        with pytest.raises(GisFileError) as caught:
            read_whole_here(content, name)
        assert (caught.value.code, caught.value.detail) == ("no_place", "2")
    content = _packed(_parts(tmp_path, frame))
    assert area_files.open_file(content, "a.zip").placeless == 2


def _gpkg(path: Path) -> bytes:
    SIX.to_file(path / "a.gpkg")
    return (path / "a.gpkg").read_bytes()


@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_cut_geopackage_is_refused(tmp_path, part):
    content = _gpkg(tmp_path)
    assert _fault(content[: int(len(content) * part)], "a.gpkg").code == "not_readable"


def _changed_gpkg(path: Path, *statements: str) -> bytes:
    _gpkg(path)
    connection = sqlite3.connect(path / "a.gpkg")
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='trigger'"):
        connection.execute(f'DROP TRIGGER "{name}"')
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return (path / "a.gpkg").read_bytes()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE gpkg_ogr_contents SET feature_count = 9",
        "DELETE FROM a WHERE fid > 4",
        "UPDATE a SET geom = x'00' WHERE fid = 2",
        "UPDATE a SET geom = substr(geom, 1, 60) WHERE fid = 2",
    ],
)
def test_a_geopackage_that_has_lost_rows_is_refused(tmp_path, statement):
    fault = _fault(_changed_gpkg(tmp_path, statement), "a.gpkg")
    assert fault.code in {"incomplete", "not_readable"}


def test_a_geopackage_need_not_say_how_many_rows_it_has(tmp_path):
    content = _changed_gpkg(tmp_path, "UPDATE gpkg_ogr_contents SET feature_count = NULL")
    assert len(read_vector(content, "a.gpkg").frame) == 6


def _flip(content: bytes, at: int) -> bytes:
    changed = bytearray(content)
    changed[at % len(changed)] ^= 0xFF
    return bytes(changed)


@settings(max_examples=10, deadline=None)
@given(at=st.integers(0, 10**6))
def test_a_geopackage_with_a_wrong_byte_is_all_read_or_refused(tmp_path_factory, at):
    content = _gpkg(tmp_path_factory.mktemp("form"))
    try:
        found = read_vector(_flip(content, at), "a.gpkg", epsg=3006)
    except GisFileError:
        return
    assert len(found.frame) + found.placeless == 6


@pytest.mark.parametrize("cut", [1, 3, 40, 400])
def test_a_cut_kml_document_or_drawing_is_refused(tmp_path, cut):
    document = KML.format(f"<Placemark>{POINT}</Placemark>" * 9).encode()
    assert _fault(document[:-cut], "a.kml").code == "not_readable"
    SIX[["geometry"]].to_file(tmp_path / "a.dxf", driver="DXF")
    drawing = (tmp_path / "a.dxf").read_bytes().rstrip()
    assert _fault(drawing[:-cut], "a.dxf", epsg=3006).code == "not_readable"


def test_an_object_that_gdal_leaves_out_is_told():
    track = (
        '<Placemark><gx:Track xmlns:gx="http://www.google.com/kml/ext/2.2">'
        "<gx:coord>14.5 59.3 0</gx:coord></gx:Track></Placemark>"
    )
    fault = _fault(KML.format(f"<Placemark>{POINT}</Placemark>{track}").encode(), "a.kml")
    assert (fault.code, fault.detail) == ("incomplete", "1/2")


def test_an_object_without_a_place_is_no_loss_in_kml():
    inner = f"<Folder><Placemark>{POINT}</Placemark><Placemark><name>a</name></Placemark></Folder>"
    assert len(read_vector(KML.format(inner).encode(), "a.kml").frame) == 1


@pytest.mark.parametrize(
    "more",
    [
        "<Placemark><name>Utan plats</name></Placemark>",
        "<GroundOverlay><Icon><href>karta.png</href></Icon><LatLonBox/></GroundOverlay>",
        "<Folder><name>Bilder</name><GroundOverlay/></Folder>",
    ],
)
def test_what_a_kml_document_has_beside_its_objects_is_no_loss(more):
    """GDAL counts a picture on the ground, and in some places an object without a place."""
    area = (
        "<Polygon><outerBoundaryIs><LinearRing><coordinates>14.52,59.33 14.53,59.33 14.53,59.34 "
        "14.52,59.33</coordinates></LinearRing></outerBoundaryIs></Polygon>"
    )
    document = KML.format(f"<Placemark><name>Yta</name>{area}</Placemark>{more}").encode()
    assert len(read_vector(document, "a.kml").frame) == 1


HERE = {"type": "Point", "coordinates": [14.5, 59.3]}
FEATURE = {"type": "Feature", "properties": {}, "geometry": HERE}


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"numberMatched": 40, "numberReturned": 1}, "40 objekt, men 1 går"),
        ({"totalFeatures": 2}, "2 objekt, men 1 går"),
        ({"numberReturned": 3}, "3 objekt, men 1 går"),
        ({"exceededTransferLimit": True}, "bara en del av ett större svar"),
        ({"properties": {"exceededTransferLimit": True}}, "bara en del av ett större svar"),
    ],
)
def test_a_page_of_a_longer_answer_is_not_taken_for_all(members, said):
    document = {"type": "FeatureCollection", "features": [FEATURE], **members}
    assert said in _said(json.dumps(document).encode(), "a.geojson")


@pytest.mark.parametrize("members", [{"numberMatched": 1}, {"numberMatched": "okänt"}, {}])
def test_a_whole_answer_is_read(members):
    document = {"type": "FeatureCollection", "features": [FEATURE], **members}
    assert len(read_vector(json.dumps(document).encode(), "a.geojson").frame) == 1


# ---- what it is instead


def _excel() -> bytes:
    made = io.BytesIO()
    openpyxl.Workbook().save(made)
    return made.getvalue()


OTHERS = {
    "a list as its type": ({"type": ["Feature"]}, "inte GeoJSON"),
    "topojson": ({"type": "Topology", "objects": {}, "arcs": []}, "TopoJSON"),
    "esri features": (
        {"geometryType": "esriGeometryPoint", "features": [{"attributes": {}, "geometry": {}}]},
        "Esri",
    ),
    "esri geometry": ({"rings": [], "spatialReference": {"wkid": 3006}}, "Esri"),
    "esri as a collection": (
        {"type": "FeatureCollection", "features": [{"attributes": {"a": 1}}]},
        "Esri",
    ),
    "small letters": ({"type": "featurecollection", "features": []}, "bokstäver"),
    "capitals": ({"Type": "FeatureCollection", "Features": []}, "bokstäver"),
    "capital features": ({"type": "FeatureCollection", "Features": []}, "bokstäver"),
    "a geometry in capitals": ({"type": "POLYGON", "coordinates": []}, "bokstäver"),
    "stac": ({"type": "Catalog", "stac_version": "1.0.0", "links": []}, "STAC"),
    "style": ({"version": 8, "sources": {}, "layers": []}, "hur en karta ska se ut"),
    "a service": ({"title": "a", "links": []}, "karttjänst"),
    "a fault": ({"error": {"code": 400}}, "felmeddelande"),
    "settings": ({"name": "paket", "version": "1"}, "JSON men inte GeoJSON"),
    "nothing": ({}, "JSON men inte GeoJSON"),
    "collection without features": ({"type": "FeatureCollection"}, "JSON men inte GeoJSON"),
}


@pytest.mark.parametrize("which", OTHERS)
@pytest.mark.parametrize("ending", ["geojson", "json"])
def test_json_that_is_no_geojson_is_told_what_it_is(which, ending):
    document, word = OTHERS[which]
    assert word in _said(json.dumps(document).encode(), f"a.{ending}")


def _zip_of(content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("doc.kml", content)
    return packed.getvalue()


LINES = "\n".join([json.dumps(FEATURE)] * 3).encode()
PLACE_FILES = [
    (b"[1, 2]", "a.json", "lista i JSON"),
    (LINES, "a.geojson", "på varje rad"),
    (b"\x1e" + LINES, "a.geojson", "på varje rad"),
    (b"<!DOCTYPE html><html><body>404</body></html>", "a.geojson", "webbsida"),
    (b"\n<!-- x -->\n<HTML>", "a.kml", "webbsida"),
    (b"version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "a.geojson", "Git LFS"),
    (b"version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "a.gpkg", "Git LFS"),
    (b"%PDF-1.7\n", "a.geojson", "PDF"),
    (b"%PDF-1.7\n", "a.dxf", "PDF"),
    (_excel(), "a.geojson", "kalkylark"),
    (_excel(), "a.zip", "kalkylark"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9, "a.gpkg", "kalkylark"),
    (gzip.compress(LINES), "a.geojson", "gzip"),
    (b"AC1032\0\0", "a.dxf", "DWG"),
    (b"AutoCAD Binary DXF\r\n\x1a\0", "a.dxf", "binär DXF"),
    (b"fgb\x03fgb\x00", "a.gpkg", "FlatGeobuf"),
    (b"\x89PNG\r\n", "a.zip", "bild"),
    (b"\0\0\x27\x0a" + b"\0" * 96, "a.zip", "del av en Shapefile"),
    (b'<?xml version="1.0"?><gml:FeatureCollection xmlns:gml="a"/>', "a.kml", "GML"),
    (KML.encode(), "a.geojson", "KML"),
    (json.dumps(FEATURE).encode(), "a.kml", "JSON"),
    (b"SQLite format 3\x00", "a.geojson", "GeoPackage"),
    (_zip_of(b"<kml/>"), "a.kmz", "KMZ"),
    (_excel(), "a.csv", "kalkylark"),
    (b"<!DOCTYPE html><html>", "a.csv", "webbsida"),
    (b"\0" * 40, "a.dbf", "del av en Shapefile"),
    (b"fgb\x03fgb\x00", "a.fgb", "FlatGeobuf"),
    (b"%PDF-1.7\n", "a.pdf", "PDF"),
    (b"  0\r\nSECTION\r\n  2\r\n", "a.kml", "DXF"),
    (b"0\nSECTION\n2\n", "a.csv", "DXF"),
    (b"999\nremark\n0\nSECTION\n2\n", "a.txt", "DXF"),
    (json.dumps(FEATURE, indent=1).encode(), "a.csv", "JSON"),
    (json.dumps({**FEATURE, "id": "å"}, ensure_ascii=False).encode("latin-1"), "a.json", "UTF-8"),
    (json.dumps(FEATURE).encode("utf-16"), "a.geojson", "UTF-8"),
    (KML.encode("utf-16"), "a.kml", "UTF-8"),
]


def test_what_is_loaded_whole_has_one_layer_and_others_are_told(tmp_path):
    SIX.to_file(tmp_path / "a.gpkg", layer="ett")
    SIX[:0].to_file(tmp_path / "a.gpkg", layer="tomt")
    assert len(read_whole_here((tmp_path / "a.gpkg").read_bytes(), "a.gpkg")) == len(SIX)
    SIX.to_file(tmp_path / "a.gpkg", layer="två")
    with pytest.raises(GisFileError) as caught:
        read_whole_here((tmp_path / "a.gpkg").read_bytes(), "a.gpkg")
    assert "2 lager" in file_words.say(caught.value.code, caught.value.detail)


@pytest.mark.parametrize(("content", "name", "word"), PLACE_FILES)
def test_a_file_under_another_name_is_told_what_it_is(content, name, word):
    assert word in _said(content, name)


@pytest.mark.parametrize(
    "document",
    [
        {"type": "GeometryCollection", "geometries": [HERE]},
        # an item of a register of maps is a feature too
        FEATURE | {"stac_version": "1.0.0", "links": []},
        HERE,
    ],
)
def test_whatever_is_geojson_is_read(document):
    assert len(read_vector(json.dumps(document).encode(), "a.geojson").frame) == 1


def test_several_shapefiles_in_a_zip_are_told(tmp_path):
    parts = _parts(tmp_path)
    packed = io.BytesIO(_packed(parts))
    with zipfile.ZipFile(packed, "a") as archive:
        for ending, content in parts.items():
            archive.writestr(f"b.{ending}", bytes(content))
    assert "flera Shapefiler" in _said(packed.getvalue(), "a.zip")


# ---- where it lies

KONGSBERG = (9.65, 59.67)
PLACES = {
    "Kongsberg": (KONGSBERG, "väster om", "59,67° N, 9,65° O"),
    "Tammerfors": ((23.76, 61.5), "nordost om", "61,50° N, 23,76° O"),
    "Buenos Aires": ((-58.4, -34.6), "sydväst om", "34,60° S, 58,40° V"),
}


def _square_at(place: tuple[float, float]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=[shapely.Point(place).buffer(0.003)], crs=4326)


@pytest.mark.parametrize("which", PLACES)
@pytest.mark.parametrize("ending", ["geojson", "gpkg", "kml"])
def test_a_file_abroad_that_tells_its_system_is_told_where_it_lies(tmp_path, which, ending):
    place, direction, degrees = PLACES[which]
    driver = {"geojson": "GeoJSON", "gpkg": "GPKG", "kml": "KML"}[ending]
    _square_at(place).to_file(tmp_path / f"a.{ending}", driver=driver)
    with pytest.raises(GisFileError) as caught:
        read_whole_here((tmp_path / f"a.{ending}").read_bytes(), f"a.{ending}")
    error = caught.value
    said = file_words.say(error.code, error.detail, error.place)
    assert direction in said
    assert degrees in said
    assert "Kontrollera att det är rätt fil." in said
    assert "referenssystem" not in said


@pytest.mark.parametrize("epsg", [25832, 25833, 3857, 32632, 3021, 3006, 3009])
def test_a_file_in_kongsberg_lies_there_in_whatever_system(tmp_path, epsg):
    _square_at(KONGSBERG).to_crs(epsg).to_file(tmp_path / "a.gpkg")
    with pytest.raises(GisFileError) as caught:
        read_whole_here((tmp_path / "a.gpkg").read_bytes(), "a.gpkg")
    assert caught.value.code == "elsewhere"
    assert caught.value.place == pytest.approx(KONGSBERG, abs=0.01)


def test_how_far_away_is_measured_from_the_border():
    # Kongsberg lies some 260 km from the border as the crow flies
    said = file_words.say("elsewhere", "", KONGSBERG)
    assert "omkring 270 kilometer väster om kommunens gräns" in said
    assert "mindre än en kilometer" in file_words.say_distance(400)


@pytest.mark.parametrize("epsg", [3010, 3021, 25833, 3857])
def test_a_file_here_in_a_system_that_is_not_read_is_told_so(tmp_path, epsg):
    SIX.to_crs(epsg).to_file(tmp_path / "a.gpkg")
    fault = _fault((tmp_path / "a.gpkg").read_bytes(), "a.gpkg")
    assert (fault.code, fault.detail) == ("crs_missing", str(epsg))
    assert f"EPSG:{epsg}" in file_words.say(fault.code, fault.detail, fault.place)


def test_metres_that_are_said_to_be_degrees_are_told(tmp_path):
    SIX.set_crs(4326, allow_override=True).to_file(tmp_path / "a.gpkg")
    assert "grader" in _said((tmp_path / "a.gpkg").read_bytes(), "a.gpkg")


def test_a_file_that_says_the_wrong_system_is_told_which_fits(tmp_path):
    SIX.to_crs(3009).set_crs(3006, allow_override=True).to_file(tmp_path / "a.gpkg")
    assert "SWEREF 99 15 00" in _said((tmp_path / "a.gpkg").read_bytes(), "a.gpkg")


@pytest.mark.parametrize(("really", "name"), [(4326, "WGS 84"), (3006, "SWEREF 99 TM")])
@pytest.mark.parametrize("told", [3021, 3857, 25832])
def test_a_wrong_system_that_is_not_read_is_told_too(tmp_path, really, name, told):
    """To export it from what the file says would carry the fault on."""
    SIX.to_crs(really).set_crs(told, allow_override=True).to_file(tmp_path / "a.gpkg")
    fault = _fault((tmp_path / "a.gpkg").read_bytes(), "a.gpkg")
    assert (fault.code, fault.detail) == ("told_projected", str(really))
    assert name in file_words.say(fault.code, fault.detail, fault.place)


def test_a_system_of_somebodys_own_is_not_taken_for_one_that_is_like_it(tmp_path):
    own = "+proj=tmerc +lat_0=0 +lon_0=14.5 +k=1 +x_0=150000 +y_0=0 +ellps=GRS80"
    SIX.to_crs(own).to_file(tmp_path / "a.gpkg")
    assert _fault((tmp_path / "a.gpkg").read_bytes(), "a.gpkg").code == "crs_missing"


@pytest.mark.parametrize(
    ("epsg", "name"),
    [(3006, "SWEREF 99 TM"), (3010, "SWEREF99 16 30"), (3021, "RT90 2.5 gon V")],
)
def test_a_wrong_guess_is_told_which_system_the_numbers_look_like(tmp_path, epsg, name):
    parts = _parts(tmp_path, SIX.to_crs(epsg))
    del parts["prj"]
    fault = _fault(_packed(parts), "a.zip", epsg=3009)
    assert (fault.code, fault.detail) == ("looks_projected", str(epsg))
    said = file_words.say(fault.code, fault.detail, fault.place)
    assert name in said
    assert ("inte kan läsas här" in said) == (epsg != 3006)


def test_a_file_that_lies_here_in_part_is_told_where_the_rest_lies():
    said = _said(b"lon;lat\n14.52;59.32\n-70;40\n", "a.csv")
    assert "En del av filen" in said
    assert "40,00° N, 70,00° V" in said


def test_a_guess_that_lands_elsewhere_asks_for_both_system_and_file():
    with pytest.raises(GisFileError) as caught:
        read_whole_here(b"x;y\n674000;6580000\n", "a.csv", epsg=3006)
    said = file_words.say(caught.value.code, caught.value.detail, caught.value.place)
    assert "Kontrollera både referenssystemet" in said


def test_every_fault_of_a_file_has_a_sentence_in_both_languages():
    for code in CODES:
        for spoken in ("sv", "en"):
            said = file_words.say(code, "3009", (14.5, 59.3), spoken=spoken)
            assert said, code
            assert "{" not in said
    assert file_words.say("elsewhere", place=KONGSBERG, spoken="en").endswith("the right file.")


def test_the_counts_are_taken_from_the_structure(tmp_path):
    _parts(tmp_path)
    assert gis_structure.count_shapefile(tmp_path / "a.shp") == (6, 6)
    _gpkg(tmp_path)
    assert gis_structure.count_geopackage(tmp_path / "a.gpkg", "a") == (6, 6)
    assert gis_files.DRIVERS["kml"][0] == "KML"
