"""Why something could not be kept, in one plain sentence each that says what to do."""

from __future__ import annotations

from data.planning import file_words
from pages.shared.words.texts import N_, _, language

OTHER_FAULT = N_("Det gick inte att spara. Inget har ändrats. Försök igen om en minut.")
_OWN = {
    "not_allowed": N_("Du är inte längre inloggad, så inget har ändrats. Logga in igen."),
    "changed_meanwhile": N_(
        "Någon annan ändrade förslaget samtidigt, så ditt sparades inte. Läs det som står nu och "
        "gör ändringen igen."
    ),
    "field_changed": N_(
        "Någon annan skrev i samma ruta samtidigt. Nu står den andras text där. Välj vilken som "
        "ska gälla."
    ),
    "title_missing": N_("Skriv en rubrik först."),
    "promise_broken": N_("Något som kommunen har lovat saknas. Fyll i det först."),
    "reason_missing": N_("Skriv skälet först."),
    "answer_missing": N_(
        "Beslutet kan inte noteras förrän svaret till dem som deltog är publicerat."
    ),
    "bad_date": N_(
        "Dagen stämmer inte. Välj en dag efter sista dagen för synpunkter, högst i dag."
    ),
    "too_many_lines": N_("Det är för många rader. Högst 30."),
    "bad_phase": N_(
        "Skriv en rad per steg, med datum först: 2026-12-01 – 2026-12-20: Samråd. Slutet får inte "
        "vara före början."
    ),
    "bad_area": N_("Området går inte att använda. Välj det igen."),
    "bad_email": N_("E-postadressen ser inte rätt ut. Kontrollera den."),
    "bad_bands": N_("Avstånden ska växa utåt: nära, mellan och längst bort. Högst 60 000 meter."),
    "bad_decay": N_("Längden ska vara mer än 0 och högst 60 000 meter."),
    "name_missing": N_("Fyll i alla rutor. Det ska gå att se vad det är och varifrån det kommer."),
    "too_long": N_("Texten är för lång. Korta den."),
    "bad_number": N_("Antalet ska vara ett helt tal över 0, eller tomt om ingen vet."),
    "same_name": N_("Det finns redan en grupp med det namnet. Ta bort den först, eller byt namn."),
    "too_many": N_("Det finns redan så många som får plats. Ta bort någon först."),
    "not_there": N_("Den är redan borttagen eller tillbakadragen."),
    "not_saved": OTHER_FAULT,
}
# the sentence of each code; for a file's fault with its details, `say_fault` knows better
FAULTS = {code: said for code, said in file_words.SENTENCES.items() if "." not in code} | _OWN


def say_fault(code: str, detail: str = "", place: tuple[float, float] | None = None) -> str:
    """Return the sentence for the short word of a fault, of an act or of a file."""
    if code in _OWN:
        return _(_OWN[code])
    return file_words.say(code, detail, place, spoken=language()) or _(OTHER_FAULT)
