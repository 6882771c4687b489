"""The command lines: a new sign-in link while the service runs, and the municipality's own files.

Files are loaded with the service stopped, by the same functions, checks and log as the pages.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TextIO

import geopandas as gpd

from data import (
    clock,
    file_words,
    gis_files,
    layer_import,
    own_grids,
    running,
    settings,
    store,
    store_faults,
)
from data.models import Staff
from geo import own_grid

# whoever can run a command on the machine may do everything there
ACTOR = Staff("Kommandorad", frozenset({"admin"}))
_CAUSES = (gis_files.GisFileError, layer_import.LayerImportError, own_grids.GridError)
LINK = "link"
WHY_NO_LINK = {
    "not_running": (
        "Tjänsten är inte igång med databasen {file}. Starta den, så skriver den ut en länk."
    ),
    "not_yours": "Bara den som kör tjänsten får be om en länk. Kör kommandot som samma användare.",
    "provider": "Personalen loggar in med sitt vanliga konto, så det finns inga länkar.",
    "no_sockets": "Tjänsten kan inte svara på kommandon på den här datorn.",
}
HOW = "Skriv så här: python -m data link. Det ger en ny inloggningslänk, medan tjänsten är igång."
NO_ANSWER = "Tjänsten svarade inte. Försök igen om en stund."


def main(arguments: Sequence[str]) -> int:
    """Do what ``python -m data …`` asks for. Gives the exit status."""
    known: dict[tuple[str, ...], Callable[[], int]] = {(LINK,): new_link}
    do = known.get(tuple(arguments))
    if do is None:
        _say(HOW, sys.stderr)
        return 2
    return do()


def new_link() -> int:
    """Ask the running service for a link that signs one person in, and print it."""
    database = settings.load().database
    try:
        link = running.ask(database, LINK)
    except running.RunningError as error:
        _say(WHY_NO_LINK.get(error.code, NO_ANSWER).format(file=database), sys.stderr)
        return 1
    _say(link, sys.stdout)
    return 0


def import_layer(arguments: Sequence[str]) -> int:
    """Load a layer: ``import FILE --layer NAME --code FIELD …``. Gives the exit status."""
    parser = _parser("data.layers", "Läs in ett lager av områden")
    for name in ("layer", "code", "name", "edition"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--population")
    asked = parser.parse_args(arguments)

    def load() -> str:
        made = layer_import.add(
            ACTOR,
            _read(asked),
            layer=asked.layer,
            code=asked.code,
            name=asked.name,
            edition=asked.edition,
            population=asked.population,
            source=asked.source,
            licence=asked.licence,
            at=clock.now(),
        )
        return f"Lagret {made.key} är inläst. Synpunkter och förslag har fått sina områdeskoder."

    return _run(load)


def import_grid(arguments: Sequence[str]) -> int:
    """Load a population grid: ``import FILE --people FIELD …``. Gives the exit status."""
    parser = _parser("data.own_grids", "Läs in befolkningsrutor")
    parser.add_argument("--people", required=True, help="kolumnen med antal personer")
    parser.add_argument("--side", required=True, type=float, choices=own_grid.SIDES_M)
    parser.add_argument("--year", required=True, type=int)
    asked = parser.parse_args(arguments)

    def load() -> str:
        fit = own_grids.import_grid(
            ACTOR,
            _read(asked),
            column=asked.people,
            side_m=asked.side,
            source=asked.source,
            licence=asked.licence,
            year=asked.year,
            at=clock.now(),
        )
        return (
            f"{fit.squares} rutor med {fit.counted:.0f} personer är inlästa. "
            f"{100 * fit.off:.1f} procent hamnar i en annan ruta än där de räknades."
        )

    return _run(load)


def _parser(module: str, about: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"python -m {module}", description=about)
    parser.add_argument("import", choices=["import"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--source", required=True, help="varifrån filen kommer")
    parser.add_argument("--licence", required=True, help="på vilka villkor den får användas")
    parser.add_argument("--epsg", type=int, help="referenssystem, om filen inte säger det")
    return parser


def _read(asked: argparse.Namespace) -> gpd.GeoDataFrame:
    path: Path = asked.file
    return gis_files.read_whole_here(path.read_bytes(), path.name, epsg=asked.epsg)


def _run(load: Callable[[], str]) -> int:
    database = settings.load().database
    try:
        store.open_store(database)
        said = load()
    except store.StoreError as error:
        swedish, _english = store_faults.say(error.code, database)
        _say(f"{swedish} Är tjänsten stoppad?" if error.code == "locked" else swedish, sys.stderr)
        return 1
    except OSError:
        _say("Filen gick inte att läsa in: den finns inte, eller får inte läsas.", sys.stderr)
        return 1
    except _CAUSES as error:
        said = file_words.say(
            error.code, getattr(error, "detail", ""), getattr(error, "place", None)
        )
        _say(f"Filen gick inte att läsa in: {said or error.code}", sys.stderr)
        return 1
    finally:
        store.close_store()
    _say(said, sys.stdout)
    return 0


def _say(text: str, where: TextIO) -> None:
    where.write(text + "\n")
