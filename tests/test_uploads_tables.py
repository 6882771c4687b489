"""Pastes and files are read to the letter: what is no row of its own is counted and told."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from data.models import Channel
from data.review import register_fields, register_rows, register_table
from data.review.register_rows import Usual
from data.review.register_table import Table, TableError
from pages.registrera.remarks import SAID
from tests.conftest import make_decision

TODAY = date(2026, 11, 23)
USUAL = Usual(Channel.MEETING, date(2026, 11, 16))


def _read(table: Table):
    headings = register_fields.heading_row(table.rows)
    columns = dict.fromkeys(register_fields.FIELDS)
    if headings is not None:
        columns = register_fields.guess(table.rows[headings])
    columns = {"text": 0, **{name: at for name, at in columns.items() if at is not None}}
    columns = dict.fromkeys(register_fields.FIELDS) | columns
    return register_rows.rows(
        table, columns, USUAL, make_decision(), today=TODAY, headings=headings
    )


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _book(*lines) -> Workbook:
    book = Workbook()
    for line in lines:
        book.active.append(line)
    return book


def _remarks(table: Table) -> dict[str, tuple[str, ...]]:
    return {one.code: one.where for one in table.remarks}


# ---- pasted


LINE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\x00"), max_size=30)


@given(st.lists(LINE, min_size=1, max_size=12).filter(lambda lines: any(map(str.strip, lines))))
@example(["Fint, men dyrt", "Bra, tycker jag, och fint", "Nej, nej; nej"])
@example(['"Bra', "x", 'y"'])
@example(['"Bra" sa hon', 'a "b\tc"'])
@example(["a\x0bb", "c\x85d", "e\u2028f"])
def test_every_pasted_line_is_a_row_and_every_sign_a_letter(lines):
    table = register_table.read_text("\r\n".join(lines))
    filled = [n for n, line in enumerate(lines, start=1) if line.strip()]
    assert table.numbers == tuple(filled)
    for row, number in zip(table.rows, table.numbers, strict=True):
        cells = lines[number - 1].split("\t")
        width = max(len(cells), len(row))
        assert [*cells, *[""] * (width - len(cells))][: len(row)] == list(row)
    last = max((n for n, line in enumerate(lines, start=1) if line), default=0)
    assert table.lines == last == len(table.rows) + table.blank


def test_three_lines_with_commas_are_three_whole_comments():
    lines = ["Fint, men dyrt", "Bygg, gärna nu, tack", "Nej; tack"]
    assert [row.entry.text for row in _read(register_table.read_text("\n".join(lines)))] == lines


def test_a_mark_at_the_beginning_of_a_cell_swallows_nothing():
    lines = ['"Vi vill ha bänkar', "Rädda träden", '"Bra" sade hon\t"', "Sist"]
    table = register_table.read_text("\n".join(lines))
    assert [row[0] for row in table.rows] == [
        '"Vi vill ha bänkar',
        "Rädda träden",
        '"Bra" sade hon',
        "Sist",
    ]


def test_a_cell_with_a_line_break_is_pointed_out_when_it_is_torn_apart():
    """A spreadsheet quotes such a cell on the clipboard; as text nobody can know where it ends."""
    text = 'Namn\tSynpunkt\tAntal\n1\t"Bänkar\noch träd\ntack"\t3\n2\tHon sa "ja"\t1\n3\t"öppen\t2'
    table = register_table.read_text(text)
    assert _remarks(table) == {"torn": ("2", "3", "4")}
    assert len(table.rows) == 6
    notes = {row.number: row.notes for row in _read(table)}
    assert [n for n, said in notes.items() if "torn" in said] == [2, 3, 4]


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("Synpunkt;Antal\nBänk;3", True),
        ("Plats, Synpunkt\nTorget, Bänk", True),
        ("Synpunkt, tack\nBänk", False),
        ("Synpunkt\tAntal\nBänk; text, plats\t3", False),
    ],
)
def test_a_pasted_csv_file_is_told_and_not_cut(text, is_told):
    table = register_table.read_text(text)
    assert ("csv" in _remarks(table)) == is_told
    assert [row[0] for row in table.rows] == [line.split("\t")[0] for line in text.split("\n")]


# ---- CSV files


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_a_csv_is_read_however_it_was_saved(encoding, sign):
    lines = [["Synpunkt", "Antal"], ['"Bänkar; tack, nu\nmed ""rygg"""', "3"], ["Rädda", ""]]
    text = "\r\n".join(sign.join(line) for line in lines)
    content = text.encode(encoding)
    if encoding == "utf-16-le":
        content = b"\xff\xfe" + content
    table = register_table.read(content, "rader.csv")
    assert table.rows[1] == ('Bänkar; tack, nu\nmed "rygg"', "3")
    assert (len(table.rows), table.lines, table.joined, table.blank) == (3, 4, 1, 0)


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"'])
def test_a_line_that_only_names_the_sign_is_no_row(first):
    table = register_table.read(f"{first}\nSynpunkt;Antal\nHej, du;3".encode(), "x.csv")
    assert table.rows == (("Synpunkt", "Antal"), ("Hej, du", "3"))
    assert (table.numbers, table.lines) == ((2, 3), 3)
    assert _remarks(table) == {"sep_line": ("1",)}


@pytest.mark.parametrize(
    "lines",
    [
        ["Fint, men dyrt", "Bygg, gärna nu, tack", "Nej; tack"],
        ["Bra, men dyrt", "Nej, tack"],
        ["Synpunkt", "Fint, men dyrt", "Nej"],
        ['"Bra" sa hon', 'och "nej'],
    ],
)
def test_commas_in_what_people_wrote_are_no_columns_in_a_file_either(lines):
    table = register_table.read("\n".join(lines).encode(), "rader.txt")
    assert [row[0] for row in table.rows] == lines
    assert {len(row) for row in table.rows} == {1}


def test_a_mark_that_is_never_closed_swallows_no_row_of_a_file():
    text = 'Synpunkt;Antal\n"Bra sak;1\n"Bra" sa hon;2\n"Två\nrader";3\nSist;4'
    table = register_table.read(text.encode(), "x.csv")
    assert [row[0] for row in table.rows] == [
        *("Synpunkt", '"Bra sak', '"Bra" sa hon', "Två\nrader", "Sist"),
    ]
    assert [row[1] for row in table.rows[1:]] == ["1", "2", "3", "4"]
    assert (table.lines, table.joined) == (6, 1)


def test_another_sign_can_be_chosen():
    content = "Bänk~3\nTräd~4".encode()
    assert register_table.read(content, "x.csv").rows == (("Bänk~3",), ("Träd~4",))
    assert register_table.read(content, "x.csv", delimiter="~").rows == (
        ("Bänk", "3"),
        ("Träd", "4"),
    )


def test_a_title_above_the_headings_does_not_hide_them():
    text = "Möte, torget, 20 november\n\nSynpunkt;Antal\nHej, du;3\n"
    table = register_table.read(text.encode(), "x.csv")
    (row,) = _read(table)
    assert row.entry is not None
    assert (row.text, row.entry.persons, row.number) == ("Hej, du", 3, 4)


# ---- Excel


def test_a_sheet_is_chosen_among_those_with_anything_on_them():
    book = Workbook()
    book.active.title = "Tomt"
    for name, text in (("Dolt", "Gammalt"), ("Möte", "Bänkar"), ("Torg", "Träd")):
        book.create_sheet(name).append([text])
    book["Dolt"].sheet_state = "hidden"
    content = _saved(book)
    table = register_table.read(content, "x.xlsx")
    assert (table.sheet, table.sheets) == ("Möte", ("Dolt", "Möte", "Torg"))
    assert table.hidden_sheets == {"Dolt"}
    assert register_table.read(content, "x.xlsx", sheet="Torg").rows == (("Träd",),)


def test_a_sheet_with_headings_comes_before_one_that_explains_the_file():
    book = _book(("Fyll i nästa blad",))
    sheet = book.create_sheet("Svar")
    sheet.append(("Synpunkt", "Antal"))
    sheet.append(("Bänkar", 1))
    table = register_table.read(_saved(book), "x.xlsx")
    assert (table.sheet, len(table.sheets)) == ("Svar", 2)


@pytest.mark.parametrize(
    "content",
    [
        b"<html><table><tr><td>Hej</td></tr></table></html>",
        b"  <?xml version='1.0'?><a/>",
        b"%PDF-1.7 hej",
        rb"{\rtf1 hej}",
    ],
)
def test_a_page_or_a_document_under_the_name_of_a_table_is_refused(content):
    for name in ("x.csv", "x.xls", "x.txt"):
        with pytest.raises(TableError, match="not_text"):
            register_table.read(content, name)


def test_a_note_on_a_cell_is_told_since_it_is_not_read():
    book = _book(("Synpunkt", "Antal"), ("Hej", 1), ("Nej", 2))
    book.active["A3"].comment = Comment("Hon menade bron", "Kim")
    table = register_table.read(_saved(book), "x.xlsx")
    assert len(table.rows) == 3
    assert _remarks(table) == {"note": ("A3",)}
    assert all(remark.code in SAID for remark in table.remarks)


def test_hidden_rows_and_columns_are_read_and_told():
    book = _book(("Synpunkt", "Antal"), ("Syns", 1), ("Dold", 2))
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["B"].hidden = True
    table = register_table.read(_saved(book), "x.xlsx")
    assert len(table.rows) == 3
    assert _remarks(table) == {"hidden_rows": ("3",), "hidden_columns": ("B",)}
    assert [row.notes for row in _read(table)] == [(), ("hidden",)]
    assert register_table.without(table, table.hidden).numbers == (1, 2)


def test_a_merged_day_holds_for_its_rows_and_never_becomes_the_usual_one():
    book = _book(
        ("Synpunkt", "Datum"), ("Ett", datetime(2026, 11, 5)), ("Två", None), ("Tre", None)
    )
    book.active.merge_cells("B2:B3")
    table = register_table.read(_saved(book), "x.xlsx")
    first, second, third = _read(table)
    assert [row.entry.received_on for row in (first, second)] == [date(2026, 11, 5)] * 2
    assert second.notes == ("merged",)
    assert third.entry.received_on == USUAL.received_on
    assert _remarks(table) == {"merged": ("B3",)}


@pytest.mark.parametrize("column", ["A", "B"])
def test_a_merged_comment_or_number_is_not_counted_twice(column):
    book = _book(("Synpunkt", "Antal", "Plats"), ("Ett", 12, "Torget"), (None, None, "Parken"))
    book.active.merge_cells(f"{column}2:{column}3")
    if column == "B":
        book.active["A3"] = "Två"
    first, second = _read(register_table.read(_saved(book), "x.xlsx"))
    assert first.entry is not None
    assert (second.entry, second.fault) == (None, "merged")


def test_a_formula_without_a_value_and_an_error_are_told_with_their_place():
    book = _book(("Synpunkt", "Antal"), ("Ett", "=SUM(1;2)"), ("Två", "#N/A"), ("Tre", 3))
    book.active["B3"].data_type = "e"
    table = register_table.read(_saved(book), "x.xlsx")
    assert [row[0] for row in table.rows] == ["Synpunkt", "Ett", "Två", "Tre"]
    assert _remarks(table) == {"formula": ("B2",), "error_cell": ("B3",)}


@pytest.mark.parametrize(
    ("heading", "is_kept"), [("Antal", False), ("Datum", False), ("Slag", True), ("Bor i", True)]
)
def test_a_number_or_a_day_is_not_made_up_where_a_formula_has_no_value(heading, is_kept):
    book = _book(("Synpunkt", heading), ("Ett", "=1+1"), ("Två", None))
    first, second = _read(register_table.read(_saved(book), "x.xlsx"))
    assert (first.entry is not None) == is_kept
    assert first.notes == ("unread",)
    assert first.fault == (None if is_kept else "unread")
    assert (second.entry is not None, second.notes) == (True, ())


def test_what_somebody_typed_that_looks_like_an_error_is_kept():
    book = _book(("Synpunkt",), ("x",))
    book.active["A2"].value = "#N/A"
    book.active["A2"].data_type = "s"
    assert register_table.read(_saved(book), "x.xlsx").rows[1] == ("#N/A",)


@pytest.mark.parametrize("is_1904", [False, True])
def test_days_are_counted_from_the_year_of_the_workbook(is_1904):
    """A day with its format, and the same day as a bare number."""
    book = _book(("Synpunkt", "Datum"))
    if is_1904:
        book.epoch = CALENDAR_MAC_1904
    book.active.append(("Ett", datetime(2026, 11, 5)))
    book.active.append(("Två", 46331 - (1462 if is_1904 else 0)))
    first, second = _read(register_table.read(_saved(book), "x.xlsx"))
    assert first.entry.received_on == second.entry.received_on == date(2026, 11, 5)
    assert second.notes == ("serial",)


def test_numbers_are_read_as_they_look():
    book = _book(("Synpunkt", "Antal", "Nord", "Öst"), ("Hej", 1.0, 59.327, 14.524))
    (row,) = _read(register_table.read(_saved(book), "x.xlsx"))
    assert (row.entry.persons, row.entry.lon, row.entry.lat) == (1, 14.524, 59.327)


def test_line_breaks_in_a_cell_hold_together():
    book = _book(("Synpunkt",), ("Rad ett\nrad två",), ('"Citat',), ("Sist",))
    table = register_table.read(_saved(book), "x.xlsx")
    assert [row[0] for row in table.rows[1:]] == ["Rad ett\nrad två", '"Citat', "Sist"]


def test_a_protected_sheet_is_read():
    book = _book(("Synpunkt",), ("Hej",))
    book.active.protection.sheet = True
    book.active.protection.password = "hemligt"
    assert register_table.read(_saved(book), "x.xlsx").rows[1] == ("Hej",)


def test_a_sheet_of_another_office_program_is_named():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(TableError, match="open_document"):
        register_table.read(out.getvalue(), "x.ods")


def test_too_much_in_one_cell_is_told_with_its_place():
    book = _book(("Synpunkt",), ("x" * (register_table.CELL_MAX + 1),))
    with pytest.raises(TableError, match="cell_too_long") as refused:
        register_table.read(_saved(book), "x.xlsx")
    assert (refused.value.row, refused.value.column) == (2, 1)


def test_a_sheet_with_a_row_far_down_is_refused_and_not_cut():
    book = _book(("Synpunkt",))
    book.active.cell(30_000, 1, "Långt ner")
    with pytest.raises(TableError, match="too_many_rows"):
        register_table.read(_saved(book), "x.xlsx")


def _with_sheet(xml: bytes) -> bytes:
    """Return a workbook whose sheet says what no program writes."""
    out = io.BytesIO()
    plain = _saved(_book(("Synpunkt",), ("Hej",)))
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(b"</sheetData>", b"</sheetData>" + xml)
            new.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("ref", "code"),
    [(b"A1:XFD1048576", "too_big"), (b"&#65;1:XFD1048576", "not_excel"), (b"A:XFD", "not_excel")],
)
def test_a_merged_area_without_end_fills_no_memory(ref, code):
    xml = b'<mergeCells count="1"><mergeCell ref="' + ref + b'"/></mergeCells>'
    with pytest.raises(TableError, match=code):
        register_table.read(_with_sheet(xml), "x.xlsx")


def test_a_cell_far_to_the_right_is_refused_and_not_cut():
    book = _book(("Synpunkt",))
    book.active.cell(1, 16_384, "Långt bort")
    with pytest.raises(TableError, match="too_many_columns"):
        register_table.read(_saved(book), "x.xlsx")
