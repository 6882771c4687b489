"""The few comments that stand for a theme at a meeting, chosen by hand. Append-only.

Only the choice is kept, never a copy of the words: they are read anew each time, so that what is
masked or hidden later is so also in a meeting that was frozen before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime

from data import store
from data.answers import theme_assignment
from data.models import Staff
from data.rights import check_reader, check_reviewer

MOST = 3
_ADD = """
INSERT INTO meeting_quotes (decision_id, theme_id, comments, actor, chosen_at)
VALUES ($1, $2, $3, $4, $5)
"""
_ALL = "SELECT theme_id, comments FROM meeting_quotes WHERE decision_id = $1 ORDER BY id"
_WORDS = """
SELECT id, public_text FROM published_comments
WHERE decision_id = $1 AND id = ANY($2)
"""


@store.again
def choose(
    actor: Staff | None, decision_id: str, theme_id: int, comments: Iterable[int], *, at: datetime
) -> int:
    """Let published comments under a theme stand for it, in place of those before; tell how many.

    Raises
    ------
    data.rights.NotAllowedError
    data.answers.theme_assignment.ThemeError
        ``not_there`` for a theme or comment that is gone, ``too_many_quotes``.
    """
    staff = check_reviewer(actor)
    wanted = sorted(set(comments))
    if len(wanted) > MOST:
        raise theme_assignment.ThemeError("too_many_quotes")
    before = chosen(decision_id).get(theme_id, ())
    with store.transaction() as cursor:
        title = theme_assignment.hold(cursor, decision_id, theme_id)
        if set(wanted) - theme_assignment.published_under(cursor, decision_id, theme_id):
            raise theme_assignment.ThemeError("not_there")
        row = [decision_id, theme_id, json.dumps(wanted), staff.name, at.astimezone(UTC)]
        cursor.execute(_ADD, row)
        was = {"theme": theme_id, "comments": list(before)}
        became = {"theme": theme_id, "title": title, "comments": wanted}
        theme_assignment.log(cursor, staff, "choose_quotes", decision_id, was, became, at=at)
    return len(wanted)


def chosen(decision_id: str) -> dict[int, tuple[int, ...]]:
    """Return the comments chosen for each theme, also those hidden since."""
    with store.cursor() as cursor:
        rows = cursor.execute(_ALL, [decision_id]).fetchall()
    return {int(theme): tuple(json.loads(comments)) for theme, comments in rows}


def words(actor: Staff | None, decision_id: str, comments: Iterable[int]) -> dict[int, str]:
    """Return the public words of those comments that everyone may read now.

    Raises
    ------
    data.rights.NotAllowedError
    """
    check_reader(actor)
    with store.cursor() as cursor:
        rows = cursor.execute(_WORDS, [decision_id, sorted(set(comments))]).fetchall()
    return {int(number): str(said) for number, said in rows}
