"""Who has been heard so far, set against whom the decision affects, as everyone may see it."""

from __future__ import annotations

from typing import TypeVar

import pandas as pd

from data.affected import affected, exact_participation
from data.comments import results, self_reported
from data.decision_cache import remembered
from data.geodata import cell_sets, layers
from data.models import Decision, Relation
from geo import disclosure, representation

SILENT, NOT_AFFECTED = exact_participation.SILENT, exact_participation.NOT_AFFECTED
LEAST_AFFECTED = exact_participation.LEAST_AFFECTED
LEAST_FOR_INDEX = exact_participation.LEAST_FOR_INDEX
_Table = TypeVar("_Table", pd.Series, pd.DataFrame)


def public(decision: Decision) -> pd.DataFrame:
    """Set persons heard beside persons expected, per DeSO, on the index `code`.

    Columns `name`, `affected` and `persons` (Int64, rounded and hidden as everywhere) and `word`:
    one of `geo.representation`'s words, or `SILENT` where people are affected and nobody was
    heard. Rests on the latest release, see `data.comments.self_reported`.
    """
    question = ("heard", decision.version, cell_sets.in_use().edition)
    kept: pd.DataFrame = remembered(decision.id, question, lambda: _public(decision))
    return kept.copy()


def _public(decision: Decision) -> pd.DataFrame:
    counted = self_reported.heard(decision.id, released=True)
    exact = exact_participation.of(decision, counted)
    # what is said there since the release is public, so nobody may call the place silent
    spoken = results.comments_by_area(decision.id, layers.DESO)["comments"]
    is_new = (exact["heard"] == 0) & exact.index.isin(spoken.index)
    persons = _protected(counted.persons).mask(is_new)
    word = [
        _public_word(row["word"], float(row["expected"]), int(row["heard"]), hidden=bool(hidden))
        for (_code, row), hidden in zip(exact.iterrows(), persons.isna(), strict=True)
    ]
    # and the word is the one for one to four, so that it does not tell who lives elsewhere
    few = [_word_of_few(float(expected)) for expected in exact["expected"]]
    shown = affected.public(decision, layers.DESO)
    found = pd.DataFrame(
        {"name": shown["name"], "affected": shown["affected"], "persons": persons, "word": word}
    )
    is_hidden = (found["word"] == SILENT) & persons.isna()
    found["word"] = found["word"].mask(is_hidden, pd.Series(few, found.index))
    return found


def public_ages(decision: Decision) -> pd.DataFrame:
    """Return `persons` (rounded, hidden under five) and `word` per age band, from the release."""
    exact = exact_participation.ages(decision, released=True)
    persons = _protected(exact["heard"])
    word = [
        SILENT
        if row["heard"] == 0 and not hidden
        else _public_word(
            str(row["word"]), float(row["expected"]), int(row["heard"]), hidden=bool(hidden)
        )
        for (_age, row), hidden in zip(exact.iterrows(), persons.isna(), strict=True)
    ]
    return pd.DataFrame({"persons": persons, "word": word})


def public_relations(decision_id: str) -> pd.Series[int]:
    """Return persons by their tie to the place, rounded, hidden under five, from the release."""
    return _protected(self_reported.relations(decision_id, released=True))


def public_ties(decision_id: str) -> pd.DataFrame:
    """Return persons per DeSO by their tie to the place, one column a tie, on the index `code`.

    Int64, rounded, and hidden as a table whose rows and columns have sums that are known. Rests on
    the latest release. Persons are counted where `public` counts them.
    """
    kept: pd.DataFrame = remembered(
        decision_id,
        ("ties", layers.edition(layers.DESO)),
        lambda: _public_ties(decision_id),
    )
    return kept.copy()


def _public_ties(decision_id: str) -> pd.DataFrame:
    shown = _protected(self_reported.released_ties(decision_id))
    ties = [one.value for one in Relation]
    return pd.DataFrame(shown.loc[layers.frame(layers.DESO).index, ties])


def unlike(decision: Decision) -> float | None:
    """Return the part (0-1) of the heard who would have to live elsewhere to be like the affected.

    As `exact_participation.unlike`, from the latest release and to the nearest tenth, since it
    rests on what people told privately.
    """
    found = exact_participation.unlike(decision, released=True)
    return None if found is None else round(found, 1)


def _protected(counts: _Table) -> _Table:
    """Hide small counts and round; hide all where everybody is alone.

    With nobody else to hide them with, the sum would bind each of them to one person.
    """
    shown = disclosure.protect(counts, k=results.LEAST_PERSONS, base=results.ROUNDED_TO)
    is_alone = counts.to_numpy().max(initial=0) == 1
    return shown.mask(counts >= 0) if is_alone else shown


def _public_word(word: str, expected: float, count: int, *, hidden: bool) -> str:
    """Return the word for an area; where the count is hidden, one that fits all of one to four."""
    if not hidden or word in {SILENT, NOT_AFFECTED} or expected <= 0:
        return word
    if count >= results.LEAST_PERSONS:
        return representation.TOO_FEW
    return _word_of_few(expected)


def _word_of_few(expected: float) -> str:
    """Return the word that fits one, two, three and four persons heard, or says nothing."""
    if expected <= 0:
        return representation.TOO_FEW
    (_low1, high1), (low4, high4) = (
        representation.byar_interval(n) for n in (1, results.LEAST_PERSONS - 1)
    )
    if high4 < expected:
        return representation.FEWER
    if expected >= representation.EXPECTED_MIN and low4 <= expected <= high1:
        return representation.AS_EXPECTED
    return representation.TOO_FEW
