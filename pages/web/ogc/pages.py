"""The same answers as plain pages: headings, lists and tables, without a script."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pages.shared.words.texts import SOURCE
from pages.web.links import HTML, Link
from pages.web.site.plain_pages import words

ROWS_MAX = 100
esc = html.escape


def list_of(links: Iterable[tuple[str, str, str]], spoken: str) -> str:
    """Return a list of links: address, name, and what it is."""
    rows = "".join(
        f'<li><a href="{esc(address)}">{words(name, spoken)}</a>{_more(about, spoken)}</li>'
        for address, name, about in links
    )
    return f"<ul>{rows}</ul>"


def _more(about: str, spoken: str) -> str:
    return f"<br>{words(about, spoken)}" if about else ""


def table_of(rows: Sequence[Mapping[str, Any]], caption: str) -> str:
    """Return rows of properties as a table; every text is escaped."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    head = "".join(f'<th scope="col">{esc(name)}</th>' for name in names)
    body = "".join(
        "<tr>" + "".join(f"<td>{esc(_say(row.get(name)))}</td>" for name in names) + "</tr>"
        for row in rows[:ROWS_MAX]
    )
    return (
        f'<div class="bred" lang="{SOURCE}" tabindex="0" role="region" aria-label="{esc(caption)}">'
        f"<table><caption>{esc(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def _say(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def ways(links: list[Link], names: Mapping[str, str], spoken: str) -> str:
    """Return the links on, back and to the other format, by their relation."""
    shown = [one for one in links if one["rel"] in names]
    return "".join(
        f'<p><a href="{esc(_as_page(one))}" rel="{one["rel"]}">'
        f"{words(names[one['rel']], spoken)}</a></p>"
        for one in shown
    )


def _as_page(one: Link) -> str:
    is_step = one["rel"] in {"next", "prev", "collection"}
    return (
        one["href"].replace("f=json", "f=html") if is_step and one["type"] != HTML else one["href"]
    )
