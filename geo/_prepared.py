"""Prepared geometry that threads can share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry


def prepared_copy(geometry: BaseGeometry) -> BaseGeometry:
    """Return a copy of `geometry` that is quick to compare with many others.

    The caller's own object is left alone: it may be in use by another request.
    """
    copy = shapely.from_wkb(shapely.to_wkb(geometry))
    shapely.prepare(copy)
    return copy


def prepare_shared(polygons: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return copies of `polygons`, prepared and used once.

    A prepared polygon builds its index when it is first asked about a point, without a lock.
    Asking once here means that threads only read it later.
    """
    copies: NDArray[np.object_] = shapely.from_wkb(shapely.to_wkb(polygons))
    shapely.prepare(copies)
    inside = shapely.point_on_surface(copies)
    shapely.intersects_xy(copies, shapely.get_x(inside), shapely.get_y(inside))
    return copies
