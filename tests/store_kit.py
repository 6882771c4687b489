"""What tests do to a store that no act does."""

from __future__ import annotations

from data import store


def tell_changed(*names: str) -> None:
    """Make what is kept by these names old, as an act does in its transaction."""
    with store.transaction() as cursor:
        cursor.changed(*names)
