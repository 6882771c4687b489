"""Results: from stored codes, nothing about fewer than five persons, nothing unpublished."""

from datetime import timedelta

import pandas as pd
import pytest

from data.affected import affected, participation, per_affected
from data.comments import published, results, self_reported, submissions
from data.comments.published import CommentFilter
from data.geodata import layers
from data.models import Channel, HideReason, Kind, NewComment, PlaceHow, Stance
from data.review import review
from geo import disclosure
from tests.conftest import NOON, TOWN, make_comment, make_submission

DESO = "1883C1100"

SORTS = (*results.STANCES, *results.KINDS)


def _send(reviewer, count: int, *, start: int = 0, stance=Stance.FOR, each: int = 1, publish=True):
    for i in range(start, start + count):
        comment = make_comment(stance=stance)
        new = make_submission(*[comment] * each, key=f"nyckel-{i:012d}")
        receipt = submissions.add(new, at=NOON)
        found = submissions.by_receipt(receipt.code)
        assert found is not None
        for sent in found[1]:
            if publish:
                review.publish(sent.id, actor=reviewer, at=NOON)


@pytest.mark.parametrize("layer", layers.LAYERS)
def test_every_area_of_a_layer_is_there_also_the_silent(decision, reviewer, layer):
    _send(reviewer, 6)
    found = results.protected("lekplats", layer)
    assert list(found.index) == list(layers.frame(layer).index)
    assert found["comments"].sum() == 6
    assert list(found.columns) == ["name", "comments", "persons", *SORTS]


def test_fewer_than_five_persons_are_hidden_with_what_they_think(decision, reviewer):
    _send(reviewer, 4)
    row = results.protected("lekplats", "deso").loc[DESO]
    assert row["comments"] == 4
    assert pd.isna(row["persons"])
    assert all(pd.isna(row[stance]) for stance in SORTS)
    assert results.totals("lekplats").persons is None


def test_persons_are_counted_once_however_much_they_write(decision, reviewer):
    _send(reviewer, 5, each=3)
    row = results.protected("lekplats", "deso").loc[DESO]
    assert row["comments"] == 15
    assert row["persons"] == 5
    assert row["for"] == 15


@pytest.mark.parametrize(
    ("exact", "shown"), [(0, 0), (1, None), (4, None), (5, 5), (7, 5), (8, 10)]
)
def test_persons_are_rounded_by_one_rule(exact, shown):
    rule = {"k": results.LEAST_PERSONS, "base": results.ROUNDED_TO}
    assert disclosure.protect_sum(exact, **rule) == shown


def test_waiting_and_hidden_comments_are_counted_nowhere(decision, reviewer):
    _send(reviewer, 6, publish=False)
    assert results.totals("lekplats").comments == 0
    assert results.protected("lekplats", "deso")["comments"].sum() == 0
    assert self_reported.heard("lekplats", released=False).persons.sum() == 0


def test_a_figure_changes_as_soon_as_a_comment_is_hidden(decision, reviewer):
    _send(reviewer, 6)
    assert results.totals("lekplats").comments == 6
    review.hide(1, actor=reviewer, reason=HideReason.OFF_TOPIC, at=NOON)
    assert results.totals("lekplats").comments == 5
    assert results.protected("lekplats", "deso").loc[DESO, "comments"] == 5


def test_a_comment_on_a_neighbourhood_counts_there_and_not_in_finer_layers(decision, reviewer):
    comment = NewComment(
        kind=Kind.IDEA, text="Hej", place_how=PlaceHow.NEIGHBOURHOOD, deso="1883C1010"
    )
    submissions.add(make_submission(comment), at=NOON)
    review.publish(1, actor=reviewer, at=NOON)
    assert results.protected("lekplats", "deso").loc["1883C1010", "comments"] == 1
    assert results.protected("lekplats", "regso")["comments"].sum() == 1
    assert results.protected("lekplats", "valdistrikt")["comments"].sum() == 0
    assert results.protected("lekplats", "ruta")["comments"].sum() == 0


def test_affected_but_unheard_is_called_that(decision, reviewer):
    _send(reviewer, 30)
    found = participation.public(decision)
    affected_and_silent = (found["affected"] >= 50) & (found.index != DESO)
    assert affected_and_silent.any()
    assert (found.loc[affected_and_silent, "word"] == participation.SILENT).all()
    assert found.loc[DESO, "word"] not in {participation.SILENT, participation.NOT_AFFECTED}


def test_a_caller_cannot_spoil_what_is_kept(decision, reviewer):
    _send(reviewer, 6)
    mine = results.protected("lekplats", "deso")
    mine["comments"] = 0
    assert results.protected("lekplats", "deso")["comments"].sum() == 6


def test_the_town_is_where_the_test_says(decision):
    codes = layers.locator().codes(*TOWN)
    assert codes is not None
    assert codes["deso"] == DESO


def _by(reviewer, channel: Channel, persons: int, *, key: str) -> int:
    """Publish one comment that `persons` stand behind, and give its number."""
    new = make_submission(
        make_comment(), key=f"nyckel-{key:0>10}", channel=channel, persons=persons
    )
    found = submissions.by_receipt(submissions.add(new, at=NOON).code)
    assert found is not None
    review.publish(found[1][0].id, actor=reviewer, at=NOON)
    return found[1][0].id


def _picked(channel: Channel) -> list[int]:
    return [
        one.id for one in published.published("lekplats", published.CommentFilter(channel=channel))
    ]


@pytest.mark.parametrize(
    ("web", "letter", "meeting", "apart"),
    [
        (6, 0, 0, {Channel.WEB}),
        (6, 7, 0, {Channel.WEB, Channel.LETTER}),
        (6, 4, 0, set()),
        (6, 2, 2, set()),
        (6, 3, 2, {Channel.WEB}),
        (4, 0, 0, set()),
    ],
)
def test_comments_are_told_apart_by_channel_only_among_five(
    decision, reviewer, web, letter, meeting, apart
):
    counts = {Channel.WEB: web, Channel.LETTER: letter, Channel.MEETING: meeting}
    ids = {
        channel: _by(reviewer, channel, persons, key=channel.value)
        for channel, persons in counts.items()
        if persons
    }
    assert set(results.totals("lekplats").told_apart) == apart
    for channel in counts:
        assert _picked(channel) == ([ids[channel]] if channel in apart else [])
    # what is left when those are taken away is nobody, or at least five
    left = sum(persons for channel, persons in counts.items() if channel not in apart)
    assert not apart or left == 0 or left >= results.LEAST_PERSONS


def test_the_filter_by_channel_goes_when_one_too_few_is_left(decision, reviewer):
    web = _by(reviewer, Channel.WEB, 6, key="webb")
    letter = _by(reviewer, Channel.LETTER, 5, key="brev")
    assert _picked(Channel.LETTER) == [letter]
    _by(reviewer, Channel.SCHOOL, 1, key="skola")
    assert _picked(Channel.LETTER) == _picked(Channel.SCHOOL) == [], "one hides behind the other"
    assert _picked(Channel.WEB) == [web]


@pytest.mark.parametrize("layer", [layers.DESO, layers.REGSO])
def test_comments_are_set_against_how_many_are_affected(decision, reviewer, layer):
    _send(reviewer, 7)
    found = per_affected.per_thousand(decision, layer)
    people = affected.public(decision, layer)["affected"]
    counted = results.protected(decision.id, layer)["comments"]
    assert counted.sum() == 7
    assert list(found.index) == list(counted.index)
    for code in found.index:
        if pd.isna(people[code]) or people[code] < per_affected.LEAST_AFFECTED:
            assert pd.isna(found[code]), "a single comment would make a large rate"
        else:
            assert found[code] == round(1000 * counted[code] / people[code], 1)
    assert found.isna().any()
    assert found.max() > 0


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (CommentFilter(), 3),
        (CommentFilter(stance=Stance.FOR), 2),
        (CommentFilter(stance=Stance.AGAINST), 1),
        (CommentFilter(stance=Stance.BOTH), 0),
        (CommentFilter(kind=Kind.IDEA), 3),
        (CommentFilter(kind=Kind.QUESTION), 0),
        (CommentFilter(deso=DESO), 3),
        (CommentFilter(deso="1883C1010"), 0),
        (CommentFilter(since=NOON.date()), 3),
        (CommentFilter(since=NOON.date() + timedelta(days=1)), 0),
        (CommentFilter(until=NOON.date()), 3),
        (CommentFilter(until=NOON.date() - timedelta(days=1)), 0),
        (CommentFilter(stance=Stance.FOR, deso="1883C1010"), 0),
    ],
)
def test_each_thing_a_reader_asks_for_is_asked_for_everywhere(decision, reviewer, wanted, found):
    _send(reviewer, 2)
    _send(reviewer, 1, start=2, stance=Stance.AGAINST)
    assert published.count_published("lekplats", wanted) == found
    assert len(published.published("lekplats", wanted)) == found
    assert len(published.published_points("lekplats", wanted)) == found
    assert published.count_by_area("lekplats", layers.DESO, wanted).sum() == found


def test_rounding_is_blamed_only_where_it_may_be_the_reason_and_nobody_under_five_is_told():
    for comments_told in range(40):
        for exact in range(1, 40):
            shown = disclosure.protect_sum(exact)
            told_beside = results.persons_beside(comments_told, shown)
            assert (told_beside is None) is (exact < results.LEAST_PERSONS)
            if told_beside is None:
                continue
            assert told_beside >= results.LEAST_PERSONS
            if exact <= comments_told:
                assert told_beside <= comments_told
