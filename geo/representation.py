"""Compare who has been heard with who is affected.

Only taking part is compared, never opinions: people choose themselves whether to take part, so an
interval around what they think would be false.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo import _validate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FEWER = "färre än väntat"
AS_EXPECTED = "ungefär som väntat"
MORE = "fler än väntat"
TOO_FEW = "för få svar för att säga något"

# Two-sided 95 %.
_Z = 1.96
# With fewer expected, hearing nobody and hearing twice as many would both be common.
EXPECTED_MIN = 5.0


def heard_versus_expected(affected: pd.Series, heard: pd.Series) -> pd.DataFrame:
    """Compare the persons heard in each neighbourhood with its part of all affected people.

    Parameters
    ----------
    affected
        Affected people by code, 0 or more.
    heard
        Persons heard by code, 0 or more; a code that is missing has 0.

    Returns
    -------
    comparison
        On the index of `affected`:

        expected
            all persons heard times the neighbourhood's part of all affected people
        heard
            persons
        ratio, low, high
            heard / expected with its 95 % interval (Byar); not a number if none are expected
        word
            `FEWER` or `MORE` only if the interval leaves 1 out; else `AS_EXPECTED`, or
            `TOO_FEW` where less than `EXPECTED_MIN` persons are expected

    Raises
    ------
    ValueError
        If a number is missing or negative, a code stands twice, or `heard` has a code that
        `affected` lacks (another layer or edition).
    """
    _validate.check_codes(affected.index, "affected")
    _validate.check_codes(heard.index, "heard")
    unknown = heard.index.difference(affected.index)
    if len(unknown):
        msg = f"heard has codes that affected lacks: {list(unknown[:3])}"
        raise _validate.FrameError(msg)
    people = _validate.numbers(affected.to_frame("affected"), "affected", "affected")
    counted = _validate.numbers(heard.to_frame("heard"), "heard", "heard")
    by_code = pd.Series(counted, heard.index).reindex(affected.index, fill_value=0.0)
    persons: NDArray[np.float64] = np.asarray(by_code, dtype=np.float64)
    part = people / people.sum() if people.sum() > 0 else np.zeros(len(people))
    expected = persons.sum() * part
    divisor = np.where(expected > 0, expected, np.nan)
    low, high = (bound / divisor for bound in _byar(persons))
    return pd.DataFrame(
        {
            "expected": expected,
            "heard": persons.round().astype(np.int64),
            "ratio": persons / divisor,
            "low": low,
            "high": high,
            "word": np.select(
                [high < 1, low > 1, expected >= EXPECTED_MIN],
                [FEWER, MORE, AS_EXPECTED],
                default=TOO_FEW,
            ),
        },
        index=affected.index,
    )


def byar_interval(o: float) -> tuple[float, float]:
    """Return the 95 % interval of a count by Byar's approximation of the Poisson limits.

    Source: Breslow and Day, Statistical Methods in Cancer Research II, 1987.

    Raises
    ------
    ValueError
        If the count is negative or not finite.

    Examples
    --------
    >>> [round(bound, 2) for bound in byar_interval(12)]
    [6.19, 20.96]
    """
    if not (math.isfinite(o) and o >= 0):
        msg = "a count must be 0 or more"
        raise ValueError(msg)
    low, high = _byar(np.array([o], dtype=np.float64))
    return float(low[0]), float(high[0])


def _byar(counts: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    some = np.where(counts > 0, counts, 1.0)
    low = some * (1 - 1 / (9 * some) - _Z / (3 * np.sqrt(some))) ** 3
    # below about 0.4 the cube turns negative; no count is
    low = np.where(counts > 0, np.maximum(low, 0), 0.0)
    more = counts + 1
    high = more * (1 - 1 / (9 * more) + _Z / (3 * np.sqrt(more))) ** 3
    return low, high


def participation_rate(heard: float, residents: float) -> tuple[float, float, float]:
    """Return persons heard per 1 000 residents and the 95 % interval (Byar): rate, low, high.

    Raises
    ------
    ValueError
        If nobody lives there or a number is negative or not finite.
    """
    if not (math.isfinite(residents) and residents > 0):
        msg = "a rate needs residents"
        raise ValueError(msg)
    low, high = byar_interval(heard)
    return 1000 * heard / residents, 1000 * low / residents, 1000 * high / residents


def wilson_interval(k: float, n: float) -> tuple[float, float]:
    """Return the 95 % interval of the share `k` / `n` (Wilson 1927), from 0 to 1.

    Raises
    ------
    ValueError
        If `n` is not more than 0, or `k` is not between 0 and `n`.

    Examples
    --------
    >>> [round(100 * bound, 1) for bound in wilson_interval(12, 80)]
    [8.8, 24.4]
    """
    if not (math.isfinite(n) and n > 0 and 0 <= k <= n):
        msg = "a share needs 0 <= k <= n and n > 0"
        raise ValueError(msg)
    share = k / n
    middle = share + _Z**2 / (2 * n)
    half = _Z * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    scale = 1 + _Z**2 / n
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def dissimilarity(p: Sequence[float] | pd.Series, q: Sequence[float] | pd.Series) -> float:
    """Return the dissimilarity index of two divisions over the same groups.

    The part of one side that would have to be in another group for the two to be alike: 0 is
    alike, 1 is nothing in common. Counts and shares both work.

    Raises
    ------
    ValueError
        If the groups differ, a number is negative or not finite, or one side is nothing.

    Examples
    --------
    >>> round(dissimilarity([0.30, 0.25, 0.25, 0.20], [0.45, 0.30, 0.15, 0.10]), 2)
    0.2
    """
    if isinstance(p, pd.Series) and isinstance(q, pd.Series):
        if not p.index.sort_values().equals(q.index.sort_values()):
            msg = "the two sides have different groups"
            raise ValueError(msg)
        q = q.reindex(p.index)
    one, other = np.asarray(p, dtype=np.float64), np.asarray(q, dtype=np.float64)
    if one.shape != other.shape or not _is_division(one) or not _is_division(other):
        msg = "two divisions over the same groups are needed"
        raise ValueError(msg)
    return float(np.abs(one / one.sum() - other / other.sum()).sum() / 2)


def _is_division(parts: NDArray[np.float64]) -> bool:
    return bool(np.isfinite(parts).all() and (parts >= 0).all() and parts.sum() > 0)
