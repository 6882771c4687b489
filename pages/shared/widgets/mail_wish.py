"""Asking for a mail when the answer comes, and taking the address away again, by the receipt."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data import clock, store
from data.mail import mail_settings, notice_addresses
from data.mail.notice_addresses import Wish
from data.staff import limits
from pages.shared import frame
from pages.shared.session import state, visitor
from pages.shared.widgets import character_count
from pages.shared.words.texts import N_, _, language, plain

FAULTS = {
    "bad_address": N_("Det där är ingen e-postadress som vi kan skicka till. Skriv hela adressen."),
    "mail_off": N_("Kommunen skickar inga mejl just nu, så adressen sparades inte."),
    "unknown_receipt": N_("Kvittot finns inte längre, så adressen sparades inte."),
    "many_sent": N_("Många skickar just nu. Adressen står kvar. Försök igen om några minuter."),
    "not_saved": N_("Det gick inte att spara. Försök igen om en minut."),
}
CAUSES = (
    mail_settings.AddressError,
    notice_addresses.OffError,
    notice_addresses.UnknownReceiptError,
    limits.TooManyError,
    store.StoreError,
)


def show(receipt: str, *, key: str, is_answered: bool = False) -> None:
    """Offer a mail, or say that it is asked for or sent; nothing where no mail is sent.

    Parameters
    ----------
    key
        Begins the names of the fields on this page.
    is_answered
        The answer is there already: then no mail is offered.
    """
    try:
        wish = notice_addresses.wish(receipt)
    except notice_addresses.UnknownReceiptError:
        return
    if wish is Wish.ASKED:
        frame.heading(_("Mejl när svaret kommer"))
        _show_asked(receipt, key)
    elif wish is Wish.SENT:
        frame.heading(_("Mejl när svaret kommer"))
        st.markdown(_("Mejlet om svaret är skickat, och din e-postadress är borttagen."))
    elif mail_settings.is_on() and not is_answered:
        frame.heading(_("Vill du få ett mejl när svaret kommer?"))
        _say_done(key)
        _ask(receipt, key)


def _show_asked(receipt: str, key: str) -> None:
    address = plain(notice_addresses.hinted(receipt))
    st.markdown(_("Vi skickar ett mejl till {address} när svaret kommer.").format(address=address))
    if st.button(_("Ta bort min e-postadress"), key=f"{key}.bort"):
        fault = _do(lambda: notice_addresses.take_away(receipt))
        if fault is None:
            state.put(_done(key), True)
            st.rerun()
        st.error(fault)


def _ask(receipt: str, key: str) -> None:
    st.markdown(
        _(
            "Det är frivilligt. Du får ett mejl när svaret kommer, och om någon på kommunen svarar "
            "just dig, döljer det du skrev eller flyttar det till ett annat förslag som redan har "
            "fått svar. Vi tar bort adressen när du har fått svar på allt du skickade. De som "
            "läser synpunkterna ser den inte."
        )
    )
    with st.form(f"{key}.mejl", border=False):
        written = character_count.ask_line(
            _("E-postadress"),
            mail_settings.ADDRESS_MAX,
            autocomplete="email",
            width=420,
            key=f"{key}.adress",
        )
        is_asked = st.form_submit_button(_("Spara e-postadressen"), key=f"{key}.spara")
    if not is_asked:
        return
    state.drop(_done(key))
    spoken, at = language(), clock.now()

    def ask() -> None:
        place = limits.take(limits.Act.MAIL, visitor.source())
        try:
            notice_addresses.ask(receipt, written, language=spoken, at=at)
        except CAUSES:
            place.give_back()
            raise

    fault = _do(ask)
    if fault is None:
        st.rerun()
    st.error(fault)


def _say_done(key: str) -> None:
    if state.get(_done(key)):
        st.success(_("Din e-postadress är borttagen."), icon=":material/check:")


def _done(key: str) -> str:
    return f"{key}:borttagen"


def _do(act: Callable[[], None]) -> str | None:
    """Do an act and give the sentence for what went wrong, or None."""
    try:
        act()
    except CAUSES as error:
        return _(FAULTS.get(error.code, FAULTS["not_saved"]))
    return None
