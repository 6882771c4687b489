"""Count the people of each neighbourhood in each distance band around an area."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo import _validate
from geo._prepared import prepared_copy

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

# Corners of a quarter circle: areas inside the round corners of a reach come out 0.02 % small.
_QUARTER = 32
# From so many corners on, finding the nearest edge by an index is quicker than trying them all.
_CORNERS_MANY = 600


@dataclass(frozen=True)
class NearCells:
    """The cells in reach of an area: metres to it, people, and the neighbourhood's position."""

    distance_m: NDArray[np.float64]
    people: NDArray[np.float64]
    position: NDArray[np.intp]

    def count(self, limits: Sequence[float], size: int) -> NDArray[np.float64]:
        """Sum people by band and neighbourhood.

        Parameters
        ----------
        limits
            Where the bands end, in metres.
        size
            How many neighbourhoods there are.

        Returns
        -------
        people
            A row for inside (distance 0) and each band, a column for each neighbourhood.
        """
        band = np.searchsorted([0.0, *limits], self.distance_m, side="left")
        rows = len(limits) + 1
        in_reach = band < rows
        flat = band[in_reach] * size + self.position[in_reach]
        counts = np.bincount(flat, self.people[in_reach], rows * size)
        return counts.astype(np.float64, copy=False).reshape(rows, size)


def cells_within(
    area: BaseGeometry, cells: gpd.GeoDataFrame, codes: pd.Index, reach_m: float
) -> NearCells:
    """Find the cells whose centre is at most `reach_m` from the area.

    Raises
    ------
    FrameError
        If one of them has a code that `codes` lacks or people that are no number.
    """
    near = np.sort(cells.sindex.query(_box_around(area, reach_m)))
    centres = shapely.centroid(cells.geometry.array.take(near).to_numpy())
    distance = distances_m(centres, area)
    near, distance = near[distance <= reach_m], distance[distance <= reach_m]
    found = cells[["people", "code"]].take(near)
    position = codes.get_indexer(found["code"])
    if (position < 0).any():
        unknown = found["code"][position < 0].iloc[0]
        msg = f"a cell has the code {unknown}, which the neighbourhoods lack"
        raise _validate.FrameError(msg)
    return NearCells(distance, _validate.numbers(found, "people", "cells"), position)


def distances_m(points: NDArray[np.object_], area: BaseGeometry) -> NDArray[np.float64]:
    """Give the metres from each point to the nearest edge of `area`, 0 inside."""
    if shapely.get_num_coordinates(area) < _CORNERS_MANY:
        short: NDArray[np.float64] = shapely.distance(points, area)
        return short
    rings = shapely.get_rings(shapely.get_parts(area))
    corners, ring_of = shapely.get_coordinates(rings, return_index=True)
    same = ring_of[1:] == ring_of[:-1]
    edges = shapely.linestrings(np.stack([corners[:-1][same], corners[1:][same]], axis=1))
    (which, _), nearest = shapely.STRtree(edges).query_nearest(
        points, return_distance=True, all_matches=False
    )
    distance = np.zeros(len(points))
    distance[which] = nearest
    distance[shapely.intersects(prepared_copy(area), points)] = 0
    return distance


def areal_counts(
    area: BaseGeometry, neighbourhoods: gpd.GeoDataFrame, limits: Sequence[float]
) -> NDArray[np.float64]:
    """Count people as if they were spread evenly over their neighbourhood.

    Returns
    -------
    people
        A row for inside and each band, a column for each neighbourhood.
    """
    near = np.sort(neighbourhoods.sindex.query(_box_around(area, max(limits))))
    polygons = neighbourhoods.geometry.array.take(near).to_numpy()
    zones = [area, *(reach_of(area, limit) for limit in limits)]
    covered = np.stack([_shared_area(polygons, zone) for zone in zones])
    # a wider zone never covers less, whatever a buffer of a hair's breadth comes out as
    covered = np.maximum.accumulate(covered, axis=0)
    parts = np.diff(covered, axis=0, prepend=0) / shapely.area(polygons)
    counts = np.zeros((len(zones), len(neighbourhoods)))
    population = neighbourhoods["population"].take(near).to_numpy(dtype=np.float64)
    counts[:, near] = parts * population
    return counts


def reach_of(area: BaseGeometry, distance_m: float) -> BaseGeometry:
    """Give all ground at most so far from the area, the area too."""
    return shapely.buffer(area, distance_m, quad_segs=_QUARTER) if distance_m > 0 else area


def _shared_area(polygons: NDArray[np.object_], zone: BaseGeometry) -> NDArray[np.float64]:
    zone = prepared_copy(zone)
    whole = shapely.contains(zone, polygons)
    partly = ~whole & shapely.intersects(zone, polygons)
    shared = np.where(whole, shapely.area(polygons), 0.0)
    shared[partly] = shapely.area(shapely.intersection(polygons[partly], zone))
    return shared


def _box_around(area: BaseGeometry, distance_m: float) -> BaseGeometry:
    west, south, east, north = area.bounds
    return shapely.box(west - distance_m, south - distance_m, east + distance_m, north + distance_m)
