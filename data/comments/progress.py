"""How far a decision has come: its dates and what has been published, put together in one place.

Every page, map, file, feed and route that says a status, or when the answer comes, asks here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data import clock, rules
from data.comments import published_answers
from data.models import Decision, Status


@dataclass(frozen=True)
class Progress:
    """Where a decision stands on a day.

    Attributes
    ----------
    status
        As `data.rules.status_of` gives it.
    answered_on
        The day the answer was first published, None until then.
    promised_on
        The day by which it is promised; None when none is, or when the answer is there.
    is_overdue
        The promised day has passed without an answer.
    decided_on
        The day of the decision, as it was noted or as the answer tells it; None when it is not
        known, or still to come.
    """

    status: Status
    answered_on: date | None
    promised_on: date | None
    is_overdue: bool
    decided_on: date | None

    @property
    def is_only_answered(self) -> bool:
        """The answer has come, and no day of the decision is known."""
        return self.status is Status.DECIDED and self.decided_on is None


def of(decision: Decision, on: date) -> Progress:
    """Tell where `decision` stands on a day."""
    answer = published_answers.first_days().get(decision.id)
    answered_on = clock.day_of(answer.published_at) if answer else None
    if answered_on is not None and answered_on > on:
        answer, answered_on = None, None
    promised_on = decision.answer_on if answered_on is None else None
    decided_on = decision.decided_on or (answer.decided_on if answer else None)
    return Progress(
        status=rules.status_of(decision, on, answered_on=answered_on),
        answered_on=answered_on,
        promised_on=promised_on,
        is_overdue=promised_on is not None and on > promised_on,
        decided_on=None if decided_on is None or decided_on > on else decided_on,
    )


def status(decision: Decision, on: date) -> Status:
    """Return the status of `decision` on a day."""
    return of(decision, on).status
