"""Comments that were picked out, per area: the filters hold for sentence, map and table."""

from __future__ import annotations

import pandas as pd

from data import clock
from data.comments import area_counts, published, results
from data.comments.published import EVERYTHING, CommentFilter
from data.models import Decision
from pages.resultat import counts_by_area, tables
from pages.resultat.layer_view import Shown, say_persons, say_wanted
from pages.shared import addresses
from pages.shared.maps import drawn
from pages.shared.widgets.comment_list import as_words, ask_all_filters
from pages.shared.words import comment_counts
from pages.shared.words.channel_words import say_channels
from pages.shared.words.texts import _, number, plain


def ask(decision: Decision, layer: str) -> CommentFilter:
    """Ask which comments to count, where they may be counted by what they are."""
    may_pick = layer in published.COUNTED_LAYERS and results.totals(decision.id).comments > 0
    return (
        ask_all_filters(decision, "resultat.filter", with_place=False) if may_pick else EVERYTHING
    )


def per_area(decision: Decision, layer: str, wanted: CommentFilter) -> Shown:
    """Show how many of the comments that are `wanted` each area has."""
    words = as_words(wanted)
    everything = area_counts.picked_out(decision.id, layer, wanted)
    rows = tables.with_comments(everything)
    breaks = comment_counts.breaks_of(everything["comments"])
    url = addresses.results(decision.id, layer, **words)
    counted = published.count_published(decision.id, wanted)
    hidden = bool(everything["comments"].isna().any())
    return Shown(
        sentence=say_wanted(decision, wanted),
        details=[counts_by_area.say_most(rows[rows["comments"].notna()], counted)]
        if counted
        else [],
        specs=[
            counts_by_area.count_spec(
                url, layer, counts_by_area.COMMENTS, breaks, told=(counts_by_area.COMMENTS,)
            ),
            drawn.decision_area(decision, fill_opacity=0),
        ],
        items=[
            drawn.area_item(decision, clock.today())._replace(fill="none"),
            *drawn.class_items(breaks, unit=_("{n} synpunkter")),
            *([drawn.too_few_item()] if hidden else []),
            drawn.silent_item()._replace(words=_("Ingen sådan synpunkt")),
        ],
        table=_table(rows) if len(rows) else None,
        table_name=_("Utvalda synpunkter per område, flest först"),
        notes=[
            *([_say_hidden()] if hidden else []),
            _("Personer räknas inte när du har valt ut synpunkter, så att ingen kan pekas ut."),
            *say_channels(decision.id),
        ],
        data=url,
    )


def _say_hidden() -> str:
    return _(
        "Vad synpunkter är och vad de tycker visas bara där minst {least} personer har hörts."
    ).format(least=number(results.LEAST_PERSONS))


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {_("Synpunkter"): [say_persons(n) for n in rows["comments"]]},
        index=pd.Index(rows["name"].map(plain), name=_("Område")),
    )
