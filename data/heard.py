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
    word = compared(decision)["word"]
    shown = affected.public(decision, layers.DESO)
    persons = results.protected(decision.id, layers.DESO)["persons"]
    return pd.DataFrame(
        {"name": shown["name"], "affected": shown["affected"], "persons": persons, "word": word}
    )
