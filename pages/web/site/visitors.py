"""Who asks: every request and websocket gets the visitor's own address before anything reads it."""

from __future__ import annotations

import logging
from functools import cache

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from data import settings, source_address
from data.source_address import Proxies

_log = logging.getLogger(__name__)
# what has been said once is not said again: one line in the log, whatever comes
_said: set[str] = set()


async def _pass_on(
    self: ProxyHeadersMiddleware, scope: Scope, receive: Receive, send: Send
) -> None:
    await self.app(scope, receive, send)  # type: ignore[arg-type]


def install() -> None:
    """Leave it to us whom to believe.

    uvicorn, which Streamlit starts without a way to say this, has a list of its own: it does not
    know a proxy at ``127.0.0.1`` that arrives as ``::ffff:127.0.0.1``, and with ``*`` it takes
    whatever a visitor writes.
    """
    ProxyHeadersMiddleware.__call__ = _pass_on  # type: ignore[method-assign, assignment]


@cache
def proxies() -> Proxies:
    """Return the proxies that the operator has named."""
    own = settings.load()
    return Proxies(source_address.networks(own.trusted_proxies), own.proxy_header)


class Visitors:
    """Pure ASGI middleware: `scope["client"]` becomes the visitor and `scope["scheme"]` theirs."""

    def __init__(self, app: ASGIApp, known: Proxies | None = None) -> None:
        self.app = app
        self.known = known

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on as the visitor's."""
        if scope["type"] in {"http", "websocket"}:
            scope = self._of_visitor(scope)
        await self.app(scope, receive, send)

    def _of_visitor(self, scope: Scope) -> Scope:
        known = proxies() if self.known is None else self.known
        peer = scope["client"][0] if scope.get("client") else None
        headers = scope["headers"]
        source = source_address.source_of(peer, headers, known)
        changed = {**scope, "client": (source, 0)}
        scheme = source_address.scheme_of(peer, headers, known)
        if scheme is not None:
            changed["scheme"] = scheme.replace("http", "ws") if _is_socket(scope) else scheme
        if _is_socket(scope):
            _tell(peer, scope, known)
        return changed


def _is_socket(scope: Scope) -> bool:
    return bool(scope["type"] == "websocket")


def _tell(peer: str | None, scope: Scope, known: Proxies) -> None:
    """Say once in the log what makes all visitors look like one."""
    if source_address.is_silent(peer, scope["headers"], known):
        _say(
            "silent",
            "The proxy does not tell whose visits it forwards, so nobody can be told from anybody "
            f"else. Let it set {known.header}: deploy/nginx.conf shows how.",
        )
    found = source_address.address_of(peer or "")
    names = {name for name, _ in scope["headers"]}
    if (
        found is not None
        and found.is_private
        and not known.has(found)
        and known.header.encode() in names
    ):
        _say(
            "unknown",
            f"{found} forwards visits but is not among the proxies, so all that come that way are "
            f"taken for one. If it is your proxy, set DIALOG_PROXIES={found}.",
        )


def _say(what: str, line: str) -> None:
    if what not in _said:
        _said.add(what)
        _log.warning(line)
