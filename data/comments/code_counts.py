"""Counts by the code of an area, as it is stored with each comment."""

from __future__ import annotations

from typing import Any

from data import store
from data.geodata import layer_editions


def ask(shipped: str | None, loaded: str, decision_id: str, layer: str) -> list[tuple[Any, ...]]:
    """Return the rows of `shipped`, or of `loaded` for a layer whose codes stand by its edition."""
    asked = [decision_id]
    if shipped is None:
        asked += layer.split(layer_editions.SEPARATOR, maxsplit=1)
    with store.cursor() as cursor:
        return cursor.execute(shipped or loaded, asked).fetchall()
