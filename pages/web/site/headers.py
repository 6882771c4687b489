"""What every answer carries, and Streamlit's first page made ours: language, title, own files."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

import streamlit
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data import settings
from data.wording import N_, in_language
from pages.shared import addresses, templates
from pages.shared.maps import input_frame
from pages.shared.words import language
from pages.web.site import plain_pages, streamlit_words

TITLE = N_("Dialogkartan – {municipality} kommun")
NO_SCRIPT = N_(
    "Sidan behöver JavaScript för att visas. Du kan också lämna din synpunkt till kommunen per "
    "brev, telefon eller på plats: {by_phone}."
)
# by what is true: that the page tries again or has given up, and that something written is kept
NO_CONTACT = {
    "trying-kept": N_("Ingen kontakt. Din text finns kvar. Vi försöker igen."),
    "trying": N_("Ingen kontakt. Vi försöker igen."),
    "over-kept": N_("Ingen kontakt. Din text finns kvar. Ladda om sidan."),
    "over": N_("Ingen kontakt. Ladda om sidan."),
}
HEAD = "streamlit_head.html"
# where Streamlit's pages, and the frame of the input map, are drawn
_ROOT = '<div id="root">'
CLOSED = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/host-config")
SHARED = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"permissions-policy": (
        b"geolocation=(self), camera=(), microphone=(), payment=(), usb=(), display-capture=(), "
        b"midi=(), serial=(), bluetooth=(), browsing-topics=()"
    ),
}
_COOKIE = b"set-cookie"
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_SERVICE = re.compile(r'<link rel="service-desc"[^>]*>')
_ICON = re.compile(r'<link rel="shortcut icon"[^>]*>')


@cache
def page_policy() -> str:
    """Return the Content-Security-Policy of pages; it allows the one inline script by its hash."""
    index = Path(streamlit.__file__).parent / "static" / "index.html"
    scripts = _INLINE.findall(index.read_text(encoding="utf-8"))
    hashes = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts]
    allowed = " ".join(["'self'", *(f"'sha256-{one}'" for one in hashes)])
    return _policy(allowed)


@cache
def component_policy() -> str:
    """Return the policy of the input map's frame: streamlit-folium evaluates the map it is sent."""
    return _policy("'self' 'unsafe-inline' 'unsafe-eval'")


def _policy(scripts: str) -> str:
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; "
        f"connect-src 'self'{_socket()}; worker-src 'self' blob:; frame-src 'self'; "
        "frame-ancestors 'self'; object-src 'none'; base-uri 'self'; form-action 'self'"
    )


def _socket() -> str:
    """Name our own WebSocket: old Safari does not count it as 'self'."""
    own = urlsplit(settings.load().base_url)
    return f" wss://{own.netloc}" if own.scheme == "https" else ""


@lru_cache(maxsize=16)
def rewrite(html: str, path: str, spoken: str) -> str:
    """Return Streamlit's page, or the frame of the input map, in the right language.

    Parameters
    ----------
    spoken
        ``sv`` or ``en``.
    """
    html = html.replace('<html lang="en"', f'<html lang="{spoken}"', 1)
    if _is_frame(path):
        title = escape(input_frame.name(spoken))
        return html.replace("Streamlit Folium Component", title).replace(
            "Streamlit-folium component", title
        )
    if _ROOT not in html:
        return html
    title, no_script = (in_language(one, spoken) for one in (TITLE, NO_SCRIPT))
    feed = addresses.FEED if spoken == "sv" else f"{addresses.FEED}?sprak={spoken}"
    # what the page says by itself when the service cannot be reached
    no_contact = [(name, in_language(said, spoken)) for name, said in NO_CONTACT.items()]
    ours = templates.piece(HEAD, "ours", streamlit_words.address(), no_contact, title, feed)
    html = _COMMENT.sub("", html)
    html = _SERVICE.sub("", html)
    html = _ICON.sub(templates.piece(HEAD, "icon"), html)
    html = html.replace("<title>Streamlit</title>", f"<title>{title}</title>")
    html = _NOSCRIPT.sub(templates.piece(HEAD, "no_script", no_script), html)
    return html.replace("<head>", f"<head>{ours}", 1)


class SecurityHeaders:
    """Pure ASGI middleware: headers on every answer, HTML rewritten whole."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if _is_closed(scope["path"]):
            await _not_found(send)
            return
        await self.app(_whole(scope), receive, _Answer(scope, send))


class _Answer:
    """Sends an answer on with our headers, holding HTML back until all of it is there."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.scope, self.send = scope, send
        self.start: Message | None = None
        self.body: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        """Take one message of the answer."""
        if message["type"] == "http.response.start":
            message = {**message, "headers": _with_ours(message["headers"], self.scope["path"])}
            if _is_plain_html(message["headers"]):
                self.start = message
                return
            await self.send(message)
            return
        if self.start is None:
            await self.send(message)
            return
        self.body.append(message.get("body", b""))
        if not message.get("more_body"):
            await self._finish(self.start)

    async def _finish(self, start: Message) -> None:
        html = b"".join(self.body).decode("utf-8")
        path = self.scope["path"]
        if _ROOT in html and not _is_frame(path) and not addresses.is_page(path):
            # Streamlit gives its page with 200 for any address
            start = {**start, "status": 404}
            body = plain_pages.not_found(self.scope).encode()
        else:
            body = rewrite(html, path, language.of_request(self.scope)).encode()
        dropped = {b"etag", b"last-modified", b"accept-ranges", b"content-length"}
        headers = [(k, v) for k, v in start["headers"] if k.lower() not in dropped]
        headers.append((b"vary", b"Cookie, Accept-Language"))
        if self.scope["method"] != "HEAD":
            headers.append((b"content-length", str(len(body)).encode()))
        await self.send({**start, "headers": headers})
        await self.send({"type": "http.response.body", "body": body})


def _is_frame(path: str) -> bool:
    return path.startswith("/component/")


def _is_closed(path: str) -> bool:
    return any(path == closed or path.startswith(closed + "/") for closed in CLOSED)


async def _not_found(send: Send) -> None:
    headers = [(b"content-length", b"0"), *SHARED.items()]
    await send({"type": "http.response.start", "status": 404, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _whole(scope: Scope) -> Scope:
    """Ask for HTML uncompressed and never as "not changed": it is written anew for each reader."""
    if not any(name == b"accept" and b"text/html" in value for name, value in scope["headers"]):
        return scope
    dropped = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}
    return dict(scope, headers=[(k, v) for k, v in scope["headers"] if k not in dropped])


def _with_ours(headers: list[tuple[bytes, bytes]], path: str) -> list[tuple[bytes, bytes]]:
    have = {name.lower() for name, _ in headers}
    policy = component_policy() if _is_frame(path) else page_policy()
    ours = {b"content-security-policy": policy.encode(), **SHARED}
    if urlsplit(settings.load().base_url).scheme == "https":
        ours[b"strict-transport-security"] = b"max-age=31536000"
    sent = [(name, _secure(value) if name.lower() == _COOKIE else value) for name, value in headers]
    return [*sent, *((name, value) for name, value in ours.items() if name not in have)]


def _secure(cookie: bytes) -> bytes:
    """Let a cookie, also one of Streamlit's, go over https only where the service is https."""
    parts = {part.strip().lower() for part in cookie.split(b";")[1:]}
    return cookie if b"secure" in parts or not settings.load().is_secure else cookie + b"; Secure"


def _is_plain_html(headers: list[tuple[bytes, bytes]]) -> bool:
    found = {name.lower(): value for name, value in headers}
    return found.get(b"content-type", b"").startswith(b"text/html") and (
        b"content-encoding" not in found
    )
