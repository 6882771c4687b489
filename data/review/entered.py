"""What officials have entered for others: the latest, and every receipt beside its row."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from data import clock, store
from data.comments import area_codes
from data.enums import Channel, ReviewState
from data.geodata import area_names
from data.models import Staff
from data.rights import check_reviewer
from data.written import clean_text, one_line


@dataclass(frozen=True)
class Batch:
    """What was entered at one time by one official: a table, or a single row."""

    entered_at: datetime
    actor: str
    count: int


@dataclass(frozen=True)
class Entered:
    """A row that was entered, as the list shows it; `code` is the receipt.

    `row` is its number in the table that it came in, if it came in one; `told` is what was said
    that we have no word for, by field.
    """

    code: str
    entered_at: datetime
    actor: str
    received_on: date
    channel: Channel
    persons: int
    text: str
    place: str
    state: ReviewState
    row: int | None = None
    told: tuple[tuple[str, str], ...] = ()


_ENTERED = """
SELECT c.id, s.receipt AS code, e.entered_at, e.actor, s.received_at, s.channel, s.persons,
    c.original, c.place_words, c.state, e.row_number, e.told
FROM entered e JOIN submissions s ON s.id = e.submission_id
    JOIN comments c ON c.submission_id = s.id
"""
_LATEST = _ENTERED + " WHERE c.decision_id = $1 ORDER BY e.entered_at DESC, s.id DESC LIMIT $2"
# a receipt belongs to the table that it came in, also when its comment has been moved since
_OF_BATCH = (
    _ENTERED
    + """
WHERE s.sent_to = $1 AND ($2 IS NULL OR e.entered_at = $2) AND ($3 IS NULL OR e.actor = $3)
ORDER BY e.entered_at DESC, e.row_number, s.id
"""
)
_BATCHES = """
SELECT e.entered_at, e.actor, count(*) AS count
FROM entered e JOIN submissions s ON s.id = e.submission_id
WHERE s.sent_to = $1 GROUP BY e.entered_at, e.actor ORDER BY e.entered_at DESC, e.actor
"""


def latest(actor: Staff | None, decision_id: str, *, limit: int = 20) -> list[Entered]:
    """Return what was entered and now belongs to a decision, the latest first.

    Raises
    ------
    data.rights.NotAllowedError
    """
    check_reviewer(actor)
    with store.cursor() as cursor:
        rows = cursor.execute(_LATEST, [decision_id, limit]).rows(_Row)
    return _told(rows)


def batches(actor: Staff | None, decision_id: str) -> list[Batch]:
    """Return each time that something was entered on a decision, the latest first.

    Raises
    ------
    data.rights.NotAllowedError
    """
    check_reviewer(actor)
    with store.cursor() as cursor:
        return cursor.execute(_BATCHES, [decision_id]).rows(Batch)


def receipts(actor: Staff | None, decision_id: str, batch: Batch | None = None) -> list[Entered]:
    """Return all that was entered on a decision, or in one batch, in the order of its table.

    Raises
    ------
    data.rights.NotAllowedError
    """
    check_reviewer(actor)
    when, who = (batch.entered_at, batch.actor) if batch else (None, None)
    with store.cursor() as cursor:
        rows = cursor.execute(_OF_BATCH, [decision_id, when, who]).rows(_Row)
    return _told(rows)


@dataclass(frozen=True)
class _Row:
    id: int
    code: str
    entered_at: datetime
    actor: str
    received_at: datetime
    channel: Channel
    persons: int
    original: str
    place_words: str
    state: ReviewState
    row_number: int | None
    told: str | None


def _told(rows: list[_Row]) -> list[Entered]:
    codes = area_codes.named([row.id for row in rows])
    return [_entered(row, area_names.of_place(codes[row.id])) for row in rows]


def _entered(row: _Row, area: str) -> Entered:
    return Entered(
        code=row.code,
        entered_at=row.entered_at,
        actor=row.actor,
        received_on=clock.day_of(row.received_at),
        channel=row.channel,
        persons=row.persons,
        text=clean_text(row.original),
        place=one_line(row.place_words) or area,
        state=row.state,
        row=row.row_number,
        told=tuple((field, words) for field, words in json.loads(row.told or "[]")),
    )
