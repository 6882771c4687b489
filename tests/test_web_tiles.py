"""Street tiles against a real server on loopback: well, hanging, refusing, lying, broken."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from data import clock
from data.settings import Settings
from pages.web.site import tiles
from pages.web.site.tiles import Cache, Tiles, tile_range

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100
JPEG = b"\xff\xd8\xff" + b"0" * 100
Z = 12
X, Y = tile_range(Z)[0].start, tile_range(Z)[1].start


class Upstream:
    """A tile source that does what `act` says, and remembers who asked for what."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.agents: list[str] = []
        self.status, self.body, self.kind = 200, PNG, "image/png"
        self.hang = threading.Event()
        self.hangs = False
        self.address = ""

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append(handler.path)
        self.agents.append(handler.headers["User-Agent"])
        if self.hangs:
            self.hang.wait(20)
            return
        handler.send_response(self.status)
        handler.send_header("Content-Type", self.kind)
        if self.status in {301, 302}:
            handler.send_header("Location", "http://127.0.0.1:1/inside")
        handler.send_header("Content-Length", str(len(self.body)))
        handler.end_headers()
        handler.wfile.write(self.body)


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    found = Upstream()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.answer(self)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    found.address = f"http://127.0.0.1:{server.server_port}/{{z}}/{{x}}/{{y}}.png"
    yield found
    found.hang.set()
    server.shutdown()
    server.server_close()
    thread.join()


@contextmanager
def served(made: Tiles) -> Iterator[Callable[..., object]]:
    app = Starlette(routes=[Route("/tiles/{z:int}/{x:int}/{y:int}.png", made.__call__)])
    with TestClient(app) as client:
        yield lambda z=Z, x=X, y=Y: client.get(f"/tiles/{z}/{x}/{y}.png")


def _tiles(url: str, folder: Path, **changes: object) -> Tiles:
    own = Settings(tile_url=url, tile_cache=folder, tile_contact="kontakt@example.org", **changes)  # type: ignore[arg-type]
    return Tiles(own)


def test_a_tile_is_fetched_once_with_an_honest_name(upstream: Upstream, tmp_path: Path):
    with served(_tiles(upstream.address, tmp_path)) as get:
        first, second = get(), get()
    assert first.content == second.content == PNG
    assert first.headers["content-type"] == "image/png"
    assert "max-age=" in first.headers["cache-control"]
    assert upstream.asked == [f"/{Z}/{X}/{Y}.png"]
    assert "Dialogkartan" in upstream.agents[0]
    assert "kontakt@example.org" in upstream.agents[0]


def test_a_kept_tile_outlives_the_source(upstream: Upstream, tmp_path: Path):
    with served(_tiles(upstream.address, tmp_path)) as get:
        get()
    with served(_tiles("", tmp_path)) as get:
        assert get().content == PNG


@pytest.mark.parametrize(
    "begins", [datetime(2020, 1, 1, tzinfo=UTC), datetime(2031, 6, 16, tzinfo=UTC)]
)
def test_a_tile_is_kept_for_thirty_days_by_the_clock_of_the_service(
    upstream: Upstream, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, begins: datetime
):
    asked = []
    with served(_tiles(upstream.address, tmp_path)) as get:
        for days in (0, 29, 31):
            at = begins + timedelta(days=days)
            monkeypatch.setattr(clock, "now", lambda at=at: at)
            get()
            asked.append(len(upstream.asked))
    assert asked == [1, 1, 2]


def test_an_old_tile_is_fetched_anew_and_shown_when_that_fails(upstream: Upstream, tmp_path: Path):
    made = _tiles(upstream.address, tmp_path)
    with served(made) as get:
        get()
        path = made.cache.path(Z, X, Y)
        old = time.time() - 40 * 86_400
        os.utime(path, (old, old))
        upstream.body = JPEG
        assert get().content == JPEG
        os.utime(path, (old, old))
        upstream.status = 500
        assert get().content == JPEG


@pytest.mark.parametrize(
    ("z", "x", "y"),
    [(9, 276, 150), (19, X, Y), (Z, X - 1, Y), (Z, X, 0), (Z, 2**40, Y), (0, 0, 0)],
)
def test_only_the_municipality_is_fetched(
    upstream: Upstream, tmp_path: Path, z: int, x: int, y: int
):
    with served(_tiles(upstream.address, tmp_path)) as get:
        assert get(z, x, y).status_code == 204
    assert not upstream.asked


def test_the_town_lies_inside_and_the_count_stays_small():
    columns, rows = tile_range(18)
    assert tiles._tile(14.524, 59.327, 18)[0] in columns
    assert tiles._tile(14.524, 59.327, 18)[1] in rows
    assert 1 <= len(tile_range(10)[0]) * len(tile_range(10)[1]) <= 9


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (200, b"<html>login</html>", "image/png"),
        (200, b"", "image/png"),
        (200, b"\x89PNG\r\n\x1a\n" + b"0" * 600_000, "image/png"),
        (404, PNG, "image/png"),
        (500, PNG, "image/png"),
        (302, PNG, "image/png"),
        (200, b"<svg onload=alert(1)>", "image/svg+xml"),
    ],
    ids=["html", "empty", "huge", "missing", "broken", "moved", "svg"],
)
def test_only_an_image_is_passed_on(
    upstream: Upstream, tmp_path: Path, status: int, body: bytes, kind: str
):
    upstream.status, upstream.body, upstream.kind = status, body, kind
    with served(_tiles(upstream.address, tmp_path)) as get:
        got = get()
    assert got.status_code == 204
    assert got.content == b""
    assert not list(tmp_path.rglob("*.tile"))


def test_a_broken_source_is_left_alone_for_a_while(upstream: Upstream, tmp_path: Path):
    upstream.status = 500
    with served(_tiles(upstream.address, tmp_path)) as get:
        for row in range(3):
            assert get(Z, X, Y + row).status_code == 204
    assert len(upstream.asked) == 1


def test_a_refusing_source_is_left_alone_for_a_while(tmp_path: Path):
    made = _tiles("http://127.0.0.1:1/{z}/{x}/{y}.png", tmp_path)
    with served(made) as get:
        assert get().status_code == 204
    assert not made.may_ask()
    made.retry_at = 0.0
    assert made.may_ask(), "after the pause one may try"
    assert not made.may_ask(), "and only one"


def test_a_hanging_source_is_given_up_and_not_waited_for_again(
    upstream: Upstream, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tiles, "DEADLINE", 0.3)
    upstream.hangs = True
    made = _tiles(upstream.address, tmp_path)
    with served(made) as get:
        for row in range(4):
            assert get(Z, X, Y + row).status_code == 204
        upstream.hang.set()
    assert len(upstream.asked) == 1
    assert not made.may_ask()


def test_until_the_source_is_known_to_work_one_asks_at_a_time(tmp_path: Path):
    made = _tiles("http://127.0.0.1:1/{z}/{x}/{y}.png", tmp_path)
    assert made.may_ask()
    assert not made.may_ask()
    made.report(works=True)
    assert made.may_ask()
    assert made.may_ask()


def test_off_is_off(tmp_path: Path):
    made = _tiles("", tmp_path)
    made.probe()
    with served(made) as get:
        assert get().status_code == 204


def test_the_cache_keeps_its_limit_and_drops_the_oldest(tmp_path: Path):
    cache = Cache(tmp_path, limit=1000)
    for number in range(12):
        path = cache.path(12, 1, number)
        cache.put(path, b"x" * 100)
        os.utime(path, (1000 + number, 1000 + number))
    kept = {path.stem for path in tmp_path.rglob("*.tile")}
    assert sum(path.stat().st_size for path in tmp_path.rglob("*.tile")) <= 1000
    assert "11" in kept
    assert "0" not in kept


def test_a_folder_that_cannot_be_written_stops_nothing(upstream: Upstream, tmp_path: Path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with served(_tiles(upstream.address, blocked)) as get:
        assert get().content == PNG
