"""Find which neighbourhood of every layer a point lies in, fast enough for every request."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from geo import _validate, crs
from geo._prepared import prepare_shared
from geo.grid import corners_between

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import geopandas as gpd
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

# The layers are cut in so many strips each way; a square of the grid knows which polygons it
# meets, so a point is compared with those few only.
_STRIPS = 64
# Larger holes in the first layer are other municipalities, smaller ones are slivers between
# polygons that were drawn apart.
_SLIVER_MAX_M2 = 10_000.0
_MARGIN_M = 0.01


class _Square(NamedTuple):
    """What a square of the index knows: sure codes, and polygons to ask, in order of code."""

    certain: dict[str, str]
    polygons: NDArray[np.object_]
    places: list[tuple[str, str]]


class Locator:
    """Codes of points, for a fixed set of layers.

    The first layer decides what the municipality is. A point on a border belongs to the
    neighbourhood whose code comes first in alphabetical order, whatever the order of rows, so
    that everyone always gets the same answer. A point inside the municipality that no polygon of
    a layer covers belongs to that layer's nearest polygon.

    Parameters
    ----------
    layers
        Frames by name, each in EPSG:3006 with the code as index.

    Raises
    ------
    ValueError
        If there is no layer, or one has no rows, doubled codes, another system or an invalid
        polygon.
    """

    def __init__(self, layers: Mapping[str, gpd.GeoDataFrame]) -> None:
        if not layers:
            msg = "a locator needs at least one layer"
            raise ValueError(msg)
        for name, frame in layers.items():
            _validate.check_layer(frame, name)
        self._layers = tuple(layers)
        self._of_layer = [frame.sort_index() for frame in layers.values()]
        self._polygons = prepare_shared(
            np.concatenate([frame.geometry.to_numpy() for frame in self._of_layer])
        )
        self._codes = [str(code) for frame in self._of_layer for code in frame.index]
        self._layer_of = [n for n, f in zip(layers, self._of_layer, strict=True) for _ in f.index]
        self._municipality = prepare_shared(np.array([_without_slivers(self._of_layer[0])]))[0]
        self._cell_m = _side_m(self._of_layer[0])
        self._squares = dict(self._index())

    def _index(self) -> Iterator[tuple[tuple[int, int], _Square]]:
        cell_m = self._cell_m
        west, south = corners_between(tuple(self._of_layer[0].total_bounds), cell_m)
        # a little wider, so that rounding never puts a point beside its square
        edge = cell_m + _MARGIN_M
        squares = shapely.box(west - _MARGIN_M, south - _MARGIN_M, west + edge, south + edge)
        tree = shapely.STRtree(self._polygons)
        square, polygon = tree.query(squares, predicate="intersects")
        order = np.lexsort((polygon, square))
        square, polygon = square[order], polygon[order]
        covered = shapely.contains_properly(self._polygons[polygon], squares[square])
        starts = np.searchsorted(square, np.arange(len(squares) + 1))
        for i in np.unique(square).tolist():
            part = slice(starts[i], starts[i + 1])
            key = (round(west[i] / cell_m), round(south[i] / cell_m))
            yield key, self._square(polygon[part], covered[part])

    def _square(self, polygon: NDArray[np.intp], covered: NDArray[np.bool_]) -> _Square:
        layers = [self._layer_of[p] for p in polygon]
        certain = np.array([layers.count(n) == 1 for n in layers]) & covered
        return _Square(
            certain={self._layer_of[p]: self._codes[p] for p in polygon[certain]},
            polygons=self._polygons[polygon[~certain]],
            places=[(self._layer_of[p], self._codes[p]) for p in polygon[~certain]],
        )

    def codes(self, lon: float, lat: float) -> dict[str, str] | None:
        """Return the code in every layer of a point in degrees.

        Returns
        -------
        codes
            By layer name; None outside the municipality, or if a number is not finite.
        """
        if not (math.isfinite(lon) and math.isfinite(lat)):
            return None
        x, y = crs.point_to_metric(lon, lat)
        if not (math.isfinite(x) and math.isfinite(y)):
            return None
        square = self._squares.get((math.floor(x / self._cell_m), math.floor(y / self._cell_m)))
        if square is None:
            return self._with_nearest({}, x, y)
        found = dict(square.certain)
        if square.places:
            for hit in shapely.intersects_xy(square.polygons, x, y).nonzero()[0].tolist():
                layer, code = square.places[hit]
                found.setdefault(layer, code)
        if len(found) == len(self._layers):
            return found
        return self._with_nearest(found, x, y)

    def _with_nearest(self, found: dict[str, str], x: float, y: float) -> dict[str, str] | None:
        inside = self._layers[0] in found or shapely.intersects_xy(self._municipality, x, y)
        if not inside:
            return None
        point = shapely.Point(x, y)
        return {
            name: found[name] if name in found else _nearest_code(frame, point)
            for name, frame in zip(self._layers, self._of_layer, strict=True)
        }

    def distance_m(self, lon: float, lat: float, area: BaseGeometry) -> float:
        """Return the metres from a point in degrees to the nearest edge of `area` (EPSG:3006).

        Returns
        -------
        distance
            0 inside the area.

        Raises
        ------
        ValueError
            If the point is not finite or the area is empty.
        """
        x, y = crs.point_to_metric(lon, lat)
        if not (math.isfinite(x) and math.isfinite(y)) or area.is_empty:
            msg = "a distance needs a point on the map and an area"
            raise ValueError(msg)
        return float(shapely.distance(shapely.Point(x, y), area))


def _side_m(frame: gpd.GeoDataFrame) -> float:
    west, south, east, north = frame.total_bounds
    return float(max(east - west, north - south)) / _STRIPS


def _without_slivers(frame: gpd.GeoDataFrame) -> BaseGeometry:
    ground = shapely.union_all(frame.geometry.to_numpy())
    outlines = shapely.polygons(shapely.get_exterior_ring(shapely.get_parts(ground)))
    gaps = shapely.get_parts(shapely.difference(shapely.union_all(outlines), ground))
    slivers = gaps[shapely.area(gaps) <= _SLIVER_MAX_M2]
    return shapely.union_all([ground, *slivers])


def _nearest_code(frame: gpd.GeoDataFrame, point: BaseGeometry) -> str:
    # codes are in order, so of several at the same distance the first is taken
    distances = shapely.distance(frame.geometry.to_numpy(), point)
    return str(frame.index[int(np.argmin(distances))])
