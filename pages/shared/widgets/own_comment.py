"""What people can do with their own comment on the receipt: add something, or take it back."""

from __future__ import annotations

import streamlit as st

from data import clock, store
from data.models import HideReason, StaffComment
from data.review import sender_notes
from data.staff import limits
from pages.shared.session import state, visitor
from pages.shared.widgets import act_outcome
from pages.shared.words.texts import N_, _, say_short_date

DONE = "egen.gjort"
ADDED = N_("Tillägget är skickat till kommunen.")
TAKEN_BACK = N_("Synpunkten är tillbakatagen. Ingen annan ser den.")
FAULTS = {
    "unknown": N_("Synpunkten hör inte till den här koden. Inget har ändrats."),
    "empty": N_("Skriv något i rutan först."),
    "too_long": N_("Texten är för lång. Korta den och skicka igen."),
    "too_many": N_("Det går inte att lägga till mer här. Ring eller mejla kommunen i stället."),
    "taken_back": N_("Synpunkten är redan tillbakatagen."),
    "many_sent": N_("Många skickar just nu. Din text finns kvar. Försök igen om några minuter."),
    "not_saved": N_("Det gick inte att spara. Inget har ändrats. Försök igen om en minut."),
}


def show(comment: StaffComment, receipt_code: str) -> None:
    """Show what was added, and offer both acts unless the comment is taken back."""
    for note in sender_notes.of(comment.id):
        st.caption(_("Du lade till {day}:").format(day=say_short_date(clock.day_of(note.at))))
        st.text(note.text)
    if comment.hide_reason is not HideReason.SENDER:
        with st.expander(_("Lägg till något eller ta tillbaka")):
            _ask_note(comment, receipt_code)
            _ask_take_back(comment, receipt_code)
    _tell(comment.id)


def _ask_note(comment: StaffComment, receipt_code: str) -> None:
    key = f"egen.tillagg.{comment.id}"
    with st.form(f"egen.{comment.id}", border=False):
        # no limit on the field: it would drop a long text without a word
        st.text_area(
            _("Vill du lägga till något? Bara kommunen läser det."),
            key=key,
        )
        st.form_submit_button(
            _("Skicka tillägget"), on_click=_add, args=(receipt_code, comment.id, key)
        )


def _ask_take_back(comment: StaffComment, receipt_code: str) -> None:
    st.markdown(
        _(
            "Tar du tillbaka synpunkten ser ingen annan den längre, och den räknas inte. Kommunen "
            "sparar den, eftersom den är en allmän handling. Det går inte att ångra."
        )
    )
    st.button(
        _("Ta tillbaka synpunkten"),
        key=f"egen.tillbaka.{comment.id}",
        on_click=_take_back,
        args=(receipt_code, comment.id),
    )


def _add(receipt_code: str, comment_id: int, key: str) -> None:
    text = str(state.get(key) or "")
    fault = None
    try:
        place = limits.take(limits.Act.NOTE, visitor.source())
    except limits.TooManyError as error:
        act_outcome.put(DONE, [comment_id, error.code, ADDED])
        return
    try:
        sender_notes.add(receipt_code, comment_id, text, at=clock.now())
    except sender_notes.SenderError as error:
        fault = error.code
    except store.StoreError:
        fault = "not_saved"
    if fault is None:
        state.put(key, "")
    else:
        place.give_back()
    act_outcome.put(DONE, [comment_id, fault, ADDED])


def _take_back(receipt_code: str, comment_id: int) -> None:
    fault = None
    try:
        sender_notes.take_back(receipt_code, comment_id, at=clock.now())
    except sender_notes.SenderError as error:
        fault = error.code
    except store.StoreError:
        fault = "not_saved"
    act_outcome.put(DONE, [comment_id, fault, TAKEN_BACK])


def _tell(comment_id: int) -> None:
    said = act_outcome.take(DONE)
    if not said or said[0] != comment_id:
        return
    _comment, fault, done = said
    if fault is None:
        st.success(_(done), icon=":material/check:")
    else:
        st.error(_(FAULTS[fault]))
