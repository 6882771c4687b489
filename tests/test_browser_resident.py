"""The resident's whole way in a real Chromium: mouse, touch, keyboard alone, and no map."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser_kit import (
    DESKTOP,
    PHONE,
    Server,
    at_rest,
    axe_violations,
    press,
    settled,
    still,
    visit,
)

pytestmark = pytest.mark.browser

OPEN = "ex-1-skola-vaster"
UPCOMING = "ex-5-hagnan"
CLOSED = "ex-7-bjorkborn"
MAP = "Karta över Karlskoga"
RECEIPT = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")
WORDS = "Barnen går här varje dag. {{7*7}} ${alert(1)} </script> `hej`"


def _open_form(page: Page) -> None:
    page.goto(f"/synpunkt?id={OPEN}")
    settled(page)
    expect(page.get_by_role("heading", name="Steg 1 av 4: Platsen")).to_be_visible()


def _write(page: Page, words: str = WORDS) -> None:
    expect(page.get_by_role("heading", name="Steg 2 av 4: Din synpunkt")).to_be_visible()
    page.get_by_text("En oro", exact=True).click()
    page.get_by_text("Både för och emot", exact=True).click()
    page.get_by_label("Skriv din synpunkt").fill(words)
    press(page, "Nästa")
    expect(page.get_by_role("heading", name="Steg 3 av 4: Om du vill berätta")).to_be_visible()


def _send(page: Page) -> str:
    press(page, "Hoppa över")
    expect(page.get_by_role("heading", name="Steg 4 av 4: Granska")).to_be_visible()
    press(page, "Skicka till kommunen")
    return _receipt(page)


def _receipt(page: Page) -> str:
    expect(page.get_by_role("heading", name="Tack! Din synpunkt är mottagen")).to_be_visible()
    found = RECEIPT.search(page.get_by_test_id("stMetric").inner_text())
    assert found is not None
    return found.group()


def _follow(page: Page, code: str) -> None:
    page.goto(f"/kvitto?kod={code}")
    settled(page)
    expect(page.get_by_text("Väntar på läsning").first).to_be_visible()
    expect(page.get_by_text("{{7*7}}").first).to_be_visible()


def _map_frame(page: Page):
    frame = page.frame_locator(f'iframe[title="{MAP}"]')
    frame.locator(".leaflet-container").wait_for()
    return frame


@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_whole_way_with_the_map(chromium: Browser, service: Server, device):
    with visit(chromium, service, **device) as (page, _watch):
        page.goto("/")
        settled(page)
        expect(page.get_by_role("heading", name="Vad planeras i Karlskoga?")).to_be_visible()
        page.get_by_role("link", name=re.compile("Skola på grönytan")).first.click()
        settled(page)
        expect(page.get_by_role("heading", level=1)).to_contain_text("Skola på grönytan")
        press(page, "Lämna en synpunkt")
        expect(page.get_by_role("heading", name="Steg 1 av 4: Platsen")).to_be_visible()
        frame = _map_frame(page)
        still(page)
        target = frame.locator(".leaflet-container")
        if device is PHONE:
            target.tap(position={"x": 120, "y": 120})
        else:
            target.click(position={"x": 200, "y": 180})
        expect(page.get_by_text("Vald plats:")).to_be_visible()
        page.get_by_role("button", name=re.compile("Nästa")).click()
        _write(page)
        code = _send(page)
        _follow(page, code)


def test_the_whole_way_with_the_keyboard_alone(chromium: Browser, service: Server):
    with visit(chromium, service, **DESKTOP) as (page, _watch):
        _open_form(page)
        _map_frame(page)
        still(page)
        _tab_to(page, "Sätt nålen mitt på kartan")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Vald plats:")).to_be_visible()
        _tab_to(page, "Nästa")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Steg 2 av 4: Din synpunkt")).to_be_visible()
        _tab_to_radio(page, "Vad vill du lämna?")
        page.keyboard.press("Space")
        _tab_to_radio(page, "Vad tycker du om förslaget?")
        page.keyboard.press("ArrowDown")
        _tab_to(page, "Skriv din synpunkt")
        page.keyboard.type(WORDS)
        _tab_to(page, "Nästa")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Steg 3 av 4: Om du vill berätta")).to_be_visible()
        _tab_to(page, "Granska")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Steg 4 av 4: Granska")).to_be_visible()
        _tab_to(page, "Skicka till kommunen")
        page.keyboard.press("Enter")
        _receipt(page)


_FOCUSED = """() => {
    let node = document.activeElement;
    while (node && node.tagName === 'IFRAME' && node.contentDocument)
        node = node.contentDocument.activeElement;
    const group = node.closest('[role=radiogroup]');
    return [(node.getAttribute('aria-label') || node.innerText || '').trim(),
            group ? (group.getAttribute('aria-label') || '') : ''];
}"""


def _tab_until(page: Page, wanted, limit: int = 80) -> None:
    for _ in range(limit):
        page.keyboard.press("Tab")
        if wanted(*page.evaluate(_FOCUSED)):
            return
    pytest.fail("the keyboard never reached it")


def _tab_to(page: Page, name: str) -> None:
    _tab_until(page, lambda label, _group: label == name)


def _tab_to_radio(page: Page, question: str) -> None:
    _tab_until(page, lambda _label, group: group == question)


@pytest.mark.parametrize("way", ["search", "list", "words"])
def test_the_whole_way_with_every_frame_blocked(chromium: Browser, service: Server, way: str):
    with visit(chromium, service, **PHONE) as (page, watch):
        page.route(re.compile(r"/component/|/presentation/"), lambda route: route.abort())
        _open_form(page)
        if way == "search":
            page.get_by_label("Sök adress, hållplats eller plats").fill("Skranta")
            page.keyboard.press("Enter")
            press(page, "Använd den här platsen")
        else:
            press(page, "Jag vill inte använda kartan")
        if way == "list":
            page.get_by_role("combobox", name=re.compile("Välj ett område i listan")).click()
            page.get_by_role("option").nth(2).click()
        if way == "words":
            page.get_by_label(re.compile("Beskriv platsen")).fill("Vid gungorna")
            page.keyboard.press("Tab")
            press(page, "Det gäller ingen särskild plats")
        else:
            expect(page.get_by_text("Vald plats:")).to_be_visible()
            page.get_by_role("button", name=re.compile("Nästa")).click()
        _write(page)
        _follow(page, _send(page))
        # the browser itself reports the frames we took away
        watch.console.clear()


@pytest.mark.parametrize("clicks", [2, 5])
def test_clicking_send_many_times_stores_one(chromium: Browser, service: Server, clicks: int):
    with visit(chromium, service, **DESKTOP) as (page, _watch):
        _open_form(page)
        press(page, "Jag vill inte använda kartan")
        press(page, "Det gäller ingen särskild plats")
        _write(page, f"Skickat med {clicks} klick")
        press(page, "Hoppa över")
        send = page.get_by_role("button", name="Skicka till kommunen", exact=True)
        send.wait_for()
        send.evaluate(f"b => {{ for (let i = 0; i < {clicks}; i++) b.click(); }}")
        code = _receipt(page)
        page.goto(f"/kvitto?kod={code}")
        settled(page)
        expect(page.get_by_text(f"Skickat med {clicks} klick")).to_have_count(1)


def test_a_draft_survives_a_reload_also_words_that_have_not_left_the_field(
    chromium: Browser, service: Server
):
    with visit(chromium, service, **DESKTOP) as (page, _watch):
        _open_form(page)
        press(page, "Jag vill inte använda kartan")
        press(page, "Det gäller ingen särskild plats")
        expect(page.get_by_role("heading", name="Steg 2 av 4: Din synpunkt")).to_be_visible()
        page.get_by_text("En idé", exact=True).click()
        at_rest(page)
        page.get_by_label("Skriv din synpunkt").press_sequentially("Halvfärdig tanke")
        page.reload()
        settled(page)
        field = page.get_by_label("Skriv din synpunkt")
        expect(field).to_have_value("Halvfärdig tanke")
        expect(page.get_by_label("En idé")).to_be_checked()


def test_a_second_tab_has_its_own_form(chromium: Browser, service: Server):
    with visit(chromium, service, **DESKTOP) as (page, _watch):
        _open_form(page)
        press(page, "Jag vill inte använda kartan")
        press(page, "Det gäller ingen särskild plats")
        second = page.context.new_page()
        _open_form(second)
        expect(page.get_by_role("heading", name="Steg 2 av 4: Din synpunkt")).to_be_visible()
        second.close()


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (UPCOMING, "Du kan inte lämna synpunkter än"),
        (CLOSED, "Tiden för synpunkter är slut"),
    ],
)
def test_a_closed_decision_shows_no_form(chromium: Browser, service: Server, decision, said):
    with visit(chromium, service, **PHONE) as (page, _watch):
        page.goto(f"/synpunkt?id={decision}")
        settled(page)
        expect(page.get_by_role("heading", level=1)).to_contain_text(said)
        expect(page.get_by_role("button", name="Skicka till kommunen")).to_have_count(0)
        expect(page.get_by_label("Sök adress, hållplats eller plats")).to_have_count(0)


def test_empty_words_lose_nothing_and_say_what_to_do(chromium: Browser, service: Server):
    with visit(chromium, service, **DESKTOP) as (page, _watch):
        _open_form(page)
        press(page, "Jag vill inte använda kartan")
        press(page, "Det gäller ingen särskild plats")
        page.get_by_text("En fråga", exact=True).click()
        page.get_by_text("Jag vill inte ta ställning", exact=True).click()
        page.get_by_label("Skriv din synpunkt").fill("   ")
        press(page, "Nästa")
        expect(page.get_by_text("Skriv något i rutan innan du går vidare.")).to_be_visible()
        expect(page.get_by_label("En fråga")).to_be_checked()
        assert axe_violations(page) == []


def test_the_language_can_be_changed_and_the_page_says_which(chromium: Browser, service: Server):
    with visit(chromium, service, **DESKTOP) as (page, _watch):
        page.goto("/")
        settled(page)
        assert page.evaluate("document.documentElement.lang") == "sv"
        page.get_by_role("link", name="English").click()
        expect(page.get_by_role("heading", level=1)).not_to_contain_text("Vad planeras")
        assert page.evaluate("document.documentElement.lang") == "en"
        page.get_by_role("link", name="Svenska").click()
        expect(page.get_by_role("heading", name="Vad planeras i Karlskoga?")).to_be_visible()


def test_the_browser_chooses_the_language(chromium: Browser, service: Server):
    with visit(chromium, service, **(DESKTOP | {"locale": "en-GB"})) as (page, _watch):
        page.goto("/")
        settled(page)
        assert page.evaluate("document.documentElement.lang") == "en"
        expect(page.get_by_role("heading", level=1)).not_to_contain_text("Vad planeras")


def test_pressing_letters_runs_nothing(chromium: Browser, service: Server):
    with visit(chromium, service, **DESKTOP) as (page, _watch):
        page.goto("/")
        settled(page)
        sent: list[object] = []
        page.on("websocket", lambda socket: sent.append(socket))
        for letter in "abcdefghijklmnopqrstuvwxyz":
            page.keyboard.press(letter)
        at_rest(page)
        expect(page.get_by_role("heading", name="Vad planeras i Karlskoga?")).to_be_visible()
        assert page.get_by_role("dialog").count() == 0
        assert sent == []
