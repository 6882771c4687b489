"""The Swedish words for the codes of what is taken away, column by column."""

from __future__ import annotations

from collections.abc import Mapping

from pages.shared.words import words

IN_FILES: dict[str, Mapping[str, str]] = {
    column: {str(code): word for code, word in told.items()}
    for column, told in (
        ("type", words.TYPE_WORDS),
        ("status", words.STATUS_WORDS),
        ("kind", words.KIND_WORDS),
        ("stance", words.STANCE_WORDS),
        ("place_how", words.PLACE_HOW_WORDS),
        ("channel", words.CHANNEL_WORDS),
        ("outcome", words.OUTCOME_WORDS),
        ("form", words.OUTREACH_WORDS),
        ("heard", words.HEARD_WORDS),
    )
}
