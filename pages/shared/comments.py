"""The list of published comments with its filters, the same on every page that shows it."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from data import comments, layers
from data.models import Decision, Kind, PublicComment, Stance
from pages.shared import state
from pages.shared.texts import KIND_WORDS, STANCE_WORDS, _, ngettext, say_date

PAGE = 20


@dataclass(frozen=True)
class Filters:
    """What a reader has chosen to see; None is everything."""

    kind: Kind | None = None
    stance: Stance | None = None
    deso: str | None = None

    def as_words(self) -> dict[str, str | None]:
        """Give the stored words, for an address."""
        kind = self.kind.value if self.kind else None
        stance = self.stance.value if self.stance else None
        return {"kind": kind, "stance": stance, "deso": self.deso}


def ask_filters(key: str) -> Filters:
    """Draw the three filters and give what was chosen."""
    names = layers.frame(layers.DESO)["name"]
    everything = _("Alla")
    left, middle, right = st.columns(3)
    kind = left.selectbox(
        _("Vad det är"),
        [None, *Kind],
        format_func=lambda one: _(KIND_WORDS[one]) if one else everything,
        key=f"{key}.kind",
    )
    stance = middle.selectbox(
        _("Vad de tycker"),
        [None, *Stance],
        format_func=lambda one: _(STANCE_WORDS[one]) if one else everything,
        key=f"{key}.stance",
    )
    deso = right.selectbox(
        _("Var det gäller"),
        [None, *sorted(names.index, key=lambda code: names[code])],
        format_func=lambda code: names[code] if code else everything,
        key=f"{key}.deso",
    )
    return Filters(kind, stance, deso)


def show_list(decision: Decision, filters: Filters, *, key: str) -> None:
    """Show the comments that the filters let through, the newest first, twenty at a time."""
    wanted = {"kind": filters.kind, "stance": filters.stance, "deso": filters.deso}
    count = comments.count_published(decision.id, **wanted)  # type: ignore[arg-type]
    if count == 0:
        st.markdown(_nothing(filters))
        return
    st.markdown(f"**{ngettext('{n} synpunkt', '{n} synpunkter', count)}**")
    shown = PAGE * state.get(f"{key}.pages", 1)
    found = comments.published(decision.id, **wanted, limit=shown)  # type: ignore[arg-type]
    for comment in found:
        show_one(comment)
    if count > shown and st.button(_("Visa fler"), key=f"{key}.more"):
        state.put(f"{key}.pages", shown // PAGE + 1)
        st.rerun()


def _nothing(filters: Filters) -> str:
    if filters == Filters():
        return _("Ingen har skrivit här ännu. Bli den första.")
    return _("Ingen synpunkt stämmer med det du har valt. Ändra valet ovanför listan.")


def show_one(comment: PublicComment) -> None:
    """Show one comment: what it is, where, when, and the person's own words as plain text."""
    with st.container(border=True):
        parts = [_(KIND_WORDS[comment.kind])]
        if comment.stance is not Stance.NONE:
            parts.append(_(STANCE_WORDS[comment.stance]))
        if comment.place:
            parts.append(comment.place)
        parts.append(say_date(comment.received_on))
        if comment.example:
            parts.append(_("Exempel"))
        st.caption(" · ".join(parts))
        st.text(comment.text)
