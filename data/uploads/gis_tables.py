"""Read a table with coordinates: a population grid, or address points."""

from __future__ import annotations

import csv
import io
import re

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.uploads.gis_faults import GisFileError

ROWS_MAX = 200_000
COLUMNS_MAX = 200
# empty lines too, each with two signs at its end
LINES_MAX = 3 * ROWS_MAX
CELLS_MAX = 4_000_000
# east and north, as tables call them
_PAIRS = (
    ("x", "y"),
    ("e", "n"),
    ("east", "north"),
    ("easting", "northing"),
    ("ostlig", "nordlig"),
    ("östlig", "nordlig"),
    ("sweref_e", "sweref_n"),
    ("x_koord", "y_koord"),
    ("lon", "lat"),
    ("longitude", "latitude"),
    ("longitud", "latitud"),
)
_DEGREES = frozenset({"lon", "longitude", "longitud"})
# SCB names a square by its lower left corner: six digits east, seven digits north
_SQUARE = re.compile(r"\d{12,13}")
_SQUARES = ("ruta", "rutid_scb", "rutid_inspire")


def read_csv(content: bytes) -> tuple[gpd.GeoDataFrame, int | None]:
    """Read rows as points; give them with the system that the table's headings tell, or None.

    Semicolon, comma or tab; UTF-8 or Windows-1252; decimal comma or point.

    Raises
    ------
    GisFileError
        ``not_readable``, ``too_large``, ``too_many_features``, ``no_features`` or ``not_finite``.
    """
    table = _table(_text(content))
    headings = {str(name).strip().lower(): name for name in table.columns}
    pair = next((p for p in _PAIRS if p[0] in headings and p[1] in headings), None)
    square = next((name for name in _SQUARES if name in headings), None)
    if pair is not None:
        east, north = (_numbers(table[headings[name]]) for name in pair)
        system = 4326 if pair[0] in _DEGREES else None
    elif square is not None:
        east, north = _corners(table[headings[square]])
        system = 3006
    else:
        raise GisFileError("no_features")
    for name in table.columns:
        table[name] = _maybe_numbers(table[name])
    return gpd.GeoDataFrame(table, geometry=shapely.points(east, north)), system


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _table(text: str) -> pd.DataFrame:
    rows = _rows(text)
    if len(rows) < 2 or len(set(rows[0])) != len(rows[0]):
        raise GisFileError("no_features")
    width = len(rows[0])
    if any(len(row) != width for row in rows):
        raise GisFileError("not_readable")
    return pd.DataFrame(rows[1:], columns=rows[0], dtype="object")


def _rows(text: str) -> list[list[str]]:
    """Return the rows that are not empty; stop as soon as they are too many."""
    if text.count("\n") + text.count("\r") > LINES_MAX:
        raise GisFileError("too_many_features")
    first = re.split(r"[\r\n]", text, maxsplit=1)[0]
    separator = max(";,\t", key=first.count)
    rows: list[list[str]] = []
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if not any(cell.strip() for cell in row):
                continue
            cells += len(row)
            if len(row) > COLUMNS_MAX or cells > CELLS_MAX:
                raise GisFileError("too_large", "columns")
            if len(rows) > ROWS_MAX:
                raise GisFileError("too_many_features")
            rows.append(row)
    except csv.Error as error:
        raise GisFileError("not_readable") from error
    return rows


def _numbers(column: pd.Series[str]) -> np.ndarray:
    found = _as_numbers(column)
    if not np.isfinite(found).all():
        raise GisFileError("not_finite")
    return found.to_numpy(dtype=np.float64)


def _as_numbers(column: pd.Series[str]) -> pd.Series[float]:
    plain = column.astype(str).str.replace(r"[\s\u00a0\u2009]", "", regex=True)
    return pd.to_numeric(plain.str.replace(",", ".", regex=False), errors="coerce")


def _maybe_numbers(column: pd.Series[str]) -> pd.Series:
    """Return a column as numbers where all of it is numbers; 0180 is a code, not a number."""
    if column.astype(str).str.fullmatch(r"\s*0\d+\s*").any():
        return column
    found = _as_numbers(column)
    return found if np.isfinite(found).all() else column


def _corners(column: pd.Series[str]) -> tuple[np.ndarray, np.ndarray]:
    codes = column.astype(str).str.strip()
    if not codes.map(lambda code: _SQUARE.fullmatch(code) is not None).all():
        raise GisFileError("not_finite")
    east = codes.str.slice(0, -7).astype(float).to_numpy()
    return east, codes.str.slice(-7).astype(float).to_numpy()
