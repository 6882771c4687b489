"""An area from a file: which layer, which system, what was mended, which shapes.

How far it has come is a state of `data.planning.area_from_file`. Here it is drawn, and told what
the fields say.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import shapely
import streamlit as st
from shapely.geometry.base import BaseGeometry

from data import rights
from data.planning import area_files, file_words
from data.planning.area_file_work import settle
from data.planning.area_files import AROUND, RINGS, SURFACES, Mode
from data.planning.area_from_file import (
    USUAL_M,
    Again,
    Away,
    DistanceChosen,
    Elsewhere,
    Event,
    Fault,
    Landing,
    LayerChosen,
    Looked,
    LooksSwapped,
    ModeChosen,
    NoParts,
    OfParts,
    Reading,
    Ready,
    Refused,
    Shapes,
    State,
    SystemChosen,
    Turned,
    Unreadable,
    Unusable,
    file_of,
    layer_of,
)
from geo import area_rule
from pages.planera import area_made, area_progress, area_shapes, area_words
from pages.planera.area_made import Made, show_fault
from pages.planera.files import ENDINGS
from pages.shared.maps import sketch
from pages.shared.maps.show import show_map
from pages.shared.session import signed_in
from pages.shared.session.uploads import ask_file
from pages.shared.words.texts import N_, _, language

MAP_HEIGHT = 320
MODES: dict[Mode, str] = {
    SURFACES: N_("Ytorna i filen"),
    RINGS: N_("Slutna linjer, som fylls till ytor"),
    AROUND: N_("Linjer och punkter, med ett avstånd runt om"),
}
LANDINGS: dict[Landing, str] = {
    "hemma": N_("{system}: hamnar i {municipality} kommun"),
    "borta": N_("{system}: hamnar utanför kommunen"),
    "ingenstans": N_("{system}: går inte med de här koordinaterna"),
}
# tells an event, and returns the state when it is the planner's turn again
Tell = Callable[[Event], State]


def ask(name: str) -> Made | None:
    """Ask for a file and give the area that is chosen in it, or None as long as there is none."""
    upload = ask_file(
        _("Fil med området (högst 20 MB)"),
        may=rights.check_planner,
        type=[ending for ending in ENDINGS if ending in area_files.ENDINGS],
        key=f"{name}.fil",
    )
    st.caption(
        _(
            "GeoJSON, GeoPackage, zippad Shapefile, KML eller DXF. Filen läses en gång och sparas "
            "inte. Bara området sparas."
        )
    )
    if upload is None:
        return None
    content = upload.getvalue()
    mark = hashlib.sha256(content).hexdigest()[:16]
    # another file: what was chosen in the one before means nothing in it
    own = f"{name}.{mark}"

    def tell(event: Event) -> State:
        return area_progress.keep(own, settle(area_progress.tell(own, event), content, upload.name))

    try:
        rights.check_planner(signed_in.staff())
    except rights.NotAllowedError as error:
        st.error(area_words.say_fault(error.code))
        return None
    return _draw(own, tell, upload.name)


def _draw(own: str, tell: Tell, filename: str) -> Made | None:
    """Ask what there is to ask, as far as the state has come, and give the area if it is ready."""
    now = _ask_layer(own, tell(Again()), tell)
    if isinstance(now, Unreadable):
        show_fault(now.fault, key=f"{own}.felkarta")
        return None
    part = f"{own}.{file_of(now).layers.index(layer_of(now) or '')}"
    now = _ask_system(part, now, tell)
    if isinstance(now, OfParts | Away) and now.at.said.swapped:
        _say_swapped(part, tell)
    if not isinstance(now, OfParts):
        _show_hindrance(own, part, now, tell)
        return None
    _say_changes(now.at)
    now = _ask_parts(own, part, now, tell)
    return _finished(part, now, filename)


def _ask_layer(own: str, now: State, tell: Tell) -> State:
    """Ask for a layer if the file has several."""
    file = file_of(now)
    if file.first is None or len(file.layers) == 1:
        return now
    chosen = st.selectbox(
        _("Lager i filen"),
        list(file.layers),
        index=file.layers.index(file.first.kept.layer),
        key=f"{own}.lager",
    )
    return tell(LayerChosen(chosen or file.first.kept.layer))


def _ask_system(part: str, now: State, tell: Tell) -> State:
    """Ask for the reference system if the file does not tell it, with what each would mean."""
    lands = {} if isinstance(now, Reading | Unreadable) else now.at.layer.lands
    if not lands:
        return now
    st.markdown(
        _(
            "Filen säger inte vilket referenssystem den har. Välj det och se på kartan att "
            "området hamnar rätt."
        )
    )
    chosen: int | None = st.radio(
        _("Referenssystem"),
        list(lands),
        index=None,
        format_func=lambda code: _(LANDINGS[lands[code]]).format(
            system=_(file_words.system_names()[code])
        ),
        key=f"{part}.system",
    )
    return tell(SystemChosen(chosen))


def _say_swapped(part: str, tell: Tell) -> None:
    st.info(_("Norr och öster har bytt plats, som du valde."), icon=":material/swap_horiz:")
    if st.button(_("Ångra bytet"), key=f"{part}.angra"):
        tell(Turned())
        st.rerun()


def _show_hindrance(own: str, part: str, now: State, tell: Tell) -> None:
    """Show why the layer cannot become an area as it lies."""
    if isinstance(now, LooksSwapped):
        _offer_swap(part, tell)
    elif isinstance(now, Elsewhere):
        st.error(_say_elsewhere(now.fault))
        _show_elsewhere(part, now.at)
    elif isinstance(now, Unusable):
        show_fault(now.fault, key=f"{own}.felkarta")
    elif isinstance(now, Away):
        shapes = now.at.placed.geometries()
        area_made.show_away(shapes, key=f"{part}.borta", is_guessed=bool(now.at.layer.lands))


def _offer_swap(part: str, tell: Tell) -> None:
    st.warning(
        _(
            "Norr och öster ser ut att ha bytt plats i filen. Om de byter tillbaka hamnar det som "
            "är ritat i {municipality}. Inget byts om du inte vill."
        )
    )
    if st.button(_("Byt plats på norr och öster"), key=f"{part}.byt"):
        tell(Turned())
        st.rerun()


def _say_elsewhere(fault: Fault) -> str:
    # the list of systems above says already which of them lands here
    is_in_list = fault.code == "looks_projected" and fault.detail in {
        str(epsg) for epsg in area_files.systems()
    }
    return area_words.say_fault(fault.code, "" if is_in_list else fault.detail, fault.place)


def _show_elsewhere(part: str, at: Looked) -> None:
    """Show where the shapes lie in a system that does not fit, if they lie anywhere."""
    kept = at.layer.kept
    epsg = at.said.epsg or kept.epsg or kept.usual
    there = area_files.where(kept, epsg, swapped=at.said.swapped) if epsg else None
    if there is None:
        return
    show_map(
        sketch.choices(list(there), ()),
        key=f"{part}.annorstades",
        bounds=sketch.bounds_with_home(list(there)),
        height=MAP_HEIGHT,
        alt=_("Karta över kommunen och det som är ritat"),
        language=language(),
    )


def _say_changes(at: Shapes) -> None:
    """Say what of the layer was mended, and what of it has no place."""
    kept = at.layer.kept
    for line in area_words.say_mendings(at.placed.mendings, kept.labels):
        st.info(line, icon=":material/build:")
    if kept.placeless:
        st.info(area_words.say_placeless(kept.placeless), icon=":material/location_off:")


def _ask_parts(own: str, part: str, now: OfParts, tell: Tell) -> State:
    """Ask what the area is made of: the way, the distance, the parts."""
    ways = list(now.at.ways)
    if SURFACES not in ways:
        st.info(
            _(
                "Filen har inga ytor, bara linjer eller punkter. Du kan göra ett område av dem, "
                "eller exportera ytor (polygoner) och ladda upp filen igen."
            )
        )
    reached: State = now
    if ways != [SURFACES]:
        reached = tell(ModeChosen(_ask_mode(part, ways)))
    if isinstance(reached, OfParts) and reached.at.mode == AROUND:
        reached = tell(DistanceChosen(_ask_distance(part)))
    if isinstance(reached, OfParts):
        shapes, labels = _usable(reached.at)
        area_shapes.ask(own, shapes, labels, f"{part}.{reached.at.mode}")
    return reached


def _ask_mode(part: str, ways: list[Mode]) -> Mode:
    chosen: Mode | None = st.radio(
        _("Vad ska bli området?"),
        ways,
        format_func=lambda mode: _(MODES[mode]),
        key=f"{part}.satt",
    )
    return chosen or ways[0]


def _ask_distance(part: str) -> float:
    return float(
        st.number_input(
            _("Avstånd runt om, meter"),
            min_value=int(area_rule.BUFFER_MIN_M),
            max_value=int(area_rule.BUFFER_MAX_M),
            value=int(USUAL_M),
            step=10,
            key=f"{part}.avstand",
        )
    )


def _usable(at: Shapes) -> tuple[list[BaseGeometry], list[str]]:
    """Return the shapes that the area can be made of in the chosen way, and their names."""
    shapes, numbers = at.placed.geometries(), at.ways[at.mode]
    return [shapes[n] for n in numbers], [
        area_words.name_of(n, at.layer.kept.labels) for n in numbers
    ]


def _finished(part: str, now: State, filename: str) -> Made | None:
    """Give the area if it is ready; otherwise say what it lacks."""
    if isinstance(now, NoParts):
        st.markdown(_("Välj minst en del som området ska bestå av."))
    elif isinstance(now, Refused):
        shapes, _labels = _usable(now.at)
        drawn = [shapes[n] for n in now.at.parts]
        show_fault(now.fault, key=f"{part}.ytfel", drawn=sketch.choices(drawn, range(len(drawn))))
    if not isinstance(now, Ready):
        return None
    at = now.at
    _shapes, labels = _usable(at)
    for line in area_words.say_mendings(now.mendings, [labels[n] for n in at.parts]):
        st.info(line, icon=":material/build:")
    source = area_words.told_of_file(
        filename,
        layer_of(now) if len(at.file.layers) > 1 else None,
        len(at.parts),
        distance_m=at.distance_m,
    )
    return Made(shapely.from_wkb(now.area), source)
