"""Whether the folder of a municipality can be used: all that is missing or does not fit.

The files are read by the functions that the service reads them with, so that no rule stands twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import shapely

from data import municipality, municipality_box
from data.decisions import impact_zones
from data.geodata import demography, gazetteer, layers, shipped
from data.municipality import Municipality, MunicipalityError
from geo import crs

# what the ages of an area may sum to beside its population, for SCB's protection noise
AGES_OFF = 0.05
# said of a fault by its code; `detail` is what it is about
SENTENCES = {
    "unreadable": "filen går inte att läsa som karta eller tabell",
    "missing_column": "kolumnen {detail} saknas",
    "duplicate_code": "koden {detail} finns två gånger",
    "duplicate_code.": "en kod är tom",
    "other_codes": "koderna är inte desamma som i {statistics}",
    "invalid_geometry": "ytan {detail} är inte giltig",
    "invalid_geometry.": "filen har inget på kartan",
    "overlap": "områdena ligger på varandra, {detail} kvadratmeter",
    "not_covered": "{detail} kvadratmeter av kommunen har inget område",
    "outside": "{detail} kvadratmeter ligger utanför kommunens gräns",
    "outside.": "något ligger utanför kommunens gräns",
    "population": "befolkningen är {detail}, men {total} står i {told}",
    "population.": "en befolkning saknas eller är mindre än 0",
}


def faults(folder: Path) -> list[str]:
    """Return what is wrong with a folder, a sentence each; nothing when it can be used."""
    municipality.use(folder)
    try:
        town = municipality.in_use()
    except MunicipalityError as error:
        return [_line(error.file.name, error.fault)]
    lost = list(_lost_files(town))
    if lost:
        # what the files say of each other is told when all are there
        return [*lost, *_untold_sources(town)]
    found = [*_untold_sources(town), *_read_all(town)]
    return list(dict.fromkeys(found))


def _line(file: str, fault: str) -> str:
    return f"{file}: {fault}"


def _lost_files(town: Municipality) -> Iterator[str]:
    for name in vars(town.files):
        path = town.path(name)
        if path is not None and not path.is_file():
            yield _line(path.name, "filen saknas")


def _untold_sources(town: Municipality) -> Iterator[str]:
    told = [name for source in town.credits for name in source.files]
    for name in told:
        if name not in vars(town.files):
            yield _line(municipality.FILE, f"credits nämner {name}, som inte finns i files")
    for name, file in vars(town.files).items():
        # the municipality's own list has no other source
        if file and name != "crossings" and name not in told:
            yield _line(municipality.FILE, f"credits säger inte var {name} kommer ifrån")


def _read_all(town: Municipality) -> Iterator[str]:
    """Read everything, and tell each fault; a boundary that is wrong hides all the others."""
    try:
        layers.municipality()
    except shipped.LayerError as error:
        yield _said(error, town)
        return
    readers: list[Callable[[], object]] = [
        demography.statistics,
        demography.indicators,
        *(lambda layer=layer: layers.frame(layer) for layer in (layers.DESO, layers.REGSO)),
        lambda: layers.frame(layers.VALDISTRIKT),
        gazetteer.towns,
        gazetteer.lakes_and_rivers,
        gazetteer.stops,
        gazetteer.services,
        lambda: gazetteer.villages(layers.frame(layers.VALDISTRIKT)),
        impact_zones.crossings,
    ]
    is_whole = True
    for read in readers:
        try:
            read()
        except shipped.LayerError as error:
            is_whole = False
            yield _said(error, town)
    if is_whole:
        yield from _unlike(town)


def _said(error: shipped.LayerError, town: Municipality) -> str:
    told = SENTENCES.get(error.code if error.detail else f"{error.code}.")
    sentence = told or SENTENCES.get(error.code, "filen går inte att använda")
    return _line(
        error.file,
        sentence.format(
            detail=error.detail,
            statistics=town.files.statistics,
            total=town.totals.population,
            told=municipality.FILE,
        ),
    )


def _unlike(town: Municipality) -> Iterator[str]:
    """Tell what is well written in each file, but does not fit the others."""
    above = set(demography.statistics()["regsokod"]) ^ set(layers.frame(layers.REGSO).index)
    if above:
        fault = f"regsokod {min(map(str, above))} finns inte i både tabellen och kartan"
        yield _line(town.files.statistics, fault)
    off = demography.ages_off()
    for code in off[off > AGES_OFF].index:
        yield _line(town.files.ages, f"åldrarna i {code} ger inte områdets befolkning")
    stops = gazetteer.stops()
    xy = np.array([(stop.x, stop.y) for stop in stops]).reshape(-1, 2)
    around = layers.municipality().buffer(1_000)
    beside = int((~shapely.intersects_xy(around, xy[:, 0], xy[:, 1])).sum())
    if beside:
        yield _line(town.files.stops, f"{beside} hållplatser ligger långt utanför kommunen")
    if town.view is not None and not shapely.box(*town.view).intersects(
        shapely.box(*municipality_box.box())
    ):
        yield _line(municipality.FILE, "view visar inget av kommunen")
    if not _is_in_zone(town):
        yield _line(municipality.FILE, "local_systems är inte det som används där kommunen ligger")


def _is_in_zone(town: Municipality) -> bool:
    """Tell whether the municipality lies within a few degrees of its local system's meridian."""
    lon, _ = municipality_box.centre()
    name = crs.LOCAL_SYSTEMS[town.local_system]
    degrees, minutes = (int(part) for part in name.split()[-2:])
    return abs(lon - (degrees + minutes / 60)) < 2.5
