"""What every page does alike: says a time, gives a number to call, tells its language."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from data import datetime_format, version
from data.decisions import decisions
from data.models import DecisionText, Kind
from data.output import export_tables
from data.review import vocabulary
from pages.shared.widgets import contact
from pages.shared.words import words
from pages.shared.words.texts import in_language
from tests.conftest import make_decision
from tests.page_kit import open_page
from tests.page_kit import words as read

pytestmark = pytest.mark.usefixtures("at_noon")
NIGHT = datetime(2026, 11, 29, 23, 59, tzinfo=UTC)
SUMMER = datetime(2031, 6, 30, 22, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "spoken", "said"),
    [
        (NIGHT, "sv", "30 november 2026 kl. 00.59"),
        (NIGHT, "en", "30 November 2026 at 00:59"),
        (SUMMER, "sv", "1 juli 2031 kl. 00.05"),
    ],
)
def test_a_time_is_said_as_the_clock_on_the_wall_shows_it(at, spoken, said):
    assert datetime_format.say(at, spoken) == said


def test_a_time_in_a_table_is_short_and_an_hour_stands_alone():
    assert datetime_format.say_short(NIGHT) == "30 nov. 2026 kl. 00.59"
    assert datetime_format.say_hour(NIGHT) == "kl. 00.59"


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("0586-000 00", ["tel:058600000"]),
        ("0586\u2011610\u00a000 eller 070-123 45 67", ["tel:058661000", "tel:0701234567"]),
        ("+46 (0)586 610 00 (växeln)", ["tel:+4658661000"]),
        ("0586-610 00 / 070-123 45 67", ["tel:058661000", "tel:0701234567"]),
        ("0586-610 00 (8–16)", ["tel:058661000"]),
        ("(0586) 610 00 eller 0586/610 01", ["tel:058661000", "tel:058661001"]),
        ("0586 – 610 00", ["tel:058661000"]),
        ("växeln, klockan 8–16", []),
        ("", []),
    ],
)
def test_a_number_is_a_link_that_calls_it(written, dialled):
    links = [part.split('"')[0] for part in contact.phone_link(written).split('href="')[1:]]
    assert links == dialled


@given(some.text(max_size=40))
def test_whatever_stands_as_a_number_is_shown_and_is_never_markup(text):
    said = contact.phone_link(f"<b>{text}</b>")
    assert "<b>" not in said
    assert said.startswith("&lt;b&gt;")


def test_a_proposals_page_has_its_number_as_a_link(decision):
    shown = open_page("forslag.py", id=decision.id)
    assert '<a href="tel:058600000">0586-000 00</a>' in "".join(
        piece.proto.body for piece in shown.get("html")
    )


def test_every_page_ends_with_the_version(decision):
    for file in ("overview.py", "forslag.py", "om.py"):
        shown = open_page(file, id=decision.id)
        footer = [one.proto.body for one in shown.get("html")][-1]
        assert f"Dialogkartan {version.number()}" in footer
        assert "<nav" in footer


def _boxes(shown, prefix: str) -> list[str]:
    """Return the words in every box whose name begins with `prefix`."""
    found: list[str] = []
    todo = [shown.main]
    while todo:
        block = todo.pop()
        for child in block.children.values():
            if prefix in getattr(getattr(child, "proto", None), "id", ""):
                found += [str(piece.value) for piece in child if hasattr(piece, "value")]
            if hasattr(child, "children"):
                todo.append(child)
    return found


def test_a_proposal_without_english_is_marked_as_swedish_for_an_english_reader(decision):
    shown = open_page("forslag.py", id=decision.id, sprak="en")
    said = "\n".join(_boxes(shown, "pa-sv-"))
    text = decision.text("sv")
    for own in (text.title, text.summary, text.place):
        assert own.rstrip(".") in said.replace("\\", "")
    assert "Questions about" not in said
    assert _boxes(open_page("forslag.py", id=decision.id, sprak="sv"), "pa-sv-") == []


def test_a_proposal_in_english_is_not_marked_as_swedish(empty_store):
    english = DecisionText(title="A playground", place="Centre", summary="We want to build one.")
    swedish = make_decision().texts["sv"]
    decisions.add(make_decision(texts={"sv": swedish, "en": english}), number=1)
    assert _boxes(open_page("forslag.py", id="lekplats", sprak="en"), "pa-sv-") == []


@pytest.mark.parametrize(("place", "level"), [("", "h2"), ("Skranta torg", "h3")])
def test_a_card_follows_the_heading_above_it(decision, place, level):
    shown = open_page("overview.py", **({"nara": place} if place else {}))
    cards = [p.proto.body for p in shown.get("html") if "kortrubrik" in p.proto.body]
    assert [card.split()[0] for card in cards] == [f"<{level}"]


def test_what_is_good_has_one_wording_where_it_is_asked_shown_and_taken_in():
    said = "Något som är bra"
    assert words.KIND_WORDS[Kind.LIKE] == said
    assert words.ASK_WORDS[Kind.LIKE] == said
    assert in_language(said, "en") == "Something that is good"
    assert said.casefold() in words.ERRORS["kind_missing"]
    assert vocabulary.WORDS[Kind][Kind.LIKE][0] == said.casefold()
    told = " ".join(export_tables.COLUMNS.values()).casefold()
    assert told.count("något som är bra") == 2
    assert "något bra" not in told


@pytest.mark.parametrize(
    "written", ["Något som är bra", "Något bra", "Något jag tycker om", "bra", "Beröm"]
)
def test_older_words_for_what_is_good_are_still_taken_in(written):
    assert vocabulary.member(Kind, written) is Kind.LIKE


def test_the_privacy_page_allows_what_the_form_asks_for(empty_store):
    said = read(open_page("personuppgifter.py"))
    assert "politisk åsikt" not in said
    assert "Vad du tycker om förslaget är det vi frågar efter, och det får du skriva" in said
    # what is meant: which party, and what the law protects
    for kept_out in ("vilket parti", "hälsa", "tro", "fackförening", "namn på andra", "artikel 9"):
        assert kept_out in said
