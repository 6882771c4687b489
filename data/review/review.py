"""Reading before publishing: publish, mask or hide; the original stays and each act is logged.

Rights are checked here, in each act, whatever a page showed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from data import store
from data.comments import staff_view
from data.models import HideReason, ReviewState, Staff, StaffComment, clean_text
from data.review import after_publication, review_log
from data.review.review_log import LogRow
from data.rights import check_reviewer

MASK = "[dolt]"
# of the acts, those that `undo` can take back
UNDONE = frozenset({"publish", "publish_masked", "hide"})


class UnknownCommentError(LookupError):
    """There is no such comment."""

    code: Literal["unknown_comment"] = "unknown_comment"


class AlreadyReadError(RuntimeError):
    """Somebody else decided on the comment after it was shown; nothing was done."""

    code: Literal["already_read"] = "already_read"


class TakenBackError(RuntimeError):
    """Who wrote the comment has taken it back: nobody else can show it again."""

    code: Literal["taken_back"] = "taken_back"


# the municipality's own reasons
REASONS = tuple(reason for reason in HideReason if reason is not HideReason.SENDER)
SENDER = Staff("Den som skrev", frozenset())
# state and public text as the reviewer saw them
Seen = tuple[ReviewState, str]


@dataclass(frozen=True)
class _Change:
    """What a comment is to become, and what it must still be."""

    comment: StaffComment
    act: str
    state: ReviewState
    shown: str
    reason: HideReason | None
    seen: Seen


_SET = """
UPDATE comments SET state = $2, public_text = $3, hide_reason = $4, published_at = $5
WHERE id = $1 AND state = $6 AND public_text = $7 RETURNING id
"""


def waiting(actor: Staff | None, *, limit: int = 20, offset: int = 0) -> list[StaffComment]:
    """Return what waits to be read, oldest first."""
    check_reviewer(actor)
    return staff_view.waiting(limit=limit, offset=offset)


def count_waiting(actor: Staff | None) -> int:
    """Count what waits to be read."""
    check_reviewer(actor)
    return staff_view.queue().count


def get(actor: Staff | None, comment_id: int) -> StaffComment | None:
    """Return one comment with its original, or None."""
    check_reviewer(actor)
    return staff_view.get(comment_id)


def publish(
    comment_id: int,
    *,
    actor: Staff | None,
    at: datetime,
    public_text: str | None = None,
    seen: Seen | None = None,
) -> int:
    """Let everyone read a comment, with `public_text` in place of all of it if it is masked.

    Gives the number of the row in the log.

    Raises
    ------
    NotAllowedError, UnknownCommentError
    AlreadyReadError
        When the comment is no longer as `seen`.
    """
    staff = check_reviewer(actor)
    comment = _known(comment_id)
    shown = clean_text(public_text) if public_text is not None else comment.shown
    act = "publish" if shown == comment.shown else "publish_masked"
    change = _Change(comment, act, ReviewState.PUBLISHED, shown, None, seen or _as_now(comment))
    return _do([change], staff, at)[0]


def hide(
    comment_id: int,
    *,
    actor: Staff | None,
    reason: HideReason,
    at: datetime,
    seen: Seen | None = None,
) -> int:
    """Keep a comment but show it to nobody else; it can be published again later.

    Gives and raises as `publish` does.
    """
    staff = check_reviewer(actor)
    return _do([_hiding(_known(comment_id), reason, seen)], staff, at)[0]


def take_back(comment_id: int, *, at: datetime) -> int:
    """Hide a comment for the one who wrote it. `data.review.sender_notes` checks who that is.

    Gives the number of the row in the log.

    Raises
    ------
    UnknownCommentError, AlreadyReadError
    TakenBackError
        When it is taken back already.
    """
    comment = _known(comment_id)
    seen = _as_now(comment)
    change = _Change(
        comment, "take_back", ReviewState.HIDDEN, comment.public_text, HideReason.SENDER, seen
    )
    return _do([change], SENDER, at)[0]


def publish_many(seen: dict[int, Seen], *, actor: Staff | None, at: datetime) -> list[int]:
    """Let everyone read several comments as they were written: all of them, or none.

    Parameters
    ----------
    seen
        By number: state and public text as the reviewer saw them.

    Returns the numbers of the rows in the log and raises as `publish` does.
    """
    staff = check_reviewer(actor)
    found = {number: _known(number) for number in seen}
    state = ReviewState.PUBLISHED
    changes = [
        _Change(one, "publish", state, one.shown, None, seen[number])
        for number, one in found.items()
    ]
    return _do(changes, staff, at)


def hide_many(
    seen: dict[int, Seen], *, actor: Staff | None, reason: HideReason, at: datetime
) -> list[int]:
    """Hide several comments for one reason: all of them, or none. As `publish_many`."""
    staff = check_reviewer(actor)
    found = {number: _known(number) for number in seen}
    changes = [_hiding(one, reason, seen[number]) for number, one in found.items()]
    return _do(changes, staff, at)


def undo(rows: Sequence[int], *, actor: Staff | None, at: datetime) -> list[int]:
    """Put comments back as they were before the acts in these rows of the log: all, or none.

    It writes new rows; the old ones stay. Returns the numbers of the new ones.

    Raises
    ------
    NotAllowedError
    UnknownCommentError
        When a row is no act that can be taken back.
    AlreadyReadError
        When something was done to one of the comments since.
    """
    staff = check_reviewer(actor)
    with store.cursor() as cursor:
        done = review_log.read_some(cursor, rows)
        newest = {row.comment_id: review_log.read_of(cursor, row.comment_id)[-1] for row in done}
    if len(done) != len(set(rows)) or any(row.act not in UNDONE for row in done):
        raise UnknownCommentError(*rows)
    if any(newest[row.comment_id].id != row.id for row in done):
        raise AlreadyReadError
    changes = [_undoing(row) for row in done]
    return _do(changes, staff, at)


def log(actor: Staff | None, comment_id: int) -> list[LogRow]:
    """Return what has been done to a comment, oldest first."""
    return review_log.of(actor, comment_id)


def latest_acts(actor: Staff | None, *, limit: int = 10) -> list[LogRow]:
    """Return the latest acts on any comment, the newest first."""
    return review_log.latest(actor, limit=limit)


def mask(text: str, start: int, end: int) -> str:
    """Return `text` with the characters from `start` to `end` replaced by the mask.

    >>> mask("Ring Kim nu", 5, 8)
    'Ring [dolt] nu'
    """
    return text[:start] + MASK + text[end:]


def mask_words(text: str, words: Iterable[str]) -> str:
    """Return `text` with each of `words` masked wherever it stands, whatever its case."""
    # a word cut out of a text need not be what it would be alone
    each = {form for word in words for form in (word.strip(), clean_text(word))}
    wanted = sorted(each - {""}, key=len, reverse=True)
    if not wanted:
        return text
    return re.sub("|".join(map(re.escape, wanted)), MASK, text, flags=re.IGNORECASE)


def masked_parts(shown: str, public_text: str) -> list[str]:
    """Return the parts of a text that are masked in its public version, each once.

    >>> masked_parts("Anna och Kalle bor här.", "[dolt] och [dolt] bor här.")
    ['Anna', 'Kalle']
    """
    kept = map(re.escape, public_text.split(MASK))
    found = re.fullmatch("(.+?)".join(kept), shown, re.DOTALL)
    return list(dict.fromkeys(found.groups())) if found else []


def _known(comment_id: int) -> StaffComment:
    comment = staff_view.get(comment_id)
    if comment is None:
        raise UnknownCommentError(comment_id)
    return comment


def _as_now(comment: StaffComment) -> Seen:
    return comment.state, comment.public_text


def _hiding(comment: StaffComment, reason: HideReason, seen: Seen | None) -> _Change:
    seen = seen or _as_now(comment)
    return _Change(comment, "hide", ReviewState.HIDDEN, comment.public_text, reason, seen)


def _written(state: ReviewState, text: str, reason: HideReason | None) -> str:
    """Write what a comment is for the log, as ``hidden:off_topic`` and the public text."""
    why = f":{reason.value}" if state is ReviewState.HIDDEN and reason else ""
    return f"{state.value}{why}\n{text}"


def _read_written(written: str) -> tuple[ReviewState, str, HideReason | None]:
    first, _, text = written.partition("\n")
    state, _, why = first.partition(":")
    return ReviewState(state), text, HideReason(why) if why else None


def _undoing(row: LogRow) -> _Change:
    state, shown, reason = _read_written(row.before)
    was, text, _ = _read_written(row.after)
    if state is ReviewState.HIDDEN and reason is None:
        # an older row does not tell why, and a reason is never made up
        raise UnknownCommentError(row.comment_id)
    return _Change(_known(row.comment_id), "undo", state, shown, reason, (was, text))


@store.again
def _do(changes: Sequence[_Change], staff: Staff, at: datetime) -> list[int]:
    """Make the changes in one transaction, each with its row in the log."""
    at = at.astimezone(UTC)
    if any(one.comment.hide_reason is HideReason.SENDER for one in changes):
        raise TakenBackError
    rows = []
    with store.transaction() as cursor:
        for one in changes:
            why = one.reason.value if one.reason else None
            published_at = at if one.state is ReviewState.PUBLISHED else None
            was, text = one.seen
            row = [one.comment.id, one.state.value, one.shown, why, published_at, was.value, text]
            if cursor.execute(_SET, row).fetchone() is None:
                raise AlreadyReadError
            before = _written(was, text, one.comment.hide_reason)
            after = _written(one.state, one.shown, one.reason)
            noted = review_log.Change(one.act, one.comment.id, before, after, why)
            rows.append(review_log.add(cursor, staff, noted, at=at))
        touched = {one.comment.decision_id for one in changes}
        cursor.changed(*touched)
        if any(one.state is ReviewState.WAITING for one in changes):
            # what is put back to wait can be found in the queue again
            cursor.changed(staff_view.RECEIVED)
    after_publication.release(touched, at=at)
    return rows
