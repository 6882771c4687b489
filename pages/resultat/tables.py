"""The table of a layer with areas, and its rows in order."""

from __future__ import annotations

import pandas as pd

from data.models import Kind, Stance
from pages.resultat.layer_view import say_persons
from pages.shared.words import affected_words
from pages.shared.words.texts import HARD, KIND_WORDS, STANCE_WORDS, _, number, percent, plain


def with_comments(everything: pd.DataFrame) -> pd.DataFrame:
    """Keep the areas that have comments, those with the most first; hidden counts come last."""
    rows = everything[everything["comments"].fillna(1) > 0]
    return rows.sort_values(["comments", "name"], ascending=[False, True])


def of_areas(
    rows: pd.DataFrame,
    *,
    rates: pd.Series[float] | None = None,
    with_stances: bool = False,
    with_kinds: bool = False,
) -> pd.DataFrame:
    """Say comments and persons per area, and what else is asked for, in columns."""
    columns = {
        _("Synpunkter"): [number(int(n)) for n in rows["comments"]],
        _("Personer, ungefär"): [say_persons(n) for n in rows["persons"]],
    }
    if rates is not None:
        columns[_("Per 1 000 berörda")] = [_say_rate(n) for n in rates.reindex(rows.index)]
    kinds = [(kind.value, KIND_WORDS[kind]) for kind in Kind] if with_kinds else []
    stances = [(one.value, STANCE_WORDS[one]) for one in Stance] if with_stances else []
    for column, word in kinds:
        columns[_(word)] = [_say_count(n) for n in rows[column]]
    for column, word in stances:
        columns[_(word)] = [
            _say_share(n, of) for n, of in zip(rows[column], rows["comments"], strict=True)
        ]
    return pd.DataFrame(columns, index=pd.Index(rows["name"].map(plain), name=_("Område")))


def _say_rate(rate: float) -> str:
    return affected_words.NOTHING if pd.isna(rate) else number(rate, decimals=1)


def _say_share(count: int | None, comments: int) -> str:
    """Say a count and its part of the area's comments; the persons heard stand beside it."""
    if pd.isna(count):
        return affected_words.NOTHING
    said = _("{n} ({share})").format(n=number(int(count)), share=percent(int(count) / comments))
    return said.replace(" ", HARD)


def _say_count(count: int | None) -> str:
    return affected_words.NOTHING if pd.isna(count) else number(int(count))
