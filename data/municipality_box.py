"""Where the municipality lies, from its boundary: box, middle, and metres per degree."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import shapely

from data import municipality
from data.municipality import MunicipalityError
from geo import crs

# about a kilometre and a half: what lies this near the boundary may still mean the municipality
WIDER_DEGREES = 0.015
Box = tuple[float, float, float, float]
Point = tuple[float, float]


@cache
def box() -> Box:
    """Return west, south, east and north of the boundary in degrees.

    Raises
    ------
    MunicipalityError
        When the file of the boundary cannot be read.
    """
    return _bounds(municipality.in_use().needed("boundary"))


def _bounds(file: Path) -> Box:
    try:
        shape = shapely.from_geojson(file.read_text(encoding="utf-8"))
        west, south, east, north = (float(one) for one in shape.bounds)
    except (OSError, ValueError, shapely.errors.ShapelyError) as error:
        raise MunicipalityError(file, "filen går inte att läsa som GeoJSON") from error
    return west, south, east, north


@cache
def around() -> Box:
    """Return the box a little widened: what lies outside it does not mean this municipality."""
    west, south, east, north = box()
    wide = WIDER_DEGREES
    return west - wide, south - wide, east + wide, north + wide


@cache
def centre() -> Point:
    """Return longitude and latitude of the middle of the box."""
    west, south, east, north = box()
    return (west + east) / 2, (south + north) / 2


@cache
def metres_per_degree() -> Point:
    """Return the metres of a degree of longitude and of latitude, at the middle of the box."""
    return crs.metres_per_degree(centre()[1])
