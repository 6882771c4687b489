"""How the figures of this very decision were made, with the distances and weights it has."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from data import municipality
from data.decisions import impact_zones
from data.models import Decision
from geo import impact
from geo.bands import WEIGHTS
from pages.shared import frame
from pages.shared.words import impact_zone_words
from pages.shared.words.texts import _, and_list, number, plain


def show(decision: Decision) -> None:
    """Show the method in an expander."""
    with st.expander(_("Så har vi räknat")):
        bands = impact_zones.bands_of(decision)
        if bands is not None:
            _show_bands(decision, bands)
        _show_way()
        st.markdown(_("Uppskattning. Bygger på var människor bor, inte på vad de tycker."))
        frame.link("metod", _("Läs mer om hur vi räknar"))


def _show_bands(decision: Decision, bands: impact.Bands | impact.Contours) -> None:
    if isinstance(bands, impact.Contours):
        st.markdown(
            _(
                "Vi delar kommunen i rutor på 100 meter och uppskattar hur många som bor i varje "
                "ruta. Kommunen har ritat zoner för det här förslaget, till exempel för buller. "
                "Den som bor i en zon räknas dit, hur långt bort det än är."
            )
        )
    else:
        st.markdown(
            _(
                "Vi delar kommunen i rutor på 100 meter och uppskattar hur många som bor i "
                "varje ruta. Sedan mäter vi hur långt det är till områdets närmaste kant. Den "
                "som bor nära väger mer."
            )
        )
    st.table(_weights(decision, bands), border="horizontal", alt=_("Avstånd och vikter"))
    zones = impact_zone_words.catchments(decision)
    if zones:
        st.markdown(
            _("Också de som bor i {zones} räknas, hur långt bort de än bor.").format(
                zones=and_list([plain(name) for name in zones])
            )
        )
    st.markdown(
        _(
            "**Berörda, vägt** är antalet personer gånger vikten. **Andel** är det "
            "vägda antalet delat med alla som bor i området. Så går det att jämföra "
            "stora och små områden."
        )
    )


def _weights(decision: Decision, bands: impact.Bands | impact.Contours) -> pd.DataFrame:
    if isinstance(bands, impact.Contours):
        weight_of = dict(zip(impact_zone_words.BANDS, bands.weights, strict=True))
        there = impact_zone_words.zones(decision)
        spans = [impact_zone_words.zone_name(decision, band) for band in there]
        return _weight_table(spans, [number(weight_of[band], decimals=1) for band in there])
    if bands.decay_m is not None:
        return _decay_table(bands)
    near, middle, far = (number(limit) for limit in bands.limits)
    spans = [
        _("I området eller inom {m} m").format(m=near),
        _("{a}–{b} m").format(a=near, b=middle),
        _("{a}–{b} m").format(a=middle, b=far),
        _("Längre bort än {m} m").format(m=far),
    ]
    return _weight_table(spans, [number(w, decimals=1) for w in (*WEIGHTS, 0.0)])


def _decay_table(bands: impact.Bands) -> pd.DataFrame:
    """Return the weight at some distances, since it falls without steps."""
    metres = np.array([0.0, *bands.limits], dtype=np.float64)
    weights = bands.weigh(metres)
    spans = [_("{m} m bort").format(m=number(m)) for m in metres]
    spans.append(_("Längre bort än {m} m").format(m=number(bands.far_m)))
    return _weight_table(spans, [number(float(w), decimals=2) for w in (*weights, 0.0)])


def _weight_table(spans: list[str], weights: list[str]) -> pd.DataFrame:
    return pd.DataFrame({_("Vikt"): weights}, index=pd.Index(spans, name=_("Avstånd")))


def _show_way() -> None:
    if impact_zone_words.is_over_land():
        st.markdown(
            _(
                "Avståndet är vägen över land: vatten går bara att passera där det finns en "
                "bro eller annan passage i kommunens lista. Vägar och stigar räknas inte, så det "
                "är ändå grovt. Också andra kan beröras än de som bor nära, till "
                "exempel elever, de som arbetar på platsen och de som brukar vara där."
            )
        )
        return
    st.markdown(_say_straight())


def _say_straight() -> str:
    if municipality.in_use().words.divided_by is None:
        return _(
            "Avståndet är fågelvägen och därför grovt: vägen kan vara mycket längre. Också andra "
            "kan beröras än de som bor nära, till exempel elever, de som arbetar på platsen och "
            "de som brukar vara där."
        )
    return _(
        "Avståndet är fågelvägen och därför grovt. {Divided_by} delar staden, så "
        "vägen kan vara mycket längre. Också andra kan beröras än de som bor nära, till "
        "exempel elever, de som arbetar på platsen och de som brukar vara där."
    )
