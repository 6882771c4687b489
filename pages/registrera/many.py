"""Many rows at once: pasted or from a file, read but not saved until they have been looked at."""

from __future__ import annotations

from typing import Literal

import pandas as pd
import streamlit as st

from data import clock, export_files, register_rows, register_table, rights
from data.models import Decision, Staff
from data.register_rows import HEADINGS
from data.register_table import Table
from pages.registrera import acts, columns, preview
from pages.registrera.columns import Read
from pages.shared import frame, state
from pages.shared.texts import _, ngettext, number
from pages.shared.uploads import ask_file

NAME = "registrera.flera"
TABLE, READS = f"{NAME}.tabell", f"{NAME}.antal"
ENDINGS = ["xlsx", "csv", "txt", "tsv"]


def show(actor: Staff, decision: Decision, *, is_file: bool) -> None:
    """Ask for rows, then for what their columns are, and show what each row will be."""
    if is_file:
        _ask_file()
    else:
        _ask_paste()
    _offer_template()
    acts.tell()
    read: Read | None = state.get(TABLE)
    if read is None:
        return
    frame.heading(_("Kolumnerna"))
    prefix = f"{NAME}.{read.turn}"
    is_headed = st.checkbox(
        _("Första raden är rubriker"),
        value=register_rows.has_headings(read.table.rows[0]),
        key=f"{prefix}.rubriker",
    )
    chosen = columns.ask(read, prefix, is_headed=is_headed)
    usual = columns.ask_usual(decision, prefix)
    if chosen["text"] is None:
        st.error(_("Välj i vilken kolumn synpunkten står."))
        return
    found = register_rows.rows(
        read.table, chosen, usual, decision, today=clock.today(), skip_first=is_headed
    )
    preview.show(actor, decision, read, found, is_headed=is_headed)


def _offer_template() -> None:
    headings = [names[0].capitalize() for names in HEADINGS.values()]
    st.download_button(
        _("Hämta en mall att fylla i"),
        export_files.csv(pd.DataFrame(columns=headings), for_excel=True),
        "dialogkartan-mall.csv",
        "text/csv",
        key=f"{NAME}.mall",
        type="tertiary",
        icon=":material/download:",
        on_click="ignore",
    )


def _ask_paste() -> None:
    key = f"{NAME}.inklistrat"
    st.text_area(
        _("Klistra in raderna från kalkylarket, gärna med rubrikerna"), height=160, key=key
    )
    st.button(_("Läs raderna"), type=_step(), key=f"{NAME}.las", on_click=_read_paste, args=(key,))


def _step() -> Literal["primary", "secondary"]:
    """Make reading the next step until something is read; then saving is."""
    return "secondary" if state.get(TABLE) else "primary"


def _read_paste(key: str) -> None:
    text = str(state.get(key) or "")
    if not text.strip():
        acts.refuse("paste_missing")
        return

    def read(actor: Staff | None) -> Read:
        rights.check_reviewer(actor)
        return _keep(register_table.read_text(text))

    acts.attempt(read, _say_read)


def _ask_file() -> None:
    key = f"{NAME}.fil"
    # read when it has arrived: a button would be pressed while the file is on its way
    ask_file(
        _("Excel eller CSV (högst 5 MB)"),
        may=rights.check_reviewer,
        type=ENDINGS,
        key=key,
        on_change=_read_file,
        args=(key,),
    )
    st.caption(_("Filen läses en gång och sparas inte. Formler körs aldrig."))


def _read_file(key: str) -> None:
    upload = state.get(key)
    state.drop(TABLE)
    if upload is None:
        return
    content, name = upload.getvalue(), upload.name

    def read(actor: Staff | None) -> Read:
        rights.check_reviewer(actor)
        return _keep(register_table.read(content, name))

    acts.attempt(read, _say_read)


def _keep(table: Table) -> Read:
    count = int(state.get(READS, 0)) + 1
    state.put(READS, count)
    read = Read(table, count)
    state.put(TABLE, read)
    return read


def _say_read(read: Read) -> str:
    many = len(read.table.rows)
    said = ngettext("{n} rad är läst.", "{n} rader är lästa.", many).format(n=number(many))
    if read.table.sheet:
        said += " " + _("De står på bladet {sheet}.").format(sheet=read.table.sheet)
    return said + " " + _("Inget är sparat än: se efter nedan att allt blev rätt.")
