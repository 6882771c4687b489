"""How alike texts are: the part of their pieces of five letters that they share. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

PIECE = 5
ALIKE = 0.6
# shorter texts than this are alike by chance ("Ja tack!")
LEAST_LETTERS = 12
REMEMBERED = 8_192
_PRIME = 1_000_003
_OTHER = re.compile(r"[\W_]+")

Pieces = npt.NDArray[np.uint64]


def normalised(text: str) -> str:
    """Return a text without case and signs.

    >>> normalised("Bygg  en LEKPLATS, tack!")
    'bygg en lekplats tack'
    """
    lower = unicodedata.normalize("NFC", text).casefold()
    return _OTHER.sub(" ", lower).strip()


@lru_cache(maxsize=REMEMBERED)
def pieces(text: str) -> Pieces:
    """Return the numbers of all pieces of a normalised text, each once, in order."""
    words = normalised(text)
    if not words:
        return np.empty(0, dtype=np.uint64)
    letters = np.frombuffer(words.ljust(PIECE).encode("utf-32-le"), dtype=np.uint32)
    count = len(letters) - PIECE + 1
    hashed = np.zeros(count, dtype=np.uint64)
    for offset in range(PIECE):
        hashed = hashed * np.uint64(_PRIME) + letters[offset : offset + count]
    return np.unique(hashed)


def likeness(one: str, other: str) -> float:
    """Return the Jaccard likeness of two texts, 0 to 1.

    >>> likeness("Bygg en lekplats här!", "bygg en lekplats här")
    1.0
    """
    first, second = pieces(one), pieces(other)
    shared = len(np.intersect1d(first, second, assume_unique=True))
    total = len(first) + len(second) - shared
    return shared / total if total else 0.0


@dataclass(frozen=True)
class Index:
    """Texts made ready to be compared with one; `ids` names them."""

    ids: npt.NDArray[np.int64]
    sizes: npt.NDArray[np.int64]
    hashed: Pieces
    owners: npt.NDArray[np.int64]


def index(texts: Sequence[tuple[int, str]]) -> Index:
    """Make texts, each with its number, ready to be compared."""
    found = [pieces(text) for _, text in texts]
    sizes = np.array([len(one) for one in found], dtype=np.int64)
    hashed = np.concatenate(found) if found else np.empty(0, dtype=np.uint64)
    order = np.argsort(hashed, kind="stable")
    owners = np.repeat(np.arange(len(found)), sizes)
    ids = np.array([number for number, _ in texts], dtype=np.int64)
    return Index(ids, sizes, hashed[order], owners[order])


def most_alike(
    known: Index, text: str, *, but: int, least: float = ALIKE, limit: int = 3
) -> list[tuple[int, float]]:
    """Return the numbers of the texts most like `text` with their likeness, the most alike first.

    `but` is the text's own number. A text of hardly any letters is like no other.
    """
    mine = pieces(text)
    if len(normalised(text)) < LEAST_LETTERS or not len(known.ids):
        return []
    first = np.searchsorted(known.hashed, mine, side="left")
    last = np.searchsorted(known.hashed, mine, side="right")
    hits = [known.owners[a:b] for a, b in zip(first, last, strict=True) if b > a]
    if not hits:
        return []
    shared = np.bincount(np.concatenate(hits), minlength=len(known.ids))
    scores = shared / (known.sizes + len(mine) - shared)
    scores[known.ids == but] = 0.0
    best = np.lexsort((known.ids, -scores))[:limit]
    return [(int(known.ids[i]), float(scores[i])) for i in best if scores[i] >= least]
