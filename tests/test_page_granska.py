"""Review: only for those who may, oldest first, and each act asks again who acts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from data import comments, decisions, hints, review, submissions
from data.models import HideReason, ReviewState, Staff
from pages.shared import signed_in
from tests.conftest import NOON, make_comment, make_decision, make_submission
from tests.page_kit import cells, open_page, words

pytestmark = pytest.mark.usefixtures("at_noon")
PAGE = "granska/page.py"
OLD = "Ring mig på 0586-123 45 så berättar jag."
NEW = "Bygg en bänk också."


@pytest.fixture
def as_reviewer(monkeypatch, reviewer):
    monkeypatch.setattr(signed_in, "staff", lambda: reviewer)
    return reviewer


@pytest.fixture
def two_waiting(decision):
    submissions.add(
        make_submission(make_comment(text=NEW), key="nyckel-0000000002"),
        at=NOON - timedelta(hours=1),
    )
    submissions.add(make_submission(make_comment(text=OLD)), at=NOON - timedelta(days=3))


def _press(shown, label: str):
    return next(button for button in shown.button if button.label == label).click().run()


def test_without_signing_in_nothing_is_shown(two_waiting):
    said = words(open_page(PAGE))
    assert "engångslänken" in said
    assert OLD not in said
    assert NEW not in said


def test_somebody_without_the_right_sees_nothing(two_waiting, monkeypatch):
    monkeypatch.setattr(signed_in, "staff", lambda: Staff("Läsare", frozenset({"reader"})))
    said = words(open_page(PAGE))
    assert "inte rätt till den här sidan" in said
    assert OLD not in said


def test_an_empty_queue_says_so(decision, as_reviewer):
    assert "Allt är läst" in words(open_page(PAGE))


def test_the_oldest_stands_first_with_what_may_be_personal_masked(two_waiting, as_reviewer):
    shown = open_page(PAGE)
    said = words(shown)
    assert "2 synpunkter väntar. Den äldsta har väntat 3 dagar." in said
    assert OLD in said
    assert NEW not in said
    masked = review.mask_words(OLD, hints.found_in(OLD))
    assert masked in [text.value for text in shown.text]
    assert "0586" not in masked


def test_publishing_masked_keeps_the_original_and_is_logged(two_waiting, as_reviewer, decision):
    shown = _press(open_page(PAGE), "Publicera med dolda ord")
    assert not shown.exception
    published = comments.published(decision.id)
    assert ["0586" in one.text for one in published] == [False]
    stored = review.get(as_reviewer, published[0].id)
    assert stored is not None
    assert stored.original == OLD
    assert [row.act for row in review.log(as_reviewer, stored.id)] == ["publish_masked"]
    assert "är publicerad med dolda ord" in words(shown)
    assert as_reviewer.name in cells(shown)
    assert NEW in words(shown)


def test_hiding_needs_a_reason(two_waiting, as_reviewer):
    shown = open_page(PAGE)
    hide = next(button for button in shown.button if button.label == "Dölj")
    assert hide.disabled
    reasons = next(radio for radio in shown.radio if radio.label.startswith("Skäl"))
    reasons.set_value(HideReason.PERSONAL_DATA).run()
    shown = _press(shown, "Dölj")
    assert "är dold för andra" in words(shown)
    assert review.count_waiting(as_reviewer) == 1
    acts = review.latest_acts(as_reviewer)
    assert [(row.act, row.reason) for row in acts] == [("hide", HideReason.PERSONAL_DATA.value)]


def test_an_act_after_signing_out_changes_nothing(two_waiting, as_reviewer, monkeypatch):
    shown = open_page(PAGE)
    monkeypatch.setattr(signed_in, "staff", lambda: None)
    shown = _press(shown, "Publicera med dolda ord")
    assert "inte längre inloggad" in words(shown)
    assert review.count_waiting(as_reviewer) == 2


def test_a_read_comment_can_be_opened_and_changed(two_waiting, as_reviewer, decision):
    shown = _press(open_page(PAGE), "Publicera med dolda ord")
    shown = _press(shown, "Ändra det")
    assert "Den här är redan läst" in words(shown)
    reasons = next(radio for radio in shown.radio if radio.label.startswith("Skäl"))
    reasons.set_value(HideReason.THREAT_OR_HATE).run()
    _press(shown, "Dölj")
    assert not comments.published(decision.id)
    hidden = next(iter(review.latest_acts(as_reviewer, limit=1)))
    found = review.get(as_reviewer, hidden.comment_id)
    assert found is not None
    assert found.state is ReviewState.HIDDEN
    assert found.original == OLD


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mejla kim@example.org.", ["kim@example.org"]),
        ("Jag heter 19900101-1234.", ["19900101-1234"]),
        ("Bilen ABC 123 stod där.", ["ABC 123"]),
        ("Jag bor på Skolgatan 12 B.", ["Skolgatan 12 B"]),
        ("Skolan F-6 har 300 elever.", []),
    ],
)
def test_hints_find_what_may_tell_who_somebody_is(text, found):
    assert hints.found_in(text) == found


def test_opening_a_masked_comment_again_keeps_its_masks(decision, as_reviewer):
    new = make_submission(make_comment(text="Anna och Kalle bor här."))
    submissions.add(new, at=NOON - timedelta(hours=1))
    shown = open_page(PAGE)
    words_to_hide = shown.multiselect[0]
    words_to_hide.set_value(["Anna"]).run()
    shown = _press(_press(shown, "Publicera med dolda ord"), "Ändra det")
    assert shown.multiselect[0].value == ["Anna"]
    shown = _press(shown, "Publicera med dolda ord")
    assert [one.text for one in comments.published(decision.id)] == ["[dolt] och Kalle bor här."]


def test_two_reviewers_never_overwrite_each_other_silently(two_waiting, as_reviewer, decision):
    mine, other = open_page(PAGE), open_page(PAGE)
    _press(mine, "Publicera med dolda ord")
    other = _press(other, "Publicera med dolda ord")
    assert "Någon annan hann före" in words(other)
    assert len(review.latest_acts(as_reviewer)) == 1


def test_a_click_that_comes_before_the_masks_are_drawn_still_masks(decision, as_reviewer):
    submissions.add(make_submission(make_comment(text="Anna bor här.")), at=NOON)
    shown = open_page(PAGE)
    shown.multiselect[0].set_value(["Anna"])
    _press(shown, "Publicera")
    assert [one.text for one in comments.published(decision.id)] == ["[dolt] bor här."]


def test_the_largest_gap_of_each_open_dialogue_stands_first(decision, as_reviewer):
    shown = open_page(PAGE)
    headings = [heading.value for heading in shown.header]
    assert headings[0] == "Att nå härnäst"
    assert "En lekplats" in [link.label for link in shown.get("page_link")]
    decisions.add(make_decision(id="stangt", closes=NOON.date() - timedelta(days=1)), number=2)
    assert words(open_page(PAGE)).count("Ingen har hörts än.") == 1
