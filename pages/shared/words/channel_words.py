"""How many were heard in which way, alike wherever it is told."""

from __future__ import annotations

from data.comments import results
from pages.shared.words.texts import CHANNEL_WORDS, _, number


def say_channels(decision_id: str) -> list[str]:
    """Say how many persons have spoken by channel; the small ones are named without a figure."""
    counted = results.totals(decision_id).by_channel
    known = {channel: n for channel, n in counted.items() if n is not None}
    few = [_(CHANNEL_WORDS[channel]).lower() for channel, n in counted.items() if n is None]
    parts = [
        f"{_(CHANNEL_WORDS[channel]).lower()} {number(n)}"
        for channel, n in sorted(known.items(), key=lambda pair: -pair[1])
    ]
    said = [_("Så kom de in, antal personer: {channels}.").format(channels=", ".join(parts))]
    return [
        *(said if parts else []),
        *([_("För få för att visa: {channels}.").format(channels=", ".join(few))] if few else []),
    ]
