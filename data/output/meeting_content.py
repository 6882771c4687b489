"""A dialogue as it is told at a meeting: every figure from the functions that everyone's pages use.

Plain values that JSON can hold, so that what was shown once can be shown again unchanged.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
import shapely

from data import clock
from data.affected import affected, participation
from data.answers import theme_assignment, themes
from data.comments import progress, published_answers, releases, results
from data.decisions import decisions, impact_zones
from data.enums import OTHER_THEME
from data.geodata import layers
from data.models import Decision
from data.output import meeting_quotes
from geo import crs

FORMAT = 1
# the areas that people know by name
LAYER = layers.VALDISTRIKT
DECIMALS = 5


def content(decision: Decision, *, at: datetime, drafts: bool) -> dict[str, Any]:
    """Return all that the seven steps show, as it is now.

    `drafts` tells to take themes and answers as officials write them now, in place of those that
    are published.
    """
    today = clock.day_of(at)
    return {
        "format": FORMAT,
        "on": today.isoformat(),
        "decision": _decision(decision, today),
        "affected": _affected(decision),
        "heard": _heard(decision),
        "areas": _areas(decision),
        "edition": layers.edition(LAYER),
        "answer": _answer(decision),
        **_themes(decision, drafts=drafts),
    }


def _decision(decision: Decision, today: date) -> dict[str, Any]:
    stands = progress.of(decision, today)
    fields = {
        "id": decision.id,
        "number": decisions.number_of(decision.id),
        "type": decision.type.value,
        "body": decision.body,
        "example": decision.example,
        "status": stands.status.value,
        "contact_role": decision.contact_role,
        "contact_phone": decision.contact_phone,
        "contact_email": decision.contact_email,
        "near_m": None if impact_zones.bands_of(decision) is None else decision.near_m,
        "everyone": impact_zones.bands_of(decision) is None,
        "outline": _outline(decision),
        "texts": {code: asdict(text) for code, text in decision.texts.items()},
        "phases": [_phase(phase) for phase in decision.phases],
    }
    days = ("opens", "closes", "decision_on", "answer_on")
    fields |= {name: _day(getattr(decision, name)) for name in days}
    return {**fields, "decided_on": _day(stands.decided_on)}


def _phase(phase: Any) -> dict[str, Any]:  # noqa: ANN401 - a Phase
    return {
        "code": phase.code,
        "starts": phase.starts.isoformat(),
        "ends": phase.ends.isoformat(),
        "titles": phase.titles,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _outline(decision: Decision) -> Any:  # noqa: ANN401 - GeoJSON
    drawn = crs.geometry_to_degrees(decision.area)
    rounded = shapely.transform(drawn, lambda xy: np.round(xy, DECIMALS))
    return json.loads(json.dumps(shapely.geometry.mapping(rounded)))


def _affected(decision: Decision) -> dict[str, Any]:
    reached = affected.reached(decision)
    # missing is one to four people
    shown = affected.public(decision, LAYER)
    shown = shown[(shown["within"] != 0).fillna(True)]
    shown = shown.sort_values(["rank_people", "share", "name"], ascending=[True, False, True])
    columns = ("within", "affected")
    return {
        "within": reached.within,
        "near": reached.nearest,
        "population": affected.summary(decision).population,
        "areas": [
            {
                "code": str(code),
                "name": str(row["name"]),
                **{name: _whole(row[name]) for name in columns},
                "share": None if pd.isna(row["share"]) else round(float(row["share"]), 4),
            }
            for code, row in shown.iterrows()
        ],
        "groups": [asdict(one) for one in affected.summary(decision).groups],
        "away": [asdict(one) for one in decision.away],
    }


def _whole(value: Any) -> int | None:  # noqa: ANN401 - a cell, maybe missing
    return None if pd.isna(value) else int(value)


def _heard(decision: Decision) -> dict[str, Any]:
    totals = results.totals(decision.id)
    areas = participation.public(decision)
    areas = areas[areas["word"] != participation.NOT_AFFECTED]
    released = releases.released_at(decision.id)
    ages = participation.public_ages(decision) if released is not None else None
    unlike = participation.unlike(decision) if released is not None else None
    return {
        "comments": totals.comments,
        "persons": totals.persons,
        "placed": totals.placed,
        "by_stance": {one.value: n for one, n in totals.by_stance.items()},
        "by_kind": {one.value: n for one, n in totals.by_kind.items()},
        "by_channel": {one.value: n for one, n in totals.by_channel.items()},
        "edition": layers.edition(layers.DESO),
        "areas": [
            {
                "code": str(code),
                "name": str(row["name"]),
                "word": str(row["word"]),
                "persons": _whole(row["persons"]),
                "affected": _whole(row["affected"]),
            }
            for code, row in areas.iterrows()
        ],
        "ages": None
        if ages is None
        else [
            {"age": str(age), "word": str(row["word"]), "persons": _whole(row["persons"])}
            for age, row in ages.iterrows()
        ],
        "unlike": unlike,
        "released_on": None if released is None else clock.day_of(released).isoformat(),
    }


def _areas(decision: Decision) -> list[dict[str, Any]]:
    counted = ("comments", "persons", *results.STANCES)
    rows = results.protected(decision.id, LAYER)
    rows = rows.sort_values(["comments", "name"], ascending=[False, True])
    return [
        {
            "code": str(code),
            "name": str(row["name"]),
            **{name: _whole(row[name]) for name in counted},
        }
        for code, row in rows.iterrows()
    ]


def _answer(decision: Decision) -> dict[str, Any] | None:
    found = published_answers.published(decision.id)
    if found is None:
        return None
    return {
        "published_on": clock.day_of(found.published_at).isoformat(),
        "decided_on": _day(found.decided_on),
        "texts": found.texts,
    }


def _themes(decision: Decision, *, drafts: bool) -> dict[str, Any]:
    """Return the themes, where they come from, and the comments chosen to stand for each."""
    answer = published_answers.published(decision.id)
    rows: list[dict[str, Any]] = []
    if drafts:
        rows, other = _drafts(decision.id)
    elif answer is not None:
        rows = [{**asdict(one), "outcome": one.outcome.value} for one in answer.themes]
        other = answer.other
    else:
        other = 0
    known = meeting_quotes.chosen(decision.id)
    under = theme_assignment.under(decision.id)
    quotes = {
        str(row["id"]): [c for c in known.get(row["id"], ()) if row["id"] in under.get(c, ())]
        for row in rows
    }
    rows.sort(key=lambda row: -row["comments"])
    source = ("draft" if drafts else "published") if rows else "none"
    return {"themes": rows, "themes_from": source, "other": other, "quotes": quotes}


def _drafts(decision_id: str) -> tuple[list[dict[str, Any]], int]:
    counts = theme_assignment.read_counts(decision_id)
    persons = published_answers.shown_persons({one: n.persons for one, n in counts.items()})
    nothing = theme_assignment.Count(0, 0)
    rows = [
        {
            "id": one.id,
            "title": one.title,
            "summary": one.summary,
            "answer": one.answer,
            "outcome": one.outcome.value if one.outcome else None,
            "reason": one.reason,
            "comments": counts.get(one.id, nothing).comments,
            "persons": persons.get(one.id, 0),
        }
        for one in themes.read(decision_id)
    ]
    return rows, counts.get(OTHER_THEME, nothing).comments
