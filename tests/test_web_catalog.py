"""The catalogue of open data: valid, true, and only about what is real and public."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from rdflib import DCAT, DCTERMS, FOAF, OWL, RDF, Graph, Literal, URIRef
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data import clock, settings, store, version
from data.decisions import decisions
from data.models import Decision
from data.settings import Settings
from pages.web.api import catalog
from pages.web.routes import routes
from pages.web.site.tiles import Tiles
from tests.conftest import make_decision
from tests.store_kit import forget_answers
from tests.test_page_svar import publish

ADDRESS = "/api/v1/catalog.rdf"
BASE = "https://dialog.example"
VCARD = catalog.VCARD
HOSTILE = '<script>"]]>&amp;{{7*7}} åäö'


@pytest.fixture(autouse=True)
def own(monkeypatch: pytest.MonkeyPatch) -> Settings:
    chosen = Settings(tile_url="", base_url=BASE, data_email="data@kommunen.example")
    monkeypatch.setattr(settings, "load", lambda: chosen)
    return chosen


@pytest.fixture
def real(empty_store: None, at_noon: datetime) -> Decision:
    today = clock.day_of(at_noon)
    made = make_decision(
        example=False, opens=today - timedelta(days=5), closes=today + timedelta(days=20)
    )
    english = replace(made.texts["sv"], title="A playground")
    title = replace(made.texts["sv"], title=HOSTILE)
    made = replace(made, texts={"sv": title, "en": english, "fi": english})
    decisions.add(made, number=1)
    decisions.add(make_decision(id="pahittat"), number=2)
    return made


@pytest.fixture
def client(own: Settings) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=routes(Tiles(own)))) as found:
        yield found


def _read(client: TestClient) -> Graph:
    got = client.get(ADDRESS)
    assert got.status_code == 200
    assert got.headers["content-type"] == "application/rdf+xml; charset=utf-8"
    return Graph().parse(data=got.content, format="xml")


# what DCAT-AP-SE demands of each, and what it recommends and we have
DEMANDED = {
    DCAT.Catalog: [
        *(DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.license),
        *(DCAT.dataset, DCTERMS.language, FOAF.homepage, DCAT.themeTaxonomy),
    ],
    DCAT.Dataset: [
        *(DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.distribution),
        *(DCAT.contactPoint, DCAT.keyword, DCAT.theme, DCTERMS.accessRights, DCTERMS.spatial),
    ],
    DCAT.Distribution: [DCAT.accessURL, DCTERMS.license, DCTERMS["format"], DCTERMS.title],
    DCAT.DataService: [DCTERMS.title, DCAT.endpointURL, DCAT.servesDataset, DCTERMS.publisher],
    FOAF.Agent: [FOAF.name, DCTERMS.type],
    VCARD.Organization: [VCARD.fn, VCARD.hasEmail],
}


def test_everything_that_the_profile_demands_is_there(client, real):
    graph = _read(client)
    for sort, properties in DEMANDED.items():
        nodes = list(graph.subjects(RDF.type, sort))
        assert nodes, sort
        for node in nodes:
            missing = [one for one in properties if (node, one, None) not in graph]
            assert missing == [], node
    for what in (DCTERMS.title, DCTERMS.description, DCAT.keyword):
        said = list(graph.objects(None, what))
        assert all(isinstance(one, Literal) and one.language in {"sv", "en"} for one in said)
    # an address that is not one would break the harvest
    assert all(" " not in one for one in graph.all_nodes() if isinstance(one, URIRef))


def test_it_says_which_version_of_the_service_made_it(client, real):
    graph = _read(client)
    told = list(graph.subject_objects(OWL.versionInfo))
    assert told == [(URIRef(BASE + ADDRESS), Literal(version.number()))]


def test_every_address_answers_with_the_kind_it_is_said_to_be(client, real):
    publish()
    graph = _read(client)
    copies = list(graph.subjects(RDF.type, DCAT.Distribution))
    assert len(copies) >= 9
    for node in copies:
        address = str(graph.value(node, DCAT.downloadURL))
        assert address.startswith(f"{BASE}/")
        got = client.get(address.removeprefix(BASE))
        assert got.status_code == 200, address
        media = str(graph.value(node, DCTERMS["format"]))
        assert got.headers["content-type"].partition(";")[0] == media, address
    for service in graph.subjects(RDF.type, DCAT.DataService):
        for what in (DCAT.endpointURL, DCAT.endpointDescription):
            path = str(graph.value(service, what)).removeprefix(BASE)
            assert client.get(path).status_code == 200


def test_an_example_is_in_no_dataset_of_its_own(client, real):
    graph = _read(client)
    nodes = {str(one).rpartition("#")[2] for one in graph.subjects(RDF.type, DCAT.Dataset)}
    assert nodes == {"forslag", "lekplats"}
    assert "pahittat" not in client.get(ADDRESS).text


def test_with_no_proposal_at_all_the_catalogue_is_still_one(client, empty_store):
    graph = _read(client)
    assert len(list(graph.subjects(RDF.type, DCAT.Dataset))) == 1


def test_wild_words_come_back_as_they_were(client, real):
    titles = {str(one) for one in _read(client).objects(None, DCTERMS.title)}
    assert f"Dialog: {HOSTILE}" in titles
    assert "Dialogue: A playground" in titles


def test_the_answer_is_in_it_when_it_is_published(client, real):
    before = client.get(ADDRESS)
    assert "themes.json" not in before.text
    publish()
    assert "themes.json" in client.get(ADDRESS).text


def test_it_is_not_sent_again_to_those_who_have_it(client, real):
    first = client.get(ADDRESS)
    again = client.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    forget_answers()
    assert client.get(ADDRESS).headers["ETag"] == first.headers["ETag"], "the same facts"


def test_without_an_address_to_ask_there_is_no_contact(client, real, monkeypatch):
    forget_answers()
    monkeypatch.setattr(settings, "load", lambda: Settings(base_url=BASE))
    assert VCARD.Organization not in set(_read(client).objects(None, RDF.type))
    assert store.is_open()
