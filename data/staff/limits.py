"""How often what anybody may do can be done: from one source, about one proposal, and in all.

Nothing is stored. Who did what is a keyed hash in memory for ten minutes, counted by a clock that
nobody can set.

**A limit must not be a way to shut others out.** From one source a few acts are taken in ten
minutes. When very many come from many sources, nobody is turned away: one sending from each source
is still taken (of one IPv6 network of a provider's customer, `WIDE_MAX`), so who floods from two
hundred addresses takes the place of nobody. Only at `full`, which takes thousands of sources within
ten minutes and is what the officials' queue and the machine can bear, does everybody wait, and
places become free from one minute to the next as older ones pass.
"""

from __future__ import annotations

import hashlib
import ipaddress
import math
import secrets
import threading
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from data import settings, source_address

WINDOW = 600.0
# so many sources of one /48 are taken as newcomers while very many send: who has been given a /48
# has 65 536 networks to send from
WIDE_MAX = 100
# so many acts are remembered where nothing else bounds them; the oldest are forgotten first
KEPT_MAX = 20_000
# a new key at each start: the hashes say nothing to anyone afterwards
_KEY = secrets.token_bytes(32)


class Act(StrEnum):
    """What anybody may do without signing in, that is counted."""

    SEND = "send"
    CODE = "code"  # a receipt code that does not exist
    NOTE = "note"  # adding to one's own comment
    MAIL = "mail"  # asking for a mail
    LINK = "link"  # a sign-in link that does not work


@dataclass(frozen=True)
class Ceiling:
    """From `busy` acts in ten minutes only newcomers are taken, from `full` nobody."""

    busy: int
    full: int


@dataclass(frozen=True)
class Limit:
    """How much of an act is taken in ten minutes."""

    each: int
    # from one /48, for what is worth guessing from 65 536 networks
    wide: int | None = None
    about_one: Ceiling | None = None
    in_all: Ceiling | None = None


SENDING = Limit(each=5, about_one=Ceiling(300, 2_000), in_all=Ceiling(1_000, 4_000))
# typing a code wrong is common; 40 bits cannot be found at ten tries in ten minutes
OTHERS = {
    Act.CODE: Limit(each=10, wide=100),
    Act.NOTE: Limit(each=10),
    Act.MAIL: Limit(each=5),
    Act.LINK: Limit(each=10, wide=100),
}


class TooManyError(RuntimeError):
    """Very much has come in a short time; nobody has done anything wrong.

    `minutes` says when to try again.
    """

    code: Literal["many_sent"] = "many_sent"

    def __init__(self, seconds: float) -> None:
        super().__init__(self.code)
        self.minutes = max(1, math.ceil(seconds / 60))


@dataclass(eq=False)
class _Taken:
    at: float
    source: str
    wide: str
    about: str
    is_counted: bool = True


@dataclass
class _Acts:
    """What was taken of one act within the window."""

    taken: deque[_Taken] = field(default_factory=deque)
    of_source: dict[str, deque[_Taken]] = field(default_factory=dict)
    of_wide: Counter[str] = field(default_factory=Counter)
    of_about: Counter[str] = field(default_factory=Counter)
    in_all: int = 0

    def add(self, one: _Taken) -> None:
        self.taken.append(one)
        self.of_source.setdefault(one.source, deque()).append(one)
        self._count(one, 1)

    def take_away(self, one: _Taken) -> None:
        """Count it no more; who sent it twice by a double click has sent once."""
        if not one.is_counted:
            return
        one.is_counted = False
        mine = self.of_source[one.source]
        mine.remove(one)
        if not mine:
            del self.of_source[one.source]
        self._count(one, -1)

    def forget_before(self, at: float) -> None:
        while self.taken and (
            self.taken[0].at <= at or not self.taken[0].is_counted or len(self.taken) > KEPT_MAX
        ):
            self.take_away(self.taken.popleft())

    def _count(self, one: _Taken, by: int) -> None:
        self.in_all += by
        for counter, key in ((self.of_wide, one.wide), (self.of_about, one.about)):
            counter[key] += by
            if not counter[key]:
                del counter[key]


_acts: dict[Act, _Acts] = {act: _Acts() for act in Act}
_lock = threading.Lock()


@dataclass(frozen=True)
class Place:
    """An act that is counted."""

    _act: Act
    _taken: _Taken

    def give_back(self) -> None:
        """Let it not count: nothing was stored, or the code was right."""
        with _lock:
            _acts[self._act].take_away(self._taken)


def take(act: Act, source: str, *, about: str = "", at: float | None = None) -> Place:
    """Count one act, before it is done.

    Parameters
    ----------
    source
        The visitor's address; `source_address.UNKNOWN` is never limited by itself.
    about
        The proposal that it is about.
    at
        Seconds of a clock that only goes forward; now unless told.

    Raises
    ------
    TooManyError
        Then it is not counted.
    """
    at = now() if at is None else at
    limit = _limit(act)
    one = _Taken(at, _hashed(household(source)), _hashed(_wide(source)), about)
    each = _allowed(source, limit.each)
    with _lock:
        acts = _acts[act]
        acts.forget_before(at - WINDOW)
        mine = acts.of_source.get(one.source, ())
        if source != source_address.UNKNOWN and len(mine) >= each:
            raise TooManyError(_left(mine[0], at) if mine else WINDOW)
        if limit.wide is not None and source and acts.of_wide[one.wide] >= max(limit.wide, each):
            raise TooManyError(WINDOW)
        _check_crowd(acts, one, limit, is_shared=each > limit.each, is_known=bool(source))
        acts.add(one)
    return Place(act, one)


def now() -> float:
    """Return the seconds of a clock that only goes forward, whatever the machine's clock says."""
    return time.monotonic()


def forget() -> None:
    """Forget all that was counted, as a new start does."""
    with _lock:
        _acts.update({act: _Acts() for act in Act})


def _limit(act: Act) -> Limit:
    if act is not Act.SEND:
        return OTHERS[act]
    each = settings.load().submissions_per_10_min
    about_one, in_all = SENDING.about_one, SENDING.in_all
    assert about_one is not None
    assert in_all is not None
    # where much is allowed from each, a handful of sources is no crowd
    return Limit(each, about_one=_raised(about_one, 10 * each), in_all=_raised(in_all, 20 * each))


def _raised(ceiling: Ceiling, least: int) -> Ceiling:
    return Ceiling(max(ceiling.busy, least), max(ceiling.full, 4 * least))


def _check_crowd(
    acts: _Acts, one: _Taken, limit: Limit, *, is_shared: bool, is_known: bool
) -> None:
    """Raise when there is no room among all, or only for newcomers and this is none."""
    # what is about the same proposal first: its oldest is never older than the oldest of all
    counts = ((limit.about_one, acts.of_about[one.about]), (limit.in_all, acts.in_all))
    ceilings = [(ceiling, count) for ceiling, count in counts if ceiling is not None]
    full = next((ceiling for ceiling, count in ceilings if count >= ceiling.full), None)
    if full is not None:
        is_all = full is limit.in_all
        alike = (kept for kept in acts.taken if is_all or kept.about == one.about)
        oldest = next(kept for kept in alike if kept.is_counted)
        raise TooManyError(_left(oldest, one.at))
    if not any(count >= ceiling.busy for ceiling, count in ceilings):
        return
    if is_shared or not is_known:
        return
    mine = acts.of_source.get(one.source, ())
    if mine or acts.of_wide[one.wide] >= WIDE_MAX:
        raise TooManyError(_left(mine[-1], one.at) if mine else WINDOW)


def _left(one: _Taken, at: float) -> float:
    return one.at + WINDOW - at


def household(source: str) -> str:
    """Return what one household shares: an IPv6 address is one of 2^64 that it may use.

    >>> household("2001:db8:7:7::1"), household("::ffff:192.0.2.7"), household("192.0.2.7")
    ('2001:db8:7:7::/64', '192.0.2.7', '192.0.2.7')
    """
    shared = _shared(source)
    return str(shared[0]) if shared else _prefix(source, 64)


def _wide(source: str) -> str:
    """Return the network that a provider's customer may have been given; IPv4 is dear enough."""
    return _prefix(source, 48)


def _prefix(source: str, length: int) -> str:
    found = source_address.address_of(source)
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, length), strict=False))
    return source if found is None else str(found)


def _allowed(source: str, usual: int) -> int:
    """Return how much is taken from a source: more where the operator says that many share it."""
    shared = _shared(source)
    return max(usual, shared[1]) if shared else usual


def _shared(source: str) -> tuple[source_address.Network, int] | None:
    found = source_address.address_of(source)
    if found is None:
        return None
    for network, many in settings.load().shared:
        if found.version == network.version and found in network:
            return network, many
    return None


def _hashed(name: str) -> str:
    return hashlib.blake2b(name.encode(), key=_KEY, digest_size=16).hexdigest()
