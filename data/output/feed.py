"""What has happened in the dialogues, as a feed tells it: opened, closing, closed, answered."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from babel import dates

from data import clock, municipality, rules
from data.comments import progress, published_answers
from data.decisions import decisions
from data.models import Decision
from data.wording import N_, in_language
from data.written import one_line

# answers by decision: when it was published, and its first words as they may be shown
Answers = Mapping[str, tuple[datetime, str]]

ENTRIES_MAX = 50
SUMMARY_MAX = 600
EXAMPLE = N_("EXEMPEL – inte ett riktigt beslut")
OPENED, CLOSING, CLOSED, ANSWERED = "opened", "closing", "closed", "answered"
SHORT_EXAMPLE = N_("Exempel")
TITLES = {
    OPENED: N_("Tyck till: {title}"),
    CLOSING: N_("Sista veckan att tycka till: {title}"),
    CLOSED: N_("Tiden för synpunkter är slut: {title}"),
    ANSWERED: N_("Svaret har kommit: {title}"),
}
UNTIL = N_("Du kan lämna synpunkter till och med {day}.")
ENDED = N_("Tiden för synpunkter tog slut {day}.")
ANSWER_ON = N_("Svaret kommer {day}.")
ANSWER_LATE = N_("Svaret skulle ha kommit {day}, men är försenat.")
# the name of what our names are made of: the same event has the same id for ever, wherever it is


@dataclass(frozen=True)
class Entry:
    """One thing that happened; `decision_id` is what to read about it, `id` never changes.

    `updated_at` is when anything that stands in it last changed.
    """

    id: str
    decision_id: str
    event: str
    title: str
    summary: str
    happened_at: datetime
    updated_at: datetime


def entries(on: date, *, language: str, answers: Answers | None = None) -> list[Entry]:
    """Return what has happened until the end of a day, the latest first.

    Parameters
    ----------
    answers
        The published answers by decision; none unless told.
    """
    told, changed = answers or {}, decisions.changed_at()
    found = [
        entry
        for _, decision in decisions.list_all()
        for entry in _of_decision(
            decision, on, language, told.get(decision.id), changed[decision.id]
        )
    ]
    found.sort(key=lambda entry: (entry.happened_at, entry.id), reverse=True)
    return found[:ENTRIES_MAX]


def updated_at(found: Sequence[Entry]) -> datetime | None:
    """Return when the feed last changed, also by something that is gone from it; None for never."""
    moments = [*(entry.updated_at for entry in found), *decisions.changed_at().values()]
    return max(moments, default=None)


def feed_id(language: str) -> str:
    """Return the name of the whole feed in a language."""
    return uuid.uuid5(_events(), language).urn


def _events() -> uuid.UUID:
    """Return what the names of a municipality's events begin with."""
    site = municipality.in_use().contact.site
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{site}/dialogkartan/flode")


def _of_decision(
    decision: Decision,
    on: date,
    language: str,
    answer: tuple[datetime, str] | None,
    changed: datetime,
) -> list[Entry]:
    days = {
        OPENED: decision.opens,
        CLOSING: decision.closes - timedelta(days=rules.CLOSING_SOON_DAYS),
        CLOSED: decision.closes + timedelta(days=1),
    }
    if days[CLOSING] <= decision.opens:
        # a dialogue of a week opens and closes in the same breath
        del days[CLOSING]
    summaries = {
        OPENED: [decision.text(language).summary, _say(UNTIL, decision.closes, language)],
        CLOSING: [_say(UNTIL, decision.closes, language)],
        CLOSED: [_say(ENDED, decision.closes, language)],
    }
    # what the last day says of the answer changes when it comes, and when it is late
    closing = [changed]
    stands = progress.of(decision, on)
    if answer is not None:
        closing.append(answer[0])
    elif stands.promised_on is not None:
        sentence = ANSWER_LATE if stands.is_overdue else ANSWER_ON
        summaries[CLOSED].append(_say(sentence, stands.promised_on, language))
        if stands.is_overdue:
            closing.append(_begins(stands.promised_on + timedelta(days=1)))
    found = [
        _entry(
            decision,
            event,
            language,
            summaries[event],
            _begins(day),
            closing if event == CLOSED else [changed],
        )
        for event, day in days.items()
        if day <= on
    ]
    if answer is not None and clock.day_of(answer[0]) <= on:
        known = published_answers.first_days().get(decision.id)
        moments = [changed, known.changed_at] if known else [changed]
        found.append(_entry(decision, ANSWERED, language, [answer[1]], answer[0], moments))
    return found


def _entry(
    decision: Decision,
    event: str,
    language: str,
    said: list[str],
    at: datetime,
    changed: list[datetime],
) -> Entry:
    example = [in_language(EXAMPLE, language)] if decision.example else []
    title = _one_line(decision.text(language).title)
    title = in_language(TITLES[event], language).format(title=title)
    if decision.example:
        # many programs show the titles only
        title = f"{in_language(SHORT_EXAMPLE, language)}: {title}"
    summary = " ".join(_one_line(one) for one in [*said, *(f"{one}." for one in example)])
    return Entry(
        id=uuid.uuid5(_events(), f"{language}/{decision.id}/{event}").urn,
        decision_id=decision.id,
        event=event,
        title=title,
        summary=_shortened(summary),
        happened_at=at,
        updated_at=max(at, *changed),
    )


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), clock.STOCKHOLM)


def _say(sentence: str, day: date, language: str) -> str:
    return in_language(sentence, language).format(
        day=dates.format_date(day, "d MMMM y", locale=language)
    )


def _one_line(text: str) -> str:
    """Return a text without line breaks, and without signs that XML cannot hold."""
    return one_line(text)


def _shortened(text: str) -> str:
    return text if len(text) <= SUMMARY_MAX else text[: SUMMARY_MAX - 1].rstrip() + "…"
