"""Publishing: what was decided and why, what is missing, and the answer made public."""

from __future__ import annotations

from datetime import date

import streamlit as st

from data import clock, municipality, rules
from data.answers import answers, themes
from data.answers.answers import Draft, Missing
from data.models import Decision, Staff
from pages.shared import frame
from pages.shared.session import state
from pages.shared.words.texts import N_, _, language_name, plain, say_day
from pages.teman import acts
from pages.teman.words import say_missing, theme_name

SAVED = N_("Texten om beslutet är sparad.")
PUBLISHED = N_("Svaret är publicerat. Alla kan läsa det.")


def show(actor: Staff, decision: Decision) -> None:
    """Show how far it has come, the form, and what is missing."""
    missing = answers.missing(decision.id)
    public = answers.published(decision.id)
    _say_public(actor, decision, public)
    draft = answers.draft(actor, decision.id)
    _ask_texts(decision, draft, is_next=any(one.code == "decided_text" for one in missing))
    frame.heading(_("Publicera"))
    if missing:
        _show_missing(actor, decision, missing)
        return
    if public is not None and not answers.differs(actor, decision.id):
        st.markdown(_("Allt som är skrivet är publicerat."))
        return
    st.markdown(_("Allt är klart. När du publicerar kan alla läsa svaret, också på sitt kvitto."))
    if rules.is_open(decision, clock.today()):
        day = say_day(decision.closes, today=clock.today())
        said = _(
            "Dialogen är öppen till och med {day}. Det som kommer in efter att du har publicerat "
            "är inte med i svaret förrän du publicerar igen."
        )
        st.warning(said.format(day=day))
    st.button(
        _("Publicera svaret") if public is None else _("Publicera ändringarna"),
        type="primary",
        key="teman.publicera",
        on_click=_publish,
        args=(decision.id, answers.standing(decision.id)),
    )


def _say_public(actor: Staff, decision: Decision, public: answers.Answer | None) -> None:
    if public is None:
        st.markdown(_("Svaret är inte publicerat än."))
        return
    day = say_day(clock.day_of(public.published_at), today=clock.today())
    said = _("Svaret publicerades {day}.").format(day=day)
    if answers.differs(actor, decision.id):
        said += " " + _("Du har ändrat något efter det. Det syns först när du publicerar igen.")
    st.markdown(said)
    frame.link("svar", _("Så ser det ut för alla"), id=decision.id)


def _ask_texts(decision: Decision, draft: Draft, *, is_next: bool) -> None:
    frame.heading(_("Beslutet"))
    prefix = f"teman.beslut.{decision.id}.{draft.version}"
    labels = _labels()
    with st.form("teman.beslut", border=True):
        _ask_text(labels["sv"], draft, "sv", prefix)
        st.date_input(
            _("Vilken dag fattades beslutet? Lämna tomt om det inte är fattat."),
            value=draft.decided_on if draft.version else decision.decided_on,
            min_value=date(2000, 1, 1),
            max_value=clock.today(),
            format="YYYY-MM-DD",
            key=f"{prefix}.dag",
            width=320,
        )
        with st.expander(_("Lättläst och andra språk, om ni har dem")):
            for code in answers.languages()[1:]:
                _ask_text(labels[code], draft, code, prefix)
        st.form_submit_button(
            _("Spara texten om beslutet"),
            type="primary" if is_next else "secondary",
            on_click=_save,
            args=(draft, prefix),
        )


def _labels() -> dict[str, str]:
    same = _("Samma sak på {language}")
    others = municipality.in_use().other_languages
    return {
        "sv": _("Vad beslutades, och varför?"),
        "sv_latt": _("Samma sak på lättläst svenska"),
    } | {code: same.format(language=language_name(code)) for code in others}


def _ask_text(label: str, draft: Draft, code: str, prefix: str) -> None:
    st.text_area(
        label,
        draft.texts.get(code, ""),
        height="content",
        key=f"{prefix}.{code}",
    )


def _save(seen: Draft, prefix: str) -> None:
    texts = {code: str(state.get(f"{prefix}.{code}") or "") for code in answers.languages()}
    day = state.get(f"{prefix}.dag")

    def do(actor: Staff | None) -> None:
        answers.save_draft(actor, seen, texts=texts, decided_on=day, at=clock.now())

    written = {label: texts[code] for code, label in _labels().items()}
    acts.attempt(do, SAVED, written=written)


def _show_missing(actor: Staff, decision: Decision, missing: tuple[Missing, ...]) -> None:
    known = {theme.id: theme for theme in themes.of_decision(actor, decision.id)}
    st.markdown(_("Det här saknas innan svaret kan publiceras:"))
    for place, one in enumerate(missing):
        said = say_missing(one, theme_name(known, one.theme or 0))
        if one.code == "decided_text":
            st.markdown(f"- {plain(said)}")
            continue
        if one.code == "unread_comments":
            st.markdown(f"- {plain(said)}")
            frame.link("granska", _("Läs dem på Granska"), id=decision.id)
            continue
        part = acts.ANSWER if one.theme else acts.GATHER
        st.button(
            plain(said),
            type="tertiary",
            icon=":material/arrow_forward:",
            key=f"teman.saknas.{place}",
            on_click=acts.open_part,
            args=(part, one.theme),
        )


def _publish(decision_id: str, seen: str) -> None:
    acts.attempt(
        lambda actor: answers.publish(actor, decision_id, clock.now(), seen=seen), PUBLISHED
    )
