"""Layers of areas that the municipality has loaded, and a form for one more edition."""

from __future__ import annotations

import streamlit as st

from data import clock
from data.geodata import layer_editions
from data.models import CREDIT_MAX, Staff
from data.planning import layer_import
from pages.planera import acts, files, log
from pages.shared import frame
from pages.shared.session import state
from pages.shared.widgets import character_count
from pages.shared.words.texts import N_, _

PART = "omraden"
# what is asked, with an example of an answer
FIELDS = {
    "layer": (N_("Lagrets namn, små bokstäver a–z"), "stadsdelar"),
    "edition": (N_("Utgåva, till exempel ett år"), "2026"),
    "code": (N_("Kolumn med kod"), "kod"),
    "name": (N_("Kolumn med namn"), "namn"),
    "population": (N_("Kolumn med antal invånare, om den finns"), ""),
    "source": (N_("Varifrån kommer filen?"), ""),
    "licence": (N_("På vilka villkor får den användas?"), ""),
}
LOADED = N_("Lagret är inläst. Synpunkter och förslag har fått sina områden.")


def show(actor: Staff) -> None:
    """Show what is loaded, and the form."""
    frame.heading(_("Inlästa lager"))
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
    acts.tell(PART)
    log.show(actor, layer_editions.LAYERS)


def _ask_new() -> None:
    # a loaded file gives the form new names, so that it is empty again
    prefix = f"{PART}.{acts.count()}"
    with st.form(PART, border=True):
        files.ask(prefix)
        for field, (label, example) in FIELDS.items():
            character_count.ask_line(
                _(label), CREDIT_MAX, placeholder=example, key=f"{prefix}.{field}"
            )
        st.form_submit_button(_("Läs in lagret"), type="primary", on_click=_load, args=(prefix,))


def _load(prefix: str) -> None:
    written = {field: str(state.get(f"{prefix}.{field}") or "").strip() for field in FIELDS}
    people = written.pop("population") or None

    def load(actor: Staff | None) -> None:
        layer_import.add(
            actor,
            files.read(files.chosen(prefix)),
            layer_import.NewLayer(**written, population=people),
            at=clock.now(),
        )

    acts.attempt(PART, load, LOADED)
