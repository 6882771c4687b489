"""Streamlit's own words and how we say them.

`assets/page/streamlit_words.js` puts ours in their place.

Streamlit speaks English only. Here stand the words that it can say on our pages, each with its
Swedish, which is the key of every other language as everywhere else. What is not in this list
fails `tests/test_browser_heard.py`, which reads the accessibility tree of every page.
"""

from __future__ import annotations

import json
from functools import cache
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from data.wording import N_, in_language
from pages.shared import addresses
from pages.shared.words.language import LANGUAGES
from pages.web.http_answers import Prepared, answer, prepare

# said alone: in a name, a field's hint, or the text of an element
WHOLE: dict[str, str] = {
    "Skip to main content": N_("Hoppa till innehållet"),
    "App pages": N_("Sidor"),
    "Main menu": N_("Meny"),
    "Press Enter to apply": N_("Tryck Enter för att använda"),
    "Press Ctrl+Enter to apply": "",
    "Press ⌘+Enter to apply": "",
    "Press Enter to submit form": N_("Tryck Enter för att skicka"),
    "Press Ctrl+Enter to submit form": N_("Tryck Ctrl+Enter för att skicka"),
    "Press ⌘+Enter to submit form": N_("Tryck ⌘+Enter för att skicka"),
    "Press Enter to add": N_("Tryck Enter för att lägga till"),
    "Choose an option": N_("Välj"),
    "Choose options": N_("Välj en eller flera"),
    "Choose or add an option": N_("Välj eller skriv"),
    "Select...": N_("Välj"),
    "No results": N_("Inga träffar"),
    "No options to select": N_("Inget att välja"),
    "No options to select.": N_("Inget att välja"),
    "Show suggestions": N_("Visa alternativen"),
    "Suggestions": N_("Alternativ"),
    "Multiselect": N_("Välj en eller flera"),
    "Multiselect options": N_("Alternativ"),
    "Selected values": N_("Valda"),
    "Clear value": N_("Töm"),
    "Clear entry": N_("Töm"),
    "Clear all": N_("Töm allt"),
    "Clear": N_("Töm"),
    "Select all": N_("Välj alla"),
    "Clear selection": N_("Ta bort valet"),
    "Open": N_("Öppna"),
    "Close": N_("Stäng"),
    "Dismiss": N_("Stäng"),
    "Choose date": N_("Välj dag"),
    "Choose date range": N_("Välj första och sista dag"),
    "Clear date": N_("Ta bort dagen"),
    "Clear dates": N_("Ta bort dagarna"),
    "Previous": N_("Föregående"),
    "Next": N_("Nästa"),
    "Previous month": N_("Föregående månad"),
    "Next month": N_("Nästa månad"),
    "Previous year": N_("Föregående år"),
    "Next year": N_("Nästa år"),
    "Use arrow keys to navigate dates. Enter to select. Escape to close.": N_(
        "Gå mellan dagarna med piltangenterna. Välj med Enter. Stäng med Escape."
    ),
    "Empty": N_("Tomt"),
    "Connecting": N_("Ansluter"),
    "Connecting...": N_("Ansluter …"),
    "Connecting to Streamlit server": N_("Ansluter till tjänsten"),
    "Connected": N_("Ansluten"),
    "Disconnected": N_("Ingen kontakt"),
    "Reconnecting": N_("Ansluter igen"),
    "Connection error": N_("Ingen kontakt med tjänsten"),
    "Connection timed out.": N_("Tjänsten svarar inte."),
    "Error": N_("Fel"),
    "Error:": "",
    "Running...": N_("Hämtar …"),
    "Running": N_("Hämtar"),
    "Please wait...": N_("Vänta …"),
    "Loading...": N_("Hämtar …"),
    "Loading": N_("Hämtar"),
    "Stop": N_("Stoppa"),
    "Page not found": N_("Sidan finns inte"),
    "Bad message format": N_("Något gick fel"),
    "This field is required.": N_("Fyll i det här fältet."),
    "(required)": N_("(måste fyllas i)"),
    "Required": N_("Måste fyllas i"),
    "Show password": N_("Visa lösenordet"),
    "Show password text": N_("Visa lösenordet"),
    "Hide password": N_("Dölj lösenordet"),
    "Fullscreen": N_("Helskärm"),
    "View fullscreen": N_("Visa i helskärm"),
    "Close fullscreen": N_("Stäng helskärm"),
    "Exit fullscreen": N_("Stäng helskärm"),
    "Copy to clipboard": N_("Kopiera"),
    "Copy": N_("Kopiera"),
    "Copied": N_("Kopierat"),
    "Link to heading": N_("Länk till rubriken"),
    "Open sidebar": N_("Öppna sidofältet"),
    "Close sidebar": N_("Stäng sidofältet"),
    "Upload": N_("Ladda upp"),
    "Browse files": N_("Välj fil"),
    "Add files": N_("Välj en annan fil"),
    "file upload": N_("Välj fil"),
    "Remove file": N_("Ta bort filen"),
    "Drag and drop file here": N_("Dra en fil hit"),
    "Drag and drop a file here": N_("Dra en fil hit"),
    "Drag and drop files here": N_("Dra filer hit"),
    "Help": N_("Hjälp"),
    "Print": N_("Skriv ut"),
    "Settings": N_("Inställningar"),
    "Search": N_("Sök"),
    "Increment": N_("Öka"),
    "Decrement": N_("Minska"),
    "Expand": N_("Visa"),
    "Collapse": N_("Dölj"),
    "More options": N_("Fler val"),
}


class Part(NamedTuple):
    """A text with something in it: how Streamlit says it, how we do, and where alone it is said.

    ``{1}`` is what stood in the first bracket; ``{1:day}`` says it as a date, ``{1:month}`` as a
    month, ``{1:field}`` as a part of a date.
    """

    pattern: str
    said: str
    within: str = ""


ANNOUNCED = "[data-live-announcer]"
DATE_PART = "[data-type]"
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
PARTS: tuple[Part, ...] = (
    Part(r"(\d+) options? available\.", N_("{1} att välja på."), ANNOUNCED),
    Part(r"([\s\S]+), selected", N_("{1}, vald"), ANNOUNCED),
    Part(r"([\s\S]+), not selected", N_("{1}, inte vald"), ANNOUNCED),
    Part(r"Selected Date: (.+)", N_("Vald dag: {1:day}"), "[id^=react-aria-description],body > *"),
    Part(r"(era|year|month|day|weekday)", "{1:field}", DATE_PART),
    Part(r"(era|year|month|day|weekday), ([\s\S]+)", "{1:field}, {2}", DATE_PART),
    Part(rf"(\d+) – ({MONTHS})", "{1} – {2:month}", f"{DATE_PART},{ANNOUNCED}"),
    Part(r"yyyy", N_("åååå"), DATE_PART),
    Part(r"mm", N_("mm"), DATE_PART),
    Part(r"dd", N_("dd"), DATE_PART),
    Part(r"Choose date(?: range)?, (.+)", N_("Välj dag, {1}")),
    Part(r"Add: ([\s\S]+)", N_("Lägg till: {1}"), "[role=listbox]"),
    Part(r"Select (\d+) match(?:es)?", N_("Välj de {1} träffarna")),
    Part(
        r"You can only select up to (\d+) options?\. Remove an option first\.",
        N_("Du kan välja högst {1}. Ta bort en först."),
    ),
    Part(r"Remove ([\s\S]+)", N_("Ta bort {1}")),
    Part(r"Delete ([\s\S]+)", N_("Ta bort {1}"), "[data-testid=stFileUploader]"),
    Part(r"View (\d+) more", N_("Visa {1} till")),
    Part(r"View less", N_("Visa färre")),
    Part(r"Clear (.+)", N_("Töm {1}")),
    Part(r"Link to heading:? ?(.*)", N_("Länk till rubriken {1}")),
    Part(r"(\d+)/(\d+) characters", N_("{1} av {2} tecken")),
    Part(r"Selected (.+?)\. (.+)", N_("Valt: {1}. {2}")),
    Part(r"(?:Limit )?(\d+)\s?MB per file • (.+)", N_("Högst {1} MB. {2}")),
    Part(r"(?:Limit )?(\d+)\s?MB per file", N_("Högst {1} MB.")),
    Part(r"(\d+(?:\.\d+)?)(KB|MB|GB|B)", "{1:number} {2}"),
    Part(
        r"([\s\S]+), (\d+(?:\.\d+)?)(KB|MB|GB|B)",
        "{1}, {2:number} {3}",
        "[data-testid=stFileUploader]",
    ),
    Part(r"Help for ([\s\S]+)", N_("Hjälp om {1}")),
    Part(r"Shortcut (.+)", N_("Kortkommando {1}")),
    Part(r"Press (?:Ctrl|⌘)\+Enter to .+", ""),
    Part(
        r"(?:Error: |\*\*Error\*\*: )?Number is above the allowed range\. "
        r"Please enter a value less than or equal to (.+)\.",
        N_("Talet är för stort. Skriv högst {1}."),
    ),
    Part(
        r"(?:Error: |\*\*Error\*\*: )?Number is below the allowed range\. "
        r"Please enter a value greater than or equal to (.+)\.",
        N_("Talet är för litet. Skriv minst {1}."),
    ),
    Part(
        r"(?:Error: |\*\*Error\*\*: )?Number is outside the allowed range\. "
        r"Please enter a value between (.+) and (.+)\.",
        N_("Skriv ett tal från {1} till {2}."),
    ),
    Part(
        r"(?:Error: |\*\*Error\*\*: )?Date set outside allowed range\. "
        r"Please select a date between (.+) and (.+)\.",
        N_("Välj en dag från {1} till {2}."),
    ),
    Part(
        r"(?:Error: |\*\*Error\*\*: )?Date set outside allowed range\. "
        r"Please select a date on or after (.+)\.",
        N_("Välj {1} eller en senare dag."),
    ),
    Part(
        r"(?:Error: |\*\*Error\*\*: )?Date set outside allowed range\. "
        r"Please select a date on or before (.+)\.",
        N_("Välj {1} eller en tidigare dag."),
    ),
    Part(
        r"Your app is having trouble loading the[\s\S]*",
        N_("Kartan kunde inte visas. Du kan göra allt på sidan utan den."),
    ),
    Part(r"The app is attempting to load the[\s\S]*", N_("Kartan hämtas …")),
    Part(
        r"(?:The page that you have requested does not seem to exist|You have requested page)"
        r"[\s\S]*",
        N_("Sidan finns inte. Här är första sidan."),
    ),
    Part(
        r"Is Streamlit still running\?[\s\S]*",
        N_("Tjänsten svarar inte. Din text finns kvar. Försök igen om en stund."),
    ),
    Part(
        r"Streamlit server is not responding[\s\S]*",
        N_("Tjänsten svarar inte. Det du har skrivit finns kvar på sidan. Vänta en stund."),
    ),
    Part(
        r"This app has encountered an error[\s\S]*",
        N_("Något gick fel hos oss. Ladda om sidan och försök igen."),
    ),
)
# what is said beside a chosen file that was not taken; {types} are the endings that are taken
REFUSED: tuple[Part, ...] = (
    Part(
        r"(?:Error: )?.* files are not allowed\.",
        N_("Den sortens fil kan vi inte läsa. Välj en fil som slutar på {types}."),
    ),
    Part(
        r"(?:Error: )?File must be (\d+(?:\.\d+)?)\s?([KMG]?B) or smaller\.",
        N_("Filen är för stor. Välj en fil på högst {1:number} {2}."),
    ),
    Part(
        r"(?:Error: )?Only one file is allowed\.",
        N_("Det går bara att välja en fil åt gången. Välj en av dem."),
    ),
    Part(
        r"[\s\S]*",
        N_("Filen kom inte fram. Ta bort den och välj den igen."),
    ),
)
# the parts of a date, as a field of it is named
FIELDS: dict[str, str] = {
    "era": N_("tideräkning"),
    "year": N_("år"),
    "month": N_("månad"),
    "day": N_("dag"),
    "weekday": N_("veckodag"),
}
OR = N_("{first} eller {last}")


def _said(message: str, spoken: str) -> str:
    return in_language(message, spoken) if message else ""


def _parts(parts: tuple[Part, ...], spoken: str) -> list[tuple[str, str, str]]:
    return [(part.pattern, _said(part.said, spoken), part.within) for part in parts]


def words_in(spoken: str) -> dict[str, object]:
    """Return all of them in one language, as the script reads them."""
    return {
        "whole": {own: _said(said, spoken) for own, said in WHOLE.items()},
        "parts": _parts(PARTS, spoken),
        "refused": _parts(REFUSED, spoken),
        "fields": {own: _said(said, spoken) for own, said in FIELDS.items()},
        "or": _said(OR, spoken),
    }


@cache
def _script() -> Prepared:
    """Return the words in every language as a script that runs before Streamlit's own."""
    words = json.dumps({spoken: words_in(spoken) for spoken in LANGUAGES}, ensure_ascii=False)
    return prepare(f"var dialogWords = {words};\n".encode())


def address() -> str:
    """Return the address of the script; it changes with the words."""
    return f"{addresses.WORDS}?v={_script().version}"


def serve(request: Request) -> Response:
    """Answer with the script."""
    return answer(request, _script(), media="text/javascript; charset=utf-8")
