"""Classes of a map's numbers: round, increasing, and none that is always empty."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from geo.classes import OPEN_END, fitted

BASE = (2, 5, 10, 20)


@given(st.integers(0, 10**9))
def test_the_largest_number_fits_the_last_class_and_no_smaller_bounds_would_do(largest):
    found = fitted(BASE, largest)
    assert list(found) == sorted(set(found))
    assert largest <= OPEN_END * found[-1]
    times = found[0] // BASE[0]
    assert found == tuple(bound * times for bound in BASE)
    if times > 1:
        smaller = times * 2 // 5 if str(times)[0] == "5" else times // 2
        assert largest > OPEN_END * BASE[-1] * smaller


@given(st.integers(0, 50))
@example(50)
def test_small_numbers_keep_the_classes_as_they_are(largest):
    assert fitted(BASE, largest) == BASE
