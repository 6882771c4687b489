"""The map on the page of somebody else, in a real browser: seen, accessible, or refused."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser_kit import DESKTOP, PHONE, Server, axe_violations, other_site

pytestmark = pytest.mark.browser
MAPS = {"one": "/inbaddad?id=ex-1-skola-vaster", "all": "/inbaddad"}


def _open(page: Page, service: Server, site: str, address: str) -> None:
    page.goto(f"{site}/?{quote(service.address + address, safe='')}")


@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("which", MAPS)
def test_a_friend_shows_the_map(
    chromium: Browser, service: Server, friend: str, which: str, device
):
    context = chromium.new_context(**device)
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda said: said.type == "error" and errors.append(said.text))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    _open(page, service, friend, MAPS[which])
    frame = page.frame_locator("iframe")
    expect(frame.locator(".leaflet-container path.leaflet-interactive").first).to_be_attached()
    expect(frame.locator("body")).to_have_attribute("data-hamtar", "0")
    assert axe_violations(page) == []
    hosts = {urlsplit(url).netloc for url in asked if url.startswith("http")}
    assert hosts == {urlsplit(friend).netloc, urlsplit(service.address).netloc}
    assert errors == []
    assert context.cookies() == []
    link = frame.get_by_role("link", name="öppnas i en ny flik")
    with context.expect_page() as opened:
        link.click()
    expect(opened.value.get_by_role("heading", level=1)).to_be_visible()
    context.close()


def test_a_stranger_is_refused(chromium: Browser, service: Server):
    context = chromium.new_context(**DESKTOP)
    page = context.new_page()
    with other_site() as stranger:
        _open(page, service, stranger, MAPS["one"])
        # the page has loaded with all its frames, and this one holds the browser's own refusal
        (held,) = page.main_frame.child_frames
        assert held.url.startswith("chrome-error:")
        expect(page.get_by_role("heading", name="Kommunen")).to_be_visible()
    context.close()
