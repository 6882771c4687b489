"""The same answers as plain pages: headings, lists and tables, without a script."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from pages.shared import templates
from pages.shared.words.texts import SOURCE
from pages.web.links import HTML, Link
from pages.web.site.plain_pages import words

ROWS_MAX = 100
PARTS = "ogc.html"


def list_of(links: Iterable[tuple[str, str, str]], spoken: str) -> Markup:
    """Return a list of links: address, name, and what it is."""
    rows = [(address, words(name, spoken), words(about, spoken)) for address, name, about in links]
    return templates.piece(PARTS, "list_of", rows)


def table_of(rows: Sequence[Mapping[str, Any]], caption: str) -> Markup:
    """Return rows of properties as a table."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = [[_say(row.get(name)) for name in names] for row in rows[:ROWS_MAX]]
    return templates.piece(PARTS, "table_of", names, cells, caption, SOURCE)


def _say(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def ways(links: list[Link], names: Mapping[str, str], spoken: str) -> Markup:
    """Return the links on, back and to the other format, by their relation."""
    shown = [one for one in links if one["rel"] in names]
    rows = [(_as_page(one), one["rel"], words(names[one["rel"]], spoken)) for one in shown]
    return templates.piece(PARTS, "ways", rows)


def _as_page(one: Link) -> str:
    is_step = one["rel"] in {"next", "prev", "collection"}
    return (
        one["href"].replace("f=json", "f=html") if is_step and one["type"] != HTML else one["href"]
    )
