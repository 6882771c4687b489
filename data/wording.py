"""The texts that people read, in their language, where no page is drawn: marked and looked up.

Swedish is written in the code and is the key of every other language. A catalogue is read from
its text file when it is first needed, so nothing has to be built.
"""

from __future__ import annotations

import gettext
import io
from functools import cache
from pathlib import Path

from babel.messages import mofile, pofile

DOMAIN = "dialogkartan"
LOCALE = Path(__file__).resolve().parents[1] / "pages" / "locale"


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """Mark a text that is translated where it is shown."""
    return message


@cache
def catalogue(spoken: str) -> gettext.NullTranslations:
    """Give the translations into a language; Swedish, and one that we lack, stay as written."""
    file = LOCALE / spoken / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not file.exists():
        return gettext.NullTranslations()
    with file.open("rb") as source:
        found = pofile.read_po(source, locale=spoken, domain=DOMAIN)
    compiled = io.BytesIO()
    mofile.write_mo(compiled, found)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def in_language(message: str, spoken: str) -> str:
    """Give a text in a language."""
    return catalogue(spoken).gettext(message)
