"""The open data: read only, no key, the same figures as the pages show."""

from __future__ import annotations

import json
from functools import cache
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from data import clock, store, version
from data.affected import affected, gaps
from data.comments import density as squares_of
from data.comments import published
from data.decision_cache import remembered
from data.decisions import decisions
from data.geodata import (
    basemap,
    cell_sets,
    cells,
    credit_lines,
    demography,
    layer_editions,
    layers,
    places,
)
from data.models import Decision
from pages.shared import addresses
from pages.web import links, parameters
from pages.web.api import features
from pages.web.http_answers import CSV, JSON, Prepared, answer, open_data, prepare, problem

KEPT = 128
QUERY_MAX = 80
PLACES_MAX = 50
COMMENTS_USUAL = 500


@cache
def _base() -> Prepared:
    return prepare(basemap.base_geojson())


@cache
def _labels() -> Prepared:
    return prepare(basemap.labels_geojson())


def _areas(layer: str) -> Prepared:
    about = (cell_sets.CELLS, layer_editions.LAYERS)
    return remembered(about, ("areas_body", layer), lambda: _made_areas(layer), most=KEPT)


def _made_areas(layer: str) -> Prepared:
    columns = cells.neighbourhoods(layer).drop(columns="geometry")
    if cells.is_estimated(layer) and "population" in columns:
        rounded = demography.rounded(columns["population"])
        columns["population"] = rounded.mask(cells.too_fine(layer))
    wanted = [name for name in ("name", "population") if name in columns]
    body = features.collection(features.of_areas(layer, columns[wanted]))
    return prepare(body, addresses.areas_version(layer))


def warm() -> None:
    """Prepare what never changes, so that the first visitor does not wait for it."""
    _base()
    _labels()
    for layer in layers.LAYERS:
        _areas(layer)


@open_data
def base(request: Request) -> Response:
    """Land, built-up land and water."""
    return answer(request, _base())


@open_data
def labels(request: Request) -> Response:
    """Names on the map."""
    return answer(request, _labels())


@open_data
def areas(request: Request) -> Response:
    """Return the areas of one layer."""
    layer = request.path_params["layer"]
    if not layers.is_layer(layer):
        raise parameters.missing(f"Det finns bara lagren {', '.join(layers.names())}.")
    return answer(request, _areas(layer))


@open_data
def all_decisions(request: Request) -> Response:
    """Every decision's area; small areas last, so that they are drawn on top."""
    on, language = clock.today(), parameters.language(request, "lang")
    listed = sorted(decisions.list_all(), key=lambda pair: -pair[1].area.area)
    found = [features.of_decision(n, d, on=on, language=language) for n, d in listed]
    return answer(request, prepare(features.collection(found)))


@open_data
def one_decision(request: Request) -> Response:
    """One decision's area, as a collection of one."""
    number, decision = parameters.decision(request)
    language = parameters.language(request, "lang")
    found = features.of_decision(number, decision, on=clock.today(), language=language)
    return answer(request, prepare(features.collection([found])))


@open_data
def bands(request: Request) -> Response:
    """Return the distance bands round a decision's area."""
    _, decision = parameters.decision(request)
    return answer(request, prepare(affected.bands_geojson(decision)))


@open_data
def detours(request: Request) -> Response:
    """Return the ground that is farther away over land than as the crow flies."""
    _, decision = parameters.decision(request)
    return answer(request, prepare(affected.detour_geojson(decision)))


@open_data
def comment_list(request: Request) -> Response:
    """Return published comments; ``slim=1`` gives their points without any text.

    The links that lead on stand in the answer and in its header, as the OGC API has them.
    """
    _, decision = parameters.decision(request)
    limit = parameters.number(
        request, "limit", usual=COMMENTS_USUAL, least=1, most=parameters.LIMIT_MAX
    )
    offset = parameters.number(request, "offset", usual=0, least=0, most=parameters.OFFSET_MAX)
    question = _Question(
        decision.id,
        parameters.wanted(request),
        parameters.bbox(request),
        limit,
        offset,
        request.query_params.get("slim") == "1",
        links.site(request),
        tuple((k, v) for k, v in request.query_params.items() if k in parameters.COMMENTS),
    )
    prepared, steps = remembered(
        decision.id, ("comments_body", *question), lambda: _comments(question), most=KEPT
    )
    found = answer(request, prepared)
    if steps:
        told = (f'<{one["href"]}>; rel="{one["rel"]}"' for one in steps)
        found.headers["Link"] = ", ".join(told)
    return found


@open_data
def density(request: Request) -> Response:
    """Return how many comments lie in each square; ``side`` in metres, filters as for comments."""
    _, decision = parameters.decision(request)
    sides = [str(side) for side in squares_of.SIDES_M]
    asked = request.query_params.get("side", sides[1])
    if asked not in sides:
        raise parameters.bad(f"side ska vara något av: {', '.join(sides)}.")
    side_m, wanted = int(asked), parameters.wanted(request)
    prepared = remembered(
        decision.id,
        ("density_body", side_m, wanted),
        lambda: _density(decision, side_m, wanted),
        most=KEPT,
    )
    return answer(request, prepared)


class _Question(NamedTuple):
    """What an answer about comments depends on."""

    decision_id: str
    wanted: published.CommentFilter
    bbox: parameters.Bbox | None
    limit: int
    offset: int
    slim: bool
    site: str
    asked: tuple[tuple[str, str], ...]


def _comments(asked: _Question) -> tuple[Prepared, list[links.Link]]:
    decision = parameters.known(asked.decision_id)
    found = published.published(
        asked.decision_id, asked.wanted, bbox=asked.bbox, limit=asked.limit, offset=asked.offset
    )
    total = published.count_published(asked.decision_id, asked.wanted, bbox=asked.bbox)
    drawn = [
        features.of_comment(one, slim=asked.slim)
        for one in found
        if not asked.slim or one.lon is not None
    ]
    members = features.example_members(decision)
    path = addresses.comments(asked.decision_id)
    span = {"offset": asked.offset, "limit": asked.limit, "matched": total}
    steps = links.steps(asked.site, path, dict(asked.asked), **span)
    counts = {"numberMatched": total, "numberReturned": len(drawn)}
    body = features.collection(drawn, **counts, links=steps, **members)
    return prepare(body), steps


def _density(decision: Decision, side_m: int, wanted: published.CommentFilter) -> Prepared:
    drawn = features.of_squares(squares_of.squares(decision.id, side_m, wanted))
    return prepare(features.collection(drawn, **features.example_members(decision)))


@open_data
def place_list(request: Request) -> Response:
    """Places by name."""
    query = request.query_params.get("q", "")
    if not query.strip():
        raise parameters.bad("q ska vara det du söker efter.")
    if len(query) > QUERY_MAX:
        raise parameters.bad(f"q får vara högst {QUERY_MAX} tecken.")
    limit = parameters.number(request, "limit", usual=8, least=1, most=PLACES_MAX)
    found = [features.of_place(place) for place in places.search(query, limit)]
    return answer(request, prepare(features.collection(found)))


@open_data
def meeting_places(request: Request) -> Response:
    """Return schools, shops, stops and so on where the people of a DeSO can be met."""
    code = parameters.deso(request)
    if code is None:
        raise parameters.bad("deso ska vara koden för ett statistikområde.")
    return answer(request, _meeting_places(code))


@open_data
def cell_table(request: Request) -> Response:
    """Return every square with its part of the DeSO's people, as CSV."""
    return answer(request, remembered(cell_sets.CELLS, ("cells_csv",), _cell_table), media=CSV)


def _cell_table() -> Prepared:
    return prepare(cells.public_table().to_csv(index=False).encode())


@cache
def _meeting_places(code: str) -> Prepared:
    found = [features.of_point(point) for point in gaps.meeting_places(code)]
    return prepare(features.collection(found, credit=credit_lines.OSM_CREDIT))


def unknown(request: Request) -> Response:
    """Say that nothing lies at this address, or that it can only be read."""
    if request.method not in {"GET", "HEAD", "OPTIONS"}:
        found = problem(405, "Det här går bara att läsa", "Öppna data hämtas med GET.")
        found.headers["Allow"] = "GET, HEAD"
        return found
    return problem(404, "Det finns inte", "Ingen öppen data har den adressen.")


def healthy(request: Request) -> Response:
    """Say that the process answers."""
    return _state(request, "ok", 200)


def ready(request: Request) -> Response:
    """Say whether the service can take visitors, which is when the store is open; and its version.

    A deployment sees here that the new version is the one that answers.
    """
    is_ready = store.is_open()
    word, status = ("ok", 200) if is_ready else ("closed", 503)
    return _state(request, word, status, version=version.number())


def _state(request: Request, word: str, status: int, **more: str) -> Response:
    told = json.dumps({"status": word, **more}, separators=(",", ":"))
    body = b"" if request.method == "HEAD" else told.encode()
    return Response(body, status, headers={"Cache-Control": "no-store"}, media_type=JSON)
