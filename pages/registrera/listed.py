"""What has been entered, the latest first, with the receipt to give to the person."""

from __future__ import annotations

from textwrap import shorten

import pandas as pd
import streamlit as st

from data import registering
from data.models import Decision, Staff
from data.registering import Entered
from data.written import isolated
from pages.shared import frame
from pages.shared.texts import _, number, plain, say_short_date, word

WORDS_SHOWN = 60


def show(actor: Staff, decision: Decision) -> None:
    """Show the latest rows of a decision, and the way on to reading them."""
    rows = registering.latest(actor, decision.id)
    frame.heading(_("Senast införda"))
    if not rows:
        st.markdown(_("Inget är infört för det här förslaget än."))
        return
    st.table(_table(rows), border="horizontal", alt=_("Senast införda"))
    st.caption(
        _(
            "Blev det fel? Dölj synpunkten som dubblett när den granskas, och för in den på nytt. "
            "Det som en gång har sparats ändras aldrig."
        )
    )
    frame.link("granska", _("Läs och publicera"))


def _table(rows: list[Entered]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _("Hur"): [word(row.channel) for row in rows],
            _("Personer"): [number(row.persons) for row in rows],
            _("Synpunkt"): [
                plain(shorten(row.text, WORDS_SHOWN, placeholder=" …")) for row in rows
            ],
            _("Plats"): [plain(isolated(row.place)) for row in rows],
            _("Kvittokod"): [row.code for row in rows],
            _("Läge"): [word(row.state) for row in rows],
        },
        index=pd.Index([say_short_date(row.received_on) for row in rows], name=_("Kom in")),
    )
