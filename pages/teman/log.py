"""Who gathered, wrote and published what and when, the latest first."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.models import Staff
from data.staff import staff_log
from pages.shared.words.texts import _, plain, say_short_moment
from pages.shared.words.theme_words import THEME_ACTS


def show(actor: Staff, decision_id: str) -> None:
    """Show what was done to the themes and the answer of a decision."""
    rows = [row for row in staff_log.of(actor, decision_id) if row.act in THEME_ACTS]
    if not rows:
        return
    with st.expander(_("Vem har ändrat vad")):
        st.table(
            pd.DataFrame(
                {
                    _("Vem"): [plain(row.actor) for row in rows],
                    _("Vad"): [_(THEME_ACTS[row.act]) for row in rows],
                },
                index=pd.Index([say_short_moment(row.at) for row in rows], name=_("När")),
            ),
            border="horizontal",
            alt=_("Vem har ändrat vad"),
        )
