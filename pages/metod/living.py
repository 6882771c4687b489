"""How we estimate where people live, how well it fits, and the table to check it by."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.geodata import cell_sets, cells, layers
from pages.shared import addresses, frame
from pages.shared.words.texts import _, number, percent, plain


def show() -> None:
    """Show the method, what is left over, and the download."""
    frame.heading(_("Var människor bor"))
    now = cell_sets.in_use()
    if now.is_estimate:
        _show_estimate()
    else:
        _show_grid(now)
    squares = cells.frame()
    summed = squares["people"].groupby(squares["code"]).sum()
    off = float((summed - layers.frame(layers.DESO)["population"]).abs().max())
    st.markdown(
        _(
            "Just nu: {cells} rutor och {people} personer. Summan i ett statistikområde skiljer "
            "sig med högst {off} personer från SCB:s."
        ).format(
            cells=number(len(squares)),
            people=number(round(float(squares["people"].sum()))),
            off=number(off),
        )
    )
    if now.is_estimate:
        _show_fit(now)
    st.markdown(
        _(
            "För valdistrikt och rutor på 500 meter finns ingen befolkningssiffra att hämta. Där "
            "är antalet vår uppskattning ur samma rutor."
        )
    )
    st.markdown(
        _(
            "Åldrar, utländsk bakgrund, låg ekonomisk standard och hyresrätter finns per "
            "statistikområde. Vi räknar som om varje grupp bor lika utspritt som alla andra i sitt "
            "område, så varje ruta får sin del."
        )
    )
    frame.data_link(_("Hämta alla rutor och räkna själv (CSV)"), addresses.cells())


def _show_estimate() -> None:
    st.markdown(
        _(
            "SCB berättar hur många som bor i varje statistikområde (DeSO), men inte i vilka hus. "
            "Vi fördelar dem på rutor på 100 meter där det är bebyggt och inte vatten. Utanför "
            "tätorten bor de flesta nära hållplatser, skolor och byar, så där lägger vi dem. "
            "Sedan jämför vi med hur många som får rösta i varje valdistrikt, och flyttar inom "
            "statistikområdet tills det stämmer så bra det går."
        )
    )


def _show_grid(now: cell_sets.CellSet) -> None:
    st.markdown(
        _(
            "Kommunen har läst in befolkningsrutor på {side} meter från {source}, {year}. De säger "
            "var i ett statistikområde människor bor. SCB säger hur många de är. {off} av alla "
            "hamnar i en annan ruta än där de räknades. Inga siffror visas för områden som är "
            "mindre än rutorna."
        ).format(
            side=number(now.side_m),
            source=plain(now.source),
            year=now.report["year"],
            off=percent(now.report["off"]),
        )
    )


def _show_fit(now: cell_sets.CellSet) -> None:
    """Tell how near the fitting came, and what is left over in each district."""
    misses = now.report["misses"]
    largest = max((abs(miss) for miss in misses.values()), default=0.0)
    st.markdown(
        _(
            "Utjämningen tog {rounds} varv. Vi räknar med {adults} vuxna, och {voters} får rösta. "
            "Den största skillnaden som är kvar i ett valdistrikt är {miss} väljare."
        ).format(
            rounds=number(now.report["rounds"]),
            adults=number(round(now.report["adults"])),
            voters=number(round(now.report["voters"])),
            miss=number(largest, decimals=2),
        )
    )
    with st.expander(_("Skillnaden i varje valdistrikt")):
        districts = layers.frame(layers.VALDISTRIKT)
        st.table(
            pd.DataFrame(
                {
                    _("Får rösta"): [number(n) for n in districts["voters"]],
                    _("Kvarstående skillnad"): [
                        number(misses.get(str(code), 0.0), decimals=2) for code in districts.index
                    ],
                },
                index=pd.Index(districts["name"].map(plain), name=_("Valdistrikt")),
            ),
            border="horizontal",
            alt=_("Skillnaden i varje valdistrikt"),
        )
