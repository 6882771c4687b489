"""The layer of what was said per area: comments or persons."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data import clock
from data.affected import per_affected
from data.comments import density, results
from data.geodata import layers
from data.models import Decision
from pages.resultat import tables
from pages.resultat.layer_view import Shown, say_nothing
from pages.shared import addresses
from pages.shared.maps import drawn, palette
from pages.shared.maps.layer_specs import LayerSpec
from pages.shared.maps.legend import Item
from pages.shared.session import state
from pages.shared.words import comment_counts
from pages.shared.words.channel_words import say_channels
from pages.shared.words.texts import N_, _, ngettext, number, plain

COMMENTS, PERSONS = "synpunkter", "personer"
COUNTED = {COMMENTS: N_("Synpunkter"), PERSONS: N_("Personer")}
COLUMN = {COMMENTS: "comments", PERSONS: "persons"}
BREAKS = {COMMENTS: comment_counts.COMMENT_BREAKS, PERSONS: comment_counts.PERSON_BREAKS}
STEPS = {COMMENTS: 1, PERSONS: results.ROUNDED_TO}
CLEAR = "transparent"


def _say_missing(decision: Decision) -> list[str]:
    totals = results.totals(decision.id)
    missing = totals.comments - totals.placed
    if not missing:
        return []
    return [
        ngettext(
            "{n} synpunkt gäller ingen särskild plats.",
            "{n} synpunkter gäller ingen särskild plats.",
            missing,
        ).format(n=number(missing))
    ]


def ask_counted() -> str:
    """Ask whether to count comments or persons."""
    usual = COMMENTS
    asked = state.asked("rakna", usual)
    chosen = st.segmented_control(
        _("Räkna"),
        list(COUNTED),
        default=asked if asked in COUNTED else usual,
        format_func=lambda name: _(COUNTED[name]),
        required=True,
        key="resultat.rakna",
    )
    counted = str(chosen or usual)
    state.ask(rakna=None if counted == usual else counted)
    return counted


def per_area(decision: Decision, layer: str, counted: str) -> Shown:
    """Show how many comments, or persons, each area has."""
    everything = results.protected(decision.id, layer)
    rows = tables.with_comments(everything)
    breaks = comment_counts.breaks_of(everything[COLUMN[counted]], BREAKS[counted])
    per_thousand = rates_of(decision, layer)
    today = clock.today()
    return Shown(
        sentence=_say_most(rows, decision),
        details=_say_missing(decision) if len(rows) else [],
        specs=[
            count_spec(addresses.results(decision.id, layer), layer, counted, breaks),
            drawn.decision_area(decision, fill_opacity=0),
        ],
        items=[
            drawn.area_item(decision, today)._replace(fill="none"),
            *count_items(layer, counted, breaks),
        ],
        table=tables.of_areas(rows, rates=per_thousand, with_kinds=True) if len(rows) else None,
        table_name=_("Synpunkter och personer per område, flest synpunkter först"),
        notes=[
            *_say_silent(everything, layer),
            *_say_most_squares(rows, layer),
            *_say_pick_squares(layer),
            *([] if per_thousand is None else [_say_rate()]),
            _say_rule(),
            *say_channels(decision.id),
        ],
        data=addresses.results(decision.id, layer),
    )


def _say_most(rows: pd.DataFrame, decision: Decision) -> str:
    together = results.totals(decision.id).comments
    return say_most(rows, together) if together else say_nothing(decision)


def say_most(rows: pd.DataFrame, together: int) -> str:
    """Say which areas most of `together` comments are about; `rows` are those that have any."""
    counts = dict(zip(rows["name"], rows["comments"].astype(int), strict=True))
    return plain(comment_counts.say_most(counts, together))


def rates_of(decision: Decision, layer: str) -> pd.Series[float] | None:
    """Return comments per 1 000 affected, or None where areas are squares: too few live in one."""
    return None if layer == layers.RUTA else per_affected.per_thousand(decision, layer)


def _say_rate() -> str:
    return _(
        "Per 1 000 berörda jämför stora och små områden. Det visas bara där minst {least} personer "
        "berörs."
    ).format(least=number(per_affected.LEAST_AFFECTED))


def count_spec(
    url: str,
    layer: str,
    counted: str,
    breaks: tuple[int, ...],
    told: tuple[str, ...] = (COMMENTS, PERSONS),
) -> LayerSpec:
    """Draw the counts that `url` gives for the areas of `layer`; those in `told` are said too."""
    words = {COMMENTS: _("Synpunkter"), PERSONS: _("Personer, ungefär")}
    squares = layer == layers.RUTA
    return LayerSpec(
        url,
        name="antal",
        property=COLUMN[counted],
        breaks=breaks,
        ramp=palette.ramp(len(breaks) + 1),
        # most of two thousand squares are forest: dots over all of them would hide the map
        fills={"0": CLEAR} if squares else {},
        colors={"0": CLEAR} if squares else {},
        dot_values=() if squares else ("0",),
        hatch_values=("null",),
        weight=1.2,
        fill_opacity=0.75,
        tooltip=(("name", ""), *((COLUMN[one], words[one]) for one in told)),
    )


def count_items(layer: str, counted: str, breaks: tuple[int, ...]) -> list[Item]:
    """Explain the colours of `count_spec`."""
    unit = _("{n} synpunkter") if counted == COMMENTS else _("ungefär {n} personer")
    found = drawn.class_items(breaks, step=STEPS[counted], unit=unit)
    if counted == PERSONS:
        found.append(drawn.too_few_item())
    if layer == layers.RUTA:
        return [*found, Item(_("Ingen färg: ingen har hörts"), palette.OUTLINE, fill="none")]
    return [*found, drawn.silent_item()]


def _say_silent(everything: pd.DataFrame, layer: str) -> list[str]:
    silent = int((everything["comments"] == 0).sum())
    if not silent or layer == layers.RUTA:
        return []
    return [
        _(
            "Ingen har tyckt till om {n} av {all} områden. Det betyder inte att allt är bra där."
        ).format(n=number(silent), all=number(len(everything)))
    ]


def _say_most_squares(rows: pd.DataFrame, layer: str) -> list[str]:
    if layer != layers.RUTA or len(rows) <= density.SQUARES_MAX:
        return []
    return [
        _("Kartan visar de {n} rutor som har flest synpunkter. Tabellen har alla.").format(
            n=number(density.SQUARES_MAX)
        )
    ]


def _say_pick_squares(layer: str) -> list[str]:
    if layer != layers.RUTA:
        return []
    return [_("Vill du välja ut synpunkter i rutor? Det kan du göra i lagret Täthet.")]


def _say_rule() -> str:
    return _(
        "Personer visas avrundade till närmaste {base}-tal. Är de färre än {least} står det ”för "
        "få svar”. Den som har skrivit om flera områden räknas i vart och ett."
    ).format(base=number(results.ROUNDED_TO), least=number(results.LEAST_PERSONS))
