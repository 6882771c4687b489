"""GIS files: each format as it was drawn, and nothing that reaches for other files or addresses."""

from __future__ import annotations

import http.server
import io
import json
import sqlite3
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from data.uploads import gis_archive, gis_files
from data.uploads.gis_files import GisFileError, read_vector

BOX = shapely.box(473_000, 6_576_000, 473_500, 6_576_500)
FRAME = gpd.GeoDataFrame(
    {"namn": ["Åby", "Öster"], "antal": [5, 7]},
    geometry=[BOX, shapely.box(474_000, 6_576_000, 474_100, 6_576_100)],
    crs="EPSG:3006",
)
CENTIMETRE = 0.01


def _gpkg(path: Path, frame: gpd.GeoDataFrame = FRAME, **options: object) -> bytes:
    frame.to_file(path / "a.gpkg", **options)
    return (path / "a.gpkg").read_bytes()


def _shapefile(path: Path, frame: gpd.GeoDataFrame = FRAME, leave_out: str = "") -> bytes:
    frame.to_file(path / "a.shp", encoding="UTF-8")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in sorted(path.glob("a.*")):
            if part.suffix != leave_out:
                archive.write(part, f"mapp/{part.name}")
    return packed.getvalue()


def _zip(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _geojson(geometry: object) -> bytes:
    return json.dumps({"type": "Feature", "properties": {}, "geometry": geometry}).encode()


def _code(content: bytes, filename: str, **options: object) -> str:
    with pytest.raises(GisFileError) as caught:
        read_vector(content, filename, **options)  # type: ignore[arg-type]
    return caught.value.code


def _made(format_: str, path: Path) -> tuple[bytes, str, dict]:
    if format_ == "gpkg":
        return _gpkg(path), "ytor.gpkg", {}
    if format_ == "sweref 99 15 00":
        return _gpkg(path, FRAME.to_crs(3009)), "ytor.GPKG", {}
    if format_ == "shapefile":
        return _shapefile(path), "ytor.zip", {}
    if format_ == "shapefile without prj":
        return _shapefile(path, leave_out=".prj"), "ytor.zip", {"epsg": 3006}
    if format_ == "kml":
        FRAME.to_crs(4326).to_file(path / "a.kml", driver="KML")
        return (path / "a.kml").read_bytes(), "ytor.kml", {}
    if format_ == "dxf":
        FRAME[["geometry"]].to_file(path / "a.dxf", driver="DXF")
        return (path / "a.dxf").read_bytes(), "ytor.dxf", {"epsg": 3006}
    FRAME.to_crs(4326).to_file(path / "a.geojson", driver="GeoJSON", COORDINATE_PRECISION=9)
    return (path / "a.geojson").read_bytes(), "ytor.geojson", {}


FORMATS = ["gpkg", "sweref 99 15 00", "shapefile", "shapefile without prj", "kml", "dxf", "geojson"]


@pytest.mark.parametrize("format_", FORMATS)
def test_each_format_comes_back_to_the_centimetre(tmp_path, format_):
    content, filename, options = _made(format_, tmp_path)
    found = read_vector(content, filename, **options)
    assert len(found.frame) == 2
    assert found.frame.crs == "EPSG:3006"
    for ours, theirs in zip(found.frame.geometry, FRAME.geometry, strict=True):
        assert ours.hausdorff_distance(theirs) < CENTIMETRE


@pytest.mark.parametrize("format_", ["gpkg", "shapefile", "geojson"])
def test_columns_keep_swedish_letters_and_numbers(tmp_path, format_):
    content, filename, options = _made(format_, tmp_path)
    frame = read_vector(content, filename, **options).frame
    assert list(frame["namn"]) == ["Åby", "Öster"]
    assert frame["antal"].sum() == 12


def test_a_layer_can_be_chosen(tmp_path):
    FRAME.iloc[:1].to_file(tmp_path / "a.gpkg", layer="ett")
    content = _gpkg(tmp_path, FRAME.iloc[1:], layer="två")
    assert read_vector(content, "a.gpkg").layers == ("ett", "två")
    assert read_vector(content, "a.gpkg", layer="två").frame["namn"].tolist() == ["Öster"]
    assert _code(content, "a.gpkg", layer="tre") == "no_features"


@pytest.mark.parametrize(
    ("content", "options"),
    [
        ("x;y;antal\n473000;6576000;5,5\n", {"epsg": 3006}),
        ("\ufeffE,N,antal\n473000.0,6576000.0,5.5\n", {"epsg": 3006}),
        ("östlig\tnordlig\tantal\n473 000\t6 576 000\t5,5\n", {"epsg": 3006}),
        ("ruta;antal\n4730006576000;5.5\n", {}),
        ("lon,lat,antal\n14.52462,59.32085,5.5\n", {}),
    ],
)
def test_tables_with_coordinates_are_points(content, options):
    found = read_vector(content.encode(), "rutor.csv", **options)
    assert found.frame.geometry[0].distance(shapely.Point(473_000, 6_576_000)) < 2_000
    assert found.frame["antal"].tolist() == [5.5]


def test_a_table_in_the_old_letters_of_windows_is_read():
    content = "x;y;område\n473000;6576000;Åby\n".encode("cp1252")
    assert read_vector(content, "a.csv", epsg=3006).frame["område"].tolist() == ["Åby"]


NAN = b'{"type":"Polygon","coordinates":[[[14.5,59.3],[14.6,NaN],[14.6,59.4],[14.5,59.3]]]}'
ICON = (
    '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Style><IconStyle><Icon>'
    "<href>{}/pin.png</href></Icon></IconStyle></Style><Placemark><Point>"
    "<coordinates>14.5,59.3</coordinates></Point></Placemark></Document></kml>"
)
FAR = {"type": "Point", "coordinates": [14.5, 59.3]}


@pytest.mark.parametrize(
    ("content", "filename", "code"),
    [
        (b"", "a.geojson", "empty"),
        (b"  \n", "a.gpkg", "empty"),
        (b"x" * (gis_files.SIZE_MAX_BYTES + 1), "a.gpkg", "too_large"),
        (b"{}", "a.vrt", "not_supported"),
        (b"{}", "ingen", "not_supported"),
        (b"nonsense", "a.gpkg", "not_supported"),
        (b"nonsense", "a.zip", "not_supported"),
        (b"nonsense", "a.kml", "not_supported"),
        (b"nonsense", "a.dxf", "not_supported"),
        (b"PK\x03\x04nonsense", "a.zip", "not_readable"),
        (b"{", "a.geojson", "not_readable"),
        (b"[" * 100_000, "a.geojson", "not_supported"),
        (b'{"a":' + b"[" * 100_000, "a.geojson", "not_readable"),
        (b"<html></html>", "a.kml", "not_supported"),
        ('<kml a="\u0141">'.encode("utf-16-le"), "a.kml", "not_supported"),
        (b"x;y\n" + b"\n" * 1_000_000, "a.csv", "too_many_features"),
        (b";".join(b"%d" % n for n in range(1000)), "a.csv", "too_large"),
        (b'{"type":"FeatureCollection","features":[]}', "a.json", "no_features"),
        (_geojson(None), "a.geojson", "no_features"),
        (NAN, "a.geojson", "not_finite"),
        (NAN.replace(b"NaN", b"1e999"), "a.geojson", "not_finite"),
        (_geojson({"type": "Point", "coordinates": ["14", "59"]}), "a.json", "not_readable"),
        (_geojson({"type": "Point", "coordinates": [59.3, 14.5]}), "a.json", "looks_swapped"),
        (_geojson({"type": "Point", "coordinates": [473e3, 6576e3]}), "a.json", "looks_projected"),
        (b"a;b\n1;2\n", "a.csv", "no_features"),
        (b"x;y\n473000;6576000\n", "a.csv", "crs_missing"),
        (b"x;y\n473000;inget\n", "a.csv", "not_finite"),
        (b"x;y\n1;2;3\n", "a.csv", "not_readable"),
        (b"ruta;antal\n47;5\n", "a.csv", "not_finite"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_reason(content, filename, code):
    assert _code(content, filename) == code


def test_too_many_corners_or_rows_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(gis_files, "VERTICES_MAX", 9)
    assert _code(_gpkg(tmp_path), "a.gpkg") == "too_many_vertices"
    monkeypatch.setattr(gis_files, "FEATURES_MAX", 1)
    assert _code(_gpkg(tmp_path), "a.gpkg") == "too_many_features"


def test_a_system_that_the_file_does_not_tell_is_asked_for(tmp_path):
    assert _code(_shapefile(tmp_path, leave_out=".prj"), "a.zip") == "crs_missing"
    other = FRAME.to_crs(3857)
    assert _code(_gpkg(tmp_path, other), "b.gpkg") == "crs_missing"


def test_the_system_that_a_file_tells_is_taken_whatever_is_given(tmp_path):
    found = read_vector(_gpkg(tmp_path, FRAME.to_crs(3009)), "a.gpkg", epsg=3006)
    assert found.epsg == 3009
    assert found.frame.geometry[0].hausdorff_distance(BOX) < CENTIMETRE
    assert _code(_gpkg(tmp_path, FRAME.to_crs(3857)), "b.gpkg", epsg=3006) == "crs_missing"
    assert read_vector(b"lon,lat\n14.5,59.3\n", "a.csv", epsg=3006).epsg == 4326


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:EPSG::3006", "EPSG:3006"])
def test_geojson_from_a_gis_program_may_be_in_metres(name):
    document = json.loads(FRAME.to_json()) | {"crs": {"type": "name", "properties": {"name": name}}}
    found = read_vector(json.dumps(document).encode(), "a.geojson")
    assert found.epsg == 3006
    assert found.frame.geometry[0].hausdorff_distance(BOX) < CENTIMETRE


@pytest.mark.parametrize(
    ("system", "code"),
    [("EPSG:3857", "told_projected"), ("nonsense", "crs_missing"), (None, "crs_missing")],
)
def test_geojson_in_another_system_is_not_taken_for_degrees(system, code):
    document = {"type": "Point", "coordinates": [14.5, 59.3]}
    document["crs"] = {"type": "name", "properties": {"name": system}}
    assert _code(json.dumps(document).encode(), "a.geojson") == code


@pytest.mark.parametrize(
    ("x", "y", "epsg"),
    [
        (123_000, 6_576_000, 3006),  # SWEREF 99 15 00 read as SWEREF 99 TM
        (473_000, 6_576_000, 3009),
        (1_616_000, 8_255_000, 3006),  # Web Mercator
        (1e300, 1e300, 3006),
        (0, 0, 3006),
        (0, 0, 4326),
    ],
)
def test_coordinates_of_another_system_are_not_placed_silently(x, y, epsg):
    assert _code(f"x;y\n{x};{y}\n".encode(), "a.csv", epsg=epsg) == "looks_projected"


def test_the_place_of_what_lies_outside_sweden_is_told():
    content = b"lon;lat\n14.5;59.3\n-70;40\n"
    with pytest.raises(GisFileError) as caught:
        read_vector(content, "a.csv")
    assert caught.value.code == "partly_elsewhere"
    assert caught.value.place == pytest.approx((-70, 40), abs=0.01)


def test_properties_become_simple_values():
    properties = {"a": {"b": [1]}, "c": 10**30, "d": "half \ud800", "geometry": 1, "kod": "0180"}
    feature = {"type": "Feature", "properties": properties, "geometry": FAR}
    frame = read_vector(json.dumps(feature).encode(), "a.geojson").frame
    assert frame["a"].tolist() == ['{"b": [1]}']
    assert frame["c"].tolist() == [1e30]
    assert frame["d"].tolist() == ["half ?"]
    assert frame["kod"].tolist() == ["0180"]
    assert frame.geometry.geom_type.tolist() == ["Point"]


def test_features_that_share_no_property_do_not_fill_the_memory():
    rows = [{"type": "Feature", "properties": {f"k{n}": 1}, "geometry": FAR} for n in range(3000)]
    document = json.dumps({"type": "FeatureCollection", "features": rows}).encode()
    assert _code(document, "a.geojson") == "too_large"


def test_a_code_in_a_table_keeps_its_first_zero():
    frame = read_vector(b"x;y;kod\n473000;6576000;0180\n", "a.csv", epsg=3006).frame
    assert frame["kod"].tolist() == ["0180"]


def test_north_and_east_that_changed_places_are_told(tmp_path):
    turned = FRAME.set_geometry(shapely.transform(FRAME.geometry, lambda xy: xy[:, ::-1]))
    assert _code(_gpkg(tmp_path, turned), "a.gpkg") == "looks_swapped"


def test_invalid_rings_come_as_they_are(tmp_path):
    bow_tie = shapely.Polygon([(473e3, 6576e3), (474e3, 6577e3), (474e3, 6576e3), (473e3, 6577e3)])
    frame = gpd.GeoDataFrame(geometry=[bow_tie], crs="EPSG:3006")
    assert not read_vector(_gpkg(tmp_path, frame), "a.gpkg").frame.geometry[0].is_valid


def _corpus() -> dict[str, tuple[bytes, str]]:
    real = {"a.shp": b"x", "a.shx": b"x", "a.dbf": b"x"}
    link = zipfile.ZipInfo("a.shp")
    link.external_attr = 0o120777 << 16
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("a.shx", "x")
        archive.writestr("a.dbf", "x")
    return {
        "bomb": (_zip(**(real | {"a.dbf": b"\0" * 150_000_000})), "zip_too_large"),
        "parent": (_zip(**(real | {"../../b.txt": b"x"})), "zip_unsafe"),
        "absolute": (_zip(**(real | {"/etc/b.txt": b"x"})), "zip_unsafe"),
        "drive": (_zip(**(real | {"C:b.txt": b"x"})), "zip_unsafe"),
        "link": (packed.getvalue(), "zip_unsafe"),
        "zip in zip": (_zip(**(real | {"b.zip": _zip(a=b"x")})), "zip_unsafe"),
        "many": (_zip(**(real | {f"{n}.txt": b"x" for n in range(1000)})), "zip_unsafe"),
        "none": (_zip(**{"las.mig": b"x"}), "zip_no_shapefile"),
        "two": (_zip(**(real | {"b.shp": b"x"})), "zip_no_shapefile"),
        "half": (_zip(**{"a.shp": b"x", "a.dbf": b"x"}), "zip_no_shapefile"),
        "nonsense": (_zip(**real), "not_readable"),
    }


CORPUS = _corpus()


@pytest.mark.parametrize("which", CORPUS)
def test_a_zip_that_is_not_one_shapefile_is_refused(which):
    content, code = CORPUS[which]
    assert _code(content, "a.zip") == code


def test_a_header_that_lies_about_the_size_is_not_believed(tmp_path):
    content = _zip(**{"a.shp": b"\0" * 30_000_000, "a.shx": b"x", "a.dbf": b"x"})
    lie = content.replace((30_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lie != content
    assert _code(lie, "a.zip") in {"not_readable", "zip_too_large"}


def test_a_zip_with_broken_bytes_is_not_readable(tmp_path):
    content = bytearray(_shapefile(tmp_path))
    start = content.find(b"a.dbf") + len("a.dbf")
    for at in range(start + 30, start + 60):
        content[at] ^= 0xFF
    assert _code(bytes(content), "a.zip") == "not_readable"


def test_a_zip_from_a_mac_is_one_shapefile(tmp_path):
    packed = io.BytesIO(_shapefile(tmp_path))
    with zipfile.ZipFile(packed, "a") as archive:
        for ending in ("shp", "shx", "dbf"):
            archive.writestr(f"__MACOSX/mapp/._a.{ending}", b"\0\5\x16\7")
    assert len(read_vector(packed.getvalue(), "a.zip").frame) == 2


def test_nothing_in_a_zip_is_written_outside_its_folder(tmp_path):
    folder = tmp_path / "inne"
    folder.mkdir()
    content = _zip(**{"d/a.shp": b"1", "d/a.shx": b"2", "d/a.dbf": b"3", "d/evil.py": b"4"})
    gis_archive.unpack(content, folder)
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == [
        "lager.dbf",
        "lager.shp",
        "lager.shx",
    ]


@pytest.fixture
def canary() -> Iterator[tuple[str, list[str]]]:
    """Return the address of a server that notes every call."""
    called: list[str] = []

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            called.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", called
    server.shutdown()
    server.server_close()


def _reaching(url: str, secret: Path) -> dict[str, bytes]:
    """Return documents that make GDAL read another file or call an address."""
    source = "<OGRVRTLayer name='a'><SrcDataSource>{}</SrcDataSource></OGRVRTLayer>"
    return {
        "vrt file": f"<OGRVRTDataSource>{source.format(secret)}</OGRVRTDataSource>".encode(),
        "vrt url": (
            f"<OGRVRTDataSource>{source.format('/vsicurl/' + url)}</OGRVRTDataSource>"
        ).encode(),
        "gml": (
            f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "{url}/e">]><gml>&b;</gml>'
        ).encode(),
        "wfs": f"<OGRWFSDataSource><URL>{url}/wfs</URL></OGRWFSDataSource>".encode(),
        "gdalg": json.dumps(
            {
                "type": "gdal_streamed_alg",
                "command_line": f"gdal vector pipeline ! read /vsicurl/{url}/g",
            }
        ).encode(),
        "oapif": json.dumps({"links": [{"href": f"{url}/collections", "rel": "data"}]}).encode(),
        "network link": (
            f"<kml><NetworkLink><Link><href>{url}/k</href></Link></NetworkLink></kml>"
        ).encode(),
        "entity": f'<!DOCTYPE kml [<!ENTITY x SYSTEM "{secret}">]><kml>&x;</kml>'.encode(),
    }


@pytest.mark.parametrize("ending", ["geojson", "gpkg", "zip", "kml", "dxf", "csv"])
def test_no_document_reads_another_file_or_calls_an_address(tmp_path, canary, ending):
    url, called = canary
    secret = tmp_path / "hemligt.geojson"
    secret.write_bytes(_geojson(FAR))
    for content in _reaching(url, secret).values():
        with pytest.raises(GisFileError):
            read_vector(content, f"a.{ending}", epsg=4326)
    assert called == []


def test_the_picture_of_a_pin_is_not_fetched(canary):
    url, called = canary
    assert len(read_vector(ICON.format(url).encode(), "a.kml").frame) == 1
    assert called == []


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("CREATE VIEW v AS SELECT * FROM gpkg_contents", "refers_out"),
        ("CREATE VIRTUAL TABLE t USING fts5(a)", "refers_out"),
        ("CREATE VIRTUAL TABLE t USING fts5(a /* using rtree */)", "refers_out"),
        ("CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM a; END", "refers_out"),
        ("DROP TABLE gpkg_contents", "not_supported"),
        ("PRAGMA application_id = 1", "not_supported"),
    ],
)
def test_a_geopackage_that_is_more_than_one_is_refused(tmp_path, statement, code):
    _gpkg(tmp_path)
    connection = sqlite3.connect(tmp_path / "a.gpkg")
    # the file's own triggers call functions that only GDAL has
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='trigger'"):
        connection.execute(f'DROP TRIGGER "{name}"')
    connection.execute(statement)
    connection.commit()
    connection.close()
    assert _code((tmp_path / "a.gpkg").read_bytes(), "a.gpkg") == code


def test_the_other_process_knows_no_setting_or_secret(monkeypatch, tmp_path):
    monkeypatch.setenv("DIALOG_SECRET", "hemligt")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    known = gis_files.worker_environment(tmp_path, "GPKG")
    assert not {"DIALOG_SECRET", "HTTPS_PROXY"} & set(known)
    skipped = set(known["GDAL_SKIP"].split(","))
    assert {"OGR_VRT", "GML", "WFS", "OAPIF", "GDALG", "LIBKML", "KML"} <= skipped
    assert "GPKG" not in skipped


NETWORK = """
import os, runpy, sys
before = os.readlink("/proc/self/ns/net")
runpy.run_path(sys.argv[1])["_limit"]()
print(os.readlink("/proc/self/ns/net") != before)
"""


@pytest.mark.skipif(not Path("/proc/self/ns/net").exists(), reason="only Linux has these walls")
def test_the_other_process_gives_up_the_network_where_it_may():
    may = subprocess.run(["unshare", "--user", "--net", "true"], capture_output=True, check=False)
    if may.returncode:
        pytest.skip("this machine does not let a process give up the network")
    command = [sys.executable, "-I", "-c", NETWORK, str(gis_files.WORKER)]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "True"


ANSWER = {"layer": "a", "layers": ["a"], "epsg": 3006, "columns": {"b": [1]}, "wkb": [BOX.wkb_hex]}
WILD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


@settings(max_examples=200)
@given(name=st.sampled_from([*ANSWER, "fault"]), value=WILD)
def test_what_the_other_process_answers_is_not_believed(name: str, value: object):
    try:
        found = gis_files._understood(json.dumps(ANSWER | {name: value}).encode())
    except GisFileError:
        return
    assert len(found.frame) == 1


@pytest.mark.parametrize("answer", [b"", b"[]", b"{}", b'{"fault": "evil"}', b"[" * 100_000])
def test_a_broken_answer_is_not_readable(answer):
    with pytest.raises(GisFileError) as caught:
        gis_files._understood(answer)
    assert caught.value.code == "not_readable"


def test_nothing_is_left_behind(tmp_path, monkeypatch):
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    read_vector(_gpkg(tmp_path), "a.gpkg")
    _code(CORPUS["bomb"][0], "a.zip")
    _code(b"SQLite format 3\x00nonsense", "a.gpkg")
    assert list(folder.iterdir()) == []


@settings(max_examples=200)
@given(content=st.binary(min_size=1, max_size=300), ending=st.sampled_from(["json", "csv"]))
def test_wild_bytes_give_a_reason_and_nothing_else(content: bytes, ending: str):
    try:
        found = read_vector(content, f"a.{ending}", epsg=3006)
    except GisFileError:
        return
    assert len(found.frame)


@settings(max_examples=12)
@given(
    noise=st.binary(max_size=400),
    start=st.sampled_from(
        [("gpkg", b"SQLite format 3\x00"), ("kml", b"<kml>"), ("dxf", b"0\nSECTION\n")]
    ),
)
def test_wild_bytes_after_the_right_beginning_give_a_reason(noise: bytes, start: tuple[str, bytes]):
    ending, magic = start
    with pytest.raises(GisFileError):
        read_vector(magic + noise, f"a.{ending}", epsg=3006)
