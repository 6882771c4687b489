"""Entering for others in the browser: by keyboard alone, with the map, and from a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser_kit import DESKTOP, PHONE, Server, axe_violations, serve, settled, visit

pytestmark = pytest.mark.browser

DECISION = "ex-1-skola-vaster"
LINK = re.compile(r"/logga-in\?kod=[\w-]+")
WORDS = "Vad personen sade eller skrev"
SAVED = "Raden är sparad och väntar på att läsas."
ROWS = "Synpunkt;Antal personer;Plats\nBygg en bänk {{7*7}};4;Skranta torg\nFel rad;många;\n"


@pytest.fixture
def own_service(tmp_path: Path) -> Iterator[Server]:
    with serve(tmp_path) as server:
        yield server


def _open(page: Page, address: str) -> None:
    page.goto(address)
    settled(page)


def _tab_to(page: Page, label: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.get_by_label(label, exact=True).evaluate("node => node === document.activeElement"):
            return
    pytest.fail(f"{label} is not reached with Tab")


def _enter_by_keyboard(page: Page) -> None:
    _open(page, f"/registrera?id={DECISION}")
    assert axe_violations(page) == []
    _tab_to(page, WORDS)
    for n in range(2):
        # the words keep the focus, so that the next letter in the pile can be typed at once
        page.keyboard.type(f"Brev nummer {n}")
        page.keyboard.press("Control+Enter")
        expect(page.get_by_label(WORDS)).to_have_value("")
        expect(page.get_by_label(WORDS)).to_be_focused()
        expect(page.get_by_text(SAVED)).to_be_visible()
        expect(page.get_by_role("cell", name=f"Brev nummer {n}")).to_be_visible()
        settled(page)


def _enter_with_map(page: Page) -> None:
    page.get_by_text("Visa på kartan", exact=True).click()
    frame = page.frame_locator('iframe[title="Karta över Karlskoga"]')
    frame.get_by_role("button", name="Sätt nålen mitt på kartan").click()
    expect(page.get_by_text("Vald plats:")).to_be_visible()
    page.get_by_label(WORDS).fill("Här på kartan")
    page.get_by_role("button", name="Spara raden").click()
    expect(page.get_by_role("cell", name="Här på kartan")).to_be_visible()
    expect(page.get_by_text("Vald plats:")).to_have_count(0)


def _enter_file(page: Page, file: Path) -> None:
    page.get_by_text("Läs in en fil", exact=True).click()
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("1 rad går att spara. 1 rad behöver rättas.")).to_be_visible()
    settled(page)
    assert axe_violations(page) == []
    page.get_by_role("button", name="Spara 1 rad").click()
    expect(page.get_by_text("1 rad är redan inläst.")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Spara"))).to_have_count(0)
    with page.expect_download() as mended:
        page.get_by_role("button", name="Hämta raderna som behöver rättas").click()
    assert "många" in mended.value.path().read_text(encoding="utf-8-sig")


def test_letters_are_entered_by_key_on_the_map_and_from_a_file_and_wait_to_be_read(
    chromium: Browser, own_service: Server, tmp_path: Path
):
    found = LINK.search(own_service.said())
    assert found is not None, own_service.said()
    file = tmp_path / "torgmöte.csv"
    file.write_text(ROWS, encoding="utf-8")
    with visit(chromium, own_service, **DESKTOP) as (page, _watch):
        _open(page, found.group())
        _enter_by_keyboard(page)
        _enter_with_map(page)
        _enter_file(page, file)
        page.set_viewport_size(PHONE["viewport"])
        _open(page, f"/registrera?id={DECISION}")
        assert axe_violations(page) == []
        width = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
        assert width <= PHONE["viewport"]["width"]
        _open(page, "/granska")
        expect(page.get_by_text(re.compile(r"\d+ synpunkter väntar"))).to_be_visible()
