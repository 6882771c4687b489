"""Pages that need no Streamlit: a heading, a sentence, and a way on."""

from __future__ import annotations

import html

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from pages.shared import addresses, language, texts
from pages.shared.texts import N_

PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
NOT_FOUND = N_("Sidan finns inte")
NOT_FOUND_MORE = N_(
    "Adressen kan vara gammal eller felskriven. Alla förslag finns på första sidan."
)
ON = N_("Till Dialogkartan")


def plain_page(request: Request, heading: str, text: str, status: int, more: str = "") -> Response:
    """Give a plain page in the reader's language; `more` is markup of our own."""
    body = _document(request.scope, heading, text, more)
    return Response(body, status, headers=PRIVATE, media_type="text/html")


def not_found(scope: Scope) -> str:
    """Give the page for an address that no page has."""
    return _document(scope, NOT_FOUND, NOT_FOUND_MORE)


def _document(scope: Scope, heading: str, text: str, more: str = "") -> str:
    spoken = language.of_request(scope)
    heading, text, on = (
        html.escape(texts.in_language(said, spoken)) for said in (heading, text, ON)
    )
    return (
        f'<!DOCTYPE html><html lang="{spoken}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{heading} – Dialogkartan</title>"
        f'<link rel="icon" type="image/svg+xml" href="{addresses.asset("favicon.svg")}">'
        f'<link rel="stylesheet" href="{addresses.asset("sida.css")}"></head>'
        f'<body class="enkel"><main><h1>{heading}</h1><p>{text}</p>{more}'
        f'<p><a href="/">{on}</a></p></main></body></html>'
    )
