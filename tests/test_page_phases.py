"""Before and after: what one phase was about beside another, by the day that comments came in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from data import store
from data.comments import phase_counts, published, results, submissions
from data.decisions import decisions
from data.geodata import layers
from data.models import Decision, Phase, Staff
from data.review import review
from pages.resultat import result_layers
from tests.conftest import CLOSES, NOON, OPENS, make_comment, make_decision, make_submission
from tests.page_kit import cells, layers_sent, open_page, words
from tests.store_kit import tell_changed

pytestmark = pytest.mark.usefixtures("at_noon")
PAGE = "resultat/page.py"
TURN = date(2026, 11, 15)
FIRST, SECOND, THIRD = (
    Phase("samrad", OPENS, TURN, {"sv": "Samråd: tyck till"}),
    Phase("granskning", TURN + timedelta(days=2), CLOSES, {"sv": "Granskning: sista gången"}),
    Phase("antagande", CLOSES + timedelta(days=9), CLOSES + timedelta(days=9), {"sv": "Antas"}),
)
Say = Callable[..., None]


@pytest.fixture
def twice(empty_store) -> Decision:
    made = make_decision(phases=(FIRST, SECOND, THIRD))
    decisions.add(made, number=1)
    return made


@pytest.fixture
def say(twice: Decision, reviewer: Staff) -> Say:
    """Publish as many comments as asked for, each from a person of its own, on a day."""

    def write(day: date, count: int, **changes: object) -> None:
        for n in range(count):
            new = make_submission(
                make_comment(text=f"Ord {n} om den {day}.", **changes), key=f"nyckel-{day}-{n:04}"
            )
            code = submissions.add(new, at=NOON.replace(day=day.day)).code
            found = submissions.by_receipt(code)
            assert found is not None
            review.publish(found[1][0].id, actor=reviewer, at=NOON)

    return write


def test_first_and_last_day_of_a_phase_are_among_its_days(twice, say):
    for day, count in ((OPENS, 1), (TURN, 2), (SECOND.starts, 3)):
        say(day, count)
    say(TURN + timedelta(days=1), 4)
    rows = phase_counts.by_district(twice, FIRST, SECOND)
    assert rows[["before", "after", "change"]].sum().tolist() == [3, 3, 0]
    assert len(rows) == len(layers.frame(layers.VALDISTRIKT)), "the silent ones are there too"


def test_both_phases_and_the_rest_are_all_comments(twice, say):
    say(OPENS, 2)
    say(TURN, 1, lon=None, lat=None, place_how="none")
    say(CLOSES - timedelta(days=1), 5)
    counted = [
        published.count_published(twice.id, phase_counts.of_phase(p)) for p in (FIRST, SECOND)
    ]
    assert counted == [3, 5]
    assert sum(counted) == results.totals(twice.id).comments


def test_a_phase_without_a_comment_is_not_compared(twice, say):
    say(OPENS, 1)
    assert phase_counts.spoken_in(twice) == (FIRST,)
    shown = open_page(PAGE, id=twice.id, visa="skeden")
    assert "Före och efter" not in words(shown)
    assert not shown.exception


def test_what_waits_or_is_hidden_is_in_no_phase(twice):
    submissions.add(make_submission(), at=NOON)
    assert phase_counts.spoken_in(twice) == ()


def test_map_sentence_and_table_are_about_the_same_two_phases(twice, say):
    say(OPENS, 6)
    say(SECOND.starts, 8)
    say(TURN + timedelta(days=1), 1)
    shown = open_page(PAGE, id=twice.id, visa="skeden")
    assert "6 synpunkter kom in i det första skedet och 8 i det andra." in words(shown)
    assert "1 synpunkt kom in vid en annan tid" in words(shown)
    assert {"6", "8", "+2"} <= set(cells(shown))
    asked = [one["url"] for one in layers_sent(shown) if "density" in one["url"]]
    assert asked
    assert all(f"since={SECOND.starts}&until={SECOND.ends}" in url for url in asked)


def test_the_address_holds_the_phase_on_the_map(twice, say):
    say(OPENS, 6)
    say(SECOND.starts, 8)
    before = open_page(PAGE, id=twice.id, visa="skeden", skede="fore")
    after = open_page(PAGE, id=twice.id, visa="skeden")
    drawn = [[one for one in layers_sent(p) if "density" in one["url"]] for p in (before, after)]
    assert all(f"until={FIRST.ends}" in one["url"] for one in drawn[0])
    assert [one["breaks"] for one in drawn[0]] == [one["breaks"] for one in drawn[1]]


def test_three_phases_leave_the_choice_of_two(twice, say):
    say(OPENS, 3)
    say(SECOND.starts, 5)
    later = replace(THIRD, code="ny", starts=CLOSES - timedelta(days=1), ends=CLOSES)
    middle = replace(SECOND, ends=CLOSES - timedelta(days=2))
    with store.transaction() as cursor:
        assert decisions.replace_whole(cursor, replace(twice, phases=(FIRST, middle, later)))
    tell_changed(decisions.DECISIONS)
    say(later.starts, 7)
    found = decisions.get(twice.id)
    assert found is not None
    assert [one.code for one in phase_counts.spoken_in(found)] == ["samrad", "granskning", "ny"]
    shown = open_page(PAGE, id=twice.id, visa="skeden")
    assert "5 synpunkter kom in i det första skedet och 7 i det andra." in words(shown)
    shown = open_page(PAGE, id=twice.id, visa="skeden", skeden="0,2")
    assert "3 synpunkter kom in i det första skedet och 7 i det andra." in words(shown)
    shown = open_page(PAGE, id=twice.id, visa="skeden", skeden="2,2")
    assert "5 synpunkter kom in i det första skedet och 7 i det andra." in words(shown)


def test_every_layer_is_offered_by_its_name_and_shown_under_it(twice, say):
    say(FIRST.starts, 5)
    say(SECOND.starts, 9)
    for layer in result_layers.LAYERS:
        shown = open_page(PAGE, id=twice.id, visa=layer.word)
        choice = shown.radio(key="resultat.visa")
        assert choice.options == [one.name for one in result_layers.LAYERS]
        assert choice.value == layer.word
        assert layer.name in words(shown)


@pytest.mark.parametrize("step", ["omrade", "stallning", "tystnad", "tathet", "berorda"])
def test_patterns_stand_on_the_map_and_in_its_legend(twice, say, step):
    say(SECOND.starts, 9)
    shown = open_page(PAGE, id=twice.id, visa=step, monster="1")
    fills = [one for one in layers_sent(shown) if one["kind"] == "fill"]
    assert fills
    assert all(one["patterns"] for one in fills)
    plain = open_page(PAGE, id=twice.id, visa=step)
    assert not any("patterns" in one for one in layers_sent(plain))
    legends = ["".join(one.proto.body for one in p.get("html")) for p in (shown, plain)]
    assert legends[0] != legends[1]
