"""Which roles may do what. Asked in each act, whatever a page showed."""

from __future__ import annotations

from data.models import Staff

REVIEWERS = frozenset({"reviewer", "planner", "admin"})
PLANNERS = frozenset({"planner", "admin"})


class NotAllowedError(PermissionError):
    """The person may not do this; nothing was done."""

    code = "not_allowed"


def check_reviewer(actor: Staff | None) -> Staff:
    """Give the person back if they may read what is not public: exact figures and comments.

    Raises
    ------
    NotAllowedError
        When nobody is signed in, or without a reviewer's role.
    """
    return _check(actor, REVIEWERS)


def check_planner(actor: Staff | None) -> Staff:
    """Give the person back if they may change a decision and what its figures rest on.

    Raises
    ------
    NotAllowedError
        When nobody is signed in, or without a planner's role.
    """
    return _check(actor, PLANNERS)


def _check(actor: Staff | None, roles: frozenset[str]) -> Staff:
    if actor is None or not actor.roles & roles:
        raise NotAllowedError
    return actor
