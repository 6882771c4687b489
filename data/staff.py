"""Signing in without an identity provider: a link that works once, printed at start.

Only hashes are kept, so a copy of the store or of memory opens no session.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from data import store
from data.models import Staff

LINK_HOURS = 24
SESSION_HOURS = 8
SIGN_IN_PATH = "/logga-in"
LINK_NAME = "Granskare (engångslänk)"
LINK_ROLES = frozenset({"admin"})

_ADD = "INSERT INTO staff_sessions (token_hash, name, roles, expires_at) VALUES ($1, $2, $3, $4)"
_FIND = "SELECT name, roles, expires_at FROM staff_sessions WHERE token_hash = $1"
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
    """Give a session token for the code of a link, the first time only; else None."""
    with _lock:
        expires = _links.pop(_hash(token), None)
    if expires is None or at >= expires:
        return None
    session = secrets.token_urlsafe(32)
    ends = (at + timedelta(hours=SESSION_HOURS)).astimezone(UTC)
    with store.transaction() as cursor:
        cursor.execute(_DELETE_OLD, [at.astimezone(UTC)])
        cursor.execute(_ADD, [_hash(session), LINK_NAME, ",".join(sorted(LINK_ROLES)), ends])
    return session


def staff_of(session: str | None, at: datetime) -> Staff | None:
    """Give who holds a session, or None when it is unknown, ended or too old."""
    if not session:
        return None
    with store.cursor() as cursor:
        row = cursor.execute(_FIND, [_hash(session)]).fetchone()
    if row is None or at >= row[2].astimezone(UTC):
        return None
    return Staff(row[0], frozenset(row[1].split(",")))


def sign_out(session: str) -> None:
    """End a session on the server; the cookie is worth nothing afterwards."""
    with store.cursor() as cursor:
        cursor.execute(_DELETE, [_hash(session)])
