"""How far an area from a file has come: each step by value, and no way to an impossible state."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as some

from data.planning import area_from_file as machine
from data.planning.area_files import AROUND, RINGS, SURFACES, Kept, Placed
from data.planning.area_from_file import (
    CHOSEN_MAX,
    Again,
    AskingSystem,
    Away,
    DistanceChosen,
    Elsewhere,
    Failed,
    Fault,
    File,
    Layer,
    LayerChosen,
    Looked,
    LooksSwapped,
    Making,
    ModeChosen,
    NoParts,
    PartsChosen,
    Placing,
    Reading,
    Ready,
    Refused,
    Said,
    Shapes,
    SystemChosen,
    Turned,
    Unreadable,
    Unusable,
    WasMade,
    WasPlaced,
    WasRead,
    next_state,
)
from data.uploads.gis_faults import PASSING

STATES = set(get_args(machine.State))
LANDS = {3006: "hemma", 3009: "borta", 4326: "ingenstans"}
NAMES = ("ytor", "vagar")


def _layer(name: str = "ytor", *, told: bool = True) -> Layer:
    kept = Kept((b"shape",), ("",), name, NAMES, 3006 if told else None, None, ())
    return Layer(kept, {} if told else LANDS)


PLACED = Placed((b"shape",) * 3, 3006, ())
FIRST, OTHER = _layer(), _layer("vagar")
FILE = File(FIRST)
AT = Looked(FILE, FIRST, Said())
UNTOLD = _layer(told=False)
ASKING = AskingSystem(Looked(File(UNTOLD), UNTOLD, Said()))
TWO = {SURFACES: (0, 1), AROUND: (2,)}
SHAPES = Shapes(FILE, FIRST, Said(), PLACED, TWO)
MADE = Ready(SHAPES, b"area", ())
BROKEN = Fault("not_readable")


def _said(state, **words):
    """Return a state with other words said of its layer."""
    return replace(state.at, said=replace(state.at.said, **words))


STEPS = [
    # the layer
    (Reading(), WasRead(FIRST), Placing(AT)),
    (Reading(), WasRead(UNTOLD), ASKING),
    (Reading(), Failed(BROKEN), Unreadable(File(), None, BROKEN)),
    (Reading(FILE, "vagar"), WasRead(OTHER), Placing(Looked(FILE, OTHER, Said()))),
    (Reading(FILE, "vagar"), Failed(BROKEN), Unreadable(FILE, "vagar", BROKEN)),
    (Unreadable(FILE, "vagar", BROKEN), LayerChosen("ytor"), Placing(AT)),
    (Unreadable(FILE, "vagar", Fault("busy")), Again(), Reading(FILE, "vagar")),
    (Unreadable(FILE, "vagar", BROKEN), Again(), Unreadable(FILE, "vagar", BROKEN)),
    (MADE, LayerChosen("vagar"), Reading(File(FIRST, {"ytor": Said()}), "vagar")),
    (MADE, LayerChosen("ytor"), MADE),
    (MADE, LayerChosen("hus"), MADE),
    # the system
    (ASKING, SystemChosen(3009), Placing(_said(ASKING, epsg=3009))),
    (ASKING, SystemChosen(None), ASKING),
    (ASKING, SystemChosen(9999), ASKING),
    (Elsewhere(_said(ASKING, epsg=3009), BROKEN), SystemChosen(None), ASKING),
    (
        Elsewhere(_said(ASKING, epsg=3009), BROKEN),
        SystemChosen(3006),
        Placing(_said(ASKING, epsg=3006)),
    ),
    (MADE, SystemChosen(3006), MADE),
    # where it lies
    (Placing(AT), WasPlaced(PLACED, TWO, is_away=False), Making(SHAPES)),
    (Placing(AT), WasPlaced(PLACED, TWO, is_away=True), Away(SHAPES)),
    (Placing(AT), Failed(Fault("looks_swapped")), LooksSwapped(AT)),
    (
        Placing(AT),
        Failed(Fault("elsewhere", "", (9.0, 59.0))),
        Elsewhere(AT, Fault("elsewhere", "", (9.0, 59.0))),
    ),
    (Placing(AT), Failed(Fault("looks_projected")), Elsewhere(AT, Fault("looks_projected"))),
    (Placing(AT), Failed(Fault("invalid_ring")), Unusable(AT, Fault("invalid_ring"))),
    (LooksSwapped(AT), Turned(), Placing(replace(AT, said=Said(swapped=True)))),
    (Ready(_said(MADE, swapped=True), b"area", ()), Turned(), Placing(AT)),
    (Unusable(AT, BROKEN), Turned(), Unusable(AT, BROKEN)),
    (MADE, Turned(), MADE),
    (ASKING, Turned(), ASKING),
    # what it is made of
    (MADE, ModeChosen(AROUND), Making(_said(MADE, mode=AROUND))),
    (MADE, ModeChosen(SURFACES), MADE),
    (MADE, ModeChosen(RINGS), MADE),
    (MADE, ModeChosen("hus"), MADE),
    (MADE, DistanceChosen(80.0), MADE),
    (
        Making(_said(MADE, mode=AROUND)),
        DistanceChosen(80.0),
        Making(_said(MADE, mode=AROUND, distance_m=80.0)),
    ),
    (MADE, PartsChosen((1,)), Making(_said(MADE, parts={SURFACES: (1,)}))),
    (MADE, PartsChosen((1, 0)), MADE),
    (MADE, PartsChosen((7,)), NoParts(_said(MADE, parts={SURFACES: ()}))),
    (
        NoParts(_said(MADE, parts={SURFACES: ()})),
        PartsChosen((0, 1)),
        Making(_said(MADE, parts={SURFACES: (0, 1)})),
    ),
    (Away(SHAPES), PartsChosen((1,)), Away(SHAPES)),
    # the area
    (Making(SHAPES), WasMade(b"area"), MADE),
    (
        Making(SHAPES),
        Failed(Fault("too_many_vertices")),
        Refused(SHAPES, Fault("too_many_vertices")),
    ),
    (Refused(SHAPES, BROKEN), PartsChosen((1,)), Making(_said(MADE, parts={SURFACES: (1,)}))),
    # work that nobody waits for
    (MADE, WasMade(b"other"), MADE),
    (MADE, Failed(BROKEN), MADE),
    (Placing(AT), WasMade(b"area"), Placing(AT)),
    (Reading(), SystemChosen(3006), Reading()),
]


@pytest.mark.parametrize(("state", "event", "after"), STEPS)
def test_a_step_leads_where_it_says(state, event, after):
    assert next_state(state, event) == after


def test_every_state_and_every_event_has_a_step():
    events = {*get_args(machine.Outcome), *get_args(machine.Answer)}
    assert {type(event) for _state, event, _after in STEPS} == events
    assert {type(state) for state, _event, _after in STEPS} == STATES
    assert {type(after) for _state, _event, after in STEPS} == STATES


def test_many_parts_are_not_chosen_from_the_start():
    few, many = ({SURFACES: tuple(range(n))} for n in (CHOSEN_MAX, CHOSEN_MAX + 1))
    assert isinstance(next_state(Placing(AT), WasPlaced(PLACED, few, is_away=False)), Making)
    assert isinstance(next_state(Placing(AT), WasPlaced(PLACED, many, is_away=False)), NoParts)


def test_the_only_part_cannot_be_left_out():
    alone = Ready(replace(SHAPES, ways={SURFACES: (0,)}), b"area", ())
    assert next_state(alone, PartsChosen(())) == alone


def test_what_was_said_of_a_layer_is_known_when_it_is_looked_at_again():
    turned = Ready(_said(MADE, swapped=True, parts={SURFACES: (1,)}), b"area", ())
    away = next_state(next_state(turned, LayerChosen("vagar")), Failed(BROKEN))
    back = next_state(away, LayerChosen("ytor"))
    assert back.at.said == Said(swapped=True, parts={SURFACES: (1,)})
    assert isinstance(back, Placing), "the first layer is not read again"


_FAULTS = some.sampled_from(
    [*PASSING, "looks_swapped", "elsewhere", "invalid_ring", "too_many_vertices", "not_readable"]
).map(Fault)
_WAYS = some.dictionaries(
    some.sampled_from([SURFACES, RINGS, AROUND]),
    some.integers(1, CHOSEN_MAX + 2).map(lambda n: tuple(range(n))),
    min_size=1,
)
_EVENTS = some.one_of(
    some.builds(WasRead, some.builds(_layer, some.sampled_from(NAMES), told=some.booleans())),
    some.builds(WasPlaced, some.just(PLACED), _WAYS, some.booleans()),
    some.builds(WasMade, some.binary(min_size=1, max_size=2)),
    some.builds(Failed, _FAULTS),
    some.just(Again()),
    some.builds(LayerChosen, some.sampled_from([*NAMES, "hus"])),
    some.builds(SystemChosen, some.sampled_from([None, *LANDS, 9999])),
    some.just(Turned()),
    some.builds(ModeChosen, some.sampled_from([SURFACES, RINGS, AROUND, "hus"])),
    some.builds(DistanceChosen, some.floats(1, 2_000)),
    some.builds(PartsChosen, some.lists(some.integers(-1, CHOSEN_MAX + 3)).map(tuple)),
)


def _check_layer(state) -> None:
    at = state.at
    assert at.file.first is not None
    assert at.layer.kept.layer in at.file.layers
    is_asked = bool(at.layer.lands)
    assert at.said.epsg in ({None, *LANDS} if is_asked else {None})
    assert isinstance(state, AskingSystem) == (is_asked and at.said.epsg is None)


def _check_parts(state) -> None:
    at = state.at
    assert at.mode in at.ways
    assert set(at.parts) <= set(range(len(at.ways[at.mode])))
    assert list(at.parts) == sorted(set(at.parts))
    assert bool(at.parts) != isinstance(state, NoParts)
    assert (at.distance_m is not None) == (at.mode == AROUND)
    if isinstance(state, NoParts):
        assert len(at.ways[at.mode]) > 1, "there is something to choose"


@given(some.lists(_EVENTS, max_size=30))
def test_nothing_leads_to_an_impossible_state(events):
    state = Reading()
    for event in events:
        before, state = state, next_state(state, event)
        assert type(state) in STATES
        assert pickle.loads(pickle.dumps(state)) == state, "a session can hold it"
        if isinstance(state, Reading | Unreadable):
            assert state.name in {None, *state.file.layers}
            assert (state.name is None) == (state.file.first is None)
        else:
            _check_layer(state)
        if isinstance(state, NoParts | Making | Refused | Ready):
            _check_parts(state)
        if isinstance(event, get_args(machine.Answer)):
            assert next_state(state, event) == state or isinstance(event, Turned), (
                "to say the same again changes nothing"
            )
        if isinstance(event, Failed | WasRead | WasPlaced | WasMade):
            is_done = isinstance(before, machine.Work)
            assert is_done or state == before, "nobody waited for it"
