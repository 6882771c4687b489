"""Rows from spreadsheets: every sort of file, every way to write a word, and hostile ones."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from data import layers, register_rows, register_table, told
from data.models import AgeBand, Channel, Kind, PlaceHow, Relation, Stance
from data.register_rows import Usual
from data.register_table import TableError
from pages.shared import words
from tests.conftest import make_decision

TODAY = date(2026, 11, 23)
USUAL = Usual(Channel.MEETING, date(2026, 11, 20))
LINES = 'Synpunkt;Slag;Antal personer\n"Bänkar; tack\nMed ryggstöd";idé;3\nRädda träden;oro;'


def _rows(text: str, usual: Usual = USUAL):
    table = register_table.read_text(text)
    is_headed = register_rows.has_headings(table.rows[0])
    columns = register_rows.guess(table.rows[0]) if is_headed else {"text": 0}
    columns = dict.fromkeys(register_rows.FIELDS) | columns
    return register_rows.rows(
        table, columns, usual, make_decision(), today=TODAY, skip_first=is_headed
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
        packed.writestr("xl/workbook.xml", b" " * (register_table.UNPACKED_MAX + 1))
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
        (b"a\n" * (register_table.ROWS_MAX + 2), "x.csv", "too_many_rows"),
        (b"a;" * 60 + b"a", "x.csv", "too_many_columns"),
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
    found = register_rows.guess(["Löpnr", "INKOM", "Synpunkten", "Antal", "Plats", "Typ"])
    assert {field: at for field, at in found.items() if at is not None} == {
        "text": 2,
        "received": 1,
        "persons": 3,
        "place": 4,
        "kind": 5,
    }
    assert not register_rows.has_headings(["Bygg en bänk", "3"])


def test_what_a_row_does_not_say_is_as_usual():
    first, second = _rows(LINES)
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
        ("20/11 2026", date(2026, 11, 20)),
        ("20.11.2026", date(2026, 11, 20)),
    ],
)
def test_a_day_is_read_as_it_is_written_here(said, day):
    entry = _one("Datum", said).entry
    assert entry is not None
    assert entry.received_on == day


@pytest.mark.parametrize(
    ("heading", "said", "field", "fault"),
    [
        ("Slag", "grej", "kind", "unknown_word"),
        ("Kom in", "webben", "channel", "unknown_word"),
        ("Datum", "i tisdags", "received", "bad_date"),
        ("Datum", "2026-13-40", "received", "bad_date"),
        ("Antal", "många", "persons", "bad_persons"),
        ("Antal", "0", None, "bad_persons"),
        ("Antal", "501", None, "bad_persons"),
        ("Bor i", "Månen", "home", "unknown_home"),
        ("Ålder", "207", "age", "unknown_word"),
        ("Datum", "2026-10-31", None, "received_before"),
        ("Datum", "2026-11-24", None, "received_in_future"),
        ("Plats", "59,2753 15,2134", None, "outside"),
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
    for said, home in ((name, code), (code, code), ("annan kommun", told.ELSEWHERE)):
        entry = _one("Bor i", str(said)).entry
        assert entry is not None
        assert entry.home == home


def test_an_age_in_years_gives_its_band():
    for said, band in (("15", AgeBand.CHILD), ("16", AgeBand.YOUTH), ("90", AgeBand.OLD)):
        entry = _one("Ålder", said).entry
        assert entry is not None
        assert entry.age_band is band


def test_a_text_that_stands_twice_is_pointed_out_and_kept():
    first, second = _rows("Bygg en bänk\nbygg en BÄNK")
    assert first.notes == ()
    assert second.notes == ("same_above",)
    assert second.entry is not None
