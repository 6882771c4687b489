"""Which squares every figure about people rests on, and a grid of the municipality's own."""

from __future__ import annotations

import streamlit as st

from data import clock
from data.geodata import cell_sets
from data.models import CREDIT_MAX, Staff
from data.planning import own_grids
from geo import own_grid
from pages.planera import acts, files, log
from pages.shared import frame
from pages.shared.session import state
from pages.shared.widgets import character_count
from pages.shared.words.texts import N_, _, number, percent, plain

PART = "befolkning"
LOADED = N_("Rutorna är inlästa. Alla siffror om berörda bygger nu på dem.")
USED = N_("Alla siffror om berörda bygger nu på det du valde.")


def show(actor: Staff) -> None:
    """Show what is used now, what else there is, and a form for a new file."""
    frame.heading(_("Det här bygger siffrorna på nu"))
    now = cell_sets.in_use()
    st.markdown(f"**{_name(now)}**")
    st.markdown(_describe(now))
    for other in cell_sets.sets():
        is_current = other.edition == cell_sets.estimate_edition() or cell_sets.fits(other.edition)
        if other.edition != now.edition and is_current:
            st.button(
                _("Använd i stället: {name}").format(name=_name(other)),
                key=f"{PART}.{other.edition}",
                on_click=_use,
                args=(other.edition,),
            )
    frame.heading(_("Läs in egna befolkningsrutor"))
    st.caption(
        _(
            "SCB:s rutor på 100, 250, 500 eller 1 000 meter, eller adresspunkter med antal. "
            "Adresspunkter räknas ihop till rutor på 100 meter och sparas inte. Siffror visas "
            "aldrig för mindre områden än rutorna."
        )
    )
    _ask_new()
    acts.tell(PART)
    log.show(actor, cell_sets.CELLS)


def _name(one: cell_sets.CellSet) -> str:
    if one.is_estimate:
        return _("Vår uppskattning från SCB:s statistikområden")
    return _("Rutor på {side} meter från {source}, {year}").format(
        side=number(one.side_m), source=plain(one.source), year=one.report["year"]
    )


def _describe(one: cell_sets.CellSet) -> str:
    report = one.report
    if one.is_estimate:
        largest = max((abs(miss) for miss in report["misses"].values()), default=0.0)
        return _(
            "Utjämnad mot väljarna i {n} valdistrikt efter {rounds} varv. Största skillnaden är "
            "{miss} väljare."
        ).format(
            n=len(report["misses"]),
            rounds=number(report["rounds"]),
            miss=number(largest, decimals=2),
        )
    return _(
        "{counted} personer i {n} rutor, anpassade till SCB:s {population}. {off} av alla bor i en "
        "annan ruta än där de räknades."
    ).format(
        counted=number(report["counted"]),
        n=number(report["squares"]),
        population=number(report["population"]),
        off=percent(report["off"]),
    )


def _ask_new() -> None:
    # a loaded file gives the form new names, so that it is empty again
    prefix = f"{PART}.{acts.count()}"
    with st.form(PART, border=True):
        files.ask(prefix)
        st.text_input(_("Kolumn med antal personer"), placeholder="antal", key=f"{prefix}.kolumn")
        st.selectbox(
            _("Rutornas sida. För adresspunkter: 100 meter."),
            list(own_grid.SIDES_M),
            format_func=lambda metres: f"{number(metres)} m",
            key=f"{prefix}.sida",
        )
        st.number_input(
            _("År som antalet gäller"),
            min_value=1990,
            max_value=clock.today().year,
            value=clock.today().year - 1,
            step=1,
            key=f"{prefix}.ar",
        )
        character_count.ask_line(_("Varifrån kommer filen?"), CREDIT_MAX, key=f"{prefix}.kalla")
        character_count.ask_line(
            _("På vilka villkor får den användas?"), CREDIT_MAX, key=f"{prefix}.villkor"
        )
        st.form_submit_button(_("Läs in rutorna"), type="primary", on_click=_load, args=(prefix,))


def _load(prefix: str) -> None:
    column, source, licence = (
        str(state.get(f"{prefix}.{field}") or "").strip()
        for field in ("kolumn", "kalla", "villkor")
    )

    def load(actor: Staff | None) -> None:
        own_grids.import_grid(
            actor,
            files.read(files.chosen(prefix)),
            own_grids.NewGrid(
                column=column,
                side_m=state.get(f"{prefix}.sida"),
                source=source,
                licence=licence,
                year=int(state.get(f"{prefix}.ar")),
            ),
            at=clock.now(),
        )

    acts.attempt(PART, load, LOADED)


def _use(edition: str) -> None:
    acts.attempt(PART, lambda actor: cell_sets.use(actor, edition, at=clock.now()), USED)
