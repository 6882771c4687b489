"""Entering for others: only reviewers, nothing lost, and every row shown before it counts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from data import clock, decisions, register_rows, registering
from data.kinds import Channel, Kind, Stance
from data.models import Staff
from pages.registrera import words as said
from pages.shared import signed_in
from tests.conftest import make_decision
from tests.page_kit import cells, open_page, words

pytestmark = pytest.mark.usefixtures("at_noon")
PAGE = "registrera/page.py"
TEXT = "Vad personen sade eller skrev"


@pytest.fixture
def as_reviewer(monkeypatch, reviewer):
    monkeypatch.setattr(signed_in, "staff", lambda: reviewer)
    return reviewer


def _press(shown, label: str):
    return next(button for button in shown.button if button.label == label).click().run()


def _field(fields, label: str):
    return next(field for field in fields if field.label == label)


def _waiting(reviewer):
    return registering.latest(reviewer, "lekplats")


def _paste(text: str, **query: str):
    shown = open_page(PAGE, id="lekplats", **{"del": "klistra"}, **query)
    label = "Klistra in raderna från kalkylarket, gärna med rubrikerna"
    _field(shown.text_area, label).set_value(text)
    return _press(shown, "Läs raderna")


@pytest.mark.parametrize("roles", [frozenset(), frozenset({"politician"})])
def test_only_reviewers_see_anything(decision, monkeypatch, roles):
    monkeypatch.setattr(signed_in, "staff", lambda: Staff("Någon", roles) if roles else None)
    shown = open_page(PAGE, id=decision.id)
    assert not shown.text_area
    assert "Senast införda" not in words(shown)


@pytest.mark.parametrize(("days_after", "is_offered"), [(-1, False), (0, True)])
def test_a_dialogue_is_offered_from_the_day_it_opens(
    decision, as_reviewer, monkeypatch, days_after, is_offered
):
    on = decision.opens + timedelta(days=days_after)
    monkeypatch.setattr(clock, "now", lambda: clock.midnight(on))
    assert bool(open_page(PAGE, id=decision.id).text_area) is is_offered


def test_a_row_is_saved_and_the_next_one_keeps_how_and_when(decision, as_reviewer):
    shown = open_page(PAGE, id=decision.id)
    _field(shown.selectbox, "Hur den kom in").set_value(Channel.PHONE)
    _field(shown.number_input, "Antal personer").set_value(3)
    _field(shown.radio, "Vad är det?").set_value(Kind.CONCERN)
    _field(shown.radio, "Vad tycker personen om förslaget?").set_value(Stance.AGAINST)
    _field(shown.text_area, TEXT).set_value("Vi är oroliga {{7*7}} *inte*")
    shown = _press(shown, "Spara raden")
    (row,) = _waiting(as_reviewer)
    assert (row.channel, row.persons, row.text) == (
        Channel.PHONE,
        3,
        "Vi är oroliga {{7*7}} *inte*",
    )
    assert row.code in words(shown)
    assert row.code in cells(shown)
    assert _field(shown.text_area, TEXT).value == ""
    assert _field(shown.number_input, "Antal personer").value == 1
    assert _field(shown.selectbox, "Hur den kom in").value == Channel.PHONE


def test_without_words_nothing_is_saved_and_nothing_is_lost(decision, as_reviewer):
    shown = open_page(PAGE, id=decision.id)
    _field(shown.number_input, "Antal personer").set_value(7)
    shown = _press(shown, "Spara raden")
    assert said.say_fault("text_missing") in words(shown)
    assert _field(shown.number_input, "Antal personer").value == 7
    assert _waiting(as_reviewer) == []


def test_who_was_signed_out_saves_nothing_and_keeps_the_words(decision, as_reviewer, monkeypatch):
    shown = open_page(PAGE, id=decision.id)
    _field(shown.text_area, TEXT).set_value("Ett långt brev")
    monkeypatch.setattr(signed_in, "staff", lambda: None)
    shown = _press(shown, "Spara raden")
    assert _waiting(as_reviewer) == []
    assert said.say_fault("not_allowed") in words(shown)
    assert "Ett långt brev" in words(shown)


def test_a_place_is_found_by_its_name(decision, as_reviewer):
    shown = open_page(PAGE, id=decision.id)
    shown = (
        _field(shown.text_input, "Sök adress, hållplats eller plats")
        .set_value("Skranta torg")
        .run()
    )
    assert "Vald plats" in words(shown)
    _field(shown.text_area, TEXT).set_value("Här")
    _press(shown, "Spara raden")
    (row,) = _waiting(as_reviewer)
    assert row.place


def test_only_what_has_opened_can_be_entered_and_what_has_closed_still_can(
    decision, as_reviewer, monkeypatch
):
    later = make_decision(id="sedan", opens=decision.closes, closes=decision.closes)
    decisions.add(later, number=2)
    shown = open_page(PAGE)
    assert len(_field(shown.selectbox, "Förslag").options) == 1


def test_pasted_rows_are_shown_before_they_are_saved(decision, as_reviewer):
    shown = _paste("Synpunkt\tAntal personer\nBygg en bänk\t4\nFel rad\tmånga")
    assert _waiting(as_reviewer) == []
    assert "1 rad går att spara. 1 rad behöver rättas." in words(shown)
    assert f"Antal personer: {said.say_fault('bad_persons')}" in cells(shown)
    shown = _press(shown, "Spara 1 rad")
    (row,) = _waiting(as_reviewer)
    assert (row.persons, row.channel) == (4, Channel.MEETING)
    assert "1 rad är sparad och väntar på att läsas." in words(shown)
    assert "Det finns inget nytt att spara. 1 rad behöver rättas. 1 rad är redan inläst." in words(
        shown
    )
    assert not [button for button in shown.button if button.label.startswith("Spara")]


def test_rows_without_headings_are_texts(decision, as_reviewer):
    shown = _paste("Bygg en bänk\nRädda träden")
    assert "2 rader går att spara." in words(shown)
    _press(shown, "Spara 2 rader")
    assert {row.text for row in _waiting(as_reviewer)} == {"Bygg en bänk", "Rädda träden"}


def test_another_column_can_be_chosen(decision, as_reviewer):
    shown = _paste("Namnlös\tSynpunkt\nBänk\tTräd")
    shown = _field(shown.selectbox, "Synpunkten").set_value(0).run()
    _press(shown, "Spara 1 rad")
    assert [row.text for row in _waiting(as_reviewer)] == ["Bänk"]


@pytest.mark.parametrize(("text", "code"), [("", "paste_missing"), ("a\x00b", "not_text")])
def test_what_is_no_table_is_said(decision, as_reviewer, text, code):
    assert said.say_fault(code) in words(_paste(text))


def test_every_fault_and_note_has_its_sentence():
    assert set(said.FIELDS) == set(register_rows.FIELDS)
    for code in ("text_missing", "too_long", "bad_persons", "bad_channel", "unknown_home"):
        assert said.say_fault(code) != said.say_fault("not_saved")


def test_a_place_kept_in_words_is_pointed_out(decision, as_reviewer):
    shown = _paste("Synpunkt\tPlats\nBänk\tbakom Olles garage")
    assert "Platsen sparas i ord, utan punkt på kartan" in cells(shown)


def test_a_file_is_read_when_it_has_arrived_and_forgotten_when_it_is_taken_away(
    decision, as_reviewer
):
    shown = open_page(PAGE, id=decision.id, **{"del": "fil"})
    shown.file_uploader[0].upload("rader.csv", "Synpunkt\nBygg en bänk".encode(), "text/csv").run()
    assert "1 rad går att spara." in words(shown)
    shown.file_uploader[0].upload("fel.xlsx", b"PK\x03\x04", "text/csv").run()
    assert said.say_fault("not_excel") in words(shown)
    assert "1 rad går att spara." not in words(shown)
