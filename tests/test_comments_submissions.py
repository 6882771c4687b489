"""Sending: stored once, located once, refused in one word, and the position never shown exactly."""

import math
import threading
from datetime import UTC, datetime, timedelta

import geopandas as gpd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import rights, rules, store
from data.comments import published, submissions
from data.geodata import layers
from data.models import Kind, NewComment, PlaceHow, ReviewState, Staff
from data.review import review
from geo import crs
from tests.conftest import ELSEWHERE, NOON, TOWN, make_comment, make_submission


def _count(table: str) -> int:
    statements = {
        "submissions": "SELECT count(*) FROM submissions",
        "comments": "SELECT count(*) FROM comments",
    }
    with store.cursor() as cursor:
        row = cursor.execute(statements[table]).fetchone()
    return int(row[0]) if row else 0


def test_sending_twice_stores_once_and_gives_the_same_receipt(decision):
    first = submissions.add(make_submission(), at=NOON)
    second = submissions.add(make_submission(), at=NOON + timedelta(seconds=1))
    assert first == second
    assert (_count("submissions"), _count("comments")) == (1, 1)


def test_a_form_is_known_by_its_own_key_as_soon_as_it_is_stored(decision):
    new = make_submission(key="nyckel-0000000001")
    assert not submissions.is_stored(new.key)
    submissions.add(new, at=NOON)
    assert submissions.is_stored(new.key)
    assert not submissions.is_stored("nyckel-0000000002")


def test_five_clicks_at_once_store_once(decision):
    codes: list[str] = []
    ready = threading.Barrier(5)

    def click() -> None:
        ready.wait()
        codes.append(submissions.add(make_submission(), at=NOON).code)

    threads = [threading.Thread(target=click) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(codes) == 5
    assert len(set(codes)) == 1
    assert (_count("submissions"), _count("comments")) == (1, 1)


def test_many_people_at_once_are_all_stored(decision):
    codes: list[str] = []

    def send(person: int) -> None:
        for i in range(5):
            new = make_submission(key=f"nyckel-{person:06d}-{i:06d}")
            codes.append(submissions.add(new, at=NOON).code)

    threads = [threading.Thread(target=send, args=(person,)) for person in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(codes)) == 40
    assert _count("submissions") == 40


CLOSED = [
    (datetime(2026, 10, 31, 22, 59, tzinfo=UTC), "not_open_yet"),
    (datetime(2026, 11, 30, 23, 0, tzinfo=UTC), "closed"),
]


@pytest.mark.parametrize(("at", "code"), CLOSED)
def test_a_closed_decision_takes_nothing_behind_the_forms_back(decision, at, code):
    with pytest.raises(rules.CommentingClosedError) as refused:
        submissions.add(make_submission(), at=at)
    assert refused.value.code == code
    assert _count("submissions") == 0


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 10, 31, 23, 0, tzinfo=UTC),  # midnight in Karlskoga
        datetime(2026, 11, 30, 22, 59, tzinfo=UTC),  # one minute before the day ends there
    ],
)
def test_the_day_is_the_one_in_karlskoga(decision, at):
    assert submissions.add(make_submission(), at=at).received_at == at


def test_an_unknown_decision_is_refused(decision):
    with pytest.raises(submissions.UnknownDecisionError):
        submissions.add(make_submission(decision_id="finns-inte"), at=NOON)


@pytest.mark.parametrize(
    ("lon", "lat"), [ELSEWHERE, (TOWN[1], TOWN[0]), (0.0, 0.0), (180.0, 90.0), (1e300, 1e300)]
)
def test_a_place_outside_the_municipality_is_refused(decision, lon, lat):
    with pytest.raises(submissions.OutsideError):
        submissions.add(make_submission(make_comment(lon=lon, lat=lat)), at=NOON)
    assert _count("submissions") == 0


def test_an_unknown_neighbourhood_is_refused(decision):
    comment = NewComment(
        kind=Kind.IDEA, text="Hej", place_how=PlaceHow.NEIGHBOURHOOD, deso="1883X9999"
    )
    with pytest.raises(submissions.UnknownNeighbourhoodError):
        submissions.add(make_submission(comment), at=NOON)


def test_a_pin_gets_the_code_of_every_layer_and_no_place_gets_none(decision):
    nowhere = NewComment(kind=Kind.IDEA, text="Hej")
    submissions.add(make_submission(make_comment(), nowhere), at=NOON)
    with store.cursor() as cursor:
        rows = cursor.execute(
            "SELECT original, layer, edition, code FROM comments "
            "JOIN comment_codes ON comment_id = id"
        ).fetchall()
    expected = layers.locator().codes(*TOWN)
    assert expected is not None
    assert set(expected) == set(layers.LAYERS)
    pin = make_comment().text
    assert pin != nowhere.text
    assert sorted(rows) == sorted((pin, layer, "", code) for layer, code in expected.items())


def test_the_public_position_is_moved_once_and_has_four_decimals(decision, reviewer):
    submissions.add(make_submission(), at=NOON)
    review.publish(1, actor=reviewer, at=NOON)
    seen = {(c.lon, c.lat) for _ in range(5) for c in published.published("lekplats")}
    assert len(seen) == 1
    lon, lat = seen.pop()
    assert (round(lon, 4), round(lat, 4)) == (lon, lat)
    here, there = crs.point_to_metric(*TOWN), crs.point_to_metric(lon, lat)
    away = ((here[0] - there[0]) ** 2 + (here[1] - there[1]) ** 2) ** 0.5
    assert 30 <= away <= 50


def _places_at_borders() -> list[tuple[float, float]]:
    """Points 12 m inside the border of each DeSO."""
    borders = layers.frame(layers.DESO).geometry.buffer(-12).explode().exterior
    points = borders.interpolate(0.37, normalized=True)
    return [crs.point_to_degrees(point.x, point.y) for point in points]


def test_a_public_pin_never_leaves_the_areas_that_its_codes_name():
    # in another area than its codes it would tell from which side it was moved
    locator, left = layers.locator(), []
    for number, (lon, lat) in enumerate(_places_at_borders()):
        for sender in range(5):
            comment = make_comment(lon=lon, lat=lat)
            public = submissions.public_position(comment, f"nyckel-{number}-{sender}")
            if locator.codes(public["public_lon"], public["public_lat"]) != locator.codes(lon, lat):
                left.append((number, sender))
    assert left == []


def _places_in_slivers() -> list[tuple[float, float]]:
    """Points where two layers cut a sliver, most of them thinner than a pin is moved."""
    cut = gpd.overlay(
        layers.frame(layers.DESO)[["geometry"]],
        layers.frame(layers.VALDISTRIKT)[["geometry"]],
        keep_geom_type=True,
    ).geometry.explode()
    is_thin = shapely.is_empty(shapely.buffer(cut.to_numpy(), -20))
    points = shapely.point_on_surface(cut.to_numpy()[is_thin & (cut.area > 1)])
    return [crs.point_to_degrees(point.x, point.y) for point in points]


def test_a_public_pin_never_leaves_a_thin_area_either():
    locator, places = layers.locator(), _places_in_slivers()
    assert len(places) > 20
    left = []
    for number, (lon, lat) in enumerate(places):
        public = submissions.public_position(make_comment(lon=lon, lat=lat), f"nyckel-{number}")
        if locator.codes(public["public_lon"], public["public_lat"]) != locator.codes(lon, lat):
            left.append(number)
    assert left == []


def test_what_waits_is_not_public(decision):
    submissions.add(make_submission(), at=NOON)
    assert published.published("lekplats") == []
    assert published.count_published("lekplats") == 0
    assert published.near("lekplats", *TOWN) == []
    assert published.published_points("lekplats").empty


@pytest.mark.parametrize("bearing", range(0, 360, 45))
def test_what_was_said_near_is_what_lies_within_so_many_metres(decision, reviewer, bearing):
    submissions.add(make_submission(), at=NOON)
    review.publish(1, actor=reviewer, at=NOON)
    (said,) = published.published("lekplats")
    x, y = crs.point_to_metric(said.lon, said.lat)

    def near(metres: float) -> list[int]:
        turned = math.radians(bearing)
        place = (x + metres * math.sin(turned), y + metres * math.cos(turned))
        return [one.id for one in published.near("lekplats", *crs.point_to_degrees(*place))]

    # two per cent for the degrees, which are not as long everywhere in the municipality
    assert near(0.98 * published.NEAR_M) == [said.id]
    assert near(1.02 * published.NEAR_M) == []


def test_of_what_was_said_near_the_nearest_comes_first(decision, reviewer):
    north = [make_comment(lat=TOWN[1] + metres / 111_400) for metres in (240, 0, 120, 2_000)]
    submissions.add(make_submission(*north), at=NOON)
    for number in range(1, 5):
        review.publish(number, actor=reviewer, at=NOON)
    found = published.near("lekplats", *TOWN, radius_m=400)
    assert [one.id for one in found] == [2, 3, 1]
    assert [one.id for one in published.near("lekplats", *TOWN, radius_m=400, limit=2)] == [2, 3]


@pytest.mark.parametrize("form", [str.lower, lambda c: c.replace("-", ""), lambda c: f" {c} "])
def test_a_receipt_code_is_found_however_it_is_written(decision, form):
    receipt = submissions.add(make_submission(), at=NOON)
    found = submissions.by_receipt(form(receipt.code))
    assert found is not None
    assert found[0] == receipt
    assert found[1][0].state is ReviewState.WAITING


@given(st.text(max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_a_wrong_code_finds_nothing_and_breaks_nothing(decision, written):
    assert submissions.by_receipt(written) is None


@given(st.text(min_size=1, max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_any_words_that_are_taken_come_back_as_they_were_taken(decision, text):
    try:
        comment = make_comment(text=text)
    except ValueError:
        return
    key = f"ord-{abs(hash(text)):020d}"
    receipt = submissions.add(make_submission(comment, key=key), at=NOON)
    found = submissions.by_receipt(receipt.code)
    assert found is not None
    assert found[1][0].original == comment.text


def test_what_waits_has_no_day_of_publishing(decision):
    states = [ReviewState.WAITING, ReviewState.PUBLISHED]
    new = make_submission(make_comment(), make_comment(), example=True)
    submissions.add_example(new, at=NOON, states=states, reasons=[None, None])
    with store.cursor() as cursor:
        rows = cursor.execute("SELECT state, published_at FROM comments ORDER BY id").fetchall()
    assert rows == [("waiting", None), ("published", NOON)]
    (shown,) = published.published("lekplats")
    assert shown.example, "an example is told to be one wherever it is read"


def test_what_a_person_sent_is_no_example(decision, reviewer):
    submissions.add(make_submission(), at=NOON)
    review.publish(1, actor=reviewer, at=NOON)
    (shown,) = published.published("lekplats")
    assert not shown.example


def test_only_examples_may_skip_the_review(decision):
    with pytest.raises(ValueError, match="only examples"):
        submissions.add_example(
            make_submission(), at=NOON, states=[ReviewState.PUBLISHED], reasons=[None]
        )


def test_a_reviewer_is_not_a_name_in_the_code(decision):
    with pytest.raises(rights.NotAllowedError):
        review.waiting(Staff("Admin", frozenset()))


def test_what_waits_changes_nothing_that_is_public(decision):
    before = store.data_version(decision.id)
    submissions.add(make_submission(), at=NOON)
    assert store.data_version(decision.id) == before


def test_a_fault_of_the_database_is_told_as_not_saved(empty_store):
    with pytest.raises(store.StoreError) as caught, store.transaction() as cursor:
        cursor.execute("SELECT * FROM no_such_table")
    assert caught.value.code == "not_saved"
