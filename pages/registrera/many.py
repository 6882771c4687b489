"""Many rows at once: pasted or from a file, read but not saved until they have been looked at."""

from __future__ import annotations

from typing import Literal

import pandas as pd
import streamlit as st

from data import clock, rights
from data.models import Decision, Staff
from data.output import export_files
from data.review import register_rows, register_table
from data.review.register_fields import HEADINGS
from data.review.register_table import Table
from pages.registrera import acts, columns, preview, questions, remarks
from pages.registrera.columns import Read
from pages.shared import frame
from pages.shared.session import state
from pages.shared.session.uploads import ask_file
from pages.shared.words.texts import N_, _, ngettext, number

NAME = "registrera.flera"
TABLE, READS = f"{NAME}.tabell", f"{NAME}.antal"
FILE, SHEET, SIGN = f"{NAME}.fil", f"{NAME}.blad", f"{NAME}.tecken"
# also those that we cannot read, so that we are the ones to say what to do
ENDINGS = ["xlsx", "xlsm", "csv", "txt", "tsv", "xls", "ods"]
SIGNS = {
    ";": N_("Semikolon"),
    ",": N_("Komma"),
    "\t": N_("Tabb"),
    "|": N_("Lodrätt streck"),
    "": N_("En synpunkt på varje rad"),
}


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
    prefix = f"{NAME}.{read.turn}"
    if is_file:
        _ask_part(read.table)
    remarks.show(read.table)
    table = _without_hidden(read.table, prefix)
    if table.rows:
        _show_rows(actor, decision, table, prefix)


def _show_rows(actor: Staff, decision: Decision, table: Table, prefix: str) -> None:
    frame.heading(_("Kolumnerna"))
    headings = columns.ask_headings(table, prefix)
    chosen = columns.ask(table, prefix, headings=headings)
    usual = columns.ask_usual(decision, prefix)
    if chosen["text"] is None:
        st.error(_("Välj i vilken kolumn synpunkten står."))
        return
    remarks.show_left_out(table, chosen, headings)
    today = clock.today()
    found = register_rows.rows(table, chosen, usual, decision, today=today, headings=headings)
    unknown = register_rows.questions(found)
    answers = questions.ask(unknown, decision, prefix)
    if answers:
        found = register_rows.rows(
            table, chosen, usual, decision, today=today, headings=headings, answers=answers
        )
    preview.show(actor, decision, table, found, prefix, headings=headings)


def _without_hidden(table: Table, prefix: str) -> Table:
    if not table.hidden:
        return table
    taken = st.checkbox(_("Ta med de dolda raderna"), value=True, key=f"{prefix}.dolda")
    return table if taken else register_table.without(table, table.hidden)


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
    st.caption(
        _(
            "Varje rad blir en synpunkt, och det som kopieras från ett kalkylark delas vid "
            "kolumnerna. Komma, semikolon och citattecken hör till texten. Har en ruta "
            "radbrytningar håller den bara ihop om du läser in kalkylarket som fil."
        )
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
    # read when it has arrived: a button would be pressed while the file is on its way
    ask_file(
        _("Excel eller CSV (högst 5 MB)"),
        may=rights.check_reviewer,
        type=ENDINGS,
        key=FILE,
        max_upload_size=register_table.BYTES_MAX // 1_000_000,
        on_change=_read_file,
    )
    st.caption(_("Filen läses en gång och sparas inte. Formler körs aldrig."))


def _ask_part(table: Table) -> None:
    """Ask for another sheet, or another sign between the cells, and read the file anew."""
    if len(table.sheets) > 1:
        state.put(SHEET, table.sheet)
        st.selectbox(
            _("Bladet som läses"),
            table.sheets,
            format_func=lambda name: (
                _("{sheet} (dolt)").format(sheet=name) if name in table.hidden_sheets else name
            ),
            key=SHEET,
            on_change=_read_file,
            filter_mode=None,
        )
    if table.delimiter is not None:
        state.put(SIGN, table.delimiter)
        signs = {**{table.delimiter: table.delimiter}, **{one: _(SIGNS[one]) for one in SIGNS}}
        st.selectbox(
            _("Det som skiljer rutorna åt"),
            list(signs),
            format_func=signs.__getitem__,
            key=SIGN,
            on_change=_read_file,
            filter_mode=None,
        )


def _read_file() -> None:
    upload, before = state.get(FILE), state.get(TABLE)
    sheet, sign = state.get(SHEET), state.get(SIGN)
    state.drop(TABLE, SHEET, SIGN)
    if upload is None:
        return
    # what was chosen holds for the file that it was chosen for
    is_same = before is not None and before.file == upload.file_id
    content, name = upload.getvalue(), upload.name

    def read(actor: Staff | None) -> Read:
        rights.check_reviewer(actor)
        chosen = {"sheet": sheet, "delimiter": sign} if is_same else {}
        return _keep(register_table.read(content, name, **chosen), upload.file_id)

    if not acts.attempt(read, _say_read) and is_same:
        # another choice was no good: the one before still is
        state.put(TABLE, before)


def _keep(table: Table, file: str = "") -> Read:
    count = int(state.get(READS, 0)) + 1
    state.put(READS, count)
    read = Read(table, count, file)
    state.put(TABLE, read)
    return read


def _say_read(read: Read) -> str:
    many = len(read.table.rows)
    said = ngettext("{n} rad är läst.", "{n} rader är lästa.", many).format(n=number(many))
    if read.table.sheet:
        said += " " + _("De står på bladet {sheet}.").format(sheet=read.table.sheet)
    return said + " " + _("Inget är sparat än: se efter nedan att allt blev rätt.")
