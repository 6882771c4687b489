"""Which column holds what, and what holds for rows that do not say it themselves."""

from __future__ import annotations

from textwrap import shorten
from typing import NamedTuple

import streamlit as st

from data import clock
from data.enums import Channel, Kind
from data.models import Decision
from data.review import register_fields
from data.review.register_fields import FIELDS, Columns
from data.review.register_rows import Usual
from data.review.register_table import Table
from data.review.registering import CHANNELS
from pages.registrera import words
from pages.shared.words.texts import _, number, word

NOT_IN_FILE = -1
NO_HEADINGS = -1
ACROSS = 3
WORDS_SHOWN = 40


class Read(NamedTuple):
    """A table as it was read; `turn` tells the tables of a visit apart, `file` the files."""

    table: Table
    turn: int
    file: str = ""


def ask_headings(table: Table, prefix: str) -> int | None:
    """Ask in which row the headings stand, with what the words say as a guess."""
    options = {NO_HEADINGS: _("Det finns inga rubriker")}
    looked_at = zip(table.numbers, table.rows[: register_fields.LOOKED_AT], strict=False)
    for at, (row, cells) in enumerate(looked_at):
        said = " · ".join(cell.strip() for cell in cells if cell.strip())
        start = _("Rad {n}").format(n=number(row))
        options[at] = f"{start}: {_short(said)}"
    guessed = register_fields.heading_row(table.rows)
    chosen = st.selectbox(
        _("Rubrikerna står på"),
        list(options),
        index=list(options).index(NO_HEADINGS if guessed is None else guessed),
        format_func=options.__getitem__,
        key=f"{prefix}.rubriker",
        filter_mode=None,
    )
    return None if chosen in {None, NO_HEADINGS} else int(chosen)


def ask(table: Table, prefix: str, *, headings: int | None) -> Columns:
    """Ask in which column each field stands, with what the headings say as a guess."""
    first = table.rows[headings or 0]
    guessed: Columns = dict.fromkeys(FIELDS)
    if headings is not None:
        guessed = register_fields.guess(first)
    if guessed["text"] is None:
        free = [n for n in range(len(first)) if n not in guessed.values()]
        guessed["text"] = max(free, key=lambda n: _length(table, n), default=None)
    names = {NOT_IN_FILE: _("Finns inte")}
    for n, head in enumerate(first):
        letter = _("Kolumn {n}").format(n=n + 1)
        names[n] = f"{letter}: {_short(head)}" if head.strip() else letter
    chosen: Columns = {}
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
                key=f"{prefix}.{headings}.{field}",
                filter_mode=None,
            )
            chosen[field] = None if taken in {None, NOT_IN_FILE} else int(taken)
    return chosen


def _short(said: str) -> str:
    return shorten(said, WORDS_SHOWN, placeholder=" …")


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
