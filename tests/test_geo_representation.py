"""Who has been heard, compared with who is affected; values worked out by hand or published."""

from __future__ import annotations

import math
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.representation import (
    AS_EXPECTED,
    EXPECTED_MIN,
    FEWER,
    MORE,
    TOO_FEW,
    byar_interval,
    dissimilarity,
    heard_versus_expected,
    participation_rate,
    wilson_interval,
)


def test_byar_interval_of_twelve():
    low, high = byar_interval(12)
    assert (round(low, 2), round(high, 2)) == (6.19, 20.96)


def test_participation_rate_of_twelve_among_1874():
    assert [round(n, 2) for n in participation_rate(12, 1874)] == [6.40, 3.30, 11.19]


def test_wilson_interval_of_twelve_in_eighty():
    low, high = wilson_interval(12, 80)
    assert (round(100 * 12 / 80, 1), round(100 * low, 1), round(100 * high, 1)) == (15.0, 8.8, 24.4)


def test_dissimilarity_of_two_divisions():
    p, q = [0.30, 0.25, 0.25, 0.20], [0.45, 0.30, 0.15, 0.10]
    assert round(dissimilarity(p, q), 2) == 0.20
    assert dissimilarity([3, 1], [6, 2]) == 0
    assert dissimilarity([1, 0], [0, 1]) == 1


def test_dissimilarity_joins_series_by_group():
    p = pd.Series({"a": 1, "b": 3})
    assert dissimilarity(p, pd.Series({"b": 3, "a": 1})) == 0
    with pytest.raises(ValueError, match="groups"):
        dissimilarity(p, pd.Series({"a": 1, "c": 3}))


def test_dissimilarity_reads_exact_decimals_as_any_number():
    # a column of exact decimals comes out of a store as objects, on either side
    exact = pd.Series([Decimal(3), Decimal(1)])
    assert dissimilarity([3, 1], exact) == dissimilarity(exact, [3, 1]) == 0
    assert dissimilarity(exact, [1, 3]) == 0.5


def test_twelve_of_twenty_expected_cannot_be_called_fewer():
    # 40 heard in all, half of the affected people live in A
    frame = heard_versus_expected(pd.Series({"A": 500, "B": 500}), pd.Series({"A": 12, "B": 28}))
    row = frame.loc["A"]
    assert (row.expected, row.heard, row.ratio) == (20, 12, 0.6)
    assert (round(row.low, 2), round(row.high, 2)) == (0.31, 1.05)
    assert row.word == AS_EXPECTED


def test_the_words():
    affected = pd.Series({"few": 40, "many": 40, "usual": 20, "small": 1})
    heard = pd.Series({"few": 10, "many": 70, "usual": 20, "small": 1})
    words = heard_versus_expected(affected, heard)["word"]
    assert words.to_dict() == {"few": FEWER, "many": MORE, "usual": AS_EXPECTED, "small": TOO_FEW}
    assert FEWER == "färre än väntat"
    assert MORE == "fler än väntat"
    assert AS_EXPECTED == "ungefär som väntat"
    assert TOO_FEW == "för få svar för att säga något"


def test_words_are_given_from_the_least_expected_on():
    # 10 heard: exactly as many expected in A as a word needs, and a hair less in B
    affected = pd.Series({"A": 500.0, "B": 499.0, "C": 1.0})
    frame = heard_versus_expected(affected, pd.Series({"A": 5, "B": 5}))
    assert frame.loc["A", "expected"] == EXPECTED_MIN
    assert frame["word"].to_dict() == {"A": AS_EXPECTED, "B": TOO_FEW, "C": TOO_FEW}


def test_persons_are_whole_numbers_on_the_callers_index_and_order():
    affected = pd.Series([20.0, 30.0, 50.0], index=pd.Index(["C", "A", "B"], name="code"))
    frame = heard_versus_expected(affected, pd.Series({"A": 3.0, "C": 7.0}))
    pd.testing.assert_index_equal(frame.index, affected.index)
    assert frame["heard"].dtype == np.int64
    assert frame["heard"].tolist() == [7, 3, 0]
    assert frame["expected"].tolist() == pytest.approx([2, 3, 5])


def test_silence_of_many_is_fewer_than_expected():
    frame = heard_versus_expected(pd.Series({"A": 50, "B": 50}), pd.Series({"B": 20}))
    assert frame.loc["A", "heard"] == 0
    assert frame.loc["A", "word"] == FEWER


def test_before_anyone_is_heard_nothing_is_said():
    affected = pd.Series({"A": 50.0, "B": 0.0})
    frame = heard_versus_expected(affected, pd.Series({}, dtype=int))
    assert list(frame.columns) == ["expected", "heard", "ratio", "low", "high", "word"]
    pd.testing.assert_index_equal(frame.index, affected.index)
    assert (frame["expected"] == 0).all()
    assert frame["ratio"].isna().all()
    assert (frame["word"] == TOO_FEW).all()


def test_where_nobody_is_affected_there_is_no_comparison():
    frame = heard_versus_expected(pd.Series({"A": 10, "B": 0}), pd.Series({"A": 5, "B": 5}))
    assert math.isnan(frame.loc["B", "ratio"])
    assert frame.loc["B", "word"] == TOO_FEW
    assert frame.loc["A", "expected"] == 10


def test_nobody_is_expected_where_nobody_at_all_is_affected():
    frame = heard_versus_expected(pd.Series({"A": 0, "B": 0}), pd.Series({"A": 5}))
    assert frame["expected"].tolist() == [0, 0]
    assert frame["heard"].tolist() == [5, 0]
    assert (frame["word"] == TOO_FEW).all()


@pytest.mark.parametrize(
    ("affected", "heard"),
    [
        ({"A": 1}, {"A2018": 1}),
        ({"A": -1}, {"A": 1}),
        ({"A": 1}, {"A": -1}),
        ({"A": math.nan}, {"A": 1}),
        ({"A": 1}, {"A": None}),
    ],
)
def test_numbers_and_codes_that_do_not_fit_are_refused(affected: dict, heard: dict):
    with pytest.raises(ValueError, match=r"heard|affected"):
        heard_versus_expected(pd.Series(affected), pd.Series(heard))


def test_a_code_that_stands_twice_is_refused_and_the_side_is_named():
    once, twice = pd.Series({"A": 1}), pd.Series([1, 1], index=["A", "A"])
    with pytest.raises(ValueError, match=r"^affected: .* twice"):
        heard_versus_expected(twice, once)
    with pytest.raises(ValueError, match=r"^heard: .* twice"):
        heard_versus_expected(once, twice)


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 400), min_size=1, max_size=8))
def test_expected_add_up_to_heard_and_words_follow_the_interval(counts: dict):
    affected = pd.Series({code: 10.0 + n % 7 for code, n in counts.items()})
    heard = pd.Series(counts)
    frame = heard_versus_expected(affected, heard)
    assert frame["expected"].sum() == pytest.approx(heard.sum())
    assert (frame["word"].eq(FEWER) == (frame["high"] < 1)).all()
    assert (frame["word"].eq(MORE) == (frame["low"] > 1)).all()
    said = frame["ratio"].notna()
    assert (frame["low"][said] <= frame["ratio"][said]).all()
    assert (frame["ratio"][said] <= frame["high"][said]).all()


@given(st.integers(0, 10**6))
def test_byar_interval_holds_the_count(o: int):
    low, high = byar_interval(o)
    assert 0 <= low <= o < high


@given(st.integers(1, 10**5), st.data())
def test_wilson_interval_holds_the_share(n: int, data: st.DataObject):
    k = data.draw(st.integers(0, n))
    low, high = wilson_interval(k, n)
    assert 0 <= low <= k / n + 1e-12
    assert k / n - 1e-12 <= high <= 1


def test_what_is_no_count_or_share_is_refused():
    for call in (
        lambda: byar_interval(-1),
        lambda: byar_interval(math.nan),
        lambda: byar_interval(math.inf),
        lambda: participation_rate(1, 0),
        lambda: participation_rate(1, -2),
        lambda: participation_rate(1, math.inf),
        lambda: participation_rate(-1, 10),
        lambda: wilson_interval(1, 0),
        lambda: wilson_interval(1, math.inf),
        lambda: wilson_interval(math.nan, 2),
        lambda: wilson_interval(3, 2),
        lambda: wilson_interval(-1, 2),
        lambda: dissimilarity([], []),
        lambda: dissimilarity([0, 0], [1, 1]),
        lambda: dissimilarity([1, -1], [1, 1]),
        lambda: dissimilarity([1, 2], [1, 2, 3]),
        lambda: dissimilarity([np.nan, 1], [1, 1]),
        lambda: dissimilarity([1, 1], [0, 0]),
        lambda: dissimilarity([1, 1], [1, -1]),
        lambda: dissimilarity([1, 1], [np.inf, 1]),
    ):
        with pytest.raises(ValueError, match=r"count|rate|share|division"):
            call()
