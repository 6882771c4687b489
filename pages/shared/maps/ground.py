"""The map that lies under everything: view, base layers, credit. It is constant per language."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from shapely.geometry.base import BaseGeometry

from data import municipality, settings
from data.geodata import credit_lines, gazetteer, layers
from data.wording import in_language
from geo import crs
from pages.shared import addresses
from pages.shared.maps import palette
from pages.shared.maps.elements import Frame, TownMap
from pages.shared.maps.layer_specs import LayerSpec
from pages.shared.words.language import LANGUAGES

Bounds = tuple[float, float, float, float]

MIN_ZOOM = 9
MAX_ZOOM = 18
MARGIN = 0.12


# asked for in every run, and a change of reference system costs more than the rest of the page
@lru_cache(maxsize=256)
def bounds_of(area: BaseGeometry, margin: float = MARGIN) -> Bounds:
    """Return west, south, east, north (degrees) round an area in EPSG:3006.

    `margin` is the part of the larger side that is added on each side.
    """
    west, south, east, north = crs.geometry_to_degrees(area).bounds
    wide, high = (east - west) * margin, (north - south) * margin
    return west - wide, south - high, east + wide, north + high


def bounds_of_all(areas: Iterable[BaseGeometry]) -> Bounds:
    """Return west, south, east, north (degrees) round several areas in EPSG:3006, one at least."""
    wests, souths, easts, norths = zip(*map(bounds_of, areas), strict=True)
    return min(wests), min(souths), max(easts), max(norths)


@cache
def town_bounds() -> Bounds:
    """Return west, south, east, north (degrees) of what is drawn when nothing else is asked for.

    It is the view that the municipality has chosen, or else its largest locality.
    """
    view = municipality.in_use().view
    if view is None:
        return bounds_of(max(gazetteer.towns().geometry, key=lambda one: one.area))
    west, south, east, north = view
    return west, south, east, north


@cache
def municipality_bounds() -> Bounds:
    """Return west, south, east, north of the municipality in degrees."""
    return bounds_of(layers.municipality(), margin=0.02)


def base_specs() -> list[dict[str, object]]:
    """Return the layers of the base map in drawing order."""
    ground = LayerSpec(
        addresses.base(),
        property="skikt",
        fills=palette.BASE,
        colors={"land": palette.OUTLINE},
        weight=0.8,
        fill_opacity=1,
        interactive=False,
        pane="base",
    )
    outlines = LayerSpec(
        addresses.areas(layers.DESO),
        kind="line",
        color=palette.OUTLINE,
        weight=0.8,
        dash="2 4",
        interactive=False,
        pane="borders",
    )
    names = LayerSpec(
        addresses.labels(), kind="labels", label="name", interactive=False, pane="names"
    )
    return [ground.as_json(), outlines.as_json(), names.as_json()]


def ground_map(start: str, opts: dict[str, object], *, bounds: Bounds) -> TownMap:
    """Make the map with its base layers; `start` is the function of `map.js` that sets it up.

    Parameters
    ----------
    bounds
        West, south, east, north in degrees: what is shown first.
    """
    west, south, east, north = bounds
    zooms = {"zoom": 12, "minZoom": MIN_ZOOM, "maxZoom": MAX_ZOOM, "zoomSnap": 0.5}
    town = TownMap((west + east) / 2, (south + north) / 2, zooms)
    limit = municipality_bounds()
    shared: dict[str, object] = {
        "credit": {spoken: in_language(credit_lines.MAP_CREDIT, spoken) for spoken in LANGUAGES},
        "tiles": addresses.TILES if settings.load().tile_url else None,
        "base": base_specs(),
        "limit": limit,
        "bounds": bounds,
    }
    Frame(start, shared | opts).add_to(town)
    return town
