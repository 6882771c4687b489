"""Comments as an official or their own sender may see them: originals and exact places."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from data import names, store
from data.models import (
    Channel,
    HideReason,
    Kind,
    PlaceHow,
    ReviewState,
    StaffComment,
    Stance,
)

_SELECT = """
SELECT c.id, c.submission_id, c.decision_id, c.kind, c.stance, c.original, c.public_text, c.state,
    c.hide_reason, c.received_at, s.channel, c.place_words, c.place_how, c.lon, c.lat, c.deso,
    c.valdistrikt, c.example
FROM comments c JOIN submissions s ON s.id = c.submission_id
"""
_OF_SUBMISSION = _SELECT + " WHERE c.submission_id = $1 ORDER BY c.id"
_ONE = _SELECT + " WHERE c.id = $1"
_WAITING = _SELECT + " WHERE c.state = 'waiting' ORDER BY c.received_at, c.id LIMIT $1 OFFSET $2"
_COUNT_WAITING = "SELECT count(*) FROM comments WHERE state = 'waiting'"
_COUNT_BY_DECISION = """
SELECT decision_id, count(*) FROM comments WHERE state = 'waiting' GROUP BY decision_id
"""


def of_submission(submission_id: int) -> list[StaffComment]:
    """Give the comments of one submission in the order they were written."""
    return _read(_OF_SUBMISSION, [submission_id])


def get(comment_id: int) -> StaffComment | None:
    """Give one comment, or None."""
    return next(iter(_read(_ONE, [comment_id])), None)


def waiting(*, limit: int = 20, offset: int = 0) -> list[StaffComment]:
    """Give the comments that wait to be read, oldest first."""
    return _read(_WAITING, [limit, offset])


def count_waiting() -> int:
    """Count the comments that wait to be read."""
    with store.cursor() as cursor:
        row = cursor.execute(_COUNT_WAITING).fetchone()
    return int(row[0]) if row else 0


def _read(query: str, values: list[Any]) -> list[StaffComment]:
    with store.cursor() as cursor:
        rows = cursor.execute(query, values).fetchall()
    return [_comment(row) for row in rows]


def _comment(row: tuple[Any, ...]) -> StaffComment:
    return StaffComment(
        id=row[0],
        submission_id=row[1],
        decision_id=row[2],
        kind=Kind(row[3]),
        stance=Stance(row[4]),
        original=row[5],
        public_text=row[6],
        state=ReviewState(row[7]),
        hide_reason=HideReason(row[8]) if row[8] else None,
        received_at=row[9].astimezone(UTC),
        channel=Channel(row[10]),
        place=row[11] or names.of_place(row[16], row[15]),
        place_how=PlaceHow(row[12]),
        lon=row[13],
        lat=row[14],
        example=row[17],
    )


def count_waiting_by_decision() -> dict[str, int]:
    """Count what waits to be read, by decision; only decisions where something waits."""
    with store.cursor() as cursor:
        return dict(cursor.execute(_COUNT_BY_DECISION).fetchall())
