"""The store: one database file, its schema, and a cursor for each operation."""

from __future__ import annotations

from data.store.connection import (
    IN_MEMORY,
    TRIES,
    again,
    close_store,
    cursor,
    data_version,
    is_open,
    marker_of,
    open_store,
    transaction,
    turn,
)
from data.store.cursors import Cursor
from data.store.errors import ConflictError, DuplicateError, StoreError

__all__ = [
    "IN_MEMORY",
    "TRIES",
    "ConflictError",
    "Cursor",
    "DuplicateError",
    "StoreError",
    "again",
    "close_store",
    "cursor",
    "data_version",
    "is_open",
    "marker_of",
    "open_store",
    "transaction",
    "turn",
]
