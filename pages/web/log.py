"""Who did what when, as a file for a planner. Never kept by the browser or anything between."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from data import clock, log_export, rights, staff
from pages.shared.signed_in import COOKIE
from pages.web.answers import CSV, Handler, open_data, problem

PRIVATE = "private, no-store"
FILE = "dialogkartan-logg.csv"


def _table(request: Request) -> Response:
    try:
        body = log_export.as_csv(staff.staff_of(request.cookies.get(COOKIE), clock.now()))
    except rights.NotAllowedError:
        return problem(
            403, "Du har inte rätt till loggen", "Logga in som planerare och hämta filen igen."
        )
    headers = {"Content-Disposition": f'attachment; filename="{FILE}"'}
    return Response(body, headers=headers, media_type=CSV)


_guarded: Handler = open_data(_table)


def log_table(request: Request) -> Response:
    """Give both logs as CSV to a planner who is signed in; else a problem in plain words."""
    found = _guarded(request)
    found.headers["Cache-Control"] = PRIVATE
    found.headers["Vary"] = "Cookie"
    # what only officials may read is for our own pages
    if "Access-Control-Allow-Origin" in found.headers:
        del found.headers["Access-Control-Allow-Origin"]
    return found
