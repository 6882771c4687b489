"""A dialogue as it stood at a meeting: what the seven steps show, as types.

It is kept as JSON that is never written anew, so what was kept first has to be read as well: a
value that came later has a default, and the names of fields are those of the JSON.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from data.affected.affected import Group
from data.enums import AgeBand, Outcome, Status
from data.models import AwayGroup, DecisionText, Phase


@dataclass(frozen=True)
class MeetingDecision:
    """The decision; `outline` is GeoJSON in degrees, `near_m` None when it concerns `everyone`."""

    id: str
    number: int | None
    type: str
    body: str
    example: bool
    status: Status
    contact_role: str
    contact_phone: str
    contact_email: str
    near_m: float | None
    everyone: bool
    outline: dict[str, Any]
    texts: dict[str, DecisionText]
    phases: tuple[Phase, ...]
    opens: date
    closes: date
    decision_on: date | None
    answer_on: date | None
    decided_on: date | None


@dataclass(frozen=True)
class AffectedArea:
    """An area in which the decision is felt; None where one to four people live."""

    code: str
    name: str
    within: int | None
    affected: int | None
    share: float | None


@dataclass(frozen=True)
class MeetingAffected:
    """Who is affected; see `data.affected.affected`."""

    within: int | None
    near: int | None
    population: int
    areas: tuple[AffectedArea, ...]
    groups: tuple[Group, ...]
    away: tuple[AwayGroup, ...]


@dataclass(frozen=True, kw_only=True)
class HeardArea:
    """Whether an area has been heard, in a word; what was kept before the map has no code."""

    code: str = ""
    name: str
    word: str
    persons: int | None
    affected: int | None


@dataclass(frozen=True)
class HeardAge:
    """How many of an age have been heard; None where it may not be shown."""

    age: AgeBand
    word: str
    persons: int | None


@dataclass(frozen=True, kw_only=True)
class MeetingHeard:
    """Who has been heard; `ages` and `unlike` None until something about persons is released."""

    comments: int
    persons: int | None
    placed: int
    by_stance: dict[str, int]
    by_kind: dict[str, int]
    by_channel: dict[str, int | None]
    edition: str | None = None
    areas: tuple[HeardArea, ...]
    ages: tuple[HeardAge, ...] | None
    unlike: float | None
    released_on: date | None


@dataclass(frozen=True)
class CommentedArea:
    """What was said of an area; persons, and those of each stance, None where they are few."""

    code: str
    name: str
    comments: int
    persons: int | None
    for_: Annotated[int | None, Field(alias="for")]
    against: int | None
    both: int | None
    none: int | None


@dataclass(frozen=True)
class MeetingAnswer:
    """The answer that is published."""

    published_on: date
    decided_on: date | None
    texts: dict[str, str]


@dataclass(frozen=True)
class MeetingTheme:
    """A theme with what becomes of it; `outcome` None while that is not written."""

    id: int
    title: str
    summary: str
    answer: str
    outcome: Outcome | None
    reason: str
    comments: int
    persons: int | None


@dataclass(frozen=True)
class Content:
    """All that the seven steps show.

    Attributes
    ----------
    on
        The day it was taken.
    areas, edition
        Where the comments are about, and of which edition those areas are.
    themes_from
        Whether the themes are the officials' own or those that everyone may read.
    quotes
        By a theme's number: the comments that were chosen to stand for it, never their words.
    """

    format: int
    on: date
    decision: MeetingDecision
    affected: MeetingAffected
    heard: MeetingHeard
    areas: tuple[CommentedArea, ...]
    edition: str
    answer: MeetingAnswer | None
    themes: tuple[MeetingTheme, ...]
    themes_from: Literal["draft", "published", "none"]
    other: int
    quotes: dict[str, list[int]]


_CONTENT = TypeAdapter(Content)


def to_json(content: Content) -> str:
    """Return it as it is kept."""
    plain = _CONTENT.dump_python(content, mode="json", by_alias=True)
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def of_json(kept: str) -> Content:
    """Return what was kept."""
    return _CONTENT.validate_json(kept)
