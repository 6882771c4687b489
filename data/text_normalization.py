"""How words are compared: names are written in several ways, and many keyboards lack å, ä and ö."""

from __future__ import annotations

import unicodedata

_LETTERS = str.maketrans({"ø": "o", "æ": "a", "ß": "s", "đ": "d", "ł": "l"})


def fold(text: str) -> str:
    """Return `text` as it is compared: lower case, without accents, signs and doubled letters.

    Å, ä and ö become a and o, because many keyboards lack them; a doubled letter counts once,
    because names are spelled both ways.

    >>> fold("Österledsskolan"), fold("Karls-Åby"), fold("STORÄNGEN")
    ('osterledskolan', 'karls aby', 'storangen')
    """
    # decomposing may give capitals (mathematical letters), so the case is folded after it as well
    plain = unicodedata.normalize("NFKD", text.casefold()).casefold().translate(_LETTERS)
    kept: list[str] = []
    for sign in plain:
        if unicodedata.combining(sign):
            continue
        letter = sign if sign.isalnum() else " "
        if kept and kept[-1] == letter and not letter.isdigit():
            continue
        kept.append(letter)
    return "".join(kept).strip()


def capital(words: str) -> str:
    """Return words with a capital letter first."""
    return words[:1].upper() + words[1:]
