"""Mails about one's own comment: what was done to it, once, in her language, and never too soon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from data import settings, store
from data.answers import answers, themes
from data.comments import submissions
from data.comments.hide_words import HIDE_WORDS
from data.decisions import decisions
from data.enums import Outcome
from data.mail import mailer, notice_addresses, notice_troubles, notices
from data.mail.comment_notices import GRACE
from data.mail.notice_addresses import Wish
from data.models import DecisionText, HideReason
from data.review import comment_answering, review, review_move, sender_notes
from data.wording import in_language
from tests.conftest import NOON, make_comment, make_decision, make_submission
from tests.mail_kit import SITE, Post, mail_on, post_office
from tests.test_answers_themes import PLANNER, REVIEWER

A, B = "lekplats", "badplats"
ADDRESS = "kim@example.org"
SECRET = "Jag bor på Storgatan 4."
ANSWER = "Gungan sätts upp i maj."
SOON, DUE = NOON + timedelta(minutes=5), NOON + GRACE


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch, empty_store: None) -> Iterator[Post]:
    own = mail_on()
    monkeypatch.setattr(settings, "load", lambda: own)
    for number, (name, title) in enumerate(((A, "Lekplatsen"), (B, "Badet")), start=1):
        texts = {
            "sv": DecisionText(title=title, place="", summary=""),
            "en": DecisionText(title=f"{title} (en)", place="", summary=""),
        }
        decisions.add(make_decision(id=name, texts=texts, example=False), number=number)
    with post_office(own.smtp_port) as post:
        yield post


def _sent(
    *comments, key: str = "nyckel-0000000001", language: str = "sv", to: str = A
) -> tuple[str, list[int]]:
    """Send something, ask for mail, and give the receipt and the comments."""
    said = comments or (make_comment(text=SECRET),)
    code = submissions.add(make_submission(*said, key=key, decision_id=to), at=NOON).code
    notice_addresses.ask(code, ADDRESS, language=language, at=NOON)
    return code, [one.id for one in submissions.by_receipt(code)[1]]


def _round(at: datetime) -> int:
    return mailer.Worker(settings.load(), now=lambda: at).round()


def _bodies(mail: Post) -> list[str]:
    return [one.get_content().replace("\r\n", "\n") for one in mail.mails()]


def _addresses() -> int:
    with store.cursor() as cursor:
        return len(cursor.execute("SELECT * FROM notice_addresses").fetchall())


def _answer_all(decision_id: str, at: datetime) -> None:
    """Publish an answer to a decision that has nothing to sort."""
    draft = answers.draft(PLANNER, decision_id)
    answers.save_draft(PLANNER, draft, texts={"sv": "Så blev det."}, decided_on=None, at=at)
    answers.publish(PLANNER, decision_id, at)


def _hide(number: int, reason: HideReason = HideReason.OFF_TOPIC, at: datetime = NOON) -> int:
    return review.hide(number, actor=REVIEWER, reason=reason, at=at)


@pytest.mark.parametrize("reason", review.REASONS)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_who_asked_is_told_that_it_is_hidden_and_why_in_her_language(mail, reason, language):
    _code, (number,) = _sent(language=language)
    _hide(number, reason)
    assert _round(SOON) == 0
    assert _round(DUE) == 1
    (got,) = mail.mails()
    (body,) = _bodies(mail)
    title = "Lekplatsen" if language == "sv" else "Lekplatsen (en)"
    assert got["Content-Language"] == language
    assert got["Subject"].endswith(title)
    assert in_language(HIDE_WORDS[reason], language) in body
    assert f"{SITE}/kvitto" in body
    assert SECRET not in body, "an address may be mistyped"
    assert _round(DUE + timedelta(days=1)) == 0, "once for each time that it is hidden"
    assert _addresses() == 1, "the answer is still to come"


def test_who_asked_is_told_that_an_official_has_answered(mail):
    code, (number,) = _sent()
    comment_answering.add(REVIEWER, number, ANSWER, at=NOON)
    assert [_round(SOON), _round(DUE), _round(DUE + timedelta(days=1))] == [0, 1, 0]
    (body,) = _bodies(mail)
    assert "Kommunen har svarat på din synpunkt om ”Lekplatsen”" in body
    assert ANSWER not in body
    assert notice_addresses.wish(code) is Wish.ASKED


def test_an_answer_changed_at_once_is_told_once_and_changed_later_again(mail):
    _code, (number,) = _sent()
    comment_answering.add(REVIEWER, number, "Gungan sätts opp.", at=NOON)
    comment_answering.add(REVIEWER, number, ANSWER, at=SOON)
    assert [_round(DUE), _round(SOON + GRACE)] == [0, 1]
    later = SOON + timedelta(days=2)
    comment_answering.add(REVIEWER, number, "Det blir i juni.", at=later)
    assert _round(later + GRACE) == 1
    assert "har ändrat sitt svar" in _bodies(mail)[1]


def test_what_is_taken_back_in_time_is_told_to_nobody(mail):
    _code, (number,) = _sent()
    row = _hide(number)
    review.undo([row], actor=REVIEWER, at=SOON)
    comment_answering.add(REVIEWER, number, ANSWER, at=NOON)
    comment_answering.add(REVIEWER, number, "", at=SOON)
    assert _round(DUE) == _round(DUE + timedelta(days=1)) == 0


def test_hidden_again_by_an_undo_it_is_told_if_it_was_not_before(mail):
    _code, (number,) = _sent()
    _hide(number)
    row = review.publish(number, actor=REVIEWER, at=SOON)
    assert _round(DUE) == 0
    review.undo([row], actor=REVIEWER, at=DUE)
    assert [_round(DUE), _round(DUE + timedelta(days=1))] == [1, 0]


def test_what_she_took_back_herself_is_no_news(mail):
    code, (number,) = _sent()
    sender_notes.take_back(code, number, at=NOON)
    assert _round(DUE) == 0


def test_what_was_done_before_she_asked_can_be_read_on_the_receipt(mail):
    code = submissions.add(make_submission(), at=NOON).code
    (comment,) = submissions.by_receipt(code)[1]
    _hide(comment.id)
    notice_addresses.ask(code, ADDRESS, language="sv", at=SOON)
    assert _round(DUE) == 0


def test_a_mail_that_waits_for_the_server_is_dropped_when_it_is_true_no_longer(mail):
    _code, (number,) = _sent()
    _hide(number)
    mail.at_content = ["451 4.7.1 greylisted"]
    assert _round(DUE) == 0
    review.publish(number, actor=REVIEWER, at=DUE)
    assert _round(DUE + timedelta(hours=1)) == 0
    assert mail.got == []


def test_a_mail_that_waits_speaks_of_where_the_comment_lies_by_now(mail):
    _code, (number,) = _sent()
    comment_answering.add(REVIEWER, number, ANSWER, at=NOON)
    mail.at_content = ["451 4.7.1 greylisted"]
    assert _round(DUE) == 0
    review_move.to_decision(REVIEWER, number, B, at=DUE)
    # the old mail goes, and the new one comes, in one round or the next
    assert _round(DUE + timedelta(hours=1)) + _round(DUE + timedelta(hours=2)) == 1
    assert "Badet" in _bodies(mail)[0]


def test_a_mail_on_one_comment_that_was_given_up_leaves_the_address_for_the_answer(mail):
    _code, (number,) = _sent()
    comment_answering.add(REVIEWER, number, ANSWER, at=NOON)
    mail.at_content = ["554 5.6.0 no"]
    assert _round(DUE) == 0
    notice_troubles.let_be(PLANNER, notices.NoticeKind.COMMENT_ANSWER, "content_554", at=DUE)
    assert _addresses() == 1


def test_the_answer_goes_to_who_has_a_comment_there_by_now(mail):
    """Moved from A to B: nothing when A is answered, and B's answer when it comes."""
    _code, (number,) = _sent()
    _hide(number)
    _round(DUE)
    review_move.to_decision(REVIEWER, number, B, at=DUE)
    _answer_all(A, DUE)
    assert _round(DUE) == 0
    assert _addresses() == 1
    _answer_all(B, DUE)
    assert _round(DUE) == 1
    body = _bodies(mail)[-1]
    assert "om ”Lekplatsen” har kommunen flyttat till ”Badet”" in body
    assert f"{SITE}/svar?id={B}" in body
    assert _round(DUE + GRACE) == 0
    assert _addresses() == 0


def test_moved_while_the_mail_was_on_its_way_it_is_not_sent(mail):
    _code, (number,) = _sent()
    _hide(number)
    _answer_all(A, NOON)
    review_move.to_decision(REVIEWER, number, B, at=NOON)
    assert _round(SOON) == 0
    assert _addresses() == 1, "the answer in B is still to come"


def test_moved_to_where_the_answer_stands_already_it_is_told_after_a_while(mail):
    _answer_all(B, NOON)
    _code, (number,) = _sent()
    review_move.to_decision(REVIEWER, number, B, at=NOON)
    assert [_round(SOON), _round(DUE), _round(DUE + timedelta(days=1))] == [0, 1, 0]
    assert "Där fanns svaret redan" in _bodies(mail)[0]
    assert _addresses() == 0


def test_moved_away_while_the_answer_came_and_then_back_it_is_told(mail):
    _code, (number,) = _sent()
    _hide(number)
    assert _round(DUE) == 1
    review_move.to_decision(REVIEWER, number, B, at=DUE)
    _answer_all(A, DUE)
    assert _round(DUE) == 0, "it lies in B, which has no answer"
    back = DUE + timedelta(days=1)
    review_move.to_decision(REVIEWER, number, A, at=back)
    assert [_round(back), _round(back + GRACE), _round(back + timedelta(days=1))] == [0, 1, 0]
    assert f"{SITE}/svar?id={A}" in _bodies(mail)[-1]
    assert "flyttat" not in _bodies(mail)[-1], "it lies where she sent it"
    assert _addresses() == 0


def test_who_asked_after_the_answer_is_told_when_it_is_published_again(mail):
    _answer_all(A, NOON)
    _code, (number,) = _sent()
    _hide(number)
    assert _round(DUE) == 1
    later = DUE + timedelta(days=1)
    for times in (1, 0):
        _answer_all(A, later)
        assert _round(later) == times
    assert f"{SITE}/svar?id={A}" in _bodies(mail)[-1]
    assert _addresses() == 0


def test_moved_there_and_back_at_once_it_is_told_to_nobody(mail):
    _answer_all(B, NOON)
    _code, (number,) = _sent()
    review_move.to_decision(REVIEWER, number, B, at=NOON)
    review_move.to_decision(REVIEWER, number, A, at=SOON)
    assert _round(SOON + GRACE) == 0
    assert _addresses() == 1


def test_who_has_comments_in_two_decisions_gets_both_answers_and_then_the_address_goes(mail):
    _code, (one, other) = _sent(make_comment(), make_comment(text="Om badet."))
    for number in (one, other):
        _hide(number)
    _round(DUE)
    review_move.to_decision(REVIEWER, other, B, at=DUE)
    _answer_all(A, DUE)
    assert _round(DUE) == 1
    assert _addresses() == 1
    _answer_all(B, DUE)
    assert _round(DUE) == 1
    links = [f"{SITE}/svar?id={name}" for name in (A, B)]
    assert all(link in body for link, body in zip(links, _bodies(mail)[2:], strict=True))
    assert _round(DUE + GRACE) == 0
    assert _addresses() == 0


def test_a_mail_on_a_comment_is_sent_also_when_the_answer_comes_before_it(mail):
    _code, (number,) = _sent()
    _hide(number)
    comment_answering.add(REVIEWER, number, ANSWER, at=NOON)
    _answer_all(A, NOON)
    assert _round(SOON) == 1
    assert _round(DUE) == 2
    assert _addresses() == 0


def test_the_theme_of_another_decision_is_not_part_of_what_is_sent(mail):
    """A mail names a decision by its title only, so nothing that is not public leaves with it."""
    theme = themes.add(PLANNER, A, "Hemligt utkast", at=NOON)
    themes.save(
        PLANNER,
        theme,
        themes.ThemeTexts(
            title="Hemligt utkast", summary="", answer="", outcome=Outcome.MET, reason=""
        ),
        at=NOON,
    )
    _code, (number,) = _sent()
    _hide(number)
    _round(DUE)
    assert all("Hemligt" not in body for body in _bodies(mail))
