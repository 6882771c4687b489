"""Ground cut by districts and squares, and what each square weighs before anyone is counted."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo._dasymetric import Ground, Land, weigh_squares
from geo._pieces import Pieces, areas_in_squares, as_geometry, overlay, single_polygons
from tests.geo_kit import X0, Y0, square

NOTHING = shapely.MultiPolygon()
WEIGHT = 0.05


def array(*shapes: shapely.Geometry) -> np.ndarray:
    found = np.empty(len(shapes), dtype=object)
    found[:] = shapes
    return found


def test_a_layer_becomes_one_geometry_and_none_is_nothing():
    shapes = [square(0, 0), square(500, 0)]
    frame = gpd.GeoDataFrame(geometry=shapes, crs="EPSG:3006")
    assert as_geometry(frame, "water").equals(shapely.union_all(shapes))
    assert as_geometry(shapes[0], "water") is shapes[0]
    for nothing in (None, frame.iloc[:0]):
        assert as_geometry(nothing, "water").is_empty


def test_geometries_are_taken_apart_and_keep_their_owners():
    nested = shapely.GeometryCollection(
        [shapely.MultiPolygon([square(0, 0), square(2000, 0)]), shapely.Point(X0, Y0)]
    )
    line = shapely.LineString([(X0, Y0), (X0 + 1, Y0)])
    flat = shapely.Polygon([(0, 0), (1, 1), (2, 2)])
    shapes = array(nested, line, shapely.Polygon(), flat, square(5000, 0))
    found = single_polygons(shapes, np.array([7, 3, 2, 1, 9]))
    assert found.owners.tolist() == [7, 7, 9]
    assert all(one.equals(other) for one, other in zip(
        found.polygons, [square(0, 0), square(2000, 0), square(5000, 0)], strict=True
    ))  # fmt: skip


def test_what_no_district_covers_comes_last_without_one():
    places = array(square(0, 0), square(1000, 0), square(5000, 0))
    districts = array(square(500, 0), square(0, -1000))
    pieces, place, district = overlay(places, districts)
    assert list(zip(place.tolist(), district.tolist(), strict=True)) == [
        (0, 0),
        (1, 0),
        (0, -1),
        (1, -1),
        (2, -1),
    ]
    halves = (
        shapely.box(X0, Y0, X0 + 500, Y0 + 1000),
        shapely.box(X0 + 1500, Y0, X0 + 2000, Y0 + 1000),
    )
    assert pieces[2].equals(halves[0])
    assert pieces[3].equals(halves[1])
    assert pieces[4].equals(square(5000, 0))


def test_without_districts_all_ground_has_none():
    pieces, place, district = overlay(array(square(0, 0), square(1000, 0)), array())
    assert place.tolist() == [0, 1]
    assert district.tolist() == [-1, -1]
    assert shapely.area(pieces).tolist() == [1e6, 1e6]


def test_ground_that_is_covered_whole_leaves_nothing_over():
    _, place, district = overlay(array(square(0, 0)), array(square(-5, -5, 1010)))
    assert (place.tolist(), district.tolist()) == ([0], [0])


corner = st.floats(-500, 500)


@settings(max_examples=60)
@given(
    x=corner,
    y=corner,
    wide=st.floats(1, 2000),
    turned=st.booleans(),
    cell_m=st.sampled_from([50, 100, 130]),
)
def test_the_ground_in_the_squares_is_the_ground(x, y, wide, turned, cell_m):
    shape = square(x, y, wide)
    if turned:
        shape = shapely.Point(X0 + x, Y0 + y).buffer(wide / 2, quad_segs=3)
    other = square(3000, 0, 95)
    owners, west, south, area = areas_in_squares(
        Pieces(array(shape, other), np.array([4, 2])), cell_m
    )
    assert (area > 0).all()
    assert (area <= cell_m**2 * (1 + 1e-9)).all()
    for owner, whole in ((4, shape), (2, other)):
        assert area[owners == owner].sum() == pytest.approx(whole.area)
    squares = shapely.box(west, south, west + cell_m, south + cell_m)
    mine = shapely.intersection(np.where(owners == 4, shape, other), squares)
    np.testing.assert_allclose(area, shapely.area(mine), rtol=1e-6, atol=1e-6)
    assert (west % cell_m == 0).all()
    assert (south % cell_m == 0).all()


def test_nothing_lies_in_no_square():
    found = areas_in_squares(Pieces(array(), np.array([], dtype=np.intp)), 100)
    assert [len(part) for part in found] == [0, 0, 0, 0]


def test_a_coarse_square_is_as_many_fine_ones():
    found = areas_in_squares(Pieces(array(square(0, 0, 2000)), np.array([0])), 100)
    assert len(found[0]) == 400
    assert (found[3] == 10_000).all()


def weights(ground: Ground, land: Land, cell_m: float = 1000) -> dict[int, float]:
    """Return the weight of each piece."""
    shares = weigh_squares(ground, land, cell_m)
    assert (shares.weight > 0).all()
    found = np.bincount(shares.piece, shares.weight, len(ground.pieces))
    return dict(enumerate(found.tolist()))


def ground(*pieces: tuple[shapely.Geometry, int, int]) -> Ground:
    shapes, rows, columns = zip(*pieces, strict=True)
    return Ground(array(*shapes), np.array(rows), np.array(columns))


ONE = ground((square(0, 0), 0, -1))


def test_dry_built_land_counts_its_square_metres():
    assert weights(ONE, Land(NOTHING, square(0, 0, 400), NOTHING, WEIGHT)) == {0: 160_000}
    wet = square(0, 0, 200)
    assert weights(ONE, Land(wet, square(0, 0, 400), NOTHING, WEIGHT)) == {0: 120_000}


def test_land_near_an_anchor_counts_a_fraction_where_it_is_neither_built_nor_wet():
    built, near, wet = square(0, 0, 400), square(0, 0, 600), square(0, 500, 100)
    expected = 400**2 + WEIGHT * (600**2 - 400**2 - 100**2)
    assert weights(ONE, Land(wet, built, near, WEIGHT)) == pytest.approx({0: expected})
    # no built land at all: the fraction is all there is, and the rest stays empty
    only = weights(ONE, Land(NOTHING, NOTHING, near, WEIGHT))
    assert only == pytest.approx({0: WEIGHT * 600**2})


def test_ground_without_either_gets_its_dry_land_or_else_all_of_it():
    both = ground((square(0, 0), 0, -1), (square(1000, 0), 1, -1))
    wet = shapely.union(square(1000, 0), square(0, 0, 500))
    found = weights(both, Land(wet, NOTHING, NOTHING, WEIGHT))
    assert found[0] / found[1] == pytest.approx(0.75)
    # far less than land where people are known to live
    assert 0 < found[1] < WEIGHT * both.pieces[1].area


def test_a_bare_district_is_filled_and_bare_ground_outside_all_is_not():
    built = square(0, 0, 200)
    pieces = ground(
        (square(0, 0, 500), 0, 0),
        (square(500, 0, 500), 0, 1),
        (square(0, 500, 500), 0, -1),
    )
    found = weights(pieces, Land(NOTHING, built, NOTHING, WEIGHT))
    assert found[0] == 40_000
    assert 0 < found[1] < 1000
    assert found[2] == 0


def test_a_district_with_built_land_in_one_neighbourhood_is_not_bare_in_another():
    built = shapely.union(square(0, 0, 100), square(1500, 0, 100))
    pieces = ground(
        (square(0, 0, 500), 0, 0),
        (square(1000, 0, 500), 1, 0),
        (square(1500, 0, 500), 1, 1),
    )
    found = weights(pieces, Land(NOTHING, built, NOTHING, WEIGHT))
    assert found == {0: 10_000, 1: 0, 2: 10_000}
