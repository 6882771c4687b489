"""Why something could not be kept, in one plain sentence each that says what to do."""

from __future__ import annotations

from pages.shared.texts import N_

OTHER_FAULT = N_("Det gick inte att spara. Inget har ändrats. Försök igen om en minut.")
FAULTS = {
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
    "outside": N_("Filen ligger utanför Karlskoga kommun. Kontrollera att det är rätt fil."),
    "no_polygons": N_("Filen har inga ytor. Exportera ytor (polygoner) och försök igen."),
    "invalid_ring": N_(
        "En yta korsar sig själv. Laga den i GIS-programmet och ladda upp filen igen."
    ),
    "too_many_vertices": N_("Ytan har för många hörn. Förenkla den i GIS-programmet."),
    "file_missing": N_("Välj en fil först."),
    "empty": N_("Filen är tom. Välj en annan."),
    "not_supported": N_(
        "Filen går inte att läsa. Använd GeoJSON, GeoPackage, zippad Shapefile, KML, DXF eller CSV."
    ),
    "too_large": N_("Filen är större än 20 MB. Ta bort lager eller förenkla ytorna."),
    "too_many_features": N_("Filen har för många rader. Ta med bara Karlskoga."),
    "zip_too_large": N_("Zip-filen blir för stor när den packas upp. Ta bort det som inte behövs."),
    "zip_unsafe": N_("Zip-filen har mappar eller filer som inte får vara med. Packa om den."),
    "zip_no_shapefile": N_("Zip-filen ska ha en Shapefile: .shp, .shx och .dbf."),
    "refers_out": N_("Filen hänvisar till andra filer eller adresser. Exportera den på nytt."),
    "not_finite": N_("Filen har koordinater som inte är tal. Exportera den på nytt."),
    "no_features": N_("Filen har inget på kartan. Välj en annan."),
    "looks_swapped": N_("Norr och öster ser ut att ha bytt plats i filen. Exportera den på nytt."),
    "looks_projected": N_("Välj rätt referenssystem: koordinaterna stämmer inte med det valda."),
    "crs_missing": N_("Filen säger inte vilket referenssystem den har. Välj det i listan."),
    "too_slow": N_("Det tog för lång tid att läsa filen. Förenkla den."),
    "not_readable": N_("Filen går inte att läsa. Exportera den på nytt."),
    "no_column": N_("Kolumnen med antal finns inte i filen. Kontrollera namnet."),
    "bad_numbers": N_("Kolumnen med antal har värden som inte är tal, eller är mindre än 0."),
    "bad_place": N_("En rad i filen saknar plats. Ta bort den och försök igen."),
    "nobody": N_("Filen räknar ingen. Kontrollera kolumnen med antal."),
    "bad_side": N_("Rutornas sida ska vara 100, 250, 500 eller 1 000 meter."),
    "source_missing": N_("Skriv varifrån filen kommer och på vilka villkor den får användas."),
    "edition_taken": N_("Samma fil är redan inläst."),
    "bad_name": N_("Lagrets namn får bara ha små bokstäver a–z, siffror och bindestreck."),
    "bad_edition": N_("Utgåvan får bara ha bokstäver, siffror, punkt och bindestreck."),
    "duplicate_code": N_("En kod är tom eller finns två gånger. Varje område ska ha en egen kod."),
    "overlap": N_("Områdena ligger på varandra. Laga dem i GIS-programmet."),
    "not_saved": OTHER_FAULT,
}
