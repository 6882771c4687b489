"""Answering: what each theme says, what the municipality answers, and what became of it."""

from __future__ import annotations

import streamlit as st

from data import clock
from data.answers import answers, theme_assignment, theme_search, themes
from data.enums import Outcome
from data.models import Decision, Staff
from pages.shared.session import state
from pages.shared.widgets import character_count
from pages.shared.words.texts import N_, OUTCOME_WORDS, _, ngettext, number
from pages.teman import acts

SAVED = N_("Temat är sparat.")
MERGED = N_("Temana är ihopslagna.")
REMOVED = N_("Temat är borttaget.")
READ_MAX = 50


def show(actor: Staff, decision: Decision) -> None:
    """Show one theme at a time, the first that lacks something first."""
    known = {theme.id: theme for theme in themes.of_decision(actor, decision.id)}
    if not known:
        st.markdown(_("Det finns inget tema än. Samla synpunkter under ett tema först."))
        return
    counts = theme_assignment.counts(actor, decision.id)
    left = [one for one, theme in known.items() if one in counts and answers.lacks(theme)]
    _say_left(left)
    theme = known[_ask_theme(known, left)]
    _say_count(counts.get(theme.id, theme_assignment.Count(0, 0)))
    _show_comments(actor, theme)
    _ask_texts(theme)
    _show_changes(theme, known, is_empty=theme.id not in counts)


def _say_left(left: list[int]) -> None:
    if left:
        said = ngettext("{n} tema saknar svar.", "{n} teman saknar svar.", len(left))
        st.markdown(f"**{said.format(n=len(left))}**")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_("Alla teman har svar."), width="content")
        st.button(
            _("Till beslutet och publicering"),
            key="teman.tillpublicering",
            on_click=acts.open_part,
            args=(acts.PUBLISH,),
        )


def _ask_theme(known: dict[int, themes.Theme], left: list[int]) -> int:
    if state.get(acts.THEME) not in known:
        first = left[0] if left else next(iter(known))
        asked = state.asked("tema")
        state.put(acts.THEME, int(asked) if asked in map(str, known) else first)
    lacking = _("svar saknas")
    chosen = st.selectbox(
        _("Tema"),
        list(known),
        format_func=lambda one: known[one].title + (f" ({lacking})" if one in left else ""),
        key=acts.THEME,
    )
    return int(chosen)


def _say_count(count: theme_assignment.Count) -> None:
    persons = ngettext("{n} person", "{n} personer", count.persons).format(n=number(count.persons))
    comments = ngettext("{n} synpunkt", "{n} synpunkter", count.comments)
    st.caption(f"{persons} · {comments.format(n=number(count.comments))}")


def _show_comments(actor: Staff, theme: themes.Theme) -> None:
    wanted = theme_search.ThemeFilter(theme=theme.id)
    found = theme_search.find(actor, theme.decision_id, wanted, limit=READ_MAX)
    if not found:
        return
    with st.expander(_("Läs synpunkterna")):
        for comment in found:
            st.text(comment.text)


def _ask_texts(theme: themes.Theme) -> None:
    # a saved theme gives the form new names, so that it starts from what is stored
    prefix = f"teman.svar.{theme.id}.{theme.version}"
    outcomes = list(Outcome)
    with st.form("teman.svar", border=True):
        title = _("Temats namn")
        character_count.ask_line(title, themes.TITLE_MAX, value=theme.title, key=f"{prefix}.title")
        _ask_long(_("Vad vi hörde, kort och rättvist"), theme.summary, f"{prefix}.summary")
        _ask_long(_("Kommunens svar"), theme.answer, f"{prefix}.answer")
        st.radio(
            _("Vad blev det av det?"),
            outcomes,
            index=outcomes.index(theme.outcome) if theme.outcome else None,
            format_func=lambda one: _(OUTCOME_WORDS[one]),
            horizontal=True,
            key=f"{prefix}.outcome",
        )
        _ask_long(_("Skäl, om det inte blev som de ville"), theme.reason, f"{prefix}.reason")
        st.form_submit_button(
            _("Spara temat"), type="primary", on_click=_save, args=(theme, prefix)
        )


def _ask_long(label: str, value: str, key: str) -> None:
    # no limit on the field: it would drop a long paste without a word; saving says it
    st.text_area(label, value, height="content", key=key)


def _save(seen: themes.Theme, prefix: str) -> None:
    names = ("title", "summary", "answer", "reason")
    texts = {name: str(state.get(f"{prefix}.{name}") or "") for name in names}
    outcome = state.get(f"{prefix}.outcome")

    def do(actor: Staff | None) -> None:
        themes.save(actor, seen, themes.ThemeTexts(**texts, outcome=outcome), at=clock.now())

    labels = (_("Temats namn"), _("Vad vi hörde"), _("Kommunens svar"), _("Skäl"))
    acts.attempt(do, SAVED, written=dict(zip(labels, texts.values(), strict=True)))


def _show_changes(theme: themes.Theme, known: dict[int, themes.Theme], *, is_empty: bool) -> None:
    others = {one: other.title for one, other in known.items() if one != theme.id}
    if not others and not is_empty:
        return
    with st.expander(_("Slå ihop eller ta bort temat")):
        if others:
            into = f"teman.ihop.{theme.id}"
            st.selectbox(_("Slå ihop med"), list(others), format_func=others.__getitem__, key=into)
            st.caption(
                _("Synpunkterna flyttas. Texterna i det valda temat gäller, de andra sparas.")
            )
            st.button(
                _("Slå ihop temana"),
                key=f"teman.slaihop.{theme.id}",
                on_click=_merge,
                args=(theme, known, into),
            )
        if is_empty:
            st.button(
                _("Ta bort temat"),
                key=f"teman.bort.{theme.id}",
                on_click=_remove,
                args=(theme,),
            )


def _merge(seen: themes.Theme, known: dict[int, themes.Theme], key: str) -> None:
    """Merge with the theme that is chosen at the press."""
    into = known.get(state.get(key), seen)

    def do(actor: Staff | None) -> None:
        themes.merge(actor, seen, into, at=clock.now())
        state.put(acts.THEME, into.id)

    acts.attempt(do, MERGED)


def _remove(seen: themes.Theme) -> None:
    acts.attempt(lambda actor: themes.remove(actor, seen, at=clock.now()), REMOVED)
