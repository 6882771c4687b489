"""The open data about areas: who is affected in each, and what was said, counted and protected."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
from starlette.requests import Request
from starlette.responses import Response

from data.affected import affected, participation
from data.comments import area_counts, published, results
from data.decision_cache import remembered
from data.geodata import cell_sets, layer_editions, layers
from data.models import Decision, Relation
from pages.web import parameters
from pages.web.api import features
from pages.web.http_answers import Prepared, answer, open_data, prepare

KEPT = 128


@open_data
def affected_areas(request: Request) -> Response:
    """How many people the decision is estimated to affect, per area of a layer."""
    _, decision = parameters.decision(request)
    layer = parameters.layer(request)
    return answer(request, _kept(decision, ("affected", layer), lambda: _affected(decision, layer)))


def _kept(
    decision: Decision, question: tuple[object, ...], make: Callable[[], Prepared]
) -> Prepared:
    """Return the body that answers a question on a decision, made anew when its figures may be."""
    about, kind = (decision.id, cell_sets.CELLS, layer_editions.LAYERS), "areas_of_decision_body"
    return remembered(about, (kind, *question), make, most=KEPT)


def _affected(decision: Decision, layer: str) -> Prepared:
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
    layer, wanted = parameters.layer(request), parameters.wanted(request)
    tie = parameters.choice(request, "relation", Relation)
    most = parameters.whole(request, "limit")
    if tie is not None:
        if layer != layers.DESO or wanted != published.EVERYTHING:
            raise parameters.bad("relation finns bara för layer=deso, utan andra urval.")
        return answer(request, _kept(decision, ("ties", tie), lambda: _ties(decision, tie)))
    if wanted == published.EVERYTHING:
        question = ("results", layer, most)
        return answer(request, _kept(decision, question, lambda: _results(decision, layer, most)))
    if layer not in published.COUNTED_LAYERS:
        known = ", ".join(published.COUNTED_LAYERS)
        raise parameters.bad(f"Urval av synpunkter finns bara för layer: {known}.")
    return answer(
        request,
        _kept(
            decision,
            ("picked_out", layer, most, wanted),
            lambda: _picked_out(decision, layer, wanted, most),
        ),
    )


def _results(decision: Decision, layer: str, most: int | None) -> Prepared:
    columns = results.protected(decision.id, layer)
    if layer == layers.RUTA:
        # two thousand squares, most of them forest where nobody has said anything
        columns = columns.loc[columns["comments"] > 0, ["name", "comments", "persons"]]
    if layer == layers.DESO:
        columns["heard"] = participation.public(decision)["word"]
    return _of_areas(decision, layer, columns, most)


def _picked_out(
    decision: Decision, layer: str, wanted: published.CommentFilter, most: int | None
) -> Prepared:
    return _of_areas(decision, layer, area_counts.picked_out(decision.id, layer, wanted), most)


def _ties(decision: Decision, tie: Relation) -> Prepared:
    columns = pd.DataFrame(
        {
            "name": layers.frame(layers.DESO)["name"],
            "persons": participation.public_ties(decision.id)[tie.value],
        }
    )
    return _of_areas(decision, layers.DESO, columns, None)


def _of_areas(decision: Decision, layer: str, columns: pd.DataFrame, most: int | None) -> Prepared:
    """Draw the areas of a layer with their figures, or those `most` with the most comments."""
    if most is not None:
        columns = columns.sort_values("comments", ascending=False, kind="stable").head(most)
    members = features.example_members(decision)
    return prepare(features.collection(features.of_areas(layer, columns), **members))
