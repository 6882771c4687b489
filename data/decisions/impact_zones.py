"""How far a decision reaches: its bands or contours, its catchment areas, the way over land."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache, partial

import numpy as np
import numpy.typing as npt
import shapely
from shapely.errors import ShapelyError
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from data import municipality, settings
from data.geodata import layers, shipped
from data.models import Decision, ZoneKind
from geo import barriers, crs, impact

# five decimals, about a metre
DEGREE = 1e-5
CONTOURS = (ZoneKind.NEAR, ZoneKind.MIDDLE, ZoneKind.FAR)
Measure = Callable[[npt.NDArray[np.object_], BaseGeometry, float], npt.NDArray[np.float64]]


def bands_of(decision: Decision) -> impact.Bands | impact.Contours | None:
    """Return the bands or contours, or None when the whole municipality is concerned."""
    near, middle, far = decision.near_m, decision.middle_m, decision.far_m
    if near is None or middle is None or far is None:
        return None
    if has_contours(decision):
        return impact.Contours(*(zone_of(decision, kind) for kind in CONTOURS))
    return impact.Bands(near, middle, far, decay_m=decision.decay_m)


def has_contours(decision: Decision) -> bool:
    """Tell whether contours stand in the place of the bands."""
    return any(zone.kind in CONTOURS for zone in decision.zones)


def zone_of(decision: Decision, kind: ZoneKind) -> MultiPolygon:
    """Return all ground of one kind of zone, maybe none (EPSG:3006)."""
    found = shapely.union_all([zone.area for zone in decision.zones if zone.kind is kind])
    return found if isinstance(found, MultiPolygon) else MultiPolygon(shapely.get_parts(found))


@cache
def crossings() -> tuple[BaseGeometry, ...]:
    """Return the bridges and other ways over water (EPSG:3006), none as shipped.

    Raises
    ------
    data.geodata.shipped.LayerError
        When the file cannot be read.
    """
    path = settings.load().crossings or municipality.in_use().path("crossings")
    if path is None:
        return ()
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        shapes = [shapely.geometry.shape(one["geometry"]) for one in features]
    except (OSError, ValueError, LookupError, TypeError, AttributeError, ShapelyError) as error:
        fault = "the file cannot be read as GeoJSON"
        raise shipped.LayerError(path.name, "unreadable", fault) from error
    found = tuple(crs.geometry_to_metric(shape) for shape in shapes)
    if not all(shapely.intersects(layers.municipality(), shape) for shape in found):
        fault = "a crossing lies outside the municipality, or is not in degrees"
        raise shipped.LayerError(path.name, "outside", fault)
    return found


def measure() -> Measure | None:
    """Return how metres to an area are found: over land if crossings are known, else straight."""
    if not crossings():
        return None
    return over_land


def over_land(
    points: npt.NDArray[np.object_], area: BaseGeometry, reach_m: float
) -> npt.NDArray[np.float64]:
    """Return metres over land to `area`; see `geo.barriers.land_distances_m`."""
    find = partial(barriers.land_distances_m, water=layers.water(), crossings=crossings())
    return find(points, area, reach_m=reach_m)
