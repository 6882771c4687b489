"""Opens one GIS file with one GDAL driver, in a process of its own, and writes what it holds.

``python -I gis_worker.py FILE DRIVER LAYER ANSWER LON LAT``, the last two a place that the file
should be near. Knows nothing of the service: no setting, no store, no network where the kernel
allows a process to give it up. The wall everywhere is that all other drivers of GDAL are taken out
(by the environment it is given) before the file is opened. GeoJSON is read by `json` and not by
GDAL at all; it is here for the limits.

It says `READY` on its standard output when it has started. What it uses before that is its own and
not the file's: the limit of time begins there.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import re
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

MEMORY_BYTES = 3_000_000_000
FILE_BYTES = 250_000_000
CPU_SECONDS = 10
READY = b"ready\n"
# the answer could not be written: the disk is full
NO_ROOM = 75
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
# of the memory allowed; who has had so much failed for want of it
_NEARLY_ALL = 0.9
Reader = Callable[[Path, str, str, tuple[float, float]], dict[str, object]]


def _limit() -> None:
    limits = {
        resource.RLIMIT_FSIZE: (FILE_BYTES, FILE_BYTES),
        resource.RLIMIT_AS: (MEMORY_BYTES, MEMORY_BYTES),
        resource.RLIMIT_CORE: (0, 0),
        # neither a process nor a thread more
        resource.RLIMIT_NPROC: (0, 0),
    }
    for what, most in limits.items():
        # macOS refuses some of them
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(what, most)
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NET)


def _limit_time() -> None:
    """Let the time of the reading run from now: what has been used was used to start."""
    last = int(time.process_time()) + 1 + CPU_SECONDS
    with contextlib.suppress(OSError, ValueError):
        # the first number stops the process with a signal of its own, the second kills it
        resource.setrlimit(resource.RLIMIT_CPU, (last, last + 1))


def _reader(driver: str) -> Reader:
    """Load all that the reading needs."""
    # this process is started without our folder among those of its modules
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    if driver == "GeoJSON":
        from data.uploads import gis_geojson

        return gis_geojson.read
    from data.uploads import gis_gdal

    return gis_gdal.read


def _answer(
    read: Reader, path: Path, driver: str, layer: str, here: tuple[float, float]
) -> dict[str, object]:
    from data.uploads.gis_faults import GisFileError

    try:
        return read(path, driver, layer, here)
    except GisFileError as fault:
        return {"fault": fault.code, "detail": fault.detail}
    except MemoryError:
        return {"fault": "too_heavy"}
    except Exception:
        # a library that gets no memory fails in many ways
        return {"fault": "too_heavy" if _was_memory_short() else "not_readable"}


def _was_memory_short() -> bool:
    """Tell whether this process has had nearly all the memory that it may have."""
    status = Path("/proc/self/status")
    if not status.exists():
        return False
    found = re.search(r"^VmPeak:\s+(\d+) kB", status.read_text("ascii"), re.MULTILINE)
    return found is not None and int(found[1]) * 1024 > _NEARLY_ALL * MEMORY_BYTES


def main() -> None:
    """Read, and write the answer; a crash leaves none."""
    path, driver, layer, answer = Path(sys.argv[1]), sys.argv[2], sys.argv[3], Path(sys.argv[4])
    here = float(sys.argv[5]), float(sys.argv[6])
    _limit()
    read = _reader(driver)
    _limit_time()
    sys.stdout.buffer.write(READY)
    sys.stdout.buffer.flush()
    found = json.dumps(_answer(read, path, driver, layer, here))
    try:
        answer.write_text(found, encoding="utf-8")
    except OSError:
        sys.exit(NO_ROOM)


if __name__ == "__main__":
    main()
