"""Answers kept until what they are about has changed in the store: the one way to keep them.

What never changes while the service runs, and what follows from its arguments alone, is kept by
`functools` instead.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar, cast

from data import store

# of each kind far more than the pages ask for; what nobody has asked for the longest goes first
KEPT = 2_000

_Answer = TypeVar("_Answer")
_Versions = tuple[int, ...]
_Kept = dict[tuple[object, ...], tuple[_Versions, object]]
_lock = threading.Lock()
_kinds: defaultdict[str, _Kept] = defaultdict(dict)


def remembered(
    about: str | tuple[str, ...],
    question: tuple[object, ...],
    make: Callable[[], _Answer],
    *,
    most: int = KEPT,
) -> _Answer:
    """Return the answer to `question`; `make` is asked when it may have changed.

    The answer is shared between threads: what is handed on must not be changed.

    Parameters
    ----------
    about
        The names whose change makes the answer old: a decision's id, `decisions.DECISIONS`,
        `cell_sets.CELLS` and so on (`data.store.Cursor.changed`).
    question
        What else it depends on, after a word for the kind of question that no other caller uses.
    most
        How many answers of the kind are kept, fewer where each is large.
    """
    names = (about,) if isinstance(about, str) else about
    kind, key = str(question[0]), (names, *question)
    versions = (store.turn(), *map(store.data_version, names))
    kept = _kinds[kind].get(key)
    if kept is None or kept[0] != versions:
        kept = (versions, make())
    with _lock:
        answers = _kinds[kind]
        # what was asked for last stands last
        answers.pop(key, None)
        answers[key] = kept
        while len(answers) > most:
            answers.pop(next(iter(answers)))
    return cast(_Answer, kept[1])
