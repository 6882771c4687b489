"""The process that reads a GIS file: what the file costs is told of the file, the rest of us."""

from __future__ import annotations

import errno
import subprocess
from pathlib import Path

import pytest

from data.uploads import gis_files, gis_process, gis_worker
from data.uploads.gis_files import GisFileError, read_vector

DRAWING = (
    b"0\nSECTION\n2\nENTITIES\n0\nLWPOLYLINE\n8\n0\n90\n4\n70\n1\n10\n473000\n20\n6576000\n"
    b"10\n473100\n20\n6576000\n10\n473100\n20\n6576100\n10\n473000\n20\n6576100\n0\nENDSEC\n0\nEOF\n"
)
# a process in the place of ours: `BEFORE` runs while it starts, and `CHANGE` can change our worker
DOUBLE = """
import importlib.util, os, signal, sys, time
{before}
spec = importlib.util.spec_from_file_location("worker", {worker!r})
worker = importlib.util.module_from_spec(spec)
spec.loader.exec_module(worker)
worker.CPU_SECONDS = 1
{change}
worker.main()
"""
STOP = "os.kill(os.getpid(), signal.SIGSTOP)"


@pytest.fixture
def double(tmp_path, monkeypatch):
    def put(before: str = "", change: str = "") -> None:
        path = tmp_path / "double.py"
        path.write_text(
            DOUBLE.format(before=before, change=change, worker=str(gis_worker.__file__)), "utf-8"
        )
        monkeypatch.setattr(gis_files, "WORKER", path)

    return put


def _read() -> gis_files.VectorFile:
    return read_vector(DRAWING, "a.dxf", epsg=3006)


def _fault() -> tuple[str, str]:
    with pytest.raises(GisFileError) as caught:
        _read()
    return caught.value.code, caught.value.detail


def test_a_start_that_takes_longer_than_a_reading_may_is_no_fault_of_the_file(double):
    """What the start costs is counted in the time of the processor, which no neighbour changes."""
    double(before="while time.process_time() < 2.5: pass")
    assert _read().frame.geometry[0].length == pytest.approx(400)


def test_a_machine_that_cannot_start_the_reading_is_busy(double, monkeypatch):
    monkeypatch.setattr(gis_process, "START_SECONDS", 0.2)
    double(before=STOP)
    assert _fault() == ("busy", "start")


def test_a_machine_that_stands_still_while_it_reads_is_busy(double, monkeypatch):
    monkeypatch.setattr(gis_process, "READ_SECONDS", 0.2)
    double(change=f"worker._answer = lambda *_: {STOP}")
    assert _fault() == ("busy", "reading")


def test_a_reading_that_uses_all_its_time_is_told_of_the_file(double):
    double(change="def _answer(*_):\n    while True: pass\nworker._answer = _answer")
    assert _fault()[0] == "too_slow"


@pytest.mark.parametrize("when", ["before", "change"])
def test_a_machine_that_ends_the_reading_for_want_of_memory_is_busy(double, when):
    end = "os.kill(os.getpid(), signal.SIGKILL)"
    double(**{when: end if when == "before" else f"worker._answer = lambda *_: {end}"})
    assert _fault()[0] == "busy"


@pytest.mark.parametrize(
    "want",
    ["bytearray(10**10)", "(bytearray(2_950_000_000 - 200_000_000), [][1])"],
    ids=["python", "a library"],
)
def test_a_file_that_needs_too_much_memory_is_told_of_the_file(double, want):
    """The second fails in another way than for memory, when nearly all of it has been had."""
    double(
        change=f"load = worker._reader\nworker._reader = lambda d: load(d) and (lambda *_: {want})"
    )
    assert _fault()[0] == "too_heavy"


def test_no_more_than_a_few_are_read_at_once(monkeypatch):
    monkeypatch.setattr(gis_process, "QUEUE_SECONDS", 0.01)
    for _ in range(gis_process.AT_ONCE):
        assert gis_process._TURNS.acquire(blocking=False)
    try:
        assert _fault() == ("busy", "queue")
    finally:
        gis_process._TURNS.release(gis_process.AT_ONCE)
    assert len(_read().frame) == 1


def test_a_turn_is_given_back_whatever_happens(double, monkeypatch):
    monkeypatch.setattr(gis_process, "START_SECONDS", 0.05)
    double(before=STOP)
    for _ in range(gis_process.AT_ONCE + 1):
        assert _fault() == ("busy", "start")


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.EAGAIN, "busy"), (errno.ENOMEM, "busy"), (errno.ENOSPC, "no_room")],
)
def test_a_machine_without_room_is_told_by_the_number_of_its_fault(monkeypatch, number, code):
    def fail(*_args: object, **_options: object) -> None:
        raise OSError(number, "in whatever words")

    monkeypatch.setattr(subprocess, "Popen", fail)
    assert _fault()[0] == code


def test_a_full_disk_is_not_told_of_the_file(monkeypatch):
    def fail(_path: Path, _content: bytes) -> None:
        raise OSError(errno.ENOSPC, "in whatever words")

    monkeypatch.setattr(Path, "write_bytes", fail)
    assert _fault()[0] == "no_room"
