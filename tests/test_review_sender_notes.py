"""What people do with their own comment: only theirs, for good, and nothing public is added."""

from __future__ import annotations

from datetime import timedelta

import pytest

from data.comments import published, results, submissions
from data.models import HideReason, ReviewState
from data.review import after_publication, review, sender_notes
from data.review.sender_notes import SenderError
from tests.conftest import NOON, make_comment, make_submission

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def sent(decision, reviewer):
    receipt = submissions.add(make_submission(make_comment(text="Min synpunkt")), at=NOON)
    found = submissions.by_receipt(receipt.code)
    assert found is not None
    number = found[1][0].id
    review.publish(number, actor=reviewer, at=NOON)
    return receipt.code, number


def _state(number: int, reviewer):
    found = review.get(reviewer, number)
    assert found is not None
    return found.state, found.hide_reason


def test_who_takes_back_is_gone_from_everything_public_and_kept_for_officials(
    decision, sent, reviewer
):
    code, number = sent
    assert results.totals(decision.id).comments == 1
    sender_notes.take_back(code, number, at=LATER)
    assert published.published(decision.id) == []
    assert results.totals(decision.id).comments == 0
    assert _state(number, reviewer) == (ReviewState.HIDDEN, HideReason.SENDER)
    row = review.log(reviewer, number)[-1]
    assert (row.act, row.actor) == ("take_back", review.SENDER.name)


@pytest.mark.parametrize("act", ["publish", "publish_many", "undo", "hide"])
def test_nobody_can_show_again_what_was_taken_back(decision, sent, reviewer, act):
    code, number = sent
    rows = [row.id for row in review.log(reviewer, number)]
    sender_notes.take_back(code, number, at=LATER)
    seen = (ReviewState.HIDDEN, "Min synpunkt")
    doing = {
        "publish": lambda: review.publish(number, actor=reviewer, at=LATER),
        "publish_many": lambda: review.publish_many({number: seen}, actor=reviewer, at=LATER),
        "undo": lambda: review.undo(rows[-1:], actor=reviewer, at=LATER),
        "hide": lambda: review.hide(number, actor=reviewer, reason=HideReason.OFF_TOPIC, at=LATER),
    }
    with pytest.raises((review.TakenBackError, review.AlreadyReadError)):
        doing[act]()
    assert _state(number, reviewer) == (ReviewState.HIDDEN, HideReason.SENDER)


def test_what_waits_can_be_taken_back_before_anybody_reads_it(decision, reviewer):
    receipt = submissions.add(make_submission(), at=NOON)
    (waiting,) = review.waiting(reviewer)
    sender_notes.take_back(receipt.code, waiting.id, at=LATER)
    assert review.waiting(reviewer) == []


@pytest.mark.parametrize("code", ["", "0000-0000", "K7M4-P2XT"])
def test_only_the_receipt_of_the_comment_opens_it(decision, sent, reviewer, code):
    _code, number = sent
    other = submissions.add(make_submission(key="nyckel-0000000002"), at=NOON)
    for wrong in (code, other.code):
        with pytest.raises(SenderError, match="unknown"):
            sender_notes.take_back(wrong, number, at=LATER)
        with pytest.raises(SenderError, match="unknown"):
            sender_notes.add(wrong, number, "Hej", at=LATER)
    assert _state(number, reviewer)[0] is ReviewState.PUBLISHED


def test_a_note_is_for_officials_and_its_sender_and_never_public(decision, sent, reviewer):
    code, number = sent
    sender_notes.add(code, number, " Det var vid \u202egrinden. ", at=LATER)
    assert [note.text for note in sender_notes.of(number)] == ["Det var vid grinden."]
    assert sender_notes.latest(reviewer)[0].comment_id == number
    assert "grinden" not in str(published.published(decision.id))


@pytest.mark.parametrize(
    ("text", "code"), [("  ", "empty"), ("x" * (sender_notes.NOTE_MAX + 1), "too_long")]
)
def test_a_note_that_cannot_be_kept_says_why(decision, sent, text, code):
    with pytest.raises(SenderError, match=code):
        sender_notes.add(*sent, text, at=LATER)


def test_there_is_room_for_a_few_notes_and_none_after_taking_back(decision, sent):
    for n in range(sender_notes.NOTES_MAX):
        sender_notes.add(*sent, f"Tillägg {n}", at=LATER)
    with pytest.raises(SenderError, match="too_many"):
        sender_notes.add(*sent, "Ett för mycket", at=LATER)
    sender_notes.take_back(*sent, at=LATER)
    with pytest.raises(SenderError, match="taken_back"):
        sender_notes.add(*sent, "Hej", at=LATER)
    with pytest.raises(SenderError, match="taken_back"):
        sender_notes.take_back(*sent, at=LATER)


def test_the_figures_on_people_follow_with_the_next_release(decision, sent):
    sender_notes.take_back(*sent, at=LATER)
    after_publication.release([decision.id], at=LATER)
    assert results.totals(decision.id).persons == 0
