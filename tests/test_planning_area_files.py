"""An area from a file: what is mended is told, what is wrong is refused, nothing stays on disk."""

from __future__ import annotations

import io
import json
import pickle
import struct
import tempfile
import zipfile
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely

from data.geodata import layers
from data.planning import area_choice, area_files
from data.planning.area_files import AROUND, RINGS, SURFACES
from data.uploads.gis_faults import GisFileError
from geo import crs, mending
from geo.areas import AreaError

SQUARE = shapely.box(473_000, 6_576_000, 473_500, 6_576_500)
HOLED = shapely.box(474_000, 6_576_000, 474_400, 6_576_400).difference(
    shapely.box(474_100, 6_576_100, 474_200, 6_576_200)
)
FRAME = gpd.GeoDataFrame(
    {"kod": ["1", "2"], "namn": ["Åby", "Öster"]}, geometry=[SQUARE, HOLED], crs="EPSG:3006"
)
ROAD = shapely.LineString([(473_000, 6_576_000), (473_800, 6_576_000)])


def _gpkg(path: Path, frame: gpd.GeoDataFrame = FRAME, **options: object) -> bytes:
    frame.to_file(path / "a.gpkg", **options)
    return (path / "a.gpkg").read_bytes()


def _geojson(geometry: object) -> bytes:
    return json.dumps({"type": "Feature", "properties": {}, "geometry": geometry}).encode()


def _in_degrees(shape: shapely.Geometry) -> list:
    return [list(point) for point in shapely.get_coordinates(crs.geometry_to_degrees(shape))]


def _made(content: bytes, filename: str, mode: str = SURFACES, **options: object):
    kept = area_files.open_file(content, filename)
    placed = area_files.place(kept, **options)  # type: ignore[arg-type]
    shapes = placed.geometries()
    chosen = [shapes[n] for n in area_files.modes(shapes)[mode]]
    area, told = area_files.make(chosen, mode, 50)
    return area, [one.kind for one in [*placed.mendings, *told]]


def _code(call, *arguments: object, **options: object) -> str:
    with pytest.raises((GisFileError, AreaError)) as caught:
        call(*arguments, **options)
    return caught.value.code


def test_parts_and_holes_survive_and_rows_have_their_names(tmp_path):
    content = _gpkg(tmp_path)
    area, told = _made(content, "a.gpkg")
    assert area.area == pytest.approx(FRAME.geometry.area.sum())
    assert shapely.get_num_interior_rings(shapely.get_parts(area)).sum() == 1
    assert told == []
    assert area_files.open_file(content, "a.gpkg").labels == ("Åby", "Öster")


def test_what_a_session_keeps_is_plain(tmp_path):
    kept = area_files.open_file(_gpkg(tmp_path), "a.gpkg")
    assert pickle.loads(pickle.dumps(kept)) == kept
    placed = area_files.place(kept)
    assert pickle.loads(pickle.dumps(placed)) == placed


def test_a_table_of_styles_is_no_layer_and_an_empty_layer_is_passed_over(tmp_path):
    FRAME.iloc[:0].to_file(tmp_path / "a.gpkg", layer="tom")
    styles = pd.DataFrame({"stil": ["x"]})
    pyogrio.write_dataframe(styles, tmp_path / "a.gpkg", layer="layer_styles", append=False)
    kept = area_files.open_file(_gpkg(tmp_path, layer="ytor"), "a.gpkg")
    assert (kept.layer, kept.layers) == ("ytor", ("tom", "ytor"))
    assert _code(area_files.open_file, _gpkg(tmp_path, layer="ytor"), "a.gpkg", "tom") == (
        "no_features"
    )


def test_an_open_ring_in_geojson_is_closed_and_told():
    ring = _in_degrees(SQUARE)[:-1]
    for geometry in (
        {"type": "Polygon", "coordinates": [ring]},
        {"type": "MultiPolygon", "coordinates": [[ring]]},
        {
            "type": "GeometryCollection",
            "geometries": [{"type": "Polygon", "coordinates": [ring]}] * 2,
        },
    ):
        area, told = _made(_geojson(geometry), "a.geojson")
        assert area.symmetric_difference(SQUARE).area < 1
        assert mending.UNCLOSED in told


def test_an_open_ring_in_a_geopackage_is_closed_and_told(tmp_path):
    content = _gpkg(tmp_path, FRAME.iloc[:1], SPATIAL_INDEX="NO")
    # the last corner of the ring is moved, so that the ring does not come back to its beginning
    corner = struct.pack("<dd", *shapely.get_coordinates(SQUARE)[-1])
    at = content.rfind(corner)
    assert at > content.find(corner) > 0
    other = struct.pack("<dd", 473_100.0, 6_576_000.0)
    area, told = _made(content[:at] + other + content[at + 16 :], "a.gpkg")
    assert mending.UNCLOSED in told
    assert area.area == pytest.approx(SQUARE.area, rel=0.2)


def test_a_ring_that_crosses_itself_is_refused_with_its_place(tmp_path):
    bow_tie = shapely.Polygon([(473e3, 6576e3), (474e3, 6577e3), (474e3, 6576e3), (473e3, 6577e3)])
    content = _gpkg(tmp_path, gpd.GeoDataFrame(geometry=[bow_tie], crs=3006))
    with pytest.raises(AreaError) as caught:
        _made(content, "a.gpkg")
    assert caught.value.code == "invalid_ring"
    middle = crs.point_to_degrees(473_500, 6_576_500)
    assert caught.value.place == pytest.approx(middle, abs=1e-4)


@pytest.mark.parametrize("mode", [RINGS, AROUND])
def test_a_drawing_of_lines_becomes_an_area(tmp_path, mode):
    border = shapely.LineString(shapely.get_coordinates(SQUARE))
    gpd.GeoDataFrame(geometry=[border, ROAD], crs=3006).to_file(tmp_path / "a.dxf", driver="DXF")
    content = (tmp_path / "a.dxf").read_bytes()
    kept = area_files.open_file(content, "a.dxf")
    assert kept.epsg is None
    assert _code(area_files.place, kept) == "crs_missing"
    area, _told = _made(content, "a.dxf", mode, epsg=3006)
    expected = SQUARE if mode == RINGS else shapely.union(border, ROAD).buffer(50)
    assert area.symmetric_difference(expected).area < 0.02 * expected.area


def test_nothing_but_points_and_lines_offers_no_surfaces(tmp_path):
    content = _gpkg(tmp_path, gpd.GeoDataFrame(geometry=[ROAD], crs=3006))
    shapes = area_files.place(area_files.open_file(content, "a.gpkg")).geometries()
    assert area_files.modes(shapes) == {AROUND: (0,)}


def test_axes_change_places_only_when_a_person_says_so():
    turned = [point[::-1] for point in _in_degrees(SQUARE)]
    content = _geojson({"type": "Polygon", "coordinates": [turned]})
    kept = area_files.open_file(content, "a.json")
    assert _code(area_files.place, kept) == "looks_swapped"
    area, _told = _made(content, "a.json", swapped=True)
    assert area.symmetric_difference(SQUARE).area < 1


def test_metres_without_a_system_can_be_placed_by_a_person():
    points = [list(point) for point in shapely.get_coordinates(SQUARE)]
    kept = area_files.open_file(_geojson({"type": "Polygon", "coordinates": [points]}), "a.json")
    assert not area_files.fits(kept, 4326)
    assert area_files.where(kept, 4326) is None
    assert not area_choice.is_away(list(area_files.where(kept, 3006)))
    assert area_choice.is_away(list(area_files.where(kept, 3009)))
    assert area_files.place(kept, epsg=3006).epsg == 3006


def test_a_file_from_elsewhere_is_known_as_such(tmp_path):
    away = gpd.GeoDataFrame(geometry=[shapely.box(512e3, 6570e3, 513e3, 6571e3)], crs=3006)
    content = _gpkg(tmp_path, away)
    shapes = area_files.place(area_files.open_file(content, "a.gpkg")).geometries()
    assert area_choice.is_away(shapes)
    away = area_choice.away_from(area_choice.middle_of(shapes))
    assert 20_000 < away.metres < 60_000
    assert away.direction == 2, "eighths of a turn from north: east"
    assert _code(_made, content, "a.gpkg") == "outside"


def _zip(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


HOSTILE = [
    (b"", "a.gpkg", "empty"),
    (b"x" * 20_000_001, "a.gpkg", "too_large"),
    (b"%PDF-1.7", "plan.pdf", "not_supported"),
    (b"%PDF-1.7", "plan.gpkg", "not_supported"),
    (b"x;y\n473000;6576000\n", "a.csv", "not_supported"),
    (b"{}", "../../a", "not_supported"),
    (b'{"type":"FeatureCollection","features":[]}', "a.geojson", "no_features"),
    (_zip(**{"../a.shp": b"x"}), "a.zip", "zip_unsafe"),
    (_zip(**{"a.shp": b"\0" * 60_000_000, "a.shx": b"", "a.dbf": b""}), "a.zip", "zip_too_large"),
    (b"<kml><NetworkLink/></kml>", "a.kml", "refers_out"),
    (b'<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]><kml/>', "a.kml", "refers_out"),
    (b"0\nSECTION\n2\nENTITIES\n0\nENDSEC\n0\nEOF\n", "a.dxf", "no_features"),
    (b"SQLite format 3\x00" + b"\0" * 200, "a.gpkg", "not_supported"),
    (_geojson({"type": "Polygon", "coordinates": [[[14.5, 59.3]] * 2]}), "a.json", "not_readable"),
    (_geojson({"type": "Polygon", "coordinates": [[14.5, 59.3]]}), "a.json", "not_readable"),
    (_geojson({"type": "Polygon", "coordinates": "x"}), "a.json", "not_readable"),
]


@pytest.mark.parametrize(("content", "filename", "code"), HOSTILE)
def test_a_hostile_file_is_refused_and_leaves_nothing_behind(
    tmp_path, monkeypatch, content, filename, code
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert _code(area_files.open_file, content, filename) == code
    assert list(tmp_path.iterdir()) == []


def test_a_good_file_leaves_nothing_behind_either(tmp_path, monkeypatch):
    content = _gpkg(tmp_path)
    empty = tmp_path / "tom"
    empty.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(empty))
    area_files.open_file(content, "a.gpkg")
    assert list(empty.iterdir()) == []


def test_a_whole_register_is_not_an_area(tmp_path, monkeypatch):
    monkeypatch.setattr(area_files, "SHAPES_MAX", 1)
    assert _code(area_files.open_file, _gpkg(tmp_path), "a.gpkg") == "too_many_features"


def test_neighbourhoods_are_put_together():
    codes = list(layers.frame(layers.VALDISTRIKT).index[:2])
    area = area_choice.from_neighbourhoods(layers.VALDISTRIKT, codes)
    whole = layers.frame(layers.VALDISTRIKT).geometry[codes].area.sum()
    assert area.area == pytest.approx(whole, rel=1e-3)
    names = list(layers.frame(layers.VALDISTRIKT)["name"][codes])
    assert sorted(area_choice.neighbourhoods_of(area)) == sorted(names)
    assert _code(area_choice.from_neighbourhoods, layers.DESO, ["x"]) == "no_polygons"


def test_the_whole_municipality_may_be_an_area():
    assert area_choice.accept(layers.municipality()).area == layers.municipality().area
