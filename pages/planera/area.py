"""Choosing the area of a decision: what there is now, four ways to make another, a look first."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import shapely
import streamlit as st
from shapely.geometry import MultiPolygon

from data.planning import area_choice
from pages.planera import area_corners, area_file, area_places, area_words
from pages.planera.area_made import Made, remembered
from pages.shared import frame
from pages.shared.maps import sketch
from pages.shared.maps.legend import legend
from pages.shared.maps.show import bounds_of, show_map
from pages.shared.session import state
from pages.shared.words.texts import N_, _, language

MAP_HEIGHT = 360
WAYS: dict[str, tuple[str, Callable[[str], Made | None]]] = {
    "fil": (N_("Från en fil"), area_file.ask),
    "horn": (N_("Rita hörn på kartan"), area_corners.ask),
    "omraden": (N_("Välj bostadsområden"), area_places.ask_neighbourhoods),
    "runt": (N_("Runt en plats"), area_places.ask_around),
}


def ask(
    prefix: str,
    area: MultiPolygon | None,
    on_done: Callable[[MultiPolygon, str], None],
) -> None:
    """Show the area, and let the person make another one.

    Parameters
    ----------
    prefix
        Begins the name of everything that is remembered here; different for each decision.
    area
        The present area in EPSG:3006.
    on_done
        Called with the new area (EPSG:3006) and one line for the log that says where it comes from,
        when the person has seen it on a map and wants it. The page is then drawn again; what was
        chosen is forgotten as soon as `area` is the new one.
    """
    own = f"{prefix}.yta"
    _start_over_if_taken(own, area)
    _show_present(own, area)
    names = {way: _(name) for way, (name, _ask) in WAYS.items()}
    part = _round(own)
    way = st.segmented_control(
        _("Hur vill du ange området?") if area is None else _("Hur vill du byta område?"),
        list(WAYS),
        format_func=names.__getitem__,
        key=f"{part}.vag",
    )
    if way is None:
        st.caption(_(area_words.RULE))
        return
    made = WAYS[way][1](f"{part}.{way}")
    if made is not None:
        _confirm(own, part, made, on_done, is_first=area is None)


def _round(own: str) -> str:
    """Return the name of this time round: a new one gives empty fields, also of files."""
    return f"{own}.{state.get(f'{own}-omgang', 0)}"


def _start_over_if_taken(own: str, area: MultiPolygon | None) -> None:
    """Forget what was chosen once it has become the area; a refused one stays to be tried again."""
    used = state.get(f"{own}-anvand")
    if used is None or area is None or shapely.to_wkb(area.normalize()) != used:
        return
    state.drop_starting(f"{own}.")
    state.drop(f"{own}-anvand")
    state.put(f"{own}-omgang", state.get(f"{own}-omgang", 0) + 1)
    state.put(f"{own}-bytt", True)


def _show_present(own: str, area: MultiPolygon | None) -> None:
    if state.get(f"{own}-bytt"):
        state.drop(f"{own}-bytt")
        is_first = state.get(f"{own}-forsta")
        said = _("Området är valt.") if is_first else _("Området är bytt.")
        st.success(said, icon=":material/check:")
    if area is None:
        st.markdown(_("Förslaget har inget område än."))
        return
    _show(area, key=f"{own}-nu", name=_("Karta över förslagets område"))


def _show(area: MultiPolygon, *, key: str, name: str) -> None:
    """Show an area in words first, then on a map, then its corners as text."""
    st.markdown(area_words.say_area(area))
    show_map(
        [sketch.surface(area)],
        key=f"{key}.karta",
        bounds=bounds_of(area, margin=0.4),
        height=MAP_HEIGHT,
        alt=name,
        language=language(),
    )
    legend([sketch.surface_item(_("Förslagets område"))])
    lines = area_words.corner_lines(area)
    if lines:
        with st.expander(_("Områdets hörn som text")):
            st.markdown("\n".join(f"{n}. {line}" for n, line in enumerate(lines, start=1)))


def _warn_of_water(part: str, area: MultiPolygon) -> None:
    """Say so when most of a new area lies in water; looked at once, when it has been made."""
    mark = hashlib.sha256(shapely.to_wkb(area)).hexdigest()
    share = remembered(f"{part}.vatten", (mark,), lambda: area_choice.share_in_water(area))
    said = area_words.say_water(share)
    if said:
        st.warning(said, icon=":material/water:")


def _confirm(
    own: str,
    part: str,
    made: Made,
    on_done: Callable[[MultiPolygon, str], None],
    *,
    is_first: bool,
) -> None:
    frame.heading(_("Så blir området"), level=3)
    # before the map, which fills a screen
    _warn_of_water(part, made.area)
    _show(made.area, key=f"{part}.ny", name=_("Karta över det nya området"))
    if st.button(_("Använd området"), type="primary", key=f"{part}.anvand"):
        state.put(f"{own}-anvand", shapely.to_wkb(made.area.normalize()))
        state.put(f"{own}-forsta", is_first)
        on_done(made.area, made.source)
        st.rerun()
