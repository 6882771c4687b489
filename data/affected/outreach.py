"""Where the municipality has gone to ask people who had not been heard. Append-only.

Rights are checked here, in each act, whatever a page showed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

from data import clock, store
from data.decisions import decisions
from data.geodata import demography, layers
from data.models import Decision, OutreachForm, Staff, clean_text
from data.rights import check_reader, check_reviewer

RESULT_MAX = 500


OutreachCode = Literal["unknown_neighbourhood", "future_day", "too_long"]


class OutreachError(ValueError):
    """What was filled in cannot be kept; nothing was stored."""

    code: OutreachCode

    def __init__(self, code: OutreachCode) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Outreach:
    """One time that somebody was asked: when, in which form, and what came of it.

    `whom` is the code of a DeSO, a group of `people.GROUPS`, or the name of a group that does not
    live there.
    """

    decision_id: str
    whom: str
    done_on: date
    form: OutreachForm
    result: str
    actor: str


_ADD = """
INSERT INTO outreach (decision_id, deso, done_on, form, result, actor, noted_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
_OF = """
SELECT decision_id, deso AS whom, done_on, form, result, actor FROM outreach
WHERE decision_id = $1 ORDER BY done_on DESC, id DESC
"""


@store.again
def add(
    actor: Staff | None,
    decision_id: str,
    whom: str,
    *,
    done_on: date,
    form: OutreachForm,
    result: str,
    at: datetime,
) -> None:
    """Note that somebody has been to a neighbourhood, or has met a group.

    Raises
    ------
    data.rights.NotAllowedError
        When the person may not note it.
    OutreachError
        When there is no such neighbourhood or group, or the day or the text cannot be kept.
    """
    staff = check_reviewer(actor)
    words = clean_text(result)
    decision = decisions.get(decision_id)
    if decision is None or whom not in known(decision):
        raise OutreachError("unknown_neighbourhood")
    if done_on > clock.day_of(at):
        raise OutreachError("future_day")
    if len(words) > RESULT_MAX:
        raise OutreachError("too_long")
    noted = [decision_id, whom, done_on, form.value, words, staff.name, at.astimezone(UTC)]
    with store.transaction() as cursor:
        cursor.execute(_ADD, noted)


def known(decision: Decision) -> set[str]:
    """Return whom a contact can be noted for."""
    away = {group.name for group in decision.away}
    return {*layers.frame(layers.DESO).index, *demography.GROUPS, *away}


def of_decision(actor: Staff | None, decision_id: str) -> list[Outreach]:
    """Return all that is noted on a decision, the latest first."""
    check_reader(actor)
    with store.cursor() as cursor:
        return cursor.execute(_OF, [decision_id]).rows(Outreach)
