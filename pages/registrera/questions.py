"""What could not be read, asked once for each word. Who does not answer loses nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from textwrap import shorten
from typing import Any

import streamlit as st

from data.enums import AgeBand, Channel, Kind, Relation, Stance
from data.geodata import places
from data.models import Decision
from data.review import register_rows, register_words, vocabulary
from data.review.register_rows import Answer, Question
from data.review.registering import PERSONS_MAX
from pages.registrera import words
from pages.shared import frame
from pages.shared.words.place_words import homes, say_hit
from pages.shared.words.texts import N_, _, ngettext, number, plain, word

ASKED_MAX = 40
WORD_SHOWN = 60
LEFT_EMPTY = N_("Lämna tomt (ordet sparas)")
# what a word is taken for while nobody has answered
LEFT = {
    "channel": N_("På annat sätt (ordet sparas)"),
    "kind": N_("Som för de andra raderna (ordet sparas)"),
    "place": N_("Lämna i ord, utan punkt på kartan"),
    "home": N_("Lämna tomt (ordet sparas, men räknas inte som ett område)"),
}
_SORTS: dict[str, type[StrEnum]] = {
    "kind": Kind,
    "stance": Stance,
    "age": AgeBand,
    "relation": Relation,
}


def ask(found: Sequence[Question], decision: Decision, prefix: str) -> register_rows.Answers:
    """Ask what each word is, and give what has been answered."""
    if not found:
        return {}
    frame.heading(_("Det här gick inte att tolka"), level=3)
    st.markdown(
        _(
            "Svara för varje ord, så gäller det alla rader där det står. Utan svar sparas raderna "
            "ändå, med ordet som det står. Bara en dag och ett antal personer måste ha ett svar."
        )
    )
    answers: dict[tuple[str, str], Answer] = {}
    for one in found[:ASKED_MAX]:
        mark = hashlib.sha256(one.word.encode()).hexdigest()[:16]
        answer = _ask_one(one, decision, f"{prefix}.fraga.{one.field}.{mark}")
        if answer is not None:
            answers[one.field, one.word] = answer
    for said in _say_rest(found[ASKED_MAX:]):
        st.caption(said)
    return answers


def _say_rest(rest: Sequence[Question]) -> list[str]:
    """Say what becomes of the words that are not asked about."""
    hindering = sum(one.field in register_rows.MUST_BE_ANSWERED for one in rest)
    said = []
    if hindering:
        words = ngettext(
            "{n} ord till gick inte att tolka. Rätta det där raderna står och läs in dem igen.",
            "{n} ord till gick inte att tolka. Rätta dem där raderna står och läs in dem igen.",
            hindering,
        )
        said.append(words.format(n=number(hindering)))
    if kept := len(rest) - hindering:
        words = ngettext(
            "{n} ord till gick inte att tolka. Det sparas som det står.",
            "{n} ord till gick inte att tolka. De sparas som de står.",
            kept,
        )
        said.append(words.format(n=number(kept)))
    return said


def _ask_one(one: Question, decision: Decision, key: str) -> Answer:
    rows = ngettext("{n} rad", "{n} rader", one.count).format(n=number(one.count))
    said = shorten(one.word, WORD_SHOWN, placeholder=" …")
    label = _("Vad är ”{word}”? {field}, {rows}").format(
        word=plain(said), field=_(words.FIELDS[one.field]), rows=rows
    )
    if one.field == "received":
        day = st.date_input(
            label,
            value=None,
            min_value=decision.opens,
            max_value=decision.closes,
            key=key,
            format="YYYY-MM-DD",
        )
        return day if isinstance(day, date) else None
    if one.field == "persons":
        many = st.number_input(
            label, min_value=1, max_value=PERSONS_MAX, step=1, value=None, key=key
        )
        return None if many is None else int(many)
    options, say = _choices(one)
    left = _(LEFT.get(one.field, LEFT_EMPTY))
    chosen: str | None = st.selectbox(
        label,
        [None, *options],
        format_func=lambda answer: left if answer is None else say(answer),
        key=key,
        filter_mode="contains" if one.field in {"home", "place"} else None,
    )
    return chosen


def _choices(one: Question) -> tuple[list[Any], Callable[[Any], str]]:
    if one.field == "home":
        named = homes()
        likely = vocabulary.likely_homes(one.word)
        return [*likely, *(code for code in named if code not in likely)], named.__getitem__
    if one.field == "place":
        same = register_words.places_named(one.word)
        known = {register_words.place_key(hit): hit for hit in (*same, *places.everywhere())}
        return list(known), lambda key: say_hit(known[key])
    if one.field == "channel":
        return [one for one in vocabulary.WORDS[Channel] if one is not Channel.OTHER], word
    return list(_SORTS[one.field]), word
