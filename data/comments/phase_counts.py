"""What was said in one phase of a decision beside another: before and after.

Comments count by the day they came in. Between two phases nothing is counted.
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.comments import published
from data.comments.published import CommentFilter
from data.decision_cache import remembered
from data.geodata import layers
from data.models import Decision, Phase


def of_phase(phase: Phase) -> CommentFilter:
    """Return the filter for what came in during a phase, first and last day among them."""
    return CommentFilter(since=phase.starts, until=phase.ends)


def spoken_in(decision: Decision) -> tuple[Phase, ...]:
    """Return the phases in which a published comment came in, the earliest first."""
    spoken = [
        phase
        for phase in decision.phases
        if published.count_published(decision.id, of_phase(phase))
    ]
    return tuple(sorted(spoken, key=lambda one: one.starts))


def first_day(decision: Decision) -> date:
    """Return the first day on which a comment on this decision can have come in."""
    return min((decision.opens, *(phase.starts for phase in decision.phases)))


def by_district(decision: Decision, before: Phase, after: Phase) -> pd.DataFrame:
    """Count published comments per electoral district in two phases.

    Returns
    -------
    pandas.DataFrame
        Index `code`, every district of the layer; columns `name`, `before`, `after` and `change`
        (after - before) as int64. Counts of published comments are public facts.
    """
    kept: pd.DataFrame = remembered(
        decision.id,
        ("phases", before.starts, before.ends, after.starts, after.ends),
        lambda: _by_district(decision, before, after),
    )
    return kept.copy()


def _by_district(decision: Decision, before: Phase, after: Phase) -> pd.DataFrame:
    frame = pd.DataFrame({"name": layers.frame(layers.VALDISTRIKT)["name"]})
    for column, phase in (("before", before), ("after", after)):
        counted = published.count_by_area(decision.id, layers.VALDISTRIKT, of_phase(phase))
        frame[column] = counted.reindex(frame.index, fill_value=0).astype("int64")
    frame["change"] = frame["after"] - frame["before"]
    return frame
