"""Which language an answer is written in: asked for, remembered, or preferred by the browser."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.types import Scope

LANGUAGES = ("sv", "en")
COOKIE = "sprak"
HEADER_MAX = 400


def choose(asked: str | None, remembered: str | None, accept: str) -> str:
    """Return ``sv`` or ``en``; Swedish when nothing says otherwise.

    Parameters
    ----------
    asked, remembered
        From the address and from the cookie.
    accept
        The header Accept-Language; the best supported language counts.
    """
    for wish in (asked, remembered):
        if wish in LANGUAGES:
            return str(wish)
    return _preferred(accept[:HEADER_MAX]) or "sv"


def _preferred(accept: str) -> str | None:
    ranked: list[tuple[float, str]] = []
    for part in accept.split(","):
        tag, _, weight = part.strip().partition(";")
        language = tag.strip().lower().partition("-")[0]
        quality = _quality(weight)
        if language in LANGUAGES and quality > 0:
            ranked.append((quality, language))
    return max(ranked, key=lambda one: one[0])[1] if ranked else None


def _quality(weight: str) -> float:
    if not weight:
        return 1.0
    name, _, value = weight.strip().partition("=")
    try:
        return float(value) if name == "q" else 0.0
    except ValueError:
        return 0.0


def of_request(scope: Scope) -> str:
    """Choose the language of an answer to this request."""
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("sprak", [None])[0]
    return choose(asked, _cookie(headers.get(b"cookie", "")), headers.get(b"accept-language", ""))


def _cookie(header: str) -> str | None:
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return None
    return found.value if found else None
