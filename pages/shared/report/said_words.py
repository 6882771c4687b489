"""How counts are said in a report, alike in every part of it."""

from __future__ import annotations

import pandas as pd

from data.comments import results
from data.output.report import Report, ThemeAccount
from pages.shared.words.texts import OUTCOME_WORDS, and_list, number

EXAMPLE = "EXEMPEL – inte ett riktigt beslut"
FEW = "för få svar"
NOTHING = "–"
NOT_A_VOTE = (
    "Det här är inte en omröstning. De som har skrivit har valt det själva, så siffrorna säger "
    "inte vad alla i kommunen tycker."
)


def say_heard(report: Report) -> str:
    """Say how many comments, from how many persons, everything rests on."""
    totals = report.totals
    if not totals.comments:
        return "Ingen synpunkt är publicerad än."
    said = count(totals.comments, "synpunkt", "synpunkter")
    if totals.persons is None:
        return f"{said} från färre än 5 personer."
    return f"{said} från ungefär {_persons_beside(totals.comments, totals.persons)}."


def _persons_beside(comments: int, persons: int) -> str:
    if results.is_about_as_many(comments, persons):
        return "lika många personer"
    return f"{number(persons)} personer"


def count(n: int, one: str, many: str) -> str:
    """Say a number of things: ``1 synpunkt``, ``12 synpunkter``."""
    return f"{number(n)} {one if n == 1 else many}"


def persons(value: int | None) -> str:
    """Say a protected number of persons."""
    return FEW if value is None or pd.isna(value) else number(int(value))


def say_persons_of(theme: ThemeAccount) -> str:
    """Say how many comments a theme has, from how many persons and where."""
    said = count(theme.comments, "synpunkt", "synpunkter")
    if theme.persons:
        said += f" från ungefär {_persons_beside(theme.comments, theme.persons)}"
    areas = [name.replace(", ", "/") for name in theme.areas]
    return f"{said}. Mest från {and_list(areas)}." if areas else f"{said}."


def outcome(theme: ThemeAccount) -> str:
    """Say what became of what a theme asks for."""
    return OUTCOME_WORDS[theme.outcome] if theme.outcome else "inte avgjort"
