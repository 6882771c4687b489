"""Who did what when, as a file for a planner. Never kept by the browser or anything between."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from data import clock, rights
from data.models import Staff
from data.output import log_export
from data.staff import sessions
from pages.shared.session.signed_in import COOKIE
from pages.shared.words.act_words import REVIEW_ACTS, STAFF_ACTS
from pages.shared.words.words import HIDE_WORDS
from pages.web.http_answers import CSV, XLSX, Handler, open_data, problem

PRIVATE = "private, no-store"
FILE, FILE_XLSX = "dialogkartan-logg.csv", "dialogkartan-logg.xlsx"


WORDS = {**STAFF_ACTS, **REVIEW_ACTS, **{str(one): told for one, told in HIDE_WORDS.items()}}


def _table(request: Request) -> Response:
    return _made(request, log_export.as_csv, FILE, CSV)


def _workbook(request: Request) -> Response:
    def write(actor: Staff | None) -> bytes:
        return log_export.as_excel(actor, WORDS)

    return _made(request, write, FILE_XLSX, XLSX)


def _made(
    request: Request, write: Callable[[Staff | None], str | bytes], name: str, media: str
) -> Response:
    try:
        body = write(sessions.staff_of(request.cookies.get(COOKIE), clock.now()))
    except rights.NotAllowedError:
        return problem(
            403, "Du har inte rätt till loggen", "Logga in som planerare och hämta filen igen."
        )
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, headers=headers, media_type=media)


_guarded: Handler = open_data(_table)
_guarded_workbook: Handler = open_data(_workbook)


def log_table(request: Request) -> Response:
    """Return both logs as CSV to a planner who is signed in; else a problem in plain words."""
    return _private(_guarded(request))


def log_workbook(request: Request) -> Response:
    """Return both logs as Excel to a planner who is signed in; else a problem in plain words."""
    return _private(_guarded_workbook(request))


def _private(found: Response) -> Response:
    found.headers["Cache-Control"] = PRIVATE
    found.headers["Vary"] = "Cookie"
    # what only officials may read is for our own pages
    if "Access-Control-Allow-Origin" in found.headers:
        del found.headers["Access-Control-Allow-Origin"]
    return found
