"""The commands: a sign-in link while the service runs, the municipality's folder and own files.

Files are loaded with the service stopped, by the same functions, checks and log as the pages.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

import geopandas as gpd

from data import clock, control_socket, municipality, settings, store
from data.command_line import Command
from data.models import Staff
from data.planning import file_words, layer_import, municipality_check, own_grids
from data.store import faults
from data.uploads import gis_files
from geo import own_grid

# whoever can run a command on the machine may do everything there
ACTOR = Staff("Kommandorad", frozenset({"admin"}))
CAUSES = (gis_files.GisFileError, layer_import.LayerImportError, own_grids.GridError)
LINK = "link"
WHY_NO_LINK = {
    "not_running": (
        "Tjänsten är inte igång med databasen {file}. Starta den, så skriver den ut en länk."
    ),
    "not_yours": "Bara den som kör tjänsten får be om en länk. Kör kommandot som samma användare.",
    "provider": "Personalen loggar in med sitt vanliga konto, så det finns inga länkar.",
    "no_sockets": "Tjänsten kan inte svara på kommandon på den här datorn.",
}
NO_ANSWER = "Tjänsten svarade inte. Försök igen om en stund."


def add_to(command: Command) -> None:
    """Add the commands of this module: ``link``, ``check``, ``import layer``, ``import grid``."""
    link = command.add_verb(LINK, "ge en ny inloggningslänk, medan tjänsten är igång")
    link.set_defaults(act=new_link)
    check = command.add_verb("check", "se efter om en kommuns mapp går att använda")
    about = "mappen, om inte den som tjänsten är inställd på"
    check.fields.add_argument("folder", metavar="MAPP", nargs="?", default="", help=about)
    check.set_defaults(act=check_municipality)
    load = command.add_verb("import", "läs in kommunens egen fil, med tjänsten stoppad")
    _ask_for_layer(load.add_verb("layer", "ett lager av områden"))
    _ask_for_grid(load.add_verb("grid", "befolkningsrutor"))


def new_link(_asked: argparse.Namespace) -> int:
    """Ask the running service for a link that signs one person in, and print it."""
    database = settings.load().database
    try:
        link = control_socket.ask(database, LINK)
    except control_socket.RunningError as error:
        _say(WHY_NO_LINK.get(error.code, NO_ANSWER).format(file=database), sys.stderr)
        return 1
    _say(link, sys.stdout)
    return 0


def check_municipality(asked: argparse.Namespace) -> int:
    """Say all that is missing or does not fit in a municipality's folder: ``check [FOLDER]``."""
    chosen = asked.folder or settings.load().municipality
    try:
        folder = municipality.folder_of(chosen)
    except municipality.MunicipalityError as error:
        _say(f"{error.file}: {error.fault}", sys.stderr)
        return 1
    found = municipality_check.faults(folder)
    if found:
        _say("\n".join([f"Att rätta i {folder}:", *(f"- {one}" for one in found)]), sys.stderr)
        return 1
    town = municipality.in_use()
    _say(f"{folder} går att använda: {town.owner}, {town.totals.population} invånare.", sys.stdout)
    return 0


def _ask_for_layer(command: Command) -> None:
    _ask_for_file(command)
    asked = command.fields.add_argument
    asked("--layer", required=True, help="lagrets korta namn, till exempel stadsdelar")
    asked("--code", required=True, help="fältet med områdets kod")
    asked("--name", required=True, help="fältet med områdets namn")
    asked("--edition", required=True, help="vilken utgåva det är, till exempel 2027")
    asked("--population", help="fältet med antal personer, om det finns")
    command.set_defaults(act=import_layer)


def import_layer(asked: argparse.Namespace) -> int:
    """Load a layer: ``import layer FILE --layer NAME --code FIELD …``. Returns the exit status."""

    def load() -> str:
        made = layer_import.add(
            ACTOR,
            _read(asked),
            layer_import.NewLayer(
                layer=asked.layer,
                code=asked.code,
                name=asked.name,
                edition=asked.edition,
                population=asked.population,
                source=asked.source,
                licence=asked.licence,
            ),
            at=clock.now(),
        )
        return f"Lagret {made.key} är inläst. Synpunkter och förslag har fått sina områdeskoder."

    return run(load)


def _ask_for_grid(command: Command) -> None:
    _ask_for_file(command)
    asked = command.fields.add_argument
    asked("--people", required=True, help="kolumnen med antal personer")
    asked("--side", required=True, type=float, choices=own_grid.SIDES_M, help="rutans sida i meter")
    asked("--year", required=True, type=int, help="vilket år personerna räknades")
    command.set_defaults(act=import_grid)


def import_grid(asked: argparse.Namespace) -> int:
    """Load a population grid: ``import grid FILE --people FIELD …``. Returns the exit status."""

    def load() -> str:
        fit = own_grids.import_grid(
            ACTOR,
            _read(asked),
            own_grids.NewGrid(
                column=asked.people,
                side_m=asked.side,
                source=asked.source,
                licence=asked.licence,
                year=asked.year,
            ),
            at=clock.now(),
        )
        return (
            f"{fit.squares} rutor med {fit.counted:.0f} personer är inlästa. "
            f"{100 * fit.off:.1f} procent hamnar i en annan ruta än där de räknades."
        )

    return run(load)


def _ask_for_file(command: Command) -> None:
    asked = command.fields.add_argument
    asked("file", metavar="FIL", type=Path, help="filen som ska läsas in")
    asked("--source", required=True, help="varifrån filen kommer")
    asked("--licence", required=True, help="på vilka villkor den får användas")
    asked("--epsg", type=int, help="referenssystem, om filen inte säger det")


def _read(asked: argparse.Namespace) -> gpd.GeoDataFrame:
    path: Path = asked.file
    return gis_files.read_whole_here(path.read_bytes(), path.name, epsg=asked.epsg)


def run(load: Callable[[], str]) -> int:
    """Do something with the store open; say what was done, or why not. Returns the exit status."""
    database = settings.load().database
    try:
        store.open_store(database)
        said = load()
    except store.StoreError as error:
        swedish, _english = faults.say(error.code, database)
        _say(f"{swedish} Är tjänsten stoppad?" if error.code == "locked" else swedish, sys.stderr)
        return 1
    except OSError:
        _say("Filen gick inte att läsa in: den finns inte, eller får inte läsas.", sys.stderr)
        return 1
    except CAUSES as error:
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
