"""How often one source may send. Nothing is stored: a keyed hash in memory, for ten minutes."""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
import threading
from collections import deque
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=10)
# a new key at each start: the hashes say nothing to anyone afterwards
_KEY = secrets.token_bytes(32)
_sent: dict[str, deque[datetime]] = {}
_lock = threading.Lock()


class TooManyError(RuntimeError):
    """The source has sent very much in a short time."""

    code = "too_many"


def check(address: str | None, *, at: datetime, limit: int) -> None:
    """Count one sending from `address`; None (loopback) is never limited.

    Raises
    ------
    TooManyError
        When `limit` sendings came from the address within ten minutes.
    """
    if address is None:
        return
    source = hashlib.blake2b(_network(address).encode(), key=_KEY, digest_size=16).hexdigest()
    with _lock:
        _forget_old(at)
        times = _sent.setdefault(source, deque())
        if len(times) >= limit:
            raise TooManyError
        times.append(at)


def _network(address: str) -> str:
    """Give what one household shares: an IPv6 address is one of 2^64 that it may use."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is None:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def _forget_old(at: datetime) -> None:
    for source in list(_sent):
        times = _sent[source]
        while times and at - times[0] >= WINDOW:
            times.popleft()
        if not times:
            del _sent[source]
