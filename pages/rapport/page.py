"""The report, for officials: choose, see what is missing, make it, fetch it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import streamlit as st

from data import clock, rights
from data.decisions import decisions
from data.models import Decision, Staff
from data.output import report
from data.output.report import Report
from data.staff import jobs
from pages.rapport import embedding, files, publicity_texts, work
from pages.shared import addresses, frame
from pages.shared.report import forms, making, publicity
from pages.shared.session import for_staff, state
from pages.shared.widgets import decision_choice
from pages.shared.words.texts import N_, _, plain

ABOUT = {
    forms.SUMMARY: N_("Allt om dialogen: vilka som berörs, vad de har sagt och vad det blev."),
    forms.CONSULTATION: N_("För detaljplaner. Varje tema måste ha svar och skäl."),
}
VARIANTS = {
    report.PUBLIC: N_("Alla: bara det som är publicerat"),
    report.OFFICIAL: N_("Tjänstemän och förtroendevalda: också utkast"),
}
# who may not read drafts gets the rest
WITHOUT_DRAFTS = N_("Förtroendevalda: också vilka kommunen har sökt upp")
PDF = "application/pdf"
SEEN, FORM, VARIANT = "rapport.lage", "rapport.form", "rapport.variant"


def main() -> None:
    """Draw the page, or say how to sign in."""
    frame.title(_("Rapport"))
    actor = for_staff.enter(rights.check_reader)
    if actor is None:
        _show_public()
        return
    decision = _ask_decision()
    if decision is None:
        st.markdown(_("Det finns inget förslag än."))
        return
    frame.example_banner(decision)
    form = _ask_form()
    variant = _ask_variant(actor)
    found = _at_first(_read(actor, decision, variant))
    _show_report(decision, form, variant, found)
    publicity_texts.show(decision, found)
    embedding.show(decision)
    files.show(actor, decision)


def _show_public() -> None:
    """Lead whoever is not staff to the report that everyone may read."""
    asked = state.asked_decision()
    if asked is None:
        return
    _number, decision = asked
    words = plain(_("Sammanställning att läsa"))
    st.markdown(_("Alla får läsa vad dialogen gav:"))
    st.markdown(f"- [{words}]({making.page_address(decision, forms.SUMMARY)})")


def _read(actor: Staff, decision: Decision, variant: str) -> Report:
    layer = making.layer_of(decision)
    if variant == report.OFFICIAL:
        return report.official(actor, decision, at=clock.now(), layer=layer)
    return report.public(decision, at=clock.now(), layer=layer)


def _at_first(found: Report) -> Report:
    """Let the time stay the one when these figures were first shown, so that no draft is lost."""
    same = repr(publicity.draft(replace(found, at=datetime.fromtimestamp(0, UTC)), publicity.PRESS))
    kept = state.get(SEEN)
    if kept is None or kept[0] != same:
        kept = [same, found.at.isoformat()]
        state.put(SEEN, kept)
    return replace(found, at=datetime.fromisoformat(kept[1]))


def _show_report(decision: Decision, form: str, variant: str, found: Report) -> None:
    gaps = report.gaps(found) if form == forms.CONSULTATION else ()
    if gaps:
        st.warning(_("Samrådsredogörelsen går inte att göra än. Det här saknas:"))
        rows = [
            f"- [{plain(making.say_gap(gap))}]({making.mend_address(decision, gap)})"
            for gap in gaps
        ]
        st.markdown("\n".join(rows))
        return
    is_official = variant == report.OFFICIAL
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            _("Gör PDF"),
            type="primary",
            key="rapport.gor",
            on_click=_make,
            args=(decision,),
        )
        page = making.page_address(decision, form, is_official=is_official)
        words = plain(_("Läs som webbsida"))
        st.markdown(f"[{words}]({page})", width="content")
        meeting = plain(_("Visa på ett möte"))
        st.markdown(f"[{meeting}]({addresses.meeting(decision.id)})", width="content")
    work.show("rapport", decision)


def _make(decision: Decision) -> None:
    """Make the report that is chosen at the press."""
    form, variant = str(state.get(FORM)), str(state.get(VARIANT))

    def do(job: jobs.Job) -> bytes:
        return files.report_pdf_of(job, decision, form, variant)

    name = making.file_name(decision, form)
    work.begin("rapport", do, file=name, media=PDF, steps=3)


def _ask_decision() -> Decision | None:
    found = [one for _number, one in decisions.list_all()]
    return decision_choice.ask(found, key="rapport.forslag", on_change=work.forget)


def _ask_variant(actor: Staff) -> str:
    names = dict(VARIANTS)
    if not actor.roles & rights.REVIEWERS:
        names[report.OFFICIAL] = WITHOUT_DRAFTS
    return str(
        st.radio(
            _("Vilka ska läsa?"),
            list(VARIANTS),
            format_func=lambda one: _(names[one]),
            key=VARIANT,
        )
    )


def _ask_form() -> str:
    asked = state.asked("form")
    chosen = st.radio(
        _("Vad behöver du?"),
        list(forms.FORMS),
        index=list(forms.FORMS).index(asked) if asked in forms.FORMS else 0,
        format_func=lambda one: _(making.FORM_NAMES[one]),
        captions=[_(ABOUT[one]) for one in forms.FORMS],
        key=FORM,
    )
    state.ask(form=None if chosen == forms.SUMMARY else str(chosen))
    return str(chosen)


main()
