"""Where in an area most of its people live: a point to name it at, and the district it is in."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from data.geodata import cells as population_cells
from data.geodata import layers
from data.geodata.gazetteer import Point


def of_layer(layer: str, sort: str) -> tuple[Point, ...]:
    """Return one point for each area of `layer`, in the order of its codes.

    It is the middle of the populated cell nearest to the weighted median: a rural district that
    reaches into the town gets its point among its homes, not in the forest.
    """
    cells = population_cells.of_layer(layer)
    centres = shapely.centroid(cells.geometry.to_numpy())
    xs, ys = shapely.get_x(centres), shapely.get_y(centres)
    codes = cells["code"].to_numpy()
    weights = cells["people"].to_numpy(dtype="float64")
    found = []
    for code, area in layers.frame(layer).iterrows():
        own = (codes == code) & shapely.intersects_xy(area["geometry"], xs, ys)
        x, y = _middle(xs[own], ys[own], weights[own])
        found.append(Point(str(area["name"]), sort, x, y))
    return tuple(found)


def _middle(
    xs: npt.NDArray[np.float64], ys: npt.NDArray[np.float64], weights: npt.NDArray[np.float64]
) -> tuple[float, float]:
    best = int(np.hypot(xs - _median(xs, weights), ys - _median(ys, weights)).argmin())
    return float(xs[best]), float(ys[best])


def _median(values: npt.NDArray[np.float64], weights: npt.NDArray[np.float64]) -> float:
    order = values.argsort()
    above = weights[order].cumsum() >= weights.sum() / 2
    return float(values[order][above.argmax()])


@cache
def main_district() -> dict[str, str]:
    """Return for each DeSO the name of the electoral district where most of its people live."""
    cells = population_cells.of_layer(layers.DESO)
    districts = layers.frame(layers.VALDISTRIKT)
    tree = shapely.STRtree(districts.geometry.to_numpy())
    nearest = tree.nearest(shapely.centroid(cells.geometry.to_numpy()))
    people = pd.DataFrame(
        {
            "code": cells["code"].to_numpy(),
            "district": districts["name"].to_numpy()[nearest],
            "people": cells["people"].to_numpy(),
        }
    )
    sums = people.pivot_table(index="code", columns="district", values="people", aggfunc="sum")
    return {str(code): str(name) for code, name in sums.idxmax(axis=1).items()}
