"""The packages: all tables for officials, and what goes to the municipality's archive."""

from __future__ import annotations

import streamlit as st

from data import clock, rights
from data.models import Decision, Staff
from data.output import archive, export_files, export_official, report, report_pdf
from data.staff import jobs
from pages.rapport import work
from pages.shared import frame
from pages.shared.report import forms, making
from pages.shared.words import export_words
from pages.shared.words.texts import _

ZIP = "application/zip"


def show(actor: Staff, decision: Decision) -> None:
    """Offer the packages, the archive's to planners only."""
    frame.heading(_("Filer till ärendet och arkivet"))
    st.markdown(
        _(
            "Uppgifter om färre än fem personer och ord som kommunen har dolt finns inte med i "
            "någon fil."
        )
    )
    with st.container(horizontal=True):
        st.button(
            _("Gör en zip-fil med alla tabeller"),
            key="rapport.tabeller",
            on_click=_begin_tables,
            args=(decision,),
        )
        if actor.roles & rights.PLANNERS:
            st.button(
                _("Gör arkivpaket"),
                key="rapport.arkiv",
                on_click=_begin_archive,
                args=(decision,),
            )
    work.show("filer", decision)


def report_pdf_of(job: jobs.Job, decision: Decision, form: str, variant: str) -> bytes:
    """Make one report, telling how far it is.

    Raises
    ------
    data.rights.NotAllowedError
    pages.shared.report.making.BlockedError
    data.output.report_pdf.ReportError
    """
    at, actor = clock.now(), Staff(job.owner, job.roles)
    job.next("figures")
    layer = making.layer_of(decision)
    if variant == report.OFFICIAL:
        found = report.official(actor, decision, at=at, layer=layer)
    else:
        found = report.public(decision, at=at, layer=layer)
    job.next("words")
    document = making.written(found, form)
    job.next("pdf")
    return report_pdf.pdf(document, is_cancelled=job.is_stopped)


def _begin_tables(decision: Decision) -> None:
    def do(job: jobs.Job) -> bytes:
        at, actor = clock.now(), Staff(job.owner, job.roles)
        job.next("figures")
        tables = export_official.tables(actor, decision, at=at)
        job.next("zip")
        return export_files.package(decision, tables, at=at, words=export_words.IN_FILES)

    name = f"tabeller-{decision.id}.zip"
    work.begin("filer", do, file=name, media=ZIP, steps=2)


def _begin_archive(decision: Decision) -> None:
    def do(job: jobs.Job) -> bytes:
        at = clock.now()
        planner = Staff(job.owner, job.roles)
        job.next("figures")
        found = report.official(planner, decision, at=at, layer=making.layer_of(decision))
        reports = {}
        for form in forms.FORMS:
            job.next("pdf")
            if form == forms.CONSULTATION and report.gaps(found):
                continue
            document = making.written(found, form)
            made = report_pdf.pdf(document, is_cancelled=job.is_stopped)
            reports[making.file_name(decision, form)] = made
        job.next("zip")
        return archive.package(planner, decision, reports=reports, at=at)

    name = f"arkiv-{decision.id}.zip"
    work.begin("filer", do, file=name, media=ZIP, steps=4)
