"""The layer of comments as marks: filters that hold for map, sentence, table and list alike."""

from __future__ import annotations

import pandas as pd

from data import clock
from data.comments import published, results
from data.comments.published import EVERYTHING
from data.geodata import area_names, layers
from data.models import Decision
from pages.resultat.layer_view import Shown, say_nothing, say_wanted
from pages.shared import addresses
from pages.shared.maps import drawn
from pages.shared.maps.show import bounds_of
from pages.shared.widgets.comment_list import as_words, ask_all_filters, show_list
from pages.shared.words.texts import _, number, plain


def the_pins(decision: Decision) -> Shown:
    """Show comments as marks and, below, as a list with the same filters."""
    has_any = results.totals(decision.id).comments > 0
    wanted = ask_all_filters(decision, "resultat.filter") if has_any else EVERYTHING
    words = as_words(wanted)
    rows = published.count_by_area(decision.id, layers.VALDISTRIKT, wanted)
    today = clock.today()

    def show() -> None:
        if has_any:
            show_list(decision, wanted, key="resultat.lista")

    return Shown(
        sentence=_say_placed(decision) if wanted == EVERYTHING else say_wanted(decision, wanted),
        details=_say_where(rows, published.count_published(decision.id, wanted)),
        specs=[drawn.decision_area(decision), drawn.pins(decision, **words)],
        items=[drawn.area_item(decision, today), *drawn.pin_items()],
        table=_by_district(rows) if len(rows) else None,
        table_name=_("Synpunkter per valdistrikt, flest först"),
        notes=[
            _(
                "Märkena är flyttade 30–50 meter, så att ingen kan se var någon bor. Kartan visar "
                "högst {most} märken, de nyaste. Listan visar alla."
            ).format(most=number(addresses.MARKS_MAX))
        ]
        if has_any
        else [],
        bounds=bounds_of(decision.area, margin=1.5),
        data=addresses.comment_points(decision.id, **words),
        after=show,
    )


def _say_where(rows: pd.Series[int], together: int) -> list[str]:
    """Say where the most of them are, unless several places have as many."""
    if rows.empty or (len(rows) > 1 and rows.iloc[0] == rows.iloc[1]):
        return []
    return [
        _("Flest gäller {place}: {n} av {all}.").format(
            place=plain(area_names.of_code(layers.VALDISTRIKT, str(rows.index[0]))),
            n=number(int(rows.iloc[0])),
            all=number(together),
        )
    ]


def _by_district(rows: pd.Series[int]) -> pd.DataFrame:
    named = [plain(area_names.of_code(layers.VALDISTRIKT, str(code))) for code in rows.index]
    return pd.DataFrame(
        {_("Synpunkter"): [number(int(n)) for n in rows]}, index=pd.Index(named, name=_("Område"))
    )


def _say_placed(decision: Decision) -> str:
    totals = results.totals(decision.id)
    if not totals.comments:
        return say_nothing(decision)
    return _("{n} av {all} synpunkter gäller en särskild plats eller ett område.").format(
        n=number(totals.placed), all=number(totals.comments)
    )
