"""Which neighbourhoods a decision affects most: words, map, and a table that says the same."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data import affected, clock, layers
from data.models import Decision
from geo import impact
from pages.berorda import gaps
from pages.shared import addresses, frame, state
from pages.shared import affected_words as words
from pages.shared.maps import drawn
from pages.shared.maps.legend import legend
from pages.shared.maps.show import municipality_bounds, show_map
from pages.shared.texts import _, language, ngettext, number, percent, plain

CARDS = 3


def main() -> None:
    """Draw the page."""
    _number, decision = frame.decision_or_stop()
    frame.back_to(decision)
    frame.example_banner(decision)
    frame.title(_("Vilka berörs mest?"))
    st.markdown(plain(decision.text(language()).title))
    st.markdown(f"**{words.headline(decision)}**")
    st.markdown(
        _(
            "Det är en **grov uppskattning**. Den bygger på var människor bor, inte på vad de "
            "tycker."
        )
    )
    if affected.bands_of(decision) is None:
        _show_everyone(decision)
    else:
        _show_areas(decision)
    _show_groups(decision)
    gaps.show(decision)
    _show_method(decision)


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


def _show_areas(decision: Decision) -> None:
    left, right = st.columns([2, 3], gap="large")
    with left:
        by = _ask_order()
        layer = _ask_layer()
        rows = words.ordered(decision, layer, by)
        _show_cards(rows, decision)
    with right, st.container(key="karta-fast"):
        _show_map(rows, decision, layer, by)
    _show_table(rows, decision, layer, by)


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


def _ask_layer() -> str:
    names = list(words.LAYERS)
    before = state.asked("lager", names[0])
    chosen = st.radio(
        _("Områden"),
        names,
        index=names.index(before) if before in names else 0,
        format_func=lambda name: _(words.LAYERS[name]),
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


def _show_groups(decision: Decision) -> None:
    found = affected.summary(decision)
    if found.within < words.LEAST:
        return
    everyone = found.everyone
    frame.heading(_("Grupper i kommunen") if everyone else _("Grupper som bor i närheten"))
    names, columns = [], {_("Ungefärligt antal"): [], _("Andel"): []}  # type: ignore[var-annotated]
    if not everyone:
        columns |= {_("I hela kommunen"): [], _("Jämfört med kommunen"): []}
    for group in found.groups:
        names.append(_(words.GROUPS[group.code]))
        few = group.within < words.LEAST
        row = [
            _("färre än 5") if few else number(group.within),
            words.NOTHING if few or group.share is None else percent(group.share),
            percent(group.municipality_share),
            words.short_ratio(None if few else group.ratio),
        ]
        for column, value in zip(columns.values(), row, strict=False):
            column.append(value)
    st.table(
        pd.DataFrame(columns, index=pd.Index(names, name=_("Grupp"))),
        border="horizontal",
        alt=_("Grupper i närheten jämfört med hela kommunen"),
    )
    st.caption(
        _(
            "Grupperna visas för sig och påverkar inte ordningen. Vi räknar som om "
            "varje grupp bor lika utspritt som alla andra i sitt statistikområde. En person kan "
            "höra till "
            "flera grupper. Utländsk bakgrund: född utomlands, eller båda föräldrarna är det. Låg "
            "ekonomisk standard: inkomst under 60 procent av landets mittersta inkomst. "
            "Källa: SCB."
        )
    )


def _show_method(decision: Decision) -> None:
    with st.expander(_("Så har vi räknat")):
        bands = affected.bands_of(decision)
        if bands is not None:
            st.markdown(
                _(
                    "Vi delar kommunen i rutor på 100 meter och uppskattar hur många som bor i "
                    "varje ruta. Sedan mäter vi hur långt det är till områdets närmaste kant. Den "
                    "som bor nära väger mer."
                )
            )
            st.table(_weights(bands), border="horizontal", alt=_("Avstånd och vikter"))
            st.markdown(
                _(
                    "**Berörda, vägt** är antalet personer gånger vikten. **Andel** är det "
                    "vägda antalet delat med alla som bor i området. Så går det att jämföra "
                    "stora och små områden."
                )
            )
        st.markdown(
            _(
                "Avståndet är fågelvägen och därför grovt. Sjön, älvarna och E18 delar staden, så "
                "vägen kan vara mycket längre. Också andra kan beröras än de som bor nära, till "
                "exempel elever, de som arbetar på platsen och de som brukar vara där."
            )
        )
        st.markdown(_("Uppskattning. Bygger på var människor bor, inte på vad de tycker."))
        frame.link("metod", _("Läs mer om hur vi räknar"))


def _weights(bands: impact.Bands) -> pd.DataFrame:
    near, middle, far = (number(limit) for limit in bands.limits)
    spans = [
        _("I området eller inom {m} m").format(m=near),
        _("{a}–{b} m").format(a=near, b=middle),
        _("{a}–{b} m").format(a=middle, b=far),
        _("Längre bort än {m} m").format(m=far),
    ]
    weights = [number(weight, decimals=1) for weight in (*bands.weights, 0.0)]
    return pd.DataFrame({_("Vikt"): weights}, index=pd.Index(spans, name=_("Avstånd")))


main()
