"""What only officials may fetch: the right is asked for in each request, from the session."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from data import clock, rights, store
from data.models import Staff
from data.planning import drafts
from data.staff import sessions
from pages.shared.session.signed_in import COOKIE
from pages.web.api import features

PRIVATE = {"Cache-Control": "private, no-store"}


def actor_of(request: Request) -> Staff | None:
    """Return who sends a request, or None."""
    if not store.is_open():
        return None
    return sessions.staff_of(request.cookies.get(COOKIE), clock.now())


def draft_area(request: Request) -> Response:
    """Return the area of a draft; 404 for everybody who may not see that there is one."""
    try:
        actor = actor_of(request)
        found = drafts.preview(actor, request.path_params["decision_id"], at=clock.now())
    except rights.NotAllowedError:
        found = None
    if found is None:
        return Response(status_code=404, headers=PRIVATE)
    feature = features.of_decision(0, found, on=clock.today(), language="sv")
    body = features.collection([feature])
    return Response(body, media_type="application/geo+json", headers=PRIVATE)
