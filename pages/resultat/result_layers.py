"""The layers of the result: one list that choice, map, legend and table all walk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from data.comments.published import EVERYTHING
from data.geodata import layers
from data.models import Decision
from pages.resultat import (
    around,
    counts_by_area,
    density,
    division,
    filtered_counts,
    persons_by_tie,
    phases,
    pins,
    stances,
    the_answer,
)
from pages.resultat.layer_view import Shown
from pages.shared.words import affected_words
from pages.shared.words.texts import N_, _

SQUARES = N_("Rutor, 500 meter")


def _always(_decision: Decision) -> bool:
    return True


@dataclass(frozen=True)
class ResultLayer:
    """One layer: its word in the address, its name, what it shows, and when it is offered.

    `show` asks what the layer needs to know, and returns all that is drawn and said.
    """

    word: str
    name: str
    show: Callable[[Decision], Shown]
    is_offered: Callable[[Decision], bool] = _always


def offered(decision: Decision) -> dict[str, ResultLayer]:
    """Return the layers of a decision by their words, in the order of the list."""
    return {layer.word: layer for layer in LAYERS if layer.is_offered(decision)}


def _affected(decision: Decision) -> Shown:
    return around.the_affected(decision, division.ask(affected_words.layer_names(decision)))


def _stances(decision: Decision) -> Shown:
    return stances.stances(decision, division.ask(affected_words.layer_names(decision)))


def _per_area(decision: Decision) -> Shown:
    """Ask what to count, whose or which, and by which areas; show it."""
    counted = counts_by_area.ask_counted()
    tie = persons_by_tie.ask() if counted == counts_by_area.PERSONS else None
    if tie is not None:
        # persons with a tie are counted for one fixed layer only
        division.ask({layers.DESO: _(affected_words.LAYERS[layers.DESO])})
        return persons_by_tie.per_area(decision, tie)
    layer = division.ask({**affected_words.layer_names(decision), layers.RUTA: _(SQUARES)})
    wanted = (
        filtered_counts.ask(decision, layer) if counted == counts_by_area.COMMENTS else EVERYTHING
    )
    if wanted != EVERYTHING:
        return filtered_counts.per_area(decision, layer, wanted)
    return counts_by_area.per_area(decision, layer, counted)


LAYERS = (
    ResultLayer("forslaget", N_("Förslaget"), around.the_decision),
    ResultLayer("berorda", N_("Berörda"), _affected),
    ResultLayer("synpunkter", N_("Synpunkter"), pins.the_pins),
    ResultLayer("tathet", N_("Täthet"), density.the_density),
    ResultLayer("omrade", N_("Per område"), _per_area),
    ResultLayer("stallning", N_("För och emot"), _stances),
    ResultLayer("skeden", N_("Före och efter"), phases.before_and_after, phases.has_two),
    ResultLayer("tystnad", N_("Tystnad"), around.the_silence),
    ResultLayer("svaret", N_("Svaret"), the_answer.what_became),
)
