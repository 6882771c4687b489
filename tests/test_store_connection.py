"""The file: kept through a restart, and never half a service when something is wrong with it."""

import errno
import os
import random
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from data import store
from data.comments import published, submissions
from data.decisions import decisions
from data.review import review
from data.store import faults
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
    assert published.count_published("lekplats") == 1


def test_a_killed_process_loses_nothing_that_was_acknowledged(tmp_path):
    path = tmp_path / "kill.duckdb"
    script = (
        "import os\n"
        "from data import store\nfrom data.comments import submissions\n"
        "from data.decisions import decisions\n"
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


HOLD = (
    "import duckdb, sys\n"
    "held = duckdb.connect(sys.argv[1], read_only=sys.argv[2] == 'reads')\n"
    "print('held', flush=True)\n"
    "sys.stdin.read()\n"
)


@pytest.mark.parametrize("how", ["writes", "reads"])
def test_a_file_used_by_another_process_is_said_to_be_locked(file_store, how):
    store.close_store()
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file_store), how],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == "held"
        assert _code(file_store) == "locked"
        holder.communicate("")
    store.open_store(file_store)


def _everything() -> dict[str, list[tuple[object, ...]]]:
    with store.cursor() as cursor:
        tables = [
            row[0] for row in cursor.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        ]
        return {name: cursor.execute(f'FROM "{name}" ORDER BY ALL').fetchall() for name in tables}


HEADERS = (0, 8, 12, 20, 52, 4095, 4096, 4104, 8191, 8192, 8200, 12_287)
BLOCK = 262_144


def _places(size: int) -> list[int]:
    """Return places in the headers, and some in every block: its beginning, middle and end."""
    rnd = random.Random(7)
    starts = range(HEADERS[-1] + 1, size, BLOCK)
    return [*HEADERS, *(at + rnd.randrange(part) for at in starts for part in (8, 500, BLOCK))]


def test_a_flipped_bit_is_damage_and_never_somebody_else(file_store):
    """Also where DuckDB's own sentence speaks of a *block*."""
    decisions.add(make_decision(), number=1)
    for number in range(30):
        submissions.add(make_submission(key=f"nyckel-{number:012d}"), at=NOON)
    before = _everything()
    store.close_store()
    whole = file_store.read_bytes()
    found = set()
    for at in _places(len(whole)):
        flipped = bytearray(whole)
        flipped[min(at, len(whole) - 1)] ^= 1 << at % 8
        file_store.write_bytes(flipped)
        try:
            store.open_store(file_store)
        except store.StoreError as error:
            found.add(error.code)
            continue
        assert _everything() == before, f"opened with other rows after a flip at {at}"
        store.close_store()
    assert found == {"damaged"}


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path):
    (tmp_path / "mapp.duckdb").mkdir()
    assert _code(tmp_path / "mapp.duckdb") == "not_a_file"
    os.mkfifo(tmp_path / "ror.duckdb")
    assert _code(tmp_path / "ror.duckdb") == "not_a_file"


def test_a_file_of_a_newer_format_is_said_to_be_newer_and_is_left_alone(file_store):
    store.close_store()
    whole = bytearray(file_store.read_bytes())
    assert struct.unpack_from("<Q", whole, 12)[0] in faults.STORAGE_READ, "a new DuckDB"
    struct.pack_into("<Q", whole, 12, 5_000)
    file_store.write_bytes(whole)
    assert _code(file_store) == "damaged", "the header's checksum no longer fits"
    struct.pack_into("<Q", whole, 0, faults.checksum(bytes(whole[8:4096])))
    file_store.write_bytes(whole)
    assert _code(file_store) == "newer"
    assert file_store.read_bytes() == whole


NOBODY = 65_534
# the driver is loaded first: another user may not be allowed to look where it lies
AS_SOMEBODY = (
    "import os, sys\n"
    "sys.path.insert(0, sys.argv[1])\n"
    "from data import store\n"
    "store.connection.steps.known(), store.connection._shape_of_today()\n"
    "if len(sys.argv) > 3:\n"
    "    os.setgroups([]), os.setgid(int(sys.argv[3])), os.setuid(int(sys.argv[3]))\n"
    "try:\n"
    "    store.open_store(sys.argv[2])\n"
    "except store.StoreError as error:\n"
    "    print(error.code)\n"
)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a folder that another user may look into, which pytest's own may not be."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def _code_for_another(path: Path) -> str:
    """Open the store in a process that the rights of a file are asked of: root may do all."""
    asked = [sys.executable, "-c", AS_SOMEBODY, str(ROOT), str(path)]
    another = [str(NOBODY)] if os.getuid() == 0 else []
    done = subprocess.run([*asked, *another], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_may_not_be_written_is_said_to_be_read_only(open_folder, what):
    path = open_folder / "db.duckdb"
    store.open_store(path)
    store.close_store()
    # in the folder's case the file itself may be written by all
    path.chmod(0o444 if what == "file" else 0o666)
    open_folder.chmod(0o777 if what == "file" else 0o555)
    try:
        assert _code_for_another(path) == "read_only"
    finally:
        open_folder.chmod(0o755)


@pytest.mark.skipif(
    subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode != 0
    if Path("/usr/bin/unshare").exists()
    else True,
    reason="a full disk is made by mounting a small one",
)
def test_a_full_disk_is_said_to_be_full(tmp_path):
    small = tmp_path / "liten"
    small.mkdir()
    script = (
        f"mount -t tmpfs -o size=100k tmpfs {small} && "
        f'exec "{sys.executable}" -c "$1" "{ROOT}" "{small}/db.duckdb"'
    )
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script, "sh", AS_SOMEBODY],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "full"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "full"),
        (errno.EDQUOT, "full"),
        (errno.EACCES, "read_only"),
        (errno.EROFS, "read_only"),
        (errno.EIO, "damaged"),
        (errno.ENOMEM, "memory"),
        (errno.EMFILE, "unusable"),
    ],
)
def test_a_fault_of_the_system_is_told_by_its_number(tmp_path, monkeypatch, number, code):
    """Whatever its words are: here they speak of a lock."""
    path = tmp_path / "db.duckdb"
    path.write_bytes(b"inte en databas" * 1000)

    def fail(*_args: object, **_options: object) -> None:
        raise OSError(number, "the lock is read-only")

    monkeypatch.setattr(tempfile, "TemporaryFile", fail)
    assert _code(path) == code


def test_too_little_memory_is_no_damage(file_store, monkeypatch):
    store.close_store()

    def fail(*_args: object, **_options: object) -> None:
        raise duckdb.OutOfMemoryException("could not allocate block")

    monkeypatch.setattr(duckdb, "connect", fail)
    assert _code(file_store) == "memory"


def test_a_file_that_is_let_go_of_between_two_looks_is_opened(file_store, monkeypatch):
    """Else a start right after a stop would say that a whole file is damaged."""
    store.close_store()
    connect, refusals = duckdb.connect, [duckdb.IOException("could not set lock")]

    def first_refuse(*args: object, **options: object) -> duckdb.DuckDBPyConnection:
        if refusals:
            raise refusals.pop()
        return connect(*args, **options)

    monkeypatch.setattr(duckdb, "connect", first_refuse)
    store.open_store(file_store)
    assert store.is_open()


def test_every_fault_of_the_store_has_its_sentence_in_two_languages():
    for code, (swedish, english) in faults.SENTENCES.items():
        assert faults.say(code, "x.duckdb") == (
            swedish.format(file="x.duckdb"),
            english.format(file="x.duckdb"),
        )
        assert "Databasfilen {file}" in swedish
        assert "database file {file}" in english


def test_a_file_from_a_newer_version_is_left_alone(file_store):
    with store.cursor() as cursor:
        cursor.execute("INSERT INTO schema_steps VALUES (99, 'later', now())")
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
        cursor.execute("INSERT INTO code_editions VALUES ('deso', '2025')")
        raise StopError
    with store.cursor() as cursor:
        assert cursor.execute("SELECT count(*) FROM code_editions").fetchone() == (0,)


def test_what_was_cached_from_one_store_is_not_shown_from_another(empty_store):
    decisions.add(make_decision(), number=1)
    assert decisions.get("lekplats") is not None
    store.open_store(store.IN_MEMORY)
    assert decisions.list_all() == []
