"""A dialogue frozen for a meeting: taken once, kept whole, and never changed. Append-only.

Politicians read what was frozen. Themes and answers that are not published yet are part of it only
when an official took it: to take it is to show it to the committee.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, NamedTuple

from data import rights, store
from data.answers import answers
from data.comments import published_answers
from data.decisions import decisions
from data.models import Decision, Staff
from data.output import meeting_content, meeting_state
from data.output.meeting_state import Content
from data.review import review_log
from data.rights import check_reader, check_reviewer
from data.staff import staff_log

# how often figures are read anew when something is published while they are read
TRIES = 3
LISTED = 20


MeetingCode = Literal["unknown_decision"]


class MeetingError(ValueError):
    """There is nothing to show."""

    code: MeetingCode

    def __init__(self, code: MeetingCode) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Snapshot:
    """A dialogue as it stood at a time (UTC); `id` None while it is not kept."""

    id: int | None
    decision_id: str
    taken_at: datetime
    content: Content


_ADD = """
INSERT INTO meeting_snapshots (decision_id, taken_at, actor, body) VALUES ($1, $2, $3, $4)
RETURNING id
"""
_LATEST = """
SELECT id, decision_id, taken_at, body FROM meeting_snapshots
WHERE decision_id = $1 ORDER BY id DESC LIMIT 1
"""
_ONE = """
SELECT id, decision_id, taken_at, body FROM meeting_snapshots WHERE decision_id = $1 AND id = $2
"""
_TIMES = """
SELECT id, taken_at FROM meeting_snapshots WHERE decision_id = $1 ORDER BY id DESC LIMIT $2
"""
# what was done to comments that belong to the decision, or belonged to it, since
_CHANGED = """
SELECT count(DISTINCT l.comment_id) FROM review_log l JOIN comments c ON c.id = l.comment_id
WHERE l.acted_at > $2 AND l.act <> 'answer'
    AND (c.decision_id = $1 OR (l.act = 'move_decision' AND position($3 IN l.was) > 0))
"""


@store.again
def take(actor: Staff | None, decision_id: str, *, at: datetime) -> Snapshot:
    """Freeze a dialogue as it is now, with themes and answers as officials have written them.

    Raises
    ------
    data.rights.NotAllowedError
    MeetingError
    """
    staff = check_reviewer(actor)
    content = _content(staff, _decision(decision_id), at)
    body = meeting_state.to_json(content)
    with store.transaction() as cursor:
        row = cursor.execute(_ADD, [decision_id, at.astimezone(UTC), staff.name, body]).fetchone()
        assert row is not None
        became = json.dumps({"snapshot": int(row[0])})
        staff_log.add(cursor, staff, "freeze_meeting", decision_id, was="", became=became, at=at)
    # as it will be read
    return Snapshot(int(row[0]), decision_id, at.astimezone(UTC), meeting_state.of_json(body))


def fresh(actor: Staff | None, decision_id: str, *, at: datetime) -> Snapshot:
    """Return a dialogue as it is now, without keeping it.

    Raises
    ------
    data.rights.NotAllowedError
    MeetingError
    """
    staff = check_reader(actor)
    content = _content(staff, _decision(decision_id), at)
    return Snapshot(None, decision_id, at.astimezone(UTC), content)


def get(actor: Staff | None, decision_id: str, snapshot_id: int) -> Snapshot | None:
    """Return a frozen dialogue by its number, or None if the decision has no such one.

    Raises
    ------
    data.rights.NotAllowedError
    """
    check_reader(actor)
    return _read(_ONE, [decision_id, snapshot_id])


def latest(actor: Staff | None, decision_id: str) -> Snapshot | None:
    """Return the dialogue as it was frozen last, or None.

    Raises
    ------
    data.rights.NotAllowedError
    """
    check_reader(actor)
    return _read(_LATEST, [decision_id])


def changed_since(actor: Staff | None, snapshot: Snapshot) -> int:
    """Count the comments that were published, hidden or moved after a dialogue was frozen.

    Raises
    ------
    data.rights.NotAllowedError
    """
    check_reader(actor)
    if snapshot.id is None:
        return 0
    decision_id = snapshot.decision_id
    asked = [decision_id, snapshot.taken_at, review_log.moved_from(decision_id)]
    with store.cursor() as cursor:
        row = cursor.execute(_CHANGED, asked).fetchone()
    return int(row[0]) if row else 0


def times(actor: Staff | None, decision_id: str) -> list[tuple[int, datetime]]:
    """Return number and time (UTC) of what was frozen, the latest first.

    Raises
    ------
    data.rights.NotAllowedError
    """
    check_reader(actor)
    with store.cursor() as cursor:
        rows = cursor.execute(_TIMES, [decision_id, LISTED]).fetchall()
    return [(number, taken_at.astimezone(UTC)) for number, taken_at in rows]


def _decision(decision_id: str) -> Decision:
    found = decisions.get(decision_id)
    if found is None:
        raise MeetingError("unknown_decision")
    return found


def _content(staff: Staff, decision: Decision, at: datetime) -> Content:
    drafts = bool(staff.roles & rights.REVIEWERS) and (
        published_answers.published(decision.id) is None or answers.differs(staff, decision.id)
    )
    for _try in range(TRIES):
        before = store.data_version(decision.id)
        found = meeting_content.content(decision, at=at, drafts=drafts)
        if store.data_version(decision.id) == before:
            break
    return found


class _Kept(NamedTuple):
    id: int
    decision_id: str
    taken_at: datetime
    body: str


def _read(statement: str, asked: list[object]) -> Snapshot | None:
    with store.cursor() as cursor:
        kept = cursor.execute(statement, asked).first(_Kept)
    if kept is None:
        return None
    return Snapshot(kept.id, kept.decision_id, kept.taken_at, meeting_state.of_json(kept.body))
