"""What people have added to their own comments by their receipt, for officials only."""

from __future__ import annotations

import streamlit as st

from data import clock
from data.models import Staff, StaffComment
from data.review import sender_notes
from pages.granska import acts
from pages.shared import frame
from pages.shared.words.texts import _, say_short_date

SHOWN = 10


def show(actor: Staff) -> None:
    """Show what was added last, each with a way to its comment."""
    found = sender_notes.latest(actor, limit=SHOWN)
    if not found:
        return
    frame.heading(_("Tillägg från dem som skrev"))
    for position, note in enumerate(found):
        with st.container(border=True, gap="xsmall"):
            st.text(note.text)
            st.caption(say_short_date(clock.day_of(note.at)))
            st.button(
                _("Öppna synpunkt {id}").format(id=note.comment_id),
                type="tertiary",
                key=f"granska.tillagg.{position}",
                on_click=acts.choose,
                args=(note.comment_id,),
            )


def of_comment(comment: StaffComment) -> None:
    """Show what the sender has added to a comment."""
    found = sender_notes.of(comment.id)
    if not found:
        return
    frame.heading(_("Tillägg från den som skrev"), level=3)
    for note in found:
        st.text(note.text)
        st.caption(say_short_date(clock.day_of(note.at)))
