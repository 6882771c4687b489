"""Following a submission with its code: what was sent, how far it has come, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from data import clock
from data.answers import answers, theme_assignment
from data.comments import submissions
from data.decisions import decisions
from data.enums import OTHER_THEME
from data.models import HideReason
from data.review import review, review_move, sender_notes
from data.staff import limits
from pages.shared.session import signed_in
from tests.conftest import NOON, make_comment, make_decision, make_submission
from tests.page_kit import open_page, words
from tests.test_answers_themes import PLANNER

pytestmark = pytest.mark.usefixtures("at_noon")
TEXT = "Bygg en gungställning vid Storgatan 4."


@pytest.fixture
def code(decision) -> str:
    return submissions.add(make_submission(make_comment(text=TEXT)), at=NOON).code


def _comment_id(code: str) -> int:
    found = submissions.by_receipt(code)
    assert found is not None
    return found[1][0].id


@pytest.mark.parametrize(("days_before", "is_promised"), [(0, True), (-1, False)])
def test_the_day_of_the_answer_is_promised_until_it_is_over(
    code, decision, monkeypatch, days_before, is_promised
):
    on = decision.answer_on - timedelta(days=days_before)
    monkeypatch.setattr(clock, "now", lambda: clock.midnight(on) + timedelta(hours=23, minutes=59))
    said = words(open_page("kvitto.py", kod=code))
    assert ("Kommunen svarar på synpunkterna senast" in said) is is_promised


def test_without_a_code_the_page_only_asks(empty_store):
    shown = open_page("kvitto.py")
    assert not shown.error
    assert [field.label for field in shown.text_input] == ["Kvittokod"]


def test_a_wrong_code_gets_one_plain_sentence(decision):
    shown = open_page("kvitto.py", kod="{{7*7}}' OR 1=1")
    assert [error.value[:47] for error in shown.error] == [
        "Vi hittar ingen synpunkt med den koden. Titta p"
    ]


def test_a_code_cannot_be_found_by_trying_and_who_reads_one_reads_on(code):
    reading = open_page("kvitto.py", kod=code)
    for n in range(10):
        missed = open_page("kvitto.py", kod=f"AAAA-{n:04d}")
        assert "Vi hittar ingen synpunkt" in words(missed)
    assert "Vi hittar ingen synpunkt" in words(missed.run()), "drawing anew tries nothing"
    shown = open_page("kvitto.py", kod="AAAA-9999")
    assert not shown.error, "nobody has done anything wrong"
    assert "Många koder har skrivits här på kort tid. Försök igen om 10 minuter." in words(shown)
    assert TEXT not in words(open_page("kvitto.py", kod=code)), "else trying would go on"
    assert TEXT in words(reading.run())
    limits.forget()
    assert TEXT in words(open_page("kvitto.py", kod=code))


def test_a_note_that_has_to_wait_is_kept(code):
    for _ in range(limits.OTHERS[limits.Act.NOTE].each):
        limits.take(limits.Act.NOTE, "127.0.0.1")
    shown = open_page("kvitto.py", kod=code)
    shown.text_area[0].set_value("En sak till.")
    shown = _press(shown, "Skicka tillägget")
    assert "Många skickar just nu. Din text finns kvar." in words(shown)
    assert shown.text_area[0].value == "En sak till."
    assert sender_notes.of(_comment_id(code)) == []


def test_the_code_is_read_as_people_write_it(code):
    shown = open_page("kvitto.py", kod=f" {code.lower().replace('-', ' ')} ")
    assert TEXT in words(shown)
    assert "Väntar på läsning" in words(shown)


def test_a_published_comment_says_that_all_can_read_it(code, reviewer):
    review.publish(_comment_id(code), actor=reviewer, at=NOON)
    assert "Alla kan läsa den." in words(open_page("kvitto.py", kod=code)).replace("\\", "")


def test_a_masked_comment_says_so_and_shows_the_sender_the_original(code, reviewer):
    masked = review.mask_words(TEXT, ["Storgatan 4"])
    review.publish(_comment_id(code), actor=reviewer, at=NOON, public_text=masked)
    said = words(open_page("kvitto.py", kod=code))
    assert "några ord är dolda för andra" in said
    assert TEXT in said


def test_a_hidden_comment_says_why(code, reviewer):
    review.hide(_comment_id(code), actor=reviewer, reason=HideReason.OFF_TOPIC, at=NOON)
    said = words(open_page("kvitto.py", kod=code))
    assert "handlar om något annat än förslaget" in said
    assert TEXT in said


def _press(shown, label: str):
    return next(button for button in shown.button if button.label == label).click().run()


def test_a_person_adds_something_that_only_officials_read(code, reviewer, monkeypatch):
    shown = open_page("kvitto.py", kod=code)
    shown = _press(shown, "Skicka tillägget")
    assert "Skriv något i rutan först." in words(shown)
    shown.text_area[0].set_value("Jag menar gungan {{7*7}}.")
    shown = _press(shown, "Skicka tillägget")
    assert "Tillägget är skickat till kommunen." in words(shown)
    assert "Jag menar gungan {{7*7}}." in words(shown)
    assert shown.text_area[0].value == ""
    monkeypatch.setattr(signed_in, "staff", lambda: reviewer)
    told = words(open_page("granska/page.py"))
    assert told.count("Jag menar gungan {{7*7}}.") == 2


def test_a_person_takes_back_what_she_wrote(code, reviewer):
    review.publish(_comment_id(code), actor=reviewer, at=NOON)
    shown = _press(open_page("kvitto.py", kod=code), "Ta tillbaka synpunkten")
    said = words(shown).replace("\\", "")
    assert "Du har tagit tillbaka den. Ingen annan ser den, och den räknas inte." in said
    assert TEXT in said
    assert not [button for button in shown.button if button.label == "Ta tillbaka synpunkten"]


def _answer(decision_id: str) -> None:
    draft = answers.draft(PLANNER, decision_id)
    answers.save_draft(PLANNER, draft, texts={"sv": "Så blev det."}, decided_on=None, at=NOON)
    answers.publish(PLANNER, decision_id, NOON)


def test_a_moved_comment_is_answered_where_it_lies(code, reviewer):
    decisions.add(make_decision(id="badplats"), number=2)
    review.publish(_comment_id(code), actor=reviewer, at=NOON)
    review_move.to_decision(reviewer, _comment_id(code), "badplats", at=NOON)
    _answer("lekplats")
    said = words(open_page("kvitto.py", kod=code)).replace("\\", "")
    assert "Kommunen har flyttat synpunkten" in said
    assert "Kommunen svarar på synpunkterna senast" in said, "the answer over there is to come"
    assert "Kommunen har svarat" not in said
    theme_assignment.gather(PLANNER, "badplats", OTHER_THEME, [_comment_id(code)], at=NOON)
    _answer("badplats")
    said = words(open_page("kvitto.py", kod=code)).replace("\\", "")
    assert "Kommunen har svarat" in said
    assert "Den hör inte till något av temana" in said


def test_a_comment_moved_to_where_the_answer_is_out_is_said_not_to_be_in_it(code, reviewer):
    decisions.add(make_decision(id="badplats"), number=2)
    _answer("badplats")
    review.publish(_comment_id(code), actor=reviewer, at=NOON)
    review_move.to_decision(reviewer, _comment_id(code), "badplats", at=NOON)
    said = words(open_page("kvitto.py", kod=code)).replace("\\", "")
    assert "Den kom med efter att svaret publicerades" in said
