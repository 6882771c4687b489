"""Who changed what and when, the latest first."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data import clock, staff_log
from data.models import Staff
from pages.shared.texts import N_, _, plain, say_short_date
from pages.shared.theme_words import THEME_ACTS

ACTS = {
    "set_bands": N_("ändrade avstånden"),
    "add_zone": N_("lade till en zon"),
    "remove_zone": N_("tog bort en zon"),
    "add_group": N_("lade till en grupp"),
    "remove_group": N_("tog bort en grupp"),
    "add_layer": N_("läste in ett lager"),
    "create_draft": N_("började skriva"),
    "set_field": N_("ändrade texten"),
    "discard_draft": N_("tog bort utkastet"),
    "publish": N_("publicerade"),
    "withdraw": N_("drog tillbaka"),
    "close": N_("noterade beslutet"),
    "sign_out": N_("loggade ut en person"),
    "enter": N_("förde in åt andra"),
    "use_cells": N_("bytte befolkningsrutor"),
    **THEME_ACTS,
}


def show(actor: Staff, about: str) -> None:
    """Show what was done to a decision or to the squares."""
    rows = staff_log.of(actor, about)
    if not rows:
        return
    with st.expander(_("Vem har ändrat vad")):
        local = [row.at.astimezone(clock.STOCKHOLM) for row in rows]
        st.table(
            pd.DataFrame(
                {
                    _("Vem"): [plain(row.actor) for row in rows],
                    _("Vad"): [_(ACTS.get(row.act, row.act)) for row in rows],
                },
                index=pd.Index(
                    [f"{say_short_date(at.date())} {at:%H:%M}" for at in local], name=_("När")
                ),
            ),
            border="horizontal",
            alt=_("Vem har ändrat vad"),
        )
