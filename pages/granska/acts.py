"""What a reviewer does to a comment. Who that is, is asked anew in every act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from data import clock, review, rights, store
from data.models import HideReason, Staff
from pages.granska import hints
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
    "already_read": N_("Någon annan hann före. Läs synpunkten igen, som den är nu."),
    "not_read": N_("Kryssa i att du har läst texten, eller dölj fler ord. Inget har ändrats."),
    "unknown_comment": N_("Synpunkten finns inte. Inget har ändrats."),
    "not_saved": N_("Det gick inte att spara. Inget har ändrats. Försök igen om en minut."),
}


def words_key(comment_id: int) -> str:
    """Name the field of words to mask, so that an act reads it as it is at the click."""
    return f"granska.ord.{comment_id}"


def read_key(comment_id: int) -> str:
    """Name the box that says that what is left open has been read."""
    return f"granska.sett.{comment_id}"


def left_open(original: str, words: list[str]) -> list[str]:
    """Give what may be personal data and is not masked."""
    masked = review.mask_words(original, words)
    return [hint for hint in hints.found_in(original) if hint in masked]


def publish(comment_id: int, seen: review.Seen) -> None:
    """Let everyone read a comment, with the chosen words masked."""
    words = list(state.get(words_key(comment_id), []))

    def do(actor: Staff | None) -> str:
        comment = review.get(actor, comment_id)
        if comment is None:
            raise review.UnknownCommentError(comment_id)
        if left_open(comment.original, words) and not state.get(read_key(comment_id)):
            return "not_read"
        masked = review.mask_words(comment.original, words)
        has_masks = masked != comment.original
        review.publish(
            comment_id,
            actor=actor,
            at=clock.now(),
            public_text=masked if has_masks else None,
            seen=seen,
        )
        return MASKED if has_masks else PUBLISHED

    _act(comment_id, do)


def hide(comment_id: int, reason: HideReason, seen: review.Seen) -> None:
    """Keep a comment from others, for a reason."""

    def do(actor: Staff | None) -> str:
        review.hide(comment_id, actor=actor, reason=reason, at=clock.now(), seen=seen)
        return HIDDEN

    _act(comment_id, do)


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


def _act(comment_id: int, do: Callable[[Staff | None], str]) -> None:
    """Do an act; `do` gives the sentence that tells of it, or the short word of a fault."""
    state.drop(DONE, FAILED)
    try:
        said = do(signed_in.staff())
    except (rights.NotAllowedError, review.UnknownCommentError, review.AlreadyReadError) as error:
        said = error.code
    except store.StoreError:
        said = "not_saved"
    if said in FAULTS:
        state.put(FAILED, said)
        return
    state.put(DONE, [said, comment_id])
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
