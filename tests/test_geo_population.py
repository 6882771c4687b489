"""People in squares: nobody is lost, and the voters come out as counted."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import balance
from geo.population import (
    ANCHOR_REACH_M,
    balanced_cells,
    count_adults,
    population_cells,
    recode,
)
from tests.geo_kit import X0, Y0, layer, row_of_squares, square


def ground(*polygons: shapely.Polygon) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=list(polygons), crs="EPSG:3006")


def people_by(cells: gpd.GeoDataFrame) -> pd.Series:
    return cells.groupby("code")["people"].sum()


def people_in(cells: gpd.GeoDataFrame, place: shapely.Polygon) -> float:
    return cells["people"][cells.centroid.intersects(place)].sum()


def assert_sums(cells: gpd.GeoDataFrame, neighbourhoods: gpd.GeoDataFrame):
    some = neighbourhoods["population"][neighbourhoods["population"] > 0]
    sums = people_by(cells).reindex(some.index)
    np.testing.assert_allclose(sums, some, rtol=0, atol=1e-9)
    assert set(cells["code"]) == set(some.index)


def test_cells_are_squares_with_people_and_code():
    cells = population_cells(row_of_squares([100]), water=None, built_up=None)
    assert list(cells.columns) == ["geometry", "people", "code"]
    assert isinstance(cells.index, pd.RangeIndex)
    assert cells.crs == "EPSG:3006"
    assert len(cells) == 100
    assert (cells.area == 10_000).all()
    assert np.allclose(cells["people"], 1)


def test_people_live_on_built_up_land_without_water():
    places = row_of_squares([100, 50])
    town, lake = square(0, 0, 400), square(0, 0, 200)
    cells = population_cells(places, water=ground(lake), built_up=ground(town))
    of_a = cells[cells["code"] == "A"]
    assert len(of_a) == 12
    assert of_a.intersects(town).all()
    assert not of_a.centroid.intersects(lake).any()
    assert np.allclose(of_a["people"], 100 / 12)
    assert_sums(cells, places)


def test_the_share_of_a_square_follows_its_built_up_ground():
    places = row_of_squares([30])
    town = shapely.box(X0, Y0, X0 + 150, Y0 + 100)
    cells = population_cells(places, water=None, built_up=town)
    assert sorted(cells["people"].round(9)) == [10, 20]


def test_outside_town_people_live_near_anchors_and_more_thinly():
    places = row_of_squares([100])
    town = square(0, 0, 100)
    stop = gpd.GeoDataFrame(geometry=[shapely.Point(X0 + 900, Y0 + 900)], crs="EPSG:3006")
    cells = population_cells(places, water=None, built_up=town, anchors=stop)
    in_town = people_in(cells, town)
    assert in_town == cells["people"].max()
    others = cells[~cells.centroid.intersects(town)]
    assert len(others) > 10
    assert others.distance(stop.geometry.iloc[0]).max() <= ANCHOR_REACH_M
    assert_sums(cells, places)


def test_a_neighbourhood_without_town_is_filled_over_its_land():
    places = row_of_squares([100, 100])
    lake = square(1000, 0, 500)
    cells = population_cells(places, water=ground(lake), built_up=ground(square(0, 0, 300)))
    of_b = cells[cells["code"] == "B"]
    assert len(of_b) == 75
    assert not of_b.centroid.intersects(lake).any()
    assert_sums(cells, places)


def test_a_neighbourhood_under_water_keeps_its_people():
    places = row_of_squares([100, 7])
    cells = population_cells(places, water=square(1000, 0), built_up=None)
    assert_sums(cells, places)


def test_a_square_on_a_border_stands_once_for_each_neighbourhood():
    squares = {"A": square(0, 0, 150), "B": shapely.box(X0 + 150, Y0, X0 + 300, Y0 + 150)}
    places = layer(squares, population=[90, 90])
    cells = population_cells(places, water=None, built_up=None)
    shared = cells[cells.centroid.x == X0 + 150]
    assert list(shared.groupby("code").size()) == [2, 2]
    assert_sums(cells, places)


def test_a_neighbourhood_where_nobody_lives_has_no_cells():
    cells = population_cells(row_of_squares([100, 0]), water=None, built_up=None)
    assert set(cells["code"]) == {"A"}
    assert (cells["people"] > 0).all()


def test_voters_come_out_as_counted():
    places = row_of_squares([1000, 1000], adults=[800, 500])
    town = [square(0, 400, 600), square(1400, 0, 600)]
    # the districts cut both neighbourhoods, in other parts than the land does
    north = shapely.box(X0, Y0 + 500, X0 + 2000, Y0 + 1000)
    south = shapely.box(X0, Y0, X0 + 2000, Y0 + 500)
    districts = layer({"north": north, "south": south}, voters=[390, 260])
    cells, report = balanced_cells(
        places, water=None, built_up=ground(*town), second_layer=districts
    )
    assert_sums(cells, places)
    voters = cells["people"] * cells["code"].map(places["adults"] / places["population"])
    in_north = voters[cells.centroid.y > Y0 + 500].sum()
    assert in_north == pytest.approx(1300 * 390 / 650, abs=0.02)
    assert report.converged
    assert report.largest_miss < 0.02
    assert (report.adults, report.voters) == (1300, 650)
    assert report.unmatched == ()
    assert 1 <= report.rounds < 500


def test_a_district_that_cannot_be_reached_is_reported_and_the_sums_hold():
    places = row_of_squares([1000], adults=[700])
    districts = layer(
        {"here": square(0, 0), "empty": square(0, 1000), "far": square(50_000, 0)},
        voters=[500, 0, 200],
    )
    cells, report = balanced_cells(places, water=None, built_up=None, second_layer=districts)
    assert_sums(cells, places)
    assert report.unmatched == ("far",)
    assert not report.converged
    assert report.misses["here"] == pytest.approx(0, abs=0.01)


def test_a_district_without_town_still_gets_its_voters():
    places = row_of_squares([1000], adults=[1000])
    districts = layer(
        {"town": shapely.box(X0, Y0, X0 + 500, Y0 + 1000), "land": square(500, 0)},
        voters=[750, 250],
    )
    built_up = square(0, 0, 300)
    cells, report = balanced_cells(places, water=None, built_up=built_up, second_layer=districts)
    assert report.converged
    assert people_in(cells, square(501, 0)) == pytest.approx(250, abs=0.02)
    assert_sums(cells, places)


@pytest.mark.parametrize("voters", [[0, 0], [0, 10]])
@pytest.mark.parametrize("adults", [[0, 0], [0, 70], [100, 70]])
def test_empty_districts_and_childrens_neighbourhoods_do_no_harm(voters: list, adults: list):
    places = row_of_squares([100, 70], adults=adults)
    districts = layer({"a": square(0, 0), "b": square(1000, 0)}, voters=voters)
    cells = population_cells(places, water=None, built_up=None, second_layer=districts)
    assert_sums(cells, places)


def test_the_order_of_rows_does_not_matter():
    places = row_of_squares([100, 333, 71], adults=[80, 200, 60])
    districts = layer({"x": square(0, 0, 1700), "y": square(1700, 0, 1300)}, voters=[200, 150])
    options = {"water": square(300, 300, 500), "built_up": square(200, 0, 2000)}
    one = population_cells(places, second_layer=districts, **options)
    other = population_cells(places.iloc[::-1], second_layer=districts.iloc[::-1], **options)

    def by_place(cells: gpd.GeoDataFrame) -> pd.Series:
        at = [cells["code"], cells.bounds.minx, cells.bounds.miny]
        return cells["people"].groupby(at).sum()

    pd.testing.assert_series_equal(by_place(one), by_place(other), check_exact=False, rtol=1e-6)


corner = st.floats(-500, 3500)
shapes = st.builds(square, corner, corner, st.floats(1, 2000))


@settings(max_examples=60)
@given(
    population=st.lists(st.integers(0, 3000), min_size=1, max_size=4),
    wet=shapes,
    town=shapes,
    cut=st.floats(1, 3999),
    voters=st.tuples(st.integers(0, 3000), st.integers(0, 3000)),
    cell_m=st.sampled_from([50, 100, 250, 1000]),
)
def test_every_neighbourhood_keeps_its_people(population, wet, town, cut, voters, cell_m):
    places = row_of_squares(population, adults=[n * 0.8 for n in population])
    west = shapely.box(X0, Y0, X0 + cut, Y0 + 1000)
    east = shapely.box(X0 + cut, Y0, X0 + 4000, Y0 + 1000)
    cells = population_cells(
        places,
        water=wet,
        built_up=town,
        second_layer=layer({"west": west, "east": east}, voters=list(voters)),
        cell_m=cell_m,
    )
    assert_sums(cells, places)
    assert (cells["people"] > 0).all()
    assert np.allclose(cells.area, cell_m**2)


def test_frames_that_cannot_be_trusted_are_refused():
    places = row_of_squares([100])
    districts = layer({"a": square(0, 0)}, voters=[10])
    bow = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    for wrong, second in [
        (places.to_crs("EPSG:4326"), None),
        (places.drop(columns="population"), None),
        (places.assign(population=[-1]), None),
        (places.assign(population=[np.nan]), None),
        (places.set_geometry([bow], crs="EPSG:3006"), None),
        (pd.concat([places, places]), None),
        (places, districts),  # no adults
        (places.assign(adults=[80]), districts.drop(columns="voters")),
    ]:
        with pytest.raises(ValueError, match=r"neighbourhoods|second_layer"):
            population_cells(wrong, water=None, built_up=None, second_layer=second)


def test_another_layer_gets_all_the_people():
    places = row_of_squares([100, 200])
    cells = population_cells(places, water=None, built_up=None)
    halves = layer({"south": shapely.box(X0, Y0, X0 + 2000, Y0 + 500)})
    one = recode(cells, halves)
    assert people_by(one).to_dict() == pytest.approx({"south": 300})
    west = shapely.box(X0, Y0, X0 + 500, Y0 + 1000)
    whole = layer({"x": west, "y": shapely.box(X0 + 500, Y0, X0 + 2000, Y0 + 1000)})
    assert people_by(recode(cells, whole)).to_dict() == pytest.approx({"x": 50, "y": 250})


def test_a_shared_square_becomes_one_in_another_layer():
    squares = {"A": square(0, 0, 150), "B": shapely.box(X0 + 150, Y0, X0 + 300, Y0 + 150)}
    cells = population_cells(layer(squares, population=[90, 90]), water=None, built_up=None)
    merged = recode(cells, layer({"all": square(0, 0)}))
    assert not merged.geometry.apply(lambda g: g.wkt).duplicated().any()
    assert merged["people"].sum() == pytest.approx(180)


def test_two_fifths_of_the_band_15_to_19_are_grown_up():
    bands = pd.DataFrame({"10-14": [50], "15-19": [100], "20-24": [10], "80+": [5]}, index=["A"])
    assert count_adults(bands).to_dict() == {"A": 55}
    with pytest.raises(ValueError, match="15-19"):
        count_adults(bands.drop(columns="15-19"))


@settings(max_examples=100)
@given(
    seed=st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=1, max_size=4),
    columns=st.tuples(*[st.integers(0, 50)] * 3),
)
def test_rows_are_kept_whatever_the_columns_ask_for(seed: list, columns: tuple):
    table = np.array(seed, dtype=float)
    rows = np.arange(1.0, len(table) + 1)
    fitted, _ = balance.fit(table, rows, np.array(columns, dtype=float))
    has_ground = table.sum(axis=1) > 0
    np.testing.assert_allclose(fitted.sum(axis=1), np.where(has_ground, rows, 0), atol=1e-9)
    assert (fitted[table == 0] == 0).all()
