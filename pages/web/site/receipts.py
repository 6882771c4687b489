"""The receipts of what officials have entered for others: a file, or a page to print and cut up.

Whoever left the comment follows it with the code, so each stands beside its row. The right is asked
for in each request, and nothing between keeps what is given.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from data import clock, municipality, rights, store
from data.models import Decision
from data.output import formulas
from data.output.document import Document, Paragraph, Quote
from data.output.export_tables import EXAMPLE
from data.review import entered
from data.review.entered import Batch, Entered
from data.review.register_fields import HEADINGS
from pages.shared import addresses
from pages.shared.words.texts import CHANNEL_WORDS, N_
from pages.web import parameters
from pages.web.http_answers import CSV, ProblemError
from pages.web.site import for_staff, report_html
from pages.web.site.plain_pages import not_found, plain_page
from pages.web.site.reports import CLOSED, LATER, NOT_ALLOWED, POLICY

HEAD = (
    *("kvittokod", "rad", "synpunkt", "plats", "hur", "kom in", "personer", "sparas som det står"),
    *("infört", "av"),
)
FILE = "dialogkartan-kvitton.csv"
SIGN_IN = N_("Logga in som granskare och öppna sidan igen.")
HELP = (
    "Den som lämnade en synpunkt följer den med sin kvittokod på sidan Följ din synpunkt. Lämna "
    "varje kod bara till den som synpunkten kom från."
)


def page(request: Request) -> Response:
    """Return every receipt beside its words, each on its own, to print."""
    return _given(request, _as_page)


def table(request: Request) -> Response:
    """Return every receipt beside its row, as a file that a spreadsheet opens."""
    return _given(request, _as_csv)


def _given(request: Request, make: Callable[[Decision, list[Entered]], Response]) -> Response:
    if not store.is_open():
        return plain_page(request, CLOSED, LATER, 503)
    actor = for_staff.actor_of(request)
    try:
        _number, decision = parameters.decision(request)
        batch = _batch(request)
        rows = entered.receipts(actor, decision.id, batch)
    except ProblemError:
        return Response(not_found(request.scope), 404, for_staff.PRIVATE, media_type="text/html")
    except rights.NotAllowedError:
        return plain_page(request, NOT_ALLOWED, SIGN_IN, 403)
    found = make(decision, rows)
    found.headers.update({**for_staff.PRIVATE, "Vary": "Cookie"})
    return found


def _batch(request: Request) -> Batch | None:
    """Read which batch is asked for: all of the decision's unless the address names one."""
    when, who = (request.query_params.get(name) for name in (addresses.WHEN, addresses.WHO))
    if when is None:
        return None
    try:
        moment = datetime.fromisoformat(when)
    except ValueError:
        raise parameters.bad("Tiden ska vara som i länken på sidan.") from None
    if moment.tzinfo is None:
        raise parameters.bad("Tiden ska ha en zon.")
    return Batch(moment, who or "", 0)


def _as_csv(_: Decision, rows: list[Entered]) -> Response:
    written = io.StringIO(newline="")
    written.write("\ufeff")
    lines = csv.writer(written, delimiter=";", lineterminator="\r\n")
    lines.writerow(HEAD)
    for one in rows:
        cells = (
            *(one.code, str(one.row or ""), one.text, one.place, CHANNEL_WORDS[one.channel]),
            *(one.received_on.isoformat(), str(one.persons), _said(one), _when(one.entered_at)),
            one.actor,
        )
        lines.writerow([str(formulas.harmless(cell)) for cell in cells])
    headers = {"Content-Disposition": f'attachment; filename="{FILE}"'}
    return Response(written.getvalue(), headers=headers, media_type=CSV)


def _as_page(decision: Decision, rows: list[Entered]) -> Response:
    quotes = [Quote(_number(n, one), _about(one), one.text) for n, one in enumerate(rows, start=1)]
    made = Document(
        title=decision.text("sv").title,
        kind="Kvittokoder",
        facts=(*([EXAMPLE] if decision.example else []), f"Införda åt andra: {len(rows)}"),
        owner=municipality.in_use().owner,
        at=clock.now(),
        blocks=(Paragraph(HELP, "notice"), *quotes),
        is_leaflet=True,
    )
    back = f"/registrera?id={decision.id}"
    body = report_html.page(made, links=[(back, "Tillbaka till Registrera åt andra")])
    return Response(body, headers={"Content-Security-Policy": POLICY}, media_type="text/html")


def _number(n: int, one: Entered) -> str:
    return f"Rad {one.row}" if one.row else str(n)


def _about(one: Entered) -> str:
    parts = [f"Kvittokod {one.code}", CHANNEL_WORDS[one.channel], one.received_on.isoformat()]
    return ". ".join([*parts, *([one.place] if one.place else [])])


def _said(one: Entered) -> str:
    return ", ".join(f"{HEADINGS[field][0]}: {words}" for field, words in one.told)


def _when(moment: datetime) -> str:
    return moment.astimezone(clock.STOCKHOLM).isoformat(sep=" ", timespec="minutes")[:16]
