"""An answer as it is shown to everyone: whole texts, and what became of a theme."""

from __future__ import annotations

import streamlit as st

from data.enums import Outcome
from pages.shared.words.texts import OUTCOME_WORDS, _, plain

# icon and badge colour: told by the word, never by colour alone
LOOKS: dict[Outcome, tuple[str, str]] = {
    Outcome.MET: (":material/check:", "green"),
    Outcome.PARTLY: (":material/contrast:", "violet"),
    Outcome.NOT_MET: (":material/close:", "orange"),
}


def show_outcome(outcome: Outcome) -> None:
    """Say what became of what a theme asks for."""
    icon, color = LOOKS[outcome]
    words = _(OUTCOME_WORDS[outcome])
    st.markdown(f":{color}-badge[{icon} {plain(words)}]")


def paragraphs(text: str) -> str:
    """Return a longer text in Markdown as it was written, with its line breaks."""
    return plain(text).replace("\n", "  \n")
