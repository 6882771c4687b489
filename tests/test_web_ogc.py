"""The OGC API: what the standard demands, the same data as /api/v1, and GDAL as a real client."""

from __future__ import annotations

import json
import re
import urllib.request
from urllib.parse import urlsplit

import pyogrio
import pytest
from openapi_spec_validator import validate
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data import clock
from data.comments import submissions
from data.decisions import decisions
from data.models import HideReason, PlaceHow, Staff
from data.review import review
from data.settings import Settings
from pages.web.routes import routes
from pages.web.site.tiles import Tiles
from tests.browser_kit import Server
from tests.conftest import NOON, make_comment, make_decision, make_submission

REVIEWER = Staff("Granskare", frozenset({"reviewer"}))
ITEMS = "/ogc/collections/lekplats-synpunkter/items"


@pytest.fixture
def client(decision, at_noon) -> TestClient:
    app = Starlette(routes=routes(Tiles(Settings(tile_url=""))))
    return TestClient(app, raise_server_exceptions=False)


def _publish(*texts: str, **changes: object) -> list[int]:
    found = []
    for text in texts:
        comment = make_comment(text=text, **changes)
        new = make_submission(comment, key=f"nyckel-{text.encode().hex():0>16.40}")
        receipt = submissions.add(new, at=NOON)
        sent = submissions.by_receipt(receipt.code)
        assert sent is not None
        review.publish(sent[1][0].id, actor=REVIEWER, at=NOON)
        found.append(sent[1][0].id)
    return found


def _texts(body: dict) -> list[str]:
    return [one["properties"]["text"] for one in body["features"]]


def test_the_landing_page_leads_to_everything(client):
    body = client.get("/ogc").json()
    rels = {one["rel"] for one in body["links"]}
    assert {"self", "alternate", "service-desc", "service-doc", "conformance", "data"} <= rels
    for one in body["links"]:
        parts = urlsplit(one["href"])
        got = client.get(f"{parts.path}?{parts.query}")
        assert got.status_code == 200, one
        assert got.headers["content-type"].split(";")[0] == one["type"].split(";")[0]


def test_the_four_classes_are_declared(client):
    assert {
        one.rpartition("/")[2] for one in client.get("/ogc/conformance").json()["conformsTo"]
    } == {
        "core",
        "geojson",
        "html",
        "oas30",
    }


def test_the_description_is_valid_and_its_addresses_answer(client):
    body = client.get("/ogc/api").json()
    validate(body)
    for path in body["paths"]:
        real = path.replace("{collectionId}", "forslag").replace("{featureId}", "lekplats")
        assert client.get(real).status_code == 200, real


def test_every_collection_says_where_and_when_it_is(client):
    for one in client.get("/ogc/collections").json()["collections"]:
        west, south, east, north = one["extent"]["spatial"]["bbox"][0]
        assert 14 < west < east < 15
        assert 59 < south < north < 60
        assert one["extent"]["temporal"]["interval"][0][0].startswith("2026-11-01")
        assert {"self", "alternate", "items"} <= {link["rel"] for link in one["links"]}


def test_walking_next_gives_everything_once(client):
    _publish(*"abcde")
    for limit in (1, 2, 3, 5, 7):
        seen, address = [], f"{ITEMS}?limit={limit}"
        while address:
            body = client.get(address).json()
            assert body["numberMatched"] == 5
            assert body["numberReturned"] == len(body["features"]) <= limit
            seen += _texts(body)
            parts = next((urlsplit(x["href"]) for x in body["links"] if x["rel"] == "next"), None)
            address = f"{parts.path}?{parts.query}" if parts else ""
        assert sorted(seen) == list("abcde")


def test_the_features_are_those_of_the_open_data(client):
    _publish("Hej åäö", "=1+1")
    other = client.get("/api/v1/decisions/lekplats/comments.geojson").json()
    assert client.get(ITEMS).json()["features"] == other["features"]
    areas = client.get("/ogc/collections/lekplats-resultat-deso/items?limit=1000").json()
    shown = client.get("/api/v1/decisions/lekplats/results.geojson?layer=deso").json()
    for mine, theirs in zip(areas["features"], shown["features"], strict=True):
        assert mine["geometry"] == theirs["geometry"]
        assert theirs["properties"].items() <= mine["properties"].items()


def test_what_waits_or_is_hidden_is_not_there(client):
    (number,) = _publish("Synlig")
    submissions.add(make_submission(make_comment(text="Väntar")), at=NOON)
    assert _texts(client.get(ITEMS).json()) == ["Synlig"]
    assert client.get(f"{ITEMS}/{number}").json()["properties"]["text"] == "Synlig"
    review.hide(number, actor=REVIEWER, reason=HideReason.OFF_TOPIC, at=NOON)
    assert client.get(ITEMS).json()["features"] == []
    assert client.get(f"{ITEMS}/{number}").status_code == 404


def test_place_and_time_narrow_what_is_given(client):
    _publish("Med plats")
    _publish("Utan plats", place_how=PlaceHow.NONE, lon=None, lat=None)
    assert client.get(f"{ITEMS}?bbox=14.4,59.2,14.6,59.4").json()["numberMatched"] == 1
    assert client.get(f"{ITEMS}?bbox=14.4,59.2,0,14.6,59.4,9").json()["numberMatched"] == 1
    assert client.get(f"{ITEMS}?bbox=10,50,11,51").json()["numberMatched"] == 0
    day = clock.today().isoformat()
    assert client.get(f"{ITEMS}?datetime={day}").json()["numberMatched"] == 2
    assert client.get(f"{ITEMS}?datetime={day}T00:00:00Z/..").json()["numberMatched"] == 2
    assert client.get(f"{ITEMS}?datetime=../2026-11-01").json()["numberMatched"] == 0
    decisions.add(make_decision(id="annat"), number=2)
    everything = client.get("/ogc/collections/forslag/items?datetime=2026-11-30").json()
    assert everything["numberMatched"] == 2
    assert (
        client.get("/ogc/collections/forslag/items?datetime=2027-01-01/..").json()["features"] == []
    )


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"{ITEMS}?limit=0", 400),
        (f"{ITEMS}?limit=x", 400),
        (f"{ITEMS}?offset=-1", 400),
        (f"{ITEMS}?bbox=1,2,3", 400),
        (f"{ITEMS}?bbox=nan,1,2,3", 400),
        (f"{ITEMS}?bbox-crs=http://www.opengis.net/def/crs/EPSG/0/3006", 400),
        (f"{ITEMS}?datetime=igår", 400),
        (f"{ITEMS}?datetime=2026-11-02/2026-11-01", 400),
        (f"{ITEMS}?datetime=0001-01-01T00:00:00%2B14:00", 400),
        (f"{ITEMS}?okand=1", 400),
        (f"{ITEMS}?f=xml", 400),
        ("/ogc?okand=1", 400),
        ("/ogc/collections/finns-inte", 404),
        ("/ogc/collections/finns-inte/items", 404),
        (f"{ITEMS}/finns-inte", 404),
        ("/ogc/collections/forslag/items/finns-inte", 404),
        ("/ogc/finns-inte", 404),
    ],
)
def test_what_cannot_be_asked_is_said_plainly(client, address, status):
    got = client.get(address)
    assert got.status_code == status
    assert got.headers["content-type"] == "application/problem+json"
    assert got.json()["detail"]


def test_a_limit_above_ours_is_no_fault(client):
    assert client.get(f"{ITEMS}?limit=999999").status_code == 200


@pytest.mark.parametrize(
    "path", ["", "/conformance", "/api", "/collections", "/collections/forslag/items"]
)
def test_a_browser_gets_a_page(client, path):
    got = client.get(f"/ogc{path}", headers={"accept": "text/html,*/*"})
    assert got.headers["content-type"].startswith("text/html")
    assert "<script" not in got.text
    assert "Accept" in got.headers["vary"]


@pytest.mark.parametrize(
    "path", ["", "/conformance", "/api", "/collections", "/collections/forslag/items"]
)
def test_what_is_swedish_on_an_english_page_says_so(client, path):
    asked = {"accept": "text/html,*/*", "accept-language": "en"}
    page = client.get(f"/ogc{path}", headers=asked).text
    assert '<html lang="en">' in page
    rest = re.sub(r'<(span|div)[^>]* lang="sv".*?</\1>', " ", page, flags=re.DOTALL)
    words = re.sub(r"<[^>]*>", " ", rest)
    assert not re.findall(r"\b(?:och|som|vad|alla|förslag|tjänsten|sida|lager|av)\b", words, re.I)
    assert "Dialogkartan" in words


def test_words_that_people_wrote_are_shown_as_words(client):
    _publish('<script>alert(1)</script> "{{7*7}}"')
    page = client.get(f"{ITEMS}?f=html").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &#34;{{7*7}}&#34;" in page


def client_json(service: Server, name: str) -> dict:
    address = f"{service.address}/ogc/collections/{name}/items?limit=1000"
    with urllib.request.urlopen(address, timeout=30) as got:
        return json.loads(got.read())


@pytest.mark.browser
def test_gdal_reads_every_collection(service: Server):
    """The way QGIS and ArcGIS connect: the address alone."""
    source = f"OAPIF:{service.address}/ogc"
    names = [str(name) for name, _kind in pyogrio.list_layers(source)]
    assert "forslag" in names
    assert len(names) == 1 + 8 * 5
    for name in names:
        read = pyogrio.read_dataframe(source, layer=name)
        assert read.crs is None or read.crs.to_epsg() == 4326
        told = client_json(service, name)
        assert len(read) == told["numberMatched"]
        if name.endswith("-synpunkter") and len(read):
            assert set(read["text"]) == {one["properties"]["text"] for one in told["features"]}
    proposals = pyogrio.read_dataframe(source, layer="forslag")
    assert "Skola på grönytan i väster" in proposals["title"].tolist()
