"""Reads a PDF as a reader and as a screen reader does: its words, and its tags in order."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pikepdf
import pypdf

# a line of a table that says what the glyphs of a font are
_MEANING = re.compile(r"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>")
# thin and hard spaces, and where a line is broken
_SPACE = re.compile(r"[\s\u202f\u00a0]+")


@dataclass(frozen=True)
class Tag:
    """One element of the structure tree: its kind, its own text in words, and its description."""

    kind: str
    depth: int
    alt: str
    scope: str


def words(pdf: bytes, *, last: int = 0) -> str:
    """Return all words of all pages, or the last few, as they are drawn, with plain spaces."""
    pages = list(pypdf.PdfReader(io.BytesIO(pdf)).pages)[-last:]
    return plain("\n".join(page.extract_text() for page in pages))


def plain(text: str) -> str:
    return _SPACE.sub(" ", text)


def count_pages(pdf: bytes) -> int:
    return len(pypdf.PdfReader(io.BytesIO(pdf)).pages)


def tags(pdf: bytes) -> list[Tag]:
    """Return every element of the structure tree in reading order."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return list(_walk(opened.Root.StructTreeRoot.K, 0))


def _walk(node: object, depth: int) -> Iterator[Tag]:
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from _walk(one, depth)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield Tag(str(node.S).lstrip("/"), depth, str(node.get("/Alt", "")), _scope(node.get("/A")))
        if "/K" in node:
            yield from _walk(node.K, depth + 1)


def _scope(attributes: object) -> str:
    given = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    for one in given:
        if isinstance(one, pikepdf.Dictionary) and "/Scope" in one:
            return str(one.Scope).lstrip("/")
    return ""


def outline(pdf: bytes) -> list[str]:
    """Return the names of the bookmarks."""
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_outline() as found:
        return [str(item.title) for item in found.root]


def languages(pdf: bytes) -> set[str]:
    """Return every language that a part of the document is said to be in."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return {str(one.Lang) for one in _elements(opened.Root.StructTreeRoot.K) if "/Lang" in one}


def _elements(node: object) -> Iterator[pikepdf.Dictionary]:
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from _elements(one)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from _elements(node.get("/K"))


@dataclass(frozen=True)
class Shown:
    """One piece of text as it is drawn: the glyphs' numbers, and what a reader is told they are."""

    glyphs: tuple[int, ...]
    said: str


def shown(pdf: bytes) -> list[Shown]:
    """Return every piece of text in the order it is drawn, with the text that stands for it."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [one for page in opened.pages for one in _shown(page, page.get("/Resources"))]


def count_missing_glyphs(pdf: bytes) -> int:
    """Count the letters that are drawn as the empty box of a font that lacks them (glyph 0)."""
    return sum(glyph == 0 for one in shown(pdf) for glyph in one.glyphs)


def letters(pdf: bytes) -> set[str]:
    """Return every letter that a reader is told stands there, from the font or in its place."""
    return {letter for one in shown(pdf) for letter in one.said}


def _shown(stream: object, resources: pikepdf.Dictionary | None) -> Iterator[Shown]:
    meanings: dict[int, str] = {}
    marked: list[str | None] = []
    for operands, operator in pikepdf.parse_content_stream(stream):
        match str(operator):
            case "Tf":
                meanings = _meanings(resources.Font[operands[0]])
            case "BDC" | "BMC":
                marked.append(_in_place(operands))
            case "EMC":
                marked.pop()
            case "Do" if (form := resources.XObject[operands[0]]).get("/Subtype") == "/Form":
                yield from _shown(form, form.get("/Resources", resources))
            case "Tj" | "TJ" as kind:
                glyphs = tuple(_glyphs(operands[0] if kind == "TJ" else operands))
                told = next((one for one in reversed(marked) if one is not None), None)
                said = "".join(meanings.get(one, "") for one in glyphs) if told is None else told
                yield Shown(glyphs, said)


def _in_place(operands: list[object]) -> str | None:
    given = operands[1] if len(operands) > 1 else None
    has_text = isinstance(given, pikepdf.Dictionary) and "/ActualText" in given
    return str(given.ActualText) if has_text else None


def _glyphs(strings: Iterable[object]) -> Iterator[int]:
    """Return the numbers of the glyphs; every font of ours has two bytes for each."""
    for one in strings:
        if isinstance(one, pikepdf.String):
            codes = bytes(one)
            yield from (int.from_bytes(codes[n : n + 2], "big") for n in range(0, len(codes), 2))


def _meanings(font: pikepdf.Dictionary) -> dict[int, str]:
    told = font.ToUnicode.read_bytes().decode("ascii")
    return {
        int(glyph, 16): bytes.fromhex(text).decode("utf-16-be")
        for glyph, text in _MEANING.findall(told)
    }


def left_edges(pdf: bytes, letter: str) -> list[float]:
    """Return how far from the left edge of its page each piece with a letter begins, in points."""
    found: list[float] = []

    def seen(text: str, cm: list[float], tm: list[float], _font: object, _size: float) -> None:
        if letter in text:
            found.append(tm[4] * cm[0] + cm[4])

    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        page.extract_text(visitor_text=seen)
    return found


def lines(pdf: bytes) -> list[str]:
    """Return every line of every page as it is drawn."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return [line.strip() for page in pages for line in page.extract_text().split("\n")]
