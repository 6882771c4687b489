"""The gap list: who is affected but has not been heard, and where those people can be met.

For signed-in officials only: the counts are exact, so that they can act on them.
"""

from __future__ import annotations

from functools import cache

import pandas as pd

from data import heard, layers, outreach, points
from data.models import Decision, Staff
from data.rights import check_reviewer
from geo import crs

# where people of a neighbourhood can be met, the kinds that gather most people first
MEETING_SORTS = (
    points.SCHOOL,
    points.PRESCHOOL,
    points.SHOP,
    points.CARE,
    points.PHARMACY,
    points.CULTURE,
    points.SPORT,
    points.STOP,
)


def neighbourhoods(actor: Staff | None, decision: Decision) -> pd.DataFrame:
    """Give the affected neighbourhoods, the one with most people left to hear first.

    On the index `code` (DeSO): `name`; `affected` people, weighted; `expected` and `heard`
    persons; `missing`, expected less heard and never under 0; `word`, as `data.heard` says it;
    `contacted`, the last day somebody went there, or None.

    Raises
    ------
    data.rights.NotAllowedError
        When the person may not see exact figures.
    """
    check_reviewer(actor)
    frame = heard.compared(decision)
    frame = frame[frame["word"] != heard.NOT_AFFECTED]
    frame["missing"] = (frame["expected"] - frame["heard"]).clip(lower=0)
    latest = {
        note.deso: note.done_on for note in reversed(outreach.of_decision(actor, decision.id))
    }
    frame["contacted"] = [latest.get(str(code)) for code in frame.index]
    order = ["missing", "affected", "name"]
    columns = ["name", "affected", "expected", "heard", "missing", "word", "contacted"]
    return frame.sort_values(order, ascending=[False, False, True])[columns]


def ages(actor: Staff | None, decision: Decision) -> pd.DataFrame:
    """Set the persons heard in each age band beside those expected, on the index `age`.

    Columns as `geo.representation.heard_versus_expected`. Only persons who told their age count.
    """
    check_reviewer(actor)
    return heard.ages(decision, released=False)


@cache
def _meeting_places() -> dict[str, tuple[points.Point, ...]]:
    found: dict[str, list[points.Point]] = {}
    for point in (*points.services(), *points.stops()):
        codes = layers.locator().codes(*crs.point_to_degrees(point.x, point.y))
        if codes is not None and point.sort in MEETING_SORTS:
            found.setdefault(codes[layers.DESO], []).append(point)
    return {code: tuple(sorted(in_it, key=_order)) for code, in_it in found.items()}


def _order(point: points.Point) -> tuple[int, str]:
    return MEETING_SORTS.index(point.sort), point.name


def meeting_places(code: str) -> tuple[points.Point, ...]:
    """Give the schools, shops, stops and so on inside a DeSO, schools first; maybe none."""
    return _meeting_places().get(code, ())
