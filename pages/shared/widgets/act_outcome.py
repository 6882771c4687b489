"""How an official's act went, told where it was made, and what she wrote when it was not kept."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.shared.session import state
from pages.shared.words.texts import _, labelled

# another run may follow at once, and nobody would have read it: a few more tell it too
TELL_SECONDS = 8.0


def put(name: str, said: object) -> None:
    """Remember how an act went, in the words of the page."""
    state.put(name, [said, None])


def take(name: str) -> Any:  # noqa: ANN401 - what the page remembered
    """Return how the last act went, for the few seconds in which a page may draw it again."""
    kept = state.get(name)
    if not kept:
        return None
    said, first = kept
    now = time.monotonic()
    if first is None:
        state.put(name, [said, now])
    elif now - first > TELL_SECONDS:
        state.drop(name)
        return None
    return said


def show_written(written: Mapping[str, str]) -> None:
    """Show what an official wrote that was not kept, so that she can use it again."""
    if not any(written.values()):
        return
    with st.expander(_("Det du skrev"), expanded=True):
        for label, text in written.items():
            if text:
                st.markdown(labelled(label, ""))
                st.text(text)
