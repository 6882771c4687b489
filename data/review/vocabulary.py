"""What people call what is stored: ways in, kinds, ages and where they live.

The first word of each is the one that the pages show; search, form, filters and import go by the
same. A word that is not here is kept as it was said, and asked about.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

import pandas as pd
import shapely

from data import store
from data.decision_cache import remembered
from data.geodata import cell_sets, cells, layers
from data.models import ELSEWHERE, AgeBand, Channel, Kind, Relation, Stance
from data.text_normalization import fold

WORDS: dict[type[StrEnum], dict[StrEnum, tuple[str, ...]]] = {
    Kind: {
        Kind.LIKE: (
            *("något som är bra", "något bra", "något jag tycker om"),
            *("bra", "beröm", "positivt", "gillar"),
        ),
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
        Channel.LETTER: ("brev", "post", "vykort", "e-post", "epost", "mejl", "mail"),
        Channel.PHONE: ("telefon", "samtal", "telefonsamtal", "ringde"),
        Channel.MEETING: ("möte", "samrådsmöte", "dialogmöte"),
        Channel.SQUARE: ("på torget", "torgmöte", "torg", "torget"),
        Channel.SCHOOL: ("skola", "skolan", "elevråd"),
        Channel.SURVEY: ("enkät", "enkäten", "enkätsvar", "webbenkät", "formulär"),
        Channel.SOCIAL: (
            "sociala medier", "facebook", "fb", "instagram", "insta", "messenger", "tiktok",
            "linkedin",
        ),
        Channel.MESSAGE: ("sms", "mms", "chatt", "whatsapp"),
        Channel.OTHER: ("på annat sätt", "annat sätt", "annat", "övrigt"),
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
ELSEWHERE_IN_WORDS = ("i en annan kommun", "annan kommun", "annan ort", "utanför")
# below this part of its people an area is no likely answer to where somebody lives
LEAST_LIKELY = 0.01
Member = TypeVar("Member", bound=StrEnum)


def member(sort: type[Member], word: str) -> Member | None:
    """Return what a word means, however it is spelt; None for one that nobody uses here."""
    for one, names in WORDS[sort].items():
        if fold(word) in {fold(name) for name in names} or word == one.value:
            return sort(one)
    return None


def home(word: str) -> str | None:
    """Return the DeSO that a word names, or `ELSEWHERE`; None when it names no one.

    An electoral district, a village or a stop is a place that people live at, but its people live
    in several DeSO, and which one it was cannot be known.
    """
    asked = fold(word)
    if asked in {fold(name) for name in ELSEWHERE_IN_WORDS}:
        return ELSEWHERE
    areas = layers.frame(layers.DESO)["name"]
    found = [
        str(code) for code, name in areas.items() if asked in {fold(str(name)), fold(str(code))}
    ]
    return found[0] if len(found) == 1 else None


def wide_homes() -> list[str]:
    """Return the names of areas that people say they live in and that are no DeSO's."""
    own = {fold(str(name)) for name in layers.frame(layers.DESO)["name"]}
    named = map(str, layers.frame(layers.VALDISTRIKT)["name"])
    return sorted(name for name in named if fold(name) not in own)


def likely_homes(word: str) -> list[str]:
    """Return the DeSO in which a named electoral district has people, the most first."""
    asked = fold(word)
    return next(
        (list(codes) for name, codes in _homes_by_district().items() if fold(name) == asked), []
    )


def _homes_by_district() -> dict[str, tuple[str, ...]]:
    return remembered(cell_sets.CELLS, ("homes_by_district", store.is_open()), _count_homes)


def _count_homes() -> dict[str, tuple[str, ...]]:
    districts, squares = layers.frame(layers.VALDISTRIKT), cells.frame()
    tree = shapely.STRtree(districts.geometry.to_numpy())
    nearest = tree.nearest(shapely.centroid(squares.geometry.to_numpy()))
    table = pd.DataFrame(
        {
            "district": districts["name"].to_numpy()[nearest],
            "code": squares["code"].to_numpy(),
            "people": squares["people"].to_numpy(),
        }
    )
    counted = table.pivot_table(
        index="district", columns="code", values="people", aggfunc="sum", fill_value=0.0
    )
    return {str(name): _likely(row) for name, row in counted.iterrows()}


def _likely(people: pd.Series[float]) -> tuple[str, ...]:
    ordered = people[people >= LEAST_LIKELY * people.sum()].sort_values(ascending=False)
    return tuple(str(code) for code in ordered.index)
