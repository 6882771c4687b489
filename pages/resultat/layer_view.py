"""What every layer of the result is made of, so that the page can draw all of them alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from data import clock
from data.comments import progress, published, results
from data.comments.published import CommentFilter
from data.models import Decision, Status
from pages.shared.maps.layer_specs import LayerSpec
from pages.shared.maps.legend import Item
from pages.shared.maps.show import Bounds
from pages.shared.words import comment_counts
from pages.shared.words.texts import N_, _, ngettext, number, say_date, say_moment

FEW = N_("för få svar")


@dataclass(frozen=True)
class Shown:
    """One layer: a sentence, a map, its legend, a table that says the same, and what to beware of.

    `most_rows` folds a longer table; `read_more` links to pages about the same, by their address;
    `after` draws what comes last; `data` is the address of the same figures as open data.
    """

    sentence: str
    specs: Sequence[LayerSpec]
    items: Sequence[Item]
    table: pd.DataFrame | None = None
    table_name: str = ""
    details: Sequence[str] = ()
    notes: Sequence[str] = ()
    bounds: Bounds | None = None
    data: str = ""
    most_rows: int = 20
    read_more: Mapping[str, str] = field(default_factory=dict)
    after: Callable[[], None] | None = field(default=None, compare=False)


def say_heard(decision: Decision) -> str:
    """Say how many comments, from how many persons, everything rests on."""
    totals = results.totals(decision.id)
    if totals.comments == 0:
        return say_nothing(decision)
    if totals.persons is not None:
        return comment_counts.say_spoken(totals.comments, totals.persons) + "."
    comments = ngettext("{n} synpunkt", "{n} synpunkter", totals.comments).format(
        n=number(totals.comments)
    )
    return _("{comments} från färre än 5 personer.").format(comments=comments)


def say_wanted(decision: Decision, wanted: CommentFilter) -> str:
    """Say how many comments the filters let through."""
    return _("{n} av {all} synpunkter stämmer med det du har valt.").format(
        n=number(published.count_published(decision.id, wanted)),
        all=number(results.totals(decision.id).comments),
    )


def say_when() -> str:
    """Say from when the figures are."""
    said = _("Siffrorna är från {at}. De ändras när kommunen publicerar fler synpunkter.")
    return said.format(at=say_moment(clock.now()))


def say_nothing(decision: Decision) -> str:
    """Say that nothing is published yet, and from when one can write."""
    if progress.status(decision, clock.today()) is Status.UPCOMING:
        return _(
            "Här finns inga synpunkter än. Du kan lämna synpunkter från och med {day}."
        ).format(day=say_date(decision.opens, weekday=True, year=True))
    return _("Ingen synpunkt är publicerad än.")


def say_persons(count: int | None) -> str:
    """Say a protected number of persons."""
    return _(FEW) if pd.isna(count) else number(int(count))
