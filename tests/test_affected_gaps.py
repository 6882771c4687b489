"""The gap list: who is affected but not heard, for officials only, and what was done about it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from data import rights, store
from data.affected import exact_participation, gaps, outreach, participation
from data.comments import self_reported, submissions
from data.decisions import decisions
from data.geodata import gazetteer, layers
from data.models import AgeBand, AwayGroup, OutreachForm, Staff
from data.review import review
from geo import crs
from tests.conftest import NOON, TOWN, make_comment, make_decision, make_submission

NOBODY = [None, Staff("Läsare", frozenset())]


def _publish(reviewer, count: int, **changes: object) -> None:
    for n in range(count):
        new = make_submission(make_comment(), key=f"nyckel-{n:012}", **changes)
        receipt = submissions.add(new, at=NOON)
        found = submissions.by_receipt(receipt.code)
        assert found is not None
        review.publish(found[1][0].id, actor=reviewer, at=NOON)


def _note(actor, decision, deso: str, **changes: object) -> None:
    fields: dict[str, object] = {
        "done_on": NOON.date(),
        "form": OutreachForm.VISIT,
        "result": "Vi stod vid affären.",
        "at": NOON,
    }
    outreach.add(actor, decision.id, deso, **(fields | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("actor", NOBODY, ids=["nobody", "no right"])
def test_exact_figures_are_for_officials(decision, actor):
    with pytest.raises(rights.NotAllowedError):
        gaps.neighbourhoods(actor, decision)
    with pytest.raises(rights.NotAllowedError):
        gaps.groups(actor, decision)
    with pytest.raises(rights.NotAllowedError):
        outreach.of_decision(actor, decision.id)
    with pytest.raises(rights.NotAllowedError):
        _note(actor, decision, "1883C1010")


def test_the_area_with_most_left_to_hear_stands_first(decision, reviewer):
    _publish(reviewer, 30)
    found = gaps.neighbourhoods(reviewer, decision)
    assert found["missing"].is_monotonic_decreasing
    assert (found["missing"] == (found["expected"] - found["heard"]).clip(lower=0)).all()
    assert participation.NOT_AFFECTED not in set(found["word"])
    assert found["heard"].sum() <= 30


def test_what_is_expected_sums_to_those_who_were_heard(decision, reviewer):
    _publish(reviewer, 12)
    assert exact_participation.compared(decision)["expected"].sum() == pytest.approx(12)


def test_ages_count_only_those_who_told_theirs(decision, reviewer):
    _publish(reviewer, 8, age_band=AgeBand.SENIOR)
    found = gaps.groups(reviewer, decision).loc[[band.value for band in AgeBand]]
    assert found["heard"].sum() == 8
    assert found.loc[AgeBand.SENIOR.value, "heard"] == 8
    assert found["expected"].sum() == pytest.approx(8)
    assert self_reported.ages(decision.id, released=False).loc[lambda n: n > 0].to_dict() == {
        AgeBand.SENIOR.value: 8
    }


def test_what_is_missing_of_a_group_is_what_is_expected_and_not_heard(decision, reviewer):
    _publish(reviewer, 8, age_band=AgeBand.SENIOR)
    found = gaps.groups(reviewer, decision)
    assert found.index.name == "group"
    assert list(found.columns) == [
        *("living", "ratio", "expected", "heard", "word", "missing", "contacted")
    ]
    ages = found.loc[[band.value for band in AgeBand]]
    left = (ages["expected"] - ages["heard"]).where(ages["expected"] > ages["heard"], 0)
    assert ages["missing"].tolist() == left.tolist()
    assert ages.loc[AgeBand.SENIOR.value, "missing"] == 0
    assert ages["missing"].max() > 0


def test_without_anybody_heard_nothing_is_missing_yet(decision, reviewer):
    found = gaps.neighbourhoods(reviewer, decision)
    assert (found["missing"] == 0).all()
    assert set(found["contacted"]) == {None}


def test_a_meeting_place_lies_in_its_neighbourhood():
    codes = layers.frame(layers.DESO).index
    everything = [point for code in codes for point in gaps.meeting_places(code)]
    for code in codes:
        for point in gaps.meeting_places(code):
            found = layers.locator().codes(*crs.point_to_degrees(point.x, point.y))
            assert found is not None
            assert found[layers.DESO] == code
    assert len(everything) == len(set(everything))
    assert {gazetteer.SCHOOL, gazetteer.PRESCHOOL, gazetteer.SHOP, gazetteer.STOP} <= {
        point.sort for point in everything
    }
    assert gaps.meeting_places("finns inte") == ()


def test_the_latest_contact_stands_on_the_list_and_all_are_kept(decision, reviewer):
    _publish(reviewer, 6)
    code = layers.locator().codes(*TOWN)[layers.DESO]
    _note(reviewer, decision, code, done_on=NOON.date() - timedelta(days=4))
    _note(reviewer, decision, code, form=OutreachForm.MEETING, result="")
    found = gaps.neighbourhoods(reviewer, decision)
    assert found.loc[code, "contacted"] == NOON.date()
    notes = outreach.of_decision(reviewer, decision.id)
    assert [(n.form, n.actor) for n in notes] == [
        (OutreachForm.MEETING, "Granskare"),
        (OutreachForm.VISIT, "Granskare"),
    ]


@pytest.mark.parametrize(
    ("deso", "changes", "code"),
    [
        ("1883X0000", {}, "unknown_neighbourhood"),
        ("1883C1010", {"done_on": NOON.date() + timedelta(days=1)}, "future_day"),
        ("1883C1010", {"result": "x" * (outreach.RESULT_MAX + 1)}, "too_long"),
    ],
)
def test_a_contact_that_cannot_be_kept_is_refused(decision, reviewer, deso, changes, code):
    with pytest.raises(outreach.OutreachError) as caught:
        _note(reviewer, decision, deso, **changes)
    assert caught.value.code == code
    assert outreach.of_decision(reviewer, decision.id) == []


def test_nobody_is_asked_for_background_income_or_home(decision, reviewer):
    _publish(reviewer, 8, age_band=AgeBand.SENIOR)
    found = gaps.groups(reviewer, decision)
    assert found.loc[AgeBand.SENIOR.value, "heard"] == 8
    never = found.loc[["foreign_background", "low_economic_standard", "rented_homes"]]
    assert never[["expected", "heard", "missing", "word"]].isna().all(axis=None)
    assert (never["living"] > 0).all()


def test_the_group_with_most_left_to_hear_stands_first(decision, reviewer):
    _publish(reviewer, 8, age_band=AgeBand.SENIOR)
    missing = gaps.groups(reviewer, decision)["missing"].dropna()
    assert missing.is_monotonic_decreasing
    assert missing.iloc[0] > 0


def test_a_group_that_does_not_live_there_can_be_contacted(empty_store, reviewer):
    pupils = AwayGroup("Elever", 240, "De går i skolan", "Skolan, läsåret 2026/27")
    decision = make_decision(away=(pupils,))
    decisions.add(decision, number=1)
    _note(reviewer, decision, "Elever")
    _note(reviewer, decision, "0-15", done_on=NOON.date() - timedelta(days=1))
    found = gaps.groups(reviewer, decision)
    assert found.loc["Elever", ["living", "contacted"]].tolist() == [240, NOON.date()]
    assert found.loc["0-15", "contacted"] == NOON.date() - timedelta(days=1)
    with pytest.raises(outreach.OutreachError):
        _note(reviewer, decision, "Lärare")


def test_a_contact_survives_a_restart(file_store, reviewer):
    decisions.add(make_decision(), number=1)
    outreach.add(
        reviewer,
        "lekplats",
        "1883C1010",
        done_on=NOON.date(),
        form=OutreachForm.LETTER,
        result="",
        at=NOON,
    )
    store.close_store()
    store.open_store(file_store)
    assert len(outreach.of_decision(reviewer, "lekplats")) == 1


@pytest.mark.parametrize("expected", [4.0, 5.0, 6.0, 7.0, 9.0, 12.0, 40.0])
def test_a_word_beside_a_hidden_count_is_the_same_for_one_to_four(expected):
    said = {
        participation._public_word("fler än väntat", expected, n, hidden=True) for n in (1, 2, 3, 4)
    }
    assert len(said) == 1
