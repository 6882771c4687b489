"""What was read in another way than it looks, and what would be left out: said before it counts."""

from __future__ import annotations

from textwrap import shorten

import streamlit as st

from data.review import register_fields
from data.review.register_fields import Columns
from data.review.register_table import Remark, Table
from pages.shared.words.texts import N_, _, ngettext, number, plain

LISTED = 12
WORDS_SHOWN = 80
# each with what to do about it
SAID = {
    "torn": N_(
        "Rad {where} ser ut att vara en ruta med radbrytning som har delats i flera rader. "
        "Inklistrade rader delas vid varje radbrytning. Läs in kalkylarket som fil i stället, så "
        "hålls rutan ihop."
    ),
    "csv": N_(
        "Raderna ser ut att komma från en CSV-fil. Här blir varje rad en enda ruta. Läs in dem som "
        "fil i stället, så delas de vid kolumnerna."
    ),
    "formula": N_(
        "Formlerna i {where} har inget uträknat värde och läses som tomma. Öppna filen i Excel, "
        "spara den och läs in den igen."
    ),
    "error_cell": N_(
        "I {where} står ett fel, som #SAKNAS!, och rutan läses som tom. Rätta filen och läs in den "
        "igen om något skulle stå där."
    ),
    "note": N_(
        "I {where} finns en anteckning som hör till rutan. Den läses inte. Skriv den i en egen "
        "kolumn om den ska med."
    ),
    "merged": N_(
        "Rutorna {where} är sammanfogade med rutan ovanför. Det som står där läses för varje rad, "
        "men en synpunkt eller ett antal personer läses inte flera gånger."
    ),
    "hidden_rows": N_("Dolda rader i kalkylarket, som ändå läses: {where}."),
    "hidden_columns": N_("Dolda kolumner i kalkylarket, som ändå läses: {where}."),
    "sep_line": N_("Rad {where} säger bara vad som skiljer rutorna åt, och är ingen synpunkt."),
}
WARNED = frozenset({"torn", "csv", "formula", "error_cell", "note", "merged"})


def show(table: Table) -> None:
    """Say how the lines became rows, and what to look at."""
    said = say_lines(table)
    if said:
        st.caption(said)
    for remark in table.remarks:
        shown = st.warning if remark.code in WARNED else st.caption
        shown(plain(say(remark)))


def say(remark: Remark) -> str:
    """Say one remark, with where it is."""
    where = ", ".join(remark.where[:LISTED])
    if len(remark.where) > LISTED:
        where += " " + _("och {n} till").format(n=number(len(remark.where) - LISTED))
    return _(SAID[remark.code]).format(where=where)


def say_lines(table: Table) -> str:
    """Say what became of lines that are no rows of their own; empty when all are."""
    parts = []
    if table.blank:
        said = ngettext("{n} rad är tom.", "{n} rader är tomma.", table.blank)
        parts.append(said.format(n=number(table.blank)))
    if table.joined:
        said = ngettext(
            "{n} rad hör till en ruta med radbrytning.",
            "{n} rader hör till rutor med radbrytning.",
            table.joined,
        )
        parts.append(said.format(n=number(table.joined)))
    return " ".join(parts)


def show_left_out(table: Table, columns: Columns, headings: int | None) -> None:
    """Show the words that no field is read from: above the headings, and in other columns."""
    said = [_say_above(table, at) for at in range(headings or 0)]
    for one in register_fields.left_out(table.rows, columns, headings):
        name = _("Kolumn {n}").format(n=number(one.column + 1))
        head = f"{name}: {_short(one.heading)}" if one.heading else name
        rows = ngettext("{n} rad", "{n} rader", one.count).format(n=number(one.count))
        said.append(f"{head} ({rows}): ”{_short(one.words)}”")
    if not said:
        return
    st.warning(
        "\n\n".join(
            [
                _("Det här sparas inte. Välj en kolumn för det ovan, om det ska med."),
                *(plain(line) for line in said),
            ]
        )
    )


def _say_above(table: Table, at: int) -> str:
    words = " · ".join(cell.strip() for cell in table.rows[at] if cell.strip())
    said = _("Rad {n}, ovanför rubrikerna").format(n=number(table.numbers[at]))
    return f"{said}: ”{_short(words)}”"


def _short(words: str) -> str:
    return shorten(words, WORDS_SHOWN, placeholder=" …")
