"""What became of it: what was asked, what people said, what was decided and why, theme by theme."""

from __future__ import annotations

from datetime import date

import streamlit as st

from data import clock, rules
from data.answers import answers
from data.comments import progress, results
from data.comments.published_answers import Answer, AnsweredTheme, texts_of
from data.models import Decision, Status
from pages.shared import frame
from pages.shared.widgets import contact
from pages.shared.words import comment_counts
from pages.shared.words.answer_words import paragraphs, show_outcome
from pages.shared.words.text_language import in_itself, own_languages, own_words, written_in
from pages.shared.words.texts import SOURCE, _, language, ngettext, number, plain, say_day

READ_MAX = 30


def main() -> None:
    """Draw the answer, or say when it comes."""
    _number, decision = frame.decision_or_stop()
    today = clock.today()
    frame.back_to(decision)
    frame.badges(decision, today)
    frame.title(_("Så här blev det"), of=decision)
    with own_words(decision, "titel"):
        st.markdown(f"**{plain(decision.text(language()).title)}**")
    answer = answers.published(decision.id)
    if answer is None:
        _say_when(decision, today)
        return
    with st.container(key="svar"):
        _show_decided(answer, today)
        _show_asked(decision)
        _show_themes(answer)
        _show_after(decision, answer, today)


def _say_when(decision: Decision, today: date) -> None:
    """Say in plain words when the answer comes, or that it is late and whom to ask."""
    stands = progress.of(decision, today)
    if stands.is_overdue and stands.promised_on is not None:
        day = say_day(stands.promised_on, today=today)
        said = _("Svaret skulle ha kommit {day}, men är försenat. Fråga oss gärna.")
        st.warning(said.format(day=day))
        _show_contact(decision)
        return
    if stands.promised_on is None:
        st.info(_("Svaret är inte klart än. Det kommer här när beslutet är fattat."))
    else:
        day = say_day(stands.promised_on, today=today)
        said = _("Svaret kommer här senast {day}. Då får du veta vad synpunkterna ledde till.")
        st.info(said.format(day=day))
    if rules.is_open(decision, today):
        st.markdown(_("Än kan du lämna en synpunkt."))
        frame.link("synpunkt", _("Lämna en synpunkt"), id=decision.id)
    elif stands.status is not Status.UPCOMING:
        frame.link("resultat", _("Se vad människor har sagt"), id=decision.id)


def _show_decided(answer: Answer, today: date) -> None:
    frame.heading(_("Det här beslutades, och varför"))
    spoken = language()
    easy = answer.texts.get("sv_latt", "")
    if easy and spoken == "sv" and st.toggle(_("Lättläst"), key="svar.lattlast"):
        st.markdown(paragraphs(easy))
    else:
        if spoken not in answer.texts:
            st.caption(_("Texten finns bara på svenska."))
        with written_in(spoken if spoken in answer.texts else SOURCE, "beslut"):
            st.markdown(paragraphs(answer.text(spoken)))
    for code in own_languages():
        if code in answer.texts:
            with st.expander(in_itself(code)), written_in(code, "svar"):
                st.markdown(paragraphs(answer.texts[code]))
    if answer.decided_on is not None:
        day = say_day(answer.decided_on, today=today)
        st.caption(_("Beslutet fattades {day}.").format(day=day))


def _show_asked(decision: Decision) -> None:
    questions = decision.text(language()).questions
    if questions:
        frame.heading(_("Det här frågade vi"))
        with own_words(decision, "fragor"):
            frame.points(questions)


def _show_themes(answer: Answer) -> None:
    frame.heading(_("Det här sa ni, och det här blev det"))
    totals = results.totals(answer.decision_id)
    st.markdown(_say_heard(totals.comments, totals.persons))
    if language() != "sv" and answer.themes:
        st.caption(_("Svaren på varje tema finns bara på svenska."))
    for theme in answer.themes:
        _show_theme(answer, theme)
    if answer.other:
        said = ngettext(
            "{n} synpunkt handlade om något annat. Den har också blivit läst.",
            "{n} synpunkter handlade om något annat. De har också blivit lästa.",
            answer.other,
        )
        st.markdown(said.format(n=number(answer.other)))
    _say_since(answer)
    if any(theme.persons is None for theme in answer.themes):
        st.caption(_("Vi visar inte antalet personer när det är få, så att ingen kan pekas ut."))


def _say_since(answer: Answer) -> None:
    """Say what has been hidden, moved and published since: the texts are of then, counts of now."""
    if answer.gone:
        said = ngettext(
            "{n} synpunkt som svaret gällde har dolts eller flyttats till ett annat förslag sedan "
            "dess. Den räknas inte och visas inte här.",
            "{n} synpunkter som svaret gällde har dolts eller flyttats till ett annat förslag "
            "sedan dess. De räknas inte och visas inte här.",
            answer.gone,
        )
        st.markdown(said.format(n=number(answer.gone)))
    if answer.later:
        said = ngettext(
            "{n} synpunkt har publicerats efter svaret och är inte med i det.",
            "{n} synpunkter har publicerats efter svaret och är inte med i det.",
            answer.later,
        )
        st.markdown(said.format(n=number(answer.later)))


def _say_heard(comments: int, persons: int | None) -> str:
    said = ngettext("{n} synpunkt är publicerad", "{n} synpunkter är publicerade", comments)
    said = said.format(n=number(comments))
    if persons:
        said = f"{said}, {comment_counts.say_from(comments, persons)}"
    return said + ". " + _("Det är inte en omröstning.")


def _show_theme(answer: Answer, theme: AnsweredTheme) -> None:
    with st.container(border=True, gap="small"):
        with written_in(SOURCE, f"tema-{theme.id}"):
            frame.heading(theme.title, level=3)
        show_outcome(theme.outcome)
        st.caption(_say_count(theme))
        parts = [(_("Vi hörde"), theme.summary), (_("Vårt svar"), theme.answer)]
        parts += [(_("Skäl"), theme.reason)] if theme.reason else []
        _show_parts(parts, f"tema-{theme.id}")
        if theme.comments and st.toggle(
            _("Visa synpunkterna om {theme}").format(theme=plain(theme.title)),
            key=f"svar.visa.{theme.id}",
        ):
            for text in texts_of(answer, theme, limit=READ_MAX):
                st.text(text)
            if theme.comments > READ_MAX:
                st.caption(_("De första {n} visas här.").format(n=READ_MAX))


def _show_parts(parts: list[tuple[str, str]], key: str) -> None:
    """Show what was heard and answered; the words are Swedish, whoever reads what they are."""
    if language() == SOURCE:
        lines = [f"**{plain(label)}:** {paragraphs(text)}" for label, text in parts]
        st.markdown("\n\n".join(lines))
        return
    for at, (label, text) in enumerate(parts):
        st.markdown(f"**{plain(label)}:**")
        with written_in(SOURCE, f"{key}-{at}"):
            st.markdown(paragraphs(text))


def _say_count(theme: AnsweredTheme) -> str:
    if theme.persons is not None:
        return comment_counts.say_spoken(theme.comments, theme.persons)
    comments = ngettext("{n} synpunkt", "{n} synpunkter", theme.comments)
    return comments.format(n=number(theme.comments))


def _show_after(decision: Decision, answer: Answer, today: date) -> None:
    first = say_day(clock.day_of(answer.first_published_at), today=today)
    said = _("Svaret publicerades {day}.").format(day=first)
    if answer.edition > 1:
        latest = say_day(clock.day_of(answer.published_at), today=today)
        said += " " + _("Det ändrades senast {day}.").format(day=latest)
    st.caption(said)
    frame.link("kvitto", _("Se svaret på din egen synpunkt"))
    frame.heading(_("Frågor om svaret"))
    _show_contact(decision)


def _show_contact(decision: Decision) -> None:
    st.html(contact.markup(decision))


main()
