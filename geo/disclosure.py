"""Hide small counts of persons, and what would give them away, before a table leaves the house.

Three steps, in this order: counts under the threshold are hidden; further counts are hidden until
none of the first can be worked out from sums of rows and columns; the rest is rounded. A count of
0 is shown: that nobody has been heard is said openly and tells nothing about anyone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np
import pandas as pd

from geo import _suppression

if TYPE_CHECKING:
    from numpy.typing import NDArray

_Table = TypeVar("_Table", pd.Series, pd.DataFrame)


def protect(counts: _Table, *, k: int = 5, base: int = 5) -> _Table:
    """Hide counts of 1 to `k` - 1 and their give-aways, and round the rest.

    It is assumed that a reader knows the exact sum of every row and column and that hidden
    counts are not 0. What is hidden stays unknown all the same, with one exception that no table
    can avoid: counts that are all there is in a row or column are bound by its sum. So the sums
    that are shown must themselves have been protected, as a series.

    Parameters
    ----------
    counts
        Persons: areas as rows and, in a frame, groups as columns. Whole numbers, 0 or more.
    k
        The smallest number of persons that is shown.
    base
        Shown numbers are the nearest multiple of it; a tie goes up.

    Returns
    -------
    protected
        The same shape, index and columns, type Int64; hidden is NA.

    Raises
    ------
    ValueError
        If a count is missing, negative or not whole, or `k` or `base` is less than 1.
    """
    if k < 1 or base < 1:
        msg = "k and base must be 1 or more"
        raise ValueError(msg)
    if isinstance(counts, pd.Series):
        shown = _protected(counts.to_frame(), k, base).iloc[:, 0]
        shown.name = counts.name
        return shown
    return _protected(counts, k, base)


def _protected(table: pd.DataFrame, k: int, base: int) -> pd.DataFrame:
    numbers = _whole_numbers(table)
    # by name, so that the same table gets the same holes however its rows are ordered
    rows = np.argsort([str(label) for label in table.index], kind="stable")
    columns = np.argsort([str(label) for label in table.columns], kind="stable")
    at = np.ix_(rows, columns)
    hidden = np.zeros(numbers.shape, dtype=bool)
    hidden[at] = _suppression.hidden_cells(numbers[at], k)
    shown = pd.DataFrame(_rounded(numbers, base), index=table.index, columns=table.columns)
    holes = pd.DataFrame(hidden, index=table.index, columns=table.columns)
    return shown.astype("Int64").mask(holes)


def protect_sum(count: int, *, k: int = 5, base: int = 5) -> int | None:
    """Return the sum of a whole table as it may be shown: None under `k`, else rounded."""
    if 0 < count < k:
        return None
    return int(_rounded(np.array([count]), base)[0])


def _whole_numbers(table: pd.DataFrame) -> NDArray[np.int64]:
    numbers = table.to_numpy(dtype=np.float64, na_value=np.nan)
    if not np.isfinite(numbers).all() or (numbers < 0).any() or (numbers % 1 != 0).any():
        msg = "counts must be whole numbers, 0 or more"
        raise ValueError(msg)
    return numbers.astype(np.int64)


def _rounded(numbers: NDArray[np.int64], base: int) -> NDArray[np.int64]:
    return (numbers + base // 2) // base * base
