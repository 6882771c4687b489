"""Everything officials did, as a table that a spreadsheet opens and that runs no formula there."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import datetime

from data import clock, store
from data.models import Staff
from data.output import formulas, workbook
from data.rights import check_planner

# columns whose cells are short words of ours
_CODED = frozenset({"vad", "skäl"})
HEAD = ("när", "vem", "logg", "vad", "gäller", "före", "efter", "skäl")
_ALL = """
SELECT acted_at, actor, 'synpunkter' AS log, act, CAST(comment_id AS VARCHAR) AS about, was, became,
    coalesce(reason, '') AS reason, id FROM review_log
UNION ALL
SELECT acted_at, actor, 'planering' AS log, act, about, was, became, '' AS reason, id FROM staff_log
ORDER BY acted_at, log, id
"""


def as_csv(actor: Staff | None) -> str:
    """Return both logs, the oldest first, with semicolons and a mark for UTF-8.

    Raises
    ------
    data.rights.NotAllowedError
        When the person is no planner.
    """
    rows = _rows(actor)
    written = io.StringIO(newline="")
    written.write("\ufeff")
    table = csv.writer(written, delimiter=";", lineterminator="\r\n")
    table.writerow(HEAD)
    for at, cells in rows:
        told = at.isoformat(timespec="seconds")
        table.writerow([told, *(formulas.harmless(cell) for cell in cells)])
    return written.getvalue()


def as_excel(actor: Staff | None, words: Mapping[str, str]) -> bytes:
    """Return both logs, the oldest first, for people in an office.

    Parameters
    ----------
    words
        The Swedish word of each act and each reason; what has none stays as it is stored.

    Raises
    ------
    data.rights.NotAllowedError
        When the person is no planner.
    """
    heads = [head.capitalize() for head in HEAD]
    told = (
        [
            at.replace(tzinfo=None),
            *(
                words.get(cell, cell) if head in _CODED else cell
                for head, cell in zip(HEAD[1:], cells, strict=True)
            ),
        ]
        for at, cells in _rows(actor)
    )
    return workbook.of_rows("Logg", heads, told)


def _rows(actor: Staff | None) -> list[tuple[datetime, list[str]]]:
    """Return when, by the clock on the wall, and the cells after it."""
    check_planner(actor)
    with store.cursor() as cursor:
        rows = cursor.execute(_ALL).fetchall()
    return [
        (at.astimezone(clock.STOCKHOLM), [str(cell) for cell in cells]) for at, *cells, _n in rows
    ]
