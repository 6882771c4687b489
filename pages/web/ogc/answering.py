"""The addresses of the OGC API, each in JSON and as a page."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from data import clock
from pages.shared import addresses
from pages.shared.words import language
from pages.shared.words.texts import N_
from pages.web import parameters
from pages.web.http_answers import Prepared, answer, open_data, prepare
from pages.web.links import (
    GEOJSON,
    HTML,
    JSON,
    OPENAPI,
    STEPS,
    Link,
    link,
    of_itself,
    path_of,
    site,
    steps,
)
from pages.web.ogc import asking, feature_collections, openapi, pages
from pages.web.ogc.feature_collections import Collection
from pages.web.site.plain_pages import plain_page

CONFORMS = [
    f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}"
    for name in ("core", "geojson", "html", "oas30")
]
TITLE = N_("Öppna geodata (OGC API – Features)")
ABOUT = N_(
    "Här hämtar GIS-program förslag, synpunkter och resultat. I QGIS väljer du WFS / OGC API – "
    "Features och skriver den här sidans adress."
)
CONFORMANCE = N_("Vad tjänsten följer")
CONFORMANCE_ABOUT = N_("Delarna av standarden OGC API – Features som tjänsten uppfyller.")
COLLECTIONS = N_("Samlingar")
COLLECTIONS_ABOUT = N_("Varje samling är ett lager i ett GIS-program.")
DESCRIPTION = N_("Beskrivning för program")
DESCRIPTION_ABOUT = N_("OpenAPI 3.0 beskriver alla adresser och vad man kan fråga efter.")
ITEMS_ABOUT = N_("Objekten i samlingen. Samma uppgifter finns som GeoJSON.")
WAYS = {**STEPS, "collection": "Till samlingen"}
AS_JSON = {"self": "Samma som JSON"}


@open_data
def landing(request: Request) -> Response:
    """Return the landing page: what the service is and where to go on."""
    asking.check(request, asking.OTHERS)
    base = site(request)
    links = [
        *of_itself(base, path_of(""), media=JSON, title=TITLE),
        link(base, path_of("api"), "service-desc", OPENAPI, DESCRIPTION),
        link(base, path_of("api"), "service-doc", HTML, DESCRIPTION, f="html"),
        link(base, path_of("conformance"), "conformance", JSON, CONFORMANCE),
        link(base, path_of("collections"), "data", JSON, COLLECTIONS),
    ]
    if asking.wants_html(request):
        on = [
            (path_of("collections") + "?f=html", COLLECTIONS, COLLECTIONS_ABOUT),
            (path_of("conformance") + "?f=html", CONFORMANCE, CONFORMANCE_ABOUT),
            (path_of("api") + "?f=html", DESCRIPTION, DESCRIPTION_ABOUT),
        ]
        return _page(request, TITLE, ABOUT, _list(request, on), links)
    return _json(request, {"title": TITLE, "description": ABOUT, "links": links})


@open_data
def conformance(request: Request) -> Response:
    """Return the conformance classes."""
    asking.check(request, asking.OTHERS)
    if asking.wants_html(request):
        shown = _list(request, ((one, one, "") for one in CONFORMS))
        itself = of_itself(site(request), path_of("conformance"), media=JSON, title=CONFORMANCE)
        return _page(request, CONFORMANCE, CONFORMANCE_ABOUT, shown, itself)
    return _json(request, {"conformsTo": CONFORMS})


@open_data
def description(request: Request) -> Response:
    """Return the OpenAPI document."""
    asking.check(request, asking.OTHERS)
    base = site(request)
    found = openapi.document(base, [one.id for one in feature_collections.every()])
    if asking.wants_html(request):
        rows = [
            {"Adress": path, "Vad": ways["get"]["summary"]} for path, ways in found["paths"].items()
        ]
        itself = of_itself(base, path_of("api"), media=OPENAPI, title=DESCRIPTION)
        shown = pages.table_of(rows, "Adresser")
        return _page(request, DESCRIPTION, DESCRIPTION_ABOUT, shown, itself)
    return _json(request, found, media=OPENAPI)


@open_data
def collections(request: Request) -> Response:
    """List all collections."""
    asking.check(request, asking.OTHERS)
    base = site(request)
    links = of_itself(base, path_of("collections"), media=JSON, title=COLLECTIONS)
    known = feature_collections.every()
    if asking.wants_html(request):
        on = [(f"{path_of('collections', one.id)}?f=html", one.title, one.about) for one in known]
        return _page(request, COLLECTIONS, COLLECTIONS_ABOUT, _list(request, on), links)
    return _json(request, {"links": links, "collections": [_describe(base, c) for c in known]})


@open_data
def collection(request: Request) -> Response:
    """Describe one collection."""
    asking.check(request, asking.OTHERS)
    found = feature_collections.find(request.path_params["collection_id"])
    told = _describe(site(request), found)
    if asking.wants_html(request):
        on = [(f"{path_of('collections', found.id, 'items')}?f=html", "Objekten", "")]
        return _page(request, found.title, found.about, _list(request, on), told["links"])
    return _json(request, told)


@open_data
def items(request: Request) -> Response:
    """Return the features of a collection that are asked for."""
    asked = asking.items(request)
    found = feature_collections.find(request.path_params["collection_id"])
    features, matched = feature_collections.read(found, asked)
    links = _links_of_items(request, found, asked, matched)
    if asking.wants_html(request):
        rows = [{"id": one.get("id"), **one["properties"]} for one in features]
        shown = pages.table_of(rows, f"{len(features)} av {matched}")
        return _page(request, found.title, ITEMS_ABOUT, shown, links)
    body = {
        "type": "FeatureCollection",
        "numberMatched": matched,
        "numberReturned": len(features),
        "links": links,
        "features": features,
    }
    version = addresses.version_of(_bytes(body))
    body["timeStamp"] = clock.now().isoformat(timespec="seconds").replace("+00:00", "Z")
    return _send(request, prepare(_bytes(body), version), GEOJSON)


@open_data
def item(request: Request) -> Response:
    """Return one feature."""
    asking.check(request, asking.OTHERS)
    found = feature_collections.find(request.path_params["collection_id"])
    wanted = request.path_params["feature_id"]
    feature = feature_collections.one(found, wanted)
    base, path = site(request), path_of("collections", found.id, "items", wanted)
    links = of_itself(base, path, media=GEOJSON, title=found.title)
    links.append(
        link(base, path_of("collections", found.id), "collection", JSON, found.title, f="json")
    )
    if asking.wants_html(request):
        shown = pages.table_of([feature["properties"]], wanted)
        return _page(request, found.title, ITEMS_ABOUT, shown, links)
    return _json(request, {**feature, "links": links}, media=GEOJSON)


@open_data
def unknown(_request: Request) -> Response:
    """Say that there is nothing here."""
    raise parameters.missing("Det finns ingen sådan adress.")


def _describe(base: str, one: Collection) -> dict[str, Any]:
    path = path_of("collections", one.id)
    since, until = one.period
    return {
        "id": one.id,
        "title": one.title,
        "description": one.about,
        "itemType": "feature",
        "crs": [asking.CRS84],
        "extent": {
            "spatial": {"bbox": [[round(n, 5) for n in one.bounds]], "crs": asking.CRS84},
            "temporal": {"interval": [[_moment(since), _moment(until)]]},
        },
        "links": [
            *of_itself(base, path, media=JSON, title=one.title),
            link(base, f"{path}/items", "items", GEOJSON, one.title, f="json"),
            link(base, f"{path}/items", "items", HTML, one.title, f="html"),
        ],
    }


def _moment(day: str | None) -> str | None:
    return f"{day}T00:00:00Z" if day else None


def _links_of_items(
    request: Request, found: Collection, asked: asking.Asked, matched: int
) -> list[Link]:
    base, path = site(request), path_of("collections", found.id, "items")
    kept_words = {k: v for k, v in request.query_params.items() if k not in {"f", "offset"}}
    kept_words["limit"] = str(asked.limit)
    here = {**kept_words, "offset": str(asked.offset)}
    links = of_itself(base, path, media=GEOJSON, title=found.title, **here)
    span = {"offset": asked.offset, "limit": asked.limit, "matched": matched}
    links += steps(base, path, {**kept_words, "f": "json"}, **span)
    links.append(
        link(base, path_of("collections", found.id), "collection", JSON, found.title, f="json")
    )
    return links


def _bytes(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _json(request: Request, body: object, *, media: str = JSON) -> Response:
    return _send(request, prepare(_bytes(body)), media)


def _send(request: Request, prepared: Prepared, media: str) -> Response:
    found = answer(request, prepared, media=media)
    found.headers["Vary"] = "Accept, Accept-Encoding"
    return found


def _list(request: Request, links: Iterable[tuple[str, str, str]]) -> Markup:
    return pages.list_of(links, language.of_request(request.scope))


def _page(request: Request, heading: str, about: str, body: Markup, links: list[Link]) -> Response:
    on = pages.ways(links, {**WAYS, **AS_JSON}, language.of_request(request.scope))
    found = plain_page(request, heading, about, 200, body + on)
    found.headers["Vary"] = "Accept, Accept-Encoding"
    return found
