"""Texts: every one has its English, with the same places to fill in; words and numbers as said."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest
from babel.messages import extract, pofile
from hypothesis import given
from hypothesis import strategies as some

from data.affected import participation
from geo import representation
from pages.shared import folders
from pages.shared.words import texts, words

ROOT = Path(__file__).resolve().parents[1]
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
CATALOGUE = folders.LOCALE / "en" / "LC_MESSAGES" / "dialogkartan.po"
FIELD = re.compile(r"\{[^}]*\}")
TODAY = date(2026, 11, 23)


def _extracted() -> Iterator[tuple[str, ...]]:
    for folder in ("pages", "data"):
        found = extract.extract_from_dir(
            ROOT / folder, method_map=[("**.py", "python")], keywords=KEYWORDS
        )
        for _file, _line, message, _comments, _context in found:
            yield message if isinstance(message, tuple) else (message,)


@pytest.fixture(scope="module")
def english() -> dict[tuple[str, ...], tuple[str, ...]]:
    with CATALOGUE.open("rb") as source:
        catalogue = pofile.read_po(source, locale="en")
    assert not list(catalogue.obsolete)
    assert not [one.id for one in catalogue if one.fuzzy and one.id]
    return {_forms(one.id): _forms(one.string) for one in catalogue if one.id}


def _forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def test_every_text_has_its_english_and_none_is_left_over(english):
    used = set(_extracted())
    assert sorted(used - set(english)) == []
    assert sorted(set(english) - used) == []
    assert [message for message, said in english.items() if not all(said)] == []


def _calls_in_f_strings(file: Path) -> list[int]:
    """Return the lines where a text is asked for inside an f-string, unseen by gettext."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    inside = (
        node
        for text in ast.walk(tree)
        if isinstance(text, ast.JoinedStr)
        for node in ast.walk(text)
    )
    return [
        node.lineno
        for node in inside
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in KEYWORDS
        and isinstance(node.args[0], ast.Constant)
    ]


def test_no_text_hides_in_an_f_string():
    hidden = {file: _calls_in_f_strings(file) for file in (ROOT / "pages").rglob("*.py")}
    assert {file: lines for file, lines in hidden.items() if lines} == {}


def test_a_translation_fills_in_the_same_places(english):
    wrong = [
        message
        for message, said in english.items()
        if {*FIELD.findall(message[-1])} != {*FIELD.findall(said[-1])}
    ]
    assert wrong == []


def test_a_translation_keeps_what_is_bold(english):
    assert [m for m, said in english.items() if m[0].count("**") != said[0].count("**")] == []


def test_words_that_data_and_geo_give_are_in_the_catalogue(english):
    stored = [*words.STATUS_WORDS.values(), participation.SILENT, participation.NOT_AFFECTED]
    stored += [representation.FEWER, representation.AS_EXPECTED, representation.MORE]
    stored += [representation.TOO_FEW]
    assert [said for said in stored if (said,) not in english] == []


def test_every_stored_word_has_a_word_to_be_read():
    for kind, said in words.WORDS_OF.items():
        assert issubclass(kind, StrEnum)
        assert set(said) == set(kind)


@pytest.fixture
def swedish() -> Iterator[None]:
    known = texts._spoken.set("sv")
    yield
    texts._spoken.reset(known)


@pytest.mark.parametrize(
    ("value", "decimals", "said"),
    [(17_600, 0, "17\u202f600"), (1.58, 1, "1,6"), (0, 0, "0"), (1_234.5, 1, "1\u202f234,5")],
)
def test_numbers_are_written_as_in_swedish(swedish, value, decimals, said):
    assert texts.number(value, decimals=decimals) == said


def test_days_are_said_as_people_say_them(swedish):
    assert texts.say_day(date(2026, 12, 21), today=TODAY) == "måndag 21 december"
    assert texts.say_day(date(2027, 12, 21), today=TODAY) == "tisdag 21 december 2027"
    assert texts.say_until(date(2026, 12, 21), today=TODAY) == "till och med måndag 21 december"
    assert texts.say_days_left(1) == "1 dag kvar"
    assert texts.say_days_left(28) == "28 dagar kvar"


@given(some.text(max_size=60))
def test_escaped_text_has_no_sign_left_that_markdown_acts_on(text):
    said = texts.plain(text)
    bare = re.sub(r"\\.", "", said)
    assert not re.search(r"[*_`\[\]<~$|]", bare)
