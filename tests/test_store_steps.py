"""The steps: stores of earlier commits come along whole, and what is not ours is not opened."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from data import enums, store
from data.comments import published, submissions
from data.mail import notices
from data.store import connection, cursors, steps
from tests.conftest import NOON, make_submission

STORES = Path(__file__).parent / "fixtures" / "stores"
OLD = sorted(path.name.partition(".")[0] for path in STORES.glob("*.duckdb.gz"))
# what a column was called, and what was left out since another column says it
CALLED = {("submissions", "decision_id"): "sent_to"}
LEFT_OUT = {("notice_addresses", "decision_id"), ("entered", "decision_id")}
# what is a row of `comment_codes` now, and was a column of `comments`
CODES = ("deso", "regso", "valdistrikt", "ruta")
LEFT_OUT |= {("comments", layer) for layer in CODES}
Rows = dict[str, tuple[list[str], Counter[tuple[object, ...]]]]


@pytest.fixture(params=OLD)
def old(request, tmp_path) -> Path:
    path = tmp_path / "dialogkartan.duckdb"
    path.write_bytes(gzip.decompress((STORES / f"{request.param}.duckdb.gz").read_bytes()))
    return path


def _tables(path: Path) -> dict[str, list[str]]:
    """Return the columns of each table, without those that the steps keep about themselves."""
    with duckdb.connect(str(path)) as connected:
        found = connected.execute(
            "SELECT table_name, list(column_name ORDER BY column_index) FROM duckdb_columns() "
            "JOIN duckdb_tables() USING (table_name) GROUP BY table_name"
        ).fetchall()
    return {table: columns for table, columns in found if not table.startswith("schema_")}


def _rows(path: Path, tables: dict[str, list[str]]) -> dict[str, Counter[tuple[object, ...]]]:
    with duckdb.connect(str(path)) as connected:
        return {
            table: Counter(
                connected.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall()
            )
            for table, columns in tables.items()
        }


def _codes_of_before(path: Path) -> Counter[tuple[object, ...]]:
    with duckdb.connect(str(path)) as connected:
        rows = connected.execute(f"SELECT id, {', '.join(CODES)} FROM comments").fetchall()
    return Counter(
        (number, layer, "", code)
        for number, *codes in rows
        for layer, code in zip(CODES, codes, strict=True)
        if code is not None
    )


def test_a_store_of_before_comes_along_with_every_row(old):
    was = _tables(old)
    kept = {
        table: [column for column in columns if (table, column) not in LEFT_OUT]
        for table, columns in was.items()
    }
    before = _rows(old, kept)
    assert before["comments"].total() >= 6
    codes = before.get("comment_codes", Counter()) + _codes_of_before(old)
    assert codes.total() >= 6 * len(CODES)
    for _again in range(2):
        store.open_store(old)
        store.close_store()
        today = {
            table: [CALLED.get((table, column), column) for column in columns]
            for table, columns in kept.items()
        }
        today["comment_codes"] = ["comment_id", "layer", "edition", "code"]
        assert _rows(old, today) == {**before, "comment_codes": codes}


def test_codes_of_loaded_layers_stay_beside_those_that_were_columns(tmp_path):
    path = tmp_path / "dialogkartan.duckdb"
    path.write_bytes(gzip.decompress((STORES / "f0a02a5.duckdb.gz").read_bytes()))
    loaded = [("deso", "2030", "V"), ("stadsdelar", "2027", "V")]
    with duckdb.connect(str(path)) as connected:
        for row in loaded:
            connected.execute("INSERT INTO comment_codes VALUES (1, $1, $2, $3)", row)
        query = "SELECT deso, regso, valdistrikt, ruta FROM comments WHERE id = 1"
        was = connected.execute(query).fetchone()
    assert was is not None
    store.open_store(path)
    store.close_store()
    with duckdb.connect(str(path)) as connected:
        query = "SELECT layer, edition, code FROM comment_codes WHERE comment_id = 1 ORDER BY ALL"
        found = connected.execute(query).fetchall()
    held = [(layer, "", code) for layer, code in zip(CODES, was, strict=True)]
    assert found == sorted([*held, *loaded])


def test_a_store_of_before_has_the_shape_of_today_and_works(old):
    store.open_store(old)
    try:
        with store.cursor() as cursor:
            assert steps.shape(cursor) == connection._shape_of_today()
            ran = cursor.execute("SELECT number, name FROM schema_steps ORDER BY number").fetchall()
        assert ran == [(step.number, step.name) for step in steps.known()]
        shown = published.published("lekplats")
        assert "Bygg en gunga." in {comment.text for comment in shown}
        receipt = submissions.add(make_submission(), at=NOON)
        assert submissions.by_receipt(receipt.code) is not None
    finally:
        store.close_store()


def test_where_a_release_of_before_counts_is_worked_out_once(tmp_path):
    """Of all those of before, one kept releases without it."""
    path = tmp_path / "dialogkartan.duckdb"
    path.write_bytes(gzip.decompress((STORES / "dced0d2.duckdb.gz").read_bytes()))
    store.open_store(path)
    try:
        with store.cursor() as cursor:
            released = cursor.execute("SELECT code, by_home FROM heard_releases").fetchall()
            places = cursor.execute("SELECT deso FROM comment_deso WHERE comment_id = 1").fetchall()
    finally:
        store.close_store()
    assert set(released) == {(places[0][0], False)}


_CONSTRAINTS = """
SELECT table_name, constraint_type, constraint_text FROM duckdb_constraints() ORDER BY ALL
"""
_VIEWS = "SELECT view_name, sql FROM duckdb_views() WHERE NOT internal ORDER BY ALL"
_SEQUENCES = "SELECT sequence_name FROM duckdb_sequences() ORDER BY ALL"


def test_the_steps_give_what_a_new_store_is_made_of():
    with duckdb.connect() as stepped, duckdb.connect() as new:
        by_steps, whole = cursors.DuckCursor(stepped), cursors.DuckCursor(new)
        # an older store, with nothing in it yet
        by_steps.execute("CREATE TABLE schema_version (version INTEGER NOT NULL)")
        steps.bring_up(by_steps)
        steps.make(whole)
        assert steps.shape(by_steps) == steps.shape(whole)
        for asked in (_CONSTRAINTS, _SEQUENCES, "SELECT version FROM schema_version"):
            assert by_steps.execute(asked).fetchall() == whole.execute(asked).fetchall()
        views = [dict(one.execute(_VIEWS).fetchall()) for one in (by_steps, whole)]
        assert views[0] == views[1]
        assert len(views[0]) == 5


def test_the_steps_are_numbered_from_one_without_a_gap():
    assert [step.number for step in steps.known()] == list(range(1, len(steps.known()) + 1))


def test_a_store_with_other_tables_is_not_opened_and_is_left_alone(file_store):
    with store.cursor() as cursor:
        cursor.execute("ALTER TABLE outreach ADD COLUMN note VARCHAR")
    store.close_store()
    before = file_store.read_bytes()
    with pytest.raises(store.StoreError) as refused:
        store.open_store(file_store)
    assert (refused.value.code, refused.value.path) == ("other_shape", str(file_store))
    assert file_store.read_bytes() == before


def test_a_store_of_before_with_other_tables_is_left_as_it_was(tmp_path):
    path = _first_store(tmp_path)
    with duckdb.connect(str(path)) as connected:
        connected.execute("CREATE TABLE somebody_elses (i INTEGER)")
    tables = _tables(path)
    with pytest.raises(store.StoreError) as refused:
        store.open_store(path)
    assert refused.value.code == "other_shape"
    assert _tables(path) == tables


def test_a_step_that_a_row_does_not_fit_is_told_and_nothing_of_it_is_kept(file_store, monkeypatch):
    store.close_store()
    numbered = len(steps.known()) + 1
    late = steps.Step(
        numbered,
        "late",
        "CREATE TABLE half (i INTEGER PRIMARY KEY); INSERT INTO half VALUES (1), (1)",
    )
    all_steps = (*steps.known(), late)
    with monkeypatch.context() as patched:
        patched.setattr(steps, "known", lambda: all_steps)
        with pytest.raises(store.StoreError) as refused:
            store.open_store(file_store)
    assert refused.value.code == "unfit"
    assert not store.is_open()
    assert "half" not in _tables(file_store)
    store.open_store(file_store)


def _first_store(tmp_path: Path) -> Path:
    path = tmp_path / "dialogkartan.duckdb"
    path.write_bytes(gzip.decompress((STORES / "e819d91.duckdb.gz").read_bytes()))
    return path


@pytest.mark.parametrize(
    "fault",
    [
        "UPDATE comments SET kind = 'wish' WHERE id = 1",
        "UPDATE submissions SET channel = 'dream' WHERE id = 1",
        "UPDATE comments SET submission_id = 999",
    ],
)
def test_a_row_of_before_that_fits_no_longer_stops_the_start_and_is_kept(tmp_path, fault):
    path = _first_store(tmp_path)
    with duckdb.connect(str(path)) as connected:
        connected.execute(fault)
    tables = _tables(path)
    before = _rows(path, tables)
    with pytest.raises(store.StoreError) as refused:
        store.open_store(path)
    assert refused.value.code == "unfit"
    assert _tables(path) == tables
    assert _rows(path, tables) == before


# ---- what the tables hold by themselves

CLOSED = {
    ("decisions", "type"): enums.DecisionType,
    ("decision_zones", "kind"): enums.ZoneKind,
    ("submissions", "channel"): enums.Channel,
    ("submissions", "relation"): enums.Relation,
    ("submissions", "age_band"): enums.AgeBand,
    ("comments", "kind"): enums.Kind,
    ("comments", "stance"): enums.Stance,
    ("comments", "state"): enums.ReviewState,
    ("comments", "hide_reason"): enums.HideReason,
    ("comments", "place_how"): enums.PlaceHow,
    ("outreach", "form"): enums.OutreachForm,
    ("notices", "kind"): notices.NoticeKind,
    ("themes", "outcome"): enums.Outcome,
    ("theme_versions", "outcome"): enums.Outcome,
}
_CHECKS = """
SELECT table_name, constraint_text FROM duckdb_constraints() WHERE constraint_type = 'CHECK'
"""


def test_each_closed_set_of_the_store_is_that_of_the_code(empty_store):
    with store.cursor() as cursor:
        checks = cursor.execute(_CHECKS).fetchall()
    held = {
        (table, re.search(r'(\w+)"? IN \(', text)[1]): set(re.findall(r"'([^']+)'", text))
        for table, text in checks
    }
    assert held == {column: {word.value for word in words} for column, words in CLOSED.items()}


def test_a_row_that_points_at_nothing_is_refused(empty_store):
    for statement in (
        "INSERT INTO entered VALUES ('x', 1, 'A', now(), NULL, NULL)",
        "INSERT INTO notice_addresses VALUES (1, 'kim@example.org', 'sv', now())",
        "INSERT INTO heard_releases VALUES ('lekplats', 1, NULL, FALSE, now())",
        "INSERT INTO layer_areas VALUES ('egen', '2025', 'A', 'A', NULL, '')",
        "INSERT INTO answer_comments VALUES ('lekplats', 1, 1, 1)",
    ):
        with pytest.raises(store.DuplicateError), store.transaction() as cursor:
            cursor.execute(statement)
