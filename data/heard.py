"""Who has been heard so far, set against whom the decision affects, in words for everyone."""

from __future__ import annotations

import pandas as pd

from data import affected, layers, results
from data.models import Decision
from geo import representation

SILENT = "ingen har hörts"
NOT_AFFECTED = "berörs knappt"
# below this many affected people (weighted) an area is not asked why it is silent
LEAST_AFFECTED = 10.0


def compared(decision: Decision) -> pd.DataFrame:
    """Set persons heard beside persons expected, per DeSO, exact: for officials only.

    Columns `name`, `affected` (weighted people), then those of
    `geo.representation.heard_versus_expected`, with the words of `public`.
    """
    frame = affected.for_decision(decision, layers.DESO)[["name", "affected"]]
    counted, exact = frame["affected"], results.heard(decision.id)
    found = representation.heard_versus_expected(counted, exact)
    word = found["word"].astype("object")
    if int(exact.sum()) < results.LEAST_PERSONS:
        word = word.where(exact == 0, representation.TOO_FEW)
    word = word.mask(exact == 0, SILENT).mask(counted < LEAST_AFFECTED, NOT_AFFECTED)
    return pd.DataFrame(frame).join(found.assign(word=word))


def public(decision: Decision) -> pd.DataFrame:
    """Set persons heard beside persons expected, per DeSO, on the index `code`.

    Persons are counted where their comments are, since few tell where they live. Columns `name`,
    `affected` and `persons` (Int64, rounded and hidden as everywhere) and `word`: one of
    `geo.representation`'s words, or `SILENT` where people are affected and nobody was heard.
    """
    exact = compared(decision)
    shown = affected.public(decision, layers.DESO)
    persons = results.protected(decision.id, layers.DESO)["persons"]
    word = [
        _public_word(row["word"], float(row["expected"]), int(row["heard"]), hidden=bool(hidden))
        for (_code, row), hidden in zip(exact.iterrows(), persons.isna(), strict=True)
    ]
    return pd.DataFrame(
        {"name": shown["name"], "affected": shown["affected"], "persons": persons, "word": word}
    )


def _public_word(word: str, expected: float, count: int, *, hidden: bool) -> str:
    """Give the word for an area; where the count is hidden, one that fits all of one to four."""
    if not hidden or word in {SILENT, NOT_AFFECTED} or expected <= 0:
        return word
    if count >= results.LEAST_PERSONS:
        return representation.TOO_FEW
    (_low1, high1), (low4, high4) = (
        representation.byar_interval(n) for n in (1, results.LEAST_PERSONS - 1)
    )
    if high4 < expected:
        return representation.FEWER
    if expected >= representation.EXPECTED_MIN and low4 <= expected <= high1:
        return representation.AS_EXPECTED
    return representation.TOO_FEW
