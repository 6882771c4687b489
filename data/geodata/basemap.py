"""The map that needs no network: land, built-up land, water, outlines and names.

Everything is WGS 84 GeoJSON with five decimals (about a metre), made once per process and kept as
bytes.
"""

from __future__ import annotations

import json
from functools import cache

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from data.geodata import layers, map_names
from data.geodata.credit_lines import FLOOD_WATER
from geo import basemap, crs

TOLERANCE_M = 8.0
# Overlays are snapped to this grid, so that pieces that touch share their corners exactly.
SNAP_M = 0.1
DECIMALS = 5


@cache
def base_geojson() -> bytes:
    """Return land, built-up land and water in drawing order, told apart by `skikt`.

    The pieces are simplified together: where town and lake meet they share one line. Land is the
    whole municipality and lies below the others, so that no seam shows through. Water has
    `forklaring`, which says what the blue is.
    """
    water = shapely.intersection(layers.water(), layers.municipality(), grid_size=SNAP_M)
    town = shapely.intersection(layers.built_up(), layers.municipality(), grid_size=SNAP_M)
    town = shapely.difference(town, water, grid_size=SNAP_M)
    rest = shapely.difference(layers.municipality(), shapely.union(water, town), grid_size=SNAP_M)
    pieces = gpd.GeoDataFrame(
        {"skikt": ["land", "built_up", "water"]},
        geometry=[rest, town, water],
        crs=crs.SWEREF99TM,
    )
    pieces = basemap.simplify_coverage(pieces, TOLERANCE_M)
    shapes = list(pieces.geometry)
    shapes[0] = shapely.union_all(shapes)
    land, town, water = (_in_degrees(shape) for shape in shapes)
    return _collection(
        [
            _feature(land, {"skikt": "land"}),
            _feature(town, {"skikt": "built_up"}),
            _feature(water, {"skikt": "water", "forklaring": FLOOD_WATER}),
        ]
    )


@cache
def shapes(layer: str) -> gpd.GeoSeries:
    """Return the areas of `layer` for drawing: WGS 84, simplified together, on the index `code`."""
    areas = layers.frame(layer)[["geometry"]]
    if layer != layers.RUTA:
        areas = basemap.simplify_coverage(areas, TOLERANCE_M)
    drawn = [_in_degrees(shape) for shape in areas.geometry]
    return gpd.GeoSeries(drawn, index=areas.index, crs=crs.WGS84)


@cache
def outlines(layer: str) -> bytes:
    """Return the areas of `layer` with `code` and `name`."""
    names = layers.frame(layer)["name"]
    return _collection(
        [
            _feature(shape, {"code": code, "name": names[code]}, code)
            for code, shape in shapes(layer).items()
        ]
    )


@cache
def labels_geojson() -> bytes:
    """Return the names on the map with `name`, `kind`, `minzoom` and `maxzoom`.

    `kind` is one of the constants of `data.geodata.map_names`, such as ``water``.
    """
    return _collection(
        [
            _feature(
                shapely.Point(label.lon, label.lat),
                {
                    "name": label.name,
                    "kind": label.kind,
                    "minzoom": label.min_zoom,
                    "maxzoom": label.max_zoom,
                },
            )
            for label in map_names.map_names()
        ]
    )


def _in_degrees(shape: BaseGeometry) -> BaseGeometry:
    rounded = shapely.transform(crs.geometry_to_degrees(shape), lambda xy: np.round(xy, DECIMALS))
    return rounded if rounded.is_valid else shapely.set_precision(rounded, 10**-DECIMALS)


def _feature(
    shape: BaseGeometry, properties: dict[str, object], code: str | None = None
) -> dict[str, object]:
    feature: dict[str, object] = {
        "type": "Feature",
        "properties": properties,
        "geometry": shapely.geometry.mapping(shape),
    }
    return feature if code is None else {**feature, "id": code}


def _collection(features: list[dict[str, object]]) -> bytes:
    whole = {"type": "FeatureCollection", "features": features}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()
