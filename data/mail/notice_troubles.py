"""Mails that were given up: what officials see of them, and the two things they can do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from data import store
from data.mail.notices import NoticeKind
from data.models import Staff
from data.rights import check_planner
from data.staff import staff_log

LATE = timedelta(hours=1)


@dataclass(frozen=True)
class Trouble:
    """Mails that were given up for one reason: how many, and when it last happened."""

    kind: NoticeKind
    error: str
    count: int
    latest: datetime


class UnknownNoticeError(LookupError):
    """No mail was given up for that reason."""

    code: Literal["unknown_notice"] = "unknown_notice"


_TROUBLES = """
SELECT kind, error, count(*) AS count, max(failed_at) AS latest FROM notices
WHERE failed_at IS NOT NULL GROUP BY kind, error ORDER BY kind, error
"""
# a mail is first touched when the mail server has been reached
_LATE = """
SELECT count(*) FROM notices
WHERE tries = 0 AND sent_at IS NULL AND failed_at IS NULL AND next_try_at < $1
"""
_AGAIN = """
UPDATE notices SET failed_at = NULL, sending_at = NULL, tries = 0, next_try_at = $3, error = NULL
WHERE kind = $1 AND error = $2 AND failed_at IS NOT NULL RETURNING id
"""
_LET_BE = """
DELETE FROM notices WHERE kind = $1 AND error = $2 AND failed_at IS NOT NULL
RETURNING submission_id
"""
_FORGET = "DELETE FROM notice_addresses WHERE submission_id = $1"


def troubles(actor: Staff | None) -> list[Trouble]:
    """Return what was given up, by reason; no address is shown.

    Raises
    ------
    data.rights.NotAllowedError
    """
    check_planner(actor)
    with store.cursor() as cursor:
        return cursor.execute(_TROUBLES).rows(Trouble)


def count_late(actor: Staff | None, *, at: datetime) -> int:
    """Count the mails that nobody has been able to send for more than an hour.

    Raises
    ------
    data.rights.NotAllowedError
    """
    check_planner(actor)
    with store.cursor() as cursor:
        row = cursor.execute(_LATE, [(at - LATE).astimezone(UTC)]).fetchone()
    return int(row[0]) if row else 0


@store.again
def send_again(actor: Staff | None, kind: NoticeKind, error: str, *, at: datetime) -> int:
    """Queue again what was given up for one reason, and give how many mails that is.

    Raises
    ------
    data.rights.NotAllowedError, UnknownNoticeError, store.StoreError
    """
    staff = check_planner(actor)
    at = at.astimezone(UTC)
    with store.transaction() as cursor:
        count = len(cursor.execute(_AGAIN, [kind.value, error, at]).fetchall())
        if not count:
            raise UnknownNoticeError
        staff_log.add(cursor, staff, "mail_again", kind.value, was=error, became=str(count), at=at)
    return count


@store.again
def let_be(actor: Staff | None, kind: NoticeKind, error: str, *, at: datetime) -> int:
    """Forget what was given up for one reason, also the addresses; give how many mails it was.

    Raises
    ------
    data.rights.NotAllowedError, UnknownNoticeError, store.StoreError
    """
    staff = check_planner(actor)
    with store.transaction() as cursor:
        rows = cursor.execute(_LET_BE, [kind.value, error]).fetchall()
        if not rows:
            raise UnknownNoticeError
        for (submission_id,) in rows:
            # a mail about one comment was given up: the answer is still to come
            if submission_id is not None and kind is NoticeKind.ANSWER:
                cursor.execute(_FORGET, [submission_id])
        staff_log.add(
            cursor, staff, "mail_let_be", kind.value, was=error, became=str(len(rows)), at=at
        )
    return len(rows)
