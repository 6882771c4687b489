"""Choosing an area, on a page of its own: four ways, told in words, and nothing without a yes."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from streamlit import config
from streamlit.testing.v1 import AppTest

from data.models import Staff
from data.planning import area_choice, area_files
from data.uploads import gis_process
from geo import crs
from pages.planera import area_words
from pages.shared.session import signed_in
from tests.page_kit import _PICKLED, words

pytestmark = pytest.mark.usefixtures("empty_store")
PAGE = Path(__file__).with_name("area_page.py")
PLANNER = Staff("Planerare", frozenset({"planner"}))
SQUARE = shapely.box(473_000, 6_576_000, 473_500, 6_576_500)
NAMES = ["Skolan {{7*7}}", "Parken *x* :smile:"]
FRAME = gpd.GeoDataFrame(
    {"namn": NAMES}, geometry=[SQUARE, shapely.box(474e3, 6576e3, 474.4e3, 6576.4e3)], crs=3006
)


@pytest.fixture
def page(monkeypatch) -> AppTest:
    monkeypatch.setattr(signed_in, "staff", lambda: PLANNER)
    config.set_option(_PICKLED, False)
    return AppTest.from_file(str(PAGE), default_timeout=60).run()


def _held(shown: AppTest) -> AppTest:
    assert not shown.exception, shown.exception
    return shown


def _way(shown: AppTest, way: str) -> AppTest:
    return _held(shown.segmented_control[0].set_value(way).run())


def _upload(shown: AppTest, name: str, content: bytes) -> AppTest:
    shown = _way(shown, "fil")
    return _held(shown.file_uploader[0].set_value((name, content, "application/x")).run())


def _press(shown: AppTest, label: str) -> AppTest:
    return _held(next(b for b in shown.button if b.label == label).click().run())


def _type_corners(shown: AppTest, text: str) -> AppTest:
    shown.text_area[0].set_value(text)
    return _press(shown, "Lägg till hörnen")


def _labels(shown: AppTest) -> list[str]:
    return [button.label for button in shown.button]


def _kept(shown: AppTest) -> shapely.Geometry | None:
    if "omrade" not in shown.session_state:
        return None
    return shapely.from_wkb(shown.session_state["omrade"])


def _all_words(shown: AppTest) -> str:
    return words(shown) + "\n" + "\n".join(str(one.value) for one in shown.warning)


def _gpkg(path: Path, frame: gpd.GeoDataFrame = FRAME, **options: object) -> bytes:
    frame.to_file(path / "a.gpkg", **options)
    return (path / "a.gpkg").read_bytes()


def _geojson(shape: shapely.Geometry, *, turned: bool = False) -> bytes:
    points = [list(p) for p in shapely.get_coordinates(crs.geometry_to_degrees(shape))]
    geometry = {"type": "Polygon", "coordinates": [[p[::-1] if turned else p for p in points]]}
    return json.dumps(geometry).encode()


def test_nothing_is_asked_before_a_way_is_chosen(page):
    assert "Förslaget har inget område än." in words(page)
    assert not page.file_uploader
    assert not page.text_input


def test_a_layer_and_a_shape_are_chosen_and_used_only_after_a_yes(page, tmp_path):
    gpd.GeoDataFrame({"namn": ["Väg"]}, geometry=[SQUARE], crs=3006).to_file(
        tmp_path / "a.gpkg", layer="vagar"
    )
    shown = _upload(page, "plan.gpkg", _gpkg(tmp_path, layer="ytor"))
    layer = next(box for box in shown.selectbox if box.label == "Lager i filen")
    shown = _held(layer.set_value("ytor").run())
    boxes = [box.label for box in shown.checkbox]
    assert boxes == ["Skolan {{7\\*7}} – 25,0 hektar", "Parken \\*x\\* \\:smile: – 16,0 hektar"]
    shown = _held(shown.checkbox[1].uncheck().run())
    assert "1 av 2 är vald." in words(shown)
    assert _kept(shown) is None
    shown = _press(shown, "Använd området")
    assert _kept(shown).equals(SQUARE)
    assert shown.session_state["kalla"] == "fil plan.gpkg, lager ytor, 1 yta"
    assert "Området är valt." in words(shown), "there was none to change"
    assert "Området är 25,0 hektar." in words(shown)
    assert not shown.file_uploader, "what was chosen is forgotten"


def test_another_area_in_its_place_is_told_as_a_change(page):
    shown = _press(_upload(page, "a.geojson", _geojson(SQUARE)), "Använd området")
    assert "Området är valt." in words(shown)
    shown = _upload(shown, "b.geojson", _geojson(SQUARE.buffer(50)))
    shown = _press(shown, "Använd området")
    assert "Området är bytt." in words(shown)
    assert "Området är valt." not in words(shown)


def test_an_empty_layer_can_be_left_again(page, tmp_path):
    FRAME.iloc[:0].to_file(tmp_path / "a.gpkg", layer="tom")
    shown = _upload(page, "a.gpkg", _gpkg(tmp_path, layer="ytor"))
    shown = _held(shown.selectbox[0].set_value("tom").run())
    assert area_words.say_fault("no_features") in [error.value for error in shown.error]
    shown = _held(shown.selectbox[0].set_value("ytor").run())
    assert "Använd området" in _labels(shown)


def test_what_could_not_be_saved_stays_to_be_tried_again(page):
    shown = _upload(page, "a.geojson", _geojson(SQUARE))
    shown.session_state["vagra"] = True
    shown = _press(shown, "Använd området")
    assert "Området är valt." not in words(shown)
    assert "Använd området" in _labels(shown)


def test_a_mending_is_told_in_words(page):
    ring = [list(p) for p in shapely.get_coordinates(crs.geometry_to_degrees(SQUARE))][:-1]
    content = json.dumps({"type": "Polygon", "coordinates": [[*ring, ring[-1]]]}).encode()
    said = words(_upload(page, "a.geojson", content))
    assert "En yta var inte sluten." in said
    assert "En yta hade samma hörn två gånger." in said
    assert "objekt 1 (latitud 59,3" in said


@pytest.mark.parametrize(
    ("content", "name", "code", "detail"),
    [
        (b"%PDF", "a.gpkg", "not_supported", "pdf"),
        (b"nonsens", "a.gpkg", "not_supported", ""),
        (b"", "a.gpkg", "empty", ""),
        (b"<kml><NetworkLink/></kml>", "a.kml", "refers_out", ""),
        (b"{", "a.geojson", "not_readable", ""),
        (b'{"type": "Topology"}', "a.geojson", "not_geojson", "topojson"),
    ],
)
def test_a_file_is_refused_with_the_reason_and_nothing_stays_on_disk(
    page, tmp_path, monkeypatch, content, name, code, detail
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    shown = _upload(page, name, content)
    assert area_words.say_fault(code, detail) in [error.value for error in shown.error]
    assert "Använd området" not in _labels(shown)
    assert list(tmp_path.iterdir()) == []


def test_a_ring_that_crosses_itself_is_marked_on_a_map(page, tmp_path):
    bow_tie = shapely.Polygon([(473e3, 6576e3), (474e3, 6577e3), (474e3, 6576e3), (473e3, 6577e3)])
    shown = _upload(page, "a.gpkg", _gpkg(tmp_path, gpd.GeoDataFrame(geometry=[bow_tie], crs=3006)))
    (error,) = shown.error
    assert "korsar sig själv" in error.value
    assert "Felet ligger vid latitud 59,32" in error.value
    sent = json.loads(shown.get("component_instance")[-1].proto.json_args)
    assert [layer["name"] for layer in sent["layers"]] == ["val", "fel"]


def test_a_file_from_elsewhere_is_shown_where_it_lies(page, tmp_path):
    away = gpd.GeoDataFrame(geometry=[shapely.box(512e3, 6570e3, 513e3, 6571e3)], crs=3006)
    shown = _upload(page, "a.gpkg", _gpkg(tmp_path, away))
    (error,) = shown.error
    assert "25 kilometer öster om kommunens gräns" in error.value
    (west, _south, east, _north) = json.loads(shown.get("component_instance")[-1].proto.json_args)[
        "bounds"
    ]
    assert west < 14.4
    assert east > 15.2
    assert "Använd området" not in _labels(shown)


@pytest.mark.parametrize("ending", ["geojson", "gpkg"])
def test_a_file_abroad_is_told_where_it_lies_and_asked_for_no_system(page, tmp_path, ending):
    kongsberg = gpd.GeoDataFrame(geometry=[shapely.Point(9.65, 59.67).buffer(0.004)], crs=4326)
    (kongsberg if ending == "geojson" else kongsberg.to_crs(25832)).to_file(
        tmp_path / f"a.{ending}"
    )
    shown = _upload(page, f"a.{ending}", (tmp_path / f"a.{ending}").read_bytes())
    (error,) = shown.error
    assert "väster om kommunens gräns (59,67° N, 9,65° O), inte i Karlskoga" in error.value
    assert not [one for one in shown.radio if one.label == "Referenssystem"]


def test_a_guessed_system_is_doubted_together_with_the_file(page, tmp_path):
    stockholm = shapely.box(674_000, 6_580_000, 674_500, 6_580_500).exterior
    gpd.GeoDataFrame(geometry=[stockholm], crs=3006).to_file(tmp_path / "a.dxf", driver="DXF")
    shown = _upload(page, "plan.dxf", (tmp_path / "a.dxf").read_bytes())
    system = next(one for one in shown.radio if one.label == "Referenssystem")
    assert not [one for one in system.options if "hamnar i Karlskoga" in one]
    shown = _held(system.set_value(3006).run())
    (error,) = shown.error
    assert "öster om kommunens gräns" in error.value
    assert "Kontrollera både referenssystemet och att det är rätt fil." in error.value


def test_a_busy_server_is_told_and_the_same_file_can_be_tried_again(page, tmp_path, monkeypatch):
    monkeypatch.setattr(gis_process, "QUEUE_SECONDS", 0.01)
    for _ in range(gis_process.AT_ONCE):
        assert gis_process._TURNS.acquire(blocking=False)
    try:
        shown = _upload(page, "a.gpkg", _gpkg(tmp_path))
    finally:
        gis_process._TURNS.release(gis_process.AT_ONCE)
    assert [error.value for error in shown.error] == [area_words.say_fault("busy")]
    assert "Servern är upptagen" in shown.error[0].value
    monkeypatch.undo()
    monkeypatch.setattr(signed_in, "staff", lambda: PLANNER)
    shown = _press(shown, "Försök igen")
    assert not shown.error
    assert "Använd området" in _labels(shown)


def test_rows_without_a_place_are_told(page, tmp_path):
    frame = FRAME.copy()
    frame.loc[1, "geometry"] = None
    shown = _upload(page, "a.gpkg", _gpkg(tmp_path, frame))
    assert "En rad i filen har ingen plats på kartan" in words(shown)
    assert "Använd området" in _labels(shown)


IN_THE_LAKE = shapely.Point(464_879, 6_582_188).buffer(300)


def test_an_area_in_the_lake_is_warned_about_and_can_be_used(page, monkeypatch):
    asked = []
    measured = area_choice.share_in_water
    monkeypatch.setattr(
        area_choice, "share_in_water", lambda area: asked.append(area) or measured(area)
    )
    shown = _upload(page, "a.geojson", _geojson(IN_THE_LAKE))
    (warning,) = shown.warning
    assert warning.value.startswith("Hela området ligger i vatten.")
    assert "översvämning" in warning.value
    shown = _held(shown.run())
    assert len(asked) == 1, "once when it is made, not each time it is shown"
    shown = _press(shown, "Använd området")
    assert _kept(shown) is not None


def test_corners_in_the_lake_are_warned_about_too(page):
    corners = shapely.get_coordinates(crs.geometry_to_degrees(IN_THE_LAKE.envelope))[:4]
    shown = _way(page, "horn")
    shown = _type_corners(shown, "\n".join(f"{lat:.5f} {lon:.5f}" for lon, lat in corners))
    shown = _press(shown, "Bind ihop hörnen")
    assert "området ligger i vatten." in _all_words(shown)


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (1.0, "Hela området"),
        (0.95, "Nästan hela"),
        (0.8, "Mer än tre fjärdedelar"),
        (0.6, "Mer än hälften"),
        (0.5, ""),
        (0.0, ""),
    ],
)
def test_how_much_of_an_area_is_water_is_said_in_words(share, said):
    assert area_words.say_water(share).startswith(said)
    assert bool(area_words.say_water(share)) == bool(said)


def test_an_area_on_land_is_not_warned_about(page):
    shown = _upload(page, "a.geojson", _geojson(SQUARE))
    assert not shown.warning
    assert "Använd området" in _labels(shown)


def test_north_and_east_change_places_only_when_asked(page):
    shown = _upload(page, "a.geojson", _geojson(SQUARE, turned=True))
    assert "Norr och öster ser ut att ha bytt plats" in _all_words(shown)
    assert "Använd området" not in _labels(shown)
    shown = _press(shown, "Byt plats på norr och öster")
    shown = _press(shown, "Använd området")
    assert _kept(shown).symmetric_difference(SQUARE).area < 1


def test_a_drawing_asks_for_its_system_and_what_to_make(page, tmp_path):
    border = shapely.LineString(shapely.get_coordinates(SQUARE))
    gpd.GeoDataFrame(geometry=[border], crs=3006).to_file(tmp_path / "a.dxf", driver="DXF")
    shown = _upload(page, "plan.dxf", (tmp_path / "a.dxf").read_bytes())
    system = next(one for one in shown.radio if one.label == "Referenssystem")
    assert system.value is None
    assert "SWEREF 99 TM: hamnar i Karlskoga kommun" in system.options
    assert "Använd området" not in _labels(shown)
    shown = _held(system.set_value(3009).run())
    assert area_words.say_fault("looks_projected") in [error.value for error in shown.error]
    system = next(one for one in shown.radio if one.label == "Referenssystem")
    shown = _held(system.set_value(3006).run())
    assert "Filen har inga ytor" in words(shown)
    way = next(one for one in shown.radio if one.label == "Vad ska bli området?")
    shown = _held(way.set_value(area_files.AROUND).run())
    shown = _press(shown, "Använd området")
    assert shown.session_state["kalla"] == "fil plan.dxf, 1 objekt med 50 meter runt om"
    assert _kept(shown).area == pytest.approx(border.buffer(50).area, rel=0.02)


def test_typed_corners_are_a_way_without_a_map(page):
    shown = _way(page, "horn")
    for text, fault in (("fel", True), ("59,32 14,52\n59,32 14,53\n59,33 14,53\n", False)):
        shown = _type_corners(shown, text)
        assert ("Rad 1 går inte att läsa" in _all_words(shown)) is fault
    assert "3. " in words(shown)
    shown = _press(shown, "Bind ihop hörnen")
    assert "Så blir området" in words(shown)
    shown = _press(shown, "Ångra senaste hörnet")
    assert "Så blir området" not in words(shown)
    assert "Bind ihop hörnen" not in _labels(shown), "two corners are no area"
    shown = _press(_type_corners(shown, "59,33 14,525"), "Bind ihop hörnen")
    shown = _press(shown, "Använd området")
    assert shown.session_state["kalla"] == "ritat på kartan, 3 hörn"
    assert len(shapely.get_coordinates(_kept(shown))) == 4


def test_corners_in_a_crossed_order_are_marked(page):
    shown = _way(page, "horn")
    text = "59.32 14.52\n59.33 14.53\n59.32 14.53\n59.33 14.52"
    shown = _press(_type_corners(shown, text), "Bind ihop hörnen")
    assert "korsar sig själv" in shown.error[0].value
    assert "Använd området" not in _labels(shown)


def test_a_found_place_can_be_a_corner(page):
    shown = _way(page, "horn")
    shown = _held(shown.text_input[0].set_value("Skranta torg").run())
    shown = _press(shown, "Lägg till platsen som hörn")
    assert "1. nära" in words(shown)


def test_neighbourhoods_are_put_together(page):
    shown = _way(page, "omraden")
    box = shown.multiselect[0]
    shown = _held(box.set_value(["18830104", "18830103"]).run())
    shown = _press(shown, "Använd området")
    assert shown.session_state["kalla"].startswith("hela områden (valdistrikt): ")
    assert len(_kept(shown).geoms) == 1


def test_the_ground_round_a_place(page):
    shown = _way(page, "runt")
    assert "Använd området" not in _labels(shown)
    shown = _held(shown.text_input[0].set_value("Skranta torg").run())
    shown = _held(shown.number_input[0].set_value(100).run())
    shown = _press(shown, "Använd området")
    assert _kept(shown).area == pytest.approx(3.14 * 100**2, rel=0.02)
    assert shown.session_state["kalla"].startswith("100 meter runt Skranta")


def test_without_the_right_no_file_is_opened(page, monkeypatch):
    opened: list[str] = []
    monkeypatch.setattr(area_files, "open_file", lambda *_: opened.append("x"))
    monkeypatch.setattr(signed_in, "staff", lambda: None)
    shown = _upload(page, "a.geojson", _geojson(SQUARE))
    assert opened == []
    assert area_words.say_fault("not_allowed") in [error.value for error in shown.error]


def test_a_file_is_opened_once(page, monkeypatch):
    opened: list[str] = []
    before = area_files.open_file

    def count(*arguments):
        opened.append("x")
        return before(*arguments)

    monkeypatch.setattr(area_files, "open_file", count)
    shown = _upload(page, "a.geojson", _geojson(SQUARE))
    _held(shown.run().run())
    assert opened == ["x"]


def test_no_text_of_a_file_reaches_a_map(page, tmp_path):
    shown = _upload(page, "{{7*7}}.gpkg", _gpkg(tmp_path))
    for one in shown.get("component_instance"):
        assert "Skolan" not in one.proto.json_args
        assert "Parken" not in one.proto.json_args
