"""What was said, counted per area from the codes stored with each comment.

`protected` is the one frame that map, table, route and export use. Counts of published comments are
public facts; persons are hidden under five and else rounded, by one rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from data import store
from data.comments import exact_persons
from data.decision_cache import remembered
from data.geodata import layer_editions, layers
from data.models import Channel, Kind, Stance
from geo import disclosure

LEAST_PERSONS = 5
ROUNDED_TO = 5
STANCES = tuple(stance.value for stance in Stance)
KINDS = tuple(kind.value for kind in Kind)

# a column for each word of the two closed sets; nothing from outside is put into a statement
_SORTED = ", ".join(
    f"count(*) FILTER (WHERE {column} = '{word}') AS \"{word}\""
    for column, words in (("stance", STANCES), ("kind", KINDS))
    for word in words
)
_BY_AREA = f"""
SELECT code, count(*) AS comments, {_SORTED} FROM published_comments
JOIN comment_codes ON comment_id = id
WHERE decision_id = $1 AND layer = $2 AND edition = $3
GROUP BY code
"""
_ALL_PERSONS = """
WITH spoke AS (
    SELECT DISTINCT submission_id FROM published_comments WHERE decision_id = $1
)
SELECT channel, sum(persons) FROM spoke JOIN submissions ON submissions.id = submission_id
GROUP BY channel
"""


@dataclass(frozen=True)
class Totals:
    """All that is published on a decision; `persons` is rounded, None when fewer than five.

    `told_apart` are the channels by which comments may be picked out: those with a figure, unless
    the rest would be fewer than five persons.
    """

    comments: int
    persons: int | None
    by_stance: dict[Stance, int]
    by_kind: dict[Kind, int]
    by_channel: dict[Channel, int | None]
    told_apart: tuple[Channel, ...]
    placed: int


def comments_by_area(decision_id: str, layer: str) -> pd.DataFrame:
    """Count published comments per code: `comments`, then one column a stance.

    Comments without a code in the layer are left out.
    """
    return _by_area(decision_id, layer)[["comments", *STANCES]]


def kinds_by_area(decision_id: str, layer: str) -> pd.DataFrame:
    """Count published comments per code, one column a kind. As `comments_by_area`."""
    return _by_area(decision_id, layer)[list(KINDS)]


def _by_area(decision_id: str, layer: str) -> pd.DataFrame:
    with store.cursor() as cursor:
        asked = [decision_id, *layer_editions.parts(layer)]
        return cursor.execute(_BY_AREA, asked).frame().set_index("code").sort_index()


def protected(decision_id: str, layer: str) -> pd.DataFrame:
    """Return what everyone may see per area of `layer`, on the index `code`, all areas included.

    Columns `name`, `comments`, `persons`, then `for`, `against`, `both`, `none` and `like`,
    `concern`, `idea`, `question` as Int64. `persons` is missing where fewer than five (or where it
    would give another area away); stances and kinds are missing where persons are, so that no
    opinion rests on fewer than five.
    """
    kept: pd.DataFrame = remembered(
        decision_id, ("protected", layer), lambda: _protected(decision_id, layer)
    )
    return kept.copy()


def _protected(decision_id: str, layer: str) -> pd.DataFrame:
    areas = layers.frame(layer)
    counts = _by_area(decision_id, layer).reindex(areas.index, fill_value=0)
    exact = exact_persons.by_area(decision_id, layer).reindex(areas.index, fill_value=0)
    persons = disclosure.protect(exact, k=LEAST_PERSONS, base=ROUNDED_TO).astype("Int64")
    frame = pd.DataFrame({"name": areas["name"], "comments": counts["comments"].astype("Int64")})
    frame["persons"] = persons
    for column in (*STANCES, *KINDS):
        frame[column] = counts[column].astype("Int64").mask(persons.isna())
    return frame


def totals(decision_id: str) -> Totals:
    """Return the sums of all that is published on a decision."""
    kept: Totals = remembered(decision_id, ("totals",), lambda: _totals(decision_id))
    return kept


_TOTAL = """
SELECT stance, kind, count(*) AS comments,
    count(*) FILTER (WHERE place_how <> 'none') AS placed
FROM published_comments WHERE decision_id = $1 GROUP BY stance, kind
"""


class _Sum(NamedTuple):
    stance: Stance
    kind: Kind
    comments: int
    placed: int


def _totals(decision_id: str) -> Totals:
    with store.cursor() as cursor:
        rows = cursor.execute(_TOTAL, [decision_id]).rows(_Sum)
        channels = cursor.execute(_ALL_PERSONS, [decision_id]).fetchall()
    exact = pd.Series({code: int(persons) for code, persons in channels}, dtype="int64")
    shown = disclosure.protect(exact, k=LEAST_PERSONS, base=ROUNDED_TO) if len(exact) else exact
    return Totals(
        comments=sum(row.comments for row in rows),
        persons=disclosure.protect_sum(int(exact.sum()), k=LEAST_PERSONS, base=ROUNDED_TO),
        by_stance={s: sum(row.comments for row in rows if row.stance is s) for s in Stance},
        by_kind={k: sum(row.comments for row in rows if row.kind is k) for k in Kind},
        by_channel={Channel(str(c)): None if pd.isna(n) else int(n) for c, n in shown.items()},
        told_apart=_told_apart(exact, shown),
        placed=sum(row.placed for row in rows),
    )


def _told_apart(exact: pd.Series[int], shown: pd.Series[int]) -> tuple[Channel, ...]:
    if 0 < exact[shown.isna()].sum() < LEAST_PERSONS:
        return ()
    return tuple(Channel(str(code)) for code in shown.index[shown.notna()])


def is_about_as_many(comments: int, persons: int) -> bool:
    """Tell whether there may be more persons than comments only because persons are rounded.

    Fewer than `LEAST_PERSONS` are never shown, so five persons of three comments are five indeed.
    """
    fewest = max(LEAST_PERSONS, persons - ROUNDED_TO // 2)
    return fewest <= comments < persons


def persons_beside(comments: int, persons: int | None) -> int | None:
    """Return rounded persons as they stand in a file beside the number of their comments.

    Rounding alone makes nobody: where it may be the only reason why they are more than the
    comments, they are as many. Some more are true, of people who spoke together. Both numbers
    are public before, so this tells nothing more.

    >>> persons_beside(8, 10), persons_beside(3, 30), persons_beside(22, 20), persons_beside(3, 5)
    (8, 30, 20, 5)
    """
    return comments if persons is not None and is_about_as_many(comments, persons) else persons
