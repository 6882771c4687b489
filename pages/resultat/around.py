"""The layers that tell about the decision and those who live there: area, affected, silence."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data import affected, heard, layers
from data.models import Decision
from geo import representation
from pages.resultat.drawn import area_outline, draw
from pages.resultat.said import say_heard
from pages.shared import addresses, frame
from pages.shared.maps import palette
from pages.shared.maps.layers import LayerSpec
from pages.shared.maps.legend import Item, class_words, legend
from pages.shared.texts import N_, _, language, number

AFFECTED_BREAKS = (50.0, 200.0, 500.0, 1000.0)
# gettext finds these words here; geo and data give them as they stand
WORDS = {
    representation.FEWER: N_("färre än väntat"),
    representation.AS_EXPECTED: N_("ungefär som väntat"),
    representation.MORE: N_("fler än väntat"),
    representation.TOO_FEW: N_("för få svar för att säga något"),
    heard.SILENT: N_("ingen har hörts"),
    heard.NOT_AFFECTED: N_("berörs knappt"),
}
FILLS = {
    representation.FEWER: "#B3D9D4",
    representation.AS_EXPECTED: "#74B5B0",
    representation.MORE: "#0B4352",
}


def show_decision(decision: Decision) -> None:
    """Show where the decision is."""
    text = decision.text(language())
    st.markdown(f"**{text.summary}**")
    draw(decision, [area_outline(decision)], alt=_("Karta över förslagets område"), margin=1.0)
    rows = {_("Plats"): text.place, _("Vem bestämmer"): text.who_decides or decision.body}
    st.table(pd.DataFrame({_("Uppgift"): rows.keys(), "": rows.values()}).set_index(_("Uppgift")))


def show_affected(decision: Decision) -> None:
    """Show how many people live where the decision is felt."""
    summary = affected.summary(decision)
    st.markdown(
        "**"
        + _("Uppskattningsvis {n} personer bor så nära att de berörs.").format(
            n=number(summary.within)
        )
        + "**"
    )
    ramp = palette.ramp(len(AFFECTED_BREAKS) + 1)
    areas = LayerSpec(
        addresses.affected(decision.id, layers.DESO, version=decision.version),
        property="affected",
        breaks=AFFECTED_BREAKS,
        ramp=ramp,
        dot_values=("0", "null"),
        fill_opacity=0.75,
        tooltip=(("name", ""), ("affected", _("Berörda, vägt"))),
    )
    draw(decision, [areas, area_outline(decision)], alt=_("Karta över berörda områden"))
    legend(
        [Item(w, c) for w, c in zip(class_words(AFFECTED_BREAKS), ramp, strict=True)],
        title=_("Berörda, vägt efter avstånd"),
    )
    found = affected.public(decision, layers.DESO).sort_values("rank_people")
    found = found[found["affected"].notna() & (found["affected"] > 0)]
    table = pd.DataFrame(
        {
            _("Område"): found["name"],
            _("Berörda, vägt"): found["affected"].map(number),
            _("Lägst–högst"): [
                f"{_say(a)}–{_say(b)}" for a, b in zip(found["low"], found["high"], strict=True)
            ],
        }
    )
    st.table(table.set_index(_("Område")))
    st.caption(_("Grov uppskattning. Bygger på var människor bor, inte på vad de tycker."))
    frame.link_to("berorda.py", decision, _("Läs mer om berörda områden"))


def _say(count: object) -> str:
    return _("färre än 5") if pd.isna(count) else number(int(count))  # type: ignore[arg-type, call-overload]


def show_silence(decision: Decision) -> None:
    """Show where people are affected but have not been heard."""
    found = heard.public(decision)
    found = found[found["word"] != heard.NOT_AFFECTED].sort_values("affected", ascending=False)
    silent = found[found["word"] == heard.SILENT]
    st.markdown(f"**{_say_silence(silent)}**")
    st.markdown(say_heard(decision))
    areas = LayerSpec(
        addresses.results(decision.id, layers.DESO),
        property="heard",
        fills=FILLS,
        hatch_values=(representation.TOO_FEW,),
        dot_values=(heard.SILENT,),
        fill_opacity=0.75,
        tooltip=(("name", ""), ("heard", "")),
        words={word: _(said) for word, said in WORDS.items()},
    )
    draw(decision, [areas, area_outline(decision)], alt=_("Karta över vilka som har hörts"))
    legend(
        [
            *(Item(_(WORDS[word]), color) for word, color in FILLS.items()),
            Item(_(WORDS[representation.TOO_FEW]), palette.OUTLINE, "area", "hatch"),
            Item(_(WORDS[heard.SILENT]), palette.OUTLINE, "area", "dots"),
        ],
        title=_("Hörda mot väntat"),
    )
    table = pd.DataFrame(
        {
            _("Område"): found["name"],
            _("Berörda, vägt"): found["affected"].map(_say),
            _("Hörda"): found["word"].map(lambda word: _(WORDS[word])),
        }
    )
    st.table(table.set_index(_("Område")))
    st.caption(
        _(
            "Tystnad betyder inte att allt är bra, bara att ingen har hörts. Området räknas efter "
            "platsen som synpunkten gäller, eftersom få berättar var de bor."
        )
    )


def _say_silence(silent: pd.DataFrame) -> str:
    if silent.empty:
        return _("Någon har hörts om varje område som berörs.")
    return _("Ingen har hörts om {places}, där människor berörs.").format(
        places=", ".join(f"{name}" for name in silent["name"].head(4))
    )
