"""Coming back from the identity provider: its word is exchanged for a session of our own.

`st.login` leaves a signed cookie that lives for thirty days and cannot be ended on the server. It
is read once, here, and taken away again; what counts after that is a row in the store.
"""

from __future__ import annotations

import json
import logging
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import (
    TOKENS_COOKIE_NAME,
    USER_COOKIE_NAME,
)

from data import clock, rights, store
from data.staff import identity, sessions
from pages.shared.session import provider
from pages.shared.words.texts import N_
from pages.web.sign_in import one_time_link
from pages.web.site.plain_pages import PRIVATE, plain_page

CALLBACK, LANDING = "/oauth2callback", "/inloggad"
FAULTS = {
    "no_role": N_(
        "Ditt konto fungerar, men det har ingen behörighet i Dialogkartan. Be den som är "
        "administratör om en."
    ),
    "no_email": N_("Ditt konto saknar en bekräftad e-postadress. Be kommunens it-stöd om hjälp."),
    "bad_file": N_("Listan över behörigheter går inte att läsa. Be kommunens it-stöd om hjälp."),
}
AGAIN = N_("Inloggningen blev inte klar. Gå till sidan för personal och försök igen.")

_log = logging.getLogger(__name__)


class AfterProvider:
    """Lead everybody who comes back from the provider to our own landing."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Change where Streamlit's callback leads; all else is left as it is."""
        if scope["type"] != "http" or scope["path"] != CALLBACK:
            await self.app(scope, receive, send)
            return

        async def elsewhere(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [pair for pair in message["headers"] if pair[0].lower() != b"location"]
                message["headers"] = [*headers, (b"location", LANDING.encode())]
            await send(message)

        await self.app(scope, receive, elsewhere)


def landing(request: Request) -> Response:
    """Sign the person in whom the provider has vouched for, or say what to do."""
    if not store.is_open():
        return plain_page(
            request, N_("Tjänsten är stängd just nu"), N_("Försök igen om en stund."), 503
        )
    try:
        who = identity.check(_claims(request), client_id=provider.client_id(), at=clock.now())
    except identity.IdentityError as error:
        _log.warning("sign-in refused: %s", error.code)
        said = FAULTS.get(error.code, AGAIN)
        return _without_word(request, plain_page(request, N_("Du är inte inloggad"), said, 403))
    one_time_link.end(request)
    found = RedirectResponse(_first_page(who), 303, headers=PRIVATE)
    one_time_link.give(found, sessions.sign_in(who, clock.now()))
    return _without_word(request, found)


def _first_page(who: identity.Identity) -> str:
    return "/granska" if who.roles & rights.REVIEWERS else "/"


def _claims(request: Request) -> dict[str, Any]:
    """Return what Streamlit's callback signed; nothing when it is missing or changed."""
    secret = get_cookie_secret()

    def signed(name: str) -> bytes | None:
        value = request.cookies.get(name)
        return decode_signed_value(secret, name, value.encode("latin-1")) if value else None

    try:
        found = json.loads(get_cookie_with_chunks(signed, USER_COOKIE_NAME) or b"{}")
    except (ValueError, UnicodeError):
        return {}
    return found if isinstance(found, dict) else {}


def _without_word(request: Request, response: Response) -> Response:
    """Take away the provider's word, so that it lies in no browser."""
    names = (USER_COOKIE_NAME, TOKENS_COOKIE_NAME)
    for name in request.cookies:
        if name.startswith(names):
            response.delete_cookie(name, httponly=True, samesite="lax")
    return response
