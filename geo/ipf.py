"""Fit a table to its row sums and, as far as it goes, to its column sums.

Iterative proportional fitting (Deming and Stephan 1940): scale the columns, then the rows, and
again, until nothing changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

ROUNDS_MAX = 5_000
# Voters. Below this nothing that is ever shown can change.
MISS_SMALL_ENOUGH = 0.01
# When no column moves by more than this in a round, more rounds do not help.
_STANDSTILL = 1e-7


@dataclass(frozen=True)
class Balance:
    """What is left over after fitting the neighbourhoods' adults to the districts' voters.

    Attributes
    ----------
    rounds
        How many times columns and rows were scaled; 0 if there was nothing to fit.
    adults
        Sum over the neighbourhoods.
    voters
        Sum over the districts, before they were scaled to the adults' sum.
    misses
        Fitted minus scaled voters, by district code.
    unmatched
        Codes of districts with voters where no neighbourhood has ground to put them on.
    """

    rounds: int
    adults: float
    voters: float
    misses: dict[str, float]
    unmatched: tuple[str, ...] = ()

    @property
    def largest_miss(self) -> float:
        """The largest difference of a district, in voters, sign dropped; 0 without districts."""
        return max((abs(miss) for miss in self.misses.values()), default=0.0)

    @property
    def converged(self) -> bool:
        """Whether every district came out within one voter."""
        return self.largest_miss < 1


def fit(
    seed: NDArray[np.float64],
    row_sums: NDArray[np.float64],
    column_sums: NDArray[np.float64],
) -> tuple[NDArray[np.float64], int]:
    """Scale `seed` so that rows add up exactly and columns as nearly as they can.

    Parameters
    ----------
    seed
        Numbers, 0 or more; a zero stays zero.
    row_sums
        What each row adds up to afterwards, unless all of it is zero.
    column_sums
        What each column is drawn towards; not a number where it is free.

    Returns
    -------
    fitted, rounds
        The new table and how many rounds it took.
    """
    fitted = _scale_rows(seed, row_sums)
    bound = np.isfinite(column_sums)
    rounds = 0
    while rounds < ROUNDS_MAX:
        rounds += 1
        sums = fitted.sum(axis=0)
        factors = np.where(bound & (sums > 0), column_sums / np.where(sums > 0, sums, 1), 1.0)
        scaled = fitted * factors
        # a row that lies in empty columns only would vanish, but its people are somewhere
        vanished = (scaled.sum(axis=1) <= 0) & (row_sums > 0)
        scaled[vanished] = fitted[vanished]
        scaled = _scale_rows(scaled, row_sums)
        moved = np.abs(scaled - fitted).max(initial=0.0)
        fitted = scaled
        miss = np.abs(fitted.sum(axis=0) - column_sums)[bound].max(initial=0.0)
        if miss < MISS_SMALL_ENOUGH or moved < _STANDSTILL:
            break
    return fitted, rounds


def fit_voters(
    table: NDArray[np.float64], adults: NDArray[np.float64], voters: Mapping[str, float]
) -> tuple[NDArray[np.float64], Balance]:
    """Move weight inside each neighbourhood so that the districts' voters come out as counted.

    Parameters
    ----------
    table
        Weights, a row for each neighbourhood, a column for each district, and a last one for
        ground outside all districts.
    adults
        People aged 18 or more in each neighbourhood.
    voters
        Persons entitled to vote by district code, in the order of the columns.

    Returns
    -------
    table, balance
        New weights, and what is left over.
    """
    counted = np.array(list(voters.values()), dtype=np.float64)
    matched = table[:, :-1].sum(axis=0) > 0
    expected = counted.copy()
    if counted[matched].sum() > 0:
        expected[matched] *= adults.sum() / counted[matched].sum()
    else:
        matched[:] = False
    targets = np.append(np.where(matched, expected, np.nan), np.nan)
    fitted, rounds = fit(table, adults, targets)
    misses = fitted.sum(axis=0)[:-1] - expected
    codes = list(voters)
    report = Balance(
        rounds=rounds if matched.any() else 0,
        adults=float(adults.sum()),
        voters=float(counted.sum()),
        misses={code: float(miss) for code, miss in zip(codes, misses, strict=True)},
        unmatched=tuple(
            code for code, ok, n in zip(codes, matched, counted, strict=True) if n > 0 and not ok
        ),
    )
    # a neighbourhood without adults keeps its weights: its children live somewhere
    has_adults = fitted.sum(axis=1) > 0
    return np.where(has_adults[:, None], fitted, table), report


def _scale_rows(table: NDArray[np.float64], sums: NDArray[np.float64]) -> NDArray[np.float64]:
    now = table.sum(axis=1)
    factors = np.where(now > 0, sums / np.where(now > 0, now, 1), 0.0)
    scaled: NDArray[np.float64] = table * factors[:, None]
    return scaled
