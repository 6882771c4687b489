"""Finds places by what people call them: stops, schools, neighbourhoods, villages, waters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import numpy.typing as npt

from data import municipality
from data.geodata import gazetteer, layers, population_centres
from data.geodata.gazetteer import SORTS, Point
from data.models import Place
from data.text_normalization import fold
from geo import crs

__all__ = [
    "SORTS",
    "Described",
    "describe",
    "everywhere",
    "nearest",
    "neighbourhood_list",
    "search",
]

QUERY_MAX = 80
QUERY_MIN = 2
NEAR_M = 1_000.0
_WORDS_MAX = 6
_LAST = 6
_JOINED_MIN = 6

# what a place is near to is told by these, which stand where people know them
_LANDMARKS = frozenset({gazetteer.STOP, gazetteer.SCHOOL})


@dataclass(frozen=True)
class Described:
    """Where a point lies, in parts that a page makes a sentence of.

    `name` and `sort` are the nearest stop or school, `distance_m` the straight line to it,
    `district` the electoral district that the point lies in, by the name people use.
    """

    name: str
    sort: str
    distance_m: float
    district: str


@dataclass(frozen=True)
class _Entry:
    """A place and how it is compared: all texts are folded."""

    place: Place
    name: str
    words: tuple[str, ...]
    joined: str
    sort: str
    all_words: str


@dataclass(frozen=True)
class _Landmarks:
    points: tuple[Point, ...]
    places: tuple[Place, ...]
    xy: npt.NDArray[np.float64]

    def nearest(self, x: float, y: float) -> tuple[int, float]:
        """Return the place number and the metres to it."""
        distances = np.hypot(self.xy[:, 0] - x, self.xy[:, 1] - y)
        index = int(distances.argmin())
        return index, float(distances[index])


@cache
def _named_points() -> tuple[Point, ...]:
    """Return every point that can be found, without the neighbourhoods of the DeSO layer."""
    villages = gazetteer.villages(layers.frame(layers.VALDISTRIKT))
    known = {village.name for village in villages}
    return (
        *(p for p in district_points() if p.name not in known),
        *villages,
        *gazetteer.stops(),
        *gazetteer.services(),
        *gazetteer.lakes_and_rivers(),
    )


@cache
def district_points() -> tuple[Point, ...]:
    """Return each electoral district by the middle of where most of its people live."""
    return population_centres.of_layer(layers.VALDISTRIKT, gazetteer.NEIGHBOURHOOD)


@cache
def _landmarks() -> _Landmarks:
    found = tuple(p for p in _named_points() if p.sort in _LANDMARKS)
    places = tuple(_place(p, near="") for p in found)
    return _Landmarks(found, places, np.array([(p.x, p.y) for p in found]))


def _place(point: Point, *, near: str) -> Place:
    lon, lat = crs.point_to_degrees(point.x, point.y)
    return Place(
        name=point.name,
        sort=point.sort,
        lon=round(lon, 6),
        lat=round(lat, 6),
        deso="",
        district=_district(lon, lat),
        near=near,
    )


@cache
def _district_names() -> dict[str, str]:
    names = layers.frame(layers.VALDISTRIKT)["name"]
    return {str(code): str(name) for code, name in names.items()}


def _district(lon: float, lat: float) -> str:
    codes = layers.locator().codes(lon, lat)
    return "" if codes is None else _district_names()[codes[layers.VALDISTRIKT]]


def _near(point: Point) -> str:
    """Name the nearest stop or school, unless the point is one or lies far from all."""
    if point.sort == gazetteer.STOP:
        return ""
    marks = _landmarks()
    index, metres = marks.nearest(point.x, point.y)
    name = marks.points[index].name
    return name if metres <= NEAR_M and name != point.name else ""


@cache
def _entries() -> tuple[_Entry, ...]:
    places = [_place(p, near=_near(p)) for p in _named_points()]
    places += neighbourhood_list()
    order = {sort: number for number, sort in enumerate(SORTS)}
    places.sort(key=lambda p: (order[p.sort], len(p.name), fold(p.name)))
    return tuple(_entry(place) for place in places)


def _entry(place: Place) -> _Entry:
    name = fold(place.name)
    # people write the town after a name, as in an address
    town = municipality.in_use().town
    told = fold(f"{place.name} {place.sort} {place.district} {place.near} {town}")
    return _Entry(place, name, tuple(name.split()), _joined(name), fold(place.sort), f" {told}")


def everywhere() -> list[Place]:
    """Return every place that a search can find."""
    return [entry.place for entry in _entries()]


def search(query: str, limit: int = 8) -> list[Place]:
    """Find places by name, best first; [] for a query that is too short, too long or unknown.

    Case, accents and doubled letters do not matter ("storangen" finds "Storängen"). A name that
    begins with the query comes first, then one with a word that begins so, then one that holds
    the letters anywhere. Several words may also name the sort or the surroundings ("skola
    bråten").
    """
    if not QUERY_MIN <= len(query) <= QUERY_MAX or limit < 1:
        return []
    words = _without_house_number(fold(query).split())
    asked = " ".join(words)
    if len(asked) < QUERY_MIN or len(words) > _WORDS_MAX:
        return []
    ranked = [(rank, e.place) for e in _entries() if (rank := _rank(e, asked, words)) is not None]
    ranked.sort(key=lambda hit: hit[0])  # stable: entries already stand by sort and name
    return [place for _, place in ranked[:limit]]


def _without_house_number(words: list[str]) -> list[str]:
    return [word for word in words if not word[0].isdigit()] or words


def _rank(entry: _Entry, asked: str, words: list[str]) -> int | None:
    """Return 0 for the best match and more for worse ones, None for no match."""
    rank = _rank_of_name(entry, asked, words)
    # a statistics area is what people look for last, and its name repeats the districts'
    return _LAST if rank is not None and entry.place.deso else rank


def _rank_of_name(entry: _Entry, asked: str, words: list[str]) -> int | None:
    if entry.name == asked:
        return 0
    if entry.name.startswith(asked):
        return 1
    if all(any(own.startswith(word) for own in entry.words) for word in words):
        return 2
    if asked in entry.name or _joined(asked) in entry.joined:
        return 3
    if len(words) > 1 and any(word in entry.name for word in words):
        return 4 if all(f" {word}" in entry.all_words for word in words) else None
    return 5 if _is_sort(entry, asked) else None


def _joined(name: str) -> str:
    # the letters of a short query would be found across the border of two words
    return name.replace(" ", "") if len(name) >= _JOINED_MIN else name


def _is_sort(entry: _Entry, asked: str) -> bool:
    return len(asked) > QUERY_MIN and entry.sort.startswith(asked)


def nearest(lon: float, lat: float) -> Place | None:
    """Return the stop or school nearest to a point (WGS 84), or None outside the municipality."""
    if layers.locator().codes(lon, lat) is None:
        return None
    marks = _landmarks()
    index, _ = marks.nearest(*crs.point_to_metric(lon, lat))
    return marks.places[index]


def describe(lon: float, lat: float) -> Described | None:
    """Say where a point (WGS 84) lies, or None when it lies outside the municipality."""
    district = _district(lon, lat)
    if not district:
        return None
    marks = _landmarks()
    index, metres = marks.nearest(*crs.point_to_metric(lon, lat))
    mark = marks.points[index]
    return Described(mark.name, mark.sort, metres, district)


@cache
def _neighbourhoods() -> tuple[Place, ...]:
    codes = layers.frame(layers.DESO).index
    found = []
    for code, point in zip(
        codes, population_centres.of_layer(layers.DESO, gazetteer.AREA), strict=True
    ):
        # the point may lie just across a district's border from most of the people
        district = population_centres.main_district()[str(code)]
        place = _place(point, near=_near(point))
        found.append(replace(place, deso=str(code), district=district))
    return tuple(sorted(found, key=lambda place: _swedish_order(place.name)))


def _swedish_order(name: str) -> str:
    """Return what to sort `name` by: å, ä and ö come last, in that order."""
    return name.casefold().translate(str.maketrans("åäö", "{|}"))


def neighbourhood_list() -> list[Place]:
    """Return one place per DeSO with its code in `deso`, in alphabetical order."""
    return list(_neighbourhoods())
