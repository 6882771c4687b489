"""Other ways to weigh than bands: decay, contours, catchment areas; and groups beside the score."""

import math
import re

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.bands import Bands, Contours
from geo.impact import (
    affected_groups,
    affected_neighbourhoods,
    band_polygons,
    everyone_in_groups,
)
from geo.population import recode, with_groups
from tests.geo_kit import X0, Y0, even_cells, layer, row_of_squares, square

NEIGHBOURHOODS = row_of_squares([1000, 500, 200])
COUNTS = pd.DataFrame(
    {"0-15": [100.0, 150.0, 20.0], "homes": [400.0, 250.0, 100.0], "rented": [300.0, 25.0, 0.0]},
    index=NEIGHBOURHOODS.index,
)
CELLS = with_groups(even_cells(NEIGHBOURHOODS), COUNTS)
GROUPS = {"0-15": "people", "rented": "homes"}
BANDS = Bands(100, 300, 800)
NOTHING = shapely.MultiPolygon()


def affected(area: shapely.Geometry, **options: object) -> pd.DataFrame:
    return affected_neighbourhoods(
        area,
        NEIGHBOURHOODS,
        CELLS,
        **{"bands": BANDS, **options},  # type: ignore[arg-type]
    )


def groups(area: shapely.Geometry, **options: object) -> pd.DataFrame:
    return affected_groups(
        area,
        NEIGHBOURHOODS,
        CELLS,
        **{"groups": GROUPS, "bands": BANDS, **options},  # type: ignore[arg-type]
    )


def test_decay_weighs_each_cell_by_its_own_distance():
    bands = Bands(100, 300, 800, decay_m=400)
    frame = affected(square(1000, 0), bands=bands)
    # A's cells are 5 people each in ten columns, their centres 50, 150 ... 750 m away
    expected = sum(100 * math.exp(-d / 400) for d in range(50, 800, 100))
    assert frame.loc["A", "affected"] == pytest.approx(expected)
    assert frame.loc["B", "affected"] == pytest.approx(500)
    # the bands still tell where people live
    assert frame.loc["A", ["near", "middle", "far"]].tolist() == pytest.approx([100, 200, 500])


def test_at_the_length_of_the_decay_a_person_counts_as_one_over_e():
    weights = Bands(100, 300, 800, decay_m=400).weigh(np.array([0.0, 400.0, 800.0, 800.1]))
    assert weights == pytest.approx([1, math.exp(-1), math.exp(-2), 0])


def test_the_span_of_the_decay_holds_areal_weighting_too():
    frame = affected(square(1000, 0), bands=Bands(100, 300, 800, decay_m=400))
    # people are spread evenly here, so only the bands' length makes a difference
    shorter = affected(square(1000, 0), bands=Bands(75, 225, 600, decay_m=300))
    assert frame.loc["A", "low"] == pytest.approx(shorter.loc["A", "affected"], rel=0.02)
    assert frame.loc["B", "low"] == pytest.approx(500)
    assert frame.loc["A", "low"] < frame.loc["A", "affected"] < frame.loc["A", "high"]


@pytest.mark.parametrize("decay", [0, -1, math.nan, math.inf])
def test_a_decay_that_is_no_length_is_refused(decay: float):
    with pytest.raises(ValueError, match="decay"):
        Bands(100, 300, 800, decay_m=decay)


def test_contours_stand_in_the_place_of_distance():
    contours = Contours(near=square(0, 0, 500), middle=square(0, 0, 1000), far=NOTHING)
    frame = affected(square(2000, 0), bands=contours)
    assert frame.loc["A", ["inside", "near", "middle", "far"]].tolist() == [0, 250, 750, 0]
    assert frame.loc["A", "affected"] == pytest.approx(250 + 0.6 * 750)
    assert frame.loc["B", "within"] == 0
    assert frame.loc["C", "inside"] == pytest.approx(200)


def test_a_person_counts_in_the_contour_that_weighs_most():
    both = Contours(near=square(0, 0), middle=square(0, 0), far=square(0, 0))
    assert affected(square(2000, 0), bands=both).loc["A", "near"] == pytest.approx(1000)


def test_contours_know_areal_weighting_as_the_only_other_way():
    uneven = with_groups(even_cells(NEIGHBOURHOODS.iloc[:1]), COUNTS)
    west = shapely.centroid(uneven.geometry).x < X0 + 500
    uneven["people"] = np.where(west, 20.0, 0.0)
    contours = Contours(near=square(0, 0, 500), middle=NOTHING, far=NOTHING)
    frame = affected_neighbourhoods(square(2000, 0), NEIGHBOURHOODS, uneven, bands=contours)
    assert frame.loc["A", "affected"] == pytest.approx(500)
    assert frame.loc["A", "low"] == pytest.approx(250)


@pytest.mark.parametrize(
    "zones",
    [
        (NOTHING, NOTHING, NOTHING),
        (shapely.LineString([(0, 0), (1, 1)]), NOTHING, NOTHING),
        (shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)]), NOTHING, NOTHING),
    ],
)
def test_contours_without_ground_are_refused(zones: tuple):
    with pytest.raises(ValueError, match=r"zone|ground"):
        Contours(*zones)


def test_a_catchment_area_counts_as_far_wherever_it_lies():
    catchment = square(0, 0, 500)
    frame = affected(square(2000, 0), catchment=catchment)
    plain = affected(square(2000, 0))
    # A's nearest edge is 1 km away, beyond all bands
    assert plain.loc["A", "within"] == 0
    assert frame.loc["A", "far"] == pytest.approx(250)
    assert frame.loc["A", "affected"] == pytest.approx(0.3 * 250)
    pd.testing.assert_series_equal(frame.loc["B"].iloc[:6], plain.loc["B"].iloc[:6])


def test_a_catchment_area_never_counts_less_than_its_distance():
    frame = affected(square(1000, 0), catchment=square(0, 0))
    assert frame.loc["A", "near"] == pytest.approx(100)
    assert frame.loc["A", "far"] == pytest.approx(700)


def test_a_catchment_area_that_is_none_is_refused():
    with pytest.raises(ValueError, match="zone"):
        affected(square(0, 0), catchment=shapely.Point(0, 0))


def test_another_measure_than_the_straight_line():
    def detour(points: np.ndarray, area: shapely.Geometry, reach_m: float) -> np.ndarray:
        straight = shapely.distance(points, area)
        return np.where(shapely.get_x(points) < X0 + 1000, np.inf, straight)

    frame = affected(square(1000, 0), measure=detour)
    assert frame.loc["A", "within"] == 0
    assert frame.loc["C", "within"] == pytest.approx(affected(square(1000, 0)).loc["C", "within"])


def test_contours_are_drawn_without_overlap():
    contours = Contours(near=square(0, 0, 500), middle=square(0, 0), far=square(0, 0))
    rings = band_polygons(square(400, 0, 200), contours)
    assert list(rings.index) == ["near", "middle"]
    assert rings.area.tolist() == pytest.approx([250_000 - 20_000, 750_000 - 20_000])
    assert rings[["from_m", "to_m"]].isna().all(axis=None)


def test_groups_are_counted_in_each_band_and_neighbourhood():
    frame = groups(square(1000, 0))
    children = frame.loc[("A", "0-15")]
    # a tenth of A are children
    assert children[["near", "middle", "far"]].tolist() == pytest.approx([10, 20, 50])
    assert children["affected"] == pytest.approx(10 + 12 + 15)
    assert children["share"] == pytest.approx(0.1)
    assert children["ratio"] == pytest.approx(0.1 / (270 / 1700))
    # homes are a part of homes, not of people
    assert frame.loc[("B", "rented"), "share"] == pytest.approx(0.1)


def test_where_nobody_is_within_no_share_is_said():
    far = groups(square(8000, 0))
    assert (far["within"] == 0).all()
    assert far[["share", "ratio"]].isna().all(axis=None)


GROUP_COLUMNS = [
    *("inside", "near", "middle", "far", "within", "affected"),
    *("whole", "share", "ratio"),
]


def test_groups_come_in_the_callers_order_of_places_and_groups():
    turned = NEIGHBOURHOODS.iloc[::-1]
    area = square(1000, 0)
    frame = affected_groups(area, turned, CELLS, groups=GROUPS, bands=BANDS)
    assert list(frame.columns) == GROUP_COLUMNS
    assert list(frame.index) == [(code, group) for code in "CBA" for group in GROUPS]
    assert list(frame.index.names) == ["code", "group"]
    pd.testing.assert_frame_equal(frame, groups(area).loc[frame.index])


def test_a_group_is_a_part_of_its_own_whole_within_reach():
    # 800 people of A are within, and so 320 of its 400 homes, 240 of them rented
    row = groups(square(1000, 0)).loc[("A", "rented")]
    assert (row["within"], row["whole"]) == pytest.approx((240, 320))
    assert row["affected"] == pytest.approx(300 * (0.1 + 0.6 * 0.2 + 0.3 * 0.5))
    assert row["share"] == pytest.approx(0.75)
    assert row["ratio"] == pytest.approx(0.75 / (325 / 750))


def test_a_decision_for_everybody_has_everybody_inside():
    frame = everyone_in_groups(NEIGHBOURHOODS, CELLS, groups=GROUPS)
    assert list(frame.columns) == GROUP_COLUMNS
    assert list(frame.index) == [(code, group) for code in "ABC" for group in GROUPS]
    for group, whole in {"0-15": [1000, 500, 200], "rented": COUNTS["homes"]}.items():
        of_group = frame.xs(group, level="group")
        for column in ("inside", "within", "affected"):
            np.testing.assert_allclose(of_group[column], COUNTS[group])
        assert (of_group[["near", "middle", "far"]] == 0).all(axis=None)
        np.testing.assert_allclose(of_group["whole"], whole)
        np.testing.assert_allclose(of_group["share"], COUNTS[group] / whole)
    assert frame.loc[("B", "0-15"), "ratio"] == pytest.approx(0.3 / (270 / 1700))


def test_a_group_that_nobody_is_in_has_a_share_of_0_and_no_ratio():
    cells = CELLS.assign(nobody=0.0, no_homes=0.0)
    parts = {"nobody": "people", "0-15": "no_homes", "no_homes": "no_homes"}
    frame = affected_groups(square(0, 0), NEIGHBOURHOODS, cells, groups=parts, bands=BANDS)
    assert frame.loc[("A", "nobody"), "share"] == 0
    assert frame["ratio"].isna().all()
    for group in ("0-15", "no_homes"):
        assert frame.xs(group, level="group")["share"].isna().all()


@pytest.mark.parametrize("parts", [{"80+": "people"}, {"0-15": "cars"}])
def test_a_group_without_a_column_is_refused_and_named(parts: dict):
    missing = next(name for pair in parts.items() for name in pair if name not in CELLS)
    with pytest.raises(ValueError, match=re.escape(f"cells lack the column {missing}")):
        affected_groups(square(0, 0), NEIGHBOURHOODS, CELLS, groups=parts, bands=BANDS)
    with pytest.raises(ValueError, match=re.escape(f"cells lack the column {missing}")):
        everyone_in_groups(NEIGHBOURHOODS, CELLS, groups=parts)


def test_everybodys_groups_keep_frames_checked():
    for places, cells, why in (
        (NEIGHBOURHOODS.to_crs("EPSG:4326"), CELLS, "^neighbourhoods must be in"),
        (NEIGHBOURHOODS, CELLS.to_crs("EPSG:4326"), "^cells must be in"),
        (NEIGHBOURHOODS.iloc[:2], CELLS, "the code C, which the neighbourhoods lack"),
    ):
        with pytest.raises(ValueError, match=why):
            everyone_in_groups(places, cells, groups=GROUPS)


def test_contours_and_catchments_know_the_codes_of_their_cells():
    contours = Contours(near=square(0, 0), middle=NOTHING, far=NOTHING)
    for options in ({"bands": contours}, {"bands": BANDS, "catchment": square(0, 0)}):
        with pytest.raises(ValueError, match="the code A, which the neighbourhoods lack"):
            affected_neighbourhoods(square(2500, 0), NEIGHBOURHOODS.iloc[1:], CELLS, **options)


def test_an_empty_catchment_area_changes_nothing():
    plain = affected(square(1000, 0))
    pd.testing.assert_frame_equal(affected(square(1000, 0), catchment=NOTHING), plain)


def test_the_span_of_a_catchment_area_holds_it_by_ground_too():
    # all of A lives in its west half, and the catchment area is its east half
    cells = even_cells(NEIGHBOURHOODS)
    in_a = cells["code"] == "A"
    west = cells.centroid.x < X0 + 500
    cells.loc[in_a, "people"] = np.where(west[in_a], 20.0, 0.0)
    frame = affected_neighbourhoods(
        square(8000, 0), NEIGHBOURHOODS, cells, bands=BANDS, catchment=square(500, 0, 500)
    )
    row = frame.loc["A"]
    assert (row["affected"], row["low"]) == (0, 0)
    assert row["high"] == pytest.approx(0.3 * 1000 / 4)


def test_a_distance_on_the_edge_of_a_band_is_in_it():
    distances = np.array([0, 1e-9, 100, 100.1, 300, 300.1, 800, 800.1, np.inf])
    assert BANDS.band_of(distances).tolist() == [0, 1, 1, 2, 2, 3, 3, 4, 4]
    weights = Bands(100, 300, 800, (2.0, 0.5, 0.25)).weigh(distances)
    assert weights.tolist() == [2, 2, 2, 0.5, 0.5, 0.25, 0.25, 0, 0]


def test_bands_of_no_width_hold_nobody():
    bands = Bands(0, 200, 200)
    assert bands.band_of(np.array([0, 100, 200, 201.0])).tolist() == [0, 2, 2, 4]


def test_longer_bands_keep_their_weights_and_the_decay_grows_along():
    assert Bands(100, 300, 800).weights == (1.0, 0.6, 0.3)
    assert Bands(100, 300, 800, (3, 2, 1), 400).scaled(1.5) == Bands(150, 450, 1200, (3, 2, 1), 600)
    assert Bands(100, 300, 800).scaled(0.5) == Bands(50, 150, 400)


def test_steps_are_the_area_and_each_band_from_the_inside_out():
    steps = Bands(100, 300, 800, (2.0, 0.5, 0.25)).steps()
    assert [(step.limit_m, step.weight) for step in steps] == [
        (0, 2),
        (100, 2),
        (300, 0.5),
        (800, 0.25),
    ]


def test_a_decay_is_cut_into_even_rings_weighed_at_their_middle():
    first, *rings = Bands(100, 300, 800, decay_m=400).steps()
    assert (first.limit_m, first.weight) == (0, 1)
    limits = [step.limit_m for step in rings]
    assert limits[-1] == 800
    np.testing.assert_allclose(np.diff([0, *limits]), 800 / len(rings))
    middles = np.array(limits) - 400 / len(rings)
    np.testing.assert_allclose([step.weight for step in rings], np.exp(-middles / 400))
    # narrow enough: evenly spread people come out as the integral does
    by_rings = sum(step.weight * 800 / len(rings) for step in rings)
    assert by_rings == pytest.approx(400 * (1 - math.exp(-2)), rel=1e-3)


@pytest.mark.parametrize("weights", [(1, 0.5), (1, -0.1, 0), (1, math.nan, 0), (math.inf, 0, 0)])
def test_contours_have_three_weights_too(weights: tuple):
    with pytest.raises(ValueError, match="weights"):
        Contours(square(0, 0), NOTHING, NOTHING, weights)


def test_weights_of_nothing_are_allowed():
    assert Bands(1, 2, 3, (0, 0, 0)).weights == (0, 0, 0)
    assert Contours(square(0, 0), NOTHING, NOTHING, (0, 0, 0)).weights == (0, 0, 0)


def test_contours_weigh_by_their_own_weights_and_the_area_as_the_nearest():
    contours = Contours(square(0, 0, 500), square(0, 0), NOTHING, (0.5, 0.2, 0.1))
    frame = affected(square(2000, 0), bands=contours)
    assert frame.loc["A", "affected"] == pytest.approx(0.5 * 250 + 0.2 * 750)
    assert frame.loc["C", "affected"] == pytest.approx(0.5 * 200)
    # people are spread evenly here, so by ground it is the same
    for column in ("low", "high"):
        np.testing.assert_allclose(frame[column], frame["affected"])


corner = st.floats(-1500, 4500)


@settings(max_examples=40)
@given(x=corner, y=corner, side=st.floats(1, 3000), decay=st.none() | st.floats(10, 2000))
def test_groups_that_are_everyone_add_up_to_everyone(x: float, y: float, side: float, decay):
    parts = pd.DataFrame({"young": [900.0, 100, 0], "old": [100.0, 400, 200]}, COUNTS.index)
    cells = with_groups(even_cells(NEIGHBOURHOODS), parts)
    bands = Bands(100, 300, 800, decay_m=decay)
    whole = affected_neighbourhoods(square(x, y, side), NEIGHBOURHOODS, cells, bands=bands)
    split = affected_groups(
        square(x, y, side),
        NEIGHBOURHOODS,
        cells,
        groups={"young": "people", "old": "people"},
        bands=bands,
    )
    columns = ["inside", "near", "middle", "far", "within", "affected"]
    together = split[columns].groupby(level="code").sum()
    np.testing.assert_allclose(together, whole[columns], atol=1e-6)


def test_cells_carry_groups_that_add_up_as_counted():
    summed = CELLS.drop(columns="geometry").groupby("code")[["0-15", "homes", "rented"]].sum()
    np.testing.assert_allclose(summed, COUNTS[["0-15", "homes", "rented"]], atol=1e-9)


def test_groups_follow_people_into_another_layer():
    halves = layer({"V": square(0, 0, 1500), "O": shapely.box(X0 + 1500, Y0, X0 + 3000, Y0 + 1000)})
    moved = recode(CELLS, halves)
    assert list(moved.columns) == list(CELLS.columns)
    for column in ("people", "0-15", "homes", "rented"):
        assert moved[column].sum() == pytest.approx(CELLS[column].sum())
    west = moved.loc[moved["code"] == "V"]
    assert west["0-15"].sum() == pytest.approx(100 + 75)


def test_groups_without_a_neighbourhood_are_refused():
    with pytest.raises(ValueError, match="lack"):
        with_groups(even_cells(NEIGHBOURHOODS), COUNTS.iloc[:2])
    with pytest.raises(ValueError, match="numbers"):
        with_groups(even_cells(NEIGHBOURHOODS), COUNTS.assign(homes=[1, np.nan, 2]))


def test_contours_and_catchments_keep_frames_checked():
    degrees = gpd.GeoDataFrame(CELLS.to_crs("EPSG:4326"))
    with pytest.raises(ValueError, match="EPSG"):
        affected_groups(square(0, 0), NEIGHBOURHOODS, degrees, groups=GROUPS, bands=BANDS)
