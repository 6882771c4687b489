"""From comments to an answer, in the browser: a planner publishes and a resident reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser_kit import (
    DESKTOP,
    PHONE,
    Server,
    axe_violations,
    press,
    serve,
    settled,
    still,
    visit,
)

pytestmark = pytest.mark.browser

DECISION = "ex-7-bjorkborn"
LINK = re.compile(r"/logga-in\?kod=[\w-]+")
TITLE = "Trygg cykelväg {{7*7}}"
# an act draws fifty comments anew
SLOW_MS = 60_000
SAID = "Kommunen bygger cykelvägen nästa år."


@pytest.fixture
def own_service(tmp_path: Path) -> Iterator[Server]:
    with serve(tmp_path) as server:
        yield server


def _gather_all(page: Page, target: str) -> None:
    """Lay whole pages under a theme until none is left without one."""
    left = page.get_by_text(re.compile(r"^\d+ av \d+ synpunkter har inget tema än\.$"))
    done = page.get_by_text("Alla synpunkter har ett tema")
    while not done.count():
        before = left.inner_text()
        box = page.get_by_role("checkbox")
        box.first.check(force=True)
        expect(box.last).to_be_checked(timeout=SLOW_MS)
        settled(page)
        press(page, f"Lägg under {target}")
        expect(page.get_by_text(before)).to_have_count(0, timeout=SLOW_MS)
        expect(left.or_(done)).to_be_visible(timeout=SLOW_MS)
        settled(page)


def test_a_planner_gathers_answers_and_publishes_and_a_resident_reads_it(
    chromium: Browser, own_service: Server
):
    found = LINK.search(own_service.said())
    assert found is not None, own_service.said()
    with visit(chromium, own_service, **DESKTOP) as (page, _watch):
        page.goto(found.group())
        settled(page)
        page.goto(f"/teman?id={DECISION}")
        settled(page)
        page.get_by_label("Vad handlar synpunkterna om?").fill(TITLE)
        press(page, "Skapa temat")
        expect(page.get_by_text("Temat är skapat.")).to_be_visible(timeout=SLOW_MS)
        assert axe_violations(page) == []
        _gather_all(page, TITLE)
        press(page, "Svara på temana")
        page.get_by_label("Vad vi hörde, kort och rättvist").fill("Många vill cykla tryggt.")
        page.get_by_label("Kommunens svar").fill(SAID)
        page.get_by_text("Delvis tillgodosett", exact=True).click()
        page.get_by_label("Skäl, om det inte blev som de ville").fill("Pengarna räcker halvvägs.")
        assert axe_violations(page) == []
        press(page, "Spara temat")
        expect(page.get_by_text("Temat är sparat.")).to_be_visible(timeout=SLOW_MS)
        press(page, "Till beslutet och publicering")
        page.get_by_label("Vad beslutades, och varför?").fill("Nämnden sa ja till cykelvägen.")
        press(page, "Spara texten om beslutet")
        expect(page.get_by_text("Texten om beslutet är sparad.")).to_be_visible(timeout=SLOW_MS)
        assert axe_violations(page) == []
        press(page, "Publicera svaret")
        expect(page.get_by_text("Svaret är publicerat. Alla kan läsa det.")).to_be_visible(
            timeout=SLOW_MS
        )
    with visit(chromium, own_service, **PHONE) as (page, _watch):
        page.goto(f"/forslag?id={DECISION}")
        still(page)
        page.get_by_role("link", name="Läs hela svaret").tap()
        expect(page.get_by_role("heading", name="Så här blev det", level=1)).to_be_visible(
            timeout=SLOW_MS
        )
        settled(page)
        for words in ("Nämnden sa ja till cykelvägen.", TITLE, "Delvis tillgodosett", SAID):
            expect(page.get_by_text(words).first).to_be_visible(timeout=SLOW_MS)
        expect(page.get_by_text("EXEMPEL – inte ett riktigt beslut").first).to_be_visible(
            timeout=SLOW_MS
        )
        expect(page.get_by_text("Trygg cykelväg 49")).to_have_count(0)
        page.get_by_text("Visa synpunkterna om").tap()
        settled(page)
        assert axe_violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
