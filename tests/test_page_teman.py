"""Sorting and answering: who may come in, what the page leads to, and what is never lost."""

from __future__ import annotations

import pytest

from data.answers import answers, theme_assignment, theme_search, theme_suggestions
from data.answers import themes as themes_of
from data.enums import Outcome
from data.models import Staff
from data.output import meeting_quotes
from pages.shared.session import signed_in
from pages.shared.words.texts import plain
from pages.teman import words as own_words
from tests.conftest import NOON, make_comment
from tests.page_kit import cells, open_page, words
from tests.test_answers_themes import PLANNER, REVIEWER, TEXTS, D, send

pytestmark = pytest.mark.usefixtures("at_noon")
PAGE = "teman/page.py"
HOSTILE = "{{7*7}} <script>alert(1)</script> ![x](http://evil.example/x.png)"


def _as(monkeypatch, actor: Staff | None) -> None:
    monkeypatch.setattr(signed_in, "staff", lambda: actor)


@pytest.fixture
def as_planner(monkeypatch):
    _as(monkeypatch, PLANNER)


@pytest.fixture
def theme(decision):
    return themes_of.add(PLANNER, D, "Träden", at=NOON)


def _press(shown, label: str):
    return next(button for button in shown.button if button.label == label).click().run()


def _field(fields, label: str):
    return next(field for field in fields if field.label == label)


def _parts(shown) -> list[str]:
    return [one.label for one in shown.get("button_group")]


def _write(shown, **texts: str):
    labels = {
        "summary": "Vad vi hörde, kort och rättvist",
        "answer": "Kommunens svar",
        "reason": "Skäl, om det inte blev som de ville",
    }
    for name, text in texts.items():
        _field(shown.text_area, labels[name]).set_value(text)
    return shown


@pytest.mark.parametrize("actor", [None, Staff("Någon", frozenset())])
def test_nobody_else_sees_anything(theme, monkeypatch, actor):
    send(1)
    _as(monkeypatch, actor)
    shown = open_page(PAGE, id=D)
    assert not shown.checkbox
    assert "Träden" not in " ".join(cells(shown))


def test_a_reviewer_gathers_and_does_not_answer(theme, monkeypatch):
    (comment,) = send(1)
    _as(monkeypatch, REVIEWER)
    shown = open_page(PAGE, id=D, **{"del": "publicera"})
    assert "Nytt tema" not in [one.label for one in shown.expander]
    assert not shown.text_area
    shown.checkbox[1].check()
    shown = _press(shown, "Lägg under Träden")
    assert "lades under temat: 1." in words(shown)
    assert theme_assignment.under(D) == {comment: (theme.id,)}


def test_a_theme_is_made_and_chosen_and_many_are_laid_under_it(decision, as_planner):
    ids = send(1, make_comment(), make_comment(text="En till."))
    shown = open_page(PAGE, id=D)
    _field(shown.text_input, "Vad handlar synpunkterna om?").set_value("Gungor")
    shown = _press(shown, "Skapa temat")
    (made,) = themes_of.read(D)
    assert _field(shown.selectbox, "Tema").value == made.id
    shown = _field(shown.checkbox, "Markera alla på sidan").check().run()
    shown = _press(shown, "Lägg under Gungor")
    assert set(theme_assignment.under(D)) == set(ids)
    assert "Alla synpunkter har ett tema" in words(shown)


def test_with_nothing_ticked_the_page_says_what_to_do(theme, as_planner):
    send(1)
    shown = _press(open_page(PAGE, id=D), "Lägg under Träden")
    assert own_words.FAULTS["none_chosen"] in words(shown)
    assert theme_assignment.under(D) == {}


def test_suggestions_are_marked_and_never_applied_by_themselves(decision, as_planner):
    made = themes_of.add(PLANNER, D, "Ljus på stigen", at=NOON)
    send(1, make_comment(text="Lampor på stigen, tack. Det är mörkt."))
    shown = open_page(PAGE, id=D)
    shown = _field(shown.radio, "Visa synpunkter").set_value("liknar").run()
    assert theme_suggestions.similar(PLANNER, made)
    assert any("Förslag]" in one.value for one in shown.caption)
    assert "Det är bara ett förslag" in words(shown)
    assert theme_assignment.under(D) == {}


def test_the_way_back_leads_back_also_when_the_list_has_become_shorter(
    theme, as_planner, monkeypatch
):
    monkeypatch.setattr(theme_search, "PAGE", 2)
    ids = [send(n)[0] for n in range(1, 6)]
    shown = _press(_press(open_page(PAGE, id=D), "Nästa sida"), "Nästa sida")
    assert "Sida 3 av 3" in words(shown)
    # another official lays one under a theme
    theme_assignment.gather(PLANNER, D, theme.id, ids[:1], at=NOON)
    shown = shown.run()
    assert "Sida 2 av 2" in words(shown)
    assert "Sida 1 av 2" in words(_press(shown, "Förra sidan"))


def test_search_finds_words(theme, as_planner):
    send(1, make_comment(text="Spara eken."), make_comment(text="Måla bänken."))
    shown = open_page(PAGE, id=D)
    shown = _field(shown.text_input, "Sök ord i synpunkterna").set_value("EKEN").run()
    assert [one.label for one in shown.checkbox][1:] == ["Spara eken."]


def test_what_a_person_wrote_is_shown_as_text(decision, as_planner):
    themes_of.add(PLANNER, D, HOSTILE, at=NOON)
    send(1, make_comment(text=HOSTILE))
    shown = open_page(PAGE, id=D)
    labels = [one.label for one in shown.checkbox] + [one.label for one in shown.button]
    said = "\n".join([*labels, *cells(shown)])
    assert said.count(plain(HOSTILE)) >= 3
    assert HOSTILE not in said
    assert "49" not in said


def test_an_answer_is_saved_and_the_page_leads_on(theme, as_planner):
    (comment,) = send(1)
    theme_assignment.gather(PLANNER, D, theme.id, [comment], at=NOON)
    shown = open_page(PAGE, id=D, **{"del": "svara"})
    assert "1 tema saknar svar" in words(shown)
    _write(shown, summary="Vi hörde.", answer="Vi svarar.")
    _field(shown.radio, "Vad blev det av det?").set_value(Outcome.MET)
    shown = _press(shown, "Spara temat")
    assert "Temat är sparat." in words(shown)
    assert "Alla teman har svar." in words(shown)
    shown = _press(shown, "Till beslutet och publicering")
    assert "Skriv vad som beslutades" in words(shown).replace("\\", "")


def test_who_saves_second_is_told_and_keeps_what_was_written(theme, as_planner):
    shown = open_page(PAGE, id=D, **{"del": "svara"})
    first = themes_of.save(
        PLANNER, theme, themes_of.ThemeTexts(title="Den förstas", **TEXTS), at=NOON
    )
    _write(shown, answer="Den andras text.")
    shown = _press(shown, "Spara temat")
    assert own_words.FAULTS["changed_meanwhile"] in words(shown)
    assert "Den andras text." in words(shown)
    assert _field(shown.text_area, "Kommunens svar").value == first.answer
    assert themes_of.read(D) == [first]


def test_somebody_who_was_signed_out_changes_nothing(theme, as_planner, monkeypatch):
    shown = open_page(PAGE, id=D, **{"del": "svara"})
    _as(monkeypatch, None)
    _press(_write(shown, answer="Nytt."), "Spara temat")
    assert themes_of.read(D) == [theme]


def test_what_is_missing_leads_to_its_place_and_then_all_is_published(theme, as_planner):
    (comment,) = send(1)
    theme_assignment.gather(PLANNER, D, theme.id, [comment], at=NOON)
    shown = open_page(PAGE, id=D, **{"del": "publicera"})
    assert "Publicera svaret" not in [one.label for one in shown.button]
    shown = _press(shown, "Temat Träden: svar saknas.")
    assert _field(shown.text_input, "Temats namn").value == "Träden"
    themes_of.save(PLANNER, theme, themes_of.ThemeTexts(title="Träden", **TEXTS), at=NOON)
    shown = open_page(PAGE, id=D, **{"del": "publicera"})
    _field(shown.text_area, "Vad beslutades, och varför?").set_value("Den byggs.")
    shown = _press(shown, "Spara texten om beslutet")
    assert answers.published(D) is None
    shown = _press(shown, "Publicera svaret")
    assert "Svaret är publicerat. Alla kan läsa det." in words(shown)
    answer = answers.published(D)
    assert answer is not None
    assert answer.texts == {"sv": "Den byggs."}


def test_a_reviewer_chooses_at_most_three_quotes_for_a_meeting(theme, monkeypatch):
    comments = [send(n)[0] for n in range(1, 5)]
    theme_assignment.gather(REVIEWER, D, theme.id, comments, at=NOON)
    _as(monkeypatch, REVIEWER)
    shown = open_page(PAGE, id=D)
    shown = _field(shown.toggle, "Välj citat till mötet").set_value(True).run()
    own = [box for box in shown.checkbox if str(box.key).startswith("teman.citat.")]
    for box in own:
        box.check()
    shown = _press(shown, "Spara citaten")
    assert "Välj högst tre citat" in shown.error[0].value
    assert meeting_quotes.chosen(D) == {}
    own = [box for box in shown.checkbox if str(box.key).startswith("teman.citat.")]
    own[0].uncheck()
    shown = _press(shown, "Spara citaten")
    assert "visas på mötet: 3." in words(shown)
    assert meeting_quotes.chosen(D) == {theme.id: tuple(comments[1:])}
