"""What whoever presents a dialogue wants to remember at each step. Append-only.

Two officials never overwrite each other: who saved second is told, and nothing of theirs is stored.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from data import store
from data.decisions import decisions
from data.models import Staff, clean_text
from data.rights import check_reviewer
from data.staff import staff_log

STEPS = 7
TEXT_MAX = 2000


NoteCode = Literal["unknown_decision", "unknown_step", "too_long", "changed_meanwhile"]


class NoteError(ValueError):
    """The note cannot be kept; nothing was stored."""

    code: NoteCode

    def __init__(self, code: NoteCode) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Note:
    """The note of a step as it stands now; version 0 is nothing yet."""

    step: int
    text: str
    version: int


_LATEST = """
SELECT step, body AS text, version FROM meeting_notes WHERE decision_id = $1
ORDER BY step, version
"""
_ADD = """
INSERT INTO meeting_notes (decision_id, step, version, body, actor, saved_at)
VALUES ($1, $2, $3, $4, $5, $6)
"""


def of_decision(actor: Staff | None, decision_id: str) -> dict[int, Note]:
    """Return the note of every step.

    Raises
    ------
    data.rights.NotAllowedError
    """
    check_reviewer(actor)
    return _read(decision_id)


@store.again
def save(
    actor: Staff | None, decision_id: str, step: int, text: str, *, seen: int, at: datetime
) -> Note:
    """Store a new version of a note, if the latest is still the one that was `seen`.

    Raises
    ------
    data.rights.NotAllowedError
    NoteError
    """
    staff = check_reviewer(actor)
    words = clean_text(text)
    if not 1 <= step <= STEPS:
        raise NoteError("unknown_step")
    if len(words) > TEXT_MAX:
        raise NoteError("too_long")
    if decisions.get(decision_id) is None:
        raise NoteError("unknown_decision")
    now = _read(decision_id)[step]
    if now.text == words:
        return now
    if now.version != seen:
        raise NoteError("changed_meanwhile")
    made = Note(step, words, seen + 1)
    row = [decision_id, step, made.version, words, staff.name, at.astimezone(UTC)]
    became = json.dumps({"step": step, "version": made.version})
    with store.transaction() as cursor:
        cursor.execute(_ADD, row)
        staff_log.add(cursor, staff, "save_meeting_note", decision_id, was="", became=became, at=at)
    return made


def _read(decision_id: str) -> dict[int, Note]:
    with store.cursor() as cursor:
        notes = cursor.execute(_LATEST, [decision_id]).rows(Note)
    found = {step: Note(step, "", 0) for step in range(1, STEPS + 1)}
    # the last one of a step is the latest
    return found | {note.step: note for note in notes}
