"""Persons who have said something, by area: exact, and therefore seen by no page.

`data.comments.results.protected` makes of them what everyone may see.
"""

from __future__ import annotations

import pandas as pd

from data import store
from data.geodata import layer_editions

_PERSONS = """
WITH spoke AS (
    SELECT DISTINCT submission_id, code FROM published_comments
    JOIN comment_codes ON comment_id = id
    WHERE decision_id = $1 AND layer = $2 AND edition = $3
)
SELECT code, sum(persons) FROM spoke JOIN submissions ON submissions.id = submission_id
GROUP BY code
"""


def by_area(decision_id: str, layer: str) -> pd.Series[int]:
    """Count persons with a published comment per code, exact."""
    with store.cursor() as cursor:
        asked = [decision_id, *layer_editions.parts(layer)]
        rows = cursor.execute(_PERSONS, asked).fetchall()
    found = {code: int(persons) for code, persons in rows}
    return pd.Series(found, name="persons", dtype="int64").rename_axis("code").sort_index()
