"""The things of the service, as plain values that cross between store, rules and pages.

Words are those of the design: a *decision* has an *area*; one person sends a *submission* that
holds one or more *comments*, each with or without a *pin*.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError
from shapely.geometry import MultiPolygon

from data.enums import (
    AgeBand,
    Channel,
    DecisionType,
    HideReason,
    Kind,
    OutreachForm,
    PlaceHow,
    Relation,
    ReviewState,
    Stance,
    Status,
    ZoneKind,
)
from data.written import as_sent, clean_text, fault_of

__all__ = [
    "COMMENTS_MAX",
    "CREDIT_MAX",
    "PLACE_WORDS_MAX",
    "TEXT_MAX",
    "AgeBand",
    "AwayGroup",
    "Channel",
    "Decision",
    "DecisionText",
    "DecisionType",
    "HideReason",
    "Kind",
    "NewComment",
    "NewSubmission",
    "OutreachForm",
    "Phase",
    "Place",
    "PlaceHow",
    "PublicComment",
    "Receipt",
    "Relation",
    "ReviewState",
    "Staff",
    "StaffComment",
    "Stance",
    "Status",
    "Zone",
    "ZoneKind",
    "clean_text",
    "problem_code",
]

# the code of a home in another municipality; no DeSO has it
ELSEWHERE = "utanfor"
TEXT_MAX = 2000
PLACE_WORDS_MAX = 200
COMMENTS_MAX = 20
# where a file comes from, and on which terms
CREDIT_MAX = 100


@dataclass(frozen=True)
class Phase:
    """One step of the way to a decision; `ends` may equal `starts` for a single day."""

    code: str
    starts: date
    ends: date
    titles: dict[str, str]


@dataclass(frozen=True)
class DecisionText:
    """All that is written about a decision in one language."""

    title: str
    place: str
    summary: str
    easy_read: tuple[str, ...] = ()
    can_influence: tuple[str, ...] = ()
    cannot_influence: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    not_proposed: tuple[str, ...] = ()
    money: str = ""
    who_decides: str = ""
    ladder: str = ""
    ways: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    formal_comment: str = ""
    # who decided to hold a dialogue, when, and the case's number
    dialogue_decision: str = ""
    # what it means for children
    children: str = ""
    outcome: tuple[str, ...] = ()


@dataclass(frozen=True)
class Zone:
    """Ground that counts beside the area; `area` is in EPSG:3006 (metres)."""

    kind: ZoneKind
    name: str
    area: MultiPolygon


@dataclass(frozen=True)
class AwayGroup:
    """People who are affected without living there, such as pupils; `persons` None if unknown."""

    name: str
    persons: int | None
    reason: str
    source: str


@dataclass(frozen=True)
class Decision:
    """A planned decision: dates, area and texts.

    `area` is in EPSG:3006 (metres). `near_m`, `middle_m`, `far_m` are the distance bands, all
    None for a decision that concerns the whole municipality; with `decay_m` the weight falls
    smoothly with distance inside them. `zones` are contours in place of the bands, and catchment
    areas beside them.
    """

    id: str
    type: DecisionType
    body: str
    example: bool
    opens: date
    closes: date
    decision_on: date | None
    answer_on: date | None
    decided_on: date | None
    area: MultiPolygon
    near_m: float | None
    middle_m: float | None
    far_m: float | None
    contact_role: str
    contact_phone: str
    contact_email: str
    case_number: str
    version: int
    phases: tuple[Phase, ...]
    texts: dict[str, DecisionText] = field(default_factory=dict)
    decay_m: float | None = None
    zones: tuple[Zone, ...] = ()
    away: tuple[AwayGroup, ...] = ()

    def text(self, language: str) -> DecisionText:
        """Return the texts in `language`, or in Swedish where they are not translated."""
        return self.texts.get(language, self.texts["sv"])


def _sent(text: object) -> object:
    return as_sent(text) if isinstance(text, str) else text


def _fit_to_send(text: str) -> str:
    fault = fault_of(text, TEXT_MAX)
    if fault == "empty":
        raise PydanticCustomError("empty", "empty")
    return _not_too_long(text, fault)


def _fit_as_place(text: str) -> str:
    return _not_too_long(text, fault_of(text, PLACE_WORDS_MAX))


def _not_too_long(text: str, fault: str | None) -> str:
    if fault == "too_long":
        raise PydanticCustomError("too_long", "too_long")
    return text


ProblemCode = Literal[
    "empty",
    "too_long",
    "too_many",
    "place_missing",
    "place_not_expected",
    "neighbourhood_missing",
    "place_not_finite",
    "invalid",
]
# the validators' own words; pydantic has others
_OWN_FAULTS: dict[str, ProblemCode] = {
    "empty": "empty",
    "place_missing": "place_missing",
    "place_not_expected": "place_not_expected",
    "neighbourhood_missing": "neighbourhood_missing",
    "place_not_finite": "place_not_finite",
}
# to the letter: half a sign is mended before anything looks at it
Written = Annotated[str, BeforeValidator(_sent)]


class NewComment(BaseModel):
    """One statement on its way in, with the sender's words to the letter.

    `lon` and `lat` are WGS 84 degrees, both or neither.
    """

    model_config = ConfigDict(frozen=True, allow_inf_nan=False)

    kind: Kind
    stance: Stance = Stance.NONE
    text: Annotated[Written, AfterValidator(_fit_to_send)]
    place_how: PlaceHow = PlaceHow.NONE
    lon: float | None = None
    lat: float | None = None
    deso: str | None = None
    place_words: Annotated[Written, AfterValidator(_fit_as_place)] = ""

    @model_validator(mode="after")
    def _place_is_whole(self) -> NewComment:
        has_point = self.lon is not None and self.lat is not None
        if self.place_how is PlaceHow.PIN and not has_point:
            raise PydanticCustomError("place_missing", "place_missing")
        if self.place_how is not PlaceHow.PIN and (self.lon is not None or self.lat is not None):
            raise PydanticCustomError("place_not_expected", "place_not_expected")
        if self.place_how is PlaceHow.NEIGHBOURHOOD and not self.deso:
            raise PydanticCustomError("neighbourhood_missing", "neighbourhood_missing")
        if has_point and not all(math.isfinite(v) for v in (self.lon or 0.0, self.lat or 0.0)):
            raise PydanticCustomError("place_not_finite", "place_not_finite")
        return self


class NewSubmission(BaseModel):
    """What one person sends at one time. `key` makes sending it twice store it once."""

    model_config = ConfigDict(frozen=True)

    key: Annotated[str, Field(min_length=16, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
    decision_id: str
    comments: Annotated[tuple[NewComment, ...], Field(min_length=1, max_length=COMMENTS_MAX)]
    relation: Relation | None = None
    age_band: AgeBand | None = None
    # DeSO where the sender lives, or `ELSEWHERE`
    home: str | None = None
    language: str = "sv"
    channel: Channel = Channel.WEB
    persons: Annotated[int, Field(ge=1, le=500)] = 1
    example: bool = False


@dataclass(frozen=True)
class Receipt:
    """What the sender keeps: the code, and when the municipality received it (UTC)."""

    code: str
    decision_id: str
    received_at: datetime


@dataclass(frozen=True)
class PublicComment:
    """A comment as everyone may see it: masked text and displaced position (WGS 84).

    `answer` is the municipality's own, empty if it has given none.
    """

    id: int
    decision_id: str
    kind: Kind
    stance: Stance
    text: str
    received_on: date
    place: str
    place_how: PlaceHow
    lon: float | None
    lat: float | None
    deso: str | None
    valdistrikt: str | None
    example: bool
    answer: str = ""
    answered_on: date | None = None


@dataclass(frozen=True)
class StaffComment:
    """A comment as a reviewer sees it: the original, the public text and what was decided.

    `original` is to the letter, `shown` and `place` as they may be shown.
    `place` is in the sender's words if there are any, `area` the name of where it counts.
    """

    id: int
    submission_id: int
    decision_id: str
    kind: Kind
    stance: Stance
    original: str
    public_text: str
    state: ReviewState
    hide_reason: HideReason | None
    received_at: datetime
    channel: Channel
    place: str
    place_how: PlaceHow
    lon: float | None
    lat: float | None
    example: bool
    area: str = ""

    @cached_property
    def shown(self) -> str:
        """What others would read if nothing were masked."""
        return clean_text(self.original)

    @property
    def is_masked(self) -> bool:
        """Whether others read something else than what was written."""
        return clean_text(self.public_text) != self.shown


@dataclass(frozen=True)
class Staff:
    """A signed-in official. `name` is what the log shows; `roles` decide what is allowed."""

    name: str
    roles: frozenset[str]


@dataclass(frozen=True)
class Place:
    """A hit in the place search: WGS 84 point, or a whole neighbourhood when `deso` is set."""

    name: str
    sort: str
    lon: float
    lat: float
    deso: str
    district: str
    near: str = ""


def problem_code(error: ValidationError) -> ProblemCode:
    """Return the short word for the first fault in what a person filled in."""
    first = error.errors()[0]
    kind = first["type"]
    if kind in _OWN_FAULTS:
        return _OWN_FAULTS[kind]
    is_list = first["loc"][-1:] == ("comments",)
    codes: dict[str, ProblemCode] = {
        "string_too_long": "too_long",
        "too_long": "too_many" if is_list else "too_long",
        "too_short": "empty",
        "finite_number": "place_not_finite",
    }
    return codes.get(kind, "invalid")
