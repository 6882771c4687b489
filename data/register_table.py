"""Reads rows that somebody pasted or sent as CSV or Excel: plain texts, nothing interpreted.

Nothing in a file is run, fetched or kept: formulas are read as the values they had, and limits
stand before the reading.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from openpyxl import load_workbook

from data.registering import ROWS_MAX

BYTES_MAX = 5_000_000
UNPACKED_MAX = 50_000_000
COLUMNS_MAX = 50
CELL_MAX = 20_000
# blank rows are passed over, but not for ever: a sheet can claim a million of them
SCANNED_MAX = 10 * ROWS_MAX
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = ("\t", ";", ",")


class TableError(ValueError):
    """What was given cannot be read as a table.

    `code` is ``empty``, ``too_big``, ``too_many_rows``, ``too_many_columns``, ``cell_too_long``,
    ``not_text``, ``not_excel`` or ``old_or_locked``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Table:
    """Rows of as many cells each, and the number that each has in the file or the paste."""

    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    sheet: str = ""


def read(content: bytes, name: str) -> Table:
    """Read a CSV file (UTF-8, UTF-16 or Windows) or an Excel workbook (.xlsx).

    Of a workbook the first sheet with anything in it is read.

    Raises
    ------
    TableError
    """
    if len(content) > BYTES_MAX:
        raise TableError("too_big")
    if content.startswith(_OLD_EXCEL):
        raise TableError("old_or_locked")
    if content.startswith(_ZIP) or name.lower().endswith((".xlsx", ".xlsm")):
        return _read_excel(content)
    return read_text(_decoded(content))


def read_text(text: str) -> Table:
    """Read rows as a spreadsheet puts them on the clipboard, or as CSV.

    Raises
    ------
    TableError
    """
    if len(text) > BYTES_MAX:
        raise TableError("too_big")
    if "\x00" in text:
        raise TableError("not_text")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        return _table(lines)
    except csv.Error as error:
        raise TableError("not_text") from error


def _decoded(content: bytes) -> str:
    try:
        if content.startswith(_UTF16):
            return content.decode("utf-16")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Swedish Excel saves so unless it is asked for UTF-8; five bytes mean nothing in it
        try:
            return content.decode("cp1252")
        except UnicodeDecodeError as error:
            raise TableError("not_text") from error


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=first.count)


def _read_excel(content: bytes) -> Table:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(one.file_size for one in packed.infolist()) > UNPACKED_MAX:
                raise TableError("too_big")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            return _first_filled(book)
        finally:
            book.close()
    except TableError:
        raise
    except Exception as error:
        # what a broken or hostile file makes openpyxl raise has no end
        raise TableError("not_excel") from error


def _first_filled(book: Any) -> Table:  # noqa: ANN401 - openpyxl has no types
    for sheet in book.worksheets:
        # the size that a file claims is often wrong
        sheet.reset_dimensions()
        try:
            found = _table(sheet.iter_rows(values_only=True))
        except TableError as error:
            if error.code != "empty":
                raise
            continue
        return Table(found.rows, found.numbers, sheet.title)
    raise TableError("empty")


def _table(lines: Iterable[Iterable[object]]) -> Table:
    """Keep the rows that hold anything, all as wide as the widest."""
    kept: list[list[str]] = []
    numbers: list[int] = []
    for number, cells in _filled(lines):
        if len(kept) > ROWS_MAX:  # one more than the entries, for the headings
            raise TableError("too_many_rows")
        kept.append(cells)
        numbers.append(number)
    if not kept:
        raise TableError("empty")
    width = max(map(len, kept))
    if width > COLUMNS_MAX:
        raise TableError("too_many_columns")
    rows = (tuple(cells + [""] * (width - len(cells))) for cells in kept)
    return Table(tuple(rows), tuple(numbers))


def _filled(lines: Iterable[Iterable[object]]) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(islice(lines, SCANNED_MAX), start=1):
        cells = [_cell(value) for value in line]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield number, cells


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip()
    if len(text) > CELL_MAX:
        raise TableError("cell_too_long")
    return text
