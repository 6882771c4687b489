"""Who may do what when. Each rule stands here once; dates are arguments, never read."""

from __future__ import annotations

from datetime import date
from typing import Literal

from data.models import Decision, DecisionType, Status

CLOSING_SOON_DAYS = 7

# Default distance bands in metres (near, middle, far) by type. None means that the
# whole municipality is concerned and only groups are compared.
DEFAULT_BANDS: dict[DecisionType, tuple[float, float, float] | None] = {
    DecisionType.HOUSING: (100, 300, 800),
    DecisionType.SCHOOL: (500, 1000, 2000),
    DecisionType.GREEN: (200, 300, 1000),
    DecisionType.STREET: (100, 300, 500),
    DecisionType.SPORT: (800, 2000, 5000),
    DecisionType.INDUSTRY: (300, 500, 1000),
    DecisionType.WIND: (1000, 2000, 5000),
    DecisionType.MUNICIPALITY: None,
}


ClosedCode = Literal["not_open_yet", "closed"]


class CommentingClosedError(ValueError):
    """The decision takes no comments on this day."""

    code: ClosedCode

    def __init__(self, code: ClosedCode) -> None:
        super().__init__(code)
        self.code = code


ReceivedCode = Literal["received_before", "received_after", "received_in_future"]


class ReceivedError(ValueError):
    """What came in another way cannot count.

    It came before or after the days on which comments are taken, or on a day that is yet to come.
    """

    code: ReceivedCode

    def __init__(self, code: ReceivedCode) -> None:
        super().__init__(code)
        self.code = code


DecidedCode = Literal["future_day", "decided_before_closed"]


class DecidedError(ValueError):
    """The decision cannot have been made on this day: comments were taken, or it is to come."""

    code: DecidedCode

    def __init__(self, code: DecidedCode) -> None:
        super().__init__(code)
        self.code = code


def status_of(decision: Decision, on: date, *, answered_on: date | None = None) -> Status:
    """Return the status of `decision` on a day; both `opens` and `closes` are open days.

    For `data.comments.progress`, which knows the day when the answer was published. While comments
    are taken the status says so, also when an answer is there. After that nothing is being
    summarised any more once the answer is out, which tells what was decided, or once the day of the
    decision is noted.
    """
    if on < decision.opens:
        return Status.UPCOMING
    if on <= decision.closes:
        soon = days_left(decision, on) <= CLOSING_SOON_DAYS
        return Status.CLOSING_SOON if soon else Status.OPEN
    if any(day is not None and on >= day for day in (answered_on, decision.decided_on)):
        return Status.DECIDED
    return Status.SUMMARISING


def days_left(decision: Decision, on: date) -> int:
    """Count the days until the last day for comments; 0 on that day, negative after it."""
    return (decision.closes - on).days


def check_commenting(decision: Decision, on: date) -> None:
    """Pass if `decision` takes comments on the day.

    Raises
    ------
    CommentingClosedError
        With code ``not_open_yet`` or ``closed``.
    """
    if on < decision.opens:
        raise CommentingClosedError("not_open_yet")
    if on > decision.closes:
        raise CommentingClosedError("closed")


def check_received(decision: Decision, received_on: date, today: date) -> None:
    """Pass if what was received on a day counts: a letter that came in time does so also later.

    Raises
    ------
    ReceivedError
    """
    if received_on > today:
        raise ReceivedError("received_in_future")
    if received_on < decision.opens:
        raise ReceivedError("received_before")
    if received_on > decision.closes:
        raise ReceivedError("received_after")


def check_decided(decision: Decision, decided_on: date, today: date) -> None:
    """Pass if the decision may have been made on a day: what was said is part of what it rests on.

    Raises
    ------
    DecidedError
    """
    if decided_on > today:
        raise DecidedError("future_day")
    if decided_on <= decision.closes:
        raise DecidedError("decided_before_closed")


def is_open(decision: Decision, on: date) -> bool:
    """Tell whether `decision` takes comments on the day."""
    try:
        check_commenting(decision, on)
    except CommentingClosedError:
        return False
    return True
