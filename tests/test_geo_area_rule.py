"""What an area must be, the ways to make one, and that none of them takes long."""

from __future__ import annotations

import time

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import area_rule, crs
from geo.areas import AreaError
from geo.corners import parse_corners
from tests.geo_kit import X0, Y0, square

TOWN = square(0, 0, 10_000)


def _code(make, *arguments) -> str:
    with pytest.raises(AreaError) as caught:
        make(*arguments)
    return caught.value.code


@pytest.mark.parametrize(
    ("shape", "code"),
    [
        (square(20_000, 0, 100), "outside"),
        (square(0, 0, 9.9), "too_small"),
        (square(-1_000, -1_000, 12_000), "too_big"),
        (shapely.Point(X0, Y0), "no_polygons"),
        (shapely.Polygon(), "no_polygons"),
        (
            shapely.Polygon([(X0, Y0), (X0 + 9e2, Y0 + 9e2), (X0 + 9e2, Y0), (X0, Y0 + 9e2)]),
            "invalid_ring",
        ),
        (shapely.Polygon([(X0, Y0), (X0, float("inf")), (X0 + 1, Y0)]), "bad_coordinates"),
    ],
)
def test_an_area_follows_one_rule(shape, code):
    assert _code(area_rule.check_area, shape, TOWN) == code


def test_an_area_may_reach_over_the_border_and_keeps_its_holes_and_parts():
    with_hole = square(9_500, 0, 1_000).difference(square(9_700, 200, 100))
    area = area_rule.check_area(shapely.MultiPolygon([with_hole, square(100, 100, 50)]), TOWN)
    assert len(area.geoms) == 2
    assert area.area == pytest.approx(1_000**2 - 100**2 + 50**2)


def test_corners_become_the_area_between_them():
    metric = shapely.get_coordinates(square(0, 0, 500))[:-1]
    corners = [tuple(point) for point in crs.coordinates_to_degrees(metric)]
    assert area_rule.from_corners(corners).area == pytest.approx(500**2, rel=1e-6)
    crossed = [corners[0], corners[2], corners[1], corners[3]]
    assert _code(area_rule.from_corners, crossed) == "invalid_ring"
    assert _code(area_rule.from_corners, corners[:2] * 3) == "too_few_corners"
    assert _code(area_rule.from_corners, corners * 200) == "too_many_vertices"


@pytest.mark.parametrize("distance", [1, 50, 2_000])
def test_the_ground_round_shapes_is_what_lies_within_the_distance(distance):
    line = shapely.LineString([(X0, Y0), (X0 + 700, Y0), (X0 + 700, Y0 + 400)])
    for shape in (line, shapely.Point(X0, Y0), square(0, 0, 300)):
        area = area_rule.around([shape], distance)
        assert area.area == pytest.approx(shape.buffer(distance).area, rel=0.02)
        assert area.buffer(0.01).covers(shape)


@pytest.mark.parametrize("distance", [0, 0.5, 2_001, float("nan")])
def test_the_distance_has_limits(distance):
    assert _code(area_rule.around, [shapely.Point(X0, Y0)], distance) == "bad_distance"


def _hostile() -> dict[str, shapely.Geometry]:
    draw = np.random.default_rng(1)
    return {
        "scribble": shapely.LineString(draw.uniform(0, 5000, (20_000, 2))),
        "short scribble": shapely.LineString(draw.uniform(0, 5000, (420, 2))),
        "winding": shapely.LineString(np.cumsum(draw.normal(0, 10, (5_000, 2)), 0)),
        "long": shapely.LineString(np.cumsum(draw.normal(0, 10, (200_000, 2)), 0)),
        "points": shapely.MultiPoint(draw.uniform(0, 5000, (200_000, 2))),
    }


@pytest.mark.parametrize("which", _hostile())
@pytest.mark.parametrize("distance", [1, 2_000])
def test_no_line_takes_minutes_to_widen(which, distance):
    began = time.process_time()
    try:
        area_rule.around([_hostile()[which]], distance)
    except AreaError as error:
        assert error.code == "too_many_vertices"
    assert time.process_time() - began < 15


HERE = (14.5240, 59.3270)


@pytest.mark.parametrize(
    "line",
    [
        "59.3270 14.5240",
        "59,3270 14,5240",
        "59.3270, 14.5240",
        "59,3270, 14,5240",
        "59,3270; 14,5240",
        "  59.3270°   14.5240° ",
        "14.5240 59.3270",
    ],
)
def test_a_corner_is_read_as_people_write_it(line):
    assert parse_corners(line) == [HERE]


def test_corners_in_metres_are_known_by_their_numbers():
    east, north = crs.point_to_metric(*HERE)
    local = shapely.transform(shapely.Point(HERE), lambda xy: np.array([_to_local(*xy[0])]))
    text = f"{north:.0f} {east:.0f}\n\n{east:.0f},{north:.0f}\n{local.y:.1f}; {local.x:.1f}"
    for lon, lat in parse_corners(text):
        assert (lon, lat) == pytest.approx(HERE, abs=2e-5)


def _to_local(lon: float, lat: float) -> tuple[float, float]:
    import geopandas as gpd

    point = gpd.GeoSeries([shapely.Point(lon, lat)], crs=4326).to_crs("EPSG:3009")[0]
    return point.x, point.y


@pytest.mark.parametrize("line", ["59.3", "59.3 14.5 7", "a b", "91 14", "1e9 5", "-59 14", "0 0"])
def test_a_line_that_is_no_corner_is_named(line):
    with pytest.raises(AreaError) as caught:
        parse_corners(f"59.3 14.5\n{line}")
    assert (caught.value.code, caught.value.detail) == ("bad_corner", "2")


@settings(max_examples=300)
@given(st.text(alphabet="0123456789., ;\n\t°-e", max_size=80) | st.text(max_size=40))
def test_whatever_is_typed_it_is_corners_or_refused(text):
    try:
        corners = parse_corners(text)
    except AreaError as error:
        assert error.code in {"bad_corner", "too_many_vertices"}
        return
    assert all(10 <= lon <= 25.5 and 54.5 <= lat <= 70 for lon, lat in corners)
