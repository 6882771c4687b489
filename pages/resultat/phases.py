"""The layer of two phases: what was said before beside what was said after, in the same classes."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from data import clock
from data.comments import phase_counts, published
from data.models import Decision, Phase
from pages.resultat import density
from pages.resultat.layer_view import Shown
from pages.shared import addresses
from pages.shared.maps import drawn
from pages.shared.maps.show import bounds_of
from pages.shared.session import state
from pages.shared.widgets.comment_list import as_words
from pages.shared.words.texts import _, and_list, language, ngettext, number, plain, say_period

BEFORE, AFTER = "fore", "efter"
# more names than this say that no place stands out
NAMED = 3


def has_two(decision: Decision) -> bool:
    """Tell whether comments have come in during at least two phases."""
    return len(phase_counts.spoken_in(decision)) > 1


def before_and_after(decision: Decision) -> Shown:
    """Show one of two phases on the map, and both beside each other in the table."""
    spoken = phase_counts.spoken_in(decision)
    before, after = _ask_two(spoken) if len(spoken) > 2 else spoken[:2]
    shown = {BEFORE: before, AFTER: after}[_ask_which(before, after)]
    rows = phase_counts.by_district(decision, before, after)
    wanted = phase_counts.of_phase(shown)
    # the same classes for both, so that the two pictures can be compared
    breaks = density.breaks_for(decision, *map(phase_counts.of_phase, (before, after)))
    return Shown(
        sentence=_say_both(decision, before, after),
        details=[_say_most(before, rows, "before"), _say_most(after, rows, "after")],
        specs=[
            *density.in_squares(decision, breaks, wanted),
            drawn.decision_area(decision, fill_opacity=0),
        ],
        items=[
            drawn.area_item(decision, clock.today())._replace(fill="none"),
            *density.square_items(breaks),
        ],
        table=_table(rows, before, after),
        table_name=_("Synpunkter per område i två skeden"),
        notes=[
            _(
                "Skedena kan vara olika långa och bygga på olika förslag. Fler eller färre "
                "synpunkter säger därför inget om hur många som är för eller emot."
            ),
            density.say_displaced(),
            *_say_rest(decision, before, after),
        ],
        bounds=bounds_of(decision.area, margin=1.5),
        data=addresses.comment_points(decision.id, **as_words(wanted)),
    )


def _ask_two(spoken: Sequence[Phase]) -> tuple[Phase, Phase]:
    """Ask which two phases to compare; the last two when nothing was asked for."""
    codes = {str(place): phase for place, phase in enumerate(spoken)}
    asked = [code for code in state.asked("skeden").split(",") if code in codes]
    usual = asked if len(set(asked)) == 2 else list(codes)[-2:]
    left, right = st.columns(2)
    with left:
        first = _ask_one(_("Före"), codes, usual[0], "resultat.fore")
    with right:
        second = _ask_one(_("Efter"), codes, usual[1], "resultat.efter")
    state.ask(skeden=None if [first, second] == list(codes)[-2:] else f"{first},{second}")
    return codes[first], codes[second]


def _ask_one(label: str, codes: dict[str, Phase], usual: str, key: str) -> str:
    return str(
        st.selectbox(
            label,
            list(codes),
            index=list(codes).index(usual),
            format_func=lambda code: _title(codes[code]),
            key=key,
            filter_mode=None,
        )
    )


def _ask_which(before: Phase, after: Phase) -> str:
    names = {BEFORE: _short(before), AFTER: _short(after)}
    asked = state.asked("skede")
    chosen = st.segmented_control(
        _("Skede på kartan"),
        list(names),
        default=asked if asked in names else AFTER,
        format_func=names.__getitem__,
        required=True,
        key="resultat.skede",
    )
    which = str(chosen or AFTER)
    state.ask(skede=None if which == AFTER else which)
    return which


def _title(phase: Phase) -> str:
    return phase.titles.get(language(), phase.titles["sv"])


def _short(phase: Phase) -> str:
    """Return the name of a phase and when it was."""
    return _("{phase}, {period}").format(
        phase=_name(phase), period=say_period(phase.starts, phase.ends)
    )


def _name(phase: Phase) -> str:
    return _title(phase).split(":", maxsplit=1)[0]


def _say_both(decision: Decision, before: Phase, after: Phase) -> str:
    first, second = (
        published.count_published(decision.id, phase_counts.of_phase(phase))
        for phase in (before, after)
    )
    return ngettext(
        "{n} synpunkt kom in i det första skedet och {m} i det andra.",
        "{n} synpunkter kom in i det första skedet och {m} i det andra.",
        first,
    ).format(n=number(first), m=number(second))


def _say_most(phase: Phase, rows: pd.DataFrame, column: str) -> str:
    """Say where the most comments came from, so that a shift is seen in words too."""
    most = int(rows[column].max())
    names = [plain(name) for name in rows.loc[rows[column] == most, "name"]]
    if len(names) > NAMED:
        return _("{phase}: inget område hade fler än {n}.").format(
            phase=plain(_name(phase)), n=number(most)
        )
    return _("{phase}: flest synpunkter gällde {places}, {n}.").format(
        phase=plain(_name(phase)), places=and_list(names), n=number(most)
    )


def _table(rows: pd.DataFrame, before: Phase, after: Phase) -> pd.DataFrame:
    spoken = rows[(rows["before"] > 0) | (rows["after"] > 0)]
    spoken = spoken.sort_values(["after", "before", "name"], ascending=[False, False, True])
    first, second = _name(before), _name(after)
    if first == second:
        first, second = _short(before), _short(after)
    return pd.DataFrame(
        {
            plain(first): [number(int(n)) for n in spoken["before"]],
            plain(second): [number(int(n)) for n in spoken["after"]],
            _("Skillnad"): [_say_change(int(n)) for n in spoken["change"]],
        },
        index=pd.Index(spoken["name"].map(plain), name=_("Område")),
    )


def _say_change(change: int) -> str:
    if not change:
        return "0"
    return f"+{number(change)}" if change > 0 else f"−{number(-change)}"


def _say_rest(decision: Decision, before: Phase, after: Phase) -> list[str]:
    """Say what stands in neither phase."""
    counted = sum(
        published.count_published(decision.id, phase_counts.of_phase(phase))
        for phase in (before, after)
    )
    rest = published.count_published(decision.id) - counted
    if rest <= 0:
        return []
    return [
        ngettext(
            "{n} synpunkt kom in vid en annan tid och är inte med här.",
            "{n} synpunkter kom in vid en annan tid och är inte med här.",
            rest,
        ).format(n=number(rest))
    ]
