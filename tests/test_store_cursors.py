"""Rows by name: a dataclass of each row, words as members of their enum, moments in UTC."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from data import store
from data.enums import HideReason, Kind


@dataclass(frozen=True)
class Said:
    id: int
    kind: Kind
    hidden: HideReason | None
    at: datetime
    on: date
    text: str = "inget"


DATA = Path(__file__).resolve().parents[1] / "data"
ONE = """
SELECT $1::TIMESTAMPTZ AS at, 'idea' AS kind, 7 AS id, NULL AS hidden, DATE '2026-11-23' AS "on"
"""
AT = datetime(2026, 11, 23, 12, 30, tzinfo=ZoneInfo("Europe/Stockholm"))


def test_columns_are_taken_by_name_in_whatever_order(empty_store):
    with store.cursor() as cursor:
        (found,) = cursor.execute(ONE, [AT]).rows(Said)
        assert cursor.execute(ONE, [AT]).first(Said) == found
    assert found == Said(7, Kind.IDEA, None, AT, date(2026, 11, 23))
    assert isinstance(found.kind, Kind)
    assert found.at.tzinfo is UTC


def test_no_row_is_none_and_an_empty_list(empty_store):
    nothing = f"SELECT * FROM ({ONE}) AS one WHERE id = 8"
    with store.cursor() as cursor:
        assert cursor.execute(nothing, [AT]).first(Said) is None
        assert cursor.execute(nothing, [AT]).rows(Said) == []


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("SELECT 1 AS id", TypeError),
        (ONE.replace("7 AS id", "7 AS id, 1 AS other"), TypeError),
        (ONE.replace("idea", "wish"), ValueError),
    ],
)
def test_a_column_or_a_word_that_the_dataclass_does_not_know_is_no_row(
    empty_store, statement, fault
):
    with store.cursor() as cursor, pytest.raises(fault):
        cursor.execute(statement, [AT] if "$1" in statement else []).rows(Said)


def test_a_frame_has_a_column_for_each(empty_store):
    with store.cursor() as cursor:
        frame = cursor.execute("SELECT 1 AS a, 'x' AS b UNION ALL SELECT 2, 'y' ORDER BY a").frame()
    assert {name: list(frame[name]) for name in frame} == {"a": [1, 2], "b": ["x", "y"]}


def test_of_several_columns_none_is_read_by_its_place():
    """A lone column may be; of two or more another could come between them."""
    by_place = re.compile(r"\b(row|r)\[([1-9]\d*|\d*:\d*)\]")
    files = [path for path in DATA.rglob("*.py") if "store.cursor" in path.read_text("utf-8")]
    assert len(files) > 25
    assert [path.name for path in files if by_place.search(path.read_text("utf-8"))] == []
