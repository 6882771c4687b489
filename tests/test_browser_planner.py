"""A new official's first dialogue in a real Chromium, with "Din första dialog" beside her."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from playwright.sync_api import Browser, Page, expect

from data import clock
from tests.browser_kit import DESKTOP, PHONE, Server, at_rest, axe_violations, serve, settled, visit

pytestmark = pytest.mark.browser

LINK = re.compile(r"/logga-in\?kod=[\w-]+")
TITLE = "Ny lekplats i Rävåsen"


def _in_days(days: int) -> str:
    """Write a day as seen from the day on which the service in the test runs."""
    return (clock.today() + timedelta(days=days)).isoformat()


LINES = {
    "Grunden": {
        "Nämnd, styrelse eller fullmäktige som beslutar": "samhällsbyggnadsnämnden",
        "Vem bestämmer, och när: i en mening": "Nämnden i vår",
        "Steg på delaktighetstrappan, med vad det betyder": "Konsultation: vi frågar först",
        "Beslut om dialog: vem, när och diarienummer": "Nämnden, dnr 1",
        "Första dagen för synpunkter": _in_days(-20),
        "Sista dagen för synpunkter": _in_days(30),
        "Dagen då ni senast svarar": _in_days(60),
        "Dagen då beslutet väntas": _in_days(90),
        "Den som svarar på frågor (roll, inte namn)": "parkingenjör",
        "Telefon": "0586-000 00",
    },
    "Texten": {
        "Platsen, som folk säger den": "Parken",
        "Kort om förslaget": "En lekplats {{7*7}}.",
        "Lättläst: en kort mening per rad": "Vi vill bygga en lekplats.",
        "Det här kan man påverka: en sak per rad": "Var gungorna står",
        "Det här kan man inte påverka: en sak per rad": "Budgeten",
    },
    "Fakta och grupper": {
        "Fakta: en sak per rad": "Det bor 300 barn i närheten.",
        "Vad kostar det, och finns det pengar?": "En miljon, som finns.",
        "Vad det betyder för barn": "Nära att leka.",
        "Fler sätt att vara med än webben: ett per rad, med tid och plats": "Brev",
        "Grupper som berörs mest, och hur ni når dem: en per rad": "Barn, på förskolan",
    },
}


@pytest.fixture
def own_service(tmp_path: Path) -> Iterator[Server]:
    with serve(tmp_path, DIALOG_DEMO="0") as server:
        yield server


def _sign_in(page: Page, server: Server) -> None:
    found = LINK.search(server.said())
    assert found is not None
    page.goto(found.group())
    settled(page)


def _tab(page: Page, name: str) -> None:
    page.get_by_test_id("stButtonGroup").get_by_text(name, exact=True).click()
    settled(page)


def _write(page: Page, label: str, words: str) -> None:
    """Write and go on with the keyboard, as somebody in a hurry."""
    field = page.get_by_label(label, exact=True).first
    field.click()
    if re.fullmatch(r"\d{4}-\d\d-\d\d", words):
        field.press_sequentially(words.replace("-", ""))
    else:
        field.fill(words)
    field.press("Tab")
    at_rest(page)


def test_a_new_official_holds_her_first_dialogue(
    chromium: Browser, own_service: Server, tmp_path: Path
):
    file = tmp_path / "plan.gpkg"
    area = shapely.box(473_000, 6_576_000, 473_400, 6_576_300)
    gpd.GeoDataFrame(geometry=[area], crs="EPSG:3006").to_file(file)
    with visit(chromium, own_service, **DESKTOP) as (page, _watch):
        _sign_in(page, own_service)
        page.get_by_role("link", name="Planera", exact=True).click()
        page.get_by_label("Nytt förslag: skriv en rubrik").fill(TITLE)
        page.get_by_role("button", name="Börja skriva").click()
        expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
        kind = page.get_by_role("combobox", name="Vad är det för förslag?")
        kind.click()
        page.get_by_role("option").nth(2).click()
        for tab, lines in LINES.items():
            _tab(page, tab)
            for label, words in lines.items():
                _write(page, label, words)
        _tab(page, "Grunden")
        page.get_by_role("button", name="Föreslå steg efter datumen").click()
        _tab(page, "Området")
        _choose_file(page, file)
        _tab(page, "Löftet")
        expect(page.get_by_text("saknas något")).to_have_count(0)
        assert axe_violations(page) == []
        page.get_by_role("button", name="Publicera", exact=True).click()
        expect(page.get_by_text("Förslaget är publicerat")).to_be_visible()
    with visit(chromium, own_service, **PHONE) as (page, _watch):
        page.goto("/")
        settled(page)
        page.get_by_role("link", name=TITLE).first.click()
        expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
        expect(page.get_by_text("En lekplats {{7*7}}.")).to_be_visible()
        expect(page.get_by_role("button", name="Lämna en synpunkt")).to_be_enabled()


def test_the_date_typed_last_is_among_the_steps_though_the_field_was_not_left(
    chromium: Browser, own_service: Server
):
    with visit(chromium, own_service, **DESKTOP) as (page, _watch):
        _sign_in(page, own_service)
        page.get_by_role("link", name="Planera", exact=True).click()
        page.get_by_label("Nytt förslag: skriv en rubrik").fill(TITLE)
        page.get_by_role("button", name="Börja skriva").click()
        expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
        _write(page, "Första dagen för synpunkter", "2027-11-01")
        _write(page, "Sista dagen för synpunkter", "2027-12-20")
        last = page.get_by_label("Dagen då ni senast svarar", exact=True).first
        last.click()
        last.press_sequentially("20280120")
        page.get_by_role("button", name="Föreslå steg efter datumen").click()
        steps = page.get_by_label("Stegen: en rad per steg", exact=True).first
        expect(steps).to_have_value(
            "2027-11-01 – 2027-12-20: Du kan lämna synpunkter\n2028-01-20: Du får svar"
        )


def _choose_file(page: Page, file: Path) -> None:
    page.get_by_test_id("stButtonGroup").get_by_text("Från en fil", exact=True).click()
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_role("heading", name="Så blir området")).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="Använd området").click()
    # there was none before
    expect(page.get_by_text("Området är valt.")).to_be_visible(timeout=20_000)
