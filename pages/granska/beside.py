"""What stands beside a comment: others with nearly the same words, and the sender's others."""

from __future__ import annotations

import streamlit as st

from data.models import Staff, StaffComment
from data.review import waiting
from pages.granska import acts
from pages.shared import frame
from pages.shared.words.texts import STATE_WORDS, _, percent

# a sender may send twenty
SAME_SHOWN = 5


def show(actor: Staff, comment: StaffComment) -> None:
    """Show them, each with a way to it; nothing when there are none."""
    alike = waiting.alike(actor, comment)
    same = waiting.same_sender(actor, comment)
    if alike:
        frame.heading(_("Nästan samma ord"), level=3)
        for one in alike:
            said = _("{share} lika").format(share=percent(one.likeness))
            _show(one.comment, "lik", said, same_sender=one.comment in same)
    shown = {one.comment.id for one in alike}
    rest = [one for one in same if one.id not in shown]
    if rest:
        frame.heading(_("Samma avsändare"), level=3)
        for other in rest[:SAME_SHOWN]:
            _show(other, "avsandare", "", same_sender=False)
        if len(rest) > SAME_SHOWN:
            st.caption(_("och {n} till").format(n=len(rest) - SAME_SHOWN))


def _show(comment: StaffComment, prefix: str, said: str, *, same_sender: bool) -> None:
    with st.container(border=True, gap="xsmall"):
        st.text(comment.shown)
        facts = [said, _("samma avsändare") if same_sender else "", _(STATE_WORDS[comment.state])]
        st.caption(" · ".join(fact for fact in facts if fact))
        st.button(
            _("Öppna synpunkt {id}").format(id=comment.id),
            key=f"granska.{prefix}.{comment.id}",
            type="tertiary",
            on_click=acts.choose,
            args=(comment.id,),
        )
