"""The report in the browser: an official makes it, follows it and fetches it; everyone reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests import pdf_kit
from tests.browser_kit import DESKTOP, PHONE, Server, axe_violations, serve, settled, visit

pytestmark = pytest.mark.browser

DECISION = "ex-8-ravasen-belysning"
LINK = re.compile(r"/logga-in\?kod=[\w-]+")
SLOW_MS = 60_000


@pytest.fixture
def own_service(tmp_path: Path) -> Iterator[Server]:
    with serve(tmp_path) as server:
        yield server


def test_an_official_makes_the_report_and_everyone_reads_the_same(
    chromium: Browser, own_service: Server, tmp_path: Path
):
    found = LINK.search(own_service.said())
    assert found is not None, own_service.said()
    with visit(chromium, own_service, **DESKTOP) as (page, _watch):
        page.goto(found.group())
        settled(page)
        page.goto("/rapport?id=ex-7-bjorkborn&form=samradsredogorelse")
        settled(page)
        lacks = page.get_by_role("link", name="Svaret på synpunkterna är inte publicerat än.")
        expect(lacks).to_have_attribute("href", re.compile(r"^/teman\?id=ex-7-bjorkborn"))
        expect(page.get_by_role("button", name="Gör PDF", exact=True)).to_have_count(0)
        page.goto(f"/rapport?id={DECISION}&form=samradsredogorelse")
        settled(page)
        assert axe_violations(page) == []
        page.get_by_role("button", name="Gör PDF", exact=True).click()
        link = page.get_by_role("link", name=f"Hämta samradsredogorelse-{DECISION}.pdf")
        expect(link).to_be_visible(timeout=SLOW_MS)
        with page.expect_download() as fetched:
            link.click()
        fetched.value.save_as(tmp_path / "rapport.pdf")
        said = pdf_kit.words((tmp_path / "rapport.pdf").read_bytes())
        heard = re.search(r"\d+ synpunkter från ungefär \d+ personer\.", said)
        assert heard is not None
        page.goto(f"/resultat?id={DECISION}")
        settled(page)
        expect(page.get_by_text(heard.group(), exact=True).first).to_be_visible()
    context = chromium.new_context(**PHONE, java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(f"{own_service.address}/rapport/{DECISION}")
        assert heard.group() in pdf_kit.plain(page.locator("main").inner_text())
        assert page.title().startswith("Sammanställning av synpunkter: Belysning på Rävåsen")
    finally:
        context.close()
    with visit(chromium, own_service, **PHONE) as (page, _watch):
        page.goto(f"/rapport/{DECISION}")
        assert axe_violations(page) == []
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) == 0
