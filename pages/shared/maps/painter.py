"""Paints maps as SVG with no network and no library: for paper, and for a meeting.

All that is painted is our own shapes, patterns and colours, and names, which the template escapes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from pages.shared import templates
from pages.shared.maps import palette

# lines over a colour are drawn in squares of this side
TILE = 16
HATCH = "M0 16L16 0M-4 4L4 -4M12 20L20 12"
# each dot is a line that is hardly there, with round ends
DOTS, SPARSE_DOTS = "M4 4h.01M12 12h.01", "M8 8h.01"


@dataclass(frozen=True)
class Look:
    """How a shape is painted: its `fill`, `opacity` of that, and its edge; no edge of no width.

    `dash` is as SVG writes it. An edge that is `is_steady` is as wide however near one comes.
    """

    fill: str = "none"
    edge: str = "none"
    width: float = 0
    dash: str = ""
    opacity: float = 1
    is_steady: bool = False


@dataclass(frozen=True)
class Letters:
    """How words are written; `edge` is the width of the white round them."""

    size: int
    edge: int = 0
    ink: str = palette.TEXT
    weight: int = 0
    family: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Pattern:
    """A colour with lines or dots over it, which lie in a square of `TILE`."""

    color: str
    lines: str = ""
    ink: str = palette.TEXT
    width: float = 1.2
    is_dots: bool = False


def shape(path: str, look: Look) -> Markup:
    """Paint path data; nothing where there is none."""
    return _piece("shape", path, look) if path else Markup("")


def box(left: float, top: float, wide: float, high: float) -> str:
    """Return the path data of a box."""
    return f"M{left:g} {top:g}h{wide:g}v{high:g}h{-wide:g}Z"


def label(text: str, x: int, y: int, letters: Letters) -> Markup:
    """Write words with their middle at x."""
    return _piece("label", text, x, y, letters)


def number(place: int, letters: Letters) -> Markup:
    """Paint a number in a circle, where a mark stands."""
    ring = Look(palette.GROUND, palette.TEXT, 2.5)
    return _piece("circle", 21, ring) + label(str(place), 0, 9, letters)


def mark(x: float, y: float, scale: float, inside: Markup) -> Markup:
    """Put what keeps its size on the screen at a point; `scale` is the dots of a pixel."""
    return _piece("mark", f"{x:.0f}", f"{y:.0f}", f"{scale:.2f}", inside)


def pattern(key: str, look: Pattern, scale: float = 1) -> Markup:
    """Make a pattern that shapes are then filled with, by `url(key)`."""
    return _piece("pattern", key, TILE, f"{scale:.3g}", look)


def url(key: str) -> str:
    """Return the fill that is the pattern called `key`."""
    return f"url(#{key})"


def paper(wide: int, high: int, inside: Iterable[Markup]) -> Markup:
    """Return a whole drawing of a size."""
    return _piece("paper", wide, high, joined(inside))


def screen(name: str, view: str, ground: str, inside: Iterable[Markup]) -> Markup:
    """Return a whole drawing that fills its place, over the ground that was kept for all."""
    return _piece("screen", name, view, ground, joined(inside))


def kept(key: str, inside: Iterable[Markup]) -> Markup:
    """Return what several drawings of a page show, to stand there once."""
    return _piece("kept", key, joined(inside))


def sample(
    size: tuple[int, int],
    key: str,
    look: Pattern,
    *,
    scale: float = 1,
    edge: str = palette.TEXT,
) -> Markup:
    """Paint a sample of a pattern as it is on the map; `key` is unique on the page."""
    wide, high = size
    edged = Look(url(key), edge, 1)
    inside = pattern(key, look, scale) + shape(box(0.5, 0.5, wide - 1, high - 1), edged)
    return _piece("sample", wide, high, inside)


def line_sample(size: tuple[int, int], look: Look) -> Markup:
    """Paint a sample of a line."""
    wide, high = size
    return _piece("sample", wide, high, shape(f"M0 {high / 2:g}H{wide}", look))


def legend(kind: str, title: str, rows: Iterable[tuple[Markup, str]]) -> Markup:
    """Return samples and words as a list of the class `kind`, with a title or none."""
    return _piece("legend", kind, title, list(rows))


def joined(parts: Iterable[Markup]) -> Markup:
    """Return markup one after the other."""
    return Markup("").join(parts)


def _piece(name: str, *values: object) -> Markup:
    return templates.piece("painter.html", name, *values)
