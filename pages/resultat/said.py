"""The layers that tell what was said: as pins, per area, and for or against."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data import layers, results
from data.models import Decision, Stance
from pages.resultat.drawn import area_outline, draw
from pages.shared import addresses, state
from pages.shared.comments import ask_filters, show_list
from pages.shared.maps import palette
from pages.shared.maps.layers import LayerSpec
from pages.shared.maps.legend import Item, class_words, legend
from pages.shared.texts import CHANNEL_WORDS, STANCE_WORDS, N_, _, ngettext, number

LAYERS = {
    layers.VALDISTRIKT: N_("Bostadsområden (valdistrikt)"),
    layers.DESO: N_("Statistikområden (DeSO)"),
    layers.RUTA: N_("Rutor på 500 meter"),
}
BREAKS = (2.0, 5.0, 10.0, 20.0)
FEW = N_("för få svar")


def say_heard(decision: Decision) -> str:
    """Say how many comments and persons everything rests on."""
    totals = results.totals(decision.id)
    if totals.comments == 0:
        return _("Ingen synpunkt är publicerad än.")
    persons = _("färre än 5") if totals.persons is None else number(totals.persons)
    said = ngettext("{n} publicerad synpunkt", "{n} publicerade synpunkter", totals.comments)
    return _("{said} från ungefär {persons} personer.").format(said=said, persons=persons)


def show_pins(decision: Decision) -> None:
    """Show comments as pins, and the same comments as a list."""
    st.markdown(f"**{say_heard(decision)}**")
    filters = ask_filters("resultat.filter")
    pins = LayerSpec(
        addresses.comment_points(decision.id, **filters.as_words()),
        kind="points",
        property="stance",
        fills=palette.STANCE,
        shapes=palette.STANCE_SHAPES,
        tooltip=(("stance", ""),),
        words={stance.value: _(word) for stance, word in STANCE_WORDS.items()},
    )
    draw(decision, [area_outline(decision), pins], alt=_("Karta över synpunkter"))
    legend(
        [
            Item(_(STANCE_WORDS[s]), palette.STANCE[s.value], palette.STANCE_SHAPES[s.value])  # type: ignore[arg-type]
            for s in Stance
        ],
        title=_("Teckenförklaring"),
    )
    st.caption(
        _("Märkena är flyttade 30–50 meter. Synpunkter utan plats på kartan syns bara i listan.")
    )
    show_list(decision, filters, key="resultat.lista")


def ask_layer() -> str:
    """Ask which division to count by."""
    asked = state.asked("lager", layers.VALDISTRIKT)
    chosen = st.segmented_control(
        _("Räkna per"),
        list(LAYERS),
        default=asked if asked in LAYERS else layers.VALDISTRIKT,
        format_func=lambda name: _(LAYERS[name]),
        required=True,
        key="resultat.lager",
    )
    layer = str(chosen or layers.VALDISTRIKT)
    state.ask(lager=None if layer == layers.VALDISTRIKT else layer)
    return layer


def show_counts(decision: Decision) -> None:
    """Show how many comments each area has: map, legend and table."""
    layer = ask_layer()
    counted = _heard_areas(decision, layer)
    st.markdown(f"**{_say_most(counted)}**")
    ramp = palette.ramp(len(BREAKS) + 1)
    areas = LayerSpec(
        addresses.results(decision.id, layer),
        property="comments",
        breaks=BREAKS,
        ramp=ramp,
        dot_values=("0",),
        fill_opacity=0.75,
        tooltip=(("name", ""), ("comments", _("Synpunkter")), ("persons", _("Personer, ungefär"))),
    )
    draw(decision, [areas, area_outline(decision)], alt=_("Karta över synpunkter per område"))
    words = class_words(BREAKS)
    legend(
        [
            *(Item(word, color) for word, color in zip(words, ramp, strict=True)),
            Item(_("ingen har hörts"), palette.OUTLINE, "area", "dots"),
        ],
        title=_("Synpunkter"),
    )
    _show_table(counted, stances=False)
    _caveat(decision)


def _heard_areas(decision: Decision, layer: str) -> pd.DataFrame:
    found = results.protected(decision.id, layer)
    return found[found["comments"] > 0].sort_values(["comments", "name"], ascending=[False, True])


def _say_most(counted: pd.DataFrame) -> str:
    if counted.empty:
        return _("Ingen synpunkt har en plats än.")
    first = counted.iloc[0]
    return _("Flest synpunkter gäller {place}: {n} av {all}.").format(
        place=first["name"], n=number(first["comments"]), all=number(counted["comments"].sum())
    )


def show_stances(decision: Decision) -> None:
    """Show for and against, only where at least five persons have been heard."""
    layer = ask_layer()
    totals = results.totals(decision.id)
    st.markdown(
        "**"
        + _("{said} {f} är för, {a} emot, {b} både och, {n} tar inte ställning.").format(
            said=say_heard(decision),
            f=number(totals.by_stance[Stance.FOR]),
            a=number(totals.by_stance[Stance.AGAINST]),
            b=number(totals.by_stance[Stance.BOTH]),
            n=number(totals.by_stance[Stance.NONE]),
        )
        + "**"
        if totals.persons is not None
        else f"**{_('För få har svarat för att visa för och emot.')}**"
    )
    areas = LayerSpec(
        addresses.results(decision.id, layer),
        property="lean",
        fills={
            "for": palette.STANCE["for"],
            "against": palette.STANCE["against"],
            "even": palette.STANCE["both"],
        },
        hatch_values=("few",),
        dot_values=("silent",),
        fill_opacity=0.6,
        tooltip=(("name", ""), ("for", _("För")), ("against", _("Emot")), ("comments", _("Alla"))),
    )
    draw(decision, [areas, area_outline(decision)], alt=_("Karta över för och emot"))
    legend(
        [
            Item(_("fler för än emot"), palette.STANCE["for"]),
            Item(_("fler emot än för"), palette.STANCE["against"]),
            Item(_("lika många"), palette.STANCE["both"]),
            Item(_(FEW), palette.OUTLINE, "area", "hatch"),
            Item(_("ingen har hörts"), palette.OUTLINE, "area", "dots"),
        ],
        title=_("För och emot"),
    )
    _show_table(_heard_areas(decision, layer), stances=True)
    st.markdown(
        _(
            "Det här är inte en omröstning. De som skriver har valt det själva, så siffrorna "
            "säger inte vad alla karlskogabor tycker."
        )
    )
    _caveat(decision)


def _show_table(counted: pd.DataFrame, *, stances: bool) -> None:
    if counted.empty:
        return
    columns = {
        _("Område"): counted["name"],
        _("Synpunkter"): counted["comments"].map(number),
        _("Personer, ungefär"): counted["persons"].map(_say_persons),
    }
    if stances:
        for stance in Stance:
            columns[_(STANCE_WORDS[stance])] = counted[stance.value].map(
                lambda n: _(FEW) if pd.isna(n) else number(n)
            )
    st.table(pd.DataFrame(columns).set_index(_("Område")))


def _say_persons(count: object) -> str:
    return _(FEW) if pd.isna(count) else number(int(count))  # type: ignore[arg-type, call-overload]


def _caveat(decision: Decision) -> None:
    totals = results.totals(decision.id)
    channels = [
        f"{_(CHANNEL_WORDS[channel])}: {_('färre än 5') if n is None else number(n)}"
        for channel, n in totals.by_channel.items()
    ]
    st.caption(
        _(
            "Personer visas avrundade till närmaste femtal, och inte alls när de är färre än "
            "fem. Personer per kanal: {channels}. Synpunkter utan plats är inte med på kartan."
        ).format(channels=", ".join(channels) or "–")
    )
