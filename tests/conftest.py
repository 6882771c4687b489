"""What many tests need: a fresh store, the least valid decision, and people who may sign in."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import settings
from shapely import box
from shapely.geometry import MultiPolygon

from data import clock, store
from data.decisions import decisions
from data.models import (
    Decision,
    DecisionText,
    DecisionType,
    Kind,
    NewComment,
    NewSubmission,
    Phase,
    PlaceHow,
    Staff,
    Stance,
)
from data.staff import jobs, limits
from tests import other_day

pytest_plugins = ["tests.browser_kit"]

# no example fails because the machine was busy: speed is what `tests.bench` shows
# On another day fewer are enough: a shape or a text does not know what day it is.
_EXAMPLES = 20 if other_day.is_another() else 100
settings.register_profile("untimed", settings(), deadline=None, max_examples=_EXAMPLES)
settings.load_profile("untimed")
other_day.sleep_well()


def pytest_collection_finish() -> None:
    """Take what all tests have loaded out of what Streamlit sweeps after each run of a page."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """Let what was loaded go again, or the database's driver tells of leaks."""
    gc.unfreeze()


OPENS, CLOSES = date(2026, 11, 1), date(2026, 11, 30)
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
# a point in the middle of town, and one in Örebro
TOWN = (14.5240, 59.3270)
ELSEWHERE = (15.2134, 59.2753)
# a square of 400 m with round numbers, in the middle of town
SQUARE = MultiPolygon([box(472_800, 6_576_200, 473_200, 6_576_600)])


def make_decision(**changes: object) -> Decision:
    """Make the least valid decision."""
    text = DecisionText(title="En lekplats", place="Centrum", summary="Vi vill bygga en lekplats.")
    decision = Decision(
        id="lekplats",
        type=DecisionType.GREEN,
        body="samhällsbyggnadsnämnden",
        example=True,
        opens=OPENS,
        closes=CLOSES,
        decision_on=date(2027, 2, 1),
        answer_on=date(2027, 1, 15),
        decided_on=None,
        area=SQUARE,
        near_m=200,
        middle_m=300,
        far_m=1000,
        contact_role="Planarkitekt",
        contact_phone="0586-000 00",
        contact_email="exempel@example.org",
        case_number="EXEMPEL-01",
        version=1,
        phases=(Phase("samrad", OPENS, CLOSES, {"sv": "Samråd", "en": "Consultation"}),),
        texts={"sv": text},
    )
    return replace(decision, **changes)  # type: ignore[arg-type]


def make_comment(**changes: object) -> NewComment:
    """Make the least valid comment with a pin in the middle of town."""
    fields: dict[str, object] = {
        "kind": Kind.IDEA,
        "stance": Stance.FOR,
        "text": "Bygg en gungställning.",
        "place_how": PlaceHow.PIN,
        "lon": TOWN[0],
        "lat": TOWN[1],
    }
    return NewComment(**{**fields, **changes})  # type: ignore[arg-type]


def make_submission(
    *comments: NewComment, key: str = "nyckel-0000000001", **changes: object
) -> NewSubmission:
    """Make the least valid submission."""
    fields: dict[str, object] = {
        "key": key,
        "decision_id": "lekplats",
        "comments": comments or (make_comment(),),
    }
    return NewSubmission(**{**fields, **changes})  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _nothing_sent() -> None:
    """Let no test wait for what another has sent, or meet work that another has begun."""
    limits.forget()
    jobs.forget()


@pytest.fixture
def empty_store() -> Iterator[None]:
    store.open_store(store.IN_MEMORY)
    yield
    store.close_store()


@pytest.fixture
def file_store(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "dialogkartan.duckdb"
    store.open_store(path)
    yield path
    store.close_store()


@pytest.fixture
def decision(empty_store: None) -> Decision:
    made = make_decision()
    decisions.add(made, number=1)
    return made


@pytest.fixture
def at_noon(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Let it be noon on a day when the least valid decision takes comments."""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return NOON


@pytest.fixture
def reviewer() -> Staff:
    return Staff("Granskare", frozenset({"reviewer"}))
