"""What the municipality has answered under a comment, as everyone may read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data import clock, store


@dataclass(frozen=True)
class Answer:
    """An answer as everyone may see it, and the day it was last changed."""

    text: str
    on: date


_OF = """
SELECT comment_id, body, answered_at FROM comment_answers WHERE comment_id = ANY($1) ORDER BY id
"""


def of(comment_ids: Sequence[int]) -> dict[int, Answer]:
    """Return the latest answer to each comment that has one; one taken back is none."""
    if not comment_ids:
        return {}
    with store.cursor() as cursor:
        rows = cursor.execute(_OF, [list(comment_ids)]).fetchall()
    latest = {number: Answer(body, clock.day_of(at)) for number, body, at in rows}
    return {number: answer for number, answer in latest.items() if answer.text}
