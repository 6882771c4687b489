"""Makes every text of a document one that a PDF can hold, whatever anybody has written.

A letter that no font has becomes a sign with its number in Unicode, and the document says where.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any

import regex

from data import written
from data.output import fonts
from data.output.document import Block, Document, Figure, Heading, Labelled, Paragraph, Quote, Table

# what a reader sees as one letter
_CLUSTER = regex.compile(r"\X")
_UNSEEN = regex.compile(r"\p{Default_Ignorable_Code_Point}")
_TABULATOR = "\u2003"
# the one marks bytes, and may not stand in a PDF; the other joins words as it once did
_OLD_JOINER, _JOINER = "\ufeff", "\u2060"
_SIGN = regex.compile(r"\[tecken (U\+[0-9A-F]+)")
_CODES = frozenset({"key", "look", "fill", "pattern"})
_NAMED = 20
Change = Callable[[str], str]
NOTE = (
    "Några tecken finns inte i de typsnitt som filen är skriven med. Där står i stället tecknets "
    "nummer i Unicode, som i {sign}. Det gäller: {where}."
)


def tidied(document: Document) -> Document:
    """Return the document with its line ends and joiners as template and fonts know them."""

    def tidy(text: str) -> str:
        text = written.with_plain_lines(text).replace("\t", _TABULATOR)
        return text.replace(_OLD_JOINER, _JOINER)

    return _changed(document, lambda _block: tidy, with_drawings=False)


def clusters(document: Document) -> frozenset[str]:
    """Return what readers see as letters and the plainest font has not, without what is unseen."""
    plain, found = fonts.plain_letters() | {"\n"}, set()
    for _where, text in texts(document):
        if not plain.issuperset(text):
            found |= {_core(one) for one in _CLUSTER.findall(text)}
    return frozenset(one for one in found if one and not plain.issuperset(one))


def signed(document: Document, lacking: frozenset[str]) -> Document:
    """Return the document with signs for the clusters that are `lacking`, and a note of where.

    What no PDF may hold becomes a sign too: control characters, private use, half characters.
    """
    known = fonts.all_letters() if lacking else frozenset[str]()
    return _noted(document, lambda _block: partial(_signed, lacking=lacking, known=known))


def simplified(document: Document, bad: frozenset[str]) -> Document:
    """Return the document with signs for all but plain letters in the texts that are `bad`."""

    def simplify(text: str) -> str:
        if text not in bad:
            return text
        return _joined((not _is_plain(one), one) for one in text)

    return _noted(document, lambda _block: simplify)


def texts(document: Document) -> Iterator[tuple[str, str]]:
    """Return every text that is drawn, and where it stands in words."""
    yield from (("förslagets rubrik", document.title), ("dokumentets namn", document.kind))
    yield from (("uppgifterna under rubriken", fact) for fact in document.facts)
    yield "avsändaren", document.owner
    heading = ""
    for block in document.blocks:
        heading = block.text if isinstance(block, Heading) else heading
        yield from ((_where(block, heading), text) for text in _words(block))


def drawings(document: Document) -> frozenset[str]:
    """Return the drawings, which stand among the texts for the names in them."""
    return frozenset(one.svg for one in document.blocks if isinstance(one, Figure))


def _where(block: Block, heading: str) -> str:
    if isinstance(block, Quote):
        return f"synpunkt {block.number}"
    if isinstance(block, Table):
        return f"tabellen {block.caption}"
    if isinstance(block, Figure):
        return f"kartan {block.caption}"
    if isinstance(block, Labelled):
        return f"{heading}, {block.label}"
    return f"avsnittet {heading}" if heading else "dokumentets början"


def _words(value: Any) -> Iterator[str]:  # noqa: ANN401 - a block, or a part of one
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _words(one)
    elif not isinstance(value, int | frozenset):
        for name in _told(value):
            yield from _words(getattr(value, name))


def _told(block: Any) -> list[str]:  # noqa: ANN401 - any of the blocks
    return [one.name for one in fields(block) if one.name not in _CODES]


def _noted(document: Document, change: Callable[[Block | None], Change]) -> Document:
    made = _changed(document, change, with_drawings=True)
    pairs = zip(texts(document), texts(made), strict=True)
    # the places as they are now: a heading may have signs itself
    told = [(place, text) for (_was_in, was), (place, text) in pairs if was != text]
    if not told:
        return made
    first = _SIGN.findall(told[0][1])[0]
    note = NOTE.format(sign=f"[tecken {first}]", where=said(place for place, _text in told))
    heading = () if document.is_leaflet else (Heading("Tecken som inte kan visas", 1, "tecken"),)
    return replace(made, blocks=(*made.blocks, *heading, Paragraph(note, "note")))


def said(where: Iterable[str]) -> str:
    """Say places one after the other, and how many more there are when they are many."""
    places = list(dict.fromkeys(where))
    more = len(places) - _NAMED
    told = ", ".join(places[:_NAMED])
    return f"{told} och på {more} ställen till" if more > 0 else told


def _changed(
    document: Document, of: Callable[[Block | None], Change], *, with_drawings: bool
) -> Document:
    """Return the document with each text changed; a drawing is markup with names in it."""
    whole = of(None)

    def change(value: Any, words: Change) -> Any:  # noqa: ANN401 - a block, or a part of one
        if isinstance(value, str):
            return words(value)
        if isinstance(value, tuple):
            return tuple(change(one, words) for one in value)
        if isinstance(value, int | frozenset):
            return value
        names = [one for one in _told(value) if with_drawings or one != "svg"]
        return replace(value, **{name: change(getattr(value, name), words) for name in names})

    return replace(
        document,
        title=whole(document.title),
        kind=whole(document.kind),
        owner=whole(document.owner),
        facts=change(document.facts, whole),
        blocks=tuple(change(block, of(block)) for block in document.blocks),
    )


def is_unseen(letter: str) -> bool:
    """Tell whether a letter is seen only by what it does to its neighbours."""
    return bool(_UNSEEN.match(letter))


def _core(cluster: str) -> str:
    return "".join(one for one in _UNSEEN.sub("", cluster) if not _is_never(one))


def _signed(text: str, lacking: frozenset[str], known: frozenset[str]) -> str:
    if fonts.plain_letters().issuperset(text):
        return text
    return _joined(
        piece for cluster in _CLUSTER.findall(text) for piece in _pieces(cluster, lacking, known)
    )


def _pieces(
    cluster: str, lacking: frozenset[str], known: frozenset[str]
) -> Iterator[tuple[bool, str]]:
    core = _core(cluster)
    if core not in lacking:
        yield from ((_is_never(one), one) for one in cluster)
        return
    # what joins letters has nothing to join where one of them is a sign
    missing = set(core) - known or set(core)
    yield from ((one in missing or _is_never(one), one) for one in _UNSEEN.sub("", cluster))


def _is_never(letter: str) -> bool:
    return letter != "\n" and fonts.is_never(letter)


def _is_plain(letter: str) -> bool:
    return ord(letter) <= 0xFF and not _is_never(letter)


def _joined(pieces: Iterable[tuple[bool, str]]) -> str:
    """Put pieces together; a run of what cannot be drawn becomes one sign."""
    parts = []
    for is_sign, run in groupby(pieces, key=itemgetter(0)):
        letters = "".join(one for _is_sign, one in run)
        numbers = " ".join(f"U+{ord(one):04X}" for one in letters)
        parts.append(f"[tecken {numbers}]" if is_sign else letters)
    return "".join(parts)
