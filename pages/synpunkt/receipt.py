"""The receipt: thanks, the code, and what happens now."""

from __future__ import annotations

import streamlit as st

from data.models import Decision
from pages.shared import frame
from pages.shared.texts import _, say_date
from pages.synpunkt import filled as form
from pages.synpunkt.filled import Filled


def show(decision: Decision, filled: Filled) -> None:
    """Draw the receipt for what has been stored."""
    st.title(_("Tack! Din synpunkt är mottagen"))
    frame.example_banner(decision)
    st.metric(_("Kvittokod"), filled["receipt"], border=True, width="content")
    st.markdown(_("Skriv upp koden eller skriv ut sidan. Med den kan du följa din synpunkt."))
    st.subheader(_("Det här händer nu"), anchor=False)
    steps = [
        _("Någon på kommunen läser det du skrev innan andra får se, oftast inom två arbetsdagar."),
        _("Du kan lämna fler synpunkter till och med {day}.").format(
            day=say_date(decision.closes, weekday=True)
        ),
    ]
    if decision.answer_on is not None:
        steps.append(
            _("Senast {day} berättar vi vad vi hörde och vad det ledde till.").format(
                day=say_date(decision.answer_on, year=True)
            )
        )
    if decision.decision_on is not None:
        steps.append(
            _("Politikerna i {body} planerar att besluta omkring {day}.").format(
                body=decision.body, day=say_date(decision.decision_on, year=True)
            )
        )
    st.markdown("\n".join(f"1. {step}" for step in steps))
    with st.container(horizontal=True):
        st.page_link(
            "kvitto.py", label=_("Följ din synpunkt"), query_params={"kod": filled["receipt"]}
        )
        if st.button(_("Lämna en till"), key=f"{form.name(decision)}.entill"):
            form.keep(decision, form.fresh())
            st.rerun()
    frame.back_to(decision)
