"""What the colours of a map mean: a drawn sample and words, one for each class."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

import streamlit as st

from data.geodata import credit_lines
from pages.shared.maps import palette
from pages.shared.words.texts import _

Shape = Literal["area", "line", "circle", "square", "triangle", "diamond", "pin"]
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")


class Item(NamedTuple):
    """One row: the words, the colour, and how it is drawn on the map.

    `fill` is ``solid``, ``pattern`` (with the lines of `palette.PATTERNS`), ``light`` (a fifth),
    ``hatch``, ``dots`` or ``none``.
    """

    words: str
    color: str
    shape: Shape = "area"
    fill: str = "solid"
    outline: str = palette.OUTLINE


def legend(items: Iterable[Item]) -> None:
    """Show the legend as a list; the words are constants or translated texts, never data."""
    st.html(as_html(items))


def as_html(items: Iterable[Item]) -> str:
    """Return the legend as a list in HTML.

    The water stands last in each, since it is not the usual shore that it shows.
    """
    rows = "".join(
        f"<li>{_sample(one)}<span>{html.escape(one.words)}</span></li>"
        for one in [*items, _water()]
    )
    title = html.escape(_("Teckenförklaring"))
    return f'<ul class="teckenforklaring" aria-label="{title}">{rows}</ul>'


def _water() -> Item:
    said = _("Vatten ({what})").format(what=_(credit_lines.FLOOD_WATER))
    return Item(said, palette.BASE["water"])


_PATHS = {
    "square": "M5 3h14v14H5z",
    "triangle": "M12 2l9 16H3z",
    "diamond": "M12 1l9 9-9 9-9-9z",
    "pin": "M12 20S20 12 20 7.500A8 7 0 0 0 4 7.500C4 12 12 20 12 20z",
    "circle": "M12 3a7 7 0 1 0 .01 0z",
    "area": "M1 2h22v16H1z",
    "line": "M1 10h22",
}
_LINES = "M1 12L11 2M1 18L17 2M7 18L23 2M13 18L23 8"
_DOTS = "M5 6h.01M11 6h.01M17 6h.01M8 11h.01M14 11h.01M20 11h.01M5 15h.01M11 15h.01M17 15h.01"


def _sample(item: Item) -> str:
    color = item.color if _COLOR.fullmatch(item.color) else palette.OUTLINE
    outline = item.outline if _COLOR.fullmatch(item.outline) else palette.OUTLINE
    path = _PATHS[item.shape]
    inside = {
        "solid": f'fill="{color}" stroke="{outline}"',
        "pattern": f'fill="{color}" stroke="{outline}"',
        "light": f'fill="{color}" fill-opacity="0.2" stroke="{color}" stroke-width="2"',
        "hatch": f'fill="#FFFFFF" stroke="{color}"',
        "dots": f'fill="#FFFFFF" stroke="{outline}" stroke-width="2" stroke-dasharray="1 4"',
        "none": f'fill="none" stroke="{color}" stroke-width="3"',
    }[item.fill]
    more = ""
    if item.fill == "pattern":
        lines, line = palette.PATTERNS[color]
        more = (
            f'<svg x="2" y="3" width="20" height="14" viewBox="-2 1 20 14">'
            f'<path d="{lines}" stroke="{line}" stroke-width="1.500" fill="none"/></svg>'
        )
    if item.fill == "hatch":
        more = f'<path d="{_LINES}" stroke="{color}" stroke-width="1.500" fill="none"/>'
    if item.fill == "dots":
        more = f'<path d="{_DOTS}" stroke="{outline}" stroke-width="2" stroke-linecap="round"/>'
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="20" viewBox="0 0 24 20">'
        f'<path d="{path}" {inside}/>{more}</svg>'
    )
    # an inline svg is taken out by the page's sanitiser, an image is not
    packed = base64.b64encode(drawing.encode()).decode()
    return f'<img src="data:image/svg+xml;base64,{packed}" width="24" height="20" alt="">'
