"""How we count who has been heard, and what is expected."""

from __future__ import annotations

import streamlit as st

from data.affected import participation
from geo import representation
from pages.shared import frame
from pages.shared.words.texts import _, number, percent


def show() -> None:
    """Show the method."""
    frame.heading(_("Vilka som har hörts"))
    st.markdown(
        _(
            "Den som skickar synpunkter räknas som en person, hur många synpunkter det än är. Ett "
            "möte räknas som så många personer som var med. Brev, telefon och möten räknas som "
            "webben. Vi räknar en person där hon bor, om hon har sagt det, annars efter platsen "
            "som de flesta av hennes synpunkter gäller."
        )
    )
    st.markdown(
        _(
            "**Väntat antal** är områdets del av alla som berörs, gånger alla som har hörts. Vi "
            "säger **färre än väntat** eller **fler än väntat** bara när skillnaden är större än "
            "vad slumpen brukar ge, med {sure} säkerhet (Byars intervall). Väntar vi oss färre än "
            "{least} personer säger vi **för få svar för att säga något**."
        ).format(sure=percent(0.95), least=number(representation.EXPECTED_MIN))
    )
    st.markdown(
        _(
            "Har ingen hörts från ett område står det **ingen har hörts**. Det betyder aldrig att "
            "allt är bra där."
        )
    )
    st.markdown(
        _(
            "Vi säger också hur olika de hörda bor jämfört med de berörda: hur många av 10 som "
            "hade behövt bo någon annanstans (dissimilaritetsindex). Det säger vi först när minst "
            "{least} personer har hörts. Ålder och koppling räknas bara för dem som har berättat."
        ).format(least=number(participation.LEAST_FOR_INDEX))
    )
