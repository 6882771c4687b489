"""What can be taken away: the same figures in every format, nothing that runs, nothing hidden."""

from __future__ import annotations

import contextlib
import io
import re
import sqlite3
import unicodedata
import zipfile
from datetime import datetime

import geopandas as gpd
import openpyxl
import pandas as pd
import pyogrio
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from data.comments import results, submissions
from data.decisions import decisions
from data.models import Channel, HideReason, Kind, PlaceHow, Staff
from data.output import export_files, export_tables, formulas, workbook
from data.output.export_tables import Table
from data.review import comment_answering, registering, review
from geo import crs
from pages.shared.words import export_words
from tests.conftest import NOON, make_comment, make_decision, make_submission

SIGNS = ("=", "+", "-", "@", "\u2212")
REVIEWER = Staff("Granskare", frozenset({"reviewer"}))
FORMULAS = [
    *("=1+1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =cmd|' /C calc'!A0"),
    # wide and small forms, which some spreadsheets read as the sign they are
    *("＝1+1", "＋1+1", "－2+3", "＠SUM(A1)", "﹦1+1", "−2+3"),
]
SIGNED = {text.strip() for text in FORMULAS}


def _publish(words: list[str]):
    decision = make_decision()
    decisions.add(decision, number=1)
    for number, text in enumerate(words):
        key = f"nyckel-{number:010}"
        submissions.add(make_submission(make_comment(text=text), key=key), at=NOON)
    for comment in review.waiting(REVIEWER, limit=100):
        review.publish(comment.id, actor=REVIEWER, at=NOON)
    return decision


@pytest.fixture
def tables(empty_store):
    decision = _publish([*FORMULAS, "Hej åäö", '{{7*7}}; "citat"\nny rad'])
    nowhere = make_comment(text="Överallt", place_how=PlaceHow.NONE, lon=None, lat=None)
    submissions.add(make_submission(nowhere, key="nyckel-utan-plats"), at=NOON)
    (waiting,) = review.waiting(REVIEWER)
    review.publish(waiting.id, actor=REVIEWER, at=NOON)
    return decision, export_tables.public(decision, at=NOON)


def _package(decision, tables: list[Table]) -> bytes:
    return export_files.package(decision, tables, at=NOON, words=export_words.IN_FILES)


def _sheet(content: bytes, table: str) -> pd.DataFrame:
    """Read a sheet by the table's name, with the columns named as in the open data."""
    names = {head: column for column, head in export_tables.HEADINGS.items()}
    names |= {"Synpunkter": "comments", "Personer, ungefär": "persons"}
    rows = pd.read_excel(io.BytesIO(content), export_tables.SHEETS[table])
    return rows.rename(columns=names)


def _by_name(tables: list[Table]) -> dict[str, pd.DataFrame]:
    return {table.name: table.rows for table in tables}


def test_every_column_is_explained(tables):
    _decision, found = tables
    text = export_files._read_me(_decision, found, NOON)
    for table in found:
        for column in table.rows.columns:
            assert f"  {column}: " in text


def test_the_figures_are_those_of_the_page(tables):
    decision, found = tables
    shown = results.protected(decision.id, "deso")
    given_away = _by_name(found)["resultat_deso"].set_index("code")
    pd.testing.assert_frame_equal(
        given_away[shown.columns.tolist()], shown, check_names=False, check_like=True
    )


def test_all_formats_hold_the_same(tables, tmp_path):
    decision, found = tables
    packed = zipfile.ZipFile(io.BytesIO(_package(decision, found)))
    plain = pd.read_csv(io.BytesIO(packed.read("csv/resultat_deso.csv")))
    swedish = pd.read_csv(
        io.BytesIO(packed.read("csv för Excel/resultat_deso.csv")),
        sep=";",
        decimal=",",
        encoding="utf-8-sig",
    )
    sheet = _sheet(packed.read(f"{decision.id}.xlsx"), "resultat_deso")
    (tmp_path / "ut.gpkg").write_bytes(packed.read(f"{decision.id}.gpkg"))
    drawn = gpd.read_file(tmp_path / "ut.gpkg", layer="resultat_deso")
    for other in (swedish, sheet, pd.DataFrame(drawn.drop(columns="geometry"))):
        for column in ("comments", "persons", "for"):
            assert other[column].astype("Int64").tolist() == plain[column].astype("Int64").tolist()
        assert other["name"].tolist() == plain["name"].tolist()


@pytest.mark.parametrize("folder", ["csv", "csv för Excel"])
def test_no_cell_of_a_csv_is_a_formula(tables, folder: str):
    decision, found = tables
    packed = zipfile.ZipFile(io.BytesIO(_package(decision, found)))
    separator = ";" if folder == "csv för Excel" else ","
    rows = pd.read_csv(
        io.BytesIO(packed.read(f"{folder}/synpunkter.csv")), sep=separator, encoding="utf-8-sig"
    )
    assert len(rows) == len(FORMULAS) + 3
    for text in rows["text"]:
        assert not unicodedata.normalize("NFKC", text.lstrip()).startswith(SIGNS)
    assert "Hej åäö" in rows["text"].tolist()


def test_no_cell_of_an_excel_file_is_a_formula(tables):
    _decision, found = tables
    book = _book(found)
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
    cells = [row[3] for row in book["Synpunkter"].iter_rows(min_row=2)]
    assert {"=1+1", "＝1+1"} <= {cell.value for cell in cells}
    # told as text to Excel too, so that it stays text when somebody presses Enter in it
    assert all(one.quotePrefix for one in cells if str(one.value).strip() in SIGNED)


@pytest.mark.parametrize("written", ["a\ufffeb", "a\uffffb", "\ud83d", "\x00=1", "\x0b=1"])
def test_what_no_xml_may_hold_never_takes_an_excel_file_away(written: str):
    made = workbook.of_rows("Blad", ("Ord",), [[written]])
    assert openpyxl.load_workbook(io.BytesIO(made))["Blad"]["A2"].data_type == "s"


@pytest.mark.parametrize("unseen", ["\x00", "\x85", "\u00ad", "\u202e", "\u2062", "\ufe0f"])
def test_what_is_not_seen_hides_no_formula(unseen: str):
    assert formulas.harmless(f"{unseen}=1+1") == f"'{unseen}=1+1"
    assert formulas.harmless(f"{unseen}hej") == f"{unseen}hej"


def _book(tables: list[Table]) -> openpyxl.Workbook:
    made = workbook.workbook(tables, export_words.IN_FILES)
    return openpyxl.load_workbook(io.BytesIO(made))


def _heads(sheet) -> list[str]:
    return [cell.value for cell in sheet[1]]


def test_the_excel_file_is_for_people_in_an_office(tables):
    decision, found = tables
    book = _book(found)
    assert book.sheetnames[-2:] == ["Koder", "Förklaring"]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        for head, column in zip(sheet[1], sheet.columns, strict=True):
            width = sheet.column_dimensions[column[0].column_letter].width
            assert width > len(head.value), (sheet.title, head.value)
            assert head.font.bold
            assert head.value not in export_tables.COLUMNS, "a name of the open data"
            assert all(cell.alignment.wrap_text for cell in column[1:] if cell.data_type == "s")
    said = book["Synpunkter"]
    heads = _heads(said)
    assert heads[heads.index("Synpunkt") + 1] == "Tema"
    days = [row[heads.index("Kom in")] for row in said.iter_rows(min_row=2)]
    assert all(cell.is_date for cell in days)
    assert {cell.value.date() for cell in days} == {NOON.date()}
    assert {row[heads.index("Slag")].value for row in said.iter_rows(min_row=2)} == {"Idé"}
    facts = dict(book["Förslaget"].iter_rows(min_row=2, values_only=True))
    assert facts["Öppnar"].date() == decision.opens
    assert facts["Räknat"] == datetime(2026, 11, 23, 12, 0)


def test_codes_stand_on_a_sheet_of_their_own(tables):
    _decision, found = tables
    book = _book(found)
    codes = {code for told in export_words.IN_FILES.values() for code in told if code.isascii()}
    areas = set(_by_name(found)["resultat_deso"]["code"])
    for sheet in book.worksheets[:-2]:
        seen = {cell.value for row in sheet.iter_rows() for cell in row}
        assert not seen & (codes | areas), sheet.title
    listed = list(book["Koder"].iter_rows(min_row=2, values_only=True))
    assert ("Slag", "Något som är bra", "like") in listed
    assert areas <= {code for _what, _word, code in listed}


def test_every_column_has_a_heading_of_its_own_on_its_sheet(tables):
    _decision, found = tables
    assert export_tables.HEADINGS.keys() == export_tables.COLUMNS.keys() - {"code"}
    for table in found:
        heads = [export_tables.HEADINGS[one] for one in table.rows.columns if one != "code"]
        assert len(set(heads)) == len(heads), table.name


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
@settings(max_examples=150, deadline=None)
def test_a_cell_holds_what_was_written_and_runs_nothing(text: str):
    rows = pd.DataFrame([{"text": text}])
    sheet = _book([Table("synpunkter", "Synpunkter", rows)])["Synpunkter"]
    if not text:
        assert sheet["A2"].value is None
        return
    assert sheet["A2"].data_type == "s"
    lines = re.sub("\r\n|[\r\v\f\x85\u2028\u2029]", "\n", text)
    wanted = re.sub("[\0-\x08\x0e-\x1f]", "\ufffd", lines)
    assert unescape(sheet["A2"].value) == wanted


def test_what_reads_as_an_escape_stays_as_it_was_written():
    rows = pd.DataFrame([{"text": "_x0041_ och _x000D_"}])
    made = workbook.workbook([Table("synpunkter", "", rows)], export_words.IN_FILES)
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        assert b"_x005F_x0041_ och _x005F_x000D_" in packed.read("xl/worksheets/sheet1.xml")


def test_a_long_text_has_room(empty_store):
    rows = pd.DataFrame([{"text": "Ord och ord. " * 60}, {"text": "Kort"}])
    sheet = _book([Table("synpunkter", "", rows)])["Synpunkter"]
    assert sheet.row_dimensions[2].height > 100
    assert sheet.row_dimensions[3].height is None


def test_a_geopackage_opens_with_its_layers_letters_and_looks(tables, tmp_path):
    decision, found = tables
    path = tmp_path / "ut.gpkg"
    path.write_bytes(export_files.geopackage(decision, found))
    names = {name for name, _kind in pyogrio.list_layers(path)}
    assert {"forslag", "synpunkter", "resultat_deso", "berorda_deso", "layer_styles"} <= names
    area = gpd.read_file(path, layer="forslag")
    assert area.crs.to_epsg() == 3006
    assert area.geometry[0].equals_exact(decision.area, 0.01)
    points = gpd.read_file(path, layer="synpunkter")
    assert "Hej åäö" in points["text"].tolist()
    asked = _by_name(found)["synpunkter"]
    back = points.to_crs(4326).geometry
    for (_, row), point in zip(asked.iterrows(), back, strict=True):
        if pd.isna(row["lon"]):
            assert point is None, "it counts as much, but lies nowhere"
            continue
        assert abs(point.x - row["lon"]) < 1e-7
        assert abs(point.y - row["lat"]) < 1e-7
    looks = pyogrio.read_dataframe(path, layer="layer_styles")
    assert set(looks["f_table_name"]) == names - {"layer_styles"}
    for qml in looks["styleQML"]:
        assert "renderer-v2" in qml


def test_a_point_comes_back_to_the_centimetre(tables, tmp_path):
    decision, found = tables
    path = tmp_path / "ut.gpkg"
    path.write_bytes(export_files.geopackage(decision, found))
    drawn = gpd.read_file(path, layer="synpunkter").dropna(subset="geometry")
    assert len(drawn)
    for _, row in drawn.iterrows():
        x, y = crs.point_to_metric(row["lon"], row["lat"])
        assert row["geometry"].distance(shapely.Point(x, y)) < 0.01


# the tables that a GeoPackage has, with the columns that its standard (OGC 12-128r19) demands
_DEMANDED = {
    "gpkg_contents": {"table_name", "data_type", "identifier", "last_change", "srs_id"},
    "gpkg_geometry_columns": {
        "table_name",
        "column_name",
        "geometry_type_name",
        "srs_id",
        "z",
        "m",
    },
    "gpkg_spatial_ref_sys": {"srs_name", "srs_id", "organization", "definition"},
    "gpkg_extensions": {"table_name", "column_name", "extension_name", "definition", "scope"},
}


@pytest.mark.parametrize("said", [True, False], ids=["comments", "nothing said"])
def test_a_geopackage_is_one_by_its_standard(request, tmp_path, said: bool):
    if said:
        decision, found = request.getfixturevalue("tables")
    else:
        decision = request.getfixturevalue("decision")
        found = export_tables.public(decision, at=NOON)
    path = tmp_path / "ut.gpkg"
    path.write_bytes(export_files.geopackage(decision, found))
    with contextlib.closing(sqlite3.connect(path)) as file:
        ask = file.execute
        assert ask("PRAGMA application_id").fetchone() == (int.from_bytes(b"GPKG"),)
        assert ask("PRAGMA user_version").fetchone()[0] >= 10_200
        assert ask("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert ask("PRAGMA foreign_key_check").fetchall() == []
        for table, columns in _DEMANDED.items():
            there = {row[1] for row in ask(f"PRAGMA table_info({table})")}
            assert columns <= there, table
        known = {row[0] for row in ask("SELECT srs_id FROM gpkg_spatial_ref_sys")}
        assert {-1, 0, 4326, 3006} <= known
        layers_of = ask("SELECT table_name, data_type, srs_id FROM gpkg_contents").fetchall()
        features = {name for name, sort, _srs in layers_of if sort == "features"}
        assert {srs for _name, sort, srs in layers_of if sort == "features"} == {3006}
        held = ask("SELECT table_name, column_name, geometry_type_name FROM gpkg_geometry_columns")
        geometry = {name: (column, sort) for name, column, sort in held}
        assert set(geometry) == features
        for name, (column, sort) in geometry.items():
            keys = [row for row in ask(f'PRAGMA table_info("{name}")') if row[5]]
            assert [row[2] for row in keys] == ["INTEGER"], "one whole number is the key"
            rows = ask(f'SELECT "{column}" FROM "{name}" WHERE "{column}" IS NOT NULL').fetchall()
            for (blob,) in rows:
                assert blob[:2] == b"GP"
                little = "little" if blob[3] & 1 else "big"
                assert int.from_bytes(blob[4:8], little) == 3006
                envelope = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[blob[3] >> 1 & 7]
                shape = shapely.from_wkb(blob[8 + envelope :])
                assert shape.geom_type.upper() in {sort, f"MULTI{sort}"} or sort == "GEOMETRY"
            index = f"rtree_{name}_{column}"
            (indexed,) = ask(f'SELECT count(*) FROM "{index}"').fetchone()
            assert indexed == len(rows)


def test_what_waits_or_is_hidden_is_in_no_file_and_masked_words_stay_masked(empty_store):
    decision = _publish(["Publicerad"])
    for number, text in enumerate(["Väntar", "Gömd", "Ring 070-1234567 nu"], start=50):
        new = make_submission(make_comment(text=text), key=f"nyckel-{number:010}")
        submissions.add(new, at=NOON)
    waiting = {one.original: one.id for one in review.waiting(REVIEWER, limit=100)}
    review.hide(waiting["Gömd"], actor=REVIEWER, reason=HideReason.OFF_TOPIC, at=NOON)
    masked = waiting["Ring 070-1234567 nu"]
    review.publish(masked, actor=REVIEWER, at=NOON, public_text="Ring [dolt] nu")
    found = export_tables.public(decision, at=NOON)
    assert _by_name(found)["synpunkter"]["text"].tolist() == ["Ring [dolt] nu", "Publicerad"]
    written = _package(decision, found)
    packed = zipfile.ZipFile(io.BytesIO(written))
    everything = b"".join(packed.read(name) for name in packed.namelist())
    assert b"070-1234567" not in everything


@given(st.text())
def test_harmless_never_lets_a_formula_through(text: str):
    for written in (text, f"={text}", f" ＝{text}", f"\u200b+{text}", f"\t{text}"):
        found = str(formulas.harmless(written))
        assert found in {written, f"'{written}"}
        if re.fullmatch(r"-?\d+(\.\d+)?", found):
            continue
        assert not unicodedata.normalize("NFKC", found.strip()).startswith(SIGNS)
        assert not found.startswith(("\t", "\r", "\n"))


def test_channels_and_answers_are_taken_along_with_small_numbers_hidden(empty_store):
    decision = _publish([f"Nummer {n}" for n in range(6)])
    letter = registering.Entry(
        text="Ett brev", channel=Channel.LETTER, received_on=NOON.date(), kind=Kind.IDEA, persons=3
    )
    registering.enter(REVIEWER, decision.id, letter, key="rad-1", at=NOON)
    (waiting,) = review.waiting(REVIEWER)
    review.publish(waiting.id, actor=REVIEWER, at=NOON)
    comment_answering.add(REVIEWER, waiting.id, "Tack för brevet.", at=NOON)
    found = _by_name(export_tables.public(decision, at=NOON))
    channels = found["kanaler"].set_index("channel")["persons"]
    assert pd.isna(channels["letter"])
    assert pd.isna(channels["web"]) or channels["web"] % 5 == 0
    assert "Tack för brevet." in found["synpunkter"]["answer"].tolist()
    assert "teman" not in found
