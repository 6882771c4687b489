"""The two reference systems of the service and the only ways between them.

Measuring is done in SWEREF 99 TM (EPSG:3006, metres); storing pins and drawing is done in
WGS 84 (EPSG:4326, degrees, longitude first).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import CRS, Transformer

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

WGS84 = "EPSG:4326"
SWEREF99TM = "EPSG:3006"
METRIC_CRS = CRS(SWEREF99TM)
# the zones of SWEREF 99 that a Swedish municipality may measure in
LOCAL_SYSTEMS = {
    3007: "SWEREF 99 12 00",
    3008: "SWEREF 99 13 30",
    3009: "SWEREF 99 15 00",
    3010: "SWEREF 99 16 30",
    3011: "SWEREF 99 18 00",
    3012: "SWEREF 99 14 15",
    3013: "SWEREF 99 15 45",
    3014: "SWEREF 99 17 15",
    3015: "SWEREF 99 18 45",
    3016: "SWEREF 99 20 15",
    3017: "SWEREF 99 21 45",
    3018: "SWEREF 99 23 15",
}

# Transformers are safe to share: pyproj keeps one context for each thread.
_TO_METRIC = Transformer.from_crs(WGS84, SWEREF99TM, always_xy=True)
_TO_DEGREES = Transformer.from_crs(SWEREF99TM, WGS84, always_xy=True)


def to_metric(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a copy of `frame` in EPSG:3006.

    Raises
    ------
    ValueError
        If `frame` does not say which system it is in.
    """
    return _in_system(frame, SWEREF99TM)


def to_degrees(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a copy of `frame` in EPSG:4326, longitude first.

    Raises
    ------
    ValueError
        If `frame` does not say which system it is in.
    """
    return _in_system(frame, WGS84)


def _in_system(frame: gpd.GeoDataFrame, system: str) -> gpd.GeoDataFrame:
    if frame.crs is None:
        msg = "the frame does not say which reference system it is in"
        raise ValueError(msg)
    return frame.to_crs(system)


def point_to_metric(lon: float, lat: float) -> tuple[float, float]:
    """Return easting and northing in metres (EPSG:3006) of a point in degrees.

    A point that has no place in the projection gives infinite numbers.
    """
    x, y = _TO_METRIC.transform(lon, lat)
    return float(x), float(y)


def point_to_degrees(x: float, y: float) -> tuple[float, float]:
    """Return longitude and latitude in degrees of a point in metres (EPSG:3006)."""
    lon, lat = _TO_DEGREES.transform(x, y)
    return float(lon), float(lat)


def coordinates_to_metric(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return an array of (longitude, latitude) rows as (easting, northing) rows in metres."""
    x, y = _TO_METRIC.transform(lonlat[:, 0], lonlat[:, 1])
    return np.column_stack([x, y])


def coordinates_to_degrees(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return an array of (easting, northing) rows in metres as (longitude, latitude) rows."""
    lon, lat = _TO_DEGREES.transform(xy[:, 0], xy[:, 1])
    return np.column_stack([lon, lat])


def geometry_to_metric(geometry: BaseGeometry) -> BaseGeometry:
    """Return `geometry`, in degrees, as a new one in metres (EPSG:3006)."""
    return shapely.transform(geometry, coordinates_to_metric)


def geometry_to_degrees(geometry: BaseGeometry) -> BaseGeometry:
    """Return `geometry`, in metres (EPSG:3006), as a new one in degrees."""
    return shapely.transform(geometry, coordinates_to_degrees)


def metres_per_degree(lat: float) -> tuple[float, float]:
    """Return the metres of a degree of longitude and of latitude, to within one in a thousand.

    >>> [round(metres, -2) for metres in metres_per_degree(60.0)]
    [55800.0, 111400.0]
    """
    turn = math.radians(lat)
    east = 111_412.84 * math.cos(turn) - 93.5 * math.cos(3 * turn)
    return east, 111_132.92 - 559.82 * math.cos(2 * turn)
