"""How often one source may send. Nothing is stored: a keyed hash in memory, for ten minutes."""

from __future__ import annotations

import hashlib
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
    source = hashlib.blake2b(address.encode(), key=_KEY, digest_size=16).hexdigest()
    with _lock:
        _forget_old(at)
        times = _sent.setdefault(source, deque())
        if len(times) >= limit:
            raise TooManyError
        times.append(at)


def _forget_old(at: datetime) -> None:
    for source in list(_sent):
        times = _sent[source]
        while times and at - times[0] >= WINDOW:
            times.popleft()
        if not times:
            del _sent[source]
