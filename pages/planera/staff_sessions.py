"""Who is signed in, for administrators: with which roles, until when, and a way to end it."""

from __future__ import annotations

import streamlit as st

from data import clock
from data.models import Staff
from data.staff import sessions
from pages.planera import acts
from pages.shared import frame
from pages.shared.words.texts import N_, _, plain, say_hour

PART = "personal"
ENDED = N_("Personen är utloggad överallt.")
ROLES = {
    "reviewer": N_("granskare"),
    "planner": N_("planerare"),
    "politician": N_("förtroendevald"),
    "admin": N_("administratör"),
}


def show(actor: Staff) -> None:
    """List the sessions, with a button for each person."""
    frame.heading(_("Inloggade nu"))
    acts.tell(PART)
    names = set()
    for one in sessions.signed_in(actor, clock.now()):
        roles = ", ".join(_(ROLES[role]) for role in ROLES if role in one.roles)
        line = _("{name} ({roles}), längst till {time}").format(
            name=plain(one.name),
            roles=roles or _("ingen roll"),
            time=say_hour(one.ends_at),
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(line)
            if one.name not in names:
                st.button(
                    _("Logga ut {name}").format(name=plain(one.name)),
                    key=f"planera.loggaut.{one.name}",
                    on_click=_end,
                    args=(one.name,),
                )
        names.add(one.name)


def _end(name: str) -> None:
    acts.attempt(
        PART,
        lambda actor: sessions.sign_out_person(actor, name, at=clock.now()),
        ENDED,
    )
