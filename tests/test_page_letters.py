"""Whatever anybody writes, there is a PDF, and every letter is in it or said to be missing."""

from __future__ import annotations

import io
import json
import re
import time
import unicodedata
import zipfile
from dataclasses import fields, replace
from pathlib import Path

import pikepdf
import pytest
import regex
from fontTools.ttLib import TTFont
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import settings as service
from data.answers import theme_assignment, themes
from data.decisions import decisions
from data.enums import Outcome
from data.output import drawable, fonts, report, report_pdf
from data.output.document import (
    Document,
    Figure,
    Heading,
    Labelled,
    Paragraph,
    Points,
    Quote,
    Sign,
    Table,
)
from data.staff import jobs
from pages.rapport import work
from pages.shared.report import forms, making, publicity
from pages.shared.session import signed_in
from tests import pdf_kit
from tests.conftest import NOON, make_comment, make_decision
from tests.page_kit import open_page, words
from tests.test_answers_themes import PLANNER, D, send

# one greeting or sentence of each script, and what people put between the words
WRITTEN = {
    "latin": "Đây là Łódź, þetta er ð, ŋoođđat, İstanbul, ẹ̀kọ́",
    "greek": "Καλημέρα, τι κάνετε;",
    "cyrillic": "Добрий день, їжак, Ћирилица",
    "arabic": "مرحبا بالعالم! ما هذا؟",
    "persian": "می‌خواهم پارک بسازید، لطفاً.",
    "kurdish": "سڵاو، ڕێگای پیادە ێ ۆ",
    "hebrew": "שלום, זה נהדר!",
    "ethiopic": "ሰላም ነው ትግርኛ፡",
    "thai": "สวัสดีครับ ที่นี่ดีมาก",
    "chinese": "你好，世界。這裡",
    "japanese": "漢字とひらがな、カタカナ。",
    "korean": "안녕하세요",
    "devanagari": "नमस्ते क्षेत्र में",
    "bengali": "বাংলাদেশ ক্ষমা",
    "tamil": "தமிழ் நாடு",
    "telugu": "తెలుగు క్షమ",
    "gurmukhi": "ਪੰਜਾਬੀ ਵਿੱਚ",
    "gujarati": "ગુજરાતી",
    "kannada": "ಕನ್ನಡ",
    "malayalam": "മലയാളം",
    "oriya": "ଓଡ଼ିଆ",
    "sinhala": "ශ්‍රී ලංකා",
    "burmese": "မင်္ဂလာပါ",
    "khmer": "សួស្តី",
    "lao": "ສະບາຍດີ",
    "armenian": "Բարեւ ձեզ",
    "georgian": "გამარჯობა",
    "emoji": "Bra 👍🏽 🫨 👩‍👧‍👦 1️⃣ 🇸🇪 ❤️ 🏳️‍🌈",
    "symbols": "→ ✓ ½ ∑ ≤ € ₿ ☎ ★ ♥ ① ² ™",
    "wide": "Ｈｅｊ！＝",
}
# what no font has, or what no PDF may hold
UNDRAWABLE = {
    "newest_emoji": "\U0001fae9",
    "hieroglyph": "\U00013000",
    "unassigned": "\u0378",
    "noncharacter": "\ufffe",
    "far_noncharacter": "\U0010ffff",
    "private": "\ue000",
    "far_private": "\U000f0000",
    "nul": "\x00",
    "bell": "\x07",
    "c1": "\x9f",
    "half": "\ud83d",
    "turning": "\u202e",
}
# what is seen only by what it does to its neighbours
UNSEEN = [
    *"\u00ad\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2069\u206a\ufeff",
    *"\ufe0e\ufe0f\U000e0041\U000e0100\u202a\u202b\u202c\u3164",
]
WILD = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from([*"".join(WRITTEN.values()), *UNDRAWABLE.values(), *UNSEEN]),
        st.characters(categories=["Mn", "Me", "Mc", "Cf", "So", "Zs", "Zl", "Zp", "Cc"]),
    ),
    max_size=40,
)


def _document(*written: str, **other) -> Document:
    quotes = (Quote(str(n), "Idé · Torget", text) for n, text in enumerate(written, 1))
    blocks = (Heading("Bilaga", 1, "bilaga"), *quotes)
    whole = Document("Bänkar", "Sammanställning", ("Läge nu",), "Karlskoga", NOON, blocks)
    return replace(whole, **other)


def _everywhere(text: str) -> Document:
    """Put a text in every place that a document has for one."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>{_xml(text)}</text></svg>'
    )
    blocks = (
        Heading(f"A{text}", 1, "a"),
        *(Paragraph(text, look) for look in ("plain", "lead", "note", "notice")),
        Points((text, f"b{text}")),
        Labelled(text, text),
        Table(text, (text, "Antal"), ((text, "1"), ("x", text)), frozenset({1})),
        Figure(svg, f"Karta {text}", text, (Sign(text, "#0B4F6C"),)),
        Quote(text, text, text, text),
    )
    return Document(text, text, (text,), text, NOON, blocks)


def _xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


@pytest.mark.parametrize("script", WRITTEN)
def test_what_people_here_write_is_drawn_in_its_own_letters(script: str):
    text = WRITTEN[script]
    pdf = report_pdf.pdf(_document(f"Före {text} efter"))
    seen = {one for one in unicodedata.normalize("NFC", text) if not drawable.is_unseen(one)}
    told = set(unicodedata.normalize("NFC", "".join(sorted(pdf_kit.letters(pdf)))))
    assert seen - told == set()
    assert "[tecken" not in pdf_kit.words(pdf)
    assert pdf_kit.count_missing_glyphs(pdf) == 0
    assert len(pdf) < 150_000


def test_all_scripts_at_once_take_little_room_and_every_font_is_in_the_file():
    pdf = report_pdf.pdf(_document(*WRITTEN.values()))
    assert len(pdf) < 300_000
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        described = [one for one in opened.objects if _type(one) == "/FontDescriptor"]
        assert len(described) > 20
        assert all("/FontFile2" in one or "/FontFile3" in one for one in described)


def _type(one: object) -> str:
    return str(one.get("/Type", "")) if isinstance(one, pikepdf.Dictionary) else ""


def test_what_the_fonts_say_they_have_is_what_is_drawn():
    """Every letter of our fonts, of the many Chinese and Korean ones each 25th, in one document."""
    many = regex.compile(r"[\p{Han}\p{Hangul}]")
    known = [
        one for one in sorted(fonts.all_letters()) if not many.match(one) or ord(one) % 25 == 0
    ]
    assert len(known) > 9_000
    texts = ["".join(known[n : n + 200]) for n in range(0, len(known), 200)]
    pdf = report_pdf.pdf(_document(*texts))
    assert pdf_kit.count_missing_glyphs(pdf) == 0
    assert "Tecken som inte kan visas" not in pdf_kit.outline(pdf)


@pytest.mark.parametrize("name", UNDRAWABLE)
def test_what_cannot_be_drawn_becomes_a_sign_with_its_number_and_a_note(name: str):
    letter = UNDRAWABLE[name]
    sign = f"[tecken U+{ord(letter):04X}]"
    pdf = report_pdf.pdf(_document("Vanlig text", f"Före {letter} efter"))
    said = pdf_kit.words(pdf)
    assert f"Före {sign} efter" in said
    assert f"som i {sign}. Det gäller: synpunkt 2." in said
    assert pdf_kit.count_missing_glyphs(pdf) == 0
    assert "Tecken som inte kan visas" in pdf_kit.outline(pdf)


def test_letters_that_can_be_drawn_stay_beside_one_that_cannot():
    joined = "👩\u200d\U0001fae9"
    said = pdf_kit.words(report_pdf.pdf(_document(f"Ny \U0001fae9\ufe0f, {joined}, \ue000\ue001!")))
    assert "Ny [tecken U+1FAE9], 👩[tecken U+1FAE9], [tecken U+E000 U+E001]!" in said


def test_a_document_that_lacks_nothing_says_nothing_about_it():
    pdf = report_pdf.pdf(_document("Bra 👍", "[tecken U+1FAE9] skrev någon själv"))
    assert "Tecken som inte kan visas" not in pdf_kit.outline(pdf)
    assert "[tecken U+1FAE9] skrev någon själv" in pdf_kit.words(pdf)


EMPTY = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'


@pytest.mark.parametrize(
    "word",
    ["abcdefghij" * 30, "https://example.org/?" + "q=1&" * 70, "12\u00a0" * 100],
    ids=["letters", "address", "hard spaces"],
)
def test_a_word_wider_than_the_page_is_broken_and_copied_whole(word: str):
    whole = _everywhere(word)
    # what is written in a drawing is no text on the page
    blocks = [replace(one, svg=EMPTY) if isinstance(one, Figure) else one for one in whole.blocks]
    pdf = report_pdf.pdf(replace(whole, title=word, blocks=tuple(blocks)))
    # without the dots of the contents
    lines = [line.partition(" . ")[0] for line in pdf_kit.lines(pdf)]
    assert max(map(len, lines)) < 130
    # line upon line, as a reader that copies them joins them
    joined = "".join(lines).replace(" ", "").replace("\u00a0", "")
    assert joined.count(word.replace("\u00a0", "")) > 10
    assert not {"\u200b", "\u00ad"} & pdf_kit.letters(pdf)


def test_words_that_a_line_has_room_for_are_not_broken():
    long = "realisationsvinstbeskattningsregler"
    said = " ".join([f"{long} och"] * 40)
    lines = pdf_kit.lines(report_pdf.pdf(_document(said)))
    assert sum(line.count(long) for line in lines) == 40


@pytest.mark.parametrize("place", UNSEEN)
def test_what_is_unseen_stays_unseen(place: str):
    said = pdf_kit.words(report_pdf.pdf(_document(f"Före{place}efter")))
    assert "[tecken" not in said
    assert "Före" in said


@given(text=WILD)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_in_any_place_gives_a_pdf(text: str):
    pdf = report_pdf.pdf(_everywhere(text))
    assert pdf.startswith(b"%PDF-1.7")
    assert pdf_kit.count_missing_glyphs(pdf) == 0


@given(text=WILD)
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_gives_a_leaflet(text: str):
    pdf = report_pdf.pdf(replace(_everywhere(text), is_leaflet=True))
    assert pdf_kit.count_missing_glyphs(pdf) == 0


@given(text=st.text(st.characters(), max_size=60))
@settings(max_examples=200, deadline=None)
def test_no_letter_is_lost_without_a_sign(text: str):
    """Take the signs back and the text is what was written, line ends and places to break aside."""
    document = drawable.tidied(_document(text))
    (_heading, before) = document.blocks
    shown = drawable.signed(document, fonts.choose(drawable.clusters(document)).lacking)
    taken_back = re.sub(
        r"\[tecken ([^\]]+)\]",
        lambda found: "".join(chr(int(one[2:], 16)) for one in found[1].split()),
        shown.blocks[1].text,
    )
    seen = [one for one in before.text if not drawable.is_unseen(one)]
    assert [one for one in taken_back if not drawable.is_unseen(one)] == seen


def test_arabic_and_hebrew_are_read_from_the_right_and_each_text_in_its_language():
    pdf = report_pdf.pdf(_document("שלום", "سلام", "こんにちは", "Hej"))
    assert min(pdf_kit.left_edges(pdf, "ש")) > 400
    assert min(pdf_kit.left_edges(pdf, "Hej")) < 150
    assert {"he", "und", "ja"} <= pdf_kit.languages(pdf)


def test_tabs_lines_and_long_words_stay_on_the_page():
    written = ("10\t20\t30", "ett\x0btvå\x85tre\u2028fyra", "å" * 300)
    reader = pdf_kit.lines(report_pdf.pdf(_document(*written)))
    assert any(re.search(r"10\s+20\s+30", line) for line in reader)
    assert [line for line in reader if line in {"ett", "två", "tre", "fyra"}] == [
        "ett",
        "två",
        "tre",
        "fyra",
    ]
    long = [line.count("å") for line in reader if line.count("å") > 20]
    assert sum(long) == 300
    assert max(long) <= 100


def test_the_pdf_is_made_to_be_kept():
    pdf = report_pdf.pdf(_document("Bra 👍"))
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_metadata() as meta:
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")
        assert meta["pdfuaid:part"] == "1"
        assert meta["xmp:CreateDate"].startswith(f"{NOON:%Y-%m-%dT%H:%M}")
        assert [str(one.S) for one in opened.Root.OutputIntents] == ["/GTS_PDFA1"]


def test_who_has_more_fonts_gets_more_letters(tmp_path: Path, monkeypatch):
    """A folder of the machine's own is looked in when ours lack a letter, by its own table."""
    letter = "\u072b"
    _write_font_with(letter, tmp_path / "NotoSansSyriac-Regular.ttf")
    assert f"[tecken U+{ord(letter):04X}]" in pdf_kit.words(report_pdf.pdf(_document(letter)))
    own = service.load().model_copy(update={"fonts": tmp_path})
    monkeypatch.setattr(service, "load", lambda: own)
    pdf = report_pdf.pdf(_document(letter))
    assert letter in pdf_kit.letters(pdf)
    assert "[tecken" not in pdf_kit.words(pdf)


def _write_font_with(letter: str, file: Path) -> None:
    """Return one of our fonts another name and one letter more, drawn as one that it has."""
    (hebrew,) = (one for one in fonts.choose(["ש"]).folders[0].glob("NotoSansHebrew*"))
    with TTFont(hebrew) as font:
        for table in font["cmap"].tables:
            table.cmap[ord(letter)] = table.cmap[ord("ש")]
        for record in font["name"].names:
            font["name"].setName(
                record.toUnicode().replace("Hebrew", "Syriac"),
                record.nameID,
                record.platformID,
                record.platEncID,
                record.langID,
            )
        font.save(file)


@pytest.fixture
def picky(tmp_path: Path, monkeypatch) -> None:
    """Let typst refuse a letter that the fonts have, and a plain word: a fault of its own."""
    template = tmp_path / "picky.typ"
    refusal = '#if sys.inputs.document.contains(regex("Ω|trasig")) { panic("no") }\n'
    template.write_text(refusal + report_pdf.TEMPLATE.read_text())
    monkeypatch.setattr(report_pdf, "TEMPLATE", template)


def test_a_text_that_typst_refuses_all_the_same_is_found_and_written_plainly(picky):
    pdf = report_pdf.pdf(_document("Före", "Här är Ω, så", "Efter Ѡ"))
    said = pdf_kit.words(pdf)
    assert "Här är [tecken U+03A9], så" in said
    assert "Efter Ѡ" in said
    assert "Det gäller: synpunkt 2." in said


@pytest.mark.parametrize("name", ["1️⃣ Kvarteret", "❤️", "e\u0301\u0302\u0303", "क्षेत्र", "x\u034fy"])
def test_a_name_on_a_map_never_takes_the_pdf_away(name: str):
    """Names in a drawing meet the fonts in another way than words do."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99 9">'
        f'<text font-family="Libertinus Serif, Georgia, serif">{name}</text></svg>'
    )
    blocks = (Heading("Kartor", 1, "kartor"), Figure(svg, "En karta", "Områden", ()))
    said = pdf_kit.words(report_pdf.pdf(_document(blocks=(*blocks, Quote("1", "x", "Bra 👍", "")))))
    assert "Bra 👍" in said
    assert "Det gäller: kartan Områden." in said


@pytest.mark.parametrize("keycap", ["1\ufe0f\u20e3", "#\ufe0f\u20e3", "0\u20e3"])
def test_a_keycap_is_one_sign_and_its_box_lies_on_no_other_letter(keycap: str):
    drawn = pdf_kit.shown(report_pdf.pdf(_document(f"Ring {keycap} nu")))
    (box,) = (one for one in drawn if "\u20e3" in one.said)
    assert len(box.glyphs) == 1
    assert box.said == keycap


def test_what_no_way_helps_against_is_named(picky):
    with pytest.raises(report_pdf.ReportError) as refused:
        report_pdf.pdf(_document("Före", "Här är det trasigt", "Efter"))
    assert refused.value.code == "refused"
    assert refused.value.about == ("synpunkt 2",)


def test_the_official_is_told_which_comment_it_is(decision, at_noon, monkeypatch, picky):
    monkeypatch.setattr(signed_in, "staff", lambda: PLANNER)
    (bad, _fine) = (*send(1, make_comment(text="Bänken är trasig")), *send(2))
    shown = open_page("rapport/page.py", id=D)
    shown.button(key="rapport.gor").click().run()
    job = jobs.find(PLANNER, shown.session_state[work.JOB])
    _wait(job)
    shown.run()
    assert f"synpunkt {bad}" in words(shown)
    assert "Försök igen om en minut" not in words(shown)


def _wait(job: jobs.Job) -> None:
    until = time.monotonic() + 60
    while job.state == jobs.RUNNING and time.monotonic() < until:
        time.sleep(0.02)


ODD = "👍 สวัสดี 你好 \U00013000"


def _written_everywhere() -> None:
    """Write it as a resident and as an official: title, place, contact, theme, answer, comment."""
    decision = make_decision()
    swedish = decision.text("sv")
    several = {"easy_read", "can_influence", "facts", "questions", "ways", "groups", "outcome"}
    odd = {
        one.name: (f"{one.name} {ODD}",) if one.name in several else f"{one.name} {ODD}"
        for one in fields(swedish)
        if one.name in several or one.type == "str"
    }
    decision = replace(
        decision,
        texts={**decision.texts, "sv": replace(swedish, **odd)},
        body=f"{decision.body} {ODD}",
        contact_role=f"{decision.contact_role} {ODD}",
    )
    decisions.add(decision, number=1)
    sent = [*send(1, make_comment(text=f"Bra {ODD}"), persons=6), *send(2)]
    theme = themes.add(PLANNER, D, f"Tema {ODD}", at=NOON)
    theme = themes.save(
        PLANNER,
        theme,
        themes.ThemeTexts(
            title=f"Tema {ODD}",
            summary=f"Vi hörde {ODD}",
            answer=f"Svaret {ODD}",
            outcome=Outcome.PARTLY,
            reason=f"Skälet {ODD}",
        ),
        at=NOON,
    )
    theme_assignment.gather(PLANNER, D, theme.id, sent, at=NOON)


def test_themes_answers_titles_and_drafts_hold_whatever_is_written(empty_store, at_noon):
    _written_everywhere()
    ((_number, decision),) = decisions.list_all()
    for form in forms.FORMS:
        said = pdf_kit.words(report_pdf.pdf(making.official(PLANNER, decision, form, at=NOON)))
        for before in ("Bra", "Tema", "Vi hörde", "Svaret", "Skälet", "title", "summary"):
            assert before in said
        assert said.count("[tecken U+13000]") > 8
        assert said.count("Det gäller:") == 1
    found = report.official(PLANNER, decision, at=NOON)
    pdf = report_pdf.pdf(
        publicity.leaflet(found, publicity.draft(found, publicity.LEAFLET) + f"\n\n{ODD}")
    )
    assert pdf_kit.count_pages(pdf) == 1
    assert "[tecken U+13000]" in pdf_kit.words(pdf)


def test_the_archive_comes_with_its_reports(empty_store, at_noon, monkeypatch):
    _written_everywhere()
    monkeypatch.setattr(signed_in, "staff", lambda: PLANNER)
    shown = open_page("rapport/page.py", id=D)
    shown.button(key="rapport.arkiv").click().run()
    job = jobs.find(PLANNER, shown.session_state[work.JOB])
    _wait(job)
    assert job.state == jobs.DONE
    with zipfile.ZipFile(io.BytesIO(job.result)) as opened:
        reports = [opened.read(name) for name in opened.namelist() if name.endswith(".pdf")]
        comments = json.loads(opened.read("geojson/synpunkter.geojson"))["features"]
    assert len(reports) == 2
    assert all("[tecken U+13000]" in pdf_kit.words(one) for one in reports)
    # only a PDF has fonts of its own: a file keeps what was written
    assert f"Bra {ODD}" in {one["properties"]["text"] for one in comments}
