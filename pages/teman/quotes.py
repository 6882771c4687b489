"""Quotes for a meeting: at most three published comments that stand for a theme, chosen by hand."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st

from data import clock
from data.answers import theme_search, themes
from data.models import Decision, Staff
from data.output import meeting_quotes
from pages.shared import addresses, frame
from pages.shared.session import state
from pages.shared.words.texts import N_, _, plain
from pages.teman import acts

SAVED = N_("Klart. Antal citat som visas på mötet: {n}.")
READ_MAX = 50
WISH, THEME = "teman.citat", "teman.citat.tema"


def show(actor: Staff, decision: Decision) -> None:
    """Let the official choose, when asked to: fifty comments are not drawn for nothing."""
    known = {theme.id: theme for theme in themes.of_decision(actor, decision.id)}
    if not known:
        return
    frame.heading(_("Till mötet"))
    address = f"{addresses.MEETING}?id={quote(decision.id)}"
    frame.data_link(_("Öppna mötesläget: sju steg för nämnden"), address)
    if not st.toggle(_("Välj citat till mötet"), key=WISH):
        return
    if state.get(THEME) not in known:
        state.drop(THEME)
    chosen = st.selectbox(
        _("Citat ur temat"), list(known), format_func=lambda one: known[one].title, key=THEME
    )
    _ask(actor, known[int(chosen)])


def _ask(actor: Staff, theme: themes.Theme) -> None:
    wanted = theme_search.ThemeFilter(theme=theme.id)
    found = theme_search.find(actor, theme.decision_id, wanted, limit=READ_MAX)
    if not found:
        st.markdown(_("Temat har inga publicerade synpunkter än."))
        return
    before = meeting_quotes.chosen(theme.decision_id).get(theme.id, ())
    keys = {one.id: f"teman.citat.{theme.id}.{acts.count()}.{one.id}" for one in found}
    with st.form("teman.citat.lista", border=True):
        st.caption(
            _("Välj högst {n}. De visas som alla kan läsa dem.").format(n=meeting_quotes.MOST)
        )
        for one in found:
            words = plain(" ".join(one.text.split()))
            st.checkbox(words, value=one.id in before, key=keys[one.id])
        st.form_submit_button(_("Spara citaten"), on_click=_save, args=(theme, keys))


def _save(theme: themes.Theme, keys: dict[int, str]) -> None:
    wanted = [comment for comment, key in keys.items() if state.get(key)]

    def do(actor: Staff | None) -> int:
        return meeting_quotes.choose(actor, theme.decision_id, theme.id, wanted, at=clock.now())

    acts.attempt(do, SAVED)
