"""The receipt: thanks, the code, and what happens now."""

from __future__ import annotations

import streamlit as st

from data import clock, rules
from data.comments import progress
from data.mail import mail_settings
from data.models import Decision
from pages.shared import frame
from pages.shared.session import state
from pages.shared.widgets import mail_wish
from pages.shared.words.text_language import own_words
from pages.shared.words.texts import _, body_name, language, plain, say_day
from pages.synpunkt import filled as form
from pages.synpunkt.filled import Filled


def show(decision: Decision, filled: Filled, code: str) -> None:
    """Draw the receipt for what has been stored; `code` is that of the receipt."""
    st.html('<span data-steg="kvitto" hidden></span>')
    frame.title(_("Tack! Din synpunkt är mottagen"), of=decision)
    frame.example_banner(decision)
    with own_words(decision, "titel"):
        st.markdown(plain(decision.text(language()).title))
    if filled.elsewhere:
        _show_not_sent(filled)
    st.metric(_("Kvittokod"), code, border=True, width="content")
    st.markdown(
        _(
            "Skriv upp koden, ta en bild av den eller skriv ut sidan. Med koden kan du följa din "
            "synpunkt. Vi har ingen annan väg till dig."
        )
        if not mail_settings.is_on()
        else _(
            "Skriv upp koden, ta en bild av den eller skriv ut sidan. Med koden kan du följa din "
            "synpunkt."
        )
    )
    frame.heading(_("Det här händer nu"))
    st.markdown("\n".join(f"1. {plain(step)}" for step in _steps(decision)))
    with st.container(horizontal=True, gap="small"):
        # the code goes with the session, never in an address
        state.put(frame.RECEIPT, code)
        frame.link("kvitto", _("Följ din synpunkt"))
        is_open = rules.is_open(decision, clock.today())
        if is_open and st.button(_("Lämna en till"), key=f"{form.name(decision)}.entill"):
            form.keep(decision, Filled())
            st.rerun()
    mail_wish.show(
        code,
        key=f"{form.name(decision)}.{code}",
        is_answered=progress.of(decision, clock.today()).answered_on is not None,
    )
    frame.back_to(decision)


def _steps(decision: Decision) -> list[str]:
    today = clock.today()
    steps = [
        _("Någon på kommunen läser det du skrev innan andra får se det, oftast inom två dagar.")
    ]
    if rules.is_open(decision, today):
        day = say_day(decision.closes, today=today)
        steps.append(_("Du kan lämna fler synpunkter till och med {day}.").format(day=day))
    stands = progress.of(decision, today)
    if stands.answered_on is not None:
        day = say_day(stands.answered_on, today=today)
        said = _(
            "Kommunen svarade på de synpunkter som hade kommit in {day}. Din läses också, men är "
            "inte med i det svaret."
        )
        steps.append(said.format(day=day))
    elif stands.promised_on is not None:
        day = say_day(stands.promised_on, today=today)
        said = _("Senast {day} berättar vi vad vi hörde och vad det ledde till.")
        if stands.is_overdue:
            said = _("Vi skulle ha berättat vad vi hörde senast {day}, men är försenade.")
        steps.append(said.format(day=day))
    if decision.decision_on is not None and stands.decided_on is None:
        day = say_day(decision.decision_on, today=today)
        said = _("Politikerna i {body} planerar att besluta {day}.")
        steps.append(said.format(body=body_name(decision.body), day=day))
    return steps


def _show_not_sent(filled: Filled) -> None:
    """Another tab sent this form first, with other words: those here are still unsent."""
    st.warning(
        _(
            "Du hade redan skickat från en annan flik. Kvittot gäller det du skickade där. "
            "Det du skrev här finns kvar men är inte skickat."
        )
    )
    if st.button(_("Granska och skicka det också"), key="synpunkt.skicka-ocksa"):
        form.send_anew(filled)
        st.rerun()
