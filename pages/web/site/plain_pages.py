"""Pages that need no Streamlit: a heading, a sentence, and a way on."""

from __future__ import annotations

import html

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from pages.shared import addresses
from pages.shared.words import language, texts
from pages.shared.words.texts import N_

PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
NOT_FOUND = N_("Sidan finns inte")
NOT_FOUND_MORE = N_(
    "Adressen kan vara gammal eller felskriven. Alla förslag finns på första sidan."
)
ON = N_("Till Dialogkartan")


def plain_page(request: Request, heading: str, text: str, status: int, more: str = "") -> Response:
    """Return a plain page in the reader's language; `more` is markup of our own."""
    body = _document(request.scope, heading, text, more)
    return Response(body, status, headers=PRIVATE, media_type="text/html")


def words(text: str, spoken: str) -> str:
    """Return a text in a language as markup, marked as Swedish where there is no other."""
    said = texts.in_language(text, spoken) if text else ""
    if spoken == texts.SOURCE or said != text or not text:
        return html.escape(said)
    return f'<span lang="{texts.SOURCE}">{html.escape(said)}</span>'


def not_found(scope: Scope) -> str:
    """Return the page for an address that no page has."""
    return _document(scope, NOT_FOUND, NOT_FOUND_MORE)


def _document(scope: Scope, heading: str, text: str, more: str = "") -> str:
    spoken = language.of_request(scope)
    title = html.escape(texts.in_language(heading, spoken))
    heading, text, on = (words(said, spoken) for said in (heading, text, ON))
    return (
        f'<!DOCTYPE html><html lang="{spoken}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title} – Dialogkartan</title>"
        f'<link rel="icon" type="image/svg+xml" href="{addresses.asset("favicon.svg")}">'
        f'<link rel="stylesheet" href="{addresses.asset("sida.css")}"></head>'
        f'<body class="enkel"><main><h1>{heading}</h1><p>{text}</p>{more}'
        f'<p><a href="/">{on}</a></p></main></body></html>'
    )
