"""What a reviewer does to a comment. Who that is, is asked anew in every act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from data import clock, review, store
from data.models import HideReason, Staff
from pages.shared import signed_in, state
from pages.shared.texts import N_, _, ngettext

DONE, FAILED, CHOSEN, SKIPPED, ACTS = (
    "granska.gjort",
    "granska.fel",
    "granska.vald",
    "granska.over",
    "granska.antal",
)
PUBLISHED = N_("Synpunkt {id} är publicerad.")
MASKED = N_("Synpunkt {id} är publicerad med dolda ord.")
HIDDEN = N_("Synpunkt {id} är dold för andra.")
ACT_WORDS = {
    "publish": N_("publicerade"),
    "publish_masked": N_("publicerade med dolda ord"),
    "hide": N_("dolde"),
}
FAULTS = {
    "not_allowed": N_("Du är inte längre inloggad, så inget har ändrats. Logga in igen."),
    "unknown_comment": N_("Synpunkten finns inte. Inget har ändrats."),
    "not_saved": N_("Det gick inte att spara. Inget har ändrats. Försök igen om en minut."),
}


def publish(comment_id: int, public_text: str | None = None) -> None:
    """Let everyone read a comment; with masked words when `public_text` is given."""
    _act(
        comment_id,
        MASKED if public_text is not None else PUBLISHED,
        lambda actor: review.publish(
            comment_id, actor=actor, at=clock.now(), public_text=public_text
        ),
    )


def hide(comment_id: int, reason: HideReason) -> None:
    """Keep a comment from others, for a reason."""
    _act(
        comment_id,
        HIDDEN,
        lambda actor: review.hide(comment_id, actor=actor, reason=reason, at=clock.now()),
    )


def choose(comment_id: int) -> None:
    """Open one comment, also one that has been read before."""
    state.put(CHOSEN, comment_id)
    state.drop(DONE, FAILED)


def skip(comment_id: int) -> None:
    """Put a comment last in this visit's order and open the next one."""
    before = [one for one in state.get(SKIPPED, []) if one != comment_id]
    state.put(SKIPPED, [*before, comment_id])
    state.put(ACTS, state.get(ACTS, 0) + 1)
    state.drop(CHOSEN, DONE, FAILED)


def _act(comment_id: int, done: str, do: Callable[[Staff | None], None]) -> None:
    state.drop(DONE, FAILED)
    try:
        do(signed_in.staff())
    except (review.NotAllowedError, review.UnknownCommentError) as error:
        state.put(FAILED, error.code)
    except store.StoreError:
        state.put(FAILED, "not_saved")
    else:
        state.put(DONE, [done, comment_id])
        state.put(ACTS, state.get(ACTS, 0) + 1)
        state.drop(CHOSEN)


def say_waited(waited: timedelta) -> str:
    """Say how long something has waited."""
    if waited.days >= 1:
        return ngettext("{n} dag", "{n} dagar", waited.days).format(n=waited.days)
    hours = int(waited.total_seconds() // 3600)
    if hours < 1:
        return _("mindre än en timme")
    return ngettext("{n} timme", "{n} timmar", hours).format(n=hours)
