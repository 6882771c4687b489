"""Pages that need no Streamlit: a heading, a sentence, and a way on."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from pages.shared import templates
from pages.shared.words import language, texts
from pages.shared.words.texts import N_

PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
NOT_FOUND = N_("Sidan finns inte")
NOT_FOUND_MORE = N_(
    "Adressen kan vara gammal eller felskriven. Alla förslag finns på första sidan."
)
ON = N_("Till Dialogkartan")
PARTS = "plain_parts.html"
NOTHING = Markup("")


def plain_page(
    request: Request, heading: str, text: str, status: int, more: Markup = NOTHING
) -> Response:
    """Return a plain page in the reader's language; `more` is markup of our own."""
    body = _document(request.scope, heading, text, more)
    return Response(body, status, headers=PRIVATE, media_type="text/html")


def words(text: str, spoken: str) -> str:
    """Return a text in a language, as markup that says so where there is only Swedish."""
    said = texts.in_language(text, spoken) if text else ""
    if spoken == texts.SOURCE or said != text or not text:
        return said
    return templates.piece(PARTS, "in_language", said, texts.SOURCE)


def way(address: str, said: str) -> Markup:
    """Return a way on as markup."""
    return templates.piece(PARTS, "way", address, said)


def link_list(rows: Iterable[tuple[str, str]]) -> Markup:
    """Return addresses and words as a list of links."""
    return templates.piece(PARTS, "links", list(rows))


def not_found(scope: Scope) -> str:
    """Return the page for an address that no page has."""
    return _document(scope, NOT_FOUND, NOT_FOUND_MORE)


def _document(scope: Scope, heading: str, text: str, more: Markup = NOTHING) -> str:
    spoken = language.of_request(scope)
    return templates.page(
        "plain_page.html",
        lang=spoken,
        title=texts.in_language(heading, spoken),
        heading=words(heading, spoken),
        text=words(text, spoken),
        more=more,
        on=words(ON, spoken),
    )
