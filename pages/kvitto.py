"""Follow a submission with its receipt code, without an account."""

from __future__ import annotations

import streamlit as st

from data import clock, decisions, submissions
from data.models import ReviewState, StaffComment
from pages.shared import frame, state
from pages.shared.texts import HIDE_WORDS, KIND_WORDS, STATE_WORDS, _, language, say_date


def main() -> None:
    """Ask for the code and show what was sent with it."""
    st.title(_("Följ din synpunkt"))
    st.markdown(_("Skriv kvittokoden som du fick när du skickade."))
    written = st.text_input(
        _("Kvittokod"),
        value=state.asked("kod"),
        max_chars=20,
        placeholder="K7M4-P2XT",
        key="kvitto.kod",
    )
    if not written.strip():
        return
    found = submissions.by_receipt(written)
    if found is None:
        st.error(
            _(
                "Vi hittar ingen synpunkt med den koden. Titta på kvittot och skriv koden igen. "
                "Stora och små bokstäver spelar ingen roll."
            )
        )
        return
    receipt, sent = found
    state.ask(kod=receipt.code)
    st.markdown(_("Kommunen tog emot detta {day}.").format(day=say_date(clock.day_of(receipt.received_at), year=True)))
    _show_decision(receipt.decision_id)
    for comment in sent:
        _show_comment(comment)


def _show_decision(decision_id: str) -> None:
    decision = decisions.get(decision_id)
    if decision is None:
        return
    frame.example_banner(decision)
    frame.link_to("forslag.py", decision, decision.text(language()).title)
    if decision.answer_on is not None:
        st.markdown(
            _("Kommunen svarar på synpunkterna senast {day}. Kom tillbaka hit då.").format(
                day=say_date(decision.answer_on, year=True)
            )
        )


def _show_comment(comment: StaffComment) -> None:
    with st.container(border=True):
        parts = [f"**{_(STATE_WORDS[comment.state])}**", _(KIND_WORDS[comment.kind])]
        if comment.place:
            st.text(f"{_('Plats')}: {comment.place}")
        st.markdown(" · ".join(parts))
        st.text(comment.original)
        st.caption(_explain(comment))


def _explain(comment: StaffComment) -> str:
    if comment.state is ReviewState.WAITING:
        return _("Någon på kommunen läser innan andra får se, oftast inom två arbetsdagar.")
    if comment.state is ReviewState.HIDDEN and comment.hide_reason is not None:
        return _("{reason}. Texten sparas och är med i underlaget, men visas inte.").format(
            reason=_(HIDE_WORDS[comment.hide_reason])
        )
    if comment.public_text != comment.original:
        return _("Några ord är dolda för andra.")
    return _("Alla kan läsa den.")


main()
