"""The published answer of a decision as open data: its themes, what they became, and why."""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import Response

from data import clock
from data.answers import answers
from data.comments import results
from data.comments.published_answers import Answer, AnsweredTheme
from pages.web import parameters
from pages.web.api import features
from pages.web.http_answers import JSON, answer, open_data, prepare


@open_data
def themes(request: Request) -> Response:
    """Return what everyone reads under "Så här blev det"; persons hidden as everywhere else."""
    _, decision = parameters.decision(request)
    found = answers.published(decision.id)
    if found is None:
        raise parameters.missing("Svaret på förslaget är inte publicerat än.")
    told = {"decision": decision.id, **features.example_members(decision), **_told(found)}
    return answer(request, prepare(json.dumps(told, ensure_ascii=False).encode()), media=JSON)


def _told(found: Answer) -> dict[str, object]:
    return {
        "edition": found.edition,
        "published_on": clock.day_of(found.published_at).isoformat(),
        "decided_on": found.decided_on.isoformat() if found.decided_on else None,
        "decided": found.texts,
        "themes": [_theme(theme) for theme in found.themes],
        "other_comments": found.other,
    }


def _theme(theme: AnsweredTheme) -> dict[str, object]:
    names = ("id", "title", "summary", "answer", "outcome", "reason", "comments", "persons")
    told = {name: getattr(theme, name) for name in names}
    return {**told, "persons": results.persons_beside(theme.comments, theme.persons)}
