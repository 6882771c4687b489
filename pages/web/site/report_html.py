"""A document as a page: the same blocks in the same order, for readers, keyboards and printers."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from data.output.document import (
    Block,
    Document,
    Figure,
    Heading,
    Labelled,
    Paragraph,
    Points,
    Quote,
    Table,
)
from pages.shared import templates
from pages.shared.report import paper

BLOCKS = "report_blocks.html"
# the macro that draws each kind of block
MACROS: dict[type[Block], str] = {
    Heading: "heading",
    Paragraph: "paragraph",
    Points: "points",
    Labelled: "labelled",
    Table: "table",
    Quote: "quote",
}


def page(document: Document, *, links: Sequence[tuple[str, str]] = ()) -> str:
    """Return the whole page; `links` are addresses and words, shown above and not printed."""
    return templates.page(
        "report.html",
        lang="sv",
        title=f"{document.kind}: {document.title}",
        links=links,
        document=document,
        tops=[one for one in document.blocks if isinstance(one, Heading) and one.level == 1],
        drawn=[_drawn(one, f"tecken-{n}") for n, one in enumerate(document.blocks)],
    )


def _drawn(block: Block, key: str) -> Markup:
    if isinstance(block, Figure):
        return _figure(block, key)
    return templates.piece(BLOCKS, MACROS[type(block)], block)


def _figure(block: Figure, key: str) -> Markup:
    named = templates.piece(BLOCKS, "named", block.alt)
    # our own drawing, whose names of areas were escaped when it was made
    svg = Markup(block.svg.replace("<svg ", f"<svg {named} ", 1))  # noqa: S704
    return templates.piece(BLOCKS, "figure", svg, block.caption, paper.legend(block.signs, key))
