"""Texts to edit: a leaflet of one page, a text for the website and one for the press."""

from __future__ import annotations

import streamlit as st

from data.models import Decision
from data.output import report_pdf
from data.output.report import Report
from data.staff import jobs
from data.written import over
from pages.rapport import work
from pages.shared import addresses, frame
from pages.shared.report import publicity
from pages.shared.session import state
from pages.shared.widgets import character_count
from pages.shared.words.texts import N_, _

NAMES = {
    publicity.LEAFLET: N_("Ett blad att dela ut"),
    publicity.WEB: N_("Text till webbplatsen"),
    publicity.PRESS: N_("Text till pressen"),
}
PDF = "application/pdf"
MAX = 6_000


def show(decision: Decision, found: Report) -> None:
    """Show the three texts, each folded away until it is wanted."""
    frame.heading(_("Texter att ändra"))
    st.markdown(
        _("Utkasten är ifyllda med rapportens siffror. Ändra dem, markera allt och kopiera.")
    )
    for kind, name in NAMES.items():
        with st.expander(_(name)):
            _show_one(decision, found, kind, _(name))


def _show_one(decision: Decision, found: Report, kind: str, name: str) -> None:
    written = publicity.draft(found, kind)
    key = field_key(decision.id, kind, found.variant, written)
    label = _("Utkast: {name}").format(name=name)
    if kind != publicity.LEAFLET:
        # it is only copied from here, so it may be of any length
        st.text_area(label, written, height=320, key=key)
        return
    with st.container(key=f"{character_count.FIELD}-{key}", gap=None):
        said = st.text_area(label, written, height=320, key=key) or ""
        character_count.show_left(said, MAX)
    st.caption(_("En rad som slutar med kolon blir rubrik. Rader med bindestreck blir lista."))
    st.button(
        _("Gör bladet som PDF"),
        key="rapport.blad",
        on_click=_make,
        args=(decision, found, key),
    )
    work.show("blad", decision)


def field_key(decision_id: str, kind: str, variant: str, written: str) -> str:
    """Name the field of a draft: other figures or another reader give one of its own.

    The same draft has the same name after a restart, so that what a tab has kept finds its field.
    """
    version = addresses.version_of(written.encode())
    return f"rapport.text.{kind}.{decision_id}.{variant}.{version}"


def _make(decision: Decision, found: Report, key: str) -> None:
    written = str(state.get(key) or "")
    if over(written, MAX) > 0:
        # the sentence beneath the field says it
        return
    document = publicity.leaflet(found, written)

    def do(job: jobs.Job) -> bytes:
        job.next("pdf")
        return report_pdf.pdf(document, is_cancelled=job.is_stopped)

    work.begin("blad", do, file=f"blad-{decision.id}.pdf", media=PDF, steps=1)
