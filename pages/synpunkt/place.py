"""Step 1: the place. By search, on the map, from a list, in words, or none at all."""

from __future__ import annotations

import streamlit as st

from data import layers, names, places
from data.models import PLACE_WORDS_MAX, Decision, Place
from pages.shared import state
from pages.shared.maps.pick import pick_place
from pages.shared.texts import SORT_WORDS, _, error_sentence, language, metres
from pages.synpunkt import filled as form
from pages.synpunkt.filled import Filled

HITS = 6
# beyond the outer band and this, a place is asked about once
FAR_BEYOND_M = 1_000


def show(decision: Decision, filled: Filled) -> None:
    """Draw the step and move on when a place is chosen."""
    comment = form.current(filled)
    prefix = f"{form.name(decision)}.{filled['at']}"
    st.markdown(_("Var gäller det du vill säga? Välj på det sätt som passar dig."))
    focus = _ask_search(comment, prefix)
    if filled["mapless"]:
        _ask_without_map(filled, comment, prefix)
    else:
        _ask_on_map(decision, filled, comment, prefix, focus)
    _show_chosen(decision, filled, comment, prefix)


def _ask_search(comment: Filled, prefix: str) -> tuple[float, float] | None:
    """Ask for a place by name; give the point the map should move to."""
    written = st.text_input(
        _("Sök adress, hållplats eller plats"),
        placeholder=_("Till exempel Skranta torg"),
        max_chars=80,
        key=f"{prefix}.sok",
        icon=":material/search:",
    )
    if not written:
        return None
    hits = places.search(written, HITS)
    if not hits:
        st.info(
            _(
                "Vi hittar ingen plats som heter så. Pröva en hållplats, en skola eller ett "
                "område, eller använd kartan eller listan."
            )
        )
        return None
    hit = st.radio(
        _("Vilken plats menar du?"),
        hits,
        format_func=_say_hit,
        key=f"{prefix}.traff.{written.casefold()}",
    )
    if st.button(_("Använd den här platsen"), key=f"{prefix}.anvand"):
        _use(comment, hit)
        state.put(f"{prefix}.fokus", [hit.lon, hit.lat])
    kept = state.get(f"{prefix}.fokus")
    return (kept[0], kept[1]) if kept else None


def _say_hit(hit: Place) -> str:
    where = hit.district if hit.district != hit.name else ""
    return f"{hit.name} ({', '.join(part for part in (hit.sort, where) if part)})"


def _use(comment: Filled, hit: Place) -> None:
    if hit.deso:
        form.set_neighbourhood(comment, hit.deso)
    else:
        form.set_pin(comment, hit.lon, hit.lat)


def _ask_on_map(
    decision: Decision,
    filled: Filled,
    comment: Filled,
    prefix: str,
    focus: tuple[float, float] | None,
) -> None:
    if st.button(_("Jag vill inte använda kartan"), type="tertiary", key=f"{prefix}.utankarta"):
        filled["mapless"] = True
        st.rerun()
    st.markdown(
        _(
            "Tryck på kartan där det gäller. Eller flytta kartan så att platsen är i mitten och "
            "tryck på knappen Sätt nålen mitt på kartan."
        )
    )
    chosen = pick_place(
        form.pin_of(comment),
        area_id=decision.id,
        area=decision.area,
        key=f"{prefix}.karta",
        button=_("Sätt nålen mitt på kartan"),
        pin_title=_("Din plats"),
        focus=focus,
        language=language(),
    )
    if chosen is None:
        return
    if layers.locator().codes(*chosen) is None:
        st.error(error_sentence("outside"))
        return
    form.set_pin(comment, *chosen)


def _ask_without_map(filled: Filled, comment: Filled, prefix: str) -> None:
    """Offer the list of neighbourhoods and a place in words: the same as the map gives."""
    if st.button(_("Jag vill använda kartan"), type="tertiary", key=f"{prefix}.medkarta"):
        filled["mapless"] = False
        st.rerun()
    found = places.neighbourhood_list()
    known = [place.deso for place in found]
    named = {place.deso: place.name for place in found}
    chosen = st.selectbox(
        _("Välj ett område i listan"),
        known,
        index=known.index(comment["deso"]) if comment["deso"] in known else None,
        format_func=lambda code: named[code],
        placeholder=_("Välj område"),
        key=f"{prefix}.omrade",
    )
    if chosen and chosen != comment["deso"]:
        form.set_neighbourhood(comment, chosen)
    comment["words"] = st.text_input(
        _("Beskriv platsen med egna ord (om du vill)"),
        value=comment["words"],
        max_chars=PLACE_WORDS_MAX,
        placeholder=_("Till exempel: vid gungorna bakom skolan"),
        key=f"{prefix}.ord",
    )
    if st.button(_("Det gäller ingen särskild plats"), key=f"{prefix}.ingen"):
        form.set_no_place(comment)
        form.go(filled, form.WORDS)
        st.rerun()


def _show_chosen(decision: Decision, filled: Filled, comment: Filled, prefix: str) -> None:
    if comment["how"] is None:
        st.markdown(_("Ingen plats är vald än."))
        return
    st.success(
        _("Vald plats: {place}").format(place=say_place(comment)), icon=":material/location_on:"
    )
    away = _too_far(decision, comment)
    if away is not None:
        st.warning(
            _("Platsen ligger {distance} från förslagets område. Stämmer det?").format(
                distance=metres(away)
            )
        )
    label = _("Fortsätt") if away is None else _("Ja, platsen stämmer. Fortsätt")
    if st.button(label, type="primary", key=f"{prefix}.vidare"):
        comment["far_ok"] = True
        form.go(filled, form.WORDS)
        st.rerun()


def _too_far(decision: Decision, comment: Filled) -> float | None:
    """Give the metres to the area if the place is so far off that it may be a mistake."""
    pin = form.pin_of(comment)
    if pin is None or comment["far_ok"] or decision.far_m is None:
        return None
    away = layers.locator().distance_m(*pin, decision.area)
    return away if away > decision.far_m + FAR_BEYOND_M else None


def say_place(comment: Filled) -> str:
    """Say where a comment is, as a neighbour would."""
    pin = form.pin_of(comment)
    if pin is not None:
        return _say_point(*pin)
    if comment["deso"]:
        return names.of_code(layers.DESO, comment["deso"])
    return _("ingen särskild plats")


def _say_point(lon: float, lat: float) -> str:
    found = places.describe(lon, lat)
    if found is None:
        return _("en plats på kartan")
    name = _(SORT_WORDS.get(found.sort, "{name}")).format(name=found.name)
    return _("nära {name}, i {district}").format(name=name, district=found.district)
