"""Step 4: read it through, change what is wrong, and send it once."""

from __future__ import annotations

import streamlit as st
from pydantic import ValidationError

from data import clock, limits, rules, settings, store, submissions
from data.models import AgeBand, Decision, Kind, Relation, Stance, problem_code
from pages.shared.texts import (
    AGE_WORDS,
    KIND_WORDS,
    RELATION_WORDS,
    STANCE_WORDS,
    _,
    error_sentence,
    language,
)
from pages.synpunkt import filled as form
from pages.synpunkt.filled import Filled
from pages.synpunkt.place import say_place


def show(decision: Decision, filled: Filled) -> None:
    """Draw everything with ways to change it, and the one button that sends."""
    prefix = form.name(decision)
    for at in range(len(filled["comments"])):
        _show_comment(filled, at, prefix)
    _show_about(filled, prefix)
    st.markdown(
        _(
            "Det du skriver blir en allmän handling. Andra kan begära att få läsa det. "
            "Någon på kommunen läser innan det visas här."
        )
    )
    if st.button(_("Skicka till kommunen"), type="primary", key=f"{prefix}.skicka"):
        fault = _send(decision, filled)
        if fault is not None:
            st.error(error_sentence(fault))
            return
        st.rerun()
    if not form.is_full(filled) and st.button(
        _("Lägg till en synpunkt till"), type="tertiary", key=f"{prefix}.till4"
    ):
        form.add_comment(filled)
        st.rerun()


def _show_comment(filled: Filled, at: int, prefix: str) -> None:
    comment = filled["comments"][at]
    with st.container(border=True):
        st.subheader(_("Synpunkt {n}").format(n=at + 1), anchor=False)
        st.markdown(f"**{_('Platsen')}:** {say_place(comment)}")
        if comment["words"]:
            st.text(comment["words"])
        kind = _(KIND_WORDS[Kind(comment["kind"])]) if comment["kind"] else "–"
        stance = _(STANCE_WORDS[Stance(comment["stance"])]) if comment["stance"] else "–"
        st.markdown(f"**{kind}** · {stance}")
        st.text(comment["text"])
        with st.container(horizontal=True):
            if st.button(_("Ändra platsen"), key=f"{prefix}.andraplats{at}"):
                form.go(filled, form.PLACE, at)
                st.rerun()
            if st.button(_("Ändra texten"), key=f"{prefix}.andratext{at}"):
                form.go(filled, form.WORDS, at)
                st.rerun()
            if len(filled["comments"]) > 1 and st.button(
                _("Ta bort synpunkten"), type="tertiary", key=f"{prefix}.bort{at}"
            ):
                form.remove_comment(filled, at)
                st.rerun()


def _show_about(filled: Filled, prefix: str) -> None:
    relation, age = filled["relation"], filled["age"]
    told = [_(RELATION_WORDS[Relation(relation)])] if relation else []
    told += [_(AGE_WORDS[AgeBand(age)])] if age else []
    with st.container(border=True):
        st.markdown(f"**{_('Om dig')}:** {', '.join(told) or _('Du har inte berättat något')}")
        if st.button(_("Ändra det du berättat"), key=f"{prefix}.andraom"):
            form.go(filled, form.ABOUT)
            st.rerun()


def _send(decision: Decision, filled: Filled) -> str | None:
    """Send once; give the short word for what went wrong, or None."""
    now = clock.now()
    try:
        limit = settings.load().submissions_per_10_min
        limits.check(st.context.ip_address, at=now, limit=limit)
        new = form.as_submission(decision, filled, language())
        receipt = submissions.add(new, at=now)
    except ValidationError as error:
        return problem_code(error)
    except ValueError as error:
        # both RefusedError and CommentingClosedError carry a code; a broken draft does not
        is_ours = isinstance(error, submissions.RefusedError | rules.CommentingClosedError)
        return str(error.code) if is_ours else "invalid"
    except limits.TooManyError:
        return "many_sent"
    except store.StoreError:
        return "not_saved"
    filled["receipt"] = receipt.code
    return None
