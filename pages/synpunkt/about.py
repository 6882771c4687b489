"""Step 3: what a person may tell about themselves, if they want to."""

from __future__ import annotations

import streamlit as st

from data.models import AgeBand, Decision, Relation
from pages.shared.words.place_words import homes
from pages.shared.words.texts import _, word
from pages.synpunkt import filled as form
from pages.synpunkt.filled import Filled

NOTHING = ""


def show(decision: Decision, filled: Filled) -> None:
    """Draw the three voluntary questions; each may be left."""
    prefix = form.name(decision)
    st.markdown(
        _(
            "Du behöver inte svara. Svaren visas aldrig tillsammans med det du skrev. De hjälper "
            "oss att se vilka som har hörts och vilka vi behöver nå."
        )
    )
    relations = {one.value: word(one) for one in Relation}
    ages = {one.value: word(one) for one in AgeBand}
    relation = _ask(
        _("Vilken koppling har du till platsen?"), relations, filled.relation, f"{prefix}.band"
    )
    filled.relation = Relation(relation) if relation else None
    filled.home = _ask_home(filled.home, f"{prefix}.hem")
    age = _ask(_("Hur gammal är du?"), ages, filled.age, f"{prefix}.alder")
    filled.age = AgeBand(age) if age else None
    if st.button(_("Granska"), type="primary", key=f"{prefix}.granska"):
        form.go(filled, form.CHECK)
        st.rerun()
    with st.container(horizontal=True, gap="small"):
        if st.button(_("Hoppa över"), key=f"{prefix}.hoppa"):
            filled.relation = filled.home = filled.age = None
            form.go(filled, form.CHECK)
            st.rerun()
        if st.button(_("Tillbaka"), type="tertiary", key=f"{prefix}.bak3"):
            form.go(filled, form.WORDS)
            st.rerun()


def _ask_home(chosen: str | None, key: str) -> str | None:
    """Ask in which area the person lives; areas are large, so nobody is pointed out."""
    named = {NOTHING: _("Vill inte säga"), **homes()}
    values = list(named)
    index = values.index(chosen) if chosen in named else 0
    return (
        st.selectbox(
            _("I vilket område bor du?"),
            values,
            index=index,
            format_func=named.__getitem__,
            help=_("Ett område har minst tusen invånare."),
            key=key,
        )
        or None
    )


def _ask(label: str, words: dict[str, str], chosen: str | None, key: str) -> str | None:
    """Ask with a way to say nothing, which is what stands there from the start."""
    named = {NOTHING: _("Vill inte säga"), **words}
    values = list(named)
    index = values.index(chosen) if chosen in named else 0
    return st.radio(label, values, index=index, format_func=named.__getitem__, key=key) or None
