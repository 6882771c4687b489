"""What was said against how many are affected: a comment weighs more in a small place."""

from __future__ import annotations

import pandas as pd

from data.affected import affected
from data.comments import results
from data.models import Decision

# below this a single comment would make a large rate
LEAST_AFFECTED = 50


def per_thousand(decision: Decision, layer: str) -> pd.Series[float]:
    """Return published comments per 1 000 affected persons (weighted) for each area of `layer`.

    Missing where fewer than `LEAST_AFFECTED` are affected. Index `code`.
    """
    counted = results.protected(decision.id, layer)["comments"].astype("float64")
    people = affected.public(decision, layer)["affected"].astype("float64").reindex(counted.index)
    return (1000 * counted / people.where(people >= LEAST_AFFECTED)).round(1).rename("per_thousand")
