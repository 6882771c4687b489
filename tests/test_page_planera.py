"""Planning: only for planners, each act asks again, and every refusal is one plain sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import shapely

from data.decisions import decisions
from data.geodata import cell_sets, layers
from data.models import Staff
from data.planning import layer_import, own_grids, reach_edit
from pages.planera import first_dialogue
from pages.planera import words as planner_words
from pages.shared.session import signed_in
from pages.shared.words import texts
from tests.conftest import make_decision
from tests.page_kit import cells, open_page, words

pytestmark = pytest.mark.usefixtures("at_noon")
PAGE = "planera/page.py"
PLANNER = Staff("Planerare", frozenset({"planner"}))


@pytest.fixture
def as_planner(monkeypatch):
    monkeypatch.setattr(signed_in, "staff", lambda: PLANNER)
    return PLANNER


def _press(shown, label: str):
    return next(button for button in shown.button if button.label == label).click().run()


def _field(fields, label: str):
    return next(field for field in fields if field.label == label)


def _now():
    found = decisions.get("lekplats")
    assert found is not None
    return found


@pytest.mark.parametrize("actor", [None, Staff("Granskare", frozenset({"reviewer"}))])
def test_only_planners_see_anything(decision, monkeypatch, actor):
    monkeypatch.setattr(signed_in, "staff", lambda: actor)
    shown = open_page(PAGE)
    assert not shown.number_input
    assert "Avstånd och vikter" not in words(shown)


def test_distances_are_saved_and_the_form_shows_what_is_stored(decision, as_planner):
    shown = open_page(PAGE, id=decision.id)
    _field(shown.number_input, "Längst bort, meter").set_value(1500)
    _field(shown.radio, "Så räknas den som bor på olika avstånd").set_value("avtagande")
    shown = _press(shown, "Spara avstånden")
    assert "Avstånden är sparade." in words(shown)
    assert (_now().far_m, _now().decay_m) == (1500, 400)
    assert _field(shown.number_input, "Längst bort, meter").value == 1500
    assert "ändrade avstånden" in cells(shown)


def test_distances_in_the_wrong_order_are_refused_and_stay_in_the_form(decision, as_planner):
    shown = open_page(PAGE, id=decision.id)
    _field(shown.number_input, "Nära, meter").set_value(5000)
    shown = _press(shown, "Spara avstånden")
    assert planner_words.FAULTS["bad_bands"] in words(shown)
    assert _field(shown.number_input, "Nära, meter").value == 5000
    assert _now() == decision


def test_somebody_who_was_signed_out_changes_nothing(decision, as_planner, monkeypatch):
    shown = open_page(PAGE, id=decision.id)
    _field(shown.number_input, "Längst bort, meter").set_value(1500)
    monkeypatch.setattr(signed_in, "staff", lambda: None)
    _press(shown, "Spara avstånden")
    assert _now() == decision


def test_who_saves_second_is_told_and_sees_what_she_wrote(decision, as_planner):
    shown = open_page(PAGE, id=decision.id)
    _field(shown.text_input, "Grupp").set_value("Elever på Bregårdsskolan")
    reach_edit.set_bands(PLANNER, decision, (1, 2, 3), decay_m=None, at=decisions.clock.now())
    _field(shown.text_input, "Varför berörs de?").set_value("De går i skolan")
    _field(shown.text_input, "Varifrån kommer uppgiften?").set_value("Skolan")
    shown = _press(shown, "Lägg till gruppen")
    assert planner_words.FAULTS["changed_meanwhile"] in words(shown)
    assert {"Elever på Bregårdsskolan", "De går i skolan", "Skolan"} <= {
        t.value for t in shown.text
    }
    assert _now().away == ()
    assert _now().far_m == 3


def test_a_group_is_added_and_taken_away(decision, as_planner):
    shown = open_page(PAGE, id=decision.id)
    _field(shown.text_input, "Grupp").set_value("Elever {{7*7}}")
    _field(shown.text_input, "Varför berörs de?").set_value("De går i skolan")
    shown = _press(shown, "Lägg till gruppen")
    assert planner_words.FAULTS["name_missing"] in words(shown)
    _field(shown.text_input, "Varifrån kommer uppgiften?").set_value("Skolan")
    shown = _press(shown, "Lägg till gruppen")
    assert [group.name for group in _now().away] == ["Elever {{7*7}}"]
    remove = next(b for b in shown.button if b.label.startswith("Ta bort"))
    shown = remove.click().run()
    assert "Gruppen är borttagen." in words(shown)
    assert _now().away == ()


def test_without_a_file_a_zone_is_refused(decision, as_planner):
    shown = open_page(PAGE, id=decision.id)
    shown = _press(shown, "Lägg till zonen")
    assert planner_words.FAULTS["file_missing"] in words(shown)


def test_what_the_figures_rest_on_is_told(decision, as_planner):
    shown = open_page(PAGE, **{"del": "befolkning"})
    said = words(shown)
    assert "Vår uppskattning från SCB:s statistikområden" in said
    assert f"{len(layers.frame('valdistrikt'))} valdistrikt" in said


def test_a_loaded_grid_is_told_and_can_be_left_again(decision, as_planner):
    cell_sets.ensure()
    squares = layers.frame(layers.RUTA)[["geometry"]].assign(antal=1)
    own_grids.import_grid(
        PLANNER,
        squares,
        own_grids.NewGrid(column="antal", side_m=500.0, source="SCB", licence="avtal", year=2025),
        at=decisions.clock.now(),
    )
    shown = open_page(PAGE, **{"del": "befolkning"})
    assert "Rutor på 500 meter från SCB, 2025" in words(shown)
    shown = next(b for b in shown.button if b.label.startswith("Använd i stället")).click().run()
    assert cell_sets.in_use().is_estimate
    assert "Vår uppskattning" in words(shown)


def test_loaded_layers_are_told_with_edition_and_source(decision, as_planner):
    assert "Inget eget lager är inläst än." in words(open_page(PAGE, **{"del": "omraden"}))
    areas = layers.frame(layers.DESO)[["geometry", "name"]].reset_index()
    layer_import.add(
        PLANNER,
        areas,
        layer_import.NewLayer(
            layer="stadsdelar",
            code="code",
            name="name",
            edition="2027",
            source="Karlskoga kommun",
            licence="CC0",
        ),
        at=decisions.clock.now(),
    )
    shown = open_page(PAGE, **{"del": "omraden"})
    assert "stadsdelar, utgåva 2027. Källa: Karlskoga kommun." in words(shown).replace("\\", "")
    assert "läste in ett lager" in cells(shown)
    shown = _press(shown, "Läs in lagret")
    assert planner_words.FAULTS["file_missing"] in words(shown)


def test_without_a_decision_the_page_says_so(empty_store, as_planner):
    assert "Inget förslag finns än." in words(open_page(PAGE))
    assert "Det finns inget förslag än." in words(open_page(PAGE, **{"del": "forslag"}))


def test_with_contours_the_page_says_that_they_are_used(empty_store, as_planner):
    made = make_decision()
    decisions.add(made, number=1)
    shape = shapely.box(*made.area.buffer(300).bounds)
    reach_edit.add_zone(
        PLANNER, made, reach_edit.ZoneKind.NEAR, "55 dBA", [shape], at=decisions.clock.now()
    )
    assert "används i stället för avstånden" in words(open_page(PAGE, id=made.id))


def test_the_first_dialogue_is_told_to_planners_and_in_the_docs_alike(decision, as_planner):
    told = words(open_page(PAGE))
    for name, what in first_dialogue.STEPS:
        assert f"**{name}.** {texts.in_language(what, 'sv')}" in told
    file = Path(__file__).resolve().parents[1] / "docs" / "din-forsta-dialog.md"
    written = file.read_text(encoding="utf-8")
    # how it is written anew stands in the module
    assert written == first_dialogue.as_file()


def test_the_first_dialogue_names_pages_and_parts_as_they_are_called():
    whole = " ".join([*(what for _name, what in first_dialogue.STEPS), first_dialogue.TWO])
    named = set(re.findall(r"\*([^*]+)\*", whole))
    assert len(named) > 10
    catalogue = (texts.LOCALE / "en" / "LC_MESSAGES" / "dialogkartan.po").read_text("utf-8")
    assert [name for name in named if f'msgid "{name}"\n' not in catalogue] == []
