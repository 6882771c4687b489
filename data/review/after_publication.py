"""What follows when what is public on some decisions has changed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from datetime import datetime

from data import store
from data.comments import releases


def release(decision_ids: Iterable[str], *, at: datetime) -> None:
    """Let the figures on some decisions out, where they may be."""
    for decision_id in decision_ids:
        # the act is done; if the figures cannot be let out now, the next act lets them out
        with contextlib.suppress(store.StoreError):
            releases.release(decision_id, at=at)
