"""Which comments lie under which theme: laid there by hand, many at a time, under several.

Rights are checked here, in each act, and each act is logged in its own transaction. Nothing that
somebody else has laid there is ever overwritten: acts only add or take out what they name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal, NamedTuple

from data import store
from data.enums import OTHER_THEME
from data.models import Staff
from data.rights import check_reviewer
from data.staff import staff_log

ThemeCode = Literal[
    "name_missing",
    "too_long",
    "same_name",
    "too_many",
    "not_there",
    "not_empty",
    "none_chosen",
    "same_theme",
    "too_many_quotes",
    "changed_meanwhile",
]


class ThemeError(ValueError):
    """What was asked for cannot be done; nothing was stored."""

    code: ThemeCode

    def __init__(self, code: ThemeCode) -> None:
        super().__init__(code)
        self.code = code


class Count(NamedTuple):
    """Published comments under a theme, and how many persons wrote them: exact, for officials."""

    comments: int
    persons: int


# also what keeps two transactions from removing a theme and filling it at the same time
_HOLD = "UPDATE themes SET ordinal = ordinal WHERE id = $1 AND decision_id = $2 RETURNING title"
_PUBLISHED = "SELECT id FROM published_comments WHERE decision_id = $1"
_UNDER = "SELECT theme_id, comment_id FROM gathered WHERE decision_id = $1"
_REMEMBERED = "SELECT comment_id FROM theme_comments WHERE decision_id = $1 AND theme_id = $2"
_GATHER = "INSERT INTO theme_comments (decision_id, theme_id, comment_id) VALUES ($1, $2, $3)"
_TAKE_OUT = """
DELETE FROM theme_comments WHERE decision_id = $1 AND theme_id = $2 AND comment_id = $3
"""
_EMPTY = "DELETE FROM theme_comments WHERE decision_id = $1 AND theme_id = $2"
_COUNTS = """
WITH spoke AS (
    SELECT theme_id, submission_id, count(*) AS said FROM gathered_published
    WHERE decision_id = $1
    GROUP BY theme_id, submission_id
)
SELECT theme_id, sum(said), sum(persons) FROM spoke
JOIN submissions ON submissions.id = submission_id GROUP BY theme_id
"""


def counts(actor: Staff | None, decision_id: str) -> dict[int, Count]:
    """Count what is gathered under each theme and under `OTHER_THEME`; empty ones are left out."""
    check_reviewer(actor)
    return read_counts(decision_id)


def read_counts(decision_id: str) -> dict[int, Count]:
    """Return the same for what is computed from it, with no one to ask for the right."""
    with store.cursor() as cursor:
        rows = cursor.execute(_COUNTS, [decision_id]).fetchall()
    return {theme: Count(int(said), int(persons)) for theme, said, persons in rows}


def under(decision_id: str) -> dict[int, tuple[int, ...]]:
    """Return the themes of each comment that has one, also of comments hidden since."""
    with store.cursor() as cursor:
        rows = cursor.execute(_UNDER, [decision_id]).fetchall()
    found: dict[int, list[int]] = {}
    for theme, comment in sorted(rows):
        found.setdefault(comment, []).append(theme)
    return {comment: tuple(list_) for comment, list_ in found.items()}


@store.again
def gather(
    actor: Staff | None, decision_id: str, theme_id: int, comments: Iterable[int], *, at: datetime
) -> int:
    """Lay published comments of the decision under a theme, or `OTHER_THEME`; tell how many.

    What lies there already stays. A comment under a theme no longer lies under `OTHER_THEME`,
    and one that has a theme is not laid there.

    Raises
    ------
    data.rights.NotAllowedError
    ThemeError
    """
    staff = check_reviewer(actor)
    with store.transaction() as cursor:
        title = hold(cursor, decision_id, theme_id)
        rows = cursor.execute(_PUBLISHED, [decision_id]).fetchall()
        wanted = set(comments) & {row[0] for row in rows}
        if not wanted:
            raise ThemeError("none_chosen")
        new = wanted - ids(cursor, decision_id, theme_id)
        if theme_id == OTHER_THEME:
            new -= {
                c for t, c in cursor.execute(_UNDER, [decision_id]).fetchall() if t != OTHER_THEME
            }
        left = set() if theme_id == OTHER_THEME else new & ids(cursor, decision_id, OTHER_THEME)
        if not new:
            return 0
        for comment in sorted(left):
            cursor.execute(_TAKE_OUT, [decision_id, OTHER_THEME, comment])
        insert(cursor, decision_id, theme_id, new)
        was = {"theme": theme_id, "without": sorted(new), "from_other": sorted(left)}
        became = {"theme": theme_id, "title": title, "comments": sorted(new)}
        log(cursor, staff, "gather", decision_id, was, became, at=at)
    return len(new)


@store.again
def take_out(
    actor: Staff | None, decision_id: str, theme_id: int, comments: Iterable[int], *, at: datetime
) -> int:
    """Take comments out of a theme or `OTHER_THEME`, and tell how many; they stay published.

    Raises
    ------
    data.rights.NotAllowedError
    ThemeError
    """
    staff = check_reviewer(actor)
    with store.transaction() as cursor:
        title = hold(cursor, decision_id, theme_id)
        held = set(comments) & ids(cursor, decision_id, theme_id)
        if not held:
            raise ThemeError("none_chosen")
        for comment in sorted(held):
            cursor.execute(_TAKE_OUT, [decision_id, theme_id, comment])
        was = {"theme": theme_id, "title": title, "comments": sorted(held)}
        log(cursor, staff, "take_out", decision_id, was, {"theme": theme_id}, at=at)
    return len(held)


def hold(cursor: store.Cursor, decision_id: str, theme_id: int) -> str:
    """Keep a theme from being removed in the meantime, and give its title.

    Raises
    ------
    ThemeError
        ``not_there``.
    """
    if theme_id == OTHER_THEME:
        return ""
    row = cursor.execute(_HOLD, [theme_id, decision_id]).fetchone()
    if row is None:
        raise ThemeError("not_there")
    return str(row[0])


def ids(cursor: store.Cursor, decision_id: str, theme_id: int) -> set[int]:
    """Return all comments that were laid under a theme, also those hidden or moved since."""
    rows = cursor.execute(_REMEMBERED, [decision_id, theme_id]).fetchall()
    return {row[0] for row in rows}


def published_under(cursor: store.Cursor, decision_id: str, theme_id: int) -> set[int]:
    """Return the published comments under a theme."""
    rows = cursor.execute(_PUBLISHED, [decision_id]).fetchall()
    return ids(cursor, decision_id, theme_id) & {row[0] for row in rows}


def insert(cursor: store.Cursor, decision_id: str, theme_id: int, comments: set[int]) -> None:
    """Lay comments under a theme."""
    for comment in sorted(comments):
        cursor.execute(_GATHER, [decision_id, theme_id, comment])


def empty(cursor: store.Cursor, decision_id: str, theme_id: int) -> None:
    """Take everything out of a theme."""
    cursor.execute(_EMPTY, [decision_id, theme_id])


def log(
    cursor: store.Cursor,
    staff: Staff,
    act: str,
    about: str,
    was: dict[str, Any],
    became: dict[str, Any],
    *,
    at: datetime,
) -> None:
    """Note an act on themes in the log, as JSON, in the transaction that does it."""
    before, after = (json.dumps(one, ensure_ascii=False) for one in (was, became))
    staff_log.add(cursor, staff, act, about, was=before, became=after, at=at)
