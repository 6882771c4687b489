"""What was done last, by whom, and a way back to a comment that has been read."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data import rights
from data.models import HideReason, Staff
from data.review import review
from pages.granska import acts
from pages.shared import addresses, frame
from pages.shared.words.act_words import REVIEW_ACTS
from pages.shared.words.texts import HIDE_WORDS, _, plain, say_short_moment

LOGGED = 10
AGAIN = "granska.igen"


def show(actor: Staff) -> None:
    """Show the latest acts."""
    rows = review.latest_acts(actor, limit=LOGGED)
    if not rows:
        return
    frame.heading(_("Senast gjort"))
    st.table(
        pd.DataFrame(
            {
                _("När"): [say_short_moment(row.at) for row in rows],
                _("Vem"): [plain(row.actor) for row in rows],
                _("Vad"): [_(REVIEW_ACTS.get(row.act, row.act)) for row in rows],
                _("Skäl"): [_(HIDE_WORDS[HideReason(r.reason)]) if r.reason else "" for r in rows],
            },
            index=pd.Index([str(row.comment_id) for row in rows], name=_("Synpunkt")),
        ),
        border="horizontal",
        alt=_("De senaste besluten om synpunkter"),
    )
    ids = list(dict.fromkeys(row.comment_id for row in rows))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(_("Öppna en läst synpunkt igen"), ids, index=0, key=AGAIN, width=240)
        st.button(_("Öppna"), key="granska.oppna", on_click=acts.choose_from, args=(AGAIN,))
    if actor.roles & rights.PLANNERS:
        frame.data_link(_("Hämta hela loggen som Excel"), addresses.LOG_XLSX)
        frame.data_link(_("Hämta hela loggen som CSV"), addresses.LOG)
