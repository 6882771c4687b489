"""Published comments as an official sorts them into themes: found by words and filters, paged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from data import clock, store
from data.answers import theme_assignment
from data.comments import area_codes
from data.geodata import area_names
from data.models import Channel, Kind, Staff, Stance
from data.rights import check_reviewer
from data.written import clean_text

PAGE = 50
# more words than this are not looked for
WORDS_MAX = 4


@dataclass(frozen=True)
class ThemeFilter:
    """Which comments to see; None is all of them.

    `theme` is a theme's id or `OTHER_THEME`; `is_loose` is only those under neither.
    """

    words: str = ""
    kind: Kind | None = None
    stance: Stance | None = None
    channel: Channel | None = None
    deso: str | None = None
    theme: int | None = None
    is_loose: bool = False


@dataclass(frozen=True)
class SortedComment:
    """A published comment with its public text, how it came in, and the themes it lies under."""

    id: int
    kind: Kind
    stance: Stance
    channel: Channel
    text: str
    received_on: date
    place: str
    themes: tuple[int, ...]
    example: bool


# A published comment is what everyone may read, so a hidden or waiting one is never sorted.
_FOUND = """
FROM published_comments c JOIN submissions s ON s.id = c.submission_id
WHERE c.decision_id = $1
  AND ($2 IS NULL OR c.kind = $2) AND ($3 IS NULL OR c.stance = $3)
  AND ($4 IS NULL OR s.channel = $4)
  AND ($5 IS NULL OR c.id IN (SELECT comment_id FROM comment_deso WHERE deso = $5))
  AND ($6 IS NULL OR EXISTS (SELECT 1 FROM gathered t
       WHERE t.decision_id = $1 AND t.comment_id = c.id AND t.theme_id = $6))
  AND (NOT $7 OR NOT EXISTS (SELECT 1 FROM gathered t
       WHERE t.decision_id = $1 AND t.comment_id = c.id))
  AND position($8 IN lower(c.public_text)) > 0 AND position($9 IN lower(c.public_text)) > 0
  AND position($10 IN lower(c.public_text)) > 0 AND position($11 IN lower(c.public_text)) > 0
"""
_COLUMNS = """
SELECT c.id, c.kind, c.stance, s.channel, c.public_text, c.received_at, c.example
"""
_LIST = _COLUMNS + _FOUND + " ORDER BY c.id LIMIT $12 OFFSET $13"
_COUNT = "SELECT count(*)" + _FOUND
_SOME = (
    _COLUMNS
    + """FROM published_comments c JOIN submissions s ON s.id = c.submission_id
WHERE c.decision_id = $1 AND c.id = ANY($2)"""
)


def find(
    actor: Staff | None,
    decision_id: str,
    wanted: ThemeFilter,
    *,
    limit: int = PAGE,
    offset: int = 0,
) -> list[SortedComment]:
    """Return published comments that fit, the oldest first.

    Raises
    ------
    data.rights.NotAllowedError
        How a comment came in and its draft themes are not public.
    """
    check_reviewer(actor)
    return _read(_LIST, decision_id, [*_values(decision_id, wanted), limit, offset])


def count(actor: Staff | None, decision_id: str, wanted: ThemeFilter) -> int:
    """Count what `find` would give without a limit."""
    check_reviewer(actor)
    with store.cursor() as cursor:
        row = cursor.execute(_COUNT, _values(decision_id, wanted)).fetchone()
    return int(row[0]) if row else 0


def of_ids(actor: Staff | None, decision_id: str, ids: list[int]) -> list[SortedComment]:
    """Return those of `ids` that are published on the decision, in the order of `ids`."""
    check_reviewer(actor)
    known = {one.id: one for one in _read(_SOME, decision_id, [decision_id, ids])}
    return [known[one] for one in ids if one in known]


def _values(decision_id: str, wanted: ThemeFilter) -> list[Any]:
    words = clean_text(wanted.words).lower().split()[:WORDS_MAX]
    # every text holds the empty word
    words += [""] * (WORDS_MAX - len(words))
    return [
        decision_id,
        wanted.kind.value if wanted.kind else None,
        wanted.stance.value if wanted.stance else None,
        wanted.channel.value if wanted.channel else None,
        wanted.deso,
        wanted.theme,
        wanted.is_loose,
        *words,
    ]


@dataclass(frozen=True)
class _Row:
    id: int
    kind: Kind
    stance: Stance
    channel: Channel
    public_text: str
    received_at: datetime
    example: bool


def _read(query: str, decision_id: str, values: list[Any]) -> list[SortedComment]:
    with store.cursor() as cursor:
        rows = cursor.execute(query, values).rows(_Row)
    under = theme_assignment.under(decision_id)
    codes = area_codes.named([row.id for row in rows])
    return [
        _comment(row, under.get(row.id, ()), area_names.of_place(codes[row.id])) for row in rows
    ]


def _comment(row: _Row, themes: tuple[int, ...], place: str) -> SortedComment:
    return SortedComment(
        id=row.id,
        kind=row.kind,
        stance=row.stance,
        channel=row.channel,
        text=row.public_text,
        received_on=clock.day_of(row.received_at),
        place=place,
        themes=themes,
        example=row.example,
    )
