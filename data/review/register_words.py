"""How people write days, ages, numbers of persons and places in a table."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from babel import Locale

from data import municipality
from data.enums import AgeBand
from data.geodata import places
from data.models import Place
from data.review import vocabulary
from data.text_normalization import fold
from geo.areas import AreaError
from geo.corners import parse_corners

_PERSONS = re.compile(r"(\d{1,6})(?:[.,]0+)?(?: (?:st|personer|person|pers\.?))?")
_YEARS = re.compile(r"(\d{1,3})(?:[.,]0+)?(?: år)?")
# a time of the day may follow, and nothing else: "2026-11-20 till 24" is no single day
_TIME = r"(?:(?:,? | kl\.? |t)\d{1,2}[.:]\d{2}(?:[.:]\d{2}(?:[.,]\d+)?)?(?:z|[+-]\d{2}:?\d{2})?)?"
_ISO = re.compile(r"(\d{4})(?:(\d{2})(\d{2})|[-/.](\d{1,2})[-/.](\d{1,2}))" + _TIME)
_SWEDISH = re.compile(r"(\d{1,2})[/.-](\d{1,2})[ /.-](\d{4})" + _TIME)
_IN_WORDS = re.compile(
    r"(?:\w+ (?:den )?|den )?(\d{1,2})(?::?[ae])?\.?[ -]([a-zåäö]+)\.?,?[ -](\d{4})" + _TIME
)
# days from the first of either calendar to 1954 and to 2119: no other number is taken for a day
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_SERIALS = range(20_000, 80_001)
_ZERO_1900, _ZERO_1904 = date(1899, 12, 30), date(1904, 1, 1)
_AGES = ((15, AgeBand.CHILD), (24, AgeBand.YOUTH), (64, AgeBand.ADULT), (79, AgeBand.SENIOR))
OLDEST = 120


def age(word: str) -> AgeBand | None:
    """Return the band of an age in years, or of a band by its name; None when it is neither."""
    found = _YEARS.fullmatch(word.casefold())
    if found and int(found[1]) <= OLDEST:
        return next((band for most, band in _AGES if int(found[1]) <= most), AgeBand.OLD)
    return vocabulary.member(AgeBand, word)


def persons(word: str) -> int | None:
    """Return a whole number of persons ("3", "1,0", "12 st"); None when it is none."""
    found = _PERSONS.fullmatch(word.casefold())
    return int(found[1]) if found else None


def day(word: str) -> date | None:
    """Read a day as people write it here; None when it is no day.

    >>> day("2026-11-24"), day("24/11 2026"), day("24 november 2026")
    (datetime.date(2026, 11, 24), datetime.date(2026, 11, 24), datetime.date(2026, 11, 24))
    """
    word = " ".join(word.casefold().split())
    iso, swedish, named = (one.fullmatch(word) for one in (_ISO, _SWEDISH, _IN_WORDS))
    if iso:
        parts = tuple(part for part in iso.groups() if part)
    elif swedish:
        parts = swedish.groups()[::-1]
    elif named and _month(named[2]):
        parts = (named[3], str(_month(named[2])), named[1])
    else:
        return None
    try:
        return date(*(int(part) for part in parts))
    except ValueError:
        return None


def _month(word: str) -> int | None:
    """Return the number of a month by its name or its first letters ("nov")."""
    months = Locale("sv").months["format"]["wide"]
    found = [n for n, name in months.items() if len(word) > 2 and name.startswith(word)]
    return found[0] if len(found) == 1 else None


def serial_day(word: str, *, is_1904: bool) -> date | None:
    """Return the day that a spreadsheet means by a bare number; None when it is no such number."""
    found = _SERIAL.fullmatch(word)
    days = int(found[1]) if found else 0
    zero = _ZERO_1904 if is_1904 else _ZERO_1900
    return zero + timedelta(days) if days in _SERIALS else None


@lru_cache(maxsize=2_000)
def places_named(word: str) -> tuple[Place, ...]:
    """Return the places of a name; a statistics area only when nothing else is called so."""
    hits = tuple(hit for hit in places.search(word) if fold(hit.name) == fold(word))
    return tuple(hit for hit in hits if not hit.deso) or hits


def place_key(hit: Place) -> str:
    """Return what tells a place apart from others of its name."""
    return hit.deso or f"{hit.lon} {hit.lat}"


def point(word: str) -> tuple[float, float] | None:
    """Return longitude and latitude of coordinates; None for other words."""
    try:
        points = parse_corners(word, local=municipality.in_use().local_system)
    except AreaError:
        return None
    return points[0] if len(points) == 1 else None
