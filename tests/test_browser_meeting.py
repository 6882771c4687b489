"""A meeting in a real Chromium: keys, buttons, links, no network, and text that all can read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser_kit import AXE, PHONE, Server, axe_violations, serve, visit

pytestmark = pytest.mark.browser

PROJECTOR = {"viewport": {"width": 1280, "height": 720}, "locale": "sv-SE"}
LINK = re.compile(r"/logga-in\?kod=[\w-]+")
MEETING = "/mote?id=ex-8-ravasen-belysning"
LEAST_PX = 24
SMALL = """least => {
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const words = walk.currentNode.textContent.trim(), of = walk.currentNode.parentElement;
    if (!words || !of.checkVisibility({visibilityProperty: true})) continue;
    const box = of.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1) continue;
    const scale = of.ownerSVGElement ? of.getScreenCTM().a : 1;
    const size = parseFloat(getComputedStyle(of).fontSize) * scale;
    if (size < least - 0.5) found.push(`${words.slice(0, 30)}: ${size}`);
  }
  return found;
}"""
CUT_OFF = """() => [...document.querySelectorAll('.steg.nu, .steg.nu *')].filter(one => {
  if (one.scrollHeight <= one.clientHeight + 2 || one.ownerSVGElement) return false;
  const rolls = getComputedStyle(one).overflowY;
  return rolls === 'hidden' && !one.classList.contains('dold');
}).map(one => one.className)"""
# a number or a name that is seen but not whole
OUTSIDE = """step => {
  const map = document.querySelector(`${step} .omraden`), edge = map.getBoundingClientRect();
  return [...map.querySelectorAll('circle, .namn')].filter(one => {
    const box = one.getBoundingClientRect();
    return box.width && one.checkVisibility()
      && (box.left < edge.left || box.right > edge.right);
  }).map(one => one.outerHTML);
}"""
ENHANCED = """async () => (await axe.run(document, {
  runOnly: {type: 'rule', values: ['color-contrast-enhanced']}, resultTypes: ['violations']
})).violations.flatMap(v => v.nodes.map(n => n.target + ' ' + n.failureSummary))"""


@pytest.fixture
def own_service(tmp_path: Path) -> Iterator[Server]:
    with serve(tmp_path) as server:
        yield server


def _is_at(page: Page, step: int) -> None:
    expect(page.locator(".steg:visible")).to_have_count(1)
    expect(page.locator(f"#steg-{step}")).to_be_visible()
    expect(page.locator(".raknare")).to_have_text(f"Steg {step} av 7")
    assert f"steg={step}" in page.url


def _hold_still(page: Page) -> None:
    """Check one step as it is projected: everything fits, is large, and has contrast."""
    assert page.evaluate(SMALL, LEAST_PX) == []
    assert page.evaluate("document.documentElement.scrollHeight") <= 720
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert page.evaluate(CUT_OFF) == []
    assert axe_violations(page) == []
    assert page.evaluate(ENHANCED) == []


def test_seven_steps_by_key_button_and_link_with_the_network_cut(
    chromium: Browser, own_service: Server
):
    found = LINK.search(own_service.said())
    assert found is not None, own_service.said()
    with visit(chromium, own_service, **PROJECTOR) as (page, _watch):
        page.context.request.get(found.group())
        page.goto(MEETING)
        _is_at(page, 1)
        page.get_by_text("Osparat läge").click()
        page.get_by_role("button", name="Ta ett nytt läge").click()
        expect(
            page.get_by_text(re.compile(r"^Läge från \d+ \w+ \d{4} kl\. \d\d\.\d\d$"))
        ).to_be_visible()
        page.goto(f"{MEETING}&steg=4")
        _is_at(page, 4)
        page.evaluate(AXE)

        page.context.set_offline(True)
        for key, step in (
            ("Home", 1),
            ("ArrowLeft", 1),
            ("PageDown", 2),
            ("ArrowRight", 3),
            ("End", 7),
            ("PageUp", 6),
        ):
            page.keyboard.press(key)
            _is_at(page, step)
        expect(page.locator("#rubrik-6")).to_be_focused()
        part = page.locator("#steg-6 .innehall")
        page.keyboard.press("ArrowDown")
        assert part.evaluate("one => one.scrollTop") > 0, "what does not fit rolls by key"
        for step in range(1, 8):
            page.locator("nav a").nth(step - 1).click()
            _is_at(page, step)
            _hold_still(page)
        page.get_by_role("button", name="Bakåt").click()
        _is_at(page, 6)
        page.get_by_role("button", name="Nästa").click()
        _is_at(page, 7)

        views = set()
        for step, area in ((2, "Bohult"), (3, "Sandmo, Bohult"), (5, "Bohult")):
            page.locator("nav a").nth(step - 1).click()
            part = page.locator(f"#steg-{step}")
            view = part.locator(".omraden").get_attribute("viewBox")
            views.add(view)
            assert page.evaluate(OUTSIDE, f"#steg-{step}") == []
            part.get_by_label("Visa").select_option(label=area)
            assert part.locator(".omraden").get_attribute("viewBox") != view
            expect(part.locator(".sagt")).to_contain_text(f"{area}: ")
        assert len(views) == 1, "the layers lie on each other: each map begins with the same view"
        page.context.set_offline(False)

        page.locator("h1").click()
        page.keyboard.press("n")
        words = page.locator("#steg-5 textarea")
        expect(words).to_be_focused()
        words.fill("Nämn Rävåsen n")
        _hold_still(page)
        page.locator("#steg-5").get_by_role("button", name="Spara").click()
        expect(page.locator("#steg-5").get_by_text("Sparat.")).to_be_visible()
        page.reload()
        _is_at(page, 5)
        expect(words).to_have_value("Nämn Rävåsen n")
        expect(words).to_be_hidden()
        kept = page.context.storage_state()
    with visit(chromium, own_service, storage_state=kept, **PHONE) as (page, _watch):
        for step in (1, 3, 5, 6):
            page.goto(f"{MEETING}&steg={step}")
            _is_at(page, step)
            assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert axe_violations(page) == []
    with visit(
        chromium, own_service, storage_state=kept, java_script_enabled=False, **PROJECTOR
    ) as (page, _watch):
        page.goto(MEETING)
        expect(page.locator(".steg:visible")).to_have_count(7)
        expect(page.get_by_role("button", name="Nästa")).to_be_hidden()
