"""Read corners that somebody typed as coordinates, one a line."""

from __future__ import annotations

import re
from functools import cache

from pyproj import Transformer

from geo import crs
from geo.areas import AreaError

# what the numbers of each system can be in Sweden: no two of these overlap, so that neither the
# order of north and east nor the system has to be asked for
_LATITUDES, _LONGITUDES = (55.0, 70.0), (10.0, 25.0)
_NORTHINGS, _EASTINGS = (6_100_000.0, 7_700_000.0), (260_000.0, 920_000.0)
_LOCAL_EASTINGS = (20_000.0, 250_000.0)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
LINES_MAX = 500
LETTERS_MAX = 60
Point = tuple[float, float]


def parse_corners(text: str, *, local: int | None = None) -> list[Point]:
    """Return each line's corner as (longitude, latitude).

    Two numbers a line, north or east first: degrees (WGS 84), SWEREF 99 TM, or the local system
    of SWEREF 99 with the number `local`. Decimal point or comma. Empty lines are passed over.

    Raises
    ------
    AreaError
        ``bad_corner`` with the number of the line in `detail`, or ``too_many_vertices``.
    """
    lines = text.splitlines()
    if len(lines) > LINES_MAX:
        raise AreaError("too_many_vertices")
    return [_corner(line, n, local) for n, line in enumerate(lines, start=1) if line.strip()]


def _corner(line: str, number: int, local: int | None) -> Point:
    numbers = _numbers(line)
    if len(numbers) != 2:
        raise AreaError("bad_corner", str(number))
    one, other = numbers
    found = _placed(one, other, local) or _placed(other, one, local)
    if found is None:
        raise AreaError("bad_corner", str(number))
    return round(found[0], 6), round(found[1], 6)


def _numbers(line: str) -> list[float]:
    if len(line) > LETTERS_MAX:
        return []
    line = line.replace("°", " ").strip()
    # a comma is the decimal sign unless there is a point, or one comma between whole numbers
    if "." in line or (line.count(",") == 1 and " " not in line.strip()):
        line = line.replace(",", " ")
    words = [word.strip(",").replace(",", ".") for word in re.split(r"[\s;]+", line)]
    words = [word for word in words if word]
    return [float(word) for word in words] if all(map(_NUMBER.fullmatch, words)) else []


def _placed(north: float, east: float, local: int | None) -> Point | None:
    if _is_in(north, _LATITUDES) and _is_in(east, _LONGITUDES):
        return east, north
    if not _is_in(north, _NORTHINGS):
        return None
    if _is_in(east, _EASTINGS):
        return crs.point_to_degrees(east, north)
    if local is not None and _is_in(east, _LOCAL_EASTINGS):
        lon, lat = _from_local(local).transform(east, north)
        return float(lon), float(lat)
    return None


@cache
def _from_local(number: int) -> Transformer:
    return Transformer.from_crs(f"EPSG:{number}", crs.WGS84, always_xy=True)


def _is_in(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]
