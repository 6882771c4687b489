"""Whom a decision affects, per neighbourhood and in all, worked out once per version of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache

import geopandas as gpd
import pandas as pd

from data import layers, people
from data.models import Decision
from geo import crs, impact

KEPT = 256
# five decimals, about a metre
DEGREE = 1e-5
# nothing is said about fewer people than this
COUNTS = ("inside", "near", "middle", "far", "within", "affected")


@dataclass(frozen=True)
class Group:
    """One group of people, or of homes, within the outer band.

    `within` is rounded to the nearest 10; `unit` is ``people`` or ``homes``. `share` is the part
    of all within that belong to the group (0-1), `ratio` that share divided by the municipality's
    `municipality_share`; both None when nobody lives within.
    """

    code: str
    unit: str
    within: int
    share: float | None
    municipality_share: float
    ratio: float | None


@dataclass(frozen=True)
class Summary:
    """How many people live where round the area; counts are rounded to the nearest 10.

    Each person stands once: `inside` the area, or in the band `near`, `middle` or `far` round it;
    `within` is all of them, `affected` weighs them by band. `everyone` tells that the decision
    has no bands and concerns the whole municipality, where all are `inside`.
    """

    inside: int
    near: int
    middle: int
    far: int
    within: int
    affected: int
    population: int
    everyone: bool
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class _Question:
    """What an answer depends on.

    The area and the bands are part of it, so that a draft that is changed without a new version
    never gets another draft's answer.
    """

    decision_id: str
    version: int
    layer: str
    area: bytes
    bands: tuple[float | None, float | None, float | None]
    decision: Decision = field(compare=False)


def _question(decision: Decision, layer: str) -> _Question:
    return _Question(
        decision.id,
        decision.version,
        layer,
        decision.area.wkb,
        (decision.near_m, decision.middle_m, decision.far_m),
        decision,
    )


def bands_of(decision: Decision) -> impact.Bands | None:
    """Give the distance bands, or None when the whole municipality is concerned."""
    near, middle, far = decision.near_m, decision.middle_m, decision.far_m
    if near is None or middle is None or far is None:
        return None
    return impact.Bands(near, middle, far)


def for_decision(decision: Decision, layer: str) -> gpd.GeoDataFrame:
    """Estimate per neighbourhood of `layer` how many people `decision` affects.

    Gives the columns of `geo.impact.affected_neighbourhoods` with `geometry` (EPSG:3006), `name`
    and `population` before them, on the index `code`. Counts of people are unrounded estimates.

    Raises
    ------
    data.layers.LayerError
        ``unknown_layer``.
    """
    return _for_decision(_question(decision, layer)).copy(deep=False)


@lru_cache(maxsize=KEPT)
def _for_decision(question: _Question) -> gpd.GeoDataFrame:
    decision, layer = question.decision, question.layer
    areas = layers.frame(layer)[["geometry", "name"]]
    areas["population"] = layers.population_of(layer)
    bands = bands_of(decision)
    cells = layers.cells_of(layer)
    if bands is None:
        counted = impact.everyone_affected(areas)
    else:
        counted = impact.affected_neighbourhoods(decision.area, areas, cells, bands=bands)
    areas["population"] = areas["population"].round().astype("int64")
    extra = counted.drop(columns=[c for c in areas.columns if c in counted.columns])
    found = areas.join(extra)
    found.attrs["estimated"] = layers.is_estimated(layer)
    return found


def public(decision: Decision, layer: str) -> pd.DataFrame:
    """Give `for_decision` as everyone may see it: the one frame that page, map and route use.

    Columns `name`, `population`, `inside`, `near`, `middle`, `far`, `within`, `affected`, `low`,
    `high` (Int64, to the nearest 10, missing where fewer than five people), `share` and `ratio`
    (missing where `affected` is), `rank_share`, `rank_people`, `order_uncertain`.
    """
    return _public(_question(decision, layer)).copy()


@lru_cache(maxsize=KEPT)
def _public(question: _Question) -> pd.DataFrame:
    found = pd.DataFrame(_for_decision(question).drop(columns="geometry"))
    for name in (*COUNTS, "low", "high"):
        found[name] = people.rounded(found[name])
    if layers.is_estimated(question.layer):
        found["population"] = people.rounded(found["population"])
    for name in ("share", "ratio"):
        found[name] = found[name].mask(found["affected"].isna() | (found["affected"] == 0))
    return found


def summary(decision: Decision) -> Summary:
    """Sum up how many people and which groups live round the area of `decision`."""
    return _summary(_question(decision, layers.DESO))


@lru_cache(maxsize=KEPT)
def _summary(question: _Question) -> Summary:
    found = _for_decision(question)
    counts = {name: to_ten(found[name].sum()) for name in COUNTS}
    return Summary(
        **counts,
        population=int(found["population"].sum()),
        everyone=bands_of(question.decision) is None,
        groups=_groups(found["within"] / found["population"]),
    )


def people_by_group(decision: Decision) -> pd.Series[float]:
    """Estimate the people of each group who live within the bands, unrounded, on `group`.

    Homes for ``rented_homes``. Takes each group to live like everyone else inside its DeSO.
    """
    found = _for_decision(_question(decision, layers.DESO))
    part = (found["within"] / found["population"]).fillna(0.0)
    table = people.indicators()
    counts = {group: float((table[group] * part).sum()) for group in people.GROUPS}
    return pd.Series(counts, name="people", dtype="float64").rename_axis("group")


def to_ten(number: float) -> int:
    """Round to the nearest 10, since the estimate is no better than that."""
    return int((number + 5) // 10) * 10


def _groups(part: pd.Series[float]) -> tuple[Group, ...]:
    """Estimate each group within, from the `part` (0-1) of every DeSO's people that live there.

    Takes each group to live like everyone else inside its DeSO, which is all that open
    statistics allow.
    """
    return tuple(_group(code, part.fillna(0.0)) for code in people.GROUPS)


def _group(code: str, part: pd.Series[float]) -> Group:
    table = people.indicators()
    whole = people.unit_of(code)
    within = float((table[code] * part).sum())
    all_within = float((table[whole] * part).sum())
    usual = float(table[code].sum() / table[whole].sum())
    share = within / all_within if all_within > 0 else None
    return Group(
        code=code,
        unit="homes" if whole == people.HOMES else "people",
        within=to_ten(within),
        share=share,
        municipality_share=usual,
        ratio=None if share is None else share / usual,
    )


def bands_geojson(decision: Decision) -> bytes:
    """Give the bands round the area as GeoJSON (WGS 84), cut at the municipality's boundary.

    Properties are `band` (``near``, ``middle``, ``far``), `from_m` and `to_m`. A decision for the
    whole municipality has no features.
    """
    return _bands_geojson(_question(decision, ""))


@lru_cache(maxsize=KEPT)
def _bands_geojson(question: _Question) -> bytes:
    bands = bands_of(question.decision)
    features: list[object] = []
    if bands is not None:
        rings = impact.band_polygons(question.decision.area, bands).reset_index()
        rings.geometry = rings.geometry.intersection(layers.municipality())
        rings = crs.to_degrees(rings)
        rings.geometry = rings.geometry.set_precision(DEGREE)
        rings = rings[~rings.geometry.is_empty]
        features = json.loads(rings.to_json(drop_id=True))["features"]
    whole = {"type": "FeatureCollection", "features": features}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()
