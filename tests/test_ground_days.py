"""A day is the one in Karlskoga, from midnight to midnight, also when the clock is moved."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from data import clock
from data.comments import phase_counts, published, submissions
from data.comments.published import CommentFilter
from data.decisions import decisions
from data.models import Phase
from data.review import review
from tests.conftest import make_comment, make_decision, make_submission

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def _utc(day: int, month: int, year: int, hour: int) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


# a day, and when it begins and ends as the rest of the world tells it
DAYS = [
    (date(2026, 11, 23), _utc(22, 11, 2026, 23), _utc(23, 11, 2026, 23)),
    (date(2027, 6, 21), _utc(20, 6, 2027, 22), _utc(21, 6, 2027, 22)),
    # 23 hours, and 25
    (date(2027, 3, 28), _utc(27, 3, 2027, 23), _utc(28, 3, 2027, 22)),
    (date(2027, 10, 31), _utc(30, 10, 2027, 22), _utc(31, 10, 2027, 23)),
    (date(2028, 2, 29), _utc(28, 2, 2028, 23), _utc(29, 2, 2028, 23)),
    (date(2026, 12, 31), _utc(30, 12, 2026, 23), _utc(31, 12, 2026, 23)),
]
EACH_DAY = pytest.mark.parametrize(("day", "begins", "ends"), DAYS, ids=[str(d[0]) for d in DAYS])


@EACH_DAY
def test_a_day_begins_and_ends_at_midnight_in_karlskoga(day, begins, ends):
    assert clock.midnight(day) == begins
    assert clock.midnight(day + DAY) == ends
    assert [clock.day_of(at) for at in (begins, ends - SECOND)] == [day, day]
    assert [clock.day_of(at) for at in (begins - SECOND, ends)] == [day - DAY, day + DAY]


@EACH_DAY
def test_what_came_in_on_a_day_is_what_came_between_two_midnights(
    empty_store, reviewer, day, begins, ends
):
    phases = tuple(
        Phase(f"step{n}", on, on, {"sv": "Samråd"}) for n, on in enumerate((day - DAY, day))
    )
    decision = make_decision(opens=day - DAY, closes=day + DAY, phases=phases)
    decisions.add(decision, number=1)
    moments = {"before": begins - SECOND, "first": begins, "last": ends - SECOND, "after": ends}
    for words, at in moments.items():
        new = make_submission(make_comment(text=words), key=f"nyckel-{words:0>16}")
        submissions.add(new, at=at)
    for number in range(1, 5):
        review.publish(number, actor=reviewer, at=ends)

    def words(**wanted: date) -> set[str]:
        found = published.published(decision.id, CommentFilter(**wanted))
        assert published.count_published(decision.id, CommentFilter(**wanted)) == len(found)
        return {one.text for one in found}

    assert words(since=day, until=day) == {"first", "last"}
    assert words(until=day - DAY) == {"before"}
    assert words(since=day + DAY) == {"after"}
    told = {one.text: one.received_on for one in published.published(decision.id)}
    assert told == {"before": day - DAY, "first": day, "last": day, "after": day + DAY}
    before, after = phases
    frame = phase_counts.by_district(decision, before, after)
    assert list(frame.columns) == ["name", "before", "after", "change"]
    assert list(frame[["before", "after"]].sum()) == [1, 2]
    assert frame["change"].tolist() == (frame["after"] - frame["before"]).tolist()


@EACH_DAY
def test_a_dialogue_takes_comments_from_its_first_midnight_to_its_last(
    empty_store, day, begins, ends
):
    decisions.add(make_decision(opens=day, closes=day), number=1)
    for number, at in enumerate((begins, ends - SECOND)):
        submissions.add(make_submission(key=f"nyckel-{number:016d}"), at=at)
    for number, (at, code) in enumerate([(begins - SECOND, "not_open_yet"), (ends, "closed")], 2):
        with pytest.raises(submissions.rules.CommentingClosedError) as refused:
            submissions.add(make_submission(key=f"nyckel-{number:016d}"), at=at)
        assert refused.value.code == code
