"""Entering for others: who may, which days count, and once whatever is pressed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from data import rights, store
from data.comments import published, results
from data.comments import submissions as sent
from data.models import Channel, Kind, PlaceHow, ReviewState, Staff
from data.review import after_publication, entered, registering, review
from data.review.registering import Entry, EntryError
from data.staff import staff_log
from tests.conftest import CLOSES, ELSEWHERE, NOON, OPENS, TOWN, make_decision

LETTER = Entry(
    text="Vi vill ha bänkar.",
    channel=Channel.LETTER,
    received_on=date(2026, 11, 20),
    kind=Kind.IDEA,
    persons=12,
)
TODAY = date(2026, 11, 23)


def _enter(actor, entry=LETTER, key="rad-1", at=NOON):
    return registering.enter(actor, "lekplats", entry, key=key, at=at)


def _all(query: str):
    with store.cursor() as cursor:
        return cursor.execute(query).fetchall()


def test_what_is_entered_waits_to_be_read_and_has_a_receipt(decision, reviewer):
    receipt = _enter(reviewer)
    assert published.count_published(decision.id) == 0
    (waiting,) = review.waiting(actor=reviewer)
    assert (waiting.original, waiting.channel) == ("Vi vill ha bänkar.", Channel.LETTER)
    found = sent.by_receipt(receipt.code)
    assert found is not None
    assert found[1][0].id == waiting.id


def test_it_counts_under_its_own_channel_with_all_who_spoke(decision, reviewer):
    _enter(reviewer)
    (waiting,) = review.waiting(actor=reviewer)
    review.publish(waiting.id, actor=reviewer, at=NOON)
    after_publication.release([decision.id], at=NOON)
    totals = results.totals(decision.id)
    assert totals.by_channel == {Channel.LETTER: 10}
    assert totals.persons == 10


def test_the_same_click_is_entered_once_and_another_click_again(decision, reviewer):
    assert _enter(reviewer).code == _enter(reviewer).code
    assert _enter(reviewer, key="rad-2").code != _enter(reviewer).code
    assert len(_all("SELECT * FROM submissions")) == 2


def test_every_entry_is_logged_in_the_same_breath(decision, reviewer, monkeypatch):
    _enter(reviewer)
    (act,) = staff_log.of(reviewer, decision.id)
    assert (act.actor, act.act) == ("Granskare", "enter")

    def broken(*_args: object, **_more: object) -> None:
        msg = "full disk"
        raise OSError(msg)

    monkeypatch.setattr(staff_log, "add", broken)
    with pytest.raises(OSError, match="full disk"):
        _enter(reviewer, key="rad-2")
    assert len(_all("SELECT * FROM submissions")) == 1
    assert len(_all("SELECT * FROM entered")) == 1


@pytest.mark.parametrize(
    ("day", "today", "code"),
    [
        (OPENS, TODAY, None),
        (OPENS - timedelta(1), TODAY, "received_before"),
        (TODAY, TODAY, None),
        (TODAY + timedelta(1), TODAY, "received_in_future"),
        # a letter that came in time counts, also when it is opened late
        (CLOSES, date(2026, 12, 20), None),
        (CLOSES + timedelta(1), date(2026, 12, 20), "received_after"),
    ],
)
def test_the_day_it_came_decides(day, today, code):
    entry = replace(LETTER, received_on=day)
    if code is None:
        registering.check(make_decision(), entry, today=today)
        return
    with pytest.raises(EntryError) as refused:
        registering.check(make_decision(), entry, today=today)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"text": " \u200b "}, "text_missing"),
        ({"text": "x" * 4001}, "too_long"),
        ({"place_words": "x" * 500}, "too_long"),
        ({"persons": 0}, "bad_persons"),
        ({"persons": 501}, "bad_persons"),
        ({"channel": Channel.WEB}, "bad_channel"),
        ({"home": "1883X"}, "unknown_home"),
        ({"place_how": PlaceHow.NEIGHBOURHOOD, "deso": "1883X"}, "unknown_neighbourhood"),
        ({"place_how": PlaceHow.PIN, "lon": ELSEWHERE[0], "lat": ELSEWHERE[1]}, "outside"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_reason(decision, reviewer, changes, code):
    with pytest.raises(EntryError) as refused:
        _enter(reviewer, replace(LETTER, **changes))
    assert refused.value.code == code
    assert _all("SELECT * FROM submissions") == []


def test_an_unknown_decision_is_refused(empty_store, reviewer):
    with pytest.raises(EntryError, match="unknown_decision"):
        _enter(reviewer)


@pytest.mark.parametrize("roles", [frozenset(), frozenset({"politician"})])
def test_only_reviewers_enter(decision, roles):
    with pytest.raises(rights.NotAllowedError):
        _enter(Staff("Någon", roles))


def test_the_same_table_again_adds_nothing_and_a_longer_one_only_the_rest(decision, reviewer):
    table = [replace(LETTER, text=f"Bänk {n}") for n in range(5)]
    assert registering.enter_all(reviewer, decision.id, table, at=NOON) == 5
    assert registering.enter_all(reviewer, decision.id, table, at=NOON) == 0
    longer = [*table, replace(LETTER, text="En till")]
    assert registering.are_known(reviewer, decision.id, longer) == [True] * 5 + [False]
    assert registering.enter_all(reviewer, decision.id, longer, at=NOON) == 1
    assert len(_all("SELECT * FROM submissions")) == 6


def test_two_who_wrote_the_same_are_two(decision, reviewer):
    assert registering.enter_all(reviewer, decision.id, [LETTER, LETTER], at=NOON) == 2
    assert registering.enter_all(reviewer, decision.id, [LETTER], at=NOON) == 0


def test_a_table_is_kept_whole_or_not_at_all(decision, reviewer):
    table = [LETTER, replace(LETTER, persons=0)]
    with pytest.raises(EntryError):
        registering.enter_all(reviewer, decision.id, table, at=NOON)
    assert _all("SELECT * FROM submissions") == []


def test_the_public_place_cannot_be_worked_out_from_what_was_said(decision, reviewer):
    """The position is moved by a secret, not by a digest of the row."""
    pinned = replace(LETTER, place_how=PlaceHow.PIN, lon=TOWN[0], lat=TOWN[1])
    # some eighty positions may be chosen: two rows fall on the same one now and then, six do not
    for number in range(6):
        _enter(reviewer, pinned, key=f"rad-{number}")
    moved = _all("SELECT public_lon, public_lat FROM comments")
    assert len(set(moved)) > 1
    assert (TOWN[0], TOWN[1]) not in moved


def test_the_list_shows_the_latest_first(decision, reviewer):
    _enter(reviewer, key="rad-1")
    code = _enter(reviewer, replace(LETTER, text="Sist"), key="rad-2").code
    first, second = entered.latest(reviewer, decision.id)
    assert (first.text, first.code, first.persons) == ("Sist", code, 12)
    assert first.state is ReviewState.WAITING
    assert second.received_on == date(2026, 11, 20)


def test_a_day_is_kept_as_that_day_also_before_noon(decision, reviewer):
    early = NOON.replace(hour=6)
    _enter(reviewer, replace(LETTER, received_on=TODAY), at=early)
    (row,) = entered.latest(reviewer, decision.id)
    assert row.received_on == TODAY
    assert _all("SELECT received_at FROM submissions")[0][0] <= early


def test_every_receipt_of_a_table_can_be_had_later_each_with_its_row(decision, reviewer):
    table = [replace(LETTER, text=f"Bänk {n}", row=n + 2) for n in range(60)]
    registering.enter_all(reviewer, decision.id, table, at=NOON)
    later = NOON + timedelta(hours=1)
    _enter(reviewer, replace(LETTER, text="För sig"), key="rad-1", at=later)
    single, whole = entered.batches(reviewer, decision.id)
    assert [(one.count, one.entered_at) for one in (single, whole)] == [(1, later), (60, NOON)]
    found = entered.receipts(reviewer, decision.id, whole)
    assert [(one.row, one.text) for one in found] == [(n + 2, f"Bänk {n}") for n in range(60)]
    for one in found:
        told = sent.by_receipt(one.code)
        assert told is not None
        assert [comment.original for comment in told[1]] == [one.text]
    assert len(entered.receipts(reviewer, decision.id)) == 61
    assert entered.receipts(reviewer, "annat") == []


def test_what_was_said_and_could_not_be_read_is_kept(decision, reviewer):
    said = (("home", "Aggerud"), ("channel", "Anslagstavlan"))
    registering.enter_all(reviewer, decision.id, [replace(LETTER, told=said)], at=NOON)
    (row,) = entered.receipts(reviewer, decision.id)
    assert row.told == said
    assert _all("SELECT home FROM submissions") == [(None,)]


def test_the_same_table_is_known_whatever_is_answered_about_its_words(decision, reviewer):
    said = (("home", "Aggerud"), ("channel", "Tavlan"), ("place", "där borta"))
    open_ = replace(LETTER, told=said, channel=Channel.OTHER, place_words="där borta", row=2)
    answered = replace(
        open_,
        home="1883C1010",
        channel=Channel.PHONE,
        place_how=PlaceHow.PIN,
        lon=TOWN[0],
        lat=TOWN[1],
        row=7,
    )
    assert registering.enter_all(reviewer, decision.id, [open_], at=NOON) == 1
    assert registering.are_known(reviewer, decision.id, [answered]) == [True]
    assert registering.enter_all(reviewer, decision.id, [answered], at=NOON) == 0


def test_a_table_entered_before_words_were_kept_is_still_known(decision, reviewer):
    """The digest of an entry with nothing unread is the one that older versions stored."""
    (digest,) = registering._digests(decision.id, [replace(LETTER, row=5)])
    fields = {
        "text": LETTER.text,
        "channel": "letter",
        "received_on": "2026-11-20",
        "kind": "idea",
        "stance": "none",
        "persons": 12,
        "place_how": "none",
        **dict.fromkeys(("lon", "lat", "deso", "home", "age_band", "relation")),
        "place_words": "",
        "decision": "lekplats",
    }
    words = json.dumps(fields, default=str, sort_keys=True)
    assert digest == f"row:{hashlib.sha256(words.encode()).hexdigest()}:1"
