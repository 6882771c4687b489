"""Why a GIS file is refused."""

from __future__ import annotations

CODES = frozenset(
    {
        "file_missing",
        "empty",
        "not_supported",
        "too_large",
        "too_many_features",
        "too_many_vertices",
        "zip_too_large",
        "zip_unsafe",
        "zip_no_shapefile",
        "refers_out",
        "not_finite",
        "no_features",
        "looks_swapped",
        "looks_projected",
        "crs_missing",
        "too_slow",
        "not_readable",
    }
)


class GisFileError(ValueError):
    """A file cannot be used; `code` is one short word, `place` a (lon, lat) where it is known.

    ``file_missing``, ``empty``, ``not_supported``, ``too_large``, ``too_many_features``,
    ``too_many_vertices``, ``zip_too_large``, ``zip_unsafe``, ``zip_no_shapefile``, ``refers_out``,
    ``not_finite``, ``no_features``, ``looks_swapped``, ``looks_projected``, ``crs_missing``,
    ``too_slow`` or ``not_readable``.
    """

    def __init__(
        self, code: str, detail: str = "", place: tuple[float, float] | None = None
    ) -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail
        self.place = place
