"""Entering for others: only reviewers, nothing lost, and every row shown before it counts."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from openpyxl import Workbook

from data import clock
from data.decisions import decisions
from data.enums import Channel, Kind, Stance
from data.models import Staff
from data.review import entered, register_fields, review_move, waiting
from data.staff import limits
from pages.registrera import questions
from pages.registrera import words as said
from pages.shared.session import signed_in
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
    return entered.latest(reviewer, "lekplats")


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


def test_officials_enter_as_much_as_they_have(decision, as_reviewer):
    for _ in range(5):
        limits.take(limits.Act.SEND, "127.0.0.1", about=decision.id)
    shown = open_page(PAGE, id=decision.id)
    for n in range(7):
        _field(shown.text_area, TEXT).set_value(f"Brev {n}")
        shown = _press(shown, "Spara raden")
    assert len(_waiting(as_reviewer)) == 7


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
    assert set(said.FIELDS) == set(register_fields.FIELDS)
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


def _shown_words(shown) -> str:
    return "\n".join([words(shown), *(str(one.value) for one in shown.warning)])


def test_pasted_lines_with_commas_keep_every_word(decision, as_reviewer):
    lines = ["Fint, men dyrt", "Bygg nu, tack, tack", '"Nej" säger vi; alla']
    shown = _paste("\n".join(lines))
    assert "3 rader går att spara." in words(shown)
    _press(shown, "Spara 3 rader")
    assert {row.text for row in _waiting(as_reviewer)} == set(lines)


def test_what_would_be_left_out_is_shown_before_it_is_saved(decision, as_reviewer):
    shown = _paste("Från mötet\nSynpunkt\tÄrende\nBänk\tA-17\tmed ryggstöd\n\nTräd\t\t")
    said = _shown_words(shown)
    assert "1 rad är tom." in said
    assert "Rad 1, ovanför rubrikerna: ”Från mötet”" in said.replace("\\", "")
    assert "Kolumn 2: Ärende (1 rad): ”A-17”" in said.replace("\\", "")
    assert "Kolumn 3 (1 rad): ”med ryggstöd”" in said.replace("\\", "")
    assert "Sparas inte: ”A-17”, ”med ryggstöd”" in [
        cell.replace("\\", "") for cell in cells(shown)
    ]


def test_a_cell_torn_in_two_is_pointed_out_with_what_to_do(decision, as_reviewer):
    shown = _paste('Synpunkt\tAntal\n"Bänkar\noch träd"\t3')
    assert "som fil" in _shown_words(shown)
    assert "Kan vara en del av en ruta som har delats" in cells(shown)


def test_a_cell_torn_in_two_is_saved_only_when_somebody_says_that_it_is_read(decision, as_reviewer):
    rows = 'Synpunkt\tAntal\n"Bänkar\noch träd"\t3\nSkugga\t1'
    shown = _press(_paste(rows), "Spara 3 rader")
    assert not _waiting(as_reviewer)
    assert [error.value.startswith("Inget är sparat. Läs raderna") for error in shown.error]
    (read,) = [box for box in shown.checkbox if box.label.startswith("Jag har läst raderna")]
    assert ": 2, 3. De ska sparas var för sig" in read.label
    _press(read.check().run(), "Spara 3 rader")
    kept = {row.text for row in entered.receipts(as_reviewer, "lekplats")}
    assert len(kept) == 3
    assert "Skugga" in kept


def test_rows_of_another_reading_are_asked_about_anew(decision, as_reviewer):
    rows = 'Synpunkt\tAntal\n"Bänkar\noch träd"\t3'
    shown = _paste(rows)
    (read,) = [box for box in shown.checkbox if box.label.startswith("Jag har läst raderna")]
    shown = _press(read.check().run(), "Läs raderna")
    (read,) = [box for box in shown.checkbox if box.label.startswith("Jag har läst raderna")]
    assert not read.value


def test_whole_rows_are_saved_without_a_question(decision, as_reviewer):
    shown = _paste("Synpunkt\tAntal\nSkugga\t1")
    assert not [box for box in shown.checkbox if box.label.startswith("Jag har läst")]
    _press(shown, "Spara 1 rad")
    assert _waiting(as_reviewer)


def test_an_unknown_word_is_asked_about_once_and_saved_without_an_answer(decision, as_reviewer):
    rows = "Synpunkt\tBostadsområde\tKom in\n" + "\n".join(
        f"Rad {n}\tAggerud\tAnslagstavla" for n in range(3)
    )
    shown = _paste(rows)
    asked = [field for field in shown.selectbox if field.label.startswith("Vad är ”")]
    assert [field.label for field in asked] == [
        "Vad är ”Anslagstavla”? Hur den kom in, 3 rader",
        "Vad är ”Aggerud”? Bostadsområde, 3 rader",
    ]
    # the areas where people of Aggerud live stand first
    assert asked[1].options[1] == "Aggerud, Häsängen"
    shown = asked[0].set_value(Channel.LETTER).run()
    _press(shown, "Spara 3 rader")
    kept = entered.receipts(as_reviewer, "lekplats")
    assert {row.channel for row in kept} == {Channel.LETTER}
    assert {row.told for row in kept} == {(("channel", "Anslagstavla"), ("home", "Aggerud"))}


def test_a_day_that_cannot_be_read_is_answered_for_all_its_rows(decision, as_reviewer):
    shown = _paste("Synpunkt\tDatum\nBänk\ti tisdags\nTräd\ti tisdags")
    assert "2 rader behöver rättas." in words(shown)
    (asked,) = [field for field in shown.date_input if "i tisdags" in field.label]
    shown = asked.set_value(decision.opens).run()
    _press(shown, "Spara 2 rader")
    assert {row.received_on for row in _waiting(as_reviewer)} == {decision.opens}


def test_the_day_chosen_last_is_the_one_that_is_saved(decision, as_reviewer):
    """A click in the same moment as the choice: what the fields say then counts."""
    shown = _paste("Bänk")
    next(field for field in shown.date_input if field.label == "Dagen de kom in").set_value(
        decision.opens
    )
    _press(shown, "Spara 1 rad")
    assert [row.received_on for row in _waiting(as_reviewer)] == [decision.opens]


def _workbook(**sheets) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    book["Möte"].row_dimensions[2].hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_another_sheet_can_be_chosen_and_hidden_rows_left_out(decision, as_reviewer):
    content = _workbook(Möte=[("Dold",), ("Dold också",), ("Syns",)], Torg=[("Från torget",)])
    shown = open_page(PAGE, id=decision.id, **{"del": "fil"})
    shown.file_uploader[0].upload("rader.xlsx", content, "application/x").run()
    assert "3 rader går att spara." in words(shown)
    assert "Dolda rader i kalkylarket, som ändå läses: 2." in words(shown)
    shown = _field(shown.checkbox, "Ta med de dolda raderna").uncheck().run()
    assert "2 rader går att spara." in words(shown)
    shown = _field(shown.selectbox, "Bladet som läses").set_value("Torg").run()
    assert "1 rad går att spara." in words(shown)
    assert "Från torget" in cells(shown)


def test_a_sheet_that_cannot_be_read_leaves_the_one_before(decision, as_reviewer):
    content = _workbook(Möte=[("Bänk",), ("Träd",)], Bred=[tuple(map(str, range(60)))])
    shown = open_page(PAGE, id=decision.id, **{"del": "fil"})
    shown.file_uploader[0].upload("rader.xlsx", content, "application/x").run()
    shown = _field(shown.selectbox, "Bladet som läses").set_value("Bred").run()
    assert said.say_fault("too_many_columns") in words(shown)
    assert "2 rader går att spara." in words(shown)
    assert _field(shown.selectbox, "Bladet som läses").value == "Möte"


def test_another_sign_between_the_cells_can_be_chosen(decision, as_reviewer):
    shown = open_page(PAGE, id=decision.id, **{"del": "fil"})
    content = "Bänkar, bord\nTräden, gräs".encode()
    shown.file_uploader[0].upload("rader.csv", content, "text/csv").run()
    assert "Bänkar, bord" in cells(shown)
    shown = _field(shown.selectbox, "Det som skiljer rutorna åt").set_value(",").run()
    assert "Bänkar, bord" not in cells(shown)
    assert "Kolumn 2 (2 rader): ”bord”" in _shown_words(shown).replace("\\", "")


def test_the_way_to_every_receipt_stands_on_the_page(decision, as_reviewer):
    _press(_paste("Bänk\nTräd"), "Spara 2 rader")
    shown = open_page(PAGE, id=decision.id)
    assert "/registrera/lekplats/kvitton?nar=" in words(shown)
    assert "/registrera/lekplats/kvitton.csv?nar=" in words(shown)
    assert _field(shown.selectbox, "Vilka kvittokoder?").options[0] == "Alla som är införda"


def test_a_row_that_was_moved_here_has_its_receipt_where_it_was_entered(decision, as_reviewer):
    _press(_paste("Bänk"), "Spara 1 rad")
    decisions.add(make_decision(id="bad"), number=2)
    (number,) = [one.id for one in waiting.page(as_reviewer, waiting.Filters(), limit=9, offset=0)]
    review_move.to_decision(as_reviewer, number, "bad", at=clock.now())
    shown = open_page(PAGE, id="bad")
    assert "Bänk" in cells(shown)
    assert "/registrera/bad/kvitton" not in words(shown)


def test_what_must_be_answered_is_asked_first_and_rows_that_are_not_asked_about_are_told(
    decision, as_reviewer, monkeypatch
):
    monkeypatch.setattr(questions, "ASKED_MAX", 2)
    lines = ["Synpunkt\tPlats\tDatum"]
    lines += [f"Rad {n}\tUndangömda platsen {n}\ti tisdags" for n in range(3)]
    shown = _paste("\n".join(lines))
    assert [field.label for field in shown.date_input if "i tisdags" in field.label]
    assert "2 ord till gick inte att tolka. De sparas som de står." in words(shown)
    shown = _paste("Synpunkt\tDatum\n" + "\n".join(f"Rad {n}\tdag {n}" for n in range(3)))
    assert "1 ord till gick inte att tolka. Rätta det där raderna står" in words(shown)


@pytest.mark.parametrize("name", ["gammal.xls", "ark.ods"])
def test_a_file_that_we_cannot_read_is_told_with_what_to_do(decision, as_reviewer, name):
    content = b"\xd0\xcf\x11\xe0" if name.endswith("xls") else b"PK\x03\x04"
    shown = open_page(PAGE, id=decision.id, **{"del": "fil"})
    shown.file_uploader[0].upload(name, content, "application/x").run()
    assert ".xlsx" in words(shown)


def test_a_home_that_is_no_statistics_area_can_be_entered_by_its_name(decision, as_reviewer):
    shown = open_page(PAGE, id=decision.id)
    homes = _field(shown.selectbox, "Bostadsområde")
    assert {f"{name} (sparas i ord)" for name in ("Aggerud", "Bohult", "Ekeby")} <= set(
        homes.options
    )
    homes.set_value("ord:Aggerud")
    _field(shown.text_area, TEXT).set_value("En bänk")
    _press(shown, "Spara raden")
    (row,) = entered.receipts(as_reviewer, "lekplats")
    assert row.told == (("home", "Aggerud"),)


def test_a_place_that_nobody_has_looked_at_is_asked_about_before_the_row_is_kept(
    decision, as_reviewer
):
    """Somebody writes a place and presses without leaving the field: nothing is guessed."""
    shown = open_page(PAGE, id=decision.id)
    _field(shown.text_area, TEXT).set_value("Här")
    _field(shown.text_input, "Sök adress, hållplats eller plats").set_value("skola")
    shown = _press(shown, "Spara raden")
    assert _waiting(as_reviewer) == []
    assert said.say_fault("place_unseen") in words(shown)
    _press(shown, "Spara raden")
    (row,) = _waiting(as_reviewer)
    assert row.place
