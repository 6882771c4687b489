"""A real server process and a real Chromium, and what every walk in them must hold to."""

from __future__ import annotations

import atexit
import contextlib
import functools
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

import axe_playwright_python
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Frame,
    FrameLocator,
    Page,
    expect,
    sync_playwright,
)
from playwright.sync_api import Error as PlaywrightError

from data.store.connection import marker_of

ROOT = Path(__file__).resolve().parents[1]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"viewport": {"width": 1280, "height": 800}, "locale": "sv-SE"}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "locale": "sv-SE",
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
START_SECONDS = 90
# long, since other tests use the same machine; nothing here measures speed
WAIT_MS = 60_000


# below those that the system lends to outgoing connections: one of them, even the probe that waits
# for a service, may take a port between its choice and the start
_PORTS = range(12_000, 30_000)
_MOST_WORKERS = 16
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % _MOST_WORKERS
_candidates = [port for port in _PORTS if port % _MOST_WORKERS == _worker]
random.Random(os.getpid()).shuffle(_candidates)


def free_port() -> int:
    """Choose a port where nobody listens, which no other worker and no other call is given."""
    dual = socket.has_dualstack_ipv6()
    family = socket.AF_INET6 if dual else socket.AF_INET
    while _candidates:
        port = _candidates.pop()
        with (
            contextlib.suppress(OSError),
            socket.create_server(("", port), family=family, dualstack_ipv6=dual),
        ):
            return port
    pytest.fail("no port is free")


@dataclass
class Server:
    """A running service: its address, its database and what it printed."""

    address: str
    database: Path
    printed: Path
    pid: int = 0

    def said(self) -> str:
        return self.printed.read_text(encoding="utf-8", errors="replace")


@functools.cache
def _examples() -> Path:
    """Return a database with the examples, which takes longer to fill than to copy."""
    folder = Path(tempfile.mkdtemp(prefix="exempel-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    database = folder / "dialogkartan.duckdb"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("DIALOG_")}
    subprocess.run(
        [sys.executable, "-m", "data", "seed"],
        cwd=ROOT,
        env=environment | {"DIALOG_DATABASE": str(database)},
        check=True,
        capture_output=True,
    )
    return database


def _lay_in_examples(database: Path) -> None:
    """Fill the database of a service that has never run here; a lost one stays lost."""
    if not database.exists() and not marker_of(database).exists():
        shutil.copy(_examples(), database)
        marker_of(database).touch()


@contextlib.contextmanager
def serve(
    folder: Path,
    *,
    wait_ready: bool = True,
    from_nothing: bool = False,
    root: Path = ROOT,
    port: int = 0,
    on_all: bool = False,
    **settings: str,
) -> Iterator[Server]:
    """Start the app.py of `root` in its own process on loopback and stop it afterwards.

    Parameters
    ----------
    from_nothing
        Let the service itself lay in the examples, as on its very first start.
    on_all
        Listen as Streamlit does unless told: on IPv6 and IPv4 at once.
    """
    port = port or free_port()
    address = f"http://127.0.0.1:{port}"
    server = Server(address, folder / "dialogkartan.duckdb", folder / "printed.txt")
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("DIALOG_")},
        "DIALOG_DATABASE": str(server.database),
        "DIALOG_TILE_CACHE": str(folder / "tiles"),
        "DIALOG_TILE_URL": "",
        "DIALOG_DEMO": "1",
        "DIALOG_BASE_URL": address,
        # all walks come from this machine, as from a library
        "DIALOG_SHARED_ADDRESSES": "127.0.0.0/8=1000 ::1=1000",
        "PYTHONUNBUFFERED": "1",
        # a signal that ends it prints where each thread stood
        "PYTHONFAULTHANDLER": "1",
        "PYTHONIOENCODING": "utf-8",
        **settings,
    }
    if not from_nothing and environment["DIALOG_DEMO"] == "1":
        _lay_in_examples(server.database)
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    command += ["--server.port", str(port)]
    command += [] if on_all else ["--server.address", "127.0.0.1"]
    with server.printed.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=root, env=environment, stdout=out, stderr=subprocess.STDOUT
        )
        server.pid = process.pid
        try:
            _wait(process, server, path="/readyz" if wait_ready else "/healthz")
            yield server
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(process: subprocess.Popen[bytes], server: Server, *, path: str) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            pytest.fail(f"the service stopped at start:\n{server.said()}")
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(server.address + path, timeout=2) as r,
        ):
            if r.status == 200:
                return
        time.sleep(0.2)
    pytest.fail(f"the service was not ready in {START_SECONDS} s:\n{server.said()}")


@dataclass
class Watch:
    """What a context did that no resident's browser may do."""

    own: str
    console: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        context.on("console", self._on_console)
        context.on("weberror", lambda e: self.console.append(str(e.error)))
        context.on("request", lambda r: self._on_request(r.url))

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.console.append(f"{message.text} ({message.location.get('url', '')})")

    def _on_request(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"data", "blob", "about"}:
            return
        if parts.netloc != urlsplit(self.own).netloc:
            self.strangers.append(url)

    def hold(self) -> None:
        assert not self.strangers, f"requests that leave the server: {self.strangers[:5]}"
        assert not self.console, f"errors in the console: {self.console[:5]}"


def _axe_in(frame: Frame) -> list[str]:
    if frame.is_detached() or frame.url in {"", "about:blank", "about:srcdoc"}:
        return []
    frame.evaluate(AXE)
    found = frame.evaluate(
        "tags => axe.run(document, {runOnly: tags, iframes: false, resultTypes: ['violations']})",
        AXE_TAGS,
    )
    return [
        f"{frame.url}: {v['id']} ({v['impact']}): {[n['target'] for n in v['nodes']][:3]} "
        f"{v['nodes'][0].get('failureSummary', '')[:300]}"
        for v in found["violations"]
    ]


def axe_violations(page: Page) -> list[str]:
    """Run axe-core, levels A and AA, in every frame of the page."""
    return [line for frame in page.frames for line in _axe_in(frame)]


# each heading is at most one level below the one before it, and a page has one first heading
_JUMPS = """() => {
    const levels = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
        .filter(one => one.checkVisibility()).map(one => [Number(one.tagName[1]), one.textContent]);
    return levels.filter(([level], at) => level > (at ? levels[at - 1][0] : 0) + 1).map(
        ([level, words]) => `h${level} ${words}`);
}"""
_NOWHERE = """() => [...document.querySelectorAll('a')]
    .filter(one => one.checkVisibility() && !one.getAttribute('href')).map(one => one.outerHTML)"""


def frame_faults(page: Page) -> list[str]:
    """Return headings that jump over a level, and links that have no address."""
    return [*page.evaluate(_JUMPS), *page.evaluate(_NOWHERE)]


def settled(page: Page) -> None:
    """Wait until Streamlit has drawn the page: a heading is there and no run is going on."""
    page.wait_for_selector("h1", timeout=WAIT_MS)
    page.wait_for_function(
        "() => { const a = document.querySelector('[data-testid=stApp]');"
        " return a && a.getAttribute('data-test-script-state') !== 'running'; }",
        timeout=WAIT_MS,
    )


def press(page: Page, name: str) -> None:
    """Press the button of that name."""
    page.get_by_role("button", name=name, exact=True).click()


def past_the_place(page: Page, decision_id: str) -> None:
    """Open the form of a proposal and go on to the words, about no particular place."""
    page.goto(f"/synpunkt?id={decision_id}")
    settled(page)
    press(page, "Jag vill inte använda kartan")
    press(page, "Det gäller ingen särskild plats")


def still(page: Page) -> None:
    """Wait until the page is drawn and its maps have taken their room, so that nothing moves."""
    settled(page)
    for frame in page.locator("iframe:visible").all():
        frame.scroll_into_view_if_needed()
        frame.content_frame.locator("body").wait_for()
    at_rest(page)


def at_rest(page: Page) -> None:
    """Wait until no run is going on, and nothing on the page has moved for a while."""
    settled(page)
    page.evaluate(_AT_REST)


def map_at_rest(town: FrameLocator) -> None:
    """Wait until the layers of a map are fetched and nothing on it moves."""
    body = town.locator("body")
    expect(body).to_have_attribute("data-hamtar", "0")
    body.evaluate(_AT_REST)


# where everything stands, looked at in each frame that is painted
_AT_REST = """() => new Promise(done => {
    const places = () => JSON.stringify([
        document.querySelectorAll('*').length, document.documentElement.scrollHeight, scrollY,
        ...[...document.querySelectorAll(
            'iframe, [data-testid=stElementContainer], [role=listbox], .ortnamn, .nummer'
        )].map(one => one.getBoundingClientRect()),
    ]);
    let last = '', since = 0;
    const look = now => {
        const found = places();
        if (found !== last || document.getAnimations().some(one => one.playState === 'running'
            && one.effect.getComputedTiming().endTime !== Infinity)) [last, since] = [found, now];
        if (now - since > 250) done(); else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
})"""


def zoom(town: FrameLocator, press: str) -> None:
    """Press a button that zooms a map, and wait until the map has zoomed."""
    body = town.locator("body")
    body.evaluate(_LISTEN)
    town.get_by_role("button", name=press).click()
    body.evaluate("() => window.zoomed")


_LISTEN = """() => {
    const map = Object.values(window).find(one => one instanceof L.Map);
    window.zoomed = new Promise(done => map.once('zoomend', () => done(true)));
}"""


class _Holder(BaseHTTPRequestHandler):
    """Another site: a page that holds the address after ``?`` in a frame."""

    def do_GET(self) -> None:
        held = unquote(urlsplit(self.path).query)
        body = (
            '<!DOCTYPE html><html lang="sv"><head><title>Kommunens sida</title>'
            '<link rel="icon" href="data:,"></head><body><main><h1>Kommunen</h1>'
            f'<iframe src="{escape(held)}" title="Karta" '
            'style="width:100%;height:560px;border:0"></iframe></main></body></html>'
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def other_site() -> Iterator[str]:
    """Start another site on loopback and give its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Holder) as holder:
        threading.Thread(target=holder.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{holder.server_port}"
        holder.shutdown()


@pytest.fixture(scope="session")
def friend() -> Iterator[str]:
    """Return a site that may show the map in a frame."""
    with other_site() as address:
        yield address


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory, friend: str) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("service")
    with serve(folder, from_nothing=True, DIALOG_EMBED_HOSTS=friend) as server:
        yield server


def chromium_path() -> str | None:
    return shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = chromium_path()
    if path is None:
        reason = "BROWSER TESTS SKIPPED: no Chromium here (Debian: apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    expect.set_options(timeout=WAIT_MS // 4)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
        yield browser
        browser.close()


# a click that was aimed at a button and did not reach it can be told from one that did nothing
NOTE_CLICKS = """window.noted = [];
for (const kind of ['mousedown', 'mouseup', 'click'])
  document.addEventListener(kind, e => window.noted.push(
    [kind, Math.round(performance.now()), e.target.tagName, e.target.textContent.slice(0, 30)]
  ), true);"""


@contextlib.contextmanager
def visit(browser: Browser, server: Server, **options: object) -> Iterator[tuple[Page, Watch]]:
    """Open a fresh context; on the way out nothing forbidden may have happened in it."""
    context = browser.new_context(base_url=server.address, **options)
    context.set_default_timeout(WAIT_MS)
    watch = Watch(server.address)
    watch.follow(context)
    context.add_init_script(NOTE_CLICKS)
    page = context.new_page()
    try:
        yield page, watch
    except Exception:
        _tell_state(page)
        raise
    finally:
        context.close()
    watch.hold()


def _tell_state(page: Page) -> None:
    """Print what a person saw when a walk went wrong, beside what pytest tells."""
    with contextlib.suppress(PlaywrightError):
        app = page.locator("[data-testid=stApp]")
        print("address:", page.url)
        print("script:", app.get_attribute("data-test-script-state", timeout=1_000))
        print("connection:", app.get_attribute("data-test-connection-state", timeout=1_000))
        print("clicks:", page.evaluate("window.noted"), "now:", page.evaluate("performance.now()"))
        print(page.inner_text("body")[:4_000])
