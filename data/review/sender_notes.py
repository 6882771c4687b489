"""What people do with their own comment by the receipt code: add something, or take it back.

The code is the only proof of who they are, so each act takes it and checks that the comment is
among those that were sent with it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from data import store
from data.comments import submissions
from data.models import HideReason, Staff, StaffComment
from data.review import review
from data.rights import check_reviewer
from data.written import as_sent, clean_text, fault_of

NOTE_MAX = 1_000
# enough to set something right; a place to write every day it is not
NOTES_MAX = 5

_ADD = "INSERT INTO sender_notes (comment_id, body, sent_at) VALUES ($1, $2, $3)"
_COUNT = "SELECT count(*) FROM sender_notes WHERE comment_id = $1"
_NOTE = "SELECT comment_id, body AS text, sent_at AS at FROM sender_notes"
_OF = _NOTE + " WHERE comment_id = $1 ORDER BY id"
_LATEST = _NOTE + " ORDER BY id DESC LIMIT $1"


SenderCode = Literal["unknown", "empty", "too_long", "too_many", "taken_back", "not_saved"]


class SenderError(ValueError):
    """Nothing was done."""

    code: SenderCode

    def __init__(self, code: SenderCode) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Note:
    """What somebody added to her own comment, as it may be shown. Never public.

    The store has it to the letter.
    """

    comment_id: int
    text: str
    at: datetime


def take_back(receipt_code: str, comment_id: int, *, at: datetime) -> None:
    """Hide a comment for the one who wrote it, for good. It is kept, as the law demands.

    Raises
    ------
    SenderError
    data.store.StoreError
    """
    _own(receipt_code, comment_id)
    try:
        review.take_back(comment_id, at=at)
    except review.TakenBackError as error:
        raise SenderError(error.code) from error
    except review.AlreadyReadError as error:
        # an official decided in the same moment
        raise SenderError("not_saved") from error


@store.again
def add(receipt_code: str, comment_id: int, text: str, *, at: datetime) -> None:
    """Keep what somebody adds to her own comment, for officials to read.

    Raises
    ------
    SenderError
    data.store.StoreError
    """
    comment = _own(receipt_code, comment_id)
    fault = fault_of(text, NOTE_MAX)
    if fault is not None:
        raise SenderError(fault)
    if comment.hide_reason is HideReason.SENDER:
        raise SenderError("taken_back")
    with store.transaction() as cursor:
        counted = cursor.execute(_COUNT, [comment_id]).fetchone()
        if counted and counted[0] >= NOTES_MAX:
            raise SenderError("too_many")
        cursor.execute(_ADD, [comment_id, as_sent(text), at.astimezone(UTC)])


def of(comment_id: int) -> list[Note]:
    """Return what was added to a comment, for its sender and for officials."""
    return _read(_OF, comment_id)


def latest(actor: Staff | None, *, limit: int = 10) -> list[Note]:
    """Return what was added last to any comment, the latest first.

    Raises
    ------
    data.rights.NotAllowedError
    """
    check_reviewer(actor)
    return _read(_LATEST, limit)


def _own(receipt_code: str, comment_id: int) -> StaffComment:
    found = submissions.by_receipt(receipt_code)
    sent = {one.id: one for one in found[1]} if found else {}
    if comment_id not in sent:
        raise SenderError("unknown")
    return sent[comment_id]


def _read(query: str, value: int) -> list[Note]:
    with store.cursor() as cursor:
        notes = cursor.execute(query, [value]).rows(Note)
    return [replace(note, text=clean_text(note.text)) for note in notes]
