"""How many comments, or persons, areas have: the classes of a map, and where the most are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from data.comments import results
from geo import classes
from pages.shared.words.texts import _, and_list, ngettext, number

# inclusive upper bounds before they are fitted; persons come in steps of five
COMMENT_BREAKS = (2, 5, 10, 20)
PERSON_BREAKS = (5, 10, 20, 40)
NAMED = 3


def say_spoken(comments: int, persons: int) -> str:
    """Say how many comments there are, and how many persons (rounded) they come from."""
    said = ngettext("{n} synpunkt", "{n} synpunkter", comments).format(n=number(comments))
    return f"{said} {say_from(comments, persons)}" if persons else said


def say_from(comments: int, persons: int) -> str:
    """Say how many persons (rounded) comments come from, beside their number."""
    if results.is_about_as_many(comments, persons):
        return _("från ungefär lika många personer")
    return _("från ungefär {n} personer").format(n=number(persons))


def breaks_of(counts: Iterable[float], bounds: tuple[int, ...] = COMMENT_BREAKS) -> tuple[int, ...]:
    """Fit the classes to the largest of the counts; some, or all, may be missing."""
    largest = max((int(count) for count in counts if not pd.isna(count)), default=0)
    return classes.fitted(bounds, largest)


def say_most(counts: Mapping[str, int], together: int) -> str:
    """Say which areas most of `together` comments are about; `counts` are by the areas' names."""
    most = max(counts.values(), default=0)
    if not most:
        return _("Ingen synpunkt gäller en särskild plats.")
    # a name that lists districts holds commas of its own
    names = sorted(
        name.replace("Ruta ", "rutan ").replace(", ", "/")
        for name, count in counts.items()
        if count == most
    )
    if len(names) == 1:
        said = _("Flest synpunkter gäller {place}: {n} av {all}.")
    elif len(names) <= NAMED:
        said = _("Flest synpunkter gäller {place}: {n} var, av {all}.")
    else:
        said = _("Synpunkterna är utspridda. Inget område har fler än {n} av {all}.")
    return said.format(place=and_list(names), n=number(most), all=number(together))
