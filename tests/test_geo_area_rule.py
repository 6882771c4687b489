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
from geo.corners import LINES_MAX, parse_corners
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


@pytest.mark.parametrize(
    ("shape", "kept"),
    [
        (square(0, 0, 10), True),
        # as much as the municipality and a fifth, and a hair more
        (square(0, 0, 10_000 * 1.2**0.5 - 0.01), True),
        (square(0, 0, 10_000 * 1.2**0.5 + 0.01), False),
    ],
)
def test_the_least_and_the_largest_area_there_may_be(shape, kept):
    if not kept:
        assert _code(area_rule.check_area, shape, TOWN) == "too_big"
        return
    area = area_rule.check_area(shape, TOWN)
    assert area.geom_type == "MultiPolygon"
    assert area.equals(shape)


@pytest.mark.parametrize(
    ("shape", "code"), [(square(20_000, 0, 100), "outside"), (square(100, 0, 9.9), "too_small")]
)
def test_an_area_in_the_wrong_place_or_too_small_is_told_with_its_middle(shape, code):
    with pytest.raises(AreaError) as caught:
        area_rule.check_area(shape, TOWN)
    assert caught.value.code == code
    middle = crs.point_to_degrees(shape.centroid.x, shape.centroid.y)
    assert caught.value.place == pytest.approx(middle)


@pytest.mark.parametrize(
    ("area", "share"),
    [
        (square(-100, 0, 200), 0.5),
        (square(10, 10, 200), 1),
        (square(-500, 0, 200), 0),
        (square(-200, 0, 200), 0),
        (shapely.LineString([(X0, Y0), (X0 + 9, Y0)]), 0),
        (shapely.Polygon(), 0),
    ],
    ids=["half", "whole", "apart", "touching", "line", "empty"],
)
def test_the_share_of_an_area_within_the_ground(area, share):
    found = area_rule.share_within(area, TOWN)
    assert type(found) is float
    assert found == pytest.approx(share)


def test_three_corners_make_an_area_and_the_most_there_may_be_do():
    angles = np.linspace(0, 2 * np.pi, area_rule.CORNERS_MAX, endpoint=False)
    metric = np.column_stack([X0 + 500 * np.cos(angles), Y0 + 500 * np.sin(angles)])
    corners = [tuple(point) for point in crs.coordinates_to_degrees(metric)]
    assert area_rule.from_corners(corners).area == pytest.approx(np.pi * 500**2, rel=1e-3)
    assert area_rule.from_corners([corners[0], corners[100], corners[300]]).area > 0
    assert _code(area_rule.from_corners, [*corners, corners[0]]) == "too_many_vertices"
    assert _code(area_rule.from_corners, []) == "too_few_corners"


def test_around_shapes_of_all_kinds_their_grounds_are_joined():
    line = shapely.LineString([(X0 + 2000, Y0), (X0 + 2300, Y0)])
    shapes = [
        shapely.GeometryCollection([shapely.MultiPoint([(X0, Y0)]), line]),
        square(4000, 0, 300).difference(square(4100, 100, 50)),
        shapely.Polygon(),
    ]
    area = area_rule.around(shapes, 10)
    assert area.geom_type == "MultiPolygon"
    assert len(area.geoms) == 3
    expected = shapely.union_all([shape.buffer(10) for shape in shapes])
    assert area.area == pytest.approx(expected.area, rel=0.01)
    # the hole is widened into as well, from its own edge
    assert sum(len(part.interiors) for part in area.geoms) == 1
    assert not area.contains(shapely.Point(X0 + 4125, Y0 + 125))


def test_an_empty_shape_beside_another_is_passed_over():
    point = shapely.Point(X0, Y0)
    alone = area_rule.around([point], 10)
    for empty in (shapely.Polygon(), shapely.Point(), shapely.LineString()):
        assert area_rule.around([point, empty], 10).equals(alone)


@pytest.mark.parametrize("shapes", [[], [shapely.Polygon()], [shapely.GeometryCollection()]])
def test_around_nothing_there_is_no_area(shapes):
    assert _code(area_rule.around, shapes, 10) == "no_polygons"


def test_around_a_polygon_that_crosses_itself_there_is_no_area():
    bow = shapely.Polygon([(X0, Y0), (X0 + 9, Y0 + 9), (X0 + 9, Y0), (X0, Y0 + 9)])
    assert _code(area_rule.around, [shapely.Point(X0, Y0), bow], 10) == "invalid_ring"


def test_more_pieces_than_can_be_widened_are_refused():
    points = shapely.points(np.column_stack([X0 + np.arange(5001.0), np.full(5001, Y0)]))
    assert area_rule.PIECES_MAX == 5_000
    assert area_rule.around(list(points[:-1]), 1).area > 0
    assert _code(area_rule.around, list(points), 1) == "too_many_vertices"


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
    for lon, lat in parse_corners(text, local=3009):
        assert (lon, lat) == pytest.approx(HERE, abs=2e-5)


def test_empty_lines_are_passed_over_and_still_counted():
    text = "\n59.3270 14.5240\n   \n59.4 14.6\n"
    assert parse_corners(text) == [HERE, (14.6, 59.4)]
    assert parse_corners("") == parse_corners("\n \n") == []
    with pytest.raises(AreaError) as caught:
        parse_corners("\n59.3270 14.5240\n\nhit")
    assert (caught.value.code, caught.value.detail) == ("bad_corner", "4")


@pytest.mark.parametrize(
    ("line", "place"),
    [
        # the bounds of what can be degrees in Sweden, in either order
        ("55 10", (10, 55)),
        ("25 70", (25, 70)),
        # a comma between whole numbers keeps them apart, also with a point in one
        ("59,14", (14, 59)),
        ("59.5,14", (14, 59.5)),
        ("59,5 14,25", (14.25, 59.5)),
        ("59,5;14,25", (14.25, 59.5)),
        ("59.12345678 14.98765432", (14.987654, 59.123457)),
    ],
)
def test_degrees_are_read_in_either_order_to_six_decimals(line: str, place: tuple):
    assert parse_corners(line) == [place]


@pytest.mark.parametrize(
    "line",
    [
        "54.9 14",
        "70.1 14",
        "59 9.9",
        "59 25.1",
        "6099999 472000",
        "7700001 472000",
        "6576000 259999",
        "6576000 920001",
        "6576000 19999",
        "59..3 14",
        "59.3e0 14.5",
        "+59.3 14.5",
        "59." + "3" * 60 + " 14.5",
    ],
)
def test_numbers_beyond_sweden_and_other_writings_are_no_corner(line: str):
    assert _code(parse_corners, line) == "bad_corner"


def test_metres_of_a_local_system_are_read_in_the_one_that_is_told():
    line = "6576000 150000"
    assert _code(parse_corners, line) == "bad_corner"
    ((west, _),), ((east, _),) = (parse_corners(line, local=number) for number in (3009, 3011))
    assert (west, east) == pytest.approx((15.0, 18.0), abs=1e-6)


@pytest.mark.parametrize(
    ("line", "metres"),
    [("6100000 260000", True), ("7700000 920000", True), ("6576000 20000", False)],
)
def test_the_bounds_of_metres_are_metres(line: str, metres: bool):
    ((lon, lat),) = parse_corners(line, local=3009)
    north, east = map(float, line.split())
    if metres:
        assert (lon, lat) == pytest.approx(crs.point_to_degrees(east, north), abs=1e-6)
    else:
        assert _to_local(lon, lat) == pytest.approx((east, north), abs=0.1)


def test_no_more_lines_than_a_drawn_area_has_corners():
    lines = ["59.3270 14.5240"] * LINES_MAX
    assert LINES_MAX == area_rule.CORNERS_MAX == 500
    assert parse_corners("\n".join(lines)) == [HERE] * 500
    assert _code(parse_corners, "\n".join([*lines, "", "x"])) == "too_many_vertices"


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
        corners = parse_corners(text, local=3009)
    except AreaError as error:
        assert error.code in {"bad_corner", "too_many_vertices"}
        return
    assert all(10 <= lon <= 25.5 and 54.5 <= lat <= 70 for lon, lat in corners)
