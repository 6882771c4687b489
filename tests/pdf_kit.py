"""Reads a PDF as a reader and as a screen reader does: its words, and its tags in order."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
import pypdf

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
    """Give all words of all pages, or the last few, as they are drawn, with plain spaces."""
    pages = list(pypdf.PdfReader(io.BytesIO(pdf)).pages)[-last:]
    return plain("\n".join(page.extract_text() for page in pages))


def plain(text: str) -> str:
    return _SPACE.sub(" ", text)


def count_pages(pdf: bytes) -> int:
    return len(pypdf.PdfReader(io.BytesIO(pdf)).pages)


def tags(pdf: bytes) -> list[Tag]:
    """Give every element of the structure tree in reading order."""
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
    """Give the names of the bookmarks."""
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_outline() as found:
        return [str(item.title) for item in found.root]
