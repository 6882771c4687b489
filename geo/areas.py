"""Read the area of a decision from a file that somebody uploads.

The content is hostile until proven: nothing is repaired by guessing, and every step is bounded by
the size of the file. A ring that crosses itself is refused with its place, because the repaired
area could be another one than the planner meant, and because repairing has no bound in time.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal, NoReturn

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geo import crs
from geo._complexity_guard import is_tangled
from geo._crossing import CROSSING, crossing_of
from geo._rings import Ring, polygons_in

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIZE_MAX_BYTES = 20_000_000
VERTICES_MAX = 200_000
_POLYGON = 3
ENDINGS = frozenset({"", "json", "geojson"})

# west, south, east, north of Sweden in degrees, a little widened
SWEDEN = (10.4, 55.1, 24.4, 69.3)


AreaCode = Literal[
    "not_supported",
    "not_json",
    "empty",
    "no_polygons",
    "not_finite",
    "bad_coordinates",
    "looks_swapped",
    "looks_projected",
    "outside",
    "too_large",
    "too_many_vertices",
    "invalid_ring",
    "too_big",
    "too_small",
    "too_few_corners",
    "bad_distance",
    "bad_corner",
]


class AreaError(ValueError):
    """An area cannot be used; `place` is a (lon, lat) where it is known.

    The codes from ``too_big`` on are those of `geo.area_rule` and `geo.corners`.
    """

    code: AreaCode

    def __init__(
        self, code: AreaCode, detail: str = "", place: tuple[float, float] | None = None
    ) -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail
        self.place = place


def read_area(
    content: bytes,
    filename: str,
    *,
    box: tuple[float, float, float, float] | None = SWEDEN,
) -> MultiPolygon:
    """Read polygons from an uploaded file and join them to one area.

    GeoJSON in degrees (RFC 7946): a FeatureCollection, a Feature or a geometry. Polygons,
    multipolygons and those in geometry collections are taken, points and lines are passed over.
    Heights are dropped, an open ring is closed, repeated points are removed, holes stay. Parts
    that overlap or lie side by side are joined.

    Parameters
    ----------
    content
        The bytes of the file.
    filename
        Its name; only the ending is used.
    box
        West, south, east, north in degrees of where the area is expected; None for anywhere.

    Returns
    -------
    area
        In EPSG:3006 (metres), valid and not empty.

    Raises
    ------
    AreaError
        With the code of what is wrong; see the class.
    """
    ending = filename.rpartition(".")[2].lower() if "." in filename else ""
    if ending not in ENDINGS:
        raise AreaError("not_supported", ending[:20])
    polygons = polygons_in(_parse(content), _refuse, VERTICES_MAX)
    if not polygons:
        raise AreaError("no_polygons")
    _check_position(polygons, box)
    return _join([_polygon(rings) for rings in polygons])


def join_polygons(geometry: NDArray[np.object_]) -> MultiPolygon:
    """Join the polygons of a layer that was read from a GIS file, by the rules of `read_area`.

    Parameters
    ----------
    geometry
        In EPSG:3006 (metres); polygons, multipolygons and those in collections are taken, the
        rest is passed over.

    Returns
    -------
    area
        In EPSG:3006, valid and not empty.

    Raises
    ------
    AreaError
        ``no_polygons``, ``too_many_vertices`` or ``invalid_ring``, the place of the fault in
        degrees.
    """
    there = geometry[~(shapely.is_missing(geometry) | shapely.is_empty(geometry))]
    for _ in range(2):  # a collection may hold multipolygons
        there = shapely.get_parts(there)
    parts = there[shapely.get_type_id(there) == _POLYGON]
    if not len(parts):
        raise AreaError("no_polygons")
    if shapely.get_num_coordinates(parts).sum() > VERTICES_MAX:
        raise AreaError("too_many_vertices")
    for polygon in parts:
        if is_tangled(polygon):
            raise AreaError("too_many_vertices", "the ring is too tangled to check")
    crossed = ~shapely.is_valid(parts)
    if crossed.any():
        raise _invalid(shapely.transform(parts[crossed][0], crs.coordinates_to_degrees))
    return _as_multi(parts)


def _refuse(code: AreaCode) -> NoReturn:
    raise AreaError(code)


def _parse(content: bytes) -> Any:  # noqa: ANN401 - json may hold anything
    if len(content) > SIZE_MAX_BYTES:
        raise AreaError("too_large", f"{len(content)} bytes")
    if not content.strip():
        raise AreaError("empty")
    try:
        text = content.decode("utf-8-sig")
        return json.loads(text, parse_constant=lambda _: _refuse("not_finite"))
    except AreaError:
        raise
    except (ValueError, RecursionError) as error:
        raise AreaError("not_json") from error


def _check_position(
    polygons: list[list[Ring]],
    box: tuple[float, float, float, float] | None,
) -> None:
    corners = np.concatenate([ring for rings in polygons for ring in rings])
    low, high = corners.min(axis=0), corners.max(axis=0)
    if (np.abs(corners) > (180.0, 90.0)).any():
        _refuse("looks_projected" if _may_be_metres(low, high) else "bad_coordinates")
    if box is None or _meets(low, high, box):
        return
    _refuse("looks_swapped" if _meets(low[::-1], high[::-1], box) else "outside")


def _meets(
    low: Ring,
    high: Ring,
    box: tuple[float, float, float, float],
) -> bool:
    west, south, east, north = box
    return bool(low[0] <= east and high[0] >= west and low[1] <= north and high[1] >= south)


def _may_be_metres(low: Ring, high: Ring) -> bool:
    # The Swedish grids, national and local, have eastings of 10 km to 2 000 km (RT 90) and
    # northings of 6 100 km to 7 700 km, in either order.
    small, large = sorted([(low[0], high[0]), (low[1], high[1])])
    return bool(small[0] > 10_000 and small[1] < 2e6 and large[0] > 6e6 and large[1] < 7.8e6)


def _polygon(rings: list[Ring]) -> Polygon:
    clean = [_clean_ring(ring) for ring in rings]
    polygon = Polygon(clean[0], clean[1:])
    if is_tangled(polygon):
        raise AreaError("too_many_vertices", "the ring is too tangled to check")
    return polygon


def _clean_ring(ring: Ring) -> Ring:
    keep = np.ones(len(ring), dtype=bool)
    keep[1:] = (ring[1:] != ring[:-1]).any(axis=1)
    ring = ring[keep]
    if (ring[0] != ring[-1]).any():
        ring = np.vstack([ring, ring[:1]])
    if len(ring) < 4:
        lon, lat = (float(v) for v in ring[0])
        raise AreaError("invalid_ring", "too few points", (lon, lat))
    return ring


def _invalid(polygon: BaseGeometry) -> AreaError:
    place = crossing_of(polygon)
    if place is not None:
        return AreaError("invalid_ring", CROSSING, place)
    # a hole that lies outside, or in another: the last ring is the nearest to it that we know
    lon, lat = shapely.get_coordinates(shapely.get_rings(polygon)[-1])[0]
    return AreaError("invalid_ring", "hole", (float(lon), float(lat)))


def _join(polygons: list[Polygon]) -> MultiPolygon:
    in_degrees = np.array(polygons, dtype=object)
    crossed = ~shapely.is_valid(in_degrees)
    if crossed.any():
        raise _invalid(in_degrees[crossed][0])
    metric = shapely.transform(in_degrees, crs.coordinates_to_metric)
    if not np.isfinite(shapely.bounds(metric)).all():
        raise AreaError("bad_coordinates")
    crossed = ~shapely.is_valid(metric)
    if crossed.any():
        raise AreaError("invalid_ring", "too thin")
    return _as_multi(metric)


def _as_multi(metric: NDArray[np.object_]) -> MultiPolygon:
    """Join valid polygons to one valid area."""
    area: BaseGeometry = shapely.multipolygons(metric)
    if is_tangled(area):
        raise AreaError("too_many_vertices", "the parts are too tangled to join")
    if not area.is_valid:
        area = shapely.union_all(metric)
    return MultiPolygon([part for part in shapely.get_parts(area) if isinstance(part, Polygon)])
