"""What the colours of a map mean: a drawn sample and words, one for each class."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

import streamlit as st
from markupsafe import Markup

from data.geodata import credit_lines
from pages.shared import templates
from pages.shared.maps import palette
from pages.shared.words.texts import _

Shape = Literal["area", "line", "circle", "square", "triangle", "diamond", "pin"]
PARTS = "legend.html"
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


def as_html(items: Iterable[Item]) -> Markup:
    """Return the legend as a list in HTML.

    The water stands last in each, since it is not the usual shore that it shows.
    """
    rows = [(_packed(one), one.words) for one in [*items, _water()]]
    return templates.piece(PARTS, "listed", _("Teckenförklaring"), rows)


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


def _packed(item: Item) -> str:
    # an inline svg is taken out by the page's sanitiser, an image is not
    return base64.b64encode(_sample(item).encode()).decode()


def _sample(item: Item) -> Markup:
    color = item.color if _COLOR.fullmatch(item.color) else palette.OUTLINE
    outline = item.outline if _COLOR.fullmatch(item.outline) else palette.OUTLINE
    pattern = palette.PATTERNS[color] if item.fill == "pattern" else None
    return templates.piece(PARTS, "sample", _PATHS[item.shape], item.fill, color, outline, pattern)
