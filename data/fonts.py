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

from fontTools.ttLib import TTCollection, TTFont

from data import settings

PLAIN = "Noto Sans"
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
    number: int = -1


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
        if families and not left:
            break
        found = {face: _drawn_by(face, left) for face in faces}
        # ours are small, and always there; the others only where they are needed
        wanted = [face for face in faces if found[face]] if families else faces
        if wanted:
            families += [face.family for face in wanted]
            folders.append(folder)
        left = left.difference(*found.values())
    return Chosen(tuple(families), tuple(folders), left)


def plain_letters() -> frozenset[str]:
    """Give the letters of the first font, which most texts need no other than."""
    return letters(_small()[0])


def is_never(letter: str) -> bool:
    """Tell whether a letter may not be drawn, whatever the fonts have."""
    return letter in _TURNING or unicodedata.category(letter) in _NEVER


def all_letters() -> frozenset[str]:
    """Give every letter that one of the fonts can draw."""
    return frozenset().union(*(letters(face) for _folder, faces in _shelves() for face in faces))


@cache
def letters(face: Face) -> frozenset[str]:
    """Give the letters that a font can draw."""
    with TTFont(face.file, fontNumber=face.number, lazy=True) as font:
        return frozenset(one for one in map(chr, font.getBestCmap() or {}) if not is_never(one))


def _drawn_by(face: Face, clusters: frozenset[str]) -> frozenset[str]:
    if not clusters:
        return frozenset()
    known = letters(face)
    return frozenset(one for one in clusters if known.issuperset(one))


def _shelves() -> Iterator[tuple[Path, list[Face]]]:
    """Give folders with their fonts, in the order they are looked in."""
    yield _folder("manimgx_fonts"), _small()
    yield _folder("manimgx_fonts_cjk"), _east_asian()
    more = settings.load().fonts
    yield more, _own(more)


def _folder(package: str) -> Path:
    return Path(str(files(package)))


@cache
def _small() -> list[Face]:
    found = _folder("manimgx_fonts").glob("*.ttf")
    faces = [_face(file) for file in found if "Italic" not in file.name]
    return sorted(
        faces, key=lambda one: (one.family != PLAIN, _LATER.get(one.family, 0), one.family)
    )


@cache
def _east_asian() -> list[Face]:
    (file,) = _folder("manimgx_fonts_cjk").glob("*.ttc")
    with TTCollection(file, lazy=True) as held:
        names = [str(font["name"].getBestFamilyName()) for font in held.fonts]
    return [Face(_EAST_ASIAN, file, names.index(_EAST_ASIAN))]


@cache
def _own(folder: Path) -> list[Face]:
    """Give the upright fonts of a machine's own folder that ours do not have, sans serif first."""
    known = {face.family for face in [*_small(), *_east_asian()]}
    faces = [_face(file) for file in folder.glob("*-Regular.[ot]tf")]
    found = {face.family: face for face in faces if face.family not in known}
    return sorted(found.values(), key=lambda one: ("Sans" not in one.family, one.family))


def _face(file: Path) -> Face:
    with TTFont(file, lazy=True) as font:
        return Face(str(font["name"].getBestFamilyName()), file)
