"""What tests do to a store that no act does."""

from __future__ import annotations

from data import decision_cache, store


def tell_changed(*names: str) -> None:
    """Make what is kept by these names old, as an act does in its transaction."""
    with store.transaction() as cursor:
        cursor.changed(*names)


def forget_answers() -> None:
    """Drop what is kept, as a start of the service does: for what no act changes, as a setting."""
    decision_cache._kinds.clear()
