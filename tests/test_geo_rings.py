"""Rings, edges and where they cross: the parts that reading an area is made of."""

from __future__ import annotations

import json

import numpy as np
import pytest
import shapely

from geo import _complexity_guard, areas, crs
from geo._crossing import crossing_of
from geo._rings import polygons_in
from geo.areas import AreaError, join_polygons, read_area
from tests.geo_kit import X0, Y0, square

SQUARE = [[14.50, 59.30], [14.52, 59.30], [14.52, 59.31], [14.50, 59.31], [14.50, 59.30]]
BOW_TIE = shapely.Polygon([(X0, Y0), (X0 + 9, Y0 + 9), (X0 + 9, Y0), (X0, Y0 + 9)])


def polygon(*rings: list) -> dict:
    return {"type": "Polygon", "coordinates": list(rings)}


def collection(*geometries: dict | None) -> dict:
    return {"type": "GeometryCollection", "geometries": list(geometries)}


def refuse(code: str) -> None:
    raise AreaError(code)


def rings_of(thing: object, vertices_max: int = 100) -> list[list[list[list[float]]]]:
    return [[ring.tolist() for ring in one] for one in polygons_in(thing, refuse, vertices_max)]


def error_of(make, *arguments, **options) -> AreaError:
    with pytest.raises(AreaError) as caught:
        make(*arguments, **options)
    return caught.value


def test_polygons_come_in_the_order_of_the_file_with_their_holes():
    one, two, three = ([[float(n), 1.0], [n, 2.0], [n, 3.0]] for n in (1, 2, 3))
    thing = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "geometry": polygon(one, two)},
            {"type": "Feature", "geometry": collection(polygon(two), polygon(three))},
            {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": [[one]]}},
        ],
    }
    assert rings_of(thing) == [[one, two], [two], [three], [one]]


@pytest.mark.parametrize(
    "thing",
    [
        {"type": "FeatureCollection"},
        {"type": "FeatureCollection", "features": None},
        {"type": "GeometryCollection", "geometries": [None, 7, "Polygon", [], {}]},
        {"type": "MultiPolygon", "coordinates": None},
        {"type": "MultiPolygon", "coordinates": [[], None]},
        {"type": "Feature"},
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": [[]]},
        {"type": "Topology", "coordinates": [SQUARE]},
        # the members of one kind under the key of another
        {"type": "FeatureCollection", "geometries": [polygon(SQUARE)]},
        {"type": "GeometryCollection", "features": [polygon(SQUARE)]},
    ],
)
def test_what_holds_no_ring_holds_no_polygon(thing: dict):
    assert rings_of(thing) == []


def test_collections_are_looked_into_twenty_deep():
    def nested(depth: int) -> dict:
        thing = polygon(SQUARE)
        for _ in range(depth):
            thing = collection(thing)
        return thing

    assert rings_of(nested(20)) == [[SQUARE]]
    assert rings_of(nested(21)) == []


def test_corners_are_counted_over_all_polygons():
    two = collection(polygon(SQUARE), polygon(SQUARE, SQUARE))
    assert len(rings_of(two, 15)) == 2
    assert error_of(polygons_in, two, refuse, 14).code == "too_many_vertices"


@pytest.mark.parametrize(
    ("position", "code"),
    [
        ([1], "bad_coordinates"),
        ((1, 2), "bad_coordinates"),
        ([1, True], "bad_coordinates"),
        ([None, 1], "bad_coordinates"),
        ([1, "2"], "bad_coordinates"),
        ([1, float("nan")], "not_finite"),
        ([float("inf"), 1], "not_finite"),
        ([1, 10**400], "not_finite"),
    ],
)
def test_a_position_is_two_finite_numbers_or_more(position: object, code: str):
    assert error_of(rings_of, polygon([[1, 2], position])).code == code
    assert rings_of(polygon([[1, 2.5, 7, None]])) == [[[[1, 2.5]]]]


@pytest.mark.parametrize(
    "coordinates",
    [7, "ring", {"a": 1}, [SQUARE, 7], [[], SQUARE]],
    ids=["number", "word", "object", "mixed", "hole in nothing"],
)
def test_rings_are_lists_and_the_first_is_the_outer_one(coordinates: object):
    thing = {"type": "Polygon", "coordinates": coordinates}
    assert error_of(rings_of, thing).code == "bad_coordinates"


def read(content: bytes, name: str = "a.geojson", **options: object):
    return read_area(content, name, **options)  # type: ignore[arg-type]


def written(*corners: tuple[float, float]) -> bytes:
    ring = ",".join(f"[{x},{y}]" for x, y in corners)
    return f'{{"type":"Polygon","coordinates":[[{ring}]]}}'.encode()


TRIANGLE = written((14.5, 59.3), (14.6, 59.3), (14.6, 59.4))


@pytest.mark.parametrize("name", ["a.GeoJSON", "a.JSON", "b.shp.json", "a", "a.", ""])
def test_the_ending_is_read_in_any_letters_and_may_be_missing(name: str):
    assert read(TRIANGLE, name).area > 0


def test_what_is_refused_tells_why_and_how_large():
    error = error_of(read, TRIANGLE, "a." + "X" * 30)
    assert (error.code, error.detail) == ("not_supported", "x" * 20)
    assert str(error) == "not_supported: " + "x" * 20
    error = error_of(read, b" " * (areas.SIZE_MAX_BYTES + 1))
    assert (error.code, error.detail, error.place) == ("too_large", "20000001 bytes", None)
    assert str(error_of(read, b"")) == "empty"


def test_the_largest_file_and_the_most_corners_there_may_be():
    assert error_of(read, b" " * areas.SIZE_MAX_BYTES).code == "empty"
    most = written(*[(14.5, 59.3)] * areas.VERTICES_MAX)
    error = error_of(read, most)
    assert (error.code, error.detail) == ("invalid_ring", "too few points")
    assert error.place == (14.5, 59.3)


@pytest.mark.parametrize(
    ("corners", "code"),
    [
        # SWEREF 99 TM, RT 90 and a local system, in either order
        (((470_000, 6_575_000), (471_000, 6_576_000), (471_000, 6_575_000)), "looks_projected"),
        (((6_575_000, 1_430_000), (6_576_000, 1_431_000), (6_575_000, 1_431_000)),
         "looks_projected"),
        (((10_001, 6_000_001), (11_000, 6_000_002), (10_001, 6_000_002)), "looks_projected"),
        (((1_999_999, 7_799_999), (20_000, 7_000_000), (20_000, 7_100_000)), "looks_projected"),
        # beyond what a Swedish grid has
        (((9_000, 6_575_000), (11_000, 6_576_000), (11_000, 6_575_000)), "bad_coordinates"),
        (((20_000, 5_900_000), (21_000, 6_576_000), (21_000, 6_575_000)), "bad_coordinates"),
        (((2_100_000, 6_575_000), (21_000, 6_576_000), (21_000, 6_575_000)), "bad_coordinates"),
        (((20_000, 7_900_000), (21_000, 6_576_000), (21_000, 6_575_000)), "bad_coordinates"),
        # no degrees
        (((14.5, 90.1), (14.6, 59.3), (14.6, 59.4)), "bad_coordinates"),
        (((180.1, 59.3), (14.6, 59.3), (14.6, 59.4)), "bad_coordinates"),
    ],
)  # fmt: skip
def test_metres_are_told_from_numbers_that_are_no_place(corners: tuple, code: str):
    assert error_of(read, written(*corners)).code == code


def test_an_area_may_reach_out_of_the_box_and_touch_it():
    box = (14.0, 59.0, 15.0, 60.0)
    reaching = written((14.9, 59.5), (15.5, 59.5), (15.5, 59.6))
    touching = written((15.0, 60.0), (15.5, 60.0), (15.5, 60.5))
    beyond = written((15.001, 59.5), (15.5, 59.5), (15.5, 59.6))
    assert read(reaching, box=box).area > 0
    assert read(touching, box=box).area > 0
    assert error_of(read, beyond, box=box).code == "outside"
    assert read(beyond, box=None).area > 0


def test_a_hole_in_the_wrong_place_is_told_with_its_first_corner():
    hole = [[14.60, 59.40], [14.61, 59.40], [14.61, 59.41], [14.60, 59.40]]
    error = error_of(read, json.dumps(polygon(SQUARE, hole)).encode())
    assert (error.code, error.detail) == ("invalid_ring", "hole")
    assert error.place == pytest.approx((14.60, 59.40))


def array(*shapes: shapely.Geometry | None) -> np.ndarray:
    found = np.empty(len(shapes), dtype=object)
    found[:] = shapes
    return found


def test_polygons_of_any_nesting_are_joined_and_the_rest_passed_over():
    inner = shapely.GeometryCollection([shapely.MultiPolygon([square(0, 0), square(5000, 0)])])
    mixed = array(None, shapely.Point(X0, Y0), shapely.Polygon(), inner, square(1000, 0))
    area = join_polygons(mixed)
    assert area.geom_type == "MultiPolygon"
    assert area.is_valid
    assert area.equals(shapely.union_all([square(0, 0), square(1000, 0), square(5000, 0)]))
    assert len(area.geoms) == 2


@pytest.mark.parametrize(
    "shapes", [(), (None,), (shapely.Point(0, 0),), (shapely.MultiPolygon(), shapely.Polygon())]
)
def test_without_polygons_there_is_no_area(shapes: tuple):
    assert error_of(join_polygons, array(*shapes)).code == "no_polygons"


def test_a_polygon_that_crosses_itself_is_refused_with_its_place_in_degrees():
    error = error_of(join_polygons, array(square(0, 0), BOW_TIE))
    assert (error.code, error.detail) == ("invalid_ring", "Self-intersection")
    assert error.place == pytest.approx(crs.point_to_degrees(X0 + 4.5, Y0 + 4.5), abs=1e-6)


def test_corners_of_all_parts_together_are_bounded():
    def round_of(corners: int, x: float) -> shapely.Polygon:
        angle = np.linspace(0, 2 * np.pi, corners - 1, endpoint=False)
        return shapely.Polygon(
            np.column_stack([X0 + x + 1e3 * np.cos(angle), Y0 + 1e3 * np.sin(angle)])
        )

    half = areas.VERTICES_MAX // 2
    assert len(join_polygons(array(round_of(half, 0), round_of(half, 9e3))).geoms) == 2
    error = error_of(join_polygons, array(round_of(half, 0), round_of(half + 1, 9e3)))
    assert error.code == "too_many_vertices"


def test_edges_are_the_straight_pieces_of_each_path_alone():
    paths = array(
        shapely.LineString([(0, 0), (1, 0), (1, 2)]), shapely.LinearRing([(5, 5), (6, 5), (6, 6)])
    )
    edges = [edge.coords[:] for edge in _complexity_guard.edges_of(paths)]
    assert edges == [
        [(0, 0), (1, 0)],
        [(1, 0), (1, 2)],
        [(5, 5), (6, 5)],
        [(6, 5), (6, 6)],
        [(6, 6), (5, 5)],
    ]
    assert len(_complexity_guard.edges_of(array())) == 0


def comb(teeth: int) -> shapely.LineString:
    """Return slanted teeth, whose boxes all lie over each other."""
    offsets = np.array([[0.0, 0.0], [1000.0, 1000.0]])
    corners = offsets + np.column_stack([np.arange(teeth), np.zeros(teeth)])[:, None]
    return shapely.LineString(corners.reshape(-1, 2))


def test_a_comb_is_tangled_and_a_drawn_ring_of_as_many_corners_is_not():
    few, many = comb(100), comb(1000)
    assert not _complexity_guard.are_tangled(array(few))
    assert _complexity_guard.are_tangled(array(many))
    # two that are not tangled by themselves can be so together
    assert not _complexity_guard.are_tangled(array(comb(220)))
    assert _complexity_guard.are_tangled(array(*[comb(220)] * 4))
    ring = shapely.Point(X0, Y0).buffer(1000, quad_segs=500)
    assert not _complexity_guard.is_tangled(ring)
    assert _complexity_guard.is_tangled(shapely.Polygon([*many.coords, (2000, -1)]))


def test_parts_are_tangled_with_each_other():
    one = shapely.Polygon([*comb(220).coords, (2000, -1)])
    assert not _complexity_guard.is_tangled(one)
    assert _complexity_guard.is_tangled(shapely.MultiPolygon([one] * 4))


@pytest.mark.parametrize(
    "shape",
    [
        square(0, 0),
        square(0, 0).difference(square(100, 100, 50)),
        # a hole that touches the outer ring in one point
        shapely.Polygon([(0, 0), (9, 0), (9, 9), (0, 9)], [[(0, 4), (4, 3), (4, 5)]]),
        # a corner that stands twice, at the end of a ring too
        shapely.Polygon([(0, 0), (9, 0), (9, 0), (9, 9), (0, 0), (0, 0)]),
    ],
    ids=["square", "hole", "touching", "repeated"],
)
def test_a_border_that_meets_itself_where_it_may_crosses_nowhere(shape: shapely.Polygon):
    assert shape.is_valid
    assert crossing_of(shape) is None


def test_the_first_of_many_crossings_is_told():
    # the second edge is crossed by the fourth, the first one by the fifth
    ring = [(0, 0), (10, 0), (10, 10), (20, 5), (5, 5), (5, -5)]
    assert crossing_of(shapely.Polygon(ring)) == pytest.approx((5, 0))


def test_rings_that_lie_along_each_other_meet_where_they_should_not():
    hole = [(0, 2), (3, 2), (3, 6), (0, 6)]
    shape = shapely.Polygon([(0, 0), (9, 0), (9, 9), (0, 9)], [hole])
    found = crossing_of(shape)
    assert found is not None
    assert found[0] == 0
    assert found[1] in (2, 6)
