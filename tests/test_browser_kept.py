"""What somebody writes is never lost: through restarts, Back and Forward, and without contact."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, Page, expect

from data.models import PLACE_WORDS_MAX, TEXT_MAX
from data.written import as_sent, clean_text
from pages.shared.words.texts import number
from tests.browser_kit import (
    DESKTOP,
    PHONE,
    WAIT_MS,
    Server,
    Watch,
    axe_violations,
    free_port,
    serve,
    settled,
    visit,
)

pytestmark = pytest.mark.browser

OPEN = "ex-1-skola-vaster"
GONE = "Ingen kontakt. Din text finns kvar. Vi försöker igen."
FIELD = "Skriv din synpunkt"
# told by the browser itself while the service is away
WITHOUT_CONTACT = re.compile(
    "ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|disconnected from server|server is not responding"
    "|reaching server endpoint|WebSocket|ERR_ABORTED|ERR_INTERNET_DISCONNECTED|timed out"
)


class Service:
    """A service that can be stopped and started again at the same address."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.server: Server | None = None
        self._running = contextlib.ExitStack()

    def start(self) -> Server:
        self.server = self._running.enter_context(serve(self.folder, port=self.port))
        return self.server

    def stop(self) -> None:
        self._running.close()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Service]:
    made = Service(tmp_path)
    made.start()
    yield made
    made.stop()


@contextlib.contextmanager
def _visit(browser: Browser, own: Service, **device: object) -> Iterator[tuple[Page, Watch]]:
    assert own.server is not None
    with visit(browser, own.server, **device) as (page, watch):
        yield page, watch
        watch.console = [line for line in watch.console if not WITHOUT_CONTACT.search(line)]


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def _step(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", name=heading)).to_be_visible(timeout=WAIT_MS)


def _to_words(page: Page) -> None:
    page.goto(f"/synpunkt?id={OPEN}")
    settled(page)
    _press(page, "Jag vill inte använda kartan")
    page.get_by_role("combobox", name=re.compile("Välj ett område i listan")).click()
    page.get_by_role("option").nth(2).click()
    expect(page.get_by_text("Vald plats:")).to_be_visible()
    page.get_by_role("button", name="Nästa").click()
    _step(page, "Steg 2 av 4: Din synpunkt")
    page.get_by_text("En idé", exact=True).click()
    page.get_by_text("Både för och emot", exact=True).click()
    expect(page.get_by_label("Både för och emot")).to_be_checked()
    settled(page)


def _state(page: Page) -> str | None:
    return page.get_by_test_id("stApp").get_attribute("data-test-connection-state")


def _line(page: Page):
    return page.locator("p.kontakt[role=status]")


def _kept(page: Page) -> dict[str, object]:
    return json.loads(page.evaluate("sessionStorage.getItem('dialog-skrivet') || '{}'"))


@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_restart_leaves_the_writer_where_she_was_with_every_word(
    chromium: Browser, own: Service, device
):
    with _visit(chromium, own, **device) as (page, _watch):
        _to_words(page)
        place = page.get_by_text("Plats:").first.inner_text()
        page.get_by_label(FIELD).press_sequentially("Först. ")
        page.get_by_label(FIELD).blur()
        settled(page)
        page.get_by_label(FIELD).press_sequentially("Mitt i en men")
        own.stop()
        expect(_line(page)).to_have_text(GONE, timeout=WAIT_MS)
        assert axe_violations(page) == []
        expect(page.get_by_label(FIELD)).to_have_value("Först. Mitt i en men")
        own.start()
        expect(_line(page)).to_have_text("", timeout=WAIT_MS)
        settled(page)
        _step(page, "Steg 2 av 4: Din synpunkt")
        expect(page.get_by_label(FIELD)).to_have_value("Först. Mitt i en men")
        # the first act of the new session goes on from there
        page.get_by_label(FIELD).press_sequentially("ing.")
        page.get_by_role("button", name="Nästa", exact=True).click()
        _step(page, "Steg 3 av 4: Om du vill berätta")
        _press(page, "Hoppa över")
        _step(page, "Steg 4 av 4: Granska")
        expect(page.get_by_text("Först. Mitt i en mening.", exact=True)).to_be_visible()
        expect(page.get_by_text("En idé")).to_be_visible()
        assert place.removeprefix("Plats: ").rstrip(".") in page.inner_text("body")
        _press(page, "Skicka till kommunen")
        expect(page.get_by_role("heading", name="Tack! Din synpunkt är mottagen")).to_be_visible()
        settled(page)
        # what is sent does not stay in a tab that somebody else may use
        page.wait_for_function("() => !sessionStorage.getItem('dialog-skrivet')")
        assert "mening" not in page.evaluate("JSON.stringify(sessionStorage)")


def test_a_press_is_the_first_that_a_new_session_hears(chromium: Browser, own: Service):
    with _visit(chromium, own, **DESKTOP) as (page, _watch):
        _to_words(page)
        page.get_by_label(FIELD).fill("Allt är kvar")
        own.stop()
        expect(_line(page)).to_have_text(GONE, timeout=WAIT_MS)
        own.start()
        page.wait_for_function(
            "() => document.querySelector('[data-testid=stApp]')"
            ".getAttribute('data-test-connection-state') === 'CONNECTED'"
        )
        _press(page, "Nästa")
        settled(page)
        expect(page.get_by_role("heading", name=re.compile("Steg [23] av 4"))).to_be_visible()
        assert "Steg 1 av 4" not in page.inner_text("body")


# as Streamlit does when its new session draws the same box before the old one is taken away
_EMPTIED = """async (field, anew) => {
    const app = document.querySelector('[data-testid=stApp]');
    const state = now => app.setAttribute('data-test-connection-state', now);
    const later = () => new Promise(done => setTimeout(done, 300));
    state('PINGING_SERVER');
    await later();
    state('CONNECTED');
    await later();
    // she writes on meanwhile
    field.dispatchEvent(new KeyboardEvent('keydown', {key: 'Shift', bubbles: true}));
    field.dispatchEvent(new PointerEvent('pointerdown', {bubbles: true}));
    const named = field.closest('[class*=st-key-synpunkt]');
    // another version of its key, as of a box that is drawn anew with what the browser has
    if (anew) named.className = named.className.replace(/(st-key-synpunkt\\S+)/, '$1-0123456789ab');
    app.setAttribute('data-test-script-state', 'running');
    await later();
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(field, '');
    app.setAttribute('data-test-script-state', 'notRunning');
    await later();
}"""


@pytest.mark.parametrize("anew", [False, True], ids=["as it stands", "drawn anew first"])
def test_a_box_that_a_new_session_empties_has_its_words_again(
    chromium: Browser, service: Server, anew: bool
):
    with visit(chromium, service, **DESKTOP) as (page, _watch):
        _to_words(page)
        page.get_by_label(FIELD).press_sequentially("Står kvar i rutan")
        page.get_by_label(FIELD).evaluate(_EMPTIED, anew)
        expect(page.get_by_label(FIELD)).to_have_value("Står kvar i rutan")
        assert "Står kvar i rutan" in json.dumps(_kept(page), ensure_ascii=False)


@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_back_and_forward_in_the_middle_of_a_word(chromium: Browser, service: Server, device):
    with visit(chromium, service, **device) as (page, _watch):
        page.goto(f"/forslag?id={OPEN}")
        settled(page)
        _press(page, "Lämna en synpunkt")
        _step(page, "Steg 1 av 4: Platsen")
        _press(page, "Jag vill inte använda kartan")
        _press(page, "Det gäller ingen särskild plats")
        _step(page, "Steg 2 av 4: Din synpunkt")
        page.get_by_text("En idé", exact=True).click()
        settled(page)
        words = ""
        for turn in range(3):
            page.get_by_label(FIELD).focus()
            page.keyboard.press("Control+End")
            page.keyboard.type(f"halv{turn} ")
            words += f"halv{turn} "
            page.go_back()
            expect(page.get_by_role("heading", level=1)).to_contain_text("Skola på grönytan")
            settled(page)
            page.go_forward()
            _step(page, "Steg 2 av 4: Din synpunkt")
            expect(page.get_by_label(FIELD)).to_have_value(words, timeout=WAIT_MS)
            expect(page.get_by_label("En idé")).to_be_checked()
        page.get_by_text("Både för och emot", exact=True).click()
        _press(page, "Nästa")
        _press(page, "Hoppa över")
        expect(page.get_by_text(words.strip(), exact=True)).to_be_visible()


# before anything else of the page has looked at the box
_TYPE_AT_ONCE = """words => new MutationObserver((_changes, self) => {
    const field = document.querySelector('.st-key-skriv textarea');
    if (!field) return;
    self.disconnect();
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(field, words);
    field.dispatchEvent(new Event('input', {bubbles: true}));
}).observe(document.body, {subtree: true, childList: true})"""


def test_what_is_typed_the_moment_the_box_is_drawn_is_kept(chromium: Browser, service: Server):
    with visit(chromium, service, **DESKTOP) as (page, _watch):
        page.goto(f"/synpunkt?id={OPEN}")
        settled(page)
        _press(page, "Jag vill inte använda kartan")
        page.evaluate(_TYPE_AT_ONCE, "Genast")
        _press(page, "Det gäller ingen särskild plats")
        _step(page, "Steg 2 av 4: Din synpunkt")
        expect(page.get_by_label(FIELD)).to_have_value("Genast")
        page.wait_for_function("sessionStorage.getItem('dialog-skrivet')?.includes('Genast')")


def test_another_form_begins_empty(chromium: Browser, service: Server):
    with visit(chromium, service, **DESKTOP) as (page, _watch):
        for n in range(2):
            if n == 0:
                page.goto(f"/synpunkt?id={OPEN}")
                settled(page)
            else:
                _press(page, "Lämna en till")
            _step(page, "Steg 1 av 4: Platsen")
            _press(page, "Jag vill inte använda kartan")
            _press(page, "Det gäller ingen särskild plats")
            _step(page, "Steg 2 av 4: Din synpunkt")
            expect(page.get_by_label(FIELD)).to_have_value("")
            page.get_by_text("En idé", exact=True).click()
            page.get_by_text("Både för och emot", exact=True).click()
            page.get_by_label(FIELD).press_sequentially(f"Den {n}:e")
            _press(page, "Nästa")
            _press(page, "Hoppa över")
            _press(page, "Skicka till kommunen")
            expect(
                page.get_by_role("heading", name="Tack! Din synpunkt är mottagen")
            ).to_be_visible()


LOST = [
    ("/", "sv-SE", "Ingen kontakt. Vi försöker igen."),
    ("/", "en-GB", "No contact. We are trying again."),
    ("/om", "sv-SE", "Ingen kontakt. Vi försöker igen."),
]


def test_without_contact_one_line_says_so_and_nothing_of_streamlits(
    chromium: Browser, own: Service
):
    with contextlib.ExitStack() as visits:
        pages = []
        for path, spoken, said in LOST:
            page, _ = visits.enter_context(_visit(chromium, own, **(DESKTOP | {"locale": spoken})))
            page.goto(path)
            settled(page)
            assert _state(page) == "CONNECTED"
            expect(_line(page)).to_have_text("", timeout=WAIT_MS)
            page.evaluate(
                "window.seen = []; new MutationObserver(() => { for (const d of"
                " document.querySelectorAll('[role=dialog]')) window.seen.push(d.innerText); })"
                ".observe(document.body, {subtree: true, childList: true})"
            )
            pages.append((page, said))
        own.stop()
        for page, said in pages:
            expect(_line(page)).to_have_text(said, timeout=WAIT_MS)
            expect(_line(page)).to_be_visible()
            for _ in range(3):
                # one of Streamlit's attempts
                page.wait_for_event("requestfailed", timeout=WAIT_MS)
            expect(_line(page)).to_have_text(said, timeout=WAIT_MS)
            assert page.evaluate("window.seen") == []
            assert "streamlit" not in page.inner_text("body").lower()
            assert axe_violations(page) == []
        own.start()
        for page, _said in pages:
            expect(_line(page)).to_have_text("", timeout=WAIT_MS)
            assert _state(page) == "CONNECTED"


def _go_offline(page: Page, _own: Service) -> Callable[[], None]:
    page.context.set_offline(True)
    return lambda: page.context.set_offline(False)


def _stand_still(_page: Page, own: Service) -> Callable[[], None]:
    assert own.server is not None
    pid = own.server.pid
    os.kill(pid, signal.SIGSTOP)
    return lambda: os.kill(pid, signal.SIGCONT)


@pytest.mark.parametrize("silence", [_go_offline, _stand_still])
def test_silence_is_told_though_nobody_has_hung_up(
    chromium: Browser, own: Service, silence: Callable[[Page, Service], Callable[[], None]]
):
    with _visit(chromium, own, **PHONE) as (page, _watch):
        _to_words(page)
        page.get_by_label(FIELD).press_sequentially("Ingen hör")
        back = silence(page, own)
        try:
            _press(page, "Nästa")
            expect(_line(page)).to_have_text(GONE)
            assert _state(page) == "CONNECTED"
            expect(page.get_by_label(FIELD)).to_have_value("Ingen hör")
        finally:
            back()
        expect(_line(page)).to_have_text("")
        # what was pressed meanwhile is heard
        _step(page, "Steg 3 av 4: Om du vill berätta")
        _press(page, "Hoppa över")
        expect(page.get_by_text("Ingen hör", exact=True)).to_be_visible()


# what is not seen, empty lines, ends, pictures, and families with a line end of another sort
COUNTED = [
    "kort\u200b" * 600,
    "x" + "\n" * 1990 + "y",
    "  \n slut \t \n\n\n\n\u2060 ",
    "😀" * 2000 + "\u00ad\u2063",
    "👨‍👩‍👧‍👦" * 200 + "\u2028ra\u030a",
]


def test_what_is_left_is_counted_while_writing_as_it_is_taken(chromium: Browser, service: Server):
    with visit(chromium, service, **DESKTOP) as (page, _watch):
        _to_words(page)
        for text in COUNTED:
            left = TEXT_MAX - len(clean_text(text))
            said = f"{number(abs(left))} tecken {'för mycket' if left < 0 else 'kvar'}"
            page.get_by_label(FIELD).fill(text)
            expect(page.locator("[data-kvar]")).to_have_text(said)
            page.get_by_label(FIELD).blur()
            settled(page)
            expect(page.locator("[data-kvar]")).to_have_text(said)


def test_a_paste_too_long_for_one_line_stays_and_is_told_at_once(
    chromium: Browser, service: Server
):
    with visit(chromium, service, **PHONE) as (page, _watch):
        page.goto(f"/synpunkt?id={OPEN}")
        settled(page)
        _press(page, "Jag vill inte använda kartan")
        field = page.get_by_label("Beskriv platsen med egna ord, om du vill")
        box = page.locator("[class*=st-key-skriv-]").filter(has=field)
        written = "intill den gamla eken " * 12
        field.fill("")
        field.press_sequentially("vid ")
        page.keyboard.insert_text(written)
        told = f"Texten är {len('vid ' + written.rstrip()) - PLACE_WORDS_MAX} tecken för lång."
        expect(box.locator("[data-kvar]")).to_contain_text(told)
        expect(field).to_have_value("vid " + written)
        page.get_by_role("button", name="Nästa").click()
        settled(page)
        expect(page.get_by_role("alert")).to_contain_text("Beskrivningen av platsen är för lång.")
        expect(field).to_have_value("vid " + written)
        field.fill("intill den gamla eken")
        expect(box.locator("[data-kvar]")).to_have_text("")
        page.get_by_role("button", name="Nästa").click()
        _step(page, "Steg 2 av 4: Din synpunkt")


def test_nothing_is_promised_where_nothing_can_be_kept(chromium: Browser, own: Service):
    with _visit(chromium, own, **DESKTOP) as (page, _watch):
        page.add_init_script(
            "Storage.prototype.setItem ="
            " () => { throw new DOMException('full', 'QuotaExceededError') }"
        )
        _to_words(page)
        page.get_by_label(FIELD).press_sequentially("Kan inte sparas")
        own.stop()
        expect(_line(page)).to_have_text("Ingen kontakt. Vi försöker igen.", timeout=WAIT_MS)
        expect(page.get_by_label(FIELD)).to_have_value("Kan inte sparas")
        own.start()
        expect(_line(page)).to_have_text("", timeout=WAIT_MS)


# as it comes from the clipboard, a keyboard, or a page that has been tampered with
RAW = "10\t20\x0b30\x85c \u06cc\u200c\u062e \U0001fae8 \u202ea\x00b  "
_PASTE = """(field, text) => {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(field, text);
    field.dispatchEvent(new Event('input', {bubbles: true}));
    field.dispatchEvent(new FocusEvent('focusout', {bubbles: true}));
}"""


@pytest.mark.parametrize("half", ["", "\ud83e"], ids=["whole", "half a sign"])
def test_the_words_arrive_to_the_letter_and_are_shown_as_they_will_be(
    chromium: Browser, own: Service, half: str
):
    with _visit(chromium, own, **DESKTOP) as (page, _watch):
        _to_words(page)
        # not as an argument: half a sign does not pass on the way to the browser either
        text = json.dumps(RAW + half)
        page.get_by_label(FIELD).evaluate(f"field => ({_PASTE})(field, {text})")
        settled(page)
        _press(page, "Nästa")
        _press(page, "Hoppa över")
        _step(page, "Steg 4 av 4: Granska")
        shown = page.get_by_test_id("stText").first.evaluate("box => box.textContent")
        assert shown == clean_text(RAW + half)
        _press(page, "Skicka till kommunen")
        expect(page.get_by_role("heading", name="Tack! Din synpunkt är mottagen")).to_be_visible()
    own.stop()
    assert own.server is not None
    with duckdb.connect(str(own.server.database), read_only=True) as stored:
        row = stored.execute(
            "SELECT original, public_text FROM comments ORDER BY id DESC"
        ).fetchone()
    assert row == (as_sent(RAW + half), shown)
