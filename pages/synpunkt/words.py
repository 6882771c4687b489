"""Step 2: what it is, what the person thinks, and in which words."""

from __future__ import annotations

import streamlit as st

from data import comments
from data.models import TEXT_MAX, Decision, Kind, Stance
from pages.shared.comments import show_one
from pages.shared.texts import KIND_WORDS, STANCE_WORDS, _, error_sentence, ngettext
from pages.synpunkt import filled as form
from pages.synpunkt.filled import Filled


def text_label() -> str:
    """Give the name of the text field."""
    return _("Skriv din synpunkt")


def show(decision: Decision, filled: Filled) -> None:
    """Draw the step and move on when something is written."""
    comment = form.current(filled)
    prefix = f"{form.name(decision)}.{filled['at']}"
    _show_nearby(decision, comment)
    kinds, stances = [kind.value for kind in Kind], [stance.value for stance in Stance]
    comment["kind"] = st.radio(
        _("Vad vill du lämna?"),
        kinds,
        index=_index(kinds, comment["kind"]),
        format_func=lambda kind: _(KIND_WORDS[Kind(kind)]),
        key=f"{prefix}.slag",
    )
    comment["stance"] = st.radio(
        _("Vad tycker du om förslaget?"),
        stances,
        index=_index(stances, comment["stance"]),
        format_func=lambda stance: _(STANCE_WORDS[Stance(stance)]),
        key=f"{prefix}.hallning",
    )
    st.markdown(
        _(
            "Det du skriver blir en allmän handling. Skriv inte känsliga uppgifter om dig själv "
            "eller andra, som namn, telefonnummer eller hälsa."
        )
    )
    comment["text"] = st.text_area(
        text_label(),
        value=comment["text"],
        max_chars=TEXT_MAX,
        height=200,
        key=f"{prefix}.text",
    )
    _ask_next(filled, comment, prefix)


def _index(words: list[str], chosen: str | None) -> int | None:
    return words.index(chosen) if chosen in words else None


def _show_nearby(decision: Decision, comment: Filled) -> None:
    pin = form.pin_of(comment)
    if pin is None:
        return
    found = comments.near(decision.id, *pin)
    if not found:
        return
    heading = ngettext(
        "{n} annan synpunkt finns nära platsen",
        "{n} andra synpunkter finns nära platsen",
        len(found),
    )
    with st.expander(heading):
        for one in found:
            show_one(one)


def _ask_next(filled: Filled, comment: Filled, prefix: str) -> None:
    """Let the person go on, add another or go back; say what is missing, if anything."""
    onward = st.button(_("Fortsätt"), type="primary", key=f"{prefix}.vidare2")
    with st.container(horizontal=True):
        another = not form.is_full(filled) and st.button(
            _("Lägg till en synpunkt till"), key=f"{prefix}.till"
        )
        if st.button(_("Tillbaka till platsen"), type="tertiary", key=f"{prefix}.bak"):
            form.go(filled, form.PLACE)
            st.rerun()
    if not onward and not another:
        return
    fault = form.fault_of(comment)
    if fault is not None:
        st.error(error_sentence(fault))
        return
    if another:
        form.add_comment(filled)
    else:
        form.go(filled, form.ABOUT)
    st.rerun()
