"""The layer of for and against, only where enough have been heard."""

from __future__ import annotations

import pandas as pd

from data import clock
from data.affected import affected
from data.comments import results, sides
from data.geodata import layers
from data.models import Decision, Stance
from pages.resultat import tables
from pages.resultat.layer_view import FEW, Shown, say_nothing
from pages.shared import addresses
from pages.shared.maps import drawn, palette
from pages.shared.maps.layer_specs import LayerSpec
from pages.shared.maps.legend import Item
from pages.shared.words import affected_words
from pages.shared.words.channel_words import say_channels
from pages.shared.words.texts import _, number


def _say_who(decision: Decision) -> list[str]:
    totals = results.totals(decision.id)
    if totals.persons is None:
        return []
    within = affected_words.people(affected.reached(decision).within)
    return [
        _("Hörda är ungefär {n} personer. Uppskattningsvis {all} berörs.").format(
            n=number(totals.persons), all=within
        )
    ]


def stances(decision: Decision, layer: str) -> Shown:
    """Show for and against as counts, only where at least five persons have been heard."""
    rows = tables.with_comments(results.protected(decision.id, layer))
    today = clock.today()
    return Shown(
        sentence=_say_stances(decision),
        details=_say_who(decision) if len(rows) else [],
        specs=[
            _lean_spec(rows, layer),
            drawn.decision_area(decision, fill_opacity=0),
        ],
        items=[
            drawn.area_item(decision, today)._replace(fill="none"),
            Item(_("Fler för än emot"), palette.STANCE[Stance.FOR]),
            Item(_("Fler emot än för"), palette.STANCE[Stance.AGAINST]),
            Item(_("Ungefär lika många"), palette.STANCE[Stance.BOTH]),
            drawn.too_few_item(),
            drawn.silent_item(),
        ],
        table=tables.of_areas(rows, with_stances=True) if len(rows) else None,
        table_name=_("Synpunkter för och emot per område"),
        notes=[
            _(
                "Det här är inte en omröstning. De som skriver har själva valt att göra det, så "
                "antalen säger inte vad {everyone} tycker."
            ),
            _(
                "Antalen för och emot är synpunkter, inte personer. De visas bara där minst "
                "{least} personer har hörts."
            ).format(least=number(results.LEAST_PERSONS)),
            *say_channels(decision.id),
        ],
        data=addresses.results(decision.id, layer),
    )


def _say_stances(decision: Decision) -> str:
    totals = results.totals(decision.id)
    if not totals.comments:
        return say_nothing(decision)
    if totals.persons is None:
        return _("För få har hörts för att vi ska visa för och emot.")
    counts = {stance: number(totals.by_stance.get(stance, 0)) for stance in Stance}
    return _(
        "Synpunkter för förslaget: {f}. Emot: {a}. Både för och emot: {b}. Tar inte ställning: {n}."
    ).format(
        f=counts[Stance.FOR], a=counts[Stance.AGAINST], b=counts[Stance.BOTH], n=counts[Stance.NONE]
    )


def _lean_spec(rows: pd.DataFrame, layer: str) -> LayerSpec:
    known = rows[rows["for"].notna()]
    few = rows.index.difference(known.index)
    silent = layers.frame(layer).index.difference(rows.index)
    words = {str(code): _("ingen har hörts") for code in silent}
    words |= {str(code): _(FEW) for code in few}
    words |= {str(code): _say_sides(row) for code, row in known.iterrows()}
    return LayerSpec(
        addresses.areas(layer),
        name="stallning",
        property="code",
        fills={
            str(code): palette.STANCE[sides.lean(int(row["for"]), int(row["against"]))]
            for code, row in known.iterrows()
        },
        hatch_values=tuple(str(code) for code in few),
        dot_values=tuple(str(code) for code in silent),
        weight=1.2,
        fill_opacity=0.7,
        tooltip=(("name", ""), ("code", "")),
        words=words,
    )


def _say_sides(row: pd.Series) -> str:
    return _("{f} för, {a} emot, från ungefär {persons} personer").format(
        f=number(int(row["for"])),
        a=number(int(row["against"])),
        persons=number(int(row["persons"])),
    )
