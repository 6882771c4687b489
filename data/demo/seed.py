"""The examples: eight invented decisions and what invented people have said about them.

``python -m data seed`` writes them to the store of the settings when it holds no decision yet. All
dates are days from the demo date, so that every status is there to see whenever it is shown.
"""

from __future__ import annotations

import json
import re
from argparse import Namespace
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from shapely.geometry import MultiPolygon, Polygon

from data import clock, municipality
from data import settings as all_settings
from data.command_line import Command
from data.comments import releases, submissions
from data.decisions import decisions
from data.demo import seed_answers
from data.models import (
    Decision,
    DecisionText,
    DecisionType,
    NewComment,
    NewSubmission,
    Phase,
    ReviewState,
)
from data.planning import commands
from data.rules import DEFAULT_BANDS
from geo import crs

_DAY = re.compile(r"\{day([+-]\d+)\}")
_WEEKDAYS = {
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "sv": (
        *("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti"),
        *("september", "oktober", "november", "december"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June", "July", "August"),
        *("September", "October", "November", "December"),
    ),
}


def seed_if_empty(settings: all_settings.Settings, today: date | None = None) -> bool:
    """Write the examples to the open store unless it holds a decision; tell whether it did.

    A municipality without examples has nothing to write.

    Parameters
    ----------
    settings
        `demo_date`, if set, is the day that the examples are told from.
    today
        Used when no demo date is set; today's date when left out.
    """
    if decisions.list_all() or not has_examples():
        return False
    day = settings.demo_date or today or clock.today()
    # The decisions come last: a start that is cut short before them is done again, and what was
    # already sent is then known by its key.
    for new, at, states, reasons in read_submissions(day):
        submissions.add_example(new, at=at, states=states, reasons=reasons)
    seed_answers.add_all(day)
    for number, decision in read_decisions(day):
        decisions.add(decision, number=number)
        releases.release(decision.id, at=clock.now())
    return True


def has_examples() -> bool:
    """Tell whether the municipality's folder holds examples."""
    return municipality.in_use().demo.is_dir()


def read_decisions(day: date) -> list[tuple[int, Decision]]:
    """Return the example decisions as they stand on a demo date, with their numbers."""
    return [(row["number"], _decision(row, day)) for row in _read("decisions.json")["decisions"]]


def read_submissions(
    day: date,
) -> list[tuple[NewSubmission, datetime, list[ReviewState], list[str | None]]]:
    """Return the example submissions: each with its time, and state and reason per comment."""
    return [_submission(row, day) for row in _read("comments.json")["submissions"]]


def _read(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(
        (municipality.in_use().demo / name).read_text(encoding="utf-8")
    )
    return read


def _decision(row: Mapping[str, Any], day: date) -> Decision:
    kind = DecisionType(row["type"])
    near, middle, far = DEFAULT_BANDS[kind] or (None, None, None)
    ring = crs.geometry_to_metric(Polygon(row["area"]["ring"]))
    return Decision(
        id=row["id"],
        type=kind,
        body=row["body"],
        example=row["example"],
        opens=_on(day, row["opens"]),
        closes=_on(day, row["closes"]),
        decision_on=_on_or_none(day, row["decision_on"]),
        answer_on=_on_or_none(day, row["answer_on"]),
        decided_on=_on_or_none(day, row["decided_on"]),
        area=MultiPolygon([ring]),
        near_m=near,
        middle_m=middle,
        far_m=far,
        contact_role=row["contact"]["role"],
        contact_phone=row["contact"]["phone"],
        contact_email=row["contact"]["email"],
        case_number=row["case_number"],
        version=1,
        phases=tuple(_phase(phase, day) for phase in row["phases"]),
        texts={code: _text(text, code, day) for code, text in row["texts"].items()},
    )


def _phase(row: Mapping[str, Any], day: date) -> Phase:
    return Phase(row["code"], _on(day, row["starts"]), _on(day, row["ends"]), dict(row["titles"]))


def _text(row: Mapping[str, Any], language: str, day: date) -> DecisionText:
    def told(value: str | list[str]) -> str | tuple[str, ...]:
        if isinstance(value, str):
            return with_dates(value, language, day)
        return tuple(with_dates(part, language, day) for part in value)

    fields: dict[str, Any] = {name: told(value) for name, value in row.items()}
    return DecisionText(**fields)


def with_dates(text: str, language: str, day: date) -> str:
    """Write the places for dates in `text` as dates in words.

    The year is told only when it is not that of `day`.

    >>> with_dates("Kom {day+9}.", "sv", date(2026, 11, 23))
    'Kom onsdag 2 december.'
    """

    def words(found: re.Match[str]) -> str:
        on = _on(day, int(found[1]))
        year = "" if on.year == day.year else f" {on.year}"
        weekday, month = _WEEKDAYS[language][on.weekday()], _MONTHS[language][on.month - 1]
        return f"{weekday} {on.day} {month}{year}"

    return _DAY.sub(words, text)


def _submission(
    row: Mapping[str, Any], day: date
) -> tuple[NewSubmission, datetime, list[ReviewState], list[str | None]]:
    new = NewSubmission(
        key=row["key"],
        decision_id=row["decision"],
        comments=tuple(_comment(comment) for comment in row["comments"]),
        relation=row.get("relation"),
        age_band=row.get("age_band"),
        home=row.get("home"),
        language=row.get("language", "sv"),
        channel=row["channel"],
        persons=row.get("persons", 1),
        example=True,
    )
    hour, minute = divmod(row["minute"], 60)
    at = datetime.combine(_on(day, row["day"]), time(hour, minute), clock.STOCKHOLM)
    states = [ReviewState(c.get("state", ReviewState.PUBLISHED)) for c in row["comments"]]
    return new, at, states, [c.get("reason") for c in row["comments"]]


def _comment(row: Mapping[str, Any]) -> NewComment:
    lon, lat = row.get("pin", (None, None))
    return NewComment(
        kind=row["kind"],
        stance=row["stance"],
        text=row["text"],
        place_how=row["place"],
        lon=lon,
        lat=lat,
        deso=row.get("deso"),
    )


def _on(day: date, offset: int) -> date:
    return day + timedelta(days=offset)


def _on_or_none(day: date, offset: int | None) -> date | None:
    return None if offset is None else _on(day, offset)


def add_to(command: Command) -> None:
    """Add the command ``seed``."""
    command.add_verb("seed", "lägg in exemplen i en tom databas").set_defaults(act=run)


def run(_asked: Namespace) -> int:
    """Seed the store that the settings name, and say what was done. Returns the exit status."""
    own = all_settings.load()

    def fill() -> str:
        if not has_examples():
            return f"{municipality.in_use().name} har inga exempel att lägga in"
        done = seed_if_empty(own)
        said = "exemplen är inlagda" if done else "där finns redan förslag, så inget är ändrat"
        return f"{own.database}: {said}"

    return commands.run(fill)
