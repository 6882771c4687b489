"""Reading before publishing, for signed-in officials: the oldest first, one or several."""

from __future__ import annotations

import streamlit as st

from data import rights
from data.models import Staff, StaffComment
from data.review import review
from pages.granska import acts, beside, comment, log, mail, notes, outreach_summary, queue, several
from pages.shared import frame
from pages.shared.session import for_staff, state
from pages.shared.words.texts import _, ngettext, number


def main() -> None:
    """Draw the page, or say how to sign in."""
    frame.title(_("Granska synpunkter"))
    _say_fault()
    actor = for_staff.enter(rights.check_reviewer)
    if actor is None:
        return
    outreach_summary.show(actor)
    _say_done()
    queue.take_up_link()
    shown = queue.load(actor)
    frame.heading(_("Synpunkter att läsa"))
    queue.say_count(shown)
    queue.ask_filters(actor, shown)
    with st.container(horizontal=True, vertical_alignment="center"):
        many = st.toggle(_("Läs flera på en gång"), key=acts.MANY)
        _ask_keys()
    if many:
        several.show(shown)
    else:
        _show_one(actor, shown)
    notes.show(actor)
    log.show(actor)
    mail.show(actor)


def _show_one(actor: Staff, shown: queue.Shown) -> None:
    one = _chosen(actor, shown)
    # the comment stands first, also on a phone and for those who hear the page
    left, right = st.columns([3, 2], gap="large")
    with left:
        if one is None:
            st.markdown(_("Allt är läst. Nya synpunkter kommer hit."))
        else:
            comment.show(one)
    with right:
        if one is not None:
            beside.show(actor, one)
        queue.show(shown, one)


def _chosen(actor: Staff, shown: queue.Shown) -> StaffComment | None:
    wanted = state.get(acts.CHOSEN)
    if wanted is not None:
        found = review.get(actor, wanted)
        if found is not None:
            return found
    return shown.comments[0] if shown.comments else None


def _say_fault() -> None:
    code = state.get(acts.FAILED)
    if code:
        st.error(_(acts.FAULTS.get(code, acts.FAULTS["not_saved"])))


def _say_done() -> None:
    done = state.get(acts.DONE)
    if not done:
        return
    sentence, ids = done
    with st.container(horizontal=True, vertical_alignment="center"):
        st.success(_said(sentence, ids), icon=":material/check:")
        if state.get(acts.ROWS):
            st.button(
                _("Ångra"), key="granska.tabort", on_click=acts.undo, shortcut=acts.shortcut("Z")
            )
        if len(ids) == 1:
            st.button(_("Ändra det"), key="granska.angra", on_click=acts.choose, args=(ids[0],))


def _said(sentence: str, ids: list[int]) -> str:
    if len(ids) == 1:
        return _(sentence).format(id=ids[0])
    counted = {
        acts.PUBLISHED: ngettext(
            "{n} synpunkt är publicerad.", "{n} synpunkter är publicerade.", len(ids)
        ),
        acts.HIDDEN: ngettext(
            "{n} synpunkt är dold för andra.", "{n} synpunkter är dolda för andra.", len(ids)
        ),
        acts.TAKEN_BACK: ngettext(
            "{n} synpunkt är som den var.", "{n} synpunkter är som de var.", len(ids)
        ),
    }
    return counted.get(sentence, _(sentence)).format(n=number(len(ids)), id=ids[0])


def _ask_keys() -> None:
    """Offer keys; off until asked for, since a stray letter would otherwise publish."""
    if st.toggle(_("Kortkommandon"), key=acts.KEYS):
        st.caption(
            _(
                "P publicerar, D döljer när du har valt skäl, V låter synpunkten vänta och Z "
                "ångrar det senaste. De gäller inte när du skriver i ett fält."
            )
        )


main()
