"""What drawn maps are made of: views, areas, bands and ground, from the layers of the pages."""

from __future__ import annotations

from functools import cache

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from data.decisions import impact_zones
from data.geodata import layers
from data.models import Decision
from geo import basemap, drawing, impact
from geo.drawing import Bounds

# the form of a map on paper, in dots
WIDTH, HEIGHT = 1000, 580
TOLERANCE_M = 12.0
LEAST_AROUND_M = 1_000.0


def near_view(decision: Decision) -> Bounds:
    """Return the view round the outer band of a decision."""
    far = max(decision.far_m or 0.0, LEAST_AROUND_M)
    return _fitted(decision.area.buffer(1.05 * far))


def town_view(decision: Decision) -> Bounds:
    """Return the view of the town and of what is round the decision."""
    if impact_zones.bands_of(decision) is None:
        return _fitted(layers.municipality())
    town = max(shapely.get_parts(layers.built_up()), key=lambda part: part.area)
    return _fitted(shapely.union_all([town, shapely.box(*near_view(decision))]))


def _fitted(shape: BaseGeometry) -> Bounds:
    return drawing.fitted(shape.bounds, WIDTH / HEIGHT)


def bands(decision: Decision) -> dict[str, BaseGeometry]:
    """Return the bands round the area as they are drawn on the pages, by name; maybe none."""
    limits = impact_zones.bands_of(decision)
    if limits is None:
        return {}
    rings = impact.band_polygons(decision.area, limits).reset_index()
    return dict(zip(rings["band"].astype(str), rings.geometry, strict=True))


@cache
def areas(layer: str) -> gpd.GeoSeries:
    """Return the areas of `layer` for drawing (EPSG:3006), simplified together."""
    found = layers.frame(layer)[["geometry"]]
    simple = found if layer == layers.RUTA else basemap.simplify_coverage(found, TOLERANCE_M)
    return gpd.GeoSeries(simple.geometry, index=found.index)


def ground() -> dict[str, BaseGeometry]:
    """Return land, built-up land and water (EPSG:3006) in drawing order, by what they are."""
    return {
        "land": layers.municipality(),
        "built_up": layers.built_up(),
        "water": layers.water(),
    }
