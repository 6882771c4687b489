"""Small pieces of HTML that the screens are made of. Every text is escaped here or by the caller.

No style attribute and no script: the page's policy allows neither. Drawings use attributes only.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from data.models import DecisionText
from pages.shared.words import affected_words
from pages.shared.words.texts import HARD, _, language, number, say_date

esc = html.escape


class Screen(NamedTuple):
    """One step: a sentence as its heading, one picture or table, one line to beware of.

    `heading` and `caveat` are plain text, `body` is markup.
    """

    heading: str
    body: str
    caveat: str


def text_of(decision: dict[str, Any]) -> DecisionText:
    """Return the texts of a frozen decision in the reader's language, else in Swedish."""
    texts = decision["texts"]
    found = texts.get(language(), texts["sv"])
    names = DecisionText.__dataclass_fields__
    return DecisionText(**{name: value for name, value in found.items() if name in names})


def day(written: str | None) -> date | None:
    """Read a frozen day."""
    return None if written is None else date.fromisoformat(written)


def say(written: str) -> str:
    """Say a frozen day with its year, never broken over two lines."""
    return say_date(date.fromisoformat(written), year=True).replace(" ", HARD)


def persons(count: int | None) -> str:
    """Say a number of persons heard; one that may not be shown is called few."""
    return _("för få svar") if count is None else number(count)


def people(count: int | None) -> str:
    """Say an estimate of people who live there."""
    return affected_words.people(count)


def paragraph(text: str) -> str:
    """Return a text with its line breaks."""
    return "<p>" + esc(text).replace("\n", "<br>") + "</p>"


def points(lines: Iterable[str]) -> str:
    """Return sentences as a list."""
    return "<ul>" + "".join(f"<li>{esc(line)}</li>" for line in lines) + "</ul>"


def empty(*sentences: str) -> str:
    """Return what stands where there is nothing to show yet."""
    return '<div class="tomt">' + "".join(paragraph(one) for one in sentences) + "</div>"


def part(heading: str, body: str, *, kind: str = "") -> str:
    """Return a part of a screen with its own small heading."""
    mark = f' class="{kind}"' if kind else ""
    return f"<div{mark}><h3>{esc(heading)}</h3>{body}</div>"


def bar(value: float | None, largest: float) -> str:
    """Draw a number as a bar; nothing for one that may not be shown."""
    if value is None:
        return ""
    wide = 0.0 if not value or largest <= 0 else max(1.0, 100 * value / largest)
    return (
        '<svg class="stapel" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" '
        f'focusable="false"><rect width="{wide:.1f}" height="10"/></svg>'
    )


def table(name: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; `rows` hold markup, the first cell of each names the row."""
    head = "".join(f'<th scope="col">{esc(one)}</th>' for one in headings)
    body = "".join(
        f'<tr><th scope="row">{first}</th>' + "".join(f"<td>{one}</td>" for one in rest) + "</tr>"
        for first, *rest in rows
    )
    kind = ' class="med-stapel"' if 'class="stapel"' in body else ""
    return (
        f'<table{kind}><caption class="dold">{esc(name)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
