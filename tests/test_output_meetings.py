"""Meeting mode's figures: they stand still, equal everyone's, and never show what was hidden."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from data import clock, rights, store
from data.affected import affected
from data.answers import theme_assignment, themes
from data.comments import results
from data.decisions import decisions
from data.geodata import layers
from data.models import HideReason, Staff
from data.output import meeting_notes, meeting_quotes, meeting_state, meetings
from data.review import review
from tests.conftest import NOON, make_comment
from tests.test_answers_themes import PLANNER, REVIEWER, TEXTS, D, send

POLITICIAN = Staff("Politiker", frozenset({"politician"}))


@pytest.fixture
def theme(decision):
    return themes.add(PLANNER, D, "Träden", at=NOON)


def _gathered(theme, n: int = 1, **changes) -> int:
    (comment,) = send(n, **changes)
    theme_assignment.gather(REVIEWER, D, theme.id, [comment], at=NOON)
    return comment


def _kept(snapshot: meetings.Snapshot) -> meetings.Snapshot:
    assert snapshot.id is not None
    found = meetings.get(POLITICIAN, D, snapshot.id)
    assert found is not None
    return found


def _or_none(value: object) -> int | None:
    return None if pd.isna(value) else int(value)


def test_figures_are_those_that_everyone_reads(decision, theme):
    _gathered(theme, persons=7)
    send(2)
    content = meetings.take(REVIEWER, D, at=NOON).content
    totals = results.totals(D)
    assert content.heard.comments == totals.comments == 2
    assert content.heard.persons == totals.persons
    assert content.heard.by_stance == {k.value: v for k, v in totals.by_stance.items()}
    shown = results.protected(D, "valdistrikt")
    assert sum(row.comments for row in content.areas) == shown["comments"].sum()
    for row in content.areas:
        assert row.persons == _or_none(shown["persons"][row.code])
    public = affected.public(decision, "valdistrikt")
    assert {row.code: row.affected for row in content.affected.areas} == {
        str(code): _or_none(row["affected"])
        for code, row in public.iterrows()
        if pd.isna(row["within"]) or row["within"]
    }
    assert content.affected.within == affected.summary(decision).within
    assert layers.edition("valdistrikt") == content.edition


def test_few_persons_are_never_counted(theme):
    _gathered(theme, persons=4)
    content = meetings.take(REVIEWER, D, at=NOON).content
    assert content.heard.persons is None
    assert content.themes[0].persons is None
    assert [row.persons for row in content.areas if row.comments] == [None]


def test_what_was_frozen_stands_still(theme):
    _gathered(theme)
    first = meetings.take(REVIEWER, D, at=NOON)
    before = meeting_state.to_json(_kept(first).content)
    _gathered(theme, 2)
    themes.save(PLANNER, theme, themes.ThemeTexts(title="Buskarna", **TEXTS), at=NOON)
    second = meetings.take(REVIEWER, D, at=NOON)
    assert meeting_state.to_json(_kept(first).content) == before
    assert json.loads(before)["heard"]["comments"] == 1
    assert _kept(second).content.heard.comments == 2
    latest = meetings.latest(POLITICIAN, D)
    assert latest is not None
    assert latest.id == second.id
    assert [one for one, _at in meetings.times(POLITICIAN, D)] == [second.id, first.id]
    assert meetings.get(POLITICIAN, "annat", first.id) is None


# what is kept is never written anew: these names stand in every store
SHAPE = {
    "": "format on decision affected heard areas edition answer themes themes_from other quotes",
    "decision": "id number type body example status contact_role contact_phone contact_email near_m"
    " everyone outline texts phases opens closes decision_on answer_on decided_on",
    "affected": "within near population areas groups away",
    "heard": "comments persons placed by_stance by_kind by_channel edition areas ages unlike"
    " released_on",
    "areas": "code name comments persons for against both none",
    "themes": "id title summary answer outcome reason comments persons",
}


def test_what_is_kept_has_the_names_that_were_kept_first(theme):
    _gathered(theme)
    taken = meetings.take(REVIEWER, D, at=NOON).content
    kept = json.loads(meeting_state.to_json(taken))
    parts = {name: kept[name] if name else kept for name in SHAPE}
    found = {name: part[0] if isinstance(part, list) else part for name, part in parts.items()}
    assert {name: list(part) for name, part in found.items()} == {
        name: names.split() for name, names in SHAPE.items()
    }
    days = kept["on"], kept["decision"]["opens"], kept["decision"]["decided_on"]
    assert days == (clock.day_of(NOON).isoformat(), decisions.get(D).opens.isoformat(), None)
    kept["came_later"] = kept["decision"]["came_later"] = 1
    assert meeting_state.of_json(json.dumps(kept)) == taken, "a later version's words are let be"


def test_a_hidden_quote_is_gone_from_an_old_meeting_too(theme):
    comment = _gathered(theme)
    assert meeting_quotes.choose(REVIEWER, D, theme.id, [comment], at=NOON) == 1
    kept = meetings.take(REVIEWER, D, at=NOON)
    assert kept.content.quotes == {str(theme.id): [comment]}
    said = "Bygg en gungställning."
    assert meeting_quotes.words(POLITICIAN, D, [comment]) == {comment: said}
    assert said not in meeting_state.to_json(kept.content), "words are never copied"
    review.hide(comment, actor=REVIEWER, reason=HideReason.OFF_TOPIC, at=NOON)
    assert _kept(kept).content.quotes == {str(theme.id): [comment]}
    assert meeting_quotes.words(POLITICIAN, D, [comment]) == {}


def test_quotes_are_few_published_and_of_their_theme(theme):
    inside = [_gathered(theme, n) for n in range(1, 5)]
    (loose,) = send(9)
    (waiting,) = send(10, make_comment(text="Inte läst."), publish=False)
    for wanted, code in (
        (inside, "too_many_quotes"),
        ([loose], "not_there"),
        ([waiting], "not_there"),
    ):
        with pytest.raises(theme_assignment.ThemeError) as refused:
            meeting_quotes.choose(REVIEWER, D, theme.id, wanted, at=NOON)
        assert refused.value.code == code
    assert meeting_quotes.chosen(D) == {}
    meeting_quotes.choose(REVIEWER, D, theme.id, inside[:3], at=NOON)
    theme_assignment.take_out(REVIEWER, D, theme.id, inside[:1], at=NOON)
    content = meetings.take(REVIEWER, D, at=NOON).content
    assert content.quotes == {str(theme.id): inside[1:3]}


def test_a_politician_sees_drafts_only_when_an_official_froze_them(theme):
    _gathered(theme)
    assert meetings.fresh(POLITICIAN, D, at=NOON).content.themes == ()
    assert meetings.fresh(REVIEWER, D, at=NOON).content.themes[0].title == "Träden"
    assert meetings.latest(POLITICIAN, D) is None, "to look is not to keep"
    with pytest.raises(rights.NotAllowedError):
        meetings.take(POLITICIAN, D, at=NOON)
    meetings.take(REVIEWER, D, at=NOON)
    seen = meetings.latest(POLITICIAN, D)
    assert seen is not None
    assert (seen.content.themes_from, seen.content.themes[0].title) == ("draft", "Träden")


def test_a_note_is_never_overwritten_unseen(decision):
    note = meeting_notes.save(REVIEWER, D, 3, "Visa kartan.", seen=0, at=NOON)
    assert note.version == 1
    with pytest.raises(meeting_notes.NoteError) as refused:
        meeting_notes.save(PLANNER, D, 3, "Något annat.", seen=0, at=NOON)
    assert refused.value.code == "changed_meanwhile"
    assert meeting_notes.of_decision(REVIEWER, D)[3].text == "Visa kartan."
    assert meeting_notes.save(PLANNER, D, 3, "Båda.", seen=1, at=NOON).version == 2
    with store.cursor() as cursor:
        kept = cursor.execute("SELECT body FROM meeting_notes ORDER BY version").fetchall()
    assert kept == [("Visa kartan.",), ("Båda.",)]


@pytest.mark.parametrize(
    ("code", "step", "text"),
    [
        ("unknown_step", 8, ""),
        ("unknown_step", 0, ""),
        ("too_long", 1, "a" * 2001),
        ("unknown_decision", 1, "hej"),
    ],
)
def test_a_note_that_cannot_be_kept_is_refused(decision, code, step, text):
    about = "finns-inte" if code == "unknown_decision" else D
    with pytest.raises(meeting_notes.NoteError) as refused:
        meeting_notes.save(REVIEWER, about, step, text, seen=0, at=NOON)
    assert refused.value.code == code


def test_there_is_no_meeting_about_what_does_not_exist(decision):
    with pytest.raises(meetings.MeetingError):
        meetings.take(REVIEWER, "finns-inte", at=NOON)
