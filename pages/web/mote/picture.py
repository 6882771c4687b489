"""The maps of a meeting: painted on the server, so that they need no network and no library.

Each area has a colour and a pattern. All maps of a meeting begin with the same view, so that they
lie on each other like layers. Nothing on them is text of a resident.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import shapely
from markupsafe import Markup
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from data.geodata import layers
from data.output.meeting_content import LAYER
from data.output.meeting_state import Content
from geo import crs, drawing
from geo.drawing import Bounds
from pages.shared.maps import painter, palette
from pages.shared.maps.legend import Item
from pages.shared.maps.painter import Letters, Look, Pattern
from pages.shared.words.texts import _
from pages.web.mote.markup import paragraph, piece
from pages.web.mote.shapes import MARGIN, WIDE, areas, flat, free_part, ground, paths, view_of

# areas with less than this part of the most are not waited for in the first view
LEAST_PART = 0.1
# of large areas in the country, the first view shows so much round the decision
AROUND_M = 2_000.0
GROUND = "mark"
SAMPLE = (40, 28)
NUMBER = Letters(26, weight=700)
NAME = Letters(26, weight=700, edge=6, kind="namn")


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
    drawn = (painter.shape(line, Look(palette.BASE[name])) for name, line in ground().items())
    return painter.kept(GROUND, drawn)


def _view(content: Content) -> Bounds:
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
    return view_of([outline, *(part for part in parts if not part.is_empty)])


def _main(counts: dict[str, int]) -> set[str]:
    """Return the areas where more is counted than in most others."""
    least = LEAST_PART * max(counts.values(), default=0)
    return {code for code, count in counts.items() if count > least}


def _outline(content: Content) -> BaseGeometry:
    return flat(crs.geometry_to_metric(shape(content.decision.outline)))


def _words(view: Bounds) -> str:
    """Write a view as SVG does: left, top, width and height."""
    left, top, right, low = view
    return " ".join(f"{one:.0f}" for one in (left, top, right - left, low - top))


def _map(content: Content, picture: Picture) -> Markup:
    outline, view = _outline(content), _view(content)
    left, top, right, low = view
    # metres for each dot of the screen, until the script has measured the picture
    scale = (right - left) / WIDE
    # a name is written where the first view shows it whole
    aside = MARGIN * (low - top)
    window = shapely.box(left + aside, top + aside, right - aside, low - aside)
    known, drawn = areas(picture.layer), paths(picture.layer)
    signs = {area.code: area.sign for area in picture.areas}
    edge = drawing.path(outline)
    parts = [
        *(_pattern(picture.key, place, sign, scale) for place, sign in enumerate(picture.signs)),
        *(painter.shape(line, _look(picture, signs.get(code))) for code, line in drawn.items()),
        painter.shape(edge, Look(edge=palette.GROUND, width=9, is_steady=True)),
        painter.shape(edge, replace(_edge_look(content), is_steady=True)),
        *(
            _mark(area, free_part(_part(known[area.code], window), outline), scale)
            for area in picture.areas
            if area.code in known
        ),
    ]
    name = _("Karta: {said}").format(said=picture.alt)
    return painter.screen(name, _words(view), GROUND, parts)


def _part(area: BaseGeometry, window: BaseGeometry) -> BaseGeometry:
    """Return what a window shows of an area, or all of it when that is nothing."""
    part = area.intersection(window)
    return area if part.is_empty else part


def _sources(layer: str) -> str:
    if layer == LAYER:
        return _("Källor: Lantmäteriet, Valmyndigheten, MCF")
    return _("Källor: Lantmäteriet, SCB, MCF")


def _look(picture: Picture, sign: Item | None) -> Look:
    fill = "none"
    if sign is not None:
        fill = painter.url(f"{picture.key}-{picture.signs.index(sign)}")
    return Look(fill, palette.TEXT, 1.5, opacity=0.85, is_steady=True)


def _edge_look(content: Content) -> Look:
    return Look(edge=palette.STATUS[content.decision.status], width=5, dash="12 5")


def _mark(area: Area, room: BaseGeometry, scale: float) -> Markup:
    """Draw an area's number in the table, and its name, always as large on the screen."""
    inside, below = Markup(""), 9
    if area.place is not None:
        inside, below = painter.number(area.place, NUMBER), 50
    if area.is_named:
        inside += painter.label(area.name.replace(", ", "/"), 0, below, NAME)
    if not inside:
        return inside
    x, y = shapely.maximum_inscribed_circle(room).coords[0]
    return painter.mark(x, y, scale, inside)


def _pattern(prefix: str, place: int, sign: Item, scale: float) -> Markup:
    return painter.pattern(f"{prefix}-{place}", _lines(sign), scale)


def _lines(sign: Item) -> Pattern:
    """Return the colour and pattern of a row of the legend."""
    if sign.fill == palette.DOTS:
        # the ground shows through
        return Pattern("none", painter.SPARSE_DOTS, width=3.6, is_dots=True)
    if sign.fill == palette.HATCH:
        return Pattern(palette.GROUND, painter.HATCH, sign.color, width=2)
    return Pattern(sign.color, *palette.PATTERNS.get(sign.color, ()))


def _choice(picture: Picture) -> Markup:
    """Let the reader come nearer to an area by its name; its sentence comes with it."""
    known = areas(picture.layer)
    options = [
        (area.code, _words(view_of([known[area.code]])), area.said, area.name)
        for area in sorted(picture.areas, key=lambda area: area.name)
        if area.code in known
    ]
    everything = _words(view_of(known.values(), margin=0.01))
    near, whole = _("Runt förslaget"), _("Alla områden")
    return piece("choice", _("Visa"), near, whole, everything, options)


def sample(prefix: str, place: int, sign: Item) -> Markup:
    """Draw a sample of a row of a legend, as it is on the map."""
    return painter.sample(SAMPLE, f"{prefix}-{place}", _lines(sign))


def _legend(content: Content, picture: Picture) -> Markup:
    """Explain what is on the map, and the edge of the decision."""
    there = {area.sign for area in picture.areas if picture.has_legend}
    rows = [
        (sample(f"{picture.key}-prov", place, sign), sign.words)
        for place, sign in enumerate(picture.signs)
        if sign in there
    ]
    edge = painter.line_sample(SAMPLE, _edge_look(content))
    return painter.legend("forklaring", picture.title, [*rows, (edge, _("Förslagets område"))])
