"""Writing a decision: nobody overwrites another, nothing is public before it is published."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Thread

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from data import rules
from data.answers import answers
from data.decisions import decisions
from data.geodata import layers
from data.models import Staff
from data.planning import draft_fields, drafts, promise, publishing, reach_edit
from data.planning.draft_fields import FieldError
from data.planning.drafts import DraftError, FieldChangedError
from data.staff import staff_log
from tests.conftest import NOON, make_decision

PLANNER = Staff("Planerare", frozenset({"planner"}))
OTHER = Staff("Kollega", frozenset({"planner"}))
TODAY = NOON.date()
FULL: draft_fields.Sheet = {
    "type": "school",
    "body": "samhällsbyggnadsnämnden",
    "opens": TODAY.isoformat(),
    "closes": (TODAY + timedelta(days=30)).isoformat(),
    "answer_on": (TODAY + timedelta(days=60)).isoformat(),
    "decision_on": (TODAY + timedelta(days=90)).isoformat(),
    "contact_role": "planarkitekt",
    "contact_phone": "0586-000 00",
    "phases": [f"{TODAY} – {TODAY + timedelta(days=30)}: Samråd"],
    "sv.summary": "En skola {{7*7}}.",
    "sv.can_influence": ["Var skolgården ligger"],
    "sv.cannot_influence": ["Att det behövs en skola"],
    "sv.who_decides": "Nämnden",
    "sv.ladder": "Konsultation",
    "sv.dialogue_decision": "Nämnden 2026-11-01, dnr 1",
    "sv.place": "Ängen",
    "sv.ways": ["Brev", "Möte på biblioteket 3 december kl. 18"],
    "sv.easy_read": ["Vi vill bygga en skola."],
    "sv.facts": ["Skolan får 400 elever."],
    "sv.money": "Pengar finns.",
    "sv.children": "Kortare väg.",
    "sv.groups": ["Barn i området"],
}


def _write(decision_id: str, values: draft_fields.Sheet) -> None:
    for field, value in values.items():
        found = drafts.get(PLANNER, decision_id)
        assert found is not None
        was = draft_fields.value_of(found.sheet, field)
        drafts.set_field(PLANNER, decision_id, field, was, value, at=NOON)


def _full_draft() -> str:
    decision_id = drafts.create(PLANNER, "Ny skola på ängen", at=NOON)
    area = draft_fields.say_area(make_decision().area)
    _write(decision_id, {**FULL, "area": area})
    return decision_id


def test_a_draft_is_for_planners_only(empty_store):
    decision_id = _full_draft()
    assert decision_id == "ny-skola-pa-angen"
    assert decisions.get(decision_id) is None
    assert decisions.list_all() == []
    found = drafts.preview(PLANNER, decision_id, at=NOON)
    assert found is not None
    assert found.text("sv").title == "Ny skola på ängen"


def test_publishing_puts_all_of_it_before_the_public_and_keeps_the_version(empty_store):
    decision_id = _full_draft()
    assert publishing.publish(PLANNER, decision_id, at=NOON) == 1
    found = decisions.get(decision_id)
    assert found is not None
    assert draft_fields.of_decision(found) == {
        **FULL,
        "sv.title": "Ny skola på ängen",
        "area": draft_fields.say_area(make_decision().area),
    }
    assert rules.is_open(found, TODAY)
    assert found.near_m == 500
    assert drafts.get(PLANNER, decision_id) is None
    (version,) = publishing.versions(PLANNER, decision_id)
    assert (version.number, version.act, version.made_by) == (1, "publish", "Planerare")


@pytest.mark.parametrize(
    "field", sorted({f for fields in promise.PROMISES.values() for f in fields})
)
def test_each_thing_that_is_promised_is_needed(empty_store, field: str):
    decision_id = _full_draft()
    _write(decision_id, {field: draft_fields.empty(field)})
    with pytest.raises(DraftError, match="promise_broken"):
        publishing.publish(PLANNER, decision_id, at=NOON)
    assert decisions.get(decision_id) is None
    broken = [p for p in promise.check(drafts.get(PLANNER, decision_id).sheet) if not p.is_kept]
    assert [p.missing for p in broken] == [(field,)]


def test_the_whole_municipality_needs_no_area(empty_store):
    decision_id = _full_draft()
    _write(decision_id, {"type": "municipality", "area": ""})
    publishing.publish(PLANNER, decision_id, at=NOON)
    found = decisions.get(decision_id)
    assert found is not None
    assert found.area.equals(layers.municipality())
    assert found.near_m is None


@pytest.mark.parametrize(
    ("field", "day", "wrong"),
    [
        ("closes", TODAY - timedelta(days=1), "closes_before_opens"),
        ("answer_on", TODAY + timedelta(days=5), "answer_before_closes"),
    ],
)
def test_dates_in_the_wrong_order_are_told(empty_store, field: str, day: date, wrong: str):
    sheet = {**FULL, "sv.title": "Skola", "area": "x", field: day.isoformat()}
    assert [w for p in promise.check(sheet) for w in p.wrong] == [wrong]


def test_a_step_may_be_a_single_day(empty_store):
    decision_id = _full_draft()
    _write(decision_id, {"phases": ["2026-12-01 – 2026-12-01: Öppet hus"]})
    found = drafts.preview(PLANNER, decision_id, at=NOON)
    assert found is not None
    assert [(one.starts, one.ends) for one in found.phases] == [(date(2026, 12, 1),) * 2]


@pytest.mark.parametrize(("field", "as_on"), [("closes", "opens"), ("answer_on", "closes")])
def test_two_of_the_dates_may_be_the_same_day(empty_store, field: str, as_on: str):
    sheet = {**FULL, "sv.title": "Skola", "area": "x"}
    sheet[field] = sheet[as_on]
    assert [w for p in promise.check(sheet) for w in p.wrong] == []


def test_two_who_write_never_overwrite_each_other(empty_store):
    decision_id = _full_draft()
    drafts.set_field(OTHER, decision_id, "sv.place", "Ängen", "Kollegans ord", at=NOON)
    drafts.set_field(PLANNER, decision_id, "sv.money", "Pengar finns.", "En miljon", at=NOON)
    with pytest.raises(FieldChangedError) as met:
        drafts.set_field(PLANNER, decision_id, "sv.place", "Ängen", "Mina ord", at=NOON)
    assert met.value.now == "Kollegans ord"
    found = drafts.get(PLANNER, decision_id)
    assert found is not None
    assert (found.sheet["sv.place"], found.sheet["sv.money"]) == ("Kollegans ord", "En miljon")


def test_many_fields_at_once_are_all_kept(file_store):
    decision_id = drafts.create(PLANNER, "Fort", at=NOON)
    fields = [f"sv.{name}" for name in ("place", "summary", "money", "ladder", "who_decides")]

    def write(field: str) -> None:
        for _ in range(50):
            try:
                drafts.set_field(PLANNER, decision_id, field, "", field, at=NOON)
            except (FieldChangedError, drafts.store.StoreError):
                continue
            return

    threads = [Thread(target=write, args=(field,)) for field in fields]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = drafts.get(PLANNER, decision_id)
    assert found is not None
    assert {f: found.sheet.get(f) for f in fields} == {f: f for f in fields}


def test_a_published_decision_is_changed_by_a_new_version(empty_store):
    decision_id = _full_draft()
    publishing.publish(PLANNER, decision_id, at=NOON)
    draft = drafts.begin(PLANNER, decision_id, at=NOON)
    assert draft.based_on == 1
    _write(decision_id, {"sv.title": "Skola på ängen", "sv.facts": ["Ett", "Två"]})
    before = decisions.get(decision_id)
    assert before is not None
    assert before.text("sv").title == "Ny skola på ängen"
    assert publishing.publish(PLANNER, decision_id, at=NOON) == 2
    now = decisions.get(decision_id)
    assert now is not None
    assert (now.version, now.text("sv").facts) == (2, ("Ett", "Två"))
    latest, first = publishing.versions(PLANNER, decision_id)
    assert draft_fields.differences(first.sheet, latest.sheet) == ["sv.title", "sv.facts"]


def test_a_change_of_how_far_it_reaches_is_kept_when_the_text_is_published(empty_store):
    decision_id = _full_draft()
    publishing.publish(PLANNER, decision_id, at=NOON)
    drafts.begin(PLANNER, decision_id, at=NOON)
    _write(decision_id, {"sv.place": "Kullen"})
    found = decisions.get(decision_id)
    assert found is not None
    reach_edit.set_bands(PLANNER, found, (50, 60, 70), decay_m=None, at=NOON)
    assert publishing.publish(PLANNER, decision_id, at=NOON) == 3
    now = decisions.get(decision_id)
    assert now is not None
    assert (now.text("sv").place, now.near_m, now.far_m) == ("Kullen", 50, 70)


def test_what_was_withdrawn_is_not_published_again(empty_store):
    decision_id = _full_draft()
    publishing.publish(PLANNER, decision_id, at=NOON)
    drafts.begin(PLANNER, decision_id, at=NOON)
    publishing.withdraw(PLANNER, decision_id, "Såld.", at=NOON)
    with pytest.raises(DraftError, match="not_there"):
        publishing.publish(PLANNER, decision_id, at=NOON)
    assert decisions.list_all() == []


def test_withdrawing_needs_a_reason_and_takes_it_out_of_every_list(empty_store):
    decision_id = _full_draft()
    publishing.publish(PLANNER, decision_id, at=NOON)
    with pytest.raises(DraftError, match="reason_missing"):
        publishing.withdraw(PLANNER, decision_id, "  ", at=NOON)
    publishing.withdraw(PLANNER, decision_id, "Marken är såld.", at=NOON)
    assert decisions.list_all() == []
    told = decisions.withdrawn(decision_id)
    assert told is not None
    assert (told.title, told.reason) == ("Ny skola på ängen", "Marken är såld.")
    assert [v.act for v in publishing.versions(PLANNER, decision_id)] == ["withdraw", "publish"]


def test_a_decision_is_not_closed_without_an_answer(empty_store):
    decision_id = _full_draft()
    publishing.publish(PLANNER, decision_id, at=NOON)
    late = NOON + timedelta(days=100)
    with pytest.raises(DraftError, match="answer_missing"):
        publishing.close(PLANNER, decision_id, late.date(), at=late)
    with pytest.raises(DraftError, match="bad_date"):
        publishing.close(PLANNER, decision_id, TODAY, at=late)
    found = decisions.get(decision_id)
    assert found is not None
    assert found.decided_on is None
    assert answers.is_overdue(found, late.date())


def test_publishing_the_answer_lets_the_decision_be_closed(empty_store):
    decision_id = _full_draft()
    publishing.publish(PLANNER, decision_id, at=NOON)
    late = NOON + timedelta(days=50)
    draft = answers.draft(PLANNER, decision_id)
    texts = dict.fromkeys(answers.languages(), "") | {"sv": "Skolan byggs."}
    answers.save_draft(PLANNER, draft, texts=texts, decided_on=late.date(), at=late)
    answers.publish(PLANNER, decision_id, late)
    was = decisions.get(decision_id)
    assert was is not None
    for wrong in (was.closes, late.date() + timedelta(days=1)):
        with pytest.raises(DraftError, match="bad_date"):
            publishing.close(PLANNER, decision_id, wrong, at=late)
    publishing.close(PLANNER, decision_id, late.date(), at=late)
    found = decisions.get(decision_id)
    assert found is not None
    assert rules.status_of(found, late.date()) is rules.Status.DECIDED


def test_a_discarded_draft_stands_in_the_log(empty_store):
    decision_id = _full_draft()
    drafts.discard(PLANNER, decision_id, at=NOON)
    assert drafts.get(PLANNER, decision_id) is None
    latest = staff_log.of(PLANNER, decision_id)[0]
    assert latest.act == "discard_draft"
    assert "Skolan får 400 elever." in latest.was


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("sv.nothing", "x", "unknown_field"),
        ("sv.outcome", ["x"], "unknown_field"),
        ("sv.title", "x" * 201, "too_long"),
        ("sv.facts", ["x"] * 31, "too_many_lines"),
        ("opens", "i morgon", "bad_date"),
        ("type", "slott", "bad_type"),
        ("phases", ["Samråd i december"], "bad_phase"),
        ("phases", ["2026-12-20 – 2026-12-01: Samråd"], "bad_phase"),
        ("area", "zz", "bad_area"),
        ("contact_email", "ingen", "bad_email"),
    ],
)
def test_a_value_that_cannot_be_kept_is_refused(field: str, value: draft_fields.Value, code: str):
    with pytest.raises(FieldError, match=code):
        draft_fields.clean(field, value)


NAMES = sorted(draft_fields.all_fields())


@given(st.sampled_from(NAMES), st.text() | st.lists(st.text(), max_size=5))
def test_what_is_kept_is_kept_as_it_is(field: str, value: draft_fields.Value):
    try:
        kept = draft_fields.clean(field, value)
    except FieldError:
        return
    assert draft_fields.clean(field, kept) == kept


def test_an_area_outside_the_municipality_is_refused(empty_store):
    decision_id = drafts.create(PLANNER, "Långt bort", at=NOON)
    away = draft_fields.say_area(
        shapely.MultiPolygon([shapely.box(660_000, 6_580_000, 661_000, 6_581_000)])
    )
    with pytest.raises(FieldError, match="outside"):
        drafts.set_field(PLANNER, decision_id, "area", "", away, at=NOON)
