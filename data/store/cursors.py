"""What every statement is run through: rows as the engine gives them, by name, or as a frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, Self, TypeVar

import duckdb
import pandas as pd

_Made = TypeVar("_Made")


class Cursor(Protocol):
    """Runs one statement after another, with `$1` for the first value.

    Whoever reads several columns takes them by name: `rows` and `first` hand each row to a
    dataclass, or a function, whose arguments are called as the columns are.
    """

    def execute(self, statement: str, values: Sequence[Any] = ..., /) -> Self:
        """Run a statement; what it gives is asked of the cursor that is returned."""

    def fetchone(self) -> tuple[Any, ...] | None:
        """Return the next row, or None."""

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Return the rows that are left."""

    def rows(self, make: Callable[..., _Made], /) -> list[_Made]:
        """Return what is made of each row that is left, its columns given by name."""

    def first(self, make: Callable[..., _Made], /) -> _Made | None:
        """Return what is made of the next row, its columns given by name; None without one."""

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

    def rows(self, make: Callable[..., _Made], /) -> list[_Made]:
        """Return what is made of each row that is left."""
        names = self._names()
        return [make(**dict(zip(names, row, strict=True))) for row in self._own.fetchall()]

    def first(self, make: Callable[..., _Made], /) -> _Made | None:
        """Return what is made of the next row, or None."""
        row = self._own.fetchone()
        return None if row is None else make(**dict(zip(self._names(), row, strict=True)))

    def frame(self) -> pd.DataFrame:
        """Return the rows that are left as a frame."""
        return self._own.df()

    def close(self) -> None:
        """Let go of the statement and of what it still had to give."""
        self._own.close()

    def _names(self) -> list[str]:
        return [column[0] for column in self._own.description or ()]
