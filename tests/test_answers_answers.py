"""The answer: whole before it is public, one edition at a time, and no person pointed out."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from data import rights, store
from data.answers import answers, theme_assignment
from data.answers import themes as themes_of
from data.answers.answers import Missing
from data.comments.published_answers import first_days, texts_of
from data.comments.published_answers import themes_of as themes_of_comment
from data.demo import seed
from data.enums import OTHER_THEME, Outcome
from data.models import HideReason
from data.review import review
from data.settings import Settings
from data.staff import staff_log
from tests.conftest import CLOSES, NOON, OPENS, make_comment
from tests.test_answers_themes import PLANNER, REVIEWER, D, send

WORDS = {"summary": "Vi hörde.", "answer": "Vi svarar.", "reason": ""}


AFTER = NOON + timedelta(days=20)


def _save_text(text: str = "Lekplatsen byggs.", **changes) -> answers.Draft:
    given = {"texts": {"sv": text}, "decided_on": None, "at": NOON, **changes}
    return answers.save_draft(PLANNER, answers.draft(PLANNER, D), **given)


def _answer(theme, outcome=Outcome.MET, **changes):
    words = {**WORDS, "title": theme.title, **changes}
    return themes_of.save(PLANNER, theme, themes_of.ThemeTexts(**words, outcome=outcome), at=NOON)


@pytest.fixture
def theme(decision):
    return themes_of.add(PLANNER, D, "Träden", at=NOON)


@pytest.fixture
def whole(theme):
    """Everything that an answer needs: one comment, under one theme, answered."""
    (comment,) = send(1, persons=6)
    theme_assignment.gather(PLANNER, D, theme.id, [comment], at=NOON)
    _answer(theme)
    _save_text()
    return comment


@pytest.mark.parametrize("actor", [None, REVIEWER], ids=["nobody", "reviewer"])
def test_only_planners_write_and_publish(whole, actor):
    with pytest.raises(rights.NotAllowedError):
        answers.save_draft(actor, answers.Draft(D, {}, None, 1), texts={}, decided_on=None, at=NOON)
    with pytest.raises(rights.NotAllowedError):
        answers.publish(actor, D, NOON)
    assert answers.published(D) is None


def test_a_draft_is_not_for_everyone(whole):
    with pytest.raises(rights.NotAllowedError):
        answers.draft(None, D)
    with pytest.raises(rights.NotAllowedError):
        answers.differs(None, D)


def test_what_is_missing_is_told_and_nothing_is_published(theme):
    one, two = send(1, make_comment(), make_comment(text="Två."))
    theme_assignment.gather(PLANNER, D, theme.id, [one], at=NOON)
    named = [Missing(code, theme.id) for code in ("summary", "answer", "outcome")]
    loose = Missing("loose_comments", comments=1)
    assert answers.missing(D) == (Missing("decided_text"), *named, loose)
    with pytest.raises(answers.AnswerError) as caught:
        answers.publish(PLANNER, D, NOON)
    assert caught.value.code == "incomplete"
    assert answers.published(D) is None
    theme_assignment.gather(PLANNER, D, OTHER_THEME, [two], at=NOON)
    _save_text()
    _answer(theme)
    assert answers.missing(D) == ()


@pytest.mark.parametrize("outcome", [Outcome.PARTLY, Outcome.NOT_MET])
def test_who_did_not_get_what_they_asked_for_is_told_why(theme, outcome):
    (comment,) = send(1)
    theme_assignment.gather(PLANNER, D, theme.id, [comment], at=NOON)
    _save_text()
    saved = _answer(theme, outcome)
    assert answers.missing(D) == (Missing("reason", theme.id),)
    _answer(saved, outcome, reason="Pengarna räcker inte.")
    assert answers.missing(D) == ()


def test_a_theme_with_nothing_under_it_keeps_nobody_waiting(whole):
    themes_of.add(PLANNER, D, "Tomt tema", at=NOON)
    answer = answers.publish(PLANNER, D, NOON)
    assert [theme.title for theme in answer.themes] == ["Träden"]


def test_a_new_comment_after_the_answer_must_have_its_place_before_the_next(whole):
    answers.publish(PLANNER, D, NOON)
    send(2)
    assert answers.missing(D) == (Missing("loose_comments", comments=1),)
    assert answers.published(D) is not None


def test_what_is_published_is_what_was_read_through(whole, theme):
    seen = answers.standing(D)
    _save_text("Något helt annat.")
    with pytest.raises(answers.AnswerError) as caught:
        answers.publish(PLANNER, D, NOON, seen=seen)
    assert caught.value.code == "changed_meanwhile"
    assert answers.published(D) is None


def test_later_changes_are_public_only_when_published_again_and_the_old_is_kept(whole, theme):
    first = answers.publish(PLANNER, D, NOON)
    assert not answers.differs(PLANNER, D)
    _answer(themes_of.read(D)[0], answer="Ett nytt svar.")
    _save_text("En ny text.", decided_on=date(2026, 12, 8), at=AFTER)
    assert answers.published(D) == first
    assert answers.differs(PLANNER, D)
    second = answers.publish(PLANNER, D, AFTER)
    assert (first.edition, second.edition) == (1, 2)
    assert (second.texts["sv"], second.themes[0].answer) == ("En ny text.", "Ett nytt svar.")
    assert second.decided_on == date(2026, 12, 8)
    assert (second.first_published_at, second.published_at) == (NOON, AFTER)
    assert first_days()[D] == (NOON, date(2026, 12, 8), AFTER)
    with store.cursor() as cursor:
        rows = cursor.execute("SELECT body FROM answers ORDER BY edition").fetchall()
    assert [json.loads(row[0])["texts"]["sv"] for row in rows] == [
        "Lekplatsen byggs.",
        "En ny text.",
    ]
    acts = [act.act for act in staff_log.of(PLANNER, D)]
    assert acts.count("publish_answer") == 2
    assert acts.count("save_answer") == 2


def test_who_saves_the_text_second_is_told_and_overwrites_nothing(decision):
    seen = answers.draft(PLANNER, D)
    first = answers.save_draft(PLANNER, seen, texts={"sv": "Först."}, decided_on=None, at=NOON)
    with pytest.raises(answers.AnswerError) as caught:
        answers.save_draft(PLANNER, seen, texts={"sv": "Sedan."}, decided_on=None, at=NOON)
    assert caught.value.code == "changed_meanwhile"
    assert answers.draft(PLANNER, D) == first
    (act,) = staff_log.of(PLANNER, D)
    assert json.loads(act.became)["texts"] == {"sv": "Först."}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"texts": {"sv": "x" * 5001}}, "too_long"),
        ({"texts": {"de": "Hallo"}}, "unknown_language"),
        ({"decided_on": date(2026, 11, 24)}, "future_day"),
        # comments are taken on the last day too, and the decision rests on them
        ({"decided_on": CLOSES, "at": AFTER}, "decided_before_closed"),
        ({"decided_on": OPENS - timedelta(days=400), "at": AFTER}, "decided_before_closed"),
    ],
)
def test_a_text_that_cannot_be_right_is_refused(decision, changes, code):
    with pytest.raises(answers.AnswerError) as caught:
        _save_text(**changes)
    assert caught.value.code == code
    assert answers.draft(PLANNER, D).version == 0


def test_a_decision_that_is_made_today_can_be_told_today(decision):
    assert _save_text(decided_on=AFTER.date(), at=AFTER).decided_on == AFTER.date()


def test_few_persons_are_never_counted_in_public(whole, theme):
    few = themes_of.add(PLANNER, D, "Bänkar", at=NOON)
    many = themes_of.add(PLANNER, D, "Gungor", at=NOON)
    for n, (where, persons) in enumerate([(few, 4), (many, 12)], start=2):
        (comment,) = send(n, persons=persons)
        theme_assignment.gather(PLANNER, D, where.id, [comment], at=NOON)
        _answer(where)
    published = answers.publish(PLANNER, D, NOON).themes
    assert {one.comments for one in published} == {1}, "a meeting of twelve is one comment"
    shown = {one.title: one.persons for one in published}
    assert shown["Bänkar"] is None
    assert shown["Gungor"] == 10
    assert all(persons is None or persons % 5 == 0 for persons in shown.values())


def test_a_comment_hidden_after_the_answer_is_gone_from_it(whole):
    answer = answers.publish(PLANNER, D, NOON)
    assert [theme.title for theme in themes_of_comment(answer, whole)] == ["Träden"]
    assert len(texts_of(answer, answer.themes[0], limit=5)) == 1
    review.hide(whole, actor=REVIEWER, reason=HideReason.PERSONAL_DATA, at=NOON)
    now = answers.published(D)
    assert now is not None
    assert (now.themes[0].comments, now.themes[0].persons) == (0, 0)
    assert themes_of_comment(now, whole) == []
    assert texts_of(now, now.themes[0], limit=5) == []


def test_an_answer_is_late_from_the_day_after_it_was_promised(whole, decision):
    promised = date(2027, 1, 15)
    assert not answers.is_overdue(decision, promised)
    assert answers.is_overdue(decision, date(2027, 1, 16))
    assert not answers.is_overdue(replace(decision, answer_on=None), date(2028, 1, 1))
    answers.publish(PLANNER, D, NOON)
    assert not answers.is_overdue(decision, date(2027, 1, 16))


def test_the_example_has_a_whole_answer_and_is_written_once(empty_store):
    seed.seed_if_empty(Settings(demo_date=date(2026, 11, 23)))
    example = "ex-8-ravasen-belysning"
    answer = answers.published(example)
    assert answer is not None
    assert {theme.outcome for theme in answer.themes} == set(Outcome)
    assert answers.missing(example) == ()
    seed.seed_answers.add_all(date(2026, 11, 23))
    assert answers.published(example) == answer
