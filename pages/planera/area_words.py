"""What is said of an area while it is chosen: how large, where, what was mended, what is wrong."""

from __future__ import annotations

from collections.abc import Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from data.planning import area_choice, file_words
from geo import crs, mending
from geo.mending import Mending
from pages.planera import words
from pages.shared.words.texts import N_, _, and_list, ngettext, number, plain

# more corners than this are no help to read
CORNERS_SAID = 30
NAMED = 5
_HECTARE_M2 = 10_000.0
Point = tuple[float, float]

# faults that are told in another way here than where zones and layers are loaded
OWN_FAULTS = {
    "outside": N_(
        "Området ligger utanför {municipality} kommun. Kontrollera att det är rätt fil och rätt "
        "referenssystem."
    ),
    "too_small": N_("Området är mindre än 100 kvadratmeter. Gör det större."),
    "too_big": N_("Området är större än hela kommunen. Ta med mindre."),
    "too_few_corners": N_("Ett område behöver minst tre olika hörn. Lägg till fler."),
    "bad_corner": N_(
        "Rad {detail} går inte att läsa som ett hörn. Skriv två tal, till exempel "
        "{example_degrees} eller {example_metres}. Inget hörn är tillagt."
    ),
    "bad_distance": N_("Avståndet ska vara mellan 1 och 2 000 meter."),
    "bad_coordinates": N_("Området har koordinater som inte går att använda. Börja om."),
    "not_supported": N_(
        "Filen går inte att läsa som karta. Använd GeoJSON, GeoPackage, zippad Shapefile, KML "
        "eller DXF."
    ),
    "too_many_features": N_(
        "Filen har fler än 2 000 objekt. Ta med bara det som hör till förslaget."
    ),
    "too_many_vertices": N_(
        "Ytorna har för många hörn, eller korsar sig själva på för många ställen. Förenkla dem i "
        "GIS-programmet och ladda upp filen igen."
    ),
    "invalid_ring": N_(
        "Områdets gräns korsar sig själv eller har för få hörn. Rätta den och försök igen."
    ),
    "no_polygons": N_("Välj minst en del som området ska bestå av."),
}


def say_fault(code: str, detail: str = "", place: Point | None = None) -> str:
    """Return one plain sentence for the short word of a fault."""
    if code in OWN_FAULTS and not file_words.is_known(code, detail):
        said = _(OWN_FAULTS[code])
        return said.format(detail=plain(detail)) if "{detail}" in said else said
    return words.say_fault(code, detail, place)


def say_place(place: Point) -> str:
    """Say where something is as a pair of coordinates."""
    return _("latitud {lat}, longitud {lon}").format(
        lat=number(place[1], decimals=5), lon=number(place[0], decimals=5)
    )


def say_size(area: BaseGeometry) -> str:
    """Say how large an area is: square metres while it is small, else hectares."""
    if area.area < _HECTARE_M2:
        return _("{n} kvadratmeter").format(n=number(area.area))
    hectares = area.area / _HECTARE_M2
    return _("{n} hektar").format(n=number(hectares, decimals=0 if hectares >= 100 else 1))


def say_area(area: BaseGeometry) -> str:
    """Say what a map of an area shows: its size, its parts and where it lies."""
    parts = shapely.get_parts(area)
    holes = int(shapely.get_num_interior_rings(parts).sum())
    told = [say_size(area)]
    if len(parts) > 1:
        told.append(_("i {n} delar").format(n=number(len(parts))))
    if holes:
        told.append(ngettext("med {n} hål", "med {n} hål", holes).format(n=number(holes)))
    names = area_choice.neighbourhoods_of(area)
    said = _("Området är {size}.").format(size=", ".join(told))
    if names:
        where = _("Det ligger i {names}.").format(names=and_list(_first(names)))
        said = f"{said} {where}"
    return said


# from this share on, in words
_WATER = (
    (0.995, N_("Hela området ligger i vatten.")),
    (0.9, N_("Nästan hela området ligger i vatten.")),
    (0.75, N_("Mer än tre fjärdedelar av området ligger i vatten.")),
    (0.5, N_("Mer än hälften av området ligger i vatten.")),
)


def say_water(share: float) -> str:
    """Say that most of an area lies in water, if so; nothing hinders it."""
    found = next((said for least, said in _WATER if share > least), None)
    if found is None:
        return ""
    beside = _(
        "Kontrollera att det är rätt plats. Är det ett bad eller en brygga kan det stämma. "
        "Stranden är räknad efter en översvämning som kommer ungefär en gång på hundra år, så en "
        "del kan vara land till vardags."
    )
    return f"{_(found)} {beside}"


def _first(names: Sequence[str]) -> list[str]:
    """Return the first names, and how many more there are."""
    more = len(names) - NAMED
    if more < 1:
        return list(names)
    rest = ngettext("{n} område till", "{n} områden till", more).format(n=number(more))
    return [*names[:NAMED], rest]


def corner_lines(area: BaseGeometry) -> list[str]:
    """Return the corners of an area in words; nothing if there are too many to read."""
    degrees = crs.geometry_to_degrees(area)
    rings = shapely.get_rings(shapely.get_parts(degrees))
    points = [point for ring in rings for point in shapely.get_coordinates(ring)[:-1]]
    if len(points) > CORNERS_SAID:
        return []
    return [say_place((float(lon), float(lat))) for lon, lat in points]


def say_mendings(mendings: Sequence[Mending], labels: Sequence[str]) -> list[str]:
    """Say what was mended, one sentence for each sort."""
    lines = []
    for kind in (mending.UNCLOSED, mending.REPEATED, mending.DIRECTION):
        found = [mended for mended in mendings if mended.kind == kind]
        if not found:
            continue
        names = [_mended_name(mended, labels) for mended in found[:NAMED]]
        if len(found) > NAMED:
            names.append("…")
        said = _mended(kind, len(found))
        lines.append(said.format(n=number(len(found)), names=", ".join(names)))
    return lines


def _mended(kind: str, n: int) -> str:
    if kind == mending.UNCLOSED:
        return ngettext(
            "En yta var inte sluten. Vi har förbundet första och sista hörnet: {names}.",
            "{n} ytor var inte slutna. Vi har förbundet första och sista hörnet: {names}.",
            n,
        )
    if kind == mending.REPEATED:
        return ngettext(
            "En yta hade samma hörn två gånger. Vi har tagit bort det ena: {names}.",
            "{n} ytor hade samma hörn två gånger. Vi har tagit bort det ena: {names}.",
            n,
        )
    return ngettext(
        "En yta var ritad åt fel håll. Vi har vänt den: {names}.",
        "{n} ytor var ritade åt fel håll. Vi har vänt dem: {names}.",
        n,
    )


def _mended_name(mended: Mending, labels: Sequence[str]) -> str:
    return f"{plain(name_of(mended.feature, labels))} ({say_place(mended.place)})"


def say_placeless(rows: int) -> str:
    """Say how many rows of a file have no place on the map."""
    return ngettext(
        "En rad i filen har ingen plats på kartan och är inte med.",
        "{n} rader i filen har ingen plats på kartan och är inte med.",
        rows,
    ).format(n=number(rows))


def name_of(index: int, labels: Sequence[str]) -> str:
    """Return what a shape of a file is called, or its number."""
    return labels[index] or _("objekt {n}").format(n=index + 1)


def say_away(shapes: Sequence[BaseGeometry], *, is_guessed: bool = False) -> str:
    """Say how far outside the municipality something lies, and in which direction."""
    detail = "given" if is_guessed else ""
    return words.say_fault("elsewhere", detail, area_choice.middle_of(shapes))


def told_of_file(
    filename: str, layer: str | None, parts: int, *, distance_m: float | None = None
) -> str:
    """Describe a file for the log; the log's own language is Swedish."""
    name = "".join(letter for letter in filename if letter.isprintable())[:80]
    told = [f"fil {name}"]
    if layer:
        told.append(f"lager {layer[:60]}")
    if distance_m is None:
        told.append("1 yta" if parts == 1 else f"{parts} ytor")
    else:
        told.append(f"{parts} objekt med {distance_m:.0f} meter runt om")
    return ", ".join(told)


# what the rule says in words, for those who are about to draw
RULE = N_("Ett område är minst 100 kvadratmeter och ligger åtminstone delvis i kommunen.")
