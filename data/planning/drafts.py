"""Writing a decision: a draft for planners only, saved field by field.

A field is saved against what stood there when it was shown, so that two who write never overwrite
each other. What the public reads is changed by `data.planning.publishing` alone.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, NamedTuple

from data import clock, store
from data.decisions import decisions
from data.geodata import layers
from data.models import Decision, Staff, clean_text
from data.planning import area_choice, draft_fields
from data.planning.draft_fields import FieldError, Sheet, Value
from data.rights import check_planner
from data.staff import staff_log
from geo.areas import AreaError

TITLE_MAX = draft_fields.LONGEST[draft_fields.Sort.LINE]

_ADD = """
INSERT INTO decision_drafts (decision_id, body, based_on, changed_at, changed_by)
VALUES ($1, $2, $3, $4, $5)
"""
_COLUMNS = "SELECT decision_id, body, based_on, changed_at, changed_by FROM decision_drafts"
_ALL = _COLUMNS + " ORDER BY changed_at DESC, decision_id"
_ONE = _COLUMNS + " WHERE decision_id = $1"
_SET = """
UPDATE decision_drafts SET body = $2, changed_at = $3, changed_by = $4
WHERE decision_id = $1 AND body = $5 RETURNING decision_id
"""
_DROP = "DELETE FROM decision_drafts WHERE decision_id = $1 AND body = $2 RETURNING decision_id"
_USED = """
SELECT decision_id FROM decision_drafts UNION SELECT id FROM decisions
UNION SELECT decision_id FROM decision_versions
"""


DraftCode = Literal[
    "title_missing",
    "too_long",
    "not_there",
    "changed_meanwhile",
    "promise_broken",
    "reason_missing",
    "answer_missing",
    "bad_date",
]


class DraftError(ValueError):
    """The act cannot be done; nothing was stored.

    The codes from ``promise_broken`` on are those of `data.planning.publishing`.
    """

    code: DraftCode

    def __init__(self, code: DraftCode) -> None:
        super().__init__(code)
        self.code = code


class FieldChangedError(DraftError):
    """Somebody else has written in the same field; `now` is what stands there."""

    def __init__(self, now: Value) -> None:
        super().__init__("changed_meanwhile")
        self.now = now


@dataclass(frozen=True)
class Draft:
    """A decision that is being written; `based_on` is the published version, 0 for a new one."""

    decision_id: str
    sheet: Sheet
    based_on: int
    changed_at: datetime
    changed_by: str


@store.again
def create(actor: Staff | None, title: str, *, at: datetime) -> str:
    """Begin a new decision and give its id, made from the title.

    Raises
    ------
    data.rights.NotAllowedError
    DraftError
    """
    staff = check_planner(actor)
    words = clean_text(title)
    if not words:
        raise DraftError("title_missing")
    if len(words) > TITLE_MAX:
        raise DraftError("too_long")
    with store.transaction() as cursor:
        used = {row[0] for row in cursor.execute(_USED).fetchall()}
        decision_id = _free(slug(words), used)
        _insert(cursor, decision_id, {"sv.title": words}, 0, staff, at)
        staff_log.add(cursor, staff, "create_draft", decision_id, was="", became=words, at=at)
    return decision_id


@store.again
def begin(actor: Staff | None, decision_id: str, *, at: datetime) -> Draft:
    """Return the draft of a published decision, begun from what is published if there is none.

    Raises
    ------
    data.rights.NotAllowedError
    DraftError
    """
    staff = check_planner(actor)
    known = get(actor, decision_id)
    if known is not None:
        return known
    published = decisions.get(decision_id)
    if published is None:
        raise DraftError("not_there")
    sheet = draft_fields.of_decision(published)
    with store.transaction() as cursor:
        _insert(cursor, decision_id, sheet, published.version, staff, at)
    return Draft(decision_id, sheet, published.version, at.astimezone(UTC), staff.name)


def slug(title: str) -> str:
    """Return a short name for an address from a title.

    >>> slug("Skola på grönytan i väster!")
    'skola-pa-gronytan-i-vaster'
    """
    plain = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-") or "forslag"


def _free(wanted: str, used: set[str]) -> str:
    names = (wanted, *(f"{wanted}-{n}" for n in range(2, len(used) + 3)))
    return next(name for name in names if name not in used)


def _insert(
    cursor: store.Cursor,
    decision_id: str,
    sheet: Sheet,
    based_on: int,
    staff: Staff,
    at: datetime,
) -> None:
    row = [decision_id, as_json(sheet), based_on, at.astimezone(UTC), staff.name]
    cursor.execute(_ADD, row)


def as_json(value: object) -> str:
    """Write a sheet, or a part of one, always in the same order."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def list_all(actor: Staff | None) -> list[Draft]:
    """Return all drafts, the one that was changed last first.

    Raises
    ------
    data.rights.NotAllowedError
    """
    check_planner(actor)
    with store.cursor() as cursor:
        return [_draft(row) for row in cursor.execute(_ALL).rows(_Row)]


def get(actor: Staff | None, decision_id: str) -> Draft | None:
    """Return one draft, or None.

    Raises
    ------
    data.rights.NotAllowedError
    """
    check_planner(actor)
    with store.cursor() as cursor:
        row = cursor.execute(_ONE, [decision_id]).first(_Row)
    return None if row is None else _draft(row)


class _Row(NamedTuple):
    decision_id: str
    body: str
    based_on: int
    changed_at: datetime
    changed_by: str


def _draft(row: _Row) -> Draft:
    sheet = json.loads(row.body)
    return Draft(row.decision_id, sheet, row.based_on, row.changed_at, row.changed_by)


@store.again
def set_field(
    actor: Staff | None, decision_id: str, field: str, was: Value, becomes: Value, *, at: datetime
) -> Value:
    """Save one field of a draft and give it as it is kept.

    Parameters
    ----------
    was
        What stood in the field when the person began to write there.

    Raises
    ------
    data.rights.NotAllowedError
    data.planning.draft_fields.FieldError
        When the value cannot be kept in the field.
    FieldChangedError
        When somebody else has written there since; nothing is lost, and `now` tells what.
    DraftError
    """
    staff = check_planner(actor)
    kept = draft_fields.clean(field, becomes)
    _check_area(field, kept)
    with store.transaction() as cursor:
        draft = known(cursor, decision_id)
        now = draft_fields.value_of(draft.sheet, field)
        if kept == now:
            return kept
        if draft_fields.clean(field, was) != now:
            raise FieldChangedError(now)
        after = {**draft.sheet, field: kept}
        row = [decision_id, as_json(after), at.astimezone(UTC), staff.name, as_json(draft.sheet)]
        if cursor.execute(_SET, row).fetchone() is None:
            raise FieldChangedError(now)
        told = {"was": as_json({field: now}), "became": as_json({field: kept})}
        staff_log.add(cursor, staff, "set_field", decision_id, at=at, **told)
    return kept


def _check_area(field: str, value: Value) -> None:
    area = draft_fields.area_of(value) if field == "area" else None
    if area is None:
        return
    try:
        area_choice.accept(area)
    except AreaError as error:
        raise FieldError(error.code) from error


def known(cursor: store.Cursor, decision_id: str) -> Draft:
    """Return a draft in the caller's transaction; raises `DraftError` when there is none."""
    row = cursor.execute(_ONE, [decision_id]).first(_Row)
    if row is None:
        raise DraftError("not_there")
    return _draft(row)


@store.again
def discard(actor: Staff | None, decision_id: str, *, at: datetime) -> None:
    """Throw a draft away; what is published stays, and the log keeps what was written.

    Raises
    ------
    data.rights.NotAllowedError
    DraftError
    """
    staff = check_planner(actor)
    with store.transaction() as cursor:
        draft = known(cursor, decision_id)
        drop(cursor, draft)
        was = as_json(draft.sheet)
        staff_log.add(cursor, staff, "discard_draft", decision_id, was=was, became="", at=at)


def drop(cursor: store.Cursor, draft: Draft) -> None:
    """Take a draft away in the caller's transaction, if it is still as it was read."""
    if cursor.execute(_DROP, [draft.decision_id, as_json(draft.sheet)]).fetchone() is None:
        raise DraftError("changed_meanwhile")


def preview(actor: Staff | None, decision_id: str, *, at: datetime) -> Decision | None:
    """Return a draft as the decision it would become today, or None if there is no such draft.

    Raises
    ------
    data.rights.NotAllowedError
    """
    draft = get(actor, decision_id)
    return None if draft is None else made(draft, at)


def made(draft: Draft, at: datetime) -> Decision:
    """Return the decision that a draft describes."""
    return draft_fields.to_decision(
        draft.sheet,
        draft.decision_id,
        today=clock.day_of(at),
        whole=layers.municipality(),
        before=decisions.get(draft.decision_id),
    )
