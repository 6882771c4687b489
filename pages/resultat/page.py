"""The result, one layer at a time: each with a sentence, a map, a legend and a table."""

from __future__ import annotations

import streamlit as st

from data import rights
from data.models import Decision
from pages.resultat import overlays, result_layers
from pages.resultat.layer_view import Shown, say_heard, say_when
from pages.resultat.result_layers import ResultLayer
from pages.shared import addresses, frame
from pages.shared.maps import drawn
from pages.shared.maps.legend import legend
from pages.shared.maps.show import show_map
from pages.shared.report import forms, making
from pages.shared.session import signed_in, state
from pages.shared.words.texts import _, language, plain

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
        layer = _ask_layer(decision)
    with right:
        _draw(layer, decision)
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


def _ask_layer(decision: Decision) -> ResultLayer:
    offered = result_layers.offered(decision)
    words = list(offered)
    asked = state.asked("visa", words[0])
    chosen = st.radio(
        _("Visa ett lager i taget"),
        words,
        index=words.index(asked) if asked in words else 0,
        format_func=lambda word: _(offered[word].name),
        key="resultat.visa",
    )
    state.ask(visa=None if chosen == words[0] else chosen)
    return offered[str(chosen)]


def _draw(layer: ResultLayer, decision: Decision) -> None:
    # three fixed places, so that the map's frame stays where it is and only its layers change
    above, middle, below = st.container(), st.container(), st.container()
    overlays.read()
    with above:
        frame.heading(_(layer.name))
        shown = layer.show(decision)
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
        _show_table(shown, layer.word)
        for note in shown.notes:
            st.caption(note)
        for address, words in shown.read_more.items():
            frame.link(address, words, id=decision.id)
        if shown.after:
            shown.after()
        if shown.data:
            frame.data_link(_("Hämta lagret som öppna data (GeoJSON)"), shown.data)
        frame.link("metod", _("Så har vi räknat"))


def _show_table(shown: Shown, word: str) -> None:
    if shown.table is None or shown.table.empty:
        return
    rows = shown.table
    if len(rows) > shown.most_rows:
        everything = st.toggle(
            _("Visa alla {n} rader").format(n=len(rows)), key=f"resultat.alla.{word}"
        )
        rows = rows if everything else rows.head(shown.most_rows)
    st.table(rows, border="horizontal", alt=shown.table_name)


main()
