"""One proposal and one area worked out step by step, with the figures that the map shows."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.affected import affected
from data.decisions import decisions, impact_zones
from data.geodata import layers
from data.models import Decision
from geo import impact
from pages.shared import frame
from pages.shared.maps import drawn
from pages.shared.maps.legend import legend
from pages.shared.maps.show import show_map
from pages.shared.words import affected_words as words
from pages.shared.words import impact_zone_words
from pages.shared.words.texts import _, language, number, percent, plain

BANDS = ("inside", "near", "middle", "far")


def show() -> None:
    """Show the example; nothing while no proposal has bands that somebody lives in."""
    found = _find()
    if found is None:
        return
    decision, code = found
    row = affected.for_decision(decision, layers.DESO).loc[code]
    frame.heading(_("Ett exempel, räknat steg för steg"))
    st.markdown(
        _("Förslaget **{title}** och statistikområdet **{name}** ({code}).").format(
            title=plain(decision.text(language()).title), name=plain(row["name"]), code=code
        )
    )
    show_map(
        [
            words.layer_spec(
                words.ordered(decision, layers.DESO, words.SHARE), layers.DESO, words.SHARE
            ),
            *drawn.bands(decision),
            drawn.decision_area(decision, fill_opacity=0.45),
        ],
        bounds=drawn.bounds(decision),
        key="metod",
        alt=_("Karta över exemplet"),
        language=language(),
    )
    legend(drawn.band_items(decision))
    st.markdown(_("**1. Räkna dem som bor på varje avstånd, och gånga med vikten.**"))
    st.table(_steps(decision, row), border="horizontal", alt=_("Räkneexempel"))
    _say_share(decision, row)
    st.caption(_("Varje tal är avrundat för sig, så summor kan skilja på något tiotal."))
    frame.link("berorda", _("Se alla områden för förslaget"), id=decision.id)


def _find() -> tuple[Decision, str] | None:
    """Return the first proposal with plain bands, and the area that it affects most people in."""
    for _number, decision in decisions.list_all():
        bands = impact_zones.bands_of(decision)
        if isinstance(bands, impact.Bands) and bands.decay_m is None:
            counts = affected.for_decision(decision, layers.DESO)["affected"]
            if counts.max() >= words.LEAST:
                return decision, str(counts.idxmax())
    return None


def _steps(decision: Decision, row: pd.Series) -> pd.DataFrame:
    bands = impact_zones.bands_of(decision)
    assert isinstance(bands, impact.Bands)
    weights = [bands.weights[0], *bands.weights]
    headings = [heading for heading, _band in impact_zone_words.headings(decision)]
    counts = [float(row[band]) for band in BANDS]
    weighed = [count * weight for count, weight in zip(counts, weights, strict=True)]
    return pd.DataFrame(
        {
            _("Personer"): [*map(words.people, counts), words.people(sum(counts))],
            _("Vikt"): [*(number(weight, decimals=1) for weight in weights), ""],
            _("Vägt"): [*map(words.people, weighed), words.people(sum(weighed))],
        },
        index=pd.Index([*headings, _("Summa")], name=_("Avstånd")),
    )


def _say_share(decision: Decision, row: pd.Series) -> None:
    frame_ = affected.for_decision(decision, layers.DESO)
    whole = frame_["affected"].sum() / frame_["population"].sum()
    st.markdown(
        _("**2. Dela med alla som bor i området:** {n} av {population} är {share}.").format(
            n=words.people(row["affected"]),
            population=number(int(row["population"])),
            share=percent(row["share"]),
        )
    )
    st.markdown(
        _(
            "**3. Jämför med hela kommunen:** där är andelen {whole}. {share} delat med {whole} är "
            "{ratio} gånger."
        ).format(
            whole=percent(whole, decimals=1),
            share=percent(row["share"], decimals=1),
            ratio=number(row["ratio"], decimals=1),
        )
    )
    st.markdown(
        _("**4. Räkna om på fyra andra sätt:** lägst {low} och högst {high} berörda.").format(
            low=words.people(row["low"]), high=words.people(row["high"])
        )
    )
    part = row["affected"] / frame_["affected"].sum()
    st.markdown(
        _(
            "**5. Hur många väntar vi oss därifrån?** Här bor {part} av alla som berörs. Har 100 "
            "personer hörts väntar vi oss {n} av dem härifrån."
        ).format(part=percent(part), n=number(100 * part))
    )
