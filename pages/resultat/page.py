"""The result, one layer at a time: each with a sentence, a map, a legend and a table."""

from __future__ import annotations

import streamlit as st

from pages.resultat import around, said
from pages.shared import frame, state
from pages.shared.texts import N_, _

LAYERS = {
    "forslaget": (N_("Förslaget"), around.show_decision),
    "berorda": (N_("Berörda"), around.show_affected),
    "synpunkter": (N_("Synpunkter"), said.show_pins),
    "omrade": (N_("Per område"), said.show_counts),
    "stallning": (N_("För och emot"), said.show_stances),
    "tystnad": (N_("Tystnad"), around.show_silence),
}


def main() -> None:
    """Draw the list of layers and the one that is chosen."""
    _number, decision = frame.decision_or_stop()
    frame.back_to(decision)
    st.title(_("Resultat"))
    frame.example_banner(decision)
    left, right = st.columns([1, 4], gap="large")
    with left:
        chosen = _ask()
    with right:
        heading, show = LAYERS[chosen]
        st.header(_(heading), anchor=False)
        show(decision)


def _ask() -> str:
    asked = state.asked("visa", "forslaget")
    names = list(LAYERS)
    chosen = st.radio(
        _("Visa ett lager i taget"),
        names,
        index=names.index(asked) if asked in LAYERS else 0,
        format_func=lambda name: _(LAYERS[name][0]),
        key="resultat.visa",
    )
    state.ask(visa=chosen)
    return str(chosen)


main()
