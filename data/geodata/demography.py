"""Who lives where: adults, age groups and background per DeSO, from SCB's open tables."""

from __future__ import annotations

from functools import cache

import pandas as pd

from data import municipality
from data.geodata import shipped
from data.models import AgeBand

# an estimate of fewer people than this is never printed
FEW = 5

FOREIGN_BACKGROUND = "foreign_background"
LOW_ECONOMIC_STANDARD = "low_economic_standard"
RENTED_HOMES = "rented_homes"
HOMES = "homes"

AGE_GROUPS = tuple(band.value for band in AgeBand)
GROUPS = (*AGE_GROUPS, FOREIGN_BACKGROUND, LOW_ECONOMIC_STANDARD, RENTED_HOMES)

# SCB's bands do not break at 15/16 and 17/18 years. Each year of age is taken to hold a fifth of
# the band 15-19: one of the five years goes to the children, and two of them are adults.
_SPLIT_BAND = "15-19"
_PARTS: dict[str, dict[str, float]] = {
    "0-15": {"0-4": 1, "5-9": 1, "10-14": 1, _SPLIT_BAND: 1 / 5},
    "16-24": {_SPLIT_BAND: 4 / 5, "20-24": 1},
    "25-64": {f"{first}-{first + 4}": 1 for first in range(25, 65, 5)},
    "65-79": {"65-69": 1, "70-74": 1, "75-79": 1},
    "80+": {"80+": 1},
}
_ADULT_PARTS: dict[str, float] = {
    _SPLIT_BAND: 2 / 5,
    "20-24": 1,
    **_PARTS["25-64"],
    **_PARTS["65-79"],
    **_PARTS["80+"],
}


@cache
def statistics() -> pd.DataFrame:
    """Return SCB's table per DeSO, checked; the index is `code`.

    Columns are `regsokod`, `regsonamn`, `beskrivande_namn`, `population`, and in per cent
    `foreign_background` and `low_economic_standard`.
    """
    town = municipality.in_use()
    file = town.needed("statistics")
    columns = {
        town.columns.population: "population",
        town.columns.foreign_background: FOREIGN_BACKGROUND,
        town.columns.low_economic_standard: LOW_ECONOMIC_STANDARD,
    }
    table = shipped.read_table(
        file, ("desokod", "regsokod", "regsonamn", "beskrivande_namn", *columns)
    )
    table = table.rename(columns=columns)
    table = table.set_index("desokod").rename_axis("code").sort_index()
    shipped.check_codes(table, file.name)
    shipped.check_population(table["population"], file.name, town.totals.population)
    return table


@cache
def _bands() -> pd.DataFrame:
    """Return people per DeSO and five-year band, scaled so that each row sums to the population.

    The cells carry SCB's protection noise and miss the published total by some persons; the
    published total is the better figure.
    """
    bands, population = _counted_bands(), statistics()["population"]
    return bands.mul(population / bands.sum(axis=1), axis=0)


@cache
def _counted_bands() -> pd.DataFrame:
    """Return people per DeSO and five-year band, as the file has them."""
    columns = ("desokod", "alder", "kon", "antal")
    file = municipality.in_use().needed("ages")
    table = shipped.read_table(file, columns)
    bands = table.pivot_table(index="desokod", columns="alder", values="antal", aggfunc="sum")
    bands = bands.rename_axis("code").sort_index().astype("float64")
    shipped.check_columns(bands, sorted({b for p in _PARTS.values() for b in p}), file.name)
    population = statistics()["population"]
    if not bands.index.equals(population.index):
        raise shipped.LayerError(file.name, "other_codes", "the DeSO codes are others")
    return bands


def ages_off() -> pd.Series[float]:
    """Return the share of each DeSO's population that its ages miss or have too many."""
    population = statistics()["population"]
    return (_counted_bands().sum(axis=1) - population).abs() / population


def _sum_of(parts: dict[str, float]) -> pd.Series[float]:
    bands = _bands()
    return bands[list(parts)].mul(pd.Series(parts)).sum(axis=1)


@cache
def adults() -> pd.Series[float]:
    """Estimate people of 18 years and more per DeSO."""
    return _sum_of(_ADULT_PARTS).rename("adults")


@cache
def indicators() -> pd.DataFrame:
    """Return each group of `GROUPS` per DeSO as a count and as a share (column ``<group>_share``).

    Counts of people are estimates: SCB publishes percentages or wider age bands. `rented_homes`
    counts dwellings, and its share is of all dwellings (column `homes`). Shares are 0-1. The
    column `population` is SCB's published figure.

    Low economic standard is an income below 60 % of the national median; foreign background is
    born abroad or with both parents born abroad.
    """
    table = statistics()
    population = table["population"].astype("float64")
    counts = pd.DataFrame({"population": population})
    for group, parts in _PARTS.items():
        counts[group] = _sum_of(parts)
    counts[FOREIGN_BACKGROUND] = population * table[FOREIGN_BACKGROUND] / 100
    counts[LOW_ECONOMIC_STANDARD] = population * table[LOW_ECONOMIC_STANDARD] / 100
    homes = _homes()
    counts[RENTED_HOMES] = homes["hyresrätt"]
    counts[HOMES] = homes.sum(axis=1)
    for group in GROUPS:
        counts[f"{group}_share"] = counts[group] / counts[unit_of(group)]
    return counts


def rounded(people_in: pd.Series[float]) -> pd.Series[int]:
    """Return estimated counts as everyone may see them: to the nearest 10, missing under five."""
    whole = ((people_in + 5) // 10 * 10).astype("Int64")
    return whole.mask((people_in > 0) & (people_in < FEW))


def unit_of(group: str) -> str:
    """Return the column that a group is a part of: ``population``, or ``homes`` for dwellings."""
    return HOMES if group == RENTED_HOMES else "population"


def _homes() -> pd.DataFrame:
    columns = ("desokod", "upplatelseform", "antal_bostader")
    file = municipality.in_use().needed("tenures")
    table = shipped.read_table(file, columns)
    homes = table.pivot_table(
        index="desokod", columns="upplatelseform", values="antal_bostader", aggfunc="sum"
    )
    shipped.check_columns(homes, ("hyresrätt",), file.name)
    return homes.rename_axis("code").sort_index().astype("float64")
