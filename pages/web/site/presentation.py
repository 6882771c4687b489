"""The two small documents that pages embed: the read-only map and the keeper of drafts."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from pages.shared import templates
from pages.shared.maps import read_only
from pages.shared.words.texts import COOKIE
from pages.web import parameters
from pages.web.http_answers import ASK_AGAIN

DRAFT_POLICY = (
    "default-src 'none'; script-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)


def karta(request: Request) -> Response:
    """Return the read-only map, in Swedish or with ``sprak=en`` in English."""
    made = read_only.map_document(parameters.language(request, COOKIE))
    headers = {"Content-Security-Policy": made.policy, "Cache-Control": ASK_AGAIN}
    return Response(made.html, headers=headers, media_type="text/html")


def utkast(_: Request) -> Response:
    """Return the document that keeps a draft in the tab."""
    page = templates.page("draft.html")
    headers = {"Content-Security-Policy": DRAFT_POLICY, "Cache-Control": ASK_AGAIN}
    return Response(page, headers=headers, media_type="text/html")
