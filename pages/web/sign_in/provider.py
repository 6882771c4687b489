"""Signing in with the municipality's identity provider, in two routes of our own.

The first leads to the provider, the second takes its word and exchanges it for a session that is a
row in the store. Between the two the browser holds, for some minutes, a signed cookie with what
belongs to this sign-in (state, nonce and the secret of PKCE, RFC 7636). Authlib checks signature,
issuer and nonce.
"""

from __future__ import annotations

import functools
import hashlib
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth, StarletteOAuth2App
from joserfc.errors import JoseError
from starlette.concurrency import run_in_threadpool
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import request_response
from starlette.types import Receive, Scope, Send

from data import clock, rights, settings, store
from data.staff import identity, sessions
from pages.shared.session import provider
from pages.shared.session.provider import Provider
from pages.shared.words.texts import N_
from pages.web.sign_in import one_time_link
from pages.web.site.plain_pages import PRIVATE, plain_page

# the address that is written at the provider
CALLBACK = "/oauth2callback"
MINUTES = 10
FAULTS = {
    "no_role": N_(
        "Ditt konto fungerar, men det har ingen behörighet i Dialogkartan. Be den som är "
        "administratör om en."
    ),
    "no_email": N_("Ditt konto saknar en bekräftad e-postadress. Be kommunens it-stöd om hjälp."),
    "bad_file": N_("Listan över behörigheter går inte att läsa. Be kommunens it-stöd om hjälp."),
}
AGAIN = N_("Inloggningen blev inte klar. Gå till sidan för personal och försök igen.")
# what the provider, the way to it or its word may fail with
_FAILS = (AuthlibBaseError, JoseError, httpx2.HTTPError, ValueError, KeyError)

_log = logging.getLogger(__name__)


class Remembering:
    """Lets a route keep what belongs to one sign-in in a signed cookie of the browser."""

    def __init__(self, handle: Callable[[Request], Awaitable[Response]]) -> None:
        self.app = request_response(handle)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the cookie at hand; the key is worked out when it is needed first."""
        remembering = SessionMiddleware(
            self.app,
            secret_key=_key(provider.read()),
            session_cookie=provider.COOKIE,
            max_age=60 * MINUTES,
            https_only=settings.load().is_secure,
        )
        await remembering(scope, receive, send)


async def start(request: Request) -> Response:
    """Lead to the provider."""
    found = provider.read()
    if found is None:
        return RedirectResponse("/granska", 303, headers=PRIVATE)
    asked = {"prompt": found.prompt} if found.prompt else {}
    try:
        led = await _client(found).authorize_redirect(request, found.redirect_uri, **asked)
    except _FAILS as error:
        _log.warning("the identity provider cannot be asked: %s", type(error).__name__)
        return plain_page(
            request,
            N_("Det går inte att logga in just nu"),
            N_("Kommunens inloggning svarar inte. Försök igen om en stund."),
            503,
        )
    led.headers.update(PRIVATE)
    return Response(status_code=303, headers=dict(led.headers))


async def callback(request: Request) -> Response:
    """Sign the person in whom the provider vouches for, or say what to do."""
    if not store.is_open():
        return plain_page(
            request, N_("Tjänsten är stängd just nu"), N_("Försök igen om en stund."), 503
        )
    found = provider.read()
    claims = await _claims(request, found) if found else {}
    return await run_in_threadpool(_sign_in, request, found.client_id if found else "", claims)


def _sign_in(request: Request, client_id: str, claims: Mapping[str, Any]) -> Response:
    try:
        who = identity.check(claims, client_id=client_id, at=clock.now())
    except identity.IdentityError as error:
        _log.warning("sign-in refused: %s", error.code)
        return plain_page(request, N_("Du är inte inloggad"), FAULTS.get(error.code, AGAIN), 403)
    one_time_link.end(request)
    found = RedirectResponse(_first_page(who), 303, headers=PRIVATE)
    one_time_link.give(found, sessions.sign_in(who, clock.now()))
    return found


def _first_page(who: identity.Identity) -> str:
    return "/granska" if who.roles & rights.REVIEWERS else "/"


async def _claims(request: Request, found: Provider) -> Mapping[str, Any]:
    """Return what the provider says of the person; nothing when its word does not hold."""
    try:
        token = await _client(found).authorize_access_token(request)
    except _FAILS as error:
        _log.warning("the word of the identity provider does not hold: %s", type(error).__name__)
        return {}
    claims = token.get("userinfo")
    return claims if isinstance(claims, Mapping) else {}


@functools.lru_cache(maxsize=4)
def _client(found: Provider) -> StarletteOAuth2App:
    return OAuth().register(
        "provider",
        client_id=found.client_id,
        client_secret=found.client_secret,
        server_metadata_url=found.metadata_url,
        client_kwargs={"scope": found.scope, "code_challenge_method": "S256"},
    )


def _key(found: Provider | None) -> str:
    """Return the key of the cookie: the same after a restart, and no secret of its own to keep."""
    secret = found.client_secret if found else ""
    return hashlib.sha256(f"{provider.COOKIE} {secret}".encode()).hexdigest()
