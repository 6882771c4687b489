"""Make shapes and names light enough to draw."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo import _validate, crs

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

# Ground metres of a pixel at the equator at zoom 0, in maps of 256 pixel squares.
_PIXEL_M = 2 * math.pi * 6_378_137 / 256
# A letter of a map label in pixels, and the free space around a label.
_LETTER_PX = 7.0
_HEIGHT_PX = 16.0
_SPACE_PX = 6.0


def simplify_coverage(frame: gpd.GeoDataFrame, tolerance_m: float) -> gpd.GeoDataFrame:
    """Return areas that lie edge to edge with fewer corners, still edge to edge.

    Parameters
    ----------
    frame
        Polygons in EPSG:3006 that do not overlap.
    tolerance_m
        About how far an edge may move, in metres; 0 changes nothing.

    Returns
    -------
    simplified
        A copy on the caller's index.

    Raises
    ------
    ValueError
        If the frame is in another system, holds an invalid polygon, or the tolerance is negative.
    """
    _validate.check_metric(frame, "frame")
    _validate.check_polygons(frame, "frame")
    if not tolerance_m >= 0:
        msg = "the tolerance must be 0 m or more"
        raise ValueError(msg)
    simplified = shapely.coverage_simplify(frame.geometry.to_numpy(), tolerance_m)
    return frame.set_geometry(simplified, crs=frame.crs)


def place_labels(
    points: gpd.GeoDataFrame, *, zooms: tuple[int, int] = (10, 18)
) -> gpd.GeoDataFrame:
    """Tell from which zoom on each name has room beside the more important ones.

    A name that has been shown stays when the map is zoomed in. Room is estimated from the number
    of letters, the name being centred on its point.

    Parameters
    ----------
    points
        EPSG:3006, columns `name` and `rank` (1 is most important).
    zooms
        First and last zoom of the map (squares of 256 pixels).

    Returns
    -------
    labels
        The points that get room at some zoom, in the caller's order, with `min_zoom`.

    Raises
    ------
    ValueError
        If the frame is in another system or lacks a rank.
    """
    _validate.check_metric(points, "points")
    ranks = _validate.numbers(points, "rank", "points")
    names = points["name"].astype(str).to_numpy()
    at = np.column_stack([points.geometry.x, points.geometry.y])
    if len(points) == 0:
        return points.assign(min_zoom=np.empty(0, dtype=np.int64))
    # equal ranks by name, so that the order of rows does not matter
    order = np.lexsort((names, ranks))
    width_px = np.array([len(name) for name in names]) * _LETTER_PX + _SPACE_PX
    latitude = crs.point_to_degrees(*at.mean(axis=0))[1]
    min_zoom = np.full(len(points), -1)
    for zoom in range(zooms[0], zooms[1] + 1):
        pixel_m = _PIXEL_M * math.cos(math.radians(latitude)) / 2**zoom
        for i in order[min_zoom[order] < 0]:
            if _has_room(i, at, width_px, min_zoom >= 0, pixel_m):
                min_zoom[i] = zoom
    return points.assign(min_zoom=min_zoom)[min_zoom >= 0]


def _has_room(
    i: int,
    at: NDArray[np.float64],
    width_px: NDArray[np.float64],
    placed: NDArray[np.bool_],
    pixel_m: float,
) -> bool:
    apart = np.abs(at - at[i]) / pixel_m
    beside = apart[:, 0] >= (width_px + width_px[i]) / 2
    above = apart[:, 1] >= _HEIGHT_PX + _SPACE_PX
    return bool((beside | above | ~placed).all())
