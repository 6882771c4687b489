"""The parts about what was said, what the municipality answers, and how figures were made."""

from __future__ import annotations

import pandas as pd

from data import datetime_format
from data.comments import results
from data.geodata import layers
from data.models import Kind, Stance
from data.output.document import Block, Heading, Labelled, Paragraph, Points, Quote, Table
from data.output.report import Report, ThemeAccount
from pages.shared.report import maps
from pages.shared.report.said_words import (
    NOTHING,
    count,
    outcome,
    persons,
    say_heard,
    say_persons_of,
)
from pages.shared.words import impact_zone_words
from pages.shared.words.texts import KIND_WORDS, STANCE_WORDS, number, say_date, say_short_date


def the_comments(report: Report) -> list[Block]:
    """Count what was said: by kind, by stance, per area."""
    totals = report.totals
    found: list[Block] = [Heading("Vad synpunkterna handlar om", 1, "synpunkter")]
    if not totals.comments:
        return [*found, Paragraph(say_heard(report))]
    kinds = tuple((KIND_WORDS[kind], number(totals.by_kind[kind])) for kind in Kind)
    stances = tuple((STANCE_WORDS[one], number(totals.by_stance[one])) for one in Stance)
    figures = frozenset({1})
    whole = ("Alla", number(totals.comments))
    found += [
        Table("Synpunkter efter slag", ("Slag", "Synpunkter"), (*kinds, whole), figures),
        Table("För och emot", ("Hållning", "Synpunkter"), (*stances, whole), figures),
        Heading("Var synpunkterna gäller", 2, "var"),
        Paragraph(maps.say_most(report), "lead"),
        Paragraph(
            f"{number(totals.placed)} av {number(totals.comments)} synpunkter gäller en särskild "
            "plats eller ett område."
        ),
        maps.of_comments(report),
    ]
    return [*found, *_per_area(report.results_by_area)]


def _per_area(areas: pd.DataFrame) -> list[Block]:
    rows = areas[areas["comments"] > 0].sort_values(["comments", "name"], ascending=[False, True])
    if rows.empty:
        return []
    cells = tuple(
        (
            str(row["name"]),
            number(row["comments"]),
            persons(row["persons"]),
            *(NOTHING if pd.isna(row[s]) else number(row[s]) for s in results.STANCES),
        )
        for _code, row in rows.iterrows()
    )
    head = (
        "Område",
        "Synpunkter",
        "Personer, ungefär",
        "För",
        "Emot",
        "Både och",
        "Tar inte ställning",
    )
    note = (
        "Personer är avrundade till närmaste femtal. Är de färre än fem står det ”för få svar”, "
        "och då visas inte heller för och emot. Den som har skrivit om flera områden räknas i "
        "vart och ett."
    )
    caption = "Synpunkter och personer per område, flest synpunkter först"
    return [Table(caption, head, cells, frozenset(range(1, 7))), Paragraph(note, "note")]


def the_themes(report: Report, *, heading: str = "Teman och svar") -> list[Block]:
    """Return each theme with what was said, the answer, what became of it and why."""
    found: list[Block] = [Heading(heading, 1, "teman")]
    if report.is_draft and report.themes:
        found.append(Paragraph("Utkast. Svaren är inte publicerade än och kan ändras.", "notice"))
    if not report.themes:
        return [*found, Paragraph(_no_themes(report))]
    rows = tuple(
        (one.title, number(one.comments), persons(one.persons), outcome(one))
        for one in report.themes
    )
    head = ("Tema", "Synpunkter", "Personer, ungefär", "Vad det blev")
    found.append(Table("Teman och vad de ledde till", head, rows, frozenset({1, 2})))
    for one in report.themes:
        found += _theme(one)
    return found + _outside(report)


def _no_themes(report: Report) -> str:
    day = report.stands.promised_on
    if not report.totals.comments:
        return "Inga synpunkter är publicerade, så det finns inget att svara på."
    if report.published_at or day is None:
        return "Inga teman finns."
    if report.stands.is_overdue:
        return f"Svaret är försenat. Det skulle ha kommit {say_date(day, year=True)}."
    return f"Svaret är inte publicerat än. Det ska komma {say_date(day, year=True)}."


def _theme(one: ThemeAccount) -> list[Block]:
    parts = [
        ("Vi hörde", one.summary),
        ("Kommunens svar", one.answer),
        ("Vad det blev", outcome(one)),
        ("Skäl", one.reason),
    ]
    missing = "saknas"
    wanted = [(label, text or missing) for label, text in parts if text or one.lacks]
    return [
        Heading(one.title, 2, f"tema-{one.id}"),
        Paragraph(say_persons_of(one)),
        *(Labelled(label, text) for label, text in wanted),
    ]


def _outside(report: Report) -> list[Block]:
    found: list[Block] = []
    if report.other:
        said = count(report.other, "synpunkt handlar", "synpunkter handlar")
        found.append(Paragraph(f"{said} om något annat än temana. Alla står i bilagan."))
    if report.loose:
        said = count(report.loose, "synpunkt är", "synpunkter är")
        found.append(Paragraph(f"{said} inte sorterade i något tema än.", "notice"))
    return found


def the_outcome(report: Report) -> list[Block]:
    """Tell what was decided and why, if it is."""
    if not report.decided_text:
        return []
    found: list[Block] = [
        Heading("Det här beslutades, och varför", 1, "beslutet"),
        Paragraph(report.decided_text),
    ]
    if report.decided_on:
        found.append(Paragraph(f"Beslutet fattades {say_date(report.decided_on, year=True)}."))
    return found


def the_method(report: Report) -> list[Block]:
    """Tell how the figures were made and what they do not show."""
    sure = number(95)
    way = "landvägen" if impact_zone_words.is_over_land() else "fågelvägen"
    return [
        Heading("Så gjordes siffrorna", 1, "metod"),
        Points(
            (
                f"Alla siffror räknades samtidigt, {datetime_format.say(report.at)}. De är desamma "
                "som på webbplatsen vid den tidpunkten.",
                "Den som skickar synpunkter räknas som en person, hur många synpunkter det än är. "
                "Ett möte räknas som så många personer som var med. Brev, telefon och möten räknas "
                "som webben.",
                "Antal personer är avrundade till närmaste femtal. Uppgifter om färre än fem "
                "personer visas inte.",
                "Var människor bor är en uppskattning: statistik från SCB, fördelad på rutor. "
                f"Avstånden är räknade {way}.",
                "Väntat antal är områdets del av alla som berörs, gånger alla som har hörts. Färre "
                f"eller fler sägs bara när skillnaden är större än slumpen, med {sure} procents "
                "säkerhet.",
                "Varje synpunkt lästes av kommunen innan den publicerades. Personuppgifter är "
                "dolda och står som [dolt]. Märken på kartor är flyttade 30–50 meter.",
            )
        ),
        Heading("Det här visar siffrorna inte", 2, "visar-inte"),
        Points(
            (
                "Vad alla i kommunen tycker. De som skriver har valt det själva.",
                "Vad de som inte har hörts tycker.",
                "Synpunkter som inte är publicerade. De finns i ärendet hos kommunen.",
                "Hur tungt en synpunkt väger. Det bedömer de förtroendevalda.",
            )
        ),
    ]


def the_sources() -> list[Block]:
    """Name what maps and statistics come from."""
    lines = tuple(dict.fromkeys(f"{one.name}: {one.source}" for one in layers.credits()))
    return [Heading("Källor", 2, "kallor"), Points(lines)] if lines else []


def the_appendix(found: Report) -> list[Block]:
    """Return every published comment as everyone may read it, the oldest first."""
    blocks: list[Block] = [Heading("Bilaga: alla publicerade synpunkter", 1, "bilaga")]
    if not found.comments:
        return [*blocks, Paragraph("Ingen synpunkt är publicerad.")]
    left = found.totals.comments - len(found.comments)
    if left > 0:
        said = f"Här står de {number(len(found.comments))} senaste av "
        said += f"{number(found.totals.comments)}. Alla finns i filen med synpunkterna."
        blocks.append(Paragraph(said, "notice"))
    titles = {theme.id: theme.title for theme in found.themes}
    blocks.append(Paragraph("De äldsta först. [dolt] står för ord som kommunen har dolt.", "note"))
    for one in found.comments:
        under = [titles[t] for t in found.themes_of.get(one.id, ()) if t in titles]
        about = [
            KIND_WORDS[one.kind],
            STANCE_WORDS[one.stance],
            one.place or "Ingen plats",
            say_short_date(one.received_on),
            *under,
        ]
        blocks.append(Quote(number(one.id), " · ".join(about), one.text, one.answer))
    return blocks
