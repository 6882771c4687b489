"""The parts about people: who is affected, who has been heard, and who has not."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from data import clock
from data.affected import affected, participation
from data.models import AgeBand, Decision, Relation
from data.output.document import Block, Heading, Paragraph, Table
from data.output.report import Report
from geo import representation
from pages.shared.report import maps
from pages.shared.report.said_words import NOT_A_VOTE, NOTHING, count, persons, say_heard
from pages.shared.words import affected_words
from pages.shared.words.texts import CHANNEL_WORDS, HEARD_WORDS, and_list, say_date
from pages.shared.words.words import AGE_WORDS, RELATION_WORDS

AFFECTED_NOTE = (
    "Grov uppskattning av var människor bor, inte av vad de tycker. Antal är avrundade till "
    "närmaste tiotal. Berörda, vägt: den som bor närmast räknas helt, den som bor längre bort "
    "mindre."
)


def the_affected(report: Report) -> list[Block]:
    """Tell whom the proposal affects, per area and by group."""
    found: list[Block] = [
        Heading("Vilka som berörs", 1, "berorda"),
        Paragraph(affected_words.headline(report.decision), "lead"),
    ]
    rows = affected_words.ordered(report.decision, report.layer, affected_words.PEOPLE)
    top = affected_words.most_affected(rows)
    if not top.empty:
        first = top.iloc[0]
        reason = affected_words.reason(first, report.decision)
        found.append(Paragraph(f"Flest berörda bor i {first['name']}. {reason}"))
    found.append(maps.of_affected(report))
    if not rows.empty:
        found.append(_affected_table(rows))
    found.append(_group_table(report.affected.groups))
    return [*found, *_away(report.decision), Paragraph(AFFECTED_NOTE, "note")]


def _affected_table(rows: pd.DataFrame) -> Table:
    cells = tuple(
        (
            str(row["name"]),
            affected_words.people(row["within"]),
            affected_words.people(row["affected"]),
            affected_words.share_words(row["share"]),
        )
        for _code, row in rows.iterrows()
    )
    head = ("Område", "Alla i närheten", "Berörda, vägt", "Andel av områdets folkmängd")
    return Table("Berörda områden, flest personer först", head, cells, frozenset({1, 2, 3}))


def _group_table(groups: Sequence[affected.Group]) -> Table:
    rows = tuple(
        (
            affected_words.GROUPS[group.code],
            affected_words.people(group.within),
            affected_words.share_words(group.share),
            affected_words.ratio_words(group.ratio),
        )
        for group in groups
    )
    head = ("Grupp", "Antal i närheten", "Andel", "Jämfört med kommunen")
    return Table("Grupper bland dem som bor i närheten", head, rows, frozenset({1, 2}))


def _away(decision: Decision) -> list[Block]:
    if not decision.away:
        return []
    rows = tuple(
        (
            one.name,
            NOTHING if one.persons is None else affected_words.people(one.persons),
            one.reason,
        )
        for one in decision.away
    )
    caption = "Grupper som berörs utan att bo där"
    return [Table(caption, ("Grupp", "Personer", "Varför"), rows, frozenset({1}))]


def the_heard(report: Report) -> list[Block]:
    """Tell who has been heard, and who has not, under the rules for small numbers."""
    found: list[Block] = [Heading("Vilka som har hörts", 1, "horda")]
    found += [Paragraph(say_heard(report), "lead"), Paragraph(NOT_A_VOTE, "note")]
    channels = report.totals.by_channel
    if channels:
        rows = tuple((CHANNEL_WORDS[one], persons(n)) for one, n in channels.items())
        head = ("Sätt", "Personer, ungefär")
        found.append(Table("Personer efter hur de lämnade synpunkter", head, rows, frozenset({1})))
    found += [Heading("Hörda jämfört med väntade", 2, "vantade"), *_silence(report)]
    if report.released_at is None:
        return [*found, Paragraph("Ålder och koppling visas när minst 5 personer har hörts.")]
    found += _unlike(report.unlike)
    found.append(_ages(report.ages))
    ties = tuple(
        (RELATION_WORDS[Relation(str(t))], persons(n)) for t, n in report.relations.items()
    )
    head = ("Koppling till platsen", "Personer, ungefär")
    found.append(Table("Hörda efter koppling till platsen", head, ties, frozenset({1})))
    day = say_date(clock.day_of(report.released_at), year=True)
    return [
        *found,
        Paragraph(
            "Ålder och koppling räknar bara dem som har berättat. De räknas om först när minst 5 "
            f"personer till har hörts, så att ingen kan pekas ut. Senast {day}.",
            "note",
        ),
    ]


def _silence(report: Report) -> list[Block]:
    rows = report.heard_by_area
    rows = rows[rows["word"] != participation.NOT_AFFECTED].sort_values("affected", ascending=False)
    if rows.empty or not report.totals.comments:
        return [Paragraph("Det finns inte underlag för att jämföra än.")]
    silent = sorted(rows.loc[rows["word"] == participation.SILENT, "name"])
    fewer = sorted(rows.loc[rows["word"] == representation.FEWER, "name"])
    found: list[Block] = []
    if silent:
        found.append(
            Paragraph(f"Ingen har hörts från {_places(silent)}, fast människor där berörs.")
        )
    if fewer:
        found.append(Paragraph(f"Färre än väntat har hörts från {_places(fewer)}."))
    cells = tuple(
        (
            str(row["name"]),
            affected_words.people(row["affected"]),
            persons(row["persons"]),
            HEARD_WORDS[str(row["word"])],
        )
        for _code, row in rows.iterrows()
    )
    head = ("Område", "Berörda, vägt", "Hörda personer, ungefär", "Jämfört med väntat")
    found.append(Table("Hörda per statistikområde", head, cells, frozenset({1, 2})))
    note = "Tystnad betyder inte att allt är bra. Den säger bara att ingen har hörts."
    return [*found, Paragraph(note, "note")]


def _places(names: list[str]) -> str:
    short = [name.replace(", ", "/") for name in names[: maps.NAMED]]
    more = len(names) - len(short)
    return and_list([*short, count(more, "område till", "områden till")] if more else short)


def _unlike(part: float | None) -> list[Block]:
    if part is None:
        return []
    tenths = round(part * 10)
    if tenths <= 1:
        return [Paragraph("De som har hörts bor ungefär som de som berörs.")]
    return [
        Paragraph(
            f"De som har hörts bor inte som de som berörs. Ungefär {tenths} av 10 hade behövt bo i "
            "ett annat område för att det skulle bli lika."
        )
    ]


def _ages(found: pd.DataFrame) -> Table:
    rows = tuple(
        (
            AGE_WORDS[AgeBand(str(age))],
            persons(row["persons"]),
            HEARD_WORDS[str(row["word"])],
        )
        for age, row in found.iterrows()
    )
    head = ("Ålder", "Personer, ungefär", "Jämfört med väntat")
    return Table("Hörda efter ålder", head, rows, frozenset({1}))
