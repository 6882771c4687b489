"""Mails about one's own comment: an official answered under it, hid it, or moved it.

Looked for in what has been done, some minutes afterwards: who takes an act back at once has told
nobody. A mail says what is true when it is written, and tells of the same act once.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from data import clock, settings, store
from data.decisions import decisions
from data.mail import letters, mail_settings, notices
from data.mail.notices import GRACE, NoticeKind
from data.models import HideReason
from data.settings import Settings

# only what was done after the address was given: what was there before can be read on the receipt
_HIDDEN = """
SELECT c.decision_id, c.submission_id, a.language, c.id, l.id, c.received_at, c.hide_reason
FROM notice_addresses a JOIN comments c ON c.submission_id = a.submission_id
JOIN review_log l ON l.comment_id = c.id
WHERE c.state = 'hidden' AND c.hide_reason <> 'sender' AND l.act = 'hide'
    AND l.acted_at >= a.asked_at AND l.acted_at <= $1
    AND l.id = (SELECT max(o.id) FROM review_log o WHERE o.comment_id = c.id AND o.act = 'hide')
ORDER BY l.id
"""
_REPLIED = """
SELECT c.decision_id, c.submission_id, a.language, c.id, r.id, c.received_at,
    EXISTS (SELECT 1 FROM notices n WHERE n.kind = 'comment_answer' AND n.comment_id = c.id
        AND n.event_id < r.id AND n.sent_at IS NOT NULL)
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


@store.again
def queue_all(*, at: datetime) -> int:
    """Queue what those who gave an address should know of their own comments; give how many."""
    own = settings.load()
    if mail_settings.fault(own) is not None:
        return 0
    until = (at - GRACE).astimezone(UTC)
    with store.transaction() as cursor:
        return sum(
            _queue(cursor, own, kind, row, at)
            for kind, query in (
                (NoticeKind.COMMENT_HIDDEN, _HIDDEN),
                (NoticeKind.COMMENT_ANSWER, _REPLIED),
                (NoticeKind.ANSWER, _MOVED),
            )
            for row in cursor.execute(query, [until]).fetchall()
        )


def _queue(
    cursor: store.Cursor,
    own: Settings,
    kind: NoticeKind,
    row: tuple[Any, ...],
    at: datetime,
) -> int:
    decision_id, submission_id, language, *about = row
    letter = _letter(own, kind, decision_id, language, about)
    if letter is None:
        return 0
    number, event = (None, None) if kind is NoticeKind.ANSWER else (about[0], about[1])
    return notices.queue_to_sender(
        cursor,
        kind,
        decision_id,
        submission_id,
        language,
        letter,
        at=at,
        comment_id=number,
        event_id=event,
    )


def _letter(
    own: Settings, kind: NoticeKind, decision_id: str, language: str, about: list[Any]
) -> letters.Letter | None:
    """Write the mail; None for a decision that was withdrawn, which has no page to lead to."""
    decision, site = decisions.get(decision_id), own.base_url
    if decision is None:
        return None
    if kind is NoticeKind.ANSWER:
        was = None if about[0] == decision.id else decisions.get(about[0])
        return letters.answer(decision, language, site, moved_from=was, was_there=True)
    on = clock.day_of(about[2])
    if kind is NoticeKind.COMMENT_HIDDEN:
        reason = HideReason(about[3])
        return letters.hidden(decision, language, site, received_on=on, reason=reason)
    return letters.replied(decision, language, site, received_on=on, is_changed=about[3])
