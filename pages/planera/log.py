"""Who changed what and when, the latest first."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.models import Staff
from data.staff import staff_log
from pages.shared.words.act_words import STAFF_ACTS
from pages.shared.words.texts import _, plain, say_short_moment


def show(actor: Staff, about: str) -> None:
    """Show what was done to a decision or to the squares."""
    rows = staff_log.of(actor, about)
    if not rows:
        return
    with st.expander(_("Vem har ändrat vad")):
        st.table(
            pd.DataFrame(
                {
                    _("Vem"): [plain(row.actor) for row in rows],
                    _("Vad"): [_(STAFF_ACTS.get(row.act, row.act)) for row in rows],
                },
                index=pd.Index([say_short_moment(row.at) for row in rows], name=_("När")),
            ),
            border="horizontal",
            alt=_("Vem har ändrat vad"),
        )
