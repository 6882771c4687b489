"""The report: the figures of the pages, every text as it was written, tagged for all to read."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import timedelta

import pikepdf
import pytest

from data.affected import affected
from data.answers import answers, theme_assignment, themes
from data.comments import results
from data.enums import Outcome
from data.geodata import layers
from data.models import Channel, Staff
from data.output import report, report_pdf
from data.output.document import Document, Figure, Heading, Paragraph, Quote, Table
from data.review import review
from pages.shared.report import forms, making, publicity
from tests import pdf_kit
from tests.conftest import NOON, make_comment, make_decision
from tests.pdf_kit import plain
from tests.test_answers_themes import PLANNER, REVIEWER, D, send

POLITICIAN = Staff("Förtroendevald", frozenset({"politician"}))
HOSTILE = (
    '#read("/etc/passwd") $x^2$ *fet* _kursiv_ <etikett> @nagon \\ \\u{41} // bort /* bort */ '
    '= rubrik [hak] {krull} #import "@preview/x:1.0.0" `kod` ~ -- {{7*7}} <b>hej</b>'
)


_made: dict[str, bytes] = {}


def _pdf(document: Document) -> bytes:
    """Write a document once, however many tests read it."""
    content = report_pdf.as_json(document)
    if content not in _made:
        _made[content] = report_pdf.pdf(document)
    return _made[content]


def _answer(title: str, *, reason: str = "Pengarna räcker inte.", outcome=Outcome.PARTLY):
    made = themes.add(PLANNER, D, title, at=NOON)
    return themes.save(
        PLANNER,
        made,
        themes.ThemeTexts(
            title=title,
            summary="Många vill ha skugga.",
            answer="Vi planterar två träd.",
            outcome=outcome,
            reason=reason,
        ),
        at=NOON,
    )


@pytest.fixture
def dialogue(decision):
    """Five comments from 26 persons, two of them from one person each, under one theme."""
    sent = [
        *(one for n in (1, 2, 3) for one in send(n, persons=8)),
        *send(4, make_comment(text=HOSTILE)),
        *send(5, channel=Channel.LETTER),
    ]
    theme = _answer("Träd och skugga")
    theme_assignment.gather(PLANNER, D, theme.id, sent, at=NOON)
    return sent


def _tables(document: Document) -> dict[str, Table]:
    return {one.caption: one for one in document.blocks if isinstance(one, Table)}


def _cells(table: Table) -> dict[str, tuple[str, ...]]:
    return {row[0]: tuple(plain(cell) for cell in row[1:]) for row in table.rows}


def test_the_report_has_the_figures_of_the_pages_and_the_pdf_says_them(decision, dialogue):
    document = making.public(decision, forms.SUMMARY, at=NOON)
    pdf = _pdf(document)
    said, totals = pdf_kit.words(pdf), results.totals(D)
    tables = _tables(document)
    assert f"{totals.comments} synpunkter från ungefär {totals.persons} personer." in said
    stances = _cells(tables["För och emot"])
    assert stances["Alla"] == (str(totals.comments),)
    assert sum(int(n[0]) for name, n in stances.items() if name != "Alla") == totals.comments
    per_area = _cells(tables["Synpunkter och personer per område, flest synpunkter först"])
    shown = results.protected(D, layers.VALDISTRIKT)
    shown = shown[shown["comments"] > 0]
    assert per_area.keys() == set(shown["name"])
    for _code, row in shown.iterrows():
        assert per_area[row["name"]][:2] == (str(row["comments"]), str(row["persons"]))
        assert f"{row['name']} {row['comments']} {row['persons']}" in said
    people = affected.public(decision, layers.VALDISTRIKT)
    for name, cells in _cells(tables["Berörda områden, flest personer först"]).items():
        row = people[people["name"] == name].iloc[0]
        assert cells[1] in {plain(f"{row['affected']:,}").replace(",", " "), "färre än 5"}
    assert "siffror från 23 november 2026 kl. 12.00" in said
    assert [one.text for one in document.blocks if isinstance(one, Quote)] == [
        one.text for one in report.public(decision, at=NOON).comments
    ]


def test_nothing_is_said_of_fewer_than_five_persons(decision, dialogue):
    """One person wrote by letter: no form and no variant may say that it was one."""
    for actor in (None, PLANNER):
        if actor:
            document = making.official(actor, decision, forms.SUMMARY, at=NOON)
        else:
            document = making.public(decision, forms.SUMMARY, at=NOON)
        rows = _cells(_tables(document)["Personer efter hur de lämnade synpunkter"])
        assert rows["Brev"] == ("för få svar",)
        for table in _tables(document).values():
            asked = [n for n, name in enumerate(table.head) if name.startswith("Personer")]
            told = {row[n] for row in table.rows for n in asked if n}
            assert not told & {"1", "2", "3", "4"}, table.caption


def test_the_words_of_a_comment_are_words_and_nothing_else(decision, dialogue):
    pdf = _pdf(making.public(decision, forms.SUMMARY, at=NOON))
    assert plain(HOSTILE).replace(" ", "") in pdf_kit.words(pdf).replace(" ", "")
    assert "root:" not in pdf_kit.words(pdf)


def test_the_pdf_is_tagged_for_everyone(decision, dialogue):
    document = making.official(PLANNER, decision, forms.CONSULTATION, at=NOON)
    pdf = _pdf(document)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        root = opened.Root
        assert str(root.Lang).startswith("sv")
        assert bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        with opened.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
            assert meta["dc:title"] == f"{document.kind}: {document.title}"
    found = pdf_kit.tags(pdf)
    kinds = [tag.kind for tag in found]
    figures = [tag.alt for tag in found if tag.kind == "Figure"]
    assert figures == [one.alt for one in document.blocks if isinstance(one, Figure)]
    assert all(figures)
    tables = [one for one in document.blocks if isinstance(one, Table)]
    assert kinds.count("Table") == len(tables)
    heads = [tag for tag in found if tag.kind == "TH" and tag.scope in {"Column", ""}]
    assert len(heads) >= sum(len(table.head) for table in tables)
    assert kinds.count("TR") == sum(len(table.rows) + 1 for table in tables)
    headings = [one for one in document.blocks if isinstance(one, Heading)]
    assert [kind for kind in kinds if re.fullmatch(r"H\d", kind)][1:] == [
        f"H{one.level}" for one in headings
    ]
    assert pdf_kit.outline(pdf) == [one.text for one in headings if one.level == 1]


def test_the_pdf_is_read_in_the_order_of_the_document(decision, dialogue):
    document = making.public(decision, forms.SUMMARY, at=NOON)
    said = pdf_kit.words(_pdf(document))
    place = said.index("Kort sammanfattning", said.index("Bilaga"))
    for one in document.blocks:
        if isinstance(one, Heading | Paragraph):
            text = plain(one.text)[:40]
            place = said.index(text, place) if text in said[place:] else said.index(text)
    tops = [one.text for one in document.blocks if isinstance(one, Heading)]
    body = said[said.index("EXEMPEL") :]
    found = [body.index(text) for text in tops if body.count(text) == 1]
    assert found == sorted(found)


def test_the_same_state_gives_the_same_bytes(decision, dialogue):
    document = making.public(decision, forms.SUMMARY, at=NOON)
    assert report_pdf.pdf(document) == _pdf(document)


def test_an_empty_reason_stops_the_samradsredogorelse_and_says_where_to_write_it(
    decision, dialogue
):
    theme = _answer("Lampor", reason="")
    theme_assignment.gather(PLANNER, D, theme.id, send(60), at=NOON)
    with pytest.raises(making.BlockedError) as stopped:
        making.official(PLANNER, decision, forms.CONSULTATION, at=NOON)
    (gap,) = stopped.value.gaps
    assert making.say_gap(gap, "sv") == "Temat Lampor: skäl saknas."
    assert making.mend_address(decision, gap) == f"/teman?id={D}&del=svara&tema={theme.id}"
    with pytest.raises(making.BlockedError):
        making.public(decision, forms.CONSULTATION, at=NOON)
    with pytest.raises(ValueError, match="lacks"):
        forms.make(report.official(PLANNER, decision, at=NOON), forms.CONSULTATION)


def test_the_samradsredogorelse_holds_what_the_law_asks_for(decision, dialogue):
    document = making.official(PLANNER, decision, forms.CONSULTATION, at=NOON)
    titles = [one.text for one in document.blocks if isinstance(one, Heading)]
    for wanted in (
        "Hur samrådet gick till",
        "Sammanfattning av synpunkterna",
        "Länsstyrelsens yttrande",
        "Synpunkterna och kommunens ställningstagande",
        "Synpunkter som inte tillgodoses, och varför",
        "Förslag med anledning av synpunkterna",
        "Påverkan på områden intill",
        "Bilaga: alla publicerade synpunkter",
    ):
        assert wanted in titles
    table = _tables(document)["Teman som inte eller bara delvis är tillgodosedda"]
    assert table.rows == (("Träd och skugga", "Delvis tillgodosett", "Pengarna räcker inte."),)


def test_drafts_are_for_those_who_may_read_them(decision, dialogue):
    answer = "Vi planterar två träd."

    def text_of(document: Document) -> str:
        return repr(document.blocks)

    assert answer not in text_of(making.public(decision, forms.SUMMARY, at=NOON))
    politician = making.official(POLITICIAN, decision, forms.SUMMARY, at=NOON)
    assert answer not in text_of(politician)
    reviewer = making.official(REVIEWER, decision, forms.SUMMARY, at=NOON)
    assert answer in text_of(reviewer)
    assert "Utkast. Svaren är inte publicerade än och kan ändras." in text_of(reviewer)
    draft = answers.draft(PLANNER, D)
    answers.save_draft(PLANNER, draft, texts={"sv": "Ja."}, decided_on=None, at=NOON)
    answers.publish(PLANNER, D, NOON)
    assert answer in text_of(making.public(decision, forms.SUMMARY, at=NOON))
    assert "Utkast." not in text_of(making.official(REVIEWER, decision, forms.SUMMARY, at=NOON))


def test_what_a_reviewer_has_masked_or_hidden_stays_so(decision):
    (masked,) = send(1, make_comment(text="Ring 070-123 45 67."), publish=False)
    review.publish(masked, actor=REVIEWER, at=NOON, public_text="Ring [dolt].")
    send(5, make_comment(text="Väntar ännu."), publish=False)
    for document in (
        making.public(decision, forms.SUMMARY, at=NOON),
        making.official(PLANNER, decision, forms.SUMMARY, at=NOON),
    ):
        said = repr(document.blocks)
        assert "Ring [dolt]." in said
        assert "070-123" not in said
        assert "Väntar ännu" not in said


@pytest.mark.parametrize("form", forms.FORMS)
def test_a_dialogue_without_comments_has_a_report_too(decision, form: str):
    pdf = _pdf(making.official(PLANNER, decision, form, at=NOON))
    assert "Ingen synpunkt är publicerad" in pdf_kit.words(pdf)


def test_a_decision_for_all_has_a_report(empty_store):
    from data.decisions import decisions

    whole = make_decision(near_m=None, middle_m=None, far_m=None)
    decisions.add(whole, number=1)
    said = pdf_kit.words(_pdf(making.public(whole, forms.SUMMARY, at=NOON)))
    assert "Förslaget gäller hela kommunen" in said


def test_two_thousand_comments_all_stand_in_the_appendix(decision, dialogue):
    found = report.public(decision, at=NOON)
    many = tuple(replace(found.comments[0], id=n, text=f"Text {n}x.") for n in range(1, 2001))
    document = forms.make(replace(found, comments=many), forms.SUMMARY)
    assert len([one for one in document.blocks if isinstance(one, Quote)]) == 2000
    pdf = report_pdf.pdf(document)
    assert pdf_kit.count_pages(pdf) > 60
    assert "Text 2000x." in pdf_kit.words(pdf, last=1)


def test_a_longer_appendix_says_what_it_leaves_out(decision, dialogue, monkeypatch):
    monkeypatch.setattr(report, "COMMENTS_MAX", 3)
    document = making.official(PLANNER, decision, forms.SUMMARY, at=NOON)
    assert len([one for one in document.blocks if isinstance(one, Quote)]) == 3
    assert "Här står de 3 senaste av 5. Alla finns i filen med synpunkterna." in repr(document)
    assert "inte sorterade" not in repr(document)


def test_making_it_can_be_stopped(decision, dialogue):
    document = making.public(decision, forms.SUMMARY, at=NOON)
    with pytest.raises(report_pdf.ReportError) as stopped:
        report_pdf.pdf(document, is_cancelled=lambda: True)
    assert stopped.value.code == "cancelled"


def test_the_leaflet_is_one_page_however_much_is_written(decision, dialogue):
    found = report.public(decision, at=NOON)
    text = publicity.draft(found, publicity.LEAFLET)
    assert pdf_kit.count_pages(_pdf(publicity.leaflet(found, text))) == 1
    longer = text + "\n\nMer:\n- ett\n- två\n\n" + "Ord och ord. " * 60
    pdf = _pdf(publicity.leaflet(found, longer))
    assert pdf_kit.count_pages(pdf) == 1
    assert "Ord och ord." in pdf_kit.words(pdf)


def test_the_drafts_say_the_figures_of_the_report(decision, dialogue):
    totals = results.totals(D)
    for kind in publicity.KINDS:
        said = plain(publicity.draft(report.public(decision, at=NOON), kind))
        assert f"{totals.comments} synpunkter från ungefär {totals.persons} personer." in said
        assert "röst" not in said.replace("omröstning", "")


def test_all_figures_are_of_one_moment(decision, dialogue, monkeypatch):
    """What is published while the report is read makes it start over."""
    wanted = iter([True, False, False, False])
    read = results.totals

    def totals(decision_id: str) -> results.Totals:
        if next(wanted, False):
            send(80)
        return read(decision_id)

    monkeypatch.setattr(results, "totals", totals)
    found = report.public(decision, at=NOON + timedelta(hours=1))
    assert found.totals.comments == len(found.comments) == 6


def test_nobody_but_staff_gets_the_official_one(decision):
    with pytest.raises(PermissionError):
        making.official(Staff("Någon", frozenset()), decision, forms.SUMMARY, at=NOON)
