"""One comment: what it is, what was written, the words to mask, and what can be done."""

from __future__ import annotations

import streamlit as st

from data import clock
from data.decisions import decisions
from data.mail import notices
from data.models import HideReason, ReviewState, StaffComment
from data.review import personal_data_hints, review
from data.written import as_sent, isolated, with_marks
from pages.granska import acts, answer, move, notes, queue
from pages.shared import frame
from pages.shared.session import state
from pages.shared.words.texts import (
    CHANNEL_WORDS,
    HIDE_WORDS,
    KIND_WORDS,
    N_,
    STANCE_WORDS,
    STATE_WORDS,
    _,
    and_list,
    plain,
    say_short_date,
)

HINT_WORDS = {
    personal_data_hints.HintKind.PERSONAL_NUMBER: N_("personnummer"),
    personal_data_hints.HintKind.LIKE_PERSONAL_NUMBER: N_("något som liknar ett personnummer"),
    personal_data_hints.HintKind.EMAIL: N_("e-postadress"),
    personal_data_hints.HintKind.WEB: N_("webbadress"),
    personal_data_hints.HintKind.PHONE: N_("telefonnummer"),
    personal_data_hints.HintKind.ADDRESS: N_("gatuadress"),
    personal_data_hints.HintKind.CAR: N_("registreringsnummer på bil"),
    personal_data_hints.HintKind.NAME: N_("namn"),
}


def show(comment: StaffComment) -> None:
    """Show a comment with everything that can be done to it."""
    with st.container(border=True):
        frame.heading(_("Synpunkt {id}").format(id=comment.id))
        decision = decisions.get(comment.decision_id)
        if decision is not None:
            frame.link("forslag", queue.title_of(decision.id), id=decision.id)
        st.caption(" · ".join(_facts(comment)))
        if comment.place:
            # may be the sender's own words
            st.text(_("Plats: {place}").format(place=_place(comment)))
        if comment.state is not ReviewState.WAITING:
            st.info(_say_state(comment))
        frame.heading(_("Det som skrevs"), level=3)
        written = with_marks(comment.original)
        st.text(written)
        if written != as_sent(comment.original):
            st.caption(_("⟦ ⟧ står för tecken som inte syns. De följer inte med till andra."))
        _show_choices(comment)
        _show_hide(comment)
        notes.of_comment(comment)
        answer.show(comment)
        move.show(comment)


def _place(comment: StaffComment) -> str:
    if comment.area and comment.area != comment.place:
        return f"{isolated(comment.place)} ({comment.area})"
    return isolated(comment.place)


def _facts(comment: StaffComment) -> list[str]:
    facts = [
        _(KIND_WORDS[comment.kind]),
        _(STANCE_WORDS[comment.stance]),
        _(CHANNEL_WORDS[comment.channel]),
        say_short_date(clock.day_of(comment.received_at)),
    ]
    return [*facts, _("Exempel")] if comment.example else facts


def _say_state(comment: StaffComment) -> str:
    said = _("Den här är redan läst: {state}.").format(state=_(STATE_WORDS[comment.state]).lower())
    if comment.hide_reason is not None:
        said += " " + _("Skäl: {reason}.").format(reason=_(HIDE_WORDS[comment.hide_reason]))
    return said + " " + _("Du kan ändra det.")


def say_hints(text: str) -> str:
    """Say which sorts of personal data a text may hold."""
    kinds = list(dict.fromkeys(hint.kind for hint in personal_data_hints.found(text)))
    return _("Kan vara personuppgifter: {sorts}.").format(
        sorts=and_list([_(HINT_WORDS[kind]) for kind in kinds])
    )


def _ask_words(comment: StaffComment) -> list[str]:
    maybe = personal_data_hints.found_in(comment.shown)
    before = review.masked_parts(comment.shown, comment.public_text)
    proposed = list(dict.fromkeys([*before, *maybe]))
    words = st.multiselect(
        _("Ord som ska döljas"),
        list(dict.fromkeys([*proposed, *personal_data_hints.words_of(comment.shown)])),
        default=proposed,
        accept_new_options=True,
        placeholder=_("Välj ord i texten, eller skriv flera ord i följd"),
        key=acts.words_key(comment.id),
    )
    if maybe:
        st.caption(
            plain(say_hints(comment.shown))
            + " "
            + _("Vi föreslår att de döljs. Ska ett ord synas för andra tar du bort det ur rutan.")
        )
    return words


def _show_choices(comment: StaffComment) -> None:
    words = _ask_words(comment)
    masked = review.mask_words(comment.shown, words)
    has_masks = masked != comment.shown
    if has_masks:
        frame.heading(_("Så här läser andra den"), level=3)
        st.text(masked)
    may_publish = not acts.left_open(comment.shown, words) or st.checkbox(
        _("Jag har läst texten. Det som syns är inte personuppgifter."),
        key=acts.read_key(comment.id),
    )
    with st.container(horizontal=True):
        st.button(
            _("Publicera med dolda ord") if has_masks else _("Publicera"),
            type="primary",
            disabled=not may_publish,
            key=f"granska.publicera.{comment.id}",
            on_click=acts.publish,
            args=(comment.id, (comment.state, comment.public_text)),
            shortcut=acts.shortcut("P"),
        )
        if comment.state is ReviewState.WAITING:
            st.button(
                _("Vänta med den"),
                key=f"granska.hoppa.{comment.id}",
                on_click=acts.skip,
                args=(comment.id,),
                shortcut=acts.shortcut("V"),
            )


def ask_reason(label: str, key: str) -> HideReason | None:
    """Ask for one of the municipality's reasons to hide."""
    return st.radio(
        label,
        list(review.REASONS),
        index=None,
        format_func=lambda one: _(HIDE_WORDS[one]),
        key=key,
    )


def _show_hide(comment: StaffComment) -> None:
    with st.expander(_("Dölj synpunkten")):
        st.markdown(
            _(
                "Ingen annan ser en dold synpunkt, och den räknas inte i resultatet. Den sparas, "
                "är en allmän handling och kan publiceras senare. Den som skrev ser skälet på sitt "
                "kvitto, och efter {n} minuter i ett mejl om någon har bett om det. Dölj aldrig "
                "för att du inte håller med."
            ).format(n=notices.GRACE.seconds // 60)
        )
        key = f"granska.skal.{comment.id}"
        reason = ask_reason(_("Skäl: synpunkten …"), key)
        st.button(
            _("Dölj"),
            disabled=reason is None,
            key=f"granska.dolj.{comment.id}",
            on_click=acts.hide,
            args=(comment.id, key, (comment.state, comment.public_text)),
            # without a reason there is nothing to press
            shortcut=acts.shortcut("D") if state.get(key) else None,
        )
