"""What residents read: translations, dates, numbers, and the one word for each thing.

Swedish is written in the code and is the key of every other language (`data.wording`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from enum import StrEnum

import streamlit as st
from babel import dates

from data import datetime_format, municipality_words, wording
from data.comments.progress import Progress
from data.models import Kind, Stance
from data.wording import N_, in_language
from pages.shared.folders import LOCALE
from pages.shared.words import words
from pages.shared.words.language import COOKIE, LANGUAGES
from pages.shared.words.words import (
    AGE_WORDS,
    CHANNEL_WORDS,
    HEARD_WORDS,
    HIDE_WORDS,
    KIND_WORDS,
    OUTCOME_WORDS,
    PLACE_HOW_WORDS,
    RELATION_WORDS,
    SORT_WORDS,
    STANCE_WORDS,
    STATE_WORDS,
    STATUS_WORDS,
    TYPE_WORDS,
    StatusLook,
)

__all__ = [
    "AGE_WORDS",
    "CHANNEL_WORDS",
    "COOKIE",
    "HEARD_WORDS",
    "HIDE_WORDS",
    "KIND_WORDS",
    "LANGUAGES",
    "N_",
    "OUTCOME_WORDS",
    "PLACE_HOW_WORDS",
    "RELATION_WORDS",
    "SORT_WORDS",
    "SOURCE",
    "STANCE_WORDS",
    "STATE_WORDS",
    "STATUS_WORDS",
    "TYPE_WORDS",
    "_",
    "and_list",
    "ask_word",
    "begin",
    "body_name",
    "error_sentence",
    "in_all_languages",
    "in_language",
    "labelled",
    "language",
    "language_name",
    "metres",
    "ngettext",
    "number",
    "percent",
    "plain",
    "say_date",
    "say_day",
    "say_days_left",
    "say_hour",
    "say_moment",
    "say_period",
    "say_short_date",
    "say_short_moment",
    "say_until",
    "speak",
    "spoken_in",
    "status_look",
    "word",
]

SOURCE = "sv"
wording.read_from(LOCALE)
NAMES = {"sv": "Svenska", "en": "English"}
# a thin space that never breaks a line
THIN = "\u202f"
HARD = "\u00a0"
# a date further off than this is said with its year
NEAR_DAYS = 300

_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def begin() -> str:
    """Choose the language of this run once, so that each text need not ask again."""
    _spoken.set(None)
    chosen = language()
    _spoken.set(chosen)
    return chosen


@contextmanager
def spoken_in(chosen: str) -> Iterator[None]:
    """Let every text asked for inside be in one language, whatever the reader's is."""
    before = _spoken.set(chosen)
    try:
        yield
    finally:
        _spoken.reset(before)


def speak(chosen: str) -> None:
    """Choose the language of an answer that Streamlit does not draw."""
    _spoken.set(chosen)


def language() -> str:
    """Return ``sv`` or ``en``: asked for in the address, remembered, or the browser's own."""
    known = _spoken.get()
    if known is not None:
        return known
    asked = st.query_params.get(COOKIE)
    if asked in LANGUAGES:
        # stays for the visit: links inside the service drop what the address said
        st.session_state[COOKIE] = asked
    wishes = (asked, st.session_state.get(COOKIE), st.context.cookies.get(COOKIE))
    for wish in wishes:
        if wish in LANGUAGES:
            return str(wish)
    own = (st.context.locale or SOURCE).lower().partition("-")[0]
    return own if own in LANGUAGES else SOURCE


def _(message: str) -> str:
    """Return a text in the reader's language."""
    return in_language(message, language())


def ngettext(one: str, many: str, n: int) -> str:
    """Return the form of a text that goes with the number `n`."""
    return wording.in_number(one, many, n, language())


def language_name(code: str) -> str:
    """Return what a language is called: ``finska``."""
    return municipality_words.language_name(code, language())


def in_all_languages(message: str) -> tuple[str, ...]:
    """Return a text in every language, for what a person wrote before changing language."""
    return tuple(in_language(message, spoken) for spoken in LANGUAGES)


# what Markdown or Streamlit would read as a sign, anywhere or at the start of a line
_MARKS = re.compile(r"([\\`*_\[\]<~$|]|:(?=[\w+-])|&(?=[\w#]))")
_AT_START = re.compile(r"^(\s*\d*)([#>+\-=.)])", re.MULTILINE)


def plain(text: str) -> str:
    r"""Return `text` so that Streamlit's Markdown shows it exactly as it is written.

    >>> plain("1. a * 2 :smile:")
    '1\\. a \\* 2 \\:smile:'
    """
    return _AT_START.sub(r"\1\\\2", _MARKS.sub(r"\\\1", text))


def labelled(label: str, said: str) -> str:
    """Return a line of Markdown: what it is, and the words as they are written."""
    return f"**{plain(label)}:** {plain(said)}"


def number(value: float, *, decimals: int = 0) -> str:
    """Write a number with a thin space between thousands and the language's decimal sign."""
    written = f"{value:,.{decimals}f}".replace(",", THIN)
    return written if language() == "en" else written.replace(".", ",")


def percent(share: float, *, decimals: int = 0) -> str:
    """Write a share (0-1) as a percentage."""
    written = number(share * 100, decimals=decimals)
    return f"{written}%" if language() == "en" else f"{written}{HARD}%"


def say_date(day: date, *, weekday: bool = False, year: bool = False) -> str:
    """Say a date as people do: ``21 december``, ``måndag 21 december``, ``21 december 2026``."""
    pattern = "d MMMM y" if year else "d MMMM"
    return dates.format_date(day, f"EEEE {pattern}" if weekday else pattern, locale=language())


def say_day(day: date, *, today: date) -> str:
    """Say a date with its weekday, and with the year when it is far from `today`."""
    return say_date(day, weekday=True, year=abs((day - today).days) > NEAR_DAYS)


def say_period(starts: date, ends: date) -> str:
    """Say a span of days, or the one day: ``9 november–21 december 2026``."""
    if starts == ends:
        return say_date(starts, year=True)
    first = say_date(starts, year=starts.year != ends.year)
    return f"{first}\u2013{say_date(ends, year=True)}"


def say_short_date(day: date) -> str:
    """Say a date shortly, with its year: ``23 nov. 2026``."""
    return dates.format_date(day, "d MMM y", locale=language())


def say_moment(at: datetime) -> str:
    """Say a time with zone: ``30 november 2026 kl. 00.59``."""
    return datetime_format.say(at, language())


def say_short_moment(at: datetime) -> str:
    """Say a time shortly, for a cell of a table: ``30 nov. 2026 kl. 00.59``."""
    return datetime_format.say_short(at, language())


def say_hour(at: datetime) -> str:
    """Say what the clock shows: ``kl. 00.59``."""
    return datetime_format.say_hour(at, language())


def say_until(day: date, *, today: date) -> str:
    """Say the last day for comments: ``till och med måndag 21 december``."""
    return _("till och med {day}").format(day=say_day(day, today=today))


def say_days_left(days: int) -> str:
    """Say how many days are left; the empty text when the time is out."""
    if days < 0:
        return ""
    if days == 0:
        return _("sista dagen i dag")
    return ngettext("{n} dag kvar", "{n} dagar kvar", days).format(n=days)


def metres(distance: float) -> str:
    """Say a straight-line distance in words: ``400 meter``, ``2,5 kilometer``."""
    if distance < 1000:
        rounded = max(50, round(distance / 50) * 50)
        if rounded < 1000:
            return _("{n} meter").format(n=rounded)
    kilometres = distance / 1000
    decimals = 0 if kilometres >= 9.95 or round(kilometres, 1).is_integer() else 1
    return _("{n} kilometer").format(n=number(kilometres, decimals=decimals))


def status_look(stands: Progress) -> StatusLook:
    """Return the word, icon and badge colour of where a decision stands."""
    look = words.ANSWERED if stands.is_only_answered else words.STATUS[stands.status]
    return look._replace(word=_(look.word))


def word(member: StrEnum) -> str:
    """Return the word for a type, kind, stance, relation, age band, state, reason or channel."""
    return _(words.WORDS_OF[type(member)][member])


def ask_word(member: Kind | Stance) -> str:
    """Return the word for a kind or a stance as an answer of one person's own."""
    return _(words.ASK_WORDS[member])


def body_name(body: str) -> str:
    """Return the name of the deciding body; one that we have no translation of stays Swedish."""
    return _(body) if body in words.BODIES else body


def error_sentence(code: str) -> str:
    """Return one plain sentence for the short word of a fault: what happened and what to do."""
    return _(words.ERRORS.get(code, words.ERRORS["not_saved"]))


def say_wait(minutes: int) -> str:
    """Say that many send just now, and when there is room again."""
    return ngettext(
        "Många skickar just nu. Din text finns kvar. Försök igen om {n} minut.",
        "Många skickar just nu. Din text finns kvar. Försök igen om {n} minuter.",
        minutes,
    ).format(n=minutes)


def and_list(parts: list[str]) -> str:
    """Join words as in a sentence: ``a, b och c``."""
    if len(parts) < 2:
        return "".join(parts)
    return _("{first} och {last}").format(first=", ".join(parts[:-1]), last=parts[-1])
