"""A document as a tagged PDF (PDF/UA-1), written by typst in a worker that can be stopped."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from data import clock
from data.document import Document, Table

TEMPLATE = Path(__file__).resolve().parent / "files" / "report.typ"
_WORKER = Path(__file__).with_name("report_worker.py")
SECONDS_MAX = 120.0
_LOOK_EVERY = 0.05
# what is written is big: no more at once than a small machine bears
_AT_ONCE = threading.BoundedSemaphore(2)


class ReportError(RuntimeError):
    """No PDF was made; `code` is ``cancelled``, ``too_slow`` or ``failed``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def pdf(document: Document, *, is_cancelled: Callable[[], bool] = lambda: False) -> bytes:
    """Write `document`; the same document gives the same bytes.

    Parameters
    ----------
    is_cancelled
        Asked many times a second; when it says yes, the worker is stopped.

    Raises
    ------
    ReportError
    """
    content = as_json(document).encode()
    with tempfile.TemporaryDirectory(prefix="dialogkartan-") as folder:
        while not _AT_ONCE.acquire(timeout=_LOOK_EVERY):
            if is_cancelled():
                raise ReportError("cancelled")
        try:
            return _made(content, int(document.at.timestamp()), Path(folder), is_cancelled)
        finally:
            _AT_ONCE.release()


def _made(content: bytes, moment: int, folder: Path, is_cancelled: Callable[[], bool]) -> bytes:
    source, answer = folder / "in.json", folder / "ut.pdf"
    source.write_bytes(content)
    empty = folder / "tom"
    empty.mkdir()
    command = [sys.executable, "-I", str(_WORKER), str(TEMPLATE), str(answer), str(moment)]
    with source.open("rb") as given, (folder / "fel.txt").open("wb") as faults:
        worker = subprocess.Popen(command, stdin=given, stderr=faults, cwd=empty, env={})
        _wait(worker, is_cancelled)
    if worker.returncode != 0 or not answer.exists():
        raise ReportError("failed") from RuntimeError((folder / "fel.txt").read_text()[-2000:])
    return answer.read_bytes()


def _wait(worker: subprocess.Popen[bytes], is_cancelled: Callable[[], bool]) -> None:
    left = SECONDS_MAX
    while left > 0:
        try:
            worker.wait(_LOOK_EVERY)
        except subprocess.TimeoutExpired:
            left -= _LOOK_EVERY
        else:
            return
        if is_cancelled():
            _stop(worker)
            raise ReportError("cancelled")
    _stop(worker)
    raise ReportError("too_slow")


def _stop(worker: subprocess.Popen[bytes]) -> None:
    worker.kill()
    worker.wait()


def as_json(document: Document) -> str:
    """Give the document as the template reads it; every text is a JSON string."""
    local = document.at.astimezone(clock.STOCKHOLM)
    return json.dumps(
        {
            "title": document.title,
            "kind": document.kind,
            "facts": list(document.facts),
            "owner": document.owner,
            "moment": f"läge {local:%Y-%m-%d %H.%M}",
            "leaflet": document.is_leaflet,
            "blocks": [_block(one) for one in document.blocks],
        },
        ensure_ascii=False,
    )


def _block(one: Any) -> dict[str, Any]:  # noqa: ANN401 - any of the blocks
    found = {"block": type(one).__name__.lower(), **asdict(one)}
    if isinstance(one, Table):
        found["figures"] = sorted(one.figures)
    return found
