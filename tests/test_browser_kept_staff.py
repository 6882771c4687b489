"""What officials write in the long fields is kept as they type: Back, Forward and a restart."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser_kit import DESKTOP, at_rest, settled
from tests.test_browser_kept import Service, _visit

pytestmark = pytest.mark.browser

LINK = re.compile(r"/logga-in\?kod=[\w-]+")
DECISION = "ex-1-skola-vaster"
SLOW_MS = 60_000


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    made = Service(tmp_path_factory.mktemp("staff"))
    made.start()
    yield made
    made.stop()


@pytest.fixture
def page(chromium: Browser, own: Service) -> Iterator[Page]:
    """Sign in as an official who may do everything; a restart prints a new link."""
    if own.server is None or len(LINK.findall(own.server.said())) == 0:
        pytest.fail("no link")
    own.stop()
    server = own.start()
    found = LINK.search(server.said())
    assert found is not None
    with _visit(chromium, own, **DESKTOP) as (opened, _watch):
        opened.goto(found.group())
        settled(opened)
        yield opened


def _answer(page: Page) -> Locator:
    page.goto("/granska")
    settled(page)
    return _open_answer(page)


def _open_answer(page: Page) -> Locator:
    field = page.get_by_label("Kommunens svar")
    if not field.is_visible():
        page.get_by_text("Svara på synpunkten", exact=True).click()
    return field


def _entered(page: Page) -> Locator:
    page.goto(f"/registrera?id={DECISION}")
    settled(page)
    return page.get_by_label("Vad personen sade eller skrev")


def _theme(page: Page) -> Locator:
    page.goto(f"/teman?id={DECISION}&del=svara")
    settled(page)
    field = page.get_by_label("Kommunens svar")
    none_yet = page.get_by_text("Det finns inget tema än.")
    expect(field.or_(none_yet).first).to_be_visible(timeout=SLOW_MS)
    if none_yet.count():
        page.goto(f"/teman?id={DECISION}")
        settled(page)
        page.get_by_label("Vad handlar synpunkterna om?").fill("Tema på prov")
        page.get_by_role("button", name="Skapa temat", exact=True).click()
        expect(page.get_by_text("Temat är skapat.")).to_be_visible(timeout=SLOW_MS)
        page.goto(f"/teman?id={DECISION}&del=svara")
        settled(page)
    return field


FORMS = {"answer": _answer, "entered": _entered, "theme": _theme}
# what has to be opened again where the page is drawn anew
OPENED = {"answer": _open_answer}


@pytest.mark.parametrize("form", FORMS)
def test_back_and_forward_keep_what_an_official_is_writing(page: Page, form: str):
    field = FORMS[form](page)
    overview = page.get_by_role("heading", name="Vad planeras i Karlskoga?")
    page.get_by_role("link", name="Alla förslag").first.click()
    expect(overview).to_be_visible()
    page.go_back()
    expect(overview).to_have_count(0)
    settled(page)
    OPENED.get(form, lambda _page: field)(page)
    field.click()
    page.keyboard.type("Mitt i en men")
    # with the cursor still in the field
    page.go_forward()
    expect(overview).to_be_visible()
    page.go_back()
    expect(overview).to_have_count(0)
    settled(page)
    OPENED.get(form, lambda _page: field)(page)
    expect(field).to_have_value("Mitt i en men", timeout=SLOW_MS)


@pytest.mark.parametrize("form", FORMS)
def test_a_restart_keeps_what_an_official_is_writing(page: Page, own: Service, form: str):
    field = FORMS[form](page)
    field.click()
    page.keyboard.type("Mitt i en men")
    own.stop()
    line = page.locator("p.kontakt[role=status]")
    expect(line).to_have_text("Ingen kontakt. Din text finns kvar. Vi försöker igen.")
    own.start()
    expect(line).to_have_text("", timeout=SLOW_MS)
    settled(page)
    OPENED.get(form, lambda _page: field)(page)
    expect(field).to_have_value("Mitt i en men", timeout=SLOW_MS)


def test_what_is_entered_and_saved_does_not_come_back(page: Page):
    field = _entered(page)
    field.click()
    page.keyboard.type("Sparat en gång")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Raden är sparad och väntar på att läsas.")).to_be_visible()
    expect(field).to_have_value("")
    settled(page)
    page.get_by_role("link", name="Alla förslag").first.click()
    expect(page.get_by_role("heading", name="Vad planeras i Karlskoga?")).to_be_visible()
    page.go_back()
    at_rest(page)
    expect(field).to_have_value("")


def test_who_signs_out_leaves_nothing_in_the_tab(page: Page):
    field = _entered(page)
    field.click()
    page.keyboard.type("Hemligt")
    page.get_by_role("link", name="Logga ut").click()
    page.wait_for_load_state()
    assert "Hemligt" not in page.evaluate("JSON.stringify(sessionStorage)")


def test_a_proposal_is_saved_with_what_stood_half_written_and_only_then_forgotten(page: Page):
    page.goto("/planera")
    settled(page)
    page.get_by_label("Nytt förslag: skriv en rubrik").fill("Förslag på prov")
    page.get_by_role("button", name="Börja skriva").click()
    heading = page.get_by_role("heading", name="Förslag på prov")
    expect(heading).to_be_visible(timeout=SLOW_MS)
    settled(page)
    page.get_by_test_id("stButtonGroup").get_by_text("Texten", exact=True).click()
    # while the page is drawn anew, what stood there and what comes may both be there for a moment
    summary = page.get_by_label("Kort om förslaget", exact=True).last
    summary.click()
    page.keyboard.type("Halva meningen")
    # the address tells which tab she was at
    page.reload()
    expect(heading).to_be_visible(timeout=SLOW_MS)
    settled(page)
    expect(summary).to_have_value("Halva meningen", timeout=SLOW_MS)
    settled(page)
    # it is put back and saved, as when one leaves the field: nothing is left to put back
    page.wait_for_function("() => !sessionStorage.getItem('dialog-skrivet')")
    page.reload()
    settled(page)
    expect(summary).to_have_value("Halva meningen", timeout=SLOW_MS)
    settled(page)
    expect(page.get_by_label("Kort om förslaget", exact=True)).to_have_count(1)
