"""An official's act on this page: done, or refused with one sentence. Who it is, is asked anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from data import rights, store
from data.models import Staff
from data.review import registering
from data.review.register_table import TableError
from pages.registrera.words import say_fault
from pages.shared.session import signed_in
from pages.shared.widgets import act_outcome
from pages.shared.words.texts import _, plain

DONE = "registrera.gjort"
Found = TypeVar("Found")


def attempt(
    do: Callable[[Staff | None], Found], say: Callable[[Found], str], *, written: str = ""
) -> bool:
    """Do an act and remember how it went; `say` gives the sentence for what it gave.

    `written` is shown again to who is not signed in any more, since the form is gone then.
    """
    try:
        found = do(signed_in.staff())
    except rights.NotAllowedError as error:
        act_outcome.put(DONE, [False, say_fault(error.code), written])
        return False
    except registering.EntryError as error:
        act_outcome.put(DONE, [False, say_fault(error.code), ""])
        return False
    except TableError as error:
        act_outcome.put(DONE, [False, say_fault(error.code, error.row, error.column), ""])
        return False
    except store.StoreError:
        act_outcome.put(DONE, [False, say_fault("not_saved"), ""])
        return False
    act_outcome.put(DONE, [True, say(found), ""])
    return True


def refuse(code: str) -> None:
    """Say what is missing before anything can be done."""
    act_outcome.put(DONE, [False, say_fault(code), ""])


def tell() -> None:
    """Show how the last act went."""
    said = act_outcome.take(DONE)
    if not said:
        return
    is_done, sentence, written = said
    if is_done:
        st.success(plain(sentence), icon=":material/check:")
    else:
        st.error(plain(sentence))
        act_outcome.show_written({_("Synpunkten"): written})
