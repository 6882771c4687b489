"""Which neighbourhoods a decision affects most: words, map, and a table that says the same."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data import clock
from data.decisions import impact_zones
from data.geodata import layers
from data.models import Decision
from pages.berorda import gaps, groups, method
from pages.shared import addresses, frame
from pages.shared.maps import drawn
from pages.shared.maps.legend import legend
from pages.shared.maps.show import municipality_bounds, show_map
from pages.shared.session import state
from pages.shared.words import affected_words as words
from pages.shared.words.text_language import own_words
from pages.shared.words.texts import _, language, ngettext, percent, plain

CARDS = 3
LIST = "lista"


def main() -> None:
    """Draw the page."""
    _number, decision = frame.decision_or_stop()
    frame.back_to(decision)
    frame.example_banner(decision)
    if state.asked("visa") == LIST:
        frame.title(_("Att nå härnäst"), of=decision)
        with own_words(decision, "titel"):
            st.markdown(plain(decision.text(language()).title))
        gaps.show_list(decision)
        return
    frame.title(_("Vilka berörs mest?"), of=decision)
    with own_words(decision, "titel"):
        st.markdown(plain(decision.text(language()).title))
    st.markdown(f"**{words.headline(decision)}**")
    st.markdown(
        _(
            "Det är en **grov uppskattning**. Den bygger på var människor bor, inte på vad de "
            "tycker."
        )
    )
    layer = next(iter(words.LAYERS))
    if impact_zones.bands_of(decision) is None:
        _show_everyone(decision)
    else:
        layer = _show_areas(decision)
    groups.show(decision, layer)
    gaps.show(decision)
    method.show(decision)


def _show_everyone(decision: Decision) -> None:
    st.markdown(
        _(
            "Inget område ligger närmare än ett annat. Därför visar vi ingen ordning mellan "
            "områden, bara vilka grupper som finns i kommunen."
        )
    )
    show_map(
        [drawn.decision_area(decision)],
        bounds=municipality_bounds(),
        key="berorda",
        alt=_("Karta över förslaget"),
        language=language(),
    )
    legend([drawn.area_item(decision, clock.today())])


def _show_areas(decision: Decision) -> str:
    """Show the order; give the layer that was chosen."""
    left, right = st.columns([2, 3], gap="large")
    with left:
        by = _ask_order()
        layer = _ask_layer(decision)
        rows = words.ordered(decision, layer, by)
        _show_cards(rows, decision)
    with right, st.container(key="karta-fast"):
        _show_map(rows, decision, layer, by)
    _show_table(rows, decision, layer, by)
    return layer


def _ask_order() -> str:
    before = state.asked("ordning", words.SHARE)
    chosen = st.segmented_control(
        _("Ordna efter"),
        list(words.ORDERS),
        default=before if before in words.ORDERS else words.SHARE,
        format_func=lambda name: _(words.ORDERS[name]),
        required=True,
        key="berorda.ordning",
    )
    by = str(chosen or words.SHARE)
    state.ask(ordning=None if by == words.SHARE else by)
    return by


def _ask_layer(decision: Decision) -> str:
    named = words.layer_names(decision)
    names = list(named)
    before = state.asked("lager", names[0])
    chosen = st.radio(
        _("Områden"),
        names,
        index=names.index(before) if before in names else 0,
        format_func=named.__getitem__,
        key="berorda.lager",
    )
    layer = str(chosen)
    state.ask(lager=None if layer == names[0] else layer)
    return layer


def _show_cards(rows: pd.DataFrame, decision: Decision) -> None:
    most = words.most_affected(rows).head(CARDS)
    if most.empty:
        st.markdown(_("Inget område har så många berörda att vi kan ordna dem."))
        return
    frame.heading(_("Mest berörda områden"))
    for place, (_code, row) in enumerate(most.iterrows(), start=1):
        with st.container(border=True):
            st.markdown(f"**{place}. {plain(row['name'])}**")
            st.markdown(words.reason(row, decision))
            lines = [words.ratio_words(row["ratio"])]
            if row["order_uncertain"]:
                lines.append(_("osäker ordning"))
            st.caption(" · ".join(lines))


def _show_map(rows: pd.DataFrame, decision: Decision, layer: str, by: str) -> None:
    most = words.most_affected(rows)
    if not most.empty:
        top = most.iloc[0]
        if by == words.SHARE:
            said = _(
                "Störst andel berörs i {name}: {share} av dem som bor där, vägt efter avstånd."
            )
        else:
            said = _("Flest berörda bor i {name}: ungefär {n} personer, vägt efter avstånd.")
        st.markdown(
            said.format(
                name=plain(top["name"]),
                share=percent(top["share"]),
                n=words.people(top["affected"]),
            )
        )
    show_map(
        [
            words.layer_spec(rows, layer, by),
            *drawn.detours(decision),
            *drawn.bands(decision),
            drawn.decision_area(decision, fill_opacity=0.45),
        ],
        bounds=drawn.bounds(decision),
        key="berorda",
        alt=_("Karta över berörda områden"),
        language=language(),
    )
    legend(
        [
            drawn.area_item(decision, clock.today()),
            *drawn.band_items(decision),
            *drawn.detour_items(),
            *words.items(by, rows),
        ]
    )


def _show_table(rows: pd.DataFrame, decision: Decision, layer: str, by: str) -> None:
    frame.heading(_("Samma sak som en tabell"))
    if not rows.empty:
        st.table(
            words.table(rows, decision, by),
            border="horizontal",
            alt=_("Berörda områden, de mest berörda först"),
        )
    others = len(layers.frame(layer)) - len(rows)
    if others:
        st.caption(
            ngettext(
                "I {n} annat område bor ingen inom avstånden, enligt uppskattningen.",
                "I {n} andra områden bor ingen inom avstånden, enligt uppskattningen.",
                others,
            ).format(n=others)
        )
    st.caption(
        _(
            "Antalen är avrundade till närmaste tiotal. Lägst–högst visar hur mycket svaret ändras "
            "när vi räknar på andra rimliga sätt. Osäker ordning: platsen i listan ändras då."
        )
    )
    url = addresses.affected(decision.id, layer, version=decision.version)
    frame.data_link(_("Hämta som öppna data (GeoJSON)"), url)


main()
