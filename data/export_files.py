"""Writes a decision's tables as files: CSV, Excel, GeoPackage, and all of it in a zip.

Every format is written from the same tables. A text that a spreadsheet could take for a formula is
made harmless, since comments are written by anybody.
"""

from __future__ import annotations

import io
import re
import tempfile
import textwrap
import zipfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from data import clock, layers
from data.export_styles import styles
from data.export_tables import CAVEAT, COLUMNS, EXAMPLE, LAYERS, Table
from data.models import Decision
from geo import crs

# what Excel, LibreOffice and Google's sheets take for the beginning of a formula
_FORMULA = re.compile(r"^[\s]*[=+\-@\t\r]")
_NUMBER = re.compile(r"^-?\d+(\.\d+)?$")
READ_ME = "LÄS MIG.txt"
# the zip says nothing about when it was packed, so that the same figures give the same bytes
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def harmless(value: object) -> object:
    """Give `value` so that no spreadsheet runs it.

    >>> harmless("=1+1"), harmless("hej"), harmless(-3)
    ("'=1+1", 'hej', -3)
    """
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.match(value):
        return "'" + value
    return value


def csv(rows: pd.DataFrame, *, for_excel: bool) -> bytes:
    """Write a table as CSV: for Swedish Excel (semicolon, comma, mark first), or plain."""
    written = rows.map(harmless)
    if for_excel:
        return written.to_csv(index=False, sep=";", decimal=",").encode("utf-8-sig")
    return written.to_csv(index=False).encode()


def excel(tables: Iterable[Table]) -> bytes:
    """Write all tables as one Excel file, a sheet for each, and one that explains the columns."""
    book = Workbook(write_only=True)
    for table in [*tables, _explained(tables)]:
        sheet = book.create_sheet(table.name[:31])
        sheet.freeze_panes = "A2"
        sheet.append([_cell(sheet, name, bold=True) for name in table.rows.columns])
        for row in table.rows.itertuples(index=False):
            sheet.append([_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: WriteOnlyWorksheet, value: Any, *, bold: bool = False) -> Any:  # noqa: ANN401
    if value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return None
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        # told as text, a cell is never a formula, whatever it begins with
        cell.data_type = "s"
        cell.quotePrefix = bool(_FORMULA.match(value))
    if bold:
        cell.font = Font(bold=True)
    return cell


def _explained(tables: Iterable[Table]) -> Table:
    rows = [
        {"tabell": table.name, "kolumn": column, "betyder": COLUMNS[column]}
        for table in tables
        for column in table.rows.columns
    ]
    return Table("forklaring", "Vad varje kolumn betyder", pd.DataFrame(rows))


def geopackage(decision: Decision, tables: Iterable[Table]) -> bytes:
    """Write the decision, comments and areas as layers in SWEREF 99 TM.

    A comment without a point is a row without a geometry: it counts as much as the others.
    """
    by_name = {table.name: table.rows for table in tables}
    drawn = {"forslag": _with_area(decision, by_name["forslag"])}
    drawn["synpunkter"] = _with_points(by_name["synpunkter"])
    for layer in LAYERS:
        for kind in ("resultat", "berorda"):
            drawn[f"{kind}_{layer}"] = _with_shapes(layer, by_name[f"{kind}_{layer}"])
    with tempfile.TemporaryDirectory(prefix="dialogkartan-") as folder:
        path = Path(folder) / "ut.gpkg"
        for name, frame in drawn.items():
            told = {"geometry_type": "Point"} if name == "synpunkter" else {}
            frame.to_file(path, layer=name, driver="GPKG", engine="pyogrio", **told)
        pyogrio.write_dataframe(styles(drawn), path, layer="layer_styles", driver="GPKG")
        return path.read_bytes()


def _with_area(decision: Decision, rows: pd.DataFrame) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(rows, geometry=[decision.area], crs=crs.SWEREF99TM)


def _with_points(rows: pd.DataFrame) -> gpd.GeoDataFrame:
    points = gpd.GeoSeries.from_xy(rows["lon"], rows["lat"], crs=crs.WGS84)
    points[rows["lon"].isna()] = None
    return gpd.GeoDataFrame(rows, geometry=points).to_crs(crs.SWEREF99TM)


def _with_shapes(layer: str, rows: pd.DataFrame) -> gpd.GeoDataFrame:
    shapes = layers.frame(layer)["geometry"].reindex(rows["code"]).to_numpy()
    return gpd.GeoDataFrame(rows, geometry=shapes, crs=crs.SWEREF99TM)


def package(decision: Decision, tables: list[Table], *, at: datetime) -> bytes:
    """Put every format and a text that explains it in one zip.

    Parameters
    ----------
    at
        When the figures were computed, with zone; stands in the text.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in _contents(decision, tables, at):
            packed.writestr(zipfile.ZipInfo(name, _NO_TIME), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _contents(decision: Decision, tables: list[Table], at: datetime) -> Iterable[tuple[str, bytes]]:
    yield READ_ME, _read_me(decision, tables, at).encode("utf-8-sig")
    for table in tables:
        yield f"csv för Excel/{table.name}.csv", csv(table.rows, for_excel=True)
        yield f"csv/{table.name}.csv", csv(table.rows, for_excel=False)
    yield f"{decision.id}.xlsx", excel(tables)
    yield f"{decision.id}.gpkg", geopackage(decision, tables)


def _read_me(decision: Decision, tables: list[Table], at: datetime) -> str:
    local = at.astimezone(clock.STOCKHOLM)
    lines = [decision.text("sv").title, ""]
    lines += [EXAMPLE, ""] if decision.example else []
    lines += [
        f"Läge {local:%Y-%m-%d %H.%M}.",
        "",
        *textwrap.wrap(CAVEAT, 90),
        "Läs om metoden på sidan Så har vi räknat.",
        "",
        "I mappen csv för Excel skiljs kolumnerna med semikolon, i mappen csv med komma.",
        "I cellerna står en apostrof först när en text annars kunde tas för en formel.",
        "GeoPackage är i SWEREF 99 TM (EPSG:3006).",
    ]
    for table in tables:
        lines += ["", f"{table.name}: {table.about}"]
        lines += [f"  {column}: {COLUMNS[column]}" for column in table.rows.columns]
    return "\r\n".join(lines) + "\r\n"
