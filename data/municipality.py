"""The municipality that the service is for: what is true of it only, read from its folder.

Everything stands in ``municipality.toml`` and in the files that it names. The setting
``DIALOG_MUNICIPALITY`` chooses the folder.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Annotated, ClassVar

from babel import Locale
from pydantic import BeforeValidator, ConfigDict, TypeAdapter, ValidationError

from data import settings
from geo import crs

FILE = "municipality.toml"
SWEDISH = "sv"


def _in_languages(said: object) -> object:
    """Take a text that is the same in every language as it is."""
    return {SWEDISH: said} if isinstance(said, str) else said


# a text by language; Swedish always
Words = Annotated[dict[str, str], BeforeValidator(_in_languages)]
_AS_TOLD = ConfigDict(extra="forbid")


class MunicipalityError(ValueError):
    """The folder of a municipality cannot be used; `fault` says in Swedish what is wrong in it."""

    def __init__(self, file: Path, fault: str) -> None:
        super().__init__(f"{file}: {fault}")
        self.file = file
        self.fault = fault


@dataclass(frozen=True)
class Files:
    """Names of the files in the folder; the last three may be left out."""

    __pydantic_config__: ClassVar[ConfigDict] = _AS_TOLD

    boundary: str
    localities: str
    water: str
    deso: str
    regso: str
    valdistrikt: str
    statistics: str
    ages: str
    tenures: str
    stops: str
    points: str
    villages: str = ""
    schools: str = ""
    crossings: str = ""


@dataclass(frozen=True)
class Columns:
    """Names of columns that hold a year, and so are others in another edition."""

    __pydantic_config__: ClassVar[ConfigDict] = _AS_TOLD

    population: str
    voters: str
    foreign_background: str
    low_economic_standard: str


@dataclass(frozen=True)
class Editions:
    """Which edition of each layer the files hold, as the store keeps it."""

    __pydantic_config__: ClassVar[ConfigDict] = _AS_TOLD

    deso: str
    regso: str
    valdistrikt: str


@dataclass(frozen=True)
class Totals:
    """Sums that the files must agree with."""

    __pydantic_config__: ClassVar[ConfigDict] = _AS_TOLD

    population: int


@dataclass(frozen=True)
class Contact:
    """Where the municipality is reached: its site, and how to call it, as an order."""

    __pydantic_config__: ClassVar[ConfigDict] = _AS_TOLD

    site: str
    by_phone: Words


@dataclass(frozen=True)
class Examples:
    """Places as forms show them.

    What to search for, a school as the owner of its area, and a place by its name and by its
    numbers, north first.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _AS_TOLD

    search: str
    school: Words
    place: str
    degrees: str
    metres: str


@dataclass(frozen=True)
class LocalWords:
    """Words that sentences are filled in with; the last three may be left out."""

    __pydantic_config__: ClassVar[ConfigDict] = _AS_TOLD

    everyone: Words
    divided_by: Words | None = None
    main_road: Words | None = None
    own_proposals: Words | None = None


@dataclass(frozen=True)
class Source:
    """Who made files that ship with the service, and on what terms they are used."""

    __pydantic_config__: ClassVar[ConfigDict] = _AS_TOLD

    files: list[str]
    name: Words
    source: Words
    licence: Words
    edition: Words
    note: Words | None = None


@dataclass(frozen=True)
class Municipality:
    """What ``municipality.toml`` says; `folder` is where it lies."""

    __pydantic_config__: ClassVar[ConfigDict] = _AS_TOLD

    folder: Path
    code: str
    name: str
    genitive: str
    town: str
    local_systems: list[int]
    languages: list[str]
    contact: Contact
    words: LocalWords
    totals: Totals
    editions: Editions
    files: Files
    columns: Columns
    credits: list[Source]
    examples: Examples
    minority_language: str = ""
    view: list[float] | None = None
    misspelt: list[str] = field(default_factory=list)
    no_personal_data: list[str] = field(default_factory=list)
    after_place_names: list[str] = field(default_factory=list)

    def path(self, name: str) -> Path | None:
        """Return where the file of a name in `Files` lies; None if the municipality has none."""
        file: str = getattr(self.files, name)
        return self.folder / file if file else None

    def needed(self, name: str) -> Path:
        """Return where a file lies that every municipality has."""
        return self.folder / str(getattr(self.files, name))

    @property
    def owner(self) -> str:
        """What the municipality calls itself as the one who is responsible, in Swedish."""
        return f"{self.name} kommun"

    @property
    def local_system(self) -> int:
        """The local reference system that typed coordinates are in, if not in another."""
        return self.local_systems[0]

    @property
    def demo(self) -> Path:
        """Where the examples lie, if the municipality has some."""
        return self.folder / "demo"

    @property
    def other_languages(self) -> tuple[str, ...]:
        """Languages that a proposal can be written in, beside Swedish."""
        return tuple(code for code in self.languages if code != SWEDISH)


_told: Path | None = None


def use(folder: Path) -> None:
    """Let this process be for the municipality of a folder; before anything is read of another."""
    global _told
    _told = folder
    in_use.cache_clear()


@cache
def in_use() -> Municipality:
    """Return the municipality that the service is for, read once.

    Raises
    ------
    MunicipalityError
    """
    return read(_told or folder_of(settings.load().municipality))


def folder_of(chosen: str) -> Path:
    """Return the folder of a municipality that ships with the service, or the one at a path.

    Nothing chosen is the one that ships.

    Raises
    ------
    MunicipalityError
        When nothing is chosen and not exactly one ships.
    """
    if chosen:
        inside = settings.FILES / chosen
        return inside if chosen.isalnum() and inside.is_dir() else Path(chosen)
    shipped = sorted(file.parent for file in settings.FILES.glob(f"*/{FILE}"))
    if len(shipped) != 1:
        raise MunicipalityError(settings.FILES, "välj kommun med DIALOG_MUNICIPALITY")
    return shipped[0]


def read(folder: Path) -> Municipality:
    """Return what a folder says of its municipality.

    Raises
    ------
    MunicipalityError
        When the file is missing, cannot be read, or something in it is missing or wrong.
    """
    file = folder / FILE
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise MunicipalityError(file, "filen saknas") from error
    except (OSError, ValueError) as error:
        raise MunicipalityError(file, "filen går inte att läsa som TOML") from error
    try:
        found = _READER.validate_python(told | {"folder": folder})
    except ValidationError as error:
        raise MunicipalityError(file, _fault_of(error)) from error
    _check(found, file)
    return found


_READER = TypeAdapter(Municipality)


def _fault_of(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"] if part != "function-before")
    if first["type"] == "missing":
        return f"{where} saknas"
    if first["type"] in {"unexpected_keyword_argument", "extra_forbidden"}:
        return f"{where} är inget som ska stå här"
    return f"{where} är fel skrivet"


def _check(found: Municipality, file: Path) -> None:
    """Pass if what is said can be true.

    Raises
    ------
    MunicipalityError
    """
    wrong = [f"systemet EPSG:{n} är inget lokalt system i SWEREF 99" for n in _unknown(found)]
    known = Locale(SWEDISH).languages
    spoken = {*found.languages, *filter(None, [found.minority_language])}
    wrong += [f"språket {code} är okänt" for code in sorted(spoken - {*known})]
    if found.languages[:1] != [SWEDISH]:
        wrong.append("languages ska börja med sv")
    if found.minority_language and found.minority_language not in found.languages:
        wrong.append("minority_language ska också stå i languages")
    if not found.local_systems:
        wrong.append("local_systems ska ha minst ett system")
    if found.view is not None and not _is_box(found.view):
        wrong.append("view ska vara väst, syd, öst och nord i grader")
    if any(SWEDISH not in said for said in _all_words(found)):
        wrong.append("en text saknar svenska (sv)")
    elif any(mark in said for said in _texts_of(found) for mark in "{}<>"):
        wrong.append("tecknen { } < > får inte finnas i texterna")
    if wrong:
        raise MunicipalityError(file, wrong[0])


def _unknown(found: Municipality) -> list[int]:
    return [number for number in found.local_systems if number not in crs.LOCAL_SYSTEMS]


def _is_box(view: list[float]) -> bool:
    return len(view) == 4 and view[0] < view[2] and view[1] < view[3]


def _all_words(found: Municipality) -> list[dict[str, str]]:
    words = [*words_of(found.words), found.contact.by_phone, found.examples.school]
    return words + [said for source in found.credits for said in words_of(source)]


def _texts_of(found: Municipality) -> list[str]:
    plain = [found.name, found.genitive, found.town, found.contact.site]
    plain += [
        found.examples.search,
        found.examples.place,
        found.examples.degrees,
        found.examples.metres,
    ]
    return plain + [text for said in _all_words(found) for text in said.values()]


def words_of(told: LocalWords | Source) -> list[dict[str, str]]:
    """Return the texts that a part of the file holds, each by language."""
    values = (getattr(told, one.name) for one in fields(told))
    return [value for value in values if isinstance(value, dict)]
