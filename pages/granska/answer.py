"""The municipality's short answer under a comment."""

from __future__ import annotations

import streamlit as st

from data.comments import comment_answers
from data.mail import notices
from data.models import StaffComment, clean_text
from pages.granska import acts
from pages.shared.session import state
from pages.shared.words.texts import _, say_short_date


def show(comment: StaffComment) -> None:
    """Ask for an answer, filled in with the one that is shown."""
    known = comment_answers.of([comment.id]).get(comment.id)
    now = known.text if known else ""
    with st.expander(_("Svara på synpunkten") if known is None else _("Ändra svaret")):
        st.markdown(
            _(
                "Svaret står under synpunkten när den är publicerad, och på kvittot hos den som "
                "skrev. Den som har bett om mejl får veta det efter {n} minuter. Skriv kort, och "
                "skriv inget om personen."
            ).format(n=notices.GRACE.seconds // 60)
        )
        if known is not None:
            st.caption(_("Svarat {day}.").format(day=say_short_date(known.on)))
            written = str(state.get(acts.answer_key(comment.id), now))
            if clean_text(written) != now:
                st.markdown(_("Så står det nu:"))
                st.text(now)
        st.text_area(
            _("Kommunens svar"),
            value=now,
            key=acts.answer_key(comment.id),
        )
        st.button(
            _("Spara svaret"),
            key=f"granska.spara_svar.{comment.id}",
            on_click=acts.answer,
            args=(comment.id, now),
        )
