"""Reading before publishing: publish, mask or hide; the original stays and each act is logged.

Rights are checked here, in each act, whatever a page showed.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from data import staff_view, store, told
from data.models import HideReason, ReviewState, Staff, StaffComment, clean_text
from data.rights import check_reviewer

MASK = "[dolt]"


class UnknownCommentError(LookupError):
    """There is no such comment."""

    code = "unknown_comment"


class AlreadyReadError(RuntimeError):
    """Somebody else decided on the comment after it was shown; nothing was done."""

    code = "already_read"


# state and public text as the reviewer saw them
Seen = tuple[ReviewState, str]


@dataclass(frozen=True)
class LogRow:
    """One act, as the append-only log keeps it; `before` and `after` are state and public text."""

    at: datetime
    actor: str
    act: str
    comment_id: int
    before: str
    after: str
    reason: str | None


_SET = """
UPDATE comments SET state = $2, public_text = $3, hide_reason = $4, published_at = $5
WHERE id = $1 AND state = $6 AND public_text = $7 RETURNING id
"""
_LOG = """
INSERT INTO review_log (acted_at, actor, act, comment_id, was, became, reason)
VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
_LOG_OF = """
SELECT acted_at, actor, act, comment_id, was, became, reason FROM review_log
WHERE comment_id = $1 ORDER BY id
"""
_LATEST = """
SELECT acted_at, actor, act, comment_id, was, became, reason FROM review_log
ORDER BY id DESC LIMIT $1
"""


def waiting(actor: Staff | None, *, limit: int = 20, offset: int = 0) -> list[StaffComment]:
    """Give what waits to be read, oldest first."""
    check_reviewer(actor)
    return staff_view.waiting(limit=limit, offset=offset)


def count_waiting(actor: Staff | None) -> int:
    """Count what waits to be read."""
    check_reviewer(actor)
    return staff_view.count_waiting()


def count_waiting_by_decision(actor: Staff | None) -> dict[str, int]:
    """Count what waits to be read in each decision where something waits."""
    check_reviewer(actor)
    return staff_view.count_waiting_by_decision()


def get(actor: Staff | None, comment_id: int) -> StaffComment | None:
    """Give one comment with its original, or None."""
    check_reviewer(actor)
    return staff_view.get(comment_id)


def publish(
    comment_id: int,
    *,
    actor: Staff | None,
    at: datetime,
    public_text: str | None = None,
    seen: Seen | None = None,
) -> None:
    """Let everyone read a comment, with `public_text` in place of the original if it is masked.

    Raises
    ------
    NotAllowedError, UnknownCommentError
    AlreadyReadError
        When the comment is no longer as `seen`.
    """
    staff = check_reviewer(actor)
    comment = _known(comment_id)
    shown = clean_text(public_text) if public_text is not None else comment.original
    act = "publish" if shown == comment.original else "publish_masked"
    _do(comment, staff, at, act, ReviewState.PUBLISHED, shown, seen=seen)


def hide(
    comment_id: int,
    *,
    actor: Staff | None,
    reason: HideReason,
    at: datetime,
    seen: Seen | None = None,
) -> None:
    """Keep a comment but show it to nobody else; it can be published again later.

    Raises as `publish` does.
    """
    staff = check_reviewer(actor)
    comment = _known(comment_id)
    _do(comment, staff, at, "hide", ReviewState.HIDDEN, comment.public_text, reason, seen=seen)


def log(actor: Staff | None, comment_id: int) -> list[LogRow]:
    """Give what has been done to a comment, oldest first."""
    check_reviewer(actor)
    with store.cursor() as cursor:
        rows = cursor.execute(_LOG_OF, [comment_id]).fetchall()
    return [LogRow(row[0].astimezone(UTC), *row[1:]) for row in rows]


def latest_acts(actor: Staff | None, *, limit: int = 10) -> list[LogRow]:
    """Give the latest acts on any comment, the newest first."""
    check_reviewer(actor)
    with store.cursor() as cursor:
        rows = cursor.execute(_LATEST, [limit]).fetchall()
    return [LogRow(row[0].astimezone(UTC), *row[1:]) for row in rows]


def mask(text: str, start: int, end: int) -> str:
    """Give `text` with the characters from `start` to `end` replaced by the mask.

    >>> mask("Ring Kim nu", 5, 8)
    'Ring [dolt] nu'
    """
    return text[:start] + MASK + text[end:]


def mask_words(text: str, words: Iterable[str]) -> str:
    """Give `text` with each of `words` masked wherever it stands, whatever its case."""
    wanted = sorted({clean_text(word) for word in words} - {""}, key=len, reverse=True)
    if not wanted:
        return text
    return re.sub("|".join(map(re.escape, wanted)), MASK, text, flags=re.IGNORECASE)


def masked_parts(original: str, public_text: str) -> list[str]:
    """Give the parts of a text that are masked in its public version, each once.

    >>> masked_parts("Anna och Kalle bor här.", "[dolt] och [dolt] bor här.")
    ['Anna', 'Kalle']
    """
    kept = map(re.escape, public_text.split(MASK))
    found = re.fullmatch("(.+?)".join(kept), original, re.DOTALL)
    return list(dict.fromkeys(found.groups())) if found else []


def _known(comment_id: int) -> StaffComment:
    comment = staff_view.get(comment_id)
    if comment is None:
        raise UnknownCommentError(comment_id)
    return comment


def _do(
    comment: StaffComment,
    staff: Staff,
    at: datetime,
    act: str,
    state: ReviewState,
    shown: str,
    reason: HideReason | None = None,
    *,
    seen: Seen | None = None,
) -> None:
    at = at.astimezone(UTC)
    why = reason.value if reason else None
    before = f"{comment.state.value}\n{comment.public_text}"
    after = f"{state.value}\n{shown}"
    published_at = at if state is ReviewState.PUBLISHED else None
    with store.transaction() as cursor:
        was, text = seen or (comment.state, comment.public_text)
        row = [comment.id, state.value, shown, why, published_at, was.value, text]
        if cursor.execute(_SET, row).fetchone() is None:
            raise AlreadyReadError
        cursor.execute(_LOG, [at, staff.name, act, comment.id, before, after, why])
    store.changed(comment.decision_id)
    # the act is done; if the figures cannot be let out now, the next act lets them out
    with contextlib.suppress(store.StoreError):
        told.release(comment.decision_id, at=at)
