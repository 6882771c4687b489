"""Published comments, as everyone may see them: public text and displaced position only.

The filter ``state = 'published'`` and the choice of public columns stand in `_PUBLIC` alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from data import clock, comment_answers, names, store
from data.models import Kind, PlaceHow, PublicComment, Stance
from data.remembered import remembered

Bbox = tuple[float, float, float, float]
PAGE = 20
# longer lists are read anew each time
REMEMBERED_MAX = 100
NEAR_M = 150.0
# metres per degree at 59.3 degrees north, good to one per cent over the municipality
_M_PER_LAT, _M_PER_LON = 111_400.0, 56_900.0

_PUBLIC = """
WITH public AS (
    SELECT id, decision_id, kind, stance, public_text, received_at, place_how,
        public_lon AS lon, public_lat AS lat, deso, valdistrikt, example
    FROM comments WHERE state = 'published' AND decision_id = $1
)
"""
_FILTERED = """
WHERE ($2 IS NULL OR kind = $2) AND ($3 IS NULL OR stance = $3) AND ($4 IS NULL OR deso = $4)
  AND ($5 IS NULL OR (lon BETWEEN $5 AND $7 AND lat BETWEEN $6 AND $8))
"""
_LIST = _PUBLIC + "SELECT * FROM public" + _FILTERED + "ORDER BY id DESC LIMIT $9 OFFSET $10"
_COUNT = _PUBLIC + "SELECT count(*) FROM public" + _FILTERED
_POINTS = (
    _PUBLIC + "SELECT id, kind, stance, lon, lat FROM public WHERE lon IS NOT NULL ORDER BY id"
)
_NEAR = (
    _PUBLIC
    + """
SELECT * FROM public
WHERE lon BETWEEN $2 - $4 AND $2 + $4 AND lat BETWEEN $3 - $5 AND $3 + $5
  AND ((lon - $2) / $4) * ((lon - $2) / $4) + ((lat - $3) / $5) * ((lat - $3) / $5) <= 1
ORDER BY ((lon - $2) / $4) * ((lon - $2) / $4) + ((lat - $3) / $5) * ((lat - $3) / $5), id
LIMIT $6
"""
)


def published(
    decision_id: str,
    *,
    kind: Kind | None = None,
    stance: Stance | None = None,
    deso: str | None = None,
    bbox: Bbox | None = None,
    limit: int = PAGE,
    offset: int = 0,
) -> list[PublicComment]:
    """Give published comments, the newest first; `bbox` is west, south, east, north in degrees."""
    values = [*_filters(decision_id, kind, stance, deso, bbox), limit, offset]
    if bbox is not None or limit > REMEMBERED_MAX:
        # boxes are drawn freely and never come again
        return list(_read(values))
    found: tuple[PublicComment, ...] = remembered(
        decision_id, ("list", *values), lambda: _read(values)
    )
    return list(found)


def _read(values: list[Any]) -> tuple[PublicComment, ...]:
    with store.cursor() as cursor:
        rows = cursor.execute(_LIST, values).fetchall()
    answered = comment_answers.of([row[0] for row in rows])
    return tuple(_answered(_comment(row), answered.get(row[0])) for row in rows)


def _answered(comment: PublicComment, answer: comment_answers.Answer | None) -> PublicComment:
    return replace(comment, answer=answer.text, answered_on=answer.on) if answer else comment


def count_published(
    decision_id: str,
    *,
    kind: Kind | None = None,
    stance: Stance | None = None,
    deso: str | None = None,
    bbox: Bbox | None = None,
) -> int:
    """Count what `published` would give without a limit."""
    values = _filters(decision_id, kind, stance, deso, bbox)
    if bbox is not None:
        return _count(values)
    return int(remembered(decision_id, ("count", *values), lambda: _count(values)))


def _count(values: list[Any]) -> int:
    with store.cursor() as cursor:
        row = cursor.execute(_COUNT, values).fetchone()
    return int(row[0]) if row else 0


def published_points(decision_id: str) -> pd.DataFrame:
    """Give `id`, `kind`, `stance`, `lon`, `lat` (WGS 84, displaced) of comments with a pin."""
    with store.cursor() as cursor:
        return cursor.execute(_POINTS, [decision_id]).df()


def near(
    decision_id: str, lon: float, lat: float, *, radius_m: float = NEAR_M, limit: int = 3
) -> list[PublicComment]:
    """Give published comments within `radius_m` of a point in degrees, the nearest first."""
    reach = [radius_m / _M_PER_LON, radius_m / _M_PER_LAT]
    with store.cursor() as cursor:
        rows = cursor.execute(_NEAR, [decision_id, lon, lat, *reach, limit]).fetchall()
    return [_comment(row) for row in rows]


def _filters(
    decision_id: str,
    kind: Kind | None,
    stance: Stance | None,
    deso: str | None,
    bbox: Bbox | None,
) -> list[Any]:
    box = bbox or (None, None, None, None)
    words = [kind.value if kind else None, stance.value if stance else None, deso]
    return [decision_id, *words, *box]


def _comment(row: tuple[Any, ...]) -> PublicComment:
    return PublicComment(
        id=row[0],
        decision_id=row[1],
        kind=Kind(row[2]),
        stance=Stance(row[3]),
        text=row[4],
        received_on=clock.day_of(row[5]),
        place_how=PlaceHow(row[6]),
        place=names.of_place(row[10], row[9]),
        lon=row[7],
        lat=row[8],
        deso=row[9],
        valdistrikt=row[10],
        example=row[11],
    )
