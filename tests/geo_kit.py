"""Small square places with round numbers, in EPSG:3006, near the middle of Karlskoga."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import shapely

X0, Y0 = 472_000.0, 6_576_000.0


def square(x: float, y: float, side: float = 1000) -> shapely.Polygon:
    """Return a square by its lower left corner in metres from the kit's origin."""
    return shapely.box(X0 + x, Y0 + y, X0 + x + side, Y0 + y + side)


def layer(squares: dict[str, shapely.Polygon], **columns: list[float]) -> gpd.GeoDataFrame:
    """Return a layer: index `code`, `name` like the code, and further columns."""
    return gpd.GeoDataFrame(
        {"name": list(squares), **columns},
        geometry=list(squares.values()),
        index=pd.Index(list(squares), name="code"),
        crs="EPSG:3006",
    )


def row_of_squares(population: list[float], **columns: list[float]) -> gpd.GeoDataFrame:
    """Return neighbourhoods of 1 km squares, A, B, C ... from west to east."""
    squares = {chr(65 + i): square(1000 * i, 0) for i in range(len(population))}
    return layer(squares, population=population, **columns)


def even_cells(neighbourhoods: gpd.GeoDataFrame, side: float = 100) -> gpd.GeoDataFrame:
    """Return cells that spread each square neighbourhood's people evenly."""
    rows = []
    for code, place in neighbourhoods.iterrows():
        west, south, east, north = place.geometry.bounds
        across, up = round((east - west) / side), round((north - south) / side)
        people = place.population / (across * up)
        rows += [
            (shapely.box(x, y, x + side, y + side), people, code)
            for x in (west + side * i for i in range(across))
            for y in (south + side * j for j in range(up))
        ]
    columns = ["geometry", "people", "code"]
    return gpd.GeoDataFrame(rows, columns=columns, geometry="geometry", crs="EPSG:3006")
