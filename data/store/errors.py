"""What can go wrong with the store, in its own words: no caller knows the engine's."""

from __future__ import annotations

from typing import Literal

StoreCode = Literal[
    "missing",
    "not_a_file",
    "read_only",
    "full",
    "memory",
    "locked",
    "damaged",
    "newer",
    "unfit",
    "other_shape",
    "unusable",
    "not_open",
    "not_saved",
]


class StoreError(RuntimeError):
    """The store cannot be used.

    `passes` tells that it was another act in the same moment, and may go well now.
    """

    code: StoreCode

    def __init__(self, code: StoreCode, path: str = "", *, passes: bool = False) -> None:
        super().__init__(f"{code}: {path}" if path else code)
        self.code, self.path, self.passes = code, path, passes


class DuplicateError(StoreError):
    """A key that is there already, or another rule of a table that a row does not fit.

    The act reads again and finds whose key it is, so it `passes`. DuckDB tells every rule of a
    table by one class, and which of them it was only in a sentence.
    """

    def __init__(self) -> None:
        super().__init__("not_saved", passes=True)


class ConflictError(StoreError):
    """Another act wrote the same row in the same moment."""

    def __init__(self) -> None:
        super().__init__("not_saved", passes=True)
