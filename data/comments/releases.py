"""Releases: when what people tell about themselves is let into the figures that everyone sees.

A release takes in what was published since the last one only when five persons or more differ, so
that nobody can watch a figure move when one comment is added and learn who wrote it.
"""

from __future__ import annotations

from datetime import UTC, datetime

from data import store
from data.comments import self_reported
from data.decision_cache import remembered

LEAST_CHANGE = 5

_DIFFERENT_FROM = """
WITH places AS ({places}),
held AS (
    SELECT submission_id, persons FROM heard_releases
    JOIN submissions ON submissions.id = submission_id WHERE heard_releases.decision_id = $1
)
SELECT
    (SELECT coalesce(sum(persons), 0) FROM places
     WHERE submission_id NOT IN (SELECT submission_id FROM held))
    + (SELECT coalesce(sum(persons), 0) FROM held
       WHERE submission_id NOT IN (SELECT submission_id FROM places))
"""
_DIFFERENT = _DIFFERENT_FROM.format(places=self_reported.PLACES)
_TAKE_IN_FROM = """
INSERT INTO heard_releases
SELECT $1, submission_id, code, by_home, $2 FROM ({places}) AS places
WHERE submission_id NOT IN (SELECT submission_id FROM heard_releases WHERE decision_id = $1)
"""
_TAKE_IN = _TAKE_IN_FROM.format(places=self_reported.PLACES)
_TAKE_OUT = """
DELETE FROM heard_releases WHERE decision_id = $1 AND submission_id NOT IN (
    SELECT submission_id FROM published_comments WHERE decision_id = $1
)
"""
_LATEST = "SELECT max(released_at) FROM heard_releases WHERE decision_id = $1"


@store.again
def release(decision_id: str, *, at: datetime) -> bool:
    """Let the public figures rest on what is published now, if enough persons differ.

    Tells whether they do.
    """
    with store.transaction() as cursor:
        row = cursor.execute(_DIFFERENT, [decision_id]).fetchone()
        if row is None or row[0] < LEAST_CHANGE:
            return False
        cursor.execute(_TAKE_OUT, [decision_id])
        cursor.execute(_TAKE_IN, [decision_id, at.astimezone(UTC)])
        cursor.changed(decision_id)
    return True


def released_at(decision_id: str) -> datetime | None:
    """Return when somebody was last added to the public figures (UTC), or None."""
    return remembered(decision_id, ("released_at",), lambda: _released_at(decision_id))


def _released_at(decision_id: str) -> datetime | None:
    with store.cursor() as cursor:
        row = cursor.execute(_LATEST, [decision_id]).fetchone()
    return row[0].astimezone(UTC) if row and row[0] else None
