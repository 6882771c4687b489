"""What each decision needs next from the officials, the most urgent first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum

from data import clock
from data.comments import progress
from data.comments.progress import Progress
from data.decisions import decisions
from data.models import Decision, Staff, Status
from data.planning import drafts, promise
from data.review import waiting
from data.rights import check_planner


class Need(IntEnum):
    """What a decision needs; the lower the number, the higher in the list."""

    ANSWER_OVERDUE = 1
    REVIEW = 2
    CLOSE = 3
    ANSWER = 4
    PUBLISH = 5
    FILL_IN = 6
    REACH = 7
    WAIT = 8
    NOTHING = 9


@dataclass(frozen=True)
class Work:
    """A decision that officials work with.

    `status` is None for one that has not been published. `count` is how many comments wait, or
    how many fields are empty.
    """

    decision_id: str
    title: str
    status: Status | None
    need: Need
    count: int
    due: date | None
    has_draft: bool
    stands: Progress | None = None


def of_all(actor: Staff | None, *, at: datetime) -> list[Work]:
    """Return every decision and every draft with what it needs next.

    Raises
    ------
    data.rights.NotAllowedError
    """
    check_planner(actor)
    unread = waiting.by_decision(actor)
    written = {draft.decision_id: draft for draft in drafts.list_all(actor)}
    on = clock.day_of(at)
    published = decisions.list_all()
    works = []
    for _number, one in published:
        need, count, due = _need(one, on, unread.get(one.id, 0))
        stands = progress.of(one, on)
        title = one.text("sv").title
        has_draft = one.id in written
        works.append(Work(one.id, title, stands.status, need, count, due, has_draft, stands))
    known = {one.id for _number, one in published}
    works += [_draft(draft) for draft in written.values() if draft.decision_id not in known]
    return sorted(works, key=lambda work: (work.need, work.due or date.max, work.title))


def _draft(draft: drafts.Draft) -> Work:
    missing = sum(len(p.missing) + len(p.wrong) for p in promise.check(draft.sheet))
    need = Need.FILL_IN if missing else Need.PUBLISH
    title = str(draft.sheet.get("sv.title", draft.decision_id))
    return Work(draft.decision_id, title, None, need, missing, None, has_draft=True)


def _need(decision: Decision, on: date, unread: int) -> tuple[Need, int, date | None]:
    stands = progress.of(decision, on)
    if stands.is_overdue:
        return Need.ANSWER_OVERDUE, 0, decision.answer_on
    if unread:
        return Need.REVIEW, unread, decision.closes
    if stands.status is Status.SUMMARISING:
        return Need.ANSWER, 0, decision.answer_on
    if stands.status in {Status.OPEN, Status.CLOSING_SOON}:
        return Need.REACH, 0, decision.closes
    if stands.status is Status.DECIDED and decision.decided_on is None:
        return Need.CLOSE, 0, decision.answer_on
    if stands.status is Status.UPCOMING:
        return Need.WAIT, 0, decision.opens
    return Need.NOTHING, 0, None
