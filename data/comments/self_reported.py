"""What people tell about themselves: where they live, their age, their tie to the place.

Private, so it is counted in two ways: as it is now, and as it was at the latest release
(`data.comments.releases`). All counts here are exact. No page may ask this file: what everyone may
see is in `data.affected.participation`, what officials may see in `data.affected.gaps`.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data import store
from data.decision_cache import remembered
from data.geodata import layers
from data.models import ELSEWHERE, AgeBand, Relation

# persons who told no home and named no place, and those who told no tie
UNPLACED, UNTOLD = "utan-plats", "untold"


@dataclass(frozen=True)
class Heard:
    """Persons heard, each counted once.

    Attributes
    ----------
    by_area
        On the index `code` (every DeSO): `by_home` persons who told that they live there,
        `by_place` persons who did not tell but whose comments, most of them, are about it.
    elsewhere
        Persons who live in another municipality.
    unplaced
        Persons who told no home and named no place.
    """

    by_area: pd.DataFrame
    elsewhere: int
    unplaced: int

    @property
    def persons(self) -> pd.Series[int]:
        """Persons by DeSO, from both ways."""
        return self.by_area.sum(axis=1).astype("int64").rename("heard")


_NOW = """
SELECT DISTINCT submission_id FROM published_comments WHERE decision_id = $1
"""
_RELEASED = "SELECT submission_id FROM heard_releases WHERE decision_id = $1"
# where each published submission counts: one row a submission
PLACES = """
WITH spoke AS (
    SELECT submission_id, deso, count(*) AS times, min(id) AS earliest
    FROM published_comments LEFT JOIN comment_deso ON comment_id = id
    WHERE decision_id = $1
    GROUP BY submission_id, deso
),
ordered AS (
    SELECT submission_id, deso, row_number() OVER (
        PARTITION BY submission_id
        ORDER BY CASE WHEN deso IS NULL THEN 1 ELSE 0 END, times DESC, earliest
    ) AS place
    FROM spoke
)
SELECT submission_id, coalesce(home, deso) AS code, home IS NOT NULL AS by_home, persons
FROM ordered JOIN submissions ON submissions.id = submission_id WHERE place = 1
"""
_HOMES_NOW = f"""
SELECT code, by_home, sum(persons) FROM ({PLACES}) AS places GROUP BY code, by_home
"""
_HOMES_RELEASED = """
SELECT code, by_home, sum(persons) FROM heard_releases
JOIN submissions ON submissions.id = submission_id
WHERE heard_releases.decision_id = $1 GROUP BY code, by_home
"""
_AGES = """
WITH who AS ({who})
SELECT age_band, sum(persons) FROM who JOIN submissions ON submissions.id = who.submission_id
WHERE age_band IS NOT NULL GROUP BY age_band
"""
_RELATIONS = """
WITH who AS ({who})
SELECT relation, sum(persons) FROM who JOIN submissions ON submissions.id = who.submission_id
WHERE relation IS NOT NULL GROUP BY relation
"""
_TIES_RELEASED = """
SELECT code, relation, sum(persons) FROM heard_releases
JOIN submissions ON submissions.id = submission_id
WHERE heard_releases.decision_id = $1 GROUP BY code, relation
"""
# whether it is the released figure -> the complete statement
_HOMES_OF = {False: _HOMES_NOW, True: _HOMES_RELEASED}
_AGES_OF = {False: _AGES.format(who=_NOW), True: _AGES.format(who=_RELEASED)}
_RELATIONS_OF = {False: _RELATIONS.format(who=_NOW), True: _RELATIONS.format(who=_RELEASED)}


def heard(decision_id: str, *, released: bool) -> Heard:
    """Count persons by where they live if they told it, else by their comments' place.

    With `released` as at the latest release, else up to now.
    """
    question = ("told", released, layers.edition(layers.DESO))
    return remembered(decision_id, question, lambda: _heard(decision_id, released=released))


def _heard(decision_id: str, *, released: bool) -> Heard:
    with store.cursor() as cursor:
        rows = cursor.execute(_HOMES_OF[released], [decision_id]).fetchall()
    codes = layers.frame(layers.DESO).index
    counts = pd.DataFrame(0, index=codes, columns=["by_home", "by_place"], dtype="int64")
    counts.attrs["edition"] = layers.edition(layers.DESO)
    elsewhere = unplaced = 0
    for code, is_told, persons in rows:
        if code is None:
            unplaced += int(persons)
        elif code == ELSEWHERE:
            elsewhere += int(persons)
        else:
            _check_code(code, codes)
            counts.loc[code, "by_home" if is_told else "by_place"] += int(persons)
    return Heard(counts, elsewhere, unplaced)


def _check_code(code: str, codes: pd.Index) -> None:
    if code not in codes:
        msg = f"the code {code} belongs to another edition of DeSO"
        raise layers.EditionError(msg)


def ages(decision_id: str, *, released: bool) -> pd.Series[int]:
    """Count persons by the age band they told, on the index `age` (every band)."""
    return _counted(_AGES_OF[released], decision_id, [band.value for band in AgeBand], "age")


def relations(decision_id: str, *, released: bool) -> pd.Series[int]:
    """Count persons by the tie to the place that they told, on the index `relation`."""
    names = [relation.value for relation in Relation]
    return _counted(_RELATIONS_OF[released], decision_id, names, "relation")


def released_ties(decision_id: str) -> pd.DataFrame:
    """Count persons by where `heard` counts them and by their tie, as the latest release has it.

    Index `code`: every DeSO, then `ELSEWHERE` and `UNPLACED`. One column a tie, then `UNTOLD`, so
    that the rows sum to the persons heard. Exact: never shown without
    `data.affected.participation`.
    """
    with store.cursor() as cursor:
        rows = cursor.execute(_TIES_RELEASED, [decision_id]).fetchall()
    codes = pd.Index([*layers.frame(layers.DESO).index, ELSEWHERE, UNPLACED], name="code")
    ties = [*(relation.value for relation in Relation), UNTOLD]
    found: dict[str, dict[str, int]] = {tie: {} for tie in ties}
    for code, relation, persons in rows:
        place = UNPLACED if code is None else str(code)
        _check_code(place, codes)
        found[relation or UNTOLD][place] = int(persons)
    return pd.DataFrame(found, index=codes).fillna(0).astype("int64")


def _counted(statement: str, decision_id: str, names: list[str], index: str) -> pd.Series[int]:
    kept: pd.Series[int] = remembered(
        decision_id, ("told", statement), lambda: _count(statement, decision_id, names, index)
    )
    return kept.copy()


def _count(statement: str, decision_id: str, names: list[str], index: str) -> pd.Series[int]:
    with store.cursor() as cursor:
        rows = cursor.execute(statement, [decision_id]).fetchall()
    found = {str(name): int(persons) for name, persons in rows}
    return pd.Series(
        [found.get(name, 0) for name in names],
        index=pd.Index(names, name=index),
        name="heard",
        dtype="int64",
    )
