"""Reads rows out of text: pasted from a spreadsheet, or a CSV file as programs save it.

A paste has the tab between cells and nothing else, and a quotation mark is a letter: nothing that
somebody said is taken for a sign. In a file a quotation mark holds a cell together only where it is
closed again at the end of the cell; else it is a letter too. (Python's own reader of CSV drops the
marks of `"Bra" sa hon`, and lets a mark that is never closed swallow all rows that follow.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from data.text_normalization import fold
from data.uploads.table_parts import Line, Remark, Sheet, TableError

DELIMITERS = ("\t", ";", ",", "|")
_MARK = '"'
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SEP = re.compile(r"\ufeff?\"?sep=(.)\"?[;,\t]*", re.IGNORECASE)
# a file is told apart by its first rows
_LOOKED_AT = 30
_TORN_MAX = 100


def decoded(content: bytes) -> str:
    """Return the text of a file: UTF-8, UTF-16 or what Swedish Windows saves.

    Raises
    ------
    TableError
        ``not_text``.
    """
    for encoding in ("utf-16",) if content.startswith(_UTF16) else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableError("not_text")


def pasted(text: str, headings: frozenset[str]) -> Sheet:
    """Read each line as a row, with a tab between the cells; told is one that looks like a file."""
    lines = _lines(text)
    rows = [Line(n, tuple(line.split("\t"))) for n, line in enumerate(lines, start=1)]
    torn = _torn(rows)
    remarks = [Remark("torn", tuple(map(str, torn)))] if torn else []
    if "\t" not in text and is_headed(text, headings):
        remarks.append(Remark("csv", ("1",)))
    return Sheet(tuple(rows), len(lines), 0, tuple(remarks))


def separated(text: str, delimiter: str) -> Sheet:
    """Read a CSV file with `delimiter` between its cells; empty for one cell a line."""
    lines = _lines(text)
    skip = 1 if lines and _SEP.fullmatch(lines[0]) else 0
    body = "\n".join(lines[skip:])
    records = enumerate(_records(body, delimiter), start=skip + 1) if body else ()
    rows = tuple(Line(number, tuple(cells)) for number, cells in records)
    remarks = (Remark("sep_line", ("1",)),) if skip else ()
    return Sheet(rows, len(lines), len(lines) - skip - len(rows), remarks)


def delimiter_of(text: str, headings: frozenset[str]) -> str:
    """Tell what stands between the cells of a CSV file; empty when each line is one cell.

    It is the one that a ``sep=`` line names, else the one that shows the most of `headings`
    (folded), else the one that gives every row as many cells. A comma in what people wrote stands
    here and there, and is then a comma.
    """
    lines = _lines(text)
    told = _SEP.fullmatch(lines[0]) if lines else None
    if told:
        return told[1]
    body = "\n".join(lines)
    looked = {
        sign: [row for row in islice(_records(body, sign), _LOOKED_AT) if any(map(str.strip, row))]
        for sign in DELIMITERS
    }
    if not all(looked.values()):
        # nothing but signs: there are no rows
        return next(sign for sign, rows in looked.items() if not rows)
    split = {sign: rows for sign, rows in looked.items() if max(map(len, rows), default=0) > 1}
    named = {sign: max(_named(row, headings) for row in rows) for sign, rows in split.items()}
    best = max(named, key=lambda sign: named[sign], default="")
    if best and named[best]:
        return best
    return next((sign for sign, rows in split.items() if _is_even(rows)), "")


def is_headed(text: str, headings: frozenset[str]) -> bool:
    """Tell whether a text is a CSV file by its headings: at least two with a sign between."""
    return any(
        _named(row, headings) > 1
        for sign in DELIMITERS
        for row in islice(_records("\n".join(_lines(text)), sign), _LOOKED_AT)
    )


def _named(row: Sequence[str], headings: frozenset[str]) -> int:
    # a list without columns may be headed by one name too
    return len({fold(cell) for cell in row} & headings) if len(row) > 1 else 0


def _is_even(rows: list[list[str]]) -> bool:
    is_prose = any(cell.startswith(" ") for row in rows for cell in row[1:])
    return len(rows) > 1 and len({len(row) for row in rows}) == 1 and not is_prose


def _lines(text: str) -> list[str]:
    """Cut at line ends alone: `str.splitlines` cuts at signs that Word puts inside a cell."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    ends = re.escape(delimiter)
    cell = re.compile(rf'"((?:[^"]|"")*+)"(?=[{ends}\n]|\Z)|([^{ends}\n]*)')
    at, row = 0, list[str]()
    while True:
        found = cell.match(text, at)
        assert found is not None
        quoted, plain = found.groups()
        row.append(plain if quoted is None else quoted.replace(_MARK * 2, _MARK))
        at = found.end()
        if at == len(text) or text[at] == "\n":
            yield row
            row = []
            if at == len(text):
                return
        at += 1


def _torn(rows: Sequence[Line]) -> list[int]:
    """Return the rows that look like one cell with line breaks, as a spreadsheet quotes it.

    The first one's last cell opens a quotation, and no mark is odd until a row's first cell ends
    with one.
    """
    found: list[int] = []
    at = 0
    while at < len(rows):
        end = _end_of_torn(rows, at)
        if end is None:
            at += 1
            continue
        found += [row.number for row in rows[at : end + 1]]
        # what closes one may open the next
        at = end if _opens(rows[end]) and end > at else end + 1
    return sorted(set(found))


def _opens(row: Line) -> bool:
    last = row.cells[-1]
    return last.startswith(_MARK) and last.count(_MARK) % 2 == 1


def _end_of_torn(rows: Sequence[Line], at: int) -> int | None:
    if not _opens(rows[at]):
        return None
    for n in range(at + 1, min(at + 1 + _TORN_MAX, len(rows))):
        first = rows[n].cells[0]
        if first.count(_MARK) % 2 == 1:
            return n if first.endswith(_MARK) else None
        if len(rows[n].cells) > 1:
            return None
    return None
