"""The map of a meeting: drawn here as one SVG, so that it needs no network and no library.

Areas have a colour and a pattern for each class. Nothing on it is text of a resident.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from data import basemap, layers
from data.meeting_content import LAYER
from pages.shared.maps import drawn, palette
from pages.shared.texts import _, ngettext, number
from pages.web.mote.markup import esc, persons, table

# inclusive upper bounds, as on the page of results
BREAKS = (2, 5, 10, 20)
METRES = 111_320.0
# the middle of town: near enough to draw a municipality flat
LON, LAT = 14.52, 59.33
TOLERANCE_M = 15.0
LEAST_SIDE_M = 3_000.0
# areas with fewer comments than this part of the most are not waited for in the first view
LEAST_PART = 0.1
MARGIN = 0.08
WIDE, HIGH = 640, 430
Box = tuple[float, float, float, float]


def draw(content: dict[str, Any], alt: str) -> str:
    """Give map, choice of area, table and legend; a sentence where the map cannot be drawn."""
    rows = content["areas"]
    is_same = content["edition"] == layers.edition(LAYER)
    changed = _("Områdenas gränser har ändrats sedan dess, så kartan visas inte. Tabellen gäller.")
    said = _map(content, alt) if is_same else f"<p>{esc(changed)}</p>"
    choice = _choice(rows) if is_same else ""
    return (
        f'<div class="karta"><div class="bild">{said}</div>'
        f'<div class="bredvid">{choice}{_table(rows)}{_legend(rows)}</div></div>'
    )


def _flat(found: BaseGeometry) -> BaseGeometry:
    """Lay degrees flat, in metres from the middle of town, downwards as in a drawing."""
    east = METRES * math.cos(math.radians(LAT))

    def lay(xy: Any) -> Any:  # noqa: ANN401 - numpy arrays
        xy = xy.copy()
        xy[:, 0] = (xy[:, 0] - LON) * east
        xy[:, 1] = (LAT - xy[:, 1]) * METRES
        return xy

    return shapely.transform(found, lay)


def _path(found: BaseGeometry) -> str:
    said = []
    for piece in shapely.get_parts(found):
        if piece.geom_type != "Polygon":
            continue
        for ring in (piece.exterior, *piece.interiors):
            corners = " ".join(f"{x:.0f},{y:.0f}" for x, y in ring.coords[:-1])
            said.append(f"M{corners}z")
    return "".join(said)


@cache
def _ground() -> str:
    """Draw land, built-up land and water once for all."""
    drawn_ = []
    for feature in json.loads(basemap.base_geojson())["features"]:
        flat = _flat(shape(feature["geometry"])).simplify(TOLERANCE_M)
        color = palette.BASE[feature["properties"]["skikt"]]
        drawn_.append(f'<path d="{_path(flat)}" fill="{color}"/>')
    return "".join(drawn_)


@cache
def _shapes() -> dict[str, BaseGeometry]:
    return {str(code): _flat(one) for code, one in basemap.shapes(LAYER).items()}


@cache
def _paths() -> dict[str, str]:
    return {code: _path(one) for code, one in _shapes().items()}


def _box(shapes: Iterable[BaseGeometry], margin: float = MARGIN) -> Box:
    """Give x, y, width and height round shapes, in the form of the picture."""
    west, north, east, south = shapely.total_bounds(list(shapes))
    wide, high = max(east - west, LEAST_SIDE_M), max(south - north, LEAST_SIDE_M)
    wide = max(wide, high * WIDE / HIGH) * (1 + 2 * margin)
    high = wide * HIGH / WIDE
    return (west + east - wide) / 2, (north + south - high) / 2, wide, high


def _words(box: Box) -> str:
    return " ".join(f"{one:.0f}" for one in box)


def _map(content: dict[str, Any], alt: str) -> str:
    rows = [row for row in content["areas"] if row["code"] in _shapes()]
    outline = _flat(shape(content["decision"]["outline"]))
    least = LEAST_PART * max((row["comments"] for row in rows), default=0)
    main = {row["code"] for row in rows if row["comments"] > least}
    box = _box([outline, *(_shapes()[code] for code in sorted(main))])
    # metres for each dot of the screen, until the script has measured the picture
    scale = box[2] / WIDE
    areas = "".join(
        f'<path d="{_paths()[row["code"]]}" fill="url(#m-{_class(row["comments"])})" '
        f'fill-opacity="0.85" stroke="{palette.TEXT}" stroke-width="1.500" '
        'vector-effect="non-scaling-stroke"/>'
        for row in rows
    )
    status = palette.STATUS[content["decision"]["status"]]
    edge = (
        f'<path d="{_path(outline)}" fill="none" stroke="#FFFFFF" stroke-width="9" '
        'vector-effect="non-scaling-stroke"/>'
        f'<path d="{_path(outline)}" fill="none" stroke="{status}" stroke-width="5" '
        'stroke-dasharray="12 5" vector-effect="non-scaling-stroke"/>'
    )
    signs = "".join(
        _sign(
            place,
            row["name"] if row["code"] in main else "",
            _free(_shapes()[row["code"]], outline),
            scale,
        )
        for place, row in enumerate(rows, start=1)
        if row["comments"]
    )
    patterns = "".join(_pattern("m", one, scale) for one in range(len(palette.RAMP) + 1))
    name = esc(_("Karta: {said}").format(said=alt))
    sources = esc(_("Källor: Lantmäteriet, Valmyndigheten, MCF"))
    return (
        f'<svg class="omraden" role="img" aria-label="{name}" '
        f'viewBox="{_words(box)}" data-hela="{_words(box)}" '
        'preserveAspectRatio="xMidYMid slice">'
        f"<defs>{patterns}</defs>{_ground()}{areas}{edge}{signs}</svg>"
        f'<p class="kalla">{sources}</p>'
    )


def _free(area: BaseGeometry, outline: BaseGeometry) -> BaseGeometry:
    """Give the largest piece of an area that the decision leaves free; a number must not hide it.

    The whole area when there is no room beside the decision.
    """
    pieces = shapely.get_parts(area.difference(shapely.box(*outline.bounds)))
    largest = max(pieces, key=shapely.area, default=area)
    if largest.area * 5 > area.area:
        return largest
    return max(shapely.get_parts(area), key=shapely.area)


def _sign(place: int, name: str, area: BaseGeometry, scale: float) -> str:
    """Draw an area's number in the table, and its name, always as large on the screen."""
    spot = shapely.Point(shapely.maximum_inscribed_circle(area).coords[0])
    return (
        f'<g class="nummer" data-plats="{spot.x:.0f} {spot.y:.0f}" '
        f'transform="translate({spot.x:.0f} {spot.y:.0f}) scale({scale:.2f})">'
        f'<circle r="21" fill="#FFFFFF" stroke="{palette.TEXT}" stroke-width="2.500"/>'
        '<text text-anchor="middle" y="9" font-size="26" font-weight="700" '
        f'fill="{palette.TEXT}">{place}</text>'
        '<text class="namn" text-anchor="middle" y="50" font-size="26" font-weight="700" '
        'stroke="#FFFFFF" stroke-width="6" stroke-linejoin="round" paint-order="stroke" '
        f'fill="{palette.TEXT}">{esc(name)}</text></g>'
    )


def _class(comments: int) -> int:
    """Give the class of a count: 0 for none, then 1 to 5."""
    return 0 if not comments else 1 + bisect_left(BREAKS, comments)


def _pattern(prefix: str, one: int, scale: float) -> str:
    """Make the colour and pattern of a class; in the first one nobody has been heard."""
    if one == 0:
        # the ground shows through
        color, over = "none", f'<circle cx="8" cy="8" r="1.800" fill="{palette.OUTLINE}"/>'
    else:
        color = palette.RAMP[one - 1]
        path, line = palette.PATTERNS[color]
        over = f'<path d="{path}" stroke="{line}" stroke-width="1.200" fill="none"/>'
    return (
        f'<pattern id="{prefix}-{one}" width="16" height="16" patternUnits="userSpaceOnUse" '
        f'patternTransform="scale({scale:.2f})"><rect width="16" height="16" fill="{color}"/>'
        f"{over}</pattern>"
    )


def _choice(rows: list[dict[str, Any]]) -> str:
    """Let the reader come nearer to an area by its name; its sentence comes with it."""
    label, near, whole = esc(_("Visa")), esc(_("Runt förslaget")), esc(_("Alla områden"))
    everything = _words(_box(_shapes().values(), margin=0.01))
    options = "".join(
        f'<option value="{esc(row["code"])}" data-ruta="{_words(_box([_shapes()[row["code"]]]))}" '
        f'data-sagt="{esc(_say_area(row))}">{esc(row["name"])}</option>'
        for row in sorted(rows, key=lambda row: row["name"])
        if row["code"] in _shapes()
    )
    return (
        f'<label class="bara-js">{label} <select class="narmare">'
        f'<option value="">{near}</option>'
        f'<option value="*" data-ruta="{everything}">{whole}</option>{options}</select></label>'
        '<p class="sagt bara-js" aria-live="polite"></p>'
    )


def _say_area(row: dict[str, Any]) -> str:
    if not row["comments"]:
        return _("{place}: ingen har tyckt till om området.").format(place=row["name"])
    comments = ngettext("{n} synpunkt", "{n} synpunkter", row["comments"])
    said = comments.format(n=number(row["comments"]))
    if row["persons"] is None:
        return _("{place}: {comments}. För få svar för att visa personer.").format(
            place=row["name"], comments=said
        )
    return _("{place}: {comments} från ungefär {persons} personer.").format(
        place=row["name"], comments=said, persons=number(row["persons"])
    )


def _table(rows: list[dict[str, Any]]) -> str:
    spoken = [row for row in rows if row["comments"]]
    if not spoken:
        empty = _("Kartan visar områdena. Antal visas när någon har tyckt till.")
        return f"<p>{esc(empty)}</p>"
    lines = [
        (
            f'<span class="nr">{place}</span> {esc(row["name"])}',
            esc(number(row["comments"])),
            esc(persons(row["persons"])),
        )
        for place, row in enumerate(spoken, start=1)
    ]
    heads = (_("Område"), _("Synpunkter"), _("Personer"))
    return table(_("Synpunkter och personer per område, flest synpunkter först"), heads, lines)


def _legend(rows: list[dict[str, Any]]) -> str:
    """Explain those classes that are on the map, and the edge of the decision."""
    there = sorted({_class(row["comments"]) for row in rows})
    items = drawn.class_items(BREAKS, unit=_("{n} synpunkter"))
    names = {0: drawn.silent_item().words}
    names |= {place: item.words for place, item in enumerate(items, start=1)}
    samples = "".join(
        f'<li><svg viewBox="0 0 40 28" width="40" height="28" aria-hidden="true" '
        f'focusable="false"><defs>{_pattern("t", one, 1)}</defs><rect x="1" y="1" width="38" '
        f'height="26" fill="url(#t-{one})" stroke="{palette.TEXT}"/></svg>{esc(names[one])}</li>'
        for one in reversed(there)
    )
    words = esc(_("Förslagets område"))
    edge = (
        '<li><svg viewBox="0 0 40 28" width="40" height="28" aria-hidden="true" '
        f'focusable="false"><path d="M2 14H38" stroke="{palette.TEXT}" stroke-width="5" '
        f'stroke-dasharray="12 5"/></svg>{words}</li>'
    )
    return f'<ul class="forklaring">{samples}{edge}</ul>'
