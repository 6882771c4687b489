"""Does what a file holds lie where it should? Numbers alone can be read in several ways."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from data.gis_faults import GisFileError
from geo import crs
from geo.areas import KARLSKOGA_BOX

# SWEREF 99 TM, SWEREF 99 15 00 and WGS 84: what a municipality here uses
SYSTEMS = (3006, 3009, 4326)
# west, south, east, north of Sweden in EPSG:3006, a little widened
SWEDEN_BOX = (180_000.0, 6_080_000.0, 1_100_000.0, 7_720_000.0)


def check_position(corners: npt.NDArray[np.float64], epsg: int) -> None:
    """Refuse what lies elsewhere, but would lie here if it were read in another way.

    Raises
    ------
    GisFileError
        ``looks_swapped``, or ``looks_projected`` with the number of the system that fits.
    """
    if epsg == 4326 and (np.abs(corners) > (180.0, 90.0)).any():
        raise GisFileError("looks_projected")
    low, high = corners.min(axis=0), corners.max(axis=0)
    if _is_here(low, high, epsg):
        return
    if _is_here(low[::-1], high[::-1], epsg):
        raise GisFileError("looks_swapped")
    for other in SYSTEMS:
        if _is_here(low, high, other):
            raise GisFileError("looks_projected", str(other))


def _is_here(low: npt.NDArray[np.float64], high: npt.NDArray[np.float64], epsg: int) -> bool:
    around = gpd.GeoSeries([shapely.box(*low, *high)], crs=epsg).to_crs(crs.WGS84)
    found = around.total_bounds
    west, south, east, north = KARLSKOGA_BOX
    is_in_reach = found[0] <= east and found[2] >= west and found[1] <= north and found[3] >= south
    return bool(np.isfinite(found).all() and is_in_reach)


def check_in_sweden(shapes: gpd.GeoSeries) -> None:
    """Refuse shapes in EPSG:3006 that lie outside Sweden.

    Raises
    ------
    GisFileError
        ``looks_projected`` with the place of the first corner that does.
    """
    corners = shapely.get_coordinates(shapes.to_numpy())
    west, south, east, north = SWEDEN_BOX
    outside = ~((corners >= (west, south)) & (corners <= (east, north))).all(axis=1)
    if not outside.any():
        return
    lon, lat = crs.point_to_degrees(*corners[outside][0])
    place = (lon, lat) if np.isfinite((lon, lat)).all() else None
    raise GisFileError("looks_projected", "outside Sweden", place)
