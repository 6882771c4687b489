"""Drawings: where a shape lies on a sheet, what of it is seen, and how it is written."""

from __future__ import annotations

import pytest
import shapely

from geo import drawing
from geo.drawing import Sheet

HOLED = shapely.Polygon(shapely.box(0, 0, 40, 40).exterior, [shapely.box(10, 10, 20, 20).exterior])


def test_a_shape_lies_downwards_from_the_corner_in_dots():
    laid = drawing.on_sheet(shapely.box(1_010, 1_960, 1_030, 1_980), Sheet(1_000, 2_000, 10))
    assert laid.bounds == pytest.approx((1, 2, 3, 4))


def test_polygons_are_written_with_their_holes_and_nothing_else_is():
    assert drawing.path(HOLED).count("M") == drawing.path(HOLED).count("Z") == 2
    assert drawing.path(shapely.box(0, 0, 1, 2), decimals=1) == "M1.0 0.0L1.0 2.0L0.0 2.0L0.0 0.0Z"
    several = shapely.GeometryCollection([shapely.Point(1, 1), shapely.box(0, 0, 1, 1)])
    assert drawing.path(several) == drawing.path(shapely.box(0, 0, 1, 1))
    assert drawing.path(shapely.LineString([(0, 0), (9, 9)])) == ""
    assert drawing.path(shapely.Polygon()) == ""


def test_what_is_seen_is_cut_outside_the_view_and_small_things_are_left_out():
    specks = [shapely.box(50, 50, 51, 51), shapely.box(900, 0, 940, 40)]
    shape = shapely.union_all([HOLED, *specks])
    found = drawing.seen(shape, (0, 0, 100, 100), 1)
    assert found.equals(HOLED)
    assert drawing.seen(shape, (0, 0, 100, 100), 5).area == shapely.box(0, 0, 40, 40).area
    assert drawing.seen(HOLED, (20, 0, 120, 100), 1).bounds[0] == 18
    assert drawing.seen(HOLED, (500, 500, 600, 600), 1).is_empty


@pytest.mark.parametrize(
    ("bounds", "more", "fitted"),
    [
        ((0, 0, 100, 10), {}, (0, -20, 100, 30)),
        ((0, 0, 10, 50), {}, (-45, 0, 55, 50)),
        ((4, 4, 6, 6), {"least": 20}, (-15, -5, 25, 15)),
        ((0, 0, 100, 50), {"margin": 0.1}, (-10, -5, 110, 55)),
    ],
)
def test_bounds_get_the_form_of_the_drawing_round_the_same_middle(bounds, more, fitted):
    assert drawing.fitted(bounds, 2, **more) == pytest.approx(fitted)
