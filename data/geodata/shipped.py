"""Reads the open data that ships with the service, and refuses what is wrong with it.

Each check stands as its own function, so that an imported layer can be held to the same rules.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo import crs

# The layers were snapped to the municipality's boundary in degrees with six decimals, which leaves
# slivers of some 400 m² in all. One hectare is far below anything that a person could live on.
COVER_TOLERANCE_M2 = 10_000.0


LayerCode = Literal[
    "unreadable",
    "missing_column",
    "duplicate_code",
    "other_codes",
    "invalid_geometry",
    "overlap",
    "not_covered",
    "outside",
    "population",
    "unknown_layer",
]


class LayerError(ValueError):
    """A shipped or imported file cannot be used; the message names the file and the fault.

    `detail` is the column, code, area or sum that it is about.
    """

    code: LayerCode

    def __init__(self, file: str, code: LayerCode, fault: str, detail: str = "") -> None:
        super().__init__(f"{file}: {fault}")
        self.file = file
        self.code = code
        self.fault = fault
        self.detail = detail


def read_areas(path: Path) -> gpd.GeoDataFrame:
    """Read a GeoJSON file and give it in EPSG:3006 (metres).

    Raises
    ------
    LayerError
        ``unreadable``, or ``invalid_geometry`` when a geometry is missing or not valid.
    """
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        frame = gpd.GeoDataFrame.from_features(features, crs=crs.WGS84)
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise LayerError(path.name, "unreadable", "the file cannot be read as GeoJSON") from error
    metric = crs.to_metric(frame)
    check_geometry(metric, path.name)
    return metric


def read_table(path: Path, columns: Iterable[str]) -> pd.DataFrame:
    """Read a CSV file that must have `columns`; a code stays text.

    Raises
    ------
    LayerError
        ``unreadable`` or ``missing_column``.
    """
    try:
        table = pd.read_csv(path, encoding="utf-8", dtype={"desokod": str, "regsokod": str})
    except (OSError, ValueError) as error:
        raise LayerError(path.name, "unreadable", "the file cannot be read as a table") from error
    check_columns(table, columns, path.name)
    return table


def check_columns(table: pd.DataFrame, columns: Iterable[str], file: str) -> None:
    """Pass if every one of `columns` is there."""
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise LayerError(file, "missing_column", f"the column {missing[0]} is missing", missing[0])


def check_codes(frame: pd.DataFrame, file: str) -> None:
    """Pass if the index holds one code per row and each only once."""
    codes = frame.index.astype("string")
    if codes.isna().any() or (codes.str.strip() == "").any():
        raise LayerError(file, "duplicate_code", "a code is empty")
    twice = codes[codes.duplicated()]
    if len(twice):
        fault = f"the code {twice[0]} stands more than once"
        raise LayerError(file, "duplicate_code", fault, str(twice[0]))


def check_geometry(frame: gpd.GeoDataFrame, file: str) -> None:
    """Pass if every geometry is there, not empty and valid."""
    shapes = frame.geometry
    if not len(shapes):
        raise LayerError(file, "invalid_geometry", "the file holds no feature")
    bad = shapes.isna() | shapes.is_empty | ~shapes.is_valid
    if bad.any():
        which = bad[bad].index[0]
        fault = f"the geometry of {which} is not valid"
        raise LayerError(file, "invalid_geometry", fault, str(which))


def check_cover(
    frame: gpd.GeoDataFrame,
    municipality: BaseGeometry,
    file: str,
    *,
    tolerance_m2: float = COVER_TOLERANCE_M2,
) -> None:
    """Pass if the areas cover `municipality` exactly once, within `tolerance_m2`.

    Raises
    ------
    LayerError
        ``overlap`` when areas lie on each other, ``not_covered`` when a part of the municipality
        has no area, ``outside`` when an area reaches out of it.
    """
    union = frame.geometry.union_all()
    overlap = float(frame.geometry.area.sum() - union.area)
    if overlap > tolerance_m2:
        raise LayerError(file, "overlap", f"areas overlap by {overlap:.0f} m²", f"{overlap:.0f}")
    gap = float(shapely.area(shapely.difference(municipality, union)))
    if gap > tolerance_m2:
        fault = f"{gap:.0f} m² of the municipality has no area"
        raise LayerError(file, "not_covered", fault, f"{gap:.0f}")
    outside = float(shapely.area(shapely.difference(union, municipality)))
    if outside > tolerance_m2:
        fault = f"{outside:.0f} m² lie outside the municipality"
        raise LayerError(file, "outside", fault, f"{outside:.0f}")


def check_population(people: pd.Series[int], file: str, total: int) -> None:
    """Pass if nobody is missing: no negative or empty figure, and the sum is `total`."""
    if people.isna().any() or (people < 0).any():
        raise LayerError(file, "population", "a population is missing or negative")
    found = int(people.sum())
    if found != total:
        fault = f"the population is {found}, not {total}"
        raise LayerError(file, "population", fault, str(found))
