"""The file: kept through a restart, and never half a service when something is wrong with it."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from data import comments, decisions, review, store, submissions
from tests.conftest import NOON, make_decision, make_submission

ROOT = Path(__file__).resolve().parents[1]


def test_everything_survives_a_restart(file_store, reviewer):
    decisions.add(make_decision(), number=1)
    receipt = submissions.add(make_submission(), at=NOON)
    review.publish(1, actor=reviewer, at=NOON)
    store.close_store()
    assert not store.is_open()
    store.open_store(file_store)
    assert decisions.get("lekplats") == make_decision()
    found = submissions.by_receipt(receipt.code)
    assert found is not None
    assert found[0] == receipt
    assert comments.count_published("lekplats") == 1


def test_a_killed_process_loses_nothing_that_was_acknowledged(tmp_path):
    path = tmp_path / "kill.duckdb"
    script = (
        "import os\n"
        "from data import decisions, store, submissions\n"
        "from tests.conftest import NOON, make_decision, make_submission\n"
        f"store.open_store({str(path)!r})\n"
        "decisions.add(make_decision(), number=1)\n"
        "for i in range(20):\n"
        "    print(submissions.add(make_submission(key=f'nyckel-{i:012d}'), at=NOON).code)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    thanked = done.stdout.split()
    assert done.returncode == -9
    assert len(thanked) == 20
    store.open_store(path)
    try:
        assert all(submissions.by_receipt(code) is not None for code in thanked)
    finally:
        store.close_store()


def _code(path: Path) -> str:
    with pytest.raises(store.StoreError) as refused:
        store.open_store(path)
    assert not store.is_open()
    return refused.value.code


def test_a_lost_file_is_not_taken_for_a_first_start(file_store):
    store.close_store()
    file_store.unlink()
    assert _code(file_store) == "missing"
    assert not file_store.exists()


@pytest.mark.parametrize("content", [b"", b"inte en databas " * 500, os.urandom(20_000)])
def test_a_damaged_file_is_said_to_be(file_store, content):
    store.close_store()
    file_store.write_bytes(content)
    assert _code(file_store) == "damaged"


def test_a_cut_file_is_said_to_be_damaged(file_store):
    decisions.add(make_decision(), number=1)
    store.close_store()
    whole = file_store.read_bytes()
    file_store.write_bytes(whole[: len(whole) // 3])
    assert _code(file_store) == "damaged"


def test_a_folder_that_cannot_be_made_is_said_to_be_read_only(tmp_path):
    in_the_way = tmp_path / "fil"
    in_the_way.write_text("inte en mapp", encoding="utf-8")
    assert _code(in_the_way / "dialogkartan.duckdb") == "read_only"


def test_a_file_used_by_another_process_is_said_to_be_locked(file_store):
    store.close_store()
    hold = (
        "import duckdb, sys\n"
        f"held = duckdb.connect({str(file_store)!r})\n"
        "print('held', flush=True)\n"
        "sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == "held"
        assert _code(file_store) == "locked"
        holder.communicate("")


def test_a_file_from_a_newer_version_is_left_alone(file_store):
    with store.cursor() as cursor:
        cursor.execute("UPDATE schema_version SET version = 99")
    store.close_store()
    before = file_store.read_bytes()
    assert _code(file_store) == "newer"
    assert file_store.read_bytes() == before


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "ATTACH '/tmp/annan.duckdb'",
        "INSTALL spatial",
        "SET enable_external_access = true",
        "COPY decisions TO '/tmp/ut.csv'",
    ],
)
def test_no_statement_reaches_outside_the_file(empty_store, statement):
    with store.cursor() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(statement)


def test_without_a_store_nothing_is_answered():
    store.close_store()
    with pytest.raises(store.StoreError) as refused, store.cursor():
        pass
    assert refused.value.code == "not_open"


def test_a_failed_transaction_keeps_nothing(empty_store):
    class StopError(Exception):
        pass

    with pytest.raises(StopError), store.transaction() as cursor:
        cursor.execute("INSERT INTO decision_texts VALUES ('a', 'sv', '{}')")
        raise StopError
    with store.cursor() as cursor:
        assert cursor.execute("SELECT count(*) FROM decision_texts").fetchone() == (0,)


def test_what_was_cached_from_one_store_is_not_shown_from_another(empty_store):
    decisions.add(make_decision(), number=1)
    assert decisions.get("lekplats") is not None
    store.open_store(store.IN_MEMORY)
    assert decisions.list_all() == []
