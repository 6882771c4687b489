"""Who is affected: the figures, the order, and that the frames do not matter."""

from __future__ import annotations

import math

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
import shapely.affinity
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import _counting, _order
from geo.areas import AreaError
from geo.impact import Bands, affected_neighbourhoods, band_polygons, everyone_affected
from tests.geo_kit import X0, Y0, even_cells, layer, row_of_squares, square

BANDS = Bands(100, 300, 800)
NEIGHBOURHOODS = row_of_squares([1000, 500, 2000, 0])
CELLS = even_cells(NEIGHBOURHOODS)
BOW_TIE = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
COLUMNS = [
    *("inside", "near", "middle", "far", "within", "affected", "share", "ratio"),
    *("low", "high", "rank_share", "rank_people", "order_uncertain"),
]


def affected(area: shapely.Geometry, bands: Bands = BANDS, **frames) -> pd.DataFrame:
    return affected_neighbourhoods(
        area,
        frames.get("neighbourhoods", NEIGHBOURHOODS),
        frames.get("cells", CELLS),
        bands=bands,
    )


def test_the_bands_of_a_neighbourhood_beside_the_area():
    # the area is B; the centres of A's columns are 50, 150 ... 950 m away, 100 people in each
    frame = affected(square(1000, 0))
    a, b, c = frame.loc["A"], frame.loc["B"], frame.loc["C"]
    assert (a.inside, a.near, a.middle, a.far) == pytest.approx((0, 100, 200, 500))
    assert a.within == pytest.approx(800)
    assert a.affected == pytest.approx(100 + 0.6 * 200 + 0.3 * 500)
    assert (b.inside, b.within, b.affected, b.share) == pytest.approx((500, 500, 500, 1))
    assert c.affected == pytest.approx(2 * a.affected)
    assert a.share == pytest.approx(0.37)
    total = frame["affected"].sum() / 3500
    assert a.ratio == pytest.approx(0.37 / total)


def test_the_frame_is_the_callers():
    frame = affected(square(1000, 0))
    assert list(frame.columns) == COLUMNS
    pd.testing.assert_index_equal(frame.index, NEIGHBOURHOODS.index)
    assert frame["rank_share"].dtype == frame["rank_people"].dtype == np.int64
    assert frame["order_uncertain"].dtype == bool


def test_ranks_by_share_and_by_people_differ_and_ties_share():
    frame = affected(square(1000, 0))
    assert frame["rank_share"].to_dict() == {"A": 2, "B": 1, "C": 2, "D": 4}
    assert frame["rank_people"].to_dict() == {"A": 3, "B": 2, "C": 1, "D": 4}


def test_a_difference_finer_than_what_is_printed_is_a_tie():
    places = row_of_squares([1000, 1003])
    frame = affected(square(500, 0), neighbourhoods=places, cells=even_cells(places))
    assert list(frame["rank_people"]) == [1, 1]
    assert list(frame["rank_share"]) == [1, 1]


def test_the_span_holds_the_four_other_calculations():
    row = affected(square(1000, 0)).loc["A"]
    # evenly over the polygon and bands of 125, 375 and 1000 m: everybody
    assert row.high == pytest.approx(125 + 0.6 * 250 + 0.3 * 625)
    # and of 75, 225 and 600 m, by areal weighting 75 + 0.6 * 150 + 0.3 * 375
    assert row.low == pytest.approx(min(277.5, 100 + 0.6 * 100 + 0.3 * 400))


def test_the_order_is_uncertain_where_it_hangs_on_the_method():
    # B's people all live in the far corner, so spread evenly it would come first
    places = row_of_squares([1000, 1000])
    cells = even_cells(places)
    at_edge = shapely.box(X0 + 1900, Y0, X0 + 2000, Y0 + 1000)
    cells = cells[(cells["code"] == "A") | cells.centroid.intersects(at_edge)].copy()
    cells.loc[cells["code"] == "B", "people"] = 100.0
    area = shapely.box(X0 + 1000, Y0, X0 + 1500, Y0 + 1000)
    frame = affected(area, neighbourhoods=places, cells=cells)
    assert list(frame["order_uncertain"]) == [True, True]
    assert list(frame["rank_people"]) == [1, 2]


def _people_at(west_m: float, east_m: float, areas: dict[str, float]) -> pd.DataFrame:
    """Count two squares of 1 km: so many of each live inside the area, spread out unlike it."""
    places = row_of_squares([1000, areas["people_b"]])
    cells = even_cells(places)
    column = (cells.centroid.x - X0) // 100
    for code, first, inside in (("A", 9, areas["a"]), ("B", 10, areas["b"])):
        whole = float(places.loc[code, "population"])
        own = cells["code"] == code
        is_in, is_out = own & (column == first), own & (column == (0 if code == "A" else 19))
        cells.loc[own, "people"] = 0.0
        cells.loc[is_in, "people"] = inside / 10
        cells.loc[is_out, "people"] = (whole - inside) / 10
    area = shapely.box(X0 + west_m, Y0, X0 + east_m, Y0 + 1000)
    return affected(area, Bands(0, 0, 0), neighbourhoods=places, cells=cells)


@pytest.mark.parametrize(
    ("areas", "shares", "people"),
    [
        # by squares 30 % of A and 50 % of B, by ground half of each: only the shares change places
        ({"a": 300.0, "b": 50.0, "people_b": 100.0}, [2, 1], [1, 2]),
        # by squares 400 and 450 people, by ground 500 and 400: only the numbers do
        ({"a": 400.0, "b": 450.0, "people_b": 800.0}, [2, 1], [2, 1]),
    ],
)
def test_one_of_the_two_orders_that_hangs_on_the_method_is_enough(areas, shares, people):
    frame = _people_at(500, 1500, areas)
    assert list(frame["rank_share"]) == shares
    assert list(frame["rank_people"]) == people
    assert frame.loc["A", "order_uncertain"]


def test_the_order_is_certain_where_nothing_changes_it_and_where_nobody_is_found():
    frame = affected(square(0, 0, 1000), Bands(10, 20, 40))
    assert frame["rank_people"].to_dict() == {"A": 1, "B": 2, "C": 2, "D": 2}
    assert not frame.loc[["A", "C", "D"], "order_uncertain"].any()


def test_far_from_everybody_nobody_is_affected():
    frame = affected(square(50_000, 0))
    assert (frame[["within", "affected", "share", "low", "high"]] == 0).all(axis=None)
    assert frame["ratio"].isna().all()
    assert set(frame["rank_share"]) == {1}
    assert not frame["order_uncertain"].any()


def test_an_area_over_everything_affects_everybody():
    frame = affected(square(-100, -100, 5000))
    lived = frame[NEIGHBOURHOODS["population"] > 0]
    np.testing.assert_allclose(lived["share"], 1)
    np.testing.assert_allclose(lived["ratio"], 1)
    np.testing.assert_allclose(frame["high"], NEIGHBOURHOODS["population"])
    assert frame.loc["D", "share"] == 0


def test_the_whole_municipality_has_no_bands():
    frame = everyone_affected(NEIGHBOURHOODS)
    assert list(frame.columns) == COLUMNS
    np.testing.assert_array_equal(frame["affected"], NEIGHBOURHOODS["population"])
    np.testing.assert_array_equal(frame["low"], frame["high"])
    assert frame["share"].to_dict() == {"A": 1, "B": 1, "C": 1, "D": 0}
    assert (frame["ratio"].iloc[:3] == 1).all()
    assert frame["rank_people"].to_dict() == {"A": 2, "B": 3, "C": 1, "D": 4}
    assert not frame["order_uncertain"].any()


def test_where_nobody_lives_nobody_is_affected_and_no_ratio_is_said():
    empty = row_of_squares([0, 0])
    for frame in (
        everyone_affected(empty),
        affected(square(0, 0), neighbourhoods=empty, cells=even_cells(empty)),
    ):
        assert list(frame.columns) == COLUMNS
        assert (frame[["within", "affected", "share", "low", "high"]] == 0).all(axis=None)
        assert frame["ratio"].isna().all()
        assert set(frame["rank_share"]) == set(frame["rank_people"]) == {1}
        assert not frame["order_uncertain"].any()


def test_a_layer_of_no_neighbourhoods_gives_an_empty_frame():
    frame = everyone_affected(NEIGHBOURHOODS.iloc[:0])
    assert list(frame.columns) == COLUMNS
    assert frame.empty
    assert frame["rank_share"].dtype == frame["rank_people"].dtype == np.int64


def test_what_the_whole_municipality_counts_is_checked():
    for wrong, why in (
        (NEIGHBOURHOODS.to_crs("EPSG:4326"), "EPSG"),
        (NEIGHBOURHOODS.drop(columns="population"), "lack"),
        (NEIGHBOURHOODS.iloc[[0, 0]], "twice"),
        (NEIGHBOURHOODS.assign(population=-1), "numbers"),
    ):
        with pytest.raises(ValueError, match=f"^neighbourhoods.*{why}"):
            everyone_affected(wrong)


def test_everyone_is_inside_and_in_no_band():
    frame = everyone_affected(NEIGHBOURHOODS)
    for column in ("inside", "within"):
        np.testing.assert_array_equal(frame[column], NEIGHBOURHOODS["population"])
    assert (frame[["near", "middle", "far"]] == 0).all(axis=None)
    pd.testing.assert_index_equal(frame.index, NEIGHBOURHOODS.index)


@pytest.mark.parametrize(
    ("people", "rank"),
    [
        # tens of people, half a ten up or down
        ([44, 36, 34, 26], [1, 1, 3, 3]),
        ([46, 44, 4, 0], [1, 2, 3, 3]),
        ([100, 300, 200, 300], [4, 1, 3, 1]),
    ],
)
def test_what_is_printed_alike_shares_a_rank_and_the_next_is_left_out(people: list, rank: list):
    affected_people, population = np.array(people, dtype=float), np.full(4, 1e6)
    assert _order.ranks(affected_people, population).people.tolist() == rank


def test_shares_tie_within_a_tenth_of_a_percentage_point():
    population = np.array([1000.0, 1000, 1000, 0])
    ranks = _order.ranks(np.array([500.4, 499.6, 499.4, 7]), population)
    assert ranks.share.tolist() == [1, 1, 3, 4]
    assert ranks.share.dtype == ranks.people.dtype == np.int64


def test_sums_that_differ_in_the_last_bit_do_not_change_places():
    # two and a half steps, and a hair more
    affected_people = np.array([25.0, np.nextafter(25.0, 26.0)])
    ranks = _order.ranks(affected_people, np.full(2, 1e6))
    assert ranks.people.tolist() == [1, 1]
    assert _order.ranks(affected_people, np.full(2, 1e4)).share.tolist() == [1, 1]


def test_an_order_is_uncertain_where_another_calculation_moves_it_and_finds_somebody():
    population = np.full(4, 1000.0)
    main = np.array([300.0, 200.0, 0.0, 0.0])
    ranked = _order.ranks(main, population)
    same, swapped = main * 1.001, np.array([200.0, 300.0, 0.0, 0.0])
    assert not _order.is_uncertain(ranked, np.stack([main]), population).any()
    assert not _order.is_uncertain(ranked, np.stack([main, same]), population).any()
    moved = _order.is_uncertain(ranked, np.stack([main, same, swapped]), population)
    assert moved.tolist() == [True, True, False, False]
    # D is passed by C, but no calculation finds anybody in D
    passed = np.array([300.0, 200.0, 100.0, 0.0])
    moved = _order.is_uncertain(ranked, np.stack([main, passed]), population)
    assert moved.tolist() == [False, False, False, False]
    found = _order.is_uncertain(ranked, np.stack([main, passed[::-1]]), population)
    assert found.tolist() == [True, True, True, True]


@pytest.mark.parametrize("hole", [False, True])
def test_many_corners_are_measured_like_few(hole: bool):
    # round shapes of 2 000 corners against their exact distances; the points reach into the hole
    disc = shapely.Point(X0, Y0).buffer(500, quad_segs=500)
    area = disc.difference(shapely.Point(X0, Y0).buffer(200, quad_segs=500)) if hole else disc
    both = shapely.union(area, shapely.affinity.translate(area, 2000))
    places = np.array([[0, 0], [100, 0], [300, 0], [0, 800], [1000, 0], [1600, 0], [2000, 10]])
    spots = shapely.points(np.add(places, (X0, Y0)))
    found = _counting.distances_m(spots, both)
    inner = [200, 100, 0, 300, 500, 0, 190] if hole else [0, 0, 0, 300, 500, 0, 0]
    np.testing.assert_allclose(found, inner, atol=0.01)
    np.testing.assert_allclose(found, shapely.distance(spots, both))


def test_people_spread_over_ground_count_in_the_innermost_zone():
    places = row_of_squares([1000, 500])
    zones = [square(0, 0, 500), square(0, 0, 1000), square(-100, -100, 1600)]
    found = _counting.areal_people(places, zones, [1.0, 0.5, 0.1])
    # a quarter of A, then the rest; of B a strip of 500 m
    assert found.tolist() == pytest.approx([250 + 0.5 * 750, 0.1 * 250])
    assert _counting.areal_people(places, [square(9000, 0)], [1.0]).tolist() == [0, 0]
    # a wider zone that comes out smaller takes nobody back
    smaller = [square(0, 0, 500), square(0, 0, 499)]
    assert _counting.areal_people(places, smaller, [1.0, 0.5]).tolist() == [250, 0]


def test_the_reach_of_an_area_holds_all_ground_within_the_distance():
    area = square(0, 0)
    assert _counting.reach_of(area, 0) is area
    reach = _counting.reach_of(area, 100)
    assert reach.covers(area)
    assert reach.area == pytest.approx(1000**2 + 4 * 1000 * 100 + math.pi * 100**2, rel=1e-4)


def test_bands_without_ground_are_not_drawn():
    rings = band_polygons(square(0, 0), Bands(0, 0, 0))
    assert rings.empty
    assert rings.index.name == "band"
    assert list(rings.columns) == ["from_m", "to_m", "geometry"]
    assert rings.crs == "EPSG:3006"
    for area, code in ((shapely.Polygon(), "empty"), (BOW_TIE, "invalid_ring")):
        with pytest.raises(AreaError) as caught:
            band_polygons(area, BANDS)
        assert caught.value.code == code


def test_bands_are_drawn_as_rings_that_do_not_overlap():
    rings = band_polygons(square(0, 0), BANDS)
    assert list(rings.index) == ["near", "middle", "far"]
    assert rings["to_m"].tolist() == [100, 300, 800]
    assert rings["from_m"].tolist() == [0, 100, 300]
    assert rings.area["near"] == pytest.approx(4 * 1000 * 100 + math.pi * 100**2, rel=1e-3)
    assert rings.union_all().area == pytest.approx(rings.area.sum())
    assert not rings.intersects(square(100, 100, 800)).any()
    assert list(band_polygons(square(0, 0), Bands(0, 50, 50)).index) == ["middle"]


@pytest.mark.parametrize(
    "limits", [(300, 100, 800), (100, 900, 800), (-1, 2, 3), (1, 2, math.nan), (1, 2, math.inf)]
)
def test_bands_in_the_wrong_order_are_refused(limits: tuple):
    with pytest.raises(ValueError, match="bands"):
        Bands(*limits)


@pytest.mark.parametrize("weights", [(1, 0.5), (1, -0.1, 0), (1, math.nan, 0)])
def test_weights_that_make_no_sense_are_refused(weights: tuple):
    with pytest.raises(ValueError, match="weights"):
        Bands(1, 2, 3, weights)


@pytest.mark.parametrize(
    ("area", "code"),
    [
        (shapely.Polygon(), "empty"),
        (BOW_TIE, "invalid_ring"),
    ],
)
def test_an_area_that_is_none_is_refused(area: shapely.Geometry, code: str):
    with pytest.raises(AreaError) as caught:
        affected(area)
    assert caught.value.code == code


def test_cells_of_another_edition_are_refused():
    with pytest.raises(ValueError, match="lack"):
        affected(square(0, 0), cells=CELLS.replace({"code": {"A": "A2018"}}))


def test_frames_in_degrees_or_without_people_are_refused():
    for frames in (
        {"neighbourhoods": NEIGHBOURHOODS.to_crs("EPSG:4326")},
        {"cells": CELLS.to_crs("EPSG:4326")},
        {"cells": CELLS.drop(columns="people")},
        {"neighbourhoods": NEIGHBOURHOODS.iloc[[0, 0]]},
    ):
        with pytest.raises(ValueError, match=r"EPSG|lack|twice"):
            affected(square(0, 0), **frames)


CENTRES = list(zip(CELLS.centroid, CELLS["people"], CELLS["code"], strict=True))


def plain(area: shapely.Geometry, bands: Bands) -> pd.DataFrame:
    """Do the same sums, one cell at a time."""
    rows = {code: [0.0, 0.0, 0.0, 0.0] for code in NEIGHBOURHOODS.index}
    for centre, people, code in CENTRES:
        metres = centre.distance(area)
        for band, limit in enumerate((0, *bands.limits)):
            if metres <= limit:
                rows[code][band] += people
                break
    frame = pd.DataFrame(rows, index=["inside", "near", "middle", "far"]).T
    weights = [bands.weights[0], *bands.weights]
    return frame.assign(affected=frame.to_numpy() @ weights)


corner = st.floats(-1500, 4500)
areas = st.one_of(
    st.builds(square, corner, corner, st.floats(1, 4000)),
    st.builds(
        lambda x, y, side: square(x, y, side).difference(
            square(x + side / 4, y + side / 4, side / 2)
        ),
        corner,
        corner,
        st.floats(10, 3000),
    ),
    st.builds(
        lambda one, other: one.union(other),
        st.builds(square, corner, corner, st.floats(1, 800)),
        st.builds(square, corner, corner, st.floats(1, 800)),
    ),
    st.builds(
        lambda x, y, r: shapely.Point(X0 + x, Y0 + y).buffer(r, quad_segs=200),
        corner,
        corner,
        st.floats(1, 900),
    ),
)
band_sets = st.lists(st.floats(0, 1500), min_size=3, max_size=3).map(lambda b: Bands(*sorted(b)))


@settings(max_examples=80)
@given(area=areas, bands=band_sets)
def test_a_plain_count_gives_the_same(area: shapely.Geometry, bands: Bands):
    frame, expected = affected(area, bands), plain(area, bands)
    columns = ["inside", "near", "middle", "far", "affected"]
    np.testing.assert_allclose(frame[columns], expected[columns], rtol=1e-9, atol=1e-7)
    np.testing.assert_allclose(frame["within"], expected.iloc[:, :4].sum(axis=1), atol=1e-7)
    assert (frame["affected"] <= frame["within"] + 1e-9).all()
    assert (frame["within"] <= NEIGHBOURHOODS["population"] + 1e-6).all()
    assert (frame["low"] <= frame["affected"]).all()
    assert (frame["high"] >= frame["affected"]).all()
    assert (frame["high"] <= NEIGHBOURHOODS["population"] + 1e-6).all()
    assert frame["share"].between(0, 1 + 1e-9).all()


@settings(max_examples=60)
@given(area=areas, more=areas)
def test_a_larger_area_never_affects_fewer(area: shapely.Geometry, more: shapely.Geometry):
    one, other = affected(area), affected(shapely.union(area, more))
    for column in ("inside", "within", "affected", "low", "high"):
        # joining adds corners, and round corners are drawn with a few
        assert (other[column] >= one[column] - 0.5).all()


@settings(max_examples=40)
@given(area=areas, random=st.randoms(use_true_random=False))
def test_the_order_of_rows_and_corners_does_not_matter(area: shapely.Geometry, random):
    places, cells = list(NEIGHBOURHOODS.index), list(CELLS.index)
    random.shuffle(places)
    random.shuffle(cells)
    turned = affected(
        shapely.reverse(area), neighbourhoods=NEIGHBOURHOODS.loc[places], cells=CELLS.loc[cells]
    )
    pd.testing.assert_frame_equal(
        turned.loc[NEIGHBOURHOODS.index], affected(area), check_exact=False, atol=1e-6
    )


@settings(max_examples=40)
@given(area=areas)
def test_twice_the_people_are_twice_as_many_in_the_same_shares(area: shapely.Geometry):
    double = NEIGHBOURHOODS.assign(population=NEIGHBOURHOODS["population"] * 2)
    cells = CELLS.assign(people=CELLS["people"] * 2)
    one, other = affected(area), affected(area, neighbourhoods=double, cells=cells)
    np.testing.assert_allclose(other["affected"], 2 * one["affected"])
    np.testing.assert_allclose(other["share"], one["share"])
    np.testing.assert_allclose(other["high"], 2 * one["high"])


def country(across: int) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    squares = {
        f"N{i:03d}{j:03d}": shapely.segmentize(square(1000 * i, 1000 * j), 20)
        for i in range(across)
        for j in range(across)
    }
    places = layer(squares, population=[1600] * len(squares))
    return places, even_cells(places, 250)
