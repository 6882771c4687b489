"""More layers on the same map: which, in what order, and how much the chosen one covers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

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


@dataclass(frozen=True)
class Overlay:
    """One layer to add: its word in the address, its name, how it is drawn, and its legend."""

    word: str
    name: str
    specs: Callable[[Decision], Sequence[LayerSpec]]
    items: Callable[[Decision], Sequence[Item]]


CHOSEN, COVER, PATTERNED = "resultat.ovanpa", "resultat.tacker", "resultat.monster"
WHOLE, LEAST, STEP = 100, 20, 10


def read() -> None:
    """Begin with what the address asks for, before anything is drawn."""
    if CHOSEN not in st.session_state:
        asked = state.asked("ovan").split(",")
        state.put(CHOSEN, [word for word in dict.fromkeys(asked) if word in OVERLAYS])
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
            list(OVERLAYS),
            format_func=lambda word: _(OVERLAYS[word].name),
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
    added = [spec for overlay in _chosen() for spec in overlay.specs(decision)]
    return [*dimmed, *(spec for spec in added if (spec.url, spec.kind) not in there)]


def items(decision: Decision, there: Sequence[Item]) -> list[Item]:
    """Explain the layers that were added, unless the legend does already."""
    added = [item for overlay in _chosen() for item in overlay.items(decision)]
    known = {item.words for item in there}
    return [*map(_with_pattern, there), *(item for item in added if item.words not in known)]


def _with_pattern(item: Item) -> Item:
    """Draw a sample of the legend as the map does."""
    is_lined = item.fill == "solid" and item.shape == "area" and item.color in palette.PATTERNS
    return item._replace(fill="pattern") if is_lined and state.get(PATTERNED) else item


def _chosen() -> list[Overlay]:
    return [OVERLAYS[word] for word in state.get(CHOSEN, [])]


def _borders() -> LayerSpec:
    return LayerSpec(
        addresses.areas(layers.VALDISTRIKT),
        kind="line",
        name="granser",
        color=palette.TEXT,
        weight=1.5,
        dash="4 3",
        interactive=False,
    )


OVERLAYS = {
    overlay.word: overlay
    for overlay in (
        Overlay(
            "synpunkter",
            N_("Synpunkter som märken"),
            lambda decision: [drawn.pins(decision)],
            lambda _decision: drawn.pin_items(),
        ),
        Overlay("avstand", N_("Avstånd från förslaget"), drawn.bands, drawn.band_items),
        Overlay(
            "forslaget",
            N_("Förslagets område"),
            lambda decision: [drawn.decision_area(decision, fill_opacity=0)],
            lambda decision: [drawn.area_item(decision, clock.today())._replace(fill="none")],
        ),
        Overlay(
            "granser",
            N_("Bostadsområdenas gränser"),
            lambda _decision: [_borders()],
            lambda _decision: [Item(_("Bostadsområdenas gränser"), palette.TEXT, "line", "none")],
        ),
    )
}
