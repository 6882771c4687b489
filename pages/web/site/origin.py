"""Acts come from our own pages only: whatever changes something must say so in `Origin`.

A browser writes the header itself on every such request and websocket, and no page of another site
can change it. `Sec-Fetch-Site`, which older browsers leave out, is asked for beside it.
"""

from __future__ import annotations

import logging
import re
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from data import settings
from pages.shared.words.texts import N_
from pages.web.site.plain_pages import plain_page

# these change nothing, and links from other sites are welcome
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_ORIGIN = re.compile(r"(https?)://([^/?#@\s]+)", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}
_POLICY_VIOLATION = 1008
# what has been said once is not said again, whatever comes
_told: list[str] = []

_log = logging.getLogger(__name__)


class OwnOrigin:
    """Pure ASGI middleware: refuses what another site, or nobody, says it has sent."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what changes nothing and what our own pages send."""
        is_socket = scope["type"] == "websocket"
        if scope["type"] != "http" and not is_socket:
            await self.app(scope, receive, send)
            return
        if not is_socket and scope["method"] in SAFE:
            await self.app(scope, receive, send)
            return
        if not is_ours(scope):
            _tell(scope)
            await _refuse(scope, receive, send)
            return
        await self.app(_as_asked(scope) if is_socket else scope, receive, send)


def is_ours(scope: Scope) -> bool:
    """Tell whether a page of ours sends this."""
    given = [value.decode("latin-1") for name, value in scope["headers"] if name == b"origin"]
    fetch = {value for name, value in scope["headers"] if name == b"sec-fetch-site"}
    if len(given) != 1 or not fetch <= {b"same-origin", b"none"}:
        return False
    return is_own(given[0], _host(scope), settings.load().base_url)


def is_own(origin: str, host: str, base_url: str) -> bool:
    """Tell whether an origin is the public address, or else the host that is asked.

    >>> is_own("https://dialog.example.se", "127.0.0.1:8501", "https://dialog.example.se/")
    True
    >>> is_own("http://localhost:8501", "localhost:8501", ""), is_own("null", "null", "")
    (True, False)
    """
    asked = _parts(origin)
    if asked is None:
        return False
    site = urlsplit(base_url)
    public = _parts(f"{site.scheme}://{site.netloc}")
    if asked == public:
        return True
    # a proxy that ends TLS asks us by http: the port that goes without saying is the visitor's
    here = _parts(f"{asked[0]}://{host}")
    return here == asked and (public is None or here[1] != public[1])


def _parts(origin: str) -> tuple[str, str, int] | None:
    """Return scheme, host and port; None for what is no origin."""
    found = _ORIGIN.fullmatch(origin)
    if found is None:
        return None
    scheme = found[1].lower()
    try:
        parts = urlsplit(f"//{found[2]}")
        host, port = (parts.hostname or "").rstrip("."), parts.port
        if not host.isascii():
            host = host.encode("idna").decode()
    except (ValueError, UnicodeError):
        return None
    return (scheme, host, _PORTS[scheme] if port is None else port) if host else None


def _host(scope: Scope) -> str:
    named = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
    return named[0] if len(named) == 1 else ""


def _as_asked(scope: Scope) -> Scope:
    """Let `Host` be what the visitor asked: Streamlit compares it, and a proxy may change it.

    Otherwise Streamlit would ask a service abroad for this machine's own address, to compare that.
    """
    origin = next(value for name, value in scope["headers"] if name == b"origin")
    kept = [(name, value) for name, value in scope["headers"] if name != b"host"]
    return {**scope, "headers": [*kept, (b"host", origin.partition(b"://")[2])]}


def _tell(scope: Scope) -> None:
    """Say once in the log what shuts everybody out: a public address that is not the public one."""
    base = settings.load().base_url
    public, host = urlsplit(base), _host(scope)
    if base and not _told and host.partition(":")[0].lower() == (public.hostname or ""):
        _told.append(host)
        _log.warning(
            "A page that does not stand at DIALOG_BASE_URL (%s) was refused. If nobody can open a "
            "page, DIALOG_BASE_URL is not the address that people write: scheme and port count.",
            base,
        )


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
        return
    answer = plain_page(
        Request(scope),
        N_("Inget har ändrats"),
        N_("Gör det från Dialogkartans egen sida."),
        403,
    )
    await answer(scope, receive, send)
