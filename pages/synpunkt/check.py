"""Step 4: read it through, change what is wrong, and send it once."""

from __future__ import annotations

import logging
from datetime import datetime

import streamlit as st
from pydantic import ValidationError

from data import clock, rules
from data.comments import submissions
from data.models import (
    Decision,
    NewComment,
    NewSubmission,
    Receipt,
    StaffComment,
    problem_code,
)
from data.staff import limits
from data.written import clean_text
from pages.shared.session import visitor
from pages.shared.words.place_words import homes
from pages.shared.words.texts import _, ask_word, error_sentence, labelled, language, say_wait, word
from pages.synpunkt import filled as form
from pages.synpunkt.filled import Filled
from pages.synpunkt.place import say_place
from pages.synpunkt.words import SENSITIVE

CAUSES = (submissions.RefusedError, rules.CommentingClosedError)
_log = logging.getLogger(__name__)


def show(decision: Decision, filled: Filled) -> None:
    """Draw everything with ways to change it, and the one button that sends."""
    prefix = form.name(decision)
    for at in range(len(filled.comments)):
        _show_comment(filled, at, prefix)
    _show_about(filled, prefix)
    st.markdown(_(SENSITIVE))
    st.markdown(_("Någon på kommunen läser innan andra får se det här på sidan."))
    room = st.container()
    if st.button(_("Skicka till kommunen"), type="primary", key=f"{prefix}.skicka"):
        fault = send(decision, filled)
        if fault is None:
            st.rerun()
        if isinstance(fault, limits.TooManyError):
            # nobody has done anything wrong: no red, and no word of blame
            room.info(say_wait(fault.minutes), icon=":material/schedule:")
        else:
            room.error(error_sentence(fault))
    if not form.is_full(filled) and st.button(
        _("Lägg till en synpunkt till"), type="tertiary", key=f"{prefix}.till4"
    ):
        form.add_comment(filled)
        st.rerun()


def _show_comment(filled: Filled, at: int, prefix: str) -> None:
    comment = filled.comments[at]
    with st.container(border=True, gap="small"):
        if len(filled.comments) > 1:
            st.subheader(_("Synpunkt {n}").format(n=at + 1), anchor=False)
        st.markdown(labelled(_("Plats"), say_place(comment)))
        if comment.words:
            st.text(clean_text(comment.words))
        kind = ask_word(comment.kind) if comment.kind else _("inte valt")
        stance = ask_word(comment.stance) if comment.stance else _("inte valt")
        lines = labelled(_("Vad det är"), kind), labelled(_("Vad du tycker"), stance)
        st.markdown("  \n".join(lines))
        # the very words that others will read
        st.text(clean_text(comment.text))
        with st.container(horizontal=True, gap="small"):
            _show_changes(filled, at, prefix)


def _show_changes(filled: Filled, at: int, prefix: str) -> None:
    if st.button(_("Ändra platsen"), key=f"{prefix}.andraplats{at}"):
        form.go(filled, form.PLACE, at)
        st.rerun()
    if st.button(_("Ändra synpunkten"), key=f"{prefix}.andratext{at}"):
        form.go(filled, form.WORDS, at)
        st.rerun()
    if len(filled.comments) > 1 and st.button(
        _("Ta bort synpunkten"), type="tertiary", key=f"{prefix}.bort{at}"
    ):
        form.remove_comment(filled, at)
        st.rerun()


def _show_about(filled: Filled, prefix: str) -> None:
    told = [word(filled.relation)] if filled.relation else []
    told += [homes()[filled.home]] if filled.home else []
    told += [word(filled.age)] if filled.age else []
    with st.container(border=True, gap="small"):
        said = ", ".join(told) or _("Du har inte berättat något, och det är helt i sin ordning.")
        st.markdown(labelled(_("Om dig"), said))
        if st.button(_("Ändra det du berättat"), key=f"{prefix}.andraom"):
            form.go(filled, form.ABOUT)
            st.rerun()


def send(decision: Decision, filled: Filled) -> str | limits.TooManyError | None:
    """Send once; give the short word for what went wrong, or when there is room again, or None.

    Whatever goes wrong, everything that is filled in stays.
    """
    fault = form.go_to_fault(filled)
    if fault is not None:
        return fault
    now = clock.now()
    try:
        new = form.as_submission(decision, filled, language())
        receipt = _add(new, at=now)
        filled.elsewhere = not _is_what_was_stored(new, receipt.code)
    except ValidationError as error:
        return problem_code(error)
    except CAUSES as error:
        return error.code
    except limits.TooManyError as error:
        return error
    except Exception:
        # a full disk or a lost file: the person is told, and nothing that was written is lost
        _log.exception("a submission could not be stored")
        return "not_saved"
    filled.receipt = receipt.code
    return None


def _add(new: NewSubmission, *, at: datetime) -> Receipt:
    """Store it if there is room; what is not stored, or was stored before, is not counted."""
    if submissions.is_stored(new.key):
        return submissions.add(new, at=at)
    place = limits.take(limits.Act.SEND, visitor.source(), about=new.decision_id)
    try:
        return submissions.add(new, at=at)
    except Exception:
        place.give_back()
        raise


def _is_what_was_stored(new: NewSubmission, code: str) -> bool:
    """Tell whether the same form had not been sent before with other words, from another tab."""
    found = submissions.by_receipt(code)
    stored = [_same(comment) for comment in found[1]] if found else []
    return stored == [_same(comment) for comment in new.comments]


def _same(comment: NewComment | StaffComment) -> tuple[object, ...]:
    text = comment.text if isinstance(comment, NewComment) else comment.original
    return text, comment.kind, comment.stance, comment.place_how
