"""A file that holds the area of a decision: opened once, placed as the planner says, mended.

What is kept between two steps is plain bytes and words, so that a session can hold it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from data.planning import area_choice
from data.uploads import gis_files, gis_kinds
from data.uploads.gis_faults import GisFileError
from data.uploads.gis_position import systems
from geo import area_rule, crs, mending
from geo.areas import join_polygons
from geo.mending import Mending

__all__ = [
    "ENDINGS",
    "Kept",
    "Mending",
    "Mode",
    "Placed",
    "fits",
    "make",
    "modes",
    "open_file",
    "place",
    "systems",
    "where",
]

ENDINGS = ("geojson", "json", "gpkg", "zip", "kml", "dxf")
# one by one they are ticked; more is a whole register and not an area
SHAPES_MAX = 2_000
LABEL_MAX = 60
# columns that tell what a row is, as GIS programs and the municipality's files call them
_TELLING = ("namn", "name", "benämning", "benamning", "beteckning", "plannamn", "layer", "text")
# ways to make an area of what a file holds
Mode = Literal["ytor", "ringar", "runt"]
SURFACES: Mode = "ytor"
RINGS: Mode = "ringar"
AROUND: Mode = "runt"
_POLYGON = 3


class Kept(NamedTuple):
    """A layer of a file as it was read: `epsg` as in `gis_files.Unplaced`."""

    shapes: tuple[bytes, ...]
    labels: tuple[str, ...]
    layer: str
    layers: tuple[str, ...]
    epsg: int | None
    usual: int | None
    closed: tuple[int, ...]
    placeless: int = 0

    def unplaced(self) -> gis_files.Unplaced:
        """Return it as it was read."""
        frame = gpd.GeoDataFrame(geometry=shapely.from_wkb(list(self.shapes)))
        return gis_files.Unplaced(
            frame, self.layer, self.layers, self.epsg, self.usual, self.closed
        )


class Placed(NamedTuple):
    """The shapes of a layer in EPSG:3006, mended, and what was mended."""

    shapes: tuple[bytes, ...]
    epsg: int
    mendings: tuple[Mending, ...]

    def geometries(self) -> list[BaseGeometry]:
        """Return the shapes."""
        return list(shapely.from_wkb(list(self.shapes)))


def open_file(content: bytes, filename: str, layer: str | None = None) -> Kept:
    """Read one layer of an uploaded file.

    Raises
    ------
    GisFileError
        With the code of what is wrong; see the class.
    """
    ending = filename.rpartition(".")[2].lower()
    if ending not in ENDINGS:
        raise GisFileError("not_supported", gis_kinds.kind_of_other(content, ending))
    found = gis_files.open_vector(content, filename, layer=layer)
    if len(found.frame) > SHAPES_MAX:
        raise GisFileError("too_many_features")
    if found.layer not in found.layers:
        raise GisFileError("not_readable", "layer")
    shapes = shapely.to_wkb(found.frame.geometry.to_numpy())
    return Kept(
        tuple(shapes),
        tuple(_labels(found.frame)),
        found.layer,
        found.layers,
        found.epsg,
        found.usual,
        found.closed,
        found.placeless,
    )


def _labels(frame: gpd.GeoDataFrame) -> list[str]:
    """Return what each row is called, in one short line; empty if no column tells."""
    texts = {
        str(name).lower(): frame[name]
        for name in frame.columns
        if name != frame.geometry.name and frame[name].map(lambda v: isinstance(v, str)).any()
    }
    names = [name for name in _TELLING if name in texts][:2] or list(texts)[:1]
    rows = zip(*(texts[name] for name in names), strict=True) if names else [()] * len(frame)
    return [_one_line(row) for row in rows]


def _one_line(values: Iterable[object]) -> str:
    words = [" ".join(value.split()) for value in values if isinstance(value, str)]
    line = " · ".join(dict.fromkeys(word for word in words if word))
    line = "".join(letter for letter in line if letter.isprintable())
    return line if len(line) <= LABEL_MAX else line[: LABEL_MAX - 1] + "…"


def where(kept: Kept, epsg: int, *, swapped: bool = False) -> gpd.GeoSeries | None:
    """Return the shapes in EPSG:3006 as if they were in a system; None if impossible."""
    shapes = kept.unplaced().frame.geometry.to_numpy()
    if swapped:
        shapes = shapely.transform(shapes, lambda corners: corners[:, ::-1])
    if epsg == 4326 and (np.abs(shapely.get_coordinates(shapes)) > (180.0, 90.0)).any():
        return None
    metric = gpd.GeoSeries(shapes, crs=epsg).to_crs(crs.SWEREF99TM)
    bounds = metric.to_crs(crs.WGS84).total_bounds
    is_somewhere = np.isfinite(metric.total_bounds).all() and np.isfinite(bounds).all()
    return metric if is_somewhere else None


def fits(kept: Kept, epsg: int) -> bool:
    """Tell whether the numbers can be those of a system, as they stand or turned round.

    Those of the format's own system do also when they lie elsewhere: they are what they say.
    """
    try:
        gis_files.place_vector(kept.unplaced(), epsg=epsg)
    except GisFileError as error:
        return error.code in {"looks_swapped", "elsewhere", "partly_elsewhere"}
    return True


def place(kept: Kept, *, epsg: int | None = None, swapped: bool = False) -> Placed:
    """Place and mend the shapes of a layer.

    Raises
    ------
    GisFileError
        See `gis_files.place_vector`.
    geo.areas.AreaError
        ``invalid_ring`` with its place.
    """
    found = gis_files.place_vector(kept.unplaced(), epsg=epsg, swapped=swapped)
    shapes, mendings = mending.mend(
        found.frame.geometry.to_numpy(),
        found.closed,
        # a file whose axes are turned has its rings turned too
        right_hand=kept.layers == ("geojson",) and not swapped,
    )
    return Placed(tuple(shapely.to_wkb(shapes)), found.epsg, tuple(mendings))


def modes(shapes: Sequence[BaseGeometry]) -> dict[Mode, tuple[int, ...]]:
    """Return the ways in which an area can be made of shapes, and which of them each can use."""
    surfaces = [n for n, shape in enumerate(shapes) if _holds_polygon(shape)]
    rings = [n for n, shape in enumerate(shapes) if _is_ring(shape)]
    rest = [n for n, _shape in enumerate(shapes) if n not in set(surfaces)]
    found = {SURFACES: surfaces, RINGS: rings, AROUND: rest}
    return {mode: tuple(numbers) for mode, numbers in found.items() if numbers}


def _holds_polygon(shape: BaseGeometry) -> bool:
    parts = shapely.get_parts(shapely.get_parts(shape))
    return bool((shapely.get_type_id(parts) == _POLYGON).any())


def _is_ring(shape: BaseGeometry) -> bool:
    parts = shapely.get_parts(shape)
    return len(parts) > 0 and all(mending.is_closed_line(part) for part in parts)


def make(
    shapes: Sequence[BaseGeometry], mode: Mode, distance_m: float = 0.0
) -> tuple[MultiPolygon, list[Mending]]:
    """Make one area of chosen shapes in EPSG:3006, and tell what was mended on the way.

    Raises
    ------
    geo.areas.AreaError
        See `area_choice.accept` and `geo.area_rule.around`.
    """
    if mode == AROUND:
        return area_choice.accept(area_rule.around(shapes, distance_m)), []
    closed, told = mending.close_lines(shapes) if mode == RINGS else (shapes, [])
    whole, _turned = mending.mend(closed)
    return area_choice.accept(join_polygons(whole)), told
