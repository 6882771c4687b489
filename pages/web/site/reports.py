"""The report as a page and as a PDF: public for everyone, and for officials what they may read."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response

from data import clock, rights, store
from data.decision_cache import remembered
from data.geodata import cell_sets
from data.models import Decision
from data.output import report_pdf
from data.staff import jobs
from pages.shared.report import forms, making
from pages.shared.words.texts import N_
from pages.web import parameters
from pages.web.http_answers import ProblemError, answer, open_data, prepare
from pages.web.site import for_staff, report_html
from pages.web.site.plain_pages import link_list, not_found, plain_page

PDF = "application/pdf"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)
NOT_WHOLE = N_("Samrådsredogörelsen är inte klar")
NOT_WHOLE_MORE = N_("Något saknas än:")
NOT_ALLOWED = N_("Du har inte rätt till sidan")
SIGN_IN = N_("Logga in som tjänsteman eller förtroendevald och öppna sidan igen.")
CLOSED, LATER = N_("Tjänsten är stängd just nu"), N_("Försök igen om en stund.")
KEPT = 24
_Made = TypeVar("_Made")
_one_at_a_time = threading.Lock()


def public_page(request: Request) -> Response:
    """Return the report that everyone may read, as a page."""
    return _page(request, _public_html, {"Cache-Control": "no-cache"})


def official_page(request: Request) -> Response:
    """Return the report as the signed-in official may read it; never kept by anything between."""
    return _page(request, _official_html, for_staff.PRIVATE)


@open_data
def public_pdf(request: Request) -> Response:
    """Return the report that everyone may have, as a tagged PDF."""
    _number, decision = parameters.decision(request)
    form = _form(request)
    try:
        made = _kept_pdf(decision, form)
    except making.BlockedError as error:
        said = " ".join(making.say_gap(gap, "sv") for gap in error.gaps)
        raise ProblemError(409, "Samrådsredogörelsen är inte klar", said) from error
    found = answer(request, prepare(made), media=PDF)
    name = making.file_name(decision, form)
    found.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return found


def made_file(request: Request) -> Response:
    """Return a file to the official who has had it made; 404 to everybody else."""
    try:
        job = jobs.find(for_staff.actor_of(request), request.path_params["job_id"])
    except rights.NotAllowedError:
        job = None
    if job is None or job.state != jobs.DONE:
        return Response(not_found(request.scope), 404, for_staff.PRIVATE, "text/html")
    disposition = {"Content-Disposition": f'attachment; filename="{job.file}"'}
    return Response(job.result, headers={**for_staff.PRIVATE, **disposition}, media_type=job.media)


def _page(
    request: Request, make: Callable[[Request, Decision, str], str], headers: dict[str, str]
) -> Response:
    if not store.is_open():
        return plain_page(request, CLOSED, LATER, 503)
    try:
        _number, decision = parameters.decision(request)
        body = make(request, decision, _form(request))
    except ProblemError:
        return Response(not_found(request.scope), 404, media_type="text/html")
    except rights.NotAllowedError:
        return plain_page(request, NOT_ALLOWED, SIGN_IN, 403)
    except making.BlockedError as error:
        return _blocked(request, decision, error)
    whole = {"Content-Security-Policy": POLICY, **headers}
    return Response(body, headers=whole, media_type="text/html")


def _blocked(request: Request, decision: Decision, error: making.BlockedError) -> Response:
    """Say what is missing, with a link to each field where it is written."""
    gaps = link_list(
        (making.mend_address(decision, gap), making.say_gap(gap, "sv")) for gap in error.gaps
    )
    return plain_page(request, NOT_WHOLE, NOT_WHOLE_MORE, 409, more=gaps)


def _form(request: Request) -> str:
    form = request.query_params.get("form", forms.SUMMARY)
    if form not in forms.FORMS:
        raise parameters.bad(f"form ska vara något av: {', '.join(forms.FORMS)}.")
    return form


def _public_html(_: Request, decision: Decision, form: str) -> str:
    return _kept(decision, "report_html", form, lambda: _made_html(decision, form))


def _official_html(request: Request, decision: Decision, form: str) -> str:
    actor = for_staff.actor_of(request)
    document = making.official(actor, decision, form, at=clock.now())
    links = [(f"/rapport?id={decision.id}", "Tillbaka till rapporten")]
    return report_html.page(document, links=links)


def _kept(decision: Decision, kind: str, form: str, make: Callable[[], _Made]) -> _Made:
    about = (decision.id, cell_sets.CELLS)
    return remembered(about, (kind, form, clock.today()), make, most=KEPT)


def _made_html(decision: Decision, form: str) -> str:
    links = [
        (f"/resultat?id={decision.id}", "Till resultatet"),
        (making.pdf_address(decision, form), "Hämta som PDF"),
    ]
    document = making.public(decision, form, at=clock.now())
    return report_html.page(document, links=links)


def _kept_pdf(decision: Decision, form: str) -> bytes:
    # who asks for the same at the same moment waits for the first one's
    with _one_at_a_time:
        return _kept(decision, "report_pdf", form, lambda: _made_pdf(decision, form))


def _made_pdf(decision: Decision, form: str) -> bytes:
    document = making.public(decision, form, at=clock.now())
    return report_pdf.pdf(document)
