"""Which roles may do what. Asked in each act, whatever a page showed."""

from __future__ import annotations

from typing import Literal

from data.models import Staff

ROLES = ("reviewer", "planner", "politician", "admin")
READERS = frozenset(ROLES)
REVIEWERS = frozenset({"reviewer", "planner", "admin"})
PLANNERS = frozenset({"planner", "admin"})
ADMINS = frozenset({"admin"})


class NotAllowedError(PermissionError):
    """The person may not do this; nothing was done."""

    code: Literal["not_allowed"] = "not_allowed"


def check_reader(actor: Staff | None) -> Staff:
    """Return the person back if they may read exact figures, also as a politician.

    Raises
    ------
    NotAllowedError
        When nobody is signed in, or without any role.
    """
    return _check(actor, READERS)


def check_reviewer(actor: Staff | None) -> Staff:
    """Return the person back if they may read what people sent, as they wrote it, and decide on it.

    Raises
    ------
    NotAllowedError
        When nobody is signed in, or without a reviewer's role.
    """
    return _check(actor, REVIEWERS)


def check_planner(actor: Staff | None) -> Staff:
    """Return the person back if they may change a decision and what its figures rest on.

    Raises
    ------
    NotAllowedError
        When nobody is signed in, or without a planner's role.
    """
    return _check(actor, PLANNERS)


def check_admin(actor: Staff | None) -> Staff:
    """Return the person back if they may see who is signed in, and sign others out.

    Raises
    ------
    NotAllowedError
        When nobody is signed in, or without the administrator's role.
    """
    return _check(actor, ADMINS)


def _check(actor: Staff | None, roles: frozenset[str]) -> Staff:
    if actor is None or not actor.roles & roles:
        raise NotAllowedError
    return actor
