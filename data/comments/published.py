"""Published comments, as everyone may see them: public text and displaced position only.

Which those are stands in the view `published_comments` (`data/store/schema.sql`) and nowhere else:
lists, figures and quotations all read it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

from data import clock, municipality_box, store
from data.comments import comment_answers, results
from data.decision_cache import remembered
from data.geodata import area_names
from data.models import Channel, Kind, PlaceHow, PublicComment, Stance

Bbox = tuple[float, float, float, float]
PAGE = 20
# longer lists are read anew each time
REMEMBERED_MAX = 100
NEAR_M = 150.0
# a channel that nothing ever came in by
NOBODY = "-"

_PUBLIC = """
WITH public AS (
    SELECT id, decision_id, kind, stance, public_text, received_at, place_how,
        lon, lat, deso, valdistrikt, example, submission_id, regso
    FROM published_comments WHERE decision_id = $1
)
"""
# what a list shows of each, as `_Row` has it
_SHOWN = """
SELECT id, decision_id, kind, stance, public_text, received_at, place_how, lon, lat, deso,
    valdistrikt, example
FROM public
"""
# a theme is one of the latest published answer: what officials sort before that is theirs
_FILTERED = """
WHERE ($2 IS NULL OR kind = $2) AND ($3 IS NULL OR stance = $3) AND ($4 IS NULL OR deso = $4)
  AND ($5 IS NULL OR (lon BETWEEN $5 AND $7 AND lat BETWEEN $6 AND $8))
  AND ($9 IS NULL OR received_at >= $9) AND ($10 IS NULL OR received_at < $10)
  AND ($11 IS NULL OR id IN (
    SELECT comment_id FROM answered
    WHERE answered.decision_id = $1 AND theme_id = $11
      AND edition = (SELECT max(edition) FROM answers WHERE answers.decision_id = $1)))
  AND ($12 IS NULL OR submission_id IN (
    SELECT submissions.id FROM submissions WHERE submissions.channel = $12))
"""
_LIST = _PUBLIC + _SHOWN + _FILTERED + "ORDER BY id DESC LIMIT $13 OFFSET $14"
_ONE = _PUBLIC + _SHOWN + "WHERE id = $2"
_COUNT = _PUBLIC + "SELECT count(*) FROM public" + _FILTERED
# what the list says of every comment may be counted; a square would tell more than its mark does
_BY_AREA = {
    "deso": _PUBLIC + "SELECT deso, count(*) FROM public" + _FILTERED + "GROUP BY deso",
    "regso": _PUBLIC + "SELECT regso, count(*) FROM public" + _FILTERED + "GROUP BY regso",
    "valdistrikt": _PUBLIC
    + "SELECT valdistrikt, count(*) FROM public"
    + _FILTERED
    + "GROUP BY valdistrikt",
}
COUNTED_LAYERS = tuple(_BY_AREA)
_POINTS = (
    _PUBLIC
    + "SELECT id, kind, stance, lon, lat FROM public"
    + _FILTERED
    + "AND lon IS NOT NULL ORDER BY id"
)
_NEAR = (
    _PUBLIC
    + _SHOWN
    + """
WHERE lon BETWEEN $2 - $4 AND $2 + $4 AND lat BETWEEN $3 - $5 AND $3 + $5
  AND ((lon - $2) / $4) * ((lon - $2) / $4) + ((lat - $3) / $5) * ((lat - $3) / $5) <= 1
ORDER BY ((lon - $2) / $4) * ((lon - $2) / $4) + ((lat - $3) / $5) * ((lat - $3) / $5), id
LIMIT $6
"""
)


@dataclass(frozen=True)
class CommentFilter:
    """Which comments a reader wants; None is everything. Both days are among those wanted.

    `deso` is a code, `theme` the number of a theme in the latest published answer, `channel` one
    of those that `data.comments.results.Totals.told_apart` names: with any other nothing is found.
    """

    kind: Kind | None = None
    stance: Stance | None = None
    deso: str | None = None
    since: date | None = None
    until: date | None = None
    theme: int | None = None
    channel: Channel | None = None


EVERYTHING = CommentFilter()


def published(
    decision_id: str,
    wanted: CommentFilter = EVERYTHING,
    *,
    bbox: Bbox | None = None,
    limit: int = PAGE,
    offset: int = 0,
) -> list[PublicComment]:
    """Return published comments, the newest first; `bbox` is west, south, east, north (°)."""
    values = [*_filters(decision_id, wanted, bbox), limit, offset]
    if bbox is not None or limit > REMEMBERED_MAX:
        # boxes are drawn freely and never come again
        return list(_read(values))
    found: tuple[PublicComment, ...] = remembered(
        decision_id, ("list", *values), lambda: _read(values)
    )
    return list(found)


def one(decision_id: str, comment_id: int) -> PublicComment | None:
    """Return one published comment, or None."""
    with store.cursor() as cursor:
        row = cursor.execute(_ONE, [decision_id, comment_id]).first(_Row)
    if row is None:
        return None
    return _answered(_comment(row), comment_answers.of([comment_id]).get(comment_id))


def _read(values: list[Any]) -> tuple[PublicComment, ...]:
    with store.cursor() as cursor:
        rows = cursor.execute(_LIST, values).rows(_Row)
    answered = comment_answers.of([row.id for row in rows])
    return tuple(_answered(_comment(row), answered.get(row.id)) for row in rows)


def _answered(comment: PublicComment, answer: comment_answers.Answer | None) -> PublicComment:
    return replace(comment, answer=answer.text, answered_on=answer.on) if answer else comment


def count_published(
    decision_id: str, wanted: CommentFilter = EVERYTHING, *, bbox: Bbox | None = None
) -> int:
    """Count what `published` would give without a limit."""
    values = _filters(decision_id, wanted, bbox)
    if bbox is not None:
        return _count(values)
    return int(remembered(decision_id, ("count", *values), lambda: _count(values)))


def count_by_area(
    decision_id: str, layer: str, wanted: CommentFilter = EVERYTHING
) -> pd.Series[int]:
    """Count what `published` would give per area of `layer` (`code`), the most first.

    Areas that nothing wanted is about are left out.

    Raises
    ------
    ValueError
        If `layer` is none of `COUNTED_LAYERS`.
    """
    if layer not in _BY_AREA:
        msg = f"comments that are picked out are not counted by {layer}"
        raise ValueError(msg)
    kept: pd.Series[int] = remembered(
        decision_id, ("areas", layer, wanted), lambda: _count_by_area(decision_id, layer, wanted)
    )
    return kept.copy()


def _count_by_area(decision_id: str, layer: str, wanted: CommentFilter) -> pd.Series[int]:
    with store.cursor() as cursor:
        rows = cursor.execute(_BY_AREA[layer], _filters(decision_id, wanted, None)).fetchall()
    found = {str(code): int(count) for code, count in rows if code is not None}
    counted = pd.Series(found, name="comments", dtype="int64").rename_axis("code")
    return counted.sort_index().sort_values(ascending=False, kind="stable")


def _count(values: list[Any]) -> int:
    with store.cursor() as cursor:
        row = cursor.execute(_COUNT, values).fetchone()
    return int(row[0]) if row else 0


def published_points(decision_id: str, wanted: CommentFilter = EVERYTHING) -> pd.DataFrame:
    """Return `id`, `kind`, `stance`, `lon`, `lat` (WGS 84, displaced) of comments with a pin."""
    with store.cursor() as cursor:
        return cursor.execute(_POINTS, _filters(decision_id, wanted, None)).frame()


def near(
    decision_id: str, lon: float, lat: float, *, radius_m: float = NEAR_M, limit: int = 3
) -> list[PublicComment]:
    """Return published comments within `radius_m` of a point in degrees, the nearest first."""
    reach = [radius_m / metres for metres in municipality_box.metres_per_degree()]
    with store.cursor() as cursor:
        rows = cursor.execute(_NEAR, [decision_id, lon, lat, *reach, limit]).rows(_Row)
    return [_comment(row) for row in rows]


def _filters(decision_id: str, wanted: CommentFilter, bbox: Bbox | None) -> list[Any]:
    words = [
        wanted.kind.value if wanted.kind else None,
        wanted.stance.value if wanted.stance else None,
        wanted.deso,
    ]
    since = clock.midnight(wanted.since) if wanted.since else None
    until = clock.midnight(wanted.until + timedelta(days=1)) if wanted.until else None
    told = [since, until, wanted.theme, _channel(decision_id, wanted.channel)]
    return [decision_id, *words, *(bbox or (None,) * 4), *told]


def _channel(decision_id: str, channel: Channel | None) -> str | None:
    if channel is None:
        return None
    # few came in that way: which comments they are is nobody's business
    return channel.value if channel in results.totals(decision_id).told_apart else NOBODY


@dataclass(frozen=True)
class _Row:
    id: int
    decision_id: str
    kind: Kind
    stance: Stance
    public_text: str
    received_at: datetime
    place_how: PlaceHow
    lon: float | None
    lat: float | None
    deso: str | None
    valdistrikt: str | None
    example: bool


def _comment(row: _Row) -> PublicComment:
    return PublicComment(
        id=row.id,
        decision_id=row.decision_id,
        kind=row.kind,
        stance=row.stance,
        text=row.public_text,
        received_on=clock.day_of(row.received_at),
        place_how=row.place_how,
        place=area_names.of_place(row.valdistrikt, row.deso),
        lon=row.lon,
        lat=row.lat,
        deso=row.deso,
        valdistrikt=row.valdistrikt,
        example=row.example,
    )
