"""The screens about people: who is affected, and who has been heard."""

from __future__ import annotations

from bisect import bisect_left

from markupsafe import Markup

from data.affected import participation
from data.geodata import layers
from data.output.meeting_content import LAYER
from data.output.meeting_state import (
    AffectedArea,
    Content,
    HeardAge,
    HeardArea,
    MeetingAffected,
    MeetingHeard,
)
from data.text_normalization import capital
from geo import representation
from pages.shared.maps import drawn, palette
from pages.shared.maps.legend import Item
from pages.shared.words.affected_words import GROUPS, PEOPLE_BREAKS, share_words
from pages.shared.words.texts import HARD, HEARD_WORDS, _, and_list, ngettext, number, word
from pages.web.mote import picture
from pages.web.mote.about import say_nothing
from pages.web.mote.markup import (
    Screen,
    empty,
    paragraph,
    part,
    people,
    piece,
    points,
    say,
    table,
)

SHOWN = 5
# a share that is clearly larger than the municipality's
CLEAR_RATIO = 1.1
GROUPS_SHOWN = 4
# whose names stand on the map: the ones to worry about
TO_NAME = (participation.SILENT, representation.FEWER)


def the_affected(content: Content) -> Screen:
    """Show how many live where the decision is felt, and in which areas most of them do."""
    found = content.affected
    caveat = _("Grov uppskattning. Vägt: den som bor längre bort räknas mindre.")
    heading = _say_affected(content)
    rows = [row for row in found.areas if row.affected]
    if not rows:
        body = empty(_("Ingen bor så nära att området räknas som berört."))
        return Screen(heading, body + _groups(found), caveat)
    lines = [
        (
            piece("numbered", place, row.name),
            people(row.affected),
            share_words(row.share),
        )
        for place, row in enumerate(rows[:SHOWN], start=1)
    ]
    heads = (_("Område"), _("Berörda"), _("Andel"))
    said = table(_("Berörda områden, flest personer först"), heads, lines)
    more = len(rows) - SHOWN
    if more > 0:
        words = ngettext("{n} område till berörs.", "{n} områden till berörs.", more)
        said += paragraph(words.format(n=number(more)))
    return Screen(
        heading,
        picture.draw(content, _map_of_affected(content, heading), said + _groups(found)),
        caveat,
    )


def _map_of_affected(content: Content, alt: str) -> picture.Picture:
    rows = content.affected.areas
    classes = drawn.class_items(PEOPLE_BREAKS, step=10)
    few = Item(_("Färre än 5 personer"), palette.OUTLINE, fill="hatch")
    most = [row.code for row in rows if row.affected][:SHOWN]
    places = {code: place for place, code in enumerate(most, start=1)}
    return picture.Picture(
        key="berorda",
        layer=LAYER,
        edition=content.edition,
        alt=alt,
        areas=[
            picture.Area(
                row.code,
                row.name,
                classes[bisect_left(PEOPLE_BREAKS, row.affected)] if row.affected else few,
                _say_area(row),
                place=places.get(row.code),
                is_named=row.code in places,
            )
            for row in rows
        ],
        signs=[*classes, few],
        title=_("Berörda, vägt"),
    )


def _say_area(row: AffectedArea) -> str:
    return _("{place}: {n} berörda, vägt. Det är {share} av alla där.").format(
        place=row.name, n=people(row.affected), share=share_words(row.share)
    )


def _say_affected(content: Content) -> str:
    found, decision = content.affected, content.decision
    within = people(found.within)
    if decision.everyone:
        return _("Förslaget gäller hela kommunen, {n} personer.").format(n=within)
    if found.within is None:
        return _("Förslaget berör uppskattningsvis färre än 5 personer.")
    if found.within == 0:
        return _("Enligt vår uppskattning bor ingen så nära att de berörs.")
    first = _("Förslaget berör uppskattningsvis {n} personer.").format(n=within)
    if found.near == 0:
        return first + " " + _("Ingen av dem bor närmast.")
    return first + " " + _("{n} av dem bor närmast.").format(n=capital(people(found.near)))


def _groups(found: MeetingAffected) -> Markup:
    ratios = [(one.code, one.ratio or 0.0) for one in found.groups]
    over = sorted((one for one in ratios if one[1] > CLEAR_RATIO), key=lambda one: -one[1])
    times = _("{group}: {n} gånger")
    lines = [
        times.format(group=_(GROUPS[group]), n=number(ratio, decimals=1))
        for group, ratio in over[:GROUPS_SHOWN]
    ]
    said = part(_("Vanligare här än i kommunen"), points(lines)) if lines else Markup("")
    away = [one.name for one in found.away][:GROUPS_SHOWN]
    if away:
        said += part(_("Berörs utan att bo här"), points(away))
    if not said:
        alike = paragraph(_("De som bor här är ungefär som i hela kommunen."))
        said = part(_("Vilka som bor här"), alike)
    return piece("group", said)


def the_heard(content: Content) -> Screen:
    """Show who has been heard and, first of all, who has not."""
    found, heading = content.heard, _say_heard(content)
    caveat = _("Tystnad betyder inte att allt är bra. Den visar var kommunen behöver fråga fler.")
    if not found.comments:
        return Screen(heading, empty(_after_silence(content)), caveat)
    shown = _map_of_heard(content, heading)
    return Screen(
        heading, picture.draw(content, shown, _by_word(found, shown) + _ages(found)), caveat
    )


def _map_of_heard(content: Content, alt: str) -> picture.Picture:
    found, items = content.heard, drawn.heard_items()
    return picture.Picture(
        key="horda",
        layer=layers.DESO,
        # what was kept before there was a map has no codes
        edition=found.edition,
        alt=alt,
        areas=[
            picture.Area(
                row.code,
                row.name,
                items[row.word],
                _say_heard_in(row),
                is_named=row.word in TO_NAME,
            )
            for row in found.areas
        ],
        signs=list(items.values()),
        has_legend=False,
    )


def _say_heard_in(row: HeardArea) -> str:
    known = str(row.word)
    said = f"{row.name}: {_(HEARD_WORDS[known])}."
    if row.persons is None or not row.persons:
        return said
    return said + " " + _("Ungefär {n} personer har hörts.").format(n=number(row.persons))


def _after_silence(content: Content) -> str:
    closes = say(content.decision.closes)
    return _(
        "Här står sedan vilka områden och åldrar som har hörts. Tiden för synpunkter slutar {day}."
    ).format(day=closes)


def _say_heard(content: Content) -> str:
    found = content.heard
    if not found.comments:
        return say_nothing(content)
    silent = [one for one in found.areas if one.word == participation.SILENT]
    if found.persons is None:
        first = _("Färre än 5 personer har hörts.")
    else:
        first = _("Ungefär {n} personer har hörts.").format(n=number(found.persons))
    if not silent:
        return first + " " + _("Någon har hörts från varje område som berörs.")
    said = _("Från {n} av {all} statistikområden som berörs har ingen hörts.")
    return first + " " + said.format(n=number(len(silent)), all=number(len(found.areas)))


def _by_word(found: MeetingHeard, shown: picture.Picture) -> Markup:
    """List the areas under each word; the signs are those of the map."""
    rows = []
    for place, (said, item) in enumerate(drawn.heard_items().items()):
        # a name that lists districts holds commas of its own
        names = [
            one.name.replace(", ", "/")
            for one in sorted(found.areas, key=lambda one: -(one.affected or 0))
            if one.word == said
        ]
        if names:
            mark = picture.sample(f"{shown.key}-ord", place, item)
            rows.append((mark, item.words, and_list(names)))
    return piece("by_word", _("Vilka områden som har hörts, de tystaste först"), rows)


def _ages(found: MeetingHeard) -> Markup:
    if found.ages is None:
        return paragraph(_("Vi visar ålder och koppling när minst 5 personer har hörts."))
    known = [
        f"{_age(one)}: {number(one.persons)}".replace(" ", HARD)
        for one in found.ages
        if one.persons is not None
    ]
    few = [_age(one).replace(" ", HARD) for one in found.ages if one.persons is None]
    lines = (
        (_("Ålder, ungefär:"), " · ".join(known)),
        (_("Ålder, för få svar:"), and_list(few)),
    )
    return piece("labelled", [(name, said) for name, said in lines if said])


def _age(row: HeardAge) -> str:
    return word(row.age)
