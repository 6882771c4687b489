"""The names on the map: which there are, and from which zoom each has room."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import geopandas as gpd
import shapely

from data import municipality
from data.geodata import gazetteer, layers, places
from data.geodata.gazetteer import Point
from geo import basemap, crs

TOWN = "town"
WATER = "water"
VILLAGE = "village"
NEIGHBOURHOOD = "neighbourhood"
STOP = "stop"

# the town's own name gives way to its neighbourhoods from here on
NEIGHBOURHOOD_ZOOM = 12
STOP_ZOOM = 14
ZOOMS = (9, 18)

_RANKS = {TOWN: 1, WATER: 2, VILLAGE: 3, NEIGHBOURHOOD: 4, STOP: 5}


@dataclass(frozen=True)
class MapName:
    """A name at a point (WGS 84), shown from `min_zoom` to `max_zoom`, both included."""

    name: str
    kind: str
    lon: float
    lat: float
    min_zoom: int
    max_zoom: int = ZOOMS[1]


@cache
def map_names() -> tuple[MapName, ...]:
    """Return the names, the most important first; at no zoom do two of them collide."""
    listed = _candidates()
    overview = [(kind, p) for kind, p in listed if _RANKS[kind] < _RANKS[NEIGHBOURHOOD]]
    closer = [(kind, p) for kind, p in listed if kind != TOWN]
    first = _placed(overview, (ZOOMS[0], NEIGHBOURHOOD_ZOOM - 1))
    later = _placed(closer, (NEIGHBOURHOOD_ZOOM, ZOOMS[1]))
    zoom_of = {key: max(zoom, STOP_ZOOM if key[0] == STOP else 0) for key, zoom in later.items()}
    found = [_map_name(key, first.get(key, zoom)) for key, zoom in zoom_of.items()]
    town = [
        _map_name(key, zoom, NEIGHBOURHOOD_ZOOM - 1)
        for key, zoom in first.items()
        if key[0] == TOWN
    ]
    return (*town, *found)


def _candidates() -> list[tuple[str, Point]]:
    villages = gazetteer.villages(layers.frame(layers.VALDISTRIKT))
    known = {village.name for village in villages}
    districts = [p for p in places.district_points() if p.name not in known]
    # a stop that is called as something drawn already says nothing new
    named = known | {p.name for p in districts}
    town = municipality.in_use().town
    return [
        *((TOWN if p.name == town else VILLAGE, p) for p in villages),
        *((WATER, p) for p in gazetteer.lakes_and_rivers()),
        *((NEIGHBOURHOOD, p) for p in districts),
        *((STOP, p) for p in gazetteer.stops() if p.name not in named),
    ]


def _placed(
    listed: list[tuple[str, Point]], zooms: tuple[int, int]
) -> dict[tuple[str, Point], int]:
    """Return the first zoom of each that has room at all, by rank."""
    listed = sorted(listed, key=lambda one: (_RANKS[one[0]], one[1].name))
    frame = gpd.GeoDataFrame(
        {
            "name": [point.name for _, point in listed],
            "rank": [_RANKS[kind] for kind, _ in listed],
        },
        geometry=shapely.points([(point.x, point.y) for _, point in listed]),
        crs=crs.SWEREF99TM,
    )
    labels = basemap.place_labels(frame, zooms=zooms)
    return {listed[row]: int(zoom) for row, zoom in labels["min_zoom"].items()}


def _map_name(key: tuple[str, Point], min_zoom: int, max_zoom: int = ZOOMS[1]) -> MapName:
    kind, point = key
    lon, lat = crs.point_to_degrees(point.x, point.y)
    return MapName(point.name, kind, round(lon, 5), round(lat, 5), min_zoom, max_zoom)
