"""Writes a decision's tables as files: CSV, GeoPackage, and all of it with Excel in a zip.

Every format is written from the same tables. A text that a spreadsheet could take for a formula is
made harmless, since comments are written by anybody.
"""

from __future__ import annotations

import io
import tempfile
import textwrap
import zipfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio

from data import datetime_format
from data.geodata import layers
from data.models import Decision
from data.output import formulas, workbook
from data.output.export_styles import styles
from data.output.export_tables import CAVEAT, COLUMNS, EXAMPLE, LAYERS, Table
from geo import crs

READ_ME = "LÄS MIG.txt"
# the zip says nothing about when it was packed, so that the same figures give the same bytes
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def csv(rows: pd.DataFrame, *, for_excel: bool) -> bytes:
    """Write a table as CSV: for Swedish Excel (semicolon, comma, mark first), or plain."""
    written = rows.map(formulas.harmless)
    if for_excel:
        return written.to_csv(index=False, sep=";", decimal=",").encode("utf-8-sig")
    return written.to_csv(index=False).encode()


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


def package(
    decision: Decision, tables: list[Table], *, at: datetime, words: workbook.Words
) -> bytes:
    """Put every format and a text that explains it in one zip.

    Parameters
    ----------
    at
        When the figures were computed, with zone; stands in the text.
    words
        The Swedish words of the Excel file, for each column of codes.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in _contents(decision, tables, at, words):
            packed.writestr(zipfile.ZipInfo(name, _NO_TIME), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _contents(
    decision: Decision, tables: list[Table], at: datetime, words: workbook.Words
) -> Iterable[tuple[str, bytes]]:
    yield READ_ME, _read_me(decision, tables, at).encode("utf-8-sig")
    for table in tables:
        yield f"csv för Excel/{table.name}.csv", csv(table.rows, for_excel=True)
        yield f"csv/{table.name}.csv", csv(table.rows, for_excel=False)
    yield f"{decision.id}.xlsx", workbook.workbook(tables, words)
    yield f"{decision.id}.gpkg", geopackage(decision, tables)


def _read_me(decision: Decision, tables: list[Table], at: datetime) -> str:
    lines = [decision.text("sv").title, ""]
    lines += [EXAMPLE, ""] if decision.example else []
    lines += [
        f"Siffrorna är från {datetime_format.say(at)}.",
        "",
        *textwrap.wrap(CAVEAT, 90),
        "Läs om metoden på sidan Så har vi räknat.",
        "",
        f"{decision.id}.xlsx är för kontoret: svenska rubriker, ord i stället för koder, dagar som",
        "går att räkna med. De andra filerna har koder och namn som program läser:",
        "I mappen csv för Excel skiljs kolumnerna med semikolon, i mappen csv med komma.",
        "I cellerna står en apostrof först när en text annars kunde tas för en formel.",
        "GeoPackage är i SWEREF 99 TM (EPSG:3006).",
    ]
    for table in tables:
        lines += ["", f"{table.name}: {table.about}"]
        lines += [f"  {column}: {COLUMNS[column]}" for column in table.rows.columns]
    return "\r\n".join(lines) + "\r\n"
