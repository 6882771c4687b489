"""The list of published comments with its filters, the same on every page that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st

from data import comments, places
from data.models import Decision, Kind, PublicComment, Stance
from pages.shared import state
from pages.shared.texts import KIND_WORDS, STANCE_WORDS, _, ngettext, plain, say_short_date

PAGE = 8
ALL = ""


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


def chosen_filters(key: str) -> Filters:
    """Give what was chosen before the filters are drawn, for a map that stands above them."""
    kind, stance = state.get(f"{key}.kind"), state.get(f"{key}.stance")
    deso = state.get(f"{key}.deso")
    return Filters(Kind(kind) if kind else None, Stance(stance) if stance else None, deso or None)


def ask_filters(key: str) -> Filters:
    """Draw the three filters and give what was chosen."""
    kinds = {ALL: _("Alla"), **{kind.value: _(word) for kind, word in KIND_WORDS.items()}}
    stances = {ALL: _("Alla"), **{one.value: _(word) for one, word in STANCE_WORDS.items()}}
    areas = {ALL: _("Hela kommunen"), **_neighbourhoods()}
    with st.container(key="urval", horizontal=True, gap="medium"):
        _ask(_("Vad det är"), kinds, f"{key}.kind")
        _ask(_("Vad de tycker om förslaget"), stances, f"{key}.stance")
        _ask(_("Var det gäller"), areas, f"{key}.deso")
    return chosen_filters(key)


def _ask(label: str, words: dict[str, str], key: str) -> None:
    st.selectbox(label, list(words), format_func=words.__getitem__, key=key, filter_mode=None)


def _neighbourhoods() -> dict[str, str]:
    return {place.deso: place.name for place in places.neighbourhood_list()}


def show_list(decision: Decision, filters: Filters, *, key: str) -> None:
    """Show the comments that the filters let through, the newest first, twenty at a time."""
    wanted = {"kind": filters.kind, "stance": filters.stance, "deso": filters.deso}
    count = comments.count_published(decision.id, **wanted)  # type: ignore[arg-type]
    if count == 0:
        st.markdown(_nothing(filters))
        return
    pages = int(state.get(f"{key}.pages", 1))
    found = comments.published(decision.id, **wanted, limit=PAGE * pages)  # type: ignore[arg-type]
    st.markdown(_say_count(len(found), count))
    show_all(found)
    if count > len(found) and st.button(_("Visa fler synpunkter"), key=f"{key}.more"):
        state.put(f"{key}.pages", pages + 1)
        st.rerun()


def _say_count(shown: int, count: int) -> str:
    if shown < count:
        return _("Visar {shown} av {n} synpunkter, de senaste först.").format(shown=shown, n=count)
    return ngettext("Visar {n} synpunkt.", "Visar {n} synpunkter, de senaste först.", count).format(
        n=count
    )


def _nothing(filters: Filters) -> str:
    if filters == Filters():
        return _("Ingen har skrivit här ännu. Bli den första.")
    return _("Ingen synpunkt stämmer med det du har valt. Ändra valet ovanför listan.")


def show_all(found: list[PublicComment]) -> None:
    """Show comments under each other: the person's own words as plain text, then what they are.

    The lines between them are drawn by the style sheet, since each box would cost a message.
    """
    with st.container(key=f"sagt-{found[0].id}" if found else None, gap="xsmall"):
        for comment in found:
            st.text(comment.text)
            st.caption(plain(" · ".join(_facts(comment))))
            if comment.answer:
                show_answer(comment.answer, comment.answered_on)


def show_answer(words: str, on: date | None) -> None:
    """Show what the municipality answers, set off from what the person said."""
    day = f" · {say_short_date(on)}" if on else ""
    with st.container(border=True, gap="xsmall"):
        # no caption: the style sheet draws a line under those
        st.markdown("**" + _("Svar från kommunen") + "**" + plain(day))
        st.text(words)


def _facts(comment: PublicComment) -> list[str]:
    """Say what a comment is, where it belongs, and when it came."""
    told = [_(KIND_WORDS[comment.kind])]
    if comment.stance is not Stance.NONE:
        told.append(_(STANCE_WORDS[comment.stance]))
    told += [comment.place] if comment.place else []
    told.append(say_short_date(comment.received_on))
    return [*told, _("Exempel")] if comment.example else told
