"""The frame round every page: landmarks, links, titles, the code in an address, the language."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser_kit import (
    DESKTOP,
    PHONE,
    Server,
    axe_violations,
    map_at_rest,
    past_the_place,
    press,
    serve,
    settled,
    still,
    visit,
    zoom,
)

pytestmark = pytest.mark.browser

D = "ex-1-skola-vaster"
TITLE = "Skola på grönytan i väster"
WORDS = "Jag vill ha en gungställning."
CODE = re.compile(r"^[0-9A-Z]{4}-[0-9A-Z]{4}$")
ENGLISH = {**DESKTOP, "locale": "en-GB"}


@pytest.fixture
def own_service(tmp_path) -> Iterator[Server]:
    with serve(tmp_path) as server:
        yield server


def _open(page: Page, address: str) -> None:
    page.goto(address)
    still(page)


def _press(page: Page, name: str) -> None:
    press(page, name)
    settled(page)


@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_way_past_the_header_leads_past_the_header(chromium: Browser, service: Server, device):
    with visit(chromium, service, **device) as (page, _watch):
        _open(page, f"/forslag?id={D}")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Hoppa till innehållet")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        page.keyboard.press("Tab")
        inside = page.evaluate("!!document.activeElement.closest('.st-key-sidhuvud')")
        assert not inside


def test_the_links_of_the_header_are_in_a_landmark_and_lead_somewhere(
    chromium: Browser, service: Server
):
    with visit(chromium, service, **DESKTOP) as (page, _watch):
        _open(page, f"/forslag?id={D}")
        menu = page.get_by_role("navigation", name="Huvudmeny")
        expect(menu.get_by_role("link", name="Alla förslag")).to_have_attribute("href", "/")
        expect(menu.get_by_role("link")).to_have_count(3)
        menu.get_by_role("link", name="Alla förslag").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Vad planeras i Karlskoga?")
        # also after a change of page, when Streamlit draws the link anew
        expect(menu.get_by_role("link", name="Alla förslag")).to_have_attribute("href", "/")


def test_the_tab_names_the_proposal_and_the_step(chromium: Browser, service: Server):
    with visit(chromium, service, **PHONE) as (page, _watch):
        for path, name in [
            ("forslag", ""),
            ("berorda", "Vilka berörs mest? – "),
            ("resultat", "Resultat – "),
            ("svar", "Så här blev det – "),
        ]:
            page.goto(f"/{path}?id={D}")
            expect(page).to_have_title(f"{name}{TITLE} – Dialogkartan")
        page.goto(f"/synpunkt?id={D}")
        expect(page).to_have_title(f"Steg 1 av 4: Platsen – {TITLE} – Dialogkartan")
        _press(page, "Jag vill inte använda kartan")
        _press(page, "Det gäller ingen särskild plats")
        expect(page).to_have_title(f"Steg 2 av 4: Din synpunkt – {TITLE} – Dialogkartan")


def _send(page: Page) -> str:
    past_the_place(page, D)
    page.get_by_text("Något som är bra", exact=True).click()
    page.get_by_text("Jag är för förslaget", exact=True).click()
    page.get_by_label("Skriv din synpunkt").fill(WORDS)
    _press(page, "Nästa")
    _press(page, "Granska")
    _press(page, "Skicka till kommunen")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack! Din synpunkt är mottagen")
    return page.get_by_test_id("stMetricValue").inner_text().strip()


def _told(page: Page) -> list[str]:
    """Return every address that the page has or leads to, and what the history would go back to."""
    return page.evaluate("[location.href, ...[...document.links].map(a => a.href)]")


def test_a_receipt_code_is_read_and_stands_in_no_address(chromium: Browser, own_service: Server):
    with visit(chromium, own_service, **PHONE) as (page, _watch):
        code = _send(page)
        assert CODE.match(code)
        assert [one for one in _told(page) if code in one] == []
        page.get_by_role("main").get_by_role("link", name="Följ din synpunkt").last.click()
        expect(page.get_by_text(WORDS, exact=True)).to_be_visible()
        assert [one for one in _told(page) if code in one] == []
    with visit(chromium, own_service, **DESKTOP) as (page, _watch):
        asked = []
        page.goto("/om")
        settled(page)
        # as the link in a letter has it
        page.goto(f"/kvitto?kod={code}")
        expect(page.get_by_text(WORDS, exact=True)).to_be_visible()
        expect(page).to_have_url(f"{own_service.address}/kvitto")
        assert [one for one in _told(page) if code in one] == []
        page.on("request", lambda one: asked.append(one.headers.get("referer", "")))
        page.get_by_role("link", name="Om tjänsten", exact=True).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Om tjänsten och kartan")
        page.go_back()
        expect(page.get_by_role("heading", level=1)).to_have_text("Följ din synpunkt")
        assert code not in page.url
        assert [one for one in asked if code in one] == []


def test_a_searched_place_is_marked_and_no_name_lies_under_a_number(
    chromium: Browser, service: Server
):
    with visit(chromium, service, **DESKTOP) as (page, _watch):
        _open(page, "/?nara=Skranta+torg")
        town = page.frame_locator("iframe[title='Karta över förslagen']")
        expect(town.get_by_role("img", name="Skranta torg")).to_be_visible()
        _open(page, "/")
        expect(town.locator(".nal")).to_have_count(0)
        body = town.locator("body")
        map_at_rest(town)
        assert body.evaluate(_COVERED) == []
        for press in ["Zooma ut", "Zooma in", "Zooma in"]:
            zoom(town, press)
            map_at_rest(town)
            assert body.evaluate(_COVERED) == []


_COVERED = """() => {
    const seen = [...document.querySelectorAll('.ortnamn')].filter(
        name => getComputedStyle(name).visibility === 'visible');
    const hit = (a, b) => a.left < b.right && a.right > b.left
        && a.top < b.bottom && a.bottom > b.top;
    return seen.filter(name => [...document.querySelectorAll('.nummer')].some(
        number => hit(name.getBoundingClientRect(), number.getBoundingClientRect())
    )).map(name => name.textContent);
}"""
_SWEDISH = re.compile(r"\b(och|att|som|är|inte|det|jag|på|för)\b")


def test_what_is_written_in_swedish_says_so_on_an_english_page(chromium: Browser, service: Server):
    with visit(chromium, service, **ENGLISH) as (page, _watch):
        for address in ("/forslag?id=ex-6-storangsstrand", "/svar?id=ex-8-ravasen-belysning"):
            _open(page, address)
            assert page.evaluate("document.documentElement.lang") == "en"
            told = page.evaluate(_TOLD)
            assert [words for lang, words in told if lang == "sv"], address
            unmarked = [words for lang, words in told if lang == "en" and _SWEDISH.search(words)]
            assert unmarked == [], address
            assert axe_violations(page) == []


_TOLD = """() => [...document.querySelectorAll(
        '[data-testid=stMain] :is(p, li, h1, h2, h3, .sagt, [data-testid=stText])')]
    // the name of a control is one text, in the page's language, though a Swedish title is in it
    .filter(node => node.checkVisibility() && !node.closest('label'))
    .map(node => [node.closest('[lang]').lang, node.textContent])"""
