"""A document as plain values: what a PDF and a page are both written from, in reading order.

Every text is a value here and stays one: no writer takes it for markup.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Heading:
    """A heading of level 1-3 under the title; `key` is unique in the document, to link to."""

    text: str
    level: int
    key: str


@dataclass(frozen=True)
class Paragraph:
    """Running text with its line breaks.

    `look` is ``plain``, ``lead`` (what to read if nothing else), ``note`` (what to beware of) or
    ``notice`` (draft, example, something missing).
    """

    text: str
    look: str = "plain"


@dataclass(frozen=True)
class Points:
    """Sentences as a list."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Labelled:
    """A word for what it is, and a text: "Vi hörde: …"."""

    label: str
    text: str


@dataclass(frozen=True)
class Table:
    """A table; the first cell of each row names the row, `figures` are columns of numbers."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Sign:
    """One line of a legend; `pattern` is ``plain``, ``hatch``, ``dots``, ``line`` or ``dashed``."""

    label: str
    fill: str
    pattern: str = "plain"


@dataclass(frozen=True)
class Figure:
    """A drawing (SVG of our own making), the sentence that says what it shows, and its legend."""

    svg: str
    alt: str
    caption: str
    signs: tuple[Sign, ...] = ()


@dataclass(frozen=True)
class Quote:
    """A comment as it was published; `answer` is the municipality's own, if there is one."""

    number: str
    about: str
    text: str
    answer: str = ""


Block = Heading | Paragraph | Points | Labelled | Table | Figure | Quote


@dataclass(frozen=True)
class Document:
    """A whole document in Swedish.

    Attributes
    ----------
    kind
        What it is, over the title: "Sammanställning av synpunkter".
    facts
        Lines under the title, such as case number and when it was computed.
    is_leaflet
        One page without a table of contents.
    """

    title: str
    kind: str
    facts: tuple[str, ...]
    owner: str
    at: datetime
    blocks: tuple[Block, ...] = field(default=())
    is_leaflet: bool = False
