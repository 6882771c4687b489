"""An official's act on this page: done, or refused with one sentence. Who it is, is asked anew.

Acts are callbacks: they hold what the page showed when it was drawn, so that somebody who saves
after another is told so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from data import rights, store
from data.answers import answers, themes
from data.models import Staff
from pages.shared.session import signed_in, state
from pages.shared.widgets import act_outcome
from pages.shared.words.texts import _
from pages.teman.words import FAULTS, OTHER_FAULT

DONE, ACTS = "teman.gjort", "teman.antal"
CAUSES = (rights.NotAllowedError, themes.ThemeError, answers.AnswerError)
PART, THEME, SHOWN = "teman.del", "teman.tema", "teman.visa"
# the choice of a decision is drawn first, so that its answer to a link stands in the address
GATHER, ANSWER, PUBLISH = "samla", "svara", "publicera"


@dataclass(frozen=True)
class _Told:
    """How an act went; `fault` None when it was done. `written` is what was lost with it."""

    fault: str | None
    done: str
    number: int | None
    written: dict[str, str]


def attempt(
    do: Callable[[Staff | None], object], done: str, *, written: dict[str, str] | None = None
) -> None:
    """Do an act and remember how it went; `done` is its sentence, untranslated.

    `written` is what the official wrote, by label: shown again when somebody else saved before.
    """
    fault: str | None = None
    found = None
    try:
        found = do(signed_in.staff())
    except CAUSES as error:
        fault = error.code
    except store.StoreError:
        fault = "not_saved"
    kept = dict(written or {}) if fault in {"changed_meanwhile", "not_saved"} else {}
    if fault is None:
        state.put(ACTS, count() + 1)
    number = found if isinstance(found, int) else None
    act_outcome.put(DONE, _Told(fault, done, number, kept))


def count() -> int:
    """Count the acts of this visit: widgets named by it start anew after each."""
    return int(state.get(ACTS, 0))


def tell() -> None:
    """Show how the last act went, once, and what was written if it was not kept."""
    told: _Told | None = act_outcome.take(DONE)
    if told is None:
        return
    if told.fault is None:
        st.success(_(told.done).format(n=told.number), icon=":material/check:")
        return
    st.error(_(FAULTS.get(told.fault, OTHER_FAULT)))
    act_outcome.show_written(told.written)


def open_part(part: str, theme_id: int | None = None) -> None:
    """Go to a part of the page, and to a theme in it."""
    state.put(PART, part)
    if theme_id is not None:
        state.put(THEME, theme_id)
