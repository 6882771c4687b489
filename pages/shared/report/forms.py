"""The forms of the report: *sammanställning*, and a draft *samrådsredogörelse*."""

from __future__ import annotations

from data import datetime_format, municipality
from data.decisions import impact_zones
from data.enums import Outcome
from data.output import report
from data.output.document import Block, Document, Heading, Labelled, Paragraph, Points, Table
from data.output.report import Report
from pages.shared.report import comments, dialogue, maps, people, said_words
from pages.shared.words import affected_words
from pages.shared.words.texts import and_list, number, say_date, say_period, spoken_in

SUMMARY, CONSULTATION = "sammanstallning", "samradsredogorelse"
FORMS = (SUMMARY, CONSULTATION)
LATER = "Fylls i av handläggaren."


def make(found: Report, form: str) -> Document:
    """Return the document of a form; everything in it is in Swedish.

    Raises
    ------
    ValueError
        When it is a *samrådsredogörelse* that `data.output.report.gaps` stops.
    """
    with spoken_in("sv"):
        if form == CONSULTATION:
            return _consultation(found)
        return _summary(found)


def _summary(found: Report) -> Document:
    blocks = [
        *_openings(found),
        *_in_short(found),
        *dialogue.the_decision(found),
        *dialogue.taking_part(found),
        *people.the_affected(found),
        *people.the_heard(found),
        *comments.the_comments(found),
        *comments.the_themes(found),
        *comments.the_outcome(found),
        *comments.the_method(found),
        *comments.the_sources(),
        *comments.the_appendix(found),
    ]
    return _document(found, "Sammanställning av synpunkter", blocks)


def _consultation(found: Report) -> Document:
    if report.gaps(found):
        msg = "a theme lacks a text"
        raise ValueError(msg)
    blocks = [
        *_openings(found),
        Paragraph(
            "Utkast till samrådsredogörelse. Den som handlägger ärendet kompletterar med "
            "skriftliga yttranden som har kommit in på annat sätt än i dialogen.",
            "notice",
        ),
        *dialogue.the_decision(found),
        *_consulted(found),
        *_said(found),
        *_authorities(),
        *comments.the_themes(found, heading="Synpunkterna och kommunens ställningstagande"),
        *_not_met(found),
        *_changes(found),
        *comments.the_outcome(found),
        *people.the_affected(found),
        *_beyond(found),
        *people.the_heard(found),
        *comments.the_comments(found),
        *_next_steps(found),
        *comments.the_method(found),
        *comments.the_sources(),
        *comments.the_appendix(found),
    ]
    return _document(found, "Samrådsredogörelse, utkast", blocks)


def _document(found: Report, kind: str, blocks: list[Block]) -> Document:
    decision = found.decision
    facts = [
        f"Diarienummer: {decision.case_number}" if decision.case_number else "",
        f"Till {decision.body}",
        f"Siffror från {datetime_format.say(found.at)}",
        "För tjänstemän och förtroendevalda" if found.variant == report.OFFICIAL else "",
    ]
    return Document(
        title=decision.text("sv").title,
        kind=kind,
        facts=tuple(fact for fact in facts if fact),
        owner=municipality.in_use().owner,
        at=found.at,
        blocks=tuple(blocks),
    )


def _openings(found: Report) -> list[Block]:
    return [Paragraph(said_words.EXAMPLE, "notice")] if found.decision.example else []


def _in_short(found: Report) -> list[Block]:
    """Say in a few sentences what one should know if one reads nothing else."""
    lines = [
        said_words.say_heard(found),
        affected_words.headline(found.decision),
    ]
    if found.totals.comments:
        lines.append(maps.say_most(found))
    if found.themes:
        lines.append(_say_outcomes(found))
    return [
        Heading("Kort sammanfattning", 1, "kort"),
        Points(tuple(lines)),
        Paragraph(said_words.NOT_A_VOTE, "note"),
    ]


def _say_outcomes(found: Report) -> str:
    words = {
        Outcome.MET: "tillgodosett",
        Outcome.PARTLY: "delvis tillgodosett",
        Outcome.NOT_MET: "inte tillgodosett",
    }
    counts = {word: sum(t.outcome is one for t in found.themes) for one, word in words.items()}
    counts["inte avgjort än"] = sum(theme.outcome is None for theme in found.themes)
    said = [f"{number(n)} {word}" for word, n in counts.items() if n]
    themes = said_words.count(len(found.themes), "tema", "teman")
    prefix = "Utkast: " if found.is_draft else ""
    return f"{prefix}Synpunkterna är sorterade i {themes}: {and_list(said)}."


def _consulted(found: Report) -> list[Block]:
    block, _period, *rest = dialogue.taking_part(found)
    assert isinstance(block, Heading)
    period = say_period(found.decision.opens, found.decision.closes)
    return [
        Heading("Hur samrådet gick till", 1, block.key),
        Paragraph(f"Samrådet pågick {period}."),
        *rest,
    ]


def _said(found: Report) -> list[Block]:
    lines = [f"{one.title}: {one.summary}" for one in found.themes]
    blocks: list[Block] = [
        Heading("Sammanfattning av synpunkterna", 1, "sammanfattning"),
        Paragraph(said_words.say_heard(found), "lead"),
        Paragraph("Synpunkter från webben, brev, telefon, möten och besök är räknade tillsammans."),
    ]
    return [*blocks, Points(tuple(lines))] if lines else blocks


def _authorities() -> list[Block]:
    return [
        Heading("Länsstyrelsens yttrande", 1, "lansstyrelsen"),
        Paragraph(LATER, "notice"),
    ]


def _not_met(found: Report) -> list[Block]:
    """Return which comments were not met, or not wholly, and why."""
    rows = tuple(
        (one.title, said_words.outcome(one), one.reason)
        for one in found.themes
        if one.outcome in {Outcome.NOT_MET, Outcome.PARTLY}
    )
    blocks: list[Block] = [Heading("Synpunkter som inte tillgodoses, och varför", 1, "inte")]
    if not found.themes:
        return [*blocks, Paragraph("Det finns inga sådana synpunkter.")]
    if not rows:
        return [*blocks, Paragraph("Inget tema har lämnats utan att tillgodoses.")]
    caption = "Teman som inte eller bara delvis är tillgodosedda"
    return [*blocks, Table(caption, ("Tema", "Vad det blev", "Skäl"), rows)]


def _changes(found: Report) -> list[Block]:
    changed = [t for t in found.themes if t.outcome in {Outcome.MET, Outcome.PARTLY}]
    blocks: list[Block] = [Heading("Förslag med anledning av synpunkterna", 1, "andringar")]
    if not changed:
        return [*blocks, Paragraph("Synpunkterna leder inte till någon ändring av förslaget.")]
    return [*blocks, *(Labelled(one.title, one.answer) for one in changed)]


def _beyond(found: Report) -> list[Block]:
    """Tell which areas beside the proposal's own are affected."""
    blocks: list[Block] = [Heading("Påverkan på områden intill", 1, "intill")]
    if impact_zones.bands_of(found.decision) is None:
        return [*blocks, Paragraph("Förslaget gäller hela kommunen.")]
    rows = affected_words.ordered(found.decision, found.layer, affected_words.PEOPLE)
    beside = rows[(rows["inside"] == 0).fillna(False)]
    names = [name.replace(", ", "/") for name in beside["name"]]
    if not names:
        return [*blocks, Paragraph("Inget bostadsområde utanför förslagets eget berörs.")]
    return [
        *blocks,
        Paragraph(
            f"Utanför förslagets eget område bor berörda i {and_list(names)}. Antalen står i "
            "tabellen ovan."
        ),
    ]


def _next_steps(found: Report) -> list[Block]:
    decision, text = found.decision, found.decision.text("sv")
    lines = [text.who_decides] if text.who_decides else []
    if decision.decision_on and not found.decided_on:
        lines.append(f"Beslut är planerat till {say_date(decision.decision_on, year=True)}.")
    lines += [text.formal_comment] if text.formal_comment else []
    return [Heading("Fortsatt handläggning", 1, "fortsatt"), Points(tuple(lines or [LATER]))]
