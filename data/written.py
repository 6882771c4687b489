"""What people write: kept to the letter, and made fit to be shown by one function for all.

`as_sent` is what is stored of a resident's words. `clean_text` is what everyone reads of them, on
pages and in feeds, files and letters; what officials write is kept as it is shown.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

# what a text may hold beside its readable signs, so that nobody fills the store with unseen ones
UNSEEN_FACTOR = 6

_SURROGATE = re.compile("[\ud800-\udfff]")
# nothing in these is unseen, turns a line or can be composed
_PLAIN = re.compile(
    "[\n\t\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20c0]*"
)
# Word's line break, form feed, next line, and Unicode's own line and paragraph separators
_BREAK = re.compile("[\x0b\x0c\x85\u2028\u2029]")
# any other control character stands between words as often as inside one: never join them
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
# Unicode's Default_Ignorable_Code_Point, and the sixty-six that are no characters
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff\ufdd0-\ufdef"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
    + "]"
)
# a flag of a country within a country is spelt in unseen letters after the black flag
_FLAG = re.compile("(\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f)")
_JOINERS = frozenset("\u200c\u200d")
_VARIANTS = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# tell which way a sign between words belongs; they reach no further than to their neighbours
_DIRECTIONS = frozenset("\u061c\u200e\u200f")
_EMPTY_LINES = re.compile(r"\n{3,}")
# looks like a space and is none
_BLANK = "\u2800"
# alphabets whose letters do not change with a joiner beside them
_UNJOINED = frozenset(
    {"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "FULLWIDTH", "HALFWIDTH", "MATHEMATICAL", "MODIFIER"}
)
_ISOLATE, _END = "\u2068", "\u2069"


def as_sent(text: str) -> str:
    r"""Return a text to the letter, with every line end as ``\n``.

    Half a sign (a lone surrogate), which no file and no store can hold, becomes U+FFFD. Nothing
    else is changed, nor is anything taken from the ends.

    >>> as_sent(" 10\t20\r\n30\x0b\u200d")
    ' 10\t20\n30\x0b\u200d'
    """
    if _SURROGATE.search(text):
        # two halves that stand together are one sign
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def with_plain_lines(text: str) -> str:
    """Return a text with every sort of line break as those who read it expect one."""
    return _BREAK.sub("\n", text.replace("\r\n", "\n").replace("\r", "\n"))


def clean_text(text: str) -> str:
    r"""Return a text as it may be shown: nothing unseen in it, composed, and trimmed.

    What a person can read stays as written, also ``{{7*7}}`` and signs newer than our tables. Every
    sort of line break becomes ``\n``, a tab stays, and another control character is a space.
    Joiners stay where they shape letters or emoji, and marks of direction in a text that has
    letters written from right to left; what turns more than its neighbours is taken away.

    >>> clean_text(" hej\u202e då \x00")
    'hej då'
    >>> clean_text("10\t20\x0b30")
    '10\t20\n30'
    """
    text = as_sent(text)
    if _PLAIN.fullmatch(text) is None:
        text = _CONTROL.sub(" ", with_plain_lines(text))
        text = unicodedata.normalize("NFC", _seen(text))
    lines = (line.rstrip() for line in text.split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    """Return a text as it may be shown in one line."""
    return " ".join(clean_text(text).split())


def is_blank(text: str) -> bool:
    r"""Tell whether there is nothing in a text that anybody can see.

    >>> is_blank(" \u200b\n"), is_blank("\U0001fae8")
    (True, False)
    """
    return not clean_text(text).replace(_BLANK, " ").strip()


def fault_of(text: str, most: int) -> Literal["empty", "too_long"] | None:
    """Return ``empty`` or ``too_long`` if a text cannot be taken; counted is what can be seen."""
    if is_blank(text):
        return "empty"
    return "too_long" if over(text, most) > 0 else None


def over(text: str, most: int) -> int:
    """Return how many signs a text is too long by; below nothing is what there is room for.

    >>> over(" hej ", 2), over("hej", 10)
    (1, -7)
    """
    unseen = len(as_sent(text)) - most * UNSEEN_FACTOR
    seen = len(clean_text(text)) - most
    return max(seen, unseen) if unseen > 0 else seen


def isolated(text: str) -> str:
    """Return words to stand among others: letters from right to left turn nothing around them."""
    return f"{_ISOLATE}{text}{_END}" if _is_from_right(text) else text


def with_marks(text: str) -> str:
    r"""Return a text to the letter, with a mark in place of each sign that is not shown to others.

    >>> with_marks("An\u200bna\x00")
    'An⟦U+200B⟧na⟦U+0000⟧'
    """
    text = as_sent(text)
    if _PLAIN.fullmatch(text):
        return text
    shown = _pieces(_BREAK.sub("\n", text), mark=True)
    return _CONTROL.sub(lambda found: _mark(found.group()), "".join(shown))


def _seen(text: str) -> str:
    return "".join(_pieces(text, mark=False))


def _pieces(text: str, *, mark: bool) -> list[str]:
    """Return the signs of a text that are shown, with a mark for each of the others if asked."""
    from_right = _is_from_right(text)
    kept: list[str] = []
    # the last sign that was shown, and the last letter or picture, which a joiner belongs to
    before, base = "", ""
    for n, piece in enumerate(_FLAG.split(text)):
        if n % 2:
            kept.append(piece)
            before = base = piece[0]
            continue
        for sign in piece:
            if not _UNSEEN.match(sign) or _stays(sign, before, base, from_right=from_right):
                kept.append(sign)
                before = sign
                if not _UNSEEN.match(sign) and not unicodedata.category(sign).startswith("M"):
                    base = sign
            elif mark:
                kept.append(_mark(sign))
    return kept


def _stays(sign: str, before: str, base: str, *, from_right: bool) -> bool:
    """Tell whether an unseen sign does something that a reader needs where it stands."""
    if sign in _JOINERS:
        return before not in _JOINERS and _joins(base)
    if _VARIANTS.match(sign):
        return bool(before) and not before.isspace() and not _UNSEEN.match(before)
    return sign in _DIRECTIONS and from_right and before != sign


def _joins(base: str) -> bool:
    """Tell whether a letter or picture looks different with a joiner after it."""
    if not base or base.isspace():
        return False
    sort = unicodedata.category(base)
    if sort[0] != "L":
        # pictures; those newer than our tables have no sort
        return base >= "\u2190" and sort in {"So", "Sm", "Sk", "Cn"}
    return unicodedata.name(base, "?").split()[0] not in _UNJOINED


def _is_from_right(text: str) -> bool:
    return any(
        unicodedata.bidirectional(c) in {"R", "AL"} and unicodedata.category(c)[0] == "L"
        for c in text
    )


def _mark(sign: str) -> str:
    return f"⟦U+{ord(sign):04X}⟧"
