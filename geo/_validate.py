"""Checks at the border of the package; behind it, frames are trusted.

A check that runs in every request looks at columns and indexes only. Looking at each geometry of
a whole layer is left to the functions that are run once for a layer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo import crs

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray


class FrameError(ValueError):
    """A frame is not what a function of this package needs; the message says which and why."""


def check_metric(frame: gpd.GeoDataFrame, name: str) -> None:
    """Pass if `frame` is in EPSG:3006.

    Raises
    ------
    FrameError
        If it is in another system or does not say which.
    """
    if frame.crs != crs.METRIC_CRS:
        msg = f"{name} must be in {crs.SWEREF99TM}, not {frame.crs}"
        raise FrameError(msg)


def check_neighbourhoods(neighbourhoods: gpd.GeoDataFrame) -> None:
    """Pass if the frame has one row per code, its people, and is in EPSG:3006.

    Raises
    ------
    FrameError
        If the index is not unique, or a population is missing, negative or not a number.
    """
    check_metric(neighbourhoods, "neighbourhoods")
    check_codes(neighbourhoods.index, "neighbourhoods")
    numbers(neighbourhoods, "population", "neighbourhoods")


def check_codes(codes: pd.Index, name: str) -> None:
    """Pass if no code stands twice.

    Raises
    ------
    FrameError
        If one does.
    """
    if not codes.is_unique:
        msg = f"{name}: a code stands twice"
        raise FrameError(msg)


def check_cells(cells: gpd.GeoDataFrame) -> None:
    """Pass if the frame has people and codes and is in EPSG:3006.

    Raises
    ------
    FrameError
        If a column is missing or the system is another.
    """
    check_metric(cells, "cells")
    check_columns(cells, {"people", "code"}, "cells")


def check_columns(frame: pd.DataFrame, columns: set[str], name: str) -> None:
    """Pass if the frame has all of the columns.

    Raises
    ------
    FrameError
        If one is missing.
    """
    missing = columns - set(frame.columns)
    if missing:
        msg = f"{name} lack {sorted(missing)}"
        raise FrameError(msg)


def check_polygons(frame: gpd.GeoDataFrame, name: str) -> None:
    """Pass if every geometry is a valid polygon or multipolygon with an inside.

    Raises
    ------
    FrameError
        If one is missing, empty, of another kind or invalid.
    """
    geometry = frame.geometry.to_numpy()
    kinds = shapely.get_type_id(geometry)
    wrong = ~np.isin(kinds, (3, 6)) | shapely.is_empty(geometry) | ~shapely.is_valid(geometry)
    if wrong.any():
        msg = f"{name}: not a valid polygon at {list(frame.index[wrong][:3])}"
        raise FrameError(msg)


def check_layer(frame: gpd.GeoDataFrame, name: str) -> None:
    """Pass if the frame is a layer to look places up in: in EPSG:3006, a valid polygon per code.

    Raises
    ------
    FrameError
        If it is in another system, has no rows, a code stands twice, or a polygon is invalid.
    """
    check_metric(frame, name)
    check_codes(frame.index, name)
    check_polygons(frame, name)
    if frame.empty:
        msg = f"{name} has no polygons"
        raise FrameError(msg)


def numbers(frame: pd.DataFrame, column: str, name: str) -> NDArray[np.float64]:
    """Return a column as an array of finite numbers, 0 or more.

    Raises
    ------
    FrameError
        If the column is missing, or a value is missing, negative or infinite.
    """
    if column not in frame.columns:
        msg = f"{name} lack the column {column}"
        raise FrameError(msg)
    values: NDArray[np.float64] = frame[column].to_numpy(dtype=np.float64, na_value=np.nan)
    if not np.isfinite(values).all() or (values < 0).any():
        msg = f"{name}: {column} must be numbers, 0 or more"
        raise FrameError(msg)
    return values
