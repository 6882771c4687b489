"""The only clock: pages and routes ask it, and hand the time on to rules and figures."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def now() -> datetime:
    """Return the time now, in UTC with zone."""
    return datetime.now(UTC)


def day_of(at: datetime) -> date:
    """Return the Swedish calendar day of a time with zone."""
    return at.astimezone(STOCKHOLM).date()


def today() -> date:
    """Return today's date as people in Sweden see it."""
    return day_of(now())


def midnight(day: date) -> datetime:
    """Return the moment when a Swedish calendar day begins."""
    return datetime.combine(day, time.min, tzinfo=STOCKHOLM)
