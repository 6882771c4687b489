"""All decisions and drafts, by what each needs next, and the way to a new one."""

from __future__ import annotations

import streamlit as st

from data import clock
from data.models import Staff, Status
from data.planning import drafts, next_steps, publishing
from data.planning.next_steps import Need, Work
from pages.planera import acts, first_dialogue
from pages.shared import frame
from pages.shared.session import state
from pages.shared.widgets import character_count
from pages.shared.words.texts import N_, _, ngettext, number, plain, say_date, status_look

PART = "lista"
WITHDRAWN, CLOSED = N_("Förslaget är tillbakadraget."), N_("Beslutet är noterat.")
OPENED = N_("Utkastet är öppnat.")


def show(actor: Staff) -> None:
    """Show the list, and what can be done with each."""
    _ask_new()
    first_dialogue.show()
    acts.tell(PART)
    frame.heading(_("Förslag och vad de behöver"))
    works = next_steps.of_all(actor, at=clock.now())
    if not works:
        st.markdown(_("Inget förslag finns än. Skriv en rubrik ovanför för att börja."))
    for work in works:
        _show_work(work)


def _ask_new() -> None:
    with st.form("planera.nytt", border=True):
        character_count.ask_line(
            _("Nytt förslag: skriv en rubrik"),
            drafts.TITLE_MAX,
            placeholder=_("Till exempel: Ny lekplats i {example_place}"),
            key="planera.nytt.rubrik",
        )
        st.form_submit_button(_("Börja skriva"), type="primary", on_click=_create)
    begun = state.get(f"{PART}.ny")
    if begun:
        state.drop(f"{PART}.ny", acts.DONE)
        frame.go("planera", utkast=begun)


def _create() -> None:
    def create(actor: Staff | None) -> None:
        title = str(state.get("planera.nytt.rubrik") or "")
        state.put(f"{PART}.ny", drafts.create(actor, title, at=clock.now()))

    acts.attempt(PART, create, OPENED)


def _show_work(work: Work) -> None:
    with st.container(border=True, gap="xsmall"):
        frame.heading(work.title, level=3)
        st.markdown(f"**{plain(say_need(work))}** {plain(_say_status(work))}")
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            if work.has_draft:
                frame.link("planera", _("Fortsätt skriva"), utkast=work.decision_id)
            else:
                st.button(
                    _("Ändra texten"),
                    type="tertiary",
                    key=f"planera.andra.{work.decision_id}",
                    on_click=_edit,
                    args=(work.decision_id,),
                )
            if work.status is not None:
                if work.need in {Need.ANSWER_OVERDUE, Need.ANSWER}:
                    frame.link("teman", _("Skriv svaret"), id=work.decision_id)
                frame.link("planera", _("Vem det berör"), id=work.decision_id)
                frame.link("forslag", _("Så ser invånarna det"), id=work.decision_id)
        if work.status is not None:
            _offer_ends(work)


def _say_status(work: Work) -> str:
    if work.stands is None:
        return _("Utkast")
    said = status_look(work.stands).word
    return (
        _("{status}, med ett utkast till ändring").format(status=said) if work.has_draft else said
    )


def say_need(work: Work) -> str:
    """Say in one sentence what a decision needs next."""
    day = say_date(work.due) if work.due else ""
    if work.need is Need.REVIEW:
        return ngettext(
            "{n} synpunkt väntar på att läsas.", "{n} synpunkter väntar på att läsas.", work.count
        ).format(n=number(work.count))
    if work.need is Need.FILL_IN:
        return ngettext(
            "{n} uppgift saknas innan det kan publiceras.",
            "{n} uppgifter saknas innan det kan publiceras.",
            work.count,
        ).format(n=number(work.count))
    said = {
        Need.ANSWER_OVERDUE: _("Svaret är försenat. Det var lovat {day}."),
        Need.CLOSE: _("Svaret är publicerat. Notera beslutet när det är fattat."),
        Need.ANSWER: _("Skriv svaret. Det är lovat {day}.")
        if day
        else _("Skriv svaret till dem som deltog."),
        Need.PUBLISH: _("Allt är ifyllt. Läs igenom och publicera."),
        Need.REACH: _("Se vilka som inte har hörts. Öppet till och med {day}."),
        Need.WAIT: _("Öppnar {day}."),
        Need.NOTHING: _("Inget mer behövs."),
    }[work.need]
    return said.format(day=day)


def _edit(decision_id: str) -> None:
    def begin(actor: Staff | None) -> None:
        drafts.begin(actor, decision_id, at=clock.now())

    if acts.attempt(PART, begin, OPENED):
        state.put(f"{PART}.ny", decision_id)


def _offer_ends(work: Work) -> None:
    prefix = f"planera.slut.{work.decision_id}"
    if work.stands is not None and work.stands.decided_on is None:
        with st.expander(_("Dra tillbaka eller avsluta")):
            reason = st.text_area(_("Skälet, så att alla förstår"), key=f"{prefix}.skal")
            st.button(
                _("Dra tillbaka förslaget"),
                key=f"{prefix}.dra",
                on_click=_withdraw,
                args=(work.decision_id, f"{prefix}.skal"),
                disabled=not (reason or "").strip(),
            )
            if work.status not in {Status.SUMMARISING, Status.DECIDED}:
                return
            st.date_input(
                _("Dagen då beslutet fattades"),
                value=clock.today(),
                key=f"{prefix}.dag",
                format="YYYY-MM-DD",
            )
            st.button(
                _("Notera beslutet"),
                key=f"{prefix}.stang",
                on_click=_close,
                args=(work.decision_id, f"{prefix}.dag"),
            )


def _withdraw(decision_id: str, key: str) -> None:
    def do(actor: Staff | None) -> None:
        publishing.withdraw(actor, decision_id, state.get(key, ""), at=clock.now())

    acts.attempt(PART, do, WITHDRAWN)


def _close(decision_id: str, key: str) -> None:
    def do(actor: Staff | None) -> None:
        publishing.close(actor, decision_id, state.get(key), at=clock.now())

    acts.attempt(PART, do, CLOSED)
