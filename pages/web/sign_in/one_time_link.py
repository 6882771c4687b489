"""Signing in by a one-time link, signing out, and choosing a language."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from data import clock, settings, store
from data.staff import limits, sessions
from pages.shared import templates
from pages.shared.session import provider
from pages.shared.session.signed_in import COOKIE
from pages.shared.words import language, texts
from pages.shared.words.texts import N_
from pages.web.site.plain_pages import PARTS, PRIVATE, plain_page

CODE_MAX = 200
YEAR = 365 * 86_400
SIGN_OUT = N_("Logga ut")


def sign_in(request: Request) -> Response:
    """Exchange the code of a one-time link for a cookie that scripts cannot read."""
    if not store.is_open():
        return plain_page(
            request, N_("Tjänsten är stängd just nu"), N_("Försök igen om en stund."), 503
        )
    code = request.query_params.get("kod", "")
    try:
        tried = limits.take(limits.Act.LINK, request.client.host if request.client else "")
    except limits.TooManyError as error:
        return _later(request, error.minutes)
    token = sessions.redeem(code, clock.now()) if 0 < len(code) <= CODE_MAX else None
    if token is not None:
        tried.give_back()
    is_in = sessions.staff_of(request.cookies.get(COOKIE), clock.now()) is not None
    if token is None and not is_in:
        return plain_page(
            request,
            N_("Länken fungerar inte längre"),
            N_(
                "En inloggningslänk kan användas en gång. Den som sköter tjänsten får en ny med "
                "kommandot python -m data link."
            ),
            410,
        )
    found = RedirectResponse("/granska", 303, headers=PRIVATE)
    if token is not None:
        give(found, token)
    return found


def _later(request: Request, minutes: int) -> Response:
    """Let who tries many links wait; a link that works is as good afterwards."""
    found = plain_page(
        request,
        N_("Vänta en stund"),
        N_("Många länkar har prövats härifrån på kort tid. Försök igen om tio minuter."),
        429,
    )
    found.headers["Retry-After"] = str(60 * minutes)
    return found


def give(response: Response, token: str) -> None:
    """Return the browser a session in a cookie that scripts cannot read."""
    response.set_cookie(
        COOKIE, token, httponly=True, samesite="lax", secure=settings.load().is_secure
    )


def end(request: Request) -> None:
    """End the session that a request carries, if any."""
    token = request.cookies.get(COOKIE)
    if token and store.is_open():
        sessions.sign_out(token)


def ask_sign_out(request: Request) -> Response:
    """Ask before signing out, since a link alone must not do it."""
    word = texts.in_language(SIGN_OUT, language.of_request(request.scope))
    button = templates.piece(PARTS, "act", "/logga-ut", word)
    found = plain_page(
        request,
        N_("Vill du logga ut?"),
        N_("Du kan logga in igen när du vill.")
        if provider.is_set()
        else N_("Du behöver en ny länk för att logga in igen."),
        200,
        button,
    )
    # without a referrer a browser sends `Origin: null` with the form
    found.headers["Referrer-Policy"] = "same-origin"
    return found


def sign_out(request: Request) -> Response:
    """End the session on the server and drop the cookie."""
    end(request)
    found = RedirectResponse("/", 303, headers=PRIVATE)
    found.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return found


def choose_language(request: Request) -> Response:
    """Remember a language and go back to where the reader was."""
    wanted = request.path_params["spoken"]
    if wanted not in language.LANGUAGES:
        return plain_page(
            request,
            N_("Språket finns inte"),
            N_("Du kan läsa på svenska eller engelska."),
            404,
        )
    found = RedirectResponse(own_path(request.query_params.get("till", "/")), 303)
    found.set_cookie(
        language.COOKIE,
        wanted,
        max_age=YEAR,
        samesite="lax",
        secure=settings.load().is_secure,
    )
    return found


def own_path(wanted: str) -> str:
    r"""Return `wanted` if it is a path on this server, else the first page.

    >>> own_path("/forslag?id=skola"), own_path("//example.org"), own_path("/\\example.org")
    ('/forslag?id=skola', '/', '/')
    """
    is_plain = wanted.isascii() and wanted.isprintable() and "\\" not in wanted
    if not wanted.startswith("/") or wanted.startswith("//") or not is_plain:
        return "/"
    parts = urlsplit(wanted)
    return "/" if parts.scheme or parts.netloc else wanted
