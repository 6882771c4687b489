"""What both ways of reading a GIS file share: their limits, and plain values for the answer."""

from __future__ import annotations

import json
from typing import Any

import shapely

from data.uploads.gis_faults import GisFileError

ROWS_MAX = 200_000
CELLS_MAX = 4_000_000
VERTICES_MAX = 200_000
# what is answered for a system without a number
UNKNOWN_SYSTEM = 0


def check_read(read: int, told: int) -> None:
    """Pass if as much has been read as the file says that there is.

    Raises
    ------
    GisFileError
        ``incomplete``, with the smaller and the larger number.
    """
    if read != told:
        raise GisFileError("incomplete", f"{min(read, told)}/{max(read, told)}")


def check_count(rows: int, columns: int) -> None:
    """Pass what is not too much to answer.

    Raises
    ------
    GisFileError
        ``too_many_features`` or ``too_large``.
    """
    if rows > ROWS_MAX:
        raise GisFileError("too_many_features")
    if rows * columns > CELLS_MAX:
        raise GisFileError("too_large")


def packed(shapes: Any) -> list[str | None]:  # noqa: ANN401 - an array of geometries
    """Return each geometry as text, all of them in the plane."""
    if int(shapely.get_num_coordinates(shapes).sum()) > VERTICES_MAX:
        raise GisFileError("too_many_vertices")
    return [None if one is None else str(one) for one in shapely.to_wkb(shapes, hex=True)]


def plain(value: object) -> object:
    """Return a value of a column as JSON can hold it."""
    if isinstance(value, bytes):
        return None
    item = getattr(value, "item", None)
    simple = item() if callable(item) else value
    if isinstance(simple, dict | list):
        simple = json.dumps(simple, ensure_ascii=False)
    if isinstance(simple, int) and abs(simple) >= 2**63:
        simple = float(simple)
    if not isinstance(simple, str | int | float | bool | None):
        simple = str(simple)
    # half a character cannot be stored
    return simple.encode("utf-8", "replace").decode() if isinstance(simple, str) else simple
