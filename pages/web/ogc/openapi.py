"""The OpenAPI 3.0 document of the OGC API: what can be asked for, and what comes back."""

from __future__ import annotations

from typing import Any

from data import municipality
from pages.web.links import GEOJSON, JSON, ROOT
from pages.web.ogc.asking import CRS84, FORMATS, MOST_LIMIT, USUAL_LIMIT

VERSION = "1.0.0"
_TEXT = {"type": "string"}
_PROBLEM = {
    "description": "Anropet går inte att förstå, eller det finns inget sådant.",
    "content": {"application/problem+json": {"schema": {"type": "object"}}},
}


def document(base: str, collections: list[str]) -> dict[str, Any]:
    """Return the document for a service at `base` with these collections."""
    one = f"{ROOT}/collections/{{collectionId}}"
    which = _parameter("collectionId", "path", {**_TEXT, "enum": collections}, "Samlingen")
    name = municipality.in_use().name
    asked = [_format(), _limit(), _offset(), _bbox(), _crs(), _datetime()]
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "Dialogkartan: OGC API – Features",
            "version": VERSION,
            "description": f"Förslag, synpunkter och resultat i {name} som öppna geodata.",
            "license": {
                "name": "CC0 1.0",
                "url": "https://creativecommons.org/publicdomain/zero/1.0/",
            },
        },
        "servers": [{"url": base}],
        "paths": {
            f"{ROOT}/": _get("landing", "Första sidan", [_format()]),
            f"{ROOT}/conformance": _get("conformance", "Vad vi följer", [_format()]),
            f"{ROOT}/collections": _get("collections", "Alla samlingar", [_format()]),
            one: _get("collection", "En samling", [which, _format()]),
            f"{one}/items": _get("items", "Objekten i en samling", [which, *asked], GEOJSON),
            f"{one}/items/{{featureId}}": _get(
                "item",
                "Ett objekt",
                [which, _parameter("featureId", "path", _TEXT, "Objektet"), _format()],
                GEOJSON,
            ),
        },
    }


def _get(
    name: str, summary: str, parameters: list[dict[str, Any]], media: str = JSON
) -> dict[str, Any]:
    found = {
        "description": summary,
        "content": {media: {"schema": {"type": "object"}}, "text/html": {"schema": _TEXT}},
    }
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": parameters,
            "responses": {"200": found, "400": _PROBLEM, "404": _PROBLEM},
        }
    }


def _parameter(name: str, where: str, schema: dict[str, Any], about: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": where,
        "required": where == "path",
        "schema": schema,
        "description": about,
    }


def _format() -> dict[str, Any]:
    return _parameter("f", "query", {**_TEXT, "enum": list(FORMATS)}, "Format")


def _limit() -> dict[str, Any]:
    schema = {"type": "integer", "minimum": 1, "maximum": MOST_LIMIT, "default": USUAL_LIMIT}
    return {**_parameter("limit", "query", schema, "Högst så många"), **_joined()}


def _offset() -> dict[str, Any]:
    schema = {"type": "integer", "minimum": 0, "default": 0}
    return _parameter("offset", "query", schema, "Hoppa över så många")


def _bbox() -> dict[str, Any]:
    numbers = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6}
    about = "Väst, syd, öst och nord i grader"
    return {**_parameter("bbox", "query", numbers, about), **_joined()}


def _crs() -> dict[str, Any]:
    schema = {**_TEXT, "format": "uri", "enum": [CRS84], "default": CRS84}
    return _parameter("bbox-crs", "query", schema, "Referenssystemet för bbox")


def _datetime() -> dict[str, Any]:
    about = "En dag eller tid, eller två med / emellan; .. för öppet slut"
    return {**_parameter("datetime", "query", _TEXT, about), **_joined()}


def _joined() -> dict[str, Any]:
    return {"style": "form", "explode": False}
