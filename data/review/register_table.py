"""Reads rows that somebody pasted or sent as CSV or Excel: plain texts, nothing interpreted.

Nothing in a file is run, fetched or kept, and limits stand before the reading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from data.review.register_fields import LOOKED_AT, NAMES, heading_row
from data.review.registering import ROWS_MAX
from data.uploads import table_book, table_text
from data.uploads.table_book import Book
from data.uploads.table_parts import (
    BYTES_MAX,
    CELL_MAX,
    COLUMNS_MAX,
    Line,
    Remark,
    Sheet,
    TableError,
)

__all__ = [
    "BYTES_MAX",
    "CELL_MAX",
    "COLUMNS_MAX",
    "Remark",
    "Table",
    "TableError",
    "read",
    "read_text",
    "without",
]

# rows that may stand above the entries: titles, and the headings
_ABOVE = 10
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_EXCEL = (".xlsx", ".xlsm", ".xltx", ".ods")
# a page, a document: what some programs give the name of a table
_NO_TABLE = re.compile(r"\s*(?:<(?:!doctype|html|\?xml|table)|%PDF-|\{\\rtf)", re.IGNORECASE)


@dataclass(frozen=True)
class Table:
    """Rows of as many cells each, and the number that each has in the file or the paste.

    Attributes
    ----------
    lines, blank, joined
        How many lines there were, how many of them hold nothing, and how many belong to a row
        above by a cell with line breaks. The rest are the rows, and nothing is lost between.
    sheet, sheets
        Of a workbook: the name of the sheet that was read, and of all with anything on them.
    delimiter
        Of a CSV file: what stood between the cells, empty for one cell a line.
    remarks
        What was read in another way than it looks.
    hidden, merged, unread, is_1904
        As in `data.uploads.table_parts.Sheet`.
    """

    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    lines: int = 0
    blank: int = 0
    joined: int = 0
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    hidden_sheets: frozenset[str] = frozenset()
    delimiter: str | None = None
    remarks: tuple[Remark, ...] = ()
    hidden: frozenset[int] = frozenset()
    merged: frozenset[tuple[int, int]] = frozenset()
    unread: frozenset[tuple[int, int]] = frozenset()
    is_1904: bool = False


def read(
    content: bytes, name: str, *, sheet: str | None = None, delimiter: str | None = None
) -> Table:
    """Read a CSV file (UTF-8, UTF-16 or Windows) or an Excel workbook (.xlsx).

    Parameters
    ----------
    sheet
        Which sheet of a workbook; the first with headings that is not hidden unless told.
    delimiter
        What stands between the cells of a CSV file; found out unless told.

    Raises
    ------
    TableError
    """
    if len(content) > BYTES_MAX:
        raise TableError("too_big")
    if content.startswith(_OLD_EXCEL):
        raise TableError("old_or_locked")
    if content.startswith(_ZIP) or name.lower().endswith(_EXCEL):
        return _read_book(content, sheet)
    text = table_text.decoded(content)
    _check_text(text)
    if _NO_TABLE.match(text):
        raise TableError("not_text")
    if delimiter is None:
        delimiter = table_text.delimiter_of(text, NAMES)
    return _table(table_text.separated(text, delimiter), delimiter=delimiter)


def read_text(text: str) -> Table:
    """Read rows as a spreadsheet puts them on the clipboard: a tab between cells, nothing else.

    Raises
    ------
    TableError
    """
    if len(text) > BYTES_MAX:
        raise TableError("too_big")
    _check_text(text)
    return _table(table_text.pasted(text, NAMES))


def _check_text(text: str) -> None:
    if "\x00" in text:
        raise TableError("not_text")


def _read_book(content: bytes, wanted: str | None) -> Table:
    book = table_book.read(content)
    if not book.sheets:
        raise TableError("empty")
    chosen = wanted if wanted in book.sheets else _likeliest(book)
    return _table(
        book.sheets[chosen],
        sheet=chosen,
        sheets=tuple(book.sheets),
        hidden_sheets=book.hidden,
    )


def _likeliest(book: Book) -> str:
    """Return the first sheet that is seen and has headings, else the first that is seen."""
    seen = [name for name in book.sheets if name not in book.hidden] or list(book.sheets)
    return next((name for name in seen if _has_headings(book.sheets[name])), seen[0])


def _has_headings(sheet: Sheet) -> bool:
    return heading_row([row.cells for row in sheet.rows[:LOOKED_AT]]) is not None


def _table(
    found: Sheet,
    *,
    sheet: str = "",
    sheets: tuple[str, ...] = (),
    hidden_sheets: frozenset[str] = frozenset(),
    delimiter: str | None = None,
) -> Table:
    """Keep the rows that hold anything, all as wide as the widest."""
    kept = [row for row in map(_trimmed, found.rows) if row.cells]
    if not kept:
        raise TableError("empty")
    if len(kept) > ROWS_MAX + _ABOVE:
        raise TableError("too_many_rows")
    width = max(len(row.cells) for row in kept)
    if width > COLUMNS_MAX:
        raise TableError("too_many_columns")
    return Table(
        tuple(row.cells + ("",) * (width - len(row.cells)) for row in kept),
        tuple(row.number for row in kept),
        found.lines,
        found.lines - found.joined - len(kept) - _told_apart(found),
        found.joined,
        sheet,
        sheets,
        hidden_sheets,
        delimiter,
        found.remarks,
        found.hidden,
        found.merged,
        found.unread,
        found.is_1904,
    )


def _told_apart(found: Sheet) -> int:
    return sum(one.code == "sep_line" for one in found.remarks)


def without(table: Table, numbers: frozenset[int]) -> Table:
    """Return a table without some of its rows, by their numbers."""
    kept = [n for n, number in enumerate(table.numbers) if number not in numbers]
    return replace(
        table,
        rows=tuple(table.rows[n] for n in kept),
        numbers=tuple(table.numbers[n] for n in kept),
    )


def _trimmed(row: Line) -> Line:
    """Take empty cells off the end; what somebody wrote stays to the letter."""
    cells = list(row.cells)
    while cells and not cells[-1].strip():
        cells.pop()
    for at, cell in enumerate(cells, start=1):
        if len(cell) > CELL_MAX:
            raise TableError("cell_too_long", row.number, at)
    return Line(row.number, tuple(cells))
