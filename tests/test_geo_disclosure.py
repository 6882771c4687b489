"""Small counts of persons: hidden, not to be worked out, and the rest rounded."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.disclosure import protect, protect_sum


def shown(protected: pd.Series) -> list:
    return [None if pd.isna(n) else int(n) for n in protected]


def test_small_counts_are_hidden_with_a_second_and_the_rest_is_rounded():
    counts = pd.Series([3, 12, 21, 43, 0], index=list("abcde"), name="persons")
    protected = protect(counts)
    assert shown(protected) == [None, None, 20, 45, 0]
    assert protected.dtype == "Int64"
    assert protected.name == "persons"
    pd.testing.assert_index_equal(protected.index, counts.index)


def test_a_table_without_small_counts_is_only_rounded():
    table = pd.DataFrame({"for": [5, 7, 8], "against": [0, 12, 13]})
    protected = protect(table)
    assert protected.to_numpy().tolist() == [[5, 0], [5, 10], [10, 15]]


def test_several_small_counts_together_may_still_be_too_few():
    assert shown(protect(pd.Series([1, 2, 9, 30]))) == [None, None, None, 30]
    assert shown(protect(pd.Series([4, 3, 9, 30]))) == [None, None, 10, 30]
    # five hidden counts whose sum is five can only be ones
    assert shown(protect(pd.Series([1, 1, 1, 1, 1, 9, 30]))) == [None] * 6 + [30]


def test_a_count_that_is_all_there_is_stays_hidden():
    assert shown(protect(pd.Series([3, 0, 0]))) == [None, 0, 0]
    assert shown(protect(pd.Series([0, 0]))) == [0, 0]


def test_a_cell_is_hidden_with_a_round_through_rows_and_columns():
    table = pd.DataFrame({"for": [3, 20, 30], "against": [20, 6, 40], "none": [30, 40, 50]})
    hidden = protect(table).isna()
    assert hidden.loc[0, "for"]
    assert hidden.sum().sum() == 4
    assert set(hidden.sum(axis=0)) | set(hidden.sum(axis=1)) == {0, 2}


def test_threshold_and_base_can_be_chosen():
    counts = pd.Series([9, 10, 14, 15, 25])
    assert shown(protect(counts, k=10, base=10)) == [None, None, 10, 20, 30]
    assert shown(protect(counts, k=1, base=1)) == [9, 10, 14, 15, 25]


@pytest.mark.parametrize("counts", [[-1], [2.5], [None], [float("inf")]])
def test_what_is_no_count_is_refused(counts: list):
    with pytest.raises(ValueError, match="whole"):
        protect(pd.Series(counts, dtype=float))


@pytest.mark.parametrize("options", [{"k": 0}, {"base": 0}])
def test_a_rule_that_hides_nothing_by_mistake_is_refused(options: dict):
    with pytest.raises(ValueError, match="k and base"):
        protect(pd.Series([1]), **options)


def test_a_sum_is_hidden_or_rounded_like_the_rest():
    assert [protect_sum(n) for n in (0, 1, 4, 5, 7, 8)] == [0, None, None, 5, 5, 10]


def test_an_empty_table_stays_empty():
    assert protect(pd.Series([], dtype=int)).empty
    assert protect(pd.DataFrame({"for": [], "against": []}, dtype=int)).shape == (0, 2)


counts = st.one_of(st.just(0), st.integers(1, 4), st.integers(0, 12), st.integers(5, 60))
tables = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(counts, min_size=width, max_size=width), min_size=1, max_size=7)
)


def possible(counts: np.ndarray, hidden: np.ndarray, cell: tuple[int, int]) -> bool:
    """Tell whether another value fits a hidden cell, for somebody who knows every exact sum.

    The attacker knows all shown counts and all sums of rows and columns exactly, and that what is
    hidden is at least 1. Moves along closed rounds of hidden cells reach every table that fits,
    so all short rounds through the cell are tried by brute force.
    """
    height, width = counts.shape
    if width == 1 or height == 1:
        others = [c for c in zip(*hidden.nonzero(), strict=True) if tuple(c) != cell]
        if not others:
            return False
        return counts[cell] > 1 or any(counts[c] > 1 for c in others)
    row, column = cell
    for length in range(2, min(height, width) + 1):
        for rows in itertools.permutations([r for r in range(height) if r != row], length - 1):
            for columns in itertools.permutations(
                [c for c in range(width) if c != column], length - 1
            ):
                up = list(zip((row, *rows), (column, *columns), strict=True))
                down = list(zip((row, *rows), (*columns, column), strict=True))
                if not all(hidden[c] for c in (*up, *down)):
                    continue
                if all(counts[c] > 1 for c in up) or all(counts[c] > 1 for c in down):
                    return True
    return False


@settings(max_examples=250)
@given(rows=tables)
def test_an_attacker_with_all_exact_sums_finds_no_small_count(rows: list):
    numbers = np.array(rows)
    protected = protect(pd.DataFrame(numbers))
    hidden = protected.isna().to_numpy()
    small = (numbers > 0) & (numbers < 5)
    assert hidden[small].all()
    for cell in zip(*small.nonzero(), strict=True):
        # what could not even be kept with everything hidden is bound by a sum that is small
        if possible(numbers, numbers > 0, tuple(cell)):
            assert possible(numbers, hidden, tuple(cell))


@settings(max_examples=200)
@given(rows=tables)
def test_what_is_left_of_a_sum_is_never_a_few_persons(rows: list):
    numbers = np.array(rows)
    hidden = protect(pd.DataFrame(numbers)).isna().to_numpy()
    for values, mask in [
        *zip(numbers, hidden, strict=True),
        *zip(numbers.T, hidden.T, strict=True),
    ]:
        if mask.any() and (values > 0).sum() > mask.sum():
            assert values[mask].sum() >= 5
            assert mask.sum() >= 2


@settings(max_examples=150)
@given(rows=tables, random=st.randoms(use_true_random=False))
def test_the_rule_is_the_same_in_every_view(rows: list, random):
    table = pd.DataFrame(rows, columns=list("abcde")[: len(rows[0])])
    table.index = [f"N{n}" for n in range(len(table))]
    protected = protect(table)
    shuffled = list(table.index)
    random.shuffle(shuffled)
    pd.testing.assert_frame_equal(protect(table.loc[shuffled]).loc[table.index], protected)
    open_cells = protected.notna()
    assert ((protected - table).abs()[open_cells].fillna(0) <= 2).all(axis=None)
    assert (protected[open_cells].fillna(0) % 5 == 0).all(axis=None)
    assert (protected[table == 0].fillna(0) == 0).all(axis=None)
    assert open_cells[table == 0].fillna(True).all(axis=None)
