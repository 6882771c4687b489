"""The maps of a meeting: drawn here as SVG, so that they need no network and no library.

Each area has a colour and a pattern. All maps of a meeting begin with the same view, so that they
lie on each other like layers. Nothing on them is text of a resident.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from markupsafe import Markup, escape
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from data.geodata import layers
from data.output.meeting_content import LAYER
from data.output.meeting_state import Content
from pages.shared.maps import palette
from pages.shared.maps.legend import Item
from pages.shared.words.texts import _
from pages.web.mote.markup import paragraph, piece
from pages.web.mote.shapes import (
    MARGIN,
    WIDE,
    Box,
    areas,
    box_of,
    flat,
    free_part,
    ground,
    path,
    paths,
)

# areas with less than this part of the most are not waited for in the first view
LEAST_PART = 0.1
# of large areas in the country, the first view shows so much round the decision
AROUND_M = 2_000.0
GROUND = "mark"
HATCH = "M0 16L16 0M-4 4L4 -4M12 20L20 12"


@dataclass(frozen=True)
class Area:
    """An area of a map.

    `sign` is its row of the legend, None for only a border. `said` is what is told when a reader
    comes nearer. `place` is its number in the table beside the map, if it is there. Its name is
    written on the map only when `is_named`.
    """

    code: str
    name: str
    sign: Item | None
    said: str
    place: int | None = None
    is_named: bool = True


@dataclass(frozen=True)
class Picture:
    """A map: `key` tells it from the others of the page, `alt` is all it says in a sentence.

    `areas` are of the division `layer`, as it was in its `edition`; `title` stands above the
    legend, whose rows are those of `signs` that are on the map; without `has_legend` they are
    explained in what stands beside.
    """

    key: str
    layer: str
    edition: str | None
    alt: str
    areas: Sequence[Area]
    signs: Sequence[Item]
    title: str = ""
    has_legend: bool = True


def draw(content: Content, picture: Picture, beside: Markup) -> Markup:
    """Return a map with its choice of area and its legend; `beside` is markup that stands there.

    Only `beside`, with a sentence, where the map cannot be drawn as it was then.
    """
    if picture.edition is None:
        return beside
    if picture.edition != layers.edition(picture.layer):
        changed = _(
            "Områdenas gränser har ändrats sedan dess, så kartan visas inte. Tabellen gäller."
        )
        return paragraph(changed) + beside
    return piece(
        "map_beside",
        _choice(picture),
        _map(content, picture),
        _legend(content, picture),
        _("Siffror till kartan"),
        beside,
        _sources(picture.layer),
    )


def the_ground() -> Markup:
    """Draw the ground that every map of the page shows; it stands once and is not seen itself."""
    return Markup(  # noqa: S704 - our own shapes and colours
        '<svg class="dold" width="1" height="1" aria-hidden="true" focusable="false"><defs>'
        f'<g id="{GROUND}">{ground()}</g></defs></svg>'
    )


def _view(content: Content) -> Box:
    """Return the view round the decision and the areas where most is felt or said."""
    known, outline = areas(LAYER), _outline(content)
    near = shapely.box(*outline.buffer(AROUND_M).bounds)
    felt, said = (
        [known[code] for code in sorted(_main(counts) & known.keys())]
        for counts in (
            {row.code: row.affected or 0 for row in content.affected.areas},
            {row.code: row.comments for row in content.areas},
        )
    )
    parts = [area.intersection(near) for area in felt] + [_part(area, near) for area in said]
    return box_of([outline, *(part for part in parts if not part.is_empty)])


def _main(counts: dict[str, int]) -> set[str]:
    """Return the areas where more is counted than in most others."""
    least = LEAST_PART * max(counts.values(), default=0)
    return {code for code, count in counts.items() if count > least}


def _outline(content: Content) -> BaseGeometry:
    return flat(shape(content.decision.outline))


def _edge_color(content: Content) -> str:
    return palette.STATUS[content.decision.status]


def _words(box: Box) -> str:
    return " ".join(f"{one:.0f}" for one in box)


def _map(content: Content, picture: Picture) -> Markup:
    outline, box = _outline(content), _view(content)
    # metres for each dot of the screen, until the script has measured the picture
    scale = box[2] / WIDE
    west, north, wide, high = box
    # a name is written where the first view shows it whole
    aside = MARGIN * high
    window = shapely.box(west + aside, north + aside, west + wide - aside, north + high - aside)
    known, drawn = areas(picture.layer), paths(picture.layer)
    signs = {area.code: area.sign for area in picture.areas}
    painted = "".join(_area(line, picture, signs.get(code)) for code, line in drawn.items())
    color = _edge_color(content)
    edge = (
        f'<path d="{path(outline)}" fill="none" stroke="#FFFFFF" stroke-width="9" '
        'vector-effect="non-scaling-stroke"/>'
        f'<path d="{path(outline)}" fill="none" stroke="{color}" stroke-width="5" '
        'stroke-dasharray="12 5" vector-effect="non-scaling-stroke"/>'
    )
    marks = "".join(
        _mark(area, free_part(_part(known[area.code], window), outline), scale)
        for area in picture.areas
        if area.code in known
    )
    patterns = "".join(
        _pattern(picture.key, place, sign, scale) for place, sign in enumerate(picture.signs)
    )
    name = escape(_("Karta: {said}").format(said=picture.alt))
    return Markup(  # noqa: S704 - our own shapes and colours
        f'<svg class="omraden" role="img" aria-label="{name}" '
        f'viewBox="{_words(box)}" data-hela="{_words(box)}" '
        'preserveAspectRatio="xMidYMid meet">'
        f'<defs>{patterns}</defs><use href="#{GROUND}"/>{painted}{edge}{marks}</svg>'
    )


def _part(area: BaseGeometry, window: BaseGeometry) -> BaseGeometry:
    """Return what a window shows of an area, or all of it when that is nothing."""
    part = area.intersection(window)
    return area if part.is_empty else part


def _sources(layer: str) -> str:
    if layer == LAYER:
        return _("Källor: Lantmäteriet, Valmyndigheten, MCF")
    return _("Källor: Lantmäteriet, SCB, MCF")


def _area(line: str, picture: Picture, sign: Item | None) -> str:
    fill = "none" if sign is None else f"url(#{picture.key}-{picture.signs.index(sign)})"
    return (
        f'<path d="{line}" fill="{fill}" fill-opacity="0.85" stroke="{palette.TEXT}" '
        'stroke-width="1.500" vector-effect="non-scaling-stroke"/>'
    )


def _mark(area: Area, room: BaseGeometry, scale: float) -> str:
    """Draw an area's number in the table, and its name, always as large on the screen."""
    if area.place is None and not area.is_named:
        return ""
    spot = shapely.Point(shapely.maximum_inscribed_circle(room).coords[0])
    circle, below = "", 9
    if area.place is not None:
        below = 50
        circle = (
            f'<circle r="21" fill="#FFFFFF" stroke="{palette.TEXT}" stroke-width="2.500"/>'
            '<text text-anchor="middle" y="9" font-size="26" font-weight="700" '
            f'fill="{palette.TEXT}">{area.place}</text>'
        )
    name = escape(area.name.replace(", ", "/")) if area.is_named else ""
    return (
        f'<g class="nummer" data-plats="{spot.x:.0f} {spot.y:.0f}" '
        f'transform="translate({spot.x:.0f} {spot.y:.0f}) scale({scale:.2f})">{circle}'
        f'<text class="namn" text-anchor="middle" y="{below}" font-size="26" font-weight="700" '
        'stroke="#FFFFFF" stroke-width="6" stroke-linejoin="round" paint-order="stroke" '
        f'fill="{palette.TEXT}">{name}</text></g>'
    )


def _pattern(prefix: str, place: int, sign: Item, scale: float) -> str:
    """Make the colour and pattern of a row of the legend."""
    color, over = sign.color, ""
    if sign.fill == "dots":
        # the ground shows through
        color, over = "none", f'<circle cx="8" cy="8" r="1.800" fill="{palette.TEXT}"/>'
    elif sign.fill == "hatch":
        color = palette.GROUND
        over = f'<path d="{HATCH}" stroke="{sign.color}" stroke-width="2"/>'
    elif sign.color in palette.PATTERNS:
        line, ink = palette.PATTERNS[sign.color]
        over = f'<path d="{line}" stroke="{ink}" stroke-width="1.200" fill="none"/>'
    return (
        f'<pattern id="{prefix}-{place}" width="16" height="16" patternUnits="userSpaceOnUse" '
        f'patternTransform="scale({scale:.2f})"><rect width="16" height="16" fill="{color}"/>'
        f"{over}</pattern>"
    )


def _choice(picture: Picture) -> Markup:
    """Let the reader come nearer to an area by its name; its sentence comes with it."""
    known = areas(picture.layer)
    options = [
        (area.code, _words(box_of([known[area.code]])), area.said, area.name)
        for area in sorted(picture.areas, key=lambda area: area.name)
        if area.code in known
    ]
    everything = _words(box_of(known.values(), margin=0.01))
    near, whole = _("Runt förslaget"), _("Alla områden")
    return piece("choice", _("Visa"), near, whole, everything, options)


def sample(prefix: str, place: int, sign: Item) -> Markup:
    """Draw a sample of a row of a legend, as it is on the map."""
    return Markup(  # noqa: S704 - our own shapes and colours
        '<svg class="prov" viewBox="0 0 40 28" width="40" height="28" aria-hidden="true" '
        f'focusable="false"><defs>{_pattern(prefix, place, sign, 1)}</defs><rect x="1" y="1" '
        f'width="38" height="26" fill="url(#{prefix}-{place})" stroke="{palette.TEXT}"/></svg>'
    )


def _legend(content: Content, picture: Picture) -> Markup:
    """Explain what is on the map, and the edge of the decision."""
    there = {area.sign for area in picture.areas if picture.has_legend}
    rows = [
        (sample(f"{picture.key}-prov", place, sign), sign.words)
        for place, sign in enumerate(picture.signs)
        if sign in there
    ]
    rows.append((_edge_sample(content), _("Förslagets område")))
    return piece("legend", picture.title, rows)


def _edge_sample(content: Content) -> Markup:
    return Markup(
        '<svg class="prov" viewBox="0 0 40 28" width="40" height="28" aria-hidden="true" '
        'focusable="false"><path d="M2 14H38" stroke="{}" stroke-width="5" '
        'stroke-dasharray="12 5"/></svg>'
    ).format(_edge_color(content))
