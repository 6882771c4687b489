"""How close comments lie: counted in squares, from the positions that everyone may see."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.comments import published
from data.comments.published import EVERYTHING, CommentFilter
from data.decision_cache import remembered
from geo import crs

# metres, coarse to fine; a map shows one of them at a time
SIDES_M = (1_000, 500, 250)
# a square of a map is at most 330 bytes, 30 as it is sent: so many stay under 16 kB
SQUARES_MAX = 500


def squares(decision_id: str, side_m: int, wanted: CommentFilter = EVERYTHING) -> gpd.GeoDataFrame:
    """Count published comments with a point in squares of `side_m` metres, one of `SIDES_M`.

    The position of a comment is the displaced one, so a square says no more than the marks do.
    When more than `SQUARES_MAX` squares have comments, the next coarser side is used.

    Returns
    -------
    geopandas.GeoDataFrame
        `comments`, `side_m` and square `geometry` in SWEREF 99 TM (EPSG:3006), the most first.
    """
    return remembered(
        decision_id, ("density", side_m, wanted), lambda: _count(decision_id, side_m, wanted)
    )


def _count(decision_id: str, side_m: int, wanted: CommentFilter) -> gpd.GeoDataFrame:
    points = published.published_points(decision_id, wanted)[["lon", "lat"]].to_numpy(
        dtype="float64"
    )
    corners = crs.coordinates_to_metric(points)
    finer_first = SIDES_M[: SIDES_M.index(side_m) + 1][::-1]
    for side in finer_first:
        counted = _in_squares(corners, side)
        if len(counted) <= SQUARES_MAX:
            break
    return counted


def _in_squares(corners: np.ndarray, side: int) -> gpd.GeoDataFrame:
    south_west = pd.DataFrame(np.floor(corners / side) * side, columns=["x", "y"])
    counted = south_west.value_counts().rename("comments").reset_index()
    counted = counted.sort_values(["comments", "y", "x"], ascending=[False, True, True])
    x, y = counted["x"].to_numpy(), counted["y"].to_numpy()
    boxes = shapely.box(x, y, x + side, y + side)
    columns = {"comments": counted["comments"].to_numpy(), "side_m": side}
    return gpd.GeoDataFrame(columns, geometry=boxes, crs=crs.SWEREF99TM)
