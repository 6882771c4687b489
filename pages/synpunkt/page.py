"""Leave comments: place, words, a little about yourself if you want, and a check before sending."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data import clock, rules
from data.comments import progress
from data.models import Decision
from data.written import clean_text
from pages.shared import frame
from pages.shared.session import draft, state
from pages.shared.words.text_language import own_words
from pages.shared.words.texts import N_, _, language, plain
from pages.synpunkt import about, check, place, receipt, restored_form, words
from pages.synpunkt import filled as form
from pages.synpunkt.filled import Filled

STEPS = {
    form.PLACE: (N_("Steg 1 av 4: Platsen"), place.show),
    form.WORDS: (N_("Steg 2 av 4: Din synpunkt"), words.show),
    form.ABOUT: (N_("Steg 3 av 4: Om du vill berätta"), about.show),
    form.CHECK: (N_("Steg 4 av 4: Granska"), check.show),
}


def main() -> None:
    """Draw the step the person is at, and keep what is filled in through a reload."""
    _number, decision = frame.decision_or_stop()
    # the browser's answer is drawn at a fixed place, or its frame would be made anew at each step
    corner = st.container(key="utkast-hornet")
    today = clock.today()
    if not _is_read(decision, corner):
        frame.title(_("Lämna en synpunkt"))
        st.markdown(_("Hämtar det du har skrivit …"))
        return
    filled = form.of(decision)
    form.take_up(decision, filled)
    if filled.receipt:
        receipt.show(decision, filled, filled.receipt)
    elif rules.is_open(decision, today):
        _show_step(decision, filled)
    else:
        _show_closed(decision, filled, today)
    if state.get(_restored(decision)):
        with corner:
            draft.draft(form.to_keep(form.of(decision)), key=decision.id)


def _restored(decision: Decision) -> str:
    return f"{form.name(decision)}:hämtat"


def _is_read(decision: Decision, corner: DeltaGenerator) -> bool:
    """Read what the browser kept, and tell whether the form may be drawn.

    A browser that has answered before, when the service has been restarted or has forgotten the
    visit, is waited for: a form without the words would be taken for the loss of them. One that
    has never answered may be one that blocks the frame.
    """
    if state.get(_restored(decision)):
        return True
    if draft.read(decision.id).is_read:
        _restore(decision, draft.read(decision.id).draft)
        return True
    with corner:
        found = draft.draft(None, key=decision.id)
    has_waited = f"{form.name(decision)}:väntat"
    if not found.is_there or state.get(has_waited):
        return True
    state.put(has_waited, True)
    return False


def _restore(decision: Decision, found: Mapping[str, object] | None) -> None:
    """Take up what the browser kept, unless more than that is begun here."""
    state.put(_restored(decision), True)
    filled = restored_form.restored(found)
    here = form.of(decision)
    if filled is None or (
        form.is_begun(here) and (form.has_words(here) or not form.has_words(filled))
    ):
        return
    # who put the map away before the browser answered meant it
    form.keep(decision, replace(filled, mapless=filled.mapless or here.mapless))


def _show_step(decision: Decision, filled: Filled) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        frame.back_to(decision)
        frame.example_banner(decision)
    heading, show = STEPS[filled.step]
    frame.title(_("Lämna en synpunkt"), tab=_(heading), of=decision)
    with own_words(decision, "titel"):
        st.caption(plain(decision.text(language()).title))
    frame.show_part("step", form.mark(filled))
    frame.heading(_(heading))
    if len(filled.comments) > 1 and filled.step in {form.PLACE, form.WORDS}:
        count = len(filled.comments)
        st.markdown(_("Synpunkt {n} av {count}").format(n=filled.at + 1, count=count))
    with st.container(key="steg"):
        show(decision, filled)


def _say_instead(decision: Decision, today: date) -> str:
    """Say what there is to read when nothing can be sent any more."""
    stands = progress.of(decision, today)
    if stands.answered_on is not None:
        return _("Du kan läsa vad andra har sagt, och vad kommunen svarade.")
    if stands.promised_on is not None and not stands.is_overdue:
        return _("Du kan läsa vad andra har sagt, och se när svaret kommer.")
    return _("Du kan läsa vad andra har sagt.")


def _show_closed(decision: Decision, filled: Filled, today: date) -> None:
    """Say why nothing can be sent, and what one can do instead; show what was begun."""
    is_early = today < decision.opens
    frame.title(
        _("Du kan inte lämna synpunkter än") if is_early else _("Tiden för synpunkter är slut"),
        of=decision,
    )
    frame.example_banner(decision)
    with own_words(decision, "titel"):
        st.markdown(f"**{plain(decision.text(language()).title)}**")
    st.markdown(frame.status_sentence(decision, today))
    if is_early:
        st.markdown(_("Du kan läsa om förslaget redan nu."))
    else:
        st.markdown(_say_instead(decision, today))
    written = [clean_text(comment.text) for comment in filled.comments]
    begun = [text for text in written if text]
    if begun:
        st.markdown(_("Det här hann du skriva. Det är inte skickat:"))
        for text in begun:
            st.text(text)
    frame.back_to(decision)


main()
