"""Every parameter of the figures in one table, read from where it is used."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.affected import participation, per_affected
from data.comments import releases, results, sides
from data.geodata import cell_sets, demography, layers
from geo import bands, displace, impact, ipf, population, representation
from pages.shared import frame
from pages.shared.words.texts import _, number, percent


def show() -> None:
    """Show the table."""
    frame.heading(_("Alla tal vi har valt"))
    with st.expander(_("Visa tabellen")):
        rows = _rows()
        st.table(
            pd.DataFrame(
                {_("Värde"): list(rows.values())}, index=pd.Index(list(rows), name=_("Vad"))
            ),
            border="horizontal",
            alt=_("Alla tal vi har valt"),
        )


def _rows() -> dict[str, str]:
    metres = _("{n} m")
    weights = " · ".join(number(weight, decimals=1) for weight in bands.WEIGHTS)
    near, far = number(displace.NEAREST_M), number(displace.FARTHEST_M)
    return {
        _("Rutor som människor räknas i"): metres.format(n=number(cell_sets.in_use().side_m)),
        _("Så långt från hållplatser, skolor och byar bor folk utanför tätorten"): metres.format(
            n=number(population.ANCHOR_REACH_M)
        ),
        _("Så tätt bor de där, jämfört med i tätorten"): percent(population.ANCHOR_WEIGHT),
        _("Utjämningen slutar när skillnaden är högst, i väljare"): number(
            ipf.MISS_SMALL_ENOUGH, decimals=2
        ),
        _("Högst så många varv"): number(ipf.ROUNDS_MAX),
        _("Vikter för nära, mellan och längst bort"): weights,
        _("Så mycket ändras avstånden för lägst och högst"): percent(impact.SPAN),
        _("Områden med färre berörda än så jämförs inte"): number(participation.LEAST_AFFECTED),
        _("Områden med färre berörda än så får inget tal per 1 000 berörda"): number(
            per_affected.LEAST_AFFECTED
        ),
        _("För och emot är ungefär lika många om högst så stor del av dem skiljer"): percent(
            sides.EVEN_PART
        ),
        _("För och emot är alltid ungefär lika många om högst så många synpunkter skiljer"): number(
            sides.EVEN_COMMENTS
        ),
        _("Säkerhet för färre och fler än väntat"): percent(0.95),
        _("Färre väntade än så: för få svar"): number(representation.EXPECTED_MIN),
        _("Färre hörda än så: inget mått på hur olika de bor"): number(
            participation.LEAST_FOR_INDEX
        ),
        _("Färre personer än så visas aldrig"): number(results.LEAST_PERSONS),
        _("Antal hörda avrundas till närmaste"): number(results.ROUNDED_TO),
        _("Färre uppskattade invånare än så visas aldrig"): number(demography.FEW),
        _("Så många personer ska skilja innan siffror om de hörda räknas om"): number(
            releases.LEAST_CHANGE
        ),
        _("Märken på kartan flyttas"): _("{near}–{far} m").format(near=near, far=far),
        _("Rutnät på resultatet"): metres.format(n=number(layers.SQUARE_M)),
    }
