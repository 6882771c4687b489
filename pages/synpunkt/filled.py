"""What a person has filled in so far: a plain dictionary that survives a reload in the browser.

Everything here is a small function on that dictionary, so that the steps only draw and ask.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

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

PLACE, WORDS, ABOUT, CHECK = 1, 2, 3, 4
Filled = dict[str, Any]


def name(decision: Decision) -> str:
    """Return the name under which the session remembers what is filled in."""
    return f"synpunkt.{decision.id}"


def fresh() -> Filled:
    """Return an empty form with its own key: sending it twice stores it once."""
    return {
        "key": secrets.token_urlsafe(24),
        "step": PLACE,
        "at": 0,
        "comments": [empty_comment()],
        "relation": None,
        "age": None,
        "home": None,
        "mapless": False,
        "receipt": None,
        "elsewhere": False,
    }


def empty_comment(stance: str | None = None) -> Filled:
    """Return a comment with nothing in it yet."""
    return {
        "how": None,
        "lon": None,
        "lat": None,
        "deso": None,
        "words": "",
        "far_ok": False,
        "kind": None,
        "stance": stance,
        "text": "",
    }


def of(decision: Decision) -> Filled:
    """Return what is filled in for a decision in this session."""
    found = state.get(name(decision))
    if found is None:
        found = fresh()
        state.put(name(decision), found)
    return found  # type: ignore[no-any-return]


def keep(decision: Decision, filled: Filled) -> None:
    """Remember a restored or new form, and let its fields start from it."""
    state.drop_starting(f"{name(decision)}.")
    state.put(name(decision), filled)


def current(filled: Filled) -> Filled:
    """Return the comment that is being written."""
    return filled["comments"][filled["at"]]  # type: ignore[no-any-return]


def mark(filled: Filled) -> str:
    """Name the step, the comment and the form that the person is at, for the page's scripts.

    The key of the form stays out of it: the public position is drawn from that.
    """
    form = hashlib.sha256(filled["key"].encode()).hexdigest()[:8]
    return f"{filled['step']}-{filled['at']}-{form}"


def to_keep(filled: Filled) -> Filled:
    """Return what the browser keeps: what is sent is not kept any longer, only its receipt."""
    if filled["receipt"] is None or filled["elsewhere"]:
        return filled
    return fresh() | {"key": filled["key"], "receipt": filled["receipt"]}


def take_up(decision: Decision, filled: Filled) -> None:
    """Take what stands in the text fields, also when the page goes on before it draws them."""
    prefix, comment = f"{name(decision)}.{filled['at']}", current(filled)
    comment["text"] = state.get(f"{prefix}.text", comment["text"])
    comment["words"] = state.get(f"{prefix}.ord", comment["words"])


def go(filled: Filled, step: int, at: int | None = None) -> None:
    """Move to a step, and to another comment if told."""
    filled["step"] = step
    if at is not None:
        filled["at"] = at


def is_begun(filled: Filled) -> bool:
    """Tell whether there is anything to lose."""
    first = filled["comments"][0]
    is_first_begun = any((first["text"], first["how"], first["words"], first["kind"]))
    return len(filled["comments"]) > 1 or is_first_begun or filled["receipt"] is not None


def has_words(filled: Filled) -> bool:
    """Tell whether anything is written."""
    return any(not is_blank(comment["text"]) for comment in filled["comments"])


def add_comment(filled: Filled) -> None:
    """Begin another comment; what the person thinks of the proposal is carried over."""
    filled["comments"].append(empty_comment(current(filled)["stance"]))
    go(filled, PLACE, len(filled["comments"]) - 1)


def remove_comment(filled: Filled, at: int) -> None:
    """Take one comment away; one always remains."""
    if len(filled["comments"]) > 1:
        filled["comments"].pop(at)
        filled["at"] = min(filled["at"], len(filled["comments"]) - 1)


def set_pin(comment: Filled, lon: float, lat: float) -> None:
    """Return a comment a point."""
    comment.update(how=PlaceHow.PIN.value, lon=lon, lat=lat, deso=None, far_ok=False)


def set_neighbourhood(comment: Filled, deso: str) -> None:
    """Return a comment a whole neighbourhood."""
    comment.update(how=PlaceHow.NEIGHBOURHOOD.value, lon=None, lat=None, deso=deso, far_ok=False)


def set_no_place(comment: Filled) -> None:
    """Let a comment stand without a place."""
    comment.update(how=PlaceHow.NONE.value, lon=None, lat=None, deso=None, far_ok=False)


def pin_of(comment: Filled) -> tuple[float, float] | None:
    """Return longitude and latitude, if the comment has a point."""
    return (comment["lon"], comment["lat"]) if comment["how"] == PlaceHow.PIN.value else None


def fault_of(comment: Filled) -> str | None:
    """Return the short word for what is missing in a comment's words, or None."""
    if comment["kind"] is None:
        return "kind_missing"
    if comment["stance"] is None:
        return "stance_missing"
    return fault_of_words(comment["text"], TEXT_MAX)


def has_place(comment: Filled) -> bool:
    """Tell whether the question of the place is answered, if only in words."""
    return comment["how"] is not None or not is_blank(comment["words"])


def place_fault_of(comment: Filled) -> str | None:
    """Return the short word for what is wrong with the place, or None."""
    if not has_place(comment):
        return "place_unanswered"
    return "place_too_long" if is_place_too_long(comment) else None


def is_place_too_long(comment: Filled) -> bool:
    """Tell whether the place is told in more words than can be sent."""
    return over(comment["words"], PLACE_WORDS_MAX) > 0


def go_to_fault(filled: Filled) -> str | None:
    """Go to the first comment that cannot be sent, and give the short word for why, or None."""
    for at, comment in enumerate(filled["comments"]):
        if is_place_too_long(comment):
            go(filled, PLACE, at)
            # where the words are asked for
            filled["mapless"] = True
            return "place_too_long"
        fault = fault_of(comment)
        if fault is not None:
            go(filled, WORDS, at)
            return fault
    return None


def is_full(filled: Filled) -> bool:
    """Tell whether no more comments fit."""
    return len(filled["comments"]) >= COMMENTS_MAX


def as_submission(decision: Decision, filled: Filled, language: str) -> NewSubmission:
    """Return what is filled in as it is sent; pydantic checks it once more."""
    return NewSubmission(
        key=filled["key"],
        decision_id=decision.id,
        comments=tuple(_as_comment(comment) for comment in filled["comments"]),
        relation=Relation(filled["relation"]) if filled["relation"] else None,
        age_band=AgeBand(filled["age"]) if filled["age"] else None,
        home=filled["home"] or None,
        language=language,
        example=decision.example,
    )


def _as_comment(comment: Filled) -> NewComment:
    return NewComment(
        kind=Kind(comment["kind"]),
        stance=Stance(comment["stance"] or Stance.NONE.value),
        text=comment["text"],
        place_how=PlaceHow(comment["how"] or PlaceHow.NONE.value),
        lon=comment["lon"],
        lat=comment["lat"],
        deso=comment["deso"],
        place_words=comment["words"],
    )
