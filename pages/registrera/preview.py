"""Every row before it counts: what is saved, what was saved before, what has to be put right."""

from __future__ import annotations

from textwrap import shorten

import pandas as pd
import streamlit as st

from data import clock
from data.models import Decision, Staff
from data.output import export_files
from data.review import registering
from data.review.register_rows import Row
from data.review.register_table import Table
from data.review.registering import Entry
from pages.registrera import acts, words
from pages.registrera.remarks import LISTED
from pages.registrera.words import say_fault
from pages.shared import frame
from pages.shared.words.texts import N_, _, ngettext, number, plain, say_short_date, word

NAME = "registrera.rader"
SHOWN_MAX = 20
WORDS_SHOWN = 60
TORN_UNREAD = N_(
    "Inget är sparat. Läs raderna som kan vara delar av en delad ruta, och kryssa för att de är "
    "lästa. Hör de ihop, läs in kalkylarket som fil i stället."
)


def show(
    actor: Staff,
    decision: Decision,
    table: Table,
    found: list[Row],
    prefix: str,
    *,
    headings: int | None,
) -> None:
    """Show what each row will be, what has to be looked at first, and offer to save.

    `prefix` begins the names of the fields about these rows, so that other rows are asked anew.
    """
    frame.heading(_("Så blir det"))
    good = [row for row in found if row.entry is not None]
    entries = [row.entry for row in good if row.entry is not None]
    known = dict(
        zip(
            [row.number for row in good],
            registering.are_known(actor, decision.id, entries),
            strict=True,
        )
    )
    new = len(entries) - sum(known.values())
    bad = [row for row in found if row.entry is None]
    st.markdown(f"**{_say_counts(new, len(entries) - new, len(bad))}**")
    # what has to be looked at stands first
    rest = sorted(
        good,
        key=lambda row: (known[row.number], not (row.notes or row.left_out), row.number),
    )
    ordered = [*bad, *rest]
    shown = ordered[:SHOWN_MAX]
    if len(ordered) > SHOWN_MAX and st.checkbox(_("Visa alla rader"), key=f"{NAME}.alla"):
        shown = ordered
    if shown:
        st.table(_table(shown, known), border="horizontal", alt=_("Raderna och vad som händer"))
    if len(found) > len(shown):
        st.caption(
            _("Här visas {shown} rader av {all}. De som behöver rättas står först.").format(
                shown=number(len(shown)), all=number(len(found))
            )
        )
    if new:
        torn = [row for row in good if "torn" in row.notes and not known[row.number]]
        is_read = not torn or _ask_torn(torn, prefix)
        label = ngettext("Spara {n} rad", "Spara {n} rader", new).format(n=number(new))
        # asked here, so that what is saved is what the fields say now, also the one typed last
        is_pressed = st.button(label, type="primary", key=f"{NAME}.spara")
        if is_pressed and not is_read:
            st.error(_(TORN_UNREAD))
        elif is_pressed:
            _save(decision, entries)
            st.rerun()
    if bad:
        _offer_bad(table, bad, headings=headings)


def _ask_torn(torn: list[Row], prefix: str) -> bool:
    """Ask whether rows that look like one cell are to be saved one by one all the same."""
    said = ngettext(
        "Jag har läst raden som kan vara en del av en delad ruta: {rows}. Den ska sparas som den "
        "står.",
        "Jag har läst raderna som kan vara delar av en delad ruta: {rows}. De ska sparas var för "
        "sig, som de står.",
        len(torn),
    )
    rows = ", ".join(number(row.number) for row in torn[:LISTED])
    if len(torn) > LISTED:
        rows += " " + _("och {n} till").format(n=number(len(torn) - LISTED))
    return bool(st.checkbox(said.format(rows=rows), key=f"{prefix}.delade"))


def _say_counts(new: int, known: int, bad: int) -> str:
    parts = [
        ngettext("{n} rad går att spara.", "{n} rader går att spara.", new).format(n=number(new))
        if new
        else _("Det finns inget nytt att spara.")
    ]
    if bad:
        said = ngettext("{n} rad behöver rättas.", "{n} rader behöver rättas.", bad)
        parts.append(said.format(n=number(bad)))
    if known:
        said = ngettext("{n} rad är redan inläst.", "{n} rader är redan inlästa.", known)
        parts.append(said.format(n=number(known)))
    return " ".join(parts)


def _say_row(row: Row, known: dict[int, bool]) -> str:
    if row.fault is not None:
        said = say_fault(row.fault)
        return f"{_(words.FIELDS[row.field])}: {said}" if row.field else said
    notes = [*(["known"] if known[row.number] else []), *row.notes]
    told = [_(words.NOTES[note]) for note in notes]
    if row.left_out:
        lost = ", ".join(f"”{shorten(one, WORDS_SHOWN, placeholder=' …')}”" for one in row.left_out)
        told.append(_("Sparas inte: {words}").format(words=lost))
    return ". ".join(told) or _("Sparas")


def _table(rows: list[Row], known: dict[int, bool]) -> pd.DataFrame:
    def cells(entry: Entry | None) -> tuple[str, ...]:
        if entry is None:
            return "", "", "", ""
        day = say_short_date(entry.received_on)
        return word(entry.kind), word(entry.channel), day, number(entry.persons)

    kinds, channels, days, persons = zip(*(cells(row.entry) for row in rows), strict=True)
    return pd.DataFrame(
        {
            _("Vad som händer"): [plain(_say_row(row, known)) for row in rows],
            _("Synpunkt"): [
                plain(shorten(row.text, WORDS_SHOWN, placeholder=" …")) for row in rows
            ],
            _("Slag"): kinds,
            _("Hur"): channels,
            _("Kom in"): days,
            _("Personer"): persons,
        },
        index=pd.Index([number(row.number) for row in rows], name=_("Rad")),
    )


def _offer_bad(table: Table, bad: list[Row], *, headings: int | None) -> None:
    """Return the rows that were not taken as a file, with the reason beside each, to mend there."""
    of_number = dict(zip(table.numbers, table.rows, strict=True))
    width = len(table.rows[0])
    heads = ("",) * width if headings is None else table.rows[headings]
    names = [head or f"{n + 1}" for n, head in enumerate(heads)]
    rows = pd.DataFrame([of_number[row.number] for row in bad], columns=names)
    rows.insert(width, _("Det här behöver rättas"), [_say_row(row, {}) for row in bad], True)
    st.download_button(
        _("Hämta raderna som behöver rättas"),
        export_files.csv(rows, for_excel=True),
        "dialogkartan-att-ratta.csv",
        "text/csv",
        key=f"{NAME}.hamtafel",
        icon=":material/download:",
        on_click="ignore",
    )


def _save(decision: Decision, entries: list[Entry]) -> None:
    def enter(actor: Staff | None) -> int:
        return registering.enter_all(actor, decision.id, entries, at=clock.now())

    acts.attempt(enter, _say_saved)


def _say_saved(count: int) -> str:
    if not count:
        return _("Allt var redan inläst. Inget har ändrats.")
    said = ngettext(
        "{n} rad är sparad och väntar på att läsas.",
        "{n} rader är sparade och väntar på att läsas.",
        count,
    )
    return said.format(n=number(count))
