"""A decision as a flat sheet of fields while it is written: plain values that JSON can hold.

A field's name is what stands in the store and in the log, `sv.title` for the Swedish title. Lists
are lists of sentences; dates are ISO texts; the area is WKB in EPSG:3006 as hexadecimal digits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Any, Literal

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import MultiPolygon

from data import municipality
from data.models import Decision, DecisionText, DecisionType, Phase, clean_text
from data.rules import DEFAULT_BANDS
from geo.areas import AreaCode

Value = str | list[str]
Sheet = dict[str, Value]


class Sort(StrEnum):
    """What a field holds, and so how it is asked for and cleaned."""

    LINE = "line"
    TEXT = "text"
    LINES = "lines"
    DATE = "date"
    TYPE = "type"
    PHASES = "phases"
    AREA = "area"


LONGEST = {Sort.LINE: 200, Sort.TEXT: 4_000, Sort.LINES: 500}
LINES_MAX = 30
_PLAIN = {
    "type": Sort.TYPE,
    "body": Sort.LINE,
    "opens": Sort.DATE,
    "closes": Sort.DATE,
    "answer_on": Sort.DATE,
    "decision_on": Sort.DATE,
    "contact_role": Sort.LINE,
    "contact_phone": Sort.LINE,
    "contact_email": Sort.LINE,
    "case_number": Sort.LINE,
    "phases": Sort.PHASES,
    "area": Sort.AREA,
}
_LONG = {"summary", "money", "ladder", "formal_comment", "children", "dialogue_decision"}


def _sort_of(name: str, kind: object) -> Sort:
    if kind == "tuple[str, ...]":
        return Sort.LINES
    return Sort.TEXT if name in _LONG else Sort.LINE


_TEXTS = {field.name: _sort_of(field.name, field.type) for field in fields(DecisionText)}
# what came of it is written with the answer, not here
NOT_WRITTEN_HERE = frozenset({"outcome"})
_PHASE = re.compile(r"(\d{4}-\d\d-\d\d)(?:\s*[–-]\s*(\d{4}-\d\d-\d\d))?\s*:?\s+(\S.*)")


FieldCode = Literal[
    "unknown_field",
    "too_long",
    "too_many_lines",
    "bad_date",
    "bad_type",
    "bad_phase",
    "bad_area",
    "bad_email",
]


class FieldError(ValueError):
    """A value cannot be kept in a field."""

    code: FieldCode | AreaCode

    def __init__(self, code: FieldCode | AreaCode) -> None:
        super().__init__(code)
        self.code = code


@cache
def all_fields() -> Mapping[str, Sort]:
    """Return every field of a sheet, in its order; texts in each language of the municipality."""
    return _PLAIN | {
        f"{language}.{name}": sort
        for language in municipality.in_use().languages
        for name, sort in _TEXTS.items()
        if name not in NOT_WRITTEN_HERE
    }


def empty(field: str) -> Value:
    """Return the value of a field in which nothing is written."""
    return [] if all_fields()[field] in {Sort.LINES, Sort.PHASES} else ""


def value_of(sheet: Mapping[str, Value], field: str) -> Value:
    """Return what stands in a field of a sheet."""
    return sheet.get(field, empty(field))


def clean(field: str, value: Value) -> Value:
    """Return `value` as it may be kept in `field`.

    Raises
    ------
    FieldError
    """
    sort = all_fields().get(field)
    if sort is None:
        raise FieldError("unknown_field")
    if sort in {Sort.LINES, Sort.PHASES}:
        return _lines(sort, value)
    words = clean_text(value if isinstance(value, str) else "\n".join(value))
    if sort is Sort.AREA:
        return words if not words or area_of(words) is not None else _refuse("bad_area")
    if len(words) > LONGEST.get(sort, LONGEST[Sort.LINE]):
        raise FieldError("too_long")
    if sort is Sort.DATE and words:
        return (_date(words) or _refuse("bad_date")).isoformat()
    if sort is Sort.TYPE and words and words not in set(DecisionType):
        raise FieldError("bad_type")
    if field == "contact_email" and words and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", words):
        raise FieldError("bad_email")
    return words


def _refuse(code: FieldCode) -> Any:  # noqa: ANN401 - never comes back
    raise FieldError(code)


def _lines(sort: Sort, value: Value) -> list[str]:
    text = value if isinstance(value, str) else "\n".join(value)
    lines = [line for line in (clean_text(line) for line in text.splitlines()) if line]
    if len(lines) > LINES_MAX:
        raise FieldError("too_many_lines")
    if any(len(line) > LONGEST[Sort.LINES] for line in lines):
        raise FieldError("too_long")
    if sort is Sort.PHASES:
        lines = [_say_phase(_phase(line, 0)) for line in lines]
    return lines


def _date(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def _phase(line: str, place: int) -> Phase:
    found = _PHASE.fullmatch(line)
    starts = _date(found[1]) if found else None
    ends = _date(found[2] or found[1]) if found else None
    if found is None or starts is None or ends is None or ends < starts:
        raise FieldError("bad_phase")
    return Phase(f"step{place + 1}", starts, ends, {"sv": found[3]})


def _say_phase(phase: Phase) -> str:
    """Return a phase as the line that a person writes.

    >>> _say_phase(Phase("step1", date(2026, 12, 1), date(2026, 12, 20), {"sv": "Samråd"}))
    '2026-12-01 – 2026-12-20: Samråd'
    """
    days = str(phase.starts)
    if phase.ends != phase.starts:
        days += f" – {phase.ends}"
    return f"{days}: {phase.titles['sv']}"


def area_of(words: Value) -> MultiPolygon | None:
    """Return the area that a field holds, EPSG:3006, or None when there is none."""
    if not isinstance(words, str) or not words:
        return None
    try:
        area = shapely.from_wkb(bytes.fromhex(words))
    except (ShapelyError, ValueError):
        return None
    return area if isinstance(area, MultiPolygon) and not area.is_empty else None


def say_area(area: MultiPolygon) -> str:
    """Return the value of the field `area`."""
    return str(shapely.to_wkb(area, hex=True))


def of_decision(decision: Decision) -> Sheet:
    """Return the sheet from which `decision` could have been made."""
    dates = {
        "opens": decision.opens,
        "closes": decision.closes,
        "answer_on": decision.answer_on,
        "decision_on": decision.decision_on,
    }
    sheet: Sheet = {name: day.isoformat() for name, day in dates.items() if day}
    for name in ("body", "contact_role", "contact_phone", "contact_email", "case_number"):
        sheet[name] = getattr(decision, name)
    sheet |= {"type": decision.type.value, "area": say_area(decision.area)}
    sheet["phases"] = [_say_phase(phase) for phase in decision.phases]
    for language, text in decision.texts.items():
        for name in _TEXTS:
            value = getattr(text, name)
            sheet[f"{language}.{name}"] = list(value) if isinstance(value, tuple) else value
    return {name: value for name, value in sheet.items() if name in all_fields() and value}


def to_decision(
    sheet: Mapping[str, Value],
    decision_id: str,
    *,
    today: date,
    whole: MultiPolygon,
    before: Decision | None = None,
) -> Decision:
    """Return the decision that a sheet describes.

    Parameters
    ----------
    today
        Stands for dates that are not written yet, so that an unfinished sheet can be looked at.
    whole
        The municipality's area (EPSG:3006), for a sheet without an area.
    before
        The decision as it is published: what the sheet does not hold is taken from there.
    """
    kind = DecisionType(_line(sheet, "type") or DecisionType.MUNICIPALITY)
    opens = _day(sheet, "opens") or today
    closes = max(_day(sheet, "closes") or opens + timedelta(days=28), opens)
    near, middle, far = DEFAULT_BANDS[kind] or (None, None, None)
    old = before.texts if before else {}
    made = Decision(
        id=decision_id,
        type=kind,
        body=_line(sheet, "body"),
        example=False,
        opens=opens,
        closes=closes,
        decision_on=_day(sheet, "decision_on"),
        answer_on=_day(sheet, "answer_on"),
        decided_on=None,
        area=area_of(value_of(sheet, "area")) or whole,
        near_m=near,
        middle_m=middle,
        far_m=far,
        contact_role=_line(sheet, "contact_role"),
        contact_phone=_line(sheet, "contact_phone"),
        contact_email=_line(sheet, "contact_email"),
        case_number=_line(sheet, "case_number"),
        version=1,
        phases=_phases(sheet, before),
        texts={code: _text(sheet, code, old.get(code)) for code in _written(sheet, old)},
    )
    if before is None:
        return made
    kept = {"example", "decided_on", "version", "zones", "away"}
    if before.type is kind:
        kept |= {"near_m", "middle_m", "far_m", "decay_m"}
    return replace(made, **{name: getattr(before, name) for name in kept})


def _line(sheet: Mapping[str, Value], field: str) -> str:
    return str(value_of(sheet, field))


def _day(sheet: Mapping[str, Value], field: str) -> date | None:
    return _date(_line(sheet, field))


def _written(sheet: Mapping[str, Value], old: Mapping[str, DecisionText]) -> list[str]:
    """Return the languages in which there is a title; Swedish always."""
    others = municipality.in_use().other_languages
    return ["sv", *(c for c in others if sheet.get(f"{c}.title") or c in old)]


def _text(sheet: Mapping[str, Value], language: str, old: DecisionText | None) -> DecisionText:
    filled: dict[str, Any] = {"outcome": old.outcome if old else ()}
    for name, sort in _TEXTS.items():
        if name in NOT_WRITTEN_HERE:
            continue
        value = value_of(sheet, f"{language}.{name}")
        filled[name] = tuple(value) if sort is Sort.LINES else value
    return DecisionText(**filled)


def _phases(sheet: Mapping[str, Value], before: Decision | None) -> tuple[Phase, ...]:
    """Return the steps; one that was there keeps its code and its names in other languages."""
    known = {phase.titles["sv"]: phase for phase in (before.phases if before else ())}
    made = [_phase(line, at) for at, line in enumerate(value_of(sheet, "phases"))]
    return tuple(
        replace(p, code=known[p.titles["sv"]].code, titles=known[p.titles["sv"]].titles)
        if p.titles["sv"] in known
        else p
        for p in made
    )


def differences(before: Mapping[str, Value], after: Mapping[str, Value]) -> list[str]:
    """Return the fields that differ, in the order of the sheet."""
    return [name for name in all_fields() if value_of(before, name) != value_of(after, name)]
