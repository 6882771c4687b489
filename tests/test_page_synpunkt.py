"""Leaving comments, step by step: nothing is lost, and nothing is sent that should not be."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from data import clock, store
from data.comments import submissions
from data.decisions import decisions
from data.geodata import places
from data.models import TEXT_MAX, AgeBand, Kind, PlaceHow, Relation, Stance
from data.review import review
from data.staff import limits
from data.written import clean_text
from pages.shared.words import texts
from pages.synpunkt import filled as form
from pages.synpunkt import restored_form
from tests.conftest import ELSEWHERE, NOON, TOWN, make_decision
from tests.page_kit import open_page, words

pytestmark = pytest.mark.usefixtures("at_noon")
PAGE = "synpunkt/page.py"
KEPT = form.to_keep(form.Filled())
WILD = "{{7*7}} ${alert(1)} </script> `hej` \u202e **fet** ![x](http://x.example/a.png)"


def _press(shown, label: str):
    return next(button for button in shown.button if button.label == label).click().run()


def _choose(shown, question: str, answer: str):
    return next(radio for radio in shown.radio if radio.label == question).set_value(answer)


def _labels(shown) -> list[str]:
    return [button.label for button in shown.button]


def _write(shown, text: str):
    """Go from the first step to the check, without a place."""
    shown = _press(_press(shown, "Jag vill inte använda kartan"), "Det gäller ingen särskild plats")
    _choose(shown, "Vad vill du lämna?", "idea")
    _choose(shown, "Vad tycker du om förslaget?", "for")
    shown.text_area[0].set_value(text)
    return _press(_press(shown, "Nästa"), "Hoppa över")


def _stored() -> int:
    with store.cursor() as cursor:
        row = cursor.execute("SELECT count(*) FROM submissions").fetchone()
    assert row is not None
    return int(row[0])


def test_an_unknown_decision_is_said_plainly(empty_store):
    assert "Vi hittar inte förslaget" in words(open_page(PAGE, id="finns-inte"))


def test_the_first_step_offers_every_way_to_a_place(decision):
    shown = open_page(PAGE, id=decision.id)
    assert "Steg 1 av 4: Platsen" in words(shown)
    assert "Jag vill inte använda kartan" in _labels(shown)
    assert [field.label for field in shown.text_input] == ["Sök adress, hållplats eller plats"]
    shown = _press(shown, "Jag vill inte använda kartan")
    areas = next(box for box in shown.selectbox if box.label == "Välj ett område i listan")
    assert len(areas.options) == len(places.neighbourhood_list())
    assert "Det gäller ingen särskild plats" in _labels(shown)


def test_going_on_without_a_place_is_asked_about_in_words(decision):
    shown = _press(open_page(PAGE, id=decision.id), "Nästa")
    assert "Välj en plats först" in words(shown)
    assert "Steg 1 av 4: Platsen" in words(shown)


def test_what_is_missing_is_told_beside_its_question_and_the_text_stays(decision):
    shown = _press(open_page(PAGE, id=decision.id), "Jag vill inte använda kartan")
    shown = _press(shown, "Det gäller ingen särskild plats")
    shown.text_area[0].set_value("Hej")
    shown = _press(shown, "Nästa")
    assert shown.error[0].value.startswith("Välj vad du vill lämna")
    assert shown.text_area[0].value == "Hej"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Skriv något i rutan"),
        (" \n\t ", "Skriv något i rutan"),
        ("x" * 10_000, "Texten är för lång"),
    ],
)
def test_a_text_that_cannot_be_sent_is_told_and_stays(decision, text, said):
    shown = _press(open_page(PAGE, id=decision.id), "Jag vill inte använda kartan")
    shown = _press(shown, "Det gäller ingen särskild plats")
    _choose(shown, "Vad vill du lämna?", "idea")
    _choose(shown, "Vad tycker du om förslaget?", "for")
    shown.text_area[0].set_value(text)
    shown = _press(shown, "Nästa")
    assert shown.error[0].value.startswith(said)
    assert shown.text_area[0].value == text
    assert "Steg 2 av 4" in words(shown)


def test_the_check_shows_everything_and_sends_once(decision, reviewer):
    shown = _write(open_page(PAGE, id=decision.id), WILD)
    assert "Steg 4 av 4: Granska" in words(shown)
    assert clean_text(WILD) in [text.value for text in shown.text]
    shown = _press(shown, "Skicka till kommunen")
    assert [title.value for title in shown.title] == ["Tack! Din synpunkt är mottagen"]
    code = shown.metric[0].value
    found = submissions.by_receipt(code)
    assert found is not None
    assert found[1][0].place_how is PlaceHow.NONE
    assert "{{7*7}}" in found[1][0].original
    assert _stored() == 1
    assert review.count_waiting(reviewer) == 1


def test_the_sixth_from_one_place_waits_without_a_word_of_blame(decision):
    for n in range(5):
        _press(_write(open_page(PAGE, id=decision.id), f"Nummer {n}"), "Skicka till kommunen")
    assert _stored() == 5
    shown = _press(_write(open_page(PAGE, id=decision.id), "Den sjätte"), "Skicka till kommunen")
    assert not shown.error
    waited = [said.value for said in shown.info]
    assert "Många skickar just nu. Din text finns kvar. Försök igen om 10 minuter." in waited
    assert "Den sjätte" in [text.value for text in shown.text]
    limits.forget()
    shown = _press(shown, "Skicka till kommunen")
    assert [title.value for title in shown.title] == ["Tack! Din synpunkt är mottagen"]
    assert _stored() == 6


def test_sending_the_same_form_again_stores_nothing_new(decision):
    shown = _write(open_page(PAGE, id=decision.id), "En bänk.")
    filled = shown.session_state[form.name(decision)]
    again = deepcopy(filled)
    shown = _press(shown, "Skicka till kommunen")
    first = shown.metric[0].value
    shown.session_state[form.name(decision)] = again
    shown = _press(shown.run(), "Skicka till kommunen")
    assert shown.metric[0].value == first
    assert _stored() == 1


def test_another_tab_with_other_words_is_told_and_its_words_stay(decision):
    shown = _write(open_page(PAGE, id=decision.id), "En bänk.")
    filled = shown.session_state[form.name(decision)]
    other = replace(filled, comments=[replace(filled.comments[0], text="En soptunna.")])
    shown = _press(shown, "Skicka till kommunen")
    shown.session_state[form.name(decision)] = other
    shown = _press(shown.run(), "Skicka till kommunen")
    assert "skickat från en annan flik" in "\n".join(piece.value for piece in shown.warning)
    shown = _press(_press(shown, "Granska och skicka det också"), "Skicka till kommunen")
    assert _stored() == 2


def test_several_comments_are_one_submission(decision):
    shown = _write(open_page(PAGE, id=decision.id), "Den första.")
    shown = _press(shown, "Lägg till en synpunkt till")
    assert "Synpunkt 2 av 2" in words(shown)
    shown = (
        _press(shown, "Jag vill inte använda kartan")
        if shown.session_state[form.name(decision)].mapless is False
        else shown
    )
    shown = _press(shown, "Det gäller ingen särskild plats")
    _choose(shown, "Vad vill du lämna?", "question")
    shown.text_area[0].set_value("Den andra?")
    shown = _press(_press(shown, "Nästa"), "Hoppa över")
    shown = _press(shown, "Skicka till kommunen")
    found = submissions.by_receipt(shown.metric[0].value)
    assert found is not None
    assert [one.original for one in found[1]] == ["Den första.", "Den andra?"]
    assert _stored() == 1


def test_a_place_outside_the_municipality_is_refused_also_when_sent(decision):
    shown = _write(open_page(PAGE, id=decision.id), "Här.")
    form.set_pin(shown.session_state[form.name(decision)].comments[0], *ELSEWHERE)
    shown = _press(shown.run(), "Skicka till kommunen")
    assert shown.error[0].value.startswith("Platsen ligger utanför Karlskoga kommun")
    assert _stored() == 0


def test_a_place_far_from_the_area_is_asked_about_once(decision):
    shown = open_page(PAGE, id=decision.id)
    far = places.search("Villingsberg", 1)[0]
    form.set_pin(shown.session_state[form.name(decision)].comments[0], far.lon, far.lat)
    shown = shown.run()
    assert "från förslagets område. Stämmer det?" in shown.warning[0].value
    shown = _press(shown, "Ja, platsen stämmer. Nästa")
    assert "Steg 2 av 4" in words(shown)
    shown = _press(shown, "Ändra platsen")
    assert not shown.warning


@pytest.mark.parametrize(
    ("opens", "closes", "heading"),
    [
        (date(2026, 12, 1), date(2026, 12, 31), "Du kan inte lämna synpunkter än"),
        (date(2026, 9, 1), date(2026, 10, 1), "Tiden för synpunkter är slut"),
    ],
)
def test_outside_its_time_there_is_no_form(empty_store, opens, closes, heading):
    decision = make_decision(opens=opens, closes=closes, phases=())
    decisions.add(decision, number=1)
    shown = open_page(PAGE, id=decision.id)
    assert [title.value for title in shown.title] == [heading]
    assert not shown.text_area
    assert "Skicka till kommunen" not in _labels(shown)


def test_closing_while_one_writes_takes_nothing_and_keeps_the_words(decision, monkeypatch):
    shown = _write(open_page(PAGE, id=decision.id), "Hann inte.")
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(days=30))
    shown = _press(shown, "Skicka till kommunen")
    assert "Hann inte." in [text.value for text in shown.text]
    assert _stored() == 0


def test_a_fault_in_the_store_is_told_and_nothing_is_lost(decision, monkeypatch):
    shown = _write(open_page(PAGE, id=decision.id), "Viktigt.")

    def full_disk(*_args: object, **_more: object) -> None:
        raise store.StoreError("not_saved")

    monkeypatch.setattr(submissions, "add", full_disk)
    shown = _press(shown, "Skicka till kommunen")
    assert shown.error[0].value == texts.error_sentence("not_saved")
    assert "Viktigt." in [text.value for text in shown.text]


_ANYTHING = some.recursive(
    some.none() | some.booleans() | some.floats() | some.integers() | some.text(max_size=20),
    lambda inner: (
        some.lists(inner, max_size=3)
        | some.dictionaries(some.sampled_from([*KEPT, *KEPT["comments"][0]]), inner)
    ),
    max_leaves=20,
)


@settings(max_examples=300)
@given(draft=some.dictionaries(some.sampled_from(list(KEPT)), _ANYTHING))
def test_a_draft_that_somebody_has_changed_never_breaks_the_form(draft):
    found = restored_form.restored(draft)
    if found is None:
        return
    assert found.step in {1, 2, 3, 4}
    assert 0 <= found.at < len(found.comments)
    for comment in found.comments:
        if comment.how is PlaceHow.PIN:
            assert -180 <= comment.lon <= 180
            assert -90 <= comment.lat <= 90
    kept = form.to_keep(found)
    assert set(kept) == set(KEPT)
    assert all(set(comment) == set(KEPT["comments"][0]) for comment in kept["comments"])
    # what the browser holds of it is plain, and is the same form again
    again = restored_form.restored(json.loads(json.dumps(form.to_keep(found))))
    assert again == found or found.receipt is not None


def test_a_draft_comes_back_as_it_was_left():
    left = form.Filled()
    form.set_pin(form.current(left), *TOWN)
    written = form.current(left)
    written.kind, written.stance, written.text = Kind.IDEA, Stance.FOR, "x" * (TEXT_MAX + 1)
    form.go(left, form.WORDS)
    assert restored_form.restored(form.to_keep(left)) == left


def test_what_the_browser_keeps_has_the_shape_that_open_tabs_know():
    left = form.Filled(key="k" * 20, relation=Relation.LIVES, age=AgeBand.ADULT)
    form.set_pin(form.current(left), 14.5, 59.25)
    form.current(left).kind = Kind.IDEA
    comment = {
        **{"how": "pin", "lon": 14.5, "lat": 59.25, "deso": None, "words": "", "far_ok": False},
        **{"kind": "idea", "stance": None, "text": ""},
    }
    assert form.to_keep(left) == {
        **{"key": "k" * 20, "step": 1, "at": 0, "comments": [comment]},
        **{"relation": "lives", "age": "25-64", "home": None},
        **{"mapless": False, "receipt": None, "elsewhere": False},
    }
    assert all(type(value) is not Kind for value in form.to_keep(left)["comments"][0].values())


def test_words_stay_when_the_place_is_changed_in_the_same_moment(decision):
    shown = _press(open_page(PAGE, id=decision.id), "Jag vill inte använda kartan")
    shown = _press(shown, "Det gäller ingen särskild plats")
    shown.text_area[0].set_value("Nyss skrivet.")
    shown = _press(shown, "Ändra platsen")
    assert form.current(shown.session_state[form.name(decision)]).text == "Nyss skrivet."


def test_words_stay_when_the_day_turns_in_the_same_moment(decision, monkeypatch):
    shown = _press(open_page(PAGE, id=decision.id), "Jag vill inte använda kartan")
    shown = _press(shown, "Det gäller ingen särskild plats")
    shown.text_area[0].set_value("Sista minuten.")
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(days=30))
    shown = _press(shown, "Nästa")
    assert "Sista minuten." in [text.value for text in shown.text]


def test_a_reload_still_says_that_something_is_unsent():
    left = form.Filled(receipt="K7M4-P2XT", elsewhere=True)
    found = restored_form.restored(form.to_keep(left))
    assert found is not None
    assert found.elsewhere is True
