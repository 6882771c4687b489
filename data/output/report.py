"""All that a report on a dialogue rests on, read at one moment from what the pages show.

No figure is worked out here: each comes from the function that page, map, route and export use, so
that small numbers are hidden and texts masked already. `public` is what everyone may have.
Officials may have the same with what is written but not yet published.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from data import clock, rights, store
from data.affected import affected, outreach, participation
from data.affected.outreach import Outreach
from data.answers import answers, theme_assignment, themes
from data.comments import progress, published_answers, releases, results
from data.comments import published as comments
from data.comments.progress import Progress
from data.enums import OTHER_THEME, Outcome, Status
from data.geodata import layers
from data.models import Decision, PublicComment, Staff

__all__ = ["PUBLIC", "Gap", "Report", "ThemeAccount", "Variant", "gaps", "official", "public"]

Variant = str
PUBLIC: Variant = "public"
OFFICIAL: Variant = "official"
VARIANTS = (PUBLIC, OFFICIAL)
# more than a person reads, and than a PDF bears; the files with all of them have the rest
COMMENTS_MAX = 5_000
# areas named for a theme
AREAS_NAMED = 3
_TRIES = 3


@dataclass(frozen=True)
class ThemeAccount:
    """A theme: what was said, by how many, from where, and what the municipality answers.

    `persons` is None where it may not be shown; `areas` are those with most comments; `lacks` are
    the texts that it still needs, as `data.answers.answers.lacks` names them.
    """

    id: int
    title: str
    summary: str
    answer: str
    outcome: Outcome | None
    reason: str
    comments: int
    persons: int | None
    areas: tuple[str, ...]
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gap:
    """Why a *samrådsredogörelse* cannot be made.

    `code` is ``not_published``, ``no_themes``, or of a `theme`: ``summary``, ``answer``,
    ``outcome`` or ``reason``.
    """

    code: str
    theme: int = 0
    title: str = ""


@dataclass(frozen=True)
class Report:
    """A dialogue as it stood at `at` (with zone).

    `is_draft` tells that themes and decision are as they are written now, published or not.
    `comments` are the latest `COMMENTS_MAX`, the oldest of them first; areas are named for themes
    only when these are all. `other` counts comments under no theme, `loose` those that nobody has
    sorted yet; `themes_of` gives the themes of a comment by its number. `layer` is the division of
    `affected_by_area` and `results_by_area`; `heard_by_area` is by DeSO.
    """

    decision: Decision
    at: datetime
    variant: Variant
    stands: Progress
    layer: str
    totals: results.Totals
    affected: affected.Summary
    affected_by_area: pd.DataFrame
    results_by_area: pd.DataFrame
    heard_by_area: pd.DataFrame
    ages: pd.DataFrame
    relations: pd.Series[int]
    unlike: float | None
    released_at: datetime | None
    is_draft: bool
    published_at: datetime | None
    decided_text: str
    decided_on: date | None
    themes: tuple[ThemeAccount, ...]
    other: int
    loose: int
    comments: tuple[PublicComment, ...]
    themes_of: Mapping[int, tuple[int, ...]]
    outreach: tuple[Outreach, ...] = ()

    @property
    def status(self) -> Status:
        """The status on the day of the report."""
        return self.stands.status


def public(decision: Decision, *, at: datetime, layer: str = layers.VALDISTRIKT) -> Report:
    """Return what everyone may have."""
    return _at_one_moment(decision.id, lambda: _public(decision, at, layer))


def official(
    actor: Staff | None, decision: Decision, *, at: datetime, layer: str = layers.VALDISTRIKT
) -> Report:
    """Return the same for an official, with where people were asked, and drafts if allowed.

    Persons are hidden under five here too, and texts are those with words masked.

    Raises
    ------
    data.rights.NotAllowedError
    """
    staff = rights.check_reader(actor)
    if staff.roles & rights.REVIEWERS:
        return _at_one_moment(decision.id, lambda: _drafted(staff, decision, at, layer))
    return _at_one_moment(decision.id, lambda: _for_readers(staff, decision, at, layer))


def gaps(report: Report) -> tuple[Gap, ...]:
    """Return what keeps a *samrådsredogörelse* from being made; empty when nothing does."""
    if not report.is_draft and report.published_at is None:
        return (Gap("not_published"),)
    if report.totals.comments and not report.themes and not report.other:
        return (Gap("no_themes"),)
    return tuple(Gap(code, one.id, one.title) for one in report.themes for code in one.lacks)


def _at_one_moment(decision_id: str, read: Callable[[], Report]) -> Report:
    """Read until nothing was published meanwhile, so that all figures are of the same moment."""
    for _ in range(_TRIES):
        before = store.data_version(decision_id)
        found = read()
        if store.data_version(decision_id) == before:
            break
    return found


def _public(decision: Decision, at: datetime, layer: str) -> Report:
    said = _comments(decision.id)
    answer = published_answers.published(decision.id)
    under = published_answers.under(answer) if answer else {}
    areas = _areas(said, under)
    accounts = () if answer is None else tuple(_answered(one, areas) for one in answer.themes)
    told = _Told(
        is_draft=False,
        published_at=answer.published_at if answer else None,
        decided_text=answer.text("sv") if answer else "",
        decided_on=progress.of(decision, clock.day_of(at)).decided_on,
        themes=accounts,
        other=answer.other if answer else 0,
        themes_of=under,
    )
    return _report(decision, at, layer, PUBLIC, said, told)


def _for_readers(staff: Staff, decision: Decision, at: datetime, layer: str) -> Report:
    found = _public(decision, at, layer)
    asked = tuple(outreach.of_decision(staff, decision.id))
    return Report(**{**vars(found), "variant": OFFICIAL, "outreach": asked})


def _drafted(staff: Staff, decision: Decision, at: datetime, layer: str) -> Report:
    said = _comments(decision.id)
    published = published_answers.published(decision.id)
    draft = answers.draft(staff, decision.id)
    visible = {one.id for one in said}
    under = {n: found for n, found in theme_assignment.under(decision.id).items() if n in visible}
    loose = (one.comments for one in answers.missing(decision.id) if one.code == "loose_comments")
    counts = theme_assignment.counts(staff, decision.id)
    known = [one for one in themes.of_decision(staff, decision.id) if one.id in counts]
    exact = {code: count.persons for code, count in counts.items()}
    persons = published_answers.shown_persons(exact)
    areas = _areas(said, under)
    accounts = tuple(
        ThemeAccount(
            id=one.id,
            title=one.title,
            summary=one.summary,
            answer=one.answer,
            outcome=one.outcome,
            reason=one.reason,
            comments=counts[one.id].comments,
            persons=persons[one.id],
            areas=areas.get(one.id, ()),
            lacks=tuple(answers.lacks(one)),
        )
        for one in known
    )
    told = _Told(
        is_draft=published is None or answers.differs(staff, decision.id),
        published_at=published.published_at if published else None,
        decided_text=draft.texts.get("sv", ""),
        decided_on=draft.decided_on if draft.version else decision.decided_on,
        themes=accounts,
        other=counts[OTHER_THEME].comments if OTHER_THEME in counts else 0,
        themes_of=under,
        loose=next(loose, 0),
        outreach=tuple(outreach.of_decision(staff, decision.id)),
    )
    return _report(decision, at, layer, OFFICIAL, said, told)


@dataclass(frozen=True)
class _Told:
    """What the municipality tells of its answer, as published or as it is drafted."""

    is_draft: bool
    published_at: datetime | None
    decided_text: str
    decided_on: date | None
    themes: tuple[ThemeAccount, ...]
    other: int
    themes_of: Mapping[int, tuple[int, ...]]
    loose: int = 0
    outreach: tuple[Outreach, ...] = ()


def _report(
    decision: Decision,
    at: datetime,
    layer: str,
    variant: Variant,
    said: tuple[PublicComment, ...],
    told: _Told,
) -> Report:
    return Report(
        decision=decision,
        at=at,
        variant=variant,
        stands=progress.of(decision, clock.day_of(at)),
        layer=layer,
        totals=results.totals(decision.id),
        affected=affected.summary(decision),
        affected_by_area=affected.public(decision, layer),
        results_by_area=results.protected(decision.id, layer),
        heard_by_area=participation.public(decision),
        ages=participation.public_ages(decision),
        relations=participation.public_relations(decision.id),
        unlike=participation.unlike(decision),
        released_at=releases.released_at(decision.id),
        comments=said,
        **vars(told),
    )


def _comments(decision_id: str) -> tuple[PublicComment, ...]:
    return tuple(reversed(comments.published(decision_id, limit=COMMENTS_MAX)))


def _answered(
    theme: published_answers.AnsweredTheme, areas: Mapping[int, tuple[str, ...]]
) -> ThemeAccount:
    return ThemeAccount(**vars(theme), areas=areas.get(theme.id, ()))


def _areas(
    said: Sequence[PublicComment], under: Mapping[int, tuple[int, ...]]
) -> dict[int, tuple[str, ...]]:
    """Return the areas with most comments under each theme, the first by name where alike."""
    counts: dict[int, Counter[str]] = {}
    if len(said) >= COMMENTS_MAX:
        return {}
    for one in said:
        for theme in under.get(one.id, ()) if one.place else ():
            counts.setdefault(theme, Counter())[one.place] += 1
    return {
        theme: tuple(
            name for name, _n in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
        )[:AREAS_NAMED]
        for theme, found in counts.items()
    }
