"""The officials' page of the report: what is missing, what each role is offered, and stopping."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from data.answers import themes
from data.models import Staff
from data.staff import jobs
from pages.shared.session import signed_in
from tests.conftest import NOON
from tests.page_kit import open_page, words
from tests.test_answers_themes import PLANNER, D, send

pytestmark = pytest.mark.usefixtures("at_noon")
FILE = "rapport/page.py"


def _open(monkeypatch, *roles: str, **query: str):
    actor = Staff(PLANNER.name, frozenset(roles))
    monkeypatch.setattr(signed_in, "staff", lambda: actor)
    return open_page(FILE, id=D, **query)


def _buttons(shown) -> set[str]:
    return {button.label for button in shown.button}


def test_what_is_missing_is_said_with_a_link_to_where_it_is_written(decision, monkeypatch):
    send(1)
    shown = _open(monkeypatch, "planner", form="samradsredogorelse")
    assert "Det här saknas:" in str([one.value for one in shown.warning])
    assert f"(/teman?id={D}&del=publicera)" in words(shown)
    assert "Gör PDF" not in _buttons(shown)
    shown.radio(key="rapport.form").set_value("sammanstallning").run()
    assert "Gör PDF" in _buttons(shown)


def test_each_role_is_offered_what_it_may_have(decision, monkeypatch):
    planner = _open(monkeypatch, "planner")
    assert {"Gör PDF", "Gör arkivpaket", "Gör en zip-fil med alla tabeller"} <= _buttons(planner)
    politician = _open(monkeypatch, "politician")
    assert "Gör arkivpaket" not in _buttons(politician)
    assert "Förtroendevalda: också vilka kommunen har sökt upp" in str(
        politician.radio(key="rapport.variant").options
    )


def test_a_text_that_is_changed_has_the_same_field_after_a_restart(decision):
    """What the tab keeps of it is found by the name of the field."""
    told = (
        "from pages.rapport import publicity_texts as t; "
        "print(t.field_key('d', 'web', 'public', 'Hej'))"
    )
    names = {
        subprocess.run(
            [sys.executable, "-c", told],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[1],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(names) == 1


def test_work_is_told_step_by_step_and_stops_when_it_is_told(decision, monkeypatch):
    def slow(job: jobs.Job) -> bytes:
        job.next("figures")
        while not job.is_stopped():
            time.sleep(0.01)
        raise jobs.Stopped

    shown = _open(monkeypatch, "planner")
    job = jobs.start(PLANNER, slow, file="a.pdf", media="application/pdf", steps=3, at=NOON)
    shown.session_state["rapport.jobb"], shown.session_state["rapport.del"] = job.id, "rapport"
    shown.run()
    assert "Avbryt" in _buttons(shown)
    shown.button(key="rapport.avbryt").click().run()
    until = time.monotonic() + 10
    while job.state == jobs.RUNNING and time.monotonic() < until:
        time.sleep(0.01)
    shown.run()
    assert "Du avbröt. Ingen fil är gjord." in words(shown)
    assert "Avbryt" not in _buttons(shown)


def test_a_text_that_is_being_edited_stays_when_time_goes(decision, monkeypatch):
    from datetime import timedelta

    from data import clock

    themes.add(PLANNER, D, "Skugga", at=NOON)
    shown = _open(monkeypatch, "planner")
    shown.text_area[2].set_value("Mitt eget.").run()
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(minutes=20))
    shown.run()
    assert shown.text_area[2].value == "Mitt eget."


def test_who_is_not_staff_is_led_to_what_everyone_may_read(decision):
    page = open_page(FILE, id=D)
    assert "för kommunens personal" in words(page)
    assert f"(/rapport/{D})" in words(page)
    assert "/rapport/" not in words(open_page(FILE, id="finns-inte"))
