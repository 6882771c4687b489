"""More layers on the same map: which, in what order, and how much the chosen one covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from data import clock
from data.geodata import layers
from data.models import Decision
from pages.shared import addresses
from pages.shared.maps import drawn, palette
from pages.shared.maps.layer_specs import LayerSpec
from pages.shared.maps.legend import Item
from pages.shared.session import state
from pages.shared.words.texts import N_, _

PINS, BANDS, AREA, BORDERS = "synpunkter", "avstand", "forslaget", "granser"
NAMES = {
    PINS: N_("Synpunkter som märken"),
    BANDS: N_("Avstånd från förslaget"),
    AREA: N_("Förslagets område"),
    BORDERS: N_("Bostadsområdenas gränser"),
}
CHOSEN, COVER, PATTERNED = "resultat.ovanpa", "resultat.tacker", "resultat.monster"
WHOLE, LEAST, STEP = 100, 20, 10


def read() -> None:
    """Begin with what the address asks for, before anything is drawn."""
    if CHOSEN not in st.session_state:
        asked = state.asked("ovan").split(",")
        state.put(CHOSEN, [name for name in dict.fromkeys(asked) if name in NAMES])
    if PATTERNED not in st.session_state:
        state.put(PATTERNED, state.asked("monster") == "1")
    if COVER not in st.session_state:
        asked_cover = state.asked("tacker")
        known = {str(value) for value in range(LEAST, WHOLE + 1, STEP)}
        state.put(COVER, int(asked_cover) if asked_cover in known else WHOLE)


def ask() -> None:
    """Draw the choices, folded away, and keep them in the address."""
    is_changed = (
        state.get(CHOSEN) or state.get(COVER, WHOLE) != WHOLE or state.get(PATTERNED, False)
    )
    folded = st.container(key="fler-lager")
    with folded.expander(_("Fler lager och mönster på kartan"), expanded=bool(is_changed)):
        st.multiselect(
            _("Lägg ovanpå, det sista överst"),
            list(NAMES),
            format_func=lambda name: _(NAMES[name]),
            placeholder=_("Välj"),
            key=CHOSEN,
        )
        st.slider(_("Så mycket täcker lagret under, i procent"), LEAST, WHOLE, step=STEP, key=COVER)
        st.toggle(_("Mönster på ytorna, så att de går att skilja åt utan färg"), key=PATTERNED)
    state.ask(
        ovan=",".join(state.get(CHOSEN, [])) or None,
        monster="1" if state.get(PATTERNED) else None,
        tacker=None if state.get(COVER) == WHOLE else str(state.get(COVER)),
    )


def specs(decision: Decision, below: Sequence[LayerSpec]) -> list[LayerSpec]:
    """Return the layers of a map with those that were added, first at the bottom."""
    cover = int(state.get(COVER, WHOLE)) / WHOLE
    patterns = palette.PATTERNS if state.get(PATTERNED) else {}
    dimmed = [
        replace(spec, fill_opacity=round(spec.fill_opacity * cover, 3), patterns=patterns)
        if spec.kind == "fill"
        else spec
        for spec in below
    ]
    there = {(spec.url, spec.kind) for spec in below}
    added = [spec for name in state.get(CHOSEN, []) for spec in _specs(decision, name)]
    return [*dimmed, *(spec for spec in added if (spec.url, spec.kind) not in there)]


def items(decision: Decision, there: Sequence[Item]) -> list[Item]:
    """Explain the layers that were added, unless the legend does already."""
    added = [item for name in state.get(CHOSEN, []) for item in _items(decision, name)]
    known = {item.words for item in there}
    return [*map(_with_pattern, there), *(item for item in added if item.words not in known)]


def _with_pattern(item: Item) -> Item:
    """Draw a sample of the legend as the map does."""
    is_lined = item.fill == "solid" and item.shape == "area" and item.color in palette.PATTERNS
    return item._replace(fill="pattern") if is_lined and state.get(PATTERNED) else item


def _specs(decision: Decision, name: str) -> list[LayerSpec]:
    if name == PINS:
        return [drawn.pins(decision)]
    if name == BANDS:
        return drawn.bands(decision)
    if name == AREA:
        return [drawn.decision_area(decision, fill_opacity=0)]
    return [
        LayerSpec(
            addresses.areas(layers.VALDISTRIKT),
            kind="line",
            name="granser",
            color=palette.TEXT,
            weight=1.5,
            dash="4 3",
            interactive=False,
        )
    ]


def _items(decision: Decision, name: str) -> list[Item]:
    if name == PINS:
        return drawn.pin_items()
    if name == BANDS:
        return drawn.band_items(decision)
    if name == AREA:
        return [drawn.area_item(decision, clock.today())._replace(fill="none")]
    return [Item(_("Bostadsområdenas gränser"), palette.TEXT, "line", "none")]
