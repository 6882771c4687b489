"""The tables of a store: made whole in a new one, and by numbered steps in one of before."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import NamedTuple

import duckdb

from data.store.cursors import Cursor
from data.store.errors import StoreError

_HERE = Path(__file__)
SCHEMA = _HERE.with_name("schema.sql")
STEPS = _HERE.with_name("steps")
Shape = frozenset[tuple[object, ...]]

_TABLES = """
SELECT table_name FROM information_schema.tables
WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name
"""
_COLUMNS = """
SELECT table_name, ordinal_position, column_name, data_type, is_nullable, column_default
FROM information_schema.columns WHERE table_schema = current_schema()
"""
_MAKE_STEPS = """
CREATE TABLE schema_steps (
    number INTEGER PRIMARY KEY,
    name   VARCHAR NOT NULL,
    ran_at TIMESTAMPTZ NOT NULL
)
"""
_RAN = "SELECT number FROM schema_steps"
_NOTE = "INSERT INTO schema_steps (number, name, ran_at) VALUES ($1, $2, CURRENT_TIMESTAMP)"
# columns that a store from before the steps may call by another name: table, that name, and what
# gives it today's
_RENAMED = (
    ("submissions", "decision_id", "ALTER TABLE submissions RENAME COLUMN decision_id TO sent_to"),
)
_HAS_COLUMN = """
SELECT count(*) FROM information_schema.columns WHERE table_name = $1 AND column_name = $2
"""


class Step(NamedTuple):
    """One change of the tables, which is never changed itself once a store has run it."""

    number: int
    name: str
    statements: str


@functools.cache
def known() -> tuple[Step, ...]:
    """Return every step that this version knows, in order."""
    found = sorted(STEPS.glob("[0-9]*.sql"))
    parted = [(path.stem.partition("_"), path.read_text(encoding="utf-8")) for path in found]
    return tuple(Step(int(number), name, text) for (number, _, name), text in parted)


@functools.cache
def _whole() -> str:
    return SCHEMA.read_text(encoding="utf-8")


def make(cursor: Cursor) -> None:
    """Make the tables of today in a store with nothing in it; the steps are part of them."""
    cursor.execute(_whole())
    for step in known():
        cursor.execute(_NOTE, [step.number, step.name])


def bring_up(cursor: Cursor) -> None:
    """Run the steps that have not run in this store, in the caller's transaction.

    Raises
    ------
    StoreError
        ``newer`` when a step has run that this version does not know, and ``unfit`` when a row that
        is there does not fit what a step asks of it.
    """
    ran = _ran(cursor) if "schema_steps" in tables(cursor) else set()
    if ran - {step.number for step in known()}:
        raise StoreError("newer")
    if not ran:
        cursor.execute(_MAKE_STEPS)
        _rename(cursor)
    try:
        for step in known():
            if step.number not in ran:
                cursor.execute(step.statements)
                cursor.execute(_NOTE, [step.number, step.name])
    except duckdb.ConstraintException as error:
        raise StoreError("unfit") from error


def _ran(cursor: Cursor) -> set[int]:
    return {number for (number,) in cursor.execute(_RAN).fetchall()}


def _rename(cursor: Cursor) -> None:
    for table, was, renames in _RENAMED:
        row = cursor.execute(_HAS_COLUMN, [table, was]).fetchone()
        if row and row[0]:
            cursor.execute(renames)


def tables(cursor: Cursor) -> list[str]:
    """Return the names of all tables that there are."""
    return [name for (name,) in cursor.execute(_TABLES).fetchall()]


def shape(cursor: Cursor) -> Shape:
    """Return every column of every table and view: its place, name, type and default."""
    return frozenset(cursor.execute(_COLUMNS).fetchall())
