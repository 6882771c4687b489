"""What the page says of what cannot be kept or read, each with what to do."""

from __future__ import annotations

from data.review.registering import PERSONS_MAX, ROWS_MAX
from pages.shared.words.texts import N_, _, number

FAULTS = {
    "place_unseen": N_(
        "Flera platser passar det du sökte. Välj vilken du menar och spara igen. Inget är sparat."
    ),
    "not_allowed": N_("Du är inte längre inloggad, så inget har sparats. Logga in igen."),
    "not_saved": N_("Det gick inte att spara. Inget har ändrats. Försök igen om en minut."),
    "unknown_decision": N_("Förslaget finns inte längre. Välj ett annat."),
    "unread": N_("Rutan har en formel utan värde, eller ett fel. Skriv värdet i filen."),
    "text_missing": N_("Synpunkten saknas. Skriv vad personen sade eller skrev."),
    "too_long": N_("Texten är för lång. Korta den, eller dela upp den på två rader."),
    "bad_persons": N_("Antalet personer ska vara ett helt tal mellan 1 och {persons}."),
    "bad_channel": N_("Välj hur synpunkten kom in."),
    "outside": N_("Platsen ligger utanför kommunen. Välj en annan."),
    "unknown_neighbourhood": N_("Området finns inte. Välj ett annat."),
    "unknown_home": N_("Bostadsområdet finns inte. Välj ett annat, eller lämna tomt."),
    "received_before": N_("Dagen är före den första dagen för synpunkter."),
    "received_after": N_("Dagen är efter den sista dagen för synpunkter."),
    "received_in_future": N_("Dagen har inte varit än. Skriv dagen då synpunkten kom in."),
    "bad_date": N_("Dagen går inte att läsa. Svara på frågan ovan, eller skriv så: 2026-11-24."),
    "merged": N_("Rutan är sammanfogad med raden ovanför. Dela den i filen, så att raden har sin."),
    "empty": N_("Det finns inga rader. Kontrollera att det är rätt fil eller rätt urklipp."),
    "too_big": N_("Filen är för stor. Spara bara de rader som ska läsas in."),
    "too_many_rows": N_("Det är fler än {rows} rader. Dela upp dem på flera filer."),
    "too_many_columns": N_("Det är för många kolumner. Ta bort dem som inte behövs."),
    "cell_too_long": N_("Rutan i rad {row}, kolumn {column} har för mycket text. Dela upp den."),
    "not_text": N_("Filen går inte att läsa som text. Spara den som Excel (.xlsx) eller CSV."),
    "not_excel": N_("Filen går inte att läsa som Excel. Spara den på nytt som .xlsx eller CSV."),
    "old_or_locked": N_(
        "Filen är i ett gammalt format eller skyddad med lösenord. Spara den som .xlsx utan "
        "lösenord."
    ),
    "open_document": N_(
        "Filen är ett kalkylark från LibreOffice eller liknande (.ods). Spara den som .xlsx."
    ),
    "paste_missing": N_("Klistra in raderna i rutan först."),
}
NOTES = {
    "known": N_("Redan inläst"),
    "same_above": N_("Samma text står högre upp"),
    "place_in_words": N_("Platsen sparas i ord, utan punkt på kartan"),
    "place_outside": N_("Platsen ligger utanför kommunen och sparas i ord"),
    "in_words": N_("Det som inte gick att tolka sparas som det står"),
    "serial": N_("Dagen var ett tal från Excel: se efter att den blev rätt"),
    "merged": N_("En ruta är sammanfogad med raden ovanför, och läses som den"),
    "unread": N_("En ruta har en formel utan värde, eller ett fel, och läses som tom"),
    "hidden": N_("Raden är dold i kalkylarket"),
    "torn": N_("Kan vara en del av en ruta som har delats"),
}
FIELDS = {
    "text": N_("Synpunkten"),
    "place": N_("Plats"),
    "north": N_("Koordinat, nord"),
    "east": N_("Koordinat, öst"),
    "kind": N_("Slag"),
    "stance": N_("För eller emot"),
    "channel": N_("Hur den kom in"),
    "received": N_("Dagen den kom in"),
    "persons": N_("Antal personer"),
    "home": N_("Bostadsområde"),
    "age": N_("Ålder"),
    "relation": N_("Koppling till platsen"),
}


def say_fault(code: str, row: int | None = None, column: int | None = None) -> str:
    """Say what is wrong and what to do; `row` and `column` are where, for what is in one cell."""
    said = _(FAULTS.get(code, FAULTS["not_saved"]))
    where = {"row": number(row or 0), "column": number(column or 0)}
    return said.format(persons=number(PERSONS_MAX), rows=number(ROWS_MAX), **where)
