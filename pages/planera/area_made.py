"""What a way of choosing an area gives, how a fault in it is shown, what is kept meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import streamlit as st
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from data.planning.area_from_file import Fault
from data.uploads.gis_faults import PASSING
from geo.areas import AreaError
from pages.planera import area_words
from pages.shared.maps import sketch
from pages.shared.maps.layer_specs import LayerSpec
from pages.shared.maps.legend import legend
from pages.shared.maps.show import show_map
from pages.shared.session import state
from pages.shared.words.texts import _, language

FAULT_HEIGHT = 320
# faults whose place is one to look at on the map; the others lie far away
_HERE = frozenset({"invalid_ring", "outside", "too_small"})


class Made(NamedTuple):
    """An area (EPSG:3006) that follows the rule, and one line for the log on where it is from."""

    area: MultiPolygon
    source: str


def remembered(name: str, chosen: Sequence[object], make: Callable[[], Any]) -> Any:  # noqa: ANN401
    """Return what `make` gives for these choices, and make it once as long as they stay the same.

    What is made must be plain: numbers, words, bytes.
    """
    asked = repr(tuple(chosen))
    kept = state.get(name)
    if kept is None or kept[0] != asked:
        kept = [asked, make()]
        state.put(name, kept)
    return kept[1]


def show_fault(
    error: AreaError | Fault,
    *,
    key: str,
    drawn: Sequence[LayerSpec] = (),
) -> None:
    """Say what is wrong and what to do, and mark the place on a map where it is known."""
    said = area_words.say_fault(error.code, error.detail, error.place)
    place = error.place
    if place is not None and error.code == "invalid_ring":
        where = _("Felet ligger vid {place}.").format(place=area_words.say_place(place))
        said = f"{said} {where}"
    st.error(said)
    if error.code in PASSING:
        # a press draws the page anew, and what has passed is tried again
        st.button(_("Försök igen"), key=f"{key}.igen")
        return
    if place is None or error.code not in _HERE:
        return
    show_map(
        [*drawn, sketch.fault(place)],
        key=key,
        bounds=sketch.bounds_round(place),
        height=FAULT_HEIGHT,
        alt=_("Karta över var felet ligger"),
        language=language(),
    )
    legend([sketch.fault_item()])


def show_away(shapes: Sequence[BaseGeometry], *, key: str, is_guessed: bool = False) -> None:
    """Show where something lies that is not in the municipality.

    `is_guessed` tells that a person has chosen the reference system, which may be the wrong one.
    """
    st.error(area_words.say_away(shapes, is_guessed=is_guessed))
    show_map(
        sketch.choices(shapes, range(len(shapes))),
        key=key,
        bounds=sketch.bounds_with_home(shapes),
        height=FAULT_HEIGHT,
        alt=_("Karta över kommunen och det som är ritat"),
        language=language(),
    )
    legend([sketch.surface_item(_("Det som är ritat"))])
