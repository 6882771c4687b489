"""Whom to reach next, for signed-in officials: affected but not heard, and where to meet them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data import clock, gaps, heard, outreach, rights, store
from data.models import AgeBand, Decision, OutreachForm, Staff
from geo import representation
from pages.shared import frame, signed_in, state
from pages.shared.affected_words import NOTHING
from pages.shared.place_words import SORTS
from pages.shared.texts import (
    _,
    labelled,
    number,
    plain,
    say_short_date,
    word,
)
from pages.shared.words import OUTREACH_ERRORS

CHOSEN, DONE = "luckor.omrade", "luckor.gjort"
# gettext finds the words of geo and data in `pages.resultat`
_LEFT = (heard.SILENT, representation.FEWER)


def show(decision: Decision) -> None:
    """Show the gap list, if the person may see exact figures."""
    actor = signed_in.staff()
    try:
        rights.check_reviewer(actor)
    except rights.NotAllowedError:
        return
    frame.heading(_("Att nå härnäst"))
    rows = gaps.neighbourhoods(actor, decision)
    st.markdown(f"**{say(rows)}**")
    st.caption(
        _(
            "Bara du som är inloggad ser den här listan och exakta antal. Skriv ut sidan om du "
            "vill ha listan med dig."
        )
    )
    if rows.empty:
        return
    st.table(_table(rows), border="horizontal", alt=_("Områden att nå, störst lucka först"))
    _show_ages(gaps.ages(actor, decision))
    _show_one(actor, decision, rows)


def say(rows: pd.DataFrame) -> str:
    """Say where most people are left to hear; `rows` come from `gaps.neighbourhoods`."""
    left = rows[rows["word"].isin(_LEFT)]
    if left.empty:
        return _("Inget område som berörs har hörts tydligt mindre än väntat.")
    top = left.iloc[0]
    return _(
        "Störst lucka: {name}. Vi väntade oss {expected} personer och har hört {heard}."
    ).format(name=plain(top["name"]), expected=number(top["expected"]), heard=number(top["heard"]))


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _("Berörda, vägt"): [number(n) for n in rows["affected"]],
            _("Väntade"): [number(n) for n in rows["expected"]],
            _("Hörda"): [number(n) for n in rows["heard"]],
            _("Saknas"): [number(n) for n in rows["missing"]],
            _("Jämfört med väntat"): [_(str(said)) for said in rows["word"]],
            _("Senast kontaktad"): [
                say_short_date(day) if day is not None else NOTHING for day in rows["contacted"]
            ],
        },
        index=pd.Index(rows["name"].map(plain), name=_("Område")),
    )


def _show_ages(rows: pd.DataFrame) -> None:
    frame.heading(_("Efter ålder"), level=3)
    if rows["heard"].sum() == 0:
        st.markdown(_("Ingen har berättat sin ålder än."))
        return
    table = pd.DataFrame(
        {
            _("Väntade"): [number(n) for n in rows["expected"]],
            _("Hörda"): [number(n) for n in rows["heard"]],
            _("Jämfört med väntat"): [_(str(said)) for said in rows["word"]],
        },
        index=pd.Index([word(AgeBand(str(age))) for age in rows.index], name=_("Ålder")),
    )
    st.table(table, border="horizontal", alt=_("Hörda efter ålder"))
    st.caption(_("Räknar bara dem som har berättat sin ålder. Det är frivilligt."))


def _show_one(actor: Staff | None, decision: Decision, rows: pd.DataFrame) -> None:
    frame.heading(_("Var du kan möta människor"), level=3)
    names = {str(code): str(name) for code, name in rows["name"].items()}
    code = st.selectbox(_("Område"), list(names), format_func=names.__getitem__, key=CHOSEN)
    _show_places(code)
    _ask_contact(decision, code)
    notes = [note for note in outreach.of_decision(actor, decision.id) if note.deso == code]
    for note in notes:
        st.markdown(labelled(f"{say_short_date(note.done_on)}, {word(note.form)}", note.actor))
        if note.result:
            st.text(note.result)


def _show_places(code: str) -> None:
    found = gaps.meeting_places(code)
    if not found:
        st.markdown(_("Inga skolor, butiker eller hållplatser finns i våra data för området."))
        return
    for sort in dict.fromkeys(point.sort for point in found):
        together = ", ".join(point.name for point in found if point.sort == sort)
        st.markdown(labelled(_(SORTS[sort]).capitalize(), together))


def _ask_contact(decision: Decision, code: str) -> None:
    """Offer to note that somebody has been there."""
    forms = list(OutreachForm)
    prefix = f"luckor.{decision.id}.{code}"
    with st.form(prefix, border=True):
        frame.heading(_("Notera en kontakt"), level=3)
        st.date_input(_("Dag"), value=clock.today(), key=f"{prefix}.dag", format="YYYY-MM-DD")
        st.selectbox(_("Hur"), forms, format_func=word, key=f"{prefix}.form")
        st.text_area(_("Vad det gav"), key=f"{prefix}.gav", height=100)
        st.form_submit_button(
            _("Spara kontakten"), on_click=_note, args=(decision.id, code, prefix)
        )
    done = state.get(DONE)
    if done and done[0] == prefix:
        if done[1] is None:
            st.success(_("Kontakten är sparad."), icon=":material/check:")
        else:
            st.error(_(OUTREACH_ERRORS.get(done[1], OUTREACH_ERRORS["not_saved"])))


def _note(decision_id: str, code: str, prefix: str) -> None:
    fault = None
    try:
        outreach.add(
            signed_in.staff(),
            decision_id,
            code,
            done_on=state.get(f"{prefix}.dag"),
            form=OutreachForm(state.get(f"{prefix}.form")),
            result=state.get(f"{prefix}.gav", ""),
            at=clock.now(),
        )
    except (rights.NotAllowedError, outreach.OutreachError) as error:
        fault = error.code
    except store.StoreError:
        fault = "not_saved"
    else:
        state.put(f"{prefix}.gav", "")
    state.put(DONE, [prefix, fault])
