"""Leave comments: place, words, a little about yourself if you want, and a check before sending."""

from __future__ import annotations

import streamlit as st

from data import clock, rules
from data.models import Decision
from pages.shared import frame, state
from pages.shared.draft import draft
from pages.shared.texts import N_, _, error_sentence, language
from pages.synpunkt import about, check, place, receipt, words
from pages.synpunkt import filled as form

STEPS = {
    form.PLACE: (N_("Steg 1 av 4: Platsen"), place.show),
    form.WORDS: (N_("Steg 2 av 4: Din synpunkt"), words.show),
    form.ABOUT: (N_("Steg 3 av 4: Om du vill berätta"), about.show),
    form.CHECK: (N_("Steg 4 av 4: Granska"), check.show),
}


def main() -> None:
    """Draw the step the person is at, and keep what is filled in through a reload."""
    _number, decision = frame.decision_or_stop()
    filled = form.of(decision)
    if filled["receipt"]:
        receipt.show(decision, filled)
    elif rules.is_open(decision, clock.today()):
        _show_step(decision)
    else:
        _show_closed(decision)
    _keep_draft(decision)


def _show_step(decision: Decision) -> None:
    filled = form.of(decision)
    frame.back_to(decision)
    st.title(_("Lämna en synpunkt"))
    frame.example_banner(decision)
    heading, show = STEPS[filled["step"]]
    st.html(f'<span data-steg="{filled["step"]}-{filled["at"]}" hidden></span>')
    st.header(_(heading), anchor=False)
    if len(filled["comments"]) > 1 and filled["step"] in {form.PLACE, form.WORDS}:
        st.markdown(_("Synpunkt {n}").format(n=filled["at"] + 1))
    show(decision, filled)


def _show_closed(decision: Decision) -> None:
    """Say why nothing can be sent, and what one can do instead."""
    try:
        rules.check_commenting(decision, clock.today())
    except rules.CommentingClosedError as error:
        st.title(error_sentence(error.code))
    frame.example_banner(decision)
    st.markdown(f"**{decision.text(language()).title}**. {_when(decision)}")
    frame.back_to(decision)


def _when(decision: Decision) -> str:
    return frame.status_sentence(decision, clock.today()) + "."


def _keep_draft(decision: Decision) -> None:
    """Restore a draft from the browser once, and from then on keep what is filled in there."""
    asked = f"{form.name(decision)}:utkast"
    filled = form.of(decision)
    found = draft(filled if state.get(asked) else None, key=decision.id)
    if found is None or state.get(asked):
        return
    state.put(asked, True)
    kept = form.restored(found["draft"], found["live"], words.text_label())
    if kept is not None and not form.is_begun(filled):
        form.keep(decision, kept)
    st.rerun()


main()
