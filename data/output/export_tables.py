"""What can be taken away of a decision's result: plain tables, each column explained.

Every figure comes from the function that pages, maps and routes use, so small numbers are hidden
and texts masked before anything is written, whatever the format.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from data import clock
from data.affected import affected, participation, per_affected
from data.comments import progress, published, published_answers, results
from data.comments.published_answers import Answer
from data.geodata import layers
from data.models import Decision

EXAMPLE = "EXEMPEL – inte ett riktigt beslut"
CAVEAT = (
    "Det här är inte en omröstning. De som har skrivit har valt det själva, så siffrorna säger "
    "inte vad alla i kommunen tycker. Uppgifter om färre än fem personer visas inte. Var "
    "människor bor är en uppskattning."
)
# the areas of the layers that people know, in every export
LAYERS = (layers.DESO, layers.VALDISTRIKT)
COLUMNS = {
    "id": "Beteckning, samma i alla filer",
    "title": "Förslagets rubrik",
    "type": "Slag av förslag",
    "body": "Den som beslutar",
    "status": "upcoming, open, closing_soon, summarising eller decided (besvarad eller beslutad)",
    "opens": "Första dagen för synpunkter",
    "closes": "Sista dagen för synpunkter",
    "decided_on": "Dagen då beslutet fattades, om det är fattat",
    "case_number": "Diarienummer",
    "example": "Ja om förslaget är påhittat",
    "all_comments": "Alla publicerade synpunkter på förslaget",
    "all_persons": "Personer bakom dem, avrundat till fem men inte så att de blir fler än "
    "synpunkterna. Fler än så är de när flera har talat ihop. Tomt om de är färre än fem",
    "computed_at": "När siffrorna räknades, svensk tid",
    "caveat": "Vad siffrorna inte visar",
    "kind": "like: något som är bra, concern: oro, idea: idé, question: fråga",
    "stance": "for, against, both eller none: vad den som skrev tycker om förslaget",
    "text": "Texten som alla får läsa. [dolt] står för ord som kommunen har dolt",
    "received_on": "Dagen då kommunen fick den",
    "place": "Platsen i ord",
    "place_how": "pin: en punkt, neighbourhood: ett område, none: ingen plats",
    "lon": "Longitud (WGS 84), flyttad 30–50 meter",
    "lat": "Latitud (WGS 84), flyttad 30–50 meter",
    "code": "Områdets kod",
    "name": "Områdets namn",
    "comments": "Publicerade synpunkter om området",
    "persons": "Personer som har skrivit, avrundat till fem. Tomt om de är färre än fem",
    "for": "Synpunkter för. Tomt om färre än fem personer",
    "against": "Synpunkter emot. Tomt om färre än fem personer",
    "both": "Synpunkter både för och emot. Tomt om färre än fem personer",
    "none": "Synpunkter som inte tar ställning. Tomt om färre än fem personer",
    "like": "Något som är bra. Tomt om färre än fem personer",
    "concern": "Oro. Tomt om färre än fem personer",
    "idea": "Idéer. Tomt om färre än fem personer",
    "question": "Frågor. Tomt om färre än fem personer",
    "per_thousand": "Synpunkter per 1 000 berörda (vägda). Tomt där färre än 50 berörs",
    "heard": "Om området har hörts som väntat (metoden står på sidan Så har vi räknat)",
    "population": "Folkmängd, uppskattad för valdistrikt",
    "inside": "Bor i förslagets område, till närmaste tiotal",
    "near": "Bor nära, till närmaste tiotal",
    "middle": "Bor på mellanavstånd, till närmaste tiotal",
    "far": "Bor längst bort av dem som räknas, till närmaste tiotal",
    "within": "Alla i området som räknas, till närmaste tiotal",
    "affected": "Berörda, vägda efter avstånd, till närmaste tiotal",
    "share": "Berörda som del av folkmängden (0–1)",
    "ratio": "Delen jämförd med hela kommunen",
    "low": "Berörda, lägst av alla sätt att räkna (de står på sidan Så har vi räknat)",
    "high": "Berörda, högst av alla sätt att räkna (de står på sidan Så har vi räknat)",
    "rank_share": "Plats i ordningen efter del",
    "rank_people": "Plats i ordningen efter antal",
    "order_uncertain": "Ja om platsen ändras när vi räknar på andra sätt",
    "theme": "Temats namn",
    "themes": "De teman som synpunkten är sorterad i",
    "summary": "Vad kommunen hörde, kort",
    "channel": "web, letter, phone, meeting, square, school, survey, social, message eller other: "
    "hur det kom in",
    "answer": "Kommunens svar",
    "answered_on": "Dagen då kommunen svarade på synpunkten",
    "outcome": "met: tillgodosett, partly: delvis, not_met: inte tillgodosett",
    "reason": "Skälet till att det blev så",
    "theme_comments": "Publicerade synpunkter i temat",
    "theme_persons": "Personer som har skrivit om temat, avrundat till fem men inte så att de "
    "blir fler än synpunkterna. Fler än så är de när flera har talat ihop. Tomt om de är få",
    "done_on": "Dagen då kommunen sökte upp dem",
    "whom": "Vilka kommunen sökte upp",
    "form": "visit, meeting, letter, phone, school eller other: hur det gick till",
    "result": "Vad som kom av det, med handläggarens ord",
}
# what a person in an office reads over a column; COLUMNS says what it means
HEADINGS = {
    "id": "Beteckning",
    "title": "Rubrik",
    "type": "Slag av förslag",
    "body": "Beslutas av",
    "status": "Läge",
    "opens": "Öppnar",
    "closes": "Stänger",
    "decided_on": "Beslutat",
    "case_number": "Diarienummer",
    "example": "Exempel",
    "all_comments": "Synpunkter",
    "all_persons": "Personer, ungefär",
    "computed_at": "Räknat",
    "caveat": "Att tänka på",
    "kind": "Slag",
    "stance": "Hållning",
    "text": "Synpunkt",
    "received_on": "Kom in",
    "place": "Plats",
    "place_how": "Gäller",
    "lon": "Longitud",
    "lat": "Latitud",
    "name": "Område",
    "comments": "Synpunkter",
    "persons": "Personer, ungefär",
    "for": "För",
    "against": "Emot",
    "both": "Både för och emot",
    "none": "Tar inte ställning",
    "like": "Något som är bra",
    "concern": "Oro",
    "idea": "Idéer",
    "question": "Frågor",
    "per_thousand": "Synpunkter per 1 000 berörda",
    "heard": "Hörda jämfört med väntat",
    "population": "Folkmängd",
    "inside": "Bor i området",
    "near": "Bor nära",
    "middle": "Bor på mellanavstånd",
    "far": "Bor längst bort",
    "within": "Alla i närheten",
    "affected": "Berörda, vägt",
    "share": "Andel av folkmängden",
    "ratio": "Jämfört med kommunen",
    "low": "Berörda, lägst",
    "high": "Berörda, högst",
    "rank_share": "Plats efter andel",
    "rank_people": "Plats efter antal",
    "order_uncertain": "Osäker plats",
    "theme": "Tema",
    "themes": "Tema",
    "summary": "Vi hörde",
    "channel": "Kom in genom",
    "answer": "Kommunens svar",
    "answered_on": "Besvarad",
    "outcome": "Vad det blev",
    "reason": "Skäl",
    "theme_comments": "Synpunkter",
    "theme_persons": "Personer, ungefär",
    "done_on": "Dag",
    "whom": "Vilka",
    "form": "Hur",
    "result": "Vad som kom av det",
}
# what a person reads on the tab of a sheet, and for a division
SHEETS = {
    "forslag": "Förslaget",
    "synpunkter": "Synpunkter",
    "kanaler": "Hur det kom in",
    "teman": "Teman",
    "kontakter": "Uppsökande",
    "resultat_deso": "Resultat, statistikområden",
    "resultat_valdistrikt": "Resultat, valdistrikt",
    "berorda_deso": "Berörda, statistikområden",
    "berorda_valdistrikt": "Berörda, valdistrikt",
    layers.DESO: "Statistikområde",
    layers.VALDISTRIKT: "Valdistrikt",
}

THEME = ["theme", "summary", "answer", "outcome", "reason", "theme_comments", "theme_persons"]


@dataclass(frozen=True)
class Table:
    """One table: its name in file names and sheets, what it is, and its rows."""

    name: str
    about: str
    rows: pd.DataFrame


def public(decision: Decision, *, at: datetime) -> list[Table]:
    """Return what everyone may have of a decision, as it is `at` a time with zone.

    Raises
    ------
    KeyError
        When a column has no explanation: what nobody can explain is not given away.
    """
    answer = published_answers.published(decision.id)
    tables = [
        Table("forslag", "Förslaget", _decision(decision, at)),
        Table("synpunkter", "Publicerade synpunkter, de nyaste först", _comments(decision, answer)),
        Table("kanaler", "Hörda personer efter hur det kom in", _channels(decision)),
    ]
    if answer is not None:
        tables.append(Table("teman", "Det publicerade svaret, tema för tema", _themes(answer)))
    for layer in LAYERS:
        tables += [
            Table(f"resultat_{layer}", f"Synpunkter per {layer}", _results(decision, layer)),
            Table(f"berorda_{layer}", f"Berörda per {layer}", _affected(decision, layer)),
        ]
    check(tables)
    return tables


def check(tables: Iterable[Table]) -> None:
    """Pass if every column is explained; else raise KeyError."""
    for table in tables:
        _ = [COLUMNS[column] for column in table.rows.columns]


def _decision(decision: Decision, at: datetime) -> pd.DataFrame:
    totals = results.totals(decision.id)
    stands = progress.of(decision, clock.day_of(at))
    row = {
        "id": decision.id,
        "title": decision.text("sv").title,
        "type": decision.type.value,
        "body": decision.body,
        "status": stands.status.value,
        "opens": decision.opens.isoformat(),
        "closes": decision.closes.isoformat(),
        "decided_on": stands.decided_on.isoformat() if stands.decided_on else None,
        "case_number": decision.case_number,
        "example": decision.example,
        "all_comments": totals.comments,
        "all_persons": results.persons_beside(totals.comments, totals.persons),
        "computed_at": f"{at.astimezone(clock.STOCKHOLM):%Y-%m-%d %H.%M}",
        "caveat": CAVEAT,
    }
    return pd.DataFrame([row]).astype({"all_persons": "Int64"})


def _comments(decision: Decision, answer: Answer | None) -> pd.DataFrame:
    names = ["id", "kind", "stance", "text", "received_on", "place", "place_how", "lon", "lat"]
    names += ["answer", "answered_on"]
    found = published.published(decision.id, limit=max(published.count_published(decision.id), 1))
    rows = [{name: getattr(one, name) for name in names} for one in found]
    frame = pd.DataFrame(rows, columns=names)
    for name in ("kind", "stance", "place_how", "received_on"):
        frame[name] = [str(value) for value in frame[name]]
    frame["answered_on"] = [day.isoformat() if day else None for day in frame["answered_on"]]
    under = {} if answer is None else published_answers.under(answer)
    titles = {} if answer is None else {one.id: one.title for one in answer.themes}
    return with_themes(frame, under, titles)


def with_themes(
    rows: pd.DataFrame, under: Mapping[int, tuple[int, ...]], titles: Mapping[int, str]
) -> pd.DataFrame:
    """Return comments with the themes that each is sorted under, beside its text."""
    told = [
        "; ".join(titles[theme] for theme in under.get(int(n), ()) if theme in titles)
        for n in rows["id"]
    ]
    rest = rows.drop(columns="themes", errors="ignore")
    rest.insert(list(rest.columns).index("text") + 1, "themes", told)
    return rest


def _channels(decision: Decision) -> pd.DataFrame:
    counted = results.totals(decision.id).by_channel
    rows = [{"channel": one.value, "persons": n} for one, n in counted.items()]
    return pd.DataFrame(rows, columns=["channel", "persons"]).astype({"persons": "Int64"})


def _themes(answer: Answer) -> pd.DataFrame:
    rows = [
        {
            "theme": one.title,
            "summary": one.summary,
            "answer": one.answer,
            "outcome": one.outcome.value,
            "reason": one.reason,
            "theme_comments": one.comments,
            "theme_persons": results.persons_beside(one.comments, one.persons),
        }
        for one in answer.themes
    ]
    return pd.DataFrame(rows, columns=THEME).astype({"theme_persons": "Int64"})


def _results(decision: Decision, layer: str) -> pd.DataFrame:
    frame = results.protected(decision.id, layer)
    frame["per_thousand"] = per_affected.per_thousand(decision, layer)
    if layer == layers.DESO:
        frame["heard"] = participation.public(decision)["word"]
    return frame.reset_index()


def _affected(decision: Decision, layer: str) -> pd.DataFrame:
    return affected.public(decision, layer).reset_index()
