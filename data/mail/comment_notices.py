"""Mails about one's own comment: an official answered under it, hid it, or moved it.

Looked for in what has been done, some minutes afterwards: who takes an act back at once has told
nobody. A mail says what is true when it is written, and tells of the same act once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from data import clock, settings, store
from data.decisions import decisions
from data.mail import letters, mail_settings, notices
from data.mail.notices import GRACE, NoticeKind
from data.models import HideReason
from data.settings import Settings

# only what was done after the address was given: what was there before can be read on the receipt
_HIDDEN = """
SELECT c.decision_id, c.submission_id, a.language, c.id AS comment_id, l.id AS event_id,
    c.received_at, c.hide_reason
FROM notice_addresses a JOIN comments c ON c.submission_id = a.submission_id
JOIN review_log l ON l.comment_id = c.id
WHERE c.state = 'hidden' AND c.hide_reason <> 'sender' AND l.act = 'hide'
    AND l.acted_at >= a.asked_at AND l.acted_at <= $1
    AND l.id = (SELECT max(o.id) FROM review_log o WHERE o.comment_id = c.id AND o.act = 'hide')
ORDER BY l.id
"""
_REPLIED = """
SELECT c.decision_id, c.submission_id, a.language, c.id AS comment_id, r.id AS event_id,
    c.received_at,
    EXISTS (SELECT 1 FROM notices n WHERE n.kind = 'comment_answer' AND n.comment_id = c.id
        AND n.event_id < r.id AND n.sent_at IS NOT NULL) AS is_changed
FROM notice_addresses a JOIN comments c ON c.submission_id = a.submission_id
JOIN comment_answers r ON r.comment_id = c.id
WHERE r.body <> '' AND r.answered_at >= a.asked_at AND r.answered_at <= $1
    AND r.id = (SELECT max(o.id) FROM comment_answers o WHERE o.comment_id = c.id)
ORDER BY r.id
"""
# moved to where the answer stands already, or back to it: nothing else would ever tell her
_MOVED = """
SELECT DISTINCT c.decision_id, c.submission_id, a.language, s.sent_to
FROM notice_addresses a JOIN submissions s ON s.id = a.submission_id
JOIN comments c ON c.submission_id = a.submission_id
WHERE c.decision_id IN (SELECT decision_id FROM answers)
    AND EXISTS (SELECT 1 FROM review_log l WHERE l.comment_id = c.id AND l.act = 'move_decision'
        AND l.acted_at >= a.asked_at)
    AND NOT EXISTS (SELECT 1 FROM review_log l WHERE l.comment_id = c.id
        AND l.act = 'move_decision' AND l.acted_at > $1)
ORDER BY c.submission_id, c.decision_id
"""


@dataclass(frozen=True)
class _Told:
    """What a mail tells of: a comment that was hidden or answered, or where one was moved from."""

    decision_id: str
    submission_id: int
    language: str
    comment_id: int | None = None
    event_id: int | None = None
    received_at: datetime | None = None
    hide_reason: HideReason | None = None
    is_changed: bool = False
    sent_to: str = ""


@store.again
def queue_all(*, at: datetime) -> int:
    """Queue what those who gave an address should know of their own comments; give how many."""
    own = settings.load()
    if mail_settings.fault(own) is not None:
        return 0
    until = (at - GRACE).astimezone(UTC)
    with store.transaction() as cursor:
        return sum(
            _queue(cursor, own, kind, told, at)
            for kind, query in (
                (NoticeKind.COMMENT_HIDDEN, _HIDDEN),
                (NoticeKind.COMMENT_ANSWER, _REPLIED),
                (NoticeKind.ANSWER, _MOVED),
            )
            for told in cursor.execute(query, [until]).rows(_Told)
        )


def _queue(
    cursor: store.Cursor,
    own: Settings,
    kind: NoticeKind,
    told: _Told,
    at: datetime,
) -> int:
    letter = _letter(own, told)
    if letter is None:
        return 0
    whose = (told.decision_id, told.submission_id, told.language)
    about = notices.About(kind, *whose, told.comment_id, told.event_id)
    return notices.queue_to_sender(cursor, about, letter, at=at)


def _letter(own: Settings, told: _Told) -> letters.Letter | None:
    """Write the mail; None for a decision that was withdrawn, which has no page to lead to."""
    decision, language, site = decisions.get(told.decision_id), told.language, own.base_url
    if decision is None:
        return None
    if told.received_at is None:
        was = None if told.sent_to == decision.id else decisions.get(told.sent_to)
        return letters.answer(decision, language, site, moved_from=was, was_there=True)
    on = clock.day_of(told.received_at)
    if told.hide_reason is not None:
        reason = told.hide_reason
        return letters.hidden(decision, language, site, received_on=on, reason=reason)
    return letters.replied(decision, language, site, received_on=on, is_changed=told.is_changed)
