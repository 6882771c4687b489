"""Who has been heard, by where they live: each once, and nobody given away by a figure."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from data import store
from data.affected import exact_participation, participation
from data.comments import exact_persons, published, releases, results, self_reported, submissions
from data.decisions import decisions
from data.geodata import area_names, layers
from data.models import (
    ELSEWHERE,
    AgeBand,
    Channel,
    Decision,
    HideReason,
    Kind,
    NewComment,
    NewSubmission,
    PlaceHow,
    Relation,
    ReviewState,
    Staff,
    Stance,
)
from data.review import review
from geo import crs
from geo.representation import MORE
from tests.conftest import NOON, make_decision
from tests.store_kit import tell_changed

REVIEWER = Staff("Granskare", frozenset({"reviewer"}))
WIDE = {"near_m": 500.0, "middle_m": 1500.0, "far_m": 4000.0}
HOME, OTHER, THIRD = "1883C1010", "1883C1090", "1883C1120"
# in the middle of the area that the least valid decision is about
TOWN_DESO = "1883C1100"
CODES = tuple(layers.frame(layers.DESO).index)
REGSO_OF = {code: area_names.regso_of(code) for code in CODES}


def _about(deso: str | None) -> NewComment:
    """Make a comment about a neighbourhood, or about no place."""
    how = PlaceHow.NONE if deso is None else PlaceHow.NEIGHBOURHOOD
    return NewComment(kind=Kind.IDEA, stance=Stance.FOR, text="Hej", place_how=how, deso=deso)


def _sent_already() -> int:
    with store.cursor() as cursor:
        row = cursor.execute("SELECT count(*) FROM submissions").fetchone()
    return int(row[0]) if row else 0


def _send(*places: str | None, **changes: object) -> list[int]:
    """Send a submission with a comment about each place, and give the comments' ids."""
    fields: dict[str, Any] = {
        "key": f"nyckel-{_sent_already():012}",
        "decision_id": "lekplats",
        "comments": tuple(_about(place) for place in places or (None,)),
    }
    receipt = submissions.add(NewSubmission(**(fields | changes)), at=NOON)
    found = submissions.by_receipt(receipt.code)
    assert found is not None
    return [comment.id for comment in found[1]]


def _show(ids: Sequence[int]) -> None:
    for comment_id in ids:
        review.publish(comment_id, actor=REVIEWER, at=NOON)


def _hide(ids: Sequence[int]) -> None:
    for comment_id in ids:
        review.hide(comment_id, actor=REVIEWER, reason=HideReason.OFF_TOPIC, at=NOON)


def _publish(*places: str | None, count: int = 1, **changes: object) -> list[int]:
    ids = []
    for _ in range(count):
        ids += _send(*places, **changes)
        _show(ids[-max(len(places), 1) :])
    return ids


def _exact(decision_id: str = "lekplats") -> dict[str, int]:
    found = self_reported.heard(decision_id, released=False).persons
    return {str(code): int(n) for code, n in found.items() if n}


def _figures(decision: Decision) -> dict[str, Any]:
    """Return every public figure that rests on what people told privately."""
    return {
        "public": participation.public(decision),
        "ages": participation.public_ages(decision),
        "relations": participation.public_relations(decision.id),
        "ties": participation.public_ties(decision.id),
        "unlike": participation.unlike(decision),
    }


def _same(one: Any, other: Any) -> bool:
    return bool(one.equals(other)) if hasattr(one, "equals") else one == other


def _changed(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    return {name for name in before if not _same(before[name], after[name])}


# each person once


def test_who_told_a_home_counts_there_whatever_they_write_about(decision):
    _publish(OTHER, OTHER, THIRD, home=HOME)
    counted = self_reported.heard("lekplats", released=False)
    assert _exact() == {HOME: 1}
    assert counted.by_area.loc[HOME].to_dict() == {"by_home": 1, "by_place": 0}


@pytest.mark.parametrize(
    ("places", "counted"),
    [
        ((OTHER,), OTHER),
        ((OTHER, THIRD, THIRD), THIRD),
        ((THIRD, OTHER, None, None, None), THIRD),
        ((OTHER, THIRD), OTHER),
        ((THIRD, OTHER, OTHER, THIRD), THIRD),
        ((None, THIRD, OTHER), THIRD),
    ],
)
def test_who_told_no_home_counts_where_most_comments_are_else_the_earliest(
    decision, places, counted
):
    _publish(*places)
    assert _exact() == {counted: 1}
    found = self_reported.heard("lekplats", released=False)
    assert found.by_area.loc[counted].to_dict() == {"by_home": 0, "by_place": 1}


def test_the_earliest_comment_decides_a_tie_however_they_were_published(decision):
    _show(reversed(_send(THIRD, OTHER)))
    assert _exact() == {THIRD: 1}


def test_who_told_neither_home_nor_place_is_heard_nowhere(decision):
    _publish(None)
    found = self_reported.heard("lekplats", released=False)
    assert (found.unplaced, found.elsewhere, found.persons.sum()) == (1, 0, 0)


def test_who_lives_in_another_municipality_counts_as_elsewhere(decision):
    _publish(OTHER, home=ELSEWHERE)
    _publish(None, home=ELSEWHERE, channel=Channel.MEETING, persons=12)
    found = self_reported.heard("lekplats", released=False)
    assert (found.elsewhere, found.unplaced, found.persons.sum()) == (13, 0, 0)
    assert results.totals("lekplats").persons == 15


@pytest.mark.parametrize("channel", list(Channel))
def test_a_person_counts_once_whatever_the_way_they_were_heard(decision, channel):
    _publish(OTHER, home=HOME, channel=channel, age_band=AgeBand.OLD, relation=Relation.WORKS)
    assert _exact() == {HOME: 1}
    assert self_reported.ages("lekplats", released=False)[AgeBand.OLD.value] == 1
    assert self_reported.relations("lekplats", released=False)[Relation.WORKS.value] == 1


def test_a_meeting_of_twelve_counts_twelve(decision):
    _publish(
        OTHER, channel=Channel.MEETING, persons=12, age_band=AgeBand.OLD, relation=Relation.LIVES
    )
    assert _exact() == {OTHER: 12}
    assert self_reported.ages("lekplats", released=False).sum() == 12
    assert self_reported.relations("lekplats", released=False)[Relation.LIVES.value] == 12
    # twelve persons are enough for a release of their own
    assert self_reported.heard("lekplats", released=True).persons[OTHER] == 12
    assert participation.public(decision).loc[OTHER, "persons"] == 10


def test_everyone_heard_is_counted_in_one_place_only(decision):
    _publish(OTHER, home=HOME)
    _publish(OTHER, THIRD)
    _publish(None)
    _publish(THIRD, home=ELSEWHERE, persons=3, channel=Channel.MEETING)
    found = self_reported.heard("lekplats", released=False)
    assert found.persons.sum() + found.elsewhere + found.unplaced == 6


def test_what_waits_or_is_hidden_is_not_heard(decision):
    _send(OTHER, home=HOME, age_band=AgeBand.OLD, relation=Relation.WORKS)
    _hide(_send(OTHER, home=HOME, age_band=AgeBand.OLD, relation=Relation.WORKS))
    _hide(_publish(OTHER, home=HOME))
    assert _exact() == {}
    assert self_reported.ages("lekplats", released=False).sum() == 0
    assert self_reported.relations("lekplats", released=False).sum() == 0
    assert self_reported.heard("lekplats", released=False).unplaced == 0


def test_a_hidden_comment_does_not_decide_where_a_person_counts(decision):
    ids = _send(OTHER, THIRD, THIRD)
    _show(ids[:1])
    _hide(ids[1:])
    assert _exact() == {OTHER: 1}


def test_one_hidden_comment_of_several_does_not_silence_a_person(decision):
    ids = _publish(OTHER, OTHER, home=HOME, age_band=AgeBand.OLD)
    _hide(ids[:1])
    assert _exact() == {HOME: 1}
    assert self_reported.ages("lekplats", released=False).sum() == 1


def test_heard_on_one_decision_is_not_heard_on_another(decision):
    decisions.add(make_decision(id="annat"), number=2)
    _publish(OTHER, home=HOME, decision_id="annat")
    assert _exact() == {}
    assert _exact("annat") == {HOME: 1}


@pytest.mark.parametrize("home", ["1883X0000", "", "utanför", "1883R001", "1883c1010", "Häsängen"])
def test_a_home_that_is_no_neighbourhood_is_refused(decision, home):
    with pytest.raises(submissions.UnknownNeighbourhoodError):
        _send(OTHER, home=home)
    assert _sent_already() == 0


@pytest.mark.parametrize("home", [None, HOME, ELSEWHERE])
def test_a_home_is_kept_as_it_was_told(decision, home):
    _send(OTHER, home=home)
    with store.cursor() as cursor:
        assert cursor.execute("SELECT home FROM submissions").fetchall() == [(home,)]


# what everyone may see


PRIVATE = {"home": HOME, "age_band": AgeBand.OLD, "relation": Relation.WORKS}


def test_an_act_holds_also_when_the_figures_cannot_be_let_out(decision):
    (comment_id,) = _send()
    with store.transaction() as cursor:
        cursor.execute("ALTER TABLE heard_releases RENAME TO away")
    with pytest.raises(store.StoreError):
        releases.release("lekplats", at=NOON)
    before = store.data_version("lekplats")
    _show([comment_id])
    assert published.count_published("lekplats") == 1
    assert store.data_version("lekplats") > before


@pytest.fixture
def wide(empty_store):
    """Make a decision that affects people in most neighbourhoods."""
    made = make_decision(**WIDE)
    decisions.add(made, number=1)
    return made


def test_nothing_is_released_before_five_persons_are_heard(wide):
    nothing = _figures(wide)
    _publish(None, count=4, **PRIVATE)
    assert not _changed(nothing, _figures(wide))
    assert releases.released_at("lekplats") is None
    assert _exact() == {HOME: 4}
    _publish(None, **PRIVATE)
    assert _changed(nothing, _figures(wide)) == {"public", "ages", "relations", "ties"}
    assert releases.released_at("lekplats") == NOON
    assert participation.public(wide).loc[HOME, "persons"] == 5
    assert participation.public_ages(wide).loc[AgeBand.OLD.value, "persons"] == 5
    assert participation.public_relations("lekplats")[Relation.WORKS.value] == 5


def test_the_public_figures_change_only_when_five_more_are_heard(wide):
    _publish(None, count=20, **PRIVATE)
    released = _figures(wide)
    assert released["unlike"] is not None
    other = {"home": OTHER, "age_band": AgeBand.CHILD, "relation": Relation.LIVES}
    for _ in range(4):
        _publish(None, **other)
        assert not _changed(released, _figures(wide))
    _publish(None, **other)
    assert {"public", "ages", "relations"} <= _changed(released, _figures(wide))


def test_a_meeting_of_four_and_one_person_are_five(wide):
    nothing = _figures(wide)
    _publish(None, channel=Channel.MEETING, persons=4, **PRIVATE)
    assert not _changed(nothing, _figures(wide))
    _publish(None, **PRIVATE)
    assert participation.public(wide).loc[HOME, "persons"] == 5


def test_several_comments_of_one_person_are_one_difference(wide):
    nothing = _figures(wide)
    _publish(*[None] * 9, **PRIVATE)
    assert not _changed(nothing, _figures(wide))
    assert not releases.release("lekplats", at=NOON)


def test_hiding_is_a_change_too(wide):
    ids = _publish(None, count=20, **PRIVATE)
    released = _figures(wide)
    for comment_id in ids[:4]:
        _hide([comment_id])
        assert not _changed(released, _figures(wide))
    assert _exact() == {HOME: 16}
    _hide(ids[4:5])
    assert _changed(released, _figures(wide)) == {
        *("public", "ages", "relations", "ties"),
        "unlike",
    }
    assert participation.public(wide).loc[HOME, "persons"] == 15


def test_who_came_and_who_went_differ_together(wide):
    ids = _publish(None, count=5, **PRIVATE)
    released = _figures(wide)
    _hide(ids[:2])
    _publish(None, count=2, home=OTHER)
    assert not _changed(released, _figures(wide))
    _publish(None, home=OTHER)
    assert self_reported.heard("lekplats", released=True).persons[[HOME, OTHER]].tolist() == [3, 3]


def test_hiding_and_publishing_again_is_no_difference(wide):
    ids = _publish(None, count=5, **PRIVATE)
    released = _figures(wide)
    _hide(ids[:3])
    _show(ids[:3])
    _publish(None, count=4, home=OTHER)
    assert not _changed(released, _figures(wide))


def test_a_start_releases_nothing_that_four_persons_changed(wide):
    _publish(None, count=4, **PRIVATE)
    assert not releases.release("lekplats", at=NOON)
    _publish(None, **PRIVATE)
    assert not releases.release("lekplats", at=NOON)
    assert self_reported.heard("lekplats", released=True).persons[HOME] == 5


@pytest.mark.parametrize("count", [5, 6, 7, 8, 11, 13])
def test_public_counts_are_multiples_of_five(wide, count):
    _publish(None, count=count, **PRIVATE)
    releases.release("lekplats", at=NOON)
    for shown in (
        participation.public(wide)["persons"],
        participation.public_ages(wide)["persons"],
        participation.public_relations("lekplats"),
    ):
        assert (shown.dropna() % 5 == 0).all()
        assert shown.max() in {5, 10, 15}


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_public_counts_are_hidden_under_five(wide, count):
    few = {"home": OTHER, "age_band": AgeBand.CHILD, "relation": Relation.PASSES}
    _publish(None, count=count, **few)
    _publish(None, count=5 - count, home=ELSEWHERE)
    assert self_reported.heard("lekplats", released=True).persons[OTHER] == count
    assert pd.isna(participation.public(wide).loc[OTHER, "persons"])
    assert pd.isna(participation.public_ages(wide).loc[AgeBand.CHILD.value, "persons"])
    assert pd.isna(participation.public_relations("lekplats")[Relation.PASSES.value])


def test_ties_by_area_sum_to_everyone_heard(wide):
    _publish(None, count=7, home=HOME, relation=Relation.LIVES)
    _publish(OTHER, count=6)
    _publish(None, count=3, relation=Relation.WORKS)
    _publish(None, home=ELSEWHERE, relation=Relation.PASSES, count=4)
    exact = self_reported.released_ties("lekplats")
    assert (
        exact.to_numpy().sum()
        == self_reported.heard("lekplats", released=True).persons.sum() + 3 + 4
    )
    assert exact.to_numpy().sum() == 20
    assert exact.loc[HOME, "lives"] == 7
    assert exact.loc[OTHER, self_reported.UNTOLD] == 6
    assert exact.loc[self_reported.UNPLACED, "works"] == 3
    assert exact.loc[ELSEWHERE, "passes"] == 4


@pytest.mark.parametrize("count", [5, 7, 8, 12])
def test_a_tie_in_an_area_is_a_multiple_of_five_and_hidden_under_it(wide, count):
    _publish(None, count=count, home=HOME, relation=Relation.LIVES)
    _publish(None, count=4, home=HOME, relation=Relation.WORKS)
    _publish(None, count=2, home=OTHER, relation=Relation.LIVES)
    # every fifth person makes a release
    _publish(None, count=20 - (count + 4 + 2) % 5, home=THIRD, relation=Relation.STUDIES)
    shown = participation.public_ties("lekplats")
    assert list(shown.columns) == [one.value for one in Relation]
    assert list(shown.index) == list(CODES)
    assert shown.isna().loc[HOME, "works"]
    assert shown.isna().loc[OTHER, "lives"]
    assert shown.loc[THIRD, "studies"] in (15, 20)
    printed = shown.to_numpy().ravel()
    assert all(int(n) % 5 == 0 for n in printed if not pd.isna(n))


def test_what_nobody_told_is_shown_as_nobody(wide):
    _publish(None, count=5, **PRIVATE)
    assert participation.public(wide).loc[OTHER, "persons"] == 0
    assert participation.public_ages(wide).loc[AgeBand.CHILD.value].tolist() == [
        0,
        participation.SILENT,
    ]
    assert participation.public_relations("lekplats")[Relation.LIVES.value] == 0


def test_an_age_of_whom_many_were_heard_has_the_word_of_its_figure(wide):
    _publish(None, count=20, home=HOME, age_band=AgeBand.OLD)
    _publish(None, count=5, home=HOME, age_band=AgeBand.CHILD)
    shown = participation.public_ages(wide)
    exact = exact_participation.ages(wide, released=True)
    assert shown.loc[AgeBand.OLD.value].tolist() == [20, exact.loc[AgeBand.OLD.value, "word"]]
    assert exact.loc[AgeBand.OLD.value, "word"] == MORE
    assert shown.loc[AgeBand.CHILD.value, "word"] == exact.loc[AgeBand.CHILD.value, "word"]


def test_how_unlike_the_heard_are_is_told_in_tenths_and_from_twenty(wide):
    _publish(None, count=19, **PRIVATE)
    assert exact_participation.unlike(wide, released=False) is None
    _publish(None, **PRIVATE)
    exact = exact_participation.unlike(wide, released=False)
    shown = participation.unlike(wide)
    assert exact is not None
    assert shown == round(exact, 1)
    _publish(None, count=4, home=OTHER)
    assert exact_participation.unlike(wide, released=False) != exact
    assert participation.unlike(wide) == shown


def test_a_place_with_a_public_comment_is_never_called_silent(wide):
    assert participation.public(wide).loc[TOWN_DESO, "word"] == participation.SILENT
    ids = _publish(TOWN_DESO, home=HOME)
    assert releases.released_at("lekplats") is None
    row = participation.public(wide).loc[TOWN_DESO]
    assert row["word"] != participation.SILENT
    assert pd.isna(row["persons"])
    # where nobody's comment is public, the home that was told changes nothing
    assert participation.public(wide).loc[HOME, ["persons", "word"]].tolist() == [
        0,
        participation.SILENT,
    ]
    _publish(TOWN_DESO, count=4, home=HOME)
    row = participation.public(wide).loc[TOWN_DESO]
    assert row["word"] != participation.SILENT
    assert pd.isna(row["persons"])
    _hide(ids)
    assert participation.public(wide).loc[TOWN_DESO, "word"] != participation.SILENT


def test_exact_and_released_agree_after_a_release(wide):
    _publish(OTHER, count=7, **PRIVATE)
    _publish(THIRD, TOWN_DESO, count=6, age_band=AgeBand.YOUTH)
    _publish(None, count=2, home=ELSEWHERE, relation=Relation.LIVES)
    exact, released = (self_reported.heard("lekplats", released=which) for which in (False, True))
    pd.testing.assert_frame_equal(exact.by_area, released.by_area)
    assert (exact.elsewhere, exact.unplaced) == (released.elsewhere, released.unplaced)
    for counted in (self_reported.ages, self_reported.relations):
        pd.testing.assert_series_equal(
            counted("lekplats", released=False), counted("lekplats", released=True)
        )
    pd.testing.assert_frame_equal(
        *(exact_participation.ages(wide, released=released) for released in (False, True))
    )
    shown = participation.public(wide)["persons"].dropna()
    assert (shown - exact_participation.compared(wide)["heard"].loc[shown.index]).abs().max() <= 2
    assert not releases.release("lekplats", at=NOON)


def test_the_release_survives_a_restart(file_store):
    made = make_decision(**WIDE)
    decisions.add(made, number=1)
    _publish(None, count=5, **PRIVATE)
    _publish(None, count=4, home=OTHER)
    before = _figures(made)
    store.close_store()
    store.open_store(file_store)
    assert not _changed(before, _figures(made))
    _publish(None, home=OTHER)
    assert participation.public(made).loc[OTHER, "persons"] == 5


# the attacker


FIVE = 5
ENDLESS = 10_000


@dataclass(frozen=True)
class Person:
    """What one submission tells: publicly its places, privately the rest."""

    places: tuple[str | tuple[float, float] | None, ...]
    home: str | None
    age: AgeBand | None
    tie: Relation | None
    persons: int = 1


def _pins() -> list[tuple[float, float]]:
    """Return a point in the midst of each neighbourhood."""
    points = layers.frame(layers.DESO).representative_point()
    return [crs.point_to_degrees(point.x, point.y) for point in points]


PINS = _pins()
_codes = st.sampled_from(CODES)
_places = st.one_of(st.none(), _codes, st.sampled_from(PINS))
_homes = st.one_of(_codes, st.none(), st.just(ELSEWHERE))


def _person(homes: st.SearchStrategy = _homes, places: st.SearchStrategy = _places):
    return st.builds(
        Person,
        places=st.lists(places, min_size=1, max_size=3).map(tuple),
        home=homes,
        age=st.one_of(st.none(), st.sampled_from(AgeBand)),
        tie=st.one_of(st.none(), st.sampled_from(Relation)),
        persons=st.sampled_from([1, 1, 1, 1, 1, 2, 4, 12]),
    )


def _alone():
    """Make one person who tells nearly everything, and writes about places or none."""
    return st.builds(
        Person,
        places=st.lists(_places, min_size=1, max_size=3).map(tuple),
        home=st.one_of(_codes, _codes, _homes),
        age=st.sampled_from([*AgeBand, None]),
        tie=st.sampled_from([*Relation, None]),
    )


def _grouped(counts: dict[str, int]) -> list[Person]:
    """Make people who come together from each home, and write about no place."""
    return [Person((None,), home, None, None, persons=n) for home, n in counts.items()]


# a town where nearly everyone writes about one place, and lives in one of a few
_crowd = st.lists(
    _person(
        homes=st.sampled_from([*CODES[:5], None, ELSEWHERE]),
        places=st.sampled_from([None, TOWN_DESO, CODES[0], PINS[0]]),
    ),
    min_size=1,
    max_size=25,
)
_people = st.one_of(
    st.lists(_person(), min_size=1, max_size=20),
    _crowd,
    # everybody told a home and wrote about no place at all
    st.lists(_codes, min_size=5, max_size=14).map(
        lambda homes: [Person((None,), home, None, None) for home in homes]
    ),
    # as many from each home as bind the bounds of what is shown, and their sum to its own
    st.dictionaries(_codes, st.sampled_from([1, 2, 4, 5, 8, 8, 13]), min_size=2, max_size=6)
    .filter(lambda counts: sum(counts.values()) % 5 == 2)
    .map(_grouped),
)


def _comment(place: str | tuple[float, float] | None) -> NewComment:
    if isinstance(place, tuple):
        lon, lat = place
        return NewComment(kind=Kind.IDEA, text="Hej", place_how=PlaceHow.PIN, lon=lon, lat=lat)
    return _about(place)


def _submission(person: Person, decision_id: str, **changes: object) -> NewSubmission:
    fields: dict[str, Any] = {
        "key": f"nyckel-{_sent_already():012}",
        "decision_id": decision_id,
        "comments": tuple(_comment(place) for place in person.places),
        "home": person.home,
        "age_band": person.age,
        "relation": person.tie,
        "persons": person.persons,
        "channel": Channel.WEB if person.persons == 1 else Channel.MEETING,
    }
    return NewSubmission(**(fields | changes))


def _add(persons: Sequence[Person], decision_id: str = "lekplats") -> None:
    """Store published submissions at one go; nothing is released by it."""
    for person in persons:
        new = _submission(person, decision_id, example=True)
        states = [ReviewState.PUBLISHED] * len(new.comments)
        submissions.add_example(new, at=NOON, states=states, reasons=[None] * len(states))


@contextlib.contextmanager
def _opened(*ids: str) -> Iterator[Decision]:
    store.open_store(store.IN_MEMORY)
    try:
        for number, decision_id in enumerate(ids or ("lekplats",), start=1):
            decisions.add(make_decision(id=decision_id, **WIDE), number=number)
        yield make_decision(id=ids[0] if ids else "lekplats", **WIDE)
    finally:
        store.close_store()


def _released(decision_id: str = "lekplats") -> dict[int, int]:
    """Return the persons of each submission that the public figures rest on."""
    query = """
        SELECT submission_id, persons FROM heard_releases
        JOIN submissions ON submissions.id = submission_id
        WHERE heard_releases.decision_id = $1
    """
    with store.cursor() as cursor:
        return dict(cursor.execute(query, [decision_id]).fetchall())


def _spoken() -> set[str]:
    return {str(code) for code in results.comments_by_area("lekplats", layers.DESO).index}


_modest = settings(
    max_examples=20,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@_modest
@given(
    first=_people,
    pending=st.lists(_alone(), max_size=2),
    one_more=_alone(),
)
def test_one_more_person_never_moves_a_figure_alone(first, pending, one_more):
    with _opened() as decision:
        _add([Person((None,), HOME, None, None, persons=12), *first])
        assert releases.release("lekplats", at=NOON)
        _add(pending)
        tell_changed("lekplats")
        before, was, spoken = _figures(decision), _released(), _spoken()
        receipt = submissions.add(_submission(one_more, "lekplats"), at=NOON)
        found = submissions.by_receipt(receipt.code)
        assert found is not None
        _show([comment.id for comment in found[1]])
        after, now = _figures(decision), _released()
        differing = sum(n for one, n in (was | now).items() if (one in was) != (one in now))
        # a new public comment is no secret: what is hidden and unsaid for it tells nothing more
        new = sorted(_spoken() - spoken)
        known = {name: figure for name, figure in before.items() if name != "public"}
        moved = _changed(known, after)
        others = [figures["public"].drop(index=new) for figures in (before, after)]
        if moved or not others[0].equals(others[1]):
            assert differing >= FIVE
        if not differing:
            had, has = (figures["public"].loc[new] for figures in (before, after))
            for code in new:
                kept = had.loc[code].equals(has.loc[code])
                assert kept or (had.loc[code, "persons"] == 0 and pd.isna(has.loc[code, "persons"]))


@_modest
@given(first=_people, pending=st.lists(_person(), max_size=6))
def test_no_place_with_a_public_comment_is_silent_and_counts_are_protected(first, pending):
    with _opened() as decision:
        _add(first)
        releases.release("lekplats", at=NOON)
        _add(pending)
        tell_changed("lekplats")
        shown = participation.public(decision)
        assert participation.SILENT not in set(shown.loc[sorted(_spoken()), "word"])
        exact = self_reported.heard("lekplats", released=True).persons
        assert shown["persons"][(exact > 0) & (exact < 5)].isna().all()
        assert (shown["persons"].dropna() % 5 == 0).all()
        for counts, counted in (
            (
                participation.public_ages(decision)["persons"],
                self_reported.ages("lekplats", released=True),
            ),
            (
                participation.public_relations("lekplats"),
                self_reported.relations("lekplats", released=True),
            ),
        ):
            assert counts[(counted > 0) & (counted < 5)].isna().all()
            assert (counts.dropna() % 5 == 0).all()


@_modest
@given(everyone=_people)
def test_exact_and_released_are_the_same_for_everyone_once_released(everyone):
    assume(sum(person.persons for person in everyone) >= FIVE)
    with _opened():
        _add(everyone)
        assert releases.release("lekplats", at=NOON)
        exact, released = (
            self_reported.heard("lekplats", released=which) for which in (False, True)
        )
        assert exact.by_area.equals(released.by_area)
        counted = exact.persons.sum() + exact.elsewhere + exact.unplaced
        assert counted == sum(person.persons for person in everyone)
        assert exact.elsewhere == sum(p.persons for p in everyone if p.home == ELSEWHERE)
        homes = pd.Series(0, index=CODES)
        for person in everyone:
            if person.home in homes.index:
                homes[person.home] += person.persons
        assert exact.by_area["by_home"].tolist() == homes.tolist()


@dataclass
class Span:
    """What the attacker knows about a count: it lies from `low` to `high`."""

    low: int
    high: int = ENDLESS

    def at_least(self, low: int) -> bool:
        is_news, self.low = low > self.low, max(low, self.low)
        return is_news

    def at_most(self, high: int) -> bool:
        is_news, self.high = high < self.high, min(high, self.high)
        return is_news


def _span(shown: int | None, *, least_hidden: int) -> Span:
    if shown is None or pd.isna(shown):
        return Span(least_hidden)
    return Span(max(5, int(shown) - 2), int(shown) + 2) if shown else Span(0, 0)


@dataclass
class Attacker:
    """Reads every public count of persons, and draws every bound that follows from them.

    Knows that counts are rounded to the nearest five and hidden under it, that a person is heard
    in one neighbourhood at most but can speak in several, that a RegSO is made of its DeSO, and
    looks in the moment of a release, when the figures rest on all that is published.
    """

    heard: dict[str, Span] = field(default_factory=dict)
    spoke: dict[str, dict[str, Span]] = field(default_factory=dict)
    told: list[dict[str, Span]] = field(default_factory=list)
    ties: dict[str, dict[str, Span]] = field(default_factory=dict)
    everyone: Span = field(default_factory=lambda: Span(0))
    all_placed: bool = False

    @classmethod
    def reads(cls, decision: Decision) -> Attacker:
        said = {layer: results.protected(decision.id, layer) for layer in layers.LAYERS}
        has_comments = said[layers.DESO]["comments"] > 0
        shown = participation.public(decision)["persons"]
        least = 0 if shown.isna().all() else 1
        totals = results.totals(decision.id)
        known = cls(
            heard={
                # 0 is hidden only where there are comments, or where everything is hidden
                str(code): _span(n, least_hidden=0 if has_comments[code] else least)
                for code, n in shown.items()
            },
            spoke={
                layer: {
                    str(code): _span(row["persons"], least_hidden=int(row["comments"] > 0))
                    for code, row in rows[rows["comments"] > 0].iterrows()
                }
                for layer, rows in said.items()
            },
            told=[
                {
                    str(name): _span(n, least_hidden=0 if counts.isna().all() else 1)
                    for name, n in counts.items()
                }
                for counts in (
                    participation.public_ages(decision)["persons"],
                    participation.public_relations(decision.id),
                )
            ],
            ties=_tie_spans(decision),
            everyone=_span(totals.persons, least_hidden=1),
            all_placed=totals.placed == totals.comments,
        )
        channels = [_span(n, least_hidden=1) for n in totals.by_channel.values()]
        known.everyone.at_most(sum(span.high for span in channels))
        known.everyone.at_least(sum(span.low for span in channels))
        known._propagate()
        return known

    def _propagate(self) -> None:
        while any(
            [
                self._from_parts(),
                self._from_overlaps(),
                self._from_regso(),
                self._from_ties(),
            ]
        ):
            pass

    def _from_ties(self) -> bool:
        """Whoever told a tie is one of those heard from the area, and one of all with that tie."""
        if not self.ties:
            return False
        _ages, by_tie = self.told
        columns = {tie: [spans[tie] for spans in self.ties.values()] for tie in by_tie}
        news = [
            _within(whole, list(spans.values()))
            for code, spans in self.ties.items()
            for whole in [self.heard[code]]
        ]
        news += [_within(by_tie[tie], spans) for tie, spans in columns.items()]
        return any(news)

    def _from_parts(self) -> bool:
        """Each person is in one part at most: the parts sum to no more than everyone."""
        news = []
        for parts in (self.heard, *self.told):
            lows = sum(span.low for span in parts.values())
            news.append(self.everyone.at_least(lows))
            for span in parts.values():
                news.append(span.at_most(self.everyone.high - (lows - span.low)))
        return any(news)

    def _from_overlaps(self) -> bool:
        """Everyone who spoke somewhere is one of all, and all placed comments are somewhere."""
        news = []
        for spans in self.spoke.values():
            for span in spans.values():
                news.append(span.at_most(self.everyone.high))
                news.append(self.everyone.at_least(span.low))
        if self.all_placed:
            news.append(self._everyone_spoke_in(self.spoke[layers.DESO]))
        return any(news)

    def _everyone_spoke_in(self, spans: dict[str, Span]) -> bool:
        highs = sum(span.high for span in spans.values())
        news = [self.everyone.at_most(highs)]
        for span in spans.values():
            news.append(span.at_least(self.everyone.low - (highs - span.high)))
        return any(news)

    def _from_regso(self) -> bool:
        news = []
        for regso, whole in self.spoke.get(layers.REGSO, {}).items():
            parts = [s for code, s in self.spoke[layers.DESO].items() if REGSO_OF[code] == regso]
            highs = sum(span.high for span in parts)
            news.append(whole.at_most(highs))
            for span in parts:
                news.append(span.at_most(whole.high))
                news.append(whole.at_least(span.low))
                news.append(span.at_least(whole.low - (highs - span.high)))
        return any(news)


def _within(whole: Span, parts: list[Span]) -> bool:
    """Draw what follows from parts that sum to no more than the whole."""
    lows = sum(span.low for span in parts)
    news = [whole.at_least(lows)]
    news += [span.at_most(whole.high - (lows - span.low)) for span in parts]
    return any(news)


def _tie_spans(decision: Decision) -> dict[str, dict[str, Span]]:
    shown = participation.public_ties(decision.id)
    least = 0 if shown.isna().to_numpy().all() else 1
    return {
        str(code): {str(tie): _span(n, least_hidden=least) for tie, n in row.items()}
        for code, row in shown.iterrows()
    }


def _found_out(decision: Decision) -> dict[str, tuple[int, int]]:
    """Return the counts of one to four persons, built on homes, that the attacker has pinned.

    Whatever the attacker says must be true, or the attack is worth nothing.
    """
    known = Attacker.reads(decision)
    exact = self_reported.heard(decision.id, released=True)
    pinned = {}
    for code, count in exact.persons.items():
        span = known.heard[str(code)]
        assert span.low <= count <= span.high
        if exact.by_area.loc[code, "by_home"] and count < 5 and span.low == span.high:
            pinned[str(code)] = (int(count), span.low)
    for spans, counted in zip(
        known.told, (self_reported.ages, self_reported.relations), strict=True
    ):
        for name, count in counted(decision.id, released=True).items():
            span = spans[str(name)]
            assert span.low <= count <= span.high
            if 0 < count < 5 and span.low == span.high:
                pinned[str(name)] = (int(count), span.low)
    ties = self_reported.released_ties(decision.id)
    for code, spans in known.ties.items():
        for tie, span in spans.items():
            count = int(ties.loc[code, tie])
            assert span.low <= count <= span.high
            if 0 < count < 5 and span.low == span.high:
                pinned[f"{code} {tie}"] = (count, span.low)
    for layer, spans in known.spoke.items():
        spoke = exact_persons.by_area(decision.id, layer)
        assert all(spans[code].low <= n <= spans[code].high for code, n in spoke.items())
    return pinned


@settings(_modest, max_examples=20)
@given(everyone=_people)
def test_overlapping_layers_and_sums_never_give_a_home_away(everyone):
    with _opened() as decision:
        _add(everyone)
        releases.release("lekplats", at=NOON)
        tell_changed("lekplats")
        assert _found_out(decision) == {}


def test_the_attacker_finds_what_a_careless_table_gives_away():
    # twelve at most in all, ten at least in one place: two places with somebody hold one each
    known = Attacker(heard={HOME: Span(10, 14), OTHER: Span(1), THIRD: Span(1)})
    known.everyone = Span(8, 12)
    known._propagate()
    assert (known.heard[OTHER], known.heard[THIRD]) == (Span(1, 1), Span(1, 1))
    assert (known.heard[HOME], known.everyone) == (Span(10, 10), Span(12, 12))


def test_the_attacker_finds_what_a_careless_table_of_ties_gives_away():
    # eleven at most told that they live near, and ten at least of those in one place
    known = Attacker(
        heard={HOME: Span(10, 14), OTHER: Span(1)},
        told=[{}, {"lives": Span(10, 11)}],
        ties={HOME: {"lives": Span(10, 14)}, OTHER: {"lives": Span(1)}},
    )
    known._propagate()
    assert known.ties[OTHER]["lives"] == Span(1, 1)
    assert known.ties[HOME]["lives"] == Span(10, 10)


@settings(_modest, max_examples=10)
@given(here=_people, there=_people)
def test_two_decisions_with_the_same_area_do_not_help(here, there):
    with _opened("lekplats", "tvilling") as decision:
        twin = make_decision(id="tvilling", **WIDE)
        _add(here)
        releases.release("lekplats", at=NOON)
        tell_changed("lekplats")
        before, was, pinned = _figures(decision), _released(), _found_out(decision)
        _add(there, "tvilling")
        releases.release("tvilling", at=NOON)
        tell_changed("tvilling")
        participation.public(twin)
        # figures are per decision: what is heard on the twin moves nothing, and tells nothing, here
        tell_changed("lekplats")
        assert not _changed(before, _figures(decision))
        assert _released() == was
        assert _found_out(decision).keys() == pinned.keys()
        assert set(_released("tvilling")).isdisjoint(was)


def test_hiding_one_comment_does_not_move_the_released_figure(wide):
    _publish(None, count=4, home=HOME)
    ids = _publish(HOME)  # no home told: counted by place
    before = participation.public(wide)["persons"].fillna(-1)
    assert before.loc[HOME] == 5
    _hide(ids)
    assert participation.public(wide)["persons"].fillna(-1).loc[HOME] == 5


def test_what_waits_does_not_decide_where_a_person_counts(wide):
    ids = _send(OTHER, THIRD, THIRD)
    _show(ids[:1])
    assert _exact() == {OTHER: 1}


def test_where_everybody_is_alone_no_place_is_told(wide):
    """Seven persons in seven places: their sum would bind each of them to one."""
    ids = [_publish(None, home=CODES[at]) for at in range(5)]
    assert participation.public(wide)["persons"].isna().all()
    for _round in range(2):
        for _one in range(2):
            _hide(ids.pop())
        bare = [code for code in CODES if code not in _exact()]
        ids += [_publish(None, home=code) for code in bare[:3]]
    assert len(ids) == 7
    assert _found_out(wide) == {}


def test_the_word_does_not_tell_that_one_commenter_lives_elsewhere(empty_store):
    words = []
    for home in (None, "1883C1080"):
        store.open_store(store.IN_MEMORY)
        made = make_decision()
        decisions.add(made, number=1)
        _publish(None, count=39, home="1883C1060")
        _publish("1883C1100", home=home)
        words.append(participation.public(made).loc["1883C1100"].tolist())
    assert words[0] == words[1]


def test_a_home_in_another_edition_of_the_areas_is_an_error_and_never_dropped(wide):
    _publish(None, count=5, home=HOME)
    with store.transaction() as cursor:
        cursor.execute("UPDATE submissions SET home = '1883C9999'")
    with pytest.raises(layers.EditionError):
        self_reported.heard("lekplats", released=False)
