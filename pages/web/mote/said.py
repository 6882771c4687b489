"""The screens about what was said: the themes, and where on the map."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from markupsafe import Markup

from data.output.meeting_content import LAYER
from data.output.meeting_state import CommentedArea, Content, MeetingTheme
from pages.shared.maps import drawn
from pages.shared.words import comment_counts
from pages.shared.words.texts import _, and_list, ngettext, number
from pages.web.mote import picture
from pages.web.mote.about import say_nothing
from pages.web.mote.markup import (
    Screen,
    bar,
    empty,
    paragraph,
    persons,
    piece,
    table,
)


def the_themes(content: Content, words: dict[int, str]) -> Screen:
    """Show what the comments are about, and a few of them in their own words."""
    found = content.themes
    caveat = _("Antal säger inte hur viktigt något är. Det här är inte en omröstning.")
    if not found:
        return Screen(_say_themes(content), empty(_without_themes(content)), caveat)
    largest = max(one.comments for one in found)
    rows = [(one.id, one.title, bar(one.comments, largest), _say_count(one)) for one in found]
    told = [_theme(one, content.quotes.get(str(one.id), []), words) for one in found]
    body = piece("themes", rows, _say_other(content), _("Teman med citat"), told)
    return Screen(_say_themes(content), body, caveat)


def _say_other(content: Content) -> str:
    if not content.other:
        return ""
    return ngettext(
        "{n} synpunkt handlar om något annat.",
        "{n} synpunkter handlar om annat.",
        content.other,
    ).format(n=number(content.other))


def _theme(theme: MeetingTheme, quotes: list[int], words: dict[int, str]) -> Markup:
    return piece(
        "theme",
        theme.id,
        theme.title,
        theme.summary or _("Sammanfattningen är inte skriven än."),
        [words.get(comment) for comment in quotes],
        _("Citatet har tagits bort."),
        _("Inga citat är valda."),
    )


def _say_count(theme: MeetingTheme) -> str:
    comments = ngettext("{n} synpunkt", "{n} synpunkter", theme.comments)
    said = comments.format(n=number(theme.comments))
    if theme.persons is None:
        return said + ", " + _("för få svar")
    return comment_counts.say_spoken(theme.comments, theme.persons)


def _say_themes(content: Content) -> str:
    found, total = content.themes, content.heard.comments
    if not total:
        return say_nothing(content)
    most = max((one.comments for one in found), default=0)
    if not most:
        return ngettext(
            "{n} synpunkt har kommit in. Den är inte sorterad i teman än.",
            "{n} synpunkter har kommit in. De är inte sorterade i teman än.",
            total,
        ).format(n=number(total))
    names = [one.title for one in found if one.comments == most]
    if len(names) == 1:
        said = _("Flest synpunkter handlar om {theme}: {n} av {all}.")
    elif len(names) == 2:
        said = _("Flest synpunkter handlar om {theme}: {n} var, av {all}.")
    else:
        said = _("Synpunkterna är utspridda. Inget tema har fler än {n} av {all}.")
    return said.format(theme=and_list(names[:2]), n=number(most), all=number(total))


def _without_themes(content: Content) -> str:
    if not content.heard.comments:
        return _("När synpunkter har kommit in sorteras de i teman. De visas sedan här.")
    return _("Nästa steg: tjänstepersoner läser synpunkterna och samlar dem i teman.")


def the_place(content: Content) -> Screen:
    """Show on the map where the comments are about, with the same figures as a table."""
    rows = [row for row in content.areas if row.comments]
    silent = len(content.areas) - len(rows)
    missing = content.heard.comments - content.heard.placed
    caveats = [_("Personer visas avrundade, och inte alls när de är färre än fem.")]
    if missing:
        said = ngettext(
            "{n} synpunkt gäller ingen särskild plats.",
            "{n} synpunkter gäller ingen särskild plats.",
            missing,
        )
        caveats.append(said.format(n=number(missing)))
    if silent and rows:
        said = _(
            "Ingen har tyckt till om {n} av {all} områden. Det betyder inte att allt är bra där."
        )
        caveats.append(said.format(n=number(silent), all=number(len(content.areas))))
    heading = _say_most(content)
    shown = _map_of_comments(content, heading)
    return Screen(heading, picture.draw(content, shown, _per_area(rows)), " ".join(caveats))


def _map_of_comments(content: Content, alt: str) -> picture.Picture:
    rows = content.areas
    breaks = comment_counts.breaks_of(row.comments for row in rows)
    classes, silent = drawn.class_items(breaks), drawn.silent_item()
    least = picture.LEAST_PART * max((row.comments for row in rows), default=0)
    return picture.Picture(
        key="synpunkter",
        layer=LAYER,
        edition=content.edition,
        alt=alt,
        areas=[
            picture.Area(
                row.code,
                row.name,
                classes[bisect_left(breaks, row.comments)] if row.comments else silent,
                _say_area(row),
                place=place if row.comments else None,
                is_named=row.comments > least,
            )
            for place, row in enumerate(rows, start=1)
        ],
        signs=[silent, *classes],
        title=_("Synpunkter"),
    )


def _say_area(row: CommentedArea) -> str:
    if not row.comments:
        return _("{place}: ingen har tyckt till om området.").format(place=row.name)
    comments = ngettext("{n} synpunkt", "{n} synpunkter", row.comments)
    said = comments.format(n=number(row.comments))
    if row.persons is None:
        return _("{place}: {comments}. För få svar för att visa personer.").format(
            place=row.name, comments=said
        )
    spoken = comment_counts.say_spoken(row.comments, row.persons)
    return _("{place}: {spoken}.").format(place=row.name, spoken=spoken)


def _per_area(rows: Sequence[CommentedArea]) -> Markup:
    if not rows:
        return paragraph(_("Kartan visar områdena. Antal visas när någon har tyckt till."))
    lines = [
        (
            piece("numbered", place, row.name),
            number(row.comments),
            persons(row.persons),
        )
        for place, row in enumerate(rows, start=1)
    ]
    heads = (_("Område"), _("Synpunkter"), _("Personer"))
    return table(_("Synpunkter och personer per område, flest synpunkter först"), heads, lines)


def _say_most(content: Content) -> str:
    total = content.heard.comments
    if not total:
        return say_nothing(content)
    return comment_counts.say_most({row.name: row.comments for row in content.areas}, total)
