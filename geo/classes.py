"""Classes of a map's numbers: few, with round bounds, and none that is always empty."""

from __future__ import annotations

# what the bounds are multiplied with, and so on by tens
_ROUND = (1, 2, 5)
# the last class has no upper bound; it holds at most so many times the last bound
OPEN_END = 2.5


def fitted(bounds: tuple[int, ...], largest: int) -> tuple[int, ...]:
    """Return `bounds` times 1, 2, 5, 10, 20 … so that `largest` just fits the open last class.

    Our own choice: a map is read with its legend, so bounds that can be read at a glance matter
    more than classes with equally many areas.

    Parameters
    ----------
    bounds
        Inclusive upper bounds of all classes but the last, increasing.
    largest
        The largest number to be drawn, 0 or more.

    >>> fitted((2, 5, 10, 20), 41), fitted((2, 5, 10, 20), 128)
    ((2, 5, 10, 20), (10, 25, 50, 100))
    """
    ten = 1
    while True:
        for factor in _ROUND:
            if largest <= OPEN_END * bounds[-1] * factor * ten:
                return tuple(bound * factor * ten for bound in bounds)
        ten *= 10
