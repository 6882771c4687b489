"""Leave comments: place, words, a little about yourself if you want, and a check before sending."""

from __future__ import annotations

from datetime import date

import streamlit as st

from data import clock, rules
from data.models import Decision
from pages.shared import frame, state, texts
from pages.shared.draft import draft
from pages.shared.texts import N_, _, language, plain
from pages.synpunkt import about, check, kept, place, receipt, words
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
    _restore_once(decision)
    filled = form.of(decision)
    form.take_up(decision, filled)
    if filled["receipt"]:
        receipt.show(decision, filled)
    elif rules.is_open(decision, today):
        _show_step(decision, filled)
    else:
        _show_closed(decision, filled, today)
    with corner:
        is_restored = state.get(_restored(decision), False)
        draft(form.of(decision) if is_restored else None, key=decision.id)


def _restored(decision: Decision) -> str:
    return f"{form.name(decision)}:hämtat"


def _restore_once(decision: Decision) -> None:
    """Take up what the browser kept, the first time it answers, unless something is begun here."""
    answer = state.get(f"utkast-{decision.id}")
    if state.get(_restored(decision)) or not isinstance(answer, dict):
        return
    state.put(_restored(decision), True)
    found, live = answer.get("draft"), answer.get("live")
    filled = kept.restored(
        found if isinstance(found, dict) else None,
        live if isinstance(live, dict) and live.get("of") == decision.id else {},
        texts.in_all_languages(words.TEXT_LABEL),
    )
    here = form.of(decision)
    if filled is not None and not form.is_begun(here):
        # who put the map away before the browser answered meant it
        form.keep(decision, filled | {"mapless": filled["mapless"] or here["mapless"]})


def _show_step(decision: Decision, filled: Filled) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        frame.back_to(decision)
        frame.example_banner(decision)
    heading, show = STEPS[filled["step"]]
    frame.title(_("Lämna en synpunkt"))
    st.caption(plain(decision.text(language()).title))
    st.html(f'<span data-steg="{form.mark(filled)}" hidden></span>')
    frame.heading(_(heading))
    if len(filled["comments"]) > 1 and filled["step"] in {form.PLACE, form.WORDS}:
        count = len(filled["comments"])
        st.markdown(_("Synpunkt {n} av {count}").format(n=filled["at"] + 1, count=count))
    with st.container(key="steg"):
        show(decision, filled)


def _show_closed(decision: Decision, filled: Filled, today: date) -> None:
    """Say why nothing can be sent, and what one can do instead; show what was begun."""
    is_early = today < decision.opens
    frame.title(
        _("Du kan inte lämna synpunkter än") if is_early else _("Tiden för synpunkter är slut")
    )
    frame.example_banner(decision)
    st.markdown(f"**{plain(decision.text(language()).title)}**")
    st.markdown(frame.status_sentence(decision, today))
    if is_early:
        st.markdown(_("Du kan läsa om förslaget redan nu."))
    else:
        st.markdown(_("Du kan läsa vad andra har sagt, och se när svaret kommer."))
    begun = [comment["text"] for comment in filled["comments"] if comment["text"].strip()]
    if begun:
        st.markdown(_("Det här hann du skriva. Det är inte skickat:"))
        for text in begun:
            st.text(text)
    frame.back_to(decision)


main()
