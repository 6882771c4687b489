"""The closed sets of words that are stored: what something is, never how it is shown."""

from __future__ import annotations

from enum import StrEnum

# stands for a theme's id: comments that are about none of the themes; never a row among them
OTHER_THEME = 0


class DecisionType(StrEnum):
    """What kind of decision it is; each has its own default distance bands."""

    HOUSING = "housing"
    SCHOOL = "school"
    GREEN = "green"
    STREET = "street"
    SPORT = "sport"
    INDUSTRY = "industry"
    WIND = "wind"
    MUNICIPALITY = "municipality"


class Status(StrEnum):
    """Where a decision stands on a given day; computed by `data.comments.progress`, never stored.

    `OPEN` and `CLOSING_SOON` follow the days on which comments are taken, also when an answer is
    out. `DECIDED` begins when the answer is published or the day of the decision is noted.
    """

    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSING_SOON = "closing_soon"
    SUMMARISING = "summarising"
    DECIDED = "decided"


class Kind(StrEnum):
    """What a comment is."""

    LIKE = "like"
    CONCERN = "concern"
    IDEA = "idea"
    QUESTION = "question"


class Stance(StrEnum):
    """What the sender thinks of the proposal as a whole."""

    FOR = "for"
    AGAINST = "against"
    BOTH = "both"
    NONE = "none"


class ReviewState(StrEnum):
    """Whether others may read a comment."""

    WAITING = "waiting"
    PUBLISHED = "published"
    HIDDEN = "hidden"


class HideReason(StrEnum):
    """Why a comment is kept but not shown."""

    PERSONAL_DATA = "personal_data"
    THREAT_OR_HATE = "threat_or_hate"
    OFF_TOPIC = "off_topic"
    DUPLICATE = "duplicate"
    ADVERTISING = "advertising"
    # the one that no official can choose
    SENDER = "sender"


class Channel(StrEnum):
    """How a submission came in."""

    WEB = "web"
    LETTER = "letter"
    PHONE = "phone"
    MEETING = "meeting"
    SQUARE = "square"
    SCHOOL = "school"
    SURVEY = "survey"
    SOCIAL = "social"
    MESSAGE = "message"
    OTHER = "other"


class Relation(StrEnum):
    """How the sender is tied to the place, if told."""

    LIVES = "lives"
    WORKS = "works"
    STUDIES = "studies"
    PASSES = "passes"


class AgeBand(StrEnum):
    """Age of the sender, if told; bands that the published statistics can be summed to."""

    CHILD = "0-15"
    YOUTH = "16-24"
    ADULT = "25-64"
    SENIOR = "65-79"
    OLD = "80+"


class OutreachForm(StrEnum):
    """How the municipality went to ask people who had not been heard."""

    VISIT = "visit"
    MEETING = "meeting"
    LETTER = "letter"
    PHONE = "phone"
    SCHOOL = "school"
    OTHER = "other"


class ZoneKind(StrEnum):
    """What a zone of a decision is: a contour in place of a band, or a school's catchment."""

    NEAR = "near"
    MIDDLE = "middle"
    FAR = "far"
    CATCHMENT = "catchment"


class PlaceHow(StrEnum):
    """How a comment got its place: a point, one neighbourhood as a whole, or none."""

    PIN = "pin"
    NEIGHBOURHOOD = "neighbourhood"
    NONE = "none"


class Outcome(StrEnum):
    """What became of what a theme asks for."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
