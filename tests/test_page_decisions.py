"""Writing a proposal on the planners' page: saved by itself, checked, published, compared."""

from __future__ import annotations

from datetime import timedelta

import pytest

from data.decisions import decisions
from data.models import Staff
from data.planning import drafts, next_steps, promise, publishing
from pages.shared.session import signed_in
from pages.shared.words.texts import plain
from tests.conftest import NOON
from tests.page_kit import cells, open_page, words
from tests.test_planning_drafts import FULL, OTHER, PLANNER, _full_draft

pytestmark = pytest.mark.usefixtures("at_noon", "empty_store")
PAGE = "planera/page.py"


@pytest.fixture(autouse=True)
def _signed_in(monkeypatch):
    monkeypatch.setattr(signed_in, "staff", lambda: PLANNER)


def _press(shown, label: str):
    return next(button for button in shown.button if button.label == label).click().run()


def _field(fields, label: str):
    return next(field for field in fields if field.label == label)


def _tab(shown, name: str):
    return _field(shown.segmented_control, "Del av förslaget").set_value(name).run()


def test_a_new_proposal_is_begun_with_a_title():
    shown = open_page(PAGE)
    _field(shown.text_input, "Nytt förslag: skriv en rubrik").set_value("Lekplats i söder")
    _press(shown, "Börja skriva")
    (draft,) = drafts.list_all(PLANNER)
    assert draft.decision_id == "lekplats-i-soder"
    assert decisions.list_all() == []


def test_a_field_is_saved_when_it_is_left_and_hostile_text_stays_text():
    decision_id = drafts.create(PLANNER, "Lekplats", at=NOON)
    shown = _tab(open_page(PAGE, utkast=decision_id), "text")
    wild = "{{7*7}} <b>x</b> ![](https://example.org/x.png)"
    _field(shown.text_area, "Kort om förslaget").set_value(wild).run()
    found = drafts.get(PLANNER, decision_id)
    assert found is not None
    assert found.sheet["sv.summary"] == wild
    preview = words(open_page("forslag.py", id=decision_id, utkast="1"))
    assert "Så här kommer det att se ut" in preview
    assert plain(wild) in preview
    assert wild not in preview


def test_what_another_wrote_is_never_overwritten():
    decision_id = _full_draft()
    shown = _tab(open_page(PAGE, utkast=decision_id), "text")
    field = _field(shown.text_input, "Platsen, som folk säger den")
    drafts.set_field(OTHER, decision_id, "sv.place", "Ängen", "Kollegans ord", at=NOON)
    shown = field.set_value("Mina ord").run()
    said = words(shown)
    assert "Någon annan skrev i samma ruta" in said
    assert "Mina ord" in said
    assert _field(shown.text_input, "Platsen, som folk säger den").value == "Kollegans ord"
    shown = _press(shown, "Använd det jag skrev")
    found = drafts.get(PLANNER, decision_id)
    assert found is not None
    assert found.sheet["sv.place"] == "Mina ord"
    assert "Någon annan skrev" not in words(shown)


def test_a_fault_is_told_at_the_field_and_the_words_stay():
    decision_id = _full_draft()
    shown = _tab(open_page(PAGE, utkast=decision_id), "grund")
    shown = _field(shown.text_area, "Stegen: en rad per steg").set_value("i december").run()
    assert "Skriv en rad per steg" in words(shown)
    assert _field(shown.text_area, "Stegen: en rad per steg").value == "i december"


def test_a_missing_promise_blocks_publishing_and_leads_to_the_field():
    decision_id = _full_draft()
    drafts.set_field(PLANNER, decision_id, "sv.ways", FULL["sv.ways"], [], at=NOON)
    shown = _tab(open_page(PAGE, utkast=decision_id), "publicera")
    assert not [button for button in shown.button if button.label == "Publicera"]
    shown = _press(shown, "Fyll i: Fler sätt att vara med än webben")
    _field(shown.text_area, "Fler sätt att vara med än webben: ett per rad, med tid och plats")


def test_publishing_shows_it_to_everybody():
    decision_id = _full_draft()
    shown = _tab(open_page(PAGE, utkast=decision_id), "publicera")
    shown = _press(shown, "Publicera")
    assert "Förslaget är publicerat. Alla kan läsa det nu." in words(shown)
    assert decisions.get(decision_id) is not None
    assert "Ny skola på ängen" in words(open_page("forslag.py", id=decision_id))


@pytest.mark.parametrize("actor", [None, Staff("G", frozenset({"reviewer"}))])
def test_a_preview_is_for_planners_only(monkeypatch, actor):
    decision_id = _full_draft()
    monkeypatch.setattr(signed_in, "staff", lambda: actor)
    said = words(open_page("forslag.py", id=decision_id, utkast="1"))
    assert "Vi hittar inte förslaget" in said
    assert "Ny skola på ängen" not in said


def test_two_versions_are_compared():
    decision_id = _full_draft()
    publishing.publish(PLANNER, decision_id, at=NOON)
    drafts.begin(PLANNER, decision_id, at=NOON)
    drafts.set_field(PLANNER, decision_id, "sv.place", "Ängen", "Kullen", at=NOON)
    publishing.publish(PLANNER, decision_id, at=NOON + timedelta(hours=1))
    drafts.begin(PLANNER, decision_id, at=NOON)
    shown = _tab(open_page(PAGE, utkast=decision_id), "versioner")
    found = cells(shown)
    assert {"Platsen, som folk säger den", "Ängen", "Kullen"} <= set(found)


def test_a_withdrawn_proposal_tells_why_and_stands_in_no_list():
    decision_id = _full_draft()
    publishing.publish(PLANNER, decision_id, at=NOON)
    shown = open_page(PAGE)
    _field(shown.text_area, "Skälet, så att alla förstår").set_value("Marken är såld {{1}}.").run()
    shown = _press(shown, "Dra tillbaka förslaget")
    assert "Förslaget är tillbakadraget." in words(shown)
    said = words(open_page("forslag.py", id=decision_id))
    assert "Förslaget är tillbakadraget" in said
    assert "Marken är såld {{1}}." in said
    assert "Ny skola" not in words(open_page("overview.py"))


def test_an_overdue_answer_stands_first():
    decision_id = _full_draft()
    publishing.publish(PLANNER, decision_id, at=NOON)
    drafts.create(PLANNER, "Annat", at=NOON)
    late = NOON + timedelta(days=61)
    first, second = next_steps.of_all(PLANNER, at=late)
    assert (first.decision_id, first.need) == (decision_id, next_steps.Need.ANSWER_OVERDUE)
    assert second.need is next_steps.Need.FILL_IN
    missing = [f for p in promise.check({"sv.title": "Annat"}) for f in p.missing]
    assert second.count == len(missing)
