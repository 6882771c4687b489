"""Builds the GeoJSON of the open data: five decimals, plain values, examples always marked."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from data.comments import progress
from data.geodata import basemap
from data.geodata.gazetteer import Point
from data.models import Decision, Place, PublicComment
from geo import crs

EXAMPLE_LABEL = "EXEMPEL – inte ett riktigt beslut"
DEGREE = 1e-5


def collection(features: Iterable[Mapping[str, Any]], **members: object) -> bytes:
    """Return a FeatureCollection; `members` are put beside the features."""
    whole = {"type": "FeatureCollection", **members, "features": list(features)}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def example_members(decision: Decision) -> dict[str, object]:
    """Say for a whole collection that it belongs to an example."""
    return {"example": True, "label": EXAMPLE_LABEL} if decision.example else {"example": False}


def of_decision(number: int, decision: Decision, *, on: date, language: str) -> dict[str, Any]:
    """Return a decision's area as a feature, with where its number stands best on the map."""
    inside = crs.geometry_to_degrees(decision.area.representative_point())
    area = shapely.set_precision(crs.geometry_to_degrees(decision.area), DEGREE)
    text = decision.text(language)
    properties = {
        "id": decision.id,
        "number": number,
        "title": text.title,
        "place": text.place,
        "type": decision.type.value,
        "body": decision.body,
        "status": progress.status(decision, on).value,
        "opens": decision.opens.isoformat(),
        "closes": decision.closes.isoformat(),
        "label_at": [round(inside.x, 5), round(inside.y, 5)],
        **example_members(decision),
    }
    return _feature(area, properties, decision.id)


def of_comment(comment: PublicComment, *, slim: bool) -> dict[str, Any]:
    """Return a published comment at its public position; `slim` keeps what a mark shows."""
    properties: dict[str, Any] = {"stance": comment.stance.value}
    if not slim:
        properties = {
            "id": comment.id,
            "kind": comment.kind.value,
            **properties,
            "text": comment.text,
            "received_on": comment.received_on.isoformat(),
            "place": comment.place,
            "example": comment.example,
        }
        if comment.answer and comment.answered_on:
            properties |= {"answer": comment.answer, "answered_on": comment.answered_on.isoformat()}
        if comment.example:
            properties["label"] = EXAMPLE_LABEL
    has_point = comment.lon is not None and comment.lat is not None
    point = shapely.Point(comment.lon, comment.lat) if has_point else None
    return _feature(point, properties, comment.id)


def of_squares(found: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Return squares (EPSG:3006) with their counts, in degrees."""
    drawn = crs.to_degrees(found)
    shapes = shapely.set_precision(drawn.geometry.to_numpy(), DEGREE)
    return [
        _feature(shape, {"comments": int(count), "side_m": int(side)}, number)
        for number, (shape, count, side) in enumerate(
            zip(shapes, drawn["comments"], drawn["side_m"], strict=True), start=1
        )
    ]


def of_areas(layer: str, columns: pd.DataFrame) -> list[dict[str, Any]]:
    """Join `columns` (index `code`) to the drawn areas of `layer`."""
    shapes = basemap.shapes(layer)
    rows = columns.to_dict("index")
    return [
        _feature(shapes[code], {"code": code, **_plain(row)}, str(code))
        for code, row in rows.items()
        if code in shapes.index
    ]


def of_place(place: Place) -> dict[str, Any]:
    """Return a hit of the place search as a point."""
    properties = {
        "name": place.name,
        "sort": place.sort,
        "district": place.district,
        "near": place.near,
        "deso": place.deso,
    }
    return _feature(shapely.Point(round(place.lon, 5), round(place.lat, 5)), properties)


def of_point(point: Point) -> dict[str, Any]:
    """Return a named point of the shipped data."""
    lon, lat = crs.point_to_degrees(point.x, point.y)
    properties = {"name": point.name, "sort": point.sort}
    return _feature(shapely.Point(round(lon, 5), round(lat, 5)), properties)


def _feature(
    shape: BaseGeometry | None, properties: Mapping[str, Any], key: str | int | None = None
) -> dict[str, Any]:
    geometry = None if shape is None else _geometry(shape)
    found: dict[str, Any] = {"type": "Feature"}
    if key is not None:
        found["id"] = key
    return {**found, "properties": dict(properties), "geometry": geometry}


def _geometry(shape: BaseGeometry) -> dict[str, Any]:
    mapped = shapely.geometry.mapping(shape)
    return {"type": mapped["type"], "coordinates": _rounded(mapped["coordinates"])}


def _rounded(value: Any) -> Any:  # noqa: ANN401 - nested lists of numbers
    return round(value, 5) if isinstance(value, float) else [_rounded(one) for one in value]


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(name): _value(value) for name, value in row.items()}


def _value(value: Any) -> Any:  # noqa: ANN401 - whatever a frame holds
    if value is None or value is pd.NA:
        return None
    plain = value.item() if hasattr(value, "item") else value
    if isinstance(plain, float):
        return round(plain, 4) if math.isfinite(plain) else None
    return plain
