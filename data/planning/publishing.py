"""What the public reads of a decision: published, withdrawn and closed; every version is kept."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import NamedTuple

from data import clock, rules, store
from data.answers import answers
from data.decisions import decisions
from data.models import Decision, Staff, clean_text
from data.planning import draft_fields, drafts, promise
from data.planning.draft_fields import Sheet
from data.planning.drafts import DraftError
from data.rights import check_planner
from data.staff import staff_log

REASON_MAX = 1_000

_ADD_VERSION = """
INSERT INTO decision_versions (decision_id, version, body, made_at, made_by, act, reason)
VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
_VERSIONS = """
SELECT version, body, made_at, made_by, act, reason FROM decision_versions
WHERE decision_id = $1 ORDER BY id DESC
"""


@dataclass(frozen=True)
class Version:
    """A decision as it was published, with who did it.

    `act` is ``publish``, ``withdraw`` or ``close``.
    """

    number: int
    sheet: Sheet
    made_at: datetime
    made_by: str
    act: str
    reason: str


@store.again
def publish(actor: Staff | None, decision_id: str, *, at: datetime) -> int:
    """Let everyone read what the draft says, and give the new version's number.

    Raises
    ------
    data.rights.NotAllowedError
    DraftError
        ``promise_broken`` while a promise lacks something; ``not_there`` when it was withdrawn;
        ``changed_meanwhile`` when it changes at this very moment.
    """
    staff = check_planner(actor)
    with store.transaction() as cursor:
        draft = drafts.known(cursor, decision_id)
        if not promise.is_kept(draft.sheet):
            raise DraftError("promise_broken")
        made = drafts.made(draft, at)
        before = decisions.get(decision_id)
        if draft.based_on == 0:
            decisions.insert(cursor, made, number=decisions.next_number(cursor), at=at)
        elif before is None:
            raise DraftError("not_there")
        elif decisions.replace_whole(cursor, made):
            made = replace(made, version=made.version + 1)
        else:
            raise DraftError("changed_meanwhile")
        drafts.drop(cursor, draft)
        _note(cursor, staff, "publish", made, draft.sheet, "", at)
    return made.version


@store.again
def withdraw(actor: Staff | None, decision_id: str, reason: str, *, at: datetime) -> None:
    """Take a published decision away from lists and maps; its page tells the reason.

    What people have sent stays, and is read and answered as before.

    Raises
    ------
    data.rights.NotAllowedError
    DraftError
    """
    staff = check_planner(actor)
    words = _reason(reason)
    found = _published(decision_id)
    with store.transaction() as cursor:
        decisions.add_withdrawal(cursor, found, words, at=at)
        _note(cursor, staff, "withdraw", found, draft_fields.of_decision(found), words, at)


@store.again
def close(actor: Staff | None, decision_id: str, decided_on: date, *, at: datetime) -> None:
    """Tell that the decision is made, which needs that what came of it is told.

    Raises
    ------
    data.rights.NotAllowedError
    DraftError
        ``answer_missing`` while nothing is published on what came of it; ``bad_date`` for a day
        in the future, or not after the last day for comments.
    """
    staff = check_planner(actor)
    found = _published(decision_id)
    try:
        rules.check_decided(found, decided_on, clock.day_of(at))
    except rules.DecidedError as error:
        raise DraftError("bad_date") from error
    if answers.published(found.id) is None:
        raise DraftError("answer_missing")
    with store.transaction() as cursor:
        if not decisions.set_decided(cursor, found, decided_on):
            raise DraftError("changed_meanwhile")
        sheet, day = draft_fields.of_decision(found), decided_on.isoformat()
        _note(cursor, staff, "close", found, sheet, day, at)


def _reason(reason: str) -> str:
    words = clean_text(reason)
    if not words:
        raise DraftError("reason_missing")
    if len(words) > REASON_MAX:
        raise DraftError("too_long")
    return words


def _published(decision_id: str) -> Decision:
    found = decisions.get(decision_id)
    if found is None:
        raise DraftError("not_there")
    return found


def _note(
    cursor: store.Cursor,
    staff: Staff,
    act: str,
    decision: Decision,
    sheet: Sheet,
    reason: str,
    at: datetime,
) -> None:
    body, version = drafts.as_json(sheet), decision.version
    row = [decision.id, version, body, at.astimezone(UTC), staff.name, act, reason]
    cursor.execute(_ADD_VERSION, row)
    staff_log.add(cursor, staff, act, decision.id, was=str(version), became=reason, at=at)


class _Kept(NamedTuple):
    version: int
    body: str
    made_at: datetime
    made_by: str
    act: str
    reason: str


def versions(actor: Staff | None, decision_id: str) -> list[Version]:
    """Return every version that has been published here, the latest first.

    Raises
    ------
    data.rights.NotAllowedError
    """
    check_planner(actor)
    with store.cursor() as cursor:
        rows = cursor.execute(_VERSIONS, [decision_id]).rows(_Kept)
    return [
        Version(row.version, json.loads(row.body), row.made_at, row.made_by, row.act, row.reason)
        for row in rows
    ]
