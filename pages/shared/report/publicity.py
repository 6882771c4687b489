"""Drafts to edit: a leaflet of one page, a text for the website, and one for the press.

In Swedish, filled from the report, so that no figure is typed by hand.
"""

from __future__ import annotations

from collections.abc import Iterator

from data import clock, datetime_format, municipality
from data.enums import Status
from data.output.document import Block, Document, Heading, Paragraph, Points
from data.output.report import Report
from pages.shared.report import maps, said_words
from pages.shared.words import affected_words
from pages.shared.words.texts import say_date, spoken_in

LEAFLET, WEB, PRESS = "blad", "webb", "press"
KINDS = (LEAFLET, WEB, PRESS)
POINT = "- "


def draft(found: Report, kind: str) -> str:
    """Return the draft of a text: paragraphs with an empty line between, and lists with a dash."""
    with spoken_in("sv"):
        parts = {LEAFLET: _leaflet, WEB: _web, PRESS: _press}[kind](found)
        return "\n\n".join(part for part in parts if part)


def leaflet(found: Report, text: str) -> Document:
    """Return the leaflet with an official's own words: headings are lines that end with a colon."""
    decision = found.decision
    with spoken_in("sv"):
        map_of = maps.of_decision(found)
    example: list[Block] = []
    if decision.example:
        example.append(Paragraph(said_words.EXAMPLE, "notice"))
    return Document(
        title=decision.text("sv").title,
        kind="Så här blev det" if found.themes else "Kort om förslaget",
        facts=(f"Siffror från {datetime_format.say(found.at)}",),
        owner=municipality.in_use().owner,
        at=found.at,
        blocks=(*example, *_blocks(text), map_of),
        is_leaflet=True,
    )


def _blocks(text: str) -> Iterator[Block]:
    for place, part in enumerate(text.replace("\r\n", "\n").split("\n\n")):
        head, _, rest = part.strip().partition("\n")
        if head.endswith(":") and not head.startswith(POINT):
            yield Heading(head.removesuffix(":"), 1, f"del-{place}")
            part = rest
        yield from _plain(part.strip())


def _plain(part: str) -> Iterator[Block]:
    lines = [line for line in part.split("\n") if line.strip()]
    if not lines:
        return
    if all(line.startswith(POINT) for line in lines):
        yield Points(tuple(line.removeprefix(POINT).strip() for line in lines))
        return
    yield Paragraph("\n".join(lines))


def _leaflet(found: Report) -> list[str]:
    text = found.decision.text("sv")
    parts = [text.summary, *_figures(found), _themes(found)]
    return [*parts, _decided(found), _after(found), _contact(found)]


def _decided(found: Report) -> str:
    return f"Det här beslutades:\n{found.decided_text}" if found.decided_text else ""


def _web(found: Report) -> list[str]:
    parts = [_headline(found), found.decision.text("sv").summary, *_figures(found), _themes(found)]
    parts.append(_decided(found))
    return [*parts, said_words.NOT_A_VOTE, _after(found), _contact(found)]


def _press(found: Report) -> list[str]:
    local = found.at.astimezone(clock.STOCKHOLM)
    parts = [
        f"Pressmeddelande från {municipality.in_use().owner}, {say_date(local.date(), year=True)}",
        _headline(found),
        found.decision.text("sv").summary,
        *_figures(found),
        _themes(found),
    ]
    parts += [_decided(found), said_words.NOT_A_VOTE, _after(found)]
    made = f"Siffrorna är från {datetime_format.say(found.at)}."
    return [*parts, made, f"Presskontakt:\n{_contact_lines(found)}"]


def _headline(found: Report) -> str:
    title = found.decision.text("sv").title
    if found.themes and not found.is_draft:
        return f"{title}: så här blev det"
    if found.status in {Status.OPEN, Status.CLOSING_SOON, Status.UPCOMING}:
        return f"Tyck till: {title}"
    return f"{title}: det här har ni sagt"


def _figures(found: Report) -> list[str]:
    said = affected_words.headline(found.decision)
    if not found.totals.comments:
        return [said]
    return [said, f"{said_words.say_heard(found)} {maps.say_most(found)}"]


def _themes(found: Report) -> str:
    if not found.themes:
        return ""
    lines = [f"{POINT}{one.title}: {said_words.outcome(one).lower()}" for one in found.themes]
    title = "Det här sa ni, och det här blev det"
    return "\n".join([f"{title}{' (utkast)' if found.is_draft else ''}:", *lines])


def _after(found: Report) -> str:
    decision = found.decision
    if found.status is Status.UPCOMING:
        return f"Du kan lämna synpunkter från och med {say_date(decision.opens, year=True)}."
    if found.status in {Status.OPEN, Status.CLOSING_SOON}:
        return f"Du kan lämna synpunkter till och med {say_date(decision.closes, year=True)}."
    promised = found.stands.promised_on
    if promised is None:
        return ""
    day = say_date(promised, year=True)
    if found.stands.is_overdue:
        return f"Svaret på synpunkterna skulle ha kommit {day}, men är försenat."
    return f"Svaret på synpunkterna kommer {day}."


def _contact(found: Report) -> str:
    return f"Frågor:\n{_contact_lines(found)}"


def _contact_lines(found: Report) -> str:
    one = found.decision
    return "\n".join(x for x in (one.contact_role, one.contact_phone, one.contact_email) if x)
