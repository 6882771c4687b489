"""Choosing a proposal on the pages for officials; the choice stands in the address."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from data.models import Decision
from pages.shared.session import state
from pages.shared.words.texts import _, language


def ask(
    found: Sequence[Decision],
    *,
    key: str,
    first: str = "",
    on_change: Callable[[], None] | None = None,
) -> Decision | None:
    """Ask for one of the proposals; `first` is shown unless the address names one. None of none."""
    known = {one.id: one for one in found}
    if not known:
        return None
    names = list(known)
    asked = state.asked("id")
    start = asked if asked in known else first
    chosen = st.selectbox(
        _("Förslag"),
        names,
        index=names.index(start) if start in known else 0,
        format_func=lambda code: known[code].text(language()).title,
        key=key,
        on_change=on_change,
    )
    state.ask(id=str(chosen))
    return known[str(chosen)]
