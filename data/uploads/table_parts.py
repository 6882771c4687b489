"""What is read out of a paste or a file before anybody has said what its columns are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BYTES_MAX = 5_000_000
COLUMNS_MAX = 50
CELL_MAX = 20_000


TableCode = Literal[
    "empty",
    "too_big",
    "too_many_rows",
    "too_many_columns",
    "cell_too_long",
    "not_text",
    "not_excel",
    "old_or_locked",
    "open_document",
]


class TableError(ValueError):
    """What was given cannot be read as a table; nothing is kept.

    `row` and `column` tell where, counted from 1, when it is in one cell.
    """

    code: TableCode

    def __init__(self, code: TableCode, row: int | None = None, column: int | None = None) -> None:
        super().__init__(code)
        self.code, self.row, self.column = code, row, column


@dataclass(frozen=True)
class Line:
    """The cells of a row to the letter, and the number that it has in the file or the paste."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Remark:
    """Something that was read in another way than it looks, or not at all: to be told.

    `code` is one of

    - ``torn``: rows that look like one cell with a line break, torn apart
    - ``csv``: pasted rows that look like a CSV file, so that each is one cell
    - ``sep_line``: a line that only tells Excel which sign stands between the cells
    - ``formula``: formulas without a value, so the cells are empty
    - ``error_cell``: cells with an error such as #N/A, read as empty
    - ``note``: notes on cells, which are not read
    - ``merged``: cells merged downwards; the value stands in each row
    - ``hidden_rows``, ``hidden_columns``: hidden in the sheet, and read like the others

    `where` are row numbers, or cells as in Excel.
    """

    code: str
    where: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """Everything that stands in a text or on a sheet of a workbook.

    `lines` counts what there was before it became rows: each is a row, empty, or `joined` to the
    one above by a cell with line breaks. `merged` are the cells (row number, column from 0) that
    have their value from a cell above, `unread` those with a formula or an error in place of a
    value; `hidden` are row numbers. `is_1904` tells from which year
    numbers for days are counted.
    """

    rows: tuple[Line, ...]
    lines: int
    joined: int = 0
    remarks: tuple[Remark, ...] = ()
    hidden: frozenset[int] = frozenset()
    merged: frozenset[tuple[int, int]] = frozenset()
    unread: frozenset[tuple[int, int]] = frozenset()
    is_1904: bool = False
