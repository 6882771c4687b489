"""Follow a submission with its receipt code, without an account."""

from __future__ import annotations

from datetime import date

import streamlit as st

from data import clock
from data.answers import answers
from data.comments import comment_answers, progress, submissions
from data.comments.published_answers import Answer, holds, themes_of
from data.decisions import decisions
from data.models import Decision, HideReason, Receipt, ReviewState, StaffComment, Stance
from data.staff import limits
from data.written import isolated, over
from pages.shared import frame
from pages.shared.session import state, visitor
from pages.shared.widgets import character_count, mail_wish, own_comment
from pages.shared.widgets.comment_list import show_answer
from pages.shared.words.answer_words import paragraphs, show_outcome
from pages.shared.words.text_language import own_words, written_in
from pages.shared.words.texts import SOURCE, _, language, ngettext, plain, say_date, say_day, word

CODE_MAX = 30
FIELD = "kvitto.kod"
# the code that was looked up last in this session: a run that only draws anew tries nothing
FOUND, MISSED = "kvitto.hittad", "kvitto.saknad"


def main() -> None:
    """Ask for the code and show what was sent with it."""
    frame.title(_("Följ din synpunkt"))
    frame.forget_code()
    st.markdown(_("Skriv kvittokoden som du fick när du skickade."))
    written = _ask_code()
    if not written:
        return
    try:
        found = _find(written)
    except limits.TooManyError as error:
        st.info(_say_wait(error.minutes), icon=":material/schedule:")
        return
    if found is None:
        st.error(
            _(
                "Vi hittar ingen synpunkt med den koden. Titta på kvittot och skriv koden "
                "igen. Det spelar ingen roll om du skriver stora eller små bokstäver."
            )
        )
        return
    receipt, sent = found
    state.put(frame.RECEIPT, receipt.code)
    # where each comment is answered: an official may have moved it
    lies_in = {comment.decision_id for comment in sent}
    _show_decision(receipt, is_answered_here=receipt.decision_id in lies_in)
    for comment in sent:
        _show_comment(comment, receipt)
    is_answered = all(answers.published(one) is not None for one in lies_in)
    mail_wish.show(receipt.code, key=f"kvitto.{receipt.code}", is_answered=is_answered)


def _find(written: str) -> tuple[Receipt, list[StaffComment]] | None:
    """Look the code up; codes that do not exist are counted, so that none is found by trying."""
    code = submissions.read_code(written)
    if state.get(FOUND) == code:
        return submissions.by_receipt(code)
    if state.get(MISSED) == code:
        return None
    place = limits.take(limits.Act.CODE, visitor.source())
    found = submissions.by_receipt(code)
    state.put(MISSED if found is None else FOUND, code)
    if found is not None:
        place.give_back()
    return found


def _say_wait(minutes: int) -> str:
    return ngettext(
        "Många koder har skrivits här på kort tid. Försök igen om {n} minut.",
        "Många koder har skrivits här på kort tid. Försök igen om {n} minuter.",
        minutes,
    ).format(n=minutes)


def _known() -> str:
    """Return the code that a link brought, or that this session was given or shown last."""
    return state.asked(frame.SECRET) or str(state.get(frame.RECEIPT, ""))


def _ask_code() -> str:
    """Ask for the code; a link in a letter has it in the address, where it is not left."""
    if not state.has(FIELD):
        state.put(FIELD, _known()[:CODE_MAX])
    with st.form("kvitto", border=False):
        written = character_count.ask_line(
            _("Kvittokod"),
            CODE_MAX,
            placeholder="K7M4-P2XT",
            width=320,
            key=FIELD,
        )
        is_asked = st.form_submit_button(_("Visa"), type="primary", key="kvitto.visa")
    code = written.strip()
    if is_asked and not code:
        st.error(_("Skriv koden i rutan först."))
    return "" if over(code, CODE_MAX) > 0 else code


def _show_decision(receipt: Receipt, *, is_answered_here: bool) -> None:
    decision, today = decisions.get(receipt.decision_id), clock.today()
    received = say_date(clock.day_of(receipt.received_at), weekday=True, year=True)
    if decision is None:
        st.markdown(_("Kommunen tog emot det här {day}.").format(day=received))
        return
    with own_words(decision, "titel"):
        frame.heading(decision.text(language()).title)
    frame.status_line(decision, today)
    st.markdown(_("Kommunen tog emot det här {day}.").format(day=received))
    if is_answered_here:
        _say_answered(decision, today)
    frame.link("forslag", _("Till förslaget"), icon=":material/arrow_forward:", id=decision.id)


def _say_answered(decision: Decision, today: date) -> None:
    """Say that the answer is there, or when it comes."""
    stands = progress.of(decision, today)
    if stands.answered_on is not None:
        st.markdown(_("Kommunen har svarat. Läs svaret på det du skrev här nedanför."))
        frame.link("svar", _("Så här blev det"), icon=":material/arrow_forward:", id=decision.id)
    elif stands.promised_on is not None:
        day = say_day(stands.promised_on, today=today)
        said = _("Kommunen svarar på synpunkterna senast {day}. Kom tillbaka hit då.")
        if stands.is_overdue:
            said = _("Svaret skulle ha kommit {day}, men är försenat.")
        st.markdown(said.format(day=day))


def _show_comment(comment: StaffComment, receipt: Receipt) -> None:
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{word(comment.state)}.** {plain(_explain(comment))}")
        st.text(comment.shown)
        told = [word(comment.kind)]
        told += [word(comment.stance)] if comment.stance is not Stance.NONE else []
        told += [isolated(comment.place)] if comment.place else []
        st.caption(plain(" · ".join(told)))
        if comment.decision_id != receipt.decision_id:
            _show_moved(comment.decision_id)
        own = comment_answers.of([comment.id]).get(comment.id)
        if own is not None:
            show_answer(own.text, own.on)
        answer = answers.published(comment.decision_id)
        if answer is not None and comment.state is ReviewState.PUBLISHED:
            _show_answer(answer, comment.id)
        own_comment.show(comment, receipt.code)


def _show_moved(decision_id: str) -> None:
    decision = decisions.get(decision_id)
    if decision is None:
        return
    st.markdown(_("Kommunen har flyttat synpunkten till det förslag som den handlar om:"))
    frame.link("forslag", decision.text(language()).title, id=decision.id)
    _say_answered(decision, clock.today())


def _show_answer(answer: Answer, comment_id: int) -> None:
    """Show the themes that the comment lies under, and what the municipality answers."""
    found = themes_of(answer, comment_id)
    if not holds(answer, comment_id):
        st.markdown(
            _(
                "Kommunen har läst den. Den kom med efter att svaret publicerades, så den finns "
                "inte med i svaret."
            )
        )
        return
    if not found:
        st.markdown(_("Kommunen har läst den. Den hör inte till något av temana i svaret."))
        return
    for theme in found:
        frame.heading(_("Svar om: {theme}").format(theme=theme.title), level=3)
        show_outcome(theme.outcome)
        lines = [theme.answer] + ([theme.reason] if theme.reason else [])
        with written_in(SOURCE, f"svar-{comment_id}-{theme.id}"):
            st.markdown("\n\n".join(map(paragraphs, lines)))


def _explain(comment: StaffComment) -> str:
    if comment.state is ReviewState.WAITING:
        return _("Någon på kommunen läser innan andra får se, oftast inom två dagar.")
    if comment.hide_reason is HideReason.SENDER:
        return _("Du har tagit tillbaka den. Ingen annan ser den, och den räknas inte.")
    if comment.state is ReviewState.HIDDEN and comment.hide_reason is not None:
        said = _("Den visas inte för andra, eftersom den {reason}. Den sparas som den är.")
        return said.format(reason=word(comment.hide_reason))
    if comment.is_masked:
        return _("Alla kan läsa den, men några ord är dolda för andra.")
    return _("Alla kan läsa den.")


main()
