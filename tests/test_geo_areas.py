"""Uploaded areas: what is read, what is refused, and that nothing else ever happens."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import crs
from geo.areas import AreaError, read_area

SQUARE = [[14.50, 59.30], [14.52, 59.30], [14.52, 59.31], [14.50, 59.31], [14.50, 59.30]]
HOLE = [[14.505, 59.302], [14.515, 59.302], [14.515, 59.308], [14.505, 59.308], [14.505, 59.302]]
EAST = [[14.60, 59.30], [14.62, 59.30], [14.62, 59.31], [14.60, 59.31], [14.60, 59.30]]


def polygon(*rings: list) -> dict:
    return {"type": "Polygon", "coordinates": list(rings)}


def feature(geometry: dict | None) -> dict:
    return {"type": "Feature", "properties": {}, "geometry": geometry}


def read(thing: object, name: str = "omrade.geojson", **options):
    return read_area(json.dumps(thing).encode(), name, **options)


def code_of(thing: object, name: str = "omrade.geojson") -> str:
    content = thing if isinstance(thing, bytes) else json.dumps(thing).encode()
    with pytest.raises(AreaError) as caught:
        read_area(content, name)
    return caught.value.code


def area_or_error(content: bytes) -> shapely.MultiPolygon | AreaError:
    try:
        return read_area(content, "x.json")
    except AreaError as error:
        return error


def in_metres(*rings: list) -> shapely.Polygon:
    return crs.geometry_to_metric(shapely.Polygon(rings[0], rings[1:]))


def test_a_polygon_is_read_in_metres():
    area = read(polygon(SQUARE))
    assert area.geom_type == "MultiPolygon"
    assert area.equals(shapely.MultiPolygon([in_metres(SQUARE)]))
    assert 1.2e6 < area.area < 1.3e6


@pytest.mark.parametrize(
    "thing",
    [
        feature(polygon(SQUARE)),
        {"type": "FeatureCollection", "features": [feature(None), feature(polygon(SQUARE))]},
        {"type": "MultiPolygon", "coordinates": [[SQUARE]]},
        {
            "type": "GeometryCollection",
            "geometries": [{"type": "Point", "coordinates": [1, 2]}, polygon(SQUARE)],
        },
        polygon([[lon, lat, 112.5] for lon, lat in SQUARE]),
        polygon(SQUARE[:-1]),
        polygon([p for p in SQUARE for _ in range(3)]),
        polygon(SQUARE[::-1]),
    ],
    ids=["feature", "collection", "multi", "geometries", "3d", "open", "repeated", "clockwise"],
)
def test_every_way_to_write_the_square_gives_the_same_area(thing: dict):
    assert read(thing).equals(read(polygon(SQUARE)))


def test_a_byte_order_mark_and_a_missing_ending_do_no_harm():
    content = b"\xef\xbb\xbf" + json.dumps(polygon(SQUARE)).encode()
    assert read_area(content, "omrade").equals(read(polygon(SQUARE)))


def test_holes_survive():
    area = read(polygon(SQUARE, HOLE))
    assert area.area == pytest.approx(in_metres(SQUARE).area - in_metres(HOLE).area)
    assert len(area.geoms[0].interiors) == 1


def test_apart_stays_apart_and_side_by_side_is_joined():
    assert len(read({"type": "MultiPolygon", "coordinates": [[SQUARE], [EAST]]}).geoms) == 2
    beside = [[lon + 0.02, lat] for lon, lat in SQUARE]
    features = [feature(polygon(SQUARE)), feature(polygon(beside))]
    joined = read({"type": "FeatureCollection", "features": features})
    assert len(joined.geoms) == 1
    assert joined.is_valid


def test_the_same_area_twice_counts_once():
    twice = [feature(polygon(SQUARE)), feature(polygon(SQUARE))]
    joined = read({"type": "FeatureCollection", "features": twice})
    assert joined.area == pytest.approx(in_metres(SQUARE).area)


@pytest.mark.parametrize(
    ("thing", "code"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"\xff\xfe\x00", "not_json"),
        (b"<kml></kml>", "not_json"),
        (b"[" * 1_000_000, "not_json"),
        (b'{"a":' * 200_000, "not_json"),
        (b'{"type": "Polygon", "coordinates": ' + b"1" * 5000 + b"}", "not_json"),
        (b'{"type": "Polygon", "coordinates": [[[NaN, 1]]]}', "not_finite"),
        (b'{"type": "Polygon", "coordinates": [[[1e999, 1]]]}', "not_finite"),
        (polygon([[10**400, 1]]), "not_finite"),
        ([], "no_polygons"),
        ("Polygon", "no_polygons"),
        ({"type": ["Polygon"]}, "no_polygons"),
        ({"type": "Point", "coordinates": [14.5, 59.3]}, "no_polygons"),
        (polygon(), "no_polygons"),
        ({"type": "FeatureCollection", "features": []}, "no_polygons"),
        ({"type": "FeatureCollection", "features": {"a": 1}}, "bad_coordinates"),
        (polygon([["14.5", "59.3"]]), "bad_coordinates"),
        (polygon([[True, False]]), "bad_coordinates"),
        (polygon([[14.5]]), "bad_coordinates"),
        (polygon([None, 3]), "bad_coordinates"),
        ({"type": "Polygon", "coordinates": [1, 2]}, "bad_coordinates"),
        (polygon([], SQUARE), "bad_coordinates"),
        (polygon([[14.5, 1e9], [14.6, 1e9], [14.6, 59.3]]), "bad_coordinates"),
        (polygon([[lat, lon] for lon, lat in SQUARE]), "looks_swapped"),
        (polygon([[470000, 6575000], [471000, 6575000], [471000, 6576000]]), "looks_projected"),
        (polygon([[6575000, 470000], [6576000, 470000], [6576000, 471000]]), "looks_projected"),
        (polygon([[28.0, 59.3], [28.1, 59.3], [28.1, 59.4]]), "outside"),
        (polygon([[14.5, 59.3], [14.6, 59.3]]), "invalid_ring"),
        (polygon([[14.5, 59.3]] * 5), "invalid_ring"),
        (polygon(SQUARE, EAST), "invalid_ring"),
        (polygon([[14.5, 59.3]] * 200_001), "too_many_vertices"),
        (b" " * 20_000_001, "too_large"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_code(thing: object, code: str):
    assert code_of(thing) == code


@pytest.mark.parametrize("name", ["omrade.gpkg", "a.geojson.vrt", "b.SHP", "c.json.zip"])
def test_other_formats_are_not_supported(name: str):
    assert code_of(polygon(SQUARE), name) == "not_supported"


def test_a_ring_that_crosses_itself_is_refused_with_its_place():
    bow = [[14.50, 59.30], [14.52, 59.32], [14.52, 59.30], [14.50, 59.32]]
    with pytest.raises(AreaError) as caught:
        read(polygon(bow))
    assert caught.value.code == "invalid_ring"
    assert caught.value.detail == "Self-intersection"
    assert caught.value.place == pytest.approx((14.51, 59.31))


def test_anywhere_is_allowed_without_a_box_and_little_with_a_small_one():
    east = polygon([[18.0, 59.3], [18.1, 59.3], [18.1, 59.4]])
    swapped = polygon([[59.3, 18.0], [59.3, 18.1], [59.4, 18.1]])
    assert read(east).area > 0
    assert read(polygon([[28.0, 59.3], [28.1, 59.3], [28.1, 59.4]]), box=None).area > 0
    for thing, box, code in (
        (east, (14.0, 59.0, 15.0, 60.0), "outside"),
        (swapped, (18.0, 59.0, 19.0, 60.0), "looks_swapped"),
    ):
        with pytest.raises(AreaError) as caught:
            read(thing, box=box)
        assert caught.value.code == code


def test_a_comb_of_slanted_teeth_is_refused_before_it_is_compared_edge_by_edge():
    teeth, length = 20_000, 0.1
    left = np.arange(teeth) * length / teeth
    offsets = np.array([[0, 0], [length, length], [length + 1e-6, length], [1e-6, 0]])
    corners = (offsets + np.column_stack([14.5 + left, np.full(teeth, 59.3)])[:, None]).round(9)
    assert code_of(polygon([*corners.reshape(-1, 2).tolist(), [14.55, 59.2]])) == (
        "too_many_vertices"
    )


def test_crossing_combs_are_refused_before_they_are_joined():
    teeth = np.arange(2000) / 2000 * 0.1
    one = [c for t in teeth.tolist() for c in ([t, 0], [t, 0.1], [t + 2e-5, 0.1], [t + 2e-5, 0])]
    one += [[0.1, -0.001], [0, -0.001]]
    across = [[14.5 + a, 59.3 + b] for a, b in one]
    along = [[14.5 + b, 59.3 + a] for a, b in one]
    combs = {"type": "MultiPolygon", "coordinates": [[across], [along]]}
    assert code_of(combs) == "too_many_vertices"


def test_a_finely_drawn_ring_is_read():
    angle = np.linspace(0, 2 * np.pi, 50_000, endpoint=False)
    ring = np.column_stack([14.55 + 0.05 * np.cos(angle), 59.35 + 0.02 * np.sin(angle)])
    assert read(polygon(ring.tolist())).is_valid


@settings(max_examples=50)
@given(turn=st.integers(0, 3), backwards=st.booleans())
def test_the_start_and_the_direction_of_a_ring_do_not_matter(turn: int, backwards: bool):
    ring = SQUARE[:-1][turn:] + SQUARE[:-1][:turn]
    ring = ring[::-1] if backwards else ring
    assert read(polygon(ring)).equals(read(polygon(SQUARE)))


numbers = st.one_of(
    st.floats(), st.integers(), st.floats(14.3, 14.8), st.floats(59.2, 59.6), st.booleans()
)
leaves = st.one_of(numbers, st.none(), st.text(max_size=5))
wild = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(
            st.sampled_from(["type", "coordinates", "features", "geometry", "geometries", "x"]),
            inner | st.sampled_from(["Polygon", "MultiPolygon", "Feature", "FeatureCollection"]),
            max_size=4,
        )
    ),
    max_leaves=30,
)
places = st.tuples(st.floats(14.33, 14.79), st.floats(59.23, 59.55)).map(list)
rings = st.lists(st.one_of(places, st.lists(numbers, max_size=3)), max_size=8)
shapes = st.builds(
    lambda kind, inner: {"type": kind, "coordinates": inner},
    st.sampled_from(["Polygon", "MultiPolygon"]),
    st.lists(st.one_of(rings, st.lists(rings, max_size=3)), max_size=3),
)


@settings(max_examples=300)
@given(
    content=st.one_of(st.binary(), st.one_of(wild, shapes).map(lambda t: json.dumps(t).encode()))
)
def test_any_content_gives_an_area_or_a_code(content: bytes):
    area = area_or_error(content)
    if isinstance(area, AreaError):
        assert str(area).startswith(area.code)
        assert area.code
        return
    assert area.is_valid
    assert not area.is_empty
    assert all(math.isfinite(bound) for bound in area.bounds)


@settings(max_examples=100)
@given(corners=st.lists(places, min_size=3, max_size=6))
def test_a_random_ring_is_read_as_drawn_or_refused(corners: list):
    drawn = shapely.Polygon(corners)
    area = area_or_error(json.dumps(polygon(corners)).encode())
    if isinstance(area, AreaError):
        assert area.code == "invalid_ring"
        return
    assert drawn.is_valid
    assert area.area == pytest.approx(in_metres(list(drawn.exterior.coords)).area)


def _degrees(*corners: tuple[float, float]) -> list[list[float]]:
    return [[14.5 + x / 1000, 59.3 + y / 1000] for x, y in corners]


OUTER = _degrees((0, 0), (40, 0), (40, 40), (0, 40))
TRIANGLE = _degrees((5, 5), (30, 5), (30, 30))


@pytest.mark.parametrize(
    ("rings", "place"),
    [
        ([_degrees((0, 0), (20, 20), (20, 0), (0, 20))], (10, 10)),
        # a border that comes back to a corner, and one that comes back along itself
        ([_degrees((0, 0), (20, 0), (10, 10), (20, 20), (0, 20), (10, 10))], (10, 10)),
        ([_degrees((0, 0), (20, 0), (20, 20), (20, 30), (20, 20), (0, 20))], (20, 20)),
        ([OUTER, _degrees((30, 10), (50, 10), (50, 20), (30, 20))], (40, 10)),
        ([OUTER, _degrees((60, 60), (61, 60), (61, 61))], (60, 60)),
        (
            [OUTER, _degrees((5, 5), (30, 5), (30, 30)), _degrees((15, 8), (25, 8), (25, 12))],
            (15, 8),
        ),
    ],
)
def test_the_place_of_a_fault_is_found_from_the_edges(rings: list, place: tuple[float, float]):
    closed = [[*ring, ring[0]] for ring in rings]
    with pytest.raises(AreaError) as caught:
        read(polygon(*closed))
    assert caught.value.code == "invalid_ring"
    assert caught.value.place == pytest.approx(_degrees(place)[0], abs=1e-6)
