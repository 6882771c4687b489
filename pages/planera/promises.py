"""What the municipality has promised, ticked by what is written, and the act of publishing."""

from __future__ import annotations

import streamlit as st

from data import clock
from data.models import Staff
from data.planning import promise, publishing
from data.planning.drafts import Draft
from pages.planera import acts
from pages.planera.fields import label_of
from pages.shared import frame
from pages.shared.session import state
from pages.shared.words.texts import N_, _, plain

PART = "lofte"
PUBLISHED = N_("Förslaget är publicerat. Alla kan läsa det nu.")
WORDS = {
    "heard": N_("Alla får veta vad det gäller, och vad de kan påverka"),
    "basis": N_("Resultatet blir en del av underlaget för beslutet"),
    "informed": N_("Tydligt när, var och hur"),
    "ways": N_("Minst två sätt att vara med: webben och ett till"),
    "easy": N_("Text på lättläst svenska"),
    "facts": N_("Fakta som är lätta att hitta och förstå"),
    "affected": N_("De som berörs mest, och hur de nås"),
    "answer": N_("En dag då de som deltog får svar"),
}
WRONG = {
    "closes_before_opens": N_("Sista dagen för synpunkter är före den första."),
    "answer_before_closes": N_("Svaret är lovat före sista dagen för synpunkter."),
}


def show(draft: Draft, tab_of: dict[str, str], tab_key: str) -> None:
    """Show each promise with what is missing, with a way to the field; publish when none is."""
    frame.heading(_("Det kommunen har lovat"))
    acts.tell(PART)
    checked = promise.check(draft.sheet)
    for one in checked:
        _show_promise(one, tab_of, tab_key)
    frame.link("forslag", _("Se det som invånarna ser det"), id=draft.decision_id, utkast="1")
    if not all(one.is_kept for one in checked):
        st.info(_("När allt är ifyllt kan du publicera."))
        return
    if draft.based_on:
        st.markdown(_("Den nya texten ersätter den som alla läser nu. Den gamla sparas."))
    st.button(
        _("Publicera"),
        type="primary",
        key=f"utkast.{draft.decision_id}.publicera",
        on_click=_publish,
        args=(draft.decision_id,),
    )


def _show_promise(one: promise.Promise, tab_of: dict[str, str], tab_key: str) -> None:
    icon = ":material/check_circle:" if one.is_kept else ":material/radio_button_unchecked:"
    state_word = _("klart") if one.is_kept else _("saknas något")
    st.markdown(f"{icon} **{plain(_(WORDS[one.code]))}**: {plain(state_word)}")
    for code in one.wrong:
        st.markdown(plain(_(WRONG[code])))
    if not one.missing:
        return
    with st.container(horizontal=True, gap="small"):
        for field in one.missing:
            st.button(
                _("Fyll i: {field}").format(field=label_of(field).partition(":")[0]),
                type="tertiary",
                key=f"utkast.lofte.{field}",
                on_click=state.put,
                args=(tab_key, tab_of[field]),
            )


def _publish(decision_id: str) -> None:
    def do(actor: Staff | None) -> None:
        publishing.publish(actor, decision_id, at=clock.now())

    acts.attempt(PART, do, PUBLISHED)
