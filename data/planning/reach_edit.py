"""What an official may change about how far a decision reaches; each change is logged.

Rights are checked here, in each act. Two officials never overwrite each other: who saved second is
told, and nothing of theirs is stored.
"""

from __future__ import annotations

import json
import math
from dataclasses import replace
from datetime import datetime
from typing import Literal

import numpy as np
import shapely
from shapely.geometry import MultiPolygon

from data import store
from data.decisions import decisions
from data.geodata import layers
from data.models import AwayGroup, Decision, Staff, Zone, ZoneKind, clean_text
from data.rights import check_planner
from data.staff import staff_log
from geo import crs
from geo.areas import join_polygons

NAME_MAX = 100
REASON_MAX = 300
ZONES_MAX = 20
GROUPS_MAX = 30
PERSONS_MAX = 100_000
# the municipality is some 50 km long
DISTANCE_MAX_M = 60_000.0


ReachCode = Literal[
    "bad_bands",
    "bad_decay",
    "outside",
    "too_many",
    "name_missing",
    "too_long",
    "bad_number",
    "same_name",
    "not_there",
    "changed_meanwhile",
]


class ReachError(ValueError):
    """What was filled in cannot be kept; nothing was stored."""

    code: ReachCode

    def __init__(self, code: ReachCode) -> None:
        super().__init__(code)
        self.code = code


def set_bands(
    actor: Staff | None,
    decision: Decision,
    bands: tuple[float, float, float] | None,
    *,
    decay_m: float | None,
    at: datetime,
) -> None:
    """Set the distances in metres, None for the whole municipality, and the decay.

    Raises
    ------
    data.rights.NotAllowedError
    ReachError
    """
    check_planner(actor)
    near, middle, far = bands or (None, None, None)
    if bands is not None and not _in_order(bands):
        raise ReachError("bad_bands")
    if decay_m is not None and not (math.isfinite(decay_m) and 0 < decay_m <= DISTANCE_MAX_M):
        raise ReachError("bad_decay")
    changed = replace(decision, near_m=near, middle_m=middle, far_m=far, decay_m=decay_m)
    _save(actor, decision, changed, "set_bands", at)


def _in_order(bands: tuple[float, float, float]) -> bool:
    near, middle, far = bands
    known = all(math.isfinite(limit) for limit in bands)
    return known and 0 <= near <= middle <= far <= DISTANCE_MAX_M and far > 0


def add_zone(
    actor: Staff | None,
    decision: Decision,
    kind: ZoneKind,
    name: str,
    shapes: list[shapely.Geometry],
    *,
    at: datetime,
) -> None:
    """Add a contour or a catchment area from the shapes of a file (EPSG:3006).

    Raises
    ------
    data.rights.NotAllowedError
    ReachError
    geo.areas.AreaError
        When the shapes hold no polygon, or one that crosses itself.
    """
    check_planner(actor)
    words = _words(name, NAME_MAX)
    if len(decision.zones) >= ZONES_MAX:
        raise ReachError("too_many")
    area = join_polygons(np.array(shapes, dtype=object))
    if not shapely.intersects(area, layers.municipality()):
        raise ReachError("outside")
    zones = (*decision.zones, Zone(kind, words, area))
    _save(actor, decision, replace(decision, zones=zones), "add_zone", at)


def remove_zone(actor: Staff | None, decision: Decision, position: int, *, at: datetime) -> None:
    """Take away the zone at a position in `decision.zones`.

    Raises
    ------
    data.rights.NotAllowedError
    ReachError
    """
    check_planner(actor)
    if not 0 <= position < len(decision.zones):
        raise ReachError("not_there")
    zones = tuple(zone for at_, zone in enumerate(decision.zones) if at_ != position)
    _save(actor, decision, replace(decision, zones=zones), "remove_zone", at)


def add_away(
    actor: Staff | None,
    decision: Decision,
    *,
    name: str,
    persons: int | None,
    reason: str,
    source: str,
    at: datetime,
) -> None:
    """Add people who are affected without living there; `persons` None if nobody knows.

    Raises
    ------
    data.rights.NotAllowedError
    ReachError
    """
    check_planner(actor)
    group = AwayGroup(
        _words(name, NAME_MAX), persons, _words(reason, REASON_MAX), _words(source, REASON_MAX)
    )
    if persons is not None and not 0 < persons <= PERSONS_MAX:
        raise ReachError("bad_number")
    if any(known.name == group.name for known in decision.away):
        raise ReachError("same_name")
    if len(decision.away) >= GROUPS_MAX:
        raise ReachError("too_many")
    away = (*decision.away, group)
    _save(actor, decision, replace(decision, away=away), "add_group", at)


def remove_away(actor: Staff | None, decision: Decision, name: str, *, at: datetime) -> None:
    """Take away a group by its name.

    Raises
    ------
    data.rights.NotAllowedError
    ReachError
    """
    check_planner(actor)
    away = tuple(group for group in decision.away if group.name != name)
    if len(away) == len(decision.away):
        raise ReachError("not_there")
    _save(actor, decision, replace(decision, away=away), "remove_group", at)


def _words(text: str, most: int) -> str:
    words = clean_text(text)
    if not words:
        raise ReachError("name_missing")
    if len(words) > most:
        raise ReachError("too_long")
    return words


@store.again
def _save(actor: Staff | None, before: Decision, after: Decision, act: str, at: datetime) -> None:
    staff = check_planner(actor)
    with store.transaction() as cursor:
        if not decisions.set_reach(cursor, after):
            raise ReachError("changed_meanwhile")
        was, became = described(before), described(after)
        staff_log.add(cursor, staff, act, before.id, was=was, became=became, at=at)


def described(decision: Decision) -> str:
    """Return how far a decision reaches as JSON, so that the log holds all of it."""
    told = {
        "bands_m": [decision.near_m, decision.middle_m, decision.far_m],
        "decay_m": decision.decay_m,
        "zones": [
            {"kind": zone.kind.value, "name": zone.name, "area": _rings(zone.area)}
            for zone in decision.zones
        ],
        "groups": [
            {"name": g.name, "persons": g.persons, "reason": g.reason, "source": g.source}
            for g in decision.away
        ],
    }
    return json.dumps(told, ensure_ascii=False)


def _rings(area: MultiPolygon) -> object:
    degrees = crs.geometry_to_degrees(area)
    return json.loads(shapely.to_geojson(shapely.set_precision(degrees, 1e-6)))["coordinates"]
