"""The texts that people read, in their language, where no page is drawn: marked and looked up.

Swedish is written in the code and is the key of every other language. A catalogue is read from
its text file when it is first needed, so nothing has to be built. Where those files lie is told by
the pages, which own them; until then every text is as it is written.
"""

from __future__ import annotations

import gettext
import io
from functools import cache
from pathlib import Path

from babel.messages import mofile, pofile

from data import municipality_words

DOMAIN = "dialogkartan"
_folder: Path | None = None


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """Mark a text that is translated where it is shown."""
    return message


def read_from(folder: Path) -> None:
    """Tell in which folder the catalogues lie: ``<language>/LC_MESSAGES/dialogkartan.po``."""
    global _folder
    _folder = folder
    catalogue.cache_clear()


@cache
def catalogue(spoken: str) -> gettext.NullTranslations:
    """Return the translations into a language; Swedish, and one that we lack, stay as written."""
    if _folder is None:
        return gettext.NullTranslations()
    file = _folder / spoken / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not file.exists():
        return gettext.NullTranslations()
    with file.open("rb") as source:
        found = pofile.read_po(source, locale=spoken, domain=DOMAIN)
    compiled = io.BytesIO()
    mofile.write_mo(compiled, found)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def in_language(message: str, spoken: str) -> str:
    """Return a text in a language, with the municipality's words filled in."""
    own = municipality_words.own_texts().get(message)
    if own is not None:
        return own.get(spoken, message)
    # the empty text is where a catalogue keeps its own head
    said = catalogue(spoken).gettext(message) if message else ""
    return municipality_words.filled(said, spoken)


def in_number(one: str, many: str, n: int, spoken: str) -> str:
    """Return the form of a text in a language that goes with the number `n`."""
    return municipality_words.filled(catalogue(spoken).ngettext(one, many, n), spoken)
