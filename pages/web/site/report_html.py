"""A document as a page: the same blocks in the same order, for readers, keyboards and printers."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from functools import singledispatch

from data.output.document import (
    Block,
    Document,
    Figure,
    Heading,
    Labelled,
    Paragraph,
    Points,
    Quote,
    Sign,
    Table,
)
from pages.shared import addresses


def page(document: Document, *, links: Sequence[tuple[str, str]] = ()) -> str:
    """Return the whole page; `links` are addresses and words, shown above and not printed."""
    title = f"{document.kind}: {document.title}"
    return (
        '<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(title)} – Dialogkartan</title>"
        f'<link rel="icon" type="image/svg+xml" href="{addresses.asset("favicon.svg")}">'
        f'<link rel="stylesheet" href="{addresses.asset("rapport.css")}"></head><body>'
        '<a class="hoppa" href="#innehallet">Till innehållet</a>'
        f'<header><nav aria-label="Dialogkartan">{_links(links)}</nav></header>'
        f'<main id="innehallet" tabindex="-1">{_opening(document)}'
        f"{_outline(document.blocks)}{''.join(_drawn(one) for one in document.blocks)}</main>"
        "</body></html>"
    )


def _links(links: Iterable[tuple[str, str]]) -> str:
    found = "".join(
        f'<li><a href="{html.escape(address)}">{html.escape(words)}</a></li>'
        for address, words in links
    )
    return f"<ul>{found}</ul>"


def _opening(document: Document) -> str:
    facts = "<br>".join(html.escape(fact) for fact in document.facts)
    return (
        f'<p class="agare">{html.escape(document.owner)}</p>'
        f'<p class="slag">{html.escape(document.kind)}</p>'
        f"<h1>{html.escape(document.title)}</h1>"
        f'<p class="fakta">{facts}</p>'
    )


def _outline(blocks: Iterable[Block]) -> str:
    tops = [one for one in blocks if isinstance(one, Heading) and one.level == 1]
    if not tops:
        return ""
    rows = "".join(f'<li><a href="#{one.key}">{html.escape(one.text)}</a></li>' for one in tops)
    return f'<nav aria-label="Innehåll" class="innehall"><h2>Innehåll</h2><ol>{rows}</ol></nav>'


def _lines(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


@singledispatch
def _drawn(block: Block) -> str:
    raise TypeError(block)


@_drawn.register
def _heading(block: Heading) -> str:
    level = block.level + 1
    return f'<h{level} id="{block.key}">{html.escape(block.text)}</h{level}>'


@_drawn.register
def _paragraph(block: Paragraph) -> str:
    return f'<p class="{block.look}">{_lines(block.text)}</p>'


@_drawn.register
def _points(block: Points) -> str:
    return f"<ul>{''.join(f'<li>{_lines(line)}</li>' for line in block.lines)}</ul>"


@_drawn.register
def _labelled(block: Labelled) -> str:
    return f"<p><strong>{html.escape(block.label)}:</strong> {_lines(block.text)}</p>"


@_drawn.register
def _table(block: Table) -> str:
    def cells(row: Sequence[str], head: str) -> str:
        classes = ['class="tal"' if place in block.figures else "" for place in range(len(row))]
        first = f'<th scope="{head}" {classes[0]}>{_lines(row[0])}</th>'
        tag = 'th scope="col"' if head == "col" else "td"
        end = tag.partition(" ")[0]
        rest = (
            f"<{tag} {look}>{_lines(cell)}</{end}>"
            for cell, look in zip(row[1:], classes[1:], strict=True)
        )
        return f"<tr>{first}{''.join(rest)}</tr>"

    body = "".join(cells(row, "row") for row in block.rows)
    # a wide table rolls by itself, and by the keyboard too
    return (
        f'<div class="tabell" role="region" tabindex="0" aria-label="{html.escape(block.caption)}">'
        f"<table><caption>{html.escape(block.caption)}</caption>"
        f"<thead>{cells(block.head, 'col')}</thead><tbody>{body}</tbody></table></div>"
    )


@_drawn.register
def _figure(block: Figure) -> str:
    words = f'role="img" aria-label="{html.escape(block.alt)}"'
    svg = block.svg.replace("<svg ", f"<svg {words} ", 1)
    signs = "".join(f"<li>{_sample(sign)} {html.escape(sign.label)}</li>" for sign in block.signs)
    return (
        f"<figure>{svg}<figcaption>{html.escape(block.caption)}</figcaption>"
        f'<ul class="tecken">{signs}</ul></figure>'
    )


def _sample(sign: Sign) -> str:
    drawn = {
        "line": f'<path d="M0 7H28" stroke="{sign.fill}" stroke-width="3"/>',
        "hatch": '<path d="M0 14L14 0M14 14L28 0" stroke="#1a1a1a"/>',
        "dots": "".join(f'<circle cx="{x}" cy="7" r="1.7"/>' for x in (5, 14, 23)),
    }
    ground = "none" if sign.pattern == "line" else sign.fill
    edge = "none" if sign.pattern == "line" else "#4a5568"
    return (
        '<svg viewBox="0 0 28 14" width="28" height="14" aria-hidden="true">'
        f'<rect x="0.5" y="0.5" width="27" height="13" fill="{ground}" stroke="{edge}"/>'
        f"{drawn.get(sign.pattern, '')}</svg>"
    )


@_drawn.register
def _quote(block: Quote) -> str:
    answer = f"<p><strong>Kommunens svar:</strong> {_lines(block.answer)}</p>"
    return (
        f'<article class="synpunkt"><p class="om">{html.escape(block.number)}. '
        f"{html.escape(block.about)}</p><p>{_lines(block.text)}</p>"
        f"{answer if block.answer else ''}</article>"
    )
