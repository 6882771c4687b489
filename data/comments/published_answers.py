"""The published answer of a decision, as everyone may read it: small numbers of persons hidden."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

import pandas as pd

from data import store
from data.comments.results import LEAST_PERSONS, ROUNDED_TO
from data.decision_cache import remembered
from data.decisions import decisions
from data.enums import OTHER_THEME, Outcome
from geo import disclosure

_LATEST = """
SELECT edition, published_at, decided_on, body FROM answers
WHERE decision_id = $1 ORDER BY edition DESC LIMIT 1
"""
_FIRST = "SELECT min(published_at) FROM answers WHERE decision_id = $1"
_ALL_DAYS = """
SELECT decision_id, published_at, decided_on FROM answers ORDER BY decision_id, edition
"""
# comments that this edition took up, those of them that are there still, and all there are now
_TAKEN_UP = """
SELECT count(DISTINCT comment_id) FROM answer_comments WHERE decision_id = $1 AND edition = $2
"""
_STILL_THERE = """
SELECT count(DISTINCT comment_id) FROM answered WHERE decision_id = $1 AND edition = $2
"""
_PUBLISHED_NOW = """
SELECT count(*) FROM published_comments WHERE decision_id = $1
"""
_HOLDS = """
SELECT count(*) FROM answered WHERE decision_id = $1 AND edition = $2 AND comment_id = $3
"""
# a comment that was hidden or moved after the answer came counts no longer
_COUNTS = """
WITH spoke AS (
    SELECT theme_id, submission_id, count(*) AS said FROM answered
    WHERE decision_id = $1 AND edition = $2
    GROUP BY theme_id, submission_id
)
SELECT theme_id, sum(said) AS said, sum(persons) AS persons FROM spoke
JOIN submissions ON submissions.id = submission_id GROUP BY theme_id
"""
_OF_COMMENT = """
SELECT theme_id FROM answered WHERE decision_id = $1 AND edition = $2 AND comment_id = $3
ORDER BY theme_id
"""
_ALL_UNDER = """
SELECT comment_id, theme_id FROM answered WHERE decision_id = $1 AND edition = $2
ORDER BY comment_id, theme_id
"""
_UNDER = """
SELECT comment_id, public_text FROM answered
WHERE decision_id = $1 AND edition = $2 AND theme_id = $3
ORDER BY comment_id LIMIT $4
"""


@dataclass(frozen=True)
class AnsweredTheme:
    """A theme as it was published; `persons` is rounded, None where it may not be shown."""

    id: int
    title: str
    summary: str
    answer: str
    outcome: Outcome
    reason: str
    comments: int
    persons: int | None


@dataclass(frozen=True)
class Answer:
    """The answer that everyone reads. Times are UTC; `other` counts comments under no theme.

    The texts are those that were published. Counts and quotes are of today: what was hidden or
    moved to another decision since is `gone`, and what was published since is `later` and stands
    under no theme.
    """

    decision_id: str
    edition: int
    first_published_at: datetime
    published_at: datetime
    decided_on: date | None
    texts: dict[str, str]
    themes: tuple[AnsweredTheme, ...]
    other: int
    gone: int = 0
    later: int = 0

    def text(self, language: str) -> str:
        """Return what was decided in `language`, or in Swedish where it is not translated."""
        return self.texts.get(language, self.texts["sv"])


def published(decision_id: str) -> Answer | None:
    """Return the latest published answer of a decision, or None while there is none."""
    return remembered(decision_id, ("answer",), lambda: _read(decision_id))


class FirstDays(NamedTuple):
    """When an answer was first there and last changed (UTC), and the decision's day as it says."""

    published_at: datetime
    decided_on: date | None
    changed_at: datetime


def first_days() -> dict[str, FirstDays]:
    """Return the decisions that have a published answer."""
    return remembered(decisions.DECISIONS, ("answered",), _first_days)


def _first_days() -> dict[str, FirstDays]:
    found: dict[str, FirstDays] = {}
    with store.cursor() as cursor:
        rows = cursor.execute(_ALL_DAYS).fetchall()
    for decision_id, at, decided_on in rows:
        before = found.get(decision_id)
        first = before.published_at if before else at.astimezone(UTC)
        found[decision_id] = FirstDays(first, decided_on, at.astimezone(UTC))
    return found


def holds(answer: Answer, comment_id: int) -> bool:
    """Tell whether the answer took a comment up, under a theme or as something else."""
    with store.cursor() as cursor:
        row = cursor.execute(_HOLDS, [answer.decision_id, answer.edition, comment_id]).fetchone()
    return bool(row and row[0])


def themes_of(answer: Answer, comment_id: int) -> list[AnsweredTheme]:
    """Return the themes that a comment is answered under; none when it is about something else."""
    with store.cursor() as cursor:
        asked = [answer.decision_id, answer.edition, comment_id]
        found = {row[0] for row in cursor.execute(_OF_COMMENT, asked).fetchall()}
    return [theme for theme in answer.themes if theme.id in found]


def texts_of(answer: Answer, theme: AnsweredTheme, *, limit: int) -> list[str]:
    """Return the public texts of comments under a theme, the oldest first."""
    with store.cursor() as cursor:
        asked = [answer.decision_id, answer.edition, theme.id, limit]
        return [text for _, text in cursor.execute(_UNDER, asked).fetchall()]


def under(answer: Answer) -> dict[int, tuple[int, ...]]:
    """Return the themes of each published comment that the answer has sorted."""
    with store.cursor() as cursor:
        rows = cursor.execute(_ALL_UNDER, [answer.decision_id, answer.edition]).fetchall()
    found: dict[int, list[int]] = {}
    for comment, theme in rows:
        found.setdefault(int(comment), []).append(int(theme))
    return {comment: tuple(list_) for comment, list_ in found.items()}


class _Edition(NamedTuple):
    edition: int
    published_at: datetime
    decided_on: date | None
    body: str


class _Said(NamedTuple):
    theme_id: int
    said: int
    persons: int


def _read(decision_id: str) -> Answer | None:
    with store.cursor() as cursor:
        row = cursor.execute(_LATEST, [decision_id]).first(_Edition)
        if row is None:
            return None
        counts = cursor.execute(_COUNTS, [decision_id, row.edition]).rows(_Said)
        first = cursor.execute(_FIRST, [decision_id]).fetchone()
        taken = _count(cursor, _TAKEN_UP, decision_id, row.edition)
        there = _count(cursor, _STILL_THERE, decision_id, row.edition)
        now = _count(cursor, _PUBLISHED_NOW, decision_id)
    body, said = json.loads(row.body), {one.theme_id: int(one.said) for one in counts}
    persons = shown_persons({one.theme_id: int(one.persons) for one in counts})
    assert first is not None
    return Answer(
        decision_id=decision_id,
        edition=row.edition,
        first_published_at=first[0].astimezone(UTC),
        published_at=row.published_at,
        decided_on=row.decided_on,
        texts=body["texts"],
        themes=tuple(
            _theme(one, said.get(one["id"], 0), persons.get(one["id"], 0)) for one in body["themes"]
        ),
        other=said.get(OTHER_THEME, 0),
        gone=taken - there,
        later=now - there,
    )


def _count(cursor: store.Cursor, query: str, *asked: object) -> int:
    row = cursor.execute(query, list(asked)).fetchone()
    return int(row[0]) if row else 0


def _theme(kept: dict[str, Any], comments: int, persons: int | None) -> AnsweredTheme:
    fields = {**kept, "outcome": Outcome(kept["outcome"])}
    return AnsweredTheme(**fields, comments=comments, persons=persons)


def shown_persons(exact: dict[int, int]) -> dict[int, int | None]:
    """Hide and round by the rule that every table of persons follows."""
    if not exact:
        return {}
    counts = pd.Series(exact, dtype="int64")
    shown = disclosure.protect(counts, k=LEAST_PERSONS, base=ROUNDED_TO)
    values = [None if pd.isna(n) else int(n) for n in shown]
    return dict(zip(exact, values, strict=True))
