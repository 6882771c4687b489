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


class DuckCursor:
    """A `Cursor` in DuckDB."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._own = connection.cursor()

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

    def close(self) -> None:
        """Let go of the statement and of what it still had to give."""
        self._own.close()

    def _names(self) -> list[str]:
        return [column[0] for column in self._own.description or ()]


def _made(kind: Callable[..., _Made], names: list[str], row: tuple[Any, ...]) -> _Made:
    words = _words_of(kind)
    named = zip(names, row, strict=True)
    return kind(**{name: _told(value, words.get(name)) for name, value in named})


def _told(value: object, word: type[Enum] | None) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return value if word is None or value is None else word(value)


@functools.cache
def _words_of(kind: Callable[..., object]) -> Mapping[str, type[Enum]]:
    """Return the enum of each field that has one, also of those that may be None."""
    return {
        name: one
        for name, hint in get_type_hints(kind).items()
        for one in (get_args(hint) if get_origin(hint) in {Union, UnionType} else (hint,))
        if isinstance(one, type) and issubclass(one, Enum)
    }
