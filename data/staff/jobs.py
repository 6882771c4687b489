"""Long work that an official has asked for: done beside the page, told how far it is, stopped.

Kept in memory for who asked, for a while; nothing of it is stored.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from data.models import Staff
from data.rights import check_reader

__all__ = ["Job", "Stopped", "cancel", "find", "start"]

KEPT = timedelta(hours=1)
KEPT_MAX = 20
RUNNING, DONE, CANCELLED, FAILED = "running", "done", "cancelled", "failed"

_log = logging.getLogger(__name__)
_lock = threading.Lock()
_jobs: dict[str, Job] = {}


class Stopped(Exception):  # noqa: N818 - no fault: it was asked for
    """The work was told to stop."""


@dataclass
class Job:
    """One piece of work; `state` is ``running``, ``done``, ``cancelled`` or ``failed``.

    `owner` and `roles` are those of who asked.
    `step` of `steps` is under way, `doing` is a short word for it. `result` is there when done;
    where it failed, `fault` is a code, and `about` says in words what it failed for.
    """

    id: str
    owner: str
    roles: frozenset[str]
    begun: datetime
    file: str
    media: str
    steps: int
    step: int = 0
    doing: str = ""
    state: str = RUNNING
    fault: str = ""
    about: tuple[str, ...] = ()
    result: bytes = b""
    _stop: threading.Event = field(default_factory=threading.Event)

    def next(self, doing: str) -> None:
        """Tell that the next step begins.

        Raises
        ------
        Stopped
            When the work shall not go on.
        """
        if self._stop.is_set():
            raise Stopped
        self.step, self.doing = self.step + 1, doing

    def is_stopped(self) -> bool:
        """Tell whether the work shall stop."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Let the work stop as soon as it can."""
        self._stop.set()


def start(
    actor: Staff | None,
    work: Callable[[Job], bytes],
    *,
    file: str,
    media: str,
    steps: int,
    at: datetime,
) -> Job:
    """Begin `work` in a thread of its own; what it gives is kept for who asked.

    Raises
    ------
    data.rights.NotAllowedError
    """
    staff = check_reader(actor)
    job = Job(secrets.token_urlsafe(16), staff.name, staff.roles, at, file, media, steps)
    with _lock:
        _forget(at)
        _jobs[job.id] = job
    threading.Thread(target=_run, args=(job, work), name=f"job-{job.id}", daemon=True).start()
    return job


def find(actor: Staff | None, job_id: str) -> Job | None:
    """Return one's own piece of work, or None.

    Raises
    ------
    data.rights.NotAllowedError
    """
    staff = check_reader(actor)
    with _lock:
        job = _jobs.get(job_id)
    return job if job is not None and job.owner == staff.name else None


def cancel(actor: Staff | None, job_id: str) -> None:
    """Stop one's own piece of work.

    Raises
    ------
    data.rights.NotAllowedError
    """
    job = find(actor, job_id)
    if job is not None:
        job.stop()


def _run(job: Job, work: Callable[[Job], bytes]) -> None:
    try:
        job.result = work(job)
    except Stopped:
        job.state = CANCELLED
    except Exception as error:
        stopped = job.is_stopped()
        job.state = CANCELLED if stopped else FAILED
        job.fault = str(getattr(error, "code", "failed"))
        job.about = tuple(getattr(error, "about", ()))
        if not stopped:
            _log.exception("a piece of work failed")
    else:
        job.state = CANCELLED if job.is_stopped() else DONE


def forget() -> None:
    """Stop and forget all work, as when the service starts anew."""
    with _lock:
        for one in _jobs.values():
            one.stop()
        _jobs.clear()


def _forget(now: datetime) -> None:
    """Forget what is old, and the oldest where there is too much; what runs is stopped."""
    old = [one for one in _jobs.values() if now - one.begun > KEPT]
    kept = [one for one in _jobs.values() if one not in old]
    for one in [*old, *kept[: max(0, len(kept) - KEPT_MAX + 1)]]:
        one.stop()
        del _jobs[one.id]
