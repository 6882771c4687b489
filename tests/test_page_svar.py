"""What became of it, for everyone: whole, in plain words, and no person pointed out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from data import clock
from data.answers import answers, theme_assignment
from data.answers import themes as themes_of
from data.comments import submissions
from data.enums import OTHER_THEME, Outcome
from pages.shared.words.texts import plain
from tests.conftest import NOON, make_comment
from tests.page_kit import open_page, words
from tests.test_answers_themes import PLANNER, D, send

pytestmark = pytest.mark.usefixtures("at_noon")
HOSTILE = "{{7*7}} <script>alert(1)</script> ![x](http://evil.example/x.png)"


def publish(title: str = "Träden", *, persons: int = 6, outcome: Outcome = Outcome.MET, **texts):
    """Publish an answer to one comment under one theme, and give the comment's receipt code."""
    (comment,) = send(1, make_comment(text=texts.pop("text", "Spara eken.")), persons=persons)
    theme = themes_of.add(PLANNER, D, title, at=NOON)
    theme_assignment.gather(PLANNER, D, theme.id, [comment], at=NOON)
    given = {"summary": "Många bryr sig.", "answer": "Eken står kvar.", "reason": "", **texts}
    themes_of.save(
        PLANNER, theme, themes_of.ThemeTexts(title=title, **given, outcome=outcome), at=NOON
    )
    draft = answers.draft(PLANNER, D)
    written = {"sv": "Lekplatsen byggs.", "sv_latt": "Det blir en lekplats.", "en": "It is built."}
    answers.save_draft(PLANNER, draft, texts=written, decided_on=None, at=NOON)
    answers.publish(PLANNER, D, NOON)
    found = submissions._by_key("nyckel-000000000001")
    assert found is not None
    return found.code


def test_before_it_is_published_the_page_says_when_the_answer_comes(decision):
    themes_of.add(PLANNER, D, "Hemligt utkast", at=NOON)
    said = words(open_page("svar.py", id=D))
    assert "fredag 15 januari" in said
    assert "Hemligt utkast" not in said


def test_a_late_answer_says_so_and_whom_to_ask(decision, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2027, 1, 16, 11, tzinfo=UTC))
    shown = open_page("svar.py", id=D)
    assert "försenat" in shown.warning[0].value
    assert decision.contact_role in "".join(piece.proto.body for piece in shown.get("html"))


def test_the_answer_tells_what_was_heard_decided_and_why(decision):
    publish(outcome=Outcome.NOT_MET, reason="Pengarna räcker inte.")
    said = words(open_page("svar.py", id=D)).replace("\\", "")
    for part in (
        "EXEMPEL – inte ett riktigt beslut",
        "Lekplatsen byggs.",
        "Träden",
        "Många bryr sig.",
        "Eken står kvar.",
        "Inte tillgodosett",
        "Pengarna räcker inte.",
        "1 synpunkt från ungefär 5 personer",
    ):
        assert part in said
    assert "röst" not in said.replace("omröstning", "")


def test_fewer_than_five_persons_are_not_counted(decision):
    publish(persons=4)
    said = words(open_page("svar.py", id=D))
    assert "personer" not in said.replace("antalet personer", "").replace("några personer", "")
    assert "så att ingen kan pekas ut" in said


def test_easy_swedish_and_other_languages_are_shown_where_they_are(decision):
    publish()
    shown = open_page("svar.py", id=D)
    easy = next(one for one in shown.toggle if one.label == "Lättläst").set_value(True).run()
    assert "Det blir en lekplats." in words(easy)
    assert "It is built." in words(open_page("svar.py", id=D, sprak="en"))


def test_comments_of_a_theme_are_shown_when_asked_for(decision):
    publish(text=HOSTILE)
    shown = open_page("svar.py", id=D)
    assert HOSTILE not in [one.value for one in shown.text]
    wish = next(one for one in shown.toggle if one.label.startswith("Visa synpunkterna"))
    assert HOSTILE in [one.value for one in wish.set_value(True).run().text]


def test_what_officials_wrote_is_shown_as_text(decision):
    publish(HOSTILE, summary=HOSTILE, answer=HOSTILE)
    code = submissions._by_key("nyckel-000000000001")
    assert code is not None
    for shown in (open_page("svar.py", id=D), open_page("kvitto.py", kod=code.code)):
        kinds = ("markdown", "header", "subheader", "title", "caption", "toggle")
        pieces = [getattr(one, "label", "") or "" for one in shown.toggle]
        pieces += [str(one.value) for kind in kinds for one in shown.get(kind)]
        said = "\n".join(pieces)
        assert plain(HOSTILE) in said
        assert HOSTILE not in said
        assert "49" not in said


def test_the_receipt_shows_the_theme_and_its_answer(decision):
    code = publish(outcome=Outcome.PARTLY, reason="Det räcker till hälften.")
    said = words(open_page("kvitto.py", kod=code))
    for part in ("Svar om: Träden", "Delvis tillgodosett", "Eken står kvar.", "till hälften"):
        assert part in said.replace("\\", "")


def test_the_receipt_of_another_comment_shows_no_theme(decision):
    send(2)
    other = submissions._by_key("nyckel-000000000002")
    (comment,) = [one.id for one in submissions.by_receipt(other.code)[1]]
    theme_assignment.gather(PLANNER, D, OTHER_THEME, [comment], at=NOON)
    publish()
    said = words(open_page("kvitto.py", kod=other.code))
    assert "Träden" not in said
    assert "inte till något av temana" in said


def test_the_proposal_leads_to_the_answer_only_when_there_is_one(decision):
    label = "Läs hela svaret"
    assert label not in [one.proto.label for one in open_page("forslag.py", id=D).get("page_link")]
    publish()
    assert label in [one.proto.label for one in open_page("forslag.py", id=D).get("page_link")]
