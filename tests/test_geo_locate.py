"""Where a point lies, and how it is moved before others see it."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import pytest
import shapely
import shapely.affinity
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geo import crs
from geo.displace import displaced, displaced_inside
from geo.grid import SQUARES_MAX, corners_between, square_grid
from geo.locate import Locator
from tests.geo_kit import X0, Y0, layer, row_of_squares, square

NEIGHBOURHOODS = row_of_squares([100, 200, 300])
HALVES = layer({"west": square(0, 0, 1500), "east": square(1500, 0, 1500)})


def codes_at(locator: Locator, x: float, y: float):
    return locator.codes(*crs.point_to_degrees(X0 + x, Y0 + y))


@pytest.fixture(scope="module")
def locator() -> Locator:
    return Locator({"deso": NEIGHBOURHOODS, "half": HALVES})


def test_a_point_gets_its_code_in_every_layer(locator: Locator):
    assert codes_at(locator, 500, 500) == {"deso": "A", "half": "west"}
    assert codes_at(locator, 1700, 500) == {"deso": "B", "half": "east"}
    assert codes_at(locator, 2999, 1) == {"deso": "C", "half": "east"}


def test_a_point_outside_the_first_layer_is_outside_the_municipality(locator: Locator):
    assert codes_at(locator, 500, 1200) is None  # the other layer reaches there
    assert codes_at(locator, -1, 500) is None
    assert locator.codes(18.07, 59.33) is None


@pytest.mark.parametrize(
    ("lon", "lat"),
    [(math.nan, 59.3), (14.5, math.inf), (-math.inf, math.nan), (1e300, 1e300), (400.0, 95.0)],
)
def test_numbers_that_are_no_place_are_outside(locator: Locator, lon: float, lat: float):
    assert locator.codes(lon, lat) is None


def test_a_sliver_that_a_layer_leaves_out_belongs_to_the_nearest():
    gap = layer({"west": square(0, 0, 990), "east": square(1000, 0, 2000)})
    locator = Locator({"deso": NEIGHBOURHOODS, "gapped": gap})
    assert codes_at(locator, 992, 500) == {"deso": "A", "gapped": "west"}
    assert codes_at(locator, 998, 500) == {"deso": "A", "gapped": "east"}


def test_a_sliver_inside_the_first_layer_is_still_the_municipality():
    ring = square(0, 0, 3000).difference(square(1000, 1000, 1000))
    middle = square(1002, 1002, 996)
    locator = Locator({"deso": layer({"middle": middle, "ring": ring})})
    assert codes_at(locator, 1000.5, 1500) == {"deso": "ring"}
    assert codes_at(locator, 1001.5, 1500) == {"deso": "middle"}


def test_a_hole_in_the_first_layer_is_another_municipality():
    ring = square(0, 0, 3000).difference(square(1000, 1000, 1000))
    assert codes_at(Locator({"deso": layer({"ring": ring})}), 1500, 1500) is None


def test_a_shared_border_belongs_to_the_first_code_whatever_the_order_of_rows():
    # squares in degrees would not meet exactly; corners that survive the projection are found
    both = {"deso": NEIGHBOURHOODS, "half": HALVES}
    turned = {name: frame.iloc[::-1] for name, frame in both.items()}
    one, other = Locator(both), Locator(turned)
    on_border = 0
    for y in np.linspace(0, 1000, 400):
        lon, lat = crs.point_to_degrees(X0 + 1000, Y0 + y)
        x, north = crs.point_to_metric(lon, lat)
        expected = sorted(NEIGHBOURHOODS.index[NEIGHBOURHOODS.intersects(shapely.Point(x, north))])
        on_border += len(expected) > 1
        assert (one.codes(lon, lat) or {}).get("deso") == (expected[0] if expected else None)
        assert one.codes(lon, lat) == other.codes(lon, lat)
    assert on_border > 10


@settings(max_examples=200)
@given(x=st.floats(-200, 3200), y=st.floats(-200, 1200))
def test_every_point_gets_what_a_plain_comparison_gives(x: float, y: float):
    lon, lat = crs.point_to_degrees(X0 + x, Y0 + y)
    point = shapely.Point(crs.point_to_metric(lon, lat))
    expected = NEIGHBOURHOODS.index[NEIGHBOURHOODS.intersects(point)]
    found = PLAIN.codes(lon, lat)
    assert (found is None) == expected.empty
    if found is not None:
        assert found["deso"] == min(expected)
        assert set(found) == {"deso", "ruta"}


PLAIN = Locator(
    {"deso": NEIGHBOURHOODS, "ruta": square_grid(NEIGHBOURHOODS.geometry.union_all(), 70)}
)


@pytest.mark.parametrize(
    "layers",
    [
        {},
        {"deso": NEIGHBOURHOODS.to_crs("EPSG:4326")},
        {"deso": NEIGHBOURHOODS.iloc[:0]},
        {"deso": NEIGHBOURHOODS.iloc[[0, 0]]},
        {"deso": layer({"bow": shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])})},
    ],
    ids=["none", "degrees", "empty", "doubled", "invalid"],
)
def test_a_layer_that_cannot_be_trusted_is_refused(layers: dict):
    with pytest.raises(ValueError, match=r"layer|EPSG|polygon|twice"):
        Locator(layers)


def test_distance_is_to_the_nearest_edge_and_nothing_inside(locator: Locator):
    area = square(1000, 0)
    inside = crs.point_to_degrees(X0 + 1500, Y0 + 500)
    west = crs.point_to_degrees(X0 + 700, Y0 + 500)
    assert locator.distance_m(*inside, area) == 0
    assert locator.distance_m(*west, area) == pytest.approx(300, abs=0.001)
    for lon, lat, shape in (
        (math.nan, 59.3, area),
        (14.5, math.inf, area),
        (*west, shapely.Polygon()),
    ):
        with pytest.raises(ValueError, match="distance"):
            locator.distance_m(lon, lat, shape)


def test_codes_are_words_whatever_the_index_holds():
    numbered = NEIGHBOURHOODS.set_axis([30, 20, 10])
    found = Locator({"deso": numbered, "gapped": layer({"east": square(2000, 0)})})
    # inside, and the nearest of a layer that leaves the place out
    assert codes_at(found, 500, 500) == {"deso": "30", "gapped": "east"}
    assert codes_at(Locator({"all": HALVES, "n": numbered.iloc[:1]}), 2500, 500) == {
        "all": "east",
        "n": "30",
    }


def test_of_two_nearest_areas_the_first_code_is_taken():
    # a gap down the middle, both sides drawn at the same distance from a line of the grid
    x, _ = crs.point_to_metric(*crs.point_to_degrees(X0 + 500, Y0 + 500))
    left = shapely.box(X0, Y0, x - 10, Y0 + 1000)
    right = shapely.box(x + 10, Y0, X0 + 1000, Y0 + 1000)
    lon, lat = crs.point_to_degrees(X0 + 500, Y0 + 500)
    for codes in ("ab", "ba"):
        gapped = layer(dict(zip(codes, (left, right), strict=True)))
        for frame in (gapped, gapped.iloc[::-1]):
            locator = Locator({"deso": NEIGHBOURHOODS, "gapped": frame})
            assert locator.codes(lon, lat) == {"deso": "A", "gapped": "a"}


def test_a_hole_is_a_sliver_up_to_a_hectare():
    def at_hole(side: float) -> dict[str, str] | None:
        hole = square(1000, 1000, side)
        ring = square(0, 0, 3000).difference(hole)
        return codes_at(Locator({"deso": layer({"ring": ring})}), 1000 + side / 2, 1000 + side / 2)

    assert at_hole(100) == {"deso": "ring"}
    assert at_hole(100.1) is None


def test_a_municipality_in_parts_has_nothing_in_between():
    parts = layer({"one": square(0, 0), "other": square(3000, 0)})
    locator = Locator({"deso": parts})
    assert codes_at(locator, 500, 500) == {"deso": "one"}
    assert codes_at(locator, 3500, 500) == {"deso": "other"}
    assert codes_at(locator, 2000, 500) is None
    # a narrow way in from outside is no hole, however little ground it is
    notched = square(0, 0).difference(square(500, -50, 60))
    assert codes_at(Locator({"deso": layer({"one": notched})}), 530, 5) is None


def test_a_layer_that_overlaps_itself_gives_the_first_code():
    over = layer({"b": square(0, 0, 3000), "a": square(500, 0, 1000)})
    locator = Locator({"deso": over})
    assert codes_at(locator, 1000, 500) == {"deso": "a"}
    assert codes_at(locator, 2500, 500) == {"deso": "b"}


def test_a_layer_that_is_refused_is_named():
    with pytest.raises(ValueError, match=r"^half must be in"):
        Locator({"deso": NEIGHBOURHOODS, "half": HALVES.to_crs("EPSG:4326")})
    with pytest.raises(ValueError, match=r"^half has no polygons"):
        Locator({"deso": NEIGHBOURHOODS, "half": HALVES.iloc[:0]})


def test_the_grid_covers_the_area_with_whole_squares():
    grid = square_grid(square(0, 0, 1000), 500)
    assert list(grid.index) == [
        "ruta500-N6576000E0472000",
        "ruta500-N6576000E0472500",
        "ruta500-N6576500E0472000",
        "ruta500-N6576500E0472500",
    ]
    assert grid.index.name == "code"
    assert grid.area.sum() == 1_000_000
    assert grid.crs == "EPSG:3006"
    assert list(grid.columns) == ["name", "geometry"]
    assert list(grid["name"])[:2] == ["Ruta N 6576000 E 472000", "Ruta N 6576000 E 472500"]


def test_a_square_that_the_area_only_touches_is_no_part_of_the_grid():
    grid = square_grid(shapely.union(square(0, 0, 500), square(1000, 500, 500)), 500)
    assert list(grid.index) == ["ruta500-N6576000E0472000", "ruta500-N6576500E0473000"]


def test_a_square_keeps_its_code_when_the_area_changes():
    small, large = square_grid(square(130, 270, 600), 250), square_grid(square(0, 0), 250)
    assert set(small.index) < set(large.index)
    shared = large.loc[small.index]
    assert small.geometry.geom_equals(shared.geometry).all()


def test_corners_cover_the_bounds_row_by_row_from_the_south():
    west, south = corners_between((-0.1, 0, 100, 200.1), 100)
    assert west.tolist() == [-100, 0] * 3
    assert south.tolist() == [0, 0, 100, 100, 200, 200]
    # a point has one square, and so has a line along the grid
    assert [c.tolist() for c in corners_between((200, 300, 200, 300), 100)] == [[200], [300]]
    assert len(corners_between((0, 0, 300, 0), 100)[0]) == 3


def test_the_most_squares_there_may_be():
    side = math.isqrt(SQUARES_MAX)
    assert side**2 < SQUARES_MAX == 2_000_000 < (side + 1) ** 2
    assert len(corners_between((0, 0, 2000, 1000), 1)[0]) == SQUARES_MAX
    with pytest.raises(ValueError, match="2001 x 1000 squares are too many"):
        corners_between((0, 0, 2001, 1000), 1)
    for nowhere in (math.nan, math.inf):
        with pytest.raises(ValueError, match="too many"):
            corners_between((0, 0, nowhere, 1), 1)


@settings(max_examples=50)
@given(x=st.floats(-3000, 3000), y=st.floats(-3000, 3000), side=st.floats(1, 2500))
def test_every_square_of_the_grid_shares_ground_with_the_area(x: float, y: float, side: float):
    area = square(x, y, side)
    grid = square_grid(area, 500)
    assert not grid.touches(area).any()
    assert grid.index.is_unique
    assert grid.intersection(area).area.sum() == pytest.approx(area.area)
    assert (grid.bounds.minx % 500 == 0).all()


@pytest.mark.parametrize("cell_m", [0, -5, math.nan, math.inf, 0.01])
def test_a_grid_that_makes_no_sense_is_refused(cell_m: float):
    with pytest.raises(ValueError, match=r"square"):
        square_grid(square(0, 0), cell_m)


def test_a_grid_over_nothing_is_refused():
    with pytest.raises(ValueError, match="empty"):
        square_grid(shapely.Polygon(), 500)


@settings(max_examples=200)
@given(lon=st.floats(14.33, 14.78), lat=st.floats(59.23, 59.54), seed=st.text(max_size=20))
def test_a_point_is_moved_30_to_50_m_and_always_to_the_same_place(lon, lat, seed):
    new = displaced(lon, lat, seed=seed)
    here, there = crs.point_to_metric(lon, lat), crs.point_to_metric(*new)
    assert 30 - 1e-6 <= math.dist(here, there) <= 50 + 1e-6
    assert new == displaced(lon, lat, seed=seed)
    assert new == (round(new[0], 4), round(new[1], 4))


def test_points_are_moved_in_all_directions_by_their_seed():
    moved = {displaced(14.52, 59.33, seed=str(n)) for n in range(2000)}
    offsets = np.array(sorted(moved)) - (14.52, 59.33)
    assert len(moved) > 60
    assert np.abs(offsets.mean(axis=0)).max() < 1e-5
    assert {tuple(sign) for sign in np.sign(offsets)} >= {(1, 1), (1, -1), (-1, 1), (-1, -1)}


def test_every_place_at_the_right_distance_is_picked_sometimes_and_no_other():
    east, north = 145_200, 593_300
    lon, lat = (east + 0.3) / 10_000, (north - 0.4) / 10_000
    here = crs.point_to_metric(lon, lat)
    grid = [
        (x / 10_000, y / 10_000)
        for x in range(east - 30, east + 30)
        for y in range(north - 30, north + 30)
    ]
    right = {xy for xy in grid if 30 <= math.dist(here, crs.point_to_metric(*xy)) <= 50}
    assert {displaced(lon, lat, seed=str(n)) for n in range(2000)} == right


def test_a_moved_point_stays_inside_the_polygon():
    place = square(0, 0)
    corner = crs.point_to_degrees(X0 + 1, Y0 + 1)
    for n in range(100):
        new = displaced(*corner, seed=str(n), within=place)
        assert place.intersects(shapely.Point(crs.point_to_metric(*new)))


def test_a_polygon_without_room_does_not_keep_a_point_in_place():
    corner = crs.point_to_degrees(X0 + 5, Y0 + 5)
    new = displaced(*corner, seed="a", within=square(0, 0, 10))
    assert math.dist(crs.point_to_metric(*corner), crs.point_to_metric(*new)) >= 30


class Strip(NamedTuple):
    """An area with others to the west and east of it, and a place in it."""

    around: Locator
    part: shapely.Polygon
    lon: float
    lat: float

    def moved(self, seed: str) -> tuple[float, float]:
        """Return where others see the place."""
        codes = self.around.codes
        found = displaced_inside(
            self.lon,
            self.lat,
            seed=seed,
            part=self.part,
            is_inside=lambda place: codes(*place) == {"deso": "B"},
        )
        assert found is not None
        return found


@st.composite
def strips(draw: st.DrawFn) -> Strip:
    """Draw strips from thinner than a fence to wider than a pin is moved, turned any way."""
    wide, tall = draw(st.floats(0.5, 120)), draw(st.floats(0.5, 900))
    turn, shift = draw(st.floats(0, 180)), draw(st.floats(0, 20))
    box = [(-500, -500, 0, 1500), (0, 0, wide, tall), (wide, -500, 1500, 1500)]
    shapes = [
        shapely.affinity.rotate(
            shapely.box(X0 + shift + a, Y0 + b, X0 + shift + c, Y0 + d), turn, origin=(X0, Y0)
        )
        for a, b, c, d in box
    ]
    x, y = draw(st.floats(0.01, 0.99)) * wide, draw(st.floats(0.01, 0.99)) * tall
    point = shapely.affinity.rotate(shapely.Point(X0 + shift + x, Y0 + y), turn, origin=(X0, Y0))
    around = Locator({"deso": layer(dict(zip("ABC", shapes, strict=True)))})
    return Strip(around, shapes[1], *crs.point_to_degrees(point.x, point.y))


@settings(max_examples=60, deadline=None)
@given(strip=strips(), seed=st.text(max_size=8))
def test_a_moved_point_never_leaves_its_area_however_thin(strip: Strip, seed: str):
    assume(strip.around.codes(strip.lon, strip.lat) == {"deso": "B"})
    lon, lat = strip.moved(seed)
    assert strip.around.codes(lon, lat) == {"deso": "B"}
    away = math.dist(crs.point_to_metric(strip.lon, strip.lat), crs.point_to_metric(lon, lat))
    middle = _middle_of(strip.part) == pytest.approx((lon, lat), abs=1e-4)
    assert middle or (
        30 - 1e-6 <= away <= 50 + 1e-6 and (round(lon, 4), round(lat, 4)) == (lon, lat)
    )


def _middle_of(part: shapely.Polygon) -> tuple[float, float]:
    deepest = shapely.maximum_inscribed_circle(part).coords[0]
    return crs.point_to_degrees(*deepest)


@pytest.mark.parametrize(("x", "y"), [(1, 1), (35, 35), (69, 2), (10, 60)])
def test_in_an_area_smaller_than_the_ring_the_place_tells_nothing_of_the_point(x, y):
    # from some of its points the ring misses the area, so being in the middle would tell which
    around = Locator({"deso": layer({"A": square(70, 0), "B": square(0, 0, 70)})})
    point = crs.point_to_degrees(X0 + x, Y0 + y)
    strip = Strip(around, square(0, 0, 70), *point)
    middle = crs.point_to_degrees(X0 + 35, Y0 + 35)
    assert {strip.moved(str(n)) for n in range(20)} == {(round(middle[0], 4), round(middle[1], 4))}


@pytest.mark.parametrize(("lon", "lat"), [(math.nan, 59.0), (14.0, math.inf), (14.0, 90.0)])
def test_what_is_no_place_is_not_moved(lon: float, lat: float):
    with pytest.raises(ValueError, match="point"):
        displaced(lon, lat, seed="a")
