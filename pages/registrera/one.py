"""One row at a time: what stays the same stands first, the words last, so that one key saves."""

from __future__ import annotations

import secrets

import streamlit as st

from data import clock
from data.enums import AgeBand, Kind, Relation, Stance
from data.models import PLACE_WORDS_MAX, Decision, Receipt, Staff
from data.review import registering, vocabulary
from data.review.registering import CHANNELS, PERSONS_MAX, Entry
from pages.registrera import acts
from pages.shared.session import state
from pages.shared.widgets import character_count, place_choice
from pages.shared.widgets.place_choice import NOWHERE, Where
from pages.shared.words.place_words import homes
from pages.shared.words.texts import _, word

KEY, COUNT = "registrera.nyckel", "registrera.antal"
NAME = "registrera.rad"
# what is not the code of an area but its name
IN_WORDS = "ord:"


def show(decision: Decision) -> None:
    """Show where, who and what, and keep the row when it is saved."""
    count = int(state.get(COUNT, 0))
    place = f"{NAME}.plats.{decision.id}.{count}"
    _ask_where(decision, place)
    with st.form(NAME, border=True):
        _ask_how(decision)
        _ask_what()
        with st.expander(_("Om den som lämnade synpunkten, om du vet")):
            _ask_who()
        # no limit on the field: it would drop a long text without a word
        st.text_area(
            _("Vad personen sade eller skrev"),
            height=140,
            key=f"{NAME}.text",
        )
        st.caption(_("Skriv så ordagrant du kan. Ctrl och Enter sparar raden."))
        st.form_submit_button(
            _("Spara raden"), type="primary", on_click=_save, args=(decision, place)
        )
    acts.tell()


def _ask_where(decision: Decision, prefix: str) -> None:
    with st.expander(_("Plats, om den gäller någon särskild"), expanded=True):
        place_choice.ask(decision, prefix)
        character_count.ask_line(
            _("Platsen med egna ord, om det behövs"),
            PLACE_WORDS_MAX,
            placeholder=_("Till exempel: vid gungorna bakom skolan"),
            key=f"{NAME}.ord",
        )


def _ask_how(decision: Decision) -> None:
    today = clock.today()
    channel, day, persons = st.columns(3)
    channel.selectbox(
        _("Hur den kom in"), CHANNELS, format_func=word, key=f"{NAME}.kanal", filter_mode=None
    )
    day.date_input(
        _("Dagen den kom in"),
        value=min(today, decision.closes),
        key=f"{NAME}.dag.{decision.id}",
        format="YYYY-MM-DD",
    )
    persons.number_input(
        _("Antal personer"), min_value=1, max_value=PERSONS_MAX, step=1, key=f"{NAME}.personer"
    )


def _ask_what() -> None:
    st.radio(
        _("Vad är det?"),
        list(Kind),
        index=list(Kind).index(Kind.IDEA),
        format_func=word,
        horizontal=True,
        key=f"{NAME}.slag",
    )
    st.radio(
        _("Vad tycker personen om förslaget?"),
        list(Stance),
        index=list(Stance).index(Stance.NONE),
        format_func=word,
        horizontal=True,
        key=f"{NAME}.stallning",
    )


def _ask_who() -> None:
    # as people say it; where they live in several statistics areas it is kept in words
    wide = {f"{IN_WORDS}{name}": name for name in vocabulary.wide_homes()}
    named = homes() | {
        code: _("{name} (sparas i ord)").format(name=name) for code, name in wide.items()
    }
    unknown = _("Vet inte")
    st.selectbox(
        _("Bostadsområde"),
        [None, *named],
        format_func=lambda code: named[code] if code else unknown,
        key=f"{NAME}.hem",
    )
    st.selectbox(
        _("Ålder"),
        [None, *AgeBand],
        format_func=lambda one: word(one) if one else unknown,
        key=f"{NAME}.alder",
        filter_mode=None,
    )
    st.selectbox(
        _("Koppling till platsen"),
        [None, *Relation],
        format_func=lambda one: word(one) if one else unknown,
        key=f"{NAME}.koppling",
        filter_mode=None,
    )


def _filled(decision: Decision, where: Where) -> Entry:
    home, age, relation = (state.get(f"{NAME}.{name}") for name in ("hem", "alder", "koppling"))
    in_words = str(home).removeprefix(IN_WORDS) if str(home).startswith(IN_WORDS) else None
    return Entry(
        text=str(state.get(f"{NAME}.text") or ""),
        channel=state.get(f"{NAME}.kanal"),
        received_on=state.get(f"{NAME}.dag.{decision.id}") or clock.today(),
        kind=Kind(state.get(f"{NAME}.slag")),
        stance=Stance(state.get(f"{NAME}.stallning")),
        persons=int(state.get(f"{NAME}.personer") or 1),
        place_how=where.how,
        lon=where.lon,
        lat=where.lat,
        deso=where.deso,
        place_words=str(state.get(f"{NAME}.ord") or ""),
        home=None if in_words else home,
        told=(("home", in_words),) if in_words else (),
        age_band=AgeBand(age) if age else None,
        relation=Relation(relation) if relation else None,
    )


def _save(decision: Decision, place: str) -> None:
    """Keep the row as its fields are at the press, also the place outside the form."""
    if place_choice.is_unseen(place):
        acts.refuse("place_unseen")
        return
    where = place_choice.chosen(place) or NOWHERE
    if state.get(KEY) is None:
        state.put(KEY, secrets.token_urlsafe(12))
    key = str(state.get(KEY))

    def enter(actor: Staff | None) -> Receipt:
        entry = _filled(decision, where)
        return registering.enter(actor, decision.id, entry, key=key, at=clock.now())

    written = str(state.get(f"{NAME}.text") or "")
    if acts.attempt(enter, _say_saved, written=written):
        _empty()


def _say_saved(receipt: Receipt) -> str:
    return _(
        "Raden är sparad och väntar på att läsas. Kvittokod till den som lämnade den: {code}"
    ).format(code=receipt.code)


def _empty() -> None:
    """Empty what is one person's own; how and when it came in stays for the next row."""
    state.drop(KEY)
    state.put(COUNT, int(state.get(COUNT, 0)) + 1)
    for name, empty in (("text", ""), ("ord", ""), ("hem", None), ("alder", None)):
        state.put(f"{NAME}.{name}", empty)
    state.put(f"{NAME}.koppling", None)
    state.put(f"{NAME}.personer", 1)
    state.put(f"{NAME}.stallning", Stance.NONE)
