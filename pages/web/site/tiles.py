"""Street tiles: fetched by the server, kept on disk, and given up quickly when they cannot be had.

No browser ever asks the tile source. An answer that cannot be had is 204 and not an error, so
that the map below it simply stays.
"""

from __future__ import annotations

import contextlib
import math
import os
import tempfile
import threading
import time
from pathlib import Path

import anyio
import anyio.to_thread
import requests
from starlette.requests import Request
from starlette.responses import Response

from data import clock, municipality, municipality_box
from data.settings import Settings

MARGIN = 0.02  # degrees round the municipality's box
ZOOMS = range(10, 19)
PAUSE = 60.0  # seconds before an unreachable source is asked again
DEADLINE = 2.0  # seconds for one tile, name look-up included
BYTES_MAX = 500_000
AT_ONCE = 6
KEEP_DAYS = 30
MAGIC = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
ROOM_AFTER = 0.9  # part of the limit that is left after old tiles are removed


def tile_range(zoom: int) -> tuple[range, range]:
    """Return the columns and rows of the tiles that touch the municipality's box at `zoom`."""
    west, south, east, north = municipality_box.box()
    left, top = _tile(west - MARGIN, north + MARGIN, zoom)
    right, bottom = _tile(east + MARGIN, south - MARGIN, zoom)
    return range(left, right + 1), range(top, bottom + 1)


def _tile(lon: float, lat: float, zoom: int) -> tuple[int, int]:
    side = 2**zoom
    y = math.asinh(math.tan(math.radians(lat)))
    return int((lon + 180) / 360 * side), int((1 - y / math.pi) / 2 * side)


def media_of(content: bytes) -> str | None:
    """Return the media type of a PNG or JPEG by its first bytes, or None for anything else."""
    return next((media for magic, media in MAGIC.items() if content.startswith(magic)), None)


def _seconds() -> float:
    return clock.now().timestamp()


class Cache:
    """Tiles on disk, never more than `limit` bytes: the oldest go first."""

    def __init__(self, folder: Path, limit: int) -> None:
        self.folder, self.limit = folder, limit
        self.lock = threading.Lock()
        self.size: int | None = None

    def path(self, zoom: int, x: int, y: int) -> Path:
        """Return where a tile lies; the numbers have been checked before."""
        return self.folder / str(zoom) / str(x) / f"{y}.tile"

    def get(self, path: Path) -> tuple[bytes, bool] | None:
        """Return a tile and whether it is still fresh."""
        try:
            content, kept = path.read_bytes(), path.stat().st_mtime
        except OSError:
            return None
        return content, _seconds() - kept < KEEP_DAYS * 86_400

    def put(self, path: Path, content: bytes) -> None:
        """Keep a tile; a full or read-only disk only means that it is not kept."""
        with contextlib.suppress(OSError), self.lock:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
                file.write(content)
            # by our clock: that of a disk on the network may be another
            os.utime(file.name, (_seconds(), _seconds()))
            Path(file.name).replace(path)
            self._make_room(len(content))

    def _make_room(self, added: int) -> None:
        if self.size is None:
            self.size = sum(size for _, size, _ in self._kept())
        else:
            self.size += added
        if self.size <= self.limit:
            return
        for _, size, path in sorted(self._kept()):
            if self.size <= self.limit * ROOM_AFTER:
                break
            path.unlink(missing_ok=True)
            self.size -= size

    def _kept(self) -> list[tuple[float, int, Path]]:
        found = []
        for path in self.folder.rglob("*.tile"):
            state = path.stat()
            found.append((state.st_mtime, state.st_size, path))
        return found


class Tiles:
    """Answers ``GET /tiles/{z}/{x}/{y}.png``."""

    def __init__(self, settings: Settings, *, pause: float = PAUSE) -> None:
        self.upstream = settings.tile_url
        self.cache = Cache(settings.tile_cache, settings.tile_cache_mb * 1_000_000)
        self.pause = pause
        self.session = requests.Session()
        contact = settings.tile_contact
        owner = municipality.in_use().owner
        about = f"{owner}; {contact}" if contact else owner
        self.session.headers["User-Agent"] = f"Dialogkartan/1.0 ({about})"
        self.session.trust_env = False
        self.lock = threading.Lock()
        self.works = False  # nobody has had a tile yet: one may try, the others are turned away
        self.trying = False
        self.retry_at = 0.0
        self.limiter: anyio.CapacityLimiter | None = None

    def may_ask(self) -> bool:
        """Tell whether to ask the source; until it works, one at a time."""
        with self.lock:
            if not self.upstream or time.monotonic() < self.retry_at:
                return False
            if self.works:
                return True
            if self.trying:
                return False
            self.trying = True
            return True

    def report(self, *, works: bool) -> None:
        """Remember whether the source answered."""
        with self.lock:
            self.works, self.trying = works, False
            self.retry_at = 0.0 if works else time.monotonic() + self.pause

    def fetch(self, zoom: int, x: int, y: int) -> bytes | None:
        """Ask the source for a tile; None when it answers with anything but an image."""
        url = self.upstream.replace("{z}", str(zoom)).replace("{x}", str(x)).replace("{y}", str(y))
        try:
            with self.session.get(
                url, timeout=(0.5, 1.5), allow_redirects=False, stream=True
            ) as got:
                content = _body(got)
                is_source_well = got.status_code < 500 and content is not None
        except requests.RequestException:
            self.report(works=False)
            return None
        self.report(works=is_source_well)
        if got.status_code != 200 or content is None or media_of(content) is None:
            return None
        self.cache.put(self.cache.path(zoom, x, y), content)
        return content

    async def __call__(self, request: Request) -> Response:
        """Return a tile from disk or from the source, or 204."""
        zoom, x, y = (request.path_params[name] for name in ("z", "x", "y"))
        if zoom not in ZOOMS:
            return self._nothing()
        columns, rows = tile_range(zoom)
        if x not in columns or y not in rows:
            return self._nothing()
        kept = await anyio.to_thread.run_sync(self.cache.get, self.cache.path(zoom, x, y))
        if kept is not None and kept[1]:
            return _tile_answer(kept[0])
        content = await self._ask(zoom, x, y)
        if content is None and kept is not None:
            content = kept[0]
        return self._nothing() if content is None else _tile_answer(content)

    async def _ask(self, zoom: int, x: int, y: int) -> bytes | None:
        if not self.may_ask():
            return None
        if self.limiter is None:
            self.limiter = anyio.CapacityLimiter(AT_ONCE)
        with anyio.move_on_after(DEADLINE) as within:
            return await anyio.to_thread.run_sync(
                self.fetch, zoom, x, y, abandon_on_cancel=True, limiter=self.limiter
            )
        if within.cancelled_caught:
            self.report(works=False)
        return None

    def probe(self) -> None:
        """Ask for one tile in the background, so that visitors know from the start."""
        if not self.may_ask():
            return
        columns, rows = tile_range(ZOOMS.start)
        asked = (ZOOMS.start, columns.start, rows.start)
        threading.Thread(target=self.fetch, args=asked, daemon=True).start()

    def _nothing(self) -> Response:
        return Response(
            status_code=204, headers={"Cache-Control": f"public, max-age={self._wait()}"}
        )

    def _wait(self) -> int:
        return 0 if self.works or self.trying else int(self.pause)


def _body(got: requests.Response) -> bytes | None:
    """Read at most `BYTES_MAX`; None for more, or for a source that only drips."""
    content, until = b"", time.monotonic() + DEADLINE
    while part := got.raw.read1(65_536, decode_content=True):
        content += part
        if len(content) > BYTES_MAX or time.monotonic() > until:
            return None
    return content


def _tile_answer(content: bytes) -> Response:
    headers = {"Cache-Control": "public, max-age=604800", "X-Content-Type-Options": "nosniff"}
    return Response(content, headers=headers, media_type=media_of(content))
