"""People in squares: nobody is lost, and the voters come out as counted."""

from __future__ import annotations

import math

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.population import (
    ANCHOR_REACH_M,
    balanced_cells,
    count_adults,
    population_cells,
    recode,
    scaled_to,
    with_groups,
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


def test_without_districts_nothing_is_balanced_or_missed():
    _cells, report = balanced_cells(row_of_squares([100]), water=None, built_up=None)
    assert (report.rounds, report.adults, report.voters) == (0, 0, 0)
    assert (report.misses, report.unmatched) == ({}, ())
    assert report.converged


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


@pytest.mark.parametrize("which", ["water", "built_up", "anchors"])
def test_land_in_another_system_is_refused_and_named(which: str):
    land = {"water": None, "built_up": None, which: ground(square(0, 0)).to_crs("EPSG:4326")}
    with pytest.raises(ValueError, match=f"^{which} must be in EPSG:3006"):
        population_cells(row_of_squares([100]), **land)


@pytest.mark.parametrize("which", ["water", "built_up"])
def test_land_that_crosses_itself_is_refused_and_named(which: str):
    bow = shapely.Polygon([(X0, Y0), (X0 + 9, Y0 + 9), (X0 + 9, Y0), (X0, Y0 + 9)])
    land = {"water": None, "built_up": None, which: ground(bow)}
    with pytest.raises(ValueError, match=f"^{which} holds an invalid geometry"):
        population_cells(row_of_squares([100]), **land)


def test_anchors_that_are_none_change_nothing():
    places, town = row_of_squares([100]), square(0, 0, 300)
    plain = population_cells(places, water=None, built_up=town)
    none = population_cells(places, water=None, built_up=town, anchors=ground())
    pd.testing.assert_frame_equal(plain, none)


def test_land_near_an_anchor_weighs_a_twentieth_of_built_up_land():
    # 10 ha of town, and the reach of a stop that meets neither the town nor the border
    places, town = row_of_squares([100]), shapely.box(X0, Y0, X0 + 100, Y0 + 1000)
    stop = ground(shapely.Point(X0 + 550, Y0 + 500))
    cells = population_cells(places, water=None, built_up=town, anchors=stop)
    thin = 0.05 * math.pi * ANCHOR_REACH_M**2
    assert people_in(cells, town) == pytest.approx(100 * 100_000 / (100_000 + thin), rel=2e-3)


def test_another_layer_gets_all_the_people():
    places = row_of_squares([100, 200])
    cells = population_cells(places, water=None, built_up=None)
    halves = layer({"south": shapely.box(X0, Y0, X0 + 2000, Y0 + 500)})
    one = recode(cells, halves)
    assert people_by(one).to_dict() == pytest.approx({"south": 300})
    west = shapely.box(X0, Y0, X0 + 500, Y0 + 1000)
    whole = layer({"x": west, "y": shapely.box(X0 + 500, Y0, X0 + 2000, Y0 + 1000)})
    assert people_by(recode(cells, whole)).to_dict() == pytest.approx({"x": 50, "y": 250})


BOTH = row_of_squares([100, 200])
BOTH_CELLS = population_cells(BOTH, water=None, built_up=None)


def test_a_cell_outside_a_layer_goes_to_the_nearest_or_is_left_out():
    part = layer({"east": square(1500, 0)})
    every, some = recode(BOTH_CELLS, part), recode(BOTH_CELLS, part, nearest=False)
    assert people_by(every).to_dict() == pytest.approx({"east": 300})
    assert people_by(some).to_dict() == pytest.approx({"east": 100})
    assert (some.centroid.x > X0 + 1500).all()
    for frame in (every, some):
        assert list(frame.columns) == ["geometry", "people", "code"]
        assert isinstance(frame.index, pd.RangeIndex)
        assert frame.crs == "EPSG:3006"
        assert (frame.area == 10_000).all()


def test_a_layer_where_nobody_lives_gets_no_cells():
    nowhere = recode(BOTH_CELLS, layer({"far": square(50_000, 0)}), nearest=False)
    assert nowhere.empty
    assert list(nowhere.columns) == ["geometry", "people", "code"]


@pytest.mark.parametrize("nearest", [True, False])
@pytest.mark.parametrize("codes", ["ab", "ba"])
def test_a_centre_on_a_border_goes_to_the_first_code_whatever_the_order_of_rows(codes, nearest):
    # the border runs through the middle of the tenth column of squares
    west = shapely.box(X0, Y0, X0 + 950, Y0 + 1000)
    east = shapely.box(X0 + 950, Y0, X0 + 2000, Y0 + 1000)
    halves = layer(dict(zip(codes, (west, east), strict=True)))
    for frame in (halves, halves.iloc[::-1]):
        found = people_by(recode(BOTH_CELLS, frame, nearest=nearest))
        expected = {codes[0]: 90.0, codes[1]: 200.0}
        expected["a"] += 10
        assert found.to_dict() == pytest.approx(expected)


def test_a_layer_that_cannot_be_trusted_gets_no_people():
    bow = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    for wrong, why in (
        (BOTH.to_crs("EPSG:4326"), "EPSG"),
        (BOTH.iloc[[0, 0]], "twice"),
        (BOTH.iloc[:0], "no polygons"),
        (layer({"bow": bow}), "polygon"),
    ):
        for nearest in (True, False):
            with pytest.raises(ValueError, match=f"^layer.*{why}"):
                recode(BOTH_CELLS, wrong, nearest=nearest)
    with pytest.raises(ValueError, match=r"^cells lack"):
        recode(BOTH_CELLS.drop(columns="code"), BOTH)


def test_people_are_scaled_to_what_is_counted_and_groups_alike():
    cells = with_groups(BOTH_CELLS, pd.DataFrame({"old": [20, 50]}, index=["A", "B"]))
    # in another order, and with a neighbourhood that has no cells
    counted = pd.Series({"far": 7, "B": 300, "A": 50})
    scaled = scaled_to(cells, counted)
    assert people_by(scaled).to_dict() == pytest.approx({"A": 50, "B": 300})
    assert scaled.groupby("code")["old"].sum().to_dict() == pytest.approx({"A": 10, "B": 75})
    assert list(scaled.columns) == list(cells.columns)
    for kept in ("geometry", "code"):
        assert scaled[kept].equals(cells[kept])
    # the caller's own cells are left alone
    assert people_by(cells).to_dict() == pytest.approx({"A": 100, "B": 200})


def test_cells_of_nobody_stay_so_and_a_neighbourhood_may_be_emptied():
    cells = BOTH_CELLS.assign(people=np.where(BOTH_CELLS["code"] == "A", 0.0, 2.0))
    scaled = scaled_to(cells, pd.Series({"A": 50, "B": 30}))
    assert people_by(scaled).to_dict() == pytest.approx({"A": 0, "B": 30})
    assert (scaled_to(cells, pd.Series({"A": 1, "B": 0}))["people"] == 0).all()


@pytest.mark.parametrize(
    ("population", "why"),
    [
        (pd.Series({"A": 1}), "lacks the code B"),
        (pd.Series({"A": 1, "B": np.nan}), "numbers"),
        (pd.Series({"A": 1, "B": -1}), "numbers"),
        (pd.Series([1, 2, 3], index=["A", "B", "B"]), "twice"),
    ],
)
def test_a_population_that_does_not_fit_the_cells_is_refused_and_named(population, why: str):
    with pytest.raises(ValueError, match=f"^population.*{why}"):
        scaled_to(BOTH_CELLS, population)


def test_cells_without_people_or_system_are_not_scaled_or_grouped():
    counted, groups = pd.Series({"A": 1, "B": 1}), pd.DataFrame({"x": [1, 1]}, index=["A", "B"])
    for wrong in (BOTH_CELLS.to_crs("EPSG:4326"), BOTH_CELLS.drop(columns="people")):
        with pytest.raises(ValueError, match=r"^cells"):
            scaled_to(wrong, counted)
        with pytest.raises(ValueError, match=r"^cells"):
            with_groups(wrong, groups)


def test_a_group_lives_where_everyone_does_and_nowhere_where_nobody_does():
    cells = BOTH_CELLS.assign(people=np.where(BOTH_CELLS["code"] == "A", 0.0, 2.0))
    counts = pd.DataFrame({"old": [40, 50], "homes": [9, 100]}, index=["A", "B"])
    grouped = with_groups(cells, counts.loc[["B", "A"]])
    assert list(grouped.columns) == ["geometry", "people", "code", "old", "homes"]
    of_b = cells["code"] == "B"
    assert np.allclose(grouped.loc[of_b, "old"], 0.5)
    assert np.allclose(grouped.loc[of_b, "homes"], 1)
    assert (grouped.loc[~of_b, ["old", "homes"]] == 0).all(axis=None)
    with pytest.raises(ValueError, match=r"^counts: .* twice"):
        with_groups(cells, counts.iloc[[0, 1, 1]])


def test_a_shared_square_becomes_one_in_another_layer():
    squares = {"A": square(0, 0, 150), "B": shapely.box(X0 + 150, Y0, X0 + 300, Y0 + 150)}
    cells = population_cells(layer(squares, population=[90, 90]), water=None, built_up=None)
    merged = recode(cells, layer({"all": square(0, 0)}))
    assert not merged.geometry.apply(lambda g: g.wkt).duplicated().any()
    assert merged["people"].sum() == pytest.approx(180)


def test_two_fifths_of_the_band_15_to_19_are_grown_up():
    bands = pd.DataFrame({"10-14": [50], "15-19": [100], "20-24": [10], "80+": [5]}, index=["A"])
    adults = count_adults(bands)
    assert adults.to_dict() == {"A": 55}
    assert adults.name == "adults"
    for wrong in (
        bands.drop(columns="15-19"),
        bands.rename(columns={"20-24": "16-24"}),
        bands.rename(columns={"20-24": "19-24"}),
    ):
        with pytest.raises(ValueError, match="15-19"):
            count_adults(wrong)
