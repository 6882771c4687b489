"""Layers of areas that the municipality has loaded, and a form for one more edition."""

from __future__ import annotations

import streamlit as st

from data import clock, layer_editions, layer_import
from data.models import Staff
from pages.planera import acts, files, log
from pages.shared import frame
from pages.shared.texts import N_, _

PART = "omraden"
LOADED = N_("Lagret är inläst. Synpunkter och förslag har fått sina områden.")


def show(actor: Staff) -> None:
    """Show what is loaded, and the form."""
    frame.heading(_("Inlästa lager"))
    acts.tell(PART)
    known = layer_editions.editions()
    if not known:
        st.markdown(_("Inget eget lager är inläst än."))
    frame.points(
        [
            _("{layer}, utgåva {edition}. Källa: {source}.").format(
                layer=one.layer, edition=one.edition, source=one.source
            )
            for one in known
        ]
    )
    frame.heading(_("Läs in ett lager"))
    st.caption(
        _(
            "Till exempel kommunens stadsdelar, eller en ny indelning från SCB. En ny utgåva läggs "
            "bredvid den gamla. Förslag som redan finns behåller den utgåva de har."
        )
    )
    _ask_new()
    log.show(actor, layer_editions.LAYERS)


def _ask_new() -> None:
    with st.form(PART, border=True):
        chosen = files.ask(PART)
        layer = st.text_input(
            _("Lagrets namn, små bokstäver a–z"), placeholder="stadsdelar", key=f"{PART}.lager"
        )
        edition = st.text_input(
            _("Utgåva, till exempel ett år"),
            placeholder=str(clock.today().year),
            key=f"{PART}.utgava",
        )
        code = st.text_input(_("Kolumn med kod"), placeholder="kod", key=f"{PART}.kod")
        name = st.text_input(_("Kolumn med namn"), placeholder="namn", key=f"{PART}.namn")
        people = st.text_input(_("Kolumn med antal invånare, om den finns"), key=f"{PART}.invanare")
        source = st.text_input(_("Varifrån kommer filen?"), max_chars=100, key=f"{PART}.kalla")
        licence = st.text_input(
            _("På vilka villkor får den användas?"), max_chars=100, key=f"{PART}.villkor"
        )
        if st.form_submit_button(_("Läs in lagret"), type="primary"):

            def load(actor: Staff | None) -> None:
                layer_import.add(
                    actor,
                    files.read(chosen).frame,
                    layer=layer.strip(),
                    edition=edition.strip(),
                    code=code.strip(),
                    name=name.strip(),
                    population=people.strip() or None,
                    source=source,
                    licence=licence,
                    at=clock.now(),
                )

            acts.attempt(PART, load, LOADED)
            acts.tell(PART)
