"""The days on which programs stumble: ``python -m tests.calendar [tests|service] [DAY …]``.

Runs the tests on each of them (`tests.other_day`), then starts the service with its examples and
walks it once in a real Chromium. Takes most of an hour, so it is no part of ``tests/run.sh``.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import urllib.request
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from data import clock
from tests import other_day
from tests.browser_kit import (
    CHROMIUM_ARGS,
    DESKTOP,
    PHONE,
    WAIT_MS,
    Server,
    chromium_path,
    serve,
    settled,
    visit,
)
from tests.test_browser_pages import english
from tests.test_demo_seed import STATUSES

DAYS = {
    "leap": "2028-02-29T12:00",
    # half a minute before the clock is moved, which it is at 01.00 UTC
    "spring": "2027-03-28T00:59:30+00:00",
    "autumn": "2027-10-31T00:59:30+00:00",
    "eve": "2026-12-31T23:59",
    "later": "2031-06-16T09:00",
}
OPEN, ANSWERED = "ex-1-skola-vaster", "ex-8-ravasen-belysning"
LINK = re.compile(r"/logga-in\?kod=[\w-]+")
WORDS = "Bra med en lugn gård."


def _read(page: Page, address: str) -> None:
    """Open a page and check that it is drawn, whole and in Swedish."""
    page.goto(address)
    settled(page)
    _hold(page)


def _hold(page: Page) -> None:
    assert english(page) == [], f"{page.url}: {english(page)}"
    assert "gick fel hos oss" not in page.inner_text("body"), page.url


def _send(page: Page) -> None:
    """Write a comment and send it, up to the receipt and what can be read with its code."""
    _read(page, f"/synpunkt?id={OPEN}")
    for name in ("Jag vill inte använda kartan", "Det gäller ingen särskild plats"):
        page.get_by_role("button", name=name, exact=True).click()
    page.get_by_text("En idé", exact=True).click()
    page.get_by_text("Jag är för förslaget", exact=True).click()
    page.get_by_label("Skriv din synpunkt").fill(WORDS)
    for name in ("Nästa", "Granska"):
        page.get_by_role("button", name=name, exact=True).click()
        settled(page)
        _hold(page)
    page.get_by_role("button", name="Skicka till kommunen", exact=True).click()
    expect(page.get_by_role("heading", name="Tack! Din synpunkt är mottagen")).to_be_visible()
    _hold(page)


def _walk_as_resident(page: Page) -> None:
    _read(page, "/")
    _read(page, f"/forslag?id={OPEN}")
    expect(page.get_by_role("button", name="Lämna en synpunkt").first).to_be_enabled()
    _send(page)
    _read(page, f"/resultat?id={OPEN}&visa=omrade")
    _read(page, f"/berorda?id={OPEN}")
    _read(page, f"/svar?id={ANSWERED}")
    _read(page, "/resultat?id=ex-6-storangsstrand&visa=skeden")


def _walk_as_official(page: Page, link: str) -> None:
    _read(page, link)
    expect(page.get_by_role("heading", name="Granska synpunkter")).to_be_visible()
    for address in ("/planera", f"/planera?id={OPEN}", "/teman", "/registrera", "/rapport"):
        _read(page, address)
    page.goto(f"/mote?id={ANSWERED}")
    expect(page.locator("#steg-1")).to_be_visible()
    page.get_by_text("Osparat läge").click()
    page.get_by_role("button", name="Ta ett nytt läge").click()
    expect(page.locator("#steg-1")).to_be_visible()


def _statuses(server: Server) -> dict[str, str]:
    with urllib.request.urlopen(f"{server.address}/api/v1/decisions.geojson") as answer:
        found = json.load(answer)
    return {one["id"]: one["properties"]["status"] for one in found["features"]}


def walk(browser: Browser, at: datetime) -> None:
    """Start the service at a moment, with the examples, and walk it as two people do."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(serve(folder, from_nothing=True, **other_day.settings(at)))
        assert _statuses(server) == {code: status.value for code, status in STATUSES.items()}
        with visit(browser, server, **PHONE) as (page, _watch):
            _walk_as_resident(page)
        link = LINK.search(server.said())
        assert link is not None, server.said()
        with visit(browser, server, **DESKTOP) as (page, _watch):
            _walk_as_official(page, link.group())
        assert "Traceback" not in server.said(), server.said()


def _walk_all(moments: dict[str, datetime]) -> None:
    expect.set_options(timeout=WAIT_MS // 2)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGS)
        for name, at in moments.items():
            walk(browser, at)
            print(f"{name}: the service was walked at {at.astimezone(clock.STOCKHOLM)}", flush=True)
        browser.close()


def main() -> None:
    """Try all days, or those named, with the tests, the service or both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="?", choices=["all", "tests", "service"], default="all")
    parser.add_argument("days", nargs="*", choices=[*DAYS, []], help="which ones; all if none")
    asked = parser.parse_args()
    moments = {name: other_day.read_moment(DAYS[name]) for name in asked.days or DAYS}
    failed = []
    if asked.what != "service":
        for name, at in moments.items():
            print(f"{name}: the tests from {at.astimezone(clock.STOCKHOLM)} on", flush=True)
            command, environment = other_day.command(at)
            done = subprocess.run(command, env=environment, check=False)
            failed += [name] if done.returncode else []
    if asked.what != "tests":
        _walk_all(moments)
    if failed:
        sys.exit(f"tests failed on: {', '.join(failed)}")


if __name__ == "__main__":
    main()
