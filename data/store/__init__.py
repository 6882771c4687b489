"""The store: one database file, its schema, and a cursor for each operation."""

from __future__ import annotations

from data.store.connection import (
    IN_MEMORY,
    SCHEMA_VERSION,
    TRIES,
    StoreError,
    again,
    changed,
    close_store,
    cursor,
    data_version,
    is_open,
    marker_of,
    open_store,
    transaction,
)

__all__ = [
    "IN_MEMORY",
    "SCHEMA_VERSION",
    "TRIES",
    "StoreError",
    "again",
    "changed",
    "close_store",
    "cursor",
    "data_version",
    "is_open",
    "marker_of",
    "open_store",
    "transaction",
]
