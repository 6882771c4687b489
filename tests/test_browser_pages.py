"""Every page, wide and narrow: no axe violation in any frame, nothing leaves, focus is seen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from pages.resultat import result_layers
from tests.browser_kit import (
    DESKTOP,
    PHONE,
    Server,
    at_rest,
    axe_violations,
    frame_faults,
    settled,
    still,
    visit,
    zoom,
)

pytestmark = pytest.mark.browser

D = "ex-1-skola-vaster"
PAGES = [
    "/",
    "/?nara=Skranta",
    "/?visa=avslutade",
    f"/forslag?id={D}",
    "/forslag?id=ex-8-ravasen-belysning",
    "/forslag?id=finns-inte",
    f"/synpunkt?id={D}",
    "/synpunkt?id=ex-5-hagnan",
    "/kvitto",
    "/kvitto?kod=0000-0000",
    f"/berorda?id={D}",
    f"/berorda?id={D}&lager=deso",
    *(f"/resultat?id={D}&visa={layer.word}" for layer in result_layers.LAYERS),
    "/resultat?id=ex-6-storangsstrand&visa=skeden&monster=1",
    "/svar?id=ex-8-ravasen-belysning",
    f"/svar?id={D}",
    "/granska",
    "/teman",
    "/registrera",
    "/metod",
    "/om",
    "/tillganglighet",
    "/personuppgifter",
]


def _open(page: Page, address: str) -> None:
    page.goto(address)
    still(page)


# words of Streamlit's own that would mean that the translation failed
ENGLISH = [
    "Skip to main content",
    "Press Enter",
    "Choose an option",
    "No results",
    "Running",
    "Deploy",
    "Made with",
    "Streamlit",
]
_READ = """() => document.body.innerText + ' '
    + [...document.querySelectorAll('[aria-label],[placeholder],[title]')].map(
        n => ['aria-label', 'placeholder', 'title'].map(a => n.getAttribute(a) || '').join(' ')
    ).join(' ')"""
_WIDTH = """() => Math.max(document.documentElement.scrollWidth,
    document.querySelector('[data-testid=stMain]').scrollWidth)"""


def english(page: Page) -> list[str]:
    read = page.evaluate(_READ)
    return [word for word in [*ENGLISH, "Traceback"] if word in read]


@pytest.mark.parametrize("address", ["/finns-inte", "/overview", "/forslag/mer"])
def test_an_address_that_no_page_has_leads_on(chromium: Browser, service: Server, address: str):
    with visit(chromium, service, **PHONE) as (page, watch):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 404
        expect(page.get_by_role("heading", level=1)).to_have_text("Sidan finns inte")
        assert axe_violations(page) == []
        # the browser itself reports the status
        watch.console.clear()
        page.get_by_role("link", name="Till Dialogkartan").click()
        settled(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Vad planeras i Karlskoga?")


@pytest.mark.parametrize("layer", ["tathet", "skeden"])
def test_squares_are_on_the_map_at_every_zoom(chromium: Browser, service: Server, layer: str):
    with visit(chromium, service, **DESKTOP) as (page, _watch):
        _open(page, f"/resultat?id=ex-6-storangsstrand&visa={layer}")
        town = page.frame_locator("iframe[title='Karta över resultatet']")
        for press in ["", "Zooma ut", "Zooma ut", "Zooma in", "Zooma in", "Zooma in", "Zooma in"]:
            if press:
                zoom(town, press)
            expect(town.locator("path.leaflet-interactive").first).to_be_attached()


def test_a_result_on_paper_has_its_map_and_none_of_the_choices(chromium: Browser, service: Server):
    with visit(chromium, service, **DESKTOP) as (page, _watch):
        _open(page, f"/resultat?id={D}&visa=omrade&monster=1")
        page.emulate_media(media="print")
        expect(page.locator("iframe[title='Karta över resultatet']")).to_be_visible()
        expect(page.get_by_role("table").first).to_be_visible()
        expect(page.get_by_text("Fler lager och mönster på kartan")).to_be_hidden()
        expect(page.get_by_role("radio", name="Tystnad")).to_be_hidden()


_OUTLINED = """() => {
    const node = document.activeElement;
    if (!node || node === document.body || node.tagName === 'IFRAME') return null;
    const box = node.getBoundingClientRect();
    const places = [node, node.parentElement, node.closest('label'), node.closest('[data-baseweb]'),
                    node.closest('[data-testid=stTextInputRootElement]'),
                    node.closest('[data-testid=stTextAreaRootElement]'),
                    node.nextElementSibling, node.previousElementSibling].filter(Boolean);
    const strong = places.some(place => {
        const style = getComputedStyle(place);
        return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    });
    return [strong, box.right > 0 && box.left < innerWidth, node.tagName,
            node.getAttribute('aria-label') || node.innerText || ''];
}"""


# one of each sort: the other pages are made of the same parts
TABBED = {
    "/",
    f"/forslag?id={D}",
    f"/synpunkt?id={D}",
    "/kvitto",
    f"/berorda?id={D}",
    f"/resultat?id={D}&visa=omrade",
    "/om",
}


def _hold_focus(page: Page) -> None:
    """Walk forty steps with Tab: what has the focus is outlined and on the screen."""
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        found = page.evaluate(_OUTLINED)
        if found is not None:
            seen.append(found)
    assert len(seen) > 5
    assert [one for one in seen if not one[0]] == []
    assert [one for one in seen if not one[1]] == []


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_page_is_accessible_in_swedish_and_asks_nobody_else(
    chromium: Browser, service: Server, address: str, device
):
    with visit(chromium, service, **device) as (page, _watch):
        _open(page, address)
        assert page.evaluate("document.documentElement.lang") == "sv"
        assert page.locator("h1").count() == 1
        assert frame_faults(page) == []
        assert english(page) == []
        if address in TABBED:
            _hold_focus(page)
        assert axe_violations(page) == []
        if device is PHONE:
            # a page enlarged four times on a desktop is this wide
            page.set_viewport_size({"width": 320, "height": 640})
            at_rest(page)
            assert page.evaluate(_WIDTH) <= 320
