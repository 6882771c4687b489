"""Planned decisions: kept with their texts and phases, read whole, cached until one changes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from data import clock, store
from data.decision_cache import remembered
from data.models import (
    AwayGroup,
    Decision,
    DecisionText,
    DecisionType,
    Phase,
    Zone,
    ZoneKind,
)

# the name under which the store counts changes to the decisions themselves
DECISIONS = "decisions"

_ADD = """
INSERT INTO decisions (id, number, type, body, example, opens, closes, decision_on, answer_on,
    decided_on, area, near_m, middle_m, far_m, contact_role, contact_phone, contact_email,
    case_number, decay_m, version, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
    $21)
"""
_REPLACE = """
UPDATE decisions SET version = version + 1, type = $3, body = $4, example = $5, opens = $6,
    closes = $7, decision_on = $8, answer_on = $9, decided_on = $10, area = $11, near_m = $12,
    middle_m = $13, far_m = $14, contact_role = $15, contact_phone = $16, contact_email = $17,
    case_number = $18, decay_m = $19
WHERE id = $1 AND version = $2 RETURNING version
"""
_CLEAR_PARTS = (
    "DELETE FROM decision_texts WHERE decision_id = $1",
    "DELETE FROM decision_phases WHERE decision_id = $1",
)
_SET_DECIDED = """
UPDATE decisions SET decided_on = $3, version = version + 1
WHERE id = $1 AND version = $2 RETURNING version
"""
_LAST_NUMBER = "SELECT coalesce(max(number), 0) FROM decisions"
_WITHDRAW = "INSERT INTO decision_withdrawals VALUES ($1, $2, $3, $4)"
_WITHDRAWN = """
SELECT decision_id, title, reason, withdrawn_at AS at FROM decision_withdrawals
ORDER BY withdrawn_at DESC
"""
_ADD_TEXT = "INSERT INTO decision_texts (decision_id, language, body) VALUES ($1, $2, $3)"
_ADD_PHASE = """
INSERT INTO decision_phases (decision_id, ordinal, code, starts, ends, titles)
VALUES ($1, $2, $3, $4, $5, $6)
"""
_ALL = """
SELECT id, number, type, body, example, opens, closes, decision_on, answer_on, decided_on, area,
    near_m, middle_m, far_m, contact_role, contact_phone, contact_email, case_number, version,
    decay_m
FROM decisions WHERE id NOT IN (SELECT decision_id FROM decision_withdrawals)
ORDER BY number, id
"""
_ADD_ZONE = """
INSERT INTO decision_zones (decision_id, ordinal, kind, name, area) VALUES ($1, $2, $3, $4, $5)
"""
_ADD_AWAY = """
INSERT INTO decision_groups (decision_id, ordinal, name, persons, reason, source)
VALUES ($1, $2, $3, $4, $5, $6)
"""
_ZONES = "SELECT decision_id, kind, name, area FROM decision_zones ORDER BY decision_id, ordinal"
_AWAY = """
SELECT decision_id, name, persons, reason, source FROM decision_groups
ORDER BY decision_id, ordinal
"""
_CLEAR = (
    "DELETE FROM decision_zones WHERE decision_id = $1",
    "DELETE FROM decision_groups WHERE decision_id = $1",
)
_SET_REACH = """
UPDATE decisions SET near_m = $2, middle_m = $3, far_m = $4, decay_m = $5, version = version + 1
WHERE id = $1 AND version = $6 RETURNING version
"""
# when each was first here, and when what everyone reads of it was changed, also by taking it back
_CHANGED = """
SELECT id, max(changed_at) FROM (
    SELECT id, created_at AS changed_at FROM decisions
    UNION ALL SELECT decision_id AS id, made_at AS changed_at FROM decision_versions
) AS moments GROUP BY id
"""
_TEXTS = "SELECT decision_id, language, body FROM decision_texts"
_PHASES = """
SELECT decision_id, code, starts, ends, titles FROM decision_phases ORDER BY decision_id, ordinal
"""
_LISTS = {f.name for f in fields(DecisionText) if f.type == "tuple[str, ...]"}


@store.again
def add(decision: Decision, *, number: int, at: datetime | None = None) -> None:
    """Store a decision under the number that map and list show."""
    with store.transaction() as cursor:
        insert(cursor, decision, number=number, at=at or clock.now())


def insert(cursor: store.Cursor, decision: Decision, *, number: int, at: datetime) -> None:
    """Store a new decision in the caller's transaction."""
    row = [decision.id, number, *_own(decision), decision.version, at.astimezone(UTC)]
    cursor.execute(_ADD, row)
    _add_parts(cursor, decision)
    _add_reach(cursor, decision)
    cursor.changed(DECISIONS, decision.id)


def replace_whole(cursor: store.Cursor, decision: Decision) -> bool:
    """Store all of `decision` in the caller's transaction, in place of the same version of it.

    False, and nothing stored, when it has another version by now.
    """
    row = [decision.id, decision.version, *_own(decision)]
    if cursor.execute(_REPLACE, row).fetchone() is None:
        return False
    for clear in (*_CLEAR, *_CLEAR_PARTS):
        cursor.execute(clear, [decision.id])
    _add_parts(cursor, decision)
    _add_reach(cursor, decision)
    cursor.changed(DECISIONS, decision.id)
    return True


def set_decided(cursor: store.Cursor, decision: Decision, on: date) -> bool:
    """Store the day of the decision in the caller's transaction; False as in `replace_whole`."""
    row = [decision.id, decision.version, on]
    if cursor.execute(_SET_DECIDED, row).fetchone() is None:
        return False
    cursor.changed(DECISIONS, decision.id)
    return True


def next_number(cursor: store.Cursor) -> int:
    """Return the number that the next decision gets on map and list."""
    row = cursor.execute(_LAST_NUMBER).fetchone()
    return int(row[0]) + 1 if row else 1


def _own(decision: Decision) -> list[object]:
    return [
        decision.type.value,
        decision.body,
        decision.example,
        decision.opens,
        decision.closes,
        decision.decision_on,
        decision.answer_on,
        decision.decided_on,
        shapely.to_wkb(decision.area),
        decision.near_m,
        decision.middle_m,
        decision.far_m,
        decision.contact_role,
        decision.contact_phone,
        decision.contact_email,
        decision.case_number,
        decision.decay_m,
    ]


def _add_parts(cursor: store.Cursor, decision: Decision) -> None:
    for language, text in decision.texts.items():
        body = json.dumps(asdict(text), ensure_ascii=False)
        cursor.execute(_ADD_TEXT, [decision.id, language, body])
    for ordinal, phase in enumerate(decision.phases):
        titles = json.dumps(phase.titles, ensure_ascii=False)
        values = [decision.id, ordinal, phase.code, phase.starts, phase.ends, titles]
        cursor.execute(_ADD_PHASE, values)


def _add_reach(cursor: store.Cursor, decision: Decision) -> None:
    for ordinal, zone in enumerate(decision.zones):
        wkb = shapely.to_wkb(zone.area)
        cursor.execute(_ADD_ZONE, [decision.id, ordinal, zone.kind.value, zone.name, wkb])
    for ordinal, group in enumerate(decision.away):
        row = [decision.id, ordinal, group.name, group.persons, group.reason, group.source]
        cursor.execute(_ADD_AWAY, row)


def set_reach(cursor: store.Cursor, decision: Decision) -> bool:
    """Store bands, decay, zones and groups of `decision` in the caller's transaction.

    False, and nothing stored, when it has another version by now.
    """
    bands = [decision.near_m, decision.middle_m, decision.far_m, decision.decay_m]
    row = [decision.id, *bands, decision.version]
    if cursor.execute(_SET_REACH, row).fetchone() is None:
        return False
    for clear in _CLEAR:
        cursor.execute(clear, [decision.id])
    _add_reach(cursor, decision)
    cursor.changed(DECISIONS, decision.id)
    return True


@dataclass(frozen=True)
class Withdrawal:
    """A decision that was published and then taken back, and why."""

    decision_id: str
    title: str
    reason: str
    at: datetime


def add_withdrawal(cursor: store.Cursor, decision: Decision, reason: str, *, at: datetime) -> None:
    """Take a decision out of all lists in the caller's transaction; its rows stay."""
    title = decision.text("sv").title
    cursor.execute(_WITHDRAW, [decision.id, title, reason, at.astimezone(UTC)])
    cursor.changed(DECISIONS, decision.id)


def withdrawals() -> list[Withdrawal]:
    """Return the decisions that were taken back, the latest first."""
    with store.cursor() as cursor:
        return cursor.execute(_WITHDRAWN).rows(Withdrawal)


def withdrawn(decision_id: str) -> Withdrawal | None:
    """Tell that a decision was taken back and why, or None."""
    return next((one for one in withdrawals() if one.decision_id == decision_id), None)


def list_all() -> list[tuple[int, Decision]]:
    """Return all decisions with their numbers, in order."""
    return list(remembered(DECISIONS, ("decisions",), _read))


def get(decision_id: str) -> Decision | None:
    """Return one decision, or None if there is no such id."""
    return next((found for _, found in list_all() if found.id == decision_id), None)


def changed_at() -> dict[str, datetime]:
    """Return when what is public of each decision was last changed (UTC), withdrawn ones too."""
    with store.cursor() as cursor:
        rows = cursor.execute(_CHANGED).fetchall()
    return {decision_id: at.astimezone(UTC) for decision_id, at in rows}


def number_of(decision_id: str) -> int | None:
    """Return the number that map and list show for a decision."""
    return next((number for number, found in list_all() if found.id == decision_id), None)


def _read() -> list[tuple[int, Decision]]:
    with store.cursor() as cursor:
        rows = cursor.execute(_ALL).rows(_Row)
        texts = cursor.execute(_TEXTS).fetchall()
        phases = cursor.execute(_PHASES).fetchall()
        zones = cursor.execute(_ZONES).rows(_ZoneRow)
        away = cursor.execute(_AWAY).fetchall()
    texts_of: dict[str, dict[str, DecisionText]] = {}
    for decision_id, language, body in texts:
        texts_of.setdefault(decision_id, {})[language] = _text(json.loads(body))
    phases_of: dict[str, list[Phase]] = {}
    for decision_id, code, starts, ends, titles in phases:
        phase = Phase(code, starts, ends, json.loads(titles))
        phases_of.setdefault(decision_id, []).append(phase)
    found = []
    for row in rows:
        decision = _decision(row, texts_of.get(row.id, {}), tuple(phases_of.get(row.id, ())))
        own_zones = tuple(_zone(zone) for zone in zones if zone.decision_id == decision.id)
        own_away = tuple(AwayGroup(*group) for of, *group in away if of == decision.id)
        found.append((row.number, replace(decision, zones=own_zones, away=own_away)))
    return found


class _ZoneRow(NamedTuple):
    decision_id: str
    kind: ZoneKind
    name: str
    area: bytes


def _zone(row: _ZoneRow) -> Zone:
    return Zone(row.kind, row.name, _multi(shapely.from_wkb(bytes(row.area))))


def _multi(area: BaseGeometry) -> MultiPolygon:
    return area if isinstance(area, MultiPolygon) else MultiPolygon([area])


def _text(body: dict[str, Any]) -> DecisionText:
    filled: dict[str, Any] = {k: tuple(v) if k in _LISTS else v for k, v in body.items()}
    return DecisionText(**filled)


@dataclass(frozen=True)
class _Row:
    id: str
    number: int
    type: DecisionType
    body: str
    example: bool
    opens: date
    closes: date
    decision_on: date | None
    answer_on: date | None
    decided_on: date | None
    area: bytes
    near_m: float | None
    middle_m: float | None
    far_m: float | None
    contact_role: str
    contact_phone: str
    contact_email: str
    case_number: str
    version: int
    decay_m: float | None


def _decision(row: _Row, texts: dict[str, DecisionText], phases: tuple[Phase, ...]) -> Decision:
    return Decision(
        id=row.id,
        type=row.type,
        body=row.body,
        example=row.example,
        opens=row.opens,
        closes=row.closes,
        decision_on=row.decision_on,
        answer_on=row.answer_on,
        decided_on=row.decided_on,
        area=_multi(shapely.from_wkb(bytes(row.area))),
        near_m=row.near_m,
        middle_m=row.middle_m,
        far_m=row.far_m,
        contact_role=row.contact_role,
        contact_phone=row.contact_phone,
        contact_email=row.contact_email,
        case_number=row.case_number,
        version=row.version,
        decay_m=row.decay_m,
        phases=phases,
        texts=texts,
    )
