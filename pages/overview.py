"""The first page: every planned decision, on the map and as a list that says the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st

from data import clock, decisions, layers, places, rules
from data.models import Decision, Place, Status
from pages.shared import addresses, frame, state
from pages.shared.maps import palette
from pages.shared.maps.layers import LayerSpec
from pages.shared.maps.show import Bounds, bounds_of, show_map
from pages.shared.texts import STATUS_WORDS, N_, _, language, metres, ngettext

GROUPS: dict[str, tuple[str, frozenset[Status]]] = {
    "alla": (N_("Alla"), frozenset(Status)),
    "oppna": (N_("Öppna nu"), frozenset({Status.OPEN, Status.CLOSING_SOON})),
    "kommande": (N_("Kommande"), frozenset({Status.UPCOMING})),
    "avslutade": (N_("Avslutade"), frozenset({Status.SUMMARISING, Status.DECIDED})),
}
NEAR_M = 3_000
HITS = 6


@dataclass(frozen=True)
class Listed:
    """A decision in the list, with the distance to the searched place, if there is one."""

    number: int
    decision: Decision
    away_m: float | None = None


def main() -> None:
    """Draw the overview."""
    today = clock.today()
    everything = [Listed(number, decision) for number, decision in decisions.list_all()]
    st.title(_("Vad planeras i Karlskoga?"))
    st.markdown(_("Se vad kommunen planerar, och säg vad du tycker medan det går att påverka."))
    if not everything:
        st.markdown(_("Just nu finns inget förslag här. Kom tillbaka senare."))
        return
    place = _ask_place()
    group = _ask_group(everything, today)
    shown = [one for one in everything if rules.status_of(one.decision, today) in GROUPS[group][1]]
    if place is not None:
        shown = _nearest_first(shown, place)
    left, right = st.columns([2, 3], gap="large")
    with right, st.container(key="karta-fast"):
        _show_map(shown, place)
    with left:
        _show_cards(shown, place, today)


def _ask_place() -> Place | None:
    """Ask for a place and give the chosen hit, kept in the address as ``?nara=``."""
    written = st.text_input(
        _("Sök adress, hållplats eller plats"),
        value=state.asked("nara"),
        placeholder=_("Till exempel Skranta torg"),
        max_chars=80,
        key="oversikt.sok",
        icon=":material/search:",
    )
    state.ask(nara=written)
    if not written:
        return None
    hits = places.search(written, HITS)
    if not hits:
        st.info(
            _(
                "Vi hittar ingen plats som heter så. Pröva en hållplats, en skola eller ett "
                "område. Här ser du alla förslag."
            )
        )
        return None
    if len(hits) == 1:
        return hits[0]
    return st.radio(
        _("Vilken plats menar du?"),
        hits,
        format_func=say_place,
        key=f"oversikt.traff.{written.casefold()}",
        horizontal=True,
    )


def say_place(place: Place) -> str:
    """Say what a hit is, so that two with the same name can be told apart."""
    where = place.district if place.district and place.district != place.name else ""
    return f"{place.name} ({', '.join(part for part in (place.sort, where) if part)})"


def _ask_group(everything: list[Listed], today: date) -> str:
    counts = {
        name: sum(rules.status_of(one.decision, today) in statuses for one in everything)
        for name, (_label, statuses) in GROUPS.items()
    }
    before = state.asked("visa", "alla")
    chosen = st.segmented_control(
        _("Visa"),
        list(GROUPS),
        default=before if before in GROUPS else "alla",
        format_func=lambda name: f"{_(GROUPS[name][0])} ({counts[name]})",
        required=True,
        key="oversikt.visa",
        label_visibility="collapsed",
    )
    group = str(chosen or "alla")
    state.ask(visa=None if group == "alla" else group)
    return group


def _nearest_first(shown: list[Listed], place: Place) -> list[Listed]:
    away_m = layers.locator().distance_m
    away = [
        Listed(one.number, one.decision, away_m(place.lon, place.lat, one.decision.area))
        for one in shown
    ]
    return sorted(away, key=lambda one: one.away_m or 0.0)


def _show_map(shown: list[Listed], place: Place | None) -> None:
    st.markdown(
        ngettext(
            "Kartan visar {n} förslag. Tryck på ett område för att läsa.",
            "Kartan visar {n} förslag. Tryck på ett område för att läsa.",
            len(shown),
        )
    )
    ids = tuple(one.decision.id for one in shown)
    clicked = show_map(
        [
            LayerSpec(
                addresses.all_decisions(language()),
                name="forslag",
                property="status",
                fills=palette.STATUS,
                colors=palette.STATUS,
                hatch_values=(Status.UPCOMING.value,),
                weight=3,
                fill_opacity=0.2,
                label="number",
                tooltip=(("title", ""), ("status", ""), ("label", "")),
                words={s.value: _(STATUS_WORDS[s]) for s in Status},
                clickable=True,
                only=("id", ids),
            )
        ],
        bounds=_bounds(shown, place),
        key="oversikt",
        height=560,
        alt=_("Karta över Karlskoga"),
        language=language(),
    )
    if clicked and clicked.get("id") in ids:
        st.switch_page("forslag.py", query_params={"id": str(clicked["id"])})


def _bounds(shown: list[Listed], place: Place | None) -> Bounds | None:
    """Give the view: all that is shown, or the surroundings of a searched place."""
    if place is not None:
        wide, high = 0.022, 0.011
        return place.lon - wide, place.lat - high, place.lon + wide, place.lat + high
    if not shown:
        return None
    west, south, east, north = zip(*(bounds_of(one.decision.area) for one in shown), strict=True)
    return min(west), min(south), max(east), max(north)


def _show_cards(shown: list[Listed], place: Place | None, today: date) -> None:
    if place is not None:
        st.subheader(_("Det här gäller nära {place}").format(place=place.name))
        if shown and (shown[0].away_m or 0) > NEAR_M:
            st.markdown(_("Inget förslag ligger riktigt nära. Här är de närmaste."))
    if not shown:
        st.markdown(_("Inget förslag är sådant just nu. Välj Alla för att se de andra."))
    for one in shown:
        _show_card(one, today)


def _show_card(one: Listed, today: date) -> None:
    text = one.decision.text(language())
    with st.container(border=True, key=f"kort-{one.decision.id}"):
        frame.status_line(one.decision, today)
        st.subheader(f"{one.number}. {text.title}", anchor=False)
        if one.decision.example:
            st.markdown(f":yellow-badge[{_(frame.EXAMPLE)}]")
        if one.away_m is not None:
            st.markdown(f"**{_say_away(one.away_m)}**")
        st.markdown(_two_sentences(text.summary))
        st.caption(text.place)
        is_open = rules.is_open(one.decision, today)
        label = _("Läs och tyck till") if is_open else _("Läs mer")
        frame.link_to(
            "forslag.py", one.decision, f"{label}: {text.title}", icon=":material/arrow_forward:"
        )


def _say_away(distance: float) -> str:
    if distance == 0:
        return _("Platsen ligger i området")
    return _("{distance} bort, fågelvägen").format(distance=metres(distance))


def _two_sentences(text: str) -> str:
    return ". ".join(text.split(". ")[:2]).rstrip(".") + "."


main()
