"""The list of published comments with its filters, the same on every page that shows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from data.comments import phase_counts, published, published_answers, results
from data.comments.published import EVERYTHING, CommentFilter
from data.geodata import places
from data.models import Channel, Decision, Kind, PublicComment, Stance
from pages.shared.session import state
from pages.shared.words.texts import (
    CHANNEL_WORDS,
    KIND_WORDS,
    STANCE_WORDS,
    _,
    ngettext,
    plain,
    say_short_date,
)

PAGE = 8
ALL = ""


# each filter as it stands in the address of a page
NAMES = {"kind": "slag", "stance": "tycker", "deso": "plats"}
MORE_NAMES = {"since": "fran", "until": "till", "theme": "tema", "channel": "kanal"}


def as_words(wanted: CommentFilter) -> dict[str, str | None]:
    """Return what is wanted as words for an address, None for everything."""
    return {
        "kind": wanted.kind.value if wanted.kind else None,
        "stance": wanted.stance.value if wanted.stance else None,
        "deso": wanted.deso,
        "since": wanted.since.isoformat() if wanted.since else None,
        "until": wanted.until.isoformat() if wanted.until else None,
        "theme": None if wanted.theme is None else str(wanted.theme),
        "channel": wanted.channel.value if wanted.channel else None,
    }


def chosen_filters(key: str) -> CommentFilter:
    """Return what was chosen before the filters are drawn, for a map that stands above them."""
    kind, stance = state.get(f"{key}.kind"), state.get(f"{key}.stance")
    theme, channel = state.get(f"{key}.theme"), state.get(f"{key}.channel")
    return CommentFilter(
        kind=Kind(kind) if kind else None,
        stance=Stance(stance) if stance else None,
        deso=state.get(f"{key}.deso") or None,
        since=state.get(f"{key}.since"),
        until=state.get(f"{key}.until"),
        theme=int(theme) if theme else None,
        channel=Channel(channel) if channel else None,
    )


def ask_filters(key: str, *, with_place: bool = True) -> CommentFilter:
    """Draw three filters and give what was chosen; without the place where areas are compared."""
    kinds = {ALL: _("Alla"), **{kind.value: _(word) for kind, word in KIND_WORDS.items()}}
    stances = {ALL: _("Alla"), **{one.value: _(word) for one, word in STANCE_WORDS.items()}}
    areas = {ALL: _("Hela kommunen"), **_neighbourhoods()}
    with st.container(key="urval", horizontal=True, gap="medium"):
        _ask(_("Vad det är"), kinds, f"{key}.kind")
        _ask(_("Vad de tycker om förslaget"), stances, f"{key}.stance")
        if with_place:
            _ask(_("Var det gäller"), areas, f"{key}.deso")
    return chosen_filters(key)


def ask_all_filters(decision: Decision, key: str, *, with_place: bool = True) -> CommentFilter:
    """Draw every filter, folded away, and keep what was chosen in the address.

    So a link shows the same, and what was chosen on one layer of the result holds on the next.
    """
    _take_from_address(decision, key)
    has_choice = chosen_filters(key) != EVERYTHING
    folded = st.container(key="valj-ut")
    with folded.expander(_("Välj ut synpunkter"), expanded=has_choice):
        ask_filters(key, with_place=with_place)
        _ask_more(decision, key)
    wanted = chosen_filters(key)
    words = {said: as_words(wanted)[name] for name, said in (NAMES | MORE_NAMES).items()}
    if with_place:
        state.ask(**words)
        return wanted
    # the place stays in the address, for the layers that ask for it
    words.pop(NAMES["deso"])
    state.ask(**words)
    return replace(wanted, deso=None)


def _ask_more(decision: Decision, key: str) -> None:
    answer = published_answers.published(decision.id)
    with st.container(key="urval-mer", horizontal=True, gap="medium"):
        for name, label in (("since", _("Från och med")), ("until", _("Till och med"))):
            st.date_input(
                label,
                value=None,
                min_value=phase_counts.first_day(decision),
                max_value=decision.closes,
                key=f"{key}.{name}",
                format="YYYY-MM-DD",
            )
        if answer is not None:
            themes = {ALL: _("Alla"), **{str(one.id): one.title for one in answer.themes}}
            _ask(_("Tema i svaret"), themes, f"{key}.theme")
        channels = results.totals(decision.id).told_apart
        if channels:
            ways = {one.value: _(CHANNEL_WORDS[one]) for one in channels}
            _ask(_("Hur de kom in"), {ALL: _("Alla"), **ways}, f"{key}.channel")
        else:
            state.put(f"{key}.channel", ALL)


def _take_from_address(decision: Decision, key: str) -> None:
    """Begin with what the address asks for; a word that nobody knows asks for nothing.

    A filter that is drawn already has its choice; one that was not drawn last time has none.
    """
    answer = published_answers.published(decision.id)
    known = {
        "kind": {one.value for one in Kind},
        "stance": {one.value for one in Stance},
        "deso": set(_neighbourhoods()),
        "theme": {str(one.id) for one in answer.themes} if answer else set(),
        "channel": {one.value for one in results.totals(decision.id).told_apart},
    }
    for name, said in (NAMES | MORE_NAMES).items():
        asked, place = state.asked(said), f"{key}.{name}"
        if not asked or state.has(place):
            continue
        if name in known and asked in known[name]:
            state.put(place, asked)
        day = _day(asked) if name in {"since", "until"} else None
        if day is not None and phase_counts.first_day(decision) <= day <= decision.closes:
            state.put(place, day)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _ask(label: str, words: dict[str, str], key: str) -> None:
    st.selectbox(label, list(words), format_func=words.__getitem__, key=key, filter_mode=None)


def _neighbourhoods() -> dict[str, str]:
    return {place.deso: place.name for place in places.neighbourhood_list()}


def show_list(decision: Decision, wanted: CommentFilter, *, key: str) -> None:
    """Show the comments that the filters let through, the newest first, a few at a time."""
    count = published.count_published(decision.id, wanted)
    if count == 0:
        st.markdown(_nothing(wanted))
        return
    pages = int(state.get(f"{key}.pages", 1))
    found = published.published(decision.id, wanted, limit=PAGE * pages)
    st.markdown(_say_count(len(found), count))
    show_all(found)
    if count > len(found) and st.button(_("Visa fler synpunkter"), key=f"{key}.more"):
        state.put(f"{key}.pages", pages + 1)
        st.rerun()


def _say_count(shown: int, count: int) -> str:
    if shown < count:
        return _("Visar {shown} av {n} synpunkter, de senaste först.").format(shown=shown, n=count)
    return ngettext("Visar {n} synpunkt.", "Visar {n} synpunkter, de senaste först.", count).format(
        n=count
    )


def _nothing(wanted: CommentFilter) -> str:
    if wanted == EVERYTHING:
        return _("Ingen har skrivit här ännu. Bli den första.")
    return _("Ingen synpunkt stämmer med det du har valt. Ändra valet ovanför listan.")


def show_all(found: list[PublicComment]) -> None:
    """Show comments under each other: the person's own words as plain text, then what they are.

    The lines between them are drawn by the style sheet, since each box would cost a message.
    """
    with st.container(key=f"sagt-{found[0].id}" if found else None, gap="xsmall"):
        for comment in found:
            st.text(comment.text)
            st.caption(plain(" · ".join(_facts(comment))))
            if comment.answer:
                show_answer(comment.answer, comment.answered_on)


def show_answer(words: str, on: date | None) -> None:
    """Show what the municipality answers, set off from what the person said."""
    day = f" · {say_short_date(on)}" if on else ""
    with st.container(border=True, gap="xsmall"):
        # no caption: the style sheet draws a line under those
        st.markdown("**" + _("Svar från kommunen") + "**" + plain(day))
        st.text(words)


def _facts(comment: PublicComment) -> list[str]:
    """Say what a comment is, where it belongs, and when it came."""
    told = [_(KIND_WORDS[comment.kind])]
    if comment.stance is not Stance.NONE:
        told.append(_(STANCE_WORDS[comment.stance]))
    told += [comment.place] if comment.place else []
    told.append(say_short_date(comment.received_on))
    return [*told, _("Exempel")] if comment.example else told
