"""What a frame must be at the border of the package, and that the refusal says which and why."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo import _validate
from geo._prepared import prepare_shared, prepared_copy
from tests.geo_kit import layer, row_of_squares, square

PLACES = row_of_squares([1, 2])
BOW_TIE = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])


def refusal(check, *arguments) -> str:
    with pytest.raises(_validate.FrameError) as caught:
        check(*arguments)
    return str(caught.value)


def test_a_refusal_is_a_wrong_value():
    assert issubclass(_validate.FrameError, ValueError)


def test_a_frame_in_another_system_or_in_none_is_refused():
    _validate.check_metric(PLACES, "places")
    # the same system under another description
    _validate.check_metric(PLACES.set_crs(3006, allow_override=True), "places")
    degrees = refusal(_validate.check_metric, PLACES.to_crs("EPSG:4326"), "places")
    assert degrees == "places must be in EPSG:3006, not EPSG:4326"
    unsaid = PLACES.set_crs(None, allow_override=True)
    assert refusal(_validate.check_metric, unsaid, "places").endswith("not None")


@pytest.mark.parametrize("codes", [[], ["A"], ["A", "a"], [1, 2]])
def test_codes_that_stand_once_pass(codes: list):
    _validate.check_codes(pd.Index(codes), "places")


def test_a_code_that_stands_twice_is_refused():
    twice = pd.Index(["A", "B", "A"])
    assert refusal(_validate.check_codes, twice, "places") == "places: a code stands twice"


def test_neighbourhoods_have_a_system_a_code_each_and_people():
    _validate.check_neighbourhoods(PLACES)
    for wrong, why in (
        (PLACES.to_crs("EPSG:4326"), "must be in"),
        (PLACES.iloc[[0, 0]], "twice"),
        (PLACES.drop(columns="population"), "lack the column population"),
        (PLACES.assign(population=[1, -1]), "population must be numbers"),
    ):
        message = refusal(_validate.check_neighbourhoods, wrong)
        assert message.startswith("neighbourhoods")
        assert why in message


@pytest.mark.parametrize("missing", [["people"], ["code"], ["people", "code"]])
def test_cells_without_a_column_are_refused_and_it_is_named(missing: list):
    cells = PLACES.assign(people=1.0, code="A")
    _validate.check_cells(cells)
    message = refusal(_validate.check_cells, cells.drop(columns=missing))
    assert message == f"cells lack {sorted(missing)}"
    assert "must be in" in refusal(_validate.check_cells, cells.to_crs("EPSG:4326"))


@pytest.mark.parametrize(
    "shape", [square(0, 0), shapely.MultiPolygon([square(0, 0), square(5000, 0)])]
)
def test_polygons_of_one_part_or_more_pass(shape: shapely.Geometry):
    _validate.check_polygons(layer({"x": shape}), "layer")


@pytest.mark.parametrize(
    "shape",
    [
        None,
        shapely.Polygon(),
        shapely.MultiPolygon(),
        shapely.Point(0, 0),
        shapely.LineString([(0, 0), (1, 1)]),
        shapely.GeometryCollection([square(0, 0)]),
        BOW_TIE,
    ],
    ids=["missing", "empty", "empty multi", "point", "line", "collection", "crossed"],
)
def test_what_is_no_polygon_is_refused_with_its_code(shape: shapely.Geometry | None):
    frame = layer({"right": square(0, 0), "wrong": shape})
    message = refusal(_validate.check_polygons, frame, "layer")
    assert message == "layer: not a valid polygon at ['wrong']"
    assert refusal(_validate.check_layer, frame, "layer") == message


def test_a_layer_to_look_places_up_in_has_rows():
    _validate.check_layer(PLACES, "layer")
    _validate.check_polygons(PLACES.iloc[:0], "layer")
    assert refusal(_validate.check_layer, PLACES.iloc[:0], "layer") == "layer has no polygons"
    assert "twice" in refusal(_validate.check_layer, PLACES.iloc[[0, 0]], "layer")
    assert "must be in" in refusal(_validate.check_layer, PLACES.to_crs("EPSG:4326"), "layer")


@pytest.mark.parametrize(
    "column",
    [
        pd.Series([0, 1]),
        pd.Series([0.0, 1.0]),
        pd.Series([False, True]),
        pd.Series([0, 1], dtype="Int64"),
        pd.Series([0, 1], dtype=object),
    ],
    ids=["int", "float", "bool", "nullable", "object"],
)
def test_numbers_of_any_type_come_out_as_floats(column: pd.Series):
    found = _validate.numbers(pd.DataFrame({"n": column}), "n", "rows")
    assert found.dtype == np.float64
    assert found.tolist() == [0, 1]


@pytest.mark.parametrize(
    "column",
    [
        pd.Series([1, -1e-9]),
        pd.Series([1, np.nan]),
        pd.Series([1, np.inf]),
        pd.Series([1, None], dtype="Int64"),
    ],
    ids=["negative", "missing", "infinite", "nullable"],
)
def test_what_is_no_number_of_0_or_more_is_refused(column: pd.Series):
    frame = pd.DataFrame({"n": column})
    assert refusal(_validate.numbers, frame, "n", "rows") == "rows: n must be numbers, 0 or more"
    assert refusal(_validate.numbers, frame, "m", "rows") == "rows lack the column m"


def test_the_callers_own_geometry_is_never_prepared():
    own = square(0, 0)
    copy = prepared_copy(own)
    assert shapely.is_prepared(copy)
    assert not shapely.is_prepared(own)
    assert copy.wkb == own.wkb
    layer_of = gpd.GeoSeries([own, square(2000, 0)]).to_numpy()
    copies = prepare_shared(layer_of)
    assert shapely.is_prepared(copies).all()
    assert not shapely.is_prepared(layer_of).any()
    assert [one.wkb for one in copies] == [one.wkb for one in layer_of]
