"""How far a decision reaches: kept, counted, drawn, and over land where crossings are known."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import box
from shapely.geometry import MultiPolygon

from data import settings, store
from data.affected import affected, exact_participation, participation
from data.comments import results, submissions
from data.decisions import decisions, impact_zones
from data.geodata import cells, demography, layers, shipped
from data.models import AwayGroup, Decision, Zone, ZoneKind
from data.review import review
from geo import barriers, crs, impact
from geo.locate import Locator
from tests.conftest import NOON, SQUARE, make_comment, make_decision, make_submission
from tests.store_kit import forget_answers, tell_changed

WIDE = {"near_m": 300.0, "middle_m": 600.0, "far_m": 1200.0}
# on the shore of the lake, so that many live on the other side of the water
SHORE = MultiPolygon([box(473_000, 6_576_000, 473_200, 6_576_200)])
# ground with people, more than the outer band away from the area
SCHOOL_GROUND = MultiPolygon([box(474_800, 6_576_800, 475_600, 6_577_600)])
PUPILS = AwayGroup("Elever", 240, "De går i skolan", "Skolan, läsåret 2026/27")
BUS = AwayGroup("Resenärer", None, "Hållplatsen flyttas", "Länstrafiken")


def _around(metres: float) -> MultiPolygon:
    return MultiPolygon([shapely.buffer(SQUARE, metres)])


def _contours(*metres: float) -> tuple[Zone, ...]:
    kinds = (ZoneKind.NEAR, ZoneKind.MIDDLE, ZoneKind.FAR)
    return tuple(
        Zone(kind, f"{kind.value} dB", _around(m))
        for kind, m in zip(kinds, metres, strict=len(metres) == 3)
    )


CATCHMENT = Zone(ZoneKind.CATCHMENT, "Upptagningsområde", SCHOOL_GROUND)


def _stored(decision: Decision) -> Decision:
    found = decisions.get(decision.id)
    assert found is not None
    return found


def _set_reach(decision: Decision) -> bool:
    with store.transaction() as cursor:
        done = decisions.set_reach(cursor, decision)
    tell_changed(decisions.DECISIONS)
    return done


# kept with the decision


def test_decay_zones_and_groups_away_survive_a_restart(file_store):
    made = make_decision(
        decay_m=250.0, zones=(*_contours(100, 200, 400), CATCHMENT), away=(PUPILS, BUS)
    )
    decisions.add(made, number=1)
    store.close_store()
    store.open_store(file_store)
    found = _stored(made)
    assert found == made
    assert [zone.name for zone in found.zones] == [zone.name for zone in made.zones]
    assert found.zones[-1].area.equals(SCHOOL_GROUND)
    assert found.away[1].persons is None


def test_zones_and_groups_stay_with_their_own_decision(empty_store):
    decisions.add(make_decision(zones=(CATCHMENT,), away=(PUPILS,)), number=1)
    decisions.add(make_decision(id="annat"), number=2)
    other = decisions.get("annat")
    assert other is not None
    assert (other.zones, other.away) == ((), ())


def test_a_changed_reach_is_stored_under_a_new_version(decision):
    before = _stored(decision)
    changed = dataclasses.replace(
        before,
        near_m=50.0,
        middle_m=75.0,
        far_m=90.0,
        decay_m=40.0,
        zones=(CATCHMENT,),
        away=(BUS,),
    )
    assert _set_reach(changed)
    assert _stored(decision) == dataclasses.replace(changed, version=before.version + 1)


def test_zones_and_groups_are_replaced_not_added_to(empty_store):
    made = make_decision(zones=_contours(100, 200, 400), away=(PUPILS,))
    decisions.add(made, number=1)
    assert _set_reach(dataclasses.replace(made, zones=(CATCHMENT,), away=()))
    found = _stored(made)
    assert found.zones == (CATCHMENT,)
    assert found.away == ()


def test_a_decision_can_be_made_to_concern_everyone(decision):
    everyone = dataclasses.replace(decision, near_m=None, middle_m=None, far_m=None)
    assert _set_reach(everyone)
    assert affected.summary(_stored(decision)).everyone


@pytest.mark.parametrize("version", [0, 2, 99])
def test_who_saves_second_changes_nothing(empty_store, version):
    made = make_decision(decay_m=250.0, zones=(CATCHMENT,), away=(PUPILS,))
    decisions.add(made, number=1)
    late = dataclasses.replace(
        made, version=version, near_m=1.0, middle_m=2.0, far_m=3.0, decay_m=None, zones=(), away=()
    )
    assert not _set_reach(late)
    assert _stored(made) == made


def test_an_unknown_decision_has_no_reach_to_set(empty_store):
    assert not _set_reach(make_decision(id="finns-inte", zones=(CATCHMENT,)))
    with store.cursor() as cursor:
        assert cursor.execute("SELECT count(*) FROM decision_zones").fetchone() == (0,)


# bands, decay, contours


def test_bands_come_with_the_decay():
    assert impact_zones.bands_of(make_decision()) == impact.Bands(200, 300, 1000)
    assert impact_zones.bands_of(make_decision(decay_m=250.0)) == impact.Bands(
        200, 300, 1000, decay_m=250
    )


@pytest.mark.parametrize("missing", ["near_m", "middle_m", "far_m"])
def test_without_all_three_distances_everyone_is_concerned(missing):
    assert impact_zones.bands_of(make_decision(**{missing: None})) is None


def test_contours_stand_in_the_place_of_bands():
    found = impact_zones.bands_of(make_decision(zones=_contours(100, 200, 400)))
    assert isinstance(found, impact.Contours)
    for zone, metres in zip(found.zones, (100, 200, 400), strict=True):
        assert zone.equals(_around(metres))


def test_a_contour_of_one_level_is_enough():
    found = impact_zones.bands_of(make_decision(zones=_contours(100)))
    assert isinstance(found, impact.Contours)
    assert found.middle.is_empty
    assert found.far.is_empty


def test_contours_of_the_same_level_are_joined():
    west, east = (MultiPolygon([box(x, 0, x + 10, 10)]) for x in (0, 20))
    zones = (Zone(ZoneKind.NEAR, "väst", west), Zone(ZoneKind.NEAR, "öst", east))
    found = impact_zones.zone_of(make_decision(zones=zones), ZoneKind.NEAR)
    assert isinstance(found, MultiPolygon)
    assert found.area == 200
    assert impact_zones.zone_of(make_decision(zones=zones), ZoneKind.FAR).is_empty


def test_a_catchment_alone_leaves_the_bands():
    made = make_decision(zones=(CATCHMENT,))
    assert not impact_zones.has_contours(made)
    assert impact_zones.bands_of(made) == impact.Bands(200, 300, 1000)


def test_people_in_a_catchment_count_as_far_and_nobody_twice():
    without = affected.for_decision(make_decision(), layers.DESO)
    with_it = affected.for_decision(make_decision(zones=(CATCHMENT,)), layers.DESO)
    squares = cells.frame()
    centres = squares.centroid
    caught = centres.intersects(SCHOOL_GROUND) & (centres.distance(SQUARE) > 1000)
    added = squares.loc[caught, "people"].sum()
    assert added > 50
    assert with_it["within"].sum() - without["within"].sum() == pytest.approx(added)
    assert with_it["far"].sum() - without["far"].sum() == pytest.approx(added)
    for name in ("inside", "near", "middle"):
        assert with_it[name].sum() == pytest.approx(without[name].sum())
    everywhere = Zone(ZoneKind.CATCHMENT, "Hela kommunen", _around(60_000))
    whole = affected.for_decision(make_decision(zones=(everywhere,)), layers.DESO)
    assert whole["within"].sum() == pytest.approx(squares["people"].sum())


def test_a_catchment_that_is_near_already_adds_nobody():
    inside = Zone(ZoneKind.CATCHMENT, "Kvarteret", _around(150))
    pd.testing.assert_frame_equal(
        affected.groups(make_decision(zones=(inside,)), layers.DESO),
        affected.groups(make_decision(), layers.DESO),
    )


def test_contours_replace_distance():
    west = MultiPolygon([box(470_000, 6_570_000, 473_000, 6_580_000)])
    zone = Zone(ZoneKind.MIDDLE, "55 dB", west)
    found = affected.for_decision(make_decision(zones=(zone,)), layers.DESO)
    squares = cells.frame()
    centres = squares.centroid
    inside = centres.intersects(SQUARE)
    held = centres.intersects(west) & ~inside
    assert found["inside"].sum() == pytest.approx(squares.loc[inside, "people"].sum())
    assert found["middle"].sum() == pytest.approx(squares.loc[held, "people"].sum())
    assert found["near"].sum() == found["far"].sum() == 0
    # the distances that a contour stands in for do not matter any more
    wider = affected.for_decision(make_decision(zones=(zone,), **WIDE), layers.DESO)
    assert wider["within"].sum() == pytest.approx(found["within"].sum())


def test_with_a_decay_the_same_people_weigh_less_the_farther_away():
    steps = affected.for_decision(make_decision(), layers.DESO)
    smooth = affected.for_decision(make_decision(decay_m=200.0), layers.DESO)
    slow = affected.for_decision(make_decision(decay_m=2000.0), layers.DESO)
    assert smooth["within"].sum() == pytest.approx(steps["within"].sum())
    assert smooth["affected"].sum() < slow["affected"].sum() < slow["within"].sum()


# groups


REACHES = {
    "bands": {},
    "decay": {"decay_m": 250.0},
    "catchment": {"zones": (CATCHMENT,)},
    "contours": {"zones": _contours(100, 200, 400)},
    "everyone": {"near_m": None, "middle_m": None, "far_m": None},
    "nearly nobody": {
        "area": MultiPolygon([box(470_000, 6_596_500, 470_010, 6_596_510)]),
        "near_m": 100.0,
        "middle_m": 200.0,
        "far_m": 400.0,
    },
}


@pytest.mark.parametrize("case", REACHES)
def test_the_groups_of_the_summary_are_the_sums_of_the_areas(case):
    asked = make_decision(**REACHES[case])
    summed = affected.groups(asked, layers.DESO)["within"].groupby(level="group").sum()
    by_group = affected.people_by_group(asked)
    assert list(by_group.index) == list(demography.GROUPS)
    for group in affected.summary(asked).groups:
        assert group.within == affected.to_ten(summed[group.code])
        assert by_group[group.code] == pytest.approx(summed[group.code])


@pytest.mark.parametrize("case", REACHES)
def test_ages_of_an_area_are_all_who_live_within(case):
    asked = make_decision(**REACHES[case])
    within = affected.groups(asked, layers.DESO)["within"].unstack("group")
    everyone = affected.for_decision(asked, layers.DESO)["within"]
    assert within[list(demography.AGE_GROUPS)].sum(axis=1).to_dict() == pytest.approx(
        everyone.to_dict(), abs=1e-6
    )


@pytest.mark.parametrize("layer", layers.LAYERS)
@pytest.mark.parametrize("case", REACHES)
def test_no_group_of_fewer_than_five_is_shown(case, layer):
    asked = make_decision(**REACHES[case])
    exact, shown = affected.groups(asked, layer), affected.public_groups(asked, layer)
    assert shown.index.equals(exact.index)
    for name in affected.COUNTS:
        said = shown[name].dropna()
        assert ((said == 0) | (said >= 10)).all()
        assert (said % 10 == 0).all()
        assert shown.loc[(exact[name] > 0) & (exact[name] < 5), name].isna().all()


@pytest.mark.parametrize("layer", layers.LAYERS)
@pytest.mark.parametrize("case", REACHES)
def test_no_share_rests_on_fewer_than_five(case, layer):
    asked = make_decision(**REACHES[case])
    exact, shown = affected.groups(asked, layer), affected.public_groups(asked, layer)
    for name in ("share", "ratio"):
        told = exact[shown[name].notna()]
        assert (told["within"] >= 5).all()
        assert (told["whole"] >= 5).all()
    if case == "bands" and layer == layers.DESO:
        assert shown["share"].notna().any()
        assert shown["share"].isna().any()


# what is kept between questions


@pytest.mark.parametrize(
    "changes",
    [
        {"zones": (CATCHMENT,)},
        {"zones": _contours(100, 200, 400)},
        {"zones": _contours(100, 200, 500)},
        {"zones": (dataclasses.replace(CATCHMENT, kind=ZoneKind.NEAR),)},
        {"decay_m": 100.0},
        {"far_m": 1500.0},
    ],
    ids=["catchment", "contours", "other contours", "other kind", "decay", "band"],
)
def test_a_changed_draft_never_gets_another_drafts_answer(changes):
    drafts = [make_decision(id="utkast"), make_decision(id="utkast", **changes)]
    answers = [affected.for_decision(draft, layers.DESO)["affected"] for draft in drafts]
    groups = [affected.groups(draft, layers.DESO)["affected"] for draft in drafts]
    assert (answers[0] - answers[1]).abs().max() > 0.1
    assert (groups[0] - groups[1]).abs().max() > 0.1
    again = affected.for_decision(drafts[0], layers.DESO)["affected"]
    pd.testing.assert_series_equal(again, answers[0])
    alone = make_decision(id=f"ensam-{drafts[1].version}", **changes)
    pd.testing.assert_series_equal(
        affected.for_decision(alone, layers.DESO)["affected"], answers[1]
    )


def test_drawn_contours_belong_to_their_own_draft():
    drawn = [
        affected.bands_geojson(make_decision(id="ritat", zones=zones))
        for zones in ((), _contours(100, 200, 400), _contours(100, 200, 500))
    ]
    assert len(set(drawn)) == 3
    features = json.loads(drawn[1])["features"]
    assert [one["properties"]["band"] for one in features] == ["near", "middle", "far"]
    assert all(one["properties"]["to_m"] is None for one in features)


# over land


@pytest.fixture
def crossings_file(tmp_path, monkeypatch):
    """Let the service be set to a crossings file of its own, and forget it afterwards."""
    path = tmp_path / "passager.geojson"

    def put(text: str | None) -> Path:
        if text is not None:
            path.write_text(text, encoding="utf-8")
        monkeypatch.setenv("DIALOG_CROSSINGS", str(path))
        _forget()
        return path

    yield put
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    settings.load.cache_clear()
    impact_zones.crossings.cache_clear()
    forget_answers()


def _collection(*shapes: shapely.Geometry) -> str:
    features = [
        {"type": "Feature", "properties": {}, "geometry": json.loads(shapely.to_geojson(shape))}
        for shape in (crs.geometry_to_degrees(shape) for shape in shapes)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def _far_bridge() -> shapely.Geometry:
    """Return a crossing that helps nobody: at the south end of the water."""
    west, south, east, _north = layers.water().bounds
    return shapely.LineString([(west, south - 500), (east, south - 500)])


def _near_bridge() -> shapely.Geometry:
    """Return a crossing straight over the water nearest to the shore area."""
    centres = cells.frame().centroid.to_numpy()
    lines = shapely.shortest_line(centres, SHORE)
    wet = shapely.length(shapely.intersection(lines, layers.water()))
    crossing = (wet > 0) & (shapely.length(lines) < 1000)
    return lines[crossing][np.argmin(wet[crossing])]


def _centres(within_m: float) -> np.ndarray:
    centres = cells.frame().centroid.to_numpy()
    return centres[shapely.distance(centres, SHORE) <= within_m]


def test_as_shipped_the_way_is_a_straight_line():
    assert impact_zones.crossings() == ()
    assert impact_zones.measure() is None
    shown = json.loads(affected.detour_geojson(make_decision(id="rakt", area=SHORE, **WIDE)))
    assert shown == {"type": "FeatureCollection", "features": []}


def test_an_empty_file_of_crossings_is_the_straight_line(crossings_file):
    crossings_file(_collection())
    assert impact_zones.crossings() == ()
    assert impact_zones.measure() is None


def test_crossings_are_read_in_metres(crossings_file):
    bridge = _near_bridge()
    crossings_file(_collection(bridge))
    (read,) = impact_zones.crossings()
    assert shapely.hausdorff_distance(read, bridge) < 0.01
    assert impact_zones.measure() is impact_zones.over_land


def test_over_land_nobody_is_nearer_than_before(crossings_file):
    crossings_file(_collection(_far_bridge()))
    points = _centres(1500)
    straight = shapely.distance(points, SHORE)
    over_land = impact_zones.over_land(points, SHORE, 1500.0)
    assert (over_land >= straight - 1e-9).all()
    assert (over_land > straight + 100).any()
    assert (over_land == straight).any()


def test_another_crossing_makes_no_way_longer(crossings_file):
    points = _centres(1500)
    crossings_file(_collection(_far_bridge()))
    without = impact_zones.over_land(points, SHORE, 1500.0)
    crossings_file(_collection(_far_bridge(), _near_bridge()))
    with_it = impact_zones.over_land(points, SHORE, 1500.0)
    assert (with_it <= without + 1e-9).all()
    assert (with_it < without - 1).any()


def test_over_land_fewer_are_counted_in_each_reach(crossings_file):
    before = affected.for_decision(make_decision(id="fore", area=SHORE, **WIDE), layers.DESO)
    groups_before = affected.people_by_group(make_decision(id="fore", area=SHORE, **WIDE))
    crossings_file(_collection(_far_bridge()))
    asked = make_decision(id="efter", area=SHORE, **WIDE)
    after = affected.for_decision(asked, layers.DESO)
    bands = ["inside", "near", "middle", "far"]
    reached = before[bands].cumsum(axis=1) - after[bands].cumsum(axis=1)
    assert (reached >= -1e-6).all(axis=None)
    assert before["within"].sum() - after["within"].sum() > 10
    assert after["inside"].sum() == pytest.approx(before["inside"].sum())
    assert (affected.people_by_group(asked) <= groups_before + 1e-6).all()


def test_the_detour_is_drawn_on_the_ground_of_those_who_are_farther_away(crossings_file):
    crossings_file(_collection(_far_bridge()))
    asked = make_decision(id="omvag", area=SHORE, **WIDE)
    shown = json.loads(affected.detour_geojson(asked))
    assert shown["type"] == "FeatureCollection"
    (feature,) = shown["features"]
    ground = shapely.geometry.shape(feature["geometry"])
    assert feature["type"] == "Feature"
    assert ground.is_valid
    metric = crs.geometry_to_metric(ground)
    assert metric.area > 10_000
    assert layers.municipality().buffer(5).covers(metric)
    points = _centres(1200)
    bands = impact.Bands(300, 600, 1200)
    farther = bands.band_of(impact_zones.over_land(points, SHORE, 1200.0)) > bands.band_of(
        shapely.distance(points, SHORE)
    )
    drawn = shapely.distance(points, metric) < 1
    inside = shapely.intersects(layers.municipality(), points)
    assert (drawn[inside] == farther[inside]).all()


def test_no_detour_is_drawn_for_contours_or_for_everyone(crossings_file):
    crossings_file(_collection(_far_bridge()))
    for changes in ({"zones": _contours(100, 200, 400)}, REACHES["everyone"]):
        asked = make_decision(id="utan-omvag", **changes)
        assert json.loads(affected.detour_geojson(asked))["features"] == []


BROKEN = {
    "missing": None,
    "empty": "",
    "no json": "{",
    "no features": "{}",
    "a list": "[]",
    "features of nothing": '{"features": [null]}',
    "features without geometry": '{"features": [{}]}',
    "an empty geometry": '{"features": [{"geometry": null}]}',
    "words": '{"features": [{"geometry": {"type": "Point", "coordinates": ["a", "b"]}}]}',
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_of_crossings_is_named(crossings_file, case):
    path = crossings_file(BROKEN[case])
    with pytest.raises(shipped.LayerError) as caught:
        impact_zones.crossings()
    assert caught.value.code == "unreadable"
    assert caught.value.file == path.name
    assert path.name in str(caught.value)


# one more comment


def _publish(reviewer, *, start: int, count: int) -> None:
    for n in range(start, start + count):
        receipt = submissions.add(make_submission(key=f"nyckel-{n:012}"), at=NOON)
        found = submissions.by_receipt(receipt.code)
        assert found is not None
        review.publish(found[1][0].id, actor=reviewer, at=NOON)


def _answers(decision: Decision) -> dict[str, pd.DataFrame]:
    found = {
        "public": participation.public(decision),
        "compared": exact_participation.compared(decision),
    }
    for layer in layers.LAYERS:
        found[f"protected {layer}"] = results.protected(decision.id, layer)
        found[f"affected {layer}"] = affected.public(decision, layer)
    return found


def _no_geometry(*_args: object, **_named: object) -> None:
    msg = "geometry was worked out again"
    raise AssertionError(msg)


def test_one_more_comment_takes_no_geometry(empty_store, reviewer, monkeypatch):
    decision = make_decision(id="lekplats", zones=(CATCHMENT,), version=31)
    decisions.add(decision, number=1)
    _publish(reviewer, start=0, count=9)
    before = _answers(decision)
    _publish(reviewer, start=9, count=1)
    monkeypatch.setattr(impact, "affected_neighbourhoods", _no_geometry)
    monkeypatch.setattr(impact, "affected_groups", _no_geometry)
    monkeypatch.setattr(Locator, "codes", _no_geometry)
    monkeypatch.setattr(barriers, "land_distances_m", _no_geometry)
    after = _answers(decision)
    assert after["compared"]["heard"].sum() == 10
    assert before["compared"]["heard"].sum() == 9
    assert after["public"]["persons"].sum() == 10
    assert after["protected deso"]["comments"].sum() == 10
    pd.testing.assert_frame_equal(after["affected ruta"], before["affected ruta"])
    with pytest.raises(AssertionError, match="worked out again"):
        affected.for_decision(make_decision(id="nytt-forslag"), layers.DESO)


def test_the_ages_of_one_more_comment_take_no_geometry(decision, reviewer, monkeypatch):
    _publish(reviewer, start=0, count=9)
    participation.public_ages(decision)
    participation.unlike(decision)
    _publish(reviewer, start=9, count=1)
    monkeypatch.setattr(impact, "affected_groups", _no_geometry)
    monkeypatch.setattr(impact, "affected_neighbourhoods", _no_geometry)
    assert list(participation.public_ages(decision).index) == list(demography.AGE_GROUPS)
    assert participation.unlike(decision) is None


def test_a_comment_is_located_when_it_is_sent_and_never_again(decision, reviewer, monkeypatch):
    receipt = submissions.add(make_submission(make_comment()), at=NOON)
    monkeypatch.setattr(Locator, "codes", _no_geometry)
    found = submissions.by_receipt(receipt.code)
    assert found is not None
    review.publish(found[1][0].id, actor=reviewer, at=NOON)
    assert results.protected(decision.id, layers.RUTA)["comments"].sum() == 1


def test_public_groups_carry_no_unrounded_column():
    shown = affected.public_groups(make_decision(), "deso")
    counts = shown.drop(columns=["share", "ratio"]).stack().dropna()
    assert (counts % 10 == 0).all()


@pytest.mark.parametrize(
    "geometry",
    [
        '{"type": "Bro", "coordinates": []}',
        '{"type": "LineString", "coordinates": [[14.5, 59.3]]}',
        '{"type": "Point", "coordinates": [473000, 6576000]}',
    ],
    ids=["unknown", "one point", "metres"],
)
def test_a_crossing_that_is_none_is_an_error_that_names_the_file(tmp_path, monkeypatch, geometry):
    path = tmp_path / "passager.geojson"
    features = {"features": [{"geometry": json.loads(geometry)}]}
    path.write_text(json.dumps(features), encoding="utf-8")
    monkeypatch.setenv("DIALOG_CROSSINGS", str(path))
    _forget()
    try:
        with pytest.raises(shipped.LayerError, match=r"passager\.geojson"):
            impact_zones.crossings()
    finally:
        monkeypatch.undo()
        _forget()
