"""What every statement is run through: rows as the engine gives them, by name, or as a frame."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from enum import Enum
from types import UnionType
from typing import Any, Protocol, Self, TypeVar, Union, get_args, get_origin, get_type_hints

import duckdb
import pandas as pd

_Made = TypeVar("_Made")
_CHANGED = "INSERT INTO changes VALUES ($1)"


class Cursor(Protocol):
    """Runs one statement after another, with `$1` for the first value.

    Whoever reads several columns takes them by name: `rows` and `first` make of each row a
    dataclass, whose fields are called as the columns are. A field of an enum gets its member, and
    a moment is told in UTC.
    """

    def execute(self, statement: str, values: Sequence[Any] = ..., /) -> Self:
        """Run a statement; what it gives is asked of the cursor that is returned."""

    def fetchone(self) -> tuple[Any, ...] | None:
        """Return the next row, or None."""

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Return the rows that are left."""

    def rows(self, kind: Callable[..., _Made], /) -> list[_Made]:
        """Return a `kind` for each row that is left, made of its columns by name."""

    def first(self, kind: Callable[..., _Made], /) -> _Made | None:
        """Return a `kind` for the next row, made of its columns by name; None without one."""

    def frame(self) -> pd.DataFrame:
        """Return the rows that are left as a frame, a column for each of theirs."""

    def changed(self, *names: str) -> None:
        """Tell that what is kept by these names is old when the transaction has been kept.

        A name is a decision's id, or what the module that owns the rows calls them.
        """


class DuckCursor:
    """A `Cursor` in DuckDB."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._own = connection.cursor()
        self.told: set[str] = set()

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> Self:
        """Run a statement."""
        self._own.execute(statement, values)
        return self

    def fetchone(self) -> tuple[Any, ...] | None:
        """Return the next row, or None."""
        return self._own.fetchone()

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Return the rows that are left."""
        return self._own.fetchall()

    def rows(self, kind: Callable[..., _Made], /) -> list[_Made]:
        """Return a `kind` for each row that is left."""
        names = self._names()
        return [_made(kind, names, row) for row in self._own.fetchall()]

    def first(self, kind: Callable[..., _Made], /) -> _Made | None:
        """Return a `kind` for the next row, or None."""
        row = self._own.fetchone()
        return None if row is None else _made(kind, self._names(), row)

    def frame(self) -> pd.DataFrame:
        """Return the rows that are left as a frame."""
        return self._own.df()

    def changed(self, *names: str) -> None:
        """Tell what has changed."""
        for name in set(names) - self.told:
            self._own.execute(_CHANGED, [name])
            self.told.add(name)

    def close(self) -> None:
        """Let go of the statement and of what it still had to give."""
        self._own.close()

    def _names(self) -> list[str]:
        return [column[0] for column in self._own.description or ()]


def _made(kind: Callable[..., _Made], names: list[str], row: tuple[Any, ...]) -> _Made:
    told = dict(zip(names, row, strict=True))
    for name, as_field in _fields_of(kind).items():
        if told.get(name) is not None:
            told[name] = as_field(told[name])
    return kind(**told)


@functools.cache
def _fields_of(kind: Callable[..., object]) -> Mapping[str, Callable[[Any], object]]:
    """Return how to make each field that is not as the engine gives it, also where None may be."""
    return {
        name: as_field
        for name, hint in get_type_hints(kind).items()
        for one in (get_args(hint) if get_origin(hint) in {Union, UnionType} else (hint,))
        if (as_field := _as_field(one)) is not None
    }


def _as_field(hint: object) -> Callable[[Any], object] | None:
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    return _in_utc if hint is datetime else None


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
