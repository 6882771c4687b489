"""What a spreadsheet could take for a formula, and how a cell of a CSV file is made harmless."""

from __future__ import annotations

import re
import unicodedata

# what Excel, LibreOffice and Google's sheets take for the beginning of a formula, and a minus sign
_BEGINNINGS = frozenset("=+-@\u2212")
# before it may stand what is not seen
_BEFORE = re.compile(
    r"^[\s\x00-\x1f\x7f-\x9f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]*"
)
_ENDS_A_CELL = frozenset("\t\r\n")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet could run `text`; a plain negative number it cannot.

    Wide and small forms count as the sign they are, since some spreadsheets read them so.

    >>> is_formula(" =1+1"), is_formula("＝1+1"), is_formula("-3"), is_formula("hej = nej")
    (True, True, False, False)
    """
    before = _BEFORE.match(text)
    assert before is not None
    first = unicodedata.normalize("NFKC", text[before.end() : before.end() + 1])
    is_one = not _ENDS_A_CELL.isdisjoint(before[0]) or not _BEGINNINGS.isdisjoint(first[:1])
    return is_one and not _NUMBER.fullmatch(text)


def harmless(value: object) -> object:
    """Return `value` so that no spreadsheet runs it.

    >>> harmless("=1+1"), harmless("hej"), harmless(-3)
    ("'=1+1", 'hej', -3)
    """
    return f"'{value}" if isinstance(value, str) and is_formula(value) else value
