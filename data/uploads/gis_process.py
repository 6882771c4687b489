"""Run the process that reads a GIS file: in turn, and with a time for each part of its life.

What a file may cost is counted inside that process, from when it has started
(`data.uploads.gis_worker.CPU_SECONDS`). The times here run on the clock, also while others use the
machine, so they tell of the machine and never of the file.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from data.uploads import gis_worker
from data.uploads.gis_faults import GisFileError

# for a turn, for the process to start, and for its reading
QUEUE_SECONDS, START_SECONDS, READ_SECONDS = 30.0, 60.0, 60.0
# each may take much memory: no more at once than a small machine bears
AT_ONCE = 2
_TURNS = threading.BoundedSemaphore(AT_ONCE)


def run(command: Sequence[str], environment: Mapping[str, str], folder: Path) -> None:
    """Run the process to its end, at most `AT_ONCE` of them.

    Raises
    ------
    GisFileError
        ``busy`` or ``no_room`` when it is the machine, ``too_slow`` or ``not_readable`` when it is
        the file.
    OSError
        When no process can be started.
    """
    if not _TURNS.acquire(timeout=QUEUE_SECONDS):
        raise GisFileError("busy", "queue")
    try:
        status = _status_of(command, environment, folder)
    finally:
        _TURNS.release()
    if status:
        raise _fault_of(status)


def _status_of(command: Sequence[str], environment: Mapping[str, str], folder: Path) -> int:
    with subprocess.Popen(
        command,
        env=environment,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as worker:
        try:
            _wait(worker)
        finally:
            worker.kill()
    return worker.returncode


def _wait(worker: subprocess.Popen[bytes]) -> None:
    """Wait until the other process has started, and then until it has read.

    Raises
    ------
    GisFileError
        ``busy``: it is this machine that takes its time, since what the reading itself may cost is
        counted by that process.
    """
    if not _has_started(worker):
        raise GisFileError("busy", "start")
    try:
        worker.wait(READ_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise GisFileError("busy", "reading") from error


def _has_started(worker: subprocess.Popen[bytes]) -> bool:
    assert worker.stdout is not None
    said, pipe, until = b"", worker.stdout.fileno(), time.monotonic() + START_SECONDS
    while gis_worker.READY not in said:
        left = until - time.monotonic()
        if left <= 0 or not select.select([pipe], [], [], left)[0]:
            return False
        heard = os.read(pipe, len(gis_worker.READY))
        if not heard:
            # it ended before it had begun
            return False
        said += heard
    return True


def _fault_of(status: int) -> GisFileError:
    """Return what it means that the other process ended as it did."""
    if status == -signal.SIGXCPU:
        return GisFileError("too_slow")
    if status == gis_worker.NO_ROOM:
        return GisFileError("no_room")
    # a machine that is short of memory ends processes in this way
    return GisFileError("busy" if status == -signal.SIGKILL else "not_readable")
