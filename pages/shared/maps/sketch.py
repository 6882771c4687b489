"""What is drawn before it is stored: an area, corners, shapes of a file, the place of a fault.

It goes to the map as numbers inside the layer itself, since it has no address yet. No text does.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import crs
from pages.shared.maps import palette
from pages.shared.maps.ground import Bounds, bounds_of, municipality_bounds
from pages.shared.maps.layer_specs import LayerSpec
from pages.shared.maps.legend import Item
from pages.shared.words.texts import _

FAULT = "#9A3B00"
# more corners than this are not seen, and each costs the browser
CORNERS_DRAWN = 4_000
SHAPES_DRAWN = 500
DECIMALS = 6
CHOSEN, OTHER = "vald", "annan"
# degrees round a place that is shown alone: about 700 m
_AROUND_LON, _AROUND_LAT = 0.012, 0.006
_POINTS, _LINES, _POLYGONS = (0, 4), (1, 2, 5), (3, 6)
Point = tuple[float, float]


def surface(area: BaseGeometry, color: str = palette.ACCENT) -> LayerSpec:
    """Draw an area in EPSG:3006 as a decision's area is drawn."""
    return LayerSpec(
        "",
        data=_collection([_feature(one) for one in _drawable([area])]),
        name="omrade",
        color=color,
        fill=color,
        weight=3,
        fill_opacity=0.2,
        interactive=False,
    )


def surface_item(words: str) -> Item:
    """Explain an area that is drawn by `surface`; `words` is a translated text."""
    return Item(words, palette.ACCENT, fill="light")


def choices(shapes: Sequence[BaseGeometry], chosen: Collection[int]) -> list[LayerSpec]:
    """Draw the shapes of a file (EPSG:3006); a click gives the number of one as `id`."""
    numbers = range(len(shapes))
    if len(shapes) > SHAPES_DRAWN:
        numbers = sorted(numbers, key=lambda n: n not in chosen)[:SHAPES_DRAWN]  # type: ignore[assignment]
    features = [
        _feature(one, number, CHOSEN if number in chosen else OTHER)
        for number, one in zip(numbers, _drawable([shapes[n] for n in numbers]), strict=True)
    ]
    look = {CHOSEN: palette.ACCENT, OTHER: palette.OUTLINE}
    return [
        LayerSpec(
            "",
            data=_collection(features),
            name="val",
            property="val",
            fills=look,
            colors=look,
            weight=3,
            fill_opacity=0.25,
            radius=7,
            clickable=True,
        )
    ]


def choice_items() -> list[Item]:
    """Explain which shapes are chosen."""
    return [
        Item(_("Valda"), palette.ACCENT, fill="light"),
        Item(_("Inte valda"), palette.OUTLINE, fill="light"),
    ]


def corners(points: Sequence[Point], *, is_closed: bool) -> list[LayerSpec]:
    """Draw numbered corners, each (longitude, latitude), and the line through them."""
    if not points:
        return []
    path = [*points, points[0]] if is_closed and len(points) > 2 else points
    marks: list[dict[str, object]] = [
        {
            "type": "Feature",
            "properties": {"nummer": number, "label_at": list(point)},
            "geometry": {"type": "Point", "coordinates": list(point)},
        }
        for number, point in enumerate(points, start=1)
    ]
    line = {"type": "LineString", "coordinates": [list(point) for point in path]}
    edges: dict[str, object] = {"type": "Feature", "properties": {}, "geometry": line}
    look = {"color": palette.ACCENT, "interactive": False}
    return [
        LayerSpec("", kind="line", name="kant", weight=3, data=_collection([edges]), **look),  # type: ignore[arg-type]
        LayerSpec(
            "",
            kind="points",
            name="horn",
            label="nummer",
            fill=palette.ACCENT,
            # the numbers take their colour from the marks under them
            colors={"null": palette.ACCENT},
            radius=5,
            data=_collection(marks),
            **look,  # type: ignore[arg-type]
        ),
    ]


def fault(place: Point) -> LayerSpec:
    """Mark the place (longitude, latitude) of a fault."""
    geometry = {"type": "Point", "coordinates": [round(v, DECIMALS) for v in place]}
    feature: dict[str, object] = {
        "type": "Feature",
        "properties": {"val": "fel"},
        "geometry": geometry,
    }
    return LayerSpec(
        "",
        kind="points",
        name="fel",
        property="val",
        shapes={"fel": "triangle"},
        fill=FAULT,
        radius=13,
        data=_collection([feature]),
        interactive=False,
    )


def fault_item() -> Item:
    """Explain the mark of a fault."""
    return Item(_("Här är felet"), FAULT, "triangle")


def bounds_round(place: Point) -> Bounds:
    """Return the view round one place (longitude, latitude)."""
    lon, lat = place
    return lon - _AROUND_LON, lat - _AROUND_LAT, lon + _AROUND_LON, lat + _AROUND_LAT


def bounds_with_home(shapes: Sequence[BaseGeometry]) -> Bounds:
    """Return the view that holds the municipality and shapes that lie elsewhere (EPSG:3006)."""
    home = municipality_bounds()
    there = bounds_of(shapely.box(*shapely.total_bounds(list(shapes))), margin=0.05)
    lows, highs = np.minimum(home, there), np.maximum(home, there)
    return float(lows[0]), float(lows[1]), float(highs[2]), float(highs[3])


def _collection(features: list[dict[str, object]]) -> dict[str, object]:
    return {"type": "FeatureCollection", "features": features}


def _feature(
    geometry: dict[str, object], number: int | None = None, chosen: str | None = None
) -> dict[str, object]:
    made: dict[str, object] = {"type": "Feature", "properties": {"val": chosen}}
    if number is not None:
        made["id"] = number
    return made | {"geometry": geometry}


def _drawable(shapes: Sequence[BaseGeometry]) -> list[dict[str, object]]:
    """Return shapes in EPSG:3006 as GeoJSON in degrees, without corners that nobody can see."""
    every = math.ceil(int(shapely.get_num_coordinates(list(shapes)).sum()) / CORNERS_DRAWN) or 1
    return [_geometry(crs.geometry_to_degrees(shape), every) for shape in shapes]


def _geometry(shape: BaseGeometry, every: int) -> dict[str, object]:
    kind = shapely.get_type_id(shape)
    if kind == 7:
        parts = [_geometry(part, every) for part in shapely.get_parts(shape)]
        return {"type": "GeometryCollection", "geometries": parts}
    if kind in _POINTS:
        return {"type": "MultiPoint", "coordinates": _path(shape, 1)}
    parts = shapely.get_parts(shape)
    if kind in _LINES:
        return {"type": "MultiLineString", "coordinates": [_path(one, every) for one in parts]}
    polygons = [[_path(ring, every) for ring in shapely.get_rings(one)] for one in parts]
    return {"type": "MultiPolygon", "coordinates": polygons}


def _path(path: BaseGeometry, every: int) -> list[list[float]]:
    """Return a path's corners, only some of them if it has very many; its ends are kept."""
    points = shapely.get_coordinates(path)
    if every > 1 and len(points) > 8:
        points = np.vstack([points[:-1:every], points[-1:]])
    rounded: list[list[float]] = np.round(points, DECIMALS).tolist()
    return rounded
