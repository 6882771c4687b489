"""The fonts of PDF files, and what each can draw as its own table of letters (cmap) tells.

They come by pip (Noto, SIL Open Font License 1.1), so that every machine draws the same letters.
The big one, for Chinese, Japanese and Korean, is opened only where a text needs it, and after that
the folder that `DIALOG_FONTS` names, such as Debian's `fonts-noto-core`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import typst
from fontTools.ttLib import TTFont

from data import settings

PLAIN = "Noto Sans"
_USUAL = 400
# symbols stand in many fonts: those of the scripts come first, then these
_LATER = {"Noto Sans Symbols": 1, "Noto Emoji": 2}
# one face of five that differ in how they draw Chinese letters; the language of a text chooses
_EAST_ASIAN = "Noto Sans CJK SC"
# categories that no PDF may hold: control characters, private use, halves of a character
_NEVER = frozenset({"Cc", "Co", "Cs"})
# they turn the letters after them round, so that a text is read as another
_TURNING = frozenset("\u202d\u202e")


@dataclass(frozen=True)
class Face:
    """One font: the name that typst knows it by, its file, and its place in a file of several."""

    family: str
    file: Path
    number: int


@dataclass(frozen=True)
class Chosen:
    """The fonts of one document in the order they are tried, and what none of them has."""

    families: tuple[str, ...]
    folders: tuple[Path, ...]
    lacking: frozenset[str]


def choose(clusters: Iterable[str]) -> Chosen:
    """Choose what draws `clusters`, each of which must find all its letters in one font."""
    left = frozenset(clusters)
    families: list[str] = []
    folders: list[Path] = []
    for folder, faces in _shelves():
        # ours are small, and always there; the others only where they are needed
        is_first = not families
        if not left and not is_first:
            break
        wanted = []
        for face in faces:
            found = _drawn_by(face, left)
            left -= found
            if found or is_first:
                wanted.append(face.family)
        if wanted:
            families += wanted
            folders.append(folder)
    return Chosen(tuple(families), tuple(folders), left)


def plain_letters() -> frozenset[str]:
    """Return the letters of the first font, which most texts need no other than."""
    return letters(_small()[0])


def is_never(letter: str) -> bool:
    """Tell whether a letter may not be drawn, whatever the fonts have."""
    return letter in _TURNING or unicodedata.category(letter) in _NEVER


def all_letters() -> frozenset[str]:
    """Return every letter that one of the fonts can draw."""
    return frozenset().union(*(letters(face) for _folder, faces in _shelves() for face in faces))


@cache
def letters(face: Face) -> frozenset[str]:
    """Return the letters that a font can draw."""
    with TTFont(face.file, fontNumber=face.number, lazy=True) as font:
        return frozenset(one for one in map(chr, font.getBestCmap() or {}) if not is_never(one))


def _drawn_by(face: Face, clusters: frozenset[str]) -> frozenset[str]:
    if not clusters:
        return frozenset()
    known = letters(face)
    return frozenset(one for one in clusters if known.issuperset(one))


def _shelves() -> Iterator[tuple[Path, list[Face]]]:
    """Return folders with their fonts, in the order they are looked in."""
    yield _folder("manimgx_fonts"), _small()
    yield _folder("manimgx_fonts_cjk"), _east_asian()
    more = settings.load().fonts
    yield more, _own(more)


def _folder(package: str) -> Path:
    return Path(str(files(package)))


@cache
def _small() -> list[Face]:
    faces = _upright(_folder("manimgx_fonts"))
    return sorted(
        faces, key=lambda one: (one.family != PLAIN, _LATER.get(one.family, 0), one.family)
    )


@cache
def _east_asian() -> list[Face]:
    faces = _upright(_folder("manimgx_fonts_cjk"))
    return [one for one in faces if one.family == _EAST_ASIAN]


@cache
def _own(folder: Path) -> list[Face]:
    """Return the fonts of a machine's own folder that ours do not have, sans serif first."""
    known = {face.family for face in [*_small(), *_east_asian()]}
    faces = [one for one in _upright(folder) if one.family not in known]
    return sorted(faces, key=lambda one: ("Sans" not in one.family, one.family))


def _upright(folder: Path) -> list[Face]:
    """Return the fonts of a folder as typst names them, of each family the one of usual weight."""
    if not folder.is_dir():
        return []
    held = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )
    upright = [
        (abs(one.weight - _USUAL), one.path, one.index, one.family)
        for one in held.fonts()
        if one.style == "normal" and one.path
    ]
    found: dict[str, Face] = {}
    for _heavy, path, number, family in sorted(upright):
        found.setdefault(family, Face(family, Path(path), number))
    return list(found.values())
