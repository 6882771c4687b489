"""The map without a network: light, whole, without gaps, and with names that have room."""

import itertools
import json
import math

import pytest
import shapely

from data.geodata import basemap, layers, map_names
from geo import crs


def features(content):
    whole = json.loads(content)
    assert whole["type"] == "FeatureCollection"
    return whole["features"]


def shapes_of(content):
    return [shapely.geometry.shape(feature["geometry"]) for feature in features(content)]


@pytest.fixture(scope="module")
def base():
    return basemap.base_geojson()


def test_the_base_map_is_light(base):
    assert len(base) < 60_000


def test_it_is_drawn_from_the_ground_up(base):
    assert [f["properties"]["skikt"] for f in features(base)] == ["land", "built_up", "water"]


def test_the_water_says_what_it_is(base):
    told = features(base)[-1]["properties"]["forklaring"]
    assert told == "översvämningsyta vid beräknat 100-årsflöde"


def test_shapes_are_valid_and_have_five_decimals(base):
    for shape in shapes_of(base):
        assert shape.is_valid
        assert not shape.is_empty
        corners = shapely.get_coordinates(shape)
        assert abs(corners * 1e5 - (corners * 1e5).round()).max() < 1e-4


def test_simplifying_moves_no_ground_that_matters(base):
    land, town, water = (crs.geometry_to_metric(shape) for shape in shapes_of(base))
    assert land.symmetric_difference(layers.municipality()).area < 0.001 * land.area
    assert water.symmetric_difference(layers.water()).area < 0.02 * water.area
    dry = layers.built_up().difference(layers.water())
    assert town.symmetric_difference(dry).area < 0.02 * town.area


def test_town_and_lake_share_their_border(base):
    _, town, water = shapes_of(base)
    assert crs.geometry_to_metric(town).intersection(crs.geometry_to_metric(water)).area < 500
    town_corners = {tuple(xy) for xy in shapely.get_coordinates(town).tolist()}
    water_corners = {tuple(xy) for xy in shapely.get_coordinates(water).tolist()}
    assert len(town_corners & water_corners) > 50


@pytest.mark.parametrize("layer", layers.LAYERS)
def test_outlines_have_every_area_with_its_name(layer):
    listed = features(basemap.outlines(layer))
    names = layers.frame(layer)["name"]
    assert {f["properties"]["code"]: f["properties"]["name"] for f in listed} == names.to_dict()
    assert all(f["id"] == f["properties"]["code"] for f in listed)


@pytest.mark.parametrize("layer", ["deso", "regso", "valdistrikt"])
def test_drawn_areas_are_light_and_leave_no_gap(layer):
    assert len(basemap.outlines(layer)) < 30_000
    drawn = [crs.geometry_to_metric(shape) for shape in basemap.shapes(layer)]
    union = shapely.union_all(drawn)
    overlap = sum(shape.area for shape in drawn) - union.area
    assert abs(overlap) < 10_000
    holes = sum(
        shapely.Polygon(ring).area for part in shapely.get_parts(union) for ring in part.interiors
    )
    assert holes < 10_000


def test_an_unknown_layer_is_refused():
    with pytest.raises(layers.LayerError):
        basemap.outlines("stadsdel")


# --- names


def boxes_at(zoom):
    """Return each name's box in pixels, with a letter of 7 px and a line of 16 px."""
    found = []
    for label in map_names.map_names():
        if not label.min_zoom <= zoom <= label.max_zoom:
            continue
        world = 256 * 2**zoom
        x = (label.lon + 180) / 360 * world
        turn = math.asinh(math.tan(math.radians(label.lat)))
        y = (1 - turn / math.pi) / 2 * world
        half = len(label.name) * 7 / 2
        found.append((label.name, shapely.box(x - half, y - 8, x + half, y + 8)))
    return found


@pytest.mark.parametrize("zoom", range(9, 19))
def test_names_do_not_collide(zoom):
    for (one, box), (other, another) in itertools.combinations(boxes_at(zoom), 2):
        assert not box.intersects(another), f"{one} lies on {other} at zoom {zoom}"


def test_the_town_gives_way_to_its_neighbourhoods():
    far = {name for name, _ in boxes_at(10)}
    near = {name for name, _ in boxes_at(14)}
    assert {"Karlskoga", "Möckeln"} <= far
    assert "Karlskoga" not in near
    assert {"Bregården", "Rävåsen", "Sandviken", "Möckeln"} <= near


def test_every_district_has_a_name_on_the_map_when_close():
    near = {name for name, _ in boxes_at(15)}
    assert set(layers.frame("valdistrikt")["name"]) <= near


def test_names_lie_in_the_municipality_and_waters_in_the_water():
    water = layers.water().buffer(5)
    for label in map_names.map_names():
        assert layers.locator().codes(label.lon, label.lat) is not None, label
        if label.kind == map_names.WATER:
            assert water.contains(shapely.Point(crs.point_to_metric(label.lon, label.lat)))


def test_labels_carry_what_the_map_reads():
    for feature in features(basemap.labels_geojson()):
        assert set(feature["properties"]) == {"name", "kind", "minzoom", "maxzoom"}
        assert feature["geometry"]["type"] == "Point"
