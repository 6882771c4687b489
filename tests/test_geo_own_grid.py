"""A population grid of the municipality's own takes the place of the estimate."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.own_grid import cells_from_squares, squares_of
from geo.population import population_cells
from tests.geo_kit import X0, Y0, row_of_squares, square

PLACES = row_of_squares([100, 300])
ESTIMATE = population_cells(PLACES, water=None, built_up=None)


def points(*rows: tuple[float, float, float]) -> gpd.GeoDataFrame:
    """Return counted points by metres from the kit's origin."""
    spots = [shapely.Point(X0 + x, Y0 + y) for x, y, _n in rows]
    return gpd.GeoDataFrame({"antal": [n for _x, _y, n in rows]}, geometry=spots, crs="EPSG:3006")


def people_in(cells: gpd.GeoDataFrame, zone: shapely.Geometry) -> float:
    return float(cells.loc[cells.centroid.within(zone), "people"].sum())


def test_addresses_are_summed_over_squares_and_forgotten():
    squares = squares_of(points((10, 10, 2), (90, 99.9, 3), (100, 10, 4)), "antal", 100)
    assert squares.to_dict("list") == {
        "west": [X0, X0 + 100],
        "south": [Y0, Y0],
        "people": [5.0, 4.0],
    }


def test_a_corner_written_with_decimals_stays_in_its_square():
    squares = squares_of(points((99.999999, 0, 1)), "antal", 100)
    assert squares["west"].tolist() == [X0 + 100]


def test_squares_themselves_may_be_given():
    frame = gpd.GeoDataFrame({"n": [7]}, geometry=[square(250, 500, 250)], crs="EPSG:3006")
    assert squares_of(frame, "n", 250).iloc[0].tolist() == [X0 + 250, Y0 + 500, 7]


def test_people_move_to_the_squares_where_they_were_counted():
    squares = squares_of(points((0, 0, 90), (500, 0, 10), (1000, 0, 300)), "antal", 500)
    cells, fit = cells_from_squares(ESTIMATE, squares, 500)
    assert people_in(cells, square(0, 0, 500)) == pytest.approx(90)
    assert people_in(cells, square(500, 0, 500)) == pytest.approx(10)
    assert people_in(cells, square(1000, 0, 500)) == pytest.approx(300)
    assert people_in(cells, square(0, 500, 2000)) == 0
    assert fit.off == pytest.approx(0, abs=1e-6)
    assert (fit.counted, fit.population, fit.squares) == (400, 400, 3)


def test_the_published_figure_of_a_neighbourhood_wins_and_the_miss_is_told():
    # the grid counts half of all in A, where only 100 live
    squares = squares_of(points((0, 0, 200), (1000, 0, 200)), "antal", 1000)
    cells, fit = cells_from_squares(ESTIMATE, squares, 1000)
    assert cells.groupby("code")["people"].sum().tolist() == pytest.approx([100, 300])
    assert fit.off == pytest.approx(0.25)


def test_a_grid_of_another_year_is_scaled():
    squares = squares_of(points((0, 0, 50), (1000, 0, 150)), "antal", 1000)
    cells, fit = cells_from_squares(ESTIMATE, squares, 1000)
    assert cells["people"].sum() == pytest.approx(400)
    assert (fit.counted, fit.off) == (200, pytest.approx(0, abs=1e-9))


def test_people_where_the_estimate_has_nobody_are_found():
    town = population_cells(PLACES, water=None, built_up=square(0, 0, 300).union(square(1000, 0)))
    squares = squares_of(points((0, 0, 50), (500, 500, 50), (1000, 0, 300)), "antal", 500)
    assert people_in(town, square(500, 500, 500)) == 0
    cells, _fit = cells_from_squares(town, squares, 500)
    assert people_in(cells, square(500, 500, 500)) == pytest.approx(50, abs=0.02)
    assert cells.groupby("code")["people"].sum().tolist() == pytest.approx([100, 300])


def test_a_neighbourhood_that_the_grid_forgot_keeps_its_people():
    cells, _fit = cells_from_squares(ESTIMATE, squares_of(points((0, 0, 10)), "antal", 1000), 1000)
    assert cells.groupby("code")["people"].sum().tolist() == pytest.approx([100, 300])


def test_a_grid_that_counts_nobody_or_holds_no_numbers_is_refused():
    with pytest.raises(ValueError, match="nobody"):
        cells_from_squares(ESTIMATE, squares_of(points((0, 0, 0)), "antal", 100), 100)
    for wrong in (
        points((0, 0, -1)),
        points((0, 0, np.nan)),
        points((0, 0, 1)).to_crs("EPSG:4326"),
        gpd.GeoDataFrame({"antal": [1]}, geometry=[None], crs="EPSG:3006"),
    ):
        with pytest.raises(ValueError, match=r"numbers|EPSG|missing"):
            squares_of(wrong, "antal", 100)
    with pytest.raises(ValueError, match="column"):
        squares_of(points((0, 0, 1)), "personer", 100)


def test_an_estimate_of_nobody_and_squares_without_a_place_are_refused():
    squares = squares_of(points((0, 0, 10)), "antal", 100)
    for nobody in (ESTIMATE.iloc[:0], ESTIMATE.assign(people=0.0)):
        with pytest.raises(ValueError, match="the estimate has nobody"):
            cells_from_squares(nobody, squares, 100)
    with pytest.raises(ValueError, match="cells lack"):
        cells_from_squares(ESTIMATE.drop(columns="code"), squares, 100)
    with pytest.raises(ValueError, match="cells must be in"):
        cells_from_squares(ESTIMATE.to_crs("EPSG:4326"), squares, 100)
    for column in ("west", "south", "people"):
        with pytest.raises(ValueError, match=f"squares lack .*{column}"):
            cells_from_squares(ESTIMATE, squares.drop(columns=column), 100)


def test_cells_come_out_like_the_estimates():
    squares = squares_of(points((0, 0, 90), (500, 0, 10), (1000, 0, 300)), "antal", 500)
    cells, fit = cells_from_squares(ESTIMATE, squares, 500)
    assert list(cells.columns) == ["geometry", "people", "code"]
    assert isinstance(cells.index, pd.RangeIndex)
    assert cells.crs == "EPSG:3006"
    assert (cells.area == 10_000).all()
    assert set(cells["code"]) == {"A", "B"}
    assert fit.rounds >= 1


def test_inside_a_square_people_stay_where_the_estimate_has_them():
    uneven = ESTIMATE[ESTIMATE["code"] == "A"].copy()
    west = uneven.centroid.x < X0 + 500
    uneven["people"] = np.where(west, 1.5, 0.5)
    squares = squares_of(points((0, 0, 30), (0, 500, 70)), "antal", 1000)
    cells, _fit = cells_from_squares(uneven, squares, 1000)
    assert people_in(cells, square(0, 0).intersection(square(-500, 0))) == pytest.approx(75)


def test_squares_where_nobody_was_counted_are_no_squares():
    some = squares_of(points((0, 0, 100), (1000, 0, 300)), "antal", 1000)
    more = squares_of(points((0, 0, 100), (1000, 0, 300), (9000, 0, 0)), "antal", 1000)
    one, other = (cells_from_squares(ESTIMATE, squares, 1000) for squares in (some, more))
    pd.testing.assert_frame_equal(one[0], other[0])
    assert one[1] == other[1]
    assert other[1].squares == 2


def test_the_miss_counts_each_person_in_another_square_once():
    # 400 were counted in A's square, where 100 live: B's 300 have no counted square
    squares = squares_of(points((0, 0, 400)), "antal", 1000)
    _cells, fit = cells_from_squares(ESTIMATE, squares, 1000)
    assert fit.off == pytest.approx(0.75)


@pytest.mark.parametrize("side", [100, 250, 500, 1000])
def test_a_bare_square_is_filled_evenly_with_whole_cells(side: float):
    town = population_cells(PLACES, water=None, built_up=square(1000, 0))
    town = town[town["code"] == "B"]
    squares = squares_of(points((2000, 0, 50), (1000, 0, 50)), "antal", side)
    cells, _fit = cells_from_squares(town, squares, side)
    new = cells[cells.centroid.x > X0 + 2000]
    assert set(new["code"]) == {"B"}
    assert new.union_all().equals(square(2000, 0, side))
    assert len(new) == max(1, int(side // 100)) ** 2
    assert new["people"].max() == pytest.approx(new["people"].min())


def test_a_counted_point_counts_where_its_lower_left_corner_is():
    shapes = [square(0, 0, 1), square(99, 99, 50), square(-1, 0, 500)]
    frame = gpd.GeoDataFrame({"n": [1, 2, 4]}, geometry=shapes, crs="EPSG:3006")
    squares = squares_of(frame, "n", 100)
    assert squares.to_dict("list") == {
        "west": [X0 - 100, X0],
        "south": [Y0, Y0],
        "people": [4.0, 3.0],
    }
    assert squares_of(frame.iloc[:0], "n", 100).empty


def test_a_point_without_a_place_is_refused():
    for nowhere in (None, shapely.Point()):
        frame = gpd.GeoDataFrame({"antal": [1]}, geometry=[nowhere], crs="EPSG:3006")
        with pytest.raises(ValueError, match="a point is missing"):
            squares_of(frame, "antal", 100)


@settings(max_examples=40)
@given(
    rows=st.lists(
        st.tuples(st.floats(-500, 2500), st.floats(-500, 1500), st.floats(0.1, 900)),
        min_size=1,
        max_size=25,
    ),
    side=st.sampled_from([100, 250, 500, 1000]),
)
def test_every_neighbourhood_keeps_its_people(rows: list, side: float):
    squares = squares_of(points(*rows), "antal", side)
    cells, fit = cells_from_squares(ESTIMATE, squares, side)
    pd.testing.assert_series_equal(
        cells.groupby("code")["people"].sum(),
        PLACES["population"].astype(float).rename("people"),
        atol=1e-6,
    )
    assert (cells["people"] > 0).all()
    assert 0 <= fit.off <= 1 + 1e-9


def test_bare_squares_that_are_no_multiple_of_a_cell_are_filled_within_their_borders():
    town = population_cells(PLACES, water=None, built_up=square(0, 0, 200).union(square(1000, 0)))
    counted = points((0, 0, 100), (500, 500, 25), (750, 500, 25), (1000, 0, 250))
    cells, _fit = cells_from_squares(town, squares_of(counted, "antal", 250), 250)
    assert people_in(cells, square(500, 500, 250)) == pytest.approx(25, abs=0.02)
    assert people_in(cells, square(750, 500, 250)) == pytest.approx(25, abs=0.02)
    new = cells[cells.geometry.bounds["miny"] >= Y0 + 500].geometry
    assert new.union_all().area == pytest.approx(new.area.sum())
