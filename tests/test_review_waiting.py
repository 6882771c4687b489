"""The queue: filtered, in pages, and what else is like a comment beside it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from data import rights, store
from data.comments import staff_view, submissions
from data.decisions import decisions
from data.models import Staff
from data.review import likeness, review, waiting
from tests.conftest import NOON, make_comment, make_decision, make_submission

BENCH = "Sätt fler bänkar vid lekplatsen så att de äldre kan vila."


def _send(*texts: str, hours: float = 1, **changes: object) -> list[int]:
    n = store.data_version(staff_view.RECEIVED)
    new = make_submission(
        *(make_comment(text=text) for text in texts), key=f"nyckel-{n:012}", **changes
    )
    receipt = submissions.add(new, at=NOON - timedelta(hours=hours))
    found = submissions.by_receipt(receipt.code)
    assert found is not None
    return [one.id for one in found[1]]


@pytest.mark.parametrize("roles", [None, frozenset(), frozenset({"politician"})])
def test_only_reviewers_see_the_queue(decision, reviewer, roles):
    (one,) = _send(BENCH)
    comment = review.get(reviewer, one)
    assert comment is not None
    who = None if roles is None else Staff("A", roles)
    for ask in (
        lambda: waiting.page(who, limit=1),
        lambda: waiting.queue(who),
        lambda: waiting.by_decision(who),
        lambda: waiting.alike(who, comment),
        lambda: waiting.same_sender(who, comment),
    ):
        with pytest.raises(rights.NotAllowedError):
            ask()


def test_the_oldest_is_told_and_pages_do_not_overlap(decision, reviewer):
    ids = [_send(f"Nummer {n}", hours=20 - n)[0] for n in range(7)]
    told = waiting.queue(reviewer)
    assert (told.count, told.oldest) == (7, NOON - timedelta(hours=20))
    pages = [waiting.page(reviewer, limit=3, offset=at) for at in (0, 3, 6)]
    assert [one.id for page in pages for one in page] == ids
    put_off = waiting.page(reviewer, limit=3, last=ids[:6])
    assert [one.id for one in put_off] == [ids[6], *ids[:2]]


def test_an_empty_queue_has_no_oldest(decision, reviewer):
    assert waiting.queue(reviewer) == waiting.Queue(0, None)
    assert waiting.page(reviewer, limit=5) == []


def test_filters_by_decision_and_by_hints(decision, reviewer):
    decisions.add(make_decision(id="annat"), number=2)
    (plain,) = _send("En bänk", hours=3)
    (hinted,) = _send("Ring 0586-123 45", hours=2)
    (other,) = _send("Mejla kim@example.org", decision_id="annat")
    assert waiting.by_decision(reviewer) == {"lekplats": 2, "annat": 1}
    ask = waiting.Filters
    found = {
        filters: [one.id for one in waiting.page(reviewer, filters, limit=9)]
        for filters in (
            ask(),
            ask("lekplats"),
            ask(with_hints=True),
            ask("annat", with_hints=True),
            ask("finns-inte"),
        )
    }
    assert list(found.values()) == [
        [plain, hinted, other],
        [plain, hinted],
        [hinted, other],
        [other],
        [],
    ]
    assert waiting.queue(reviewer, ask(with_hints=True)).count == 2


def test_what_comes_in_or_is_put_back_is_found_by_its_hints_at_once(decision, reviewer):
    ask = waiting.Filters(with_hints=True)
    assert waiting.queue(reviewer, ask).count == 0
    (one,) = _send("Ring 0586-123 45")
    assert waiting.queue(reviewer, ask).count == 1
    row = review.publish(one, actor=reviewer, at=NOON)
    _send("Mejla kim@example.org")
    assert waiting.queue(reviewer, ask).count == 1
    review.undo([row], actor=reviewer, at=NOON)
    assert waiting.queue(reviewer, ask).count == 2


def test_nearly_the_same_words_on_the_same_decision_are_found(decision, reviewer):
    decisions.add(make_decision(id="annat"), number=2)
    (first,) = _send(BENCH)
    (copy,) = _send(BENCH.upper().replace(".", "!!"))
    (near,) = _send(BENCH.replace("de äldre", "alla"))
    _send(BENCH, decision_id="annat")
    _send("Jag vill ha en fontän mitt på torget i stället.")
    comment = review.get(reviewer, first)
    assert comment is not None
    found = waiting.alike(reviewer, comment)
    assert [one.comment.id for one in found] == [copy, near]
    assert found[0].likeness == 1.0
    assert likeness.ALIKE <= found[1].likeness < 1.0


def test_what_is_already_published_counts_as_alike(decision, reviewer):
    (first,) = _send(BENCH)
    review.publish(first, actor=reviewer, at=NOON)
    (again,) = _send(BENCH)
    comment = review.get(reviewer, again)
    assert comment is not None
    assert [one.comment.id for one in waiting.alike(reviewer, comment)] == [first]


@pytest.mark.parametrize("text", ["Ja!", "", "!!!", "Bra 👍"])
def test_hardly_any_words_are_like_nothing(text):
    known = likeness.index([(1, text), (2, text)])
    assert likeness.most_alike(known, text, but=1) == []


def test_the_index_says_what_comparing_two_and_two_says():
    texts = [
        BENCH,
        BENCH[:30],
        BENCH + " Tack!",
        "هذه فكرة جيدة للحديقة في مدينتنا",
        "Något annat helt",
    ]
    known = likeness.index(list(enumerate(texts)))
    for number, text in enumerate(texts):
        every = likeness.most_alike(known, text, but=number, least=0.01, limit=9)
        assert dict(every) == {
            n: pytest.approx(likeness.likeness(text, other))
            for n, other in enumerate(texts)
            if n != number and likeness.likeness(text, other) >= 0.01
        }


def test_what_one_sender_sent_at_once_stands_together(decision, reviewer):
    first, second = _send("En bänk", "Ett träd")
    _send("Någon annans ord")
    comment = review.get(reviewer, first)
    assert comment is not None
    assert [one.id for one in waiting.same_sender(reviewer, comment)] == [second]
