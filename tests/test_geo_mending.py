"""Mending: the ground stays the same, every mending is told, and what crosses itself is left."""

from __future__ import annotations

import math

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import mending
from geo.areas import AreaError
from geo.mending import DIRECTION, REPEATED, UNCLOSED, close_lines, is_closed_line, mend

X0, Y0 = 473_000.0, 6_576_000.0
Corners = list[tuple[float, float]]
OUTER: Corners = [(0, 0), (100, 0), (100, 100), (0, 100)]
HOLE: Corners = [(20, 20), (20, 40), (40, 40), (40, 20)]


def _ring(corners: Corners) -> Corners:
    return [(X0 + x, Y0 + y) for x, y in [*corners, corners[0]]]


def _kinds(told: list[mending.Mending]) -> set[str]:
    return {one.kind for one in told}


def test_what_is_right_is_not_touched():
    shapes = [shapely.Polygon(_ring(OUTER), [_ring(HOLE)]), shapely.Point(X0, Y0)]
    mended, told = mend(shapes, right_hand=True)
    assert told == []
    assert [one.wkb for one in mended] == [one.wkb for one in shapes]


def test_each_fault_is_told_with_its_shape_and_place():
    twice = shapely.Polygon(_ring([*OUTER[:2], OUTER[1], *OUTER[2:]]))
    turned = shapely.Polygon(_ring(OUTER), [_ring(HOLE[::-1])])
    mended, told = mend([shapely.Polygon(_ring(OUTER)), twice, turned], [0])
    assert [(one.kind, one.feature) for one in told] == [
        (UNCLOSED, 0),
        (REPEATED, 1),
        (DIRECTION, 2),
    ]
    assert all(14.52 < lon < 14.53 and 59.32 < lat < 59.33 for _k, _f, (lon, lat) in told)
    assert mended[2].area == 100 * 100 - 20 * 20


@pytest.mark.parametrize("right_hand", [True, False])
def test_an_outer_ring_with_the_clock_is_a_fault_only_where_the_format_says_so(right_hand):
    mended, told = mend([shapely.Polygon(_ring(OUTER[::-1]))], right_hand=right_hand)
    assert _kinds(told) == ({DIRECTION} if right_hand else set())
    assert shapely.is_ccw(shapely.get_exterior_ring(mended[0]))


def test_a_ring_that_crosses_itself_is_left_as_it_is():
    bow_tie = shapely.Polygon(_ring([(0, 0), (10, 10), (10, 0), (0, 10)]))
    mended, _told = mend([bow_tie])
    assert not mended[0].is_valid
    assert set(shapely.get_coordinates(mended[0])[:, 0]) == {X0, X0 + 10}


def test_a_ring_of_one_point_is_refused_with_its_place():
    with pytest.raises(AreaError) as caught:
        mend([shapely.Polygon([(X0, Y0)] * 5)])
    assert caught.value.code == "invalid_ring"
    assert caught.value.place == pytest.approx((14.5256, 59.3220), abs=0.001)


# rings round a middle never cross themselves
ROUND = st.lists(st.floats(20, 90, allow_nan=False), min_size=3, max_size=12).map(
    lambda far: [
        (
            round(math.cos(2 * math.pi * i / len(far)) * r, 2),
            round(math.sin(2 * math.pi * i / len(far)) * r, 2),
        )
        for i, r in enumerate(far)
    ]
)


@settings(max_examples=150)
@given(ROUND, st.booleans(), st.booleans(), st.data())
def test_repeats_direction_and_closing_never_change_the_ground(corners, has_hole, turn, data):
    hole = [(x / 4, y / 4) for x, y in corners] if has_hole else None
    plain = shapely.Polygon(_ring(corners), [_ring(hole)] if hole else [])
    doubled: Corners = []
    for corner in corners:
        doubled += [corner] * data.draw(st.integers(1, 3))
    outer = _ring(doubled[::-1] if turn else doubled)
    holes = [_ring(hole[::-1] if data.draw(st.booleans()) else hole)] if hole else []
    (mended,), told = mend([shapely.Polygon(outer, holes)], [0], right_hand=True)
    assert mended.is_valid
    assert mended.equals(plain)
    assert mended.area == pytest.approx(plain.area)
    assert shapely.is_ccw(shapely.get_exterior_ring(mended))
    assert (REPEATED in _kinds(told)) == (len(doubled) > len(corners))
    assert mend([mended], right_hand=True)[1] == []


ANY_CORNER = st.tuples(st.integers(0, 3), st.integers(0, 3))
ANY_SHAPE = st.one_of(
    st.lists(ANY_CORNER, min_size=3, max_size=8).map(lambda c: shapely.Polygon(_ring(c))),
    st.lists(ANY_CORNER, min_size=2, max_size=8).map(shapely.LineString),
    ANY_CORNER.map(shapely.Point),
    st.sampled_from([shapely.Polygon(), shapely.GeometryCollection(), shapely.MultiPoint()]),
)


@settings(max_examples=300)
@given(st.lists(ANY_SHAPE | st.lists(ANY_SHAPE, max_size=3).map(shapely.GeometryCollection)))
def test_whatever_comes_it_is_mended_or_refused(shapes):
    try:
        closed, told = close_lines(shapes)
        mended, more = mend(closed, range(len(shapes)))
    except AreaError as error:
        assert error.code == "invalid_ring"
        return
    assert len(mended) == len(shapes)
    assert all(0 <= one.feature < len(shapes) for one in [*told, *more])


@pytest.mark.parametrize(
    ("corners", "expected"),
    [
        ([(0, 0), (50, 0), (50, 50), (0, 0)], True),
        ([(0, 0), (50, 0), (50, 50), (0, 0.5)], True),
        ([(0, 0), (50, 0), (50, 50), (0, 5)], False),
        ([(0, 0), (50, 0), (0, 0)], False),
        ([(0, 0), (0.4, 0), (0.4, 0.4)], False),
    ],
)
def test_a_line_is_closed_if_its_ends_meet_and_it_has_an_inside(corners, expected):
    line = shapely.LineString(corners)
    assert is_closed_line(line) is expected
    (made,), _told = close_lines([line])
    assert (made.geom_type == "Polygon") is expected


def test_a_gap_that_was_bridged_is_told():
    line = shapely.LineString([*_ring(OUTER)[:-1], (X0, Y0 + 0.5)])
    (made,), told = close_lines([line])
    assert _kinds(told) == {UNCLOSED}
    assert made.area == pytest.approx(100 * 100, rel=0.01)
