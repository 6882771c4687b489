"""Where the people of an area can be met, and a note of each time somebody went there."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data import clock, rights, store
from data.affected import gaps, outreach
from data.geodata import demography, layers
from data.models import Decision, OutreachForm, Staff
from pages.shared import addresses, frame
from pages.shared.maps import palette
from pages.shared.maps.layer_specs import LayerSpec
from pages.shared.maps.legend import Item, legend
from pages.shared.maps.show import bounds_of, show_map
from pages.shared.session import signed_in, state
from pages.shared.words import gap_words
from pages.shared.words.place_words import SORTS
from pages.shared.words.texts import _, labelled, language, say_short_date, word
from pages.shared.words.words import OUTREACH_ERRORS

CHOSEN, DONE = "luckor.vem", "luckor.gjort"
CAUSES = (rights.NotAllowedError, outreach.OutreachError)


def show(actor: Staff | None, decision: Decision, rows: pd.DataFrame) -> None:
    """Ask for an area or a group, show where it can be met and what was done, take a note."""
    frame.heading(_("Var du kan möta människor"), level=3)
    names = {str(code): str(name) for code, name in rows["name"].items()}
    names |= {group: gap_words.group_name(group) for group in demography.GROUPS}
    names |= {group.name: group.name for group in decision.away}
    whom = st.selectbox(
        _("Område eller grupp"),
        list(names),
        format_func=names.__getitem__,
        key=CHOSEN,
    )
    if whom in rows.index:
        left, right = st.columns([2, 3], gap="large")
        with left:
            show_places(whom)
        with right:
            _show_map(whom)
    if actor is not None and actor.roles & rights.REVIEWERS:
        _ask_contact(decision, whom)
    show_notes(actor, decision, whom)


def show_places(code: str) -> None:
    """List the schools, shops, stops and so on of an area."""
    found = gaps.meeting_places(code)
    if not found:
        st.markdown(_("Inga skolor, butiker eller hållplatser finns i våra data för området."))
        return
    for sort in dict.fromkeys(point.sort for point in found):
        together = ", ".join(point.name for point in found if point.sort == sort)
        st.markdown(labelled(_(SORTS[sort]).capitalize(), together))


def _show_map(code: str) -> None:
    area = LayerSpec(
        addresses.areas(layers.DESO),
        kind="line",
        name="omrade",
        color=palette.TEXT,
        weight=2,
        interactive=False,
        only=("code", (code,)),
    )
    points = LayerSpec(
        addresses.meeting_places(code),
        kind="points",
        name="motesplatser",
        fill=palette.STATUS["open"],
        tooltip=(("name", ""), ("sort", "")),
        words={sort: _(name) for sort, name in SORTS.items()},
    )
    show_map(
        [area, points],
        bounds=bounds_of(layers.frame(layers.DESO).geometry[code], margin=0.1),
        key="motesplatser",
        alt=_("Karta över platser där du kan möta människor"),
        language=language(),
    )
    legend(
        [
            Item(_("Området"), palette.TEXT, "line", "none"),
            Item(_("Skola, butik, hållplats med mera"), palette.STATUS["open"], "circle"),
        ]
    )


def show_notes(actor: Staff | None, decision: Decision, whom: str) -> None:
    """Show what was done before, the latest first."""
    for note in outreach.of_decision(actor, decision.id):
        if note.whom == whom:
            st.markdown(labelled(f"{say_short_date(note.done_on)}, {word(note.form)}", note.actor))
            if note.result:
                st.text(note.result)


def _ask_contact(decision: Decision, whom: str) -> None:
    """Offer to note that somebody has been there."""
    forms = list(OutreachForm)
    prefix = f"luckor.{decision.id}.{whom}"
    with st.form(prefix, border=True):
        frame.heading(_("Notera en kontakt"), level=3)
        st.date_input(_("Dag"), value=clock.today(), key=f"{prefix}.dag", format="YYYY-MM-DD")
        st.selectbox(_("Hur"), forms, format_func=word, key=f"{prefix}.form")
        st.text_area(_("Vad det gav"), key=f"{prefix}.gav", height=100)
        st.form_submit_button(
            _("Spara kontakten"), on_click=_note, args=(decision.id, whom, prefix)
        )
    done = state.get(DONE)
    if done and done[0] == prefix:
        if done[1] is None:
            st.success(_("Kontakten är sparad."), icon=":material/check:")
        else:
            st.error(_(OUTREACH_ERRORS.get(done[1], OUTREACH_ERRORS["not_saved"])))


def _note(decision_id: str, whom: str, prefix: str) -> None:
    fault: str | None = None
    try:
        outreach.add(
            signed_in.staff(),
            decision_id,
            whom,
            done_on=state.get(f"{prefix}.dag"),
            form=OutreachForm(state.get(f"{prefix}.form")),
            result=state.get(f"{prefix}.gav", ""),
            at=clock.now(),
        )
    except CAUSES as error:
        fault = error.code
    except store.StoreError:
        fault = "not_saved"
    else:
        state.put(f"{prefix}.gav", "")
    state.put(DONE, [prefix, fault])
