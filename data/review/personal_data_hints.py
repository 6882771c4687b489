"""What in a text may tell who somebody is: a help for the reader, never a decision."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache

from data import municipality
from data.review.given_names import SURE, UNSURE

# what a queue may hold at once; a text is looked through once
REMEMBERED = 8_192


class HintKind(StrEnum):
    """What the words may be."""

    PERSONAL_NUMBER = "personal_number"
    # the shape and the day are right but not the check digit: perhaps a slip of the pen
    LIKE_PERSONAL_NUMBER = "like_personal_number"
    EMAIL = "email"
    WEB = "web"
    PHONE = "phone"
    ADDRESS = "address"
    CAR = "car"
    NAME = "name"


@dataclass(frozen=True)
class Hint:
    """Words that may be personal: ``text[start:end]``."""

    kind: HintKind
    start: int
    end: int


_DASHES = "-+\u2010\u2011\u2012\u2013\u2212"
_NUMBER = re.compile(
    rf"(?<![0-9])(19|20)?([0-9]{{6}})(\s{{0,3}}[{_DASHES}]?\s{{0,3}})([0-9]{{4}})(?![0-9])"
)
# the same with room between other digits too
_SPREAD = re.compile(rf"[0-9]+(?:\s{{1,2}}[{_DASHES}]?\s{{0,2}}[0-9]+|[{_DASHES}]\s{{0,2}}[0-9]+)+")
_DIGITS = re.compile("[0-9]+")
_EMAIL = re.compile(r"[^\s@<>(),;:]+@[^\s@<>()]+\.[^\s@<>().,;:!?]+")
_WEB = re.compile(r"(?:https?://|www\.)\S+")
_PHONE = re.compile(r"(?<![\d+])(?:(?:\+|00)46|0)[ -]?(?:\(0\))?\d(?:[ \u00a0-]?\d){5,11}(?!\d)")
# the letters of a plate; the last one is a digit or a letter other than O
_CAR = re.compile(r"\b[A-HJ-PR-UW-Z]{3}[ -]?\d{2}(?:\d|[A-HJ-NPR-UW-Z])\b")
_STREET = re.compile(
    r"\b([a-zåäöéA-ZÅÄÖÉ]{2,}(?:gatan|gata|vägen|väg|gränden|gränd|stigen|stig|torget|torg|backen"
    r"|allén|allé|leden|kajen|vreten|platsen|slingan|ringen)) \d{1,3}(?: ?[A-Za-z]\b|\b)"
    r"(?! ?(?:km|m|meter|min|minuter|år|st|procent|%|kr|kronor|:|\d))"
)
# roads that nobody lives at
_ROADS = re.compile(
    r"(?:läns|riks|motor|europa|cykel|gång|gångs|bil)?"
    r"(?:väg|vägen|stig|stigen|platsen|leden|ringen|torget|backen)",
    re.IGNORECASE,
)
_WORD = r"[A-ZÅÄÖÉ][a-zåäöéü]+"
_SURNAME = rf"(?:{_WORD}(?:ss?on|zon)|{_WORD}(?:ström|berg|gren|kvist|qvist|lund|dahl|mark|blad))"
_NAME = re.compile(
    rf"(?<![\w-])({_WORD})((?:-{_WORD})?)((?: (?:(?:[A-ZÅÄÖ]\.|{_WORD}) )?{_SURNAME})?)(?![\w-])"
)
_ONLY_SURNAME = re.compile(r"(?<![\w-])[A-ZÅÄÖÉ][a-zåäöéü]{2,}sson(?:s)?(?![\w-])")
# what stands after a name in the name of a place, so that "Annas plats" is a place
_PLACE_WORDS = (
    *("gata", "väg", "plats", "torg", "park", "skola", "kulle", "backe", "gård", "minne"),
    "vårdcentral",
)


def _is_day(digits: str) -> bool:
    """Tell whether YYMMDD is a day; a co-ordination number has 60 added to it."""
    month, day = int(digits[2:4]), int(digits[4:6])
    day = day - 60 if day > 60 else day
    try:
        # 2000 was a leap year, so every day that can be is one
        date(2000, month, day)
    except ValueError:
        return False
    return True


def passes_luhn(digits: str) -> bool:
    """Tell whether the last of ten digits is the check digit of the others.

    >>> passes_luhn("8112189876"), passes_luhn("8112189877")
    (True, False)
    """
    doubled = (int(c) * (2 - i % 2) for i, c in enumerate(digits))
    return sum(n // 10 + n % 10 for n in doubled) % 10 == 0


def _numbers(text: str) -> Iterator[Hint]:
    for found in _NUMBER.finditer(text):
        century, day, dash, last = found.groups()
        if not _is_day(day):
            continue
        if passes_luhn(day + last):
            yield Hint(HintKind.PERSONAL_NUMBER, *found.span())
        elif century or dash.strip():
            yield Hint(HintKind.LIKE_PERSONAL_NUMBER, *found.span())


def _spread_numbers(text: str) -> Iterator[Hint]:
    for run in _SPREAD.finditer(text):
        groups = list(_DIGITS.finditer(text, *run.span()))
        for first in range(len(groups)):
            digits = ""
            for group in groups[first:]:
                digits += group.group()
                if len(digits) >= 12:
                    break
                if len(digits) == 10 and _is_personal(digits):
                    break
            if _is_personal(digits):
                yield Hint(HintKind.PERSONAL_NUMBER, groups[first].start(), group.end())


def _is_personal(digits: str) -> bool:
    if len(digits) == 12 and digits.startswith(("19", "20")):
        digits = digits[2:]
    return len(digits) == 10 and _is_day(digits) and passes_luhn(digits)


def _simple(kind: HintKind, pattern: re.Pattern[str]) -> Callable[[str], Iterator[Hint]]:
    def find(text: str) -> Iterator[Hint]:
        return (Hint(kind, *found.span()) for found in pattern.finditer(text))

    return find


def _addresses(text: str) -> Iterator[Hint]:
    for found in _STREET.finditer(text):
        if not _ROADS.fullmatch(found[1]):
            yield Hint(HintKind.ADDRESS, *found.span())


def _bare(name: str) -> str:
    """Return a name without the s of "Annas"."""
    is_owner = name.endswith("s") and name not in SURE and name not in UNSURE
    return name[:-1] if is_owner else name


@cache
def _place_after() -> re.Pattern[str]:
    words = [*municipality.in_use().after_place_names, *_PLACE_WORDS]
    return re.compile(f" (?:{'|'.join(map(re.escape, words))})", re.IGNORECASE)


@cache
def _safe() -> tuple[str, ...]:
    """Return phrases that are built of given names and mean no person."""
    return tuple(municipality.in_use().no_personal_data)


def _names(text: str) -> Iterator[Hint]:
    for found in _NAME.finditer(text):
        first, second, surname = _bare(found[1]), found[2], found[3]
        is_name = first in SURE or (first in UNSURE and bool(surname or second))
        if not is_name or found.group().startswith(_safe()):
            continue
        if not surname and _place_after().match(text, found.end()):
            continue
        yield Hint(HintKind.NAME, *found.span())


# the surest first: what an earlier one has taken, a later one leaves
_FINDERS: tuple[Callable[[str], Iterator[Hint]], ...] = (
    _simple(HintKind.EMAIL, _EMAIL),
    _simple(HintKind.WEB, _WEB),
    _numbers,
    _simple(HintKind.PHONE, _PHONE),
    _spread_numbers,
    _addresses,
    _simple(HintKind.CAR, _CAR),
    _names,
    _simple(HintKind.NAME, _ONLY_SURNAME),
)


@lru_cache(maxsize=REMEMBERED)
def found(text: str) -> tuple[Hint, ...]:
    """Return what may be personal data in the order it stands; no two overlap.

    >>> [hint.kind.value for hint in found("Ring Anna på 0586-123 45 eller kim@example.org!")]
    ['name', 'phone', 'email']
    """
    seen, places = _as_read(text)
    # with the unseen signs that belong to its last one
    ends = [*places[1:], len(text)]
    taken: list[Hint] = []
    for find in _FINDERS:
        for new in find(seen):
            if all(new.end <= old.start or old.end <= new.start for old in taken):
                taken.append(new)
    taken.sort(key=lambda hint: hint.start)
    return tuple(Hint(one.kind, places[one.start], ends[one.end - 1]) for one in taken)


def _as_read(text: str) -> tuple[str, list[int]]:
    """Return a text as an eye reads it, and where in `text` each of its signs stands.

    Unseen signs between digits, rings round them, and digits of other scripts hide nothing.
    """
    kept: list[tuple[str, int]] = []
    for place, sign in enumerate(text):
        if sign.isascii():
            kept.append((sign, place))
            continue
        sort = unicodedata.category(sign)
        if sort == "Cf" or (sort in {"Mn", "Me"} and kept and kept[-1][0].isdecimal()):
            continue
        digit = unicodedata.decimal(sign, None) if sort == "Nd" else None
        kept.append((sign if digit is None else str(digit), place))
    return "".join(sign for sign, _ in kept), [place for _, place in kept]


def found_in(text: str) -> list[str]:
    """Return the words that may be personal data, each once, in the order they stand.

    >>> found_in("Ring 0586-123 45 eller kim@example.org!")
    ['0586-123 45', 'kim@example.org']
    """
    words = (text[hint.start : hint.end].strip() for hint in found(text))
    return list(dict.fromkeys(words))


_ANY = re.compile(r"[^\s]+")
_EDGES = ".,;:!?()[]{}\"'”’«»…"


def words_of(text: str) -> list[str]:
    """Return the words of a text, each once, without the marks around them."""
    words = (match.group().strip(_EDGES) for match in _ANY.finditer(text))
    return list(dict.fromkeys(word for word in words if word))
