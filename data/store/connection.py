"""Opens and locks the one DuckDB file, and hands out a cursor for each operation.

One connection serves the whole process; a cursor belongs to one operation. Sharing a cursor between
threads would hand one visitor another visitor's rows.
"""

from __future__ import annotations

import contextlib
import functools
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ParamSpec, TypeVar

import duckdb

from data.store import faults, steps
from data.store.cursors import Cursor, DuckCursor
from data.store.errors import ConflictError, DuplicateError, StoreCode, StoreError

IN_MEMORY = ":memory:"
# Nothing is installed or loaded from the network, and no statement may open another file.
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
}
_LOCKS = (
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)


# A cut or overwritten file may open and fail later, in front of a resident: read it all at start.
_READ_WHOLE = 'SELECT count(hash(t)) FROM "{table}" AS t'

TRIES = 40
_FIRST_WAIT, _LONGEST_WAIT = 0.001, 0.1
_turn = threading.RLock()
_Asked = ParamSpec("_Asked")
_Given = TypeVar("_Given")

# a file full of wrong numbers makes the driver fail in many ways
_UNUSABLE = (duckdb.Error, MemoryError, RuntimeError, ValueError, OverflowError)
_connection: duckdb.DuckDBPyConnection | None = None
_VERSIONS = "SELECT name, count(*) FROM changes GROUP BY name"
# the versions as the table has them, since they are asked for many times in each run of a page
_versions: Counter[str] = Counter()
_versions_lock = threading.Lock()
# how many times a store was opened or closed: what is kept from one is never taken for another's
_turns = 0


def open_store(path: Path | str) -> None:
    """Open the store, making it on the very first start, and check that it can be written.

    A small marker file beside the database tells that there was one: a lost file is then an
    error, not a silent start with nothing in it.

    Raises
    ------
    StoreError
        With a code that says what is wrong; nothing is left open.
    """
    global _connection
    close_store()
    connection = _connect(path)
    try:
        _prepare(connection, path)
    except StoreError:
        connection.close()
        raise
    except _UNUSABLE as error:
        _let_go(connection)
        raise StoreError(_why(error, path), str(path)) from error
    with contextlib.closing(DuckCursor(connection)) as cursor:
        _begin_turn(dict(cursor.execute(_VERSIONS).fetchall()))
    _connection = connection


def _begin_turn(versions: dict[str, int]) -> None:
    global _turns
    with _versions_lock:
        _versions.clear()
        _versions.update(versions)
        _turns += 1


def _connect(path: Path | str) -> duckdb.DuckDBPyConnection:
    if str(path) == IN_MEMORY:
        return duckdb.connect(IN_MEMORY, config=_CONFIG)
    path = Path(path)
    try:
        _check_place(path)
    except OSError as error:
        raise StoreError(faults.of_system(error), str(path)) from error
    try:
        return duckdb.connect(str(path), config=_CONFIG)
    except _UNUSABLE as error:
        code = _why(error, path)
        if code != "damaged":
            raise StoreError(code, str(path)) from error
    try:
        # another process may have let go of it between the two looks
        return duckdb.connect(str(path), config=_CONFIG)
    except _UNUSABLE as error:
        raise StoreError(_why(error, path), str(path)) from error


def _check_place(path: Path) -> None:
    if marker_of(path).exists() and not path.exists():
        raise StoreError("missing", str(path))
    if path.exists() and not path.is_file():
        raise StoreError("not_a_file", str(path))
    if path.exists() and path.stat().st_size == 0:
        # DuckDB would take an emptied file for a new one
        raise StoreError("damaged", str(path))
    path.parent.mkdir(parents=True, exist_ok=True)


def _why(error: BaseException, path: Path | str) -> StoreCode:
    return "unusable" if str(path) == IN_MEMORY else faults.why(error, Path(path))


def _let_go(connection: duckdb.DuckDBPyConnection) -> None:
    # closing writes, and what is damaged cannot be written
    with contextlib.suppress(duckdb.Error):
        connection.close()


def marker_of(path: Path) -> Path:
    """Return the file that tells that a database has been made at `path`."""
    return path.with_name(path.name + ".made")


def _prepare(connection: duckdb.DuckDBPyConnection, path: Path | str) -> None:
    # a cursor that is left open would hold the file after a fault
    with contextlib.closing(DuckCursor(connection)) as cursor:
        cursor.execute("SET TimeZone = 'UTC'")
        if str(path) == IN_MEMORY:
            cursor.execute("BEGIN")
            steps.make(cursor)
            cursor.execute("COMMIT")
        else:
            _prepare_file(cursor, path)
        cursor.execute("SET GLOBAL TimeZone = 'UTC'")
        for lock in _LOCKS:
            cursor.execute(lock)
    if str(path) != IN_MEMORY:
        _mark(Path(path))


def _prepare_file(cursor: Cursor, path: Path | str) -> None:
    # all of it or nothing: whatever stops the start, the version of before can go on with the file
    cursor.execute("BEGIN")
    if steps.tables(cursor):
        _bring_up(cursor, path)
    else:
        steps.make(cursor)
    cursor.execute("COMMIT")
    # a short log is a quick start after a crash
    cursor.execute("CHECKPOINT")
    for table in steps.tables(cursor):
        cursor.execute(_READ_WHOLE.format(table=table.replace('"', '""'))).fetchall()


def _bring_up(cursor: Cursor, path: Path | str) -> None:
    try:
        steps.bring_up(cursor)
    except StoreError as error:
        raise StoreError(error.code, str(path)) from error
    if steps.shape(cursor) != _shape_of_today():
        raise StoreError("other_shape", str(path))


@functools.cache
def _shape_of_today() -> steps.Shape:
    with duckdb.connect(IN_MEMORY, config=_CONFIG) as made:
        cursor = DuckCursor(made)
        steps.make(cursor)
        return steps.shape(cursor)


def _mark(path: Path) -> None:
    try:
        marker_of(path).touch()
    except OSError as error:
        raise StoreError(faults.of_system(error), str(path)) from error


def close_store() -> None:
    """Write everything to the file and let go of it; harmless when nothing is open."""
    global _connection
    connection, _connection = _connection, None
    if connection is None:
        return
    _begin_turn({})
    with contextlib.suppress(duckdb.Error):
        connection.execute("CHECKPOINT")
    connection.close()


def is_open() -> bool:
    """Tell whether the store can be used."""
    return _connection is not None


@contextlib.contextmanager
def cursor() -> Iterator[Cursor]:
    """Return a cursor for one operation.

    Raises
    ------
    StoreError
        ``not_open`` when there is no store.
    """
    if _connection is None:
        raise StoreError("not_open")
    current = DuckCursor(_connection)
    try:
        yield current
        _take_in(current.told)
    finally:
        current.close()


@contextlib.contextmanager
def transaction() -> Iterator[Cursor]:
    """Return a cursor whose statements are all kept, or none of them.

    Whoever writes in it is marked with `again`, since two may act in the same moment.

    Raises
    ------
    StoreError
        ``not_saved`` when the engine could not keep them; its own error is the cause.
    DuplicateError, ConflictError
        The same, when it may go well in a moment.
    """
    with cursor() as current:
        try:
            current.execute("BEGIN")
            yield current
            current.execute("COMMIT")
        except BaseException as error:
            with contextlib.suppress(duckdb.Error):
                current.execute("ROLLBACK")
            if isinstance(error, duckdb.Error):
                raise _in_own_words(error) from error
            raise


def _in_own_words(error: duckdb.Error) -> StoreError:
    if isinstance(error, duckdb.ConstraintException):
        return DuplicateError()
    if isinstance(error, duckdb.TransactionException):
        return ConflictError()
    return StoreError("not_saved")


def again(act: Callable[_Asked, _Given]) -> Callable[_Asked, _Given]:
    """Let an act that met another in the same moment be done again, from its first reading.

    DuckDB lets the first of two win and gives the other an error. Nothing of what is done again was
    kept, so the act reads what the first one wrote, and writes its own row in the log once. Those
    who do it again take turns, or many at one row would keep each other out. What comes after the
    transaction must not fail, or a kept act would be done twice.
    """

    @functools.wraps(act)
    def tried(*args: _Asked.args, **kwargs: _Asked.kwargs) -> _Given:
        try:
            return act(*args, **kwargs)
        except StoreError as error:
            if not error.passes:
                raise
        with _turn:
            return _until_it_passes(functools.partial(act, *args, **kwargs))

    return tried


def _until_it_passes(act: Callable[[], _Given]) -> _Given:
    for number in range(1, TRIES):
        time.sleep(random.uniform(0, min(_LONGEST_WAIT, _FIRST_WAIT * 2**number)))
        try:
            return act()
        except StoreError as error:
            if not error.passes or number + 1 == TRIES:
                # an act that called this one has nothing to wait for either
                error.passes = False
                raise
    raise AssertionError


def _take_in(changes: set[str]) -> None:
    # after what was changed can be read: who reads old rows keeps them under an old version
    with _versions_lock:
        _versions.update(changes)


def data_version(name: str) -> int:
    """Return how many times what `name` stands for has changed (`Cursor.changed`)."""
    return _versions[name]


def turn() -> int:
    """Return a number that no other opening of a store in this process has."""
    return _turns
