"""What officials did, when and with which result. Append-only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from data import store
from data.models import Staff
from data.rights import check_reviewer

_ADD = """
INSERT INTO staff_log (acted_at, actor, act, about, was, became)
VALUES ($1, $2, $3, $4, $5, $6)
"""
_OF = """
SELECT acted_at AS at, actor, act, about, was, became FROM staff_log
WHERE about = $1 ORDER BY id DESC LIMIT $2
"""


@dataclass(frozen=True)
class Act:
    """One act; `about` is a decision's id, or the name of what was changed."""

    at: datetime
    actor: str
    act: str
    about: str
    was: str
    became: str


def add(
    cursor: store.Cursor,
    staff: Staff,
    act: str,
    about: str,
    *,
    was: str,
    became: str,
    at: datetime,
) -> None:
    """Note an act in the transaction that does it, so that one never stands without the other."""
    cursor.execute(_ADD, [at.astimezone(UTC), staff.name, act, about, was, became])


def of(actor: Staff | None, about: str, *, limit: int = 50) -> list[Act]:
    """Return what was done to `about`, the latest first.

    Raises
    ------
    data.rights.NotAllowedError
        When the person may not see it.
    """
    check_reviewer(actor)
    with store.cursor() as cursor:
        return cursor.execute(_OF, [about, limit]).rows(Act)
