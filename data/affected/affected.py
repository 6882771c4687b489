"""Whom a decision affects, per neighbourhood and in all, worked out once per version of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.decision_cache import remembered
from data.decisions import impact_zones
from data.geodata import cell_sets, cells, demography, layer_editions, layers
from data.models import Decision, ZoneKind
from geo import crs, impact

_Made = TypeVar("_Made")
KEPT = 256
# what is a number of people, weighted in the last
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
class Reached:
    """How many live within the outer band, and in the area or its nearest band, for everyone.

    To the nearest 10; None for one to four people.
    """

    within: int | None
    nearest: int | None


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


def _kept(kind: str, decision: Decision, layer: str, make: Callable[[], _Made]) -> _Made:
    """Return what `make` gives for a decision and a layer, made once for the same ground.

    The area, the bands and the zones are the question, and not the decision's id or version: a
    draft that is changed without a new version never gets another draft's answer.
    """
    zones = [zone.kind.value.encode() + zone.area.wkb for zone in decision.zones]
    bands = (decision.near_m, decision.middle_m, decision.far_m, decision.decay_m)
    question = (kind, layer, decision.area.wkb, *zones, bands)
    about = (cell_sets.CELLS, layer_editions.LAYERS)
    return remembered(about, question, make, most=KEPT)


def for_decision(decision: Decision, layer: str) -> gpd.GeoDataFrame:
    """Estimate per neighbourhood of `layer` how many people `decision` affects.

    Gives the columns of `geo.impact.affected_neighbourhoods` with `geometry` (EPSG:3006), `name`
    and `population` before them, on the index `code`. Counts of people are unrounded estimates.

    Raises
    ------
    data.geodata.layers.LayerError
        ``unknown_layer``.
    """
    found = _kept("affected_for_decision", decision, layer, lambda: _for_decision(decision, layer))
    return found.copy(deep=False)


def _for_decision(decision: Decision, layer: str) -> gpd.GeoDataFrame:
    areas = _areas(layer)
    layers.check_same_edition(areas, cells.of_layer(layer))
    bands = impact_zones.bands_of(decision)
    if bands is None:
        counted = impact.everyone_affected(areas)
    else:
        counted = impact.affected_neighbourhoods(
            decision.area,
            areas,
            cells.of_layer(layer),
            bands=bands,
            catchment=impact_zones.zone_of(decision, ZoneKind.CATCHMENT),
            measure=impact_zones.measure(),
        )
    areas["population"] = areas["population"].round().astype("int64")
    found = areas.join(counted.drop(columns=[c for c in areas.columns if c in counted.columns]))
    found.attrs.update(estimated=cells.is_estimated(layer), edition=areas.attrs["edition"])
    return found


def _areas(layer: str) -> gpd.GeoDataFrame:
    areas = layers.frame(layer)[["geometry", "name"]]
    areas["population"] = cells.population_of(layer)
    return areas


def public(decision: Decision, layer: str) -> pd.DataFrame:
    """Return `for_decision` as everyone may see it: the one frame that page, map and route use.

    Columns `name`, `population`, `inside`, `near`, `middle`, `far`, `within`, `affected`, `low`,
    `high` (Int64, to the nearest 10, missing where fewer than five people), `share` and `ratio`
    (missing where `affected` is), `rank_share`, `rank_people`, `order_uncertain`. Every figure is
    missing for an area that is smaller than the squares that people were counted in.
    """
    found = _kept("affected_public", decision, layer, lambda: _public(decision, layer))
    return found.copy()


def _public(decision: Decision, layer: str) -> pd.DataFrame:
    found = pd.DataFrame(for_decision(decision, layer).drop(columns="geometry"))
    for name in (*COUNTS, "low", "high"):
        found[name] = demography.rounded(found[name])
    if cells.is_estimated(layer):
        found["population"] = demography.rounded(found["population"])
    for name in ("share", "ratio"):
        found[name] = found[name].mask(found["affected"].isna() | (found["affected"] == 0))
    return _without_too_fine(found, layer)


def _without_too_fine(found: pd.DataFrame, layer: str) -> pd.DataFrame:
    """Take away every figure of areas that are finer than the source."""
    hidden = cells.too_fine(layer)
    codes = found.index.get_level_values("code")
    if not hidden.any():
        return found
    hide = hidden.reindex(codes).to_numpy()
    for name in found.columns.drop("name", errors="ignore"):
        found[name] = found[name].mask(hide)
    return found


def groups(decision: Decision, layer: str) -> pd.DataFrame:
    """Estimate each group of `people.GROUPS` per neighbourhood, unrounded.

    The columns of `geo.impact.affected_groups` on the index `code`, `group`; homes for
    ``rented_homes``. Takes each group to live like everyone else inside its DeSO, which is all
    that open statistics allow.
    """
    found = _kept("affected_groups", decision, layer, lambda: _groups(decision, layer))
    return found.copy(deep=False)


def _groups(decision: Decision, layer: str) -> pd.DataFrame:
    bands = impact_zones.bands_of(decision)
    if bands is None:
        return impact.everyone_in_groups(
            _areas(layer), cells.of_layer(layer), groups=cells.WHOLE_OF
        )
    return impact.affected_groups(
        decision.area,
        _areas(layer),
        cells.of_layer(layer),
        groups=cells.WHOLE_OF,
        bands=bands,
        catchment=impact_zones.zone_of(decision, ZoneKind.CATCHMENT),
        measure=impact_zones.measure(),
    )


def public_groups(decision: Decision, layer: str) -> pd.DataFrame:
    """Return `groups` as everyone may see it, on the index `code`, `group`.

    Counts as in `public`; `share` and `ratio` missing where fewer than five of the group, or of
    all, live within.
    """
    found = groups(decision, layer).drop(columns="whole")
    for name in COUNTS:
        found[name] = demography.rounded(found[name])
    few = found["within"].isna() | (found["within"] == 0)
    for name in ("share", "ratio"):
        found[name] = found[name].mask(few)
    return _without_too_fine(found, layer)


def summary(decision: Decision) -> Summary:
    """Sum up how many people and which groups live round the area of `decision`."""
    return _kept("affected_summary", decision, layers.DESO, lambda: _summary(decision))


def _summary(decision: Decision) -> Summary:
    found = for_decision(decision, layers.DESO)
    counts = {name: to_ten(found[name].sum()) for name in COUNTS}
    sums = groups(decision, layers.DESO)[["within", "whole"]].groupby(level="group").sum()
    return Summary(
        **counts,
        population=int(found["population"].sum()),
        everyone=impact_zones.bands_of(decision) is None,
        groups=tuple(
            _group(code, float(sums["within"][code]), float(sums["whole"][code]))
            for code in demography.GROUPS
        ),
    )


def reached(decision: Decision) -> Reached:
    """Say how many `decision` reaches: the figure of every heading, text and screen."""
    rows = for_decision(decision, layers.DESO)
    return Reached(
        within=_for_everyone(rows["within"].sum()),
        nearest=_for_everyone((rows["inside"] + rows["near"]).sum()),
    )


def _for_everyone(count: float) -> int | None:
    # less than half a person is nobody
    return None if round(float(count)) and count < demography.FEW else to_ten(count)


def people_by_group(decision: Decision) -> pd.Series[float]:
    """Estimate the people of each group who live within the bands, unrounded, on `group`.

    Homes for ``rented_homes``.
    """
    summed = groups(decision, layers.DESO)["within"].groupby(level="group").sum()
    return pd.Series(summed.reindex(list(demography.GROUPS)), name="people", dtype="float64")


def to_ten(number: float) -> int:
    """Round to the nearest 10, since the estimate is no better than that."""
    return int((number + 5) // 10) * 10


def _group(code: str, within: float, all_within: float) -> Group:
    table, whole = demography.indicators(), demography.unit_of(code)
    usual = float(table[code].sum() / table[whole].sum())
    share = within / all_within if all_within > 0 else None
    return Group(
        code=code,
        unit="homes" if whole == demography.HOMES else "people",
        within=to_ten(within),
        share=share,
        municipality_share=usual,
        ratio=None if share is None else share / usual,
    )


def bands_geojson(decision: Decision) -> bytes:
    """Return the bands or contours round the area as GeoJSON (WGS 84), cut at the boundary.

    Properties are `band` (``near``, ``middle``, ``far``), `from_m` and `to_m` (null for
    contours). A decision for the whole municipality has no features.
    """
    return _kept("bands_geojson", decision, "", lambda: _bands_geojson(decision))


def _bands_geojson(decision: Decision) -> bytes:
    bands = impact_zones.bands_of(decision)
    features: list[object] = []
    if bands is not None:
        rings = impact.band_polygons(decision.area, bands).reset_index()
        features = _features(rings)
    return _collection(features)


def detour_geojson(decision: Decision) -> bytes:
    """Return the ground where the way over land puts people in an outer band, or in none.

    GeoJSON (WGS 84) of squares where somebody lives, joined; nothing when no crossing is known.
    """
    return _kept("detour_geojson", decision, layers.DESO, lambda: _detour_geojson(decision))


def _detour_geojson(decision: Decision) -> bytes:
    bands, measure = impact_zones.bands_of(decision), impact_zones.measure()
    if measure is None or not isinstance(bands, impact.Bands):
        return _collection([])
    squares = cells.frame().geometry
    centres = shapely.centroid(squares.to_numpy())
    area = decision.area
    straight = bands.band_of(shapely.distance(centres, area))
    longer = bands.band_of(measure(centres, area, bands.far_m)) > straight
    joined = gpd.GeoDataFrame(
        geometry=[squares[np.asarray(longer)].union_all()], crs=crs.SWEREF99TM
    )
    return _collection(_features(joined))


def _features(frame: gpd.GeoDataFrame) -> list[object]:
    cut = frame.assign(geometry=frame.geometry.intersection(layers.municipality()))
    cut = crs.to_degrees(cut)
    cut.geometry = cut.geometry.set_precision(impact_zones.DEGREE)
    cut = cut[~cut.geometry.is_empty]
    found: list[object] = json.loads(cut.to_json(drop_id=True))["features"]
    return found


def _collection(features: list[object]) -> bytes:
    whole = {"type": "FeatureCollection", "features": features}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()
