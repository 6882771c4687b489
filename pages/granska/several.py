"""Several comments of the queue at once: read, chosen, and published or hidden together."""

from __future__ import annotations

import streamlit as st

from data.models import StaffComment
from data.review import personal_data_hints
from data.written import with_marks
from pages.granska import acts, queue
from pages.granska.comment import ask_reason, say_hints
from pages.shared import frame
from pages.shared.session import state
from pages.shared.words.texts import _, ngettext, plain


def show(shown: queue.Shown) -> None:
    """Show a page of the queue in full, with a box to tick for each."""
    if not shown.comments:
        st.markdown(_("Allt är läst. Nya synpunkter kommer hit."))
        return
    st.markdown(
        _(
            "Läs och välj synpunkter. De som kan ha personuppgifter publiceras en och en, men kan "
            "döljas här."
        )
    )
    st.button(
        _("Välj alla som kan publiceras"),
        key="granska.alla",
        on_click=_tick,
        args=(shown.comments,),
    )
    for comment in shown.comments:
        _show(comment)
    _show_acts(shown.comments)
    queue.show_pages(shown)


def _tick(comments: list[StaffComment]) -> None:
    for one in comments:
        state.put(acts.tick_key(one.id), not personal_data_hints.found(one.shown))


def _show(comment: StaffComment) -> None:
    with st.container(border=True, gap="xsmall"):
        st.checkbox(queue.label(comment), key=acts.tick_key(comment.id))
        st.text(with_marks(comment.original))
        if personal_data_hints.found(comment.shown):
            st.caption(plain(say_hints(comment.shown)))


def _show_acts(comments: list[StaffComment]) -> None:
    chosen = [one for one in comments if state.get(acts.tick_key(one.id))]
    frame.heading(_("Gör med de valda"), level=3)
    count = len(chosen)
    st.markdown(
        ngettext("{n} synpunkt är vald.", "{n} synpunkter är valda.", count).format(n=count)
    )
    # which of them are ticked is asked at the press
    seen = {one.id: (one.state, one.public_text) for one in comments}
    has_hints = any(personal_data_hints.found(one.shown) for one in chosen)
    if has_hints:
        st.info(_(acts.HINTED))
    st.button(
        _("Publicera de valda"),
        type="primary",
        disabled=not chosen or has_hints,
        key="granska.publicera_flera",
        on_click=acts.publish_many,
        args=(seen,),
        shortcut=acts.shortcut("P"),
    )
    key = f"granska.skal_flera.{state.get(acts.ACTS, 0)}"
    with st.expander(_("Dölj de valda")):
        reason = ask_reason(_("Skäl: synpunkterna …"), key)
        st.button(
            _("Dölj de valda"),
            disabled=reason is None or not chosen,
            key="granska.dolj_flera",
            on_click=acts.hide_many,
            args=(seen, key),
            shortcut=acts.shortcut("D") if reason else None,
        )
