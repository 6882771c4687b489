"""Whom to reach next, first on the official's page: one line for each open dialogue."""

from __future__ import annotations

import streamlit as st

from data import clock, rules
from data.affected import gaps
from data.decisions import decisions
from data.models import Staff
from pages.shared import frame
from pages.shared.words import gap_words
from pages.shared.words.texts import _, language


def show(actor: Staff) -> None:
    """Show the largest gap of each dialogue that can still be mended."""
    today = clock.today()
    still_open = [found for _n, found in decisions.list_all() if rules.is_open(found, today)]
    if not still_open:
        return
    frame.heading(_("Att nå härnäst"))
    for decision in sorted(still_open, key=lambda one: one.closes):
        rows = gaps.neighbourhoods(actor, decision)
        with st.container(gap=None):
            title = decision.text(language()).title
            frame.link("berorda", title, id=decision.id, visa="lista")
            st.markdown(gap_words.say_largest(rows))
