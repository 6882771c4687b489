"""Does what a file holds lie where it should? Numbers alone can be read in several ways."""

from __future__ import annotations

from functools import cache
from typing import NoReturn

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from pyproj.exceptions import CRSError

from data import municipality, municipality_box
from data.uploads.gis_faults import GisFileCode, GisFileError
from geo import crs

# the old Swedish grid, RT 90
_OLD = 3021
# west, south, east, north of Sweden in EPSG:3006, a little widened
SWEDEN_BOX = (180_000.0, 6_080_000.0, 1_100_000.0, 7_720_000.0)


@cache
def systems() -> tuple[int, ...]:
    """Return what files here are in: SWEREF 99 TM, the municipality's local systems, WGS 84."""
    return (3006, *municipality.in_use().local_systems, 4326)


@cache
def not_read() -> tuple[int, ...]:
    """Return what else a Swedish file may be in: other local systems, and the old grid."""
    return (*(number for number in crs.LOCAL_SYSTEMS if number not in systems()), _OLD)


def check_position(corners: npt.NDArray[np.float64], epsg: int, *, is_told: bool = False) -> None:
    """Refuse what lies elsewhere, but would lie here if it were read in another way.

    Parameters
    ----------
    is_told
        Whether the file itself says that this is its system.

    Raises
    ------
    GisFileError
        ``looks_swapped``; or ``looks_projected``, ``told_projected`` when the file says so, with
        the number of the system that fits.
    """
    wrong: GisFileCode = "told_projected" if is_told else "looks_projected"
    if epsg == 4326 and (np.abs(corners) > (180.0, 90.0)).any():
        raise GisFileError(wrong, "degrees")
    low, high = corners.min(axis=0), corners.max(axis=0)
    if is_here(low, high, epsg):
        return
    if is_here(low[::-1], high[::-1], epsg):
        raise GisFileError("looks_swapped")
    # what a file says is only doubted for the systems that are used here
    for other in systems() if is_told else (*systems(), *not_read()):
        if is_here(low, high, other):
            raise GisFileError(wrong, str(other))


def check_other_system(corners: npt.NDArray[np.float64], epsg: int) -> NoReturn:
    """Refuse a system that cannot be read here; what lies elsewhere in it is told to do so.

    Raises
    ------
    GisFileError
        ``elsewhere`` with its place; ``told_projected`` with the system in which it would lie
        here; or ``crs_missing`` with the number of the system.
    """
    low, high = corners.min(axis=0), corners.max(axis=0)
    try:
        place, is_in_place = _middle(corners, epsg), is_here(low, high, epsg)
    except CRSError:
        place, is_in_place = None, True
    if is_in_place:
        raise GisFileError("crs_missing", str(epsg))
    # an export from what the file says would only carry the fault on
    for other in systems():
        if is_here(low, high, other):
            raise GisFileError("told_projected", str(other))
    if place is None:
        raise GisFileError("told_projected")
    raise GisFileError("elsewhere", "", place)


def _middle(corners: npt.NDArray[np.float64], epsg: int) -> tuple[float, float] | None:
    """Return the middle of the box round corners in degrees, None if it lies nowhere on earth."""
    x, y = (corners.min(axis=0) + corners.max(axis=0)) / 2
    point = gpd.GeoSeries([shapely.Point(x, y)], crs=epsg).to_crs(crs.WGS84)[0]
    lon, lat = float(point.x), float(point.y)
    return (lon, lat) if np.isfinite((lon, lat)).all() else None


def is_here(low: npt.NDArray[np.float64], high: npt.NDArray[np.float64], epsg: int) -> bool:
    """Tell whether the box between two corners meets the municipality's."""
    around = gpd.GeoSeries([shapely.box(*low, *high)], crs=epsg).to_crs(crs.WGS84)
    found = around.total_bounds
    west, south, east, north = municipality_box.around()
    is_in_reach = found[0] <= east and found[2] >= west and found[1] <= north and found[3] >= south
    return bool(np.isfinite(found).all() and is_in_reach)


def check_in_sweden(metric: gpd.GeoSeries, told: gpd.GeoSeries, *, is_meant: bool = False) -> None:
    """Refuse shapes that lie outside Sweden.

    Parameters
    ----------
    metric
        The shapes in EPSG:3006.
    told
        The same in the system of the file.
    is_meant
        Whether the file or its format says its system, so that it does lie where it says.

    Raises
    ------
    GisFileError
        ``elsewhere`` or ``partly_elsewhere`` with the place; ``looks_projected`` when the system
        was guessed, with the place of the first corner that lies outside.
    """
    corners = shapely.get_coordinates(metric.to_numpy())
    west, south, east, north = SWEDEN_BOX
    outside = ~((corners >= (west, south)) & (corners <= (east, north))).all(axis=1)
    if not outside.any():
        return
    there = shapely.get_coordinates(told.to_numpy())[outside]
    epsg = told.crs.to_epsg()
    if not is_meant:
        raise GisFileError("looks_projected", "", _middle(there[:1], epsg))
    place = _middle(there, epsg)
    if place is None:
        raise GisFileError("told_projected")
    raise GisFileError("elsewhere" if outside.all() else "partly_elsewhere", "", place)
