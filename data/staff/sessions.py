"""Who is signed in: sessions on the server, from an identity provider or a link that works once.

Only hashes are kept, so a copy of the store or of memory opens no session. Roles are asked for in
each look-up, so that a role that is taken away is gone in the next act.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from data import store
from data.models import Staff
from data.rights import check_admin
from data.staff import identity, staff_log
from data.staff.identity import Identity

LINK_HOURS = 24
SESSION_HOURS = 8
SIGN_IN_PATH = "/logga-in"
LINK_NAME = "Granskare (engångslänk)"
LINK_ROLES = frozenset({"admin"})

_ADD = """
INSERT INTO staff_sessions (token_hash, name, roles, expires_at, email, started_at)
VALUES ($1, $2, $3, $4, $5, $6)
"""
_FIND = "SELECT name, roles, expires_at, email FROM staff_sessions WHERE token_hash = $1"
_SIGNED_IN = """
SELECT name, roles, expires_at, email, started_at FROM staff_sessions
WHERE expires_at > $1 ORDER BY started_at DESC, name
"""
_DELETE_OF = "DELETE FROM staff_sessions WHERE name = $1"
_DELETE = "DELETE FROM staff_sessions WHERE token_hash = $1"
_DELETE_OLD = "DELETE FROM staff_sessions WHERE expires_at <= $1"

# hash of an unused link -> when it stops working; links die with the process that printed them
_links: dict[str, datetime] = {}
_lock = threading.Lock()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def new_link(base_url: str, at: datetime) -> str:
    """Make a link that signs one person in, once, within a day."""
    token = secrets.token_urlsafe(32)
    with _lock:
        _links[_hash(token)] = at + timedelta(hours=LINK_HOURS)
    return f"{base_url.rstrip('/')}{SIGN_IN_PATH}?{urlencode({'kod': token})}"


def redeem(token: str, at: datetime) -> str | None:
    """Return a session token for the code of a link, the first time only; else None."""
    with _lock:
        expires = _links.pop(_hash(token), None)
    if expires is None or at >= expires:
        return None
    return _begin(LINK_NAME, LINK_ROLES, None, at)


def sign_in(person: Identity, at: datetime) -> str:
    """Return a session token for a person whom the provider vouches for."""
    return _begin(person.email, person.roles, person.email, at)


@store.again
def _begin(name: str, roles: frozenset[str], email: str | None, at: datetime) -> str:
    session = secrets.token_urlsafe(32)
    at = at.astimezone(UTC)
    row = [_hash(session), name, ",".join(sorted(roles)), at + timedelta(hours=SESSION_HOURS)]
    with store.transaction() as cursor:
        cursor.execute(_DELETE_OLD, [at])
        cursor.execute(_ADD, [*row, email, at])
    return session


class _Session(NamedTuple):
    name: str
    roles: str
    expires_at: datetime
    email: str | None
    started_at: datetime | None = None

    def roles_now(self) -> frozenset[str]:
        """Return what the person may do today, which the settings may have changed since."""
        return _roles_now(self.email, frozenset(self.roles.split(",")))


def staff_of(session: str | None, at: datetime) -> Staff | None:
    """Return who holds a session, or None when it is unknown, ended or too old."""
    if not session:
        return None
    with store.cursor() as cursor:
        found = cursor.execute(_FIND, [_hash(session)]).first(_Session)
    if found is None or at >= found.expires_at:
        return None
    roles = found.roles_now()
    return Staff(found.name, roles) if roles else None


def _roles_now(email: str | None, at_sign_in: frozenset[str]) -> frozenset[str]:
    if email is None:
        return at_sign_in
    try:
        return identity.roles_of(email, at_sign_in)
    except identity.IdentityError:
        return frozenset()


@store.again
def sign_out(session: str) -> None:
    """End a session on the server; the cookie is worth nothing afterwards."""
    with store.transaction() as cursor:
        cursor.execute(_DELETE, [_hash(session)])


@dataclass(frozen=True)
class Session:
    """Somebody who is signed in, with the roles that count now; times in UTC."""

    name: str
    roles: frozenset[str]
    started_at: datetime | None
    ends_at: datetime


def signed_in(actor: Staff | None, at: datetime) -> list[Session]:
    """Return who is signed in, the latest first.

    Raises
    ------
    data.rights.NotAllowedError
    """
    check_admin(actor)
    with store.cursor() as cursor:
        rows = cursor.execute(_SIGNED_IN, [at.astimezone(UTC)]).rows(_Session)
    return [Session(row.name, row.roles_now(), row.started_at, row.expires_at) for row in rows]


@store.again
def sign_out_person(actor: Staff | None, name: str, *, at: datetime) -> None:
    """End all sessions of a person at once.

    Raises
    ------
    data.rights.NotAllowedError
    """
    who = check_admin(actor)
    with store.transaction() as cursor:
        cursor.execute(_DELETE_OF, [name])
        staff_log.add(cursor, who, "sign_out", name, was="signed_in", became="", at=at)
