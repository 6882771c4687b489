"""Fitting a table to its sums, and the voters that it is fitted to."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import ipf


def test_rows_and_columns_that_go_together_both_come_out():
    fitted, rounds = ipf.fit(np.ones((2, 2)), np.array([10.0, 30.0]), np.array([15.0, 25.0]))
    np.testing.assert_allclose(fitted, [[3.75, 6.25], [11.25, 18.75]])
    assert rounds == 1


def test_a_column_that_is_free_takes_what_the_others_leave():
    seed = np.ones((2, 3))
    columns = np.array([6.0, np.nan, 0.0])
    fitted, _ = ipf.fit(seed, np.array([10.0, 20.0]), columns)
    np.testing.assert_allclose(fitted.sum(axis=0), [6, 24, 0], atol=0.01)
    np.testing.assert_allclose(fitted.sum(axis=1), [10, 20])


def test_a_row_that_lies_in_empty_columns_only_stays_where_it_is():
    seed = np.array([[1.0, 0.0], [1.0, 1.0]])
    fitted, rounds = ipf.fit(seed, np.array([10.0, 10.0]), np.array([0.0, 20.0]))
    np.testing.assert_allclose(fitted, [[10, 0], [0, 10]])
    # nothing moves after that, and that ends it long before the most rounds there may be
    assert rounds < 5


def test_fitting_ends_when_it_can_never_come_out():
    assert ipf.fit(np.eye(2), np.array([1.0, 3.0]), np.array([3.0, 1.0]))[1] == 1
    # nearer in each round, and never near enough to stop by itself
    crooked = np.array([[1.0, 0.0], [1.0, 1.0]])
    _, rounds = ipf.fit(crooked, np.array([5000.0, 5000.0]), np.array([5000.0, 5000.0]))
    assert rounds == ipf.ROUNDS_MAX


@pytest.mark.parametrize(
    ("misses", "largest", "converged"),
    [
        ({}, 0, True),
        ({"a": 0.5, "b": -0.99}, 0.99, True),
        ({"a": 0.5, "b": -1.0}, 1, False),
        ({"a": 1.0}, 1, False),
    ],
)
def test_voters_came_out_when_each_district_is_within_one(misses, largest: float, converged):
    report = ipf.Balance(rounds=1, adults=10, voters=10, misses=misses)
    assert (report.largest_miss, report.converged) == (largest, converged)
    assert report.unmatched == ()


def test_voters_are_scaled_to_the_adults_who_have_a_district():
    # A lies in x, B in y and outside all districts; z has voters and no ground, w neither
    table = np.array([[2.0, 0, 0, 0, 0], [0, 1.0, 0, 0, 3.0]])
    voters = {"x": 60.0, "y": 20.0, "z": 5.0, "w": 0.0}
    fitted, report = ipf.fit_voters(table, np.array([120.0, 40.0]), voters)
    np.testing.assert_allclose(fitted, [[120, 0, 0, 0, 0], [0, 40, 0, 0, 0]], atol=0.01)
    assert report.unmatched == ("z",)
    assert (report.adults, report.voters) == (160, 85)
    # z is owed its voters as they were counted: they are scaled only where there is ground
    assert report.misses == pytest.approx({"x": 0, "y": 0, "z": -5, "w": 0}, abs=0.01)
    assert not report.converged


def test_without_voters_the_weights_stay_and_nothing_is_fitted():
    table = np.array([[2.0, 1.0, 1.0]])
    fitted, report = ipf.fit_voters(table, np.array([8.0]), {"x": 0.0, "y": 0.0})
    np.testing.assert_allclose(fitted, table * 2)
    assert (report.rounds, report.unmatched) == (0, ())


def test_a_neighbourhood_without_adults_keeps_its_weights():
    table = np.array([[1.0, 2.0, 0.0], [3.0, 4.0, 5.0]])
    fitted, _ = ipf.fit_voters(table, np.array([9.0, 0.0]), {"x": 6.0, "y": 3.0})
    np.testing.assert_allclose(fitted, [[6, 3, 0], [3, 4, 5]])


def test_less_than_one_adult_is_fitted_like_any_other():
    table = np.array([[1.0, 1.0, 0.0]])
    fitted, _ = ipf.fit_voters(table, np.array([0.5]), {"x": 300.0, "y": 100.0})
    np.testing.assert_allclose(fitted, [[0.375, 0.125, 0]])


@settings(max_examples=100)
@given(
    seed=st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=1, max_size=4),
    columns=st.tuples(*[st.integers(0, 50)] * 3),
)
def test_rows_are_kept_whatever_the_columns_ask_for(seed: list, columns: tuple):
    table = np.array(seed, dtype=float)
    rows = np.arange(1.0, len(table) + 1)
    fitted, _ = ipf.fit(table, rows, np.array(columns, dtype=float))
    has_ground = table.sum(axis=1) > 0
    np.testing.assert_allclose(fitted.sum(axis=1), np.where(has_ground, rows, 0), atol=1e-9)
    assert (fitted[table == 0] == 0).all()
