"""What may cross the border: whatever a person writes is refused in one word or kept as written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from data.models import (
    COMMENTS_MAX,
    TEXT_MAX,
    Kind,
    NewComment,
    PlaceHow,
    clean_text,
    problem_code,
)
from data.written import as_sent
from tests.conftest import make_comment, make_submission

READABLE = [
    "{{7*7}}",
    "${alert(1)}",
    "</script>",
    "`backticks`",
    "å ä ö",
    "rad ett\n\nrad två",
    "=1+1",
]


@pytest.mark.parametrize("text", READABLE)
def test_what_a_person_can_read_stays_as_written(text):
    assert clean_text(text) == text
    assert make_comment(text=text).text == text


@given(st.text(max_size=3000))
def test_any_text_is_kept_or_refused_in_one_word(text):
    try:
        comment = make_comment(text=text)
    except ValidationError as error:
        assert problem_code(error) in {"empty", "too_long"}
    else:
        assert comment.text == as_sent(text)
        assert 0 < len(clean_text(comment.text)) <= TEXT_MAX


BAD = [
    ({"text": ""}, "empty"),
    ({"text": "  \n\t "}, "empty"),
    ({"text": "\u202e\u200b"}, "empty"),
    ({"text": "a" * 10_000}, "too_long"),
    ({"lon": None}, "place_missing"),
    ({"place_how": PlaceHow.NONE}, "place_not_expected"),
    ({"place_how": PlaceHow.NEIGHBOURHOOD, "lon": None, "lat": None}, "neighbourhood_missing"),
    ({"lon": float("nan")}, "place_not_finite"),
    ({"lat": float("inf")}, "place_not_finite"),
    ({"kind": "vote"}, "invalid"),
]


@pytest.mark.parametrize(("changes", "code"), BAD)
def test_a_fault_has_one_word(changes, code):
    with pytest.raises(ValidationError) as refused:
        make_comment(**changes)
    assert problem_code(refused.value) == code


def test_a_submission_holds_one_to_twenty_comments():
    comment = make_comment()
    make_submission(*[comment] * COMMENTS_MAX)
    with pytest.raises(ValidationError) as refused:
        make_submission(*[comment] * (COMMENTS_MAX + 1))
    assert problem_code(refused.value) == "too_many"


def test_a_comment_cannot_be_changed():
    comment = NewComment(kind=Kind.IDEA, text="Hej")
    with pytest.raises(ValidationError):
        comment.text = "Något annat"
