"""Mending: the ground stays the same, every mending is told, and what crosses itself is left."""

from __future__ import annotations

import math

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import crs, mending
from geo.areas import AreaError
from geo.mending import CLOSING_M, DIRECTION, REPEATED, UNCLOSED, close_lines, is_closed_line, mend

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


def _place(x: float, y: float) -> tuple[float, float]:
    lon, lat = crs.point_to_degrees(X0 + x, Y0 + y)
    return round(lon, 6), round(lat, 6)


def test_the_place_of_a_fault_is_its_first_corner():
    twice = shapely.Polygon(_ring([*OUTER[:3], OUTER[2], OUTER[3], OUTER[3]]))
    turned = shapely.Polygon(_ring(OUTER[::-1]), [_ring(HOLE[::-1])])
    hole = shapely.Polygon(_ring(OUTER), [_ring(HOLE[::-1])])
    _mended, told = mend([shapely.Polygon(_ring(OUTER)), twice, turned, hole], [0], right_hand=True)
    assert told == [
        (UNCLOSED, 0, _place(0, 0)),
        (REPEATED, 1, _place(100, 100)),
        (DIRECTION, 2, _place(0, 100)),
        (DIRECTION, 3, _place(40, 20)),
    ]


def test_a_fault_in_a_later_part_is_told_once_for_its_shape():
    far = [(x + 500, y) for x, y in OUTER]
    parts = shapely.MultiPolygon(
        [
            shapely.Polygon(_ring(OUTER)),
            shapely.Polygon(_ring([*far[:1], far[0], *far[1:]][::-1])),
            shapely.Polygon(_ring([(x + 500, y) for x, y in far][::-1])),
        ]
    )
    (mended,), told = mend([shapely.GeometryCollection([parts])], [0], right_hand=True)
    assert [one.kind for one in told] == [UNCLOSED, REPEATED, DIRECTION]
    assert mended.area == pytest.approx(3 * 100 * 100)
    assert mend([mended], right_hand=True)[1] == []


def test_a_repeat_in_a_line_is_told_and_one_in_points_is_none():
    line = shapely.LineString([(X0, Y0), (X0 + 5, Y0), (X0 + 5, Y0), (X0 + 9, Y0)])
    points = shapely.MultiPoint([(X0, Y0), (X0, Y0)])
    # a ring that comes back to a corner later on stands there twice, but not in a row
    touching = shapely.LineString([(X0, Y0), (X0 + 5, Y0), (X0 + 5, Y0 + 5), (X0, Y0)])
    (mended, kept, other), told = mend([line, points, touching], [0, 1])
    assert told == [(REPEATED, 0, _place(5, 0))]
    assert shapely.get_num_coordinates(mended) == 3
    assert len(kept.geoms) == 2
    assert other.equals_exact(touching)


def test_two_rings_that_meet_in_a_corner_repeat_nothing():
    # the outer ring ends where the hole begins
    hole = [(0, 0), (20, 40), (40, 20)]
    assert mend([shapely.Polygon(_ring(OUTER), [_ring(hole)])])[1] == []


def test_the_callers_shapes_are_left_alone():
    shapes = [shapely.Polygon(_ring(OUTER[::-1]))]
    before = shapes[0].wkb
    mend(shapes)
    close_lines(shapes)
    assert shapes[0].wkb == before
    assert mend([])[1] == close_lines([])[1] == []


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


def test_lines_are_closed_shape_by_shape():
    ring = shapely.LineString(_ring(OUTER))
    gap = shapely.LineString([*_ring(HOLE)[:-1], (X0 + 20, Y0 + 20.5)])
    open_line = shapely.LineString([(X0, Y0), (X0 + 50, Y0)])
    shapes = [
        ring,
        shapely.MultiLineString([ring, gap]),
        shapely.MultiLineString([ring, open_line]),
        shapely.Point(X0, Y0),
        shapely.Polygon(_ring(OUTER)),
    ]
    closed, told = close_lines(shapes)
    assert [one.geom_type for one in closed] == [
        "Polygon",
        "MultiPolygon",
        "MultiLineString",
        "Point",
        "Polygon",
    ]
    # a gap that was joined is told where the line ended, a line that met by itself is not
    assert told == [(UNCLOSED, 1, _place(20, 20.5))]
    assert [one.wkb for one in closed[2:]] == [one.wkb for one in shapes[2:]]
    assert closed[0].area == 100 * 100
    assert closed[1].area == pytest.approx(100 * 100 + 20 * 20, abs=20)


@pytest.mark.parametrize(
    ("gap", "length", "closed"),
    [
        (CLOSING_M - 0.01, 300, True),
        (CLOSING_M, 300, False),
        # a tenth of the line
        (0.5, 5.2, True),
        (0.5, 4.8, False),
    ],
)
def test_ends_are_joined_within_a_metre_and_a_tenth_of_the_line(gap, length, closed):
    side = (length - gap) / 2
    line = shapely.LineString([(0, 0), (side, 0), (side, gap), (0, gap)])
    assert line.length == pytest.approx(length)
    assert is_closed_line(line) is closed


def test_only_one_line_can_be_a_closed_line():
    ring = shapely.LineString(_ring(OUTER))
    assert is_closed_line(ring)
    for other in (
        shapely.MultiLineString([ring]),
        shapely.Polygon(_ring(OUTER)),
        shapely.Point(0, 0),
        shapely.LineString(),
    ):
        assert not is_closed_line(other)
