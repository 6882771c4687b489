"""Mails that did not go out as they should, for those who may decide what to do about them."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data import clock, rights, store
from data.mail import notice_troubles
from data.mail.mailer import BAD_ADDRESS, RECIPIENT
from data.mail.notice_troubles import Trouble
from data.mail.notices import GAVE_UP, PERHAPS_SENT, NoticeKind
from data.models import Staff
from pages.shared import frame
from pages.shared.session import signed_in, state
from pages.shared.words.texts import N_, _, ngettext, plain, say_date

DONE, FAILED = "granska.mejl.gjort", "granska.mejl.fel"
KIND_WORDS = {
    NoticeKind.ANSWER: N_("Mejl till dem som ville veta när svaret kom"),
    NoticeKind.STAFF: N_("Mejl till kommunens personal"),
    NoticeKind.COMMENT_ANSWER: N_("Mejl om att kommunen har svarat på en synpunkt"),
    NoticeKind.COMMENT_HIDDEN: N_("Mejl om att en synpunkt är dold"),
}
# by the beginning of the short word; the rest is the mail server's own number
ERROR_WORDS = {
    PERHAPS_SENT: N_(
        "De kan ha kommit fram. Tjänsten stannade eller förbindelsen bröts just när de skickades, "
        "så vi skickar dem inte igen av oss själva. Skickar du igen kan någon få samma mejl två "
        "gånger."
    ),
    GAVE_UP: N_("Mottagarens mejlserver tog inte emot dem på flera dagar."),
    BAD_ADDRESS: N_("Mejlservern säger att adressen inte finns."),
    RECIPIENT: N_(
        "Mejlservern vill inte skicka till adressen. Det kan bero på hur mejlservern är inställd."
    ),
    "content": N_("Mejlservern tog inte emot innehållet."),
    "unwritable": N_("Mejlet gick inte att skriva."),
}
FAULTS = {
    "not_allowed": N_("Du är inte längre inloggad, så inget har ändrats. Logga in igen."),
    "unknown_notice": N_("Någon annan hann före. Inget har ändrats."),
    "not_saved": N_("Det gick inte att spara. Inget har ändrats. Försök igen om en minut."),
}
CAUSES = (rights.NotAllowedError, notice_troubles.UnknownNoticeError)
AGAIN = N_("Mejlen skickas igen inom några minuter.")
LET_BE = N_("Mejlen är borttagna och skickas inte.")


def show(actor: Staff) -> None:
    """Show what was given up or is late; nothing when all is well or the person may not see it."""
    try:
        troubles = notice_troubles.troubles(actor)
        late = notice_troubles.count_late(actor, at=clock.now())
    except rights.NotAllowedError:
        return
    done, failed = state.get(DONE), state.get(FAILED)
    if not (troubles or late or done or failed):
        return
    frame.heading(_("Mejl"))
    if failed:
        st.error(_(FAULTS.get(failed, FAULTS["not_saved"])))
    if done:
        st.success(_(done), icon=":material/check:")
    if late:
        said = ngettext(
            "{n} mejl har väntat i mer än en timme på att skickas. Be it-avdelningen kontrollera "
            "mejlservern.",
            "{n} mejl har väntat i mer än en timme på att skickas. Be it-avdelningen kontrollera "
            "mejlservern.",
            late,
        )
        st.warning(said.format(n=late))
    for trouble in troubles:
        _show_trouble(trouble)


def _show_trouble(trouble: Trouble) -> None:
    code = trouble.error.partition("_")[0]
    why = ERROR_WORDS.get(trouble.error) or ERROR_WORDS.get(code, ERROR_WORDS["content"])
    key = f"granska.mejl.{trouble.kind.value}.{trouble.error}"
    with st.container(border=True, gap="small"):
        count = ngettext("{n} mejl", "{n} mejl", trouble.count).format(n=trouble.count)
        st.markdown(f"**{plain(_(KIND_WORDS[trouble.kind]))}: {count}.** {plain(_(why))}")
        day = say_date(clock.day_of(trouble.latest), year=True)
        st.caption(_("Senast {day}. Felkod: {code}.").format(day=day, code=plain(trouble.error)))
        with st.container(horizontal=True, gap="small"):
            # an address that does not work is gone already
            if code != BAD_ADDRESS or trouble.kind is NoticeKind.STAFF:
                st.button(
                    _("Skicka igen"),
                    key=f"{key}.igen",
                    on_click=_again,
                    args=(trouble.kind, trouble.error),
                )
            st.button(
                _("Ta bort mejlen"),
                key=f"{key}.bort",
                on_click=_let_be,
                args=(trouble.kind, trouble.error),
            )


def _again(kind: NoticeKind, error: str) -> None:
    def do(actor: Staff | None) -> str:
        notice_troubles.send_again(actor, kind, error, at=clock.now())
        return AGAIN

    _act(do)


def _let_be(kind: NoticeKind, error: str) -> None:
    def do(actor: Staff | None) -> str:
        notice_troubles.let_be(actor, kind, error, at=clock.now())
        return LET_BE

    _act(do)


def _act(do: Callable[[Staff | None], str]) -> None:
    """Do an act as whoever is signed in now."""
    state.drop(DONE, FAILED)
    try:
        state.put(DONE, do(signed_in.staff()))
    except CAUSES as error:
        state.put(FAILED, error.code)
    except store.StoreError:
        state.put(FAILED, "not_saved")
