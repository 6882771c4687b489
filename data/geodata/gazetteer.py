"""The named points that ship with the service: stops, schools, shops, villages and waters.

Read, merged where two sources mean the same thing, and without the places that lie kilometres
wrong in their source. Positions are EPSG:3006 metres.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import geopandas as gpd
import shapely

from data import municipality
from data.geodata import shipped
from data.text_normalization import fold
from geo import crs

STOP = "hållplats"
SCHOOL = "skola"
PRESCHOOL = "förskola"
NEIGHBOURHOOD = "bostadsområde"
VILLAGE = "ort"
WATER = "vatten"
SHOP = "butik"
FOOD = "restaurang eller kafé"
CARE = "vård"
PHARMACY = "apotek"
CULTURE = "kultur"
SPORT = "idrott"
AREA = "statistikområde"

# in the order that hits of the same rank are shown
SORTS = (
    NEIGHBOURHOOD,
    VILLAGE,
    STOP,
    SCHOOL,
    PRESCHOOL,
    CARE,
    PHARMACY,
    SHOP,
    SPORT,
    CULTURE,
    FOOD,
    WATER,
    AREA,
)

# `typ` in the file of OpenStreetMap points; stops are read from their own file, merged by name
_SORT_OF_TYPE = {
    "skola": SCHOOL,
    "förskola": PRESCHOOL,
    "livsmedel": SHOP,
    "restaurang/café": FOOD,
    "vård": CARE,
    "apotek": PHARMACY,
    "kultur": CULTURE,
    "idrott": SPORT,
}
# points that have no name in the source but that people ask for by what they are
_NAME_OF_TAG = {"amenity=library": "Biblioteket"}

SAME_PLACE_M = 300.0


@dataclass(frozen=True)
class Point:
    """A named point in EPSG:3006 (metres); `sort` is one of `SORTS`."""

    name: str
    sort: str
    x: float
    y: float

    def metres_to(self, other: Point) -> float:
        """Measure the straight line to `other`, in metres."""
        return math.hypot(self.x - other.x, self.y - other.y)


@cache
def towns() -> gpd.GeoDataFrame:
    """Return the built-up areas (EPSG:3006) with `namn`."""
    return shipped.read_areas(municipality.in_use().needed("localities"))


@cache
def waters() -> gpd.GeoDataFrame:
    """Return lakes and rivers at the calculated 100-year flow (EPSG:3006) with `vatten`."""
    return shipped.read_areas(municipality.in_use().needed("water"))


@cache
def stops() -> tuple[Point, ...]:
    """Return the bus stops, one per name."""
    table = shipped.read_table(municipality.in_use().needed("stops"), ("namn", "lat", "lon"))
    found = []
    for name, lon, lat in zip(table["namn"], table["lon"], table["lat"], strict=True):
        x, y = crs.point_to_metric(float(lon), float(lat))
        found.append(Point(str(name), STOP, x, y))
    return tuple(found)


@cache
def services() -> tuple[Point, ...]:
    """Return schools, preschools, shops, care, culture, sport and places to eat, merged."""
    found: list[Point] = []
    file = municipality.in_use().needed("points")
    frame = shipped.read_areas(file)
    shipped.check_columns(frame, ("typ", "namn", "osm_tagg"), file.name)
    for kind, name, tag, shape in zip(
        frame["typ"], frame["namn"], frame["osm_tagg"], frame.geometry, strict=True
    ):
        label = name if isinstance(name, str) and name else _NAME_OF_TAG.get(tag)
        if kind in _SORT_OF_TYPE and label:
            found.append(Point(label, _SORT_OF_TYPE[kind], shape.x, shape.y))
    return merged([*found, *_schools()])


def _schools() -> list[Point]:
    file = municipality.in_use().path("schools")
    if file is None:
        return []
    frame = shipped.read_areas(file)
    shipped.check_columns(frame, ("namn",), file.name)
    named = zip(frame["namn"], frame.geometry, strict=True)
    return [Point(str(name), SCHOOL, shape.x, shape.y) for name, shape in named]


def merged(points: list[Point]) -> tuple[Point, ...]:
    """Return `points` without those that mean the same place as one before them.

    Two points are the same place when their sort is the same, they lie within 300 m and one
    folded name begins with the other ("Bregårdsskolan", "Bregårdsskolan 7-9").
    """
    kept: list[Point] = []
    for point in points:
        if not any(_same(point, other) for other in kept):
            kept.append(point)
    return tuple(kept)


def _same(one: Point, other: Point) -> bool:
    if one.sort != other.sort or one.metres_to(other) > SAME_PLACE_M:
        return False
    short, long = sorted((fold(one.name), fold(other.name)), key=len)
    return long == short or long.startswith(f"{short} ")


def villages(districts: gpd.GeoDataFrame) -> tuple[Point, ...]:
    """Return the town and the villages, those that can be trusted.

    The source says itself that a position can be kilometres wrong. A place is left out when it
    lies outside the municipality (no district holds it), outside the electoral district of its
    own name. A built-up area that begins with the name, or else a bus stop of the name, tells
    the position better and takes its place.
    """
    found: list[Point] = []
    for name, shape in _listed_villages():
        if _trusted(name, shape, districts):
            stop = next((s for s in stops() if s.name == name), None)
            x, y = (stop.x, stop.y) if stop else (shape.x, shape.y)
            found.append(Point(name, VILLAGE, x, y))
    names = {point.name for point in found}
    for name, shape in zip(towns()["namn"], towns().geometry, strict=True):
        if name not in names:
            inner = shape.representative_point()
            found.append(Point(str(name), VILLAGE, inner.x, inner.y))
    return tuple(found)


def _listed_villages() -> list[tuple[str, shapely.Point]]:
    """Return the villages that the municipality's file names, without those it misspells."""
    town = municipality.in_use()
    file = town.path("villages")
    if file is None:
        return []
    frame = shipped.read_areas(file)
    shipped.check_columns(frame, ("namn", "typ"), file.name)
    return [
        (str(name), shape)
        for name, kind, shape in zip(frame["namn"], frame["typ"], frame.geometry, strict=True)
        if isinstance(kind, str) and kind.startswith("place=") and name not in town.misspelt
    ]


def _trusted(name: str, shape: shapely.Point, districts: gpd.GeoDataFrame) -> bool:
    if not districts.geometry.covers(shape).any():
        return False
    own = districts[districts["name"] == name]
    if len(own) and not own.geometry.covers(shape).any():
        return False
    own_towns = towns()[towns()["namn"].str.startswith(name)]
    return not len(own_towns) or bool(own_towns.geometry.covers(shape).any())


def lakes_and_rivers() -> tuple[Point, ...]:
    """Return one point in each named water."""
    frame = waters()
    shipped.check_columns(frame, ("vatten",), municipality.in_use().files.water)
    found = []
    for name, shape in zip(frame["vatten"], frame.geometry, strict=True):
        inner = shapely.maximum_inscribed_circle(shape, tolerance=20).coords[0]
        found.append(Point(str(name), WATER, inner[0], inner[1]))
    return tuple(found)
