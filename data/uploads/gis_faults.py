"""Why a GIS file is refused."""

from __future__ import annotations

import errno
from typing import Literal, get_args

GisFileCode = Literal[
    "busy",
    "no_room",
    "file_missing",
    "empty",
    "not_supported",
    "not_geojson",
    "too_large",
    "too_heavy",
    "too_many_features",
    "too_many_vertices",
    "zip_too_large",
    "zip_unsafe",
    "zip_no_shapefile",
    "refers_out",
    "not_finite",
    "no_features",
    "no_place",
    "several_layers",
    "incomplete",
    "looks_swapped",
    "looks_projected",
    "told_projected",
    "elsewhere",
    "partly_elsewhere",
    "crs_missing",
    "too_slow",
    "not_readable",
]
CODES: frozenset[GisFileCode] = frozenset(get_args(GisFileCode))
# the machine and not the file: the same file can be read a little later
PASSING: frozenset[GisFileCode] = frozenset({"busy", "no_room"})


class GisFileError(ValueError):
    """A file cannot be used.

    Attributes
    ----------
    detail
        What the sentence needs: a number, or a word for what the file is.
    place
        A (longitude, latitude) where it is known.
    """

    code: GisFileCode

    def __init__(
        self, code: GisFileCode, detail: str = "", place: tuple[float, float] | None = None
    ) -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail
        self.place = place


def of_machine(error: OSError) -> GisFileError:
    """Return the fault for an error of the operating system, by its number."""
    is_full = error.errno in {errno.ENOSPC, errno.EDQUOT}
    return GisFileError("no_room" if is_full else "busy")
