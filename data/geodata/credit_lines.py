"""Who made the open data that ships with the service, and on what terms it is used."""

from __future__ import annotations

from typing import NamedTuple

from data.wording import N_

FLOOD_WATER = N_("översvämningsyta vid beräknat 100-årsflöde")
OSM_CREDIT = "© OpenStreetMaps bidragsgivare (ODbL 1.0)"
# Valmyndigheten, MCF, Skolverket and ODbL require theirs; the others are courtesy
MAP_CREDIT = N_(
    "© OpenStreetMaps bidragsgivare · Källa: SCB · Källa: Lantmäteriet · "
    "Källa: Valmyndigheten · Källa: MCF · Källa: Skolverket"
)


class Credit(NamedTuple):
    """One source, in words for the page about the map."""

    name: str
    source: str
    licence: str
    edition: str
    note: str


CREDITS = (
    Credit(
        name=N_("Kommungräns"),
        source=N_("Lantmäteriet, Översiktskartan 1:250 000"),
        licence="CC0",
        edition="2018",
        note=N_("Förenklad. Ytan är 514,1 km², den officiella är 510,36 km²."),
    ),
    Credit(
        name=N_("Tätorter"),
        source=N_("Lantmäteriet, Översiktskartan 1:250 000"),
        licence="CC0",
        edition=N_("objektdatum 2017–2020"),
        note=N_("Förenklad. Visar var det är tätbebyggt."),
    ),
    Credit(
        name=N_("Statistikområden, DeSO och RegSO"),
        source="SCB",
        licence="CC0",
        edition=N_("indelning 2025-01-01"),
        note=N_(
            "Gränserna är ungefärliga, ±50 m och på vissa ställen upp till 100 m. DeSO har inga "
            "officiella namn: namnen här är våra och räknar upp de valdistrikt som området består "
            "av. RegSO har sina officiella namn."
        ),
    ),
    Credit(
        name=N_("Befolkning, ålder, bakgrund, ekonomisk standard och bostäder"),
        source="SCB",
        licence="CC0",
        edition=N_("befolkning och bostäder 2025-12-31, inkomster 2024"),
        note=N_(
            "SCB:s åldersgrupper bryts inte vid 16 och 18 år. Vi räknar med att varje åldersår "
            "i gruppen 15–19 år är lika stort."
        ),
    ),
    Credit(
        name=N_("Valdistrikt"),
        source="Valmyndigheten",
        licence=N_("Fri användning om Valmyndigheten anges som källa"),
        edition=N_("valet 2026-09-13"),
        note=N_("Gränserna är ungefärliga, ±40 m i tätorten."),
    ),
    Credit(
        name=N_("Vatten"),
        source=N_("Myndigheten för civilt försvar (MCF, tidigare MSB), översvämningskartering"),
        licence=N_("Fri vidareanvändning om MCF anges som källa"),
        edition="INSPIRE NZ_Oversvamning_100",
        note=N_(
            "Det blå är översvämningsyta vid beräknat 100-årsflöde, inte den vanliga strandlinjen. "
            "På låg mark är ytan bredare än sjön eller älven brukar vara. Bara Möckeln, Timsälven, "
            "Svartälven, Lonnen och Alkvettern finns med."
        ),
    ),
    Credit(
        name=N_("Hållplatser, skolor, butiker och andra platser"),
        source=N_("OpenStreetMaps bidragsgivare"),
        licence="ODbL 1.0",
        edition=N_("utdrag 2026"),
        note=N_(
            "Hållplatser med samma namn är sammanslagna till en punkt. Alla platser är inte med."
        ),
    ),
    Credit(
        name=N_("Skolor med årskurs 9"),
        source="Skolverket",
        licence=N_("Öppna data om Skolverket anges som källa"),
        edition=N_("läsåret 2025/26"),
        note="",
    ),
    Credit(
        name=N_("Namn på orter"),
        source="kodapan/geodata",
        licence="CC0",
        edition="2015",
        note=N_("Ungefärliga lägen. Orter som ligger uppenbart fel i källan är inte med."),
    ),
    Credit(
        name=N_("Rutor, 500 m"),
        source=N_("Egen indelning i SWEREF 99 TM"),
        licence="CC0",
        edition="500 m",
        note=N_("Antalet boende i en ruta är vår uppskattning."),
    ),
)
