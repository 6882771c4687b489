"""Small pieces of HTML that the screens are made of, from templates that escape every text.

No style attribute and no script: the page's policy allows neither. Drawings use attributes only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from data.models import DecisionText
from data.output.meeting_state import MeetingDecision
from pages.shared import templates
from pages.shared.words import affected_words
from pages.shared.words.texts import HARD, _, language, number, say_date


class Screen(NamedTuple):
    """One step: a sentence as its heading, one picture or table, one line to beware of.

    `heading` and `caveat` are plain text, `body` is markup.
    """

    heading: str
    body: Markup
    caveat: str


def text_of(decision: MeetingDecision) -> DecisionText:
    """Return the texts of a frozen decision in the reader's language, else in Swedish."""
    return decision.texts.get(language()) or decision.texts["sv"]


def say(day: date) -> str:
    """Say a day with its year, never broken over two lines."""
    return say_date(day, year=True).replace(" ", HARD)


def persons(count: int | None) -> str:
    """Say a number of persons heard; one that may not be shown is called few."""
    return _("för få svar") if count is None else number(count)


def people(count: int | None) -> str:
    """Say an estimate of people who live there."""
    return affected_words.people(count)


def piece(name: str, *values: object) -> Markup:
    """Return a piece of `meeting_parts.html`, filled with values."""
    return templates.piece("meeting_parts.html", name, *values)


def paragraph(text: str) -> Markup:
    """Return a text with its line breaks."""
    return piece("paragraph", text)


def points(lines: Iterable[str]) -> Markup:
    """Return sentences as a list."""
    return piece("points", lines)


def empty(*sentences: str) -> Markup:
    """Return what stands where there is nothing to show yet."""
    return piece("empty", sentences)


def part(heading: str, body: Markup) -> Markup:
    """Return a part of a screen with its own small heading."""
    return piece("part", heading, body)


def bar(value: float | None, largest: float) -> Markup:
    """Draw a number as a bar; nothing for one that may not be shown."""
    if value is None:
        return Markup("")
    return piece("bar", 0.0 if not value or largest <= 0 else max(1.0, 100 * value / largest))


def table(name: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Markup:
    """Return a table; the first cell of each row names it."""
    return piece("table", name, headings, rows)
