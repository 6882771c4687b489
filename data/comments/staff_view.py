"""Comments as an official or their own sender may see them: originals and exact places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data import store
from data.comments import area_codes
from data.geodata import area_names
from data.models import (
    Channel,
    HideReason,
    Kind,
    PlaceHow,
    ReviewState,
    StaffComment,
    Stance,
)
from data.written import clean_text, one_line

# the name under which the store counts what changes whose texts can be found: what comes in or is
# put back to wait, and what moves to another decision
RECEIVED = "received"

_SELECT = """
SELECT c.id, c.submission_id, c.decision_id, c.kind, c.stance, c.original, c.public_text, c.state,
    c.hide_reason, c.received_at, s.channel, c.place_words, c.place_how, c.lon, c.lat, c.example
FROM comments c JOIN submissions s ON s.id = c.submission_id
"""
_OF_SUBMISSION = _SELECT + " WHERE c.submission_id = $1 ORDER BY c.id"
_ONE = _SELECT + " WHERE c.id = $1"
_SOME = _SELECT + " WHERE c.id = ANY($1) ORDER BY c.id"
_WAITS = """
WHERE c.state = 'waiting' AND ($1 IS NULL OR c.decision_id = $1)
    AND ($2 IS NULL OR c.id = ANY($2))
"""
_WAITING = (
    _SELECT
    + _WAITS
    + """
ORDER BY CASE WHEN c.id = ANY($3) THEN 1 ELSE 0 END, c.received_at, c.id LIMIT $4 OFFSET $5
"""
)
_COUNT_WAITING = "SELECT count(*) AS count, min(c.received_at) AS oldest FROM comments c" + _WAITS
_BY_DECISION = """
SELECT decision_id, count(*) FROM comments WHERE state = 'waiting'
GROUP BY decision_id ORDER BY min(received_at)
"""
_WAITING_TEXTS = "SELECT id, original FROM comments WHERE state = 'waiting'"
_TEXTS = """
SELECT id, original FROM comments WHERE decision_id = $1 ORDER BY id DESC LIMIT $2
"""


@dataclass(frozen=True)
class Queue:
    """How much waits, and since when the oldest does (UTC)."""

    count: int
    oldest: datetime | None


def of_submission(submission_id: int) -> list[StaffComment]:
    """Return the comments of one submission in the order they were written."""
    return _read(_OF_SUBMISSION, [submission_id])


def get(comment_id: int) -> StaffComment | None:
    """Return one comment, or None."""
    return next(iter(_read(_ONE, [comment_id])), None)


def some(ids: Sequence[int]) -> dict[int, StaffComment]:
    """Return several comments by their numbers; unknown ones are left out."""
    return {one.id: one for one in _read(_SOME, [list(ids)])} if ids else {}


def waiting(
    *,
    limit: int = 20,
    offset: int = 0,
    decision_id: str | None = None,
    among: Sequence[int] | None = None,
    last: Sequence[int] = (),
) -> list[StaffComment]:
    """Return the comments that wait to be read, oldest first, those in `last` after the others."""
    ids = None if among is None else [0, *among]
    return _read(_WAITING, [decision_id, ids, [0, *last], limit, offset])


def queue(*, decision_id: str | None = None, among: Sequence[int] | None = None) -> Queue:
    """Count the comments that wait to be read."""
    ids = None if among is None else [0, *among]
    with store.cursor() as cursor:
        found = cursor.execute(_COUNT_WAITING, [decision_id, ids]).first(Queue)
    return found or Queue(0, None)


def waiting_by_decision() -> dict[str, int]:
    """Count what waits on each decision, the one with the oldest first."""
    with store.cursor() as cursor:
        rows = cursor.execute(_BY_DECISION).fetchall()
    return {decision_id: int(count) for decision_id, count in rows}


def waiting_texts() -> list[tuple[int, str]]:
    """Return number and words, as they may be shown, of everything that waits."""
    with store.cursor() as cursor:
        rows = cursor.execute(_WAITING_TEXTS).fetchall()
    return [(number, clean_text(words)) for number, words in rows]


def texts(decision_id: str, *, limit: int) -> list[tuple[int, str]]:
    """Return number and words of the latest comments on a decision, whatever their state."""
    with store.cursor() as cursor:
        rows = cursor.execute(_TEXTS, [decision_id, limit]).fetchall()
    return [(number, clean_text(words)) for number, words in rows]


@dataclass(frozen=True)
class _Row:
    id: int
    submission_id: int
    decision_id: str
    kind: Kind
    stance: Stance
    original: str
    public_text: str
    state: ReviewState
    hide_reason: HideReason | None
    received_at: datetime
    channel: Channel
    place_words: str
    place_how: PlaceHow
    lon: float | None
    lat: float | None
    example: bool


def _read(query: str, values: list[Any]) -> list[StaffComment]:
    with store.cursor() as cursor:
        rows = cursor.execute(query, values).rows(_Row)
    codes = area_codes.named([row.id for row in rows])
    return [_comment(row, area_names.of_place(codes[row.id])) for row in rows]


def _comment(row: _Row, area: str) -> StaffComment:
    return StaffComment(
        id=row.id,
        submission_id=row.submission_id,
        decision_id=row.decision_id,
        kind=row.kind,
        stance=row.stance,
        original=row.original,
        public_text=row.public_text,
        state=row.state,
        hide_reason=row.hide_reason,
        received_at=row.received_at,
        channel=row.channel,
        place=one_line(row.place_words) or area,
        place_how=row.place_how,
        lon=row.lon,
        lat=row.lat,
        example=row.example,
        area=area,
    )
