"""How we find whom a proposal affects."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data import municipality, rules
from data.geodata import demography
from geo import bands, impact
from pages.shared import frame
from pages.shared.words import impact_zone_words
from pages.shared.words.texts import TYPE_WORDS, _, number, percent


def show() -> None:
    """Show bands, weights, orders and how sure it is."""
    frame.heading(_("Vilka som berörs"))
    near, middle, far = (number(weight, decimals=1) for weight in bands.WEIGHTS)
    st.markdown(
        _(
            "Vi mäter från varje ruta till den närmaste kanten av förslagets område. Den som bor i "
            "området eller närmast räknas med vikten {near}, den som bor i mellanavståndet med "
            "{middle} och den som bor längre bort med {far}. Den som bor ännu längre bort räknas "
            "inte. Avstånden beror på vad förslaget gäller och kan ändras för ett enskilt förslag."
        ).format(near=near, middle=middle, far=far)
    )
    st.table(_bands(), border="horizontal", alt=_("Avstånd för varje sorts förslag"))
    st.markdown(
        _(
            "Vi visar två ordningar. **Störst andel**: hur stor del av dem som bor i området som "
            "berörs. **Flest personer**: hur många de är. De kan skilja sig mycket. Grupper som "
            "barn och äldre visas för sig och påverkar aldrig ordningen."
        )
    )
    st.markdown(
        _(
            "**Lägst–högst** visar vad svaret blir om vi räknar på andra rimliga sätt: med "
            "avstånd som är {span} kortare eller längre, och som om människor bodde jämnt "
            "utspridda. **Osäker ordning** betyder att platsen i listan ändras då."
        ).format(span=percent(impact.SPAN))
    )
    st.markdown(
        _(
            "Kommunen kan i stället låta vikten avta mjukt med avståndet, lägga in zoner från "
            "till exempel en bullerutredning, eller räkna med ett upptagningsområde för en skola. "
            "Vad som gäller för ett förslag står alltid på dess sida."
        )
    )
    if impact_zone_words.is_over_land():
        st.markdown(_say_over_land())
    else:
        st.markdown(_say_straight())
    st.markdown(
        _(
            "Antalen är avrundade till närmaste tiotal, och vi skriver ”färre än {few}” "
            "när de är mindre än så."
        ).format(few=number(demography.FEW))
    )


def _bands() -> pd.DataFrame:
    headings = (_("Närmast"), _("Mellan"), _("Längst bort"))
    rows = {
        _(TYPE_WORDS[kind]): [f"{number(limit)} m" for limit in limits] if limits else ["–"] * 3
        for kind, limits in rules.DEFAULT_BANDS.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(headings)).rename_axis(
        _("Vad förslaget gäller")
    )


def _say_over_land() -> str:
    if municipality.in_use().words.main_road is None:
        return _(
            "Avståndet mäts över land. Vatten går bara att passera där det finns en bro eller "
            "annan passage i kommunens lista. Vägar och stigar räknas inte, så det är ändå grovt."
        )
    return _(
        "Avståndet mäts över land. Vatten går bara att passera där det finns en bro eller "
        "annan passage i kommunens lista. Vägar, stigar och {main_road} räknas inte, så det är "
        "ändå grovt."
    )


def _say_straight() -> str:
    if municipality.in_use().words.divided_by is None:
        return _("Avståndet mäts fågelvägen. Det är grovt.")
    return _(
        "Avståndet mäts fågelvägen. Det är grovt i {municipality}, där {divided_by} delar staden."
    )
