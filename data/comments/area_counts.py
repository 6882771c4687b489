"""Comments that were picked out, counted per area: the map's and the table's answer to a filter."""

from __future__ import annotations

import pandas as pd

from data.comments import published, results
from data.comments.published import CommentFilter


def picked_out(decision_id: str, layer: str, wanted: CommentFilter) -> pd.DataFrame:
    """Count published comments that are `wanted` per area, all areas of `layer` included.

    Returns
    -------
    pandas.DataFrame
        Index `code`; `name` and `comments` (Int64). Where fewer than five persons have been heard
        a count of one kind or stance is missing, as in `data.comments.results.protected`. Persons
        are not counted: each filter would split them anew.

    Raises
    ------
    ValueError
        If `layer` is none of `data.comments.published.COUNTED_LAYERS`.
    """
    counted = published.count_by_area(decision_id, layer, wanted)
    whole = results.protected(decision_id, layer)
    found = counted.reindex(whole.index, fill_value=0).astype("Int64")
    if wanted.kind is not None or wanted.stance is not None:
        found = found.mask(whole["persons"].isna())
    return pd.DataFrame({"name": whole["name"], "comments": found})
