"""The example answers: themes with comments under them, and what the example decision became.

Written by the same acts as an official's, so that an example can never hold what a real answer may
not. May be done again after a start that was cut short.
"""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from typing import Any

from data import clock, municipality, store
from data.answers import answers, theme_assignment, themes
from data.enums import OTHER_THEME, Outcome
from data.models import Staff
from data.output import meeting_quotes

AUTHOR = Staff("Exempel", frozenset({"planner"}))

_IDS = """
SELECT submissions.key, comments.id FROM comments
JOIN submissions ON submissions.id = comments.submission_id
WHERE comments.decision_id = $1 ORDER BY comments.id
"""


def add_all(day: date) -> None:
    """Write the answers as they stand on a demo date; the comments must be there already."""
    file = municipality.in_use().demo / "answers.json"
    for row in json.loads(file.read_text(encoding="utf-8"))["answers"]:
        if answers.published(row["decision"]) is None:
            _add(row, day)


def _add(row: dict[str, Any], day: date) -> None:
    decision_id: str = row["decision"]
    hour, minute = divmod(row["minute"], 60)
    at = datetime.combine(
        day + timedelta(days=row["published"]), time(hour, minute), clock.STOCKHOLM
    )
    ids = _ids(decision_id)
    known = {theme.title: theme for theme in themes.read(decision_id)}
    for one in row["themes"]:
        theme = known.get(one["title"]) or themes.add(AUTHOR, decision_id, one["title"], at=at)
        words = {name: one[name] for name in ("title", "summary", "answer", "reason")}
        themes.save(
            AUTHOR, theme, themes.ThemeTexts(**words, outcome=Outcome(one["outcome"])), at=at
        )
        under = [ids[key][place] for key, place in one["comments"]]
        theme_assignment.gather(AUTHOR, decision_id, theme.id, under, at=at)
        quotes = [ids[key][place] for key, place in one["quotes"]]
        meeting_quotes.choose(AUTHOR, decision_id, theme.id, quotes, at=at)
    other = [ids[key][place] for key, place in row["other"]]
    theme_assignment.gather(AUTHOR, decision_id, OTHER_THEME, other, at=at)
    answers.save_draft(
        AUTHOR,
        answers.draft(AUTHOR, decision_id),
        texts=row["texts"],
        decided_on=day + timedelta(days=row["decided_on"]),
        at=at,
    )
    answers.publish(AUTHOR, decision_id, at)


def _ids(decision_id: str) -> dict[str, list[int]]:
    with store.cursor() as cursor:
        rows = cursor.execute(_IDS, [decision_id]).fetchall()
    found: dict[str, list[int]] = {}
    for key, comment_id in rows:
        found.setdefault(key, []).append(comment_id)
    return found
