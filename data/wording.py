"""Marks the texts of this package that pages show, so that gettext's tools find them."""

from __future__ import annotations


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """Mark a text that is translated where it is shown."""
    return message
