"""What our mails say, as plain text in the recipient's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from babel import dates

from data.models import Decision
from data.wording import N_, in_language
from data.written import one_line

# the page where the answer stands
ANSWER_PAGE = "svar"
SOURCE = "sv"
TITLE_MAX = 120

HELLO = N_("Hej!")
ANSWER_SUBJECT = N_("Svaret har kommit: {title}")
ANSWER_ASKED = N_(
    "Du bad att få veta när kommunen svarar på synpunkterna om ”{title}”. Nu finns svaret här:"
)
ANSWER_ERASED = N_(
    "Vi tar bort din e-postadress när det här mejlet är skickat. Var det inte du som bad om det "
    "behöver du inte göra något."
)
NO_REPLY = N_("Det går inte att svara på det här mejlet.")
SIGNED = N_("Dialogkartan, Karlskoga kommun")
EXAMPLE = N_("EXEMPEL – inte ett riktigt beslut")
STAFF_SUBJECT = N_("Att göra: {title}")
STAFF_ABOUT = N_("Det här gäller ”{title}”.")
STAFF_WAITING = N_(
    "Synpunkter som väntar på att läsas: {count}. Den äldsta kom in {day}, för mer än {days} "
    "arbetsdagar sedan. Läs dem här:"
)
STAFF_OVERDUE = N_(
    "Svaret till dem som lämnade synpunkter skulle ha kommit {day}. Publicera svaret, eller säg "
    "på förslagets sida när det kommer:"
)


@dataclass(frozen=True)
class Letter:
    """A mail's subject and text."""

    subject: str
    body: str


@dataclass(frozen=True)
class Waiting:
    """Comments on one decision that nobody has read: how many, and the day the oldest came."""

    decision_id: str
    count: int
    oldest: date


def answer(decision: Decision, language: str, site: str) -> Letter:
    """Tell a person that the answer to what they sent is there."""
    title = _title(decision, language)
    link = _link(site, ANSWER_PAGE, language, id=decision.id)
    asked = in_language(ANSWER_ASKED, language).format(title=title)
    parts = [asked, link, in_language(ANSWER_ERASED, language)]
    subject = in_language(ANSWER_SUBJECT, language).format(title=title)
    return _letter(decision, language, subject, parts)


def staff(
    decision: Decision, site: str, *, waiting: Waiting | None, is_overdue: bool, days: int
) -> Letter:
    """Tell officials what waits for them on one decision; officials read Swedish."""
    title = _title(decision, SOURCE)
    parts = [STAFF_ABOUT.format(title=title)]
    if waiting is not None:
        said = STAFF_WAITING.format(count=waiting.count, day=_day(waiting.oldest), days=days)
        parts += [said, _link(site, "granska", SOURCE)]
    if is_overdue and decision.answer_on is not None:
        parts += [STAFF_OVERDUE.format(day=_day(decision.answer_on))]
        parts += [_link(site, "forslag", SOURCE, id=decision.id)]
    return _letter(decision, SOURCE, STAFF_SUBJECT.format(title=title), parts)


def _letter(decision: Decision, language: str, subject: str, parts: list[str]) -> Letter:
    example = [in_language(EXAMPLE, language)] if decision.example else []
    ends = [in_language(NO_REPLY, language), in_language(SIGNED, language)]
    whole = [in_language(HELLO, language), *example, *parts, *ends]
    return Letter(": ".join([*example, subject]), "\n\n".join(whole) + "\n")


def _title(decision: Decision, language: str) -> str:
    """Give the title on one line: a line break in a mail's subject would begin a new header."""
    title = one_line(decision.text(language).title)
    return title if len(title) <= TITLE_MAX else title[: TITLE_MAX - 1].rstrip() + "…"


def _link(site: str, page: str, language: str, **query: str) -> str:
    asked = query if language == SOURCE else {**query, "sprak": language}
    address = f"{site.rstrip('/')}/{page}"
    return f"{address}?{urlencode(asked)}" if asked else address


def _day(day: date) -> str:
    return dates.format_date(day, "d MMMM y", locale=SOURCE)
