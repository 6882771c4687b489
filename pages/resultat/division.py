"""By which areas a layer of the result is drawn."""

from __future__ import annotations

import streamlit as st

from pages.shared.session import state
from pages.shared.words.texts import _


def ask(choices: dict[str, str]) -> str:
    """Ask by which areas to draw, and keep the choice from layer to layer and in the address."""
    names = list(choices)
    kept = state.get("resultat.delning", state.asked("lager", names[0]))
    chosen = st.segmented_control(
        _("Indelning"),
        names,
        default=kept if kept in choices else names[0],
        format_func=choices.__getitem__,
        required=True,
        key=f"resultat.lager.{len(names)}",
    )
    layer = str(chosen or names[0])
    state.put("resultat.delning", layer)
    state.ask(lager=None if layer == names[0] else layer)
    return layer
