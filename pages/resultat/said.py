"""The layers about what was said: as marks, per area, and for or against."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data import affected, clock, layers, results
from data.models import Decision, Stance
from pages.resultat.shown import FEW, Shown, say_nothing, say_persons
from pages.shared import addresses, affected_words, state
from pages.shared.channel_words import say_channels
from pages.shared.comments import ask_filters, show_list
from pages.shared.maps import drawn, palette
from pages.shared.maps.layers import LayerSpec
from pages.shared.maps.legend import Item
from pages.shared.maps.show import bounds_of
from pages.shared.texts import (
    N_,
    STANCE_WORDS,
    _,
    and_list,
    ngettext,
    number,
    plain,
)

COMMENTS, PERSONS = "synpunkter", "personer"
COUNTED = {COMMENTS: N_("Synpunkter"), PERSONS: N_("Personer")}
# inclusive upper bounds; persons come in steps of five
BREAKS = {COMMENTS: (2, 5, 10, 20), PERSONS: (5, 10, 20, 40)}
STEPS = {COMMENTS: 1, PERSONS: results.ROUNDED_TO}
# a difference smaller than this part of both sides, or a single comment, is not called one
EVEN_PART = 0.2
CLEAR = "transparent"


def the_pins(decision: Decision) -> Shown:
    """Show comments as marks and, below, as a list with the same filters."""
    filters = ask_filters("resultat.filter") if results.totals(decision.id).comments else None
    words = filters.as_words() if filters else {}
    today = clock.today()

    def show() -> None:
        if filters:
            show_list(decision, filters, key="resultat.lista")

    return Shown(
        sentence=_say_placed(decision),
        specs=[drawn.decision_area(decision), drawn.pins(decision, **words)],
        items=[drawn.area_item(decision, today), *drawn.pin_items()],
        notes=[
            _(
                "Märkena är flyttade 30–50 meter, så att ingen kan se var någon bor. Kartan visar "
                "högst 2 000 märken, de nyaste. Listan visar alla."
            )
        ]
        if filters
        else [],
        bounds=bounds_of(decision.area, margin=1.5),
        data=addresses.comment_points(decision.id, **words),
        after=show,
    )


def _say_placed(decision: Decision) -> str:
    totals = results.totals(decision.id)
    if not totals.comments:
        return say_nothing(decision)
    return _("{n} av {all} synpunkter gäller en särskild plats eller ett område.").format(
        n=number(totals.placed), all=number(totals.comments)
    )


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
    rows = _with_comments(everything)
    today = clock.today()
    return Shown(
        sentence=_say_most(rows, decision),
        details=_say_missing(decision) if len(rows) else [],
        specs=[
            _count_spec(decision, layer, counted),
            drawn.decision_area(decision, fill_opacity=0),
        ],
        items=[
            drawn.area_item(decision, today)._replace(fill="none"),
            *_count_items(layer, counted),
        ],
        table=_table(rows) if len(rows) else None,
        table_name=_("Synpunkter och personer per område, flest synpunkter först"),
        notes=[*_say_silent(everything, layer), _say_rule(), *say_channels(decision.id)],
        data=addresses.results(decision.id, layer),
    )


def _with_comments(everything: pd.DataFrame) -> pd.DataFrame:
    rows = everything[everything["comments"] > 0]
    return rows.sort_values(["comments", "name"], ascending=[False, True])


def _say_most(rows: pd.DataFrame, decision: Decision) -> str:
    if rows.empty:
        if results.totals(decision.id).comments:
            return _("Ingen synpunkt gäller en särskild plats.")
        return say_nothing(decision)
    most = rows["comments"].max()
    first = rows[rows["comments"] == most]
    names = [plain(name.replace("Ruta ", "rutan ").replace(", ", "/")) for name in first["name"]]
    together = number(results.totals(decision.id).comments)
    if len(names) == 1:
        said = _("Flest synpunkter gäller {place}: {n} av {all}.")
    elif len(names) <= 3:
        said = _("Flest synpunkter gäller {place}: {n} var, av {all}.")
    else:
        said = _("Synpunkterna är utspridda. Inget område har fler än {n} av {all}.")
    return said.format(place=and_list(names[:3]), n=number(int(most)), all=together)


def _count_spec(decision: Decision, layer: str, counted: str) -> LayerSpec:
    squares = layer == layers.RUTA
    breaks = BREAKS[counted]
    return LayerSpec(
        addresses.results(decision.id, layer),
        name="antal",
        property="comments" if counted == COMMENTS else "persons",
        breaks=breaks,
        ramp=palette.ramp(len(breaks) + 1),
        # most of two thousand squares are forest: dots over all of them would hide the map
        fills={"0": CLEAR} if squares else {},
        colors={"0": CLEAR} if squares else {},
        dot_values=() if squares else ("0",),
        hatch_values=("null",),
        weight=1.2,
        fill_opacity=0.75,
        tooltip=(
            ("name", ""),
            ("comments", _("Synpunkter")),
            ("persons", _("Personer, ungefär")),
        ),
    )


def _count_items(layer: str, counted: str) -> list[Item]:
    unit = _("{n} synpunkter") if counted == COMMENTS else _("ungefär {n} personer")
    found = drawn.class_items(BREAKS[counted], step=STEPS[counted], unit=unit)
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


def _say_rule() -> str:
    return _(
        "Personer visas avrundade till närmaste {base}-tal. Är de färre än {least} står det ”för "
        "få svar”. Den som har skrivit om flera områden räknas i vart och ett."
    ).format(base=number(results.ROUNDED_TO), least=number(results.LEAST_PERSONS))


def _say_who(decision: Decision) -> list[str]:
    totals = results.totals(decision.id)
    if totals.persons is None:
        return []
    within = affected.summary(decision).within
    return [
        _("Hörda är ungefär {n} personer. Uppskattningsvis {all} berörs.").format(
            n=number(totals.persons), all=number(within)
        )
    ]


def stances(decision: Decision, layer: str) -> Shown:
    """Show for and against as counts, only where at least five persons have been heard."""
    rows = _with_comments(results.protected(decision.id, layer))
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
        table=_table(rows, with_stances=True) if len(rows) else None,
        table_name=_("Synpunkter för och emot per område"),
        notes=[
            _(
                "Det här är inte en omröstning. De som skriver har själva valt att göra det, så "
                "antalen säger inte vad alla karlskogabor tycker."
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


def lean(pro: int, con: int) -> Stance:
    """Tell which side has more comments; `Stance.BOTH` when the difference is small.

    >>> lean(9, 4), lean(5, 5), lean(6, 5)
    (<Stance.FOR: 'for'>, <Stance.BOTH: 'both'>, <Stance.BOTH: 'both'>)
    """
    if abs(pro - con) <= max(1.0, EVEN_PART * (pro + con)):
        return Stance.BOTH
    return Stance.FOR if pro > con else Stance.AGAINST


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
            str(code): palette.STANCE[lean(int(row["for"]), int(row["against"]))]
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


def _say_count(count: int | None) -> str:
    return affected_words.NOTHING if pd.isna(count) else number(int(count))


def _table(rows: pd.DataFrame, *, with_stances: bool = False) -> pd.DataFrame:
    columns = {
        _("Synpunkter"): [number(int(n)) for n in rows["comments"]],
        _("Personer, ungefär"): [say_persons(n) for n in rows["persons"]],
    }
    if with_stances:
        for stance in Stance:
            columns[_(STANCE_WORDS[stance])] = [_say_count(n) for n in rows[stance.value]]
    return pd.DataFrame(columns, index=pd.Index(rows["name"].map(plain), name=_("Område")))
