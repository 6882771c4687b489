"""Long work on this page: begun, followed, stopped, fetched. Who asks is asked anew each time."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data import clock, rights
from data.models import Decision
from data.output import drawable
from data.staff import jobs
from pages.shared import frame
from pages.shared.report import making
from pages.shared.session import signed_in, state
from pages.shared.words.texts import N_, _, plain

JOB, PART, FAULT = "rapport.jobb", "rapport.del", "rapport.fel"
EVERY_S = 0.7
DOING = {
    "figures": N_("Samlar siffrorna"),
    "words": N_("Skriver texten och ritar kartorna"),
    "pdf": N_("Gör PDF-filen"),
    "zip": N_("Packar filerna"),
}
FAILED = N_("Det gick inte att göra filen. Försök igen om en minut.")
# what no new try helps against, and where it stands
REFUSED = N_(
    "Det gick inte att göra filen. Det här går inte att skriva i en PDF: {where}. Ändra texten, "
    "eller dölj de tecken som inte är bokstäver, och gör filen igen."
)


def begin(
    part: str, work: Callable[[jobs.Job], bytes], *, file: str, media: str, steps: int
) -> None:
    """Begin work in a part of the page; what ran before is stopped."""
    actor = signed_in.staff()
    try:
        if state.get(JOB):
            jobs.cancel(actor, state.get(JOB))
        made = jobs.start(actor, work, file=file, media=media, steps=steps, at=clock.now())
    except rights.NotAllowedError:
        return
    state.put(JOB, made.id)
    state.put(PART, part)


def show(part: str, decision: Decision) -> None:
    """Show how far the work of a part is: in words, with a way to stop it, then the file."""
    job = _job(part)
    # always there, so that what stands below it stays open and in its place
    with st.container():
        if job is not None and job.state == jobs.RUNNING:
            _follow(part)
        elif job is not None:
            _tell(job, decision)


@st.fragment(run_every=EVERY_S)
def _follow(part: str) -> None:
    job = _job(part)
    if job is None or job.state != jobs.RUNNING:
        st.rerun()
        return
    words = _("Steg {n} av {all}: {what}").format(
        n=max(job.step, 1), all=job.steps, what=_(DOING.get(job.doing, DOING["figures"]))
    )
    st.progress((max(job.step, 1) - 0.5) / job.steps, text=words)
    st.button(_("Avbryt"), key="rapport.avbryt", on_click=_cancel)


def _tell(job: jobs.Job, decision: Decision) -> None:
    if job.state == jobs.CANCELLED:
        st.info(_("Du avbröt. Ingen fil är gjord."))
        return
    if job.state != jobs.DONE:
        st.error(_failure(job))
        return
    st.success(_("Filen är klar. Den finns kvar i en timme."), icon=":material/check:")
    words = _("Hämta {file}").format(file=job.file)
    frame.show_part("download", making.made_address(decision, job.id), words)


def _failure(job: jobs.Job) -> str:
    if not job.about:
        return _(FAILED)
    return _(REFUSED).format(where=plain(drawable.said(job.about)))


def _cancel() -> None:
    try:
        jobs.cancel(signed_in.staff(), str(state.get(JOB)))
    except rights.NotAllowedError:
        state.drop(JOB)


def _job(part: str) -> jobs.Job | None:
    if state.get(PART) != part or not state.get(JOB):
        return None
    try:
        return jobs.find(signed_in.staff(), str(state.get(JOB)))
    except rights.NotAllowedError:
        return None


def forget() -> None:
    """Forget the work, as when another decision is chosen."""
    state.drop(JOB, PART)
