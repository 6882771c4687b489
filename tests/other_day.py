"""Run the tests on another day: ``python -m tests.other_day 2028-02-29T12:00 [pytest's words]``.

Debian's libfaketime tells every process another date, so nothing in the code or in a test knows.
All but the browser tests are run, and not those of `geo` and of GIS files, which may ask no
calendar, nor the one that holds them to that. The time is that of Karlskoga; the clock goes on.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from datetime import datetime
from pathlib import Path

from data.clock import STOCKHOLM

LIBRARY = "*/faketime/libfaketimeMT.so.1"
WORDS = [
    *("-q", "-n", "2", "--dist", "worksteal", "-m", "not browser"),
    *("--ignore-glob=tests/test_geo_*", "--ignore-glob=tests/test_uploads_gis_*"),
    "--ignore=tests/test_architecture.py",
]


def settings(at: datetime) -> dict[str, str]:
    """Return the environment in which a process begins at a moment (with zone) and goes on from it.

    What waits and measures goes by the machine's own clock, which is not changed.
    """
    return {
        "LD_PRELOAD": str(_library()),
        # read in the zone of the machine
        "FAKETIME": at.astimezone().strftime("@%Y-%m-%d %H:%M:%S"),
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        # else two threads that both want to run hinder each other: 22 s of work that takes 1 s
        "FAKETIME_FORCE_MONOTONIC_FIX": "0",
    }


def _library() -> Path:
    found = next(Path("/usr/lib").glob(LIBRARY), None)
    if found is None:
        reason = "OTHER DAY SKIPPED: no libfaketime here (Debian: apt-get install faketime)"
        print(reason)
        sys.exit(bool(os.environ.get("CI")))
    return found


def is_another() -> bool:
    """Tell whether this process is told another date than the machine's."""
    return "FAKETIME" in os.environ


def sleep_well() -> None:
    """Let `time.sleep` work: libfaketime 0.9.10 breaks it when only the date is another."""
    if is_another():
        time.sleep = _sleep


def _sleep(seconds: float) -> None:
    threading.Event().wait(seconds)


def command(at: datetime, *words: str) -> tuple[list[str], dict[str, str]]:
    """Return the command that runs the tests from a moment on, and its environment."""
    environment = {**os.environ, **settings(at)}
    asked = [sys.executable, "-c", "from datetime import date; print(date.today())"]
    told = subprocess.run(asked, env=environment, capture_output=True, text=True, check=True)
    if told.stdout.strip() != at.astimezone().date().isoformat():
        sys.exit(f"the date cannot be changed here: {told.stdout}{told.stderr}")
    return [sys.executable, "-m", "pytest", *(words or WORDS)], environment


def read_moment(written: str) -> datetime:
    """Read a time of Karlskoga such as ``2028-02-29T12:00``, or one that tells its own zone."""
    found = datetime.fromisoformat(written)
    return found if found.tzinfo else found.replace(tzinfo=STOCKHOLM)


if __name__ == "__main__":
    called, changed = command(read_moment(sys.argv[1]), *sys.argv[2:])
    os.execve(called[0], called, changed)
