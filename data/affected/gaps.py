"""The gap list: who is affected but has not been heard, and where those people can be met.

For signed-in officials only: the counts are exact, so that they can act on them.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import pandas as pd

from data.affected import affected, exact_participation, outreach
from data.geodata import gazetteer, layers
from data.models import Decision, Staff
from data.rights import check_reader
from geo import crs

# where people of a neighbourhood can be met, the kinds that gather most people first
MEETING_SORTS = (
    gazetteer.SCHOOL,
    gazetteer.PRESCHOOL,
    gazetteer.SHOP,
    gazetteer.CARE,
    gazetteer.PHARMACY,
    gazetteer.CULTURE,
    gazetteer.SPORT,
    gazetteer.STOP,
)


def neighbourhoods(actor: Staff | None, decision: Decision) -> pd.DataFrame:
    """Return the affected neighbourhoods, the one with most people left to hear first.

    On the index `code` (DeSO): `name`; `affected` people, weighted; `expected` and `heard`
    persons, `by_home` of them told that they live there; `missing`, expected less heard and never
    under 0; `word`, as `data.affected.participation` says it; `contacted`, the last day somebody
    went there, or None.

    Raises
    ------
    data.rights.NotAllowedError
        When the person may not see exact figures.
    """
    check_reader(actor)
    frame = exact_participation.compared(decision)
    frame = frame[frame["word"] != exact_participation.NOT_AFFECTED]
    frame["missing"] = (frame["expected"] - frame["heard"]).clip(lower=0)
    latest = _contacts(actor, decision)
    frame["contacted"] = [latest.get(str(code)) for code in frame.index]
    order = ["missing", "affected", "name"]
    columns = ["name", "affected", "expected", "heard", "by_home", "missing", "word", "contacted"]
    return frame.sort_values(order, ascending=[False, False, True])[columns]


def unlike(actor: Staff | None, decision: Decision) -> float | None:
    """Return how unlike the heard are to the affected, up to now: see `exact_participation.unlike`.

    Raises
    ------
    data.rights.NotAllowedError
        When the person may not see exact figures.
    """
    check_reader(actor)
    return exact_participation.unlike(decision, released=False)


def _contacts(actor: Staff | None, decision: Decision) -> dict[str, date]:
    """Return the last day that each neighbourhood or group was asked."""
    notes = outreach.of_decision(actor, decision.id)
    return {note.whom: note.done_on for note in reversed(notes)}


def groups(actor: Staff | None, decision: Decision) -> pd.DataFrame:
    """Return the groups to reach, the one with most people left to hear first.

    On the index `group`: `living`, people (or homes) of the group within the bands, or as many as
    the official noted for a group that does not live there (missing if unknown); `ratio` of its
    share to the municipality's; `expected`, `heard`, `missing` and `word` as in `neighbourhoods`
    for age bands, among those who told their age, and missing for others: nobody is asked for
    background, income or home; `contacted`.

    Raises
    ------
    data.rights.NotAllowedError
        When the person may not see exact figures.
    """
    check_reader(actor)
    found = affected.summary(decision).groups
    frame = pd.DataFrame(
        {
            "living": [float(group.within) for group in found],
            "ratio": [group.ratio for group in found],
        },
        index=pd.Index([group.code for group in found], name="group"),
    )
    away = pd.DataFrame(
        {"living": [group.persons for group in decision.away]},
        index=pd.Index([group.name for group in decision.away], name="group"),
        dtype="float64",
    )
    told = exact_participation.ages(decision, released=False)[["expected", "heard", "word"]]
    told["missing"] = (told["expected"] - told["heard"]).clip(lower=0)
    frame = pd.concat([frame, away]).join(told).rename_axis("group")
    latest = _contacts(actor, decision)
    frame["contacted"] = [latest.get(str(group)) for group in frame.index]
    return frame.sort_values("missing", ascending=False, na_position="last", kind="stable")


@cache
def _meeting_places() -> dict[str, tuple[gazetteer.Point, ...]]:
    found: dict[str, list[gazetteer.Point]] = {}
    for point in (*gazetteer.services(), *gazetteer.stops()):
        codes = layers.locator().codes(*crs.point_to_degrees(point.x, point.y))
        if codes is not None and point.sort in MEETING_SORTS:
            found.setdefault(codes[layers.DESO], []).append(point)
    return {code: tuple(sorted(in_it, key=_order)) for code, in_it in found.items()}


def _order(point: gazetteer.Point) -> tuple[int, str]:
    return MEETING_SORTS.index(point.sort), point.name


def meeting_places(code: str) -> tuple[gazetteer.Point, ...]:
    """Return the schools, shops, stops and so on inside a DeSO, schools first; maybe none."""
    return _meeting_places().get(code, ())
