"""The first three screens: the decision, who is affected, and who has been heard."""

from __future__ import annotations

from typing import Any

from data import heard
from data.models import AgeBand, Status
from geo import representation
from pages.shared.affected_words import GROUPS, share_words
from pages.shared.gap_words import WORDS
from pages.shared.texts import _, and_list, body_name, ngettext, number, say_date, word
from pages.web.mote.markup import (
    Screen,
    bar,
    day,
    empty,
    esc,
    paragraph,
    part,
    people,
    persons,
    points,
    say,
    table,
    text_of,
)

SHOWN = 5
# a share that is clearly larger than the municipality's
CLEAR_RATIO = 1.1
GROUPS_SHOWN = 4
# the word of an area, the ones to worry about first, with the class of its sign
ORDER = (
    (heard.SILENT, "tyst"),
    (representation.FEWER, "farre"),
    (representation.TOO_FEW, "fa"),
    (representation.AS_EXPECTED, "som"),
    (representation.MORE, "fler"),
)


def the_decision(content: dict[str, Any]) -> Screen:
    """Show what is decided, by whom and when, and what can still be changed."""
    decision, text = content["decision"], text_of(content["decision"])
    is_decided = decision["status"] == Status.DECIDED.value
    may = _("Det här kunde ändras") if is_decided else _("Det här kan ändras")
    may_not = _("Det här kunde inte ändras") if is_decided else _("Det här kan inte ändras")
    lists = part(may, _list_or_nothing(text.can_influence)) + part(
        may_not, _list_or_nothing(text.cannot_influence)
    )
    body = f'{paragraph(text.summary)}<div class="delar">{lists}</div>'
    if text.who_decides:
        body += paragraph(text.who_decides)
    return Screen(_say_decision(decision, len(text.can_influence)), body, text.money)


def _list_or_nothing(lines: tuple[str, ...]) -> str:
    return points(lines) if lines else paragraph(_("Inget är beskrivet."))


def _say_decision(decision: dict[str, Any], count: int) -> str:
    if decision["status"] == Status.DECIDED.value and decision["decided_on"]:
        return _("Beslutet är fattat {day} och går inte längre att ändra.").format(
            day=say(decision["decided_on"])
        )
    body = body_name(decision["body"])
    body = body[:1].upper() + body[1:]
    if decision["decision_on"]:
        first = _("{body} bestämmer {day}.").format(body=body, day=say(decision["decision_on"]))
    else:
        first = _("{body} bestämmer. Dagen är inte satt.").format(body=body)
    can = ngettext(
        "{n} sak kan fortfarande ändras.", "{n} saker kan fortfarande ändras.", count
    ).format(n=number(count))
    return f"{first} {can}"


def the_affected(content: dict[str, Any]) -> Screen:
    """Show how many live where the decision is felt, and in which areas most of them do."""
    found = content["affected"]
    rows = [row for row in found["areas"] if row["affected"]]
    if not rows:
        body = empty(_("Ingen bor så nära att området räknas som berört."))
    else:
        largest = max(row["affected"] for row in rows)
        lines = [
            (
                esc(row["name"]),
                bar(row["affected"], largest),
                esc(people(row["affected"])),
                esc(share_words(row["share"])),
            )
            for row in rows[:SHOWN]
        ]
        heads = (_("Område"), _("Jämförelse"), _("Berörda, vägt"), _("Andel av alla där"))
        said = table(_("Berörda områden, flest personer först"), heads, lines)
        more = len(rows) - SHOWN
        if more > 0:
            said += paragraph(
                ngettext("{n} område till berörs.", "{n} områden till berörs.", more).format(
                    n=number(more)
                )
            )
        most = part(_("Flest berörda bor här"), said)
        body = f'<div class="delar bred">{most}{_groups(found)}</div>'
    caveat = _("Grov uppskattning. Vägt: den som bor längre bort räknas mindre.")
    return Screen(_say_affected(content), body, caveat)


def _say_affected(content: dict[str, Any]) -> str:
    found, decision = content["affected"], content["decision"]
    within = people(found["within"])
    if decision["everyone"]:
        return _("Förslaget gäller hela kommunen, {n} personer.").format(n=within)
    if found["within"] is None:
        return _("Förslaget berör uppskattningsvis färre än 5 personer.")
    if found["within"] == 0:
        return _("Enligt vår uppskattning bor ingen så nära att de berörs.")
    first = _("Förslaget berör uppskattningsvis {n} personer.").format(n=within)
    if found["near"] == 0:
        return first + " " + _("Ingen av dem bor närmast.")
    return first + " " + _("{n} av dem bor närmast.").format(n=_capital(people(found["near"])))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _groups(found: dict[str, Any]) -> str:
    over = [one for one in found["groups"] if (one["ratio"] or 0) > CLEAR_RATIO]
    over.sort(key=lambda one: -one["ratio"])
    times = _("{group}: {n} gånger")
    lines = [
        times.format(group=_(GROUPS[group]), n=number(ratio, decimals=1))
        for group, ratio in ((one["code"], one["ratio"]) for one in over[:GROUPS_SHOWN])
    ]
    said = part(_("Vanligare här än i kommunen"), points(lines)) if lines else ""
    away = [one["name"] for one in found["away"]][:GROUPS_SHOWN]
    if away:
        said += part(_("Berörs utan att bo här"), points(away))
    if not said:
        alike = paragraph(_("De som bor här är ungefär som i hela kommunen."))
        said = part(_("Vilka som bor här"), alike)
    return f"<div>{said}</div>"


def the_heard(content: dict[str, Any]) -> Screen:
    """Show who has been heard and, first of all, who has not."""
    found = content["heard"]
    return Screen(
        _say_heard(content),
        f'<div class="delar jamn">{_by_word(found)}{_ages(found)}</div>'
        if found["comments"]
        else empty(_after_silence(content)),
        _("Tystnad betyder inte att allt är bra. Den visar var kommunen behöver fråga fler."),
    )


def say_nothing(content: dict[str, Any]) -> str:
    """Say that nothing is published yet, and from when one can write."""
    decision = content["decision"]
    if decision["status"] == Status.UPCOMING.value:
        return _(
            "Här finns inga synpunkter än. Du kan lämna synpunkter från och med {day}."
        ).format(day=_weekday(decision["opens"]))
    return _("Ingen synpunkt är publicerad än.")


def _weekday(written: str) -> str:
    found = day(written)
    assert found is not None
    return say_date(found, weekday=True, year=True)


def _after_silence(content: dict[str, Any]) -> str:
    closes = say(content["decision"]["closes"])
    return _(
        "Här står sedan vilka områden och åldrar som har hörts. Tiden för synpunkter slutar {day}."
    ).format(day=closes)


def _say_heard(content: dict[str, Any]) -> str:
    found = content["heard"]
    if not found["comments"]:
        return say_nothing(content)
    silent = [one for one in found["areas"] if one["word"] == heard.SILENT]
    if found["persons"] is None:
        first = _("Färre än 5 personer har hörts.")
    else:
        first = _("Ungefär {n} personer har hörts.").format(n=number(found["persons"]))
    if not silent:
        return first + " " + _("Någon har hörts från varje område som berörs.")
    said = _("Från {n} av {all} statistikområden som berörs har ingen hörts.")
    return first + " " + said.format(n=number(len(silent)), all=number(len(found["areas"])))


def _by_word(found: dict[str, Any]) -> str:
    rows = []
    for said, kind in ORDER:
        # a name that lists districts holds commas of its own
        names = [
            one["name"].replace(", ", "/")
            for one in sorted(found["areas"], key=lambda one: -(one["affected"] or 0))
            if one["word"] == said
        ]
        if names:
            mark = f'<span class="tecken {kind}" aria-hidden="true"></span>'
            rows.append((mark + esc(_capital(_(WORDS[said]))), esc(and_list(names))))
    heads = (_("Jämfört med väntat"), _("Områden, flest berörda först"))
    said = table(_("Vilka områden som har hörts, de tystaste först"), heads, rows)
    return f"<div>{said}</div>"


def _ages(found: dict[str, Any]) -> str:
    if found["ages"] is None:
        said = paragraph(_("Vi visar ålder och koppling när minst 5 personer har hörts."))
        return f"<div>{said}</div>"
    largest = max((one["persons"] or 0 for one in found["ages"]), default=0)
    rows = [
        (
            esc(word(AgeBand(one["age"]))),
            bar(one["persons"], largest),
            esc(persons(one["persons"])),
        )
        for one in found["ages"]
    ]
    heads = (_("Ålder"), _("Jämförelse"), _("Hörda"))
    said = table(_("De som har berättat sin ålder, ungefär antal personer"), heads, rows)
    return f'<div class="hela">{said}</div>'
