"""Everything officials did, as a table that a spreadsheet opens and that runs no formula there."""

from __future__ import annotations

import csv
import io

from data import clock, formulas, store
from data.models import Staff
from data.rights import check_planner

HEAD = ("när", "vem", "logg", "vad", "gäller", "före", "efter", "skäl")
_ALL = """
SELECT acted_at, actor, 'synpunkter' AS log, act, CAST(comment_id AS VARCHAR) AS about, was, became,
    coalesce(reason, '') AS reason, id FROM review_log
UNION ALL
SELECT acted_at, actor, 'planering' AS log, act, about, was, became, '' AS reason, id FROM staff_log
ORDER BY acted_at, log, id
"""


def as_csv(actor: Staff | None) -> str:
    """Give both logs, the oldest first, with semicolons and a mark for UTF-8.

    Raises
    ------
    data.rights.NotAllowedError
        When the person is no planner.
    """
    check_planner(actor)
    with store.cursor() as cursor:
        rows = cursor.execute(_ALL).fetchall()
    written = io.StringIO(newline="")
    written.write("\ufeff")
    table = csv.writer(written, delimiter=";", lineterminator="\r\n")
    table.writerow(HEAD)
    for at, *cells, _number in rows:
        day = at.astimezone(clock.STOCKHOLM).isoformat(timespec="seconds")
        table.writerow([day, *(formulas.harmless(str(cell)) for cell in cells)])
    return written.getvalue()
