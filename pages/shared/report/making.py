"""Makes the documents of the report, and says in one sentence each what one of them lacks."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from urllib.parse import quote, urlencode

from data.models import Decision, Staff
from data.output import report
from data.output.document import Document
from data.output.report import Gap, Report
from pages.shared import addresses
from pages.shared.report import forms
from pages.shared.words import affected_words
from pages.shared.words.texts import N_, _, in_language, spoken_in

FORM_NAMES = {
    forms.SUMMARY: N_("Sammanställning av synpunkter"),
    forms.CONSULTATION: N_("Samrådsredogörelse (utkast)"),
}
LACKS = {
    "summary": N_("sammanfattning"),
    "answer": N_("svar"),
    "outcome": N_("tillgodosett eller inte"),
    "reason": N_("skäl"),
}
MISSING = N_("Temat {title}: {what} saknas.")
NOT_PUBLISHED = N_("Svaret på synpunkterna är inte publicerat än.")
NO_THEMES = N_("Synpunkterna är inte sorterade i teman än.")


class BlockedError(ValueError):
    """The form cannot be made; `gaps` say why."""

    code: Literal["blocked"] = "blocked"

    def __init__(self, gaps: tuple[Gap, ...]) -> None:
        super().__init__("blocked")
        self.gaps = gaps


def public(decision: Decision, form: str, *, at: datetime) -> Document:
    """Return what everyone may have.

    Raises
    ------
    BlockedError
    """
    return written(report.public(decision, at=at, layer=layer_of(decision)), form)


def official(actor: Staff | None, decision: Decision, form: str, *, at: datetime) -> Document:
    """Return what this official may have.

    Raises
    ------
    BlockedError
    data.rights.NotAllowedError
    """
    return written(report.official(actor, decision, at=at, layer=layer_of(decision)), form)


def written(found: Report, form: str) -> Document:
    """Write a report in a form.

    Raises
    ------
    BlockedError
    """
    if form == forms.CONSULTATION and (missing := report.gaps(found)):
        raise BlockedError(missing)
    return forms.make(found, form)


def layer_of(decision: Decision) -> str:
    """Return the division that the pages show first."""
    with spoken_in("sv"):
        return next(iter(affected_words.layer_names(decision)))


def say_gap(gap: Gap, spoken: str = "") -> str:
    """Say what is missing, in the reader's language or in the one that is given."""

    def said(message: str) -> str:
        return in_language(message, spoken) if spoken else _(message)

    if gap.code == "not_published":
        return said(NOT_PUBLISHED)
    if gap.code == "no_themes":
        return said(NO_THEMES)
    return said(MISSING).format(title=gap.title, what=said(LACKS[gap.code]))


def mend_address(decision: Decision, gap: Gap) -> str:
    """Return the address of the field where an official writes what is missing."""
    asked = {"id": decision.id}
    if gap.theme:
        asked |= {"del": "svara", "tema": str(gap.theme)}
    elif gap.code == "not_published":
        asked |= {"del": "publicera"}
    return f"/teman?{urlencode(asked)}"


def file_name(decision: Decision, form: str) -> str:
    """Name the PDF so that it is found again in a folder."""
    return f"{form}-{decision.id}.pdf"


def page_address(decision: Decision, form: str, *, is_official: bool = False) -> str:
    """Return the address of the report as a page."""
    whose = "/tjansteman" if is_official else ""
    query = "" if form == forms.SUMMARY else f"?{urlencode({'form': form})}"
    return f"{addresses.REPORT}/{quote(decision.id)}{whose}{query}"


def pdf_address(decision: Decision, form: str) -> str:
    """Return the address of the report that everyone may have, as a PDF."""
    query = "" if form == forms.SUMMARY else f"?{urlencode({'form': form})}"
    return f"{addresses.API}/decisions/{quote(decision.id)}/report.pdf{query}"


def made_address(decision: Decision, job_id: str) -> str:
    """Return the address of a file that an official has had made."""
    return f"{addresses.REPORT}/{quote(decision.id)}/fil/{quote(job_id)}"
