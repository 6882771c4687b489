"""Rows from spreadsheets: every sort of file, every way to write a word, and hostile ones."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from data.geodata import area_names, layers, places
from data.models import ELSEWHERE, AgeBand, Channel, Kind, PlaceHow, Relation, Stance
from data.review import (
    register_fields,
    register_rows,
    register_table,
    register_words,
    registering,
    vocabulary,
)
from data.review.register_rows import Usual
from data.review.register_table import Table, TableError
from data.uploads import table_book
from pages.shared.words import words
from tests.conftest import make_decision

TODAY = date(2026, 11, 23)
USUAL = Usual(Channel.MEETING, date(2026, 11, 20))
LINES = 'Synpunkt;Slag;Antal personer\n"Bänkar; tack\nMed ryggstöd";idé;3\nRädda träden;oro;'


def _rows(text: str | Table, usual: Usual = USUAL, answers=None):
    table = register_table.read_text(text) if isinstance(text, str) else text
    headings = register_fields.heading_row(table.rows)
    columns = {"text": 0} if headings is None else register_fields.guess(table.rows[headings])
    return register_rows.rows(
        table,
        dict.fromkeys(register_fields.FIELDS) | columns,
        usual,
        make_decision(),
        today=TODAY,
        headings=headings,
        answers=answers,
    )


def _one(heading: str, value: str):
    (row,) = _rows(f"Synpunkt\t{heading}\nEn text\t{value}")
    return row


def _book(*lines, sheets=("Blad1",)) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name in sheets:
        book.create_sheet(name)
    for line in lines:
        book[sheets[-1]].append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_is_read_however_excel_saved_it(encoding):
    table = register_table.read(LINES.encode(encoding), "rader.csv")
    assert table.rows[1] == ("Bänkar; tack\nMed ryggstöd", "idé", "3")
    assert table.rows[2] == ("Rädda träden", "oro", "")


def test_excel_is_read_with_its_days_and_numbers_from_the_first_sheet_with_anything_in_it():
    content = _book(
        ("Synpunkt", "Datum", "Antal"),
        (None, None, None),
        ("Bänkar", datetime(2026, 11, 20, 8, 30), 3.0),
        sheets=("Tomt", "Möte"),
    )
    table = register_table.read(content, "rader.xlsx")
    assert table.rows[1] == ("Bänkar", "2026-11-20", "3")
    assert (table.numbers, table.sheet) == ((1, 3), "Möte")


def test_a_formula_is_never_run():
    table = register_table.read(
        _book(("Synpunkt",), ('=HYPERLINK("http://x")',), ("Hej",)), "x.xlsx"
    )
    assert [row[0] for row in table.rows] == ["Synpunkt", "Hej"]


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b" " * (table_book.UNPACKED_MAX + 1))
    return out.getvalue()


def _zip_of(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(name, "hej")
    return out.getvalue()


def _entities() -> bytes:
    """An Excel file whose sheet has an entity in an entity, to be unfolded without end."""
    book, out = _book(("Synpunkt",), ("Hej",)), io.BytesIO()
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = (
                    f"<!DOCTYPE x [{laughs}]><worksheet "
                    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                    '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&l11;</t></is></c></row>'
                    "</sheetData></worksheet>"
                ).encode()
            new.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "x.csv", "empty"),
        (b" \n;;\n", "x.csv", "empty"),
        (b"a" * (register_table.BYTES_MAX + 1), "x.csv", "too_big"),
        (b"a\n" * (registering.ROWS_MAX + 11), "x.csv", "too_many_rows"),
        ((b"a;" * 60 + b"a\n") * 2, "x.csv", "too_many_columns"),
        (b"a;" + b"b" * (register_table.CELL_MAX + 1), "x.csv", "cell_too_long"),
        (b"a\x00b", "x.csv", "not_text"),
        (b"\x81\x8d\x8f", "x.csv", "not_text"),
        (b"\xd0\xcf\x11\xe0 gammal", "x.xls", "old_or_locked"),
        (b"PK\x03\x04 trasig", "x.xlsx", "not_excel"),
        (b"hej", "x.xlsx", "not_excel"),
        (_zip_of("../../hej.txt"), "x.xlsx", "not_excel"),
        (_book(), "x.xlsx", "empty"),
        (_bomb(), "x.xlsx", "too_big"),
        (_entities(), "x.xlsx", "not_excel"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_no_table_is_refused_with_the_reason(content, name, code):
    with pytest.raises(TableError) as refused:
        register_table.read(content, name)
    assert refused.value.code == code


@settings(max_examples=60)
@given(st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe"]), st.binary(max_size=400))
def test_wild_bytes_are_a_table_or_a_reason(start, rest):
    try:
        table = register_table.read(start + rest, "x.xlsx" if start.startswith(b"PK") else "x.csv")
    except TableError:
        return
    assert len({len(row) for row in table.rows}) == 1


@settings(max_examples=40)
@given(st.integers(0, 6000), st.integers(1, 255))
def test_a_broken_workbook_is_a_table_or_a_reason(place, change):
    content = bytearray(_book(("Synpunkt", "Antal"), ("Hej", 3)))
    content[place % len(content)] ^= change
    try:
        register_table.read(bytes(content), "x.xlsx")
    except TableError:
        return


def test_columns_are_found_by_their_names_and_each_is_used_once():
    found = register_fields.guess(["Löpnr", "INKOM", "Synpunkten", "Antal", "Plats", "Typ"])
    assert {field: at for field, at in found.items() if at is not None} == {
        "text": 2,
        "received": 1,
        "persons": 3,
        "place": 4,
        "kind": 5,
    }
    assert not register_fields.has_headings(["Bygg en bänk", "3"])


def test_what_a_row_does_not_say_is_as_usual():
    first, second = _rows(register_table.read(LINES.encode(), "rader.csv"))
    assert first.entry is not None
    assert (first.entry.text, first.entry.kind, first.entry.persons) == (
        "Bänkar; tack\nMed ryggstöd",
        Kind.IDEA,
        3,
    )
    assert second.entry is not None
    assert (second.entry.kind, second.entry.persons) == (Kind.CONCERN, 1)
    assert (second.entry.channel, second.entry.received_on) == (USUAL.channel, USUAL.received_on)


@pytest.mark.parametrize("sort", [Kind, Stance, Channel, AgeBand, Relation])
def test_every_word_that_pages_show_is_understood(sort):
    heading = {
        Kind: "Slag",
        Stance: "För eller emot",
        Channel: "Kom in",
        AgeBand: "Ålder",
        Relation: "Koppling",
    }[sort]
    field = {Kind: "kind", Stance: "stance", Channel: "channel", AgeBand: "age_band"}.get(
        sort, "relation"
    )
    for member, shown in words.WORDS_OF[sort].items():
        if member is Channel.WEB:
            continue
        for said in (shown, shown.upper(), member.value):
            entry = _one(heading, said).entry
            assert entry is not None, said
            assert getattr(entry, field) == member


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-11-20", date(2026, 11, 20)),
        ("20261120", date(2026, 11, 20)),
        ("2026-11-20 14:30:00", date(2026, 11, 20)),
        ("2026-11-20T14:30:00Z", date(2026, 11, 20)),
        ("2026-11-20 kl. 14.30", date(2026, 11, 20)),
        ("2026-11-5", date(2026, 11, 5)),
        ("20/11 2026", date(2026, 11, 20)),
        # as forms and calendars give it
        ("20/11/2026 14:30:15", date(2026, 11, 20)),
        ("20/11 2026 kl. 14.30", date(2026, 11, 20)),
        ("20-nov-2026", date(2026, 11, 20)),
        ("20 november 2026 kl. 14.30", date(2026, 11, 20)),
        ("20 november 2026, 14:30", date(2026, 11, 20)),
        ("20-11-2026", date(2026, 11, 20)),
        ("20.11.2026", date(2026, 11, 20)),
        ("20 november 2026", date(2026, 11, 20)),
        ("20  Nov. 2026", date(2026, 11, 20)),
        ("fredag den 20 november 2026", date(2026, 11, 20)),
        ("den 20:e november 2026", date(2026, 11, 20)),
        # as a number of days, when the cell has lost its format
        ("46346", date(2026, 11, 20)),
        ("46346,5", date(2026, 11, 20)),
    ],
)
def test_a_day_is_read_as_it_is_written_here(said, day):
    entry = _one("Datum", said).entry
    assert entry is not None
    assert entry.received_on == day


@pytest.mark.parametrize(
    ("heading", "said", "field", "fault"),
    [
        ("Datum", "i tisdags", "received", "bad_date"),
        ("Datum", "2026-13-40", "received", "bad_date"),
        ("Datum", "2026-11-20 till 2026-11-22", "received", "bad_date"),
        ("Datum", "2026-11-20 eller dagen efter", "received", "bad_date"),
        ("Antal", "många", "persons", "bad_persons"),
        ("Antal", "0", None, "bad_persons"),
        ("Antal", "501", None, "bad_persons"),
        ("Datum", "2026-10-31", None, "received_before"),
        ("Datum", "2026-11-24", None, "received_in_future"),
    ],
)
def test_a_bad_row_says_where_and_why(heading, said, field, fault):
    row = _one(heading, said)
    assert row.entry is None
    assert (row.field, row.fault) == (field, fault)


def test_a_row_without_text_is_bad_and_keeps_its_number():
    first, second = _rows("Synpunkt\tAntal\nHej\t1\n\n\t3")
    assert first.fault is None
    assert (second.number, second.fault) == (4, "text_missing")


def test_a_place_is_found_by_coordinates_or_by_a_name_that_is_one_places_own():
    entry = _one("Plats", "59,3270 14,5240").entry
    assert entry is not None
    assert (entry.place_how, entry.lon, entry.lat) == (PlaceHow.PIN, 14.524, 59.327)
    known = _one("Plats", "Skranta torg").entry
    assert known is not None
    assert known.place_how is PlaceHow.PIN
    assert known.place_words == "Skranta torg"


def test_a_place_that_nobody_knows_is_kept_in_words_and_told():
    row = _one("Plats", "bakom Olles garage")
    assert row.entry is not None
    assert row.entry.place_how is PlaceHow.NONE
    assert row.entry.place_words == "bakom Olles garage"
    assert row.notes == ("place_in_words",)


def test_homes_are_read_by_name_or_code():
    code, name = next(iter(layers.frame(layers.DESO)["name"].items()))
    for said, home in ((name, code), (code, code), ("annan kommun", ELSEWHERE)):
        entry = _one("Bor i", str(said)).entry
        assert entry is not None
        assert entry.home == home


def test_an_age_in_years_gives_its_band():
    for said, band in (
        ("15", AgeBand.CHILD),
        ("16", AgeBand.YOUTH),
        ("64 år", AgeBand.ADULT),
        ("65,0", AgeBand.SENIOR),
        ("90", AgeBand.OLD),
    ):
        entry = _one("Ålder", said).entry
        assert entry is not None
        assert entry.age_band is band


def test_a_text_that_stands_twice_is_pointed_out_and_kept():
    first, second = _rows("Bygg en bänk\nbygg en BÄNK")
    assert first.notes == ()
    assert second.notes == ("same_above",)
    assert second.entry is not None


def test_a_place_outside_the_municipality_is_kept_in_words_and_told():
    row = _one("Plats", "59,2753 15,2134")
    assert row.entry is not None
    assert (row.entry.place_how, row.entry.place_words) == (PlaceHow.NONE, "59,2753 15,2134")
    assert row.notes == ("place_outside",)


@pytest.mark.parametrize("north", ["59,3270", "59.3270", "6576400", "6 576 400,0"])
@pytest.mark.parametrize("headings", [("Nord", "Öst"), ("Y", "X"), ("Latitud", "Longitud")])
def test_north_and_east_stand_in_two_columns(north, headings):
    east = "14,5240" if north.startswith("59") else "472900"
    (row,) = _rows(
        f"Synpunkt\t{headings[0]}\t{headings[1]}\tPlats\nHej\t{north}\t{east}\tVid gungorna"
    )
    assert row.entry is not None
    assert row.entry.place_how is PlaceHow.PIN
    assert (round(row.entry.lon, 2), round(row.entry.lat, 2)) == (14.52, 59.33)
    assert row.entry.place_words == "Vid gungorna"


def test_half_a_coordinate_is_kept_in_words():
    (row,) = _rows("Synpunkt\tNord\tÖst\nHej\t59,3270\t")
    assert row.entry is not None
    assert (row.entry.place_how, row.entry.place_words) == (PlaceHow.NONE, "59.3270")


@pytest.mark.parametrize(
    ("said", "persons"),
    [("1,0", 1), ("3.00", 3), ("12 st", 12), ("2 personer", 2), ("7", 7), (" 4 ", 4)],
)
def test_persons_are_read_as_people_write_them(said, persons):
    entry = _one("Antal", said).entry
    assert entry is not None
    assert entry.persons == persons


def test_a_home_by_any_name_that_the_product_uses_never_loses_the_row():
    """The names of the search, the map and the lists; today's fault lost ten of them."""
    areas = {name: code for code, name in layers.frame(layers.DESO)["name"].items()}
    used = {place.name for place in places.everywhere() if place.sort in {"bostadsområde", "ort"}}
    assert {"Aggerud", "Bohult", "Ekeby"} <= used
    for name in used | {*areas, *layers.frame(layers.VALDISTRIKT)["name"]}:
        row = _one("Bostadsområde", name)
        assert row.entry is not None, name
        # the people of another area live in several statistics areas: which one is never made up
        assert row.entry.home == areas.get(name), name
        assert row.unknown == row.entry.told == (() if name in areas else (("home", name),))


def test_the_likely_homes_of_a_district_are_where_its_people_live():
    likely = vocabulary.likely_homes("bohult")
    called = [area_names.of_code(layers.DESO, code) for code in likely]
    assert called[0] == "Karls-Åby, Bohult"
    assert "Sandmo, Bohult" in called
    assert vocabulary.likely_homes("Månen") == []


@pytest.mark.parametrize(
    ("said", "channel"),
    [
        ("Facebook", Channel.SOCIAL),
        ("instagram", Channel.SOCIAL),
        ("Enkät", Channel.SURVEY),
        ("SMS", Channel.MESSAGE),
        ("E-post", Channel.LETTER),
    ],
)
def test_the_ways_in_that_people_use_are_known(said, channel):
    row = _one("Kom in", said)
    assert row.entry is not None
    assert (row.entry.channel, row.unknown) == (channel, ())


@pytest.mark.parametrize(
    ("heading", "field", "of_entry", "left", "answer"),
    [
        ("Slag", "kind", "kind", Kind.IDEA, Kind.QUESTION),
        ("För eller emot", "stance", "stance", Stance.NONE, Stance.FOR),
        ("Kom in", "channel", "channel", Channel.OTHER, Channel.PHONE),
        ("Ålder", "age", "age_band", None, AgeBand.OLD),
        ("Koppling", "relation", "relation", None, Relation.WORKS),
        ("Bor i", "home", "home", None, ELSEWHERE),
    ],
)
@pytest.mark.parametrize("word", ["rökaignal", "207", "?!", "Webben "])
def test_an_unknown_word_is_kept_asked_once_and_answered_for_all(
    heading, field, of_entry, left, answer, word
):
    text = f"Synpunkt\t{heading}\nEtt\t{word}\nTvå\t {word}\nTre\t"
    read = _rows(text)
    asked = word.strip()
    assert [getattr(row.entry, of_entry) for row in read[:2]] == [left, left]
    assert [row.entry.told for row in read[:2]] == [((field, asked),)] * 2
    assert register_rows.questions(read) == [register_rows.Question(field, asked, 2)]
    read = _rows(
        text, answers={(field, asked): answer.value if hasattr(answer, "value") else answer}
    )
    assert [getattr(row.entry, of_entry) for row in read[:2]] == [answer, answer]
    # what was said is kept also when it has been answered
    assert [row.entry.told for row in read] == [((field, asked),)] * 2 + [()]


@pytest.mark.parametrize(
    ("heading", "field", "word", "answer", "of_entry"),
    [
        ("Datum", "received", "i tisdags", date(2026, 11, 17), "received_on"),
        ("Antal", "persons", "många", 30, "persons"),
    ],
)
def test_a_day_and_a_number_are_never_guessed_but_can_be_answered(
    heading, field, word, answer, of_entry
):
    text = f"Synpunkt\t{heading}\nEtt\t{word}"
    (row,) = _rows(text)
    assert row.entry is None
    assert register_rows.questions([row]) == [register_rows.Question(field, word, 1)]
    (row,) = _rows(text, answers={(field, word): answer})
    assert row.entry is not None
    assert getattr(row.entry, of_entry) == answer


def test_a_place_in_words_can_be_answered():
    hit = places.search("Skranta torg")[0]
    key = register_words.place_key(hit)
    said = "torget där uppe"
    (row,) = _rows(f"Synpunkt\tPlats\nHej\t{said}", answers={("place", said): key})
    assert row.entry is not None
    assert (row.entry.lon, row.entry.place_words) == (hit.lon, "torget där uppe")


def test_words_in_columns_that_nothing_is_read_from_are_shown():
    text = "Synpunkt\tÄrende\tSynpunkt\nHej\tA-17\tOch en sak till\tutanför\nDå\t\t"
    table = register_table.read_text(text)
    columns = register_fields.guess(table.rows[0])
    left = register_fields.left_out(table.rows, columns, 0)
    assert [(one.heading, one.count, one.words) for one in left] == [
        ("Ärende", 1, "A-17"),
        ("Synpunkt", 1, "Och en sak till"),
        ("", 1, "utanför"),
    ]
    first, second = _rows(table)
    assert first.left_out == ("A-17", "Och en sak till", "utanför")
    assert second.left_out == ()


@pytest.mark.parametrize(
    ("lines", "at"),
    [
        (("Synpunkt\tPlats", "Hej\tTorget"), 0),
        (("Synpunkter från mötet\t20 november", "", "Synpunkt\tPlats", "Hej\tTorget"), 1),
        (("Dialogmöte", "Synpunkt", "Hej"), 1),
        (("Bygg en bänk", "Rädda träden"), None),
        (("Bänk\t3", "Plats\t4"), None),
        (("Text", "Plats"), 0),
        (("Dialogmöte", "Synpunkt\tÄrende", "Hej\tA-17"), 1),
        (("Plats", "Synpunkt\tAntal", "Hej\t2"), 1),
        # what somebody said, with a tick or a no beside it
        (("Fler lampor\tx", "Inga bilar\tx"), None),
        (("Fler lampor\tn", "Inga bilar\tj"), None),
        (("Hur", "ska vi bada?"), None),
        (("Vad tycker du?\tOmråde", "Hej\tEkeby"), 0),
        (("N (SWEREF 99 TM)\tE (SWEREF 99 TM)\tVad?", "6576400\t473000\tHej"), 0),
        (("Comment\tDate\tNumber of people", "More benches\t2026-11-20\t3"), 0),
    ],
)
def test_headings_are_found_below_a_title(lines, at):
    assert register_fields.heading_row(register_table.read_text("\n".join(lines)).rows) == at


WILD = st.one_of(
    st.text(max_size=25),
    st.from_regex(r"\A[-+0-9 .,/:]{0,14}\Z"),
    st.sampled_from(["99999", "46346", "٣", "1e9", "-1", "0001-01-01", "31 februari 2026", "½"]),
)


@settings(max_examples=150)
@given(st.lists(st.tuples(*[WILD] * len(register_fields.FIELDS)), min_size=1, max_size=4))
def test_whatever_stands_in_the_cells_every_row_is_kept_or_told(cells):
    """Also for what no answer was given to, the words are there."""
    table = Table(tuple(cells), tuple(range(1, len(cells) + 1)), len(cells))
    columns = {field: at for at, field in enumerate(register_fields.FIELDS)}
    read = register_rows.rows(table, columns, USUAL, make_decision(), today=TODAY, headings=None)
    assert [row.number for row in read] == list(table.numbers)
    for row, said in zip(read, cells, strict=True):
        assert row.text == said[0]
        assert (row.entry is None) != (row.fault is None)
        assert row.entry is None or row.entry.told == row.unknown
