"""What an identity provider says about a person (OpenID Connect), and the roles that follow.

The library that fetches the token checks its signature, issuer and nonce. It does not check for
whom the token was made, so that and the times are checked here.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from data import settings
from data.models import clean_text
from data.rights import ROLES

NAME_MAX = 200
# how long after the provider made it a token may be exchanged for a session here, and how far
# two clocks may differ
FRESH = timedelta(minutes=10)
LEEWAY = timedelta(minutes=1)

# token -> when it is too old anyway: each opens one session
_used: dict[str, datetime] = {}
_lock = threading.Lock()


IdentityCode = Literal[
    "wrong_audience",
    "expired",
    "no_email",
    "no_role",
    "used",
    "bad_claims",
    "bad_file",
]


class IdentityError(ValueError):
    """The person cannot be signed in."""

    code: IdentityCode

    def __init__(self, code: IdentityCode) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Identity:
    """A person whom the provider vouches for: e-mail in small letters, and roles here."""

    email: str
    roles: frozenset[str]


def check(claims: Mapping[str, object], *, client_id: str, at: datetime) -> Identity:
    """Return who the claims of an ID token are about, once for each token.

    Parameters
    ----------
    claims
        The claims of a token whose signature, issuer and nonce have been checked.
    client_id
        Our own name at the provider; the token must be made for it.

    Raises
    ------
    IdentityError
        With the code of what is wrong.
    """
    _check_audience(claims, client_id)
    made, ends = _moment(claims, "iat"), _moment(claims, "exp")
    if not (made - LEEWAY <= at < ends + LEEWAY) or at >= made + FRESH:
        raise IdentityError("expired")
    email = _email(claims)
    roles = roles_of(email, _claimed(claims))
    if not roles:
        raise IdentityError("no_role")
    _use_once(claims, at)
    return Identity(email, roles)


def roles_of(email: str, claimed: frozenset[str]) -> frozenset[str]:
    """Return the roles a person has now: by the list if there is one, else as the provider said.

    The list is read anew when its file has changed, so that a role that is taken away there is
    gone in the person's next act.

    Raises
    ------
    IdentityError
        ``bad_file`` when there should be a list but it cannot be read.
    """
    listed = settings.load().staff_file
    if listed is None:
        return claimed & frozenset(ROLES)
    return _listed(listed).get(email.lower(), frozenset())


def _check_audience(claims: Mapping[str, object], client_id: str) -> None:
    audience = claims.get("aud")
    made_for = audience if isinstance(audience, list) else [audience]
    if not client_id or client_id not in made_for:
        raise IdentityError("wrong_audience")
    authorized = claims.get("azp", client_id)
    if authorized != client_id:
        raise IdentityError("wrong_audience")


def _moment(claims: Mapping[str, object], name: str) -> datetime:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise IdentityError("bad_claims")
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, OSError, ValueError) as error:
        raise IdentityError("bad_claims") from error


def _email(claims: Mapping[str, object]) -> str:
    email = claims.get("email")
    if not isinstance(email, str) or claims.get("email_verified", True) is not True:
        raise IdentityError("no_email")
    email = clean_text(email).lower()
    if "@" not in email or len(email) > NAME_MAX or any(c.isspace() for c in email):
        raise IdentityError("no_email")
    return email


def _claimed(claims: Mapping[str, object]) -> frozenset[str]:
    """Return our names of the roles in the claim that the municipality has chosen."""
    own = settings.load()
    if not own.role_claim:
        return frozenset()
    said = claims.get(own.role_claim)
    names = said if isinstance(said, list) else str(said or "").split()
    return frozenset(own.role_names.get(str(name), str(name)) for name in names)


def _use_once(claims: Mapping[str, object], at: datetime) -> None:
    token = "|".join(str(claims.get(name, "")) for name in ("iss", "sub", "nonce", "iat", "jti"))
    with _lock:
        for old in [known for known, ends in _used.items() if ends <= at]:
            del _used[old]
        if token in _used:
            raise IdentityError("used")
        _used[token] = at + FRESH + 2 * LEEWAY


_kept: tuple[Path, int, dict[str, frozenset[str]]] | None = None


def _listed(path: Path) -> dict[str, frozenset[str]]:
    """Read the list: a line is ``e-mail: role, role``; what follows ``#`` is a remark."""
    global _kept
    try:
        changed = path.stat().st_mtime_ns
        if _kept is None or _kept[:2] != (path, changed):
            _kept = (path, changed, _parsed(path.read_text(encoding="utf-8-sig")))
    except (OSError, UnicodeDecodeError) as error:
        # nobody gets in, rather than everybody keeping what they had
        raise IdentityError("bad_file") from error
    return _kept[2]


def _parsed(text: str) -> dict[str, frozenset[str]]:
    found = {}
    for line in text.splitlines():
        email, _, names = line.partition("#")[0].partition(":")
        roles = frozenset(name.strip() for name in names.split(",")) & frozenset(ROLES)
        if email.strip() and roles:
            found[email.strip().lower()] = roles
    return found
