"""How far a decision reaches, in words: metres, or the names of the contours in their place."""

from __future__ import annotations

from data.decisions import impact_zones
from data.models import Decision, ZoneKind
from geo import impact
from pages.shared.words.texts import _, number

BANDS = ("near", "middle", "far")


def within(decision: Decision, band: str) -> str:
    """Say where those up to a band live: "inom 200 m", "i zon 1–2"."""
    bands = impact_zones.bands_of(decision)
    place = BANDS.index(band)
    if isinstance(bands, impact.Bands):
        return _("inom {m} m").format(m=number(bands.limits[place]))
    there = [BANDS.index(one) + 1 for one in zones(decision)]
    upto = [number_of for number_of in there if number_of <= place + 1] or there[:1]
    if len(upto) == 1:
        return _("i zon {n}").format(n=upto[0])
    return _("i zon {first}–{last}").format(first=upto[0], last=upto[-1])


def zones(decision: Decision) -> list[str]:
    """Return the bands that have a contour, the one that weighs most first."""
    kinds = {zone.kind.value for zone in decision.zones}
    return [band for band in BANDS if band in kinds]


def headings(decision: Decision) -> list[tuple[str, str]]:
    """Return the heading and the column of each band, the area itself first."""
    bands = impact_zones.bands_of(decision)
    if bands is None:
        return []
    inside = (_("I området"), "inside")
    if isinstance(bands, impact.Contours):
        return [inside, *((zone_name(decision, band), band) for band in zones(decision))]
    near, middle, far = (number(limit) for limit in bands.limits)
    return [
        inside,
        (_("Inom {m} m").format(m=near), "near"),
        (_("{a}–{b} m").format(a=near, b=middle), "middle"),
        (_("{a}–{b} m").format(a=middle, b=far), "far"),
    ]


def zone_name(decision: Decision, band: str) -> str:
    """Name a contour as the official named it: "Zon 1 (55 dBA)"."""
    kind = ZoneKind(band)
    number_of = BANDS.index(band) + 1
    names = dict.fromkeys(zone.name for zone in decision.zones if zone.kind is kind and zone.name)
    if not names:
        return _("Zon {n}").format(n=number_of)
    return _("Zon {n} ({name})").format(n=number_of, name=", ".join(names))


def catchments(decision: Decision) -> list[str]:
    """Name the catchment areas that count as the outer band, however far away."""
    return [zone.name for zone in decision.zones if zone.kind is ZoneKind.CATCHMENT]


def is_over_land() -> bool:
    """Tell whether distances go over land and the known crossings, not as the crow flies."""
    return impact_zones.measure() is not None
