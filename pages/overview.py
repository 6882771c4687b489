"""The first page: every planned decision, on the map and as a list that says the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from data import clock, rules
from data.comments import progress
from data.decisions import decisions
from data.geodata import layers, places
from data.models import Decision, Place, Status
from data.written import over
from pages.shared import frame
from pages.shared.maps import drawn
from pages.shared.maps.legend import legend
from pages.shared.maps.show import Bounds, Mark, bounds_of_all, show_map
from pages.shared.session import state
from pages.shared.widgets import character_count
from pages.shared.words import place_words
from pages.shared.words.text_language import own_words
from pages.shared.words.texts import N_, _, language, metres, ngettext, plain

GROUPS: dict[str, tuple[str, frozenset[Status]]] = {
    "alla": (N_("Alla"), frozenset(Status)),
    "oppna": (N_("Öppna nu"), frozenset({Status.OPEN, Status.CLOSING_SOON})),
    "kommande": (N_("Kommande"), frozenset({Status.UPCOMING})),
    "avslutade": (N_("Avslutade"), frozenset({Status.SUMMARISING, Status.DECIDED})),
}
SEARCH, CHOICE = "oversikt.sok", "oversikt.visa"
# farther off than this nothing is said to be near
NEAR_M = 3_000
HITS = 6
# half the width and height of the view round a searched place, in degrees
ROUND_LON, ROUND_LAT = 0.022, 0.011


@dataclass(frozen=True)
class Listed:
    """A decision in the list, with the distance in metres to the searched place, if any."""

    number: int
    decision: Decision
    away_m: float | None = None


def main() -> None:
    """Draw the overview."""
    today = clock.today()
    everything = [Listed(number, decision) for number, decision in decisions.list_all()]
    frame.title(_("Vad planeras i {municipality}?"))
    st.markdown(_("Se vad kommunen planerar, och säg vad du tycker medan det går att påverka."))
    if not everything:
        st.markdown(_("Just nu finns inget förslag här. Kom tillbaka senare."))
        return
    asked, chosen = st.columns(2, gap="large")
    with asked:
        place = _ask_place()
    with chosen:
        group = _ask_group(everything, today)
    shown = [one for one in everything if progress.status(one.decision, today) in GROUPS[group][1]]
    if place is not None:
        shown = nearest_first(shown, place)
        _say_near(shown, place)
    if not shown:
        st.markdown(_("Inget förslag passar ditt val just nu. Välj Alla för att se alla förslag."))
    with st.container(key="oversikt"):
        cards, beside = st.columns([2, 3], gap="large")
        with cards:
            for one in shown:
                _show_card(one, today, level=2 if place is None else 3)
        with beside, st.container(key="karta-fast"):
            _show_map(shown, place, today)


def _ask_place() -> Place | None:
    """Ask for a place and give the chosen hit; what was written stands in the address."""
    written = character_count.ask_line(
        _("Sök adress, hållplats eller plats"),
        places.QUERY_MAX,
        value=state.asked("nara")[: places.QUERY_MAX],
        placeholder=_("Till exempel {example_search}"),
        key=SEARCH,
        icon=":material/search:",
    ).strip()
    is_long = over(written, places.QUERY_MAX) > 0
    state.ask(nara=None if is_long else written)
    if not written or is_long:
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
    names = [plain(place_words.say_hit(hit)) for hit in hits]
    chosen = st.radio(
        _("Vilken plats menar du?"),
        range(len(hits)),
        format_func=names.__getitem__,
        key=f"oversikt.traff.{written.casefold()}",
        horizontal=True,
    )
    return hits[chosen or 0]


def _ask_group(everything: list[Listed], today: date) -> str:
    counts = {
        name: sum(progress.status(one.decision, today) in statuses for one in everything)
        for name, (_label, statuses) in GROUPS.items()
    }
    labels = {name: f"{_(label)} ({counts[name]})" for name, (label, _all) in GROUPS.items()}
    before = state.asked("visa", "alla")
    chosen = st.segmented_control(
        _("Visa förslag"),
        list(GROUPS),
        default=before if before in GROUPS else "alla",
        format_func=labels.__getitem__,
        required=True,
        key=CHOICE,
    )
    group = str(chosen or "alla")
    state.ask(visa=None if group == "alla" else group)
    return group


def nearest_first(shown: list[Listed], place: Place) -> list[Listed]:
    """Sort by the straight line from a place to the area's edge; 0 inside."""
    away_m = layers.locator().distance_m
    away = [
        Listed(one.number, one.decision, away_m(place.lon, place.lat, one.decision.area))
        for one in shown
    ]
    return sorted(away, key=lambda one: one.away_m or 0.0)


def _say_near(shown: list[Listed], place: Place) -> None:
    frame.heading(_("Det här gäller nära {place}").format(place=place.name))
    if shown and (shown[0].away_m or 0) > NEAR_M:
        st.markdown(_("Inget förslag ligger riktigt nära. Förslagen visas med det närmaste först."))


def _show_map(shown: list[Listed], place: Place | None, today: date) -> None:
    sentence = ngettext(
        "Kartan visar {n} förslag. Tryck på ett område för att läsa om det.",
        "Kartan visar {n} förslag. Tryck på ett område för att läsa om det.",
        len(shown),
    )
    st.markdown(sentence.format(n=len(shown)))
    ids = tuple(one.decision.id for one in shown)
    areas = replace(drawn.all_decisions(), clickable=True, only=("id", ids))
    clicked = show_map(
        [areas],
        bounds=_bounds(shown, place),
        key="oversikt-karta",
        height=560,
        alt=_("Karta över förslagen"),
        language=language(),
        mark=None if place is None else Mark(place.lon, place.lat, place.name),
    )
    legend(drawn.status_items((one.decision for one in shown), today))
    if clicked and clicked.get("id") in ids:
        frame.go("forslag", id=str(clicked["id"]))


def _bounds(shown: list[Listed], place: Place | None) -> Bounds | None:
    """Return the view: all that is shown, or the surroundings of a searched place."""
    if place is not None:
        west, south = place.lon - ROUND_LON, place.lat - ROUND_LAT
        return west, south, place.lon + ROUND_LON, place.lat + ROUND_LAT
    if not shown:
        return None
    return bounds_of_all(one.decision.area for one in shown)


def _show_card(one: Listed, today: date, *, level: int) -> None:
    decision, text = one.decision, one.decision.text(language())
    with st.container(border=True, key=f"kort-{decision.id}", gap="xsmall"):
        frame.badges(decision, today)
        frame.title_link(decision, f"{one.number}. {text.title}", level=level)
        if one.away_m is not None:
            st.markdown(f"**{plain(say_away(one.away_m))}**")
        with own_words(decision, f"kort-{decision.id}"):
            st.markdown(plain(two_sentences(text.summary)))
            st.caption(plain(text.place))
        label = _("Läs och tyck till") if rules.is_open(decision, today) else _("Läs mer")
        frame.link("forslag", label, icon=":material/arrow_forward:", id=decision.id)


def say_away(distance: float) -> str:
    """Say how far a place is from an area, in metres along the straight line."""
    if distance == 0:
        return _("Platsen ligger inne i området")
    return _("{distance} bort (fågelvägen)").format(distance=metres(distance))


def two_sentences(text: str) -> str:
    """Return the first two sentences of a text."""
    return ". ".join(text.split(". ")[:2]).rstrip(".") + "."


main()
