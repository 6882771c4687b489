"""A layer that the municipality loads: editions of its own, never mixed, and codes for all."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from data import rights, store
from data.affected import affected
from data.comments import exact_persons, published, results, self_reported, submissions
from data.decisions import decisions
from data.geodata import cells, layer_editions, layers
from data.models import Staff
from data.planning import layer_import
from data.review import review
from data.staff import staff_log
from geo import crs
from pages.shared.words import affected_words
from tests.conftest import NOON, TOWN, make_comment, make_decision, make_submission

PLANNER = Staff("Planerare", frozenset({"planner"}))
X, Y = crs.point_to_metric(*TOWN)
# two halves of the town, the border some way east of the middle of town
WEST = shapely.box(X - 4000, Y - 4000, X + 1000, Y + 4000)
EAST = shapely.box(X + 1000, Y - 4000, X + 5000, Y + 4000)


def _areas(*shapes: shapely.Geometry, **columns: list) -> gpd.GeoDataFrame:
    fields = {"kod": ["V", "O"], "namn": ["Väster", "Öster"], "inv": [6000, 9000], **columns}
    return gpd.GeoDataFrame(fields, geometry=list(shapes or (WEST, EAST)), crs="EPSG:3006")


def _load(areas: gpd.GeoDataFrame | None = None, actor: Staff | None = PLANNER, **changes: object):
    fields: dict[str, object] = {
        "layer": "stadsdelar",
        "code": "kod",
        "name": "namn",
        "edition": "2027",
        "source": "Karlskoga kommun",
        "licence": "CC0",
    }
    new = layer_import.NewLayer(**(fields | changes))
    return layer_import.add(actor, _areas() if areas is None else areas, new, at=NOON)


def _publish(reviewer, count: int = 1, start: int = 0) -> None:
    for n in range(start, start + count):
        receipt = submissions.add(make_submission(key=f"nyckel-{n:012}"), at=NOON)
        found = submissions.by_receipt(receipt.code)
        assert found is not None
        review.publish(found[1][0].id, actor=reviewer, at=NOON)


def test_comments_and_decisions_get_codes_in_one_go(decision, reviewer):
    _publish(reviewer, 6)
    made = _load()
    assert made.key == "stadsdelar@2027"
    found = results.protected(decision.id, made.key)
    assert found.loc["V", ["name", "comments", "persons"]].tolist() == ["Väster", 6, 5]
    assert found.loc["O", "comments"] == 0
    assert layer_editions.codes_of_decision(decision.id) == {made.key: ["V"]}


def test_what_is_sent_later_gets_its_code_too(decision, reviewer):
    made = _load()
    _publish(reviewer)
    assert results.comments_by_area(decision.id, made.key)["comments"].to_dict() == {"V": 1}


def test_a_place_outside_the_loaded_areas_has_no_code(decision, reviewer):
    _load(_areas(EAST, shapely.box(X + 5000, Y, X + 6000, Y + 1000)))
    _publish(reviewer)
    assert results.comments_by_area(decision.id, "stadsdelar@2027").empty


def test_people_are_counted_from_the_cells_or_as_the_file_says(decision):
    estimated = _load()
    assert cells.is_estimated(estimated.key)
    inside = cells.frame()
    inside = inside[inside.centroid.within(shapely.union(WEST, EAST))]
    assert cells.population_of(estimated.key).sum() == pytest.approx(inside["people"].sum())
    counted = _load(edition="2028", population="inv")
    assert not cells.is_estimated(counted.key)
    assert cells.population_of(counted.key).to_dict() == {"V": 6000, "O": 9000}
    summed = cells.of_layer(counted.key)
    summed = summed["people"].groupby(summed["code"]).sum()
    assert summed.to_dict() == {"V": pytest.approx(6000), "O": pytest.approx(9000)}
    assert affected.public(decision, counted.key).loc["V", "affected"] > 0


def test_old_decisions_keep_the_edition_they_had(decision):
    first = _load()
    second = _load(_areas(EAST, WEST), edition="2030")
    newer = make_decision(id="ny")
    decisions.add(newer, number=2)
    assert layer_editions.of_decision(decision.id) == [first.key]
    assert layer_editions.of_decision(newer.id) == [second.key]
    third = _load(edition="2031")
    assert layer_editions.of_decision(decision.id) == [first.key]
    assert layer_editions.of_decision(newer.id) == [second.key]
    assert layer_editions.newest() == {"stadsdelar": third}


def test_two_editions_are_never_joined(decision):
    one, other = _load(), _load(edition="2030")
    layers.check_same_edition(layers.frame(one.key), layers.frame(one.key))
    with pytest.raises(layers.EditionError, match="2030"):
        layers.check_same_edition(layers.frame(one.key), layers.frame(other.key))
    # the same codes are no proof, nor is a frame that says nothing
    with pytest.raises(layers.EditionError, match="no edition"):
        layers.check_same_edition(layers.frame(one.key), pd.DataFrame(index=["V", "O"]))


def test_a_layer_survives_a_restart(file_store):
    _load()
    before = layers.frame("stadsdelar@2027")
    store.close_store()
    store.open_store(file_store)
    after = layers.frame("stadsdelar@2027")
    assert list(after["name"]) == list(before["name"])
    assert after.geometry.geom_equals(before.geometry).all()
    assert "stadsdelar@2027" in layers.names()


def test_who_loaded_what_is_logged(empty_store):
    _load()
    (act,) = staff_log.of(PLANNER, layer_editions.LAYERS)
    assert (act.actor, act.act, act.became) == ("Planerare", "add_layer", "stadsdelar@2027")


BOW_TIE = shapely.Polygon([(X, Y), (X + 900, Y + 900), (X + 900, Y), (X, Y + 900)])


@pytest.mark.parametrize(
    ("areas", "changes", "code"),
    [
        (_areas(), {"layer": "Stads delar"}, "bad_name"),
        (_areas(), {"layer": "valdistrikt"}, "bad_name"),
        (_areas(), {"edition": "../2027"}, "bad_edition"),
        (_areas(), {"source": " "}, "source_missing"),
        (_areas(), {"licence": ""}, "source_missing"),
        (_areas(), {"code": "id"}, "no_column"),
        (_areas(kod=["V", "V"]), {}, "duplicate_code"),
        (_areas(kod=["V", " "]), {}, "duplicate_code"),
        (_areas(inv=[1, None]), {"population": "inv"}, "bad_numbers"),
        (_areas(inv=[1, -4]), {"population": "inv"}, "bad_numbers"),
        (_areas(WEST, BOW_TIE), {}, "invalid_ring"),
        (_areas(WEST, shapely.Point(X, Y)), {}, "no_polygons"),
        (_areas(WEST, WEST), {}, "overlap"),
        (_areas(shapely.box(0, 0, 9, 9), shapely.box(20, 0, 29, 9)), {}, "outside"),
    ],
)
def test_a_layer_that_cannot_be_used_is_refused_whole(empty_store, areas, changes, code):
    with pytest.raises(layer_import.LayerImportError) as caught:
        _load(areas, **changes)
    assert caught.value.code == code
    assert layer_editions.editions() == ()


def test_an_edition_is_never_changed(empty_store):
    _load()
    with pytest.raises(layer_import.LayerImportError) as caught:
        _load(_areas(namn=["Annat", "Namn"]))
    assert caught.value.code == "edition_taken"
    assert list(layers.frame("stadsdelar@2027")["name"]) == ["Öster", "Väster"]


@pytest.mark.parametrize("actor", [None, Staff("Granskare", frozenset({"reviewer"}))])
def test_only_planners_load_layers(empty_store, actor):
    with pytest.raises(rights.NotAllowedError):
        _load(actor=actor)
    assert layer_editions.editions() == ()


def test_a_comment_with_a_neighbourhood_but_no_pin_is_left_without(decision, reviewer):
    made = _load()
    new = make_submission(
        make_comment(place_how="neighbourhood", lon=None, lat=None, deso="1883C1010"),
        make_comment(),
    )
    submissions.add(new, at=NOON)
    with store.cursor() as cursor:
        rows = cursor.execute(
            "SELECT layer, edition, code FROM comment_codes WHERE edition <> ''"
        ).fetchall()
    assert rows == [("stadsdelar", "2027", "V")]
    assert results.protected(decision.id, made.key)["comments"].sum() == 0


def test_codes_of_a_newer_edition_of_a_shipped_layer_are_never_read_as_its_own(decision, reviewer):
    made = _load(layer="deso", edition="2030")
    _publish(reviewer)
    known = layers.locator().codes(*TOWN)
    assert known is not None
    deso = known[layers.DESO]
    for layer, code in ((layers.DESO, deso), (made.key, "V")):
        assert results.comments_by_area(decision.id, layer)["comments"].to_dict() == {code: 1}
        assert exact_persons.by_area(decision.id, layer).to_dict() == {code: 1}
    (shown,) = published.published(decision.id, published.CommentFilter(deso=deso))
    assert shown.deso == deso
    assert published.published(decision.id, published.CommentFilter(deso="V")) == []
    heard = self_reported.heard(decision.id, released=False)
    assert heard.persons[heard.persons > 0].to_dict() == {deso: 1}


@pytest.mark.parametrize("layer", [layers.RUTA, "stadsdelar@2027"])
def test_comments_that_are_picked_out_are_not_counted_where_it_would_tell_more(decision, layer):
    _load()
    with pytest.raises(ValueError, match="not counted"):
        published.count_by_area(decision.id, layer)


def test_a_newer_edition_of_a_shipped_layer_is_for_new_decisions_only(decision):
    made = _load(layer="deso", edition="2030")
    assert layer_editions.of_decision(decision.id) == []
    newer = make_decision(id="ny")
    decisions.add(newer, number=2)
    assert layer_editions.of_decision(newer.id) == [made.key]
    old, new = (affected_words.layer_names(one) for one in (decision, newer))
    assert layers.DESO in old
    assert made.key not in old
    assert made.key in new
    assert layers.DESO not in new
