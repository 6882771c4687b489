"""How the figures are made, in plain words; every number is read from the rules themselves."""

from __future__ import annotations

import streamlit as st

from data.comments import releases, results
from geo import displace
from pages.metod import example, hearing, living, parameters, reaching
from pages.shared import frame
from pages.shared.words.texts import _, number


def main() -> None:
    """Draw the page."""
    frame.title(_("Så har vi räknat"))
    st.markdown(
        _(
            "Här står hur siffrorna i Dialogkartan kommer till och vad de inte säger. Alla "
            "metoder är enkla nog att räkna efter."
        )
    )
    living.show()
    reaching.show()
    hearing.show()
    example.show()
    _show_privacy()
    _show_limits()
    parameters.show()
    frame.link("om", _("Varifrån uppgifterna kommer"))


def _show_privacy() -> None:
    frame.heading(_("Så skyddar vi den som skriver"))
    frame.points(
        [
            _(
                "Märken på kartan är flyttade {near}–{far} meter, en gång för alla. Ingen kan se "
                "exakt var någon har satt sitt märke."
            ).format(near=number(displace.NEAREST_M), far=number(displace.FARTHEST_M)),
            _(
                "Ett märke flyttas aldrig till ett annat område. Är området för litet eller smalt "
                "står märket mitt i det, var det än sattes."
            ),
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
                "Siffror som bygger på det människor har berättat om sig själva räknas om först "
                "när minst {least} personer till har hörts. Annars gick det att se vad den senaste "
                "berättade."
            ).format(least=number(releases.LEAST_CHANGE)),
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
            _("De säger inte vad {everyone} tycker. De som skriver har själva valt att göra det."),
            _("De säger inget om en enskild person, bara om områden i genomsnitt."),
            _(
                "De visar inte dem som berörs utan att bo nära: elever, de som arbetar där, "
                "besökare och de som flyttar in senare."
            ),
            _("Områdena är olika stora. Med andra gränser hade ordningen kunnat bli en annan."),
        ]
    )


main()
