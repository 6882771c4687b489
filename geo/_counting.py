"""Count the people of each neighbourhood by how far from an area they live."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import shapely

from geo import _validate
from geo._prepared import prepared_copy
from geo.bands import Bands, Contours

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

# Points, the area, and how far is far enough; gives metres, infinite where it is further.
Measure: TypeAlias = Callable[["NDArray[np.object_]", "BaseGeometry", float], "NDArray[np.float64]"]

# Corners of a quarter circle: areas inside the round corners of a reach come out 0.02 % small.
_QUARTER = 32
# From so many corners on, finding the nearest edge by an index is quicker than trying them all.
_CORNERS_MANY = 600
BAND_COUNT = 4
# Contours have levels, not metres: the first is one step away, the second two.
LEVELS = (1.0, 2.0, 3.0)


@dataclass(frozen=True)
class NearCells:
    """The cells that can count.

    Attributes
    ----------
    at
        Positions in the cells' frame.
    distance_m
        Metres to the area, 0 inside.
    position
        The neighbourhood's position in its layer.
    caught
        Whether the cell lies in a catchment area, and so counts as far at the least.
    """

    at: NDArray[np.intp]
    distance_m: NDArray[np.float64]
    position: NDArray[np.intp]
    caught: NDArray[np.bool_]

    def take(self, cells: gpd.GeoDataFrame, column: str) -> NDArray[np.float64]:
        """Return a column of the cells' frame for these cells, checked to be numbers."""
        # a column that is missing is left out here, and refused there by its name
        return _validate.numbers(cells.filter([column]).take(self.at), column, "cells")

    def count(self, people: NDArray[np.float64], bands: Bands, size: int) -> NDArray[np.float64]:
        """Sum people by band and neighbourhood: a row inside and for each band.

        `size` is how many neighbourhoods there are; each gets a column.
        """
        band = bands.band_of(self._reached(bands))
        counted = band < BAND_COUNT
        flat = band[counted] * size + self.position[counted]
        counts = np.bincount(flat, people[counted], BAND_COUNT * size).astype(np.float64)
        return counts.reshape(BAND_COUNT, size)

    def weigh(self, people: NDArray[np.float64], bands: Bands, size: int) -> NDArray[np.float64]:
        """Sum people times their weight by neighbourhood."""
        weighed = people * bands.weigh(self._reached(bands))
        return np.bincount(self.position, weighed, size).astype(np.float64)

    def _reached(self, bands: Bands) -> NDArray[np.float64]:
        return np.where(self.caught, np.minimum(self.distance_m, bands.far_m), self.distance_m)


def cells_within(
    area: BaseGeometry,
    cells: gpd.GeoDataFrame,
    codes: pd.Index,
    reach_m: float,
    *,
    catchment: BaseGeometry | None = None,
    measure: Measure | None = None,
) -> NearCells:
    """Find the cells whose centre is at most `reach_m` from the area, or in its catchment.

    Raises
    ------
    FrameError
        If one of them has a code that `codes` lacks.
    """
    at = np.sort(cells.sindex.query(_box_around(area, reach_m)))
    if catchment is not None and not catchment.is_empty:
        at = np.union1d(at, cells.sindex.query(catchment))
    centres = _centres(cells, at)
    find = measure or _straight
    caught = _holds(catchment, centres)
    found = NearCells(at, find(centres, area, reach_m), _positions(cells, at, codes), caught)
    return _kept(found, (found.distance_m <= reach_m) | caught)


def cells_in_contours(
    area: BaseGeometry, cells: gpd.GeoDataFrame, codes: pd.Index, contours: Contours
) -> NearCells:
    """Find the cells inside the area or a contour; the distance is the level, 1, 2 or 3."""
    zones = (area, *contours.zones)
    at = np.unique(np.concatenate([cells.sindex.query(zone) for zone in zones]))
    centres = _centres(cells, at)
    level = np.full(len(at), np.inf)
    for number, zone in reversed(list(enumerate(zones))):
        level[_holds(zone, centres)] = number
    nowhere = np.zeros(len(at), dtype=bool)
    found = NearCells(at, level, _positions(cells, at, codes), nowhere)
    return _kept(found, np.isfinite(level))


def all_cells(cells: gpd.GeoDataFrame, codes: pd.Index) -> NearCells:
    """Take every cell as inside."""
    at = np.arange(len(cells))
    nowhere = np.zeros(len(at), dtype=bool)
    return NearCells(at, np.zeros(len(at)), _positions(cells, at, codes), nowhere)


def _kept(cells: NearCells, keep: NDArray[np.bool_]) -> NearCells:
    return replace(
        cells,
        at=cells.at[keep],
        distance_m=cells.distance_m[keep],
        position=cells.position[keep],
        caught=cells.caught[keep],
    )


def _centres(cells: gpd.GeoDataFrame, at: NDArray[np.intp]) -> NDArray[np.object_]:
    centres: NDArray[np.object_] = shapely.centroid(cells.geometry.array.take(at).to_numpy())
    return centres


def _positions(cells: gpd.GeoDataFrame, at: NDArray[np.intp], codes: pd.Index) -> NDArray[np.intp]:
    found = cells["code"].take(at)
    position = codes.get_indexer(found)
    if (position < 0).any():
        msg = f"a cell has the code {found[position < 0].iloc[0]}, which the neighbourhoods lack"
        raise _validate.FrameError(msg)
    return position


def _holds(zone: BaseGeometry | None, points: NDArray[np.object_]) -> NDArray[np.bool_]:
    if zone is None or zone.is_empty:
        return np.zeros(len(points), dtype=bool)
    held: NDArray[np.bool_] = shapely.intersects(prepared_copy(zone), points)
    return held


def _straight(
    points: NDArray[np.object_], area: BaseGeometry, _reach_m: float
) -> NDArray[np.float64]:
    return distances_m(points, area)


def distances_m(points: NDArray[np.object_], area: BaseGeometry) -> NDArray[np.float64]:
    """Return the metres from each point to the nearest edge of `area`, 0 inside."""
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


def areal_people(
    neighbourhoods: gpd.GeoDataFrame, zones: Sequence[BaseGeometry], weights: Sequence[float]
) -> NDArray[np.float64]:
    """Weigh people as if they were spread evenly over their neighbourhood.

    Parameters
    ----------
    neighbourhoods
        With `population`.
    zones
        From the inside out; ground in an earlier one counts there only.
    weights
        What a person in each zone counts as.

    Returns
    -------
    affected
        One number for each neighbourhood.
    """
    reach = shapely.box(*shapely.total_bounds(np.array(zones, dtype=object)))
    near = np.sort(neighbourhoods.sindex.query(reach))
    polygons = neighbourhoods.geometry.array.take(near).to_numpy()
    covered = np.stack([_shared_area(polygons, zone) for zone in zones])
    # a wider zone never covers less, whatever a buffer of a hair's breadth comes out as
    covered = np.maximum.accumulate(covered, axis=0)
    parts = np.diff(covered, axis=0, prepend=0) / shapely.area(polygons)
    population = neighbourhoods["population"].take(near).to_numpy(dtype=np.float64)
    affected = np.zeros(len(neighbourhoods))
    affected[near] = np.asarray(weights) @ parts * population
    return affected


def zones_of(
    area: BaseGeometry, bands: Bands, catchment: BaseGeometry | None
) -> tuple[list[BaseGeometry], list[float]]:
    """Return the ground of each step of `bands` with all inside it, and the weights.

    A catchment area is part of the last zone.
    """
    zones = [reach_of(area, step.limit_m) for step in bands.steps()]
    if catchment is not None and not catchment.is_empty:
        zones[-1] = shapely.union(zones[-1], catchment)
    return zones, [step.weight for step in bands.steps()]


def contour_zones(area: BaseGeometry, contours: Contours) -> list[BaseGeometry]:
    """Return the area and the contours, each with all inside it."""
    zones = [area]
    for zone in contours.zones:
        zones.append(shapely.union(zones[-1], zone))
    return zones


def reach_of(area: BaseGeometry, distance_m: float) -> BaseGeometry:
    """Return all ground at most so far from the area, the area too."""
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
