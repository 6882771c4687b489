"""Reading before publishing, for signed-in officials: the oldest first, one at a time."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data import clock, decisions, review, rights
from data.models import HideReason, ReviewState, Staff, StaffComment
from pages.granska import acts, hints, mail, reach
from pages.shared import for_staff, frame, state
from pages.shared.texts import (
    CHANNEL_WORDS,
    HIDE_WORDS,
    KIND_WORDS,
    STANCE_WORDS,
    STATE_WORDS,
    _,
    language,
    ngettext,
    number,
    plain,
    say_short_date,
)

QUEUE = 10
LOGGED = 10


def main() -> None:
    """Draw the page, or say how to sign in."""
    frame.title(_("Granska synpunkter"))
    _say_fault()
    actor = for_staff.enter(rights.check_reviewer)
    if actor is None:
        return
    reach.show(actor)
    _say_done()
    queue = _queue(actor)
    _say_count(actor, queue)
    comment = _chosen(actor, queue)
    # the comment stands first, also on a phone and for those who hear the page
    left, right = st.columns([3, 2], gap="large")
    with left:
        if comment is None:
            st.markdown(_("Allt är läst. Nya synpunkter kommer hit."))
        else:
            _show_comment(comment)
    with right:
        _show_queue(queue, comment)
    _show_log(actor)
    mail.show(actor)


def _say_fault() -> None:
    code = state.get(acts.FAILED)
    if code:
        st.error(_(acts.FAULTS.get(code, acts.FAULTS["not_saved"])))


def _say_done() -> None:
    done = state.get(acts.DONE)
    if not done:
        return
    sentence, comment_id = done
    with st.container(horizontal=True, vertical_alignment="center"):
        st.success(_(sentence).format(id=comment_id), icon=":material/check:")
        st.button(
            _("Ändra det"),
            key="granska.angra",
            on_click=acts.choose,
            args=(comment_id,),
        )


def _queue(actor: Staff) -> list[StaffComment]:
    """Give the oldest that wait; those that were skipped in this visit come last."""
    skipped = state.get(acts.SKIPPED, [])
    waiting = review.waiting(actor, limit=QUEUE + len(skipped))
    return sorted(waiting, key=lambda one: skipped.index(one.id) + 1 if one.id in skipped else 0)


def _say_count(actor: Staff, queue: list[StaffComment]) -> None:
    count = review.count_waiting(actor)
    if not count:
        return
    oldest = min(comment.received_at for comment in queue)
    st.markdown(
        "**"
        + ngettext(
            "{n} synpunkt väntar. Den har väntat {time}.",
            "{n} synpunkter väntar. Den äldsta har väntat {time}.",
            count,
        ).format(n=number(count), time=acts.say_waited(clock.now() - oldest))
        + "**"
    )


def _chosen(actor: Staff, queue: list[StaffComment]) -> StaffComment | None:
    wanted = state.get(acts.CHOSEN)
    if wanted is not None:
        found = review.get(actor, wanted)
        if found is not None:
            return found
    return queue[0] if queue else None


def _show_queue(queue: list[StaffComment], comment: StaffComment | None) -> None:
    if not queue:
        return
    by_id = {one.id: one for one in queue[:QUEUE]}
    chosen = comment.id if comment is not None else None
    # a new key after each act, since the list is then another one
    key = f"granska.ko.{state.get(acts.ACTS, 0)}.{chosen}"
    st.radio(
        _("Väntar på att läsas, äldst först"),
        list(by_id),
        index=list(by_id).index(chosen) if chosen in by_id else None,
        format_func=lambda one: _label(by_id[one]),
        key=key,
        on_change=_choose_in_queue,
        args=(key,),
    )


def _choose_in_queue(key: str) -> None:
    acts.choose(int(state.get(key)))


def _label(comment: StaffComment) -> str:
    waited = acts.say_waited(clock.now() - comment.received_at)
    return f"{comment.id} · {plain(_title(comment))} · {waited}"


def _title(comment: StaffComment) -> str:
    decision = decisions.get(comment.decision_id)
    return decision.text(language()).title if decision else comment.decision_id


def _show_comment(comment: StaffComment) -> None:
    with st.container(border=True):
        frame.heading(_("Synpunkt {id}").format(id=comment.id))
        decision = decisions.get(comment.decision_id)
        if decision is not None:
            frame.link("forslag", _title(comment), id=decision.id)
        facts = [
            _(KIND_WORDS[comment.kind]),
            _(STANCE_WORDS[comment.stance]),
            _(CHANNEL_WORDS[comment.channel]),
            say_short_date(clock.day_of(comment.received_at)),
        ]
        if comment.example:
            facts.append(_("Exempel"))
        st.caption(" · ".join(facts))
        if comment.place:
            # may be the sender's own words
            st.text(_("Plats: {place}").format(place=comment.place))
        if comment.state is not ReviewState.WAITING:
            st.info(_say_state(comment))
        frame.heading(_("Det som skrevs"), level=3)
        st.text(comment.original)
        _show_choices(comment)


def _say_state(comment: StaffComment) -> str:
    said = _("Den här är redan läst: {state}.").format(state=_(STATE_WORDS[comment.state]).lower())
    if comment.hide_reason is not None:
        said += " " + _("Skäl: {reason}.").format(reason=_(HIDE_WORDS[comment.hide_reason]))
    return said + " " + _("Du kan ändra det.")


def _show_choices(comment: StaffComment) -> None:
    maybe = hints.found_in(comment.original)
    before = review.masked_parts(comment.original, comment.public_text)
    proposed = list(dict.fromkeys([*before, *maybe]))
    words = st.multiselect(
        _("Ord som ska döljas"),
        list(dict.fromkeys([*proposed, *hints.words_of(comment.original)])),
        default=proposed,
        accept_new_options=True,
        placeholder=_("Välj ord i texten, eller skriv flera ord i följd"),
        key=acts.words_key(comment.id),
    )
    masked = review.mask_words(comment.original, words)
    has_masks = masked != comment.original
    if maybe:
        st.caption(
            _(
                "De här orden kan vara personuppgifter, så vi föreslår att de döljs. Ska ett ord "
                "synas för andra tar du bort det ur rutan."
            )
        )
    if has_masks:
        frame.heading(_("Så här läser andra den"), level=3)
        st.text(masked)
    may_publish = not acts.left_open(comment.original, words) or st.checkbox(
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
        )
        if comment.state is ReviewState.WAITING:
            st.button(
                _("Vänta med den"),
                key=f"granska.hoppa.{comment.id}",
                on_click=acts.skip,
                args=(comment.id,),
            )
    _show_hide(comment)


def _show_hide(comment: StaffComment) -> None:
    with st.expander(_("Dölj synpunkten")):
        st.markdown(
            _(
                "Ingen annan ser en dold synpunkt, och den räknas inte i resultatet. Den sparas, "
                "är en allmän handling och kan publiceras senare. Den som skrev ser skälet på sitt "
                "kvitto. Dölj aldrig för att du inte håller med."
            )
        )
        reason = st.radio(
            _("Skäl: synpunkten …"),
            list(HideReason),
            index=None,
            format_func=lambda one: _(HIDE_WORDS[one]),
            key=f"granska.skal.{comment.id}",
        )
        st.button(
            _("Dölj"),
            disabled=reason is None,
            key=f"granska.dolj.{comment.id}",
            on_click=acts.hide,
            args=(comment.id, reason, (comment.state, comment.public_text)),
        )


def _show_log(actor: Staff) -> None:
    rows = review.latest_acts(actor, limit=LOGGED)
    if not rows:
        return
    frame.heading(_("Senast gjort"))
    local = [row.at.astimezone(clock.STOCKHOLM) for row in rows]
    st.table(
        pd.DataFrame(
            {
                _("När"): [f"{say_short_date(at.date())} {at:%H:%M}" for at in local],
                _("Vem"): [plain(row.actor) for row in rows],
                _("Vad"): [_(acts.ACT_WORDS.get(row.act, row.act)) for row in rows],
                _("Skäl"): [_(HIDE_WORDS[HideReason(r.reason)]) if r.reason else "" for r in rows],
            },
            index=pd.Index([str(row.comment_id) for row in rows], name=_("Synpunkt")),
        ),
        border="horizontal",
        alt=_("De senaste besluten om synpunkter"),
    )
    ids = list(dict.fromkeys(row.comment_id for row in rows))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        again = st.selectbox(
            _("Öppna en läst synpunkt igen"), ids, index=0, key="granska.igen", width=240
        )
        st.button(_("Öppna"), key="granska.oppna", on_click=acts.choose, args=(again,))


main()
