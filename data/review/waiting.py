"""What waits to be read: filtered and a page at a time, with what else is like a comment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data.comments import staff_view
from data.comments.staff_view import RECEIVED, Queue
from data.decision_cache import remembered
from data.models import Staff, StaffComment
from data.review import likeness, personal_data_hints
from data.rights import check_reviewer

__all__ = ["Alike", "Filters", "Queue", "alike", "by_decision", "page", "queue", "same_sender"]

# of each decision so many of the latest comments are compared
COMPARED = 4_000
ALIKE_SHOWN = 3


@dataclass(frozen=True)
class Filters:
    """What a reviewer has chosen to see of the queue."""

    decision_id: str | None = None
    with_hints: bool = False


@dataclass(frozen=True)
class Alike:
    """Another comment, and the part of the letters that both have (0-1)."""

    comment: StaffComment
    likeness: float


def page(
    actor: Staff | None,
    filters: Filters = Filters(),
    *,
    limit: int,
    offset: int = 0,
    last: Sequence[int] = (),
) -> list[StaffComment]:
    """Return a page of what waits, the oldest first, those in `last` after the others."""
    check_reviewer(actor)
    return staff_view.waiting(
        limit=limit,
        offset=offset,
        decision_id=filters.decision_id,
        among=_hinted() if filters.with_hints else None,
        last=last,
    )


def queue(actor: Staff | None, filters: Filters = Filters()) -> Queue:
    """Tell how much waits, and since when."""
    check_reviewer(actor)
    among = _hinted() if filters.with_hints else None
    return staff_view.queue(decision_id=filters.decision_id, among=among)


def by_decision(actor: Staff | None) -> dict[str, int]:
    """Count what waits on each decision, the one with the oldest first."""
    check_reviewer(actor)
    return staff_view.waiting_by_decision()


def _hinted() -> tuple[int, ...]:
    """Return what may hold personal data; read through again only when something comes in."""
    return remembered(RECEIVED, ("hinted",), _look_through)


def _look_through() -> tuple[int, ...]:
    return tuple(
        number for number, text in staff_view.waiting_texts() if personal_data_hints.found(text)
    )


def alike(actor: Staff | None, comment: StaffComment) -> list[Alike]:
    """Return comments on the same decision with nearly the same words, the most alike first."""
    check_reviewer(actor)
    decision_id = comment.decision_id
    known: likeness.Index = remembered(
        RECEIVED,
        ("alike", decision_id),
        lambda: likeness.index(staff_view.texts(decision_id, limit=COMPARED)),
    )
    hits = likeness.most_alike(known, comment.shown, but=comment.id, limit=ALIKE_SHOWN)
    found = staff_view.some([number for number, _ in hits])
    return [Alike(found[number], score) for number, score in hits if number in found]


def same_sender(actor: Staff | None, comment: StaffComment) -> list[StaffComment]:
    """Return what else came in the same submission."""
    check_reviewer(actor)
    return [one for one in staff_view.of_submission(comment.submission_id) if one.id != comment.id]
