"""What waits: how much and how long, filtered, ten at a time."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from data import clock
from data.decisions import decisions
from data.models import Staff, StaffComment
from data.review import personal_data_hints, waiting
from pages.granska import acts
from pages.shared.session import state
from pages.shared.words.texts import _, language, ngettext, number, plain

PAGE = 10
DECISION, HINTED, AT = "granska.beslut", "granska.tips", "granska.fran"
# the decision that a link led to, taken up once
ASKED = "granska.bett"
ALL = ""


@dataclass(frozen=True)
class Shown:
    """One page of the queue, and what it is a page of."""

    comments: list[StaffComment]
    queue: waiting.Queue
    at: int
    filters: waiting.Filters


def take_up_link() -> None:
    """Show what waits on the decision that a link led to; afterwards the choice is the reader's."""
    asked = state.asked("id")
    if asked == state.get(ASKED, ""):
        return
    state.put(ASKED, asked)
    if decisions.get(asked) is not None:
        state.put(DECISION, asked)
        state.drop(AT)


def load(actor: Staff) -> Shown:
    """Read the page that is shown; those that were put off in this visit come last."""
    filters = waiting.Filters(state.get(DECISION) or None, bool(state.get(HINTED)))
    queue = waiting.queue(actor, filters)
    at = min(int(state.get(AT, 0)), max(0, (queue.count - 1) // PAGE * PAGE))
    # the queue may have become shorter: the ways on lead from the page that is shown
    state.put(AT, at)
    put_off = state.get(acts.SKIPPED, [])
    found = waiting.page(actor, filters, limit=PAGE, offset=at, last=put_off)
    if at == 0 and len(put_off) > 1 and found and found[0].id in put_off:
        # all have been put off: begin again, with the one of just now last
        put_off = put_off[-1:]
        state.put(acts.SKIPPED, put_off)
        found = waiting.page(actor, filters, limit=PAGE, offset=at, last=put_off)
    return Shown(found, queue, at, filters)


def say_count(shown: Shown) -> None:
    """Say how much waits, and for how long the oldest has."""
    oldest = shown.queue.oldest
    if oldest is None:
        if shown.filters != waiting.Filters():
            st.markdown(_("Ingen synpunkt stämmer med det du har valt."))
        return
    said = ngettext(
        "{n} synpunkt väntar. Den har väntat {time}.",
        "{n} synpunkter väntar. Den äldsta har väntat {time}.",
        shown.queue.count,
    ).format(n=number(shown.queue.count), time=acts.say_waited(clock.now() - oldest))
    st.markdown(f"**{said}**")


def ask_filters(actor: Staff, shown: Shown) -> None:
    """Ask which decision, and whether only what may hold personal data is shown."""
    counts = waiting.by_decision(actor)
    chosen = shown.filters.decision_id
    if not counts and chosen is None:
        return
    words = {ALL: _("Alla förslag")}
    words |= {one: f"{title_of(one)} ({number(n)})" for one, n in counts.items()}
    if chosen:
        words.setdefault(chosen, f"{title_of(chosen)} (0)")
    with st.container(key="urval", horizontal=True, gap="medium", vertical_alignment="bottom"):
        st.selectbox(
            _("Förslag"),
            list(words),
            format_func=words.__getitem__,
            key=DECISION,
            on_change=_begin_again,
            filter_mode=None,
        )
        st.checkbox(_("Bara de som kan ha personuppgifter"), key=HINTED, on_change=_begin_again)


def _begin_again() -> None:
    state.drop(AT, acts.CHOSEN, acts.FAILED)


def show(shown: Shown, chosen: StaffComment | None) -> None:
    """Show the page of the queue as a list to choose from."""
    if not shown.comments:
        return
    by_id = {one.id: one for one in shown.comments}
    number_of = chosen.id if chosen is not None else None
    # a new key after each act, since the list is then another one
    key = f"granska.ko.{state.get(acts.ACTS, 0)}.{shown.at}.{number_of}"
    st.radio(
        _("Väntar på att läsas, äldst först"),
        list(by_id),
        index=list(by_id).index(number_of) if number_of in by_id else None,
        format_func=lambda one: label(by_id[one]),
        key=key,
        on_change=_choose,
        args=(key,),
    )
    show_pages(shown)


def show_pages(shown: Shown) -> None:
    """Show which part of the queue this is, with the ways to the parts before and after."""
    count = shown.queue.count
    if count <= PAGE:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            _("Föregående"),
            disabled=shown.at == 0,
            key="granska.fore",
            on_click=_turn,
            args=(-PAGE,),
        )
        st.button(
            _("Nästa"),
            disabled=shown.at + PAGE >= count,
            key="granska.nasta",
            on_click=_turn,
            args=(PAGE,),
        )
        last = min(shown.at + PAGE, count)
        st.caption(
            _("{first}–{last} av {n}").format(
                first=number(shown.at + 1), last=number(last), n=number(count)
            ),
            width="content",
        )


def _turn(step: int) -> None:
    state.put(AT, max(0, int(state.get(AT, 0)) + step))
    state.drop(acts.CHOSEN)


def _choose(key: str) -> None:
    acts.choose(int(state.get(key)))


def label(comment: StaffComment) -> str:
    """Say which comment it is, what it is about and how long it has waited."""
    waited = acts.say_waited(clock.now() - comment.received_at)
    parts = [str(comment.id), plain(title_of(comment.decision_id)), waited]
    if personal_data_hints.found(comment.shown):
        parts.append(_("kan ha personuppgifter"))
    return " · ".join(parts)


def title_of(decision_id: str) -> str:
    """Return the title of a decision in the reader's language."""
    decision = decisions.get(decision_id)
    return decision.text(language()).title if decision else decision_id
