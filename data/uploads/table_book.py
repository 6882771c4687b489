"""Reads rows out of an Excel workbook (.xlsx), and tells what does not look as it is.

Formulas are read as the values that they had when the file was saved, and never run.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.cell_range import CellRange

from data.uploads.table_parts import Line, Remark, Sheet, TableError

UNPACKED_MAX = 50_000_000
# openpyxl keeps every cell in memory; this many tags are some 100 000 cells or rows
TAGS_MAX = 600_000
ROWS_SCANNED, COLUMNS_SCANNED = 20_000, 500
# openpyxl makes a cell for each that a merged area covers
MERGED_MAX = 200_000
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b")
_MERGED_AREA = re.compile(rb"""<(?:\w+:)?mergeCell\s[^<>]*?\bref\s*=\s*["']([A-Z0-9:]{2,30})["']""")
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"
_FORMULA, _ERROR = "f", "e"


@dataclass(frozen=True)
class Book:
    """A workbook: its sheets with anything on them by name, and which of them are hidden."""

    sheets: dict[str, Sheet]
    hidden: frozenset[str]


def read(content: bytes) -> Book:
    """Read every sheet.

    Raises
    ------
    TableError
    """
    try:
        has_formulas = _looked_over(content)
        book = load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
        written = load_workbook(io.BytesIO(content), keep_links=False) if has_formulas else None
        sheets = {
            sheet.title: _sheet(sheet, written and written[sheet.title], book.epoch)
            for sheet in book.worksheets
        }
        hidden = {sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"}
    except TableError:
        raise
    except Exception as error:
        # what a broken or hostile file makes openpyxl raise has no end
        raise TableError("not_excel") from error
    return Book({name: one for name, one in sheets.items() if one.rows}, frozenset(hidden))


def _looked_over(content: bytes) -> bool:
    """Pass if the file is small enough when it is unpacked, and tell whether it has formulas."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = packed.namelist()
        if "mimetype" in names and packed.read("mimetype")[:100].startswith(_OPEN_DOCUMENT):
            raise TableError("open_document")
        if sum(one.file_size for one in packed.infolist()) > UNPACKED_MAX:
            raise TableError("too_big")
        tags = covered = 0
        has_formulas = False
        for name in names:
            if name.startswith("xl/worksheets/") or name.endswith("sharedStrings.xml"):
                part = packed.read(name)
                tags += part.count(b"<")
                covered += _covered(part)
                has_formulas = has_formulas or b"<f" in part or b":f" in part
                if tags > TAGS_MAX or covered > MERGED_MAX:
                    raise TableError("too_big")
    return has_formulas


def _covered(part: bytes) -> int:
    """Count the cells under merged areas; an area that is written in no plain way is refused."""
    areas = _MERGED_AREA.findall(part)
    if len(areas) != len(_MERGED.findall(part)):
        raise TableError("not_excel")
    sizes = (CellRange(area.decode()).size for area in areas)
    return sum(size["columns"] * size["rows"] for size in sizes)


def _sheet(sheet: Any, written: Any, epoch: object) -> Sheet:  # noqa: ANN401 - openpyxl has no types
    if sheet.max_row > ROWS_SCANNED:
        raise TableError("too_many_rows")
    if sheet.max_column > COLUMNS_SCANNED:
        raise TableError("too_many_columns")
    merged = _merged_down(sheet)
    formulas, errors, notes = (list[tuple[int, int]]() for _ in range(3))
    rows, filled = [], set[tuple[int, int]]()
    for number, line in enumerate(sheet.iter_rows(), start=1):
        cells = []
        for at, cell in enumerate(line):
            value = cell.value
            if cell.comment is not None:
                notes.append((number, at))
            if cell.data_type == _ERROR:
                errors.append((number, at))
                value = None
            elif value is None and written is not None and _is_formula(written, number, at):
                formulas.append((number, at))
            elif value is None and (number, at) in merged:
                value = merged[number, at]
                filled.add((number, at))
            cells.append(_words(value))
        if any(cell.strip() for cell in cells):
            rows.append(Line(number, tuple(cells)))
    kept = {row.number for row in rows}
    hidden = {n for n, row in sheet.row_dimensions.items() if row.hidden and n in kept}
    remarks = [
        Remark("formula", tuple(_name(*one) for one in formulas)),
        Remark("error_cell", tuple(_name(*one) for one in errors)),
        Remark("note", tuple(_name(*one) for one in notes)),
        Remark("merged", tuple(_name(*one) for one in sorted(filled))),
        Remark("hidden_rows", tuple(map(str, sorted(hidden)))),
        Remark("hidden_columns", tuple(_hidden_columns(sheet, rows))),
    ]
    return Sheet(
        tuple(rows),
        rows[-1].number if rows else 0,
        0,
        tuple(one for one in remarks if one.where),
        frozenset(hidden),
        frozenset(filled),
        frozenset([*formulas, *errors]),
        epoch == CALENDAR_MAC_1904,
    )


def _name(row: int, at: int) -> str:
    return f"{get_column_letter(at + 1)}{row}"


def _is_formula(written: Any, row: int, at: int) -> bool:  # noqa: ANN401
    return bool(written.cell(row, at + 1).data_type == _FORMULA)


def _merged_down(sheet: Any) -> dict[tuple[int, int], object]:  # noqa: ANN401
    """Return what stands in each cell below the first of a merged area: it is seen in all rows.

    Sideways nothing is repeated: the text is one.
    """
    return {
        (row, area.min_col - 1): sheet.cell(area.min_row, area.min_col).value
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row + 1, min(area.max_row, ROWS_SCANNED) + 1)
    }


def _hidden_columns(sheet: Any, rows: Iterable[Line]) -> Iterator[str]:  # noqa: ANN401
    used = {at for row in rows for at, cell in enumerate(row.cells) if cell.strip()}
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden:
            first, last = dimension.min or 0, dimension.max or 0
            yield from (get_column_letter(at + 1) for at in sorted(used) if first <= at + 1 <= last)


def _words(value: object) -> str:
    """Return a cell as it is read in the sheet: days as days, no decimals that are not there."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "SANT" if value else "FALSKT"
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return unescape(str(value)).replace("\r\n", "\n").replace("\r", "\n")
