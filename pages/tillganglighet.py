"""The accessibility statement that the law asks for, with the faults that we know of."""

from __future__ import annotations

from datetime import date

import streamlit as st

from data import municipality
from pages.shared import frame
from pages.shared.words.texts import _, say_date

# when somebody last went through the service and this text
ASSESSED = date(2026, 11, 23)
UPDATED = date(2026, 11, 23)
COMPLAINT = "https://www.digg.se/tdosanmalan"


def main() -> None:
    """Draw the statement."""
    frame.title(_("Tillgänglighet"))
    st.markdown(
        _(
            "{municipality} kommun står bakom den här tjänsten. Vi vill att så många som möjligt "
            "ska kunna använda den. Här står hur Dialogkartan uppfyller lagen om tillgänglighet "
            "till digital offentlig service, vilka brister vi känner till och hur du berättar om "
            "fler."
        )
    )
    _show_status()
    _show_faults()
    _show_other_ways()
    _show_tests()


def _show_status() -> None:
    frame.heading(_("Hur tillgänglig är tjänsten?"))
    st.markdown(
        _(
            "Tjänsten är **delvis förenlig** med lagen om tillgänglighet till digital offentlig "
            "service (WCAG 2.1, nivå AA), på grund av bristerna nedan."
        )
    )


def _show_faults() -> None:
    frame.heading(_("Brister som vi känner till"))
    frame.points(
        [
            _(
                "Kartorna kan inte läsas fullt ut med skärmläsare. Allt de visar finns också som "
                "text, lista eller tabell på samma sida, och du kan lämna en synpunkt utan kartan."
            ),
            _(
                "Några ord som hör till de inbyggda reglagen läses upp på engelska, till exempel i "
                "listrutor."
            ),
            _("Breda tabeller behöver rullas i sidled på en telefon."),
            _say_languages(),
            _("Texterna finns inte upplästa och inte på teckenspråk."),
            _(
                "Tjänsten är inte prövad av personer som till vardags använder skärmläsare eller "
                "andra hjälpmedel."
            ),
        ]
    )
    st.markdown(
        _(
            "Lagen gäller inte kartor som inte är till för att hitta vägen. Vi vill ändå att "
            "kartorna ska gå att använda, och deras innehåll finns som text."
        )
    )


def _say_languages() -> str:
    if municipality.in_use().minority_language:
        return _(
            "Förslagens texter finns på svenska. Bara knappar och rubriker finns säkert på "
            "engelska, och inget finns på {minority_language} än."
        )
    return _(
        "Förslagens texter finns på svenska. Bara knappar och rubriker finns säkert på engelska."
    )


def _show_other_ways() -> None:
    frame.heading(_("Vad gör du om något inte fungerar för dig?"))
    st.markdown(
        _(
            "Du kan lämna din synpunkt per telefon, i ett brev eller på ett möte. På varje "
            "förslags sida står hur. Behöver du innehållet i en annan form, till exempel uppläst "
            "eller på papper, så kontaktar du kommunen: [{site_name}]({address})."
        ).format(address=municipality.in_use().contact.site)
    )
    frame.heading(_("Berätta om brister"))
    st.markdown(
        _(
            "Hittar du en brist som inte står här, så berätta det för kommunen på "
            "[{site_name}]({address}). Skriv vilken sida det gäller och vad som hände."
        ).format(address=municipality.in_use().contact.site)
    )
    frame.heading(_("Tillsyn"))
    st.markdown(
        _(
            "Myndigheten för digital förvaltning (Digg) har tillsyn över lagen. Är du inte nöjd "
            "med hur vi tar hand om det du har berättat, så kan du [anmäla det till "
            "Digg]({address})."
        ).format(address=COMPLAINT)
    )


def _show_tests() -> None:
    frame.heading(_("Hur vi har prövat tjänsten"))
    st.markdown(
        _(
            "Vi har själva prövat tjänsten: med automatiska kontroller (axe) av varje sida och "
            "karta, med bara tangentbord, utan karta, och på dator och telefon."
        )
    )
    st.markdown(
        _("Senaste prövningen gjordes {assessed}. Texten ändrades senast {updated}.").format(
            assessed=say_date(ASSESSED, year=True), updated=say_date(UPDATED, year=True)
        )
    )


main()
