"""The maps of a report, drawn on the server in the classes and colours of the maps on the pages."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping

import pandas as pd
from shapely.geometry.base import BaseGeometry

from data.output import map_shapes
from data.output.document import Figure, Sign
from data.output.report import Report
from pages.shared.maps import drawn, palette
from pages.shared.maps.legend import Item
from pages.shared.maps.painter import Look
from pages.shared.report import paper
from pages.shared.report.paper import DOTS, HATCH, LINE, Name, Painted
from pages.shared.words import affected_words, comment_counts
from pages.shared.words.texts import and_list, number

WATER = Sign("Vatten, så brett som vid en stor översvämning", palette.BASE["water"])
WHITE = palette.GROUND
NAMED = 3
# the water shows through, so that people know where they are
CLEAR, FAINT = 0.88, 0.55


def of_decision(report: Report) -> Figure:
    """Draw where the proposal is, and the bands round it."""
    decision = report.decision
    dashes = {"near": "", "middle": "10 5", "far": "2 6"}
    edges = map_shapes.bands(decision)
    color = palette.STATUS[report.status.value]
    painted = [
        *(
            Painted(shape, Look(edge=palette.TEXT, width=2, dash=dashes[name]))
            for name, shape in edges.items()
        ),
        Painted(decision.area, Look(color, color, 4, opacity=0.3)),
    ]
    view = map_shapes.near_view(decision) if edges else map_shapes.town_view(decision)
    signs = [Sign("Förslagets område", color), WATER]
    signs += [Sign(item.words, palette.TEXT, LINE) for item in drawn.band_items(decision)]
    place = decision.text("sv").place
    return Figure(
        svg=paper.draw(view, painted, key="forslaget"),
        alt=f"Karta. Förslagets område ligger vid {place}.",
        caption=f"Förslagets område: {place}",
        signs=tuple(signs),
    )


def of_affected(report: Report) -> Figure:
    """Draw how many people are affected in each area, in the classes of the page."""
    rows = report.affected_by_area["affected"]
    painted = []
    for code, shape in map_shapes.areas(report.layer).items():
        count = rows.get(code)
        painted.append(_area(shape, count, affected_words.PEOPLE_BREAKS))
    signs = _classes(drawn.class_items(affected_words.PEOPLE_BREAKS, step=10, unit="{n} berörda"))
    signs += [
        Sign("Färre än 5 personer", WHITE, HATCH),
        Sign("Ingen bor inom avstånden", WHITE),
    ]
    ordered = affected_words.most_affected(
        affected_words.ordered(report.decision, report.layer, affected_words.PEOPLE)
    )
    most = [f"{row['name']} {number(row['affected'])}" for _code, row in ordered.iterrows()]
    said = f"Flest berörda: {and_list(most[:NAMED])}." if most else "Ingen bor inom avstånden."
    return Figure(
        svg=_by_area(report, painted, "berorda"),
        alt=f"Karta över berörda personer, vägt efter avstånd, per område. {said} Tabellen "
        "efter kartan säger samma sak.",
        caption="Berörda personer per område, vägt efter avstånd",
        signs=(*signs, *_usual(report)),
    )


def of_comments(report: Report) -> Figure:
    """Draw how many comments each area has."""
    rows = report.results_by_area
    breaks = comment_counts.breaks_of(rows["comments"])
    painted = [
        _area(shape, int(rows["comments"][code]), breaks, nobody=DOTS)
        for code, shape in map_shapes.areas(report.layer).items()
    ]
    signs = _classes(drawn.class_items(breaks, unit="{n} synpunkter"))
    signs.append(Sign("Ingen har hörts", WHITE, DOTS))
    return Figure(
        svg=_by_area(report, painted, "synpunkter"),
        alt=f"Karta över antal synpunkter per område. {say_most(report)} Tabellen efter kartan "
        "säger samma sak.",
        caption="Publicerade synpunkter per område",
        signs=(*signs, *_usual(report)),
    )


def say_most(report: Report) -> str:
    """Say which areas most comments are about."""
    rows = report.results_by_area
    counts = dict(zip(rows["name"], rows["comments"].astype(int), strict=True))
    return comment_counts.say_most(counts, report.totals.comments)


def _classes(items: Iterable[Item]) -> list[Sign]:
    return [Sign(item.words, item.color) for item in items]


def _usual(report: Report) -> tuple[Sign, ...]:
    return Sign("Förslagets område", palette.STATUS[report.status.value], LINE), WATER


def _area(
    shape: BaseGeometry, count: float | None, breaks: tuple[int, ...], nobody: str = WHITE
) -> Painted:
    fill, opacity = nobody, FAINT
    if count is not None and pd.isna(count):
        fill = HATCH
    elif count:
        fill, opacity = palette.RAMP[bisect_left(breaks, int(count))], CLEAR
    return Painted(shape, Look(fill, palette.OUTLINE, 1.5, opacity=opacity))


def _outline(report: Report) -> tuple[Painted, Painted]:
    # a white edge, so that the line is seen on the darkest class too
    area, color = report.decision.area, palette.STATUS[report.status.value]
    return Painted(area, Look(edge=WHITE, width=8)), Painted(area, Look(edge=color, width=4))


def _by_area(report: Report, painted: Iterable[Painted], key: str) -> str:
    view = map_shapes.town_view(report.decision)
    return paper.draw(view, [*painted, *_outline(report)], _names(report), key=key)


def _names(report: Report) -> list[Name]:
    names: Mapping[object, str] = report.results_by_area["name"].to_dict()
    return [
        Name(str(names[code]).split(", ", maxsplit=1)[0], shape)
        for code, shape in map_shapes.areas(report.layer).items()
    ]
