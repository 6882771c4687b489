"""A dialogue as it is told at a meeting: every figure from the functions of everyone's pages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

import numpy as np
import pandas as pd
import shapely

from data import clock
from data.affected import affected, participation
from data.answers import theme_assignment, themes
from data.comments import progress, published_answers, releases, results
from data.decisions import decisions, impact_zones
from data.enums import OTHER_THEME, AgeBand
from data.geodata import layers
from data.models import Decision
from data.output import meeting_quotes
from data.output.meeting_state import (
    AffectedArea,
    CommentedArea,
    Content,
    HeardAge,
    HeardArea,
    MeetingAffected,
    MeetingAnswer,
    MeetingDecision,
    MeetingHeard,
    MeetingTheme,
)
from geo import crs

FORMAT = 1
# the areas that people know by name
LAYER = layers.VALDISTRIKT
DECIMALS = 5


def content(decision: Decision, *, at: datetime, drafts: bool) -> Content:
    """Return all that the seven steps show, as it is now.

    `drafts` tells to take themes and answers as officials write them now, in place of those that
    are published.
    """
    today = clock.day_of(at)
    found, other = _drafts(decision.id) if drafts else _published(decision.id)
    source: Literal["draft", "published"] = "draft" if drafts else "published"
    return Content(
        format=FORMAT,
        on=today,
        decision=_decision(decision, today),
        affected=_affected(decision),
        heard=_heard(decision),
        areas=_areas(decision),
        edition=layers.edition(LAYER),
        answer=_answer(decision),
        themes=tuple(sorted(found, key=lambda theme: -theme.comments)),
        themes_from=source if found else "none",
        other=other,
        quotes=_quotes(decision.id, found),
    )


def _decision(decision: Decision, today: date) -> MeetingDecision:
    stands = progress.of(decision, today)
    everyone = impact_zones.bands_of(decision) is None
    return MeetingDecision(
        id=decision.id,
        number=decisions.number_of(decision.id),
        type=decision.type.value,
        body=decision.body,
        example=decision.example,
        status=stands.status,
        contact_role=decision.contact_role,
        contact_phone=decision.contact_phone,
        contact_email=decision.contact_email,
        near_m=None if everyone else decision.near_m,
        everyone=everyone,
        outline=_outline(decision),
        texts=decision.texts,
        phases=decision.phases,
        opens=decision.opens,
        closes=decision.closes,
        decision_on=decision.decision_on,
        answer_on=decision.answer_on,
        decided_on=stands.decided_on,
    )


def _outline(decision: Decision) -> dict[str, Any]:
    drawn = crs.geometry_to_degrees(decision.area)
    rounded = shapely.transform(drawn, lambda xy: np.round(xy, DECIMALS))
    found: dict[str, Any] = json.loads(json.dumps(shapely.geometry.mapping(rounded)))
    return found


def _affected(decision: Decision) -> MeetingAffected:
    reached = affected.reached(decision)
    # missing is one to four people
    shown = affected.public(decision, LAYER)
    shown = shown[(shown["within"] != 0).fillna(True)]
    shown = shown.sort_values(["rank_people", "share", "name"], ascending=[True, False, True])
    return MeetingAffected(
        within=reached.within,
        near=reached.nearest,
        population=affected.summary(decision).population,
        areas=tuple(
            AffectedArea(
                code=str(code),
                name=str(row["name"]),
                within=_whole(row["within"]),
                affected=_whole(row["affected"]),
                share=None if pd.isna(row["share"]) else round(float(row["share"]), 4),
            )
            for code, row in shown.iterrows()
        ),
        groups=tuple(affected.summary(decision).groups),
        away=tuple(decision.away),
    )


def _whole(value: Any) -> int | None:  # noqa: ANN401 - a cell, maybe missing
    return None if pd.isna(value) else int(value)


def _heard(decision: Decision) -> MeetingHeard:
    totals = results.totals(decision.id)
    areas = participation.public(decision)
    areas = areas[areas["word"] != participation.NOT_AFFECTED]
    released = releases.released_at(decision.id)
    return MeetingHeard(
        comments=totals.comments,
        persons=totals.persons,
        placed=totals.placed,
        by_stance={one.value: n for one, n in totals.by_stance.items()},
        by_kind={one.value: n for one, n in totals.by_kind.items()},
        by_channel={one.value: n for one, n in totals.by_channel.items()},
        edition=layers.edition(layers.DESO),
        areas=tuple(
            HeardArea(
                code=str(code),
                name=str(row["name"]),
                word=str(row["word"]),
                persons=_whole(row["persons"]),
                affected=_whole(row["affected"]),
            )
            for code, row in areas.iterrows()
        ),
        ages=None if released is None else _ages(decision),
        unlike=None if released is None else participation.unlike(decision),
        released_on=None if released is None else clock.day_of(released),
    )


def _ages(decision: Decision) -> tuple[HeardAge, ...]:
    return tuple(
        HeardAge(AgeBand(str(age)), str(row["word"]), _whole(row["persons"]))
        for age, row in participation.public_ages(decision).iterrows()
    )


def _areas(decision: Decision) -> tuple[CommentedArea, ...]:
    rows = results.protected(decision.id, LAYER)
    rows = rows.sort_values(["comments", "name"], ascending=[False, True])
    return tuple(
        CommentedArea(
            str(code),
            str(row["name"]),
            int(row["comments"]),
            _whole(row["persons"]),
            *(_whole(row[stance]) for stance in results.STANCES),
        )
        for code, row in rows.iterrows()
    )


def _answer(decision: Decision) -> MeetingAnswer | None:
    found = published_answers.published(decision.id)
    if found is None:
        return None
    return MeetingAnswer(clock.day_of(found.published_at), found.decided_on, found.texts)


def _quotes(decision_id: str, found: Sequence[MeetingTheme]) -> dict[str, list[int]]:
    """Return the comments chosen to stand for each theme, of those that are still under it."""
    known, under = meeting_quotes.chosen(decision_id), theme_assignment.under(decision_id)
    return {
        str(theme.id): [c for c in known.get(theme.id, ()) if theme.id in under.get(c, ())]
        for theme in found
    }


def _published(decision_id: str) -> tuple[list[MeetingTheme], int]:
    """Return the themes that everyone may read, and how many comments are about none of them."""
    answer = published_answers.published(decision_id)
    if answer is None:
        return [], 0
    return [MeetingTheme(**vars(one)) for one in answer.themes], answer.other


def _drafts(decision_id: str) -> tuple[list[MeetingTheme], int]:
    counts = theme_assignment.read_counts(decision_id)
    persons = published_answers.shown_persons({one: n.persons for one, n in counts.items()})
    nothing = theme_assignment.Count(0, 0)
    found = [
        MeetingTheme(
            id=one.id,
            title=one.title,
            summary=one.summary,
            answer=one.answer,
            outcome=one.outcome,
            reason=one.reason,
            comments=counts.get(one.id, nothing).comments,
            persons=persons.get(one.id, 0),
        )
        for one in themes.read(decision_id)
    ]
    return found, counts.get(OTHER_THEME, nothing).comments
