"""Which column holds what, and what holds for rows that do not say it themselves."""

from __future__ import annotations

from textwrap import shorten
from typing import NamedTuple

import streamlit as st

from data import clock, register_rows
from data.kinds import Channel, Kind
from data.models import Decision
from data.register_rows import FIELDS, Usual
from data.register_table import Table
from data.registering import CHANNELS
from pages.registrera import words
from pages.shared.texts import _, word

NOT_IN_FILE = -1
ACROSS = 3


class Read(NamedTuple):
    """A table as it was read; `turn` tells the tables of a visit apart."""

    table: Table
    turn: int


def ask(read: Read, prefix: str, *, is_headed: bool) -> register_rows.Columns:
    """Ask in which column each field stands, with what the headings say as a guess."""
    first = read.table.rows[0]
    guessed = register_rows.guess(first) if is_headed else dict.fromkeys(FIELDS)
    if not is_headed:
        guessed["text"] = max(range(len(first)), key=lambda n: _length(read.table, n))
    names = {NOT_IN_FILE: _("Finns inte")}
    for n, head in enumerate(first):
        letter = _("Kolumn {n}").format(n=n + 1)
        names[n] = f"{letter}: {shorten(head, 40, placeholder=' …')}" if head else letter
    chosen: register_rows.Columns = {}
    for start in range(0, len(FIELDS), ACROSS):
        # a row at a time, so that it is read across also by key and on a phone
        row = FIELDS[start : start + ACROSS]
        for column, field in zip(st.columns(ACROSS), row, strict=False):
            at = guessed[field]
            taken = column.selectbox(
                _(words.FIELDS[field]),
                list(names),
                index=list(names).index(NOT_IN_FILE if at is None else at),
                format_func=names.__getitem__,
                key=f"{prefix}.{is_headed}.{field}",
                filter_mode=None,
            )
            chosen[field] = None if taken in {None, NOT_IN_FILE} else int(taken)
    return chosen


def _length(table: Table, column: int) -> int:
    return sum(len(row[column]) for row in table.rows)


def ask_usual(decision: Decision, prefix: str) -> Usual:
    """Ask for what holds where a row does not say it itself."""
    st.caption(_("Det här gäller för de rader som inte säger något annat:"))
    channel, day, kind = st.columns(3)
    how = channel.selectbox(
        _("Hur de kom in"),
        CHANNELS,
        index=CHANNELS.index(Channel.MEETING),
        format_func=word,
        key=f"{prefix}.kanal",
        filter_mode=None,
    )
    when = day.date_input(
        _("Dagen de kom in"),
        value=min(clock.today(), decision.closes),
        key=f"{prefix}.dag",
        format="YYYY-MM-DD",
    )
    sort = kind.selectbox(
        _("Vad de är"),
        list(Kind),
        index=list(Kind).index(Kind.IDEA),
        format_func=word,
        key=f"{prefix}.slag",
        filter_mode=None,
    )
    return Usual(how, when, sort or Kind.IDEA)
