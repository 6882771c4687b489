"""Signing in with a real OpenID provider: who gets in, with which role, and who does not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Response, expect

from tests.browser_kit import DESKTOP, ROOT, Server, free_port, serve, settled
from tests.identity_provider import CLIENT_ID, OTHER_ID, PASSWORD, provide, secrets_file

pytestmark = pytest.mark.browser

PEOPLE = {"granskare": ["dk-granskare"], "planerare": ["dk-planerare"], "utan": []}
NAMES = '{"dk-granskare": "reviewer", "dk-planerare": "planner"}'
OWN = "dialog_inloggad"


@dataclass(frozen=True)
class Town:
    """The service, and another one that trusts the same provider under another name."""

    own: Server
    other: Server


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folders = [tmp_path_factory.mktemp(name) for name in ("provider", "own", "other")]
    ports = [free_port(), free_port()]
    addresses = [f"http://127.0.0.1:{port}" for port in ports]
    with ExitStack() as stack:
        redirects = [f"{address}/oauth2callback" for address in addresses]
        provider = stack.enter_context(provide(folders[0], PEOPLE, redirects))
        servers = []
        for n, client_id in enumerate((CLIENT_ID, OTHER_ID)):
            file = secrets_file(folders[0], provider, addresses[n], client_id=client_id)
            start = serve(
                folders[n + 1],
                port=ports[n],
                STREAMLIT_SECRETS_FILES=str(file),
                DIALOG_ROLE_CLAIM="groups",
                DIALOG_ROLE_NAMES=NAMES,
            )
            servers.append(stack.enter_context(start))
        yield Town(*servers)


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    found = chromium.new_context(**DESKTOP)
    found.set_default_timeout(20_000)
    yield found
    found.close()


def _sign_in(page: Page, server: Server, name: str) -> None:
    _ask(page, server)
    _tell_provider(page, name)


def _ask(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/granska")
    settled(page)
    page.get_by_role("link", name="Logga in", exact=True).click()
    page.locator("input[name=login]").wait_for()


def _tell_provider(page: Page, name: str) -> None:
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=login]").press("Enter")
    page.locator("input[name=password]").fill(PASSWORD)
    # does not wait for where it leads
    page.locator("input[name=password]").focus()
    page.keyboard.press("Enter")


def _is_callback(found: Request | Response) -> bool:
    return urlsplit(found.url).path == "/oauth2callback"


def _cookies(context: BrowserContext) -> set[str]:
    return {str(cookie["name"]) for cookie in context.cookies()}


def test_no_link_is_printed_when_there_is_a_provider(town: Town):
    assert "logga-in?kod" not in town.own.said()


def test_no_link_is_given_by_command_either(town: Town):
    done = subprocess.run(
        [sys.executable, "-m", "data", "link"],
        cwd=ROOT,
        env={**os.environ, "DIALOG_DATABASE": str(town.own.database)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Personalen loggar in med sitt vanliga konto")


def test_a_reviewer_gets_in_and_out_again(context: BrowserContext, town: Town):
    page = context.new_page()
    _sign_in(page, town.own, "granskare")
    expect(page.get_by_text("Inloggad: granskare@example.org")).to_be_visible()
    assert not [name for name in _cookies(context) if name.startswith("_streamlit_user")]
    expect(page.get_by_role("link", name="Planera", exact=True)).to_have_count(0)
    page.goto(f"{town.own.address}/planera")
    settled(page)
    expect(page.get_by_text("har inte rätt till den här sidan")).to_be_visible()
    before = [cookie for cookie in context.cookies() if cookie["name"] == OWN]
    page.goto(f"{town.own.address}/logga-ut")
    page.get_by_role("button", name="Logga ut").click()
    context.add_cookies(before)  # what somebody copied from the browser
    page.goto(f"{town.own.address}/granska")
    settled(page)
    expect(page.get_by_role("link", name="Logga in", exact=True)).to_be_visible()


def test_a_planner_may_plan(context: BrowserContext, town: Town):
    page = context.new_page()
    _sign_in(page, town.own, "planerare")
    expect(page.get_by_text("Inloggad: planerare@example.org")).to_be_visible()
    page.goto(f"{town.own.address}/planera")
    settled(page)
    expect(page.get_by_text("Vad vill du göra?")).to_be_visible()


def test_an_account_without_a_role_stays_outside(context: BrowserContext, town: Town):
    page = context.new_page()
    _sign_in(page, town.own, "utan")
    expect(page.get_by_text("det har ingen behörighet i Dialogkartan")).to_be_visible()
    assert OWN not in _cookies(context)


def test_a_code_for_another_service_is_refused(context: BrowserContext, town: Town):
    page = context.new_page()
    _ask(page, town.other)
    # the other service does not come to use its code
    os.kill(town.other.pid, signal.SIGSTOP)
    try:
        with page.expect_request(_is_callback) as back:
            _tell_provider(page, "granskare")
        page.goto("about:blank")
    finally:
        os.kill(town.other.pid, signal.SIGCONT)
    (code,) = parse_qs(urlsplit(back.value.url).query)["code"]
    # without a sign-in of this browser's own, and in the place of the code of one
    (state,) = _begin(context, town.own)
    for said in ("unknown", state):
        got = page.goto(f"{town.own.address}/oauth2callback?code={code}&state={said}")
        assert got is not None
        assert got.status == 403
        expect(page.get_by_text("Inloggningen blev inte klar")).to_be_visible()
        assert OWN not in _cookies(context)


def _begin(context: BrowserContext, server: Server) -> list[str]:
    led = context.request.get(f"{server.address}/logga-in/konto", max_redirects=0)
    assert led.status == 303
    asked = parse_qs(urlsplit(led.headers["location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    return asked["state"]


def test_a_code_opens_one_session_and_nothing_of_the_sign_in_stays(
    context: BrowserContext, town: Town
):
    page = context.new_page()
    with page.expect_response(_is_callback) as back:
        _sign_in(page, town.own, "granskare")
    expect(page.get_by_text("Inloggad: granskare@example.org")).to_be_visible()
    assert _cookies(context) & {"dialog_inloggning", "_streamlit_user"} == set()
    context.clear_cookies()
    again = page.goto(back.value.url)
    assert again is not None
    assert again.status == 403


def test_a_list_of_officials_is_read_anew(chromium: Browser, tmp_path: Path):
    """A role that is taken out of the list is gone in the next act, without a restart."""
    people = tmp_path / "personal.txt"
    people.write_text("planerare@example.org: planner\n", encoding="utf-8")
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with ExitStack() as stack:
        provider = stack.enter_context(provide(tmp_path, PEOPLE, [f"{address}/oauth2callback"]))
        file = secrets_file(tmp_path, provider, address)
        server = stack.enter_context(
            serve(
                tmp_path,
                port=port,
                STREAMLIT_SECRETS_FILES=str(file),
                DIALOG_STAFF_FILE=str(people),
            )
        )
        page = chromium.new_page(**DESKTOP)
        page.set_default_timeout(20_000)
        _sign_in(page, server, "planerare")
        expect(page.get_by_text("Inloggad: planerare@example.org")).to_be_visible()
        page.goto(f"{address}/planera?del=forslag")
        settled(page)
        save = page.get_by_role("button", name="Spara avstånden")
        expect(save).to_be_visible()
        people.write_text("# ingen\n", encoding="utf-8")
        save.click()
        expect(page.get_by_text("Den här sidan är för kommunens personal.")).to_be_visible()
        page.close()
