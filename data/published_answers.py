"""The published answer of a decision, as everyone may read it: small numbers of persons hidden."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd

from data import gathering, store
from data.kinds import Outcome
from data.remembered import remembered
from data.results import LEAST_PERSONS, ROUNDED_TO
from geo import disclosure

_LATEST = """
SELECT edition, published_at, decided_on, body FROM answers
WHERE decision_id = $1 ORDER BY edition DESC LIMIT 1
"""
_FIRST = "SELECT min(published_at) FROM answers WHERE decision_id = $1"
# a comment that was hidden after the answer came counts no longer
_COUNTS = """
WITH spoke AS (
    SELECT theme_id, submission_id, count(*) AS said FROM answer_comments
    JOIN comments ON comments.id = answer_comments.comment_id
    WHERE answer_comments.decision_id = $1 AND edition = $2 AND state = 'published'
    GROUP BY theme_id, submission_id
)
SELECT theme_id, sum(said), sum(persons) FROM spoke
JOIN submissions ON submissions.id = submission_id GROUP BY theme_id
"""
_OF_COMMENT = """
SELECT theme_id FROM answer_comments JOIN comments ON comments.id = answer_comments.comment_id
WHERE answer_comments.decision_id = $1 AND edition = $2 AND comment_id = $3 AND state = 'published'
ORDER BY theme_id
"""
_UNDER = """
SELECT comment_id, public_text FROM answer_comments
JOIN comments ON comments.id = answer_comments.comment_id
WHERE answer_comments.decision_id = $1 AND edition = $2 AND theme_id = $3 AND state = 'published'
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
    """The answer that everyone reads. Times are UTC; `other` counts comments under no theme."""

    decision_id: str
    edition: int
    first_published_at: datetime
    published_at: datetime
    decided_on: date | None
    texts: dict[str, str]
    themes: tuple[AnsweredTheme, ...]
    other: int

    def text(self, language: str) -> str:
        """Give what was decided in `language`, or in Swedish where it is not translated."""
        return self.texts.get(language, self.texts["sv"])


def published(decision_id: str) -> Answer | None:
    """Give the latest published answer of a decision, or None while there is none."""
    found: Answer | None = remembered(decision_id, ("answer",), lambda: _read(decision_id))
    return found


def themes_of(answer: Answer, comment_id: int) -> list[AnsweredTheme]:
    """Give the themes that a comment is answered under; none when it is about something else."""
    with store.cursor() as cursor:
        asked = [answer.decision_id, answer.edition, comment_id]
        found = {row[0] for row in cursor.execute(_OF_COMMENT, asked).fetchall()}
    return [theme for theme in answer.themes if theme.id in found]


def texts_of(answer: Answer, theme: AnsweredTheme, *, limit: int) -> list[str]:
    """Give the public texts of comments under a theme, the oldest first."""
    with store.cursor() as cursor:
        asked = [answer.decision_id, answer.edition, theme.id, limit]
        return [row[1] for row in cursor.execute(_UNDER, asked).fetchall()]


def _read(decision_id: str) -> Answer | None:
    with store.cursor() as cursor:
        row = cursor.execute(_LATEST, [decision_id]).fetchone()
        if row is None:
            return None
        counts = cursor.execute(_COUNTS, [decision_id, row[0]]).fetchall()
        first = cursor.execute(_FIRST, [decision_id]).fetchone()
    body, said = json.loads(row[3]), {int(one[0]): int(one[1]) for one in counts}
    persons = shown_persons({int(one[0]): int(one[2]) for one in counts})
    assert first is not None
    return Answer(
        decision_id=decision_id,
        edition=row[0],
        first_published_at=first[0].astimezone(UTC),
        published_at=row[1].astimezone(UTC),
        decided_on=row[2],
        texts=body["texts"],
        themes=tuple(
            _theme(one, said.get(one["id"], 0), persons.get(one["id"], 0)) for one in body["themes"]
        ),
        other=said.get(gathering.OTHER, 0),
    )


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
