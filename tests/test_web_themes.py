"""The answer as open data: nothing before it is published, and no count of few persons."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.answers import theme_assignment
from data.answers import themes as themes_of
from data.decisions import decisions
from data.enums import Outcome
from data.output import export_tables
from data.settings import Settings
from pages.web.routes import routes
from pages.web.site.tiles import Tiles
from tests.conftest import NOON
from tests.test_answers_themes import PLANNER, D, send
from tests.test_page_svar import publish

ADDRESS = "/api/v1/decisions/lekplats/themes.json"


@pytest.fixture
def client(decision, at_noon) -> TestClient:
    app = Starlette(routes=routes(Tiles(Settings(tile_url=""))))
    return TestClient(app, raise_server_exceptions=False)


def test_there_is_no_answer_before_it_is_published(client):
    for address in (ADDRESS, ADDRESS.replace("lekplats", "finns-inte")):
        said = client.get(address)
        assert said.status_code == 404
        assert said.headers["content-type"] == "application/problem+json"


def test_the_answer_is_whole_and_says_that_it_is_an_example(client):
    publish("Träden {{7*7}}", outcome=Outcome.PARTLY, reason="Det räcker till hälften.")
    said = client.get(ADDRESS)
    told = said.json()
    assert told["decided"]["sv"] == "Lekplatsen byggs."
    (theme,) = told["themes"]
    assert (theme["title"], theme["outcome"]) == ("Träden {{7*7}}", "partly")
    assert (theme["comments"], theme["persons"]) == (1, 5)
    assert "EXEMPEL" in said.text
    again = client.get(ADDRESS, headers={"If-None-Match": said.headers["etag"]})
    assert again.status_code == 304


def test_rounding_makes_no_more_persons_than_comments_in_a_file(client):
    said = [one for n in range(8) for one in send(n + 20)]
    theme = themes_of.add(PLANNER, D, "Skugga", at=NOON)
    theme_assignment.gather(PLANNER, D, theme.id, said, at=NOON)
    texts = {"summary": "De vill ha träd.", "answer": "Det blir träd.", "reason": ""}
    themes_of.save(
        PLANNER, theme, themes_of.ThemeTexts(title="Skugga", **texts, outcome=Outcome.MET), at=NOON
    )
    publish("Ljus", text="Mer ljus.", persons=30)
    trees, other = client.get(ADDRESS).json()["themes"]
    assert (trees["comments"], trees["persons"]) == (8, 8)
    # people who spoke together are more than their comment
    assert (other["comments"], other["persons"]) == (1, 30)
    decision = decisions.get(D)
    assert decision is not None
    (table,) = [one for one in export_tables.public(decision, at=NOON) if one.name == "teman"]
    assert list(table.rows["theme_persons"]) == [8, 30]


def test_few_persons_are_not_counted(client):
    publish(persons=4)
    assert client.get(ADDRESS).json()["themes"][0]["persons"] is None
