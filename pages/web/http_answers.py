"""How an answer of ours looks: prepared bytes with an ETag, or a problem in plain words."""

from __future__ import annotations

import gzip
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from starlette.requests import Request
from starlette.responses import Response

from data import store
from pages.shared import addresses

GEOJSON = "application/geo+json"
JSON = "application/json"
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PROBLEM = "application/problem+json"
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
GZIP_FROM = 500
Handler = Callable[[Request], Response]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Prepared:
    """Bytes ready to send, plain and compressed, with the version they are known by."""

    body: bytes
    packed: bytes
    version: str


def prepare(body: bytes, version: str | None = None) -> Prepared:
    """Compress once; the version is named by the content unless it is given."""
    packed = gzip.compress(body, 6, mtime=0)
    return Prepared(body, packed, version or addresses.version_of(body))


class ProblemError(Exception):
    """Something the caller can understand; becomes an RFC 9457 answer."""

    def __init__(self, status: int, title: str, detail: str) -> None:
        super().__init__(title)
        self.status, self.title, self.detail = status, title, detail


def problem(status: int, title: str, detail: str) -> Response:
    """Return an RFC 9457 problem; `title` and `detail` are Swedish sentences."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    headers = {"Cache-Control": "no-store", "Access-Control-Allow-Origin": "*"}
    content = json.dumps(body, ensure_ascii=False).encode()
    return Response(content, status, headers=headers, media_type=PROBLEM)


def answer(request: Request, prepared: Prepared, *, media: str = GEOJSON) -> Response:
    """Send prepared bytes, or 304 when the caller has them.

    The answer may be kept for good when the address names this very version (``v=``).
    """
    tag = f'W/"{prepared.version}"'
    is_named = request.query_params.get("v") == prepared.version
    headers = {
        "ETag": tag,
        "Cache-Control": FOREVER if is_named else ASK_AGAIN,
        "Vary": "Accept-Encoding",
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "ETag, Link",
    }
    if _has(request.headers.get("if-none-match", ""), prepared.version):
        return Response(status_code=304, headers=headers)
    takes_gzip = "gzip" in request.headers.get("accept-encoding", "")
    if takes_gzip and len(prepared.body) >= GZIP_FROM:
        headers["Content-Encoding"] = "gzip"
        return Response(prepared.packed, headers=headers, media_type=media)
    return Response(prepared.body, headers=headers, media_type=media)


def _has(wanted: str, version: str) -> bool:
    tags = {tag.strip().removeprefix("W/").strip('"') for tag in wanted.split(",")}
    return version in tags or "*" in tags


def open_data(handler: Handler) -> Handler:
    """Wrap a handler so that every failure is a problem in plain words, never a traceback."""

    @wraps(handler)
    def guarded(request: Request) -> Response:
        try:
            if not store.is_open():
                raise store.StoreError("not_open")
            return handler(request)
        except ProblemError as error:
            return problem(error.status, error.title, error.detail)
        except store.StoreError:
            return problem(503, "Tjänsten är stängd just nu", "Försök igen om en stund.")
        except Exception:
            log.exception("an open data request failed")
            return problem(500, "Något gick fel hos oss", "Försök igen om en stund.")

    return guarded
