"""Which column of a table holds what: how people head it, and where the headings stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from data.text_normalization import fold

# field -> how the column may be headed; the first is how our own template heads it
HEADINGS: dict[str, tuple[str, ...]] = {
    "text": ("synpunkt", "synpunkten", "synpunkter", "text", "kommentar", "kommentarer", "åsikt",
             "inlägg", "fritext", "vad personen sade eller skrev", "comment", "comments",
             "opinion"),
    "place": ("plats", "platsen", "var", "adress", "ställe", "läge", "place", "location",
              "address"),
    "north": ("nord", "norr", "n", "latitud", "latitude", "lat", "y", "nordkoordinat",
              "n-koordinat", "y-koordinat", "northing"),
    "east": ("öst", "ost", "öster", "e", "longitud", "longitude", "lon", "long", "lng", "x",
             "östkoordinat", "e-koordinat", "x-koordinat", "easting"),
    "kind": ("slag", "typ", "sort", "art", "vad är det?", "kind", "type"),
    "stance": ("för eller emot", "ställning", "ställningstagande", "för/emot", "för/mot",
               "stance", "for or against"),
    "channel": ("kom in", "kanal", "kom in via", "hur", "inkom via", "sätt", "hur den kom in",
                "hur de kom in", "channel"),
    "received": ("datum", "kom in den", "inkom", "inkommen", "mottagen", "dag", "inkommet",
                 "dagen den kom in", "date", "received", "received on"),
    "persons": ("antal personer", "personer", "antal", "hur många", "persons", "people",
                "number of people"),
    "home": ("bor i", "bostadsområde", "bor", "område", "stadsdel", "lives in", "neighbourhood"),
    "age": ("ålder", "åldersgrupp", "age", "age group"),
    "relation": ("koppling", "anknytning", "relation", "koppling till platsen"),
}  # fmt: skip
FIELDS = tuple(HEADINGS)
NAMES = frozenset(fold(name) for names in HEADINGS.values() for name in names)
# what the numbers mean stands in brackets: "N (SWEREF 99 TM)"
_ASIDE = re.compile(r"\([^()]*\)")
# how far down the headings are looked for: titles stand above them
LOOKED_AT = 10
Columns = dict[str, int | None]


@dataclass(frozen=True)
class LeftOut:
    """A column with something in it that no field is read from; `words` is what stands first."""

    column: int
    heading: str
    count: int
    words: str


def guess(first: Sequence[str]) -> Columns:
    """Guess from the headings which column holds which field; None for those not named."""
    heads = [fold(_ASIDE.sub("", head)) for head in first]
    found: Columns = dict.fromkeys(FIELDS)
    for field, names in HEADINGS.items():
        free = [n for n in range(len(heads)) if n not in found.values()]
        found[field] = next((n for name in names for n in free if heads[n] == fold(name)), None)
    return found


def has_headings(first: Sequence[str]) -> bool:
    """Tell whether a row names columns and says nothing itself.

    In a list without columns that is the name of the comment alone. A lone "x" or "n" beside what
    somebody said is a tick or a no, and no coordinate.
    """
    found = {field for field, column in guess(first).items() if column is not None}
    if "text" in found or len(found) > 1:
        return True
    return len(first) > 1 and bool(found - {"north", "east"})


def heading_row(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the index of the row with the headings, or None when no row names columns.

    Below the first row it has to name the comment and something more, or be all that it says, or
    be the first with more than one cell: among what people said a single word may happen to be the
    name of a column.
    """
    found = [n for n in range(1, min(LOOKED_AT, len(rows))) if _is_heading(rows, n)]
    if not rows or not has_headings(rows[0]):
        return found[0] if found else None
    # a title may be a word that is a heading too, but not two
    is_sure = _named(rows[0]) > 1
    return next((n for n in found if not is_sure and _named(rows[n]) > 1), 0)


def _named(row: Sequence[str]) -> int:
    return sum(column is not None for column in guess(row).values())


def _filled(row: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)


def _is_heading(rows: Sequence[Sequence[str]], n: int) -> bool:
    if guess(rows[n])["text"] is None:
        return False
    is_first_wide = _filled(rows[n]) > 1 and all(_filled(row) == 1 for row in rows[:n])
    return _named(rows[n]) > 1 or _filled(rows[n]) == 1 or is_first_wide


def left_out(
    rows: Sequence[Sequence[str]], columns: Columns, headings: int | None
) -> list[LeftOut]:
    """Return the columns whose words would not be kept."""
    start = 0 if headings is None else headings + 1
    used = set(columns.values())
    found = []
    for at in range(len(rows[0]) if rows else 0):
        words = [row[at].strip() for row in rows[start:] if row[at].strip()]
        if words and at not in used:
            head = "" if headings is None else rows[headings][at].strip()
            found.append(LeftOut(at, head, len(words), words[0]))
    return found
