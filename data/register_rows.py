"""From cells to entries: which column holds what, and what each row says or lacks.

Words are read as people write them, in Swedish: "idé", "mot", "på torget", "2026-11-24".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from data import layers, places, registering, told
from data.models import AgeBand, Channel, Decision, Kind, PlaceHow, Relation, Stance
from data.points import fold
from data.register_table import Table
from data.registering import Entry, EntryError
from data.written import clean_text
from geo.areas import AreaError
from geo.corners import parse_corners

# field -> how the column may be headed; the first is how our own template heads it
HEADINGS: dict[str, tuple[str, ...]] = {
    "text": ("synpunkt", "synpunkten", "text", "kommentar", "åsikt", "inlägg", "fritext"),
    "place": ("plats", "platsen", "var", "adress", "ställe", "läge"),
    "kind": ("slag", "typ", "sort", "art"),
    "stance": ("för eller emot", "ställning", "ställningstagande", "för/emot", "för/mot"),
    "channel": ("kom in", "kanal", "kom in via", "hur", "inkom via", "sätt"),
    "received": ("datum", "kom in den", "inkom", "inkommen", "mottagen", "dag", "inkommet"),
    "persons": ("antal personer", "personer", "antal", "hur många"),
    "home": ("bor i", "bostadsområde", "bor", "område"),
    "age": ("ålder", "åldersgrupp"),
    "relation": ("koppling", "anknytning", "relation"),
}  # fmt: skip
FIELDS = tuple(HEADINGS)
_WORDS: dict[type[StrEnum], dict[StrEnum, tuple[str, ...]]] = {
    Kind: {
        Kind.LIKE: ("något bra", "bra", "beröm", "positivt", "gillar"),
        Kind.CONCERN: ("oro", "problem", "negativt", "klagomål", "farhåga"),
        Kind.IDEA: ("idé", "förslag", "önskemål"),
        Kind.QUESTION: ("fråga", "undran"),
    },
    Stance: {
        Stance.FOR: ("för", "ja", "positiv", "bra"),
        Stance.AGAINST: ("emot", "mot", "nej", "negativ"),
        Stance.BOTH: ("både för och emot", "både och", "blandat"),
        Stance.NONE: ("tar inte ställning", "vet inte", "neutral", "ingen"),
    },
    Channel: {
        Channel.LETTER: ("brev", "post", "vykort", "e-post", "mejl", "mail"),
        Channel.PHONE: ("telefon", "samtal", "telefonsamtal", "ringde"),
        Channel.MEETING: ("möte", "samrådsmöte", "dialogmöte"),
        Channel.SQUARE: ("på torget", "torgmöte", "torg", "torget"),
        Channel.SCHOOL: ("skola", "skolan", "elevråd"),
    },
    AgeBand: {
        AgeBand.CHILD: ("0–15 år", "0-15", "barn"),
        AgeBand.YOUTH: ("16–24 år", "16-24", "ungdom"),
        AgeBand.ADULT: ("25–64 år", "25-64", "vuxen"),
        AgeBand.SENIOR: ("65–79 år", "65-79"),
        AgeBand.OLD: ("80 år eller äldre", "80+", "80-"),
    },
    Relation: {
        Relation.LIVES: ("jag bor i närheten", "bor", "bor i närheten", "boende"),
        Relation.WORKS: ("jag arbetar i närheten", "arbetar", "arbetar i närheten"),
        Relation.STUDIES: ("jag går i skolan i närheten", "elev", "studerar", "går i skolan"),
        Relation.PASSES: (
            "jag brukar vara på platsen eller åka förbi", "besöker", "åker förbi",
        ),
    },
}  # fmt: skip
_ELSEWHERE = ("i en annan kommun", "annan kommun", "annan ort", "utanför")
_PERSONS = re.compile(r"\d{1,6}")
_ISO = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[ T].*)?")
_SWEDISH = re.compile(r"(\d{1,2})[/.](\d{1,2})[ /.-](\d{4})")
_AGES = ((15, AgeBand.CHILD), (24, AgeBand.YOUTH), (64, AgeBand.ADULT), (79, AgeBand.SENIOR))
OLDEST = 120
Member = TypeVar("Member", bound=StrEnum)
Columns = dict[str, int | None]


@dataclass(frozen=True)
class Usual:
    """What holds for a row that does not say it itself."""

    channel: Channel
    received_on: date
    kind: Kind = Kind.IDEA


@dataclass(frozen=True)
class Row:
    """A row as it was read. `entry` is None when `fault` says why it cannot be kept.

    `field` is where the fault stands; `notes` are short words for what is worth a look:
    ``place_in_words``, ``same_above`` or ``known``.
    """

    number: int
    text: str
    entry: Entry | None
    fault: str | None = None
    field: str | None = None
    notes: tuple[str, ...] = ()


class _FieldError(ValueError):
    def __init__(self, field: str, code: str) -> None:
        super().__init__(code)
        self.field, self.code = field, code


def guess(first: Sequence[str]) -> Columns:
    """Guess from the first row which column holds which field; None for those it does not name."""
    heads = [fold(head) for head in first]
    found: Columns = dict.fromkeys(FIELDS)
    for field, names in HEADINGS.items():
        free = [n for n in range(len(heads)) if n not in found.values()]
        found[field] = next((n for name in names for n in free if heads[n] == fold(name)), None)
    return found


def has_headings(first: Sequence[str]) -> bool:
    """Tell whether the first row names columns and says nothing itself."""
    return any(column is not None for column in guess(first).values())


def rows(
    table: Table,
    columns: Columns,
    usual: Usual,
    decision: Decision,
    *,
    today: date,
    skip_first: bool,
) -> list[Row]:
    """Read every row with the columns that were chosen."""
    start = 1 if skip_first else 0
    read = [
        _row(number, cells, columns, usual, decision, today)
        for cells, number in zip(table.rows[start:], table.numbers[start:], strict=True)
    ]
    return _with_repeats(read)


def _row(
    number: int,
    cells: Sequence[str],
    columns: Columns,
    usual: Usual,
    decision: Decision,
    today: date,
) -> Row:
    said = {field: cells[at] if at is not None else "" for field, at in columns.items()}
    text = said["text"]
    try:
        entry, notes = _entry(said, usual)
    except _FieldError as error:
        return Row(number, text, None, error.code, error.field)
    try:
        registering.check(decision, entry, today=today)
    except EntryError as error:
        return Row(number, text, None, error.code)
    return Row(number, text, entry, notes=notes)


def _entry(said: Mapping[str, str], usual: Usual) -> tuple[Entry, tuple[str, ...]]:
    entry = Entry(
        text=said["text"],
        channel=_member("channel", Channel, said["channel"]) or usual.channel,
        received_on=_day(said["received"]) or usual.received_on,
        kind=_member("kind", Kind, said["kind"]) or usual.kind,
        stance=_member("stance", Stance, said["stance"]) or Stance.NONE,
        persons=_persons(said["persons"]),
        home=_home(said["home"]),
        age_band=_age(said["age"]),
        relation=_member("relation", Relation, said["relation"]),
    )
    return _placed(entry, said["place"])


def _member(field: str, sort: type[Member], word: str) -> Member | None:
    if not word:
        return None
    for member, names in _WORDS[sort].items():
        if fold(word) in {fold(name) for name in names} or word == member.value:
            return sort(member)
    raise _FieldError(field, "unknown_word")


def _day(word: str) -> date | None:
    if not word:
        return None
    iso, swedish = _ISO.fullmatch(word), _SWEDISH.fullmatch(word)
    parts = iso.groups() if iso else swedish.groups()[::-1] if swedish else ()
    try:
        return date(*(int(part) for part in parts))
    except (TypeError, ValueError):
        raise _FieldError("received", "bad_date") from None


def _persons(word: str) -> int:
    if not word:
        return 1
    if not _PERSONS.fullmatch(word):
        raise _FieldError("persons", "bad_persons")
    return int(word)


def _age(word: str) -> AgeBand | None:
    if word.isascii() and word.isdigit() and len(word) <= 3:
        years = int(word)
        if years > OLDEST:
            raise _FieldError("age", "unknown_word")
        return next((band for most, band in _AGES if years <= most), AgeBand.OLD)
    return _member("age", AgeBand, word)


def _home(word: str) -> str | None:
    if not word:
        return None
    asked = fold(word)
    if asked in {fold(name) for name in _ELSEWHERE}:
        return told.ELSEWHERE
    areas = layers.frame(layers.DESO)["name"]
    found = [
        str(code) for code, name in areas.items() if asked in {fold(str(name)), fold(str(code))}
    ]
    if len(found) != 1:
        raise _FieldError("home", "unknown_home")
    return found[0]


def _placed(entry: Entry, word: str) -> tuple[Entry, tuple[str, ...]]:
    """Find the place: coordinates, a name that one place alone has, or else the words as told."""
    if not word:
        return entry, ()
    point = _point(word)
    if point is not None:
        return replace(entry, place_how=PlaceHow.PIN, lon=point[0], lat=point[1]), ()
    hits = [hit for hit in places.search(word) if fold(hit.name) == fold(word)]
    spots = [hit for hit in hits if not hit.deso] or hits
    if len(spots) != 1:
        return replace(entry, place_words=word), ("place_in_words",)
    (hit,) = spots
    if hit.deso:
        found = replace(entry, place_how=PlaceHow.NEIGHBOURHOOD, deso=hit.deso)
    else:
        found = replace(entry, place_how=PlaceHow.PIN, lon=hit.lon, lat=hit.lat)
    return replace(found, place_words=word), ()


def _point(word: str) -> tuple[float, float] | None:
    try:
        points = parse_corners(word)
    except AreaError:
        return None
    return points[0] if len(points) == 1 else None


def _with_repeats(read: list[Row]) -> list[Row]:
    """Note the rows whose text stands above too: a list of names does so, a slip does as well."""
    seen: set[str] = set()
    noted = []
    for row in read:
        words = clean_text(row.text).casefold()
        repeated = row.entry is not None and words in seen
        noted.append(replace(row, notes=(*row.notes, "same_above")) if repeated else row)
        seen.add(words)
    return noted
