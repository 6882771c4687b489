"""An area drawn corner by corner: by pressing on the map, by coordinates, or by the search."""

from __future__ import annotations

import streamlit as st

from data import municipality
from data.planning import area_choice
from geo import area_rule
from geo.areas import AreaError
from geo.corners import parse_corners
from pages.planera import area_words
from pages.planera.area_made import Made, show_fault
from pages.shared import frame
from pages.shared.maps import sketch
from pages.shared.maps.pick import PickWords, new_place, pick_place
from pages.shared.session import state
from pages.shared.widgets.place_search import ask_place
from pages.shared.words.place_words import say_point
from pages.shared.words.texts import _, language, plain

Point = tuple[float, float]


def ask(name: str) -> Made | None:
    """Ask for corners in order, and give the area when the person has closed it."""
    own = f"{name}.hornlista"
    corners = _corners(own)
    clicked = new_place(f"{name}.karta")
    if clicked is not None:
        _add(own, [clicked])
        corners = _corners(own)
    st.markdown(
        _(
            "Tryck på kartan vid varje hörn, i ordning runt området. Du kan också skriva "
            "koordinater eller söka efter en plats här under."
        )
    )
    is_closed = bool(state.get(f"{own}.sluten"))
    pick_place(
        None,
        PickWords(_("Sätt hörn mitt på kartan"), "", language()),
        key=f"{name}.karta",
        drawn=sketch.corners(corners, is_closed=is_closed),
        focus=_focus(own),
    )
    _show_list(corners)
    _buttons(own, corners, is_closed=is_closed)
    _ask_typed(name, own)
    _ask_found(name, own)
    return _finished(own, corners) if is_closed else None


def _corners(own: str) -> list[Point]:
    return [(lon, lat) for lon, lat in state.get(own, [])]


def _add(own: str, points: list[Point]) -> None:
    """Add corners; a corner after the last one opens the area again."""
    kept = [list(point) for point in _corners(own)]
    kept += [list(point) for point in points]
    state.put(own, kept[: area_rule.CORNERS_MAX])
    state.put(f"{own}.sluten", False)


def _focus(own: str) -> Point | None:
    kept = state.get(f"{own}.fokus")
    return (kept[0], kept[1]) if kept else None


def _show_list(corners: list[Point]) -> None:
    """Tell the corners in words: what the map shows, for those who do not see it."""
    if not corners:
        st.caption(_("Inga hörn än."))
        return
    frame.heading(_("Hörn i ordning"), level=3)
    st.markdown(
        "\n".join(
            f"{n}. {plain(say_point(*corner))} ({area_words.say_place(corner)})"
            for n, corner in enumerate(corners, start=1)
        )
    )


def _buttons(own: str, corners: list[Point], *, is_closed: bool) -> None:
    with st.container(horizontal=True):
        if len(corners) > 2 and not is_closed:
            st.button(
                _("Bind ihop hörnen"),
                type="primary",
                key=f"{own}.slut",
                on_click=_close,
                args=(own,),
            )
        if corners:
            st.button(_("Ångra senaste hörnet"), key=f"{own}.angra", on_click=_undo, args=(own,))
            st.button(_("Ta bort alla hörn"), key=f"{own}.tom", on_click=_clear, args=(own,))


def _close(own: str) -> None:
    state.put(f"{own}.sluten", True)


def _undo(own: str) -> None:
    state.put(own, state.get(own, [])[:-1])
    state.put(f"{own}.sluten", False)


def _clear(own: str) -> None:
    state.put(own, [])
    state.put(f"{own}.sluten", False)


def _ask_typed(name: str, own: str) -> None:
    """Ask for corners as coordinates: the whole way without a map or a mouse."""
    with st.expander(_("Skriv koordinater"), expanded=bool(state.get(f"{own}.fel"))):
        fault = state.get(f"{own}.fel")
        shown = municipality.in_use().examples
        field = f"{name}.skrivna.{state.get(f'{own}.gang', 0)}"
        with st.form(f"{name}.koordinater", border=False):
            st.text_area(
                _("Ett hörn på varje rad: norr och öster"),
                placeholder=f"{shown.degrees}\n{shown.metres}",
                help=None,
                key=field,
            )
            st.caption(
                _(
                    "Grader (WGS 84) eller meter i SWEREF 99 TM eller {local_system}. "
                    "Systemet syns på talen."
                )
            )
            st.form_submit_button(
                _("Lägg till hörnen"), on_click=_use_typed, args=(own, field), key=f"{name}.lagg"
            )
        if fault:
            st.error(area_words.say_fault(*fault))


def _use_typed(own: str, field: str) -> None:
    state.drop(f"{own}.fel")
    try:
        points = parse_corners(
            str(state.get(field) or ""), local=municipality.in_use().local_system
        )
    except AreaError as error:
        state.put(f"{own}.fel", [error.code, error.detail])
        return
    if not points:
        return
    _add(own, points)
    state.put(f"{own}.fokus", list(points[-1]))
    # a new name empties the field
    state.put(f"{own}.gang", state.get(f"{own}.gang", 0) + 1)


def _ask_found(name: str, own: str) -> None:
    with st.expander(_("Sök en plats som hörn")):
        place = ask_place(f"{name}.sokning")
        # asked here, so that it is the place that is chosen now
        if place and st.button(_("Lägg till platsen som hörn"), key=f"{name}.laggplats"):
            _use_found(own, place.lon, place.lat)
            st.rerun()


def _use_found(own: str, lon: float, lat: float) -> None:
    _add(own, [(lon, lat)])
    state.put(f"{own}.fokus", [lon, lat])


def _finished(own: str, corners: list[Point]) -> Made | None:
    try:
        area = area_choice.from_corners(corners)
    except AreaError as error:
        drawn = sketch.corners(corners, is_closed=True)
        show_fault(error, key=f"{own}.felkarta", drawn=drawn)
        return None
    return Made(area, f"ritat på kartan, {len(corners)} hörn")
