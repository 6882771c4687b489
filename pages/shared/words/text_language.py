"""Which language something is written in, where it is not the one that the page is read in.

The page's script gives the box its `lang`, so that it is read aloud in the right language.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

import streamlit as st

from data import municipality
from data.models import Decision
from data.text_normalization import capital
from pages.shared.words.language import LANGUAGES
from pages.shared.words.texts import SOURCE, language, language_name

# "in Finnish", "in Northern Sami", "in Meänkieli"
_IN_ITSELF = {"fi": "Suomeksi", "se": "Davvisámegillii", "fit": "Meänkielelä"}


def own_languages() -> tuple[str, ...]:
    """Return the municipality's languages that no page is written in."""
    return tuple(code for code in municipality.in_use().languages if code not in LANGUAGES)


def in_itself(code: str) -> str:
    """Return what tells in a language that a text is in it, or else its name."""
    return _IN_ITSELF.get(code) or capital(language_name(code))


def own_words(decision: Decision | None, key: str) -> AbstractContextManager[object]:
    """Hold what a proposal says itself: marked as Swedish for a reader who got no other language.

    `key` tells one such part of a page from another.
    """
    if decision is None or language() in decision.texts:
        return nullcontext()
    return written_in(SOURCE, key)


def written_in(spoken: str, key: str) -> AbstractContextManager[object]:
    """Hold what is written in a language, whichever the reader's is, so that it is read aloud so.

    `key` tells one such part of a page from another.
    """
    if spoken == language():
        return nullcontext()
    return st.container(key=f"pa-{spoken}-{key}", gap="small")
