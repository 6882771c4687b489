"""Gathering: the themes with their numbers, and many comments at a time laid under one of them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data import clock, rights
from data.answers import answers, theme_assignment, theme_search, theme_suggestions, themes
from data.answers.theme_search import SortedComment, ThemeFilter
from data.enums import OTHER_THEME
from data.geodata import places
from data.models import Channel, Decision, Kind, Staff, Stance
from pages.shared import frame
from pages.shared.session import state
from pages.shared.widgets import character_count
from pages.shared.words.texts import (
    CHANNEL_WORDS,
    KIND_WORDS,
    N_,
    STANCE_WORDS,
    _,
    ngettext,
    number,
    plain,
    say_short_date,
)
from pages.teman import acts
from pages.teman.words import OTHER, theme_name

MADE = N_("Temat är skapat. Lägg synpunkter under det.")
LAID = N_("Klart. Antal synpunkter som lades under temat: {n}.")
TAKEN = N_("Klart. Antal synpunkter som togs bort från temat: {n}. De är kvar i listan.")
TARGET = f"{acts.THEME}.mal"
LOOSE, ALIKE, INSIDE, ALL = "utan", "liknar", "under", "alla"
FILTERS, PAGE_NUMBER, TICKS, ALL_TICKS = (
    "teman.urval",
    "teman.sida",
    "teman.val",
    "teman.allaval",
)
EVERY = ""


def show(actor: Staff, decision: Decision) -> None:
    """Show the themes, and the list of comments to choose from."""
    known = {theme.id: theme for theme in themes.of_decision(actor, decision.id)}
    counts = theme_assignment.counts(actor, decision.id)
    frame.heading(_("Teman"))
    _say_themes(known, counts)
    if actor.roles & rights.PLANNERS:
        _ask_new(decision, is_first=not known)
    frame.heading(_("Lägg synpunkter under teman"))
    loose = theme_search.count(actor, decision.id, ThemeFilter(is_loose=True))
    total = theme_search.count(actor, decision.id, ThemeFilter())
    if not _say_next(actor, loose, total):
        return
    target = _ask_target(known)
    shown = _ask_shown(has_loose=loose > 0)
    comments, count = _found(actor, decision, known, target, shown)
    _show_list(decision, known, target, shown, comments, count)


def _say_themes(known: dict[int, themes.Theme], counts: dict[int, theme_assignment.Count]) -> None:
    if not known and OTHER_THEME not in counts:
        st.markdown(_("Det finns inget tema än. Ett tema är synpunkter som handlar om samma sak."))
        return
    rows = [*known, OTHER_THEME]
    nothing = theme_assignment.Count(0, 0)
    lines = [counts.get(one, nothing) for one in rows]
    done = [_("klart") if one in known and not answers.lacks(known[one]) else "" for one in rows]
    wanted = [_("svar saknas") if one in known and one in counts else "" for one in rows]
    st.table(
        pd.DataFrame(
            {
                _("Personer"): [number(line.persons) for line in lines],
                _("Synpunkter"): [number(line.comments) for line in lines],
                _("Svar"): [yes or no for yes, no in zip(done, wanted, strict=True)],
            },
            index=pd.Index([plain(theme_name(known, one)) for one in rows], name=_("Tema")),
        ),
        border="horizontal",
        alt=_("Teman med antal personer och synpunkter"),
    )


def _ask_new(decision: Decision, *, is_first: bool) -> None:
    key = f"teman.nytt.{acts.count()}"
    with (
        st.expander(_("Nytt tema"), icon=":material/add:", expanded=is_first),
        st.form("teman.nytt", border=False),
    ):
        character_count.ask_line(
            _("Vad handlar synpunkterna om?"),
            themes.TITLE_MAX,
            placeholder=_("Till exempel: Träden på skolgården"),
            key=key,
        )
        st.form_submit_button(
            _("Skapa temat"),
            type="primary" if is_first else "secondary",
            on_click=_add,
            args=(decision.id, key),
        )


def _add(decision_id: str, key: str) -> None:
    title = str(state.get(key, ""))

    def do(actor: Staff | None) -> None:
        made = themes.add(actor, decision_id, title, at=clock.now())
        state.put(f"{acts.THEME}.mal", made.id)

    acts.attempt(do, MADE)


def _say_next(actor: Staff, loose: int, total: int) -> bool:
    """Say what is left to do; False when there is nothing to choose from."""
    if total == 0:
        st.markdown(_("Ingen synpunkt är publicerad än. Läs det som väntar först."))
        frame.link("granska", _("Granska synpunkter"))
        return False
    if loose:
        said = _("**{n} av {total} synpunkter** har inget tema än.")
        st.markdown(said.format(n=number(loose), total=number(total)))
        return True
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_("Alla synpunkter har ett tema eller ligger under Övrigt."), width="content")
        if actor.roles & rights.PLANNERS:
            st.button(
                _("Svara på temana"),
                key="teman.vidare",
                on_click=acts.open_part,
                args=(acts.ANSWER,),
            )
    return True


def _ask_target(known: dict[int, themes.Theme]) -> int:
    # a list shows its words as they are, unlike a label
    names = {one: theme.title for one, theme in known.items()}
    names[OTHER_THEME] = _(OTHER)
    if state.get(TARGET) not in names:
        state.put(TARGET, next(iter(names)))
    chosen = st.selectbox(_("Tema"), list(names), format_func=names.__getitem__, key=TARGET)
    return int(chosen)


def _ask_shown(*, has_loose: bool) -> str:
    names = {
        LOOSE: _("Utan tema"),
        ALIKE: _("Förslag som liknar temat"),
        INSIDE: _("Ligger under temat"),
        ALL: _("Alla"),
    }
    if acts.SHOWN not in st.session_state:
        state.put(acts.SHOWN, LOOSE if has_loose else INSIDE)
    chosen = st.radio(
        _("Visa synpunkter"),
        list(names),
        format_func=names.__getitem__,
        horizontal=True,
        key=acts.SHOWN,
        on_change=_first_page,
    )
    return str(chosen)


def _first_page() -> None:
    state.drop(PAGE_NUMBER)


def _found(
    actor: Staff, decision: Decision, known: dict[int, themes.Theme], target: int, shown: str
) -> tuple[list[SortedComment], int]:
    """Return the comments of the page that is shown, and how many there are in all."""
    if shown == ALIKE:
        return _alike(actor, decision, known.get(target))
    wanted = _ask_filters(target, shown)
    count = theme_search.count(actor, decision.id, wanted)
    page = min(int(state.get(PAGE_NUMBER, 0)), max(count - 1, 0) // theme_search.PAGE)
    # the list may have become shorter: the ways on lead from the page that is shown
    state.put(PAGE_NUMBER, page)
    found = theme_search.find(actor, decision.id, wanted, offset=page * theme_search.PAGE)
    return found, count


def _alike(
    actor: Staff, decision: Decision, theme: themes.Theme | None
) -> tuple[list[SortedComment], int]:
    if theme is None:
        st.markdown(_("Välj ett tema, så letar vi efter synpunkter som liknar det."))
        return [], 0
    st.info(
        _(
            "Datorn har jämfört orden med temats namn och synpunkter. Det är bara ett förslag: "
            "läs och välj själv. Inget flyttas av sig självt."
        )
    )
    alike = theme_suggestions.similar(actor, theme)
    found = theme_search.of_ids(actor, decision.id, [one.comment_id for one in alike])
    return found, len(found)


def _ask_filters(target: int, shown: str) -> ThemeFilter:
    areas = {place.deso: place.name for place in places.neighbourhood_list()}
    with st.container(key="urval", horizontal=True, gap="medium", vertical_alignment="bottom"):
        words = st.text_input(
            _("Sök ord i synpunkterna"), key=f"{FILTERS}.ord", on_change=_first_page
        )
        kind = _ask(_("Vad det är"), {one.value: _(w) for one, w in KIND_WORDS.items()}, "slag")
        stances = {one.value: _(w) for one, w in STANCE_WORDS.items()}
        stance = _ask(_("Vad de tycker om förslaget"), stances, "hallning")
        channels = {one.value: _(w) for one, w in CHANNEL_WORDS.items()}
        channel = _ask(_("Hur den kom in"), channels, "kanal")
        deso = _ask(_("Var det gäller"), areas, "omrade")
    return ThemeFilter(
        words=words or "",
        kind=Kind(kind) if kind else None,
        stance=Stance(stance) if stance else None,
        channel=Channel(channel) if channel else None,
        deso=deso or None,
        theme=target if shown == INSIDE else None,
        is_loose=shown == LOOSE,
    )


def _ask(label: str, words: dict[str, str], name: str) -> str:
    every = {EVERY: _("Alla"), **words}
    chosen = st.selectbox(
        label,
        list(every),
        format_func=every.__getitem__,
        key=f"{FILTERS}.{name}",
        filter_mode=None,
        on_change=_first_page,
    )
    return str(chosen or EVERY)


def _show_list(
    decision: Decision,
    known: dict[int, themes.Theme],
    target: int,
    shown: str,
    comments: list[SortedComment],
    count: int,
) -> None:
    if not comments:
        if shown != ALIKE or target in known:
            st.markdown(_("Ingen synpunkt stämmer med det du har valt."))
        return
    st.markdown(
        ngettext("{n} synpunkt.", "{n} synpunkter, de äldsta först.", count).format(n=number(count))
        if shown != ALIKE
        else ngettext("{n} förslag.", "{n} förslag, mest lika först.", count).format(n=count)
    )
    keys = {one.id: f"{TICKS}.{acts.count()}.{one.id}" for one in comments}
    if shown != ALIKE:
        # suggestions are to be read one by one
        every = f"{ALL_TICKS}.{acts.count()}"
        boxes = list(keys.values())
        st.checkbox(_("Markera alla på sidan"), key=every, on_change=_tick_all, args=(every, boxes))
    name = plain(theme_name(known, target))
    is_out = shown == INSIDE
    label = _("Ta bort från {name}") if is_out else _("Lägg under {name}")
    with st.form("teman.lista", border=True):
        with st.container(key="teman-rader", gap="xsmall"):
            for comment in comments:
                st.checkbox(plain(" ".join(comment.text.split())), key=keys[comment.id])
                st.caption(_facts(comment, known, is_suggested=shown == ALIKE))
        with st.container(key="teman-lagg"):
            st.form_submit_button(
                label.format(name=name),
                type="primary" if known else "secondary",
                on_click=_move,
                args=(decision.id, keys),
            )
    _show_pages(count)


def _tick_all(key: str, boxes: list[str]) -> None:
    for box in boxes:
        state.put(box, bool(state.get(key)))


def _facts(comment: SortedComment, known: dict[int, themes.Theme], *, is_suggested: bool) -> str:
    told = [_(KIND_WORDS[comment.kind])]
    told += [_(STANCE_WORDS[comment.stance])] if comment.stance is not Stance.NONE else []
    told += [_(CHANNEL_WORDS[comment.channel])]
    told += [comment.place] if comment.place else []
    told.append(say_short_date(comment.received_on))
    under = _("ligger under {name}")
    told += [under.format(name=theme_name(known, one)) for one in comment.themes]
    suggested = _("Förslag")
    mark = f":yellow-badge[{plain(suggested)}] " if is_suggested else ""
    return mark + plain(" · ".join(told))


def _move(decision_id: str, keys: dict[int, str]) -> None:
    """Do what is chosen at the press with the comments of the list that are ticked then."""
    target, is_out = int(state.get(TARGET)), state.get(acts.SHOWN) == INSIDE
    chosen = [one for one, key in keys.items() if state.get(key)]
    act = theme_assignment.take_out if is_out else theme_assignment.gather

    def do(actor: Staff | None) -> int:
        return act(actor, decision_id, target, chosen, at=clock.now())

    acts.attempt(do, TAKEN if is_out else LAID)


def _show_pages(count: int) -> None:
    last = (count - 1) // theme_search.PAGE
    if not last:
        return
    now = min(int(state.get(PAGE_NUMBER, 0)), last)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(_("Förra sidan"), disabled=now == 0, key="teman.fore", on_click=_turn, args=(-1,))
        words = _("Sida {n} av {total}").format(n=now + 1, total=last + 1)
        st.markdown(words, width="content")
        st.button(
            _("Nästa sida"),
            disabled=now == last,
            key="teman.efter",
            on_click=_turn,
            args=(1,),
        )


def _turn(step: int) -> None:
    state.put(PAGE_NUMBER, max(0, int(state.get(PAGE_NUMBER, 0)) + step))
