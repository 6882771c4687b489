"""Nothing of Streamlit's own reaches a person untranslated: what is heard on every page.

Each page is also touched: what unfolds is unfolded, each list and calendar opened, a file of the
wrong sort given to each field for files. The browser speaks the other language meanwhile.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from pages.shared.report import publicity
from pages.shared.words.texts import plain
from tests.browser_kit import DESKTOP, Server, at_rest, frame_faults, serve, settled, still
from tests.heard_kit import WORD, Heard, heard, strange, vocabulary

pytestmark = pytest.mark.browser

D = "ex-1-skola-vaster"
BATH = "ex-6-storangsstrand"
ANSWERED = "ex-8-ravasen-belysning"
LINK = re.compile(r"/logga-in\?kod=[\w-]+")
RESIDENTS = [
    "/",
    "/?nara=Skranta",
    "/?nara=xyzzy",
    f"/forslag?id={D}",
    f"/forslag?id={BATH}",
    "/forslag?id=finns-inte",
    f"/synpunkt?id={D}",
    "/synpunkt?id=ex-5-hagnan",
    "/kvitto",
    "/kvitto?kod=0000-0000",
    f"/berorda?id={D}",
    f"/resultat?id={D}&visa=synpunkter",
    f"/resultat?id={BATH}&visa=skeden&monster=1",
    f"/svar?id={ANSWERED}",
    "/metod",
    "/om",
    "/tillganglighet",
    "/personuppgifter",
]
OFFICIALS = [
    "/granska",
    "/registrera",
    f"/teman?id={BATH}",
    f"/rapport?id={BATH}",
    "/planera",
    f"/planera?beslut={D}",
    f"/berorda?id={D}",
]
OTHER = {"sv": "en-US", "en": "sv-SE"}
# what the walk itself writes or gives
OWN = frozenset({"fel", "xyz", "xyzzy", "pdf"})
# names of what a browser keeps stand in a table as they are
KEPT = frozenset(
    {"streamlit", "xsrf", "localstorage", "sessionstorage", "sprak", "inloggad", "inloggning"}
)
# the texts for press and web are written in Swedish, whoever makes them
SWEDISH = ("/rapport",)
DRAFTS = Path(publicity.__file__)
WRONG = {"name": "fel.xyz", "mimeType": "application/pdf", "buffer": b"fel"}


@pytest.fixture(scope="module")
def own_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serve(tmp_path_factory.mktemp("heard")) as server:
        yield server


@pytest.fixture(scope="module")
def signed_in(chromium: Browser, own_service: Server) -> dict[str, object]:
    link = LINK.search(own_service.said())
    assert link is not None, own_service.said()
    context = chromium.new_context(base_url=own_service.address)
    page = context.new_page()
    page.goto(link.group())
    settled(page)
    state = context.storage_state()
    context.close()
    return dict(state)


def _context(browser: Browser, server: Server, spoken: str, **more: object) -> BrowserContext:
    context = browser.new_context(
        **{**DESKTOP, "locale": OTHER[spoken]}, base_url=server.address, **more
    )
    context.add_cookies([{"name": "sprak", "value": spoken, "url": server.address}])
    return context


def _visible(found: Locator) -> list[Locator]:
    return [one for one in found.all() if one.is_visible()]


def _opened(page: Page, one: Locator) -> set[Heard]:
    one.click()
    at_rest(page)
    told = heard(page)
    page.keyboard.press("Escape")
    return told


def _touched(page: Page) -> set[Heard]:
    """Return what is heard when everything that opens has been opened."""
    told = heard(page)
    for one in _visible(page.locator("[data-testid=stExpander] summary")):
        one.click()
    still(page)
    told |= heard(page)
    for one in _visible(page.locator("[data-testid=stDateInputCalendarButton]"))[:2]:
        told |= _opened(page, one)
    for sort in ("stSelectbox", "stMultiSelect"):
        for one in _visible(page.locator(f"[data-testid={sort}] input"))[:2]:
            told |= _opened(page, one)
    for one in page.locator("[data-testid=stFileUploader]").all():
        one.locator("input[type=file]").set_input_files(WRONG)
        expect(one.get_by_role("alert")).to_be_visible()
        told |= heard(page)
    return told


def _hold(context: BrowserContext, address: str, spoken: str) -> None:
    page = context.new_page()
    page.goto(address)
    still(page)
    assert page.evaluate("document.documentElement.lang") == spoken
    own = OWN | KEPT if address == "/personuppgifter" else OWN
    if address.startswith(SWEDISH):
        own |= vocabulary("sv") | frozenset(WORD.findall(DRAFTS.read_text("utf-8").casefold()))
    assert frame_faults(page) == []
    found = strange(_touched(page), spoken, own)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("spoken", ["sv", "en"])
@pytest.mark.parametrize("address", RESIDENTS)
def test_a_resident_hears_only_words_of_ours(
    chromium: Browser, own_service: Server, address: str, spoken: str
):
    context = _context(chromium, own_service, spoken)
    try:
        _hold(context, address, spoken)
    finally:
        context.close()


def _nothing_found(page: Page) -> set[Heard]:
    page.goto("/registrera")
    still(page)
    choice = page.locator("[data-testid=stSelectbox] input").first
    choice.click()
    choice.press_sequentially("xyzzy")
    expect(page.get_by_role("option")).to_have_count(1)
    return heard(page)


def _day_outside(page: Page) -> set[Heard]:
    page.goto(f"/resultat?id={D}&visa=synpunkter")
    still(page)
    for one in _visible(page.locator("[data-testid=stExpander] summary")):
        one.click()
    page.locator("[data-testid=stDateInput] [data-type=year]").first.click()
    page.keyboard.type("2001")
    page.locator("[data-testid=stDateInput] [data-type=month]").first.click()
    page.keyboard.press("ArrowUp")
    at_rest(page)
    told = heard(page)
    page.keyboard.press("Tab")
    at_rest(page)
    return told | heard(page)


def _word_added(page: Page) -> set[Heard]:
    page.goto("/granska")
    still(page)
    page.locator("[data-testid=stMultiSelect] input").first.click()
    page.keyboard.type("xyzzy")
    page.keyboard.press("Enter")
    expect(page.locator("[data-tag]").filter(has_text="xyzzy")).to_be_visible()
    settled(page)
    return heard(page)


@pytest.mark.parametrize("spoken", ["sv", "en"])
@pytest.mark.parametrize("act", [_nothing_found, _day_outside, _word_added])
def test_what_a_field_says_of_what_is_written_in_it_is_ours(
    chromium: Browser, own_service: Server, signed_in, act: Callable[[Page], set[Heard]], spoken
):
    context = _context(chromium, own_service, spoken, storage_state=signed_in)
    try:
        found = strange(act(context.new_page()), spoken, OWN)
        assert not found, "\n".join(found)
    finally:
        context.close()


SORTED = "ex-7-bjorkborn"


def test_a_box_to_tick_is_named_as_it_is_read(chromium: Browser, own_service: Server, signed_in):
    context = _context(chromium, own_service, "sv", storage_state=signed_in)
    try:
        page = context.new_page()
        page.goto(f"/teman?id={SORTED}")
        still(page)
        found = page.locator("[data-testid=stCheckbox]")
        expect(found.first).to_be_visible()
        boxes = found.all()
        named = [
            (box.get_by_role("checkbox").get_attribute("aria-label"), box.inner_text().strip())
            for box in boxes
        ]
        assert [name for name, _read in named if "\\" in name] == []
        assert [(name, read) for name, read in named if name != read] == []
    finally:
        context.close()


@given(some.lists(some.text(some.characters(codec="utf-8"), min_size=1), min_size=20, max_size=60))
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_name_is_told_as_it_was_written(any_page: Page, texts: list[str]):
    """Streamlit gives a label's Markdown as its name; what is heard is what was meant."""
    names = any_page.evaluate(_NAMES, [plain(text) for text in [*texts, *HOSTILE]])
    assert names == [*texts, *HOSTILE]


# what looks like Streamlit's own words, and what looks like Markdown
HOSTILE = [
    "[dolt] ringer",
    r"\[dolt\]",
    "Close",
    "Choose date",
    "edit icon",
    "a * b_c `d` ~e~ $f$ :red[g] <h>",
    "12/40 characters",
]
_NAMES = """async names => {
    const box = document.body.appendChild(document.createElement('div'));
    box.dataset.testid = 'stCheckbox';
    for (const name of names) {
        box.appendChild(document.createElement('input')).setAttribute('aria-label', name);
    }
    await new Promise(done => setTimeout(done, 0));
    const told = [...box.children].map(one => one.getAttribute('aria-label'));
    box.remove();
    return told;
}"""


@pytest.fixture
def any_page(chromium: Browser, own_service: Server) -> Iterator[Page]:
    context = _context(chromium, own_service, "sv")
    page = context.new_page()
    page.goto("/om")
    settled(page)
    yield page
    context.close()


@pytest.mark.parametrize("spoken", ["sv", "en"])
@pytest.mark.parametrize("address", OFFICIALS)
def test_an_official_hears_only_words_of_ours(
    chromium: Browser, own_service: Server, signed_in, address: str, spoken: str
):
    context = _context(chromium, own_service, spoken, storage_state=signed_in)
    try:
        _hold(context, address, spoken)
    finally:
        context.close()
