"""Whom a decision affects: sums that agree, rounding, groups, and an answer per version."""

import dataclasses
import json
import math
from datetime import date

import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from data.affected import affected
from data.geodata import cells, demography, layers
from data.models import Decision, DecisionText, DecisionType
from geo import crs

EKEBY = crs.point_to_metric(14.49709, 59.32532)


def decision(middle=EKEBY, *, bands=(100.0, 300.0, 800.0), version=1, half=100.0):
    x, y = middle
    area = shapely.MultiPolygon([shapely.box(x - half, y - half, x + half, y + half)])
    return Decision(
        id="ex-provning",
        type=DecisionType.HOUSING,
        body="samhallsbyggnadsnamnden",
        example=True,
        opens=date(2026, 11, 1),
        closes=date(2026, 12, 1),
        decision_on=None,
        answer_on=None,
        decided_on=None,
        area=area,
        near_m=bands[0],
        middle_m=bands[1],
        far_m=bands[2],
        contact_role="",
        contact_phone="",
        contact_email="",
        case_number="",
        version=version,
        phases=(),
        texts={"sv": DecisionText(title="Prov", place="Ekeby", summary="")},
    )


NO_BANDS = (None, None, None)


@pytest.mark.parametrize("layer", layers.LAYERS)
def test_every_neighbourhood_has_a_row(layer):
    found = affected.for_decision(decision(), layer)
    assert found.index.equals(layers.frame(layer).index)
    assert {"geometry", "name", "population", "within", "affected", "share", "ratio"} <= set(found)
    assert found["within"].notna().all()
    assert found.attrs["estimated"] is cells.is_estimated(layer)


@pytest.mark.parametrize("layer", layers.LAYERS)
def test_the_layers_agree_on_how_many_people_live_within(layer):
    by_deso = affected.for_decision(decision(), "deso")["within"].sum()
    assert affected.for_decision(decision(), layer)["within"].sum() == pytest.approx(by_deso)


def test_nobody_is_more_than_all():
    found = affected.for_decision(decision(bands=(500.0, 1000.0, 2000.0)), "valdistrikt")
    assert (found["within"] <= found["population"] + 1).all()
    assert (found["affected"] <= found["within"] + 1e-6).all()


def test_the_area_itself_comes_first():
    found = affected.for_decision(decision(), "valdistrikt")
    assert found["affected"].idxmax() == layers.locator().codes(14.49709, 59.32532)["valdistrikt"]


def test_without_bands_everyone_is_concerned():
    whole = affected.summary(decision(bands=NO_BANDS))
    assert whole.everyone
    assert whole.within == 30_130
    assert whole.affected == 30_130
    assert whole.population == 30_127
    assert all(group.ratio == pytest.approx(1.0) for group in whole.groups)


def test_counts_are_tens_and_agree_with_the_table():
    told = affected.summary(decision())
    table = affected.for_decision(decision(), "deso")
    for name in ("inside", "near", "middle", "far", "within", "affected"):
        assert getattr(told, name) % 10 == 0
        assert abs(getattr(told, name) - table[name].sum()) <= 5
    assert not told.everyone
    assert 0 < told.affected <= told.within < told.population


def test_each_group_is_told_with_its_share():
    told = affected.summary(decision())
    assert [group.code for group in told.groups] == list(demography.GROUPS)
    for group in told.groups:
        assert group.within % 10 == 0
        assert 0 <= group.share <= 1
        assert group.ratio == pytest.approx(group.share / group.municipality_share)
    assert {group.code for group in told.groups if group.unit == "homes"} == {"rented_homes"}


def test_ages_within_add_up_to_the_people_within():
    told = affected.summary(decision(bands=(500.0, 1000.0, 2000.0)))
    ages = [group.within for group in told.groups if group.code in demography.AGE_GROUPS]
    assert sum(ages) == pytest.approx(told.within, abs=5 * len(ages) + 5)


def test_an_empty_forest_has_no_shares():
    told = affected.summary(decision((470_000.0, 6_596_500.0), bands=(1.0, 2.0, 3.0), half=1.0))
    if told.within == 0:
        assert all(group.within == 0 for group in told.groups)
    assert all(group.share is None or math.isfinite(group.share) for group in told.groups)


def test_a_new_version_gets_a_new_answer():
    first = affected.summary(decision(bands=(100.0, 200.0, 300.0)))
    second = affected.summary(decision(bands=(500.0, 1000.0, 2000.0), version=2))
    assert first.within < second.within


def test_a_changed_draft_of_the_same_version_gets_its_own_answer():
    here = affected.summary(decision())
    there = affected.summary(decision(crs.point_to_metric(14.58, 59.42)))
    assert here.within > there.within


def test_the_same_question_is_answered_once(monkeypatch):
    asked = decision(version=77)
    first = affected.for_decision(asked, "deso")
    monkeypatch.setattr(affected.impact, "affected_neighbourhoods", None)
    again = affected.for_decision(dataclasses.replace(asked), "deso")
    assert again.equals(first)


def test_a_caller_cannot_spoil_the_answer():
    affected.for_decision(decision(), "deso")["within"] = -1.0
    assert (affected.for_decision(decision(), "deso")["within"] >= 0).all()


def test_an_unknown_layer_is_refused():
    with pytest.raises(layers.LayerError):
        affected.for_decision(decision(), "stadsdel")


@given(st.floats(0, 1e6))
def test_ten_is_the_nearest(number):
    assert affected.to_ten(number) % 10 == 0
    assert abs(affected.to_ten(number) - number) <= 5


def test_bands_are_drawn_inside_the_municipality():
    whole = json.loads(affected.bands_geojson(decision(bands=(1000.0, 2000.0, 20_000.0))))
    assert whole["type"] == "FeatureCollection"
    assert whole["features"]
    outline = layers.municipality().buffer(5)
    for feature in whole["features"]:
        shape = shapely.geometry.shape(feature["geometry"])
        assert shape.is_valid
        assert outline.covers(crs.geometry_to_metric(shape))


def test_without_bands_nothing_is_drawn():
    assert json.loads(affected.bands_geojson(decision(bands=NO_BANDS)))["features"] == []


FEW_PEOPLE = [(0.7, None), (1, None), (4, None), (4.9, None), (5, 10), (14.9, 10), (15, 20)]


@pytest.mark.parametrize(("exact", "shown"), [(0, 0), *FEW_PEOPLE])
def test_fewer_than_five_people_in_an_area_are_hidden_and_the_rest_said_in_tens(exact, shown):
    (found,) = demography.rounded(pd.Series([float(exact)]))
    assert (None if pd.isna(found) else found) == shown


@pytest.mark.parametrize(("exact", "shown"), [(0, 0), (0.4, 0), *FEW_PEOPLE])
def test_fewer_than_five_people_in_all_are_hidden_by_the_same_rule(monkeypatch, exact, shown):
    rows = pd.DataFrame({"within": [exact], "inside": [0.0], "near": [exact]})
    monkeypatch.setattr(affected, "for_decision", lambda *_: rows)
    assert affected.reached(decision()) == affected.Reached(within=shown, nearest=shown)
