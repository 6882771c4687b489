"""The result, one layer at a time: each with a sentence, a map, a legend and a table."""

from __future__ import annotations

import streamlit as st

from data import rights
from data.comments.published import EVERYTHING
from data.geodata import layers
from data.models import Decision
from pages.resultat import (
    around,
    counts_by_area,
    density,
    filtered_counts,
    overlays,
    persons_by_tie,
    phases,
    pins,
    stances,
    the_answer,
)
from pages.resultat.layer_view import Shown, say_heard, say_when
from pages.shared import addresses, frame
from pages.shared.maps import drawn
from pages.shared.maps.legend import legend
from pages.shared.maps.show import show_map
from pages.shared.report import forms, making
from pages.shared.session import signed_in, state
from pages.shared.words import affected_words
from pages.shared.words.texts import N_, _, language, plain

STEPS = {
    "forslaget": N_("Förslaget"),
    "berorda": N_("Berörda"),
    "synpunkter": N_("Synpunkter"),
    "tathet": N_("Täthet"),
    "omrade": N_("Per område"),
    "stallning": N_("För och emot"),
    "skeden": N_("Före och efter"),
    "tystnad": N_("Tystnad"),
    "svaret": N_("Svaret"),
}
SQUARES = N_("Rutor, 500 meter")
HEIGHT = 520


def main() -> None:
    """Draw the list of layers and the one that is chosen."""
    _number, decision = frame.decision_or_stop()
    frame.back_to(decision)
    frame.example_banner(decision)
    name = decision.text(language()).title
    frame.title(_("Resultat: {title}").format(title=name), tab=_("Resultat"), of=decision)
    st.markdown(f"**{say_heard(decision)}**")
    st.caption(say_when())
    left, right = st.columns([1, 4], gap="large")
    with left, st.container(key="resultat-steg"):
        step = _ask_step(decision)
    with right:
        _draw(step, decision)
        _show_files(decision)


def _show_files(decision: Decision) -> None:
    """Offer the figures of this page as files to take away."""
    frame.heading(_("Ta med resultatet"))
    st.markdown(
        _(
            "Filerna har samma siffror som sidan. Uppgifter om färre än fem personer och ord som "
            "kommunen har dolt finns inte med."
        )
    )
    names = {
        "xlsx": _("Excel"),
        "csv": _("Synpunkterna som CSV"),
        "gpkg": _("GeoPackage för GIS"),
        "zip": _("Allt i en zip-fil"),
    }
    whole = {
        making.page_address(decision, forms.SUMMARY): _("Sammanställning att läsa"),
        making.pdf_address(decision, forms.SUMMARY): _("Sammanställning som PDF"),
    }
    links = [f"- [{plain(name)}]({address})" for address, name in whole.items()]
    links += [f"- [{plain(name)}]({addresses.export(decision.id, e)})" for e, name in names.items()]
    actor = signed_in.staff()
    if actor is not None and actor.roles & rights.READERS:
        meeting = _("Visa på ett möte")
        links.append(f"- [{plain(meeting)}]({addresses.meeting(decision.id)})")
    st.markdown("\n".join(links))


def _ask_step(decision: Decision) -> str:
    names = [name for name in STEPS if name != "skeden" or phases.has_two(decision)]
    asked = state.asked("visa", names[0])
    chosen = st.radio(
        _("Visa ett lager i taget"),
        names,
        index=names.index(asked) if asked in names else 0,
        format_func=lambda name: _(STEPS[name]),
        key="resultat.visa",
    )
    state.ask(visa=None if chosen == names[0] else chosen)
    return str(chosen)


def _draw(step: str, decision: Decision) -> None:
    # three fixed places, so that the map's frame stays where it is and only its layers change
    above, middle, below = st.container(), st.container(), st.container()
    overlays.read()
    with above:
        frame.heading(_(STEPS[step]))
        shown = _shown(step, decision)
        st.markdown(f"**{plain(shown.sentence)}**")
        for detail in shown.details:
            st.markdown(detail)
    with middle:
        show_map(
            overlays.specs(decision, shown.specs),
            bounds=shown.bounds or drawn.bounds(decision),
            key=f"resultat-{decision.id}",
            height=HEIGHT,
            alt=_("Karta över resultatet"),
            language=language(),
        )
    with below:
        legend(overlays.items(decision, shown.items))
        overlays.ask()
        _show_table(shown, step)
        for note in shown.notes:
            st.caption(note)
        if step == "berorda":
            frame.link("berorda", _("Läs mer om berörda områden"), id=decision.id)
        if step == "svaret":
            frame.link("svar", _("Läs hela svaret"), id=decision.id)
        if shown.after:
            shown.after()
        if shown.data:
            frame.data_link(_("Hämta lagret som öppna data (GeoJSON)"), shown.data)
        frame.link("metod", _("Så har vi räknat"))


def _shown(step: str, decision: Decision) -> Shown:
    areas = affected_words.layer_names(decision)
    if step == "berorda":
        return around.the_affected(decision, _ask_layer(areas))
    if step == "synpunkter":
        return pins.the_pins(decision)
    if step == "omrade":
        return _per_area(decision, {**areas, layers.RUTA: _(SQUARES)})
    if step == "stallning":
        return stances.stances(decision, _ask_layer(areas))
    if step == "tathet":
        return density.the_density(decision)
    if step == "svaret":
        return the_answer.what_became(decision)
    if step == "skeden":
        return phases.before_and_after(decision)
    if step == "tystnad":
        return around.the_silence(decision)
    return around.the_decision(decision)


def _per_area(decision: Decision, areas: dict[str, str]) -> Shown:
    """Ask what to count, whose or which, and by which areas; show it."""
    counted = counts_by_area.ask_counted()
    tie = persons_by_tie.ask() if counted == counts_by_area.PERSONS else None
    if tie is not None:
        # persons with a tie are counted for one fixed layer only
        _ask_layer({layers.DESO: _(affected_words.LAYERS[layers.DESO])})
        return persons_by_tie.per_area(decision, tie)
    layer = _ask_layer(areas)
    wanted = (
        filtered_counts.ask(decision, layer) if counted == counts_by_area.COMMENTS else EVERYTHING
    )
    if wanted != EVERYTHING:
        return filtered_counts.per_area(decision, layer, wanted)
    return counts_by_area.per_area(decision, layer, counted)


def _ask_layer(choices: dict[str, str]) -> str:
    names = list(choices)
    kept = state.get("resultat.delning", state.asked("lager", names[0]))
    chosen = st.segmented_control(
        _("Indelning"),
        names,
        default=kept if kept in choices else names[0],
        format_func=choices.__getitem__,
        required=True,
        key=f"resultat.lager.{len(names)}",
    )
    layer = str(chosen or names[0])
    state.put("resultat.delning", layer)
    state.ask(lager=None if layer == names[0] else layer)
    return layer


def _show_table(shown: Shown, step: str) -> None:
    if shown.table is None or shown.table.empty:
        return
    rows = shown.table
    if len(rows) > shown.most_rows:
        everything = st.toggle(
            _("Visa alla {n} rader").format(n=len(rows)), key=f"resultat.alla.{step}"
        )
        rows = rows if everything else rows.head(shown.most_rows)
    st.table(rows, border="horizontal", alt=shown.table_name)


main()
