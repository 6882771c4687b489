"""Asking for a mail on the receipt: only where mail is sent, and the address can be taken away."""

from __future__ import annotations

from datetime import timedelta

import pytest

from data import settings, store
from data.answers import answers
from data.comments import submissions
from data.mail import mailer, notices
from data.models import Staff
from pages.shared.session import signed_in
from pages.shared.widgets import mail_wish
from tests.conftest import NOON, make_submission
from tests.mail_kit import mail_on, post_office
from tests.page_kit import open_page, words
from tests.test_answers_themes import PLANNER

pytestmark = pytest.mark.usefixtures("at_noon")
OFFER = "Vill du få ett mejl när svaret kommer?"
FORM = "synpunkt/page.py"


@pytest.fixture
def on(monkeypatch):
    own = mail_on()
    monkeypatch.setattr(settings, "load", lambda: own)
    return own


@pytest.fixture
def code(decision) -> str:
    return submissions.add(make_submission(), at=NOON).code


def _press(shown, label: str):
    return next(button for button in shown.button if button.label == label).click().run()


def _labels(shown) -> list[str]:
    return [field.label for field in shown.text_input]


def _addresses() -> list[str]:
    with store.cursor() as cursor:
        rows = cursor.execute("SELECT address FROM notice_addresses").fetchall()
    return [row[0] for row in rows]


def _ask(shown, address: str):
    next(one for one in shown.text_input if one.label == "E-postadress").set_value(address)
    return _press(shown, "Spara e-postadressen")


def _send(decision):
    shown = open_page(FORM, id=decision.id)
    shown = _press(_press(shown, "Jag vill inte använda kartan"), "Det gäller ingen särskild plats")
    for question, answer in (
        ("Vad vill du lämna?", "idea"),
        ("Vad tycker du om förslaget?", "for"),
    ):
        next(one for one in shown.radio if one.label == question).set_value(answer)
    shown.text_area[0].set_value("Bygg en gungställning.")
    return _press(_press(_press(shown, "Nästa"), "Hoppa över"), "Skicka till kommunen")


def test_without_a_mail_server_nobody_is_asked_for_an_address(decision, code):
    for shown in (_send(decision), open_page("kvitto.py", kod=code)):
        said = words(shown)
        assert OFFER not in said
        assert "E-postadress" not in _labels(shown)
    assert "Vi har ingen annan väg till dig." in words(_send(decision))
    assert "e-postadress" not in words(open_page("personuppgifter.py"))
    assert _addresses() == []


def test_the_receipt_offers_a_mail_and_keeps_the_address(on, decision):
    shown = _send(decision)
    said = words(shown)
    assert OFFER in said
    assert "Det är frivilligt." in said
    assert "Vi har ingen annan väg till dig" not in said
    shown = _ask(shown, "kim@example.org")
    assert "Vi skickar ett mejl till k…@example.org när svaret kommer." in words(shown)
    assert "E-postadress" not in _labels(shown)
    assert _addresses() == ["kim@example.org"]


def test_no_mail_about_an_answer_is_offered_that_has_come_already(on, decision):
    draft = answers.draft(PLANNER, decision.id)
    answers.save_draft(PLANNER, draft, texts={"sv": "Den byggs."}, decided_on=None, at=NOON)
    answers.publish(PLANNER, decision.id, NOON)
    shown = _send(decision)
    assert "är inte med i det svaret" in words(shown).replace("\\", "")
    assert OFFER not in words(shown)
    assert "E-postadress" not in _labels(shown)


@pytest.mark.parametrize("address", ["", "kim", "a@b.se\nBcc: c@d.se", "a@b.se, c@d.se"])
def test_a_wrong_address_is_told_beside_the_field_and_not_kept(on, code, address):
    shown = _ask(open_page("kvitto.py", kod=code), address)
    assert [error.value for error in shown.error] == [mail_wish.FAULTS["bad_address"]]
    assert _addresses() == []


def test_the_address_can_be_taken_away_with_the_code(on, code):
    shown = _ask(open_page("kvitto.py", kod=code), "kim@example.org")
    shown = _press(shown, "Ta bort min e-postadress")
    assert "Din e-postadress är borttagen." in words(shown)
    assert OFFER in words(shown)
    assert _addresses() == []


def test_it_can_be_taken_away_also_when_mail_is_no_longer_sent(on, code, monkeypatch):
    _ask(open_page("kvitto.py", kod=code), "kim@example.org")
    monkeypatch.setattr(settings, "load", lambda: settings.Settings())
    shown = _press(open_page("kvitto.py", kod=code), "Ta bort min e-postadress")
    assert OFFER not in words(shown)
    assert _addresses() == []


def test_after_the_mail_only_that_it_was_sent_is_told(on, code, decision):
    _ask(open_page("kvitto.py", kod=code), "kim@example.org")
    with store.transaction() as cursor:
        notices.queue_answer(cursor, decision.id, at=NOON)
    with post_office(on.smtp_port):
        assert mailer.Worker(on, now=lambda: NOON).round() == 1
    said = words(open_page("kvitto.py", kod=code))
    assert "Mejlet om svaret är skickat, och din e-postadress är borttagen." in said
    assert "example.org" not in said


def test_a_code_that_is_not_ours_offers_nothing(on, decision):
    assert OFFER not in words(open_page("kvitto.py", kod="0000-0000"))


def test_the_page_on_personal_data_tells_of_it(on, empty_store):
    assert "sparar vi din e-postadress, skild från det" in words(open_page("personuppgifter.py"))


@pytest.mark.parametrize("role", ["reviewer", "admin"])
def test_nobody_who_reviews_sees_an_address(on, code, decision, monkeypatch, role):
    _ask(open_page("kvitto.py", kod=code), "kim@example.org")
    monkeypatch.setattr(signed_in, "staff", lambda: Staff("Kim", frozenset({role})))
    shown = open_page("granska/page.py")
    assert "kim@example.org" not in str(shown.main)
    assert "example.org" not in words(shown)


def _break(on, decision) -> None:
    with store.transaction() as cursor:
        notices.queue_answer(cursor, decision.id, at=NOON)
    with post_office(on.smtp_port) as post:
        post.at_content = ["hang up"]
        mailer.Worker(on, now=lambda: NOON).round()


def test_an_official_is_told_of_what_was_perhaps_sent_and_decides(
    on, code, decision, monkeypatch, reviewer
):
    _ask(open_page("kvitto.py", kod=code), "kim@example.org")
    _break(on, decision)
    monkeypatch.setattr(signed_in, "staff", lambda: reviewer)
    assert "De kan ha kommit fram." not in words(open_page("granska/page.py"))
    monkeypatch.setattr(signed_in, "staff", lambda: Staff("Kim", frozenset({"planner"})))
    shown = open_page("granska/page.py")
    assert "1 mejl" in words(shown)
    assert "De kan ha kommit fram." in words(shown)
    shown = _press(shown, "Skicka igen")
    assert "Mejlen skickas igen inom några minuter." in words(shown)
    with post_office(on.smtp_port) as post:
        mailer.Worker(on, now=lambda: NOON + timedelta(minutes=1)).round()
    assert post.recipients() == ["kim@example.org"]


def test_an_official_may_remove_what_was_given_up(on, code, decision, monkeypatch):
    _ask(open_page("kvitto.py", kod=code), "kim@example.org")
    _break(on, decision)
    monkeypatch.setattr(signed_in, "staff", lambda: Staff("Kim", frozenset({"planner"})))
    shown = _press(open_page("granska/page.py"), "Ta bort mejlen")
    assert "Mejlen är borttagna och skickas inte." in words(shown)
    assert _addresses() == []


def test_an_official_is_told_when_the_mail_server_has_been_silent(on, code, decision, monkeypatch):
    _ask(open_page("kvitto.py", kod=code), "kim@example.org")
    with store.transaction() as cursor:
        notices.queue_answer(cursor, decision.id, at=NOON - timedelta(hours=2))
    monkeypatch.setattr(signed_in, "staff", lambda: Staff("Kim", frozenset({"planner"})))
    shown = open_page("granska/page.py")
    assert any("mer än en timme" in warning.value for warning in shown.warning)
