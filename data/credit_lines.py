"""Who made the open data that ships with the service, and on what terms it is used."""

from __future__ import annotations

from typing import NamedTuple

FLOOD_WATER = "översvämningsyta vid beräknat 100-årsflöde"
# Valmyndigheten, MCF, Skolverket and ODbL require theirs; the others are courtesy
MAP_CREDIT = (
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
        name="Kommungräns",
        source="Lantmäteriet, Översiktskartan 1:250 000",
        licence="CC0",
        edition="2018",
        note="Förenklad. Ytan är 514,1 km², den officiella är 510,36 km².",
    ),
    Credit(
        name="Tätorter",
        source="Lantmäteriet, Översiktskartan 1:250 000",
        licence="CC0",
        edition="objektdatum 2017–2020",
        note="Förenklad. Visar var det är tätbebyggt.",
    ),
    Credit(
        name="Statistikområden, DeSO och RegSO",
        source="SCB",
        licence="CC0",
        edition="indelning 2025-01-01",
        note=(
            "Gränserna är ungefärliga, ±50 m och på vissa ställen upp till 100 m. DeSO har inga "
            "officiella namn: namnen här är våra och räknar upp de valdistrikt som området består "
            "av. RegSO har sina officiella namn."
        ),
    ),
    Credit(
        name="Befolkning, ålder, bakgrund, ekonomisk standard och bostäder",
        source="SCB",
        licence="CC0",
        edition="befolkning och bostäder 2025-12-31, inkomster 2024",
        note=(
            "SCB:s åldersgrupper bryts inte vid 16 och 18 år. Vi räknar med att varje åldersår "
            "i gruppen 15–19 år är lika stort."
        ),
    ),
    Credit(
        name="Valdistrikt",
        source="Valmyndigheten",
        licence="Fri användning om Valmyndigheten anges som källa",
        edition="valet 2026-09-13",
        note="Gränserna är ungefärliga, ±40 m i tätorten.",
    ),
    Credit(
        name="Vatten",
        source="Myndigheten för civilt försvar (MCF, tidigare MSB), översvämningskartering",
        licence="Fri vidareanvändning om MCF anges som källa",
        edition="INSPIRE NZ_Oversvamning_100",
        note=(
            f"Det blå är {FLOOD_WATER}, inte den vanliga strandlinjen. På låg mark är ytan "
            "bredare än sjön eller älven brukar vara. Bara Möckeln, Timsälven, Svartälven, Lonnen "
            "och Alkvettern finns med."
        ),
    ),
    Credit(
        name="Hållplatser, skolor, butiker och andra platser",
        source="OpenStreetMaps bidragsgivare",
        licence="ODbL 1.0",
        edition="utdrag 2026",
        note="Hållplatser med samma namn är sammanslagna till en punkt. Alla platser är inte med.",
    ),
    Credit(
        name="Skolor med årskurs 9",
        source="Skolverket",
        licence="Öppna data om Skolverket anges som källa",
        edition="läsåret 2025/26",
        note="",
    ),
    Credit(
        name="Namn på orter",
        source="kodapan/geodata",
        licence="CC0",
        edition="2015",
        note="Ungefärliga lägen. Orter som ligger uppenbart fel i källan är inte med.",
    ),
    Credit(
        name="Rutor, 500 m",
        source="Egen indelning i SWEREF 99 TM",
        licence="CC0",
        edition="500 m",
        note="Antalet boende i en ruta är vår uppskattning.",
    ),
)
