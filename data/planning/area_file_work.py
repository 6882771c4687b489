"""The work between two states of `data.planning.area_from_file`: reading, placing and making."""

from __future__ import annotations

import shapely

from data.planning import area_choice, area_files, file_words
from data.planning.area_files import Kept
from data.planning.area_from_file import (
    Failed,
    Fault,
    Landing,
    Layer,
    Looked,
    Outcome,
    Placing,
    Reading,
    Shapes,
    State,
    WasMade,
    WasPlaced,
    WasRead,
    Work,
    next_state,
)
from data.uploads.gis_faults import GisFileError
from geo.areas import AreaError


def settle(state: State, content: bytes, filename: str) -> State:
    """Do what a state waits for, until it is the planner's turn."""
    while isinstance(state, Work):
        state = next_state(state, _do(state, content, filename))
    return state


def _do(state: Work, content: bytes, filename: str) -> Outcome:
    try:
        if isinstance(state, Reading):
            kept = area_files.open_file(content, filename, state.name)
            return WasRead(Layer(kept, _landings(kept)))
        return _place(state.at) if isinstance(state, Placing) else _make(state.at)
    except (GisFileError, AreaError) as error:
        return Failed(Fault.of(error))


def _landings(kept: Kept) -> dict[int, Landing]:
    """Tell for each system where the layer would lie; empty when nobody has to say the system."""
    if kept.epsg or (kept.usual is not None and area_files.fits(kept, kept.usual)):
        return {}
    return {code: _landing(kept, code) for code in file_words.system_names()}


def _landing(kept: Kept, epsg: int) -> Landing:
    there = area_files.where(kept, epsg)
    if there is None:
        return "ingenstans"
    return "borta" if area_choice.is_away(list(there)) else "hemma"


def _place(at: Looked) -> WasPlaced:
    placed = area_files.place(at.layer.kept, epsg=at.said.epsg, swapped=at.said.swapped)
    shapes = placed.geometries()
    return WasPlaced(placed, area_files.modes(shapes), area_choice.is_away(shapes))


def _make(at: Shapes) -> WasMade:
    shapes = at.placed.geometries()
    numbers = at.ways[at.mode]
    parts = [shapes[numbers[n]] for n in at.parts]
    area, mendings = area_files.make(parts, at.mode, at.distance_m or 0.0)
    return WasMade(shapely.to_wkb(area), tuple(mendings))
