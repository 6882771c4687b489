"""Step 3: what a person may tell about themselves, if they want to."""

from __future__ import annotations

import streamlit as st

from data.models import AgeBand, Decision, Relation
from pages.shared.texts import AGE_WORDS, RELATION_WORDS, _
from pages.synpunkt import filled as form
from pages.synpunkt.filled import Filled


def show(decision: Decision, filled: Filled) -> None:
    """Draw the two voluntary questions; both may be left."""
    prefix = form.name(decision)
    st.markdown(
        _(
            "Du behöver inte svara. Svaren visas aldrig tillsammans med det du skrev. De hjälper "
            "oss att se vilka som har hörts och vilka vi behöver nå."
        )
    )
    relations, ages = [one.value for one in Relation], [one.value for one in AgeBand]
    filled["relation"] = st.radio(
        _("Hur hänger du ihop med platsen?"),
        [None, *relations],
        index=([None, *relations]).index(filled["relation"]),
        format_func=lambda one: _(RELATION_WORDS[Relation(one)]) if one else _("Vill inte säga"),
        key=f"{prefix}.band",
    )
    filled["age"] = st.radio(
        _("Hur gammal är du?"),
        [None, *ages],
        index=([None, *ages]).index(filled["age"]),
        format_func=lambda one: _(AGE_WORDS[AgeBand(one)]) if one else _("Vill inte säga"),
        key=f"{prefix}.alder",
    )
    if st.button(_("Granska"), type="primary", key=f"{prefix}.granska"):
        form.go(filled, form.CHECK)
        st.rerun()
    with st.container(horizontal=True):
        if st.button(_("Hoppa över"), type="tertiary", key=f"{prefix}.hoppa"):
            filled.update(relation=None, age=None)
            form.go(filled, form.CHECK)
            st.rerun()
        if st.button(_("Tillbaka till texten"), type="tertiary", key=f"{prefix}.bak3"):
            form.go(filled, form.WORDS)
            st.rerun()
