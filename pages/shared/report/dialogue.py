"""The parts about the proposal and the dialogue itself."""

from __future__ import annotations

from collections.abc import Sequence

from data.affected.outreach import Outreach
from data.enums import Status
from data.geodata import layers
from data.models import Decision
from data.output.document import Block, Heading, Labelled, Paragraph, Points, Table
from data.output.report import Report
from pages.shared.report import maps
from pages.shared.words import gap_words
from pages.shared.words.texts import TYPE_WORDS, say_date, say_period, status_look
from pages.shared.words.words import OUTREACH_WORDS


def the_decision(report: Report) -> list[Block]:
    """Tell what is proposed, where it stands, and what could be influenced."""
    decision = report.decision
    text = decision.text("sv")
    facts = [
        ("Plats", text.place),
        ("Gäller", TYPE_WORDS[decision.type]),
        ("Bestämmer", decision.body),
        ("Diarienummer", decision.case_number or "inte angivet"),
        ("Läge i dag", status_look(report.stands).word),
        ("Kostnad och pengar", text.money),
    ]
    found: list[Block] = [Heading("Förslaget", 1, "forslaget"), Paragraph(text.summary)]
    found.append(_facts("Fakta om förslaget", facts))
    found.append(maps.of_decision(report))
    could = "gick" if _is_over(report) else "går"
    found += _listed(f"Det här {could} att påverka", text.can_influence, "paverka")
    found += _listed(f"Det här {could} inte att påverka", text.cannot_influence, "inte-paverka")
    if text.children:
        found.append(Labelled("Vad det betyder för barn", text.children))
    return found


def taking_part(report: Report) -> list[Block]:
    """Tell when, where and how people could take part."""
    decision, text = report.decision, report.decision.text("sv")
    is_over = _is_over(report)
    title = "Så kunde man vara med" if is_over else "Så kan man vara med"
    period = say_period(decision.opens, decision.closes)
    found: list[Block] = [
        Heading(title, 1, "vara-med"),
        Paragraph(f"Synpunkter {'togs' if is_over else 'tas'} emot {period}."),
    ]
    facts = [("Beslut om dialogen", text.dialogue_decision), ("Steg på trappan", text.ladder)]
    if any(value for _label, value in facts):
        found.append(_facts("Dialogen", facts))
    found += _listed("Sätt att vara med", text.ways, "satt")
    found += _listed("Det här frågade kommunen", text.questions, "fragor")
    found += _listed("Grupper som kommunen särskilt ville nå", text.groups, "grupper")
    found += _phases(decision)
    return found + _outreach(report.outreach)


def _is_over(report: Report) -> bool:
    return report.status in {Status.SUMMARISING, Status.DECIDED}


def _phases(decision: Decision) -> list[Block]:
    if not decision.phases:
        return []
    rows = tuple(
        (phase.titles.get("sv", phase.code), say_period(phase.starts, phase.ends))
        for phase in decision.phases
    )
    return [Table("Gången till ett beslut", ("Steg", "Tid"), rows)]


def _outreach(asked: Sequence[Outreach]) -> list[Block]:
    if not asked:
        return []
    names = layers.frame(layers.DESO)["name"].to_dict()
    rows = tuple(
        (
            say_date(one.done_on, year=True),
            str(names.get(one.whom) or gap_words.group_name(one.whom)),
            OUTREACH_WORDS[one.form],
        )
        for one in reversed(asked)
    )
    return [Table("Så har kommunen sökt upp människor", ("Dag", "Vilka", "Hur"), rows)]


def _facts(caption: str, facts: Sequence[tuple[str, str]]) -> Table:
    rows = tuple((label, value) for label, value in facts if value)
    return Table(caption, ("Uppgift", "Innehåll"), rows)


def _listed(title: str, lines: Sequence[str], key: str) -> list[Block]:
    return [Heading(title, 2, key), Points(tuple(lines))] if lines else []
