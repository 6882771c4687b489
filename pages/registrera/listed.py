"""What has been entered, the latest first, with the receipt to give to the person."""

from __future__ import annotations

from textwrap import shorten
from urllib.parse import quote, urlencode

import pandas as pd
import streamlit as st

from data.models import Decision, Staff
from data.review import entered
from data.review.entered import Batch, Entered
from data.written import isolated
from pages.shared import addresses, frame
from pages.shared.words.texts import (
    _,
    ngettext,
    number,
    plain,
    say_short_date,
    say_short_moment,
    word,
)

WORDS_SHOWN = 60


def show(actor: Staff, decision: Decision) -> None:
    """Show the latest rows of a decision, and the way on to reading them."""
    rows = entered.latest(actor, decision.id)
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
    batches = entered.batches(actor, decision.id)
    if batches:
        _offer_receipts(decision, batches)
    frame.link("granska", _("Läs och publicera"))


def _offer_receipts(decision: Decision, found: list[Batch]) -> None:
    """Lead to every receipt that has been given here, of one table or of all."""
    frame.heading(_("Kvittokoder att lämna ut"), level=3)
    names = {None: _("Alla som är införda")} | {one: _say_batch(one) for one in found}
    chosen: Batch | None = st.selectbox(
        _("Vilka kvittokoder?"),
        list(names),
        index=1,
        format_func=names.__getitem__,
        key=f"registrera.kvitton.{decision.id}.{len(found)}",
        filter_mode=None,
    )
    which = ""
    if chosen is not None:
        when = {addresses.WHEN: chosen.entered_at.isoformat(), addresses.WHO: chosen.actor}
        which = f"?{urlencode(when)}"
    address = f"{addresses.ENTERED}/{quote(decision.id)}/kvitton"
    frame.data_link(_("Visa kvittokoderna för utskrift"), f"{address}{which}")
    frame.data_link(_("Hämta kvittokoderna som fil (CSV)"), f"{address}.csv{which}")


def _say_batch(batch: Batch) -> str:
    rows = ngettext("{n} rad", "{n} rader", batch.count).format(n=number(batch.count))
    return f"{say_short_moment(batch.entered_at)}, {rows}, {batch.actor}"


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
