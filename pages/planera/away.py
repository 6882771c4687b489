"""Groups that a decision affects without living there: a list with number, reason and source."""

from __future__ import annotations

import streamlit as st

from data import clock
from data.models import Decision
from data.planning import reach_edit
from pages.planera import acts
from pages.shared import frame
from pages.shared.session import state
from pages.shared.widgets import character_count
from pages.shared.words.texts import N_, _, labelled, number, plain

PART = "borta"
ADDED, REMOVED = N_("Gruppen är sparad."), N_("Gruppen är borttagen.")


def show(decision: Decision, prefix: str) -> None:
    """Show the groups that are there, and a form for one more."""
    frame.heading(_("Berörs utan att bo där"))
    st.caption(
        _("Till exempel elever, de som arbetar på platsen och föreningar. Listan är offentlig.")
    )
    for group in decision.away:
        with st.container(border=True):
            count = _("okänt antal") if group.persons is None else number(group.persons)
            st.markdown(f"**{plain(group.name)}**, {count}")
            st.markdown(labelled(_("Varför"), group.reason))
            st.markdown(labelled(_("Källa"), group.source))
            st.button(
                _("Ta bort {name}").format(name=plain(group.name)),
                key=f"{prefix}.grupp.{group.name}",
                on_click=_remove,
                args=(decision, group.name),
            )
    with st.expander(_("Lägg till en grupp")):
        _ask_new(decision, prefix)
    # last, so that it moves nothing above it: an opened part would close
    acts.tell(PART)


def _ask_new(decision: Decision, prefix: str) -> None:
    with st.form(f"{prefix}.{PART}", border=False):
        character_count.ask_line(_("Grupp"), reach_edit.NAME_MAX, key=f"{prefix}.gruppnamn")
        st.number_input(
            _("Ungefär hur många? Lämna tomt om ingen vet."),
            min_value=1,
            max_value=reach_edit.PERSONS_MAX,
            value=None,
            step=1,
            key=f"{prefix}.gruppantal",
        )
        character_count.ask_line(
            _("Varför berörs de?"), reach_edit.REASON_MAX, key=f"{prefix}.gruppskal"
        )
        character_count.ask_line(
            _("Varifrån kommer uppgiften?"),
            reach_edit.REASON_MAX,
            key=f"{prefix}.gruppkalla",
        )
        st.form_submit_button(
            _("Lägg till gruppen"), type="primary", on_click=_add, args=(decision, prefix)
        )


def _add(decision: Decision, prefix: str) -> None:
    name, reason, source = (
        str(state.get(f"{prefix}.{field}") or "")
        for field in ("gruppnamn", "gruppskal", "gruppkalla")
    )
    persons = state.get(f"{prefix}.gruppantal")
    count = "" if persons is None else number(persons)
    acts.attempt(
        PART,
        lambda actor: reach_edit.add_away(
            actor,
            decision,
            name=name,
            persons=persons,
            reason=reason,
            source=source,
            at=clock.now(),
        ),
        ADDED,
        written={_("Grupp"): name, _("Antal"): count, _("Varför"): reason, _("Källa"): source},
    )


def _remove(decision: Decision, name: str) -> None:
    acts.attempt(
        PART,
        lambda actor: reach_edit.remove_away(actor, decision, name, at=clock.now()),
        REMOVED,
    )
