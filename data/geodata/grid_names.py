"""Names for squares of a grid, so that a table of squares can be read aloud."""

from __future__ import annotations

import math
from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.geodata.gazetteer import Point

_DIRECTIONS = (
    "norr",
    "nordost",
    "öster",
    "sydost",
    "söder",
    "sydväst",
    "väster",
    "nordväst",
)


def names(squares: gpd.GeoDataFrame, places: Sequence[Point]) -> pd.Series[str]:
    """Name each square by the nearest of `places`, each name once.

    A square that holds the place is "Ruta vid Ekeby"; another says how far from the place its
    middle lies and in which direction: "Ruta 600 m nordväst om Ekeby". Where two squares would
    be called the same, the coordinates of the lower left corner follow.

    Parameters
    ----------
    squares
        Squares in EPSG:3006.
    places
        At least one named point.
    """
    tree = shapely.STRtree([shapely.Point(p.x, p.y) for p in places])
    middles = shapely.centroid(_whole_squares(squares))
    nearest = tree.nearest(middles)
    boxes = _bounds(squares)
    found = [
        _name(middle, box, places[index])
        for middle, box, index in zip(middles, boxes, nearest, strict=True)
    ]
    named = pd.Series(found, index=squares.index, dtype="object")
    twice = named.duplicated(keep=False).to_numpy()
    corners = [f" ({box[1]:.0f}, {box[0]:.0f})" for box in boxes]
    return named.where(~twice, named + pd.Series(corners, index=squares.index)).astype("string")


def _bounds(squares: gpd.GeoDataFrame) -> np.ndarray:
    found: np.ndarray = shapely.bounds(squares.geometry.to_numpy())
    return found


def _whole_squares(squares: gpd.GeoDataFrame) -> np.ndarray:
    found: np.ndarray = shapely.box(*_bounds(squares).T)
    return found


def _name(middle: shapely.Point, box: np.ndarray, place: Point) -> str:
    if box[0] <= place.x < box[2] and box[1] <= place.y < box[3]:
        return f"Ruta vid {place.name}"
    east, north = middle.x - place.x, middle.y - place.y
    direction = _DIRECTIONS[round(math.degrees(math.atan2(east, north)) / 45) % 8]
    return f"Ruta {_distance(math.hypot(east, north))} {direction} om {place.name}"


def _distance(metres: float) -> str:
    """Say a distance as people do.

    >>> _distance(130), _distance(640), _distance(2_300), _distance(2_000)
    ('100 m', '600 m', '2,5 km', '2 km')
    """
    if metres < 950:
        return f"{max(100, round(metres / 100) * 100)} m"
    halves = round(metres / 500)
    return f"{halves // 2}{',5' if halves % 2 else ''} km"
