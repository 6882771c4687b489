"""One source: every surface says the same figures about a decision, and hides the same ones.

What a surface must say is worked out from the one function of `data` that the figure comes from.
A failure names the figure and the surface.
"""

from __future__ import annotations

import csv
import html
import io
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

import openpyxl
import pandas as pd
import pyogrio
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data import clock, store
from data.affected import affected
from data.comments import published, published_answers, results
from data.decisions import decisions
from data.demo import seed
from data.geodata import layers
from data.models import Decision, Kind, Staff, Stance
from data.output import report
from data.output.export_tables import SHEETS
from data.settings import Settings
from pages.shared.report import making, publicity
from pages.shared.words import texts
from pages.shared.words.texts import KIND_WORDS, OUTCOME_WORDS, STANCE_WORDS, number
from pages.web.mote import answering
from pages.web.routes import routes
from pages.web.site.tiles import Tiles
from tests import pdf_kit
from tests.page_kit import cells, open_page, words

DEMO = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
# one that is open, one that is answered
OPEN, ANSWERED = "ex-1-skola-vaster", "ex-8-ravasen-belysning"
BOTH = pytest.mark.parametrize("name", [OPEN, ANSWERED])
AREAS = (layers.DESO, layers.VALDISTRIKT)
FEW = "för få svar"


@dataclass(frozen=True)
class Surfaces:
    """Every surface of one decision as it reaches its reader, asked for once."""

    client: TestClient
    name: str

    @property
    def decision(self) -> Decision:
        found = decisions.get(self.name)
        assert found is not None
        return found

    def get(self, address: str) -> bytes:
        got = self.client.get(address)
        assert got.status_code == 200, address
        return got.content

    def json(self, address: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.client.get(address).json()["features"]
        return [{"id": one.get("id"), **one["properties"]} for one in found]

    def text(self, surface: str) -> str:
        """Return all words of a surface, with plain spaces and nothing escaped."""
        return _text(self, surface)

    def rows(self, surface: str, table: str) -> list[dict[str, Any]]:
        """Return a table as a machine reads it from a surface."""
        return _rows(self, surface, table)


@cache
def _text(found: Surfaces, surface: str) -> str:
    return pdf_kit.plain(_WORDS[surface](found).replace("\\", ""))


@cache
def _rows(found: Surfaces, surface: str, table: str) -> list[dict[str, Any]]:
    return _TABLES[surface](found, table)


def _page(file: str, **query: str) -> Callable[[Surfaces], str]:
    def read(found: Surfaces) -> str:
        shown = open_page(file, id=found.name, **query)
        return words(shown) + "\n" + " ".join(cells(shown))

    return read


def _markup(address: str) -> Callable[[Surfaces], str]:
    def read(found: Surfaces) -> str:
        page = found.get(address.format(id=found.name)).decode()
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())

    return read


def _draft(form: str) -> Callable[[Surfaces], str]:
    def read(found: Surfaces) -> str:
        layer = making.layer_of(found.decision)
        return publicity.draft(report.public(found.decision, at=NOON, layer=layer), form)

    return read


_WORDS: dict[str, Callable[[Surfaces], str]] = {
    "page, areas": _page("resultat/page.py", visa="omrade"),
    "page, stances": _page("resultat/page.py", visa="stallning"),
    "page, affected": _page("berorda/page.py"),
    "page, proposal": _page("forslag.py"),
    "page, answer": _page("svar.py"),
    "meeting": _markup("/mote?id={id}"),
    "report, page": _markup("/rapport/{id}"),
    "report, PDF": lambda found: pdf_kit.words(
        found.get(f"/api/v1/decisions/{found.name}/report.pdf")
    ),
    "web text": _draft(publicity.WEB),
    "press text": _draft(publicity.PRESS),
    "handout": _draft(publicity.LEAFLET),
    "embedded map": _markup("/inbaddad?id={id}"),
}


def _api(found: Surfaces, table: str) -> list[dict[str, Any]]:
    kind, _, layer = table.partition("_")
    one = f"/api/v1/decisions/{found.name}"
    if kind == "synpunkter":
        return found.json(f"{one}/comments.geojson?limit=2000")
    address = {"resultat": "results", "berorda": "affected"}[kind]
    return found.json(f"{one}/{address}.geojson?layer={layer}")


def _ogc(found: Surfaces, table: str) -> list[dict[str, Any]]:
    collection = f"{found.name}-{table.replace('_', '-')}"
    return found.json(f"/ogc/collections/{collection}/items?limit=1000")


def _gpkg(found: Surfaces, table: str) -> list[dict[str, Any]]:
    content = found.get(f"/api/v1/decisions/{found.name}/export.gpkg")
    with tempfile.NamedTemporaryFile(suffix=".gpkg") as file:
        file.write(content)
        file.flush()
        frame = pyogrio.read_dataframe(
            file.name, layer=table, read_geometry=False, fid_as_index=True
        )
    return list(frame.to_dict("records"))


def _xlsx(found: Surfaces, table: str) -> list[dict[str, Any]]:
    """Return a sheet by the names and codes of the open data, as the file itself tells them."""
    content = found.get(f"/api/v1/decisions/{found.name}/export.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = {named: list(book[named].values) for named in book.sheetnames}
    named = {(one[0], one[1]): one[3] for one in sheet["Förklaring"][1:]}
    codes = {(one[0], one[1]): one[2] for one in sheet["Koder"][1:]}
    here, (head, *rows) = SHEETS[table], sheet[SHEETS[table]]
    if table == "forslag":
        head, rows = [row[0] for row in rows], [[row[1] for row in rows]]
    read = []
    for row in rows:
        cells_of = {
            named[here, heading]: _plain(codes.get((heading, value), value))
            for heading, value in zip(head, row, strict=True)
        }
        _, _, layer = table.partition("_")
        if layer:
            cells_of["code"] = codes[SHEETS[layer], cells_of["name"]]
        read.append(cells_of)
    return read


def _plain(value: object) -> object:
    """Return what a cell holds as the other files write it."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H.%M") if value.time() != time.min else f"{value:%Y-%m-%d}"
    return {"Ja": "ja", "Nej": "nej"}.get(value, value) if isinstance(value, str) else value


def _csv(found: Surfaces, table: str) -> list[dict[str, Any]]:
    content = found.get(f"/api/v1/decisions/{found.name}/export.zip")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return list(csv.DictReader(io.StringIO(packed.read(f"csv/{table}.csv").decode())))


_TABLES: dict[str, Callable[[Surfaces, str], list[dict[str, Any]]]] = {
    "API": _api,
    "OGC API": _ogc,
    "GeoPackage": _gpkg,
    "Excel": _xlsx,
    "CSV": _csv,
}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOON)
        politician = Staff("Ledamot", frozenset({"politician"}))
        patch.setattr(answering, "actor_of", lambda _request: politician)
        store.open_store(store.IN_MEMORY)
        seed.seed_if_empty(Settings(demo_date=DEMO))
        with texts.spoken_in("sv"):
            app = Starlette(routes=routes(Tiles(Settings(tile_url=""))))
            yield TestClient(app, headers={"Accept-Language": "sv"})
        _text.cache_clear()
        _rows.cache_clear()
        store.close_store()


@pytest.fixture
def surfaces(client: TestClient, name: str) -> Surfaces:
    return Surfaces(client, name)


# the figure, the surface, and how it is said there
SENTENCES = [
    *(
        ("comments and persons", surface, "{comments} synpunkter från ungefär {persons} personer")
        for surface in (
            *("page, areas", "page, stances", "report, page", "report, PDF"),
            *("web text", "press text", "handout"),
        )
    ),
    ("comments", "embedded map", "{comments} synpunkter är publicerade"),
    ("persons", "meeting", "Ungefär {persons} personer har hörts"),
    ("comments", "meeting", "av {comments}."),
    *(
        ("affected", surface, "uppskattningsvis {within} personer")
        for surface in (
            *("page, affected", "meeting", "report, page", "report, PDF"),
            *("web text", "press text", "handout"),
        )
    ),
    *(
        ("nearest", surface, "{nearest} av dem bor närmast")
        for surface in ("meeting", "report, page", "report, PDF", "web text", "press text")
    ),
    *(
        ("most", surface, "Flest synpunkter gäller {place}: {most} av {comments}")
        for surface in (
            *("page, areas", "meeting", "report, page", "report, PDF"),
            *("web text", "press text", "handout"),
        )
    ),
]


def _figures(decision: Decision) -> dict[str, str]:
    totals, people = results.totals(decision.id), affected.reached(decision)
    by_area = results.protected(decision.id, layers.VALDISTRIKT)
    most = by_area.loc[by_area["comments"].idxmax()]
    assert None not in {totals.persons, people.within, people.nearest}
    figures = {
        "comments": totals.comments,
        "persons": totals.persons,
        "within": people.within,
        "nearest": people.nearest,
        "most": int(most["comments"]),
    }
    said = {figure: pdf_kit.plain(number(count)) for figure, count in figures.items()}
    return said | {"place": str(most["name"])}


@BOTH
@pytest.mark.parametrize(("figure", "surface", "said"), SENTENCES)
def test_a_sentence_says_the_figure(surfaces: Surfaces, figure: str, surface: str, said: str):
    wanted = said.format(**_figures(surfaces.decision))
    assert wanted in surfaces.text(surface), f"{figure} on {surface}"


@BOTH
@pytest.mark.parametrize("surface", ["page, areas", "meeting", "report, page", "report, PDF"])
def test_every_area_has_its_comments_and_persons_or_hides_them(surfaces: Surfaces, surface: str):
    found = results.protected(surfaces.name, layers.VALDISTRIKT)
    spoken = found[found["comments"] > 0]
    assert len(spoken)
    for _code, row in spoken.iterrows():
        persons = FEW if pd.isna(row["persons"]) else str(row["persons"])
        said = f"{row['name']} {row['comments']} {persons}"
        if surface == "page, areas":
            # the headings of rows stand apart from their cells there
            said = f"{row['comments']} {persons}"
        assert said in surfaces.text(surface), surface


@BOTH
@pytest.mark.parametrize("surface", ["page, affected", "meeting", "report, page", "report, PDF"])
def test_the_most_affected_areas_have_the_same_figures(surfaces: Surfaces, surface: str):
    found = affected.public(surfaces.decision, layers.VALDISTRIKT)
    first = found.sort_values("rank_people").head(5)
    for _code, row in first.iterrows():
        people, share = pdf_kit.plain(number(int(row["affected"]))), round(row["share"] * 100)
        text = surfaces.text(surface)
        assert people in text, (surface, row["name"])
        assert f"{share} %" in text, (surface, row["name"])


@BOTH
@pytest.mark.parametrize("surface", ["report, page", "report, PDF"])
def test_kinds_and_stances_are_those_of_the_one_count(surfaces: Surfaces, surface: str):
    totals = results.totals(surfaces.name)
    with texts.spoken_in("sv"):
        said = [f"{texts._(KIND_WORDS[kind])} {totals.by_kind[kind]}" for kind in Kind]
        said += [f"{texts._(STANCE_WORDS[one])} {totals.by_stance[one]}" for one in Stance]
    assert [one for one in said if one not in surfaces.text(surface)] == []
    for_and_against = (totals.by_stance[Stance.FOR], totals.by_stance[Stance.AGAINST])
    wanted = "Synpunkter för förslaget: {}. Emot: {}.".format(*for_and_against)
    assert wanted in surfaces.text("page, stances")


@pytest.mark.parametrize("name", [ANSWERED])
@pytest.mark.parametrize("surface", ["page, answer", "meeting", "report, page", "report, PDF"])
def test_every_theme_has_its_comments_and_its_outcome(surfaces: Surfaces, surface: str):
    answer = published_answers.published(surfaces.name)
    assert answer is not None
    text = surfaces.text(surface)
    for theme in answer.themes:
        persons = FEW if theme.persons is None else f"ungefär {theme.persons} personer"
        counted = rf"{theme.comments} synpunkter(, | från ){persons}"
        assert re.search(counted, text), (surface, theme.title)
        assert texts._(OUTCOME_WORDS[theme.outcome]) in text, (surface, theme.title)


@BOTH
@pytest.mark.parametrize("surface", _TABLES)
@pytest.mark.parametrize("layer", AREAS)
@pytest.mark.parametrize("table", ["resultat", "berorda"])
def test_a_file_or_address_has_the_same_rows(
    surfaces: Surfaces, surface: str, layer: str, table: str
):
    given = {
        "resultat": lambda: results.protected(surfaces.name, layer),
        "berorda": lambda: affected.public(surfaces.decision, layer),
    }[table]().reset_index()
    rows = surfaces.rows(surface, f"{table}_{layer}")
    assert sorted(str(row["code"]) for row in rows) == sorted(given["code"])
    by_code = {str(row["code"]): row for row in rows}
    for one in given.to_dict("records"):
        for column, value in one.items():
            read = _value(by_code[one["code"]][column])
            assert read == _value(value), (surface, one["code"], column)


@BOTH
@pytest.mark.parametrize("surface", _TABLES)
def test_a_file_or_address_has_the_same_comments(surfaces: Surfaces, surface: str):
    given = published.published(surfaces.name, limit=10_000)
    rows = surfaces.rows(surface, "synpunkter")
    wanted = {(one.id, one.text, one.kind.value, one.stance.value) for one in given}
    assert len(rows) == len(given) == results.totals(surfaces.name).comments
    assert {(int(r["id"]), r["text"], r["kind"], r["stance"]) for r in rows} == wanted


@BOTH
@pytest.mark.parametrize("surface", ["GeoPackage", "Excel", "CSV"])
def test_a_file_says_what_it_rests_on_when_and_what_it_does_not_show(
    surfaces: Surfaces, surface: str
):
    (row,) = surfaces.rows(surface, "forslag")
    totals = results.totals(surfaces.name)
    assert _value(row["all_comments"]) == totals.comments
    assert _value(row["all_persons"]) == totals.persons
    assert row["computed_at"] == "2026-11-23 12.00"
    assert "inte en omröstning" in row["caveat"]


@BOTH
@pytest.mark.parametrize(
    "surface", ["page, areas", "meeting", "report, page", "report, PDF", "press text"]
)
def test_a_surface_says_when_it_was_computed_and_that_it_is_no_vote(
    surfaces: Surfaces, surface: str
):
    assert "23 november 2026 kl. 12.00" in surfaces.text(surface), surface
    no_vote = "page, stances" if surface.startswith("page") else surface
    assert "inte en omröstning" in surfaces.text(no_vote)


@BOTH
@pytest.mark.parametrize("surface", ["report, page", "report, PDF"])
def test_the_report_has_every_comment_in_its_appendix(surfaces: Surfaces, surface: str):
    text = surfaces.text(surface)
    given = published.published(surfaces.name, limit=10_000)
    # a word that is broken at the end of a line is joined differently by each reader
    missing = [one.id for one in given if pdf_kit.plain(one.text)[:30] not in text]
    assert missing == []


def _value(value: object) -> object:
    """Return a value as it is whatever the format: None when missing, shares to four decimals."""
    if value is None or value is pd.NA or value == "" or value != value:
        return None
    if str(value) in {"True", "False", "ja", "nej"}:
        return str(value) in {"True", "ja"}
    try:
        return round(float(str(value)), 4)
    except ValueError:
        return str(value)


def test_the_readers_of_tables_can_tell_a_difference():
    assert _value("5") == _value(5) == _value(5.0) != _value(10)
    assert _value("") is _value(float("nan")) is _value(None) is None
    assert _value(0) is not None
