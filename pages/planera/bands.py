"""The distances of a decision, and how much a person counts by distance."""

from __future__ import annotations

import streamlit as st

from data import clock, rules
from data.decisions import impact_zones
from data.models import Decision
from data.planning import reach_edit
from pages.planera import acts
from pages.shared import frame
from pages.shared.session import state
from pages.shared.words.texts import N_, TYPE_WORDS, _, number

PART = "avstand"
STEPS, DECAY, EVERYONE = "steg", "avtagande", "alla"
USUAL_DECAY_M = 400
LIMITS = (N_("Nära, meter"), N_("Mellan, meter"), N_("Längst bort, meter"))
SAVED = N_("Avstånden är sparade.")


def show(decision: Decision, prefix: str) -> None:
    """Show the form."""
    frame.heading(_("Avstånd och vikter"))
    usual = rules.DEFAULT_BANDS[decision.type]
    st.caption(_say_usual(decision, usual))
    if impact_zones.has_contours(decision):
        st.info(_("Zonerna längre ner används i stället för avstånden, så länge de finns."))
    before = _values(decision, usual)
    with st.form(f"{prefix}.{PART}", border=True):
        _ask_way(decision, prefix)
        columns = st.columns(3)
        for n, (column, label, value) in enumerate(zip(columns, LIMITS, before, strict=True)):
            column.number_input(
                _(label), min_value=0, max_value=60_000, value=value, step=50, key=f"{prefix}.{n}"
            )
        st.number_input(
            _("Längd för mjukt avtagande, meter"),
            min_value=1,
            max_value=60_000,
            value=round(decision.decay_m or USUAL_DECAY_M),
            step=50,
            help=_("På det avståndet räknas en person som 37 procent, på dubbla som 14 procent."),
            key=f"{prefix}.langd",
        )
        st.form_submit_button(
            _("Spara avstånden"), type="primary", on_click=_save, args=(decision, prefix)
        )
    acts.tell(PART)


def _save(decision: Decision, prefix: str) -> None:
    way, decay = state.get(f"{prefix}.satt"), float(state.get(f"{prefix}.langd"))
    near, middle, far = (float(state.get(f"{prefix}.{n}")) for n in range(3))
    written = {
        _(label): number(value) for label, value in zip(LIMITS, (near, middle, far), strict=True)
    }
    acts.attempt(
        PART,
        lambda actor: reach_edit.set_bands(
            actor,
            decision,
            None if way == EVERYONE else (near, middle, far),
            decay_m=decay if way == DECAY else None,
            at=clock.now(),
        ),
        SAVED,
        written=written,
    )


def _ask_way(decision: Decision, prefix: str) -> None:
    names = {
        STEPS: _("I steg: den som bor nära räknas helt, längre bort 0,6 och 0,3"),
        DECAY: _("Mjukt: den som bor närmare räknas mer, utan steg"),
        EVERYONE: _("Inga avstånd: förslaget gäller hela kommunen"),
    }
    now = STEPS if decision.decay_m is None else DECAY
    now = EVERYONE if decision.far_m is None else now
    st.radio(
        _("Så räknas den som bor på olika avstånd"),
        list(names),
        index=list(names).index(now),
        format_func=names.__getitem__,
        key=f"{prefix}.satt",
    )


def _values(decision: Decision, usual: tuple[float, float, float] | None) -> tuple[int, int, int]:
    near, middle, far = decision.near_m, decision.middle_m, decision.far_m
    if near is None or middle is None or far is None:
        near, middle, far = usual or (500.0, 1000.0, 2000.0)
    return round(near), round(middle), round(far)


def _say_usual(decision: Decision, usual: tuple[float, float, float] | None) -> str:
    kind = _(TYPE_WORDS[decision.type]).lower()
    if usual is None:
        return _("Vanligt för {kind}: inga avstånd, hela kommunen.").format(kind=kind)
    near, middle, far = (number(limit) for limit in usual)
    return _("Vanligt för {kind}: {near}, {middle} och {far} meter.").format(
        kind=kind, near=near, middle=middle, far=far
    )
