"""Which side has more comments, and when they are too near each other to say."""

from __future__ import annotations

from data.models import Stance

# a difference of at most this part of both sides, or of so few comments, is not called one
EVEN_PART = 0.2
EVEN_COMMENTS = 1


def lean(pro: int, con: int) -> Stance:
    """Tell which side has more comments; `Stance.BOTH` when the difference is small.

    >>> lean(9, 4), lean(5, 5), lean(6, 5)
    (<Stance.FOR: 'for'>, <Stance.BOTH: 'both'>, <Stance.BOTH: 'both'>)
    """
    if abs(pro - con) <= max(EVEN_COMMENTS, EVEN_PART * (pro + con)):
        return Stance.BOTH
    return Stance.FOR if pro > con else Stance.AGAINST
