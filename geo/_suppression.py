"""Choose which counts of a table to hide so that sums do not give the small ones away.

A hidden count can be one higher if another in its row is one lower, which makes another in that
one's column higher, and so on until the round ends in the column of the first. Such a round
exists exactly if the count cannot be worked out (it is a cycle in the residual network of the
hidden counts, Gusfield 1988). Where there is none, the cheapest is made by hiding more.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Counts = NDArray[np.int64]
    Mask = NDArray[np.bool_]


def hidden_cells(counts: Counts, k: int) -> Mask:
    """Return which cells of a table are hidden.

    Parameters
    ----------
    counts
        Whole numbers, 0 or more; areas as rows, groups as columns.
    k
        Counts from 1 to `k` - 1 are hidden, and others as far as needed.

    Returns
    -------
    hidden
        The shape of `counts`; never true for a 0.
    """
    small = (counts > 0) & (counts < k)
    hidden = small.copy()
    before = -1
    while hidden.sum() > before:
        before = int(hidden.sum())
        _hide_for_sums(counts, hidden, k)
        if counts.shape[1] > 1:
            for row, column in np.argwhere(small).tolist():
                _hide_round(counts, hidden, row, column)
    return hidden


def _hide_for_sums(counts: Counts, hidden: Mask, k: int) -> None:
    """Hide more where the hidden counts of a row or column are few persons together.

    What is left when the shown counts are taken from the sum is a figure too. A count that is
    alone in its crossing line may be known from that line's sum or not, so the rule must hold
    both with it and without it.
    """
    lines = [
        (counts[:, j], hidden[:, j], _alone_in_row(counts)[:, j]) for j in range(counts.shape[1])
    ]
    if counts.shape[1] > 1:
        alone = _alone_in_row(counts.T).T
        lines += [(counts[i], hidden[i], alone[i]) for i in range(counts.shape[0])]
    for values, mask, alone_there in lines:
        for candidates in (~alone_there, np.ones(len(values), dtype=bool)):
            _hide_in_line(values, mask, candidates, k)


def _hide_in_line(values: Counts, mask: Mask, candidates: Mask, k: int) -> None:
    """Hide the smallest shown candidates until the hidden ones together give nothing away."""
    while (mask & candidates).any() and _gives_away(values[mask & candidates], k):
        more = ((values > 0) & ~mask & candidates).nonzero()[0]
        if not more.size:
            return
        mask[more[np.argmin(values[more])]] = True


def _gives_away(values: Counts, k: int) -> bool:
    """Tell whether hidden counts are few persons, one count, or all 1 as their sum would show."""
    return bool(len(values) < 2 or values.sum() < k or values.sum() == len(values))


def _alone_in_row(counts: Counts) -> Mask:
    """Tell which counts are the only one of their row, in a table with several columns."""
    if counts.shape[1] == 1:
        return np.zeros(counts.shape, dtype=bool)
    alone = (counts > 0).sum(axis=1, keepdims=True) == 1
    found: Mask = alone & (counts > 0)
    return found


def _hide_round(counts: Counts, hidden: Mask, row: int, column: int) -> None:
    """Hide the cheapest round through a cell, if it is in none and one can be made."""
    for falling_first in (True, False):
        path = _cheapest_path(counts, hidden, row, column, falling_first=falling_first)
        if path is not None:
            for i, j in path:
                hidden[i, j] = True
            return


def _cheapest_path(
    counts: Counts, hidden: Mask, row: int, column: int, *, falling_first: bool
) -> list[tuple[int, int]] | None:
    """Find the way from a cell's row to its column over other cells that hides fewest persons.

    Rows and columns are visited by turns. Cells passed from row to column fall by one and those
    passed from column to row rise by one, or the other way round; one that falls must be 2 or
    more, as everyone knows that hidden counts are not 0.
    """
    if not falling_first and counts[row, column] < 2:
        return None
    rows = counts.shape[0]
    target = rows + column
    best: dict[int, int] = {row: 0}
    came: dict[int, int] = {}
    waiting = [(0, row)]
    while waiting:
        cost, node = heapq.heappop(waiting)
        if node == target:
            return _cells_back(came, row, target, rows)
        if cost > best[node]:
            continue
        falling = (node < rows) == falling_first  # then 1 is too low to pass
        for other, value, is_hidden in _steps(counts, hidden, node, (row, column)):
            new = cost + (0 if is_hidden else value)
            if value > falling and new < best.get(other, new + 1):
                best[other], came[other] = new, node
                heapq.heappush(waiting, (new, other))
    return None


def _steps(
    counts: Counts, hidden: Mask, node: int, barred: tuple[int, int]
) -> Iterator[tuple[int, int, bool]]:
    rows = counts.shape[0]
    if node < rows:
        for j in counts[node].nonzero()[0].tolist():
            if (node, j) != barred:
                yield rows + j, int(counts[node, j]), bool(hidden[node, j])
    else:
        j = node - rows
        for i in counts[:, j].nonzero()[0].tolist():
            if (i, j) != barred:
                yield i, int(counts[i, j]), bool(hidden[i, j])


def _cells_back(came: dict[int, int], start: int, end: int, rows: int) -> list[tuple[int, int]]:
    cells = []
    node = end
    while node != start:
        previous = came[node]
        low, high = min(node, previous), max(node, previous)
        cells.append((low, high - rows))
        node = previous
    return cells
