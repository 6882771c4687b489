"""Answers kept until something is published on the decision that they are about."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from data import store

# far more than the pages ask for; the oldest goes first
KEPT = 2_000

_lock = threading.Lock()
_kept: dict[tuple[Any, ...], tuple[int, Any]] = {}


def remembered(decision_id: str, question: tuple[Any, ...], make: Callable[[], Any]) -> Any:  # noqa: ANN401
    """Return the answer to `question` about a decision; `make` is asked when it may have changed.

    The answer is shared between threads: what is handed on must not be changed.
    """
    key, version = (decision_id, *question), store.data_version(decision_id)
    kept = _kept.get(key)
    if kept is not None and kept[0] == version:
        return kept[1]
    answer = make()
    with _lock:
        _kept.pop(key, None)
        _kept[key] = (version, answer)
        while len(_kept) > KEPT:
            _kept.pop(next(iter(_kept)))
    return answer
