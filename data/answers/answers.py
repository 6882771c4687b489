"""The answer of a decision, "Så här blev det": written, found whole, published, and never lost.

Officials write a draft: what was decided and why, beside the answer of each theme. Publishing takes
a copy of all of it, so that everyone reads one whole answer; what is written later becomes public
only when it is published again, as a new edition. Drafts and editions are append-only.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Literal, NamedTuple

from data import clock, municipality, rules, store
from data.answers import theme_assignment, themes
from data.comments import progress
from data.comments.published_answers import Answer, published
from data.decisions import decisions
from data.enums import Outcome
from data.mail import notices
from data.models import Decision, Staff, clean_text
from data.rights import check_planner, check_reviewer
from data.staff import staff_log

__all__ = [
    "Answer",
    "AnswerError",
    "Draft",
    "Missing",
    "differs",
    "draft",
    "is_overdue",
    "languages",
    "missing",
    "publish",
    "published",
    "save_draft",
    "standing",
]

TEXT_MAX = 5000


@cache
def languages() -> tuple[str, ...]:
    """Return what an answer can be written in: plain Swedish, which is required, first."""
    return ("sv", "sv_latt", *municipality.in_use().other_languages)


AnswerCode = Literal[
    "incomplete",
    "changed_meanwhile",
    "too_long",
    "unknown_language",
    "future_day",
    "decided_before_closed",
]


class AnswerError(ValueError):
    """What was asked for cannot be done; nothing was stored."""

    code: AnswerCode

    def __init__(self, code: AnswerCode) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Draft:
    """What was decided and why, by language, as it is written now; version 0 is nothing yet."""

    decision_id: str
    texts: dict[str, str]
    decided_on: date | None
    version: int


@dataclass(frozen=True)
class Missing:
    """One thing that keeps an answer from being published.

    `code` is ``unread_comments`` or ``loose_comments`` (with how many `comments`),
    ``decided_text``, or of a `theme` by its id: ``summary``, ``answer``, ``outcome`` or ``reason``.
    """

    code: str
    theme: int | None = None
    comments: int = 0


_DRAFT = """
SELECT version, decided_on, texts FROM answer_drafts WHERE decision_id = $1
ORDER BY version DESC LIMIT 1
"""
_ADD_DRAFT = """
INSERT INTO answer_drafts (decision_id, version, decided_on, texts, actor, saved_at)
VALUES ($1, $2, $3, $4, $5, $6)
"""
_LOOSE = """
SELECT count(*) FROM published_comments c WHERE c.decision_id = $1
  AND NOT EXISTS (SELECT 1 FROM gathered t
      WHERE t.decision_id = $1 AND t.comment_id = c.id)
"""
_UNREAD = "SELECT count(*) FROM comments WHERE decision_id = $1 AND state = 'waiting'"
_ADD = """
INSERT INTO answers (decision_id, edition, published_at, actor, decided_on, body)
VALUES ($1, $2, $3, $4, $5, $6)
"""
_ADD_COMMENTS = """
INSERT INTO answer_comments (decision_id, edition, theme_id, comment_id)
SELECT $1, $2, theme_id, comment_id FROM gathered_published
WHERE decision_id = $1
"""
_LATEST = """
SELECT edition, decided_on, body FROM answers WHERE decision_id = $1 ORDER BY edition DESC LIMIT 1
"""
_NOW_UNDER = """
SELECT theme_id, comment_id FROM gathered_published WHERE decision_id = $1
"""
_THEN_UNDER = """
SELECT theme_id, comment_id FROM answered WHERE decision_id = $1 AND edition = $2
"""


def draft(actor: Staff | None, decision_id: str) -> Draft:
    """Return what is written now, published or not.

    Raises
    ------
    data.rights.NotAllowedError
    """
    check_reviewer(actor)
    return _draft(decision_id)


@store.again
def save_draft(
    actor: Staff | None,
    seen: Draft,
    *,
    texts: Mapping[str, str],
    decided_on: date | None,
    at: datetime,
) -> Draft:
    """Store a new version of the draft, if it is still as it was `seen`; the old one is kept.

    Raises
    ------
    data.rights.NotAllowedError
    AnswerError
    """
    staff = check_planner(actor)
    if set(texts) - set(languages()):
        raise AnswerError("unknown_language")
    cleaned = {code: clean_text(texts.get(code, "")) for code in languages()}
    if any(len(text) > TEXT_MAX for text in cleaned.values()):
        raise AnswerError("too_long")
    _check_decided(seen.decision_id, decided_on, clock.day_of(at))
    written = {code: text for code, text in cleaned.items() if text}
    after = Draft(seen.decision_id, written, decided_on, seen.version + 1)
    body, moment = json.dumps(written, ensure_ascii=False), at.astimezone(UTC)
    with store.transaction() as cursor:
        kept = cursor.execute(_DRAFT, [seen.decision_id]).first(_Drafted)
        if (kept.version if kept else 0) != seen.version:
            raise AnswerError("changed_meanwhile")
        values = [seen.decision_id, after.version, decided_on, body, staff.name, moment]
        cursor.execute(_ADD_DRAFT, values)
        was, became = _described(seen), _described(after)
        staff_log.add(cursor, staff, "save_answer", seen.decision_id, was=was, became=became, at=at)
    return after


def _check_decided(decision_id: str, decided_on: date | None, today: date) -> None:
    decision = decisions.get(decision_id)
    if decision is None or decided_on is None:
        return
    try:
        rules.check_decided(decision, decided_on, today)
    except rules.DecidedError as error:
        raise AnswerError(error.code) from error


def missing(decision_id: str) -> tuple[Missing, ...]:
    """Return what keeps the answer from being published; empty when it is whole."""
    found = [] if _draft(decision_id).texts.get("sv") else [Missing("decided_text")]
    counts = theme_assignment.read_counts(decision_id)
    for theme in themes.read(decision_id):
        if theme.id in counts:
            found += [Missing(code, theme.id) for code in lacks(theme)]
    counted = {"unread_comments": _UNREAD, "loose_comments": _LOOSE}
    for code, query in counted.items():
        comments = _count(query, decision_id)
        found += [Missing(code, comments=comments)] if comments else []
    return tuple(found)


def lacks(theme: themes.Theme) -> list[str]:
    """Return which texts a theme with comments still needs."""
    found = [name for name in ("summary", "answer") if not getattr(theme, name)]
    if theme.outcome is None:
        return [*found, "outcome"]
    needs_reason = theme.outcome is not Outcome.MET and not theme.reason
    return [*found, "reason"] if needs_reason else found


def standing(decision_id: str) -> str:
    """Return a word for everything as it is written now, to tell whether it changed meanwhile.

    The edition is part of it: what another has just published is not published once more.
    """
    parts = [str(_edition(decision_id)), str(_draft(decision_id).version)]
    parts += [f"{theme.id}.{theme.version}" for theme in themes.read(decision_id)]
    return "-".join(parts)


@store.again
def publish(
    actor: Staff | None, decision_id: str, at: datetime, *, seen: str | None = None
) -> Answer:
    """Let everyone read the answer as it is written now, as a new edition.

    Parameters
    ----------
    seen
        What `standing` gave when the official read it through; when something has been written
        since, nothing is published.

    Raises
    ------
    data.rights.NotAllowedError
    AnswerError
        ``incomplete`` while `missing` gives anything, or ``changed_meanwhile``.
    """
    staff = check_planner(actor)
    # read first: if another publishes after this, the edition is taken and all is read anew
    before = _edition(decision_id)
    if seen is not None and standing(decision_id) != seen:
        raise AnswerError("changed_meanwhile")
    if missing(decision_id):
        raise AnswerError("incomplete")
    now, edition = _draft(decision_id), before + 1
    body = json.dumps(_body(decision_id), ensure_ascii=False)
    moment = at.astimezone(UTC)
    with store.transaction() as cursor:
        values = [decision_id, edition, moment, staff.name, now.decided_on, body]
        cursor.execute(_ADD, values)
        cursor.execute(_ADD_COMMENTS, [decision_id, edition])
        was = str(before) if before else ""
        became = json.dumps({"edition": edition, **json.loads(body)}, ensure_ascii=False)
        staff_log.add(cursor, staff, "publish_answer", decision_id, was=was, became=became, at=at)
        # also when it is published again: who asked since the last time has been told nothing
        notices.queue_answer(cursor, decision_id, at=at)
        # where the decision stands follows from it, and that is told wherever decisions are
        cursor.changed(decision_id, decisions.DECISIONS)
    answer = published(decision_id)
    assert answer is not None
    return answer


class _Edition(NamedTuple):
    edition: int
    decided_on: date | None
    body: str


def differs(actor: Staff | None, decision_id: str) -> bool:
    """Tell whether something is written or gathered that the published answer does not hold."""
    check_reviewer(actor)
    with store.cursor() as cursor:
        latest = cursor.execute(_LATEST, [decision_id]).first(_Edition)
        if latest is None:
            return True
        now_under = set(cursor.execute(_NOW_UNDER, [decision_id]).fetchall())
        then_under = set(cursor.execute(_THEN_UNDER, [decision_id, latest.edition]).fetchall())
    is_same_day = latest.decided_on == _draft(decision_id).decided_on
    is_same = is_same_day and json.loads(latest.body) == _body(decision_id)
    return not is_same or now_under != then_under


def is_overdue(decision: Decision, on: date) -> bool:
    """Tell whether the day when the answer was promised has passed without one."""
    return progress.of(decision, on).is_overdue


class _Drafted(NamedTuple):
    version: int
    decided_on: date | None
    texts: str


def _draft(decision_id: str) -> Draft:
    with store.cursor() as cursor:
        kept = cursor.execute(_DRAFT, [decision_id]).first(_Drafted)
    if kept is None:
        return Draft(decision_id, {}, None, 0)
    return Draft(decision_id, json.loads(kept.texts), kept.decided_on, kept.version)


def _edition(decision_id: str) -> int:
    """Return the number of the latest edition; 0 while there is none."""
    with store.cursor() as cursor:
        latest = cursor.execute(_LATEST, [decision_id]).first(_Edition)
    return latest.edition if latest else 0


def _count(query: str, decision_id: str) -> int:
    with store.cursor() as cursor:
        row = cursor.execute(query, [decision_id]).fetchone()
    return int(row[0]) if row else 0


def _body(decision_id: str) -> dict[str, Any]:
    """Return the whole answer as it is kept: texts by language, and the themes with comments."""
    counts = theme_assignment.read_counts(decision_id)
    written = [
        {
            "id": theme.id,
            "title": theme.title,
            "summary": theme.summary,
            "answer": theme.answer,
            "outcome": theme.outcome,
            "reason": theme.reason,
        }
        for theme in themes.read(decision_id)
        if theme.id in counts
    ]
    return {"texts": _draft(decision_id).texts, "themes": written}


def _described(one: Draft) -> str:
    day = one.decided_on.isoformat() if one.decided_on else None
    return json.dumps({"decided_on": day, "texts": one.texts}, ensure_ascii=False)
