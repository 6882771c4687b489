"""Lay shapes out as they lie on a drawing, and write them as the path data of an SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import shapely

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

Bounds = tuple[float, float, float, float]
# pieces and holes with less than this many square dots are not drawn
_LEAST_DOTS = 6.0
# what is kept outside the view, as a part of its width, so that no edge of the cut shows
_OUTSIDE = 0.02


class Sheet(NamedTuple):
    """What a drawing is made on: the point (EPSG:3006) that is its 0 0, and metres for each dot."""

    east: float
    north: float
    dot_m: float = 1.0


def fitted(bounds: Bounds, aspect: float, *, least: float = 0.0, margin: float = 0.0) -> Bounds:
    """Return bounds round the same middle that have the form of a drawing.

    Parameters
    ----------
    bounds
        Least x and y, most x and y.
    aspect
        Width by height of the drawing.
    least
        The least width and height of what must have room.
    margin
        What is left free on each side, as a part of what must have room.
    """
    left, low, right, high = bounds
    wide = max(right - left, least, aspect * max(high - low, least)) * (1 + 2 * margin)
    x, y = (left + right) / 2, (low + high) / 2
    aside, above = wide / 2, wide / aspect / 2
    return x - aside, y - above, x + aside, y + above


def seen(shape: BaseGeometry, view: Bounds, dot_m: float) -> BaseGeometry:
    """Return what is seen of polygons in a view, with a margin and without what is too small.

    Parameters
    ----------
    shape, view
        In metres (EPSG:3006).
    dot_m
        Metres for each dot; no edge is moved further than that.
    """
    west, south, east, north = view
    margin, least = (east - west) * _OUTSIDE, _LEAST_DOTS * dot_m * dot_m
    box = (west - margin, south - margin, east + margin, north + margin)
    cut = shapely.clip_by_rect(shapely.simplify(shape, dot_m), *box)
    return shapely.MultiPolygon(
        [
            shapely.Polygon(
                part.exterior,
                [hole for hole in part.interiors if shapely.Polygon(hole).area > least],
            )
            for part in shapely.get_parts(cut)
            if part.geom_type == "Polygon" and shapely.Polygon(part.exterior).area > least
        ]
    )


def on_sheet(shape: BaseGeometry, sheet: Sheet) -> BaseGeometry:
    """Return a shape (EPSG:3006) as it lies on a sheet: in dots, and downwards."""
    corner = (sheet.east, sheet.north)
    return shapely.transform(shape, lambda xy: (xy - corner) * (1 / sheet.dot_m, -1 / sheet.dot_m))


def path(shape: BaseGeometry, decimals: int = 0) -> str:
    """Write polygons that lie on a sheet as path data; nothing for other shapes.

    >>> path(shapely.box(0, 0, 20, 10))
    'M20 0L20 10L0 10L0 0Z'
    """
    return "".join(
        f"M{'L'.join(f'{x:.{decimals}f} {y:.{decimals}f}' for x, y in ring.coords[:-1])}Z"
        for part in shapely.get_parts(shape)
        if part.geom_type == "Polygon" and not part.is_empty
        for ring in (part.exterior, *part.interiors)
    )
