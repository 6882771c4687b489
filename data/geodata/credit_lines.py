"""Who made the open data that ships with the service, and on what terms it is used."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from data import municipality
from data.municipality import Source
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


SQUARES = Credit(
    name=N_("Rutor, 500 m"),
    source=N_("Egen indelning i SWEREF 99 TM"),
    licence="CC0",
    edition="500 m",
    note=N_("Antalet boende i en ruta är vår uppskattning."),
)


@cache
def credits() -> tuple[Credit, ...]:  # noqa: A001 - the word that the page uses
    """Return all sources: those that the municipality's folder names, and our own squares."""
    named = [_credit(source) for source in municipality.in_use().credits]
    return (*named, SQUARES)


def _credit(source: Source) -> Credit:
    told = (source.name, source.source, source.licence, source.edition, source.note or {})
    return Credit(*(words.get(municipality.SWEDISH, "") for words in told))
