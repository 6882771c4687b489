"""A map on paper: shapes over the ground, names where there is room, a scale, and its legend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import shapely
from markupsafe import Markup
from shapely.geometry.base import BaseGeometry

from data.output import map_shapes
from data.output.document import Sign
from data.output.map_shapes import HEIGHT, WIDTH
from geo import drawing
from geo.drawing import Bounds, Sheet
from pages.shared.maps import painter, palette
from pages.shared.maps.painter import Letters, Look, Pattern

HATCH, DOTS, LINE = "hatch", "dots", "line"
PATTERNS = {
    HATCH: Pattern(palette.GROUND, painter.HATCH, width=1.28),
    DOTS: Pattern(palette.GROUND, painter.DOTS, width=2.72, is_dots=True),
}
# squares of patterns are 20 dots wide on a map, and as high as a sample in its legend
_PATTERN_SCALE, _SAMPLE_SCALE = 1.25, 0.875
_SAMPLE, _QUIET = (28, 14), "#4A5568"
# an area that takes less of the map than this has no room for its name
_NAMED_FROM = 0.012
_LETTER = 9.5
_FAMILY = "Libertinus Serif, Georgia, serif"
_NAMES, _METRES = Letters(20, edge=5, family=_FAMILY), Letters(16, family=_FAMILY)


@dataclass(frozen=True)
class Painted:
    """A shape (EPSG:3006) and how it is painted; its fill may be the name of a pattern."""

    shape: BaseGeometry
    look: Look


@dataclass(frozen=True)
class Name:
    """A name to write in the middle of what is seen of a shape."""

    words: str
    shape: BaseGeometry


def draw(view: Bounds, painted: Sequence[Painted], names: Iterable[Name] = (), *, key: str) -> str:
    """Draw shapes over land, built-up land and water.

    Parameters
    ----------
    view
        In EPSG:3006, of the form of the paper.
    key
        Unique among the drawings of one page.
    """
    used = [name for name in PATTERNS if any(one.look.fill == name for one in painted)]
    frame = Look(edge=palette.TEXT, width=1)
    parts = [
        *(painter.pattern(f"{key}-{one}", PATTERNS[one], _PATTERN_SCALE) for one in used),
        painter.shape(painter.box(0, 0, WIDTH, HEIGHT), Look(palette.GROUND)),
        _ground(view),
        *(painter.shape(_path(one.shape, view), _filled(one.look, key)) for one in painted),
        *_written(names, view),
        *_scale(_sheet(view)),
        painter.shape(painter.box(0.5, 0.5, WIDTH - 1, HEIGHT - 1), frame),
    ]
    return str(painter.paper(WIDTH, HEIGHT, parts))


def legend(signs: Sequence[Sign], key: str) -> Markup:
    """Explain a map on a page; `key` is unique there."""
    rows = [(_sample(sign, f"{key}-{n}"), sign.label) for n, sign in enumerate(signs)]
    return painter.legend("tecken", "", rows)


def _sample(sign: Sign, key: str) -> Markup:
    if sign.pattern == LINE:
        return painter.line_sample(_SAMPLE, Look(edge=sign.fill, width=3))
    look = PATTERNS.get(sign.pattern, Pattern(sign.fill))
    return painter.sample(_SAMPLE, key, look, scale=_SAMPLE_SCALE, edge=_QUIET)


def _sheet(view: Bounds) -> Sheet:
    west, _south, east, north = view
    return Sheet(west, north, (east - west) / WIDTH)


def _path(shape: BaseGeometry, view: Bounds) -> str:
    sheet = _sheet(view)
    seen = drawing.seen(shape, view, sheet.dot_m)
    return drawing.path(drawing.on_sheet(seen, sheet), decimals=1)


@lru_cache(maxsize=64)
def _ground(view: Bounds) -> Markup:
    return painter.joined(
        painter.shape(_path(shape, view), Look(palette.BASE[name]))
        for name, shape in map_shapes.ground().items()
    )


def _filled(look: Look, key: str) -> Look:
    return replace(look, fill=painter.url(f"{key}-{look.fill}")) if look.fill in PATTERNS else look


def _written(names: Iterable[Name], view: Bounds) -> list[Markup]:
    sheet, found = _sheet(view), []
    whole = shapely.box(0, 0, WIDTH, HEIGHT)
    for name in names:
        shape = drawing.on_sheet(shapely.simplify(name.shape, sheet.dot_m), sheet)
        seen = shapely.intersection(shape, whole)
        if seen.area < _NAMED_FROM * whole.area:
            continue
        largest = max(shapely.get_parts(seen), key=shapely.area)
        x, y = shapely.maximum_inscribed_circle(largest, tolerance=20).coords[0]
        half = len(name.words) * _LETTER / 2 + 6
        x, y = min(max(x, half), WIDTH - half), min(max(y, 20), HEIGHT - 30)
        found.append(painter.label(name.words, round(x), round(y), _NAMES))
    return found


def _scale(sheet: Sheet) -> list[Markup]:
    """Draw a bar of a round number of metres."""
    metres = next(
        (m for m in (5000, 2000, 1000, 500, 200, 100) if m / sheet.dot_m <= WIDTH / 4), 100
    )
    long, y = round(metres / sheet.dot_m), HEIGHT - 18
    words = f"{metres // 1000} km" if metres >= 1000 else f"{metres} m"
    return [
        painter.shape(painter.box(10, y - 26, long + 20, 36), Look(palette.GROUND, opacity=0.85)),
        painter.shape(f"M20 {y - 6}V{y}H{20 + long}V{y - 6}", Look(edge=palette.TEXT, width=2)),
        painter.label(words, 20 + long // 2, y - 8, _METRES),
    ]
