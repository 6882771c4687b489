"""The append-only log of what was done to comments: written and read here, never changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from data import store
from data.models import Staff
from data.rights import check_reviewer


@dataclass(frozen=True)
class LogRow:
    """One act, as the append-only log keeps it.

    `before` and `after` are state (with the reason if hidden) and public text; for a move decision
    and place as JSON, for an answer its words.
    """

    at: datetime
    actor: str
    act: str
    comment_id: int
    before: str
    after: str
    reason: str | None
    id: int = 0


_ADD = """
INSERT INTO review_log (acted_at, actor, act, comment_id, was, became, reason)
VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id
"""
_ROW = """
SELECT id, acted_at AS at, actor, act, comment_id, was AS before, became AS after, reason
FROM review_log
"""
_OF = _ROW + " WHERE comment_id = $1 ORDER BY id"
_LATEST = _ROW + " ORDER BY id DESC LIMIT $1"
_SOME = _ROW + " WHERE id = ANY($1) ORDER BY id"


@dataclass(frozen=True)
class Change:
    """An act on a comment, as the log tells it: what the comment was, and what it became."""

    act: str
    comment_id: int
    was: str
    became: str
    reason: str | None = None


def add(cursor: store.Cursor, staff: Staff, change: Change, *, at: datetime) -> int:
    """Note an act in the transaction that does it, and give the number of its row."""
    told = [change.act, change.comment_id, change.was, change.became, change.reason]
    row = [at.astimezone(UTC), staff.name, *told]
    added = cursor.execute(_ADD, row).fetchone()
    assert added is not None
    return int(added[0])


def moved_from(decision_id: str) -> str:
    """Return how the row of a move writes the decision that a comment lay on before."""
    return f'"decision": {json.dumps(decision_id, ensure_ascii=False)}'


def of(actor: Staff | None, comment_id: int) -> list[LogRow]:
    """Return what has been done to a comment, oldest first."""
    check_reviewer(actor)
    with store.cursor() as cursor:
        return read_of(cursor, comment_id)


def latest(actor: Staff | None, *, limit: int) -> list[LogRow]:
    """Return the latest acts on any comment, the newest first."""
    check_reviewer(actor)
    with store.cursor() as cursor:
        return cursor.execute(_LATEST, [limit]).rows(LogRow)


def read_of(cursor: store.Cursor, comment_id: int) -> list[LogRow]:
    """Return what has been done to a comment as a transaction sees it, oldest first."""
    return cursor.execute(_OF, [comment_id]).rows(LogRow)


def read_some(cursor: store.Cursor, ids: Sequence[int]) -> list[LogRow]:
    """Return rows by their numbers as a transaction sees them."""
    return cursor.execute(_SOME, [list(ids)]).rows(LogRow) if ids else []
