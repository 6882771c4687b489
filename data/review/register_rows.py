"""From cells to entries: what each row says, what it leaves open, and what it lacks.

Words are read as people write them, in Swedish: "idé", "mot", "på torget", "24 november 2026".
What cannot be read is kept in words and asked about, once for each word; no row is lost for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import chain
from typing import Literal

from data import rules
from data.enums import AgeBand, Channel, Kind, PlaceHow, Relation, Stance
from data.geodata import layers, places
from data.models import PLACE_WORDS_MAX, Decision, Place
from data.review import register_fields, register_words, registering, vocabulary
from data.review.register_fields import Columns
from data.review.register_table import Table
from data.review.registering import Entry, EntryError
from data.written import clean_text

# one to each row: told for many at once by a merged cell they would be counted many times
_OWN = frozenset({"text", "persons"})
# without an answer the row cannot be kept
MUST_BE_ANSWERED = frozenset({"received", "persons"})
# never made up where the cell has an error or a formula in place of a value
_SURE = frozenset({"text", "persons", "received"})
_MEMBERS: dict[str, type[StrEnum]] = {
    "kind": Kind,
    "stance": Stance,
    "channel": Channel,
    "age": AgeBand,
    "relation": Relation,
}
Answer = str | int | date | None
# (field, word as `asked` gives it) -> what an official says that it is; None leaves it open
Answers = Mapping[tuple[str, str], Answer]


@dataclass(frozen=True)
class Usual:
    """What holds for a row that does not say it itself."""

    channel: Channel
    received_on: date
    kind: Kind = Kind.IDEA


RowCode = Literal["unread", "merged", "bad_date", "bad_persons", "too_long"]
FaultCode = RowCode | registering.EntryCode | rules.ReceivedCode


@dataclass(frozen=True)
class Row:
    """A row as it was read. `entry` is None when `fault` says why it cannot be kept.

    Attributes
    ----------
    field
        Where the fault stands.
    notes
        Short words for what is worth a look: ``place_in_words``, ``place_outside``, ``in_words``,
        ``serial``, ``merged``, ``unread``, ``hidden``, ``torn`` or ``same_above``.
    unknown
        Field and word of what could not be read, whether it has been answered or not.
    left_out
        Words of this row that are in no column that is read.
    """

    number: int
    text: str
    entry: Entry | None
    fault: FaultCode | None = None
    field: str | None = None
    notes: tuple[str, ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """A word that could not be read, and how many rows say it."""

    field: str
    word: str
    count: int


class _FaultError(ValueError):
    code: RowCode

    def __init__(self, field: str, code: RowCode) -> None:
        super().__init__(code)
        self.field, self.code = field, code


def rows(
    table: Table,
    columns: Columns,
    usual: Usual,
    decision: Decision,
    *,
    today: date,
    headings: int | None,
    answers: Answers | None = None,
) -> list[Row]:
    """Read every row below the headings with the columns that were chosen."""
    start = 0 if headings is None else headings + 1
    torn = {n for one in table.remarks if one.code == "torn" for n in one.where}
    unread = register_fields.left_out(table.rows, columns, headings)
    read = []
    for cells, number in zip(table.rows[start:], table.numbers[start:], strict=True):
        reading = _Reading(table, columns, usual, answers or {}, number, cells)
        row = _checked(reading, decision, today)
        seen = [
            *row.notes,
            *(["hidden"] if number in table.hidden else []),
            *(["torn"] if str(number) in torn else []),
        ]
        left = tuple(cells[one.column].strip() for one in unread if cells[one.column].strip())
        read.append(replace(row, notes=tuple(seen), left_out=left))
    return _with_repeats(read)


def questions(read: Sequence[Row]) -> list[Question]:
    """Return each word that could not be read once: those that must be answered, then by field."""
    counted = Counter(chain.from_iterable(set(row.unknown) for row in read))
    fields = sorted(register_fields.FIELDS, key=lambda field: field not in MUST_BE_ANSWERED)
    asked = sorted(counted, key=lambda one: (fields.index(one[0]), -counted[one], one[1]))
    return [Question(field, word, counted[field, word]) for field, word in asked]


def asked(word: str) -> str:
    """Return a word as it is asked about: alike for all rows that say it."""
    return " ".join(word.split())


class _Reading:
    """One row while it is read: what it says, what has to be asked, and what is worth a look."""

    def __init__(
        self,
        table: Table,
        columns: Columns,
        usual: Usual,
        answers: Answers,
        number: int,
        cells: Sequence[str],
    ) -> None:
        self.number, self.usual, self.is_1904 = number, usual, table.is_1904
        self._answers = answers
        self._cells = {field: cells[at] if at is not None else "" for field, at in columns.items()}
        self._merged = {
            field
            for field, at in columns.items()
            if at is not None and (number, at) in table.merged
        }
        self._unread = {
            field
            for field, at in columns.items()
            if at is not None and (number, at) in table.unread
        }
        self.text = self._cells.get("text", "")
        self.notes: list[str] = ["merged"] if self._merged else []
        self.notes += ["unread"] if self._unread else []
        self.unknown: list[tuple[str, str]] = []

    def word(self, field: str) -> str:
        """Return what the row says in a field, without the space around it."""
        return asked(self._cells.get(field, ""))

    def check_own(self) -> None:
        """Pass if what belongs to one row alone can be read, and comes from no merged cell."""
        for field in sorted(self._unread & _SURE):
            raise _FaultError(field, "unread")
        for field in sorted(self._merged & _OWN):
            raise _FaultError(field, "merged")

    def note(self, code: str) -> None:
        """Remember what is worth a look."""
        if code not in self.notes:
            self.notes.append(code)

    def ask(self, field: str) -> Answer:
        """Remember that a word could not be read, and give what it is, if that is answered."""
        word = self.word(field)
        self.unknown.append((field, word))
        return self._answers.get((field, word))


def _checked(reading: _Reading, decision: Decision, today: date) -> Row:
    fault: tuple[FaultCode, str | None] | None = None
    entry = None
    try:
        entry = _entry(reading)
        registering.check(decision, entry, today=today)
    except _FaultError as error:
        fault = error.code, error.field
    except EntryError as error:
        fault = error.code, None
    code, field = fault or (None, None)
    return Row(
        reading.number,
        reading.text,
        None if fault else entry,
        code,
        field,
        tuple(reading.notes),
        tuple(reading.unknown),
    )


def _entry(reading: _Reading) -> Entry:
    # all is read before anything is refused, so that all questions stand at once
    day, persons = _day(reading), _persons(reading)
    said = {field: _member(reading, field) for field in _MEMBERS}
    entry = Entry(
        text=reading.text,
        channel=Channel(said["channel"] or reading.usual.channel),
        received_on=day or reading.usual.received_on,
        kind=Kind(said["kind"] or reading.usual.kind),
        stance=Stance(said["stance"] or Stance.NONE),
        persons=1 if persons is None else persons,
        home=_home(reading),
        age_band=AgeBand(said["age"]) if said["age"] else None,
        relation=Relation(said["relation"]) if said["relation"] else None,
    )
    entry = replace(_placed(reading, entry), told=tuple(reading.unknown), row=reading.number)
    reading.check_own()
    if day is None and reading.word("received"):
        raise _FaultError("received", "bad_date")
    if persons is None and reading.word("persons"):
        raise _FaultError("persons", "bad_persons")
    return entry


def _member(reading: _Reading, field: str) -> str | None:
    word, sort = reading.word(field), _MEMBERS[field]
    if not word:
        return None
    found = register_words.age(word) if field == "age" else vocabulary.member(sort, word)
    if found is not None:
        return found
    answer = reading.ask(field)
    if answer is None:
        reading.note("in_words")
        # how it came in is known in words alone, which is not the same as the usual way
        return Channel.OTHER if field == "channel" else None
    return sort(str(answer))


def _home(reading: _Reading) -> str | None:
    word = reading.word("home")
    if not word:
        return None
    found = vocabulary.home(word)
    if found is not None:
        return found
    answer = reading.ask("home")
    if answer is None:
        reading.note("in_words")
        return None
    return str(answer)


def _day(reading: _Reading) -> date | None:
    word = reading.word("received")
    if not word:
        return None
    found = register_words.day(word)
    if found is not None:
        return found
    found = register_words.serial_day(word, is_1904=reading.is_1904)
    if found is not None:
        reading.note("serial")
        return found
    answer = reading.ask("received")
    return answer if isinstance(answer, date) else None


def _persons(reading: _Reading) -> int | None:
    word = reading.word("persons")
    if not word:
        return None
    found = register_words.persons(word)
    if found is not None:
        return found
    answer = reading.ask("persons")
    return answer if isinstance(answer, int) else None


def _placed(reading: _Reading, entry: Entry) -> Entry:
    """Find the place: coordinates, a name that one place alone has, or else the words as told."""
    word, spot = reading.word("place"), _coordinates(reading)
    if not word and not spot:
        return entry
    said = _fit(word or spot)
    for written in (spot, word):
        point = register_words.point(written)
        if point is not None:
            return _pinned(reading, entry, point, said, is_named=bool(word) and written is spot)
    if spot:
        # numbers that are no place here: kept, so that they can be looked at
        reading.note("place_in_words")
        both = f"{word} ({spot})" if word else spot
        return replace(entry, place_words=_fit(both))
    hits = register_words.places_named(word)
    if len(hits) != 1:
        answer = reading.ask("place")
        hits = tuple(hit for hit in places.everywhere() if register_words.place_key(hit) == answer)
    if not hits:
        reading.note("place_in_words")
        return replace(entry, place_words=word)
    return replace(_at(entry, hits[0]), place_words=word)


def _fit(said: str) -> str:
    if len(said) > PLACE_WORDS_MAX:
        raise _FaultError("place", "too_long")
    return said


def _coordinates(reading: _Reading) -> str:
    """Return north and east as one text, whatever the headings and the decimals."""
    pair = ["".join(reading.word(field).split()).replace(",", ".") for field in ("north", "east")]
    return " ".join(one for one in pair if one)


def _pinned(
    reading: _Reading, entry: Entry, point: tuple[float, float], said: str, *, is_named: bool
) -> Entry:
    found = replace(entry, place_how=PlaceHow.PIN, lon=point[0], lat=point[1])
    if layers.locator().codes(*point) is None:
        reading.note("place_outside")
        return replace(entry, place_words=said)
    return replace(found, place_words=said) if is_named else found


def _at(entry: Entry, hit: Place) -> Entry:
    if hit.deso:
        return replace(entry, place_how=PlaceHow.NEIGHBOURHOOD, deso=hit.deso)
    return replace(entry, place_how=PlaceHow.PIN, lon=hit.lon, lat=hit.lat)


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
