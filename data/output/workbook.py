"""A decision's tables as an Excel file for people in an office.

Swedish headings, words in place of codes, days that are days, text that breaks in its cell. The
codes of the open data stand on a sheet of their own, and what each column means on another.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import chain, islice
from math import ceil
from typing import Any

import numpy as np
import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from data import written
from data.geodata import layers
from data.output import formulas
from data.output.export_tables import COLUMNS, EXAMPLE, HEADINGS, LAYERS, SHEETS, Table

Words = Mapping[str, Mapping[str, str]]
# one row that is read downwards
_RECORD = "forslag"
# codes of areas: names stand for them, and the codes on the sheet of codes
_CODE, _NAME = "code", "name"
DAYS = frozenset({"opens", "closes", "decided_on", "received_on", "answered_on", "done_on"})
_MOMENTS = frozenset({"computed_at"})
_DAY_LOOK, _MOMENT_LOOK = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
_NUMBERED = "0"
_LOOKS = {
    "id": _NUMBERED,
    "share": "0%",
    "ratio": "0.0",
    "per_thousand": "0.0",
    "lon": "0.00000",
    "lat": "0.00000",
}
# what is read is wide; the rest is as wide as what stands in it
_WIDE = {"text": 70, "answer": 50, "summary": 50, "reason": 40, "result": 50, "caveat": 60}
_WIDEST, _NARROWEST, _MEASURED = 40, 9, 500
# words end before the edge: a line takes a little more than its letters
_WIDER = 1.0
# a heading has a button for the filter beside it
_BUTTON = 4
_HEAD_FILL = PatternFill("solid", fgColor="D9E6EC")
_BOLD = Font(name="Calibri", size=11, bold=True)
_BROKEN = Alignment(wrap_text=True, vertical="top")
_TOP, _LEFT = Alignment(vertical="top"), Alignment(vertical="top", horizontal="left")
# points; a row of several lines says how high it is, since not every program works it out
_LINE, _HIGHEST = 15.0, 409.0
# what no XML may hold, beside the control characters that openpyxl knows
_NO_XML = re.compile(f"{ILLEGAL_CHARACTERS_RE.pattern}|[\ud800-\udfff\ufffe\uffff]")
# a reader of the file would take this for a letter
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def workbook(tables: Sequence[Table], words: Words) -> bytes:
    """Write all tables as sheets, row by row, so that a large one takes no more memory.

    Parameters
    ----------
    words
        For each column of codes, the Swedish word of each code.
    """
    book = Workbook(write_only=True)
    for table in tables:
        if table.name == _RECORD:
            _write(book, SHEETS[table.name], ("Uppgift", "Värde"), _downwards(table, words))
        else:
            columns = [one for one in table.rows.columns if one != _CODE]
            heads = [HEADINGS[one] for one in columns]
            _write(book, SHEETS[table.name], heads, _across(table, columns, words), columns)
    _write(book, "Koder", ("Vad", "Ord", "Kod i öppna data"), _codes(tables, words))
    explained = ("Blad", "Rubrik", "Betyder", "Namn i öppna data")
    _write(book, "Förklaring", explained, _explained(tables, words))
    return _saved(book)


def of_rows(name: str, heads: Sequence[str], rows: Iterable[list[Any]]) -> bytes:
    """Write rows under their headings as a file of one sheet."""
    book = Workbook(write_only=True)
    _write(book, name, heads, rows)
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _downwards(table: Table, words: Words) -> Iterator[list[Any]]:
    ((_index, row),) = table.rows.astype(object).iterrows()
    for column in table.rows.columns:
        yield [HEADINGS[column], _told(column, row[column], words)]


def _across(table: Table, columns: list[str], words: Words) -> Iterator[list[Any]]:
    for row in table.rows[columns].itertuples(index=False):
        yield [_told(column, value, words) for column, value in zip(columns, row, strict=True)]


def _told(column: str, value: Any, words: Words) -> Any:  # noqa: ANN401 - what a cell holds
    """Return a value as people in an office read it."""
    if value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return None
    if column in DAYS:
        return date.fromisoformat(value)
    if column in _MOMENTS:
        return datetime.strptime(value, "%Y-%m-%d %H.%M")
    if column == "example" and value:
        return EXAMPLE
    if isinstance(value, bool | np.bool_):
        return "Ja" if value else "Nej"
    return words[column].get(str(value), str(value)) if column in words else value


def _codes(tables: Sequence[Table], words: Words) -> Iterator[list[str]]:
    used = dict.fromkeys(column for table in tables for column in table.rows.columns)
    for column in used:
        for code, word in words.get(column, {}).items():
            yield [HEADINGS[column], word, code]
    for layer in LAYERS:
        for code, name in layers.frame(layer)[_NAME].items():
            yield [SHEETS[layer], str(name), str(code)]


def _explained(tables: Iterable[Table], words: Words) -> Iterator[list[str]]:
    for table in tables:
        for column in table.rows.columns:
            if column == _CODE:
                continue
            means = COLUMNS[column]
            if column in words:
                means = f"{', '.join(words[column].values())}. Koderna står på bladet Koder"
            yield [SHEETS[table.name], HEADINGS[column], means, column]


def _write(
    book: Workbook,
    name: str,
    heads: Sequence[str],
    rows: Iterable[list[Any]],
    columns: Sequence[str] = (),
) -> None:
    sheet = book.create_sheet(name)
    # how wide it is must be told before the first row
    rest = iter(rows)
    first = list(islice(rest, _MEASURED))
    widths = list(_widths(heads, first, columns))
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.append([_head(sheet, one) for one in heads])
    looks = [_LOOKS.get(one) for one in columns] or [None] * len(heads)
    count = 1
    for count, row in enumerate(chain(first, rest), start=2):
        cells = [_cell(sheet, *pair) for pair in zip(row, looks, strict=True)]
        _append(sheet, cells, widths, count)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{count}"


def _append(sheet: Any, cells: list[Any], widths: list[float], place: int) -> None:  # noqa: ANN401
    lines = max(_lines(cell, width) for cell, width in zip(cells, widths, strict=True))
    if lines > 1:
        sheet.row_dimensions[place].height = min(lines * _LINE, _HIGHEST)
    sheet.append(cells)
    # what is written is let go of
    sheet.row_dimensions.pop(place, None)


def _lines(cell: Any, width: float) -> int:  # noqa: ANN401 - openpyxl has no type for it
    if cell is None or not isinstance(cell.value, str):
        return 1
    return sum(max(1, ceil(len(line) * _WIDER / width)) for line in cell.value.split("\n"))


def _widths(heads: Sequence[str], rows: list[list[Any]], columns: Sequence[str]) -> Iterator[float]:
    for place, head in enumerate(heads):
        column = columns[place] if columns else ""
        longest = max((_length(row[place]) for row in rows), default=0)
        fits = max(len(head) + _BUTTON, longest + 2, _NARROWEST)
        yield min(_WIDE.get(column, fits), max(fits, 20)) if column in _WIDE else min(fits, _WIDEST)


def _length(value: Any) -> int:  # noqa: ANN401 - what a cell holds
    if isinstance(value, str):
        return max(map(len, value.splitlines()), default=0)
    if isinstance(value, float):
        return len("00,00000")
    return len(str(value)) if value is not None else 0


def _head(sheet: WriteOnlyWorksheet, name: str) -> Any:  # noqa: ANN401 - openpyxl has no type
    cell = WriteOnlyCell(sheet, value=name)
    cell.font, cell.fill, cell.alignment = _BOLD, _HEAD_FILL, _BROKEN
    return cell


def _cell(sheet: WriteOnlyWorksheet, value: Any, look: str | None) -> Any:  # noqa: ANN401
    if value is None:
        return None
    if not isinstance(value, str):
        cell = WriteOnlyCell(sheet, value=value)
        cell.alignment = _LEFT if isinstance(value, date) or look == _NUMBERED else _TOP
        if isinstance(value, date):
            look = _MOMENT_LOOK if isinstance(value, datetime) else _DAY_LOOK
        if look:
            cell.number_format = look
        return cell
    text = _NO_XML.sub("\ufffd", written.with_plain_lines(value))
    cell = WriteOnlyCell(sheet, value=_ESCAPED.sub("_x005F_", text))
    # told as text, a cell is never a formula, whatever it begins with
    cell.data_type = "s"
    cell.quotePrefix = formulas.is_formula(text)
    cell.alignment = _BROKEN
    return cell
