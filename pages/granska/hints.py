"""Words in a text that may tell who somebody is: a help for the reader, never a decision."""

from __future__ import annotations

import re

_PATTERNS = (
    # e-mail and web addresses
    r"[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>().,;:!?]+",
    r"(?:https?://|www\.)\S+",
    # personal and coordination numbers, with or without century and dash
    r"(?<!\d)(?:19|20)?\d{6}[-+ ]?\d{4}(?!\d)",
    # phone numbers, written together or in groups
    r"(?<![\d+])(?:\+46|0)[ -]?(?:\(0\))?\d(?:[ -]?\d){5,11}(?!\d)",
    # registration plates
    r"\b[A-ZÅÄÖ]{3} ?\d{2}[A-Z0-9]\b",
    # a street with a number
    r"\b[A-ZÅÄÖ][a-zåäöé]*(?:gatan|vägen|gränd|stigen|torget|backen|allén)\s+\d+\s?[A-Za-z]?\b",
)
_HINT = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS))
_WORD = re.compile(r"[^\s]+")
_EDGES = ".,;:!?()[]{}\"'”’«»…"


def found_in(text: str) -> list[str]:
    """Give what may be personal data, each once, in the order it stands.

    >>> found_in("Ring 0586-123 45 eller kim@example.org!")
    ['0586-123 45', 'kim@example.org']
    """
    return list(dict.fromkeys(match.group().strip() for match in _HINT.finditer(text)))


def words_of(text: str) -> list[str]:
    """Give the words of a text, each once, without the marks around them."""
    words = (match.group().strip(_EDGES) for match in _WORD.finditer(text))
    return list(dict.fromkeys(word for word in words if word))
