"""Step 2: what it is, what the person thinks, and in which words."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data.comments import published
from data.models import TEXT_MAX, Decision, Kind, Stance
from pages.shared.widgets import character_count
from pages.shared.widgets.comment_list import show_all
from pages.shared.words.texts import N_, _, ask_word, error_sentence, ngettext, plain
from pages.synpunkt import filled as form
from pages.synpunkt.filled import Comment, Filled
from pages.synpunkt.place import say_place

SENSITIVE = N_(
    "Skriv inte personuppgifter, till exempel namn eller telefonnummer, och "
    "inte känsliga uppgifter, till exempel om hälsa. Det gäller både dig själv "
    "och andra. Det du skriver blir en allmän handling: andra kan be att få "
    "läsa det."
)
# comments near the place: how many are counted, and how many of them are shown
COUNTED, SHOWN = 100, 10


def show(decision: Decision, filled: Filled) -> None:
    """Draw the step and move on when something is written."""
    comment = form.current(filled)
    prefix = f"{form.name(decision)}.{filled.at}"
    _show_place(filled, comment, prefix)
    _show_nearby(decision, comment)
    kinds = {kind.value: ask_word(kind) for kind in Kind}
    stances = {stance.value: ask_word(stance) for stance in Stance}
    kind = _ask(_("Vad vill du lämna?"), kinds, comment.kind, f"{prefix}.slag")
    comment.kind = Kind(kind) if kind else None
    # a fault is told beside the field it is about
    beside: dict[form.WordsFault, DeltaGenerator] = {"kind_missing": st.container()}
    stance = _ask(_("Vad tycker du om förslaget?"), stances, comment.stance, f"{prefix}.hallning")
    comment.stance = Stance(stance) if stance else None
    beside["stance_missing"] = st.container()
    st.markdown(_(SENSITIVE))
    with st.container(key=character_count.FIELD, gap="small"):
        # what stands in the browser's field goes before what is kept, which may be less, also in
        # the first run after a restart, which knows of no field yet
        label, kept = _("Skriv din synpunkt"), comment.text
        written = st.text_area(label, kept, height=200, key=f"{prefix}.text")
        comment.text = written or ""
        beside["empty"] = beside["too_long"] = st.container()
        character_count.show_left(comment.text, TEXT_MAX, is_counted=True)
    pressed, below = _ask_next(filled, prefix)
    if pressed is None:
        return
    fault = form.fault_of(comment)
    if fault is not None:
        beside[fault].error(error_sentence(fault))
        below.markdown(_("Något saknas. Det står i rött vid frågan ovanför."))
        return
    if pressed == "another":
        form.add_comment(filled)
    else:
        form.go(filled, form.ABOUT)
    st.rerun()


def _ask(label: str, words: dict[str, str], chosen: str | None, key: str) -> str | None:
    values = list(words)
    index = values.index(chosen) if chosen in words else None
    return st.radio(label, values, index=index, format_func=words.__getitem__, key=key)


def _show_place(filled: Filled, comment: Comment, prefix: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(plain(_("Plats: {place}.").format(place=say_place(comment))), width="content")
        if st.button(_("Ändra platsen"), type="tertiary", key=f"{prefix}.andra"):
            form.go(filled, form.PLACE)
            st.rerun()


def _show_nearby(decision: Decision, comment: Comment) -> None:
    pin = form.pin_of(comment)
    if pin is None:
        return
    found = published.near(decision.id, *pin, limit=COUNTED)
    if not found:
        return
    heading = ngettext(
        "{n} annan synpunkt gäller platsen", "{n} andra synpunkter gäller platsen", len(found)
    ).format(n=_("Minst {n}").format(n=COUNTED) if len(found) == COUNTED else len(found))
    with st.expander(heading):
        if len(found) > SHOWN:
            st.caption(_("Här är de {n} som ligger närmast.").format(n=SHOWN))
        show_all(found[:SHOWN])


def _ask_next(filled: Filled, prefix: str) -> tuple[str | None, DeltaGenerator]:
    """Offer the ways on; give ``next``, ``another`` or None, and room for a word beside them."""
    onward = st.button(_("Nästa"), type="primary", key=f"{prefix}.vidare2")
    below = st.container()
    with st.container(horizontal=True, gap="small"):
        another = not form.is_full(filled) and st.button(
            _("Lägg till en synpunkt till"), key=f"{prefix}.till"
        )
        if st.button(_("Tillbaka"), type="tertiary", key=f"{prefix}.bak"):
            form.go(filled, form.PLACE)
            st.rerun()
    if onward:
        return "next", below
    return ("another" if another else None), below
