"""Why a GIS file cannot be loaded, in one plain sentence each that says what to do.

For pages and for the command line: both say the same.
"""

from __future__ import annotations

from functools import cache

from babel.numbers import format_decimal
from pyproj import CRS

from data.planning import area_choice
from data.uploads import gis_position
from data.wording import N_, in_language
from geo import crs

Place = tuple[float, float]
_NAMES = {3006: N_("SWEREF 99 TM"), 4326: N_("WGS 84, longitud och latitud")}
# a code, or a code with its detail where what to do is another thing then
SENTENCES = {
    "file_missing": N_("Välj en fil först."),
    "empty": N_("Filen är tom. Välj en annan."),
    "busy": N_("Servern är upptagen just nu. Försök igen om en stund. Det är inget fel på filen."),
    "no_room": N_(
        "Servern har inte plats för filen just nu. Försök igen om en stund, och säg till den som "
        "sköter tjänsten om det händer igen. Det är inget fel på filen."
    ),
    "not_supported": N_(
        "Filen går inte att läsa. Använd GeoJSON, GeoPackage, zippad Shapefile, KML, DXF eller CSV."
    ),
    "not_geojson": N_(
        "Filen är JSON men inte GeoJSON: det finns ingen karta i den. Kontrollera att det är rätt "
        "fil."
    ),
    "too_large": N_("Filen är större än 20 MB. Ta bort lager eller förenkla ytorna."),
    "too_heavy": N_(
        "Filen behöver mer minne än den får. Ta bort det som inte behövs, eller förenkla ytorna."
    ),
    "too_many_features": N_("Filen har för många rader. Ta med bara {municipality}."),
    "too_many_vertices": N_("Ytan har för många hörn. Förenkla den i GIS-programmet."),
    "zip_too_large": N_("Zip-filen blir för stor när den packas upp. Ta bort det som inte behövs."),
    "zip_unsafe": N_("Zip-filen har mappar eller filer som inte får vara med. Packa om den."),
    "zip_no_shapefile": N_("Zip-filen ska ha en Shapefile: .shp, .shx och .dbf."),
    "zip_no_shapefile.several": N_(
        "Zip-filen har flera Shapefiler. Packa var och en för sig och välj en av dem."
    ),
    "refers_out": N_("Filen hänvisar till andra filer eller adresser. Exportera den på nytt."),
    "not_finite": N_("Filen har koordinater som inte är tal. Exportera den på nytt."),
    "no_features": N_("Filen har inget på kartan. Välj en annan."),
    "no_place": N_(
        "Rader i filen som saknar plats på kartan: {detail}. Ta bort dem ur filen, eller rita dem, "
        "och ladda upp den igen."
    ),
    "several_layers": N_(
        "Filen har {detail} lager, men bara ett kan läsas in. Spara det i en egen fil och ladda "
        "upp den."
    ),
    "incomplete": N_(
        "Filen är inte hel: den säger att den har {told} objekt, men {read} går att läsa. "
        "Exportera den på nytt."
    ),
    "incomplete.part": N_(
        "Filen är bara en del av ett större svar från en karttjänst. Hämta allt, och ladda upp det."
    ),
    "looks_swapped": N_("Norr och öster ser ut att ha bytt plats i filen. Exportera den på nytt."),
    "looks_projected": N_("Välj rätt referenssystem: koordinaterna stämmer inte med det valda."),
    "looks_projected.system": N_(
        "Välj rätt referenssystem: koordinaterna stämmer inte med det valda, men med {system}."
    ),
    "looks_projected.other": N_(
        "Koordinaterna ser ut att vara i {system}, som inte kan läsas här. Exportera filen i "
        "SWEREF 99 TM och försök igen."
    ),
    "told_projected": N_(
        "Filens koordinater stämmer inte med det referenssystem som filen säger. Rätta "
        "referenssystemet i GIS-programmet och exportera filen på nytt."
    ),
    "told_projected.degrees": N_(
        "Filen säger att koordinaterna är grader, men talen ser ut som meter. Rätta "
        "referenssystemet i GIS-programmet och exportera filen på nytt."
    ),
    "told_projected.system": N_(
        "Filen hamnar inte i {municipality} med det referenssystem som den säger, men med "
        "{system}. Rätta referenssystemet i GIS-programmet och exportera filen på nytt."
    ),
    "elsewhere": N_(
        "Filen ligger omkring {distance} {direction} kommunens gräns ({place}), inte i "
        "{municipality}. Kontrollera att det är rätt fil."
    ),
    "elsewhere.given": N_(
        "Med det referenssystem som är valt ligger filen omkring {distance} {direction} kommunens "
        "gräns ({place}), inte i {municipality}. Kontrollera både referenssystemet och att det är "
        "rätt fil."
    ),
    "partly_elsewhere": N_(
        "En del av filen ligger omkring {distance} {direction} kommunens gräns ({place}). Ta bort "
        "det ur filen, eller rätta koordinaterna, och ladda upp den igen."
    ),
    "crs_missing": N_("Filen säger inte vilket referenssystem den har. Välj det i listan."),
    "crs_missing.number": N_(
        "Filen har referenssystemet EPSG:{detail}, som inte kan läsas här. Exportera den i "
        "SWEREF 99 TM och försök igen."
    ),
    "too_slow": N_("Det tog för lång tid att läsa filen. Förenkla den."),
    "not_readable": N_(
        "Filen är skadad eller ofullständig. Öppna den i GIS-programmet och exportera den på nytt."
    ),
    "no_column": N_("Kolumnen finns inte i filen. Kontrollera namnet."),
    "bad_numbers": N_("Kolumnen med antal har värden som inte är tal, eller är mindre än 0."),
    "bad_place": N_("En rad i filen saknar plats. Ta bort den och försök igen."),
    "nobody": N_("Filen räknar ingen. Kontrollera kolumnen med antal."),
    "bad_side": N_("Rutornas sida ska vara 100, 250, 500 eller 1 000 meter."),
    "source_missing": N_("Skriv varifrån filen kommer och på vilka villkor den får användas."),
    "too_long": N_("Orden om källan eller villkoren är för långa. Korta dem."),
    "edition_taken": N_("Samma fil är redan inläst."),
    "bad_name": N_("Lagrets namn får bara ha små bokstäver a–z, siffror och bindestreck."),
    "bad_edition": N_("Utgåvan får bara ha bokstäver, siffror, punkt och bindestreck."),
    "duplicate_code": N_("En kod är tom eller finns två gånger. Varje område ska ha en egen kod."),
    "overlap": N_("Områdena ligger på varandra. Laga dem i GIS-programmet."),
    "outside": N_("Filen ligger utanför {municipality} kommun. Kontrollera att det är rätt fil."),
    "no_polygons": N_("Filen har inga ytor. Exportera ytor (polygoner) och försök igen."),
    "invalid_ring": N_(
        "En yta korsar sig själv. Laga den i GIS-programmet och ladda upp filen igen."
    ),
    "too_many": N_("Lagret har för många områden. Högst 2 000."),
}
# what a file is instead, and what to do then
_INSTEAD = {
    "html": N_(
        "Filen är en webbsida, kanske ett felmeddelande, och ingen karta. Hämta kartan på nytt."
    ),
    "pointer": N_(
        "Filen är bara en hänvisning till den riktiga filen (Git LFS). Hämta den riktiga filen."
    ),
    "pdf": N_("Filen är en PDF, och en sådan har inga koordinater. Be om kartan som GIS-fil."),
    "picture": N_("Filen är en bild, och inga ytor. Be om kartan som GIS-fil."),
    "office": N_(
        "Filen är ett kalkylark eller dokument från ett kontorsprogram. Spara tabellen som CSV, "
        "eller be om kartan som GIS-fil."
    ),
    "gpkg": N_("Filen är en GeoPackage. Byt filens ändelse till .gpkg och ladda upp den igen."),
    "zip": N_(
        "Filen är en zip-fil. Har den en Shapefile i sig, byt ändelsen till .zip. Packa annars upp "
        "den först."
    ),
    "gzip": N_("Filen är packad (gzip). Packa upp den och ladda upp det som är i den."),
    "packed": N_("Filen är packad. Packa upp den och ladda upp det som är i den."),
    "kml": N_("Filen är KML. Byt filens ändelse till .kml och ladda upp den igen."),
    "json": N_("Filen är JSON. Byt filens ändelse till .geojson och ladda upp den igen."),
    "xml": N_("Filen är XML men inte KML, kanske GML. Exportera den som GeoPackage eller GeoJSON."),
    "dxf": N_("Filen är en DXF-ritning. Byt filens ändelse till .dxf och ladda upp den igen."),
    "dwg": N_("Filen är en DWG-ritning. Spara den som DXF och ladda upp den."),
    "binary_dxf": N_("Ritningen är en binär DXF. Spara den som DXF i textform (ASCII)."),
    "flatgeobuf": N_("Filen är FlatGeobuf. Exportera den som GeoPackage eller GeoJSON."),
    "parquet": N_("Filen är Parquet. Exportera den som GeoPackage eller GeoJSON."),
    "shapefile_part": N_(
        "Filen är en del av en Shapefile. Packa .shp, .shx, .dbf och .prj i en zip-fil tillsammans."
    ),
    "kmz": N_("Filen är en packad KML (KMZ). Packa upp den och ladda upp KML-filen i den."),
    "json_list": N_(
        "Filen är en lista i JSON och inte GeoJSON. Exportera kartan som GeoJSON, med alla objekt "
        "i en FeatureCollection."
    ),
    "json_lines": N_(
        "Filen har ett objekt på varje rad (GeoJSON Lines). Exportera den som vanlig GeoJSON, med "
        "alla objekt i en FeatureCollection."
    ),
    "lines": N_(
        "Filen har ett objekt på varje rad (GeoJSON Lines). Exportera den som vanlig GeoJSON, med "
        "alla objekt i en FeatureCollection."
    ),
    "encoding": N_(
        "Filens text är inte sparad som UTF-8. Spara den så, eller exportera den på nytt, och "
        "ladda upp den igen."
    ),
    "topojson": N_("Filen är TopoJSON och inte GeoJSON. Exportera den som GeoJSON."),
    "esri": N_(
        "Filen är JSON från Esri (ArcGIS) och inte GeoJSON. Hämta den som GeoJSON (f=geojson)."
    ),
    "stac": N_(
        "Filen är ett register över kartor (STAC) och ingen karta. Hämta kartan som den pekar på."
    ),
    "letters": N_(
        "Filen liknar GeoJSON, men stora och små bokstäver är fel. Det ska stå ”type” och till "
        "exempel ”FeatureCollection” och ”Polygon”. Exportera den på nytt."
    ),
    "style": N_(
        "Filen säger hur en karta ska se ut, och har inga ytor i sig. Hämta själva kartan."
    ),
    "service": N_(
        "Filen beskriver en karttjänst och är ingen karta. Hämta objekten från tjänsten som "
        "GeoJSON."
    ),
    "fault": N_("Filen är ett felmeddelande från en tjänst och ingen karta. Hämta kartan på nytt."),
}
_INSTEAD |= dict.fromkeys(("shp", "shx", "dbf", "prj"), _INSTEAD["shapefile_part"])
_DIRECTIONS = (
    N_("norr om"),
    N_("nordost om"),
    N_("öster om"),
    N_("sydost om"),
    N_("söder om"),
    N_("sydväst om"),
    N_("väster om"),
    N_("nordväst om"),
)
_NORTH, _SOUTH, _EAST, _WEST = N_("{n}° N"), N_("{n}° S"), N_("{n}° O"), N_("{n}° V")
_KILOMETRES, _NEAR = N_("{n} kilometer"), N_("mindre än en kilometer")


def say(code: str, detail: str = "", place: Place | None = None, *, spoken: str = "sv") -> str:
    """Return the sentence for a fault, in a language; empty for a code that is not known here."""
    sentence = _sentence(code, detail, place)
    if not sentence:
        return ""
    words = {"detail": detail}
    if code == "incomplete":
        words["read"], _slash, words["told"] = detail.partition("/")
    if detail.isdecimal():
        words["system"] = _system(int(detail), spoken)
    if place is not None:
        words |= _where(place, spoken)
    return in_language(sentence, spoken).format(**words)


def _sentence(code: str, detail: str, place: Place | None) -> str:
    if code in {"not_supported", "not_geojson"} and detail in _INSTEAD:
        return _INSTEAD[detail]
    if code == "incomplete" and detail.endswith("/"):
        return SENTENCES["incomplete.part"]
    if code == "told_projected" and detail.isdecimal():
        return SENTENCES["told_projected.system"]
    if code == "looks_projected" and detail.isdecimal():
        is_read = int(detail) in gis_position.systems()
        return SENTENCES[f"looks_projected.{'system' if is_read else 'other'}"]
    if code == "crs_missing" and detail.isdecimal() and int(detail):
        return SENTENCES["crs_missing.number"]
    if code.endswith("elsewhere") and place is None:
        return SENTENCES["outside"]
    return SENTENCES.get(f"{code}.{detail}") or SENTENCES.get(code, "")


@cache
def system_names() -> dict[int, str]:
    """Return the names of the reference systems that can be chosen, by their numbers."""
    return {n: _NAMES.get(n) or crs.LOCAL_SYSTEMS[n] for n in gis_position.systems()}


def _system(epsg: int, spoken: str) -> str:
    names = system_names()
    if epsg in names:
        return in_language(names[epsg], spoken)
    return str(CRS.from_epsg(epsg).name) if epsg in gis_position.not_read() else f"EPSG:{epsg}"


def is_known(code: str, detail: str) -> bool:
    """Tell whether a fault with this detail has a sentence of its own."""
    return bool(detail) and _sentence(code, detail, None) != SENTENCES.get(code, "")


def _where(place: Place, spoken: str) -> dict[str, str]:
    """Say how far away, in which direction and at which coordinates a place lies."""
    lon, lat = place
    away = area_choice.away_from(place)
    north = in_language(_NORTH if lat >= 0 else _SOUTH, spoken).format(n=_degrees(lat, spoken))
    east = in_language(_EAST if lon >= 0 else _WEST, spoken).format(n=_degrees(lon, spoken))
    return {
        "place": f"{north}, {east}",
        "direction": in_language(_DIRECTIONS[away.direction], spoken),
        "distance": say_distance(away.metres, spoken),
    }


def _degrees(value: float, spoken: str) -> str:
    return str(format_decimal(abs(value), format="0.00", locale=spoken))


def say_distance(metres: float, spoken: str = "sv") -> str:
    """Say a rough distance: whole kilometres, then tens, then hundreds."""
    kilometres = metres / 1000
    if kilometres < 1:
        return in_language(_NEAR, spoken)
    step = 1 if kilometres < 100 else 10 if kilometres < 1000 else 100
    rounded = round(kilometres / step) * step
    written = str(format_decimal(rounded, locale=spoken)).replace("\u00a0", "\u2009")
    return in_language(_KILOMETRES, spoken).format(n=written)
