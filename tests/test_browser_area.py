"""Choosing an area in a real Chromium: a file with two layers, four corners, and the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from playwright.sync_api import Browser, Page, expect

from tests.area_service import serve_area_page
from tests.browser_kit import (
    DESKTOP,
    PHONE,
    Server,
    axe_violations,
    press,
    settled,
    visit,
)

pytestmark = pytest.mark.browser

SCHOOL = shapely.box(473_000, 6_576_000, 473_500, 6_576_500)
ROAD = shapely.LineString([(473_000, 6_576_000), (474_000, 6_576_000)])
PARK = shapely.Polygon(
    [(472e3, 6576e3), (472.8e3, 6576e3), (472.8e3, 6577e3), (472.8e3, 6577e3), (472e3, 6577e3)]
)


@pytest.fixture(scope="module")
def area_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serve_area_page(tmp_path_factory.mktemp("omrade")) as server:
        yield server


def _way(page: Page, name: str) -> None:
    page.goto("/")
    settled(page)
    page.get_by_role("radio", name=name).or_(page.get_by_role("button", name=name)).first.click()
    settled(page)


def _use(page: Page, source: str) -> None:
    expect(page.get_by_role("heading", name="Så blir området")).to_be_visible()
    press(page, "Använd området")
    expect(page.get_by_text("Området är valt.")).to_be_visible()
    expect(page.get_by_text(source)).to_be_visible()


def test_a_layer_of_a_file_is_chosen_and_its_mending_told(
    chromium: Browser, area_service: Server, tmp_path: Path
):
    file = tmp_path / "plan.gpkg"
    roads = gpd.GeoDataFrame({"namn": ["Väg"]}, geometry=[ROAD], crs=3006)
    roads.to_file(file, layer="vagar")
    surfaces = gpd.GeoDataFrame({"namn": ["Skolan", "{{7*7}}"]}, geometry=[SCHOOL, PARK], crs=3006)
    surfaces.to_file(file, layer="ytor")
    with visit(chromium, area_service, **DESKTOP) as (page, _watch):
        _way(page, "Från en fil")
        page.locator("input[type=file]").set_input_files(file)
        page.get_by_role("combobox", name="Lager i filen").click()
        page.get_by_role("option", name="ytor", exact=True).click()
        expect(page.get_by_text("En yta hade samma hörn två gånger.")).to_be_visible()
        expect(page.get_by_text("{{7*7}}").first).to_be_visible()
        expect(page.get_by_text("Området är 105 hektar, i 2 delar.")).to_be_visible()
        settled(page)
        assert axe_violations(page) == []
        page.get_by_text("Skolan – 25,0 hektar").click()
        expect(page.get_by_text("1 av 2 är vald.")).to_be_visible()
        _use(page, "fil plan.gpkg, lager ytor, 1 yta")
        expect(page.get_by_text("Området är 80,0 hektar.")).to_be_visible()


@pytest.mark.parametrize("window", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_four_corners_on_the_map_are_an_area(chromium: Browser, area_service: Server, window: dict):
    with visit(chromium, area_service, **window) as (page, _watch):
        _way(page, "Rita hörn på kartan")
        frame = page.locator("iframe").first
        ground = page.frame_locator("iframe").first.locator(".leaflet-container")
        expect(ground).to_be_visible()
        for number, (across, down) in enumerate(
            ((0.4, 0.4), (0.6, 0.4), (0.6, 0.6), (0.4, 0.6)), start=1
        ):
            frame.scroll_into_view_if_needed()
            settled(page)
            size = ground.bounding_box()
            assert size is not None
            at = {"x": size["width"] * across, "y": size["height"] * down}
            (ground.tap if window is PHONE else ground.click)(position=at)
            expect(page.locator("ol > li")).to_have_count(number)
        marks = page.frame_locator("iframe").first.locator(".nummer")
        expect(marks).to_have_text(["1", "2", "3", "4"])
        press(page, "Ångra senaste hörnet")
        expect(page.locator("ol > li")).to_have_count(3)
        press(page, "Bind ihop hörnen")
        expect(page.get_by_role("heading", name="Så blir området")).to_be_visible()
        settled(page)
        assert axe_violations(page) == []
        _use(page, "ritat på kartan, 3 hörn")


def test_the_keyboard_is_enough(chromium: Browser, area_service: Server):
    with visit(chromium, area_service, **DESKTOP) as (page, _watch):
        _way(page, "Rita hörn på kartan")
        page.get_by_text("Skriv koordinater", exact=True).focus()
        page.locator("summary", has_text="Skriv koordinater").press("Enter")
        field = page.get_by_label("Ett hörn på varje rad: norr och öster")
        expect(field).to_be_visible()
        field.focus()
        page.keyboard.type("59,320 14,520\n59,320 14,530\n6577000 473000")
        page.get_by_role("button", name="Lägg till hörnen").press("Enter")
        expect(page.locator("ol > li")).to_have_count(3)
        page.get_by_role("button", name="Bind ihop hörnen").press("Enter")
        expect(page.get_by_role("heading", name="Så blir området")).to_be_visible()
        page.get_by_role("button", name="Använd området").press("Enter")
        expect(page.get_by_text("Området är valt.")).to_be_visible()
