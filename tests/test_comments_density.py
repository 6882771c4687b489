"""Squares of comments: nobody lost, the displaced position alone, and never too many squares."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.comments import density, published
from geo import crs

SOMEWHERE = st.lists(
    st.tuples(st.floats(14.33, 14.79), st.floats(59.24, 59.54)), min_size=1, max_size=60
)


@pytest.fixture
def points(empty_store, monkeypatch):
    def give(found) -> None:
        frame = pd.DataFrame(found, columns=["lon", "lat"])
        monkeypatch.setattr(published, "published_points", lambda _decision, _wanted: frame)
        monkeypatch.setattr(density, "remembered", lambda _id, _question, make: make())

    return give


@pytest.mark.parametrize("side", density.SIDES_M)
def test_every_point_is_in_one_square_that_holds_it(points, side):
    places = [(14.5240, 59.3270), (14.5241, 59.3271), (14.70, 59.40)]
    points(places)
    found = density.squares("x", side)
    assert found["comments"].sum() == len(places)
    assert set(np.round(np.sqrt(found.area))) == {side}
    x, y = crs.point_to_metric(*places[-1])
    assert sum(box.bounds[0] <= x < box.bounds[2] for box in found.geometry) >= 1
    assert sum(box.bounds[1] <= y < box.bounds[3] for box in found.geometry) >= 1


def test_nothing_said_is_no_square(points):
    points([])
    assert density.squares("x", 250).empty


def test_as_many_squares_as_there_may_be_stay_as_they_are(points, monkeypatch):
    monkeypatch.setattr(density, "SQUARES_MAX", 6)
    points([(14.40 + 0.006 * n, 59.30) for n in range(6)])
    assert set(density.squares("x", 250)["side_m"]) == {250}


def test_the_square_with_most_stands_first_then_from_south_to_north_and_west_to_east(points):
    once = [(14.60, 59.40), (14.50, 59.40), (14.60, 59.30), (14.50, 59.30)]
    points([*once, (14.70, 59.45), (14.70, 59.45)])
    found = density.squares("x", 250)
    assert found["comments"].tolist() == [2, 1, 1, 1, 1]
    corners = found.bounds[["miny", "minx"]].to_numpy().tolist()[1:]
    assert corners == sorted(corners)
    # the first two lie in the south, and each pair goes from west to east
    assert corners[0][1] < corners[1][1]


def test_too_many_squares_become_coarser(points, monkeypatch):
    monkeypatch.setattr(density, "SQUARES_MAX", 3)
    points([(14.40 + 0.006 * n, 59.30) for n in range(6)])
    found = density.squares("x", 250)
    assert set(found["side_m"]) != {250}
    assert found["comments"].sum() == 6


@settings(max_examples=40)
@given(SOMEWHERE)
def test_wild_points_are_all_counted_in_every_size(found):
    corners = crs.coordinates_to_metric(np.array(found))
    for side in density.SIDES_M:
        counted = density._in_squares(corners, side)
        assert counted["comments"].sum() == len(found)
        assert counted["comments"].is_monotonic_decreasing
