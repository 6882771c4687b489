"""Put neighbourhoods in order, and tell where the order hangs on a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Nothing finer than this is printed, so nothing finer makes a difference in rank.
PEOPLE_STEP = 10
SHARE_STEP = 0.001


class Ranks(NamedTuple):
    """Ranks by share and by people; 1 is highest, those that tie have the same."""

    share: NDArray[np.int64]
    people: NDArray[np.int64]


def share_of(affected: NDArray[np.float64], population: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return affected / population, 0 where nobody lives."""
    return np.where(population > 0, affected / np.where(population > 0, population, 1), 0.0)


def ranks(affected: NDArray[np.float64], population: NDArray[np.float64]) -> Ranks:
    """Rank by share and by people, as they are printed."""
    return Ranks(
        _rank(share_of(affected, population), SHARE_STEP),
        _rank(affected, PEOPLE_STEP),
    )


def is_uncertain(
    ranked: Ranks, calculations: NDArray[np.float64], population: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Tell for each neighbourhood whether a rank differs between calculations.

    Parameters
    ----------
    ranked
        The ranks of the first calculation.
    calculations
        Affected people, a row for each calculation.
    population
        Of each neighbourhood.

    Returns
    -------
    uncertain
        Never true where all calculations find nobody.
    """
    moved = np.zeros(len(population), dtype=bool)
    for affected in calculations[1:]:
        other = ranks(affected, population)
        moved |= (other.share != ranked.share) | (other.people != ranked.people)
    found: NDArray[np.bool_] = moved & calculations.any(axis=0)
    return found


def _rank(values: NDArray[np.float64], step: float) -> NDArray[np.int64]:
    # the inner rounding keeps sums that differ in the last bit from landing on two sides
    steps = np.rint(np.round(values / step, 6)).astype(np.int64)
    # most neighbourhoods of a large layer have nobody affected: only the others are sorted
    some = steps[steps > 0]
    ranked = np.full(len(steps), len(some) + 1, dtype=np.int64)
    ranked[steps > 0] = len(some) + 1 - np.searchsorted(np.sort(some), steps[steps > 0], "right")
    return ranked
