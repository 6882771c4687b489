"""Shapes and names that are light enough to draw, and the way between the two systems."""

from __future__ import annotations

import itertools

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import crs
from geo.basemap import place_labels, simplify_coverage
from tests.geo_kit import X0, Y0, layer, row_of_squares, square


def test_simplified_areas_still_lie_edge_to_edge():
    x = np.arange(0, 1001, 10.0)
    wavy = np.column_stack([X0 + x, Y0 + 500 + 3 * np.sin(x)])
    south = shapely.Polygon([*wavy, (X0 + 1000, Y0), (X0, Y0)])
    north = shapely.Polygon([*wavy, (X0 + 1000, Y0 + 1000), (X0, Y0 + 1000)])
    frame = layer({"south": south, "north": north})
    simple = simplify_coverage(frame, 20)
    assert shapely.get_num_coordinates(simple.geometry).sum() < 30
    assert shapely.coverage_is_valid(simple.geometry.to_numpy())
    assert simple.union_all().area == pytest.approx(1_000_000)
    assert list(simple.index) == ["south", "north"]
    assert shapely.get_num_coordinates(frame.geometry).sum() > 200


def test_simplifying_in_degrees_or_backwards_is_refused():
    with pytest.raises(ValueError, match="EPSG"):
        simplify_coverage(row_of_squares([1]).to_crs("EPSG:4326"), 10)
    with pytest.raises(ValueError, match="tolerance"):
        simplify_coverage(row_of_squares([1]), -1)


def test_a_tolerance_of_nothing_changes_nothing_and_the_frame_is_checked():
    frame = row_of_squares([1, 2])
    same = simplify_coverage(frame, 0)
    assert same.geometry.geom_equals(frame.geometry).all()
    pd.testing.assert_frame_equal(same.drop(columns="geometry"), frame.drop(columns="geometry"))
    assert same.crs == "EPSG:3006"
    with pytest.raises(ValueError, match="tolerance"):
        simplify_coverage(frame, np.nan)
    bow = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    with pytest.raises(ValueError, match="frame: not a valid polygon"):
        simplify_coverage(layer({"bow": bow}), 1)


def points(*places: tuple[str, int, float]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"name": [p[0] for p in places], "rank": [p[1] for p in places]},
        geometry=[shapely.Point(X0 + p[2], Y0) for p in places],
        crs="EPSG:3006",
    )


def test_a_less_important_name_waits_until_it_has_room():
    labels = place_labels(points(("Skola", 2, 100), ("Karlskoga", 1, 0), ("Ekeby", 2, 20_000)))
    by_name = labels.set_index("name")["min_zoom"]
    assert by_name["Karlskoga"] == by_name["Ekeby"] == 10
    # 80 pixels are needed and 100 m are 41 pixels at zoom 15
    assert by_name["Skola"] == 16
    assert list(labels["name"]) == ["Skola", "Karlskoga", "Ekeby"]


def test_a_name_on_top_of_another_is_left_out():
    labels = place_labels(points(("Torget", 1, 0), ("Torget södra", 2, 0)))
    assert list(labels["name"]) == ["Torget"]
    assert place_labels(points()).empty


def test_equal_ranks_go_by_name_whatever_the_order_of_rows():
    places = points(("Torp", 1, 0), ("Berg", 1, 100))
    for frame in (places, places.iloc[::-1]):
        labels = place_labels(frame).set_index("name")["min_zoom"]
        assert labels["Berg"] == 10 < labels["Torp"]
        assert list(labels.index) == list(frame["name"])


def test_names_need_half_their_widths_beside_each_other_or_a_line_above():
    # at zoom 15 a pixel is 2.44 m here: 6 + 7 pixels a letter wide, 22 pixels high
    pixel_m = 156543.03 * np.cos(np.radians(59.3221)) / 2**15
    beside = (4 * 7 + 6) / 2 + (2 * 7 + 6) / 2
    one = (15, 15)
    for share, names in ((1.001, 2), (0.999, 1)):
        frame = points(("Berg", 1, 0), ("By", 2, beside * pixel_m * share))
        assert len(place_labels(frame, zooms=one)) == names
        above = points(("Berg", 1, 0), ("By", 2, 0))
        geometry = [above.geometry.iloc[0], shapely.Point(X0, Y0 + 22 * pixel_m * share)]
        assert len(place_labels(above.set_geometry(geometry), zooms=one)) == names


def test_the_maps_zooms_are_the_callers():
    places = points(("Karlskoga", 1, 0), ("Skola", 2, 100))
    assert list(place_labels(places, zooms=(12, 13))["min_zoom"]) == [12]
    assert list(place_labels(places, zooms=(17, 17))["min_zoom"]) == [17, 17]
    labels = place_labels(places)
    assert labels["min_zoom"].dtype == np.int64
    assert list(labels.columns) == ["name", "rank", "geometry", "min_zoom"]
    none = place_labels(points())
    assert list(none.columns) == list(labels.columns)
    assert none["min_zoom"].dtype == np.int64


def test_names_without_a_rank_or_in_degrees_are_refused():
    places = points(("Torp", 1, 0))
    for wrong, why in (
        (places.to_crs("EPSG:4326"), "points must be in"),
        (places.drop(columns="rank"), "points lack the column rank"),
        (places.assign(rank=np.nan), "points: rank must be numbers"),
    ):
        with pytest.raises(ValueError, match=why):
            place_labels(wrong)


@settings(max_examples=40)
@given(
    places=st.lists(
        st.tuples(
            st.sampled_from(["Ö", "Ekeby", "Karls-Åby"]), st.integers(1, 3), st.floats(0, 9e3)
        ),
        min_size=1,
        max_size=15,
    )
)
def test_no_two_names_collide_at_any_zoom(places: list):
    labels = place_labels(points(*places))
    assert labels["min_zoom"].between(10, 18).all()
    for zoom in range(10, 19):
        drawn = labels[labels["min_zoom"] <= zoom]
        pixel_m = 156543.03 * np.cos(np.radians(59.32)) / 2**zoom
        ends = sorted(
            (p.x / pixel_m - 3.5 * len(n), p.x / pixel_m + 3.5 * len(n))
            for n, p in zip(drawn["name"], drawn.geometry, strict=True)
        )
        assert all(left[1] <= right[0] for left, right in itertools.pairwise(ends))


@given(lon=st.floats(10, 24), lat=st.floats(55, 69))
def test_there_and_back_again_is_the_same_place(lon: float, lat: float):
    assert crs.point_to_degrees(*crs.point_to_metric(lon, lat)) == pytest.approx((lon, lat))


def test_a_known_point_of_the_grid():
    # on the middle meridian of SWEREF 99 TM, 15 degrees east, the easting is 500 km
    assert crs.point_to_metric(15.0, 59.0)[0] == pytest.approx(500_000, abs=1e-6)


def test_rows_of_coordinates_go_both_ways_like_single_points():
    degrees = np.array([[14.5, 59.3], [15.0, 59.0], [14.4, 59.4]])
    metric = crs.coordinates_to_metric(degrees)
    assert metric.shape == (3, 2)
    for row, (lon, lat) in zip(metric, degrees, strict=True):
        assert tuple(row) == crs.point_to_metric(lon, lat)
    back = crs.coordinates_to_degrees(metric)
    for row, (x, y) in zip(back, metric, strict=True):
        assert tuple(row) == crs.point_to_degrees(x, y)
    np.testing.assert_allclose(back, degrees, atol=1e-9)
    assert crs.coordinates_to_metric(np.empty((0, 2))).shape == (0, 2)


def test_what_has_no_place_in_the_projection_is_infinite():
    assert crs.point_to_metric(14.5, 95.0) == (np.inf, np.inf)
    assert all(type(number) is float for number in crs.point_to_metric(14.5, 59.3))
    assert all(type(number) is float for number in crs.point_to_degrees(X0, Y0))


def test_frames_and_geometry_go_both_ways():
    frame = row_of_squares([1, 2])
    back = crs.to_metric(crs.to_degrees(frame))
    assert back.crs == "EPSG:3006"
    assert back.geometry.geom_equals_exact(frame.geometry, 1e-3).all()
    shape = square(0, 0)
    there = crs.geometry_to_degrees(shape)
    assert 14 < there.centroid.x < 15
    assert crs.geometry_to_metric(there).equals_exact(shape, 1e-3)
    unsaid = frame.set_crs(None, allow_override=True)
    for turn in (crs.to_degrees, crs.to_metric):
        with pytest.raises(ValueError, match="system"):
            turn(unsaid)
    assert crs.to_degrees(frame).crs == "EPSG:4326"
    assert frame.crs == "EPSG:3006"
