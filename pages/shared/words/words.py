"""The one word for each stored thing, and the one sentence for each fault, in Swedish.

Marked for translation here and translated where they are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from data.affected import participation
from data.comments.hide_words import HIDE_WORDS as HIDE_WORDS
from data.enums import Outcome
from data.models import (
    AgeBand,
    Channel,
    DecisionType,
    HideReason,
    Kind,
    OutreachForm,
    PlaceHow,
    Relation,
    ReviewState,
    Stance,
    Status,
)
from data.wording import N_
from geo import representation


class StatusLook(NamedTuple):
    """How a status is told: a word, an icon and a badge colour, never colour alone."""

    word: str
    icon: str
    color: str


STATUS: dict[Status, StatusLook] = {
    Status.UPCOMING: StatusLook(N_("Kommande"), ":material/schedule:", "gray"),
    Status.OPEN: StatusLook(N_("Öppen"), ":material/edit:", "blue"),
    Status.CLOSING_SOON: StatusLook(N_("Stänger snart"), ":material/hourglass_bottom:", "orange"),
    Status.SUMMARISING: StatusLook(N_("Sammanställs"), ":material/format_list_bulleted:", "violet"),
    Status.DECIDED: StatusLook(N_("Beslutad"), ":material/check:", "green"),
}
# the answer has come, and no day of the decision is known
ANSWERED = StatusLook(N_("Besvarad"), ":material/check:", "green")
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
    Kind.LIKE: N_("Något som är bra"),
    Kind.CONCERN: N_("Oro"),
    Kind.IDEA: N_("Idé"),
    Kind.QUESTION: N_("Fråga"),
}
STANCE_WORDS: dict[Stance, str] = {
    Stance.FOR: N_("För"),
    Stance.AGAINST: N_("Emot"),
    Stance.BOTH: N_("Både för och emot"),
    Stance.NONE: N_("Tar inte ställning"),
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
CHANNEL_WORDS: dict[Channel, str] = {
    Channel.WEB: N_("Webben"),
    Channel.LETTER: N_("Brev"),
    Channel.PHONE: N_("Telefon"),
    Channel.MEETING: N_("Möte"),
    Channel.SQUARE: N_("På torget"),
    Channel.SCHOOL: N_("Skola"),
    Channel.SURVEY: N_("Enkät"),
    Channel.SOCIAL: N_("Sociala medier"),
    Channel.MESSAGE: N_("Sms"),
    Channel.OTHER: N_("På annat sätt"),
}
OUTREACH_WORDS: dict[OutreachForm, str] = {
    OutreachForm.VISIT: N_("Besök på platsen"),
    OutreachForm.MEETING: N_("Möte"),
    OutreachForm.LETTER: N_("Brev"),
    OutreachForm.PHONE: N_("Telefon"),
    OutreachForm.SCHOOL: N_("Skola"),
    OutreachForm.OTHER: N_("Annat sätt"),
}
OUTCOME_WORDS: dict[Outcome, str] = {
    Outcome.MET: N_("Tillgodosett"),
    Outcome.PARTLY: N_("Delvis tillgodosett"),
    Outcome.NOT_MET: N_("Inte tillgodosett"),
}
PLACE_HOW_WORDS: dict[PlaceHow, str] = {
    PlaceHow.PIN: N_("En plats på kartan"),
    PlaceHow.NEIGHBOURHOOD: N_("Ett helt område"),
    PlaceHow.NONE: N_("Ingen plats"),
}
# on a map, where a status is a colour and both kinds of it look alike
STATUS_WORDS: dict[Status, str] = {
    **{status: look.word for status, look in STATUS.items()},
    Status.DECIDED: N_("Besvarad eller beslutad"),
}
# gettext finds these words here; geo and data give them as they stand
HEARD_WORDS: dict[str, str] = {
    representation.FEWER: N_("färre än väntat"),
    representation.AS_EXPECTED: N_("ungefär som väntat"),
    representation.MORE: N_("fler än väntat"),
    representation.TOO_FEW: N_("för få svar för att säga något"),
    participation.SILENT: N_("ingen har hörts"),
}
# the same as answers to a question that is put to one person
ASK_WORDS: dict[StrEnum, str] = {
    Kind.LIKE: N_("Något som är bra"),
    Kind.CONCERN: N_("En oro"),
    Kind.IDEA: N_("En idé"),
    Kind.QUESTION: N_("En fråga"),
    Stance.FOR: N_("Jag är för förslaget"),
    Stance.AGAINST: N_("Jag är emot förslaget"),
    Stance.BOTH: N_("Både för och emot"),
    Stance.NONE: N_("Jag vill inte ta ställning"),
}
# where a stop or a school lies in a sentence: "nära hållplatsen Ekeby"
SORT_WORDS: dict[str, str] = {
    "hållplats": N_("hållplatsen {name}"),
    "skola": N_("skolan {name}"),
    "förskola": N_("förskolan {name}"),
}
BODIES = (
    N_("samhällsbyggnadsnämnden"),
    N_("barn- och utbildningsnämnden"),
    N_("kultur- och föreningsnämnden"),
    N_("folkhälsonämnden"),
    N_("kommunstyrelsen"),
    N_("kommunfullmäktige"),
)
ERRORS: dict[str, str] = {
    "kind_missing": N_("Välj vad du vill lämna: något som är bra, en oro, en idé eller en fråga."),
    "stance_missing": N_(
        "Välj vad du tycker om förslaget. Du kan också låta bli att ta ställning."
    ),
    "empty": N_("Skriv något i rutan innan du går vidare."),
    "too_long": N_("Texten är för lång. Korta den till högst 2 000 tecken."),
    "too_many": N_("Du har skrivit fler synpunkter än vi kan ta emot på en gång. Ta bort någon."),
    "place_unanswered": N_(
        "Välj en plats först. Gäller det ingen särskild plats, välj Jag vill inte använda kartan."
    ),
    "place_too_long": N_("Beskrivningen av platsen är för lång. Korta den till högst 200 tecken."),
    "place_missing": N_("Platsen saknas. Välj en plats eller fortsätt utan plats."),
    "place_not_expected": N_("Vi kunde inte läsa av platsen. Välj den igen."),
    "place_not_finite": N_("Vi kunde inte läsa av platsen. Välj den igen."),
    "neighbourhood_missing": N_("Välj ett område i listan, eller fortsätt utan plats."),
    "unknown_neighbourhood": N_("Området finns inte längre i listan. Välj ett annat."),
    "outside": N_("Platsen ligger utanför {municipality} kommun. Välj en plats i kommunen."),
    "unknown_decision": N_("Förslaget finns inte längre. Din text finns kvar på den här sidan."),
    "not_open_yet": N_("Det går inte att lämna synpunkter än. Din text finns kvar."),
    "closed": N_("Tiden för synpunkter är slut, så det gick inte att skicka. Din text finns kvar."),
    "invalid": N_("Något av det du har fyllt i stämmer inte. Gå igenom svaren och försök igen."),
    "not_saved": N_("Det gick inte att spara. Din text finns kvar. Försök igen om en minut."),
}
OUTREACH_ERRORS: dict[str, str] = {
    "not_allowed": N_("Du är inte längre inloggad, så inget har sparats. Logga in igen."),
    "unknown_neighbourhood": N_("Området finns inte i listan. Välj ett annat."),
    "future_day": N_("Dagen har inte varit än. Välj i dag eller en tidigare dag."),
    "too_long": N_("Texten är för lång. Korta den till högst 500 tecken."),
    "not_saved": N_("Det gick inte att spara. Texten finns kvar. Försök igen om en minut."),
}
# by type first: members of different types with the same stored word are equal to each other
WORDS_OF: dict[type[StrEnum], Mapping[Any, str]] = {
    DecisionType: TYPE_WORDS,
    Kind: KIND_WORDS,
    Stance: STANCE_WORDS,
    Relation: RELATION_WORDS,
    AgeBand: AGE_WORDS,
    ReviewState: STATE_WORDS,
    HideReason: HIDE_WORDS,
    Channel: CHANNEL_WORDS,
    OutreachForm: OUTREACH_WORDS,
    Outcome: OUTCOME_WORDS,
    PlaceHow: PLACE_HOW_WORDS,
    Status: STATUS_WORDS,
}
