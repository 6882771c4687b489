"""What is too long for a field stays in it, and a sentence says by how much before it counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from data.geodata import places
from data.models import PLACE_WORDS_MAX, Staff
from data.planning import drafts
from data.review import entered
from data.written import UNSEEN_FACTOR, fault_of, is_blank, over
from pages.rapport import publicity_texts as report_texts
from pages.shared.session import signed_in
from tests.page_kit import open_page, words

pytestmark = pytest.mark.usefixtures("at_noon")
PLANNER = Staff("Planerare", frozenset({"planner"}))
NO_MAP, NOWHERE = "Jag vill inte använda kartan", "Det gäller ingen särskild plats"
OWN_WORDS = "Beskriv platsen med egna ord, om du vill"


def _field(fields, label: str):
    return next(field for field in fields if field.label == label)


def _press(shown, label: str):
    return _field(shown.button, label).click().run()


def _said(shown) -> str:
    """Return what stands beneath the fields."""
    bodies = [str(one.proto.body) for one in shown.get("html")]
    return "\n".join(body.split(">", 1)[1] for body in bodies if "data-kvar" in body)


def _too_long(by: int) -> str:
    return f"Texten är {by} tecken för lång. Korta den."


@pytest.fixture
def as_planner(monkeypatch):
    monkeypatch.setattr(signed_in, "staff", lambda: PLANNER)


@given(some.text(max_size=30), some.integers(1, 30))
def test_it_is_too_long_by_what_must_go(text, most):
    is_long = not is_blank(text) and fault_of(text, most) == "too_long"
    assert is_long == (not is_blank(text) and over(text, most) > 0)


def test_unseen_signs_have_an_end_too():
    assert over("a" + "\u200b" * 10 * UNSEEN_FACTOR, 10) == 1


@pytest.mark.parametrize("pressed", ["Nästa", NOWHERE])
def test_words_for_a_place_that_are_too_long_stay_and_go_no_further(decision, pressed):
    shown = _press(open_page("synpunkt/page.py", id=decision.id), NO_MAP)
    written = "x" * (PLACE_WORDS_MAX + 17)
    _field(shown.text_input, OWN_WORDS).set_value(written)
    shown = _press(shown, pressed)
    assert "Steg 1 av 4: Platsen" in words(shown)
    assert _too_long(17) in _said(shown)
    assert shown.error[0].value.startswith("Beskrivningen av platsen")
    assert _field(shown.text_input, OWN_WORDS).value == written
    _field(shown.text_input, OWN_WORDS).set_value(written[:PLACE_WORDS_MAX])
    shown = _press(shown, pressed)
    assert "Steg 2 av 4" in words(shown)


def test_words_too_long_for_a_place_are_asked_about_anew_when_it_is_sent(decision):
    shown = _press(_press(open_page("synpunkt/page.py", id=decision.id), NO_MAP), NOWHERE)
    _field(shown.radio, "Vad vill du lämna?").set_value("idea")
    _field(shown.radio, "Vad tycker du om förslaget?").set_value("for")
    shown.text_area[0].set_value("Hej")
    shown = _press(_press(shown, "Nästa"), "Hoppa över")
    # as a browser may have kept it from an earlier edition
    filled = shown.session_state[f"synpunkt.{decision.id}"]
    filled.comments[0].words = "x" * (PLACE_WORDS_MAX + 1)
    shown = _press(shown, "Skicka till kommunen")
    assert shown.error[0].value.startswith("Beskrivningen av platsen")
    shown.run()
    assert "Steg 1 av 4: Platsen" in words(shown)
    assert _too_long(1) in _said(shown)


def test_what_is_searched_for_is_not_cut(decision):
    shown = open_page("overview.py")
    label = "Sök adress, hållplats eller plats"
    field = next(field for field in shown.text_input if field.label.startswith("Sök"))
    assert field.label in {label, "Sök hållplats, skola eller plats"}
    shown = field.set_value("y" * (places.QUERY_MAX + 3)).run()
    assert _too_long(3) in _said(shown)
    assert "Vi hittar ingen plats" not in words(shown)


def test_a_code_in_a_longer_text_is_said_to_be_too_long(decision):
    shown = open_page("kvitto.py")
    _field(shown.text_input, "Kvittokod").set_value("Kvittokod till den som lämnade den: K7M4")
    shown = _press(shown, "Visa")
    assert _too_long(10) in _said(shown)
    assert not shown.error


def test_words_for_a_place_of_a_row_are_saved_whole_or_not_at_all(decision, monkeypatch, reviewer):
    monkeypatch.setattr(signed_in, "staff", lambda: reviewer)
    shown = open_page("registrera/page.py", id=decision.id)
    label = "Platsen med egna ord, om det behövs"
    written = "z" * (PLACE_WORDS_MAX + 2)
    _field(shown.text_input, label).set_value(written)
    _field(shown.text_area, "Vad personen sade eller skrev").set_value("Hej")
    shown = _press(shown, "Spara raden")
    assert not entered.latest(reviewer, decision.id)
    assert _too_long(2) in _said(shown)
    assert _field(shown.text_input, label).value == written


def test_a_heading_that_is_too_long_makes_no_draft(decision, as_planner):
    shown = open_page("planera/page.py")
    label = "Nytt förslag: skriv en rubrik"
    _field(shown.text_input, label).set_value("r" * (drafts.TITLE_MAX + 4))
    shown = _press(shown, "Börja skriva")
    assert _too_long(4) in _said(shown)
    assert shown.error


def test_a_leaflet_that_is_too_long_is_not_made(decision, as_planner):
    shown = open_page("rapport/page.py", id=decision.id)
    leaflet = next(field for field in shown.text_area if "blad" in field.label)
    leaflet.set_value("b" * (report_texts.MAX + 5))
    shown = _press(shown, "Gör bladet som PDF")
    assert "tecken för mycket" not in _said(shown)
    assert _too_long(5) in _said(shown)
    assert report_texts.work.JOB not in shown.session_state
