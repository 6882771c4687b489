"""The collections: proposals, and for each its comments, its results and who it affects, by area.

Features come from `pages.web.api.features`, so that the OGC API and /api/v1 say the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from shapely import box
from shapely.geometry import shape

from data import clock
from data.affected import affected, participation, per_affected
from data.comments import published, results
from data.decisions import decisions
from data.geodata import layers
from data.models import Decision
from pages.shared.maps.ground import Bounds, bounds_of, municipality_bounds
from pages.web import parameters
from pages.web.api import features
from pages.web.ogc.asking import Asked

PROPOSALS = "forslag"
COMMENTS, RESULTS, AFFECTED = "synpunkter", "resultat", "berorda"
# the areas that people know, as in the exports
LAYERS = {layers.DESO: "statistikområde (DeSO)", layers.VALDISTRIKT: "valdistrikt"}
SWEDISH = "sv"


@dataclass(frozen=True)
class Collection:
    """One collection. `decision` is None for the proposals; `layer` is set for areas."""

    id: str
    title: str
    about: str
    sort: str
    decision: Decision | None = None
    layer: str = ""

    @property
    def bounds(self) -> Bounds:
        """West, south, east, north in degrees."""
        if self.sort == COMMENTS and self.decision is not None:
            return municipality_bounds()
        if self.decision is None or self.layer:
            return municipality_bounds()
        return bounds_of(self.decision.area)

    @property
    def period(self) -> tuple[str | None, str | None]:
        """First and last day that the features are about."""
        found = [self.decision] if self.decision else [one for _n, one in decisions.list_all()]
        if not found:
            return None, None
        return min(d.opens for d in found).isoformat(), max(d.closes for d in found).isoformat()


def every() -> list[Collection]:
    """Return all collections, the proposals first."""
    about = "Områdena för alla förslag, med dagar och läge."
    known = [Collection(PROPOSALS, "Förslag", about, PROPOSALS)]
    for _number, one in decisions.list_all():
        known += _of_decision(one)
    return known


def _of_decision(one: Decision) -> Iterable[Collection]:
    title = one.text(SWEDISH).title
    example = f" {features.EXAMPLE_LABEL}." if one.example else ""
    yield Collection(
        f"{one.id}-{COMMENTS}",
        f"{title}: synpunkter",
        "Publicerade synpunkter. Punkterna är flyttade 30–50 meter; en synpunkt utan plats har "
        f"ingen geometri.{example}",
        COMMENTS,
        one,
    )
    for layer, words in LAYERS.items():
        yield Collection(
            f"{one.id}-{RESULTS}-{layer}",
            f"{title}: resultat per {words}",
            f"Synpunkter och personer per område; antal under fem visas inte.{example}",
            RESULTS,
            one,
            layer,
        )
        yield Collection(
            f"{one.id}-{AFFECTED}-{layer}",
            f"{title}: berörda per {words}",
            f"Grov uppskattning av hur många som berörs, till närmaste tiotal.{example}",
            AFFECTED,
            one,
            layer,
        )


def find(wanted: str) -> Collection:
    """Return a collection by its id, or the problem that there is none."""
    for one in every():
        if one.id == wanted:
            return one
    raise parameters.missing("Det finns ingen sådan samling.")


def read(collection: Collection, asked: Asked) -> tuple[list[dict[str, Any]], int]:
    """Return the features that are asked for, and how many match in all."""
    if collection.sort == COMMENTS and collection.decision is not None:
        wanted = published.CommentFilter(since=asked.since, until=asked.until)
        code = collection.decision.id
        found = published.published(
            code, wanted, bbox=asked.bbox, limit=asked.limit, offset=asked.offset
        )
        drawn = [features.of_comment(one, slim=False) for one in found]
        return drawn, published.count_published(code, wanted, bbox=asked.bbox)
    matching = [one for one in _whole(collection, asked) if _is_inside(one, asked)]
    return matching[asked.offset : asked.offset + asked.limit], len(matching)


def one(collection: Collection, wanted: str) -> dict[str, Any]:
    """Return one feature by its id, or the problem that there is none."""
    if collection.sort == COMMENTS and collection.decision is not None:
        number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 16 else 0
        comment = published.one(collection.decision.id, number)
        if comment is not None:
            return features.of_comment(comment, slim=False)
    else:
        everything = Asked(limit=1, offset=0, bbox=None, since=None, until=None)
        for feature in _whole(collection, everything):
            if str(feature["id"]) == wanted:
                return feature
    raise parameters.missing("Det finns inget sådant i samlingen.")


def _whole(collection: Collection, asked: Asked) -> list[dict[str, Any]]:
    """Return every feature of a small collection, those within the period when it has days."""
    if collection.decision is None:
        today = clock.today()
        return [
            features.of_decision(number, one, on=today, language=SWEDISH)
            for number, one in decisions.list_all()
            if (asked.until is None or one.opens <= asked.until)
            and (asked.since is None or one.closes >= asked.since)
        ]
    if collection.sort == AFFECTED:
        columns = affected.public(collection.decision, collection.layer)
    else:
        columns = results.protected(collection.decision.id, collection.layer)
        columns["per_thousand"] = per_affected.per_thousand(collection.decision, collection.layer)
        if collection.layer == layers.DESO:
            columns["heard"] = participation.public(collection.decision)["word"]
    drawn = features.of_areas(collection.layer, columns)
    for feature in drawn:
        feature["properties"] |= features.example_members(collection.decision)
    return drawn


def _is_inside(feature: dict[str, Any], asked: Asked) -> bool:
    if asked.bbox is None:
        return True
    return bool(shape(feature["geometry"]).intersects(box(*asked.bbox)))
