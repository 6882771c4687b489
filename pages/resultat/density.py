"""The layer of how close comments lie, in squares that grow finer as the map comes closer."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from data import clock
from data.comments import density, results
from data.comments.published import EVERYTHING, CommentFilter
from data.models import Decision
from geo import crs
from pages.resultat.layer_view import Shown, say_nothing, say_wanted
from pages.shared import addresses
from pages.shared.maps import drawn, palette
from pages.shared.maps.layer_specs import LayerSpec
from pages.shared.maps.legend import Item
from pages.shared.maps.show import bounds_of
from pages.shared.widgets.comment_list import as_words, ask_all_filters
from pages.shared.words import comment_counts
from pages.shared.words.place_words import say_point
from pages.shared.words.texts import _, number, plain

# the first and the last zoom level at which squares of a side are on the map
ZOOMS = {1_000: (0, 12), 500: (13, 13), 250: (14, 22)}
# what the sentence and the table are about, whatever the map shows
TOLD_M = 500
ROWS_MAX = 10


def the_density(decision: Decision) -> Shown:
    """Show squares by how many comments with a point they hold."""
    has_any = results.totals(decision.id).comments > 0
    wanted = ask_all_filters(decision, "resultat.filter") if has_any else EVERYTHING
    told = density.squares(decision.id, TOLD_M, wanted)
    breaks = breaks_for(decision, wanted)
    densest = _say_densest(told, decision)
    return Shown(
        sentence=densest if wanted == EVERYTHING else say_wanted(decision, wanted),
        details=[] if wanted == EVERYTHING else [densest],
        specs=[
            *in_squares(decision, breaks, wanted),
            drawn.decision_area(decision, fill_opacity=0),
        ],
        items=[
            drawn.area_item(decision, clock.today())._replace(fill="none"),
            *square_items(breaks),
        ],
        table=_table(told) if len(told) else None,
        table_name=_("Rutorna med flest synpunkter"),
        notes=[
            _(
                "Rutan är 1 000, 500 eller 250 meter, beroende på hur nära du har zoomat. Raderna "
                "ovan gäller rutor på {side} meter."
            ).format(side=number(TOLD_M)),
            say_displaced(),
        ],
        bounds=bounds_of(decision.area, margin=1.5),
        data=addresses.density(decision.id, TOLD_M, **as_words(wanted)),
    )


def breaks_for(decision: Decision, *several: CommentFilter) -> tuple[int, ...]:
    """Fit one set of classes to the fullest square of all that is to be compared."""
    coarse = [density.squares(decision.id, density.SIDES_M[0], wanted) for wanted in several]
    return comment_counts.breaks_of(one["comments"].max() for one in coarse if len(one))


def in_squares(
    decision: Decision, breaks: tuple[int, ...], wanted: CommentFilter = EVERYTHING
) -> list[LayerSpec]:
    """Draw squares of the comments that are wanted, of the size that fits the zoom."""
    return [_spec(decision, side, breaks, wanted) for side in density.SIDES_M]


def square_items(breaks: tuple[int, ...]) -> list[Item]:
    """Explain the colours of the squares."""
    return drawn.class_items(breaks, unit=_("{n} synpunkter i en ruta"))


def say_displaced() -> str:
    """Say what the squares leave out and how sure they are."""
    return _(
        "Bara synpunkter med en punkt på kartan är med. Punkterna är flyttade 30–50 meter, "
        "så en synpunkt kan ha hamnat i rutan bredvid."
    )


def _spec(
    decision: Decision, side_m: int, breaks: tuple[int, ...], wanted: CommentFilter
) -> LayerSpec:
    return LayerSpec(
        addresses.density(decision.id, side_m, **as_words(wanted)),
        name=f"tathet-{side_m}",
        property="comments",
        breaks=breaks,
        ramp=palette.ramp(len(breaks) + 1),
        weight=1,
        fill_opacity=0.75,
        tooltip=(("comments", _("Synpunkter")),),
        zooms=ZOOMS[side_m],
    )


def _say_densest(told: gpd.GeoDataFrame, decision: Decision) -> str:
    if not results.totals(decision.id).comments:
        return say_nothing(decision)
    if told.empty:
        return _("Ingen synpunkt gäller en särskild plats.")
    first = told.iloc[0]
    if len(told) > 1 and told.iloc[1]["comments"] == first["comments"]:
        return _("Flera rutor har lika många synpunkter: {n} var.").format(
            n=number(int(first["comments"]))
        )
    return _("Tätast ligger synpunkterna {place}: {n} inom {side} meter.").format(
        place=_place(first), n=number(int(first["comments"])), side=number(TOLD_M)
    )


def _place(row: pd.Series) -> str:
    middle = row["geometry"].centroid
    return say_point(*crs.point_to_degrees(middle.x, middle.y))


def _table(told: gpd.GeoDataFrame) -> pd.DataFrame:
    rows = told.head(ROWS_MAX)
    return pd.DataFrame(
        {_("Synpunkter"): [number(int(n)) for n in rows["comments"]]},
        index=pd.Index([plain(_place(row)) for _n, row in rows.iterrows()], name=_("Rutan ligger")),
    )
