"""A document as a tagged PDF (PDF/UA-1 and PDF/A-2a), by typst in a worker that can be stopped.

Whatever anybody has written, there is a PDF: `data.output.drawable` takes away what no font has,
and where typst still refuses, the texts that it refuses are found by trying and written plainly.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from data import datetime_format
from data.output import drawable, fonts, report_worker
from data.output.document import Document, Figure, Paragraph, Table
from data.settings import ROOT

TEMPLATE = ROOT / "data" / "output" / "report.typ"
SECONDS_MAX = 120.0
_LOOK_EVERY = 0.05
# letters that no font of ours has but one of typst's own may: no more are tried
_TRIED_MAX = 50
# what is written is big: no more at once than a small machine bears
_AT_ONCE = threading.BoundedSemaphore(2)


ReportCode = Literal["cancelled", "too_slow", "failed", "refused"]


class ReportError(RuntimeError):
    """No PDF was made.

    It was ``refused`` for the texts whose places `about` gives in words.
    """

    code: ReportCode

    def __init__(self, code: ReportCode, about: tuple[str, ...] = ()) -> None:
        super().__init__(code)
        self.code, self.about = code, about


class _RefusedError(Exception):
    """Typst does not take the document as it is."""


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
    shown = drawable.tidied(document)
    chosen = fonts.choose(drawable.clusters(shown))
    with tempfile.TemporaryDirectory(prefix="dialogkartan-") as folder:
        while not _AT_ONCE.acquire(timeout=_LOOK_EVERY):
            if is_cancelled():
                raise ReportError("cancelled")
        try:
            return _written(shown, _Desk(Path(folder), document, chosen, is_cancelled))
        finally:
            _AT_ONCE.release()


@dataclass(frozen=True)
class _Desk:
    """Where one document is written: the worker's folder, its fonts, and who may stop it."""

    folder: Path
    document: Document
    chosen: fonts.Chosen
    is_cancelled: Callable[[], bool] = field(repr=False)

    def write(self, document: Document) -> bytes:
        return self._run("write", as_json(document, self.chosen.families))

    def refused(
        self, texts: Sequence[str], drawings: frozenset[str] = frozenset()
    ) -> frozenset[str]:
        """Return those of `texts` that typst does not take, as it says itself of each.

        Names in a drawing meet the fonts in another way than words on the page: a drawing is tried
        as one.
        """
        if not texts:
            return frozenset()
        blocks = (
            Figure(text, "Karta", "Karta", ()) if text in drawings else Paragraph(text)
            for text in texts
        )
        alone = Document("", "", (), "", self.document.at, tuple(blocks))
        found = self._run("try", as_json(alone, self.chosen.families))
        return frozenset(texts[n] for n in json.loads(found))

    def _run(self, act: str, content: str) -> bytes:
        source, answer = self.folder / "in.json", self.folder / "ut"
        source.write_text(content, encoding="utf-8")
        empty = self.folder / "tom"
        empty.mkdir(exist_ok=True)
        answer.unlink(missing_ok=True)
        moment = str(int(self.document.at.timestamp()))
        command = [
            sys.executable,
            "-I",
            report_worker.__file__,
            act,
            str(TEMPLATE),
            str(answer),
            moment,
        ]
        command += map(str, self.chosen.folders)
        with source.open("rb") as given, (self.folder / "fel.txt").open("wb") as faults:
            worker = subprocess.Popen(command, stdin=given, stderr=faults, cwd=empty, env={})
            _wait(worker, self.is_cancelled)
        if worker.returncode == report_worker.REFUSED:
            raise _RefusedError
        if worker.returncode != 0 or not answer.exists():
            told = (self.folder / "fel.txt").read_text(errors="replace")
            raise ReportError("failed") from RuntimeError(told[-2000:])
        return answer.read_bytes()


def _written(document: Document, desk: _Desk) -> bytes:
    doubtful = sorted(desk.chosen.lacking)
    lacking = desk.refused(doubtful[:_TRIED_MAX]).union(doubtful[_TRIED_MAX:])
    signed = drawable.signed(document, lacking)
    try:
        return desk.write(signed)
    except _RefusedError:
        places = list(drawable.texts(signed))
    several = list(dict.fromkeys(text for _place, text in places))
    bad = desk.refused(several, drawable.drawings(signed))
    try:
        return desk.write(drawable.simplified(signed, bad))
    except _RefusedError:
        about = tuple(dict.fromkeys(place for place, text in places if text in bad))
        raise ReportError("refused", about) from None


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


def as_json(document: Document, families: Sequence[str] = ()) -> str:
    """Return the document as the template reads it; every text is a JSON string."""
    return json.dumps(
        {
            "title": document.title,
            "kind": document.kind,
            "facts": list(document.facts),
            "owner": document.owner,
            "moment": f"siffror från {datetime_format.say(document.at)}",
            "leaflet": document.is_leaflet,
            "fonts": list(families),
            "blocks": [_block(one) for one in document.blocks],
        },
        ensure_ascii=False,
    )


def _block(one: Any) -> dict[str, Any]:  # noqa: ANN401 - any of the blocks
    found = {"block": type(one).__name__.lower(), **asdict(one)}
    if isinstance(one, Table):
        found["figures"] = sorted(one.figures)
    return found
