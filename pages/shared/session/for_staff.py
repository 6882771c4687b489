"""The door of every page for officials: who may come in, how to sign in, and the way out."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data import rights
from data.models import Staff
from data.staff import sessions
from pages.shared import frame
from pages.shared.session import provider, signed_in
from pages.shared.words.texts import _, plain


def enter(check: Callable[[Staff | None], Staff]) -> Staff | None:
    """Return who is signed in if `check` lets them; else say what to do and give None.

    This only decides what is shown. Each act asks for the right again.
    """
    actor = signed_in.staff()
    if actor is None:
        _say_sign_in()
        return None
    try:
        allowed = check(actor)
    except rights.NotAllowedError:
        st.error(_("Du är inloggad, men har inte rätt till den här sidan."))
        allowed = None
    st.caption(_("Inloggad: {name}").format(name=plain(actor.name)))
    return allowed


def _say_sign_in() -> None:
    st.markdown(_("Den här sidan är för kommunens personal."))
    if provider.is_set():
        st.markdown(_("Logga in med ditt vanliga konto hos kommunen."))
        # no page of Streamlit's
        frame.show_part("next_step", provider.START, _("Logga in"))
        frame.link("overview", _("Till alla förslag"))
        return
    st.markdown(
        _(
            "Så loggar du in: öppna engångslänken som skrivs ut i terminalen när tjänsten startar. "
            "Länken kan användas en gång, inom {hours} timmar. Den som sköter tjänsten får en ny "
            "med kommandot python -m data link."
        ).format(hours=sessions.LINK_HOURS)
    )
    frame.link("overview", _("Till alla förslag"))
