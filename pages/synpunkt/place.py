"""Step 1: the place. By search, on the map, from a list, in words, or none at all."""

from __future__ import annotations

import streamlit as st

from data import clock
from data.geodata import layers, places
from data.models import PLACE_WORDS_MAX, Decision, Place
from data.written import over
from pages.shared.maps import drawn
from pages.shared.maps.legend import legend
from pages.shared.maps.pick import PickWords, pick_place
from pages.shared.session import state
from pages.shared.widgets import character_count
from pages.shared.words.place_words import say_hit, say_neighbourhood, say_point
from pages.shared.words.texts import _, error_sentence, language, metres, plain
from pages.synpunkt import filled as form
from pages.synpunkt.filled import Comment, Filled

HITS = 6
# beyond the outer band and this, a place is asked about once
FAR_BEYOND_M = 1_500
Point = tuple[float, float]


def show(decision: Decision, filled: Filled) -> None:
    """Draw the step and move on when a place is chosen."""
    comment = form.current(filled)
    prefix = f"{form.name(decision)}.{filled.at}"
    st.markdown(_("Var gäller det du vill säga? Välj på det sätt som passar dig."))
    focus = _ask_search(comment, prefix)
    if filled.mapless:
        _ask_without_map(decision, filled, comment, prefix)
    else:
        _ask_on_map(decision, filled, comment, prefix, focus)
    _show_chosen(decision, filled, comment, prefix)


def _ask_search(comment: Comment, prefix: str) -> Point | None:
    """Ask for a place by name; give the point that the map should move to."""
    written = character_count.ask_line(
        _("Sök adress, hållplats eller plats"),
        places.QUERY_MAX,
        placeholder=_("Till exempel {example_search}"),
        key=f"{prefix}.sok",
        icon=":material/search:",
    ).strip()
    if not written or over(written, places.QUERY_MAX) > 0:
        return _focus(prefix)
    hits = places.search(written, HITS)
    if not hits:
        st.info(
            _(
                "Vi hittar ingen plats som heter så. Pröva en hållplats, en skola eller ett "
                "område, eller använd kartan eller listan."
            )
        )
        return _focus(prefix)
    names = [plain(say_hit(hit)) for hit in hits]
    at = st.radio(
        _("Vilken plats menar du?"),
        range(len(hits)),
        format_func=names.__getitem__,
        key=f"{prefix}.traff.{written.casefold()}",
    )
    # asked here, so that it is the place that is chosen now; a list that nobody has seen yet is
    # shown first
    seen = f"{prefix}.sedd"
    is_pressed = st.button(_("Använd den här platsen"), key=f"{prefix}.anvand")
    if is_pressed and (state.get(seen) == written or len(hits) == 1):
        _use_hit(comment, hits[at or 0], prefix)
    state.put(seen, written)
    if _is_from_search(comment, prefix):
        _tell_chosen(comment)
    return _focus(prefix)


def _use_hit(comment: Comment, hit: Place, prefix: str) -> None:
    if hit.deso:
        form.set_neighbourhood(comment, hit.deso)
    else:
        form.set_pin(comment, hit.lon, hit.lat)
    state.put(f"{prefix}.fokus", [hit.lon, hit.lat, hit.deso])


def _is_from_search(comment: Comment, prefix: str) -> bool:
    """Tell whether what is chosen is the hit that was used last, so that it is told beside it."""
    lon, lat, deso = state.get(f"{prefix}.fokus") or (None, None, None)
    is_search_open = bool(state.get(f"{prefix}.sok"))
    if not is_search_open or lon is None:
        return False
    return comment.deso == deso if deso else form.pin_of(comment) == (lon, lat)


def _tell_chosen(comment: Comment) -> None:
    said = _("Vald plats: {place}.").format(place=say_place(comment))
    st.success(plain(said), icon=":material/location_on:")


def _focus(prefix: str) -> Point | None:
    kept = state.get(f"{prefix}.fokus")
    return (kept[0], kept[1]) if kept else None


def _ask_on_map(
    decision: Decision, filled: Filled, comment: Comment, prefix: str, focus: Point | None
) -> None:
    st.button(
        _("Jag vill inte använda kartan"),
        type="tertiary",
        key=f"{prefix}.utankarta",
        on_click=form.use_map,
        args=(filled,),
        kwargs={"is_used": False},
    )
    st.markdown(
        _(
            "Tryck på kartan där det gäller. Eller flytta kartan så att platsen är i mitten och "
            "tryck på knappen Sätt nålen mitt på kartan."
        )
    )
    chosen = pick_place(
        form.pin_of(comment),
        PickWords(_("Sätt nålen mitt på kartan"), _("Din plats"), language()),
        key=f"{prefix}.karta",
        of=decision,
        focus=focus,
    )
    legend([drawn.area_item(decision, clock.today())])
    if chosen is None:
        return
    if layers.locator().codes(*chosen) is None:
        st.error(error_sentence("outside"))
        return
    form.set_pin(comment, *chosen)


def _ask_without_map(decision: Decision, filled: Filled, comment: Comment, prefix: str) -> None:
    """Offer the list of neighbourhoods and a place in words: the same as the map gives."""
    st.button(
        _("Jag vill använda kartan"),
        type="tertiary",
        key=f"{prefix}.medkarta",
        on_click=form.use_map,
        args=(filled,),
        kwargs={"is_used": True},
    )
    named = {place.deso: place.name for place in places.neighbourhood_list()}
    known, field = list(named), f"{prefix}.omrade"
    st.selectbox(
        _("Välj ett område i listan"),
        known,
        index=known.index(comment.deso) if comment.deso in named else None,
        format_func=named.__getitem__,
        placeholder=_("Välj område"),
        key=field,
        on_change=_use_listed,
        args=(comment, field),
    )
    comment.words = character_count.ask_line(
        _("Beskriv platsen med egna ord, om du vill"),
        PLACE_WORDS_MAX,
        value=comment.words,
        placeholder=_("Till exempel: vid gungorna bakom skolan"),
        key=f"{prefix}.ord",
    )
    st.button(
        _("Det gäller ingen särskild plats"),
        key=f"{prefix}.ingen",
        on_click=_use_no_place,
        args=(decision, filled, comment, prefix),
    )


def _use_no_place(decision: Decision, filled: Filled, comment: Comment, prefix: str) -> None:
    form.set_no_place(comment)
    _go_on(decision, filled, comment, prefix)


def _use_listed(comment: Comment, field: str) -> None:
    """Take the chosen neighbourhood; only when it changes, so that a later search may win."""
    chosen = state.get(field)
    if chosen:
        form.set_neighbourhood(comment, chosen)


def _show_chosen(decision: Decision, filled: Filled, comment: Comment, prefix: str) -> None:
    """Tell what is chosen, ask once about a place far off, and let the person go on."""
    away = too_far(decision, comment)
    if comment.how is not None and not _is_from_search(comment, prefix):
        _tell_chosen(comment)
    if away is not None:
        asked = _("Platsen ligger {distance} från förslagets område. Stämmer det?")
        st.warning(asked.format(distance=metres(away)))
    label = _("Nästa") if away is None else _("Ja, platsen stämmer. Nästa")
    st.button(
        label,
        type="primary",
        key=f"{prefix}.vidare",
        on_click=_go_on,
        args=(decision, filled, comment, prefix),
    )
    fault = state.get(_fault(prefix))
    if fault:
        state.drop(_fault(prefix))
        st.error(error_sentence(fault))


def _fault(prefix: str) -> str:
    return f"{prefix}.platsfel"


def _go_on(decision: Decision, filled: Filled, comment: Comment, prefix: str) -> None:
    form.take_up(decision, filled)
    fault = form.place_fault_of(comment)
    if fault is not None:
        state.put(_fault(prefix), fault)
        # where the words are asked for
        filled.mapless = filled.mapless or form.is_place_too_long(comment)
        return
    comment.far_ok = True
    form.go(filled, form.WORDS)


def too_far(decision: Decision, comment: Comment) -> float | None:
    """Return the metres to the area if the place is so far off that it may be a mistake."""
    pin = form.pin_of(comment)
    if pin is None or comment.far_ok or decision.far_m is None:
        return None
    away = layers.locator().distance_m(*pin, decision.area)
    return away if away > decision.far_m + FAR_BEYOND_M else None


def say_place(comment: Comment) -> str:
    """Say where a comment is, as a neighbour would."""
    pin = form.pin_of(comment)
    if pin is not None:
        return say_point(*pin)
    if comment.deso:
        return say_neighbourhood(comment.deso)
    return _("ingen särskild plats")
