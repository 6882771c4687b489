"""The first screen: what is decided, by whom and when, and what can still be changed."""

from __future__ import annotations

from markupsafe import Markup

from data.models import Status
from data.output.meeting_state import Content, MeetingDecision
from pages.shared.words.texts import _, body_name, ngettext, number, say_date
from pages.web.mote.markup import (
    Screen,
    paragraph,
    part,
    piece,
    points,
    say,
    text_of,
)


def the_decision(content: Content) -> Screen:
    """Show what is decided, by whom and when, and what can still be changed."""
    decision, text = content.decision, text_of(content.decision)
    # an answer that is out decides nothing: the day of the decision does
    is_decided = decision.status is Status.DECIDED and decision.decided_on is not None
    may = _("Det här kunde ändras") if is_decided else _("Det här kan ändras")
    may_not = _("Det här kunde inte ändras") if is_decided else _("Det här kan inte ändras")
    lists = part(may, _list_or_nothing(text.can_influence)) + part(
        may_not, _list_or_nothing(text.cannot_influence)
    )
    body = paragraph(text.summary) + piece("parts", lists)
    if text.who_decides:
        body += paragraph(text.who_decides)
    return Screen(_say_decision(decision, len(text.can_influence)), body, text.money)


def _list_or_nothing(lines: tuple[str, ...]) -> Markup:
    return points(lines) if lines else paragraph(_("Inget är beskrivet."))


def _say_decision(decision: MeetingDecision, count: int) -> str:
    if decision.status is Status.DECIDED and decision.decided_on:
        return _("Beslutet är fattat {day} och går inte längre att ändra.").format(
            day=say(decision.decided_on)
        )
    body = body_name(decision.body)
    body = body[:1].upper() + body[1:]
    if decision.decision_on:
        first = _("{body} bestämmer {day}.").format(body=body, day=say(decision.decision_on))
    else:
        first = _("{body} bestämmer. Dagen är inte satt.").format(body=body)
    can = ngettext(
        "{n} sak kan fortfarande ändras.", "{n} saker kan fortfarande ändras.", count
    ).format(n=number(count))
    return f"{first} {can}"


def say_nothing(content: Content) -> str:
    """Say that nothing is published yet, and from when one can write."""
    decision = content.decision
    if decision.status is Status.UPCOMING:
        return _(
            "Här finns inga synpunkter än. Du kan lämna synpunkter från och med {day}."
        ).format(day=say_date(decision.opens, weekday=True, year=True))
    return _("Ingen synpunkt är publicerad än.")
