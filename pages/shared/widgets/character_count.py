"""How much fits in a field. None sets a limit itself: it would drop a longer paste without a word.

What is too much stays where it is written, and a sentence beneath says by how much.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from data.written import over
from pages.shared import templates
from pages.shared.words.texts import N_, _, number

TOO_LONG = N_("Texten är {n} tecken för lång. Korta den.")
# the page's script counts on while one writes in a field of a container so named
FIELD = "skriv"


def ask_line(label: str, most: int, *, key: str, **shown: Any) -> str:  # noqa: ANN401 - as Streamlit has it
    """Ask for one line, and say beneath how much too long it is; what is written is given whole.

    Parameters
    ----------
    shown
        Whatever else `st.text_input` takes.
    """
    with st.container(key=f"{FIELD}-{key}", gap=None):
        written = str(st.text_input(label, key=key, **shown) or "")
        show_left(written, most)
    return written


def say_over(text: str, most: int) -> str:
    """Say by how much a text is too long."""
    return _(TOO_LONG).format(n=number(over(text, most)))


def show_left(text: str, most: int, *, is_counted: bool = False) -> None:
    """Say how much too long a text is; `is_counted` says also how much room is left."""
    left = -over(text, most)
    patterns = "", _(TOO_LONG)
    if is_counted:
        patterns = _("{n} tecken kvar"), _("{n} tecken för mycket")
    said = patterns[left < 0].format(n=number(abs(left)))
    st.html(templates.piece(templates.ON_PAGES, "left", most, *patterns, said))
