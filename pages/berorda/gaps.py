"""Whom to reach next, for signed-in officials: affected but not heard."""

from __future__ import annotations

import streamlit as st

from data import rights
from data.affected import gaps
from data.models import Decision, Staff
from pages.berorda import contact
from pages.shared import frame
from pages.shared.session import signed_in
from pages.shared.words import gap_words
from pages.shared.words.texts import HEARD_WORDS, _, number, plain


def show(decision: Decision) -> None:
    """Show the gap list, if the person may see exact figures."""
    actor = signed_in.staff()
    try:
        rights.check_reader(actor)
    except rights.NotAllowedError:
        return
    frame.heading(_("Att nå härnäst"))
    rows = gaps.neighbourhoods(actor, decision)
    st.markdown(f"**{gap_words.say_largest(rows)}**")
    st.caption(_("Bara du som är inloggad ser den här listan och exakta antal."))
    frame.link("berorda", _("Lista att skriva ut"), id=decision.id, visa="lista")
    if not rows.empty:
        st.table(
            gap_words.neighbourhoods(rows),
            border="horizontal",
            alt=_("Områden att nå, störst lucka först"),
        )
        _say_basis(actor, decision)
    _show_groups(actor, decision)
    contact.show(actor, decision, rows)


def _say_basis(actor: Staff | None, decision: Decision) -> None:
    """Say by what persons were placed, and how unlike the heard are to the affected."""
    lines = [
        _(
            "Vi räknar personer där de bor, om de har sagt det. Annars räknar vi efter platsen som "
            "de flesta av deras synpunkter gäller."
        )
    ]
    unlike = gaps.unlike(actor, decision)
    if unlike is not None:
        lines.append(
            _(
                "{n} av 100 som har hörts hade behövt bo i ett annat område för att fördelningen "
                "skulle vara som de berördas (dissimilaritetsindex {index})."
            ).format(n=number(100 * unlike), index=number(unlike, decimals=2))
        )
    st.caption(" ".join(lines))


def _show_groups(actor: Staff | None, decision: Decision) -> None:
    frame.heading(_("Grupper"), level=3)
    rows = gaps.groups(actor, decision)
    st.table(gap_words.groups(rows), border="horizontal", alt=_("Grupper att nå"))
    st.caption(
        _(
            "Väntade och hörda efter ålder räknar bara dem som har berättat sin ålder. Ingen får "
            "frågan om bakgrund, inkomst eller boende. Räkna i stället hur många gånger ni har "
            "varit hos de grupperna."
        )
    )


def show_list(decision: Decision) -> None:
    """Show all of it as one list to print and take along: each area with its meeting places."""
    actor = signed_in.staff()
    try:
        rights.check_reader(actor)
    except rights.NotAllowedError:
        st.error(_("Bara du som är inloggad ser den här listan och exakta antal."))
        return
    rows = gaps.neighbourhoods(actor, decision)
    st.markdown(f"**{gap_words.say_largest(rows)}**")
    st.caption(_("Skriv ut med webbläsarens egen utskrift (Ctrl + P eller ⌘ + P)."))
    for place, (code, row) in enumerate(rows.iterrows(), start=1):
        frame.heading(f"{place}. {row['name']}", level=3)
        st.markdown(
            _("Väntade {expected}, hörda {heard}: {word}.").format(
                expected=number(row["expected"]),
                heard=number(row["heard"]),
                word=_(HEARD_WORDS[str(row["word"])]),
            )
            + " "
            + gap_words.say_contacted(row["contacted"])
        )
        contact.show_places(str(code))
        contact.show_notes(actor, decision, str(code))
    frame.heading(_("Grupper"), level=3)
    groups = gaps.groups(actor, decision)
    st.table(gap_words.groups(groups), border="horizontal", alt=_("Grupper att nå"))
    for group in decision.away:
        st.markdown(f"**{plain(group.name)}** {plain(group.reason)}")
