"""Suggestions: the same every time, from what everyone may read, and never an act."""

from __future__ import annotations

import pytest

from data import rights
from data.answers import theme_assignment, theme_suggestions
from data.answers import themes as themes_of
from data.models import HideReason, Staff
from data.review import review
from tests.conftest import NOON, make_comment
from tests.store_kit import tell_changed
from tests.test_answers_themes import PLANNER, D, send

LIGHT = (
    "Sätt upp gatlampor på stigen.",
    "Det behövs en lampa vid stigen, det är mörkt.",
    "Lamporna på stigen lyser för svagt.",
)
FAR = "Bygg en bassäng med varmt vatten."


@pytest.fixture
def theme(decision):
    return themes_of.add(PLANNER, D, "Ljus på stigen", at=NOON)


def _texts(*texts: str, start: int = 0) -> list[int]:
    return [send(start + n, make_comment(text=text))[0] for n, text in enumerate(texts)]


def _ids(theme) -> list[int]:
    return [one.comment_id for one in theme_suggestions.similar(PLANNER, theme)]


def test_words_that_are_joined_or_bent_are_alike(theme):
    first, second, third = _texts(*LIGHT)
    far = _texts(FAR, start=5)[0]
    theme_assignment.gather(PLANNER, D, theme.id, [first], at=NOON)
    assert set(_ids(theme)) == {second, third}
    assert far not in _ids(theme)


def test_an_empty_theme_is_compared_by_its_name(theme):
    light = _texts(*LIGHT)
    _texts(FAR, start=5)
    assert set(_ids(theme)) == set(light)


def test_the_same_comments_give_the_same_suggestions(theme):
    _texts(*LIGHT, *LIGHT)
    found = theme_suggestions.similar(PLANNER, theme)
    tell_changed("lekplats")
    assert theme_suggestions.similar(PLANNER, theme) == found
    likeness = [one.likeness for one in found]
    assert likeness == sorted(likeness, reverse=True)


def test_what_nobody_may_read_is_never_suggested(theme):
    (shown,) = _texts(LIGHT[0])
    (hidden,) = _texts(LIGHT[1], start=1)
    send(2, make_comment(text=LIGHT[2]), publish=False)
    review.hide(hidden, actor=PLANNER, reason=HideReason.OFF_TOPIC, at=NOON)
    assert _ids(theme) == [shown]


def test_a_suggestion_changes_nothing(theme):
    _texts(*LIGHT)
    assert _ids(theme)
    assert theme_assignment.under(D) == {}


@pytest.mark.parametrize("texts", [(), ("!", "?"), ("{{7*7}}", "<script>")])
def test_texts_with_nothing_to_compare_give_no_suggestion(theme, texts):
    _texts(*texts)
    assert _ids(theme) == []


def test_suggestions_are_for_officials(theme):
    for actor in (None, Staff("Någon", frozenset())):
        with pytest.raises(rights.NotAllowedError):
            theme_suggestions.similar(actor, theme)
