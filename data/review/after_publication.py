"""What follows when what is public on some decisions has changed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from datetime import datetime

from data import store
from data.comments import releases


def release(decision_ids: Iterable[str], *, at: datetime) -> None:
    """Tell that decisions have changed, and let the figures on them out if they may."""
    for decision_id in decision_ids:
        store.changed(decision_id)
        # the act is done; if the figures cannot be let out now, the next act lets them out
        with contextlib.suppress(store.StoreError):
            releases.release(decision_id, at=at)
