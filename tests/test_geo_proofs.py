"""Our sums against an independent library's areal interpolation, and on Karlskoga's real areas."""

import warnings

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from data.geodata import cells, layers
from geo._counting import areal_people
from geo.impact import Bands, affected_neighbourhoods
from geo.population import population_cells
from tests.geo_kit import layer, row_of_squares, square

with warnings.catch_warnings():
    # what the library and its own dependencies warn of at import is not ours
    warnings.simplefilter("ignore")
    from tobler.area_weighted import area_interpolate

PLACES = row_of_squares([1000, 500, 200])
NOTHING = shapely.MultiPolygon()


def interpolated(source: gpd.GeoDataFrame, targets: list[shapely.Geometry]) -> np.ndarray:
    """Return the people of `source` that fall on each target, as tobler has it."""
    frame = gpd.GeoDataFrame(geometry=targets, crs="EPSG:3006")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = area_interpolate(
            source, frame, extensive_variables=["population"], allocate_total=True, n_jobs=1
        )
    return found["population"].to_numpy()


def test_areal_weighting_is_areal_interpolation():
    zone = shapely.Point(473_400, 6_576_300).buffer(700)
    ours = areal_people(PLACES, [zone], [1.0])
    # tobler spreads all of each neighbourhood over the targets, so the rest is a target too
    rest = shapely.difference(PLACES.union_all(), zone)
    for code in PLACES.index:
        theirs = interpolated(PLACES.loc[[code]], [zone, rest])
        assert ours[PLACES.index.get_loc(code)] == pytest.approx(theirs[0], rel=1e-6)


def test_cells_on_built_up_land_are_areal_interpolation_of_that_land():
    town = shapely.union_all([square(100, 150, 730), square(1200, 30, 450), square(2500, 500, 90)])
    lake = square(300, 300, 200)
    cells = population_cells(PLACES, water=lake, built_up=town)
    land = PLACES.assign(
        geometry=shapely.difference(shapely.intersection(PLACES.geometry, town), lake)
    )
    for code in PLACES.index:
        own = cells[cells["code"] == code]
        theirs = interpolated(land.loc[[code]], list(own.geometry))
        np.testing.assert_allclose(own["people"], theirs, atol=1e-6)


corner = st.floats(-1500, 4500)
TOWN = cells.neighbourhoods(layers.DESO)
CELLS = cells.frame()
MIDDLE = layers.municipality().centroid
wild = st.one_of(
    # inside one neighbourhood, touching many, or far outside
    st.builds(
        lambda x, y, r: shapely.Point(MIDDLE.x + x, MIDDLE.y + y).buffer(r),
        st.floats(-30_000, 30_000),
        st.floats(-30_000, 30_000),
        st.floats(0.01, 9_000),
    ),
    # with a hole, in two parts
    st.builds(
        lambda x, y, r, far: shapely.union(
            shapely.Point(MIDDLE.x + x, MIDDLE.y + y)
            .buffer(r)
            .difference(shapely.Point(MIDDLE.x + x, MIDDLE.y + y).buffer(r / 2)),
            shapely.box(MIDDLE.x + far, MIDDLE.y, MIDDLE.x + far + r, MIDDLE.y + r),
        ),
        st.floats(-8_000, 8_000),
        st.floats(-8_000, 8_000),
        st.floats(1, 3_000),
        st.floats(-9_000, 9_000),
    ),
    # exactly a neighbourhood, and the whole municipality
    st.sampled_from([*TOWN.geometry, layers.municipality()]),
)
band_sets = st.lists(st.floats(0, 5000), min_size=3, max_size=3).map(lambda b: Bands(*sorted(b)))


@settings(max_examples=60)
@given(area=wild, bands=band_sets)
def test_on_the_real_map_nobody_is_counted_twice_or_lost(area: shapely.Geometry, bands: Bands):
    frame = affected_neighbourhoods(area, TOWN, CELLS, bands=bands)
    plain = CELLS.centroid.distance(area)
    assert frame["within"].sum() == pytest.approx(CELLS["people"][plain <= bands.far_m].sum())
    assert frame["inside"].sum() == pytest.approx(CELLS["people"][plain == 0].sum())
    assert (frame["within"] <= TOWN["population"] + 1e-6).all()
    assert frame["share"].between(0, 1 + 1e-9).all()
    assert ((frame["low"] <= frame["affected"]) & (frame["affected"] <= frame["high"])).all()


@settings(max_examples=30)
@given(area=wild, east=st.floats(-9_000, 9_000), north=st.floats(-9_000, 9_000))
def test_moving_a_decision_never_changes_how_many_live_there(area, east: float, north: float):
    wide = Bands(10_000, 50_000, 150_000)
    here = affected_neighbourhoods(area, TOWN, CELLS, bands=wide)
    moved = shapely.transform(area, lambda corners: corners + np.array([east, north]))
    there = affected_neighbourhoods(moved, TOWN, CELLS, bands=wide)
    for frame in (here, there):
        assert frame["within"].sum() == pytest.approx(30_127, abs=1e-6)


@pytest.mark.parametrize("code", list(TOWN.index))
def test_an_area_that_covers_a_neighbourhood_affects_all_of_it(code: str):
    # the cells at the border reach beyond it, so the area does as well
    area = shapely.union_all(CELLS.geometry[CELLS["code"] == code].to_numpy())
    frame = affected_neighbourhoods(area, TOWN, CELLS, bands=Bands(0, 0, 0))
    assert frame.loc[code, "share"] == pytest.approx(1, abs=1e-9)
    assert frame.loc[code, "inside"] == pytest.approx(TOWN.loc[code, "population"], abs=1e-6)


def test_sums_are_kept_to_a_millionth_in_every_layer():
    for name in layers.LAYERS:
        assert cells.of_layer(name)["people"].sum() == pytest.approx(30_127, abs=1e-6)
    kept = CELLS.groupby("code")["people"].sum()
    np.testing.assert_allclose(kept, TOWN["population"].loc[kept.index], atol=1e-6)


def test_where_the_ring_starts_and_which_way_it_runs_does_not_matter():
    ring = shapely.Point(MIDDLE.x, MIDDLE.y).buffer(900, quad_segs=9)
    corners = shapely.get_coordinates(ring)[:-1]
    bands = Bands(200, 500, 1500)
    first = affected_neighbourhoods(ring, TOWN, CELLS, bands=bands)
    for start in (5, 17):
        turned = shapely.Polygon(np.roll(corners, start, axis=0)[::-1])
        other = affected_neighbourhoods(turned, TOWN, CELLS, bands=bands)
        np.testing.assert_allclose(first["affected"], other["affected"], atol=1e-6)


def test_a_layer_of_one_gives_the_same_sum_as_one_of_many():
    whole = layer({"1883": layers.municipality()}, population=[30_127.0])
    area = shapely.Point(MIDDLE.x, MIDDLE.y - 4000).buffer(1000)
    bands = Bands(200, 500, 1500)
    many = affected_neighbourhoods(area, TOWN, CELLS, bands=bands)
    one = affected_neighbourhoods(area, whole, CELLS.assign(code="1883"), bands=bands)
    assert one["affected"].sum() == pytest.approx(many["affected"].sum())
