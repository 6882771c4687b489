"""The queue of mails: put in once, taken by one, and never sent twice by itself.

A mail is marked as being sent before the mail server hears of it, and as sent afterwards. If the
service stops in between, nobody can know whether it went out. It is then given up as
``perhaps_sent`` and told to officials: at most once is better than a second mail to everyone who
took part. An official may send it again (`data.mail.notice_troubles`); it carries the same
Message-ID, by which a mail program can tell that it is the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from data import clock, settings, store
from data.comments import progress
from data.decisions import decisions
from data.mail import letters, mail_settings
from data.mail.letters import Letter, Waiting
from data.models import Decision

# how long to wait after each try that failed for the time being; the last one is repeated
WAITS = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 30, 60, 120, 240))
# four days of tries, as mail servers do
TRIES_MAX = 24
# an address whose mail was given up is kept so long for an official to send it again
KEPT_DAYS = 30
PERHAPS_SENT, GAVE_UP = "perhaps_sent", "gave_up"
# officials are told in the daytime
FIRST_HOUR = 7
# an act on one comment that is taken back within this time sends nothing
GRACE = timedelta(minutes=10)
# what names a mail in the queue: the columns before its text
NAMED = 8


class NoticeKind(StrEnum):
    """What a mail is about."""

    ANSWER = "answer"
    STAFF = "staff"
    # an official answered under a comment, or hid it
    COMMENT_ANSWER = "comment_answer"
    COMMENT_HIDDEN = "comment_hidden"


@dataclass(frozen=True)
class Notice:
    """A mail that is being sent by whoever holds it."""

    id: int
    recipient: str
    language: str
    subject: str
    body: str
    created_at: datetime
    tries: int


# whoever has a comment there by now, wherever it was sent
_ASKED = """
SELECT a.submission_id, a.language, s.sent_to FROM notice_addresses a
JOIN submissions s ON s.id = a.submission_id
WHERE EXISTS (SELECT 1 FROM comments c
    WHERE c.submission_id = a.submission_id AND c.decision_id = $1)
ORDER BY a.submission_id
"""
_QUEUE = """
INSERT INTO notices (kind, key, decision_id, submission_id, recipient, language, comment_id,
    event_id, subject, body, created_at, tries, next_try_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $11)
ON CONFLICT (key) DO NOTHING
RETURNING id
"""
_WAITING = """
SELECT decision_id, count(*), min(received_at) FROM comments WHERE state = 'waiting'
GROUP BY decision_id ORDER BY decision_id
"""
# the person took the address away, or it was taken away after another mail to the same address;
# or what the mail says is true no longer: the comment was moved or shown again, or the answer to it
# changed. What is true instead gets a mail of its own.
_DROP_UNWANTED = """
DELETE FROM notices
WHERE submission_id IS NOT NULL AND sending_at IS NULL AND sent_at IS NULL AND failed_at IS NULL
AND (submission_id NOT IN (SELECT submission_id FROM notice_addresses)
    OR NOT EXISTS (SELECT 1 FROM comments c
        WHERE c.submission_id = notices.submission_id AND c.decision_id = notices.decision_id
        AND (notices.comment_id IS NULL OR c.id = notices.comment_id)
        AND (notices.kind <> 'comment_hidden' OR c.state = 'hidden'))
    OR (kind = 'comment_answer' AND event_id NOT IN (
        SELECT max(id) FROM comment_answers GROUP BY comment_id)))
"""
_CLAIM = """
UPDATE notices SET sending_at = $1, tries = tries + 1
WHERE sending_at IS NULL AND id = (
    SELECT id FROM notices
    WHERE sending_at IS NULL AND sent_at IS NULL AND failed_at IS NULL AND next_try_at <= $1
    ORDER BY next_try_at, id LIMIT 1)
RETURNING id, recipient, submission_id, language, subject, body, created_at, tries
"""
_COUNT_DUE = """
SELECT count(*) FROM notices
WHERE sending_at IS NULL AND sent_at IS NULL AND failed_at IS NULL AND next_try_at <= $1
"""
_ADDRESS = "SELECT address FROM notice_addresses WHERE submission_id = $1"
# one mail is enough for a person who sent several times
_SENT_TOO = """
UPDATE notices SET sent_at = $2, failed_at = NULL, error = NULL, recipient = NULL, subject = '',
    body = ''
WHERE sent_at IS NULL AND (id = $1 OR (kind = 'answer' AND EXISTS (
    SELECT 1 FROM notice_addresses AS other, notice_addresses AS own, notices AS n
    WHERE n.id = $1 AND n.kind = 'answer' AND n.decision_id = notices.decision_id
        AND own.submission_id = n.submission_id AND other.submission_id = notices.submission_id
        AND lower(other.address) = lower(own.address))))
"""
# an answer was sent, nothing is left to send, no comment of hers still waits for its answer, and
# nothing was done to one just now that a mail will tell of ($1)
_FORGET_SENT = """
DELETE FROM notice_addresses
WHERE submission_id IN (
    SELECT submission_id FROM notices WHERE kind = 'answer' AND sent_at IS NOT NULL)
AND NOT EXISTS (SELECT 1 FROM notices n
    WHERE n.submission_id = notice_addresses.submission_id AND n.sent_at IS NULL
    AND (n.kind = 'answer' OR n.failed_at IS NULL))
AND NOT EXISTS (SELECT 1 FROM comments c
    WHERE c.submission_id = notice_addresses.submission_id
    AND c.decision_id NOT IN (SELECT decision_id FROM answers)
    AND c.decision_id NOT IN (SELECT n.decision_id FROM notices n WHERE n.kind = 'answer'
        AND n.submission_id = c.submission_id AND n.sent_at IS NOT NULL))
AND NOT EXISTS (SELECT 1 FROM comments c JOIN review_log l ON l.comment_id = c.id
    WHERE c.submission_id = notice_addresses.submission_id AND l.acted_at > $1
    AND l.act IN ('hide', 'answer', 'move_decision'))
"""
_FORGET_REFUSED = """
DELETE FROM notice_addresses
WHERE submission_id IN (SELECT submission_id FROM notices WHERE id = $1)
"""
_FORGET_OLD = """
DELETE FROM notice_addresses WHERE submission_id IN (
    SELECT submission_id FROM notices WHERE kind = 'answer' AND failed_at < $1)
"""
_PUT_BACK = "UPDATE notices SET sending_at = NULL, next_try_at = $2, error = $3 WHERE id = $1"
_GIVE_UP = "UPDATE notices SET failed_at = $2, error = $3 WHERE id = $1 AND sent_at IS NULL"
_UNKNOWN_FATE = """
UPDATE notices SET failed_at = $1, error = 'perhaps_sent'
WHERE sending_at IS NOT NULL AND sent_at IS NULL AND failed_at IS NULL
RETURNING id
"""


def queue_answer(cursor: store.Cursor, decision_id: str, *, at: datetime) -> int:
    """Queue a mail to everyone who asked for one about a decision; give how many are new.

    Called in the transaction that publishes the answer, so that one never stands without the
    other. Nothing is queued while mail is off.
    """
    decision, own = decisions.get(decision_id), settings.load()
    if decision is None or mail_settings.fault(own) is not None:
        return 0
    added = 0
    for submission_id, language, sent_to in cursor.execute(_ASKED, [decision_id]).fetchall():
        letter = letters.answer(
            decision, language, own.base_url, moved_from=_other(sent_to, decision)
        )
        about = About(NoticeKind.ANSWER, decision_id, submission_id, language)
        added += queue_to_sender(cursor, about, letter, at=at)
    return added


def _other(sent_to: str, decision: Decision) -> Decision | None:
    return None if sent_to == decision.id else decisions.get(sent_to)


@dataclass(frozen=True)
class About:
    """What a mail to a sender tells of: what came of a submission, or of one comment in it.

    `event_id` is the row of the log, or of the answers, that says what was done to the comment.
    """

    kind: NoticeKind
    decision_id: str
    submission_id: int
    language: str
    comment_id: int | None = None
    event_id: int | None = None

    @property
    def key(self) -> str:
        """What is told once."""
        if self.comment_id is not None:
            return f"{self.kind}:{self.comment_id}:{self.event_id}"
        return f"{self.kind}:{self.decision_id}:{self.submission_id}"


def queue_to_sender(cursor: store.Cursor, about: About, letter: Letter, *, at: datetime) -> int:
    """Queue a mail to who sent something, once for what it tells of; give 1 if it is new."""
    whose = [about.decision_id, about.submission_id, None, about.language]
    row = [about.kind.value, about.key, *whose, about.comment_id, about.event_id]
    return _queue(cursor, row, letter, at)


def waiting_too_long(*, on: date, days: int) -> list[Waiting]:
    """Return the decisions with comments that nobody has read for more than `days` working days.

    Monday to Friday are working days; holidays are not known.
    """
    with store.cursor() as cursor:
        rows = cursor.execute(_WAITING).fetchall()
    found = [Waiting(decision_id, count, clock.day_of(at)) for decision_id, count, at in rows]
    return [one for one in found if np.busday_count(one.oldest, on) > days]


def queue_staff(*, at: datetime) -> int:
    """Queue mails to officials: at most one a day on each decision, whatever waits there."""
    own, on = settings.load(), clock.day_of(at)
    if mail_settings.fault(own) is not None or not _is_daytime(at):
        return 0
    recipients = mail_settings.staff_addresses(own)
    waiting = {one.decision_id: one for one in waiting_too_long(on=on, days=own.staff_wait_days)}
    added = 0
    for _, decision in decisions.list_all():
        is_overdue = progress.of(decision, on).is_overdue
        if is_overdue or decision.id in waiting:
            letter = letters.staff(
                decision,
                own.base_url,
                waiting=waiting.get(decision.id),
                is_overdue=is_overdue,
                days=own.staff_wait_days,
            )
            added += _queue_to(recipients, decision, letter, at)
    return added


def _is_daytime(at: datetime) -> bool:
    local = at.astimezone(clock.STOCKHOLM)
    return local.hour >= FIRST_HOUR and bool(np.is_busday(local.date()))


@store.again
def _queue_to(recipients: Iterable[str], decision: Decision, letter: Letter, at: datetime) -> int:
    day = clock.day_of(at).isoformat()
    with store.transaction() as cursor:
        return sum(
            _queue(
                cursor,
                [NoticeKind.STAFF.value, key, decision.id, None, recipient, "sv"],
                letter,
                at,
            )
            for recipient in recipients
            for key in [f"{NoticeKind.STAFF}:{decision.id}:{day}:{recipient}"]
        )


def _queue(cursor: store.Cursor, named: list[object], letter: Letter, at: datetime) -> int:
    whole = [*named, *[None] * (NAMED - len(named))]
    row = [*whole, letter.subject, letter.body, at.astimezone(UTC)]
    return int(cursor.execute(_QUEUE, row).fetchone() is not None)


@store.again
def is_due(*, at: datetime) -> bool:
    """Tell whether there is any mail to send now; those that nobody wants any more go."""
    with store.transaction() as cursor:
        cursor.execute(_DROP_UNWANTED)
        cursor.execute(_FORGET_SENT, [(at - GRACE).astimezone(UTC)])
        row = cursor.execute(_COUNT_DUE, [at.astimezone(UTC)]).fetchone()
    return bool(row and row[0])


class _Claimed(NamedTuple):
    id: int
    recipient: str | None
    submission_id: int | None
    language: str
    subject: str
    body: str
    created_at: datetime
    tries: int


@store.again
def claim(*, at: datetime) -> Notice | None:
    """Take the mail that has waited longest and mark it as being sent; None when there is none."""
    with store.transaction() as cursor:
        cursor.execute(_DROP_UNWANTED)
        taken = cursor.execute(_CLAIM, [at.astimezone(UTC)]).first(_Claimed)
        if taken is None:
            return None
        recipient = taken.recipient
        if recipient is None:
            found = cursor.execute(_ADDRESS, [taken.submission_id]).fetchone()
            recipient = found[0] if found else ""
    return Notice(
        taken.id,
        recipient,
        taken.language,
        taken.subject,
        taken.body,
        taken.created_at,
        taken.tries,
    )


@store.again
def mark_sent(notice: Notice, *, at: datetime) -> None:
    """Keep only that it was sent: the text and the address go."""
    with store.transaction() as cursor:
        cursor.execute(_SENT_TOO, [notice.id, at.astimezone(UTC)])
        cursor.execute(_FORGET_SENT, [(at - GRACE).astimezone(UTC)])


@store.again
def put_back(notice: Notice, code: str, *, at: datetime) -> None:
    """Let it be tried again later, or give up after many tries."""
    if notice.tries >= TRIES_MAX:
        give_up(notice, GAVE_UP, at=at)
        return
    wait = WAITS[min(notice.tries, len(WAITS)) - 1]
    with store.transaction() as cursor:
        cursor.execute(_PUT_BACK, [notice.id, (at + wait).astimezone(UTC), code])


@store.again
def give_up(notice: Notice, code: str, *, at: datetime, forget: bool = False) -> None:
    """Try no more; `forget` takes an address away that the mail server says does not work."""
    with store.transaction() as cursor:
        cursor.execute(_GIVE_UP, [notice.id, at.astimezone(UTC), code])
        if forget:
            cursor.execute(_FORGET_REFUSED, [notice.id])


@store.again
def settle(*, at: datetime) -> int:
    """Give up what was being sent when the service last stopped; return how many.

    Called once at start, before anything is sent.
    """
    with store.transaction() as cursor:
        return len(cursor.execute(_UNKNOWN_FATE, [at.astimezone(UTC)]).fetchall())


@store.again
def forget_old(*, at: datetime) -> None:
    """Take away the addresses of mails that were given up long ago."""
    with store.transaction() as cursor:
        cursor.execute(_FORGET_OLD, [(at - timedelta(days=KEPT_DAYS)).astimezone(UTC)])
