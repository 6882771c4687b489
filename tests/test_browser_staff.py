"""An official's way in a real Chromium: the link, masking, publishing, and what all can read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from playwright.sync_api import Browser, Page, expect

from tests.browser_kit import (
    DESKTOP,
    PHONE,
    Server,
    axe_violations,
    past_the_place,
    press,
    serve,
    settled,
    visit,
)

pytestmark = pytest.mark.browser

DECISION = "ex-1-skola-vaster"
ZONE = shapely.box(471_500, 6_575_500, 473_500, 6_577_500)
LINK = re.compile(r"/logga-in\?kod=[\w-]+")
NUMBER = "070-123 45 67"
WORDS = f"Ring mig på {NUMBER} om skolgården."
COMMENT = re.compile(r"^Synpunkt \d+$")
HOME = "Bregården"
MASKED = re.compile(r"Ring mig på \S+ om skolgården\.")


@pytest.fixture
def own_service(tmp_path: Path) -> Iterator[Server]:
    with serve(tmp_path) as server:
        yield server


def _send(page: Page) -> None:
    past_the_place(page, DECISION)
    page.get_by_text("En idé", exact=True).click()
    page.get_by_text("Jag är för förslaget", exact=True).click()
    page.get_by_label("Skriv din synpunkt").fill(WORDS)
    press(page, "Nästa")
    page.get_by_role("combobox", name="I vilket område bor du?").tap()  # the list wants a finger
    page.get_by_role("option", name=HOME, exact=True).tap()
    press(page, "Granska")
    expect(page.get_by_text(HOME)).to_be_visible()
    press(page, "Skicka till kommunen")
    expect(page.get_by_role("heading", name="Tack! Din synpunkt är mottagen")).to_be_visible()


def _open_own(page: Page) -> None:
    """Put off what waits in the examples until the comment that was just sent stands first."""
    for _ in range(60):
        settled(page)
        if page.get_by_text(WORDS, exact=True).count():
            return
        title = page.get_by_role("heading", name=COMMENT)
        before = title.inner_text()
        press(page, "Vänta med den")
        expect(title).not_to_have_text(before)
    pytest.fail("the comment never came up for review")


def test_a_comment_is_sent_masked_published_and_read_by_all(chromium: Browser, own_service: Server):
    found = LINK.search(own_service.said())
    assert found is not None, own_service.said()
    with visit(chromium, own_service, **PHONE) as (page, _watch):
        _send(page)
        page.goto(f"/forslag?id={DECISION}")
        settled(page)
        expect(page.get_by_text("om skolgården.")).to_have_count(0)
    with visit(chromium, own_service, **DESKTOP) as (page, _watch):
        page.goto(found.group())
        settled(page)
        expect(page.get_by_role("heading", name="Granska synpunkter")).to_be_visible()
        _open_own(page)
        assert axe_violations(page) == []
        expect(page.get_by_text(MASKED).last).not_to_contain_text(NUMBER)
        press(page, "Publicera med dolda ord")
        expect(page.get_by_text("är publicerad med dolda ord")).to_be_visible()
        assert axe_violations(page) == []
    with visit(chromium, own_service, **PHONE) as (page, _watch):
        page.goto(f"/forslag?id={DECISION}")
        settled(page)
        expect(page.get_by_text(MASKED).first).to_be_visible()
        expect(page.get_by_text(NUMBER)).to_have_count(0)
        page.goto(f"/api/v1/decisions/{DECISION}/comments.geojson?limit=2000")
        assert NUMBER not in page.content()
    with visit(chromium, own_service, **DESKTOP) as (page, watch):
        page.goto(found.group())
        expect(page.get_by_role("heading", level=1)).to_have_text("Länken fungerar inte längre")
        watch.console.clear()  # the browser itself reports the status 410


def test_several_are_published_at_once_and_taken_back_by_a_key(
    chromium: Browser, own_service: Server
):
    found = LINK.search(own_service.said())
    assert found is not None, own_service.said()
    with visit(chromium, own_service, **DESKTOP) as (page, _watch):
        page.goto(found.group())
        settled(page)
        count = page.get_by_text(re.compile(r"^\d+ synpunkter väntar\."))
        before = count.inner_text()
        page.get_by_text("Kortkommandon", exact=True).click()
        expect(page.get_by_text("P publicerar, D döljer")).to_be_visible()
        title = page.get_by_role("heading", name=COMMENT)
        first = title.inner_text()
        # a letter in a field is a letter
        page.get_by_text("Flytta synpunkten", exact=True).click()
        page.get_by_label("Sök adress, hållplats eller plats").press_sequentially("pvz")
        settled(page)
        expect(title).to_have_text(first)
        expect(count).to_have_text(before)
        page.get_by_role("heading", level=1).click()
        page.keyboard.press("v")
        expect(title).not_to_have_text(first)
        assert axe_violations(page) == []
        page.get_by_text("Läs flera på en gång", exact=True).click()
        boxes = page.get_by_role("checkbox", name=re.compile(r"^\d+ · "))
        expect(boxes).to_have_count(10)
        for at in (0, 1):
            page.locator("[data-testid=stCheckbox] label").filter(
                has_text=re.compile(r"^\d+ · ")
            ).nth(at).click()
            settled(page)
        expect(page.get_by_text("2 synpunkter är valda.")).to_be_visible()
        assert axe_violations(page) == []
        # also while the last box that was ticked has the focus
        page.keyboard.press("p")
        expect(page.get_by_text("2 synpunkter är publicerade.")).to_be_visible()
        expect(count).not_to_have_text(before)
        page.keyboard.press("z")
        expect(page.get_by_text("2 synpunkter är som de var.")).to_be_visible()
        expect(count).to_have_text(before)
        with page.expect_download() as file:
            page.get_by_role("link", name="Hämta hela loggen som CSV").click()
        assert file.value.suggested_filename == "dialogkartan-logg.csv"


def test_a_planner_loads_a_zone_and_everyone_sees_it(
    chromium: Browser, own_service: Server, tmp_path: Path
):
    found = LINK.search(own_service.said())
    assert found is not None, own_service.said()
    area = gpd.GeoDataFrame(geometry=[ZONE], crs="EPSG:3006")
    area.to_file(tmp_path / "zon.gpkg")
    with visit(chromium, own_service, **DESKTOP) as (page, _watch):
        page.goto(found.group())
        settled(page)
        page.goto(f"/planera?id={DECISION}")
        settled(page)
        assert axe_violations(page) == []
        page.get_by_text("Lägg till en zon från en fil").click()
        page.get_by_label("Namn, så att alla förstår").fill("55 dBA {{7*7}}")
        # the chooser comes last: before it is there, the button under it still moves
        expect(page.get_by_test_id("stFileUploaderDropzone")).to_be_visible()
        settled(page)
        press(page, "Lägg till zonen")
        expect(page.get_by_text("Välj en fil först.")).to_be_visible()
        page.locator("input[type=file]").set_input_files(tmp_path / "zon.gpkg")
        expect(page.get_by_text("zon.gpkg")).to_be_visible()
        press(page, "Lägg till zonen")
        expect(page.get_by_text("Zonen är sparad.")).to_be_visible(timeout=15_000)
        for words in ("Upload", "per file", "Browse files", "Drag and drop"):
            expect(page.get_by_text(words, exact=True)).to_have_count(0)
        page.goto(f"/berorda?id={DECISION}&visa=lista")
        settled(page)
        expect(page.get_by_role("heading", name="Att nå härnäst")).to_be_visible()
        assert axe_violations(page) == []
    with visit(chromium, own_service, **PHONE) as (page, _watch):
        page.goto(f"/berorda?id={DECISION}")
        settled(page)
        expect(page.get_by_text("i zon 1").first).to_be_visible()
        expect(page.get_by_text("Zon 1 (55 dBA {{7*7}})").first).to_be_visible()
        expect(page.get_by_text("55 dBA 49")).to_have_count(0)


def test_without_the_link_nothing_waiting_can_be_read(chromium: Browser, service: Server):
    with visit(chromium, service, **DESKTOP) as (page, _watch):
        page.goto("/granska")
        settled(page)
        expect(page.get_by_text("Den här sidan är för kommunens personal.")).to_be_visible()
        expect(page.get_by_role("button", name="Publicera")).to_have_count(0)
