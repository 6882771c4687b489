"""Another municipality walks the whole way in the browser: overview, comment, affected, report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import exempelby, pdf_kit
from tests.browser_kit import DESKTOP, Server, axe_violations, press, serve, settled, visit

pytestmark = pytest.mark.browser

LINK = re.compile(r"/logga-in\?kod=[\w-]+")
TITLE = "Nytt torg i Exempelby"
# names of the municipality that ships with the service, which no page of another may show
OTHER = re.compile("karlskoga|bofors|möckeln", re.IGNORECASE)


@pytest.fixture(scope="module")
def another(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("kommun")
    town = exempelby.write(folder / "exempelby")
    with serve(folder, from_nothing=True, DIALOG_MUNICIPALITY=str(town)) as server:
        yield server


def _open(page: Page, address: str, heading: str | re.Pattern[str]) -> None:
    page.goto(address)
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert OTHER.search(page.content()) is None


def test_a_resident_walks_from_the_overview_to_a_receipt(chromium: Browser, another: Server):
    with visit(chromium, another, **DESKTOP) as (page, _watch):
        _open(page, "/", "Vad planeras i Exempelby?")
        page.get_by_role("link", name=re.compile(TITLE)).first.click()
        settled(page)
        expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
        # its own language beside Swedish and English
        expect(page.get_by_text("Davvisámegillii").first).to_be_visible()
        press(page, "Lämna en synpunkt")
        frame = page.frame_locator('iframe[title="Karta över Exempelby"]')
        frame.locator(".leaflet-container").wait_for()
        page.get_by_label(re.compile("^Sök")).fill("Exempeltorget")
        page.keyboard.press("Enter")
        press(page, "Använd den här platsen")
        expect(page.get_by_text("Vald plats:")).to_be_visible()
        assert axe_violations(page) == []
        page.get_by_role("button", name=re.compile("Nästa")).click()
        page.get_by_text("En idé", exact=True).click()
        page.get_by_text("Jag är för förslaget", exact=True).click()
        page.get_by_label("Skriv din synpunkt").fill("Plantera ett träd mitt på torget.")
        press(page, "Nästa")
        press(page, "Hoppa över")
        press(page, "Skicka till kommunen")
        expect(page.get_by_role("heading", name="Tack! Din synpunkt är mottagen")).to_be_visible()


def test_its_affected_and_its_result_are_shown(chromium: Browser, another: Server):
    with visit(chromium, another, **DESKTOP) as (page, _watch):
        _open(page, f"/berorda?id={exempelby.DECISION}", re.compile("."))
        for name, _codes in exempelby.DISTRICTS.values():
            expect(page.get_by_role("rowheader", name=name)).to_be_attached()
        assert axe_violations(page) == []
        _open(page, f"/resultat?id={exempelby.DECISION}", re.compile("."))
        expect(page.get_by_text(re.compile(r"8 synpunkter")).first).to_be_visible()
        for address in ("/om", "/metod", "/tillganglighet", "/personuppgifter"):
            _open(page, address, re.compile("."))


def test_an_official_makes_its_report(chromium: Browser, another: Server, tmp_path: Path):
    found = LINK.search(another.said())
    assert found is not None, another.said()
    with visit(chromium, another, **DESKTOP) as (page, _watch):
        page.goto(found.group())
        settled(page)
        page.goto(f"/mote?id={exempelby.DECISION}")
        expect(page.get_by_text(TITLE).first).to_be_visible()
        assert OTHER.search(page.content()) is None
        _open(page, f"/rapport?id={exempelby.DECISION}", re.compile("."))
        press(page, "Gör PDF")
        link = page.get_by_role("link", name=re.compile("^Hämta .*pdf$"))
        expect(link).to_be_visible()
        with page.expect_download() as fetched:
            link.click()
        fetched.value.save_as(tmp_path / "rapport.pdf")
        said = pdf_kit.words((tmp_path / "rapport.pdf").read_bytes())
        assert "Exempelby kommun" in said
        assert OTHER.search(said) is None
