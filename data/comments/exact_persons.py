"""Persons who have said something, by area: exact, and therefore seen by no page.

`data.comments.results.protected` makes of them what everyone may see.
"""

from __future__ import annotations

import pandas as pd

from data.comments import code_counts
from data.geodata import layers

_SPOKE = """
WITH spoke AS (
    SELECT DISTINCT submission_id, {column} AS code FROM published_comments
    WHERE decision_id = $1
)
SELECT code, sum(persons) FROM spoke JOIN submissions ON submissions.id = submission_id
GROUP BY code
"""
_PERSONS = {name: _SPOKE.format(column=name) for name in layers.LAYERS}
_LOADED_PERSONS = """
WITH spoke AS (
    SELECT DISTINCT submission_id, codes.code AS code FROM published_comments
    JOIN comment_codes AS codes ON codes.comment_id = published_comments.id
    WHERE decision_id = $1 AND codes.layer = $2 AND codes.edition = $3
)
SELECT code, sum(persons) FROM spoke JOIN submissions ON submissions.id = submission_id
GROUP BY code
"""


def by_area(decision_id: str, layer: str) -> pd.Series[int]:
    """Count persons with a published comment per code, exact."""
    rows = code_counts.ask(_PERSONS.get(layer), _LOADED_PERSONS, decision_id, layer)
    found = {code: int(persons) for code, persons in rows if code is not None}
    return pd.Series(found, name="persons", dtype="int64").rename_axis("code").sort_index()
