"""The list of published comments with its filters, the same on every page that shows it."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from data import comments, layers
from data.models import Decision, Kind, PublicComment, Stance
from pages.shared import state
from pages.shared.texts import KIND_WORDS, STANCE_WORDS, _, ngettext, plain, say_short_date

PAGE = 20
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
    left, middle, right = st.columns(3)
    with left:
        _ask(_("Vad det är"), kinds, f"{key}.kind")
    with middle:
        _ask(_("Vad de tycker om förslaget"), stances, f"{key}.stance")
    with right:
        _ask(_("Var det gäller"), {ALL: _("Hela kommunen"), **_neighbourhoods()}, f"{key}.deso")
    return chosen_filters(key)


def _ask(label: str, words: dict[str, str], key: str) -> None:
    st.selectbox(label, list(words), format_func=words.__getitem__, key=key, filter_mode=None)


def _neighbourhoods() -> dict[str, str]:
    names = layers.frame(layers.DESO)["name"]
    named = {str(code): str(name) for code, name in names.items()}
    return dict(sorted(named.items(), key=lambda row: row[1].casefold()))


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
    for comment in found:
        show_one(comment)
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


def show_one(comment: PublicComment) -> None:
    """Show one comment: what it is, where, when, and the person's own words as plain text."""
    told = [_(KIND_WORDS[comment.kind])]
    if comment.stance is not Stance.NONE:
        told.append(_(STANCE_WORDS[comment.stance]))
    told += [comment.place] if comment.place else []
    told.append(say_short_date(comment.received_on))
    told += [_("Exempel")] if comment.example else []
    with st.container(border=True, gap="xsmall"):
        st.text(comment.text)
        st.caption(plain(" · ".join(told)))
