"""The municipality's own words: what texts are filled in with, and texts that it alone has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from babel import Locale

from data import municipality
from data.municipality import SWEDISH
from data.text_normalization import capital
from geo import crs

_PLACE = re.compile(r"\{([a-zD_]+)\}")


def filled(text: str, spoken: str) -> str:
    """Return a text with the municipality's words in their places; other places stay."""
    if "{" not in text:
        return text
    said = filling(spoken)
    return _PLACE.sub(lambda place: said.get(place[1], place[0]), text)


@cache
def own_texts() -> Mapping[str, Mapping[str, str]]:
    """Return the municipality's own texts in every language, by their Swedish."""
    said = [
        words for source in municipality.in_use().credits for words in municipality.words_of(source)
    ]
    return {words[SWEDISH]: words for words in said if SWEDISH in words}


@cache
def filling(spoken: str) -> Mapping[str, str]:
    """Return what texts are filled in with, by the name of the place in the text."""
    town = municipality.in_use()
    words = town.words
    said = {
        "municipality": town.name,
        "municipality_genitive": town.genitive,
        "site_name": town.contact.site.partition("//")[2].removeprefix("www."),
        "local_system": crs.LOCAL_SYSTEMS[town.local_system],
        "example_search": town.examples.search,
        "example_school": _said(town.examples.school, spoken),
        "example_place": town.examples.place,
        "example_degrees": _decimals(town.examples.degrees, spoken),
        "example_metres": town.examples.metres,
        "by_phone": _said(town.contact.by_phone, spoken),
        "everyone": _said(words.everyone, spoken),
        "divided_by": _said(words.divided_by, spoken),
        "main_road": _said(words.main_road, spoken),
        "own_proposals": _said(words.own_proposals, spoken),
        "minority_language": language_name(town.minority_language, spoken),
        "other_languages": _and(
            [language_name(code, spoken) for code in town.other_languages], spoken
        ),
    }
    return said | {"Divided_by": capital(said["divided_by"])}


def _decimals(numbers: str, spoken: str) -> str:
    """Return numbers with the decimal sign of a language; Swedish ones have a comma."""
    return numbers if spoken == SWEDISH else numbers.replace(",", ".")


def _said(words: Mapping[str, str] | None, spoken: str) -> str:
    return "" if words is None else words.get(spoken, words[SWEDISH])


def language_name(code: str, spoken: str) -> str:
    """Return what a language is called in another: ``finska``; nothing for no language."""
    return str(Locale(spoken).languages.get(code, code))


def _and(parts: list[str], spoken: str) -> str:
    joining = {SWEDISH: " och "}.get(spoken, " and ")
    return joining.join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
