"""Answering under a comment. Append-only: an edit is a new row."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import Literal

from data import store
from data.comments import comment_answers, staff_view
from data.models import Staff, clean_text
from data.review import review_log
from data.review.review import UnknownCommentError
from data.rights import check_reviewer

ANSWER_MAX = 1000


AnswerCode = Literal["too_long", "same_answer", "answered_meanwhile"]


class AnswerError(ValueError):
    """The answer cannot be kept."""

    code: AnswerCode

    def __init__(self, code: AnswerCode) -> None:
        super().__init__(code)
        self.code = code


# that nobody else has answered is seen before it is written: one answer at a time
_answering = threading.Lock()
_ADD = """
INSERT INTO comment_answers (comment_id, answered_at, actor, body) VALUES ($1, $2, $3, $4)
"""


@store.again
def add(
    actor: Staff | None, comment_id: int, text: str, *, at: datetime, seen: str | None = None
) -> None:
    """Answer a comment, or change the answer; an empty text takes it back.

    Parameters
    ----------
    seen
        The answer that the official saw, empty for none; when there is another by now, nothing is
        kept.

    Raises
    ------
    data.rights.NotAllowedError, data.review.review.UnknownCommentError
    AnswerError
        When it is too long, the same as before, or no longer the one that was `seen`.
    """
    staff = check_reviewer(actor)
    words = clean_text(text)
    comment = staff_view.get(comment_id)
    if comment is None:
        raise UnknownCommentError(comment_id)
    if len(words) > ANSWER_MAX:
        raise AnswerError("too_long")
    with _answering:
        known = comment_answers.of([comment_id]).get(comment_id)
        was = known.text if known else ""
        if words == was:
            raise AnswerError("same_answer")
        if seen is not None and seen != was:
            raise AnswerError("answered_meanwhile")
        with store.transaction() as cursor:
            cursor.execute(_ADD, [comment_id, at.astimezone(UTC), staff.name, words])
            noted = review_log.Change("answer", comment_id, was, words)
            review_log.add(cursor, staff, noted, at=at)
            cursor.changed(comment.decision_id)
