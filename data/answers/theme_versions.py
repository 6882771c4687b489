"""Every text that a theme has had, append-only: what was promised and when can always be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from data import store
from data.enums import Outcome
from data.models import Staff
from data.rights import check_reviewer

_KEEP = """
INSERT INTO theme_versions (theme_id, version, decision_id, title, summary, answer, outcome, reason,
    actor, saved_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""
_OF = """
SELECT version, title, summary, answer, outcome, reason, actor, saved_at FROM theme_versions
WHERE theme_id = $1 ORDER BY version
"""


@dataclass(frozen=True)
class ThemeVersion:
    """The texts of a theme as they were saved once, by whom and when (UTC)."""

    version: int
    title: str
    summary: str
    answer: str
    outcome: Outcome | None
    reason: str
    actor: str
    saved_at: datetime


def keep(cursor: store.Cursor, staff: Staff, theme: Mapping[str, Any], *, at: datetime) -> None:
    """Keep a theme's texts in the transaction that changes them."""
    names = ("id", "version", "decision_id", "title", "summary", "answer", "outcome", "reason")
    texts = [theme[name] for name in names]
    cursor.execute(_KEEP, [*texts, staff.name, at.astimezone(UTC)])


def of_theme(actor: Staff | None, theme_id: int) -> list[ThemeVersion]:
    """Return every version of a theme's texts, the first one first, also of a removed theme.

    Raises
    ------
    data.rights.NotAllowedError
        When the person may not see it.
    """
    check_reviewer(actor)
    with store.cursor() as cursor:
        return cursor.execute(_OF, [theme_id]).rows(ThemeVersion)
