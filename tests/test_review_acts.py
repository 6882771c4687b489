"""Several at once, taking back, answering and moving: all or nothing, and the log only grows."""

from __future__ import annotations

import ast
import json
import re
from datetime import timedelta
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from data import rights, store
from data.comments import published, results, self_reported, staff_view, submissions
from data.decisions import decisions
from data.geodata import layers
from data.models import HideReason, PlaceHow, ReviewState, Staff
from data.output import log_export
from data.planning import layer_import
from data.review import comment_answering, review, review_move
from tests.conftest import ELSEWHERE, NOON, TOWN, make_comment, make_decision, make_submission

DATA = Path(__file__).resolve().parents[1] / "data"
LATER = NOON + timedelta(hours=1)
NOBODY = Staff("A", frozenset({"politician"}))
PLANNER = Staff("P", frozenset({"planner"}))
OTHER_PLACE = (14.5100, 59.3300)
HOME = "1883C1010"


def _send(text: str = "En bänk", **changes: object) -> int:
    n = store.data_version(staff_view.RECEIVED)
    new = make_submission(make_comment(text=text), key=f"nyckel-{n:012}")
    receipt = submissions.add(new.model_copy(update=changes), at=NOON)
    found = submissions.by_receipt(receipt.code)
    assert found is not None
    return found[1][0].id


@pytest.fixture
def three(decision):
    decisions.add(make_decision(id="annat"), number=2)
    return [_send(f"Synpunkt {n}") for n in range(3)]


def _seen(ids: list[int]) -> dict[int, review.Seen]:
    found = {n: staff_view.get(n) for n in ids}
    return {n: (one.state, one.public_text) for n, one in found.items() if one}


def _states(ids: list[int]) -> list[str]:
    return [one.state.value for one in staff_view.some(ids).values()]


def _log() -> list[tuple[object, ...]]:
    with store.cursor() as cursor:
        return cursor.execute("SELECT * FROM review_log ORDER BY id").fetchall()


def test_several_are_published_at_once_with_a_row_each(three, reviewer):
    rows = review.publish_many(_seen(three), actor=reviewer, at=NOON)
    assert _states(three) == ["published"] * 3
    assert len(set(rows)) == len(_log()) == 3
    assert published.count_published("lekplats") == 3


def test_several_are_hidden_for_one_reason(three, reviewer):
    why = HideReason.ADVERTISING
    review.hide_many(_seen(three), actor=reviewer, reason=why, at=NOON)
    assert {one.hide_reason for one in staff_view.some(three).values()} == {why}


def test_if_one_was_read_meanwhile_none_is_changed(three, reviewer):
    seen = _seen(three)
    review.hide(three[2], actor=reviewer, reason=HideReason.OFF_TOPIC, at=NOON)
    before = _log()
    with pytest.raises(review.AlreadyReadError):
        review.publish_many(seen, actor=reviewer, at=NOON)
    assert _states(three) == ["waiting", "waiting", "hidden"]
    assert _log() == before


def test_taking_back_several_restores_them_and_only_adds_rows(three, reviewer):
    review.hide(three[0], actor=reviewer, reason=HideReason.OFF_TOPIC, at=NOON)
    before = staff_view.some(three)
    rows = review.publish_many(_seen(three), actor=reviewer, at=NOON)
    logged = _log()
    review.undo(rows, actor=reviewer, at=LATER)
    assert staff_view.some(three) == before
    assert _log()[: len(logged)] == logged
    assert [row.act for row in review.latest_acts(reviewer, limit=3)] == ["undo"] * 3
    assert published.count_published("lekplats") == 0


def test_a_reason_comes_back_with_what_was_hidden(three, reviewer):
    review.hide(three[0], actor=reviewer, reason=HideReason.DUPLICATE, at=NOON)
    row = review.publish(three[0], actor=reviewer, at=NOON)
    review.undo([row], actor=reviewer, at=LATER)
    found = staff_view.get(three[0])
    assert found is not None
    assert (found.state, found.hide_reason) == (ReviewState.HIDDEN, HideReason.DUPLICATE)


def test_masks_come_back_when_a_publishing_of_all_words_is_taken_back(three, reviewer):
    review.publish(three[0], actor=reviewer, at=NOON, public_text="[dolt] 0")
    row = review.publish(three[0], actor=reviewer, at=NOON)
    review.undo([row], actor=reviewer, at=LATER)
    assert [one.text for one in published.published("lekplats")] == ["[dolt] 0"]


@pytest.mark.parametrize("meanwhile", ["hide", "answer", "there and back"])
def test_nothing_is_taken_back_when_one_was_changed_meanwhile(three, reviewer, meanwhile):
    rows = review.publish_many(_seen(three), actor=reviewer, at=NOON)
    if meanwhile == "answer":
        comment_answering.add(reviewer, three[1], "Tack.", at=NOON)
    else:
        review.hide(three[1], actor=reviewer, reason=HideReason.OFF_TOPIC, at=NOON)
    if meanwhile == "there and back":
        review.publish(three[1], actor=reviewer, at=NOON)
    before, logged = _states(three), _log()
    with pytest.raises(review.AlreadyReadError):
        review.undo(rows, actor=reviewer, at=LATER)
    assert (_states(three), _log()) == (before, logged)


def test_taking_back_twice_or_what_is_no_act_changes_nothing(three, reviewer):
    row = review.publish(three[0], actor=reviewer, at=NOON)
    (back,) = review.undo([row], actor=reviewer, at=LATER)
    for rows, fault in (
        ([row], review.AlreadyReadError),
        ([back], review.UnknownCommentError),
        ([9999], review.UnknownCommentError),
    ):
        with pytest.raises(fault):
            review.undo(rows, actor=reviewer, at=LATER)
    assert len(_log()) == 2


ACTS = {
    "publish many": lambda who: review.publish_many(_seen([1]), actor=who, at=NOON),
    "hide many": lambda who: review.hide_many(
        _seen([1]), actor=who, reason=HideReason.OFF_TOPIC, at=NOON
    ),
    "undo": lambda who: review.undo([1], actor=who, at=NOON),
    "answer": lambda who: comment_answering.add(who, 1, "Tack", at=NOON),
    "move": lambda who: review_move.to_decision(who, 1, "annat", at=NOON),
    "place": lambda who: review_move.to_place(who, 1, how=PlaceHow.NONE, at=NOON),
    "export": log_export.as_csv,
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", [None, NOBODY])
def test_each_act_asks_who_does_it(three, act, who):
    before = (_states(three), _log())
    with pytest.raises(rights.NotAllowedError):
        ACTS[act](who)
    assert (_states(three), _log()) == before


def test_a_reviewer_exports_nothing_but_a_planner_does(three, reviewer):
    with pytest.raises(rights.NotAllowedError):
        log_export.as_csv(reviewer)
    assert log_export.as_csv(PLANNER).startswith("\ufeffnär;vem;")


def test_an_answer_stands_under_the_published_comment_and_an_edit_is_a_new_row(three, reviewer):
    review.publish(three[0], actor=reviewer, at=NOON)
    comment_answering.add(reviewer, three[0], "  Tack, vi tar med det. ", at=NOON)
    assert [one.answer for one in published.published("lekplats")] == ["Tack, vi tar med det."]
    comment_answering.add(reviewer, three[0], "Bänken är beställd.", at=LATER)
    shown = published.published("lekplats")[0]
    assert (shown.answer, shown.answered_on) == ("Bänken är beställd.", NOON.date())
    with store.cursor() as cursor:
        rows = cursor.execute("SELECT body FROM comment_answers ORDER BY id").fetchall()
    assert rows == [("Tack, vi tar med det.",), ("Bänken är beställd.",)]
    assert [row.act for row in review.log(reviewer, three[0])] == ["publish", "answer", "answer"]
    comment_answering.add(reviewer, three[0], "", at=LATER)
    assert published.published("lekplats")[0].answer == ""


def test_the_answer_to_what_is_hidden_is_shown_to_nobody(three, reviewer):
    comment_answering.add(reviewer, three[0], "Svar", at=NOON)
    assert published.published("lekplats") == []


@pytest.mark.parametrize(
    ("text", "code"), [("x" * (comment_answering.ANSWER_MAX + 1), "too_long"), ("", "same_answer")]
)
def test_an_answer_that_cannot_be_kept_is_refused(three, reviewer, text, code):
    with pytest.raises(comment_answering.AnswerError) as fault:
        comment_answering.add(reviewer, three[0], text, at=NOON)
    assert fault.value.code == code
    assert _log() == []


def test_moving_to_another_decision_changes_both(three, reviewer):
    review.publish_many(_seen(three), actor=reviewer, at=NOON)
    versions = [store.data_version(name) for name in ("lekplats", "annat")]
    review_move.to_decision(reviewer, three[0], "annat", at=LATER)
    assert [published.count_published(name) for name in ("lekplats", "annat")] == [2, 1]
    now = [store.data_version(name) for name in ("lekplats", "annat")]
    assert all(new > old for new, old in zip(now, versions, strict=True))
    row = review.log(reviewer, three[0])[-1]
    assert json.loads(row.before)["decision"] == "lekplats"
    assert json.loads(row.after)["decision"] == "annat"


@pytest.mark.parametrize(
    ("to", "code"), [("finns-inte", "unknown_decision"), ("lekplats", "same_decision")]
)
def test_a_move_that_cannot_be_made_is_refused(three, reviewer, to, code):
    with pytest.raises(review_move.MoveError) as fault:
        review_move.to_decision(reviewer, three[0], to, at=NOON)
    assert fault.value.code == code
    assert _log() == []


def _codes(comment_id: int) -> tuple[object, ...]:
    with store.cursor() as cursor:
        row = cursor.execute(
            "SELECT place_how, public_lon FROM comments WHERE id = $1", [comment_id]
        ).fetchone()
        codes = dict(
            cursor.execute(
                "SELECT layer, code FROM comment_codes WHERE comment_id = $1 AND edition = ''",
                [comment_id],
            ).fetchall()
        )
    assert row is not None
    return (*(codes.get(name) for name in layers.LAYERS), *row)


def test_a_moved_pin_has_the_codes_of_a_new_comment_there(three, reviewer):
    lon, lat = OTHER_PLACE
    review.publish(three[0], actor=reviewer, at=NOON)
    before = _codes(three[0])
    review_move.to_place(reviewer, three[0], how=PlaceHow.PIN, lon=lon, lat=lat, at=NOON)
    expected = layers.locator().codes(lon, lat)
    assert expected is not None
    assert _codes(three[0])[:4] == tuple(expected[name] for name in layers.LAYERS)
    assert _codes(three[0]) != before
    shown = published.published("lekplats")[0]
    assert (shown.lon, shown.lat) != (lon, lat)
    assert layers.locator().codes(shown.lon, shown.lat) == expected
    by_area = results.comments_by_area("lekplats", layers.DESO)
    assert list(by_area.index) == [expected["deso"]]
    row = review.log(reviewer, three[0])[-1]
    assert (json.loads(row.before)["lon"], json.loads(row.before)["lat"]) == TOWN
    # back where it was, it is shown where it was: a second position would narrow it down
    review_move.to_place(reviewer, three[0], how=PlaceHow.PIN, lon=TOWN[0], lat=TOWN[1], at=NOON)
    assert _codes(three[0]) == before


def test_two_moved_pins_are_not_moved_the_same_way(three, reviewer):
    ways = set()
    for lon, lat in ((14.51, 59.33), (14.52, 59.33), (14.53, 59.33)):
        review_move.to_place(reviewer, three[0], how=PlaceHow.PIN, lon=lon, lat=lat, at=NOON)
        with store.cursor() as cursor:
            row = cursor.execute(
                "SELECT public_lon, public_lat FROM comments WHERE id = $1", [three[0]]
            ).fetchone()
        assert row is not None
        ways.add((round(row[0] - lon, 4), round(row[1] - lat, 4)))
    assert len(ways) > 1


def test_a_comment_can_be_about_a_neighbourhood_or_no_place(three, reviewer):
    review_move.to_place(reviewer, three[0], how=PlaceHow.NEIGHBOURHOOD, deso=HOME, at=NOON)
    assert _codes(three[0])[0] == HOME
    assert _codes(three[0])[2:] == (None, None, "neighbourhood", None)
    review_move.to_place(reviewer, three[0], how=PlaceHow.NONE, at=NOON)
    assert _codes(three[0]) == (None, None, None, None, "none", None)
    with pytest.raises(review_move.MoveError) as fault:
        review_move.to_place(reviewer, three[0], how=PlaceHow.NONE, at=NOON)
    assert fault.value.code == "same_place"


def test_a_place_outside_or_unknown_is_refused(three, reviewer):
    before = _codes(three[0])
    lon, lat = ELSEWHERE
    with pytest.raises(submissions.OutsideError):
        review_move.to_place(reviewer, three[0], how=PlaceHow.PIN, lon=lon, lat=lat, at=NOON)
    with pytest.raises(submissions.UnknownNeighbourhoodError):
        review_move.to_place(reviewer, three[0], how=PlaceHow.NEIGHBOURHOOD, deso="x", at=NOON)
    assert _codes(three[0]) == before
    assert _log() == []


def test_codes_of_loaded_layers_follow_a_move(three, reviewer):
    whole = layers.municipality()
    west, south, east, north = whole.bounds
    x, _y = gpd.GeoSeries.from_xy([14.517], [59.328], crs=4326).to_crs(3006).iloc[0].coords[0]
    halves = [shapely.box(west, south, x, north), shapely.box(x, south, east, north)]
    areas = gpd.GeoDataFrame(
        {"kod": ["V", "O"], "namn": ["Väster", "Öster"]},
        geometry=[whole.intersection(one) for one in halves],
        crs=3006,
    )
    new = layer_import.NewLayer("delar", "kod", "namn", edition="1", source="s", licence="CC0")
    layer_import.add(PLANNER, areas, new, at=NOON)

    def codes() -> list[tuple[str]]:
        with store.cursor() as cursor:
            found = "SELECT code FROM comment_codes WHERE comment_id = $1 AND layer = 'delar'"
            return cursor.execute(found, [three[0]]).fetchall()

    assert codes() == [("O",)]
    lon, lat = OTHER_PLACE
    review_move.to_place(reviewer, three[0], how=PlaceHow.PIN, lon=lon, lat=lat, at=NOON)
    assert codes() == [("V",)]
    review_move.to_place(reviewer, three[0], how=PlaceHow.NONE, at=NOON)
    assert codes() == []


def test_public_figures_on_persons_stay_as_released_when_one_comment_moves(decision, reviewer):
    decisions.add(make_decision(id="annat"), number=2)
    ids = [_send(f"Synpunkt {n}") for n in range(6)]
    review.publish_many(_seen(ids), actor=reviewer, at=NOON)
    before = self_reported.heard("lekplats", released=True).persons
    assert before.sum() == 6
    review_move.to_place(reviewer, ids[0], how=PlaceHow.NEIGHBOURHOOD, deso=HOME, at=LATER)
    review_move.to_decision(reviewer, ids[1], "annat", at=LATER)
    assert self_reported.heard("lekplats", released=True).persons.equals(before)
    assert self_reported.heard("annat", released=True).persons.sum() == 0
    exact = self_reported.heard("lekplats", released=False).persons
    assert (exact.sum(), exact[HOME]) == (5, 1)
    for number in ids[2:]:
        review_move.to_decision(reviewer, number, "annat", at=LATER)
    # five persons differ by now
    assert self_reported.heard("lekplats", released=True).persons.sum() == 1
    assert self_reported.heard("annat", released=True).persons.sum() == 5


def test_every_act_leaves_older_rows_and_the_original_as_they_were(three, reviewer):
    steps = [
        lambda: review.publish(three[0], actor=reviewer, at=NOON, public_text="[dolt]"),
        lambda: comment_answering.add(reviewer, three[0], "Svar", at=NOON),
        lambda: review_move.to_place(reviewer, three[0], how=PlaceHow.NONE, at=NOON),
        lambda: review_move.to_decision(reviewer, three[0], "annat", at=NOON),
        lambda: review.hide(three[0], actor=reviewer, reason=HideReason.OFF_TOPIC, at=NOON),
        lambda: review.undo([_log()[-1][0]], actor=reviewer, at=NOON),  # type: ignore[list-item]
        lambda: comment_answering.add(reviewer, three[0], "", at=NOON),
        lambda: review.publish_many(_seen(three[1:]), actor=reviewer, at=NOON),
    ]
    with store.cursor() as cursor:
        originals = "SELECT id, original FROM comments ORDER BY id"
        before = cursor.execute(originals).fetchall()
    for step in steps:
        rows = _log()
        step()
        after = _log()
        assert after[: len(rows)] == rows
        assert len(after) > len(rows)
    with store.cursor() as cursor:
        assert cursor.execute(originals).fetchall() == before


KEPT = r"(?:review_log|staff_log|comment_answers)"
CHANGES = re.compile(
    rf"(?:UPDATE\s+{KEPT}|DELETE\s+FROM\s+{KEPT}|TRUNCATE|DROP\s+TABLE|INSERT\s+OR\s+REPLACE"
    rf"|INTO\s+{KEPT}[^;]*ON\s+CONFLICT|UPDATE\s+comments\s+SET[^;]*\boriginal\s*=)",
    re.IGNORECASE,
)


def _statements() -> list[tuple[str, str]]:
    found = [("schema.sql", (DATA / "store" / "schema.sql").read_text(encoding="utf-8"))]
    for file in sorted(DATA.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        texts = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)]
        found += [(file.name, text) for text in texts if isinstance(text, str)]
    return found


def test_no_statement_changes_the_logs_the_answers_or_an_original():
    assert CHANGES.search("UPDATE review_log SET act = $1")
    assert CHANGES.search("UPDATE comments SET state = $2, original = $3 WHERE id = $1")
    assert [(file, text) for file, text in _statements() if CHANGES.search(text)] == []
