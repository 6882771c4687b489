"""What an official may change about how far a decision reaches: checked and logged."""

from __future__ import annotations

import json

import pytest
import shapely

from data import rights
from data.affected import affected
from data.decisions import decisions
from data.geodata import layers
from data.models import Staff, ZoneKind
from data.planning import reach_edit
from data.staff import staff_log
from geo.areas import AreaError
from tests.conftest import NOON, SQUARE

PLANNER = Staff("Planerare", frozenset({"planner"}))
NEAR_TOWN = SQUARE.buffer(500)
PUPILS = {"name": "Elever", "persons": 240, "reason": "De går i skolan", "source": "Skolan"}

ACTS = {
    "set_bands": lambda who, on: reach_edit.set_bands(
        who, on, (100, 200, 300), decay_m=None, at=NOON
    ),
    "add_zone": lambda who, on: reach_edit.add_zone(
        who, on, ZoneKind.NEAR, "55 dBA", [NEAR_TOWN], at=NOON
    ),
    "add_group": lambda who, on: reach_edit.add_away(who, on, **PUPILS, at=NOON),
}


def _now():
    found = decisions.get("lekplats")
    assert found is not None
    return found


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    "actor", [None, Staff("Granskare", frozenset({"reviewer"}))], ids=["nobody", "reviewer"]
)
def test_only_planners_change_the_reach(decision, actor, act):
    with pytest.raises(rights.NotAllowedError):
        ACTS[act](actor, decision)
    assert _now() == decision


@pytest.mark.parametrize("act", ACTS)
def test_each_change_is_a_new_version_and_logged_whole(decision, act):
    ACTS[act](PLANNER, decision)
    assert _now().version == decision.version + 1
    (done,) = staff_log.of(PLANNER, decision.id)
    assert (done.actor, done.act, done.at) == ("Planerare", act, NOON)
    assert json.loads(done.was) == json.loads(reach_edit.described(decision))
    assert json.loads(done.became) == json.loads(reach_edit.described(_now()))
    assert done.was != done.became


@pytest.mark.parametrize("act", ACTS)
def test_who_saves_second_is_told_and_overwrites_nothing(decision, act):
    reach_edit.set_bands(PLANNER, decision, (50, 60, 70), decay_m=None, at=NOON)
    with pytest.raises(reach_edit.ReachError) as caught:
        ACTS[act](PLANNER, decision)
    assert caught.value.code == "changed_meanwhile"
    assert _now().far_m == 70
    assert len(staff_log.of(PLANNER, decision.id)) == 1


def test_the_figures_follow_the_bands_at_once(decision):
    before = affected.summary(decision).within
    reach_edit.set_bands(PLANNER, decision, (500, 1500, 4000), decay_m=None, at=NOON)
    assert affected.summary(_now()).within > before
    reach_edit.set_bands(PLANNER, _now(), None, decay_m=None, at=NOON)
    assert affected.summary(_now()).everyone


def test_decay_weighs_the_same_people_otherwise(decision):
    steps = affected.summary(decision)
    reach_edit.set_bands(PLANNER, decision, (200, 300, 1000), decay_m=400.0, at=NOON)
    smooth = affected.summary(_now())
    assert smooth.within == steps.within
    assert smooth.affected != steps.affected


@pytest.mark.parametrize(
    ("bands", "decay", "code"),
    [
        ((300, 200, 100), None, "bad_bands"),
        ((-1, 200, 300), None, "bad_bands"),
        ((0, 0, 0), None, "bad_bands"),
        ((1, 2, float("nan")), None, "bad_bands"),
        ((1, 2, 70_000), None, "bad_bands"),
        ((1, 2, 3), 0.0, "bad_decay"),
        ((1, 2, 3), float("inf"), "bad_decay"),
    ],
)
def test_distances_that_make_no_sense_are_refused(decision, bands, decay, code):
    with pytest.raises(reach_edit.ReachError) as caught:
        reach_edit.set_bands(PLANNER, decision, bands, decay_m=decay, at=NOON)
    assert caught.value.code == code
    assert _now() == decision


def test_zones_are_kept_with_their_names_and_taken_away(decision):
    ACTS["add_zone"](PLANNER, decision)
    reach_edit.add_zone(PLANNER, _now(), ZoneKind.CATCHMENT, "Skolans område", [NEAR_TOWN], at=NOON)
    assert [(zone.kind, zone.name) for zone in _now().zones] == [
        (ZoneKind.NEAR, "55 dBA"),
        (ZoneKind.CATCHMENT, "Skolans område"),
    ]
    assert shapely.equals(_now().zones[0].area, NEAR_TOWN)
    reach_edit.remove_zone(PLANNER, _now(), 0, at=NOON)
    assert [zone.name for zone in _now().zones] == ["Skolans område"]
    with pytest.raises(reach_edit.ReachError):
        reach_edit.remove_zone(PLANNER, _now(), 1, at=NOON)


def test_a_zone_that_crosses_itself_is_refused_with_its_place(decision):
    west, south, _east, _north = SQUARE.bounds
    bow_tie = shapely.Polygon(
        [(west, south), (west + 90, south + 90), (west + 90, south), (west, south + 90)]
    )
    with pytest.raises(AreaError) as caught:
        reach_edit.add_zone(PLANNER, decision, ZoneKind.NEAR, "Zon", [bow_tie], at=NOON)
    assert caught.value.code == "invalid_ring"
    lon, lat = caught.value.place
    assert layers.locator().codes(lon, lat) is not None
    assert _now() == decision


@pytest.mark.parametrize(
    ("name", "shape", "code"),
    [
        (" ", NEAR_TOWN, "name_missing"),
        ("x" * 101, NEAR_TOWN, "too_long"),
        ("Zon", shapely.box(0, 0, 10, 10), "outside"),
    ],
)
def test_a_zone_that_says_nothing_is_refused(decision, name, shape, code):
    with pytest.raises(reach_edit.ReachError) as caught:
        reach_edit.add_zone(PLANNER, decision, ZoneKind.FAR, name, [shape], at=NOON)
    assert caught.value.code == code


def test_groups_who_do_not_live_there_are_a_list_with_reason_and_source(decision):
    ACTS["add_group"](PLANNER, decision)
    (group,) = _now().away
    assert (group.name, group.persons, group.reason, group.source) == tuple(PUPILS.values())
    reach_edit.remove_away(PLANNER, _now(), "Elever", at=NOON)
    assert _now().away == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": ""}, "name_missing"),
        ({"reason": ""}, "name_missing"),
        ({"source": " "}, "name_missing"),
        ({"persons": 0}, "bad_number"),
        ({"persons": 100_001}, "bad_number"),
        ({"reason": "x" * 301}, "too_long"),
    ],
)
def test_a_group_without_name_reason_or_source_is_refused(decision, changes, code):
    with pytest.raises(reach_edit.ReachError) as caught:
        reach_edit.add_away(PLANNER, decision, **(PUPILS | changes), at=NOON)
    assert caught.value.code == code
    assert _now().away == ()


def test_two_groups_never_have_the_same_name(decision):
    ACTS["add_group"](PLANNER, decision)
    with pytest.raises(reach_edit.ReachError) as caught:
        ACTS["add_group"](PLANNER, _now())
    assert caught.value.code == "same_name"
