"""An area from a file: which layer, which system, what was mended, which shapes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import shapely
import streamlit as st
from shapely.geometry.base import BaseGeometry

from data import rights
from data.planning import area_choice, area_files, file_words
from data.planning.area_files import AROUND, RINGS, SURFACES, Kept, Placed
from data.uploads.gis_faults import GisFileError
from geo import area_rule
from geo.areas import AreaError
from pages.planera import area_made, area_shapes, area_words
from pages.planera.area_made import Made, remembered, show_fault
from pages.planera.files import ENDINGS
from pages.shared.maps import sketch
from pages.shared.maps.show import show_map
from pages.shared.session import signed_in, state
from pages.shared.session.uploads import ask_file
from pages.shared.words.texts import N_, _, language

MAP_HEIGHT = 320
MODES = {
    SURFACES: N_("Ytorna i filen"),
    RINGS: N_("Slutna linjer, som fylls till ytor"),
    AROUND: N_("Linjer och punkter, med ett avstånd runt om"),
}
LANDINGS = {
    "hemma": N_("{system}: hamnar i {municipality} kommun"),
    "borta": N_("{system}: hamnar utanför kommunen"),
    "ingenstans": N_("{system}: går inte med de här koordinaterna"),
}
USUAL_M = 50
_ELSEWHERE = frozenset({"looks_projected", "told_projected", "elsewhere", "partly_elsewhere"})


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
    try:
        rights.check_planner(signed_in.staff())
        kept = _open(own, mark, content, upload.name)
        return _from_layer(f"{own}.{kept.layers.index(kept.layer)}", kept, upload.name)
    except rights.NotAllowedError as error:
        st.error(area_words.say_fault(error.code))
    except (GisFileError, AreaError) as error:
        show_fault(error, key=f"{own}.felkarta")
    return None


def _open(own: str, mark: str, content: bytes, filename: str) -> Kept:
    """Read the file, and ask for a layer if it has several."""
    first: Kept = remembered(
        f"{own}.forst", (mark,), lambda: area_files.open_file(content, filename)
    )
    if len(first.layers) == 1:
        return first
    chosen = st.selectbox(
        _("Lager i filen"),
        list(first.layers),
        index=first.layers.index(first.layer),
        key=f"{own}.lager",
    )
    if chosen in (None, first.layer):
        return first
    other: Kept = remembered(
        f"{own}.last", (mark, chosen), lambda: area_files.open_file(content, filename, chosen)
    )
    return other


def _from_layer(own: str, kept: Kept, filename: str) -> Made | None:
    epsg = None
    if _needs_system(own, kept):
        epsg = _ask_system(own, kept)
        if epsg is None:
            return None
    placed = _placed(own, kept, epsg)
    if placed is None:
        return None
    shapes = placed.geometries()
    if area_choice.is_away(shapes):
        area_made.show_away(shapes, key=f"{own}.borta", is_guessed=epsg is not None)
        return None
    for line in area_words.say_mendings(placed.mendings, kept.labels):
        st.info(line, icon=":material/build:")
    if kept.placeless:
        st.info(area_words.say_placeless(kept.placeless), icon=":material/location_off:")
    return _from_shapes(own, kept, placed, shapes, filename)


def _needs_system(own: str, kept: Kept) -> bool:
    """Tell whether the person has to say the reference system."""
    if kept.epsg:
        return False
    usual = kept.usual
    if usual is None:
        return True
    return not remembered(f"{own}.passar", (), lambda: area_files.fits(kept, usual))


def _ask_system(own: str, kept: Kept) -> int | None:
    """Ask for the reference system, with what each would mean."""
    st.markdown(
        _(
            "Filen säger inte vilket referenssystem den har. Välj det och se på kartan att "
            "området hamnar rätt."
        )
    )
    lands = remembered(f"{own}.hamnar", (), lambda: _landings(kept))
    chosen: int | None = st.radio(
        _("Referenssystem"),
        list(file_words.system_names()),
        index=None,
        format_func=lambda code: _(LANDINGS[lands[code]]).format(
            system=_(file_words.system_names()[code])
        ),
        key=f"{own}.system",
    )
    return chosen


def _landings(kept: Kept) -> dict[int, str]:
    """Tell for each system where the shapes would lie."""
    found = {}
    for code in file_words.system_names():
        there = area_files.where(kept, code)
        if there is None:
            found[code] = "ingenstans"
        else:
            found[code] = "borta" if area_choice.is_away(list(there)) else "hemma"
    return found


def _placed(own: str, kept: Kept, epsg: int | None) -> Placed | None:
    """Place the shapes; offer to change north and east if they look to have changed places."""
    swapped = bool(state.get(f"{own}.bytt"))
    try:
        placed: Placed = remembered(
            f"{own}.placerad",
            (epsg, swapped),
            lambda: area_files.place(kept, epsg=epsg, swapped=swapped),
        )
    except GisFileError as error:
        if error.code == "looks_swapped":
            _offer_swap(own)
            return None
        if error.code in _ELSEWHERE:
            st.error(_say_elsewhere(error))
            _show_elsewhere(own, kept, epsg or kept.epsg or kept.usual, swapped=swapped)
            return None
        raise
    if swapped:
        st.info(_("Norr och öster har bytt plats, som du valde."), icon=":material/swap_horiz:")
        if st.button(_("Ångra bytet"), key=f"{own}.angra"):
            state.put(f"{own}.bytt", False)
            st.rerun()
    return placed


def _say_elsewhere(error: GisFileError) -> str:
    # the list of systems above says already which of them lands here
    is_in_list = error.code == "looks_projected" and error.detail in {
        str(epsg) for epsg in area_files.systems()
    }
    return area_words.say_fault(error.code, "" if is_in_list else error.detail, error.place)


def _offer_swap(own: str) -> None:
    st.warning(
        _(
            "Norr och öster ser ut att ha bytt plats i filen. Om de byter tillbaka hamnar det som "
            "är ritat i {municipality}. Inget byts om du inte vill."
        )
    )
    if st.button(_("Byt plats på norr och öster"), key=f"{own}.byt"):
        state.put(f"{own}.bytt", True)
        st.rerun()


def _show_elsewhere(own: str, kept: Kept, epsg: int | None, *, swapped: bool) -> None:
    """Show where the shapes lie in a system that does not fit, if they lie anywhere."""
    there = area_files.where(kept, epsg, swapped=swapped) if epsg else None
    if there is None:
        return
    show_map(
        sketch.choices(list(there), ()),
        key=f"{own}.annorstades",
        bounds=sketch.bounds_with_home(list(there)),
        height=MAP_HEIGHT,
        alt=_("Karta över kommunen och det som är ritat"),
        language=language(),
    )


def _from_shapes(
    own: str, kept: Kept, placed: Placed, shapes: Sequence[BaseGeometry], filename: str
) -> Made | None:
    known = area_files.modes(shapes)
    mode = _ask_mode(own, list(known))
    distance = _ask_distance(own) if mode == AROUND else None
    numbers = known[mode]
    labels = [area_words.name_of(n, kept.labels) for n in numbers]
    wanted = [shapes[n] for n in numbers]
    chosen = area_shapes.ask(f"{own}.{mode}", wanted, labels)
    if not chosen:
        st.markdown(_("Välj minst en del som området ska bestå av."))
        return None
    parts = [wanted[n] for n in chosen]
    try:
        made, mendings = remembered(
            f"{own}.omrade",
            (placed.epsg, state.get(f"{own}.bytt"), mode, distance, chosen),
            lambda: _plain(area_files.make(parts, mode, distance or 0.0)),
        )
    except AreaError as error:
        show_fault(error, key=f"{own}.ytfel", drawn=sketch.choices(parts, range(len(parts))))
        return None
    for line in area_words.say_mendings(mendings, [labels[n] for n in chosen]):
        st.info(line, icon=":material/build:")
    source = area_words.told_of_file(
        filename,
        kept.layer if len(kept.layers) > 1 else None,
        len(parts),
        distance_m=distance,
    )
    return Made(shapely.from_wkb(made), source)


def _plain(made: tuple[shapely.MultiPolygon, list[area_files.Mending]]) -> tuple[bytes, tuple]:  # type: ignore[type-arg]
    area, mendings = made
    return shapely.to_wkb(area), tuple(mendings)


def _ask_mode(own: str, known: list[str]) -> str:
    """Ask what the area is made of, if the file leaves a choice."""
    if SURFACES not in known:
        st.info(
            _(
                "Filen har inga ytor, bara linjer eller punkter. Du kan göra ett område av dem, "
                "eller exportera ytor (polygoner) och ladda upp filen igen."
            )
        )
    if known == [SURFACES]:
        return SURFACES
    chosen = st.radio(
        _("Vad ska bli området?"),
        known,
        format_func=lambda mode: _(MODES[mode]),
        key=f"{own}.satt",
    )
    return str(chosen or known[0])


def _ask_distance(own: str) -> float:
    return float(
        st.number_input(
            _("Avstånd runt om, meter"),
            min_value=int(area_rule.BUFFER_MIN_M),
            max_value=int(area_rule.BUFFER_MAX_M),
            value=USUAL_M,
            step=10,
            key=f"{own}.avstand",
        )
    )
