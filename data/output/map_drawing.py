"""Maps for paper: drawings (SVG) from the same layers as the maps on the pages, with no network.

Nothing but our own shapes, colours and names of areas is ever drawn.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from data.decisions import impact_zones
from data.geodata import layers
from data.models import Decision
from geo import basemap, impact

WIDTH, HEIGHT = 1000, 580
PLAIN, HATCH, DOTS = "plain", "hatch", "dots"
TOLERANCE_M = 12.0
LEAST_AROUND_M = 1_000.0
# an area that takes less of the map than this has no room for its name
_NAMED_FROM = 0.012
_LETTER = 9.5
View = tuple[float, float, float, float]


@dataclass(frozen=True)
class Painted:
    """A shape (EPSG:3006) and how it is painted; `dash` as SVG writes it."""

    shape: BaseGeometry
    fill: str = "none"
    pattern: str = PLAIN
    stroke: str = "none"
    width: float = 1.0
    dash: str = ""
    opacity: float = 1.0


@dataclass(frozen=True)
class Name:
    """A name to write in the middle of what is seen of a shape."""

    words: str
    shape: BaseGeometry


def near_view(decision: Decision) -> View:
    """Return the view round the outer band of a decision."""
    far = max(decision.far_m or 0.0, LEAST_AROUND_M)
    return _fitted(decision.area.buffer(1.05 * far).bounds)


def town_view(decision: Decision) -> View:
    """Return the view of the town and of what is round the decision."""
    if impact_zones.bands_of(decision) is None:
        return _fitted(layers.municipality().bounds)
    town = max(shapely.get_parts(layers.built_up()), key=lambda part: part.area)
    return _fitted(shapely.union_all([town, shapely.box(*near_view(decision))]).bounds)


def _fitted(bounds: View) -> View:
    west, south, east, north = bounds
    wide, high = east - west, north - south
    more_wide = max(high * WIDTH / HEIGHT - wide, 0) / 2
    more_high = max(wide * HEIGHT / WIDTH - high, 0) / 2
    return west - more_wide, south - more_high, east + more_wide, north + more_high


def bands(decision: Decision) -> dict[str, BaseGeometry]:
    """Return the bands round the area as they are drawn on the pages, by name; maybe none."""
    limits = impact_zones.bands_of(decision)
    if limits is None:
        return {}
    rings = impact.band_polygons(decision.area, limits).reset_index()
    return dict(zip(rings["band"].astype(str), rings.geometry, strict=True))


@cache
def shapes(layer: str) -> gpd.GeoSeries:
    """Return the areas of `layer` for drawing (EPSG:3006), simplified together."""
    areas = layers.frame(layer)[["geometry"]]
    simple = areas if layer == layers.RUTA else basemap.simplify_coverage(areas, TOLERANCE_M)
    return gpd.GeoSeries(simple.geometry, index=areas.index)


@lru_cache(maxsize=64)
def _ground(view: View, land: str, town: str, water: str) -> str:
    return "".join(
        _paint(Painted(shape, fill=fill), view, "")
        for shape, fill in (
            (layers.municipality(), land),
            (layers.built_up(), town),
            (layers.water(), water),
        )
    )


def draw(
    view: View,
    painted: Sequence[Painted],
    *,
    ground: tuple[str, str, str],
    ink: str,
    names: Iterable[Name] = (),
    key: str = "karta",
) -> str:
    """Draw shapes over land, built-up land and water, whose colours are `ground`.

    Parameters
    ----------
    key
        Unique among the drawings of one page.
    """
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}">',
        _patterns(key, painted, ink),
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        _ground(view, *ground),
        *(_paint(one, view, key) for one in painted),
        *_written(names, view, ink),
        _scale(view, ink),
        f'<rect x="0.5" y="0.5" width="{WIDTH - 1}" height="{HEIGHT - 1}" fill="none" '
        f'stroke="{ink}" stroke-width="1"/></svg>',
    ]
    return "".join(parts)


def _patterns(key: str, painted: Sequence[Painted], ink: str) -> str:
    needed = sorted({(one.pattern, one.fill) for one in painted if one.pattern != PLAIN})
    found = []
    for pattern, fill in needed:
        inside = (
            f'<path d="M-2 12L12 -2M8 22L22 8" stroke="{ink}" stroke-width="1.6"/>'
            if pattern == HATCH
            else f'<circle cx="5" cy="5" r="1.7" fill="{ink}"/>'
            f'<circle cx="15" cy="15" r="1.7" fill="{ink}"/>'
        )
        found.append(
            f'<pattern id="{_pattern_id(key, pattern, fill)}" width="20" height="20" '
            f'patternUnits="userSpaceOnUse"><rect width="20" height="20" fill="{fill}"/>'
            f"{inside}</pattern>"
        )
    return f"<defs>{''.join(found)}</defs>" if found else ""


def _pattern_id(key: str, pattern: str, fill: str) -> str:
    return f"{key}-{pattern}-{fill.lstrip('#')}"


def _paint(one: Painted, view: View, key: str) -> str:
    path = _path(one.shape, view)
    if not path:
        return ""
    fill = one.fill if one.pattern == PLAIN else f"url(#{_pattern_id(key, one.pattern, one.fill)})"
    stroke = f' stroke="{one.stroke}" stroke-width="{one.width:g}"' if one.stroke != "none" else ""
    dash = f' stroke-dasharray="{one.dash}"' if one.dash else ""
    seen = f' fill-opacity="{one.opacity:g}"' if one.opacity < 1 else ""
    return f'<path d="{path}" fill="{fill}" fill-rule="evenodd"{seen}{stroke}{dash}/>'


def _path(shape: BaseGeometry, view: View) -> str:
    """Write what is seen of a shape, with a margin so that no edge of the cut shows."""
    west, south, east, north = view
    margin = (east - west) * 0.02
    step = (east - west) / WIDTH
    box = (west - margin, south - margin, east + margin, north + margin)
    cut = shapely.clip_by_rect(shapely.simplify(shape, step), *box)
    rings = [
        ring
        for part in shapely.get_parts(cut)
        if part.geom_type == "Polygon"
        for ring in (part.exterior, *part.interiors)
        if shapely.area(shapely.Polygon(ring)) > 6 * step * step
    ]
    return "".join(_ring(shapely.get_coordinates(ring), west, north, step) for ring in rings)


def _ring(corners: Iterable[Sequence[float]], west: float, north: float, step: float) -> str:
    written = (f"{(x - west) / step:.1f} {(north - y) / step:.1f}" for x, y in corners)
    return f"M{'L'.join(written)}Z"


def _written(names: Iterable[Name], view: View, ink: str) -> list[str]:
    west, _south, east, north = view
    step, box = (east - west) / WIDTH, shapely.box(*view)
    whole, found = box.area, []
    for name in names:
        seen = shapely.intersection(shapely.simplify(name.shape, step), box)
        if seen.area < _NAMED_FROM * whole:
            continue
        middle = shapely.maximum_inscribed_circle(
            max(shapely.get_parts(seen), key=lambda part: part.area), tolerance=20 * step
        ).coords[0]
        x, y = (middle[0] - west) / step, (north - middle[1]) / step
        half = len(name.words) * _LETTER / 2 + 6
        x, y = min(max(x, half), WIDTH - half), min(max(y, 20), HEIGHT - 30)
        words = html.escape(name.words)
        # first a white edge, then the letters on it
        for look in ('stroke="#ffffff" stroke-width="5" stroke-linejoin="round" ', ""):
            found.append(
                f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="middle" font-size="20" {look}'
                f'font-family="Libertinus Serif, Georgia, serif" fill="{ink}">{words}</text>'
            )
    return found


def _scale(view: View, ink: str) -> str:
    """Draw a bar of a round number of metres."""
    step = (view[2] - view[0]) / WIDTH
    metres = next((m for m in (5000, 2000, 1000, 500, 200, 100) if m / step <= WIDTH / 4), 100)
    long, y = metres / step, HEIGHT - 18
    words = f"{metres // 1000} km" if metres >= 1000 else f"{metres} m"
    return (
        f'<rect x="10" y="{y - 26}" width="{long + 20:.0f}" height="36" fill="#ffffff" '
        f'fill-opacity="0.85"/><path d="M20 {y - 6}V{y}H{20 + long:.0f}V{y - 6}" fill="none" '
        f'stroke="{ink}" stroke-width="2"/><text x="{20 + long / 2:.0f}" y="{y - 8}" '
        f'text-anchor="middle" font-size="16" font-family="Libertinus Serif, Georgia, serif" '
        f'fill="{ink}">{words}</text>'
    )
