"""The shapes of a file as a list to tick and a map that shows which are ticked."""

from __future__ import annotations

from collections.abc import Sequence

import shapely
import streamlit as st
from shapely.geometry.base import BaseGeometry

from data.planning.area_from_file import OfParts, PartsChosen
from pages.planera import area_progress, area_words
from pages.shared.maps import sketch
from pages.shared.maps.legend import legend
from pages.shared.maps.show import bounds_of, show_map
from pages.shared.session import state
from pages.shared.words.texts import _, language, metres, ngettext, number, plain

# so many are listed at a time
LISTED = 25
MAP_HEIGHT = 340


def ask(name: str, shapes: Sequence[BaseGeometry], labels: Sequence[str], key: str) -> None:
    """Show the shapes (EPSG:3006) to tick, and which are ticked; `key` names their boxes."""
    if len(shapes) == 1:
        st.markdown(_("Filen har en del: {name}.").format(name=_line(shapes[0], labels[0])))
        return
    chosen = set(_chosen(name))
    place_of_map = st.container()
    _buttons(name, chosen, len(shapes), key)
    listed = _listed(key, labels)
    for n in listed:
        box = f"{key}.kryss.{n}"
        # the map and the buttons change a tick too, before it is drawn
        state.put(box, n in chosen)
        st.checkbox(_line(shapes[n], labels[n]), key=box, on_change=_toggle, args=(name, n))
    with place_of_map:
        _show_map(name, shapes, chosen, key)


def _chosen(name: str) -> tuple[int, ...]:
    reached = area_progress.now(name)
    return reached.at.parts if isinstance(reached, OfParts) else ()


def _toggle(name: str, n: int) -> None:
    area_progress.tell(name, PartsChosen(tuple(set(_chosen(name)) ^ {n})))


def _set(name: str, numbers: list[int]) -> None:
    area_progress.tell(name, PartsChosen(tuple(numbers)))


def _buttons(name: str, chosen: set[int], count: int, key: str) -> None:
    said = ngettext("{n} av {all} är vald.", "{n} av {all} är valda.", len(chosen))
    st.markdown(said.format(n=number(len(chosen)), all=number(count)))
    with st.container(horizontal=True):
        every = list(range(count))
        st.button(_("Välj alla"), key=f"{key}.alla", on_click=_set, args=(name, every))
        st.button(_("Välj ingen"), key=f"{key}.inga", on_click=_set, args=(name, []))


def _listed(key: str, labels: Sequence[str]) -> list[int]:
    """Return the numbers of those that are listed now; a long list can be searched."""
    if len(labels) <= LISTED:
        return list(range(len(labels)))
    asked = st.text_input(_("Sök i listan"), key=f"{key}.sok").strip().casefold()
    found = [n for n, label in enumerate(labels) if asked in label.casefold()]
    if len(found) > LISTED:
        st.caption(
            _("De {n} första av {all} visas. Sök för att se andra.").format(
                n=number(LISTED), all=number(len(found))
            )
        )
    return found[:LISTED]


def _line(shape: BaseGeometry, label: str) -> str:
    """Say what a shape is called and how large it is."""
    if shapely.get_dimensions(shape) == 2:
        # the size of a surface that crosses itself means nothing
        size = area_words.say_size(shape) if shape.area > 0 else _("yta")
    elif shape.length > 0:
        size = _("linje, {length}").format(length=metres(shape.length))
    else:
        size = _("punkt")
    return f"{plain(label)} – {size}"


def _show_map(name: str, shapes: Sequence[BaseGeometry], chosen: set[int], key: str) -> None:
    st.markdown(_("Välj delar i listan under kartan, eller tryck på dem på kartan."))
    around = shapely.box(*shapely.total_bounds(list(shapes)))
    hit = show_map(
        sketch.choices(shapes, chosen),
        key=f"{key}.karta",
        bounds=bounds_of(around, margin=0.15),
        height=MAP_HEIGHT,
        alt=_("Karta över delarna i filen"),
        language=language(),
    )
    legend(sketch.choice_items())
    picked = hit.get("id") if hit else None
    if isinstance(picked, int) and 0 <= picked < len(shapes):
        _toggle(name, picked)
        st.rerun()
