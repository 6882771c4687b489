"""An area of whole neighbourhoods, or the ground within a distance of a place."""

from __future__ import annotations

import streamlit as st

from data.geodata import layers
from data.planning import area_choice
from geo import area_rule
from geo.areas import AreaError
from pages.planera.area_made import Made, show_fault
from pages.shared import addresses
from pages.shared.maps import palette, sketch
from pages.shared.maps.layer_specs import LayerSpec
from pages.shared.maps.legend import legend
from pages.shared.maps.show import show_map, town_bounds
from pages.shared.session import state
from pages.shared.widgets.place_search import ask_place
from pages.shared.words.affected_words import LAYERS
from pages.shared.words.texts import _, and_list, language

MAP_HEIGHT = 340
USUAL_M = 200


def ask_neighbourhoods(name: str) -> Made | None:
    """Ask for one or several areas of a layer; the area is all of them together."""
    layer = str(
        st.radio(
            _("Vilka områden?"),
            list(area_choice.LAYERS),
            format_func=lambda one: _(LAYERS[one]),
            horizontal=True,
            key=f"{name}.lager",
        )
    )
    names = {str(code): str(called) for code, called in layers.frame(layer)["name"].items()}
    ordered = sorted(names, key=lambda code: _swedish(names[code]))
    field = f"{name}.{layer}.koder"
    _take_click(name, field, layer, names)
    codes = st.multiselect(
        _("Områden som förslaget gäller"),
        ordered,
        format_func=names.__getitem__,
        placeholder=_("Välj ett eller flera"),
        key=field,
    )
    _show_map(name, layer, codes)
    if not codes:
        return None
    try:
        area = area_choice.from_neighbourhoods(layer, codes)
    except AreaError as error:
        show_fault(error, key=f"{name}.felkarta")
        return None
    chosen = and_list([names[code] for code in codes])
    return Made(area, f"hela områden ({layer}): {chosen}"[:300])


def _swedish(name: str) -> str:
    """Return what to sort a name by: å, ä and ö come last, in that order."""
    return name.casefold().translate(str.maketrans("åäö", "{|}"))


def _take_click(name: str, field: str, layer: str, names: dict[str, str]) -> None:
    """Let a press on the map choose an area or leave it, before the list is drawn."""
    code = state.get(f"{name}.{layer}.tryckt")
    state.drop(f"{name}.{layer}.tryckt")
    if code not in names:
        return
    kept = list(state.get(field) or [])
    state.put(field, [c for c in kept if c != code] if code in kept else [*kept, code])


def _show_map(name: str, layer: str, codes: list[str]) -> None:
    st.markdown(_("Välj i listan, eller tryck på områden på kartan."))
    spec = LayerSpec(
        addresses.areas(layer),
        name="omraden",
        property="code",
        fills=dict.fromkeys(codes, palette.ACCENT),
        colors=dict.fromkeys(codes, palette.ACCENT),
        fill_opacity=0.25,
        weight=2,
        tooltip=(("name", ""),),
        clickable=True,
    )
    hit = show_map(
        [spec],
        key=f"{name}.{layer}.karta",
        bounds=town_bounds(),
        height=MAP_HEIGHT,
        alt=_("Karta över områden att välja"),
        language=language(),
    )
    legend(sketch.choice_items())
    if hit:
        state.put(f"{name}.{layer}.tryckt", str(hit.get("code", hit.get("id", ""))))
        st.rerun()


def ask_around(name: str) -> Made | None:
    """Ask for a place and a distance; the area is the ground within it."""
    place = ask_place(name)
    distance = st.number_input(
        _("Avstånd runt platsen, meter"),
        min_value=int(area_rule.BUFFER_MIN_M),
        max_value=int(area_rule.BUFFER_MAX_M),
        value=USUAL_M,
        step=50,
        key=f"{name}.avstand",
    )
    if place is None:
        return None
    try:
        area = area_choice.around((place.lon, place.lat), float(distance))
    except AreaError as error:
        show_fault(error, key=f"{name}.felkarta")
        return None
    return Made(area, f"{distance} meter runt {place.name}")
