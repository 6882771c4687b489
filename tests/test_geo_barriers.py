"""Distance over land: water stops one, a bridge does not, and no way is shorter than a line."""

from __future__ import annotations

import heapq
import math

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely import affinity

from geo import barriers
from geo._counting import distances_m
from geo.areas import AreaError
from geo.barriers import CROSSING_REACH_M, land_distances_m
from tests.geo_kit import X0, Y0, square

STEP = 25.0
FAR = 4000.0
HOME = square(0, 0, 100)


def at(*places: tuple[float, float]) -> np.ndarray:
    """Return points by metres from the kit's origin."""
    return shapely.points([(X0 + x, Y0 + y) for x, y in places])


def bridge(*ends: tuple[float, float]) -> shapely.LineString:
    return shapely.LineString([(X0 + x, Y0 + y) for x, y in ends])


def river(x: float, width: float = 10) -> shapely.Polygon:
    """Return a straight river from south to north, far beyond every window."""
    return shapely.box(X0 + x, Y0 - 20_000, X0 + x + width, Y0 + 20_000)


def over_land(points: np.ndarray, area: shapely.Geometry = HOME, **more) -> np.ndarray:
    options = {"water": None, "crossings": [], "reach_m": FAR} | more
    return land_distances_m(points, area, **options)


places = st.lists(st.tuples(st.floats(-2000, 2000), st.floats(-2000, 2000)), max_size=8)
points_in = places.map(lambda found: np.array(at(*found), dtype=object) if found else NOBODY)
NOBODY = np.array([], dtype=object)
corner = st.floats(-1500, 1500)
areas = st.one_of(
    st.builds(square, corner, corner, st.floats(1, 1000)),
    st.builds(
        lambda x, y, r: shapely.Point(X0 + x, Y0 + y).buffer(r, quad_segs=200),
        corner,
        corner,
        st.floats(1, 500),
    ),
    st.builds(
        lambda one, other: one.union(other),
        st.builds(square, corner, corner, st.floats(1, 300)),
        st.builds(square, corner, corner, st.floats(1, 300)),
    ),
)
lakes = st.lists(
    st.builds(
        lambda x, y, r, flat: affinity.scale(shapely.Point(X0 + x, Y0 + y).buffer(r), 1, flat),
        corner,
        corner,
        st.floats(1, 800),
        st.floats(0.02, 1),
    ),
    min_size=1,
    max_size=5,
).map(shapely.union_all)
bridges = st.lists(
    st.one_of(
        st.builds(lambda *ends: bridge(ends[:2], ends[2:]), corner, corner, corner, corner),
        st.builds(lambda x, y: at((x, y))[0], corner, corner),
    ),
    max_size=4,
)


@settings(max_examples=60)
@given(points=points_in, area=areas)
def test_without_water_it_is_exactly_the_straight_line(points, area):
    straight = distances_m(points, area)
    expected = np.where(straight <= 1500, straight, np.inf)
    for water in (None, shapely.Polygon(), river(30_000)):
        found = over_land(points, area, water=water, reach_m=1500)
        np.testing.assert_array_equal(found, expected)


def test_water_that_is_not_in_between_changes_nothing():
    points = at((500, 50), (-500, 70), (50, 900))
    lake = square(600, 0, 300)
    np.testing.assert_array_equal(over_land(points, water=lake), distances_m(points, HOME))


@settings(max_examples=60)
@given(
    angle=st.floats(0, 180),
    width=st.floats(0.5, 10),
    gap=st.floats(0.1, 60),
    shore=st.floats(0.1, 60),
    along=st.floats(-800, 800),
)
def test_a_river_narrower_than_a_square_lets_nobody_over(angle, width, gap, shore, along):
    # the area ends `gap` from one bank, one house stands `shore` from the other one
    water = river(100 + gap, width)
    other_side = at((100 + gap + width + shore, along), (900, along))
    this_side = at((100 + gap / 2, along), (-500, along))
    turn = {"angle": angle, "origin": (X0, Y0)}
    area, water = affinity.rotate(HOME, **turn), affinity.rotate(water, **turn)
    other_side, this_side = (
        np.array([affinity.rotate(p, **turn) for p in side]) for side in (other_side, this_side)
    )
    found = over_land(np.concatenate([other_side, this_side]), area, water=water, reach_m=2000)
    np.testing.assert_array_equal(found, [np.inf, np.inf, *distances_m(this_side, area)])


BY_THE_BRIDGE = math.dist((100, 100), (500, 1050)) + 10 + math.dist((510, 1050), (1000, 50))


@pytest.mark.parametrize(
    "crossing",
    [
        bridge((500, 1050), (510, 1050)),
        bridge((480, 1050), (530, 1050)),
        at((505, 1050))[0],
        at((505 - CROSSING_REACH_M, 1050))[0],
    ],
)
def test_over_a_bridge_it_is_the_way_to_and_from_the_bridge(crossing):
    found = over_land(at((1000, 50)), water=river(500), crossings=[crossing])
    assert found[0] == pytest.approx(BY_THE_BRIDGE, rel=0.05)
    assert np.isinf(over_land(at((1000, 50)), water=river(500)))


def test_a_bridge_drawn_a_little_short_still_reaches_the_shores():
    found = over_land(
        at((1000, 50)), water=river(500, 100), crossings=[bridge((512, 50), (588, 50))]
    )
    assert found[0] == pytest.approx(900, abs=2 * STEP)


def test_a_crossing_elsewhere_opens_nothing():
    for crossing in (at((505 - 3 * CROSSING_REACH_M, 0))[0], bridge((300, 0), (400, 0))):
        assert np.isinf(over_land(at((1000, 50)), water=river(500), crossings=[crossing]))


@settings(max_examples=30)
@given(
    angle=st.floats(0, 180),
    width=st.floats(1, 300),
    up=st.floats(-700, 700),
    home=st.floats(-1000, 1000),
)
def test_a_bridge_from_shore_to_shore_can_be_walked_at_any_angle(angle, width, up, home):
    turn = {"angle": angle, "origin": (X0, Y0)}
    line = affinity.rotate(bridge((400, up), (400 + width, up)), **turn)
    water = affinity.rotate(river(400, width), **turn)
    house = affinity.rotate(at((800 + width, home))[0], **turn)
    area = affinity.rotate(square(0, 0, 10), **turn)
    shores = [shapely.Point(xy) for xy in line.coords]
    by_hand = shores[0].distance(area) + width + shores[1].distance(house)
    found = over_land(np.array([house]), area, water=water, crossings=[line], reach_m=3200)
    # eight directions do not tell a line from a bent way in between: 8 % at worst
    assert found[0] == pytest.approx(by_hand, abs=0.08 * by_hand + 2 * STEP)


@settings(max_examples=60)
@given(points=points_in, area=areas, water=lakes, crossings=bridges)
def test_it_is_never_shorter_than_the_straight_line(points, area, water, crossings):
    straight = distances_m(points, area)
    found = over_land(points, area, water=water, crossings=crossings, reach_m=1500)
    assert found.shape == straight.shape
    assert (found >= straight).all()
    assert (found[straight == 0] == 0).all()
    assert (np.isinf(found) | (found <= 1500)).all()


@settings(max_examples=60)
@given(points=points_in, area=areas, water=lakes, crossings=bridges, more=bridges)
def test_more_crossings_never_make_it_longer(points, area, water, crossings, more):
    few = over_land(points, area, water=water, crossings=crossings, reach_m=2000)
    many = over_land(points, area, water=water, crossings=[*crossings, *more], reach_m=2000)
    assert (many <= few + 1e-6).all()


@settings(max_examples=40)
@given(points=points_in, area=areas, water=lakes, random=st.randoms(use_true_random=False))
def test_the_order_of_points_does_not_matter(points, area, water, random):
    order = list(range(len(points)))
    random.shuffle(order)
    found = over_land(points, area, water=water, reach_m=1500)
    again = over_land(points[order], area, water=water, reach_m=1500)
    np.testing.assert_array_equal(again, found[order])


def test_inside_the_area_it_is_0_also_on_the_water():
    area = square(0, 0, 1000)
    points = at((10, 10), (500, 500), (999, 500), (300, 700))
    water = shapely.union(square(400, 400, 200), river(900))
    assert (over_land(points, area, water=water) == 0).all()


def test_a_house_on_the_shore_is_not_lost():
    # both stand in a square that the river meets; only one of them on the area's side
    water = river(507)
    for crossings, way in (([], math.inf), ([bridge((507, 1050), (517, 1050))], 1900)):
        west, east = over_land(at((505, 50), (519, 50)), water=water, crossings=crossings)
        assert west == 405
        assert east == pytest.approx(way, rel=0.1)


def test_a_house_in_the_water_stands_on_the_nearest_shore():
    lake = shapely.box(X0 + 500, Y0 - 20_000, X0 + 2000, Y0 + 20_000)
    west, east = over_land(at((700, 50), (1900, 50)), water=lake)
    assert west == 600
    assert np.isinf(east)


def test_a_house_in_the_water_at_the_edge_of_reach_is_counted():
    lakes = square(-20_000, -20_000, 40_000) - square(-300, -20_000, 700).union(river(-300, 700))
    points = at((-1000, 50), (1100, 50), (50, 1100), (50, -1000))
    np.testing.assert_array_equal(over_land(points, water=lakes, reach_m=1000), [1000] * 4)


def test_an_area_that_is_all_water_can_be_reached():
    bathing = square(500, 0, 100)
    for lake in (square(480, -500, 1000), square(400, -500, 1000), square(500, -500, 1000)):
        found = over_land(at((0, 50), (550, 2000)), bathing, water=lake)
        np.testing.assert_allclose(found, distances_m(at((0, 50), (550, 2000)), bathing), rtol=0.4)
        assert np.isfinite(found).all()
    wide = over_land(at((0, 50)), bathing, water=square(-9000, -9000, 18_000))
    assert np.isinf(wide[0])


def test_an_area_over_both_banks_is_reached_from_both():
    area = square(450, 0, 100)
    points = at((0, 50), (1000, 50))
    np.testing.assert_array_equal(over_land(points, area, water=river(500)), [450, 450])


def test_the_reach_counts_the_way_and_not_the_line():
    way = {"water": river(500), "crossings": [bridge((500, 1050), (510, 1050))]}
    (length,) = over_land(at((1000, 50)), **way)
    assert np.isinf(over_land(at((1000, 50)), **way, reach_m=length - 1))
    assert over_land(at((1000, 50)), **way, reach_m=length + 1) == pytest.approx(length)
    far_off = at((1_000_000, 0), (-FAR - 1, 0), (-FAR, 0))
    np.testing.assert_array_equal(over_land(far_off, **way), [np.inf, np.inf, FAR])


def test_a_large_window_is_cut_into_coarser_squares(monkeypatch):
    way = {"water": river(500), "crossings": [bridge((500, 1050), (510, 1050))]}
    (fine,) = over_land(at((1000, 50)), **way)
    monkeypatch.setattr(barriers, "SQUARES_MAX", 8000)
    grid = barriers._grid_around(HOME.bounds, FAR, STEP)
    assert grid.step_m == 100
    (coarse,) = over_land(at((1000, 50)), **way)
    assert coarse == over_land(at((1000, 50)), **way, step_m=100)[0]
    assert coarse == pytest.approx(fine, abs=300)
    assert coarse != fine
    assert np.isinf(over_land(at((1000, 50)), water=river(500)))


def test_nobody_is_nowhere():
    found = over_land(NOBODY, water=river(500))
    assert found.shape == (0,)
    assert found.dtype == np.float64


@pytest.mark.parametrize(
    ("area", "code"),
    [
        (shapely.Polygon(), "empty"),
        (shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]), "invalid_ring"),
    ],
)
def test_an_area_that_is_none_is_refused(area, code):
    with pytest.raises(AreaError) as caught:
        over_land(at((0, 0)), area)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "wrong",
    [{"step_m": 0}, {"step_m": math.nan}, {"reach_m": -1}, {"reach_m": math.inf}],
)
def test_lengths_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValueError, match="no sense"):
        over_land(at((0, 0)), **wrong)


SIDE = 12
MOVES = [(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j]


def plain_dijkstra(dry: set[tuple[int, int]], start: tuple[int, int]) -> dict:
    """Return the way from `start` to every dry square that can be reached."""
    ways: dict[tuple[int, int], float] = {}
    queue = [(0.0, start)]
    while queue:
        length, place = heapq.heappop(queue)
        if place in ways:
            continue
        ways[place] = length
        for i, j in MOVES:
            step = (place[0] + i, place[1] + j)
            if step in dry:
                heapq.heappush(queue, (length + STEP * math.hypot(i, j), step))
    return ways


def free_way(one: tuple[int, int], other: tuple[int, int]) -> float:
    short, long = sorted((abs(one[0] - other[0]), abs(one[1] - other[1])))
    return STEP * (long - short + math.sqrt(2) * short)


cells = st.tuples(st.integers(0, SIDE - 1), st.integers(0, SIDE - 1))


@settings(max_examples=60)
@given(wet=st.sets(cells, max_size=80), start=cells)
def test_a_plain_search_over_the_same_squares_gives_the_same(wet, start):
    # a frame of water keeps every way among the squares
    assume(start not in wet)
    ponds = [square(STEP * i + 5, STEP * j + 5, STEP - 10) for i, j in wet]
    frame = square(-20, -20, STEP * SIDE + 40) - square(-5, -5, STEP * SIDE + 10)
    water = shapely.union_all([frame, *ponds])
    area = square(STEP * start[0] + 10, STEP * start[1] + 10, 5)
    dry = {(i, j) for i in range(SIDE) for j in range(SIDE)} - wet
    ways = plain_dijkstra(dry, start)
    order = sorted(dry)
    points = at(*((STEP * (i + 0.5), STEP * (j + 0.5)) for i, j in order))
    expected = []
    for place, point in zip(order, points, strict=True):
        straight = point.distance(area)
        if straight > 0 and shapely.shortest_line(point, area).intersects(water):
            detour = ways.get(place, math.inf) - free_way(place, start)
            straight += detour / barriers._STEPS_OVER_LINE
        expected.append(straight)
    found = over_land(points, area, water=water, reach_m=2500)
    np.testing.assert_allclose(found, expected, atol=1e-6)


# squares of 10 m, twenty each way; the middle of the square in row 5 and column 9 is (95, 55)
GRID = barriers._Grid(X0 + np.arange(0, 201, 10.0), Y0 + np.arange(0, 201, 10.0), 10.0)
WALL = shapely.box(X0 + 90.4, Y0 - 500, X0 + 90.6, Y0 + 500)
PONDS = shapely.union_all(
    [square(10 * i + 9, 10 * j + 9, 0.5) for i in (8, 9, 10) for j in (4, 5, 6)]
)


def standing(x: float, y: float, water: shapely.Geometry) -> list[int]:
    return barriers._standing(GRID, at((x, y)), water, GRID.meets(water))[0].tolist()


def test_who_stands_on_dry_ground_stands_there():
    assert standing(95, 55, square(150, 150, 20)) == [5, 9]
    # the lower and the left edge belong to a square
    assert standing(100, 60, square(150, 150, 20)) == [6, 10]


def test_who_stands_in_a_wet_square_stands_in_the_nearest_dry_one_in_sight():
    # the wall is west of the house: the nearest dry middle is 14 m to the east, not 6 m to the west
    assert standing(91, 55, WALL) == [5, 10]
    assert standing(90.1, 55, WALL) == [5, 8]
    # ponds make all squares around wet, and none of them is in the way two squares to the east
    assert standing(92, 55, WALL.union(PONDS)) == [5, 11]


def test_who_sees_no_dry_square_stands_in_the_nearest():
    moat = square(92, 52, 6).difference(square(93, 53, 4))
    assert standing(93.5, 55, moat) == [5, 8]
    assert standing(96.5, 55, moat) == [5, 10]


def gates(area: shapely.Geometry, water: shapely.Geometry) -> set[tuple[int, int]]:
    found = barriers._gates(GRID, area, water, GRID.meets(water), GRID.meets(area))
    return {(int(row), int(column)) for row, column in np.argwhere(found)}


def test_an_area_is_entered_from_its_own_dry_squares():
    dry = gates(square(101, 51, 18), square(150, 150, 20))
    assert dry == {(row, column) for row in (5, 6) for column in (10, 11)}


def test_an_area_at_the_water_is_entered_from_the_dry_squares_near_it_in_sight():
    # the area lies in the wall's own square, east of it
    found = gates(square(92, 52, 4), WALL)
    assert found == {(row, column) for row in range(3, 8) for column in (10, 11)}


def test_an_area_in_a_lake_is_entered_from_the_nearest_shore_and_a_square_more():
    lake, area = square(51, 51, 98), square(71, 101, 8)
    found = gates(area, lake)
    wet = GRID.meets(lake)
    middle = {
        (row, column): shapely.Point(X0 + 10 * column + 5, Y0 + 10 * row + 5).distance(area)
        for row in range(20)
        for column in range(20)
        if not wet[row, column]
    }
    shore = {place for place in middle if 4 <= place[0] <= 15 and 4 <= place[1] <= 15}
    nearest = min(middle[place] for place in shore)
    assert found == {place for place in shore if middle[place] <= nearest + 10}
    assert (10, 4) in found
    assert len(found) > 1


def test_a_line_opens_the_squares_one_step_away_and_a_point_those_within_reach():
    for crossing, reach in ((bridge((0, 0), (100, 0)), 25), (at((0, 0))[0], CROSSING_REACH_M)):
        opened = barriers._openings([crossing], 25)
        assert opened.intersects(at((0, reach - 0.01))[0])
        assert not opened.intersects(at((0, reach + 0.01))[0])
    assert barriers._openings([], 25).is_empty


@settings(max_examples=40)
@given(x=st.floats(-50, 250), y=st.floats(-50, 250), side=st.floats(0.1, 300))
def test_the_squares_that_meet_a_shape_are_those_that_share_a_point_with_it(x, y, side):
    shape = shapely.Point(X0 + x, Y0 + y).buffer(side / 2)
    rows, columns = np.indices((20, 20))
    boxes = shapely.box(GRID.x[columns], GRID.y[rows], GRID.x[columns + 1], GRID.y[rows + 1])
    np.testing.assert_array_equal(GRID.meets(shape), shapely.intersects(shape, boxes))


def test_without_a_goal_there_is_no_way():
    nowhere = np.zeros((20, 20), dtype=bool)
    assert np.isinf(GRID.lengths_m(~nowhere, nowhere)).all()
    everywhere = ~nowhere
    assert (GRID.lengths_m(everywhere, everywhere) == 0).all()
    # in the midst of goals one is there already
    block = nowhere.copy()
    block[4:11, 4:11] = True
    assert (GRID.lengths_m(everywhere, block)[block] == 0).all()
    goal = nowhere.copy()
    goal[5, 9] = True
    ways = GRID.lengths_m(everywhere, goal)
    assert ways[5, 9] == 0
    assert ways[5, 12] == pytest.approx(30)
    assert ways[8, 12] == pytest.approx(30 * math.sqrt(2))
