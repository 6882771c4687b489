"""How the figures are made, in plain words; every number is read from the rules themselves."""

from __future__ import annotations

from functools import cache

import pandas as pd
import streamlit as st

from data import cells, layers, people, results, rules
from geo import displace, impact, representation
from pages.shared import frame
from pages.shared.texts import TYPE_WORDS, _, number, percent


def main() -> None:
    """Draw the page."""
    frame.title(_("Så har vi räknat"))
    st.markdown(
        _(
            "Här står hur siffrorna i Dialogkartan kommer till och vad de inte säger. Alla "
            "metoder är enkla nog att räkna efter."
        )
    )
    _show_people()
    _show_affected()
    _show_heard()
    _show_privacy()
    _show_limits()


@cache
def _cells() -> tuple[int, int, float]:
    """Count cells, people in them, and the largest difference from SCB in a DeSO."""
    squares = cells.frame()
    summed = squares["people"].groupby(squares["code"]).sum()
    official = layers.frame(layers.DESO)["population"]
    return (
        len(squares),
        round(float(squares["people"].sum())),
        float((summed - official).abs().max()),
    )


def _show_people() -> None:
    frame.heading(_("Var människor bor"))
    count, people, off = _cells()
    st.markdown(
        _(
            "SCB berättar hur många som bor i varje statistikområde (DeSO), men inte i vilka hus. "
            "Vi fördelar dem på rutor på 100 meter där det är bebyggt och inte vatten. Utanför "
            "tätorten bor de flesta nära hållplatser, skolor och byar, så där lägger vi dem. "
            "Sedan jämför vi med hur många som får rösta i varje valdistrikt, och flyttar inom "
            "statistikområdet tills det stämmer så bra det går."
        )
    )
    st.markdown(
        _(
            "Just nu: {cells} rutor och {people} personer. Summan i ett statistikområde skiljer "
            "sig med högst {off} personer från SCB:s."
        ).format(cells=number(count), people=number(people), off=number(off))
    )
    st.markdown(
        _(
            "För valdistrikt och rutor på 500 meter finns ingen befolkningssiffra att hämta. Där "
            "är antalet vår uppskattning ur samma rutor."
        )
    )


def _show_affected() -> None:
    frame.heading(_("Vilka som berörs"))
    weights = next(
        impact.Bands(*limits) for limits in rules.DEFAULT_BANDS.values() if limits
    ).weights
    near, middle, far = (number(weight, decimals=1) for weight in weights)
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
            "Avståndet mäts fågelvägen. Det är grovt i Karlskoga, där sjön, älvarna och E18 delar "
            "staden. Antalen är avrundade till närmaste tiotal, och vi skriver ”färre än {few}” "
            "när de är mindre än så."
        ).format(few=number(people.FEW))
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


def _show_heard() -> None:
    frame.heading(_("Vilka som har hörts"))
    st.markdown(
        _(
            "Den som skickar synpunkter räknas som en person, hur många synpunkter det än är. Ett "
            "möte räknas som så många personer som var med. Få berättar var de bor, så vi räknar "
            "efter platsen som synpunkten gäller."
        )
    )
    st.markdown(
        _(
            "**Väntat antal** är områdets del av alla som berörs, gånger alla som har hörts. Vi "
            "säger **färre än väntat** eller **fler än väntat** bara när skillnaden är större än "
            "vad slumpen brukar ge, med {sure} säkerhet (Byars intervall). Väntar vi oss färre än "
            "{least} personer säger vi **för få svar för att säga något**."
        ).format(sure=percent(0.95), least=number(representation.EXPECTED_MIN))
    )
    st.markdown(
        _(
            "Har ingen skrivit om ett område står det **ingen har hörts**. Det betyder aldrig att "
            "allt är bra där."
        )
    )


def _show_privacy() -> None:
    frame.heading(_("Så skyddar vi den som skriver"))
    frame.points(
        [
            _(
                "Märken på kartan är flyttade {near}–{far} meter, en gång för alla. Ingen kan se "
                "exakt var någon har satt sitt märke."
            ).format(near=number(displace.NEAREST_M), far=number(displace.FARTHEST_M)),
            _(
                "Antal personer i ett område visas bara när de är minst {least}, och avrundas till "
                "närmaste {base}-tal. Ibland döljer vi en siffra till, så att den första inte går "
                "att räkna ut."
            ).format(least=number(results.LEAST_PERSONS), base=number(results.ROUNDED_TO)),
            _(
                "Hur många som är för och emot i ett område visas bara där minst {least} personer "
                "har hörts."
            ).format(least=number(results.LEAST_PERSONS)),
            _(
                "Antalet publicerade synpunkter på en plats är exakt. De är offentliga och går att "
                "läsa en och en."
            ),
        ]
    )


def _show_limits() -> None:
    frame.heading(_("Det här säger siffrorna inte"))
    frame.points(
        [
            _("De är inte en omröstning. De förtroendevalda väger ihop allt och bestämmer."),
            _(
                "De säger inte vad alla karlskogabor tycker. De som skriver har själva valt att "
                "göra det."
            ),
            _("De säger inget om en enskild person, bara om områden i genomsnitt."),
            _(
                "De visar inte dem som berörs utan att bo nära: elever, de som arbetar där, "
                "besökare och de som flyttar in senare."
            ),
            _("Områdena är olika stora. Med andra gränser hade ordningen kunnat bli en annan."),
        ]
    )
    frame.link("om", _("Varifrån uppgifterna kommer"))


main()
