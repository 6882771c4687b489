"""Sentences that must be true beside a figure or an act: nobody should laugh at them."""

from __future__ import annotations

import pytest

from data import clock
from data.answers import answers, theme_assignment
from data.comments import published, submissions
from data.comments.published import CommentFilter
from data.decisions import decisions
from data.models import Channel
from data.planning import drafts, publishing
from data.review import review, review_move
from geo import disclosure
from pages.shared.report.said_words import _persons_beside
from pages.shared.session import signed_in
from pages.shared.words.comment_counts import say_spoken
from tests.conftest import NOON, make_decision, make_submission
from tests.page_kit import open_page, words
from tests.test_answers_themes import REVIEWER, D, send
from tests.test_page_svar import publish
from tests.test_planning_drafts import PLANNER, _full_draft

pytestmark = pytest.mark.usefixtures("at_noon")


@pytest.mark.parametrize(
    ("count", "persons", "said"),
    [
        (13, 15, "13 synpunkter från ungefär lika många personer"),
        (8, 10, "8 synpunkter från ungefär lika många personer"),
        (5, 5, "5 synpunkter från ungefär 5 personer"),
        (22, 20, "22 synpunkter från ungefär 20 personer"),
        # people who spoke together at a meeting
        (3, 30, "3 synpunkter från ungefär 30 personer"),
        (0, 0, "0 synpunkter"),
    ],
)
def test_rounding_does_not_make_more_people_than_comments(count, persons, said):
    assert say_spoken(count, persons) == said


@pytest.mark.parametrize("count", range(5, 60))
def test_one_comment_a_person_is_never_said_to_come_from_more(count):
    shown = disclosure.protect_sum(count)
    assert shown is not None
    for said in (say_spoken(count, shown), _persons_beside(count, shown)):
        numbers = [int(word) for word in said.split() if word.isdigit()]
        assert all(number <= count for number in numbers)


def test_after_publishing_nothing_says_that_there_is_no_draft(empty_store, monkeypatch):
    monkeypatch.setattr(signed_in, "staff", lambda: PLANNER)
    code = _full_draft()
    shown = open_page("planera/page.py", utkast=code, flik="publicera")
    shown = next(one for one in shown.button if one.label == "Publicera").click().run()
    said = words(shown)
    assert "Förslaget är publicerat." in said
    assert "Det finns inget utkast" not in said
    assert "Det finns inget utkast" not in words(open_page("planera/page.py", utkast=code))
    assert drafts.get(PLANNER, code) is None
    assert publishing.versions(PLANNER, code)


def test_an_unknown_draft_is_still_said_to_be_none(empty_store, monkeypatch):
    monkeypatch.setattr(signed_in, "staff", lambda: PLANNER)
    assert "Det finns inget utkast med det namnet." in words(
        open_page("planera/page.py", utkast="finns-inte")
    )


def test_a_link_to_review_shows_what_waits_on_that_decision(decision, monkeypatch):
    decisions.add(make_decision(id="badplats"), number=2)
    monkeypatch.setattr(signed_in, "staff", lambda: REVIEWER)
    send(1, publish=False)
    submissions.add(
        make_submission(key="nyckel-badplats-1", decision_id="badplats"), at=clock.now()
    )
    assert "1 synpunkt väntar" in words(open_page("granska/page.py", id="badplats"))
    assert "2 synpunkter väntar" in words(open_page("granska/page.py"))


def test_a_moved_comment_can_be_picked_out_by_how_it_came_in(decision, monkeypatch):
    decisions.add(make_decision(id="badplats"), number=2)
    ids = [send(n, channel=Channel.LETTER)[0] for n in range(6)]
    for one in ids:
        review_move.to_decision(REVIEWER, one, "badplats", at=NOON)
    assert published.count_published("badplats", CommentFilter(channel=Channel.LETTER)) == 6
    assert published.count_published(D, CommentFilter(channel=Channel.LETTER)) == 0


def test_a_theme_whose_comments_have_all_gone_says_no_persons(decision):
    publish()
    (theme,) = answers.published(D).themes
    (comment,) = theme_assignment.under(D)
    review.hide(comment, actor=REVIEWER, reason=review.REASONS[0], at=NOON)
    said = words(open_page("svar.py", id=D))
    assert "0 personer" not in said
    assert "har dolts eller flyttats" in said
    assert theme.comments == 1
