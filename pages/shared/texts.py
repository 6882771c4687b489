"""What residents read: translations, dates, numbers, and the one word for each thing.

Swedish is written in the code and is the key of every other language. The English catalogue is
read from its text file when the service starts, so nothing has to be built.
"""

from __future__ import annotations

import gettext
import io
import re
from contextvars import ContextVar
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple

import streamlit as st
from babel import dates
from babel.messages import mofile, pofile

from data.models import (
    AgeBand,
    Channel,
    DecisionType,
    HideReason,
    Kind,
    PlaceHow,
    Relation,
    ReviewState,
    Stance,
    Status,
)

SOURCE = "sv"
LANGUAGES = ("sv", "en")
NAMES = {"sv": "Svenska", "en": "English"}
COOKIE = "sprak"
DOMAIN = "dialogkartan"
LOCALE = Path(__file__).resolve().parents[1] / "locale"
# a thin space that never breaks a line
THIN = "\u202f"
HARD = "\u00a0"
# a date further off than this is said with its year
NEAR_DAYS = 300

_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """Mark a text that is translated where it is shown."""
    return message


def begin() -> str:
    """Choose the language of this run once, so that each text need not ask again."""
    _spoken.set(None)
    chosen = language()
    _spoken.set(chosen)
    return chosen


def language() -> str:
    """Give ``sv`` or ``en``: asked for in the address, remembered, or the browser's own."""
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


@cache
def _catalogue(spoken: str) -> gettext.NullTranslations:
    file = LOCALE / spoken / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not file.exists():
        return gettext.NullTranslations()
    with file.open("rb") as source:
        catalogue = pofile.read_po(source, locale=spoken, domain=DOMAIN)
    compiled = io.BytesIO()
    mofile.write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _(message: str) -> str:
    """Give a text in the reader's language."""
    return _catalogue(language()).gettext(message)


def ngettext(one: str, many: str, n: int) -> str:
    """Give the form of a text that goes with the number `n`."""
    return _catalogue(language()).ngettext(one, many, n)


def in_all_languages(message: str) -> tuple[str, ...]:
    """Give a text in every language, for what a person wrote before changing language."""
    return tuple(_catalogue(spoken).gettext(message) for spoken in LANGUAGES)


_MARKS = re.compile(r"([\\`*_{}\[\]()<>#+\-!|~:$^=])")


def plain(text: str) -> str:
    r"""Give `text` so that Streamlit's Markdown shows it exactly as it is written.

    >>> plain("1 * 2 :smile:")
    '1 \\* 2 \\:smile\\:'
    """
    return _MARKS.sub(r"\\\1", text)


def number(value: float, *, decimals: int = 0) -> str:
    """Write a number with a thin space between thousands and the language's decimal sign."""
    written = f"{value:,.{decimals}f}".replace(",", THIN)
    return written if language() == "en" else written.replace(".", ",")


def percent(share: float, *, decimals: int = 0) -> str:
    """Write a share (0-1) as a percentage.

    A share that rounds to nothing or to all of it is still not 0 or 100 per cent.
    """
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


class StatusLook(NamedTuple):
    """How a status is told: a word, an icon and a badge colour, never colour alone."""

    word: str
    icon: str
    color: str


_STATUS: dict[Status, StatusLook] = {
    Status.UPCOMING: StatusLook(N_("Kommande"), ":material/schedule:", "gray"),
    Status.OPEN: StatusLook(N_("Öppen"), ":material/edit:", "blue"),
    Status.CLOSING_SOON: StatusLook(N_("Stänger snart"), ":material/hourglass_bottom:", "orange"),
    Status.SUMMARISING: StatusLook(N_("Sammanställs"), ":material/format_list_bulleted:", "violet"),
    Status.DECIDED: StatusLook(N_("Beslutad"), ":material/check:", "green"),
}


def status_word(status: Status) -> StatusLook:
    """Give the word, icon and badge colour of a status."""
    look = _STATUS[status]
    return look._replace(word=_(look.word))


# What is stored as a short word, as residents read it: translate with `_` or `word`.
TYPE_WORDS: dict[DecisionType, str] = {
    DecisionType.HOUSING: N_("Bostäder"),
    DecisionType.SCHOOL: N_("Skola och förskola"),
    DecisionType.GREEN: N_("Park och natur"),
    DecisionType.STREET: N_("Gata och trafik"),
    DecisionType.SPORT: N_("Idrott och bad"),
    DecisionType.INDUSTRY: N_("Industri och verksamheter"),
    DecisionType.WIND: N_("Vindkraft"),
    DecisionType.MUNICIPALITY: N_("Hela kommunen"),
}
KIND_WORDS: dict[Kind, str] = {
    Kind.LIKE: N_("Något jag tycker om"),
    Kind.CONCERN: N_("En oro"),
    Kind.IDEA: N_("En idé"),
    Kind.QUESTION: N_("En fråga"),
}
STANCE_WORDS: dict[Stance, str] = {
    Stance.FOR: N_("Jag är för förslaget"),
    Stance.AGAINST: N_("Jag är emot förslaget"),
    Stance.BOTH: N_("Både för och emot"),
    Stance.NONE: N_("Jag vill inte ta ställning"),
}
RELATION_WORDS: dict[Relation, str] = {
    Relation.LIVES: N_("Jag bor i närheten"),
    Relation.WORKS: N_("Jag arbetar i närheten"),
    Relation.STUDIES: N_("Jag går i skolan i närheten"),
    Relation.PASSES: N_("Jag brukar vara på platsen eller åka förbi"),
}
AGE_WORDS: dict[AgeBand, str] = {
    AgeBand.CHILD: N_("0–15 år"),
    AgeBand.YOUTH: N_("16–24 år"),
    AgeBand.ADULT: N_("25–64 år"),
    AgeBand.SENIOR: N_("65–79 år"),
    AgeBand.OLD: N_("80 år eller äldre"),
}
STATE_WORDS: dict[ReviewState, str] = {
    ReviewState.WAITING: N_("Väntar på läsning"),
    ReviewState.PUBLISHED: N_("Publicerad"),
    ReviewState.HIDDEN: N_("Inte publicerad"),
}
HIDE_WORDS: dict[HideReason, str] = {
    HideReason.PERSONAL_DATA: N_("innehåller personuppgifter"),
    HideReason.THREAT_OR_HATE: N_("innehåller hot eller hat"),
    HideReason.OFF_TOPIC: N_("handlar om något annat än förslaget"),
    HideReason.DUPLICATE: N_("är samma synpunkt som redan har kommit in"),
    HideReason.ADVERTISING: N_("är reklam"),
}
CHANNEL_WORDS: dict[Channel, str] = {
    Channel.WEB: N_("Webben"),
    Channel.LETTER: N_("Brev"),
    Channel.PHONE: N_("Telefon"),
    Channel.MEETING: N_("Möte"),
    Channel.SQUARE: N_("På torget"),
    Channel.SCHOOL: N_("Skola"),
}
PLACE_HOW_WORDS: dict[PlaceHow, str] = {
    PlaceHow.PIN: N_("En plats på kartan"),
    PlaceHow.NEIGHBOURHOOD: N_("Ett helt område"),
    PlaceHow.NONE: N_("Ingen plats"),
}
STATUS_WORDS: dict[Status, str] = {status: look.word for status, look in _STATUS.items()}

# the same in a few letters, where the sentence around them says the rest
_SHORT: dict[StrEnum, str] = {
    Kind.LIKE: N_("Tycker om"),
    Kind.CONCERN: N_("Oro"),
    Kind.IDEA: N_("Idé"),
    Kind.QUESTION: N_("Fråga"),
    Stance.FOR: N_("För"),
    Stance.AGAINST: N_("Emot"),
    Stance.BOTH: N_("Både för och emot"),
    Stance.NONE: N_("Tar inte ställning"),
}


_ALL_WORDS: dict[StrEnum, str] = {
    **TYPE_WORDS,
    **KIND_WORDS,
    **STANCE_WORDS,
    **RELATION_WORDS,
    **AGE_WORDS,
    **STATE_WORDS,
    **HIDE_WORDS,
    **CHANNEL_WORDS,
    **PLACE_HOW_WORDS,
    **STATUS_WORDS,
}


def word(member: StrEnum) -> str:
    """Give the word for a type, kind, stance, relation, age band, state, reason or channel."""
    return _(_ALL_WORDS[member])


def short_word(member: Kind | Stance) -> str:
    """Give the short word for a kind or a stance, as filters and lists show it."""
    return _(_SHORT[member])


_BODIES = (
    N_("samhällsbyggnadsnämnden"),
    N_("barn- och utbildningsnämnden"),
    N_("kultur- och föreningsnämnden"),
    N_("folkhälsonämnden"),
    N_("kommunstyrelsen"),
    N_("kommunfullmäktige"),
)


def body_name(body: str) -> str:
    """Give the name of the deciding body; one that we have no translation of stays Swedish."""
    return _(body) if body in _BODIES else body


_ERRORS: dict[str, str] = {
    "kind_missing": N_(
        "Välj vad du vill lämna: något du tycker om, en oro, en idé eller en fråga."
    ),
    "stance_missing": N_(
        "Välj vad du tycker om förslaget. Du kan också låta bli att ta ställning."
    ),
    "empty": N_("Skriv något i rutan innan du går vidare."),
    "too_long": N_("Texten är för lång. Korta den till högst 2 000 tecken."),
    "too_many": N_("Du har skrivit fler synpunkter än vi kan ta emot på en gång. Ta bort någon."),
    "place_missing": N_("Platsen saknas. Välj en plats eller fortsätt utan plats."),
    "place_not_expected": N_("Platsen blev fel. Välj den igen."),
    "place_not_finite": N_("Platsen blev fel. Välj den igen."),
    "neighbourhood_missing": N_("Välj ett område i listan, eller fortsätt utan plats."),
    "unknown_neighbourhood": N_("Området finns inte längre i listan. Välj ett annat."),
    "outside": N_("Platsen ligger utanför Karlskoga kommun. Välj en plats i kommunen."),
    "unknown_decision": N_("Förslaget finns inte längre. Din text finns kvar på den här sidan."),
    "not_open_yet": N_("Det går inte att lämna synpunkter än. Din text finns kvar."),
    "closed": N_("Tiden för synpunkter är slut, så det gick inte att skicka. Din text finns kvar."),
    "many_sent": N_(
        "Det har kommit väldigt många synpunkter från samma plats på kort tid. "
        "Din text finns kvar. Försök igen om tio minuter."
    ),
    "invalid": N_("Något i det du fyllt i blev fel. Gå igenom svaren och försök igen."),
    "not_saved": N_("Det gick inte att spara. Din text finns kvar. Försök igen om en minut."),
}


def error_sentence(code: str) -> str:
    """Give one plain sentence for the short word of a fault: what happened and what to do."""
    return _(_ERRORS.get(code, _ERRORS["not_saved"]))


# where a stop or a school lies in a sentence: "nära hållplatsen Ekeby"
SORT_WORDS: dict[str, str] = {
    "hållplats": N_("hållplatsen {name}"),
    "skola": N_("skolan {name}"),
    "förskola": N_("förskolan {name}"),
}


def and_list(words: list[str]) -> str:
    """Join words as in a sentence: ``a, b och c``."""
    if len(words) < 2:
        return "".join(words)
    return _("{first} och {last}").format(first=", ".join(words[:-1]), last=words[-1])
