"""Who has been heard, set against whom the decision affects: exact, and therefore for officials.

No page may ask this file: `data.affected.gaps` asks whether the person may see it, and
`data.affected.participation` makes of it what everyone may see.
"""

from __future__ import annotations

import pandas as pd

from data.affected import affected
from data.comments import results, self_reported
from data.decision_cache import remembered
from data.geodata import cell_sets, layers
from data.models import AgeBand, Decision
from geo import representation

SILENT = "ingen har hörts"
NOT_AFFECTED = "berörs knappt"
# below this many affected people (weighted) an area is not asked why it is silent
LEAST_AFFECTED = 10.0
# with fewer, chance alone makes any two divisions unlike
LEAST_FOR_INDEX = 20


def compared(decision: Decision) -> pd.DataFrame:
    """Set persons heard until now beside persons expected, per DeSO.

    Columns `name`, `affected` (weighted people), then those of
    `geo.representation.heard_versus_expected` and their words, and `by_home` and
    `by_place`: how many of the heard told that they live there, and how many are counted by where
    their comments are.
    """
    question = ("compared", decision.version, cell_sets.in_use().edition)
    kept: pd.DataFrame = remembered(decision.id, question, lambda: _exact(decision))
    return kept.copy()


def _exact(decision: Decision) -> pd.DataFrame:
    counted = self_reported.heard(decision.id, released=False)
    return of(decision, counted).join(counted.by_area)


def of(decision: Decision, counted: self_reported.Heard) -> pd.DataFrame:
    """Set counted persons beside persons expected, per DeSO, as `compared`."""
    frame = affected.for_decision(decision, layers.DESO)[["name", "affected"]]
    layers.check_same_edition(frame, counted.by_area)
    living, exact = frame["affected"], counted.persons
    found = representation.heard_versus_expected(living, exact)
    word = found["word"].astype("object")
    if int(exact.sum()) < results.LEAST_PERSONS:
        word = word.where(exact == 0, representation.TOO_FEW)
    word = word.mask(exact == 0, SILENT).mask(living < LEAST_AFFECTED, NOT_AFFECTED)
    return pd.DataFrame(frame).join(found.assign(word=word))


def ages(decision: Decision, *, released: bool) -> pd.DataFrame:
    """Set the persons heard in each age band beside those expected, on the index `age`.

    Columns as `geo.representation.heard_versus_expected` has. Only persons who told their age
    count.
    """
    living = affected.people_by_group(decision).loc[[band.value for band in AgeBand]]
    counted = self_reported.ages(decision.id, released=released)
    return representation.heard_versus_expected(living.rename_axis("age"), counted)


def unlike(decision: Decision, *, released: bool) -> float | None:
    """Return the part (0-1) of the heard who would have to live elsewhere to be like the affected.

    The dissimilarity index over DeSO. None when fewer than `LEAST_FOR_INDEX` persons were heard or
    nobody is affected.
    """
    persons = self_reported.heard(decision.id, released=released).persons
    living = affected.for_decision(decision, layers.DESO)["affected"]
    if persons.sum() < LEAST_FOR_INDEX or living.sum() <= 0:
        return None
    return representation.dissimilarity(persons, living)
