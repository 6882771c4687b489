"""What our mails say, as plain text in the recipient's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from babel import dates

from data.comments.hide_words import HIDE_WORDS
from data.models import Decision, HideReason
from data.wording import N_, in_language
from data.written import one_line

# the page where the answer stands, and where one's own comment does
ANSWER_PAGE = "svar"
RECEIPT_PAGE = "kvitto"
SOURCE = "sv"
TITLE_MAX = 120

HELLO = N_("Hej!")
ANSWER_SUBJECT = N_("Svaret har kommit: {title}")
ANSWER_ASKED = N_(
    "Du bad att få veta när kommunen svarar på synpunkterna om ”{title}”. Nu finns svaret här:"
)
ANSWER_MOVED = N_(
    "Du bad att få veta när kommunen svarar. Det du skrev om ”{was}” har kommunen flyttat till "
    "”{title}”, som det handlar om. Nu finns svaret där:"
)
ANSWER_BEFORE = N_(
    "Du bad att få veta när kommunen svarar. Det du skrev om ”{was}” har kommunen flyttat till "
    "”{title}”, som det handlar om. Där fanns svaret redan när din synpunkt flyttades:"
)
ANSWER_ERASED = N_(
    "Vi tar bort din e-postadress när du har fått svar på allt som du skickade. Var det inte du "
    "som bad om det behöver du inte göra något."
)
REPLIED_SUBJECT = N_("Kommunen har svarat på din synpunkt: {title}")
REPLIED = N_(
    "Kommunen har svarat på din synpunkt om ”{title}”, som kom in {day}. Läs svaret med din "
    "kvittokod:"
)
REPLIED_AGAIN = N_(
    "Kommunen har ändrat sitt svar på din synpunkt om ”{title}”, som kom in {day}. Läs svaret "
    "med din kvittokod:"
)
HIDDEN_SUBJECT = N_("Din synpunkt visas inte för andra: {title}")
HIDDEN = N_(
    "Din synpunkt om ”{title}”, som kom in {day}, visas inte för andra, eftersom den {reason}. "
    "Den sparas som den är."
)
HIDDEN_WRONG = N_(
    "Tycker du att det är fel kan du skriva till kommunen under din synpunkt. Det gör du med din "
    "kvittokod:"
)
KEPT = N_(
    "Vi har kvar din e-postadress tills svaret har kommit. Du kan ta bort den med kvittokoden."
)
NO_REPLY = N_("Det går inte att svara på det här mejlet.")
SIGNED = N_("Dialogkartan, {municipality} kommun")
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


def answer(
    decision: Decision,
    language: str,
    site: str,
    *,
    moved_from: Decision | None = None,
    was_there: bool = False,
) -> Letter:
    """Tell a person that the answer to what they sent is there.

    Parameters
    ----------
    moved_from
        The decision that they sent it to, when an official has moved it since.
    was_there
        The answer had come already when it was moved.
    """
    title = _title(decision, language)
    link = _link(site, ANSWER_PAGE, language, id=decision.id)
    moved = ANSWER_BEFORE if was_there else ANSWER_MOVED
    sentence = ANSWER_ASKED if moved_from is None else moved
    was = "" if moved_from is None else _title(moved_from, language)
    asked = in_language(sentence, language).format(title=title, was=was)
    parts = [asked, link, in_language(ANSWER_ERASED, language)]
    subject = in_language(ANSWER_SUBJECT, language).format(title=title)
    return _letter(decision, language, subject, parts)


def replied(
    decision: Decision, language: str, site: str, *, received_on: date, is_changed: bool
) -> Letter:
    """Tell a person that an official has answered under their comment.

    Neither the comment nor the answer stands in the mail: an address may be mistyped.
    """
    title = _title(decision, language)
    sentence = REPLIED_AGAIN if is_changed else REPLIED
    said = in_language(sentence, language).format(title=title, day=_day(received_on, language))
    parts = [said, _link(site, RECEIPT_PAGE, language), in_language(KEPT, language)]
    subject = in_language(REPLIED_SUBJECT, language).format(title=title)
    return _letter(decision, language, subject, parts)


def hidden(
    decision: Decision, language: str, site: str, *, received_on: date, reason: HideReason
) -> Letter:
    """Tell a person that their comment is not shown, and why."""
    title = _title(decision, language)
    why = in_language(HIDE_WORDS[reason], language)
    said = in_language(HIDDEN, language).format(
        title=title, day=_day(received_on, language), reason=why
    )
    wrong = in_language(HIDDEN_WRONG, language)
    parts = [said, wrong, _link(site, RECEIPT_PAGE, language), in_language(KEPT, language)]
    subject = in_language(HIDDEN_SUBJECT, language).format(title=title)
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
    """Return the title on one line: a line break in a mail's subject would begin a new header."""
    title = one_line(decision.text(language).title)
    return title if len(title) <= TITLE_MAX else title[: TITLE_MAX - 1].rstrip() + "…"


def _link(site: str, page: str, language: str, **query: str) -> str:
    asked = query if language == SOURCE else {**query, "sprak": language}
    address = f"{site.rstrip('/')}/{page}"
    return f"{address}?{urlencode(asked)}" if asked else address


def _day(day: date, language: str = SOURCE) -> str:
    return dates.format_date(day, "d MMMM y", locale=language)
