"""Who has been heard, by what people chose to tell: age and tie to the place."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data import clock
from data.affected import participation
from data.comments import releases
from data.models import AgeBand, Decision, Relation
from pages.resultat.layer_view import say_persons
from pages.shared import frame
from pages.shared.words.texts import HEARD_WORDS, _, number, say_short_date, word


def show(decision: Decision) -> None:
    """Show two small tables and how unlike the heard are to the affected."""
    frame.heading(_("Vilka som har hörts"), level=3)
    when = releases.released_at(decision.id)
    if when is None:
        st.markdown(_("Vi visar ålder och koppling när minst 5 personer har hörts."))
        return
    unlike = participation.unlike(decision)
    if unlike is not None:
        st.markdown(_say_unlike(unlike))
    left, right = st.columns(2, gap="large")
    with left:
        st.table(_ages(decision), border="horizontal", alt=_("Hörda efter ålder"))
    with right:
        st.table(_relations(decision), border="horizontal", alt=_("Hörda efter koppling"))
    st.caption(
        _(
            "Räknar bara dem som har berättat. Väntat jämför med åldrarna hos dem som berörs. "
            "Siffrorna räknas om först när minst 5 personer till har hörts, så att ingen kan "
            "pekas ut. Senast {day}."
        ).format(day=say_short_date(clock.day_of(when)))
    )


def _say_unlike(part: float) -> str:
    tenths = round(part * 10)
    if tenths <= 1:
        return _("De som har hörts bor ungefär som de som berörs.")
    return _(
        "De som har hörts bor inte som de som berörs. Ungefär {n} av 10 hade behövt bo i ett annat "
        "område för att det skulle bli lika."
    ).format(n=number(tenths))


def _ages(decision: Decision) -> pd.DataFrame:
    found = participation.public_ages(decision)
    return pd.DataFrame(
        {
            _("Personer, ungefär"): [say_persons(n) for n in found["persons"]],
            _("Jämfört med väntat"): [_(HEARD_WORDS[said]) for said in found["word"]],
        },
        index=pd.Index([word(AgeBand(str(age))) for age in found.index], name=_("Ålder")),
    )


def _relations(decision: Decision) -> pd.DataFrame:
    found = participation.public_relations(decision.id)
    return pd.DataFrame(
        {_("Personer, ungefär"): [say_persons(n) for n in found]},
        index=pd.Index([word(Relation(str(tie))) for tie in found.index], name=_("Koppling")),
    )
