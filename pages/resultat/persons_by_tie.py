"""Persons by their tie to the place, per statistical area: told privately, so from the release."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data import clock
from data.affected import participation
from data.comments import releases, results
from data.geodata import layers
from data.models import Decision, Relation
from pages.resultat import counts_by_area
from pages.resultat.layer_view import Shown, say_nothing, say_persons
from pages.shared import addresses
from pages.shared.maps import drawn
from pages.shared.session import state
from pages.shared.words import comment_counts
from pages.shared.words.texts import _, and_list, number, plain, say_short_date, word

ALL, NAME = "", "koppling"
KEY = f"resultat.{NAME}"


def ask() -> Relation | None:
    """Ask whose comments to count by: everyone, or those with one tie to the place."""
    known = [one.value for one in Relation]
    if not state.has(KEY) and state.asked(NAME) in known:
        state.put(KEY, state.asked(NAME))
    words = {ALL: _("Alla"), **{one.value: word(one) for one in Relation}}
    chosen = st.selectbox(
        _("Koppling till platsen"),
        list(words),
        format_func=words.__getitem__,
        key=KEY,
        filter_mode=None,
    )
    state.ask(**{NAME: chosen or None})
    return Relation(chosen) if chosen else None


def per_area(decision: Decision, tie: Relation) -> Shown:
    """Show about how many persons with a tie to the place have been heard from each DeSO."""
    if releases.released_at(decision.id) is None:
        return _nothing_yet(decision)
    counts = participation.public_ties(decision.id)[tie.value].rename("persons")
    frame = pd.DataFrame({"name": layers.frame(layers.DESO)["name"], "persons": counts})
    rows = frame[frame["persons"].fillna(1) > 0]
    rows = rows.sort_values(["persons", "name"], ascending=[False, True])
    breaks = comment_counts.breaks_of(counts, comment_counts.PERSON_BREAKS)
    url = addresses.results(decision.id, layers.DESO, relation=tie.value)
    return Shown(
        sentence=_say_most(rows, tie),
        specs=[
            counts_by_area.count_spec(
                url, layers.DESO, counts_by_area.PERSONS, breaks, told=(counts_by_area.PERSONS,)
            ),
            drawn.decision_area(decision, fill_opacity=0),
        ],
        items=[
            drawn.area_item(decision, clock.today())._replace(fill="none"),
            *drawn.class_items(breaks, step=results.ROUNDED_TO, unit=_("ungefär {n} personer")),
            drawn.too_few_item(),
            drawn.silent_item()._replace(words=_("Ingen med den kopplingen")),
        ],
        table=_table(rows) if len(rows) else None,
        table_name=_("Personer med vald koppling per område, flest först"),
        notes=_notes(decision),
        data=url,
    )


def _nothing_yet(decision: Decision) -> Shown:
    too_few = _("Vi visar ålder och koppling när minst 5 personer har hörts.")
    has_any = results.totals(decision.id).comments > 0
    return Shown(
        sentence=too_few if has_any else say_nothing(decision),
        specs=[drawn.decision_area(decision)],
        items=[drawn.area_item(decision, clock.today())],
    )


def _say_most(rows: pd.DataFrame, tie: Relation) -> str:
    known = rows[rows["persons"].notna()]
    if known.empty:
        return _("För få har hörts för att vi ska visa varifrån.")
    most = int(known["persons"].max())
    # a name that lists districts holds commas of its own
    names = [plain(n.replace(", ", "/")) for n in known.loc[known["persons"] == most, "name"]]
    return _("Flest som svarat ”{tie}” har hörts från {places}: ungefär {n}.").format(
        tie=word(tie), places=and_list(names), n=number(most)
    )


def _notes(decision: Decision) -> list[str]:
    when = releases.released_at(decision.id)
    notes = [
        _(
            "Koppling räknas bara per statistikområde och bara i antal personer, så att ingen kan "
            "pekas ut. Därför går det inte att se vilka synpunkter det gäller."
        ),
        _(
            "Vi räknar personer där de bor, om de har sagt det. Annars räknar vi efter "
            "platsen som deras synpunkter gäller."
        ),
    ]
    if when is not None:
        notes.append(
            _(
                "Siffrorna räknas om först när minst 5 personer till har hörts. Senast {day}."
            ).format(day=say_short_date(clock.day_of(when)))
        )
    return notes


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {_("Personer, ungefär"): [say_persons(n) for n in rows["persons"]]},
        index=pd.Index(rows["name"].map(plain), name=_("Område")),
    )
