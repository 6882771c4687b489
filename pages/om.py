"""What the service is and is not, and where everything on the map comes from."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data import municipality
from data.geodata import credit_lines, layers
from pages.shared import addresses, frame
from pages.shared.words.texts import SOURCE, _, language, plain


def main() -> None:
    """Draw the page."""
    frame.title(_("Om tjänsten och kartan"))
    _show_service()
    _show_feed()
    _show_promise()
    _show_what_it_is_not()
    _show_map()
    _show_data()
    frame.link("metod", _("Så har vi räknat"))


def _show_service() -> None:
    frame.heading(_("Om tjänsten"))
    st.markdown(
        _(
            "Dialogkartan visar vad {municipality} kommun planerar och var. Här kan du läsa, säga "
            "vad du tycker och se vad andra har sagt och vad det ledde till. Du behöver inget "
            "konto. Du kan vara med utan att använda kartan, och du kan lika gärna ringa, skriva "
            "brev eller komma på ett möte. Allt räknas lika."
        )
    )
    st.markdown(
        _(
            "Det du skriver läses av en person på kommunen innan det visas. Det är en allmän "
            "handling, så andra kan be att få läsa det."
        )
    )


def _show_feed() -> None:
    frame.heading(_("Följ dialogerna"))
    st.markdown(
        _(
            "Med ett flöde får du veta när du kan tycka till om ett nytt förslag, när tiden snart "
            "är slut och när svaret har kommit. Lägg in adressen i ett program som läser flöden. "
            "Vi får inte veta vem du är."
        )
    )
    query = "" if language() == SOURCE else f"?sprak={language()}"
    frame.data_link(_("Flöde med förslag och svar (Atom)"), f"{addresses.FEED}{query}")


def _show_promise() -> None:
    frame.heading(_("Kommunens löfte"))
    st.markdown(_("Så här säger kommunens kvalitetsåtagande om medborgardialog, med våra ord:"))
    frame.points(
        [
            _("När en dialog är bestämd har {everyone} åtminstone rätt att bli hörda."),
            _("Det du säger blir en del av underlaget när politikerna bestämmer."),
            _(
                "Det ska vara tydligt när, var och hur du kan vara med, och det ska gå på flera "
                "sätt. Den som har svårare att göra sin röst hörd ska få det lättare."
            ),
            _("De som berörs mer än andra är särskilt viktiga att nå."),
            _("Du får alltid veta resultatet. Det visas här och på kommunens webbplats."),
            _("De förtroendevalda väger ihop allt och har ansvaret för beslutet."),
        ]
    )


def _show_what_it_is_not() -> None:
    frame.heading(_("Det här är tjänsten inte"))
    frame.points(
        [
            _("Inte en omröstning. Flest synpunkter vinner inte."),
            _(
                "Inte ett yttrande i ett planärende. Vill du kunna överklaga en detaljplan måste "
                "du skriva till kommunen med namn, adress och ärendenummer. På förslagets sida "
                "står hur du gör."
            ),
            _say_own_proposals(),
            _("Inte en felanmälan. Är något trasigt anmäler du det på kommunens webbplats."),
        ]
    )
    st.markdown(
        _(
            "Förslag som är märkta **EXEMPEL – inte ett riktigt beslut** är påhittade, liksom "
            "synpunkterna på dem. De visar hur tjänsten fungerar."
        )
    )


def _say_own_proposals() -> str:
    if municipality.in_use().words.own_proposals is None:
        return _(
            "Inte förslag från invånare. Har du ett eget lämnar du det på kommunens webbplats."
        )
    return _(
        "Inte {own_proposals}. Har du ett eget förslag till kommunen lämnar du det där, "
        "på kommunens webbplats."
    )


def _show_map() -> None:
    frame.heading(_("Om kartan"))
    st.markdown(
        _(
            "Kartan bygger på öppna data. Den är till för att förstå förslagen, inte för att hitta "
            "vägen, och gränserna är ungefärliga."
        )
    )
    frame.points(
        [
            _(
                "Det blå är en {flood}: så långt vattnet når vid ett flöde som räknas komma en "
                "gång på hundra år. Det är inte den vanliga strandlinjen. På låg mark är ytan "
                "bredare än sjön eller älven."
            ).format(flood=_(credit_lines.FLOOD_WATER)),
            _(
                "Statistikområden (DeSO) har inga officiella namn. Namnen här är våra och räknar "
                "upp de valdistrikt som området består av."
            ),
            _("Valdistriktens namn är Valmyndighetens. Många är namn som folk använder."),
            _(
                "Gatorna kan komma från OpenStreetMap. De hämtas av vår server, så ingen annan får "
                "veta att du tittar på kartan."
            ),
        ]
    )
    frame.heading(_("Källor och licenser"), level=3)
    st.markdown(plain(_(credit_lines.MAP_CREDIT)))
    rows = layers.credits()
    st.table(
        pd.DataFrame(
            {
                _("Källa, utgåva och licens"): [
                    plain(f"{_(row.source)}. {_(row.edition)}. {_(row.licence)}.") for row in rows
                ],
                _("Att tänka på"): [plain(_(row.note)) for row in rows],
            },
            index=pd.Index([plain(_(row.name)) for row in rows], name=_("Uppgift")),
        ),
        border="horizontal",
        alt=_("Källor till kartan, med licens"),
    )


def _show_data() -> None:
    frame.heading(_("Öppna data"))
    st.markdown(
        _(
            "Förslagen, de publicerade synpunkterna och siffrorna går att hämta och använda i "
            "andra program. Du behöver ingen nyckel. Under varje resultat finns de också som filer."
        )
    )
    links = {
        addresses.OGC: _("För GIS-program (OGC API – Features)"),
        addresses.all_decisions(language()): _("Alla förslag som GeoJSON"),
        addresses.CATALOG: _("Katalog för dataportaler (DCAT-AP-SE)"),
    }
    st.markdown("\n".join(f"- [{plain(name)}]({address})" for address, name in links.items()))


main()
