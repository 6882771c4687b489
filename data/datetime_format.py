"""How a time is said, on every page and in every file: ``30 november 2026 kl. 00.59``."""

from __future__ import annotations

from datetime import datetime

from babel import dates

from data import clock

# a day and an hour in words; a machine reads ISO 8601 instead
_PATTERNS = {"sv": "d MMMM y 'kl.' HH.mm", "en": "d MMMM y 'at' HH:mm"}
_SHORT = {"sv": "d MMM y 'kl.' HH.mm", "en": "d MMM y 'at' HH:mm"}
_HOURS = {"sv": "'kl.' HH.mm", "en": "HH:mm"}
SOURCE = "sv"


def say(at: datetime, spoken: str = SOURCE) -> str:
    """Say a time with zone as the clock on the wall in Sweden shows it."""
    return _said(at, _PATTERNS, spoken)


def say_short(at: datetime, spoken: str = SOURCE) -> str:
    """Say the same for a cell of a table: ``30 nov. 2026 kl. 00.59``."""
    return _said(at, _SHORT, spoken)


def say_hour(at: datetime, spoken: str = SOURCE) -> str:
    """Say only the hour: ``kl. 00.59``."""
    return _said(at, _HOURS, spoken)


def _said(at: datetime, patterns: dict[str, str], spoken: str) -> str:
    local = at.astimezone(clock.STOCKHOLM)
    pattern = patterns.get(spoken, patterns[SOURCE])
    return dates.format_datetime(local, pattern, tzinfo=clock.STOCKHOLM, locale=spoken)
