"""How much a person counts, by how far from a decision's area she lives."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo import _validate

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

WEIGHTS = (1.0, 0.6, 0.3)
# Rings that the decay is cut into where only ground, not cells, is measured.
_DECAY_RINGS = 16


@dataclass(frozen=True)
class Step:
    """Ground up to `limit_m` from the area, beyond the step before, and what a person weighs."""

    limit_m: float
    weight: float


@dataclass(frozen=True)
class Bands:
    """Distances from the area's nearest edge in metres, and the weight of each band.

    A person inside the area counts as one who lives near. The bands may be equal, but not in the
    wrong order. With `decay_m` the weight falls smoothly instead, as exp(-distance / decay_m) out
    to `far_m`, and `weights` are not used; the bands then only tell where people live.

    Raises
    ------
    ValueError
        If a distance or weight is negative or not finite, the distances fall, or the decay is
        not more than 0.
    """

    near_m: float
    middle_m: float
    far_m: float
    weights: tuple[float, float, float] = WEIGHTS
    decay_m: float | None = None

    def __post_init__(self) -> None:
        _check_weights(self.weights)
        if not all(math.isfinite(limit) and limit >= 0 for limit in self.limits):
            msg = "bands must be three finite numbers, 0 or more"
            raise ValueError(msg)
        if not self.near_m <= self.middle_m <= self.far_m:
            msg = f"the bands are not in order: {self.limits}"
            raise ValueError(msg)
        if self.decay_m is not None and not (math.isfinite(self.decay_m) and self.decay_m > 0):
            msg = "the decay must be a length of more than 0 m"
            raise ValueError(msg)

    @property
    def limits(self) -> tuple[float, float, float]:
        """The three distances in metres."""
        return (self.near_m, self.middle_m, self.far_m)

    def scaled(self, factor: float) -> Bands:
        """Return bands of the same weights, all `factor` times as far; the decay as well."""
        near, middle, far = (limit * factor for limit in self.limits)
        decay = None if self.decay_m is None else self.decay_m * factor
        return Bands(near, middle, far, self.weights, decay)

    def band_of(self, distance_m: NDArray[np.float64]) -> NDArray[np.intp]:
        """Return 0 inside (distance 0), 1 near, 2 middle, 3 far, 4 beyond."""
        return np.searchsorted([0.0, *self.limits], distance_m, side="left")

    def weigh(self, distance_m: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what a person at each distance counts as, from 0 to the largest weight."""
        if self.decay_m is None:
            steps = np.array([self.weights[0], *self.weights, 0.0])
            return steps[self.band_of(distance_m)]
        return np.where(distance_m <= self.far_m, np.exp(-distance_m / self.decay_m), 0.0)

    def steps(self) -> tuple[Step, ...]:
        """Return the weights as steps from the inside out, the decay cut into narrow rings."""
        if self.decay_m is None:
            limits, weights = (0.0, *self.limits), (self.weights[0], *self.weights)
            return tuple(Step(limit, weight) for limit, weight in zip(limits, weights, strict=True))
        edges = np.linspace(0, self.far_m, _DECAY_RINGS + 1)
        middles = (edges[:-1] + edges[1:]) / 2
        rings = zip(edges[1:], np.exp(-middles / self.decay_m), strict=True)
        return (Step(0.0, 1.0), *(Step(float(limit), float(w)) for limit, w in rings))


@dataclass(frozen=True)
class Contours:
    """Ground by level instead of by distance, such as the zones of a noise study.

    `near`, `middle` and `far` are valid polygons in EPSG:3006, any of them may be empty. They may
    lie on each other; a person counts in the first one that holds her.

    Raises
    ------
    ValueError
        If one is not a valid polygon, all are empty, or a weight is negative or not finite.
    """

    near: BaseGeometry
    middle: BaseGeometry
    far: BaseGeometry
    weights: tuple[float, float, float] = WEIGHTS

    def __post_init__(self) -> None:
        _check_weights(self.weights)
        for zone in self.zones:
            check_zone(zone)
        if all(zone.is_empty for zone in self.zones):
            msg = "one of the contours must hold some ground"
            raise ValueError(msg)

    @property
    def zones(self) -> tuple[BaseGeometry, BaseGeometry, BaseGeometry]:
        """The three zones, the one that weighs most first."""
        return (self.near, self.middle, self.far)


def check_zone(zone: BaseGeometry) -> None:
    """Pass if `zone` is a valid polygon or multipolygon, or empty.

    Raises
    ------
    ValueError
        If it is not.
    """
    if zone.is_empty:
        return
    if zone.geom_type not in {"Polygon", "MultiPolygon"} or not shapely.is_valid(zone):
        msg = "a zone must be a valid polygon"
        raise _validate.FrameError(msg)


def _check_weights(weights: tuple[float, float, float]) -> None:
    if len(weights) != 3 or not all(math.isfinite(w) and w >= 0 for w in weights):
        msg = "weights must be three finite numbers, 0 or more"
        raise ValueError(msg)
