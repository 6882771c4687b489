"""One decision: what it is, what can change, when, and what others have said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from data import clock
from data.comments import submissions
from data.decisions import decisions
from data.models import DecisionText, Phase
from data.review import review
from tests.conftest import NOON, make_comment, make_decision, make_submission
from tests.page_kit import open_page, words

pytestmark = pytest.mark.usefixtures("at_noon")
FULL = DecisionText(
    title="En lekplats",
    place="Centrum",
    summary="Vi vill bygga en lekplats.",
    easy_read=("Här kan det bli en lekplats.",),
    can_influence=("Vilka lekredskap",),
    cannot_influence=("Att det blir en lekplats",),
    questions=("Var leker barnen i dag?",),
    facts=("Ytan är 400 kvadratmeter.",),
    ways=("Öppet hus i biblioteket.",),
    who_decides="Nämnden bestämmer.",
)


@pytest.fixture
def full(empty_store):
    made = make_decision(texts={"sv": FULL})
    decisions.add(made, number=1)
    return made


def _publish(reviewer, text: str, key: str = "nyckel-0000000001") -> None:
    receipt = submissions.add(make_submission(make_comment(text=text), key=key), at=NOON)
    _receipt, sent = submissions.by_receipt(receipt.code)
    review.publish(sent[0].id, actor=reviewer, at=NOON)


def test_an_unknown_decision_is_said_plainly(empty_store):
    assert "Vi hittar inte förslaget" in words(open_page("forslag.py", id="../../etc/passwd"))


def test_every_text_of_the_decision_is_there(full):
    shown = open_page("forslag.py", id=full.id)
    said = words(shown)
    for line in (
        *FULL.can_influence,
        *FULL.cannot_influence,
        *FULL.questions,
        *FULL.facts,
        *FULL.ways,
        FULL.summary,
        FULL.place,
        FULL.who_decides,
    ):
        assert line.rstrip(".") in said.replace("\\", ""), line
    for contact in (full.contact_role, full.contact_phone, full.contact_email, full.case_number):
        assert contact in "".join(piece.proto.body for piece in shown.get("html"))
    assert "EXEMPEL – inte ett riktigt beslut" in said


def test_the_easy_text_takes_the_place_of_the_summary(full):
    shown = open_page("forslag.py", id=full.id)
    shown.toggle[0].set_value(True).run()
    assert FULL.easy_read[0].rstrip(".") in words(shown)
    assert FULL.summary.rstrip(".") not in words(shown)


def test_the_timeline_says_in_words_where_we_are(full):
    shown = open_page("forslag.py", id=full.id)
    rows = [piece.proto.body for piece in shown.get("html") if "tidslinje" in piece.proto.body]
    assert "Här är vi nu" in rows[0]
    assert "Samråd" in rows[0]


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2026, 11, 9), None),
        (date(2026, 11, 10), "Här är vi nu"),
        (date(2026, 11, 12), "Här är vi nu"),
        (date(2026, 11, 13), "(klart)"),
    ],
)
def test_a_step_is_the_one_we_are_in_from_its_first_day_to_its_last(
    empty_store, monkeypatch, on, said
):
    step = Phase("step1", date(2026, 11, 10), date(2026, 11, 12), {"sv": "Öppet hus"})
    decisions.add(make_decision(phases=(step,)), number=1)
    # a minute past midnight in Karlskoga
    monkeypatch.setattr(clock, "now", lambda: clock.midnight(on) + timedelta(minutes=1))
    shown = open_page("forslag.py", id="lekplats")
    (row,) = [piece.proto.body for piece in shown.get("html") if "tidslinje" in piece.proto.body]
    assert [one for one in ("Här är vi nu", "(klart)") if one in row] == ([said] if said else [])


def test_an_open_decision_has_one_primary_step(full):
    labels = [button.label for button in open_page("forslag.py", id=full.id).button]
    assert "Lämna en synpunkt" in labels


@pytest.mark.parametrize(
    ("opens", "closes", "said"),
    [
        (date(2026, 12, 1), date(2026, 12, 31), "från och med tisdag 1 december"),
        (date(2026, 9, 1), date(2026, 10, 1), "Tiden för synpunkter är slut"),
    ],
)
def test_outside_its_time_no_step_to_comment_is_offered(empty_store, opens, closes, said):
    decision = make_decision(opens=opens, closes=closes, phases=())
    decisions.add(decision, number=1)
    shown = open_page("forslag.py", id=decision.id)
    assert "Lämna en synpunkt" not in [button.label for button in shown.button]
    assert said in words(shown)


def test_with_nothing_published_the_list_says_so(decision, reviewer):
    submissions.add(make_submission(make_comment(text="Väntar än.")), at=NOON)
    said = words(open_page("forslag.py", id=decision.id))
    assert "Ingen har skrivit här ännu. Bli den första." in said
    assert "Väntar än." not in said


def test_published_text_is_shown_as_it_was_written(decision, reviewer):
    wild = "![x](http://x.example/a.png) **fet** $x$ :smile: <b>b</b> {{7*7}}"
    _publish(reviewer, wild)
    shown = open_page("forslag.py", id=decision.id)
    assert wild in [text.value for text in shown.text]
    assert wild not in "\n".join(str(piece.value) for piece in shown.markdown)


def test_the_filters_choose_in_the_list(decision, reviewer):
    _publish(reviewer, "En idé.")
    shown = open_page("forslag.py", id=decision.id)
    kinds = next(box for box in shown.selectbox if box.label == "Vad det är")
    kinds.set_value("concern").run()
    assert "Ingen synpunkt stämmer med det du har valt" in words(shown)
    assert "En idé." not in words(shown)


def test_the_outcome_is_shown_when_it_is_decided(empty_store):
    text = DecisionText(title="Ljus", place="Stigen", summary="Ljus.", outcome=("Det blev ljus.",))
    decided = make_decision(
        opens=date(2026, 9, 1),
        closes=date(2026, 10, 1),
        decided_on=date(2026, 11, 2),
        phases=(),
        texts={"sv": text},
    )
    decisions.add(decided, number=1)
    said = words(open_page("forslag.py", id=decided.id))
    assert "Så här blev det" in said
    assert "Det blev ljus" in said


def test_the_last_day_is_still_open(empty_store):
    decision = make_decision(closes=NOON.date())
    decisions.add(decision, number=1)
    shown = open_page("forslag.py", id=decision.id)
    assert "Lämna en synpunkt" in [button.label for button in shown.button]
