"""The open data about areas: who is affected in each, and what was said, counted and protected."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
from starlette.requests import Request
from starlette.responses import Response

from data import store
from data.affected import affected, participation
from data.comments import area_counts, published, results
from data.geodata import cell_sets, layers
from data.models import Relation
from pages.web import parameters
from pages.web.api import features
from pages.web.http_answers import Prepared, answer, open_data, prepare

KEPT = 128


@open_data
def affected_areas(request: Request) -> Response:
    """How many people the decision is estimated to affect, per area of a layer."""
    _, decision = parameters.decision(request)
    edition = cell_sets.in_use().edition
    prepared = _affected(decision.id, decision.version, parameters.layer(request), edition)
    return answer(request, prepared)


@lru_cache(maxsize=KEPT)
def _affected(decision_id: str, version: int, layer: str, cells_edition: str) -> Prepared:  # noqa: ARG001 - cache key
    decision = parameters.known(decision_id)
    found = affected.public(decision, layer)
    drawn = features.of_areas(layer, found)
    return prepare(features.collection(drawn, **features.example_members(decision)))


@open_data
def result_areas(request: Request) -> Response:
    """Return what was said per area of a layer; small numbers hidden as everywhere else.

    ``limit`` keeps the areas with the most comments. With the filters of the list, only how many
    comments they let through; with ``relation``, only how many persons told that tie to the place.
    """
    _, decision = parameters.decision(request)
    version = store.data_version(decision.id)
    layer, wanted = parameters.layer(request), parameters.wanted(request)
    tie = parameters.choice(request, "relation", Relation)
    most = parameters.whole(request, "limit")
    if tie is not None:
        if layer != layers.DESO or wanted != published.EVERYTHING:
            raise parameters.bad("relation finns bara för layer=deso, utan andra urval.")
        return answer(request, _ties(decision.id, version, tie))
    if wanted == published.EVERYTHING:
        return answer(request, _results(decision.id, version, layer, most))
    if layer not in published.COUNTED_LAYERS:
        known = ", ".join(published.COUNTED_LAYERS)
        raise parameters.bad(f"Urval av synpunkter finns bara för layer: {known}.")
    return answer(request, _picked_out(decision.id, version, layer, wanted, most))


@lru_cache(maxsize=KEPT)
def _results(
    decision_id: str,
    data_version: int,  # noqa: ARG001 - cache key
    layer: str,
    most: int | None,
) -> Prepared:
    decision = parameters.known(decision_id)
    columns = results.protected(decision_id, layer)
    if layer == layers.RUTA:
        # two thousand squares, most of them forest where nobody has said anything
        columns = columns.loc[columns["comments"] > 0, ["name", "comments", "persons"]]
    if layer == layers.DESO:
        columns["heard"] = participation.public(decision)["word"]
    return _of_areas(decision_id, layer, columns, most)


@lru_cache(maxsize=KEPT)
def _picked_out(
    decision_id: str,
    data_version: int,  # noqa: ARG001 - cache key
    layer: str,
    wanted: published.CommentFilter,
    most: int | None,
) -> Prepared:
    return _of_areas(decision_id, layer, area_counts.picked_out(decision_id, layer, wanted), most)


@lru_cache(maxsize=KEPT)
def _ties(decision_id: str, data_version: int, tie: Relation) -> Prepared:  # noqa: ARG001 - cache key
    columns = pd.DataFrame(
        {
            "name": layers.frame(layers.DESO)["name"],
            "persons": participation.public_ties(decision_id)[tie.value],
        }
    )
    return _of_areas(decision_id, layers.DESO, columns, None)


def _of_areas(decision_id: str, layer: str, columns: pd.DataFrame, most: int | None) -> Prepared:
    """Draw the areas of a layer with their figures, or those `most` with the most comments."""
    if most is not None:
        columns = columns.sort_values("comments", ascending=False, kind="stable").head(most)
    members = features.example_members(parameters.known(decision_id))
    return prepare(features.collection(features.of_areas(layer, columns), **members))


def forget() -> None:
    """Drop every answer that came from the store; called when a store is opened."""
    for kept in (_affected, _results, _picked_out, _ties):
        kept.cache_clear()
