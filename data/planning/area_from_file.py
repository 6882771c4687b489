"""How far a planner has come with an area from a file: closed states, and what leads where.

Nothing is read, placed or drawn here. A state of `Work` waits for `data.planning.area_file_work`;
every other waits for the planner. A page tells what its fields say each time it is drawn, so an
event that says what is so already changes nothing, and one that means nothing in a state neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from data.planning.area_files import AROUND, Kept, Mending, Mode, Placed
from data.uploads.gis_faults import PASSING, GisFileCode, GisFileError
from geo.areas import AreaCode, AreaError

# where a file would lie in a reference system: in the municipality, beside it, nowhere on earth
Landing = Literal["hemma", "borta", "ingenstans"]
ELSEWHERE = frozenset({"looks_projected", "told_projected", "elsewhere", "partly_elsewhere"})
# so many parts are chosen from the start; of more, the planner says which
CHOSEN_MAX = 12
USUAL_M = 50.0


@dataclass(frozen=True)
class Fault:
    """What was wrong, as `GisFileError` and `AreaError` tell it."""

    code: GisFileCode | AreaCode
    detail: str = ""
    place: tuple[float, float] | None = None

    @classmethod
    def of(cls, error: GisFileError | AreaError) -> Fault:
        """Return the fault that an error tells of."""
        return cls(error.code, error.detail, error.place)


@dataclass(frozen=True)
class Layer:
    """A layer as it was read.

    `lands` tells for each system that can be chosen where the layer would lie; it is empty when the
    file itself tells its system.
    """

    kept: Kept
    lands: Mapping[int, Landing] = field(default_factory=dict)


@dataclass(frozen=True)
class Said:
    """What the planner has said of one layer."""

    epsg: int | None = None
    swapped: bool = False
    mode: Mode | None = None
    distance_m: float = USUAL_M
    # the numbers of the parts, among those that each mode can use
    parts: Mapping[Mode, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class File:
    """What holds whichever layer is looked at.

    `first` is the layer that was read without being asked for: going back to it reads nothing.
    `left` is what was said of layers that are not looked at now.
    """

    first: Layer | None = None
    left: Mapping[str, Said] = field(default_factory=dict)

    @property
    def layers(self) -> tuple[str, ...]:
        """The names of the layers; none before anything is read."""
        return self.first.kept.layers if self.first else ()


@dataclass(frozen=True)
class Looked:
    """The layer that is looked at, and what was said of it."""

    file: File
    layer: Layer
    said: Said


@dataclass(frozen=True)
class Shapes(Looked):
    """A layer that has its place; `ways` tells which shapes each mode can use, and is never empty.

    Parts are numbered among the shapes that the mode can use.
    """

    placed: Placed
    ways: Mapping[Mode, tuple[int, ...]]

    @property
    def mode(self) -> Mode:
        """What the area is made of."""
        chosen = self.said.mode
        if chosen is not None and chosen in self.ways:
            return chosen
        return next(iter(self.ways))

    @property
    def parts(self) -> tuple[int, ...]:
        """The parts that are chosen."""
        every = tuple(range(len(self.ways[self.mode])))
        if len(every) == 1:
            # there is no box to tick
            return every
        return self.said.parts.get(self.mode, every if len(every) <= CHOSEN_MAX else ())

    @property
    def distance_m(self) -> float | None:
        """How far the area reaches round the parts, if it is made so."""
        return self.said.distance_m if self.mode == AROUND else None


# ---- the states


@dataclass(frozen=True)
class Reading:
    """A layer is to be read; `name` None is the first one that holds anything."""

    file: File = File()
    name: str | None = None


@dataclass(frozen=True)
class Unreadable:
    """The layer cannot be read; another can be looked at, if there is one."""

    file: File
    name: str | None
    fault: Fault


@dataclass(frozen=True)
class AskingSystem:
    """Nobody has said yet in which system the coordinates are."""

    at: Looked


@dataclass(frozen=True)
class Placing:
    """The layer is to be placed in the system that it tells, or that was chosen."""

    at: Looked


@dataclass(frozen=True)
class LooksSwapped:
    """The layer would lie here if north and east changed places."""

    at: Looked


@dataclass(frozen=True)
class Elsewhere:
    """The coordinates do not fit the system, or lie in another place."""

    at: Looked
    fault: Fault


@dataclass(frozen=True)
class Unusable:
    """The layer cannot be placed or mended."""

    at: Looked
    fault: Fault


@dataclass(frozen=True)
class Away:
    """No shape meets the municipality."""

    at: Shapes


@dataclass(frozen=True)
class NoParts:
    """No part is chosen."""

    at: Shapes


@dataclass(frozen=True)
class Making:
    """The area is to be made of the parts that are chosen."""

    at: Shapes


@dataclass(frozen=True)
class Refused:
    """The parts make no area that a proposal may have."""

    at: Shapes
    fault: Fault


@dataclass(frozen=True)
class Ready:
    """The area (EPSG:3006, WKB) to look at and use, and what was mended to make it."""

    at: Shapes
    area: bytes
    mendings: tuple[Mending, ...]


OfParts = NoParts | Making | Refused | Ready
OfLayer = AskingSystem | Placing | LooksSwapped | Elsewhere | Unusable | Away | OfParts
State = Reading | Unreadable | OfLayer
Work = Reading | Placing | Making


# ---- what work gave


@dataclass(frozen=True)
class WasRead:
    """The layer was read."""

    layer: Layer


@dataclass(frozen=True)
class WasPlaced:
    """The layer was placed; `ways` as in the states, `is_away` that it meets nothing of ours."""

    placed: Placed
    ways: Mapping[Mode, tuple[int, ...]]
    is_away: bool


@dataclass(frozen=True)
class WasMade:
    """The area was made."""

    area: bytes
    mendings: tuple[Mending, ...] = ()


@dataclass(frozen=True)
class Failed:
    """The work could not be done."""

    fault: Fault


Outcome = WasRead | WasPlaced | WasMade | Failed


# ---- what the planner says


@dataclass(frozen=True)
class Again:
    """What failed for a reason that passes is tried again."""


@dataclass(frozen=True)
class LayerChosen:
    """Another layer is to be looked at."""

    name: str


@dataclass(frozen=True)
class SystemChosen:
    """The coordinates are in this system; None takes the answer back."""

    epsg: int | None


@dataclass(frozen=True)
class Turned:
    """North and east change places, or change back."""


@dataclass(frozen=True)
class ModeChosen:
    """The area is made in this way."""

    mode: str


@dataclass(frozen=True)
class DistanceChosen:
    """The area reaches so far round the parts."""

    metres: float


@dataclass(frozen=True)
class PartsChosen:
    """Exactly these parts are chosen."""

    parts: tuple[int, ...]


Answer = Again | LayerChosen | SystemChosen | Turned | ModeChosen | DistanceChosen | PartsChosen
Event = Outcome | Answer


def next_state(state: State, event: Event) -> State:
    """Return the state that an event leads to: the same one if it means nothing there."""
    if isinstance(event, WasRead | WasPlaced | WasMade | Failed):
        return _after_work(state, event)
    if isinstance(event, Again):
        return _again(state)
    if isinstance(event, LayerChosen):
        return _look_at(state, event.name)
    if isinstance(state, Reading | Unreadable):
        return state
    if isinstance(event, SystemChosen):
        return _in_system(state, event.epsg)
    if isinstance(event, Turned):
        return _turned(state)
    return _of_other_parts(state, event) if isinstance(state, OfParts) else state


def layer_of(state: State) -> str | None:
    """Return the name of the layer that is looked at; None before any is read."""
    return state.name if isinstance(state, Reading | Unreadable) else state.at.layer.kept.layer


def file_of(state: State) -> File:
    """Return what holds whichever layer is looked at."""
    return state.file if isinstance(state, Reading | Unreadable) else state.at.file


def _after_work(state: State, event: Outcome) -> State:
    if isinstance(event, Failed):
        return _failed(state, event.fault)
    if isinstance(state, Reading) and isinstance(event, WasRead):
        return _read(state, event.layer)
    if isinstance(state, Placing) and isinstance(event, WasPlaced):
        at = state.at
        shapes = Shapes(at.file, at.layer, at.said, event.placed, event.ways)
        return Away(shapes) if event.is_away else _with_parts(shapes)
    if isinstance(state, Making) and isinstance(event, WasMade):
        return Ready(state.at, event.area, event.mendings)
    return state


def _failed(state: State, fault: Fault) -> State:
    if isinstance(state, Reading):
        return Unreadable(state.file, state.name, fault)
    if isinstance(state, Making):
        return Refused(state.at, fault)
    if not isinstance(state, Placing):
        return state
    if fault.code == "looks_swapped":
        return LooksSwapped(state.at)
    return (Elsewhere if fault.code in ELSEWHERE else Unusable)(state.at, fault)


def _read(state: Reading, layer: Layer) -> State:
    file = state.file if state.file.first else replace(state.file, first=layer)
    # the field of the system is empty when a layer is looked at anew
    said = replace(file.left.get(layer.kept.layer, Said()), epsg=None)
    return (AskingSystem if layer.lands else Placing)(Looked(file, layer, said))


def _again(state: State) -> State:
    if isinstance(state, Unreadable) and state.fault.code in PASSING:
        return Reading(state.file, state.name)
    return state


def _look_at(state: State, name: str) -> State:
    file = file_of(state)
    if name not in file.layers or name == layer_of(state):
        return state
    if not isinstance(state, Reading | Unreadable):
        file = replace(file, left={**file.left, state.at.layer.kept.layer: state.at.said})
    reading = Reading(file, name)
    if file.first is not None and file.first.kept.layer == name:
        return _read(reading, file.first)
    return reading


def _in_system(state: OfLayer, epsg: int | None) -> State:
    at = state.at
    if epsg == at.said.epsg or epsg not in {None, *at.layer.lands}:
        return state
    anew = Looked(at.file, at.layer, replace(at.said, epsg=epsg))
    return AskingSystem(anew) if epsg is None else Placing(anew)


def _turned(state: OfLayer) -> State:
    at = state.at
    # nobody turns a layer that does not ask for it; what was turned can be turned back
    if isinstance(state, AskingSystem) or not (isinstance(state, LooksSwapped) or at.said.swapped):
        return state
    return Placing(Looked(at.file, at.layer, replace(at.said, swapped=not at.said.swapped)))


def _of_other_parts(state: OfParts, event: ModeChosen | DistanceChosen | PartsChosen) -> State:
    said = _said_of_parts(state.at, event)
    return state if said == state.at.said else _with_parts(replace(state.at, said=said))


def _said_of_parts(at: Shapes, event: ModeChosen | DistanceChosen | PartsChosen) -> Said:
    said, mode = at.said, at.mode
    if isinstance(event, ModeChosen):
        chosen = next((one for one in at.ways if one == event.mode), mode)
        return said if chosen == mode else replace(said, mode=chosen)
    if isinstance(event, DistanceChosen):
        return replace(said, distance_m=event.metres) if mode == AROUND else said
    parts = tuple(sorted(set(event.parts) & set(range(len(at.ways[mode])))))
    if parts == at.parts or len(at.ways[mode]) == 1:
        return said
    return replace(said, parts={**said.parts, mode: parts})


def _with_parts(at: Shapes) -> State:
    return Making(at) if at.parts else NoParts(at)
