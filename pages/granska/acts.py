"""What a reviewer does to comments. Who that is, is asked anew in every act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from data import clock, rights, store
from data.comments import submissions
from data.models import Staff
from data.review import comment_answering, personal_data_hints, review, review_move
from pages.shared.session import signed_in, state
from pages.shared.words.texts import N_, _, ngettext

DONE, FAILED, CHOSEN, SKIPPED, ACTS = (
    "granska.gjort",
    "granska.fel",
    "granska.vald",
    "granska.over",
    "granska.antal",
)
# the rows of the log that the last act wrote, for taking it back
ROWS = "granska.rader"
MANY, KEYS = "granska.flera", "granska.kort"
PUBLISHED = N_("Synpunkt {id} är publicerad.")
MASKED = N_("Synpunkt {id} är publicerad med dolda ord.")
HIDDEN = N_("Synpunkt {id} är dold för andra.")
TAKEN_BACK = N_("Synpunkt {id} är som den var.")
ANSWERED = N_("Svaret på synpunkt {id} är sparat.")
MOVED = N_("Synpunkt {id} är flyttad.")
HINTED = N_("Någon av de valda kan ha personuppgifter. Ta bort valet av den, och läs den för sig.")
FAULTS = {
    "not_allowed": N_("Du är inte längre inloggad, så inget har ändrats. Logga in igen."),
    "taken_back": N_(
        "Den som skrev har tagit tillbaka synpunkten. Den kan inte visas igen. Inget har ändrats."
    ),
    "already_read": N_("Någon annan hann före. Läs synpunkten igen, som den är nu."),
    "not_read": N_("Kryssa i att du har läst texten, eller dölj fler ord. Inget har ändrats."),
    "hints": HINTED,
    "reason_missing": N_("Välj ett skäl först. Inget har ändrats."),
    "none_ticked": N_("Välj minst en synpunkt först. Inget har ändrats."),
    "unknown_comment": N_("Synpunkten finns inte. Inget har ändrats."),
    "too_long": N_("Svaret är för långt. Korta det och spara igen."),
    "same_answer": N_("Svaret är detsamma som förut. Inget har ändrats."),
    "answered_meanwhile": N_(
        "Någon annan hann före. Svaret som står nu visas ovanför ditt. Spara igen om ditt ska "
        "gälla."
    ),
    "unknown_decision": N_("Förslaget finns inte längre. Välj ett annat. Inget har ändrats."),
    "same_decision": N_("Synpunkten ligger redan på det förslaget. Inget har ändrats."),
    "same_place": N_("Synpunkten ligger redan där. Inget har ändrats."),
    "moved_meanwhile": N_("Någon annan hann före. Läs synpunkten igen, som den är nu."),
    "outside": N_("Platsen ligger utanför kommunen. Välj en annan. Inget har ändrats."),
    "unknown_neighbourhood": N_("Området finns inte. Välj ett annat. Inget har ändrats."),
    "not_saved": N_("Det gick inte att spara. Inget har ändrats. Försök igen om en minut."),
}
CAUSES = (
    review.TakenBackError,
    rights.NotAllowedError,
    review.UnknownCommentError,
    review.AlreadyReadError,
    review_move.MoveError,
    comment_answering.AnswerError,
    submissions.RefusedError,
)
Done = tuple[str, list[int]]


def words_key(comment_id: int) -> str:
    """Name the field of words to mask, so that an act reads it as it is at the click."""
    return f"granska.ord.{comment_id}"


def read_key(comment_id: int) -> str:
    """Name the box that says that what is left open has been read."""
    return f"granska.sett.{comment_id}"


def tick_key(comment_id: int) -> str:
    """Name the box that chooses a comment among several."""
    return f"granska.kryss.{comment_id}"


def answer_key(comment_id: int) -> str:
    """Name the field of the municipality's answer."""
    return f"granska.svar.{comment_id}"


def shortcut(letter: str) -> str | None:
    """Return a letter as a shortcut when the reader has asked for shortcuts."""
    return letter if state.get(KEYS) else None


def left_open(shown: str, words: list[str]) -> list[str]:
    """Return what may be personal data and is not masked."""
    masked = review.mask_words(shown, words)
    return [hint for hint in personal_data_hints.found_in(shown) if hint in masked]


def publish(comment_id: int, seen: review.Seen) -> None:
    """Let everyone read a comment, with the chosen words masked."""
    words = list(state.get(words_key(comment_id), []))

    def do(actor: Staff | None) -> str | Done:
        comment = review.get(actor, comment_id)
        if comment is None:
            raise review.UnknownCommentError(comment_id)
        if left_open(comment.shown, words) and not state.get(read_key(comment_id)):
            return "not_read"
        masked = review.mask_words(comment.shown, words)
        has_masks = masked != comment.shown
        row = review.publish(
            comment_id,
            actor=actor,
            at=clock.now(),
            public_text=masked if has_masks else None,
            seen=seen,
        )
        return MASKED if has_masks else PUBLISHED, [row]

    _act([comment_id], do)


def hide(comment_id: int, reason_key: str, seen: review.Seen) -> None:
    """Keep a comment from others, for the reason that is chosen at the press."""
    reason = state.get(reason_key)

    def do(actor: Staff | None) -> str | Done:
        if reason is None:
            return "reason_missing"
        row = review.hide(comment_id, actor=actor, reason=reason, at=clock.now(), seen=seen)
        return HIDDEN, [row]

    _act([comment_id], do)


def _ticked(shown: dict[int, review.Seen]) -> dict[int, review.Seen]:
    """Return those of the comments on the page that are ticked at the press."""
    return {number: seen for number, seen in shown.items() if state.get(tick_key(number))}


def publish_many(shown: dict[int, review.Seen]) -> None:
    """Let everyone read those that are ticked of several comments, as they were written."""
    seen = _ticked(shown)

    def do(actor: Staff | None) -> str | Done:
        if not seen:
            return "none_ticked"
        found = [review.get(actor, number) for number in seen]
        if any(one is not None and personal_data_hints.found(one.shown) for one in found):
            return "hints"
        return PUBLISHED, review.publish_many(seen, actor=actor, at=clock.now())

    _act(list(seen), do)


def hide_many(shown: dict[int, review.Seen], reason_key: str) -> None:
    """Keep those that are ticked from others, for the reason that is chosen at the press."""
    seen, reason = _ticked(shown), state.get(reason_key)

    def do(actor: Staff | None) -> str | Done:
        if not seen:
            return "none_ticked"
        if reason is None:
            return "reason_missing"
        return HIDDEN, review.hide_many(seen, actor=actor, reason=reason, at=clock.now())

    _act(list(seen), do)


def undo() -> None:
    """Take back the last act of this visit."""
    rows = list(state.get(ROWS, []))
    _sentence, ids = state.get(DONE, ["", []])
    if not rows:
        return

    def do(actor: Staff | None) -> Done:
        review.undo(rows, actor=actor, at=clock.now())
        return TAKEN_BACK, []

    _act(ids, do)


def answer(comment_id: int, seen: str) -> None:
    """Keep the municipality's answer as it is in its field, in place of the one that was seen."""

    def do(actor: Staff | None) -> Done:
        words = str(state.get(answer_key(comment_id), ""))
        comment_answering.add(actor, comment_id, words, at=clock.now(), seen=seen)
        return ANSWERED, []

    _act([comment_id], do, stay=True)


def move_decision(comment_id: int, decision_id: str) -> None:
    """Move a comment to another decision."""

    def do(actor: Staff | None) -> Done:
        review_move.to_decision(actor, comment_id, decision_id, at=clock.now())
        return MOVED, []

    _act([comment_id], do, stay=True)


def move_place(comment_id: int, where: dict[str, Any]) -> None:
    """Move a comment to another place."""

    def do(actor: Staff | None) -> Done:
        review_move.to_place(actor, comment_id, at=clock.now(), **where)
        return MOVED, []

    _act([comment_id], do, stay=True)


def choose_from(key: str) -> None:
    """Open the comment that is chosen in a field at the press."""
    chosen = state.get(key)
    if chosen is not None:
        choose(int(chosen))


def choose(comment_id: int) -> None:
    """Open one comment, also one that has been read before."""
    state.put(CHOSEN, comment_id)
    state.put(MANY, False)
    state.drop(DONE, FAILED, ROWS)


def skip(comment_id: int) -> None:
    """Put a comment last in this visit's order and open the next one."""
    before = [one for one in state.get(SKIPPED, []) if one != comment_id]
    state.put(SKIPPED, [*before, comment_id])
    state.put(ACTS, state.get(ACTS, 0) + 1)
    state.drop(CHOSEN, DONE, FAILED, ROWS)


def _act(ids: list[int], do: Callable[[Staff | None], str | Done], *, stay: bool = False) -> None:
    """Do an act on comments.

    `do` gives the sentence that tells of it with the rows that can be taken back, or the short
    word of a fault. With `stay` the comment stays open.
    """
    state.drop(FAILED)
    try:
        said = do(signed_in.staff())
    except CAUSES as error:
        said = error.code
    except store.StoreError:
        said = "not_saved"
    state.drop(DONE, ROWS)
    if isinstance(said, str):
        state.put(FAILED, said)
        return
    sentence, rows = said
    state.put(DONE, [sentence, ids])
    state.put(ROWS, rows)
    state.put(ACTS, state.get(ACTS, 0) + 1)
    state.drop(CHOSEN)
    if stay:
        state.put(CHOSEN, ids[0])
    for one in ids:
        state.drop(tick_key(one))


def say_waited(waited: timedelta) -> str:
    """Say how long something has waited."""
    if waited.days >= 1:
        return ngettext("{n} dag", "{n} dagar", waited.days).format(n=waited.days)
    hours = int(waited.total_seconds() // 3600)
    if hours < 1:
        return _("mindre än en timme")
    return ngettext("{n} timme", "{n} timmar", hours).format(n=hours)
