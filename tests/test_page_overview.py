"""The overview: map and list are equal, and a search puts what is near first."""

from __future__ import annotations

from datetime import date

import pytest
from shapely import box
from shapely.geometry import MultiPolygon

from data.decisions import decisions
from data.models import DecisionText
from tests.conftest import make_decision
from tests.page_kit import open_page, words

pytestmark = pytest.mark.usefixtures("at_noon")
FAR_AWAY = MultiPolygon([box(480_000, 6_580_000, 480_400, 6_580_400)])


def _text(title: str) -> dict[str, DecisionText]:
    return {"sv": DecisionText(title=title, place="Där", summary="Ett. Två. Tre.")}


@pytest.fixture
def three(decision):
    far = make_decision(id="skog", texts=_text("En skog"), area=FAR_AWAY)
    later = make_decision(
        id="bad",
        texts=_text("Ett bad"),
        opens=date(2026, 12, 1),
        closes=date(2026, 12, 31),
        phases=(),
    )
    decisions.add(far, number=2)
    decisions.add(later, number=3)


def _cards(shown) -> list[str]:
    found = [piece.proto.body for piece in shown.get("html") if "kortrubrik" in piece.proto.body]
    return [body.split("</a>")[0].rsplit(">", 1)[1] for body in found]


def test_without_decisions_the_page_says_so(empty_store):
    shown = open_page("overview.py")
    assert [title.value for title in shown.title] == ["Vad planeras i Karlskoga?"]
    assert "Just nu finns inget förslag här" in words(shown)


def test_every_decision_has_a_card_with_its_number(three):
    shown = open_page("overview.py")
    assert _cards(shown) == ["1. En lekplats", "2. En skog", "3. Ett bad"]
    assert "Kartan visar 3 förslag" in words(shown)


def test_a_card_says_status_days_left_example_and_two_sentences(three):
    badges = [piece.value for piece in open_page("overview.py").markdown]
    printed = "\n".join(badges)
    assert "Stänger snart · 7 dagar kvar" in printed
    assert "Kommande" in printed
    assert printed.count("EXEMPEL – inte ett riktigt beslut") == 3
    assert "Ett. Två." in printed
    assert "Tre." not in printed


@pytest.mark.parametrize(
    ("group", "cards"),
    [
        ("oppna", ["1. En lekplats", "2. En skog"]),
        ("kommande", ["3. Ett bad"]),
        ("avslutade", []),
        ("finns-inte", ["1. En lekplats", "2. En skog", "3. Ett bad"]),
    ],
)
def test_the_filter_in_the_address_chooses_by_status(three, group, cards):
    assert _cards(open_page("overview.py", visa=group)) == cards


def test_a_search_says_how_near_and_puts_the_nearest_first(three):
    shown = open_page("overview.py", nara="Bråten")
    assert "Det här gäller nära" in words(shown)
    assert "bort (fågelvägen)" in words(shown)
    assert set(_cards(shown)) == {"1. En lekplats", "2. En skog", "3. Ett bad"}


def test_a_place_that_nobody_knows_is_said_plainly_and_everything_stays(three):
    shown = open_page("overview.py", nara="{{7*7}} <script>")
    assert "Vi hittar ingen plats som heter så" in words(shown)
    assert len(_cards(shown)) == 3
