"""A press on a link, and Back, hold whatever is still said about the page that is left."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates

from pages.shared import folders
from tests.browser_kit import DESKTOP, PHONE, Server, at_rest, settled, visit

D = "ex-1-skola-vaster"
FIELD = "Skriv din synpunkt"
SEARCH = "Sök adress, hållplats eller plats"
CARD = "1. Skola på grönytan i väster"
HERE = f"/forslag?id={D}"
PROPOSAL = re.compile(re.escape(HERE) + "$")
DEVICES = pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])


class Answers:
    """What the service answers, which can be kept waiting on its way to the page."""

    def __init__(self, page: Page) -> None:
        self._waiting: list[str | bytes] = []
        self._is_held = False
        self._routes: list[WebSocketRoute] = []
        self.asked = 0
        page.route_web_socket(re.compile("/_stcore/stream"), self._join)

    def _join(self, route: WebSocketRoute) -> None:
        self._routes.append(route)
        server = route.connect_to_server()
        server.on_message(self._come)
        route.on_message(lambda message: self._go(server, message))

    def _go(self, server: WebSocketRoute, message: str | bytes) -> None:
        server.send(message)
        self.asked += 1

    def _come(self, message: str | bytes) -> None:
        self._waiting.append(message)
        if not self._is_held:
            self.let_go()

    def hold(self) -> None:
        self._is_held = True

    def let_go(self) -> None:
        self._is_held = False
        waiting, self._waiting = self._waiting, []
        for message in waiting:
            self._routes[-1].send(message)

    def wait_for_more(self, page: Page) -> None:
        """Wait until the service has answered something that the page does not know of."""
        while not self._waiting:
            _pass_on(page)

    def wait_until_asked(self, page: Page, before: int) -> None:
        """Wait until the page has asked more of the service than it had `before`."""
        while self.asked == before:
            _pass_on(page)


def _pass_on(page: Page) -> None:
    """Let one frame be painted, and what came meanwhile be handed on."""
    page.evaluate("() => new Promise(requestAnimationFrame)")


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def _on_form(page: Page) -> None:
    expect(page.get_by_role("heading", name="Steg 2 av 4: Din synpunkt")).to_be_visible()


def _on_proposal(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text("Skola på grönytan")
    settled(page)
    expect(page).to_have_url(PROPOSAL)


def _to_form(page: Page) -> None:
    page.goto(HERE)
    settled(page)
    _press(page, "Lämna en synpunkt")
    _press(page, "Jag vill inte använda kartan")
    _press(page, "Det gäller ingen särskild plats")
    _on_form(page)
    settled(page)


@pytest.mark.browser
@DEVICES
def test_what_is_answered_after_back_leaves_the_way_forward(
    chromium: Browser, service: Server, device
):
    with visit(chromium, service, **device) as (page, _watch):
        answers = Answers(page)
        _to_form(page)
        answers.hold()
        page.get_by_label(FIELD).fill("Halvskr")
        page.get_by_label(FIELD).blur()
        answers.wait_for_more(page)
        page.go_back()
        answers.let_go()
        _on_proposal(page)
        page.go_forward()
        _on_form(page)
        expect(page.get_by_label(FIELD)).to_have_value("Halvskr")


@pytest.mark.browser
@DEVICES
def test_what_is_said_after_back_does_not_call_the_person_back(
    chromium: Browser, service: Server, device
):
    with visit(chromium, service, **device) as (page, _watch):
        answers = Answers(page)
        _to_form(page)
        page.get_by_label(FIELD).fill("Halvskr")
        answers.hold()
        page.go_back()
        answers.wait_for_more(page)
        # the form stands there still
        before = answers.asked
        page.get_by_label(FIELD).blur()
        answers.wait_until_asked(page, before)
        answers.let_go()
        _on_proposal(page)
        page.go_forward()
        _on_form(page)
        expect(page.get_by_label(FIELD)).to_have_value("Halvskr")


@pytest.mark.browser
@DEVICES
def test_a_button_pressed_after_back_is_heard(chromium: Browser, service: Server, device):
    with visit(chromium, service, **device) as (page, _watch):
        answers = Answers(page)
        _to_form(page)
        answers.hold()
        page.go_back()
        answers.wait_for_more(page)
        before = answers.asked
        _press(page, "Tillbaka")
        answers.wait_until_asked(page, before)
        answers.let_go()
        expect(page.get_by_role("heading", name="Steg 1 av 4: Platsen")).to_be_visible()
        expect(page).to_have_url(re.compile("/synpunkt"))


@pytest.mark.browser
@DEVICES
def test_a_link_is_followed_straight_from_a_half_written_field(
    chromium: Browser, service: Server, device
):
    with visit(chromium, service, **device) as (page, _watch):
        page.goto("/")
        settled(page)
        field = page.get_by_label(SEARCH)
        field.click()
        page.keyboard.type("Ingen plat")
        # the field is left and the link pressed in one: as by a tap, or where the machine is slow
        page.get_by_role("link", name=CARD).evaluate(
            "link => { document.activeElement.blur(); link.click(); }"
        )
        _on_proposal(page)
        page.go_back()
        expect(page.get_by_role("heading", level=1)).to_have_text("Vad planeras i Karlskoga?")


@pytest.mark.browser
def test_a_link_does_not_move_away_under_the_press(chromium: Browser, service: Server):
    with visit(chromium, service, **DESKTOP) as (page, _watch):
        answers = Answers(page)
        page.goto("/")
        settled(page)
        page.get_by_label(SEARCH).click()
        page.keyboard.type("Ingen plat")
        page.get_by_role("link", name=CARD).hover()
        before = answers.asked
        page.mouse.down()
        # what was written would be answered, with more words above the list
        at_rest(page)
        assert answers.asked == before
        page.mouse.up()
        _on_proposal(page)


@pytest.mark.browser
@DEVICES
def test_a_link_keeps_its_address_though_the_page_that_is_left_changes_its_own(
    chromium: Browser, service: Server, device
):
    with visit(chromium, service, **device) as (page, _watch):
        answers = Answers(page)
        page.goto("/")
        settled(page)
        answers.hold()
        page.get_by_label(SEARCH).fill("Ingen plat")
        page.get_by_label(SEARCH).blur()
        answers.wait_for_more(page)
        before = answers.asked
        page.get_by_role("link", name=CARD).evaluate("link => link.click()")
        answers.wait_until_asked(page, before)
        answers.let_go()
        _on_proposal(page)
        # also what the page says next is about that proposal
        page.get_by_text("Lättläst", exact=True).first.click()
        settled(page)
        _on_proposal(page)


def test_the_numbers_in_messages_are_those_of_streamlit():
    script = (folders.ASSETS / "page" / "message_order.js").read_text(encoding="utf-8")
    named = {
        name: {n: int(i) for n, i in re.findall(r"(\w+): (\d+)", inner)}
        for name, inner in re.findall(r"const (PARTS|PRESSES) = \{([^}]*)\}", script)
    }
    kinds = [BackMsg, ClientState, WidgetStates]
    own = {f.name: f.number for kind in kinds for f in kind.DESCRIPTOR.fields}
    assert named["PARTS"] == {name: own[name] for name in named["PARTS"]}
    presses = {f.name: f.number for f in WidgetState.DESCRIPTOR.fields if _is_press(f.name)}
    assert named["PRESSES"] == presses


def _is_press(name: str) -> bool:
    return "trigger" in name or name == "chat_input_value"
