"""Published comments, as everyone may see them: public text and displaced position only.

Which those are stands in the view `published_comments` (`data/store/schema.sql`) and nowhere else:
lists, figures and quotations all read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

from data import clock, municipality_box, store
from data.comments import area_codes, comment_answers, results
from data.decision_cache import remembered
from data.geodata import area_names, layer_editions, layers
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
        lon, lat, example, submission_id
    FROM published_comments WHERE decision_id = $1
)
"""
# what a list shows of each, as `_Row` has it
_SHOWN = """
SELECT id, decision_id, kind, stance, public_text, received_at, place_how, lon, lat, example
FROM public
"""
# a theme is one of the latest published answer: what officials sort before that is theirs
_FILTERED = """
WHERE ($2 IS NULL OR kind = $2) AND ($3 IS NULL OR stance = $3)
  AND ($4 IS NULL OR id IN (SELECT comment_id FROM comment_deso WHERE deso = $4))
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
_BY_AREA = (
    _PUBLIC
    + "SELECT code, count(*) FROM public JOIN comment_codes ON comment_id = id"
    + _FILTERED
    + "AND layer = $13 AND edition = $14 GROUP BY code"
)
# what the list says of every comment may be counted; a square would tell more than its mark does,
# and so would an area that the mark was not kept inside
COUNTED_LAYERS = (layers.DESO, layers.REGSO, layers.VALDISTRIKT)
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
    found = _found(_ONE, [decision_id, comment_id])
    return next(iter(_with_answers(found)), None)


def _read(values: list[Any]) -> tuple[PublicComment, ...]:
    return _with_answers(_found(_LIST, values))


def _found(statement: str, values: list[Any]) -> list[PublicComment]:
    with store.cursor() as cursor:
        rows = cursor.execute(statement, values).rows(_Row)
    codes = area_codes.named([row.id for row in rows])
    return [_comment(row, codes[row.id]) for row in rows]


def _with_answers(found: list[PublicComment]) -> tuple[PublicComment, ...]:
    answers = comment_answers.of([one.id for one in found])
    return tuple(_answered(one, answers.get(one.id)) for one in found)


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
    if layer not in COUNTED_LAYERS:
        msg = f"comments that are picked out are not counted by {layer}"
        raise ValueError(msg)
    kept: pd.Series[int] = remembered(
        decision_id, ("areas", layer, wanted), lambda: _count_by_area(decision_id, layer, wanted)
    )
    return kept.copy()


def _count_by_area(decision_id: str, layer: str, wanted: CommentFilter) -> pd.Series[int]:
    with store.cursor() as cursor:
        asked = [*_filters(decision_id, wanted, None), *layer_editions.parts(layer)]
        rows = cursor.execute(_BY_AREA, asked).fetchall()
    found = {str(code): int(count) for code, count in rows}
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
    return _found(_NEAR, [decision_id, lon, lat, *reach, limit])


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
    example: bool


def _comment(row: _Row, codes: Mapping[str, str]) -> PublicComment:
    return PublicComment(
        id=row.id,
        decision_id=row.decision_id,
        kind=row.kind,
        stance=row.stance,
        text=row.public_text,
        received_on=clock.day_of(row.received_at),
        place_how=row.place_how,
        place=area_names.of_place(codes),
        lon=row.lon,
        lat=row.lat,
        deso=codes.get(layers.DESO),
        valdistrikt=codes.get(layers.VALDISTRIKT),
        example=row.example,
    )
