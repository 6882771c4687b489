"""Themes of a decision: comments that are about the same thing, and the answer to them.

What lies under them stands in `data.answers.theme_assignment`. Rights are checked here, in each
act, and each act is logged in its own transaction. Two officials never overwrite each other: who
saved second is told, and nothing of theirs is stored.
"""

from __future__ import annotations

import threading
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from data import store
from data.answers import theme_assignment
from data.answers.theme_assignment import ThemeError
from data.answers.theme_versions import keep
from data.enums import Outcome
from data.models import Staff, clean_text
from data.rights import check_planner, check_reviewer
from data.written import one_line, over

__all__ = [
    "TEXT_MAX",
    "THEMES_MAX",
    "TITLE_MAX",
    "Theme",
    "ThemeError",
    "add",
    "merge",
    "of_decision",
    "read",
    "remove",
    "save",
]

TITLE_MAX = 120
TEXT_MAX = 2000
THEMES_MAX = 60


@dataclass(frozen=True)
class Theme:
    """One theme as it is written now; `outcome` None until somebody has decided."""

    id: int
    decision_id: str
    title: str
    summary: str
    answer: str
    outcome: Outcome | None
    reason: str
    ordinal: int
    version: int


_COLUMNS = "id, decision_id, title, summary, answer, outcome, reason, ordinal, version"
_ALL = "SELECT " + _COLUMNS + " FROM themes WHERE decision_id = $1 ORDER BY ordinal, id"
_ADD = (
    """
INSERT INTO themes (decision_id, ordinal, title, summary, answer, outcome, reason, version)
VALUES ($1, (SELECT coalesce(max(ordinal), 0) + 1 FROM themes WHERE decision_id = $1),
    $2, '', '', NULL, '', 1)
RETURNING """
    + _COLUMNS
)
_SET = """
UPDATE themes SET title = $3, summary = $4, answer = $5, outcome = $6, reason = $7,
    version = version + 1
WHERE id = $1 AND version = $2 RETURNING version
"""


@dataclass(frozen=True)
class ThemeTexts:
    """What an official writes on a theme; without an outcome none is chosen yet."""

    title: str
    summary: str
    answer: str
    outcome: Outcome | None
    reason: str


# that no other theme is called so is seen before it is written: one name at a time
_naming = threading.Lock()
_REMOVE = "DELETE FROM themes WHERE id = $1 AND version = $2 RETURNING id"


def of_decision(actor: Staff | None, decision_id: str) -> list[Theme]:
    """Return the themes of a decision in order, as they are written now.

    Raises
    ------
    data.rights.NotAllowedError
        They are not public before the answer is published.
    """
    check_reviewer(actor)
    return read(decision_id)


def read(decision_id: str) -> list[Theme]:
    """Return the same for what is computed from it, with no one to ask for the right."""
    with store.cursor() as cursor:
        return cursor.execute(_ALL, [decision_id]).rows(Theme)


@store.again
def add(actor: Staff | None, decision_id: str, title: str, *, at: datetime) -> Theme:
    """Make a theme with nothing under it yet.

    Raises
    ------
    data.rights.NotAllowedError
    ThemeError
    """
    staff = check_planner(actor)
    words = _title(title)
    with _naming:
        known = read(decision_id)
        _check_own_name(words, known)
        if len(known) >= THEMES_MAX:
            raise ThemeError("too_many")
        with store.transaction() as cursor:
            made = cursor.execute(_ADD, [decision_id, words]).first(Theme)
            assert made is not None
            _note(cursor, staff, "add_theme", decision_id, None, made, at=at)
    return made


@store.again
def save(actor: Staff | None, seen: Theme, texts: ThemeTexts, *, at: datetime) -> Theme:
    """Store new texts for a theme, if it is still as it was `seen`; the old ones are kept.

    Raises
    ------
    data.rights.NotAllowedError
    ThemeError
        Also ``changed_meanwhile``.
    """
    staff = check_planner(actor)
    after = replace(
        seen,
        title=_title(texts.title),
        summary=_text(texts.summary),
        answer=_text(texts.answer),
        outcome=Outcome(texts.outcome) if texts.outcome else None,
        reason=_text(texts.reason),
    )
    row = [after.title, after.summary, after.answer, after.outcome, after.reason]
    with _naming, store.transaction() as cursor:
        _check_own_name(after.title, [one for one in read(seen.decision_id) if one.id != seen.id])
        found = cursor.execute(_SET, [seen.id, seen.version, *row]).fetchone()
        if found is None:
            raise ThemeError("changed_meanwhile")
        after = replace(after, version=int(found[0]))
        _note(cursor, staff, "save_theme", seen.decision_id, seen, after, at=at)
    return after


@store.again
def remove(actor: Staff | None, seen: Theme, *, at: datetime) -> None:
    """Take away a theme under which there is no published comment; its texts are kept.

    Raises
    ------
    data.rights.NotAllowedError
    ThemeError
    """
    staff = check_planner(actor)
    with store.transaction() as cursor:
        if theme_assignment.published_under(cursor, seen.decision_id, seen.id):
            raise ThemeError("not_empty")
        _take_away(cursor, seen)
        _note(cursor, staff, "remove_theme", seen.decision_id, seen, None, at=at)


@store.again
def merge(actor: Staff | None, seen: Theme, into: Theme, *, at: datetime) -> None:
    """Move all comments of a theme to another one and take the empty one away.

    Raises
    ------
    data.rights.NotAllowedError
    ThemeError
    """
    staff = check_planner(actor)
    if seen.id == into.id:
        raise ThemeError("same_theme")
    with store.transaction() as cursor:
        theme_assignment.hold(cursor, seen.decision_id, into.id)
        held = theme_assignment.ids(cursor, seen.decision_id, seen.id)
        moved = held - theme_assignment.ids(cursor, into.decision_id, into.id)
        _take_away(cursor, seen)
        theme_assignment.insert(cursor, into.decision_id, into.id, moved)
        became = {"merged_into": into.id, "title": into.title, "comments": sorted(moved)}
        was = {**_described(seen), "comments": sorted(held)}
        theme_assignment.log(cursor, staff, "merge_theme", seen.decision_id, was, became, at=at)


def _take_away(cursor: store.Cursor, seen: Theme) -> None:
    if cursor.execute(_REMOVE, [seen.id, seen.version]).fetchone() is None:
        raise ThemeError("changed_meanwhile")
    theme_assignment.empty(cursor, seen.decision_id, seen.id)


def _note(
    cursor: store.Cursor,
    staff: Staff,
    act: str,
    decision_id: str,
    was: Theme | None,
    became: Theme | None,
    *,
    at: datetime,
) -> None:
    if became is not None:
        keep(cursor, staff, asdict(became), at=at)
    theme_assignment.log(
        cursor, staff, act, decision_id, _described(was), _described(became), at=at
    )


def _described(theme: Theme | None) -> dict[str, Any]:
    return {} if theme is None else asdict(theme)


def _title(text: str) -> str:
    words = one_line(text)
    if not words:
        raise ThemeError("name_missing")
    if over(text, TITLE_MAX) > 0:
        raise ThemeError("too_long")
    return words


def _text(text: str) -> str:
    words = clean_text(text)
    if len(words) > TEXT_MAX:
        raise ThemeError("too_long")
    return words


def _check_own_name(title: str, others: list[Theme]) -> None:
    if any(one.title.casefold() == title.casefold() for one in others):
        raise ThemeError("same_name")
