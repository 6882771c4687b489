"""What a person has filled in so far: it survives a reload in the browser, as plain JSON.

Everything here is a small function on that form, so that the steps only draw and ask.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from enum import Enum
from typing import Literal

from data.models import (
    COMMENTS_MAX,
    PLACE_WORDS_MAX,
    TEXT_MAX,
    AgeBand,
    Decision,
    Kind,
    NewComment,
    NewSubmission,
    PlaceHow,
    Relation,
    Stance,
)
from data.written import fault_of as fault_of_words
from data.written import is_blank, over
from pages.shared.session import state

Step = Literal[1, 2, 3, 4]
PLACE: Step = 1
WORDS: Step = 2
ABOUT: Step = 3
CHECK: Step = 4
PlaceFault = Literal["place_unanswered", "place_too_long"]
WordsFault = Literal["kind_missing", "stance_missing", "empty", "too_long"]


@dataclass
class Comment:
    """One comment as far as it is filled in; `lon` and `lat` are WGS 84 degrees.

    `far_ok` tells that a place far off has been asked about.
    """

    how: PlaceHow | None = None
    lon: float | None = None
    lat: float | None = None
    deso: str | None = None
    words: str = ""
    far_ok: bool = False
    kind: Kind | None = None
    stance: Stance | None = None
    text: str = ""


@dataclass
class Filled:
    """The form. Its own key makes sending it twice store it once.

    Attributes
    ----------
    at
        The number of the comment that is being written.
    home
        A DeSO, or `data.models.ELSEWHERE`.
    mapless
        The person has put the map away.
    receipt
        The code, once it is sent.
    elsewhere
        Another tab sent it first, with other words.
    """

    key: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    step: Step = PLACE
    at: int = 0
    comments: list[Comment] = field(default_factory=lambda: [Comment()])
    relation: Relation | None = None
    age: AgeBand | None = None
    home: str | None = None
    mapless: bool = False
    receipt: str | None = None
    elsewhere: bool = False


def name(decision: Decision) -> str:
    """Return the name under which the session remembers what is filled in."""
    return f"synpunkt.{decision.id}"


def of(decision: Decision) -> Filled:
    """Return what is filled in for a decision in this session."""
    found: Filled | None = state.get(name(decision))
    if found is None:
        found = Filled()
        state.put(name(decision), found)
    return found


def keep(decision: Decision, filled: Filled) -> None:
    """Remember a restored or new form, and let its fields start from it."""
    state.drop_starting(f"{name(decision)}.")
    state.put(name(decision), filled)


def current(filled: Filled) -> Comment:
    """Return the comment that is being written."""
    return filled.comments[filled.at]


def mark(filled: Filled) -> str:
    """Name the step, the comment and the form that the person is at, for the page's scripts.

    The key of the form stays out of it: the public position is drawn from that.
    """
    form = hashlib.sha256(filled.key.encode()).hexdigest()[:8]
    return f"{filled.step}-{filled.at}-{form}"


def to_keep(filled: Filled) -> dict[str, object]:
    """Return what the browser keeps: what is sent is not kept any longer, only its receipt."""
    is_sent = filled.receipt is not None and not filled.elsewhere
    kept = Filled(key=filled.key, receipt=filled.receipt) if is_sent else filled
    return asdict(kept, dict_factory=_plain)


def _plain(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    return {key: value.value if isinstance(value, Enum) else value for key, value in pairs}


def take_up(decision: Decision, filled: Filled) -> None:
    """Take what stands in the text fields, also when the page goes on before it draws them."""
    prefix, comment = f"{name(decision)}.{filled.at}", current(filled)
    comment.text = state.get(f"{prefix}.text", comment.text)
    comment.words = state.get(f"{prefix}.ord", comment.words)


def use_map(filled: Filled, *, is_used: bool) -> None:
    """Take the map out, or put it away."""
    filled.mapless = not is_used


def go(filled: Filled, step: Step, at: int | None = None) -> None:
    """Move to a step, and to another comment if told."""
    filled.step = step
    if at is not None:
        filled.at = at


def is_begun(filled: Filled) -> bool:
    """Tell whether there is anything to lose."""
    first = filled.comments[0]
    is_first_begun = any((first.text, first.how, first.words, first.kind))
    return len(filled.comments) > 1 or is_first_begun or filled.receipt is not None


def has_words(filled: Filled) -> bool:
    """Tell whether anything is written."""
    return any(not is_blank(comment.text) for comment in filled.comments)


def add_comment(filled: Filled) -> None:
    """Begin another comment; what the person thinks of the proposal is carried over."""
    filled.comments.append(Comment(stance=current(filled).stance))
    go(filled, PLACE, len(filled.comments) - 1)


def remove_comment(filled: Filled, at: int) -> None:
    """Take one comment away; one always remains."""
    if len(filled.comments) > 1:
        filled.comments.pop(at)
        filled.at = min(filled.at, len(filled.comments) - 1)


def set_pin(comment: Comment, lon: float, lat: float) -> None:
    """Return a comment a point."""
    comment.how, comment.far_ok = PlaceHow.PIN, False
    comment.lon, comment.lat, comment.deso = lon, lat, None


def set_neighbourhood(comment: Comment, deso: str) -> None:
    """Return a comment a whole neighbourhood."""
    comment.how, comment.far_ok = PlaceHow.NEIGHBOURHOOD, False
    comment.lon, comment.lat, comment.deso = None, None, deso


def set_no_place(comment: Comment) -> None:
    """Let a comment stand without a place."""
    comment.how, comment.far_ok = PlaceHow.NONE, False
    comment.lon, comment.lat, comment.deso = None, None, None


def pin_of(comment: Comment) -> tuple[float, float] | None:
    """Return longitude and latitude, if the comment has a point."""
    if comment.how is not PlaceHow.PIN or comment.lon is None or comment.lat is None:
        return None
    return comment.lon, comment.lat


def fault_of(comment: Comment) -> WordsFault | None:
    """Return the short word for what is missing in a comment's words, or None."""
    if comment.kind is None:
        return "kind_missing"
    if comment.stance is None:
        return "stance_missing"
    return fault_of_words(comment.text, TEXT_MAX)


def has_place(comment: Comment) -> bool:
    """Tell whether the question of the place is answered, if only in words."""
    return comment.how is not None or not is_blank(comment.words)


def place_fault_of(comment: Comment) -> PlaceFault | None:
    """Return the short word for what is wrong with the place, or None."""
    if not has_place(comment):
        return "place_unanswered"
    return "place_too_long" if is_place_too_long(comment) else None


def is_place_too_long(comment: Comment) -> bool:
    """Tell whether the place is told in more words than can be sent."""
    return over(comment.words, PLACE_WORDS_MAX) > 0


def go_to_fault(filled: Filled) -> PlaceFault | WordsFault | None:
    """Go to the first comment that cannot be sent, and give the short word for why, or None."""
    for at, comment in enumerate(filled.comments):
        if is_place_too_long(comment):
            go(filled, PLACE, at)
            # where the words are asked for
            filled.mapless = True
            return "place_too_long"
        fault = fault_of(comment)
        if fault is not None:
            go(filled, WORDS, at)
            return fault
    return None


def send_anew(filled: Filled) -> None:
    """Let what is filled in be a form of its own, not sent yet."""
    filled.key, filled.step = secrets.token_urlsafe(24), CHECK
    filled.receipt, filled.elsewhere = None, False


def is_full(filled: Filled) -> bool:
    """Tell whether no more comments fit."""
    return len(filled.comments) >= COMMENTS_MAX


def as_submission(decision: Decision, filled: Filled, language: str) -> NewSubmission:
    """Return what is filled in as it is sent; pydantic checks it once more."""
    return NewSubmission(
        key=filled.key,
        decision_id=decision.id,
        comments=tuple(_as_comment(comment) for comment in filled.comments),
        relation=filled.relation,
        age_band=filled.age,
        home=filled.home or None,
        language=language,
        example=decision.example,
    )


def _as_comment(comment: Comment) -> NewComment:
    if comment.kind is None:
        msg = "what `go_to_fault` lets through has a kind"
        raise ValueError(msg)
    return NewComment(
        kind=comment.kind,
        stance=comment.stance or Stance.NONE,
        text=comment.text,
        place_how=comment.how or PlaceHow.NONE,
        lon=comment.lon,
        lat=comment.lat,
        deso=comment.deso,
        place_words=comment.words,
    )
